"""Rows as cases again: what `relations.py` keeps of a case, as the interpreter takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from interpreter.batch.relations import (
    CASE,
    CLAIMS,
    HISTORY,
    Figure,
    RowCase,
    column_of,
    history_type,
    key_fields,
)
from interpreter.cases.history import entry_type, key_type
from interpreter.language.magnitude import decimal_of
from interpreter.language.temporal import DAY, DateTime, DaySpan, Time
from interpreter.language.types import (
    DateTimeType,
    DaysTime,
    List,
    MonthType,
    Number,
    RecordType,
    TimeType,
    Type,
    YearsMonths,
)
from interpreter.language.unknown import Value
from interpreter.language.values import Month, MonthSpan, Record, Shape, blank
from interpreter.rulebook.model import Rulebook

_AT_ONCE = 1_000
"""Rows that are fetched together."""


def rows_of_query(found: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """What a query gives, row by row, by the names of its columns."""
    names = [column[0] for column in found.description or ()]
    while rows := found.fetchmany(_AT_ONCE):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def case_of(row: Mapping[str, Any], rulebook: Rulebook) -> RowCase:
    """The case of a row, given by the names of its columns; a column that is not there was not given."""
    reader = _Reader(rulebook)
    facts: dict[str, Value] = {}
    for root in rulebook.facts.values():
        name = column_of((root.name,))
        if root.name == HISTORY:
            continue
        if _is_record(root.type):
            assert root.shape is not None
            if row.get(name):
                facts[root.name] = reader.flat(row, (root.name,), root.shape)
        elif row.get(name) is not None:
            facts[root.name] = reader.value(row[name], root.type, root.shape, root.name)
    history = history_of(row.get(HISTORY), rulebook)
    claims = row.get(CLAIMS)
    return RowCase(
        row.get(CASE) or "", None if claims is None else tuple(claims), facts, history, tuple(reader.provided)
    )


def history_of(stored: list[dict[str, Any]] | None, rulebook: Rulebook) -> tuple[Record, ...]:
    """The earlier decisions that a column of history has."""
    if not stored:
        return ()
    reader, entry = _Reader(rulebook), history_type(rulebook)
    return tuple(reader.entry(one, entry) for one in stored)


def _is_record(of: Type) -> bool:
    return isinstance(of, RecordType) and of.table is None


class _Reader:
    """Reads the values of one row."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.provided: list[Figure] = []
        self.parts = key_fields(rulebook)
        self.shapes: dict[str, tuple[Shape, Shape]] = {}
        """Of earlier decisions and their keys, by measure."""

    def flat(self, row: Mapping[str, Any], path: tuple[str, ...], shape: Shape) -> Record:
        """A record whose fields are columns of their own."""
        values: dict[str, Value] = {}
        for name, of in shape.type.fields.items():
            below = (*path, name)
            if _is_record(of.type):
                inner = self.flat(row, below, shape.children[name])
                if inner.fields:
                    values[name] = inner
            else:
                self._put(values, name, row.get(column_of(below)), shape, ".".join(below))
        return Record(values, shape)

    def _put(self, values: dict[str, Value], name: str, stored: Any, shape: Shape, path: str) -> None:
        of = shape.type.fields[name]
        if stored is None:
            if of.default is not None:
                values[name] = of.default
            return
        values[name] = self.value(stored, of.type, shape.children.get(name), path)
        if of.provided:
            self.provided.append(Figure(path, values[name], of.label, of.type))

    def value(self, stored: Any, of: Type, shape: Shape | None, path: str) -> Value:
        """A value from what is stored of it."""
        match of:
            case List(item=item):
                return tuple(self.value(one, item, shape, f"{path}.{n}") for n, one in enumerate(stored, 1))
            case RecordType(table=None):
                assert shape is not None
                values: dict[str, Value] = {}
                for name in of.fields:
                    self._put(values, name, stored.get(name), shape, f"{path}.{name}")
                return Record({name: value for name, value in values.items() if not _empty(value)}, shape)
            case RecordType():
                return self.rulebook.row(of, str(stored)) or self._by_key(of, stored)
            case Number(places=places):
                return decimal_of(stored, places) if places else int(stored)
            case MonthType():
                return Month(stored)
            case YearsMonths():
                return MonthSpan(stored)
            case DaysTime():
                return DaySpan(int(stored))
            case TimeType():
                return Time(stored)
            case DateTimeType():
                return DateTime(date.fromordinal(int(stored) // DAY), int(stored) % DAY)
            case _:
                return stored

    def _by_key(self, of: RecordType, stored: Any) -> Record:
        key = of.key or ""
        return next(one for one in self.rulebook.tables[of.table or ""].rows if one.get(key) == stored)

    def entry(self, stored: Mapping[str, Any], of: RecordType) -> Record:
        """An earlier decision."""
        values: dict[str, Value] = {}
        for name, field in of.fields.items():
            found = stored.get(name)
            if found is None:
                continue
            if isinstance(field.type, RecordType):
                # a row of a table is kept as the word that stands for it
                inner = {
                    part: found[its] if isinstance(type, RecordType) else self.value(found[its], type, None, "")
                    for part, (its, type) in self.parts.get(str(stored.get("measure")), {}).items()
                    if found.get(its) is not None
                }
                values[name] = Record(inner, blank(field.type))
            else:
                values[name] = self.value(found, field.type, None, "")
        amount = values.get("amount")
        if isinstance(amount, int):
            values["amount"] = Decimal(amount)
        return self._kept(values)

    def _kept(self, values: dict[str, Value]) -> Record:
        """An earlier decision, in the type that it has where a case is read: with the key of its measure."""
        measure = str(values.get("measure"))
        if measure not in self.shapes:
            key = key_type(self.rulebook, self.rulebook.measures[measure])
            self.shapes[measure] = blank(entry_type(self.rulebook, key)), blank(key)
        entry, own = self.shapes[measure]
        held = values.get("key")
        values["key"] = Record(held.fields if isinstance(held, Record) else {}, own)
        return Record(values, entry)


def _empty(value: Value) -> bool:
    return isinstance(value, Record) and not value.fields
