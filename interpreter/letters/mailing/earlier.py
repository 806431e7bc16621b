"""What an earlier run left: which letters, by digests of what they say and of their files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from interpreter.letters.listing import INDEX_JSON


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter that is there: the digest of its paper, and those of its files by format."""

    paper: str
    files: Mapping[str, str]


@dataclass(slots=True)
class Earlier:
    """The letters of earlier runs in a folder, by name. `made_by` tells whether the same program set them."""

    letters: dict[str, Kept] = field(default_factory=dict)
    made_by: str = ""

    @classmethod
    def read(cls, folder: Path) -> Earlier:
        """What a folder's lists tell of it, finished or not; nothing where there are none that can be read."""
        found = cls()
        index = _json(folder / INDEX_JSON)
        found.made_by = str(index.get("made_by", ""))
        for row in index.get("letters", ()):
            if isinstance(row, dict) and isinstance(row.get("digests"), dict) and row.get("paper"):
                found.letters[str(row.get("name"))] = Kept(str(row["paper"]), row["digests"])
        for line in _lines(folder / Journal.NAME):
            if "made_by" in line:
                if line["made_by"] != found.made_by:
                    found.letters.clear()
                    found.made_by = str(line["made_by"])
            elif isinstance(line.get("files"), dict):
                found.letters[str(line.get("name"))] = Kept(str(line.get("paper")), line["files"])
        return found

    def paper(self, name: str) -> str | None:
        """The digest of the paper of a letter; None where there was no such letter."""
        kept = self.letters.get(name)
        return None if kept is None else kept.paper

    def intact(self, name: str, paper: str, formats: Collection[str], folder: Path) -> Kept | None:
        """The letter, where it said the same, was set by the same program, and all its files are as they were left."""
        kept = self.letters.get(name)
        if kept is None or kept.paper != paper or self.made_by != made_by() or not set(formats) <= set(kept.files):
            return None
        files = {ending: kept.files[ending] for ending in formats}
        whole = all(_digest(folder / f"{name}.{ending}") == digest for ending, digest in files.items())
        return Kept(paper, files) if whole else None


class Journal:
    """The letters of this run so far, so that one cut short goes on where it ended. `finish` takes it away."""

    NAME = ".letter-journal"

    def __init__(self, folder: Path) -> None:
        self._path = folder / self.NAME
        # what an earlier journal tells was read, and its letters will be told of again
        self._file: BinaryIO = self._path.open("ab")
        self._path.chmod(0o600)
        self._line({"made_by": made_by()})

    def add(self, name: str, kept: Kept) -> None:
        """One letter more."""
        self._line({"name": name, "paper": kept.paper, "files": dict(kept.files)})

    def finish(self) -> None:
        self.close()
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        self._file.close()

    def _line(self, fields: Mapping[str, object]) -> None:
        # a line that a kill cut short must not spoil the one after it
        self._file.write(b"\n" + json.dumps(fields, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        self._file.flush()


_MADE_BY: list[str] = []


def made_by() -> str:
    """A digest of everything but its content that a letter's files depend on: the layouts and what they stand on."""
    if not _MADE_BY:
        digest = hashlib.sha256()
        place = Path(__file__).parent.parent
        for path in sorted(place.rglob("*")):
            if path.suffix in (".py", ".typ"):
                digest.update(path.relative_to(place).as_posix().encode() + b"\0" + path.read_bytes())
        for library in ("python-docx", "typst"):
            digest.update(f"{library} {version(library)}".encode())
        _MADE_BY.append(digest.hexdigest()[:16])
    return _MADE_BY[0]


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = path.read_bytes()
    except OSError:
        return
    for line in content.splitlines():
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
