"""Definitions that stand on one another: as deep as they may go they are worked out, and deeper is a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter.decision.engine import Engine
from interpreter.language.core import MOST_DEEP
from interpreter.language.environment import Environment
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from tests.rulebook.policies import copied, loaded

SHAPES = [
    ("{before} + 1", 2), ("if {before} > 3 then {before} - 1 else 2", 3),
    ("if some x in 1..2 satisfies {before} > x then 1 else 2", 4), ("min(9, {before})", 2),
]


def chain(to: Path, shape: str, length: int) -> Path:
    """A policy with as many more definitions, each standing on the one before."""
    folder = copied(to)
    lines = ["  step0: {label: 起, is: 1}"]
    for n in range(1, length):
        before = shape.format(before=f"step{n - 1}")
        lines.append(f"  step{n}: {{label: 第{n}步, is: '{before}'}}")
    path = folder / "definitions.yaml"
    path.write_text(path.read_text("utf-8").rstrip() + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("shape", "levels"), SHAPES)
def test_as_deep_as_may_be(tmp_path: Path, shape: str, levels: int) -> None:
    length = MOST_DEEP // levels - 1
    engine = Engine(loaded(chain(tmp_path, shape, length)))
    core = engine.rulebook.definitions[f"step{length - 1}"].core
    environment = Environment({}, None, None, [None] * engine.rulebook.slots)
    assert engine.run(core, environment) in range(1, MOST_DEEP)


@pytest.mark.parametrize(("shape", "levels"), SHAPES)
def test_deeper_is_a_problem_told_once(tmp_path: Path, shape: str, levels: int) -> None:
    problems: list[Problem] = []
    assert load(chain(tmp_path, shape, 1500), problems) is None
    assert [problem.code for problem in problems if problem.severity == "error"] == ["definition.deep"]
    where = problems[0].where
    assert where is not None
    assert int(where.source.text[where.start + len("step") : where.end]) in range(MOST_DEEP // levels - 2, MOST_DEEP)
