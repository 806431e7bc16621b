"""Checked rulebooks kept on disk, so that a fresh process need not read and check the same bytes again.

Whatever is wrong with a kept one (another engine, another owner, a damaged file, a class that has no business there)
only means that it is made anew.
"""

from __future__ import annotations

import builtins
import hashlib
import io
import os
import pickle
import stat
import sys
from functools import cache
from pathlib import Path
from typing import Any

from interpreter.problems import Problem
from interpreter.rulebook.digest import bundle_digest
from interpreter.rulebook.folder import shown_name
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.whole_file import write_whole

_ENGINE = Path(__file__).resolve().parent.parent
_BUILTINS = frozenset({"bool", "dict", "frozenset", "int", "list", "object", "range", "set", "str", "tuple"})
_OTHER = frozenset({("datetime", "date"), ("decimal", "Decimal"), ("fractions", "Fraction")})


def cache_folder() -> Path:
    """Where this user's rulebooks are kept: below XDG_CACHE_HOME, or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "policy"


def load_rulebook(folder: Path, problems: list[Problem], kept_in: Path | None = None) -> Rulebook | None:
    """The rulebook of a folder: as it was checked before, or read, checked and kept. Warnings and notes are only told
    when it is read."""
    place = cache_folder() if kept_in is None else kept_in
    kept = load_cached(folder, place)
    if kept is not None:
        return kept
    # imported here: the reader, the schemas and the parser are not needed for what is kept
    from interpreter.rulebook.load import load

    book = load(folder, problems)
    if book is not None:
        store(book, folder, place)
    return book


def load_cached(folder: Path, kept_in: Path) -> Rulebook | None:
    """The rulebook of exactly these bytes made by exactly this engine, if it is kept; else None."""
    try:
        path = _path(folder, kept_in)
        if not _ours(kept_in, stat.S_ISDIR) or not _ours(path, stat.S_ISREG):
            return None
        found = _Unpickler(io.BytesIO(path.read_bytes())).load()
    except Exception:  # a damaged file may fail in any way, and nothing is lost by reading the folder again
        return None
    return found if isinstance(found, Rulebook) else None


def store(book: Rulebook, folder: Path, kept_in: Path) -> bool:
    """Keeps a rulebook without errors; false where that is not possible."""
    try:
        path = _path(folder, kept_in)
        kept_in.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _ours(kept_in, stat.S_ISDIR):
            return False
        write_whole(path, pickle.dumps(book, protocol=5))
    except (OSError, pickle.PicklingError, RecursionError):
        return False
    return True


def _path(folder: Path, kept_in: Path) -> Path:
    parts = (bundle_digest(folder), _engine(), shown_name(folder, folder), folder.resolve().name)
    return kept_in / (hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest() + ".rulebook")


@cache
def _engine() -> str:
    """What this engine is: its files as they stand, and the Python that runs them."""
    whole = hashlib.sha256(sys.version.encode("utf-8"))
    for floor in ("problems", "language", "rulebook"):
        for path in sorted((_ENGINE / floor).rglob("*")):
            if path.suffix in (".py", ".lark", ".json"):
                state = path.stat()
                name = path.relative_to(_ENGINE).as_posix()
                whole.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def _ours(path: Path, kind: Any) -> bool:
    """Whether a folder or file is what it should be, is this user's, and no one else may write to it."""
    state = path.lstat()
    owner = getattr(os, "getuid", lambda: state.st_uid)()
    return bool(kind(state.st_mode)) and state.st_uid == owner and not state.st_mode & 0o022


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what rulebooks are made of."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "builtins" and name in _BUILTINS:
            return getattr(builtins, name)
        if (module, name) in _OTHER:
            return super().find_class(module, name)
        if module.startswith(("interpreter.language.", "interpreter.rulebook.", "interpreter.problems.")):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
