"""Small policies for the tests of deciding: loaded once, or as copies with some words changed; and cases for them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from interpreter.cases.facts import Case, read_plain
from interpreter.decision.decide import decide_batch
from interpreter.decision.model import Decision, Line, MeasureDecision
from interpreter.language.values import plain
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook

GOOD = Path(__file__).parent.parent / "good"

Change = tuple[str, str, str]
"""In which file which words are to be which others."""


@cache
def policy(name: str, *changes: Change) -> Rulebook:
    """The rulebook of a folder of tests/good, with changes; it must have no error."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / name
        shutil.copytree(GOOD / name, folder)
        for file, old, new in changes:
            path = folder / file
            text = path.read_text(encoding="utf-8")
            assert old in text, (file, old)
            path.write_text(text.replace(old, new), encoding="utf-8")
        problems: list[Problem] = []
        book = load(folder, problems)
    assert book is not None, [(problem.code, str(problem.where), dict(problem.fields)) for problem in problems]
    return book


def case_of(book: Rulebook, data: dict[str, Any]) -> Case:
    problems: list[Problem] = []
    case = read_plain(data, book, problems)
    assert case is not None, [(problem.code, problem.path) for problem in problems]
    return case


def decide_all(book: Rulebook, cases: list[dict[str, Any]]) -> list[Decision]:
    return decide_batch(book, [case_of(book, data) for data in cases])


def decide_one(book: Rulebook, data: dict[str, Any]) -> Decision:
    return decide_all(book, [data])[0]


def measure_of(decision: Decision, name: str) -> MeasureDecision:
    return next(measure for measure in decision.measures if measure.measure == name)


def lines_of(decision: Decision, name: str) -> dict[Any, Line]:
    """A measure's lines by what they are about: `()`, or the value of the loop; a second of one key has its number."""
    found: dict[Any, Line] = {}
    for number, line in enumerate(measure_of(decision, name).lines, 1):
        key = plain(line.key[0].value) if len(line.key) == 1 else tuple(plain(part.value) for part in line.key)
        found[number if key in found else key] = line
    return found


def line_of(decision: Decision, name: str, key: Any = ()) -> Line:
    return lines_of(decision, name)[key]


def outcomes(decision: Decision, name: str) -> dict[Any, str]:
    return {key: line.outcome for key, line in lines_of(decision, name).items()}


def missing(line: Line | MeasureDecision) -> set[str]:
    return {fact.path for fact in line.missing}


def open_points(line: Line | MeasureDecision) -> set[tuple[str, str]]:
    return {(point.kind, point.name) for point in line.open_points}
