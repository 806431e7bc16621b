"""Files that write whole cases (JSON, JSON lines, YAML), read beside sheets and counted like them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from interpreter.cases.facts import document_of, read_document
from interpreter.cases.files import read_file
from interpreter.cases.reading import Known
from interpreter.cases.sheets.model import Count, OfficeCase, OfficeRead, Reject
from interpreter.cases.sheets.place import Place
from interpreter.cases.words import vocabulary
from interpreter.problems import Problem, Source, Text
from interpreter.rulebook.model import Rulebook

_ENDINGS = (".json", ".jsonl", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Changes:
    """Facts set from outside every case (`apply_sets`)."""

    sets: Sequence[tuple[str, str]] = ()
    as_of: date | None = None


UNCHANGED = Changes()


def holds_cases(path: Path) -> bool:
    """Whether a file writes whole cases and is no sheet."""
    return path.suffix.lower() in _ENDINGS


def written_cases(path: Path, rulebook: Rulebook, changes: Changes, read: OfficeRead) -> Iterator[OfficeCase]:
    """The cases of one file, a line at a time where it has one a line; what is wrong goes to the rejects of `read`."""
    count = Count(Place(path.name))
    read.counts.append(count)
    words, known = vocabulary(rulebook), Known()
    for number, source in _sources(path, read):
        count.rows += 1
        if not source.text.strip():
            count.leave_out("blank", number)
            continue
        place = Place(path.name, "", str(number + 1) if path.suffix.lower() == ".jsonl" else "")
        problems: list[Problem] = []
        document = document_of(source, problems, words)
        case = None
        if document is not None:
            case = read_document(
                document, rulebook, problems, sets=changes.sets, as_of=changes.as_of, known=known
            )
        read.rejects += [Reject(place, "", _label(problem).zh, _placed(problem, place)) for problem in problems]
        if case is None:
            count.refused += 1
        else:
            count.used += 1
        data = document.data if document is not None and isinstance(document.data, dict) else {}
        yield OfficeCase(case.number if case is not None else "", place, data, case, ())


def _sources(path: Path, read: OfficeRead) -> Iterator[tuple[int, Source]]:
    """The texts of a file's cases, with their lines from 0."""
    if path.suffix.lower() != ".jsonl":
        problems: list[Problem] = []
        source = read_file(path, problems)
        read.rejects += [Reject(Place(path.name), "", "", problem) for problem in problems]
        if source is not None:
            yield 0, source
        return
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file):
                yield number, Source(path.name, line)
    except UnicodeDecodeError:
        problem = Problem("sheet.encoding", fields={"file": path.name})
        read.rejects.append(Reject(Place(path.name), "", "", problem))
    except OSError:
        code = "input.unreadable" if path.exists() else "input.missing"
        read.rejects.append(Reject(Place(path.name), "", "", Problem(code, fields={"file": str(path)})))


def _label(problem: Problem) -> Text:
    return problem.path if isinstance(problem.path, Text) else Text(problem.path or "", problem.path or "")


def _placed(problem: Problem, place: Place) -> Problem:
    """The problem with its place in words, and no line of the file."""
    label = _label(problem)
    words = Text(f"{place.text.zh} {label.zh}".rstrip(), f"{place.text.en} {label.en}".rstrip())
    return replace(problem, where=None, path=words)
