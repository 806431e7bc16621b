"""The files that cases come in: their texts, one source a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from interpreter.cases.facts import read_cases
from interpreter.cases.json_text import decode
from interpreter.cases.reading import guess
from interpreter.problems import Problem, Source

STANDARD_INPUT = "-"


def case_sources(names: Sequence[str], stdin: bytes, problems: list[Problem]) -> Iterator[Source | None]:
    """The text of every case in files, in order; None with a problem where there is none.

    A file is one case, `.jsonl` one case a line, and so is `-`, which stands for the bytes of standard input.
    """
    for name in names:
        source = decode(name, stdin, problems) if name == STANDARD_INPUT else read_file(Path(name), problems)
        if source is None or not (name == STANDARD_INPUT or name.endswith(".jsonl")):
            yield source
            continue
        found: list[Source | None] = list(read_cases(source))
        if not found:
            problems.append(Problem("input.none", fields={"file": name}))
        yield from found or [None]


def read_file(path: Path, problems: list[Problem]) -> Source | None:
    """A text file as a source; None with a problem where it cannot be read or is not in UTF-8."""
    try:
        return decode(str(path), path.read_bytes(), problems)
    except FileNotFoundError:
        beside = [str(other) for other in path.parent.iterdir()] if path.parent.is_dir() else []
        problems.append(Problem("input.missing", fields={"file": str(path)} | guess(str(path), beside)))
    except OSError:
        code = "input.folder" if path.is_dir() else "input.unreadable"
        problems.append(Problem(code, fields={"file": str(path)}))
    return None
