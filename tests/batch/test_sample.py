"""The sample policy on its people: SQL says what the interpreter says."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.people import people
from interpreter.batch.sql.batch import Batch, compile_batch
from interpreter.cases.facts import Case, read_plain
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import disagreements, doubtful, stored

SAMPLE = Path(__file__).parents[2] / "benchmarks" / "sample"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    found = load(SAMPLE, [])
    assert found is not None
    return found


@pytest.fixture(scope="module")
def batch(rulebook: Rulebook) -> Batch:
    return compile_batch(rulebook)


def cases_of(rulebook: Rulebook, count: int) -> list[Case]:
    problems: list[Problem] = []
    found = []
    for number, person in enumerate(people(count)):
        worker = {"id": str(number), "name": "x", **person}
        filed = worker.pop("filed_on")
        data = {"application": {"number": str(number), "filed_on": filed}, "worker": worker}
        found.append(read_plain(data, rulebook, problems))
    assert not problems
    return [case for case in found if case is not None]


def test_the_sample(rulebook: Rulebook, batch: Batch) -> None:
    cases = cases_of(rulebook, 2_000)
    assert disagreements(rulebook, cases, batch) == []
    assert doubtful(rulebook, cases[:50], batch) == 0
    assert batch.notes == ()


def test_a_wrong_answer_is_seen(rulebook: Rulebook, batch: Batch) -> None:
    cases = cases_of(rulebook, 3)
    wrong = cases_of(rulebook, 4)[1:]
    with stored(rulebook, cases) as connection:
        batch.run(connection, "cases")
        assert connection.execute("SELECT count(*) FROM lines").fetchone() == (15,)
    assert disagreements(rulebook, [*cases[:2], wrong[2]], batch) == []


def test_the_same_text_twice(rulebook: Rulebook, batch: Batch) -> None:
    assert batch.statements("cases") == compile_batch(rulebook).statements("cases")
