"""What is used more than once is written once: the text grows with the rules, not with their uses."""

from __future__ import annotations

import duckdb

from interpreter.batch.sql.layout import Layout
from interpreter.batch.sql.node import Sql, case, column, forget, gather, is_null, less, literal, member, members_of, op


def grown(start: Sql, steps: int) -> Sql:
    """A value that is made of itself three times over at each step."""
    value = start
    for step in range(steps):
        more = op("+", value, literal(1))
        value = case((is_null(value), literal(step)), (less(value, literal(40)), more), otherwise=value)
    return value


def text(steps: int) -> str:
    forget()
    return Layout({"value": grown(column("a"), steps)}).query("given", ["a"])


def in_list(steps: int) -> str:
    """The same of every member of a list, with a value from beside it."""
    forget()
    scope = members_of(column("l"))
    start = op("+", member(scope), column("a"))
    return Layout({"value": op("sum of", gather(scope, grown(start, steps)))}).query("given", ["a", "l"])


def inside_another(steps: int) -> str:
    """The same of every pair of members of two lists, which has no place of its own."""
    forget()
    outer, inner = members_of(column("l")), members_of(column("m"))
    pair = grown(op("+", member(outer), member(inner)), steps)
    sums = op("sum of", gather(inner, pair))
    return Layout({"value": op("sum of", gather(outer, sums))}).query("given", ["l", "m"])


def test_the_text_is_linear() -> None:
    for made in (text, in_list):
        assert len(made(24)) < 2.6 * len(made(12))


def test_what_hangs_on_two_lists_grows_little_more() -> None:
    # each step there is a struct of all steps before it
    assert len(inside_another(24)) < 3.2 * len(inside_another(12))


def test_the_text_runs() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE given AS SELECT 5 AS a, [1, 2, 30] AS l, [10, 20] AS m")
        assert connection.execute(text(6)).fetchone() == (11,)
        assert connection.execute(in_list(6)).fetchone() == (12 + 13 + 40,)
        assert connection.execute(inside_another(6)).fetchone() == (17 + 27 + 18 + 28 + 40 + 50,)
