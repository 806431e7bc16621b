"""A query that was made shorter by what is known of its relation says the same as the general one."""

from __future__ import annotations

import os
from datetime import date

import duckdb
import pytest

from benchmarks.people import people
from interpreter.batch.sql.known import Known, under
from interpreter.batch.sql.layout import Layout
from interpreter.batch.sql.node import FALSE, NULL, TRUE, ZERO, Sql, and_, case, column, is_null, literal, op, or_
from interpreter.batch.sql.seen import first_day, halves, seen_of
from interpreter.batch.sql.truths import Truths
from interpreter.batch.sql.wide import compile_wide
from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import stored
from tests.batch.generated.cases import cases, read
from tests.batch.generated.policies import policy
from tests.batch.test_sample import cases_of, rulebook

__all__ = ["rulebook"]
DAY = "application.filed_on"


def rows(query: str, base: duckdb.DuckDBPyConnection) -> list[tuple]:
    return base.execute(f"SELECT * FROM ({query}) ORDER BY position").fetchall()


def same_answers(book: Rulebook, base: duckdb.DuckDBPyConnection) -> int:
    """Compares them, and says in how many parts the relation was answered."""
    wide = compile_wide(book)
    parts = halves(seen_of(book, "cases", base), wide.day, first_day(book))
    found = []
    for known, only in parts:
        found += rows(wide.under(known).query(f"(SELECT * FROM cases WHERE {only})" if only else "cases"), base)
    assert sorted(found, key=lambda row: row[0]) == rows(wide.query("cases"), base)
    return len(parts)


def test_the_sample_is_shorter_and_the_same(rulebook):
    with stored(rulebook, cases_of(rulebook, 1_000)) as base:
        assert same_answers(rulebook, base) == 1
        wide = compile_wide(rulebook)
        short = wide.under(seen_of(rulebook, "cases", base)).query("cases")
        assert len(short) < len(wide.query("cases")) / 2
        assert "2020-01-01" not in short
        # amounts that may be several have bounds, which the sample's conditions never need
        assert "least(" not in short
        assert "greatest(" not in short


@pytest.mark.parametrize("changed", ["DATE '2019-12-31'", "NULL"])
def test_days_without_values_are_answered_apart(rulebook, changed):
    with stored(rulebook, cases_of(rulebook, 1_000)) as base:
        base.execute(f'UPDATE cases SET "{DAY}" = {changed} WHERE position % 7 = 0')
        base.execute('UPDATE cases SET worker = FALSE, claims = [\'rent\'] WHERE position % 11 = 0')
        assert same_answers(rulebook, base) == 2


@pytest.mark.parametrize("seed", range(6_000, 6_200 if os.environ.get("POLICY_FULL") else 6_006))
def test_generated_policies(seed):
    made = policy(seed)
    given = [read(made.book, one) for one in cases(made.book, seed, 40)]
    with stored(made.book, given) as base:
        same_answers(made.book, base)


def test_people_have_days_from_the_first_on():
    assert min(str(one["filed_on"]) for one in people(500)) >= "2020-01-01"


A, B, C = (column(name) for name in "abc")
TRUTHS = [
    op("is null", and_(A, B)), op("is true", or_(A, B)), op("is false", and_(A, or_(B, C))),
    op("not", op("is true", A)), or_(is_null(A), is_null(B)),
    and_(is_null(and_(A, B, C)), or_(is_null(A), is_null(B), is_null(C))),
    op("is true", op("not", A)), or_(op("is true", A), op("is false", A), is_null(A)),
]
CHOICES = [
    case((op("is false", and_(A, B)), literal("no")), (is_null(and_(A, B)), literal("what")), otherwise=literal("yes")),
    case((op("is true", A), ZERO), (op("is null", A), literal(2)), (op("is false", A), NULL), otherwise=literal(3)),
    case((is_null(A), case((or_(is_null(A), is_null(B)), literal(4)), otherwise=ZERO)), otherwise=ZERO),
    op("|", case((is_null(A), literal(4)), otherwise=ZERO), case((is_null(B), literal(4)), otherwise=ZERO)),
    case((A, B), (B, C)), case((or_(A, NULL), B), otherwise=C), case((and_(A, NULL), FALSE), otherwise=TRUE),
]
STATES = "SELECT a, b, c FROM " + ", ".join(
    f"(VALUES (TRUE), (FALSE), (NULL::BOOLEAN)) AS {name}({name})" for name in "abc"
)


@pytest.mark.parametrize("known", [{}, {"a": Known(always=True)}, {"a": Known(constant=True, same=None)},
                                   {"b": Known(constant=True, same=True)}])
@pytest.mark.parametrize("node", [*TRUTHS, *CHOICES])
def test_every_state(node: Sql, known: dict[str, Known]):
    only = " AND ".join(
        ["TRUE", *(f"{name} IS NOT NULL" for name, one in known.items() if one.always),
         *(f"{name} IS NOT DISTINCT FROM {one.same or 'NULL'}" for name, one in known.items() if one.constant)]
    )
    source = f"(SELECT * FROM ({STATES}) WHERE {only})"
    asked = {"a": A, "b": B, "c": C, "x": node}
    queries = [Layout(outputs).query(source, "abc") for outputs in (asked, under(asked, known))]
    texts = [query if isinstance(query, str) else query.sql("duckdb") for query in queries]
    first, second = (sorted(duckdb.execute(text).fetchall(), key=str) for text in texts)
    assert first == second


def test_bounds_decide_comparisons():
    day, low = column("day"), literal(date(2021, 1, 1))
    truths = Truths(frozenset({"day"}), {"day": (date(2022, 1, 1), date(2023, 1, 1)), "n": (0, 9)})
    assert truths.made("<=", (low, day)) is TRUE
    assert truths.made("<", (day, low)) is FALSE
    assert truths.made("is true", (op("<=", ZERO, column("n")),)) is op("not", is_null(column("n")))
    assert truths.made("is false", (op("<=", ZERO, op("*", column("n"), literal(5))),)) is FALSE
