"""The shipped notice on made-up cases: lists, folds, loops and limits in SQL as in the interpreter."""

from __future__ import annotations

import json
import os
from itertools import islice
from pathlib import Path

import duckdb
import pytest

from examples.generate import caseload
from interpreter.batch.answers import Engine
from interpreter.batch.files.intake import Asked
from interpreter.batch.manifest import MANIFEST
from interpreter.batch.outputs import CASES, DECISIONS, LINES_FILE
from interpreter.batch.run import Means, run
from interpreter.batch.sql.batch import compile_batch
from interpreter.batch.sql.concerned import concerned
from interpreter.cases.facts import Case, read_plain
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import disagreements, doubtful, stored

POLICY = next((Path(__file__).parents[2] / "policy").iterdir())
COUNT = 20_000 if os.environ.get("POLICY_FULL") else 150
FILED = 20_000 if os.environ.get("POLICY_FULL") else 60
"""Cases that go from file to file on both engines."""
ENGINES: tuple[Engine, ...] = ("duckdb", "interpreter")


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


def test_both_engines_write_the_same(rulebook: Rulebook, tmp_path: Path) -> None:
    """From one file of workers, employers, agencies and counties to the same files, row by row."""
    source = tmp_path / "cases.jsonl"
    lines = (json.dumps(data, ensure_ascii=False) + "\n" for data in islice(caseload(29), FILED))
    source.write_text("".join(lines), encoding="utf-8")
    for engine in ENGINES:
        problems: list[Problem] = []
        done = run(Asked((source,)), rulebook, tmp_path / engine, problems, means=Means(engine, threads=1))
        assert done is not None, [problem.code for problem in problems]
        assert done.taken.cases == FILED
    with duckdb.connect() as base:
        for name in (DECISIONS, LINES_FILE, CASES):
            one, other = (f"SELECT * FROM read_parquet('{tmp_path / engine / name}', file_row_number = TRUE)"
                          for engine in ENGINES)
            assert base.execute(f"DESCRIBE {one}").fetchall() == base.execute(f"DESCRIBE {other}").fetchall()
            assert base.execute(f"SELECT count(*) FROM ({one})").fetchall() != [(0,)]
            for left, right in ((one, other), (other, one)):
                assert base.execute(f"({left}) EXCEPT ALL ({right}) LIMIT 5").fetchall() == []


def test_the_sample_of_many_cases_leaves_out_only_what_competes(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interpreter.batch.sample.TOGETHER", 5)
    made = list(islice(caseload(31, "worker"), 12))
    again = json.loads(json.dumps(made[0]))
    again["application"]["number"] += "-again"
    source = tmp_path / "cases.jsonl"
    source.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (*made, again)), encoding="utf-8")
    samples = {}
    for engine in ENGINES:
        assert run(Asked((source,)), rulebook, tmp_path / engine, [], means=Means(engine, threads=1)) is not None
        samples[engine] = json.loads((tmp_path / engine / MANIFEST).read_text(encoding="utf-8"))["sample"]
    assert samples["interpreter"] == {"cases": 13, "competing": 13, "different": 0}
    assert samples["duckdb"]["cases"] == 13
    assert 2 <= samples["duckdb"]["competing"] < 13


def test_cases_are_told_apart_by_whom_they_concern(rulebook: Rulebook) -> None:
    makers = ("worker", "employer", "worker", "agency")
    data = [next(islice(caseload(37, maker), number, None)) for number, maker in enumerate(makers)]
    # who claims what only others are given is decided by the rules of both
    data[2]["claims"] = ["job_stability", "agency_service"]
    data.append({"application": {"number": "N", "filed_on": "2022-01-01"}})
    read = [read_plain(one, rulebook, []) for one in data]
    cases = [case for case in read if case is not None]
    with stored(rulebook, cases) as base:
        kinds = list(concerned(rulebook, "cases", base))
        counts = {base.execute(f"SELECT list(position) FROM cases WHERE {one.only}").fetchall()[0][0][0]: one.count
                  for one in kinds}
    assert counts == {0: 1, 1: 1, 2: 1, 3: 1}
    whose = {name: one.claimant for name, one in rulebook.measures.items()}
    assert {frozenset(whose[name] for name in one.measures) for one in kinds} == {
        frozenset(one) for one in (("worker",), ("employer",), ("agency",), ("worker", "agency"))
    }
    assert disagreements(rulebook, cases) == []
