"""The shipped notice on made-up cases: lists, folds, loops and limits in SQL as in the interpreter."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

from examples.generate import caseload
from interpreter.batch.sql.batch import compile_batch
from interpreter.cases.facts import Case, read_plain
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import disagreements, doubtful

POLICY = next((Path(__file__).parents[2] / "policy").iterdir())
COUNT = 20_000 if os.environ.get("POLICY_FULL") else 150


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    found = load(POLICY, [])
    assert found is not None
    return found


@pytest.fixture(scope="module")
def cases(rulebook: Rulebook) -> list[Case]:
    problems: list[Problem] = []
    read = [read_plain(data, rulebook, problems) for data in islice(caseload(11), COUNT)]
    assert not problems
    return [case for case in read if case is not None]


def test_the_notice(rulebook: Rulebook, cases: list[Case]) -> None:
    batch = compile_batch(rulebook)
    assert batch.notes == ()
    assert disagreements(rulebook, cases, batch) == []
    assert doubtful(rulebook, cases[:1], batch) <= 1
