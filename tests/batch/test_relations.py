"""Cases as rows: every fact in its column, in what it is stored as."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path

import duckdb
import pytest

from examples.generate import caseload as generated
from interpreter.batch.relations import ddl_of, relations_of, row_of, rows_of
from interpreter.batch.rows import case_of as read_row
from interpreter.cases.facts import read_plain
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook
from tests.decision.policies import case_of, policy

POLICY = next((Path(__file__).parents[2] / "policy").iterdir())


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    found = load(POLICY, [])
    assert found is not None
    return found


def test_a_column_for_every_leaf(rulebook: Rulebook) -> None:
    names = {column.name: column.stored for column in relations_of(rulebook)}
    assert list(names)[:3] == ["position", "case", "claims"]
    assert names["worker"] == "BOOLEAN"
    assert names["worker.registry_county"] == "VARCHAR"
    assert names["application.filed_on"] == "DATE"
    assert names["worker.insurance"].startswith('STRUCT("month" INTEGER, "kind" VARCHAR')
    assert names["worker.insured_months"] == "BIGINT"
    assert "number" in names["history"]


def test_rows_go_into_the_table(rulebook: Rulebook) -> None:
    problems: list[Problem] = []
    cases = [read_plain(data, rulebook, problems) for data in islice(generated(7), 60)]
    assert not problems
    connection = duckdb.connect()
    connection.execute(ddl_of(rulebook))
    marks = ", ".join("?" * len(relations_of(rulebook)))
    rows = list(rows_of([case for case in cases if case is not None], rulebook))
    connection.executemany(f"INSERT INTO cases VALUES ({marks})", rows)
    stored = connection.execute("SELECT * FROM cases ORDER BY position").fetchall()
    assert stored == rows


def test_what_is_absent_is_null(rulebook: Rulebook) -> None:
    data = {"application": {"filed_on": "2022-03-04", "number": "7"}, "worker": {
        "id": "511133199001019999", "insurance": [{"month": "2021-03"}], "leases": [],
    }}
    problems: list[Problem] = []
    case = read_plain(data, rulebook, problems)
    assert case is not None, problems
    row = dict(zip((column.name for column in relations_of(rulebook)), row_of(case, rulebook, 3), strict=True))
    assert (row["position"], row["case"], row["claims"]) == (3, "7", None)
    assert (row["worker"], row["employer"]) == (True, False)
    assert row["application.filed_on"] == date(2022, 3, 4)
    assert row["worker.registry_county"] is None
    assert row["worker.employments"] is None
    assert row["worker.leases"] == []
    assert row["worker.insurance"][0]["month"] == 12 * 2021 + 2
    assert row["worker.insurance"][0]["place"] is None
    assert row["history"] == []


def test_an_earlier_decision_keeps_its_key() -> None:
    """A table's row is the word that stands for it, and a part that two measures have of two types is kept for each."""
    book = policy(
        "swimming", ("measures/lessons.yaml", "once_per: [child]", "once_per: [child.home]"),
        ("measures/races.yaml", "once_per: [child]", "once_per: [application.urgent]"),
        ("policy.yaml", "    per: {child: child}\n", "    per: {home: child.home, urgent: child.name}\n"),
    )
    data = {
        "application": {"filed_on": "2022-03-04"}, "child": {"id": "T-1", "home": "W", "name": "a"},
        "history": [
            {"measure": "lessons", "key": {"home": "W", "urgent": "a"}, "amount": "3.5"},
            {"measure": "races", "key": {"home": "E", "urgent": False}, "number": "7"},
        ],
    }
    case = case_of(book, data)
    columns = relations_of(book)
    row = dict(zip((column.name for column in columns), row_of(case, book, 0), strict=True))
    connection = duckdb.connect()
    connection.execute(ddl_of(book))
    connection.execute(f"INSERT INTO cases VALUES ({', '.join('?' * len(columns))})", list(row.values()))
    again = read_row(row, book)
    assert case.history is not None
    assert again.history is not None
    for one, other in zip(case.history, again.history, strict=True):
        assert one.fields["key"].fields == other.fields["key"].fields
        assert {**one.fields, "key": None} == {**other.fields, "key": None}
