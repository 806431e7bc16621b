"""Policies for tests: the good ones loaded once, and copies to change."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from interpreter.language.closures import compile_core
from interpreter.language.environment import Environment, Program
from interpreter.language.unknown import Value
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook

GOOD = Path(__file__).parent.parent / "good"


@cache
def swimming() -> Rulebook:
    """The rulebook of tests/good/swimming."""
    return loaded(GOOD / "swimming")


def loaded(folder: Path) -> Rulebook:
    """A folder's rulebook, which must have no error."""
    problems: list[Problem] = []
    book = load(folder, problems)
    assert book is not None, problems
    return book


def copied(to: Path, *changes: tuple[str, str, str]) -> Path:
    """A copy of the policy where in each file some words are others."""
    folder = to / "swimming"
    shutil.copytree(GOOD / "swimming", folder)
    for file, old, new in changes:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def codes(folder: Path, severity: str = "error") -> list[str]:
    """The codes of the problems of a folder."""
    problems: list[Problem] = []
    load(folder, problems)
    return [problem.code for problem in problems if problem.severity == severity]


def parameter(book: Rulebook, name: str, day: date | Value, authority: Value = None) -> Value:
    """A parameter's value for a day and an authority."""
    program = Program({}, {}, {}, compile_core, record=False)
    run = compile_core(book.parameters[name].core, program)
    return run(Environment({}, day, authority, []))
