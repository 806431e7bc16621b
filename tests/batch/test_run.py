"""A batch from files to files: the sample's people, clean and dirty, by both engines, run again and cut short."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import pytest

from interpreter.batch.files.intake import Asked
from interpreter.batch.manifest import digest_of
from interpreter.batch.run import Done, Means, run
from interpreter.cases.facts import read_plain
from interpreter.decision.verdict import verdict_batch
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from tests.architecture.files import ROOT

sys.path.append(str(ROOT / "benchmarks"))
from crowd import write_crowd
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


def shape(out: Path) -> list[tuple]:
    """What the columns of the decisions are stored as."""
    found = f"SELECT name, type, converted_type FROM parquet_schema('{out / 'decisions.parquet'}')"
    return duckdb.execute(found).fetchall()


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
    assert shape(tmp_path / "a") == shape(tmp_path / "b")
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


def crowd(path: Path, count: int, change: str = "") -> Path:
    """So many of the sample's people, a later one with some other value (`REPLACE` of the database)."""
    write_crowd(path, count, duckdb.connect())
    if change:
        clean = path.rename(path.with_suffix(".clean"))
        duckdb.execute(f"COPY (SELECT * REPLACE ({change}) FROM read_parquet('{clean}')) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize(("value", "refused", "code"), [
    ("'Ashby'", 0, ""), ("'nowhere'", 1, "case.choice"),
])
def test_what_is_wrong_late_in_a_file_is_found_all_the_same(rulebook, tmp_path, value, refused, code):
    change = f"CASE WHEN \"application.number\" = 'A000004000' THEN {value} ELSE \"worker.home\" END AS \"worker.home\""
    clean = decided([crowd(tmp_path / "clean.parquet", 5_000)], rulebook, tmp_path / "clean")
    done = decided([crowd(tmp_path / "in.parquet", 5_000, change)], rulebook, tmp_path / "out")
    assert clean.taken.cases == 5_000
    assert done.taken.cases == 5_000 - refused
    assert [(one.case, one.problem.code) for one in done.taken.rejects] == [("A000004000", code)] * refused
    known = {row["case"]: row for row in rows(tmp_path / "clean")}
    found = {row["case"]: row for row in rows(tmp_path / "out")}
    assert list(found) == [name for name in known if not refused or name != "A000004000"]
    assert all(row == known[name] for name, row in found.items() if name != "A000004000")


def test_a_number_too_large_to_reckon_with_is_refused_late_in_a_file_too(rulebook, tmp_path):
    change = (
        "CASE WHEN \"application.number\" = 'A000004000' THEN 9223372036854775807 ELSE \"worker.rent_months\" END "
        "AS \"worker.rent_months\""
    )
    done = decided([crowd(tmp_path / "in.parquet", 5_000, change)], rulebook, tmp_path / "out")
    assert [(one.case, one.problem.code) for one in done.taken.rejects] == [("A000004000", "case.bounds")]
    assert len(rows(tmp_path / "out")) == 4_999


def test_the_same_bytes_from_a_crowd_whatever_it_may_use(rulebook, tmp_path):
    path = crowd(tmp_path / "in.parquet", 150_000)
    decided([path], rulebook, tmp_path / "a", threads=1)
    for memory in (None, "200MB"):
        decided([path], rulebook, tmp_path / "b", threads=2, memory=memory)
        assert digests(tmp_path / "a") == digests(tmp_path / "b")


def digests(out: Path) -> dict[str, str]:
    return {one.name: digest_of(one) for one in out.iterdir()}
