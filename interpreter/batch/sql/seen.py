"""What a look at a relation of cases shows of its columns, so that its query can do without the rest.

Nothing is believed that is not so in every row: days, records and claims are looked at, numbers lie within the bounds
that the vocabulary declares, which every reader of cases holds to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import duckdb

from interpreter.batch.relations import CLAIMS, Column, quoted, relations_of
from interpreter.batch.sql.known import Known
from interpreter.language import core as c
from interpreter.language.magnitude import bounds_of
from interpreter.language.types import DateType, Number
from interpreter.rulebook.model import Rulebook


def seen_of(rulebook: Rulebook, source: str, base: duckdb.DuckDBPyConnection) -> dict[str, Known]:
    """What is known of the columns of a relation, by their names. duckdb.Error where it cannot be read."""
    columns = [column for column in relations_of(rulebook) if _is_looked_at(column)]
    asked = [
        f"count({quoted(one.name)}), " + ("NULL, NULL" if one.name == CLAIMS else
                                          f"min({quoted(one.name)}), max({quoted(one.name)})")
        for one in columns
    ]
    found = base.execute(f"SELECT count(*), {', '.join(asked)} FROM {source}").fetchone()
    assert found is not None
    rows, values = found[0], found[1:]
    known = dict(_declared(rulebook))
    for at, column in enumerate(columns):
        count, low, high = values[3 * at : 3 * at + 3]
        if column.name == CLAIMS:
            known[CLAIMS] = Known(constant=count == 0)
        elif isinstance(column.type, DateType):
            known[column.name] = Known(always=count == rows, span=None if low is None else (low, high))
        else:
            known[column.name] = Known(always=count == rows, constant=count == rows and low == high, same=low)
    return {name: one for name, one in known.items() if one != Known()}


def _is_looked_at(column: Column) -> bool:
    whether_given = bool(column.path) and column.type is None
    return column.name == CLAIMS or whether_given or isinstance(column.type, DateType)


def _declared(rulebook: Rulebook) -> Iterator[tuple[str, Known]]:
    for column in relations_of(rulebook):
        if isinstance(column.type, Number):
            low, high = (int(bound * 10**column.type.places) for bound in bounds_of(column.type))
            yield column.name, Known(span=(low, high))


def first_day(rulebook: Rulebook) -> date | None:
    """The first day on which every dated parameter has a value; None where there is no such parameter."""
    days = [day for parameter in rulebook.parameters.values() if (day := _first(parameter.core)) is not None]
    return max(days, default=None)


def _first(core: c.Core) -> date | None:
    """The first of the days from which a choice by day alone has rows."""
    days = []
    for condition, _ in core.rows if isinstance(core, c.Choose) else ():
        match condition:
            case c.Apply(function="less_equal", args=(c.Literal(value=date() as day), c.AsOf())):
                days.append(day)
    return min(days, default=None)


def halves(known: Mapping[str, Known], day: str | None, first: date | None) -> list[tuple[dict[str, Known], str]]:
    """The relation in parts, each with what is known of it and its condition: the rows on whose day every parameter has
    a value, and the others, where there are any."""
    its = known.get(day) if day is not None else None
    if day is None or first is None or its is None or its.span is None:
        return [(dict(known), "")]
    low, high = its.span
    if (its.always and low >= first) or high < first:
        return [(dict(known), "")]
    later: dict[str, Known] = {**known, day: Known(always=True, span=(max(low, first), high))}
    column, cut = quoted(day), f"DATE '{first:%Y-%m-%d}'"
    earlier: dict[str, Any] = {name: one for name, one in known.items() if name != day}
    return [(later, f"{column} >= {cut}"), (earlier, f"({column} IS NULL OR {column} < {cut})")]
