"""The relation that cases stand in for a batch: one row a case, one column a fact (a list of records is one column).

A column is named by its schema path (`worker.registry_county`); a root record also has a column of its own name that
says whether it is given. NULL is a fact that was not given; a list that is NULL is not known, one without members has
none. Numbers are whole units of their last place, months 12 * year + month - 1, rows of tables their key, choices their
id, times nanoseconds since midnight, durations months or nanoseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from interpreter.cases.history import key_type
from interpreter.language.magnitude import bounds_of
from interpreter.language.temporal import DAY, DateTime, DaySpan, Time
from interpreter.language.types import (
    Boolean,
    DateTimeType,
    DateType,
    DaysTime,
    List,
    MonthType,
    Number,
    RecordType,
    TimeType,
    Type,
    YearsMonths,
)
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import MonthSpan, Record
from interpreter.rulebook.model import Rulebook

POSITION, CASE, CLAIMS, HISTORY = "position", "case", "claims", "history"
RESERVED = (POSITION, CASE, CLAIMS, HISTORY)

LARGEST = 2**62
"""What is as large as that, in units of its last place, needs more than a BIGINT."""


class Given(Protocol):
    """What a row is made of: a case as it was read."""

    @property
    def number(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...] | None: ...
    @property
    def facts(self) -> dict[str, Value]: ...
    @property
    def history(self) -> tuple[Record, ...] | None: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it is stored as, and the way to it from the top of a case (empty for the three that are
    no facts). `type` None: whether the root record is given."""

    name: str
    stored: str
    path: tuple[str, ...] = ()
    type: Type | None = None

    @property
    def ddl(self) -> str:
        return f"{quoted(self.name)} {self.stored}"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def relations_of(rulebook: Rulebook) -> tuple[Column, ...]:
    """The columns of the cases of a rulebook, in order: those of every case first, then the facts."""
    found = [Column(POSITION, "BIGINT"), Column(CASE, "VARCHAR"), Column(CLAIMS, "VARCHAR[]")]
    for root in rulebook.facts.values():
        if root.name == HISTORY:
            continue
        if _is_record(root.type):
            found.append(Column(column_of((root.name,)), "BOOLEAN", (root.name,)))
        found += _columns((root.name,), root.type)
    entry = history_type(rulebook)
    found.append(Column(HISTORY, f"{stored_as(entry)}[]", (HISTORY,), List(entry)))
    return tuple(found)


@cache
def column_of(path: tuple[str, ...]) -> str:
    """The name of the column of a path; a root that is called like a column of every case has a line under it."""
    name = ".".join(path)
    return f"{name}_" if len(path) == 1 and name in RESERVED and name != HISTORY else name


def ddl_of(rulebook: Rulebook, table: str = "cases") -> str:
    """The statement that makes an empty table of the cases of a rulebook."""
    columns = ",\n  ".join(column.ddl for column in relations_of(rulebook))
    return f"CREATE TABLE {quoted(table)} (\n  {columns}\n)"


def row_of(case: Given, rulebook: Rulebook, position: int) -> tuple[Any, ...]:
    """A case as a row, in the order of `relations_of`: lists as Python lists, records inside them as dicts."""
    values: list[Any] = [position, case.number, None if case.claims is None else list(case.claims)]
    for column in relations_of(rulebook)[len(values):]:
        values.append(_value(case, column, rulebook))
    return tuple(values)


def rows_of(cases: Iterable[Given], rulebook: Rulebook) -> Iterator[tuple[Any, ...]]:
    """The rows of cases, in their order, from position 0."""
    return rows_at(enumerate(cases), rulebook)


def rows_at(cases: Iterable[tuple[int, Given]], rulebook: Rulebook) -> Iterator[tuple[Any, ...]]:
    """The rows of cases at the positions that stand before them."""
    columns = relations_of(rulebook)
    for position, case in cases:
        claims = None if case.claims is None else list(case.claims)
        yield (position, case.number, claims, *(_value(case, column, rulebook) for column in columns[3:]))


def _value(case: Given, column: Column, rulebook: Rulebook) -> Any:
    if column.path == (HISTORY,):
        assert isinstance(column.type, List)
        fields = key_fields(rulebook)
        return [_kept_entry(entry, column.type.item, fields) for entry in case.history or ()]
    value: Value = case.facts.get(column.path[0])
    if column.type is None:
        return value is not None
    for name in column.path[1:]:
        value = value.fields.get(name) if isinstance(value, Record) else None
    return None if value is None else kept(value, column.type)


def _kept_entry(entry: Record, of: Type, fields: dict[str, dict[str, tuple[str, Type]]]) -> Any:
    """An earlier decision as it is stored, the parts of its key in the fields of its measure."""
    assert isinstance(of, RecordType)
    found = {name: kept(entry.fields.get(name), field.type) for name, field in of.fields.items() if name != "key"}
    if "key" in of.fields:
        key, held = of.fields["key"].type, entry.fields.get("key")
        assert isinstance(key, RecordType)
        parts = held.fields if isinstance(held, Record) else {}
        own = fields.get(str(entry.fields.get("measure")), {})
        stored = {field: kept(parts.get(name), part) for name, (field, part) in own.items()}
        found["key"] = {field: stored.get(field) for field in key.fields}
    return {name: found[name] for name in of.fields}


def kept(value: Value, of: Type) -> Any:
    """A value as it is stored; None where it is not known."""
    if value is None or isinstance(value, Unknown):
        return None
    match of:
        case List(item=item):
            return [kept(one, item) for one in value]
        case RecordType(table=None):
            return {name: kept(value.fields.get(name), field.type) for name, field in of.fields.items()}
        case RecordType():
            # an earlier decision has the word that stands for a row
            return kept(value.key if isinstance(value, Record) else value, of.fields[of.key or ""].type)
        case Number(places=places):
            return scaled(value, places)
        case _:
            return kept_plain(value)


def scaled(value: int | Decimal, places: int) -> int:
    """A number as whole units of the last of so many places. Raises ValueError where it has more places."""
    units = Fraction(value) * 10**places
    if units.denominator != 1:
        raise ValueError(value)
    return int(units)


def kept_plain(value: Value) -> Any:
    """A single value as it is stored, but for numbers and rows of tables."""
    match value:
        case MonthSpan(months=months):
            return months
        case DaySpan(nanos=nanos):
            return nanos
        case Time(nanos=nanos):
            return nanos
        case DateTime(day=day, nanos=nanos):
            return day.toordinal() * DAY + nanos
        case bool():
            return value
        case int():
            return int(value)
        case _:
            return value


def history_type(rulebook: Rulebook) -> RecordType:
    """The type of an earlier decision, its key a record of the parts of every limit's key."""
    known = rulebook.facts[HISTORY].type
    assert isinstance(known, List)
    assert isinstance(known.item, RecordType)
    key = RecordType("history_key", "history_key")
    for parts in key_fields(rulebook).values():
        for field, of in parts.values():
            key.fields.setdefault(field, replace(known.item.fields["key"], name=field, type=of))
    entry = RecordType(known.item.name, known.item.label)
    entry.fields.update(known.item.fields)
    if key.fields:
        entry.fields["key"] = replace(entry.fields["key"], type=key)
    else:
        del entry.fields["key"]
    return entry


_KEY_FIELDS: WeakKeyDictionary[Rulebook, dict[str, dict[str, tuple[str, Type]]]] = WeakKeyDictionary()


def key_fields(rulebook: Rulebook) -> dict[str, dict[str, tuple[str, Type]]]:
    """For each measure the parts of the keys of its earlier decisions, with the field that holds each and its type.
    Parts of one name and several types have a field each."""
    found = _KEY_FIELDS.get(rulebook)
    if found is not None:
        return found
    types: dict[str, list[Type]] = {}
    found = _KEY_FIELDS[rulebook] = {}
    for measure in rulebook.measures.values():
        own = found[measure.name] = {}
        for name, part in key_type(rulebook, measure).fields.items():
            of = part.type
            known = types.setdefault(name, [])
            alike = (n for n, one in enumerate(known) if one == of and stored_as(one) == stored_as(of))
            place = next(alike, len(known))
            if place == len(known):
                known.append(of)
            own[name] = (f"{name}_{place + 1}" if place else name, of)
    return found


def _columns(path: tuple[str, ...], of: Type) -> Iterator[Column]:
    if _is_record(of):
        assert isinstance(of, RecordType)
        for name, field in of.fields.items():
            yield from _columns((*path, name), field.type)
    else:
        yield Column(column_of(path), stored_as(of), path, of)


def _is_record(of: Type) -> bool:
    return isinstance(of, RecordType) and of.table is None


def stored_as(of: Type) -> str:
    """What a fact of a type is stored as."""
    match of:
        case Boolean():
            return "BOOLEAN"
        case List(item=item):
            return f"{stored_as(item)}[]"
        case RecordType(table=None, fields=fields):
            return "STRUCT(" + ", ".join(f"{quoted(name)} {stored_as(f.type)}" for name, f in fields.items()) + ")"
        case RecordType(fields=fields, key=key):
            return stored_as(fields[key or ""].type)
        case Number(places=places):
            size = max(abs(bound) for bound in bounds_of(of)) * 10**places
            return "BIGINT" if size < LARGEST else "HUGEINT"
        case DateType():
            return "DATE"
        case MonthType() | YearsMonths():
            return "INTEGER"
        case TimeType():
            return "BIGINT"
        case DaysTime() | DateTimeType():
            return "HUGEINT"
        case _:
            return "VARCHAR"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a case provides: its dotted path, rows counted from 1."""

    path: str
    value: Value
    label: str = ""
    type: Type | None = None
    where: None = None


@dataclass(frozen=True, slots=True)
class RowCase:
    """A case as a row has it."""

    number: str
    claims: tuple[str, ...] | None
    facts: dict[str, Value]
    history: tuple[Record, ...] | None
    provided: tuple[Figure, ...] = ()
    assumed: tuple[Any, ...] = ()
    repairs: tuple[Any, ...] = ()
    as_of_given: bool = False
