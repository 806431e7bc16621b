"""A problem in words: the messages of the catalogue with their holes filled."""

from __future__ import annotations

import re

from interpreter.problems.messages import Message, catalogue
from interpreter.problems.problem import Language, Problem, Text

_HOLE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_LONGEST_FIELD = 200


def says(problem: Problem, language: Language) -> str:
    """What is wrong, in one sentence; a hole that nothing fills shows its own name."""
    text = _message(problem).says.to(language)
    return _filled(text, problem, language)


def mend(problem: Problem, language: Language) -> str | None:
    """How to mend it, None where no way is known. Lines after the first show what to write."""
    for way in _message(problem).mends:
        text = way.to(language)
        if all(name in problem.fields for name in _HOLE.findall(text) if name):
            return _filled(text, problem, language)
    return None


def place(problem: Problem, language: Language) -> str | None:
    """The place in the case, in the reader's words."""
    return None if problem.path is None else _one_line(problem.path, language)


def word(text: Text | str, language: Language) -> str:
    """A label's text."""
    return _one_line(text, language)


def as_json(problem: Problem, language: Language) -> dict[str, object]:
    """The problem as plain JSON values: `code`, `severity`, `message`, `mend`, `path`, `file` and, where a file is at
    fault, `line`, `column`, `end_line`, `end_column` (from 1, in characters; the end is not included)."""
    found: dict[str, object] = {
        "code": problem.code,
        "severity": problem.severity,
        "message": says(problem, language),
        "mend": mend(problem, language),
        "path": place(problem, language),
        "file": None,
    }
    if problem.where is not None:
        line, column = problem.where.source.position(problem.where.start)
        end_line, end_column = problem.where.source.position(problem.where.end)
        found |= {"file": problem.where.source.name, "line": line, "column": column,
                  "end_line": end_line, "end_column": end_column}
    return found


def _message(problem: Problem) -> Message:
    return catalogue().get(problem.code) or Message(Text(problem.code, problem.code))


def _filled(text: str, problem: Problem, language: Language) -> str:
    def fill(hole: re.Match[str]) -> str:
        name = hole[1]
        if name is None:
            return hole[0][0]
        return _one_line(problem.fields[name], language) if name in problem.fields else hole[0]

    return _HOLE.sub(fill, text)


def _one_line(value: object, language: Language) -> str:
    """A field as a person reads it. What came from a file stays on one line and is not endless."""
    match value:
        case Text():
            return value.to(language)
        case list() | tuple():
            return ("、" if language == "zh" else ", ").join(_one_line(item, language) for item in value)
        case _:
            text = " ".join(str(value).split())
            return text if len(text) <= _LONGEST_FIELD else text[:_LONGEST_FIELD] + "…"
