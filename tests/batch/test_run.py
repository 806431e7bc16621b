"""A batch from files to files: the sample's people, clean and dirty, by both engines, run again and cut short."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import pytest

from interpreter.batch.files.intake import Asked
from interpreter.batch.run import Done, Means, run
from interpreter.cases.facts import read_plain
from interpreter.decision.verdict import verdict_batch
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from tests.architecture.files import ROOT

sys.path.append(str(ROOT / "benchmarks"))
from people import people

PEOPLE = 300
FILES = {"cases.parquet", "decisions.parquet", "manifest.json", "totals.csv", "totals.html"}


@pytest.fixture(scope="module")
def rulebook():
    problems: list[Problem] = []
    found = load(ROOT / "benchmarks" / "sample", problems)
    assert found is not None
    return found


def written(number: int, person: dict) -> dict:
    """A person as a case file has it."""
    worker = {name: value for name, value in person.items() if name != "filed_on" and value is not None}
    return {
        "application": {"number": f"A{number}", "filed_on": person["filed_on"]},
        "worker": {"id": f"P{number}", "name": "Sample", **worker},
    }


def parquet(path: Path, cases: list[dict]) -> Path:
    lines = path.with_suffix(".jsonl")
    lines.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    duckdb.execute(f"COPY (SELECT * FROM read_json('{lines}', sample_size = -1)) TO '{path}' (FORMAT parquet)")
    return path


def decided(files: list[Path], rulebook, out: Path, **means) -> Done:
    problems: list[Problem] = []
    done = run(Asked(tuple(files)), rulebook, out, problems, means=Means(**means))
    assert problems == []
    assert done is not None
    return done


def rows(out: Path) -> list[dict]:
    found = duckdb.execute(f"SELECT * FROM read_parquet('{out / 'decisions.parquet'}')")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_every_answer_is_the_interpreters(rulebook, tmp_path):
    cases = [written(n, person) for n, person in enumerate(people(PEOPLE))]
    done = decided([parquet(tmp_path / "in.parquet", cases)], rulebook, tmp_path / "out")
    assert done.taken.cases == PEOPLE
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    expected = verdict_batch(rulebook, [read_plain(case, rulebook, []) for case in cases])
    for row, verdicts in zip(rows(tmp_path / "out"), expected, strict=True):
        for line in verdicts:
            assert row[f"{line.measure}.outcome"] == line.outcome
            assert row[f"{line.measure}.amount"] == line.amount
            states = [row[f"{line.measure}.states"] >> 2 * n & 3 for n in range(len(line.states))]
            assert states == [1 if s is True else 0 if s is False else 2 for s in line.states]


def test_both_engines_write_the_same_files(rulebook, tmp_path):
    path = parquet(tmp_path / "in.parquet", [written(n, person) for n, person in enumerate(people(PEOPLE))])
    decided([path], rulebook, tmp_path / "a")
    decided([path], rulebook, tmp_path / "b", engine="interpreter")
    assert rows(tmp_path / "a") == rows(tmp_path / "b")
    assert (tmp_path / "a" / "totals.csv").read_bytes() == (tmp_path / "b" / "totals.csv").read_bytes()


def test_run_again_gives_the_same_bytes_whatever_the_threads(rulebook, tmp_path):
    path = parquet(tmp_path / "in.parquet", [written(n, person) for n, person in enumerate(people(PEOPLE))])
    decided([path], rulebook, tmp_path / "a", threads=1)
    first = {one.name: one.read_bytes() for one in (tmp_path / "a").iterdir()}
    decided([path], rulebook, tmp_path / "a", threads=2)
    assert {one.name: one.read_bytes() for one in (tmp_path / "a").iterdir()} == first


def test_what_is_wrong_is_refused_and_the_rest_decided(rulebook, tmp_path):
    cases = [written(n, person) for n, person in enumerate(people(20))]
    cases[3]["worker"]["home"] = "nowhere"
    cases[5]["worker"]["home"] = "Ashby"
    del cases[7]["worker"]["id"]
    cases[9]["application"]["filed_on"] = "2021-02-30"
    cases[11]["worker"]["insured_months"] = 10_000_000_000
    for case in cases:
        case["application"]["filed_on"] = str(case["application"]["filed_on"])
    done = decided([parquet(tmp_path / "in.parquet", cases)], rulebook, tmp_path / "out")
    assert [(one.case, one.problem.code) for one in done.taken.rejects] == [
        ("A3", "case.choice"), ("A7", "case.required"), ("A9", "case.date"), ("A11", "case.bounds"),
    ]
    assert [row["case"] for row in rows(tmp_path / "out")] == [f"A{n}" for n in range(20) if n not in (3, 7, 9, 11)]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["rows"] == 20
    assert manifest["counts"]["rows_used"] == manifest["counts"]["cases_decided"] == 16
    assert manifest["counts"]["rows_refused"] == 4
    assert (tmp_path / "out" / "rejects.xlsx").exists()


def test_floating_numbers_are_refused_as_a_column(rulebook, tmp_path):
    path = tmp_path / "in.parquet"
    duckdb.execute(f"COPY (SELECT 'P1' AS \"worker.id\", 1.5::DOUBLE AS \"worker.rent_months\") TO '{path}'")
    problems: list[Problem] = []
    assert run(Asked((path,)), rulebook, tmp_path / "out", problems) is None
    assert [problem.code for problem in problems] == ["batch.column-type"]


def test_a_file_that_is_none_leaves_what_was_there(rulebook, tmp_path):
    path = parquet(tmp_path / "in.parquet", [written(n, person) for n, person in enumerate(people(5))])
    decided([path], rulebook, tmp_path / "out")
    before = {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()}
    path.write_bytes(path.read_bytes()[:100])
    problems: list[Problem] = []
    assert run(Asked((path,)), rulebook, tmp_path / "out", problems) is None
    assert [problem.code for problem in problems] == ["batch.parquet"]
    assert {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()} == before


def test_cases_written_whole_are_a_batch_too(rulebook, tmp_path):
    cases = [written(n, person) for n, person in enumerate(people(20))]
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps(case) + "\n" for case in cases) + "{\n", encoding="utf-8")
    done = decided([lines], rulebook, tmp_path / "a")
    assert done.taken.cases == 20
    assert len(done.taken.rejects) == 1
    decided([parquet(tmp_path / "in.parquet", cases)], rulebook, tmp_path / "b")
    assert rows(tmp_path / "a") == rows(tmp_path / "b")
