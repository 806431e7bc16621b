"""Lists in tables of their own: the same values as the layout in one query has; the text grows with the rules."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from interpreter.batch.sql.layout import Layout
from interpreter.batch.sql.node import Sql, column, field, forget, gather, less, literal, member, members_of, op
from interpreter.batch.sql.spread import Spread
from tests.batch.test_layout import grown


def in_list() -> Sql:
    """A sum over the members of a list, with a value from beside it."""
    scope = members_of(column("l"))
    return op("sum of", gather(scope, grown(op("+", member(scope), column("a")), 6)))


def chosen() -> Sql:
    """The list of some members."""
    scope = members_of(column("l"))
    return gather(scope, member(scope), less(column("a"), member(scope)))


def or_none() -> Sql:
    return op("or none", chosen())


def pairs() -> Sql:
    """Pairs of members of two lists, which have no table."""
    outer, inner = members_of(column("l")), members_of(column("m"))
    pair = grown(op("+", member(outer), grown(op("+", member(inner), column("a")), 4)), 4)
    return op("sum of", gather(outer, op("sum of", gather(inner, pair))))


def within() -> Sql:
    """Lists in the members of a list."""
    outer = members_of(column("n"))
    inner = members_of(field(member(outer), "its"))
    most = op("max of", gather(inner, op("*", member(inner), field(member(outer), "per"))))
    return gather(outer, op("+", most, literal(1)))


def of_what_was_made() -> Sql:
    """A list made of a list, gone through again."""
    scope = members_of(op("sorted", or_none()))
    return op("sum of", gather(scope, grown(member(scope), 4)))


ROWS = """(0, 5, [1, 9, 30, 9], [10, 20], [{'per': 2, 'its': [1, 3]}, {'per': 3, 'its': []}, {'per': 1, 'its': NULL}]),
    (1, 0, [], [1], []), (2, 7, NULL, NULL, NULL), (3, NULL, [8, NULL, 2], [], [{'per': 4, 'its': [7, NULL]}])"""


@pytest.mark.parametrize("made", [in_list, chosen, or_none, pairs, within, of_what_was_made])
def test_the_same_as_in_one_query(made: Any) -> None:
    forget()
    outputs = {"position": column("position"), "value": made()}
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE given "
            "(position BIGINT, a BIGINT, l BIGINT[], m BIGINT[], n STRUCT(per BIGINT, its BIGINT[])[])"
        )
        connection.execute(f"INSERT INTO given VALUES {ROWS}")
        expected = connection.execute(Layout(outputs).query("given", ["position", "a", "l", "m", "n"])).fetchall()
        statements, query, left = Spread(outputs).statements("given", "made")
        for statement in statements:
            connection.execute(statement)
        assert sorted(connection.execute(query).fetchall()) == sorted(expected)
        for name in left:
            connection.execute(f"DROP TABLE {name}")
        assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE temporary").fetchone() == (0,)


def test_the_text_is_linear() -> None:
    def size(steps: int) -> int:
        forget()
        scope = members_of(column("l"))
        value = op("sum of", gather(scope, grown(op("+", member(scope), column("a")), steps)))
        statements, query, _ = Spread({"position": column("position"), "value": value}).statements("given", "made")
        return sum(map(len, statements)) + len(query)

    assert size(24) < 2.6 * size(12)
