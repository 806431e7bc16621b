"""Values the language has and Python has not: months, year-month durations, ranges, records and their shapes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from interpreter.language.types import List, RecordType, Type
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value

ONGOING = date.max
"""The day that has not come, after every other."""


class Month(int):
    """A calendar month as the number 12 * year + month - 1, so that months subtract and compare as integers."""

    __slots__ = ()

    @classmethod
    def of(cls, year: int, month: int) -> Month:
        return cls(12 * year + month - 1)

    @classmethod
    def containing(cls, day: date) -> Month:
        return cls(12 * day.year + day.month - 1)

    @property
    def year(self) -> int:
        return int(self) // 12

    @property
    def month(self) -> int:
        return int(self) % 12 + 1

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    __repr__ = __str__


@dataclass(frozen=True, slots=True, order=True)
class MonthSpan:
    """A years-months duration, in months."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """Everything between two ends, each included or not; without an end (None) it goes on for ever."""

    low: Value
    high: Value
    low_included: bool = True
    high_included: bool = True


class Exactly(Range):
    """FEEL's `(= x)`: a range of one value, though `[x..x]` is another."""

    __slots__ = ()


class Shape:
    """Where records of one place in the vocabulary get their unknowns from: the schema path (`worker.insurance`) and,
    for every field, the unknown that stands for its absence."""

    __slots__ = ("absences", "children", "path", "type")

    def __init__(self, path: str, type: RecordType) -> None:
        self.path = path
        self.type = type
        self.children: dict[str, Shape] = {}
        """Shapes of fields that are records or lists of records."""
        self.absences: dict[str, Value] = {}
        """What reading an absent field gives; filled where the rulebook is linked."""


class Record:
    """A record: the fields somebody gave, and the shape that answers for the others."""

    __slots__ = ("fields", "shape")

    def __init__(self, fields: dict[str, Value], shape: Shape) -> None:
        self.fields = fields
        self.shape = shape

    def get(self, name: str) -> Value:
        """The field's value; for an absent one the unknown that names its path."""
        found = self.fields.get(name)
        return self.shape.absences[name] if found is None else found

    @property
    def key(self) -> Value:
        """The value this record stands for, where its type has a key; else the record itself."""
        name = self.shape.type.key
        return self if name is None else self.get(name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or other.shape.type.root is not self.shape.type.root:
            return NotImplemented
        if self is other:
            return True
        name = self.shape.type.key
        return self.fields == other.fields if name is None else self.fields.get(name) == other.fields.get(name)

    def __hash__(self) -> int:
        name = self.shape.type.key
        return id(self) if name is None else hash((self.shape.type.root.name, self.fields.get(name)))

    def __repr__(self) -> str:
        return f"Record({self.shape.path}, {self.fields})"


def absence(type: Type, causes: int, child: Shape | None) -> Value:
    """What an absent fact of `type` is: an empty record, an open list, or an unknown scalar."""
    match type:
        case RecordType(table=None):
            assert child is not None
            return Record({}, child)
        case List(item=RecordType(table=None)):
            assert child is not None
            return Partial(causes, more=True, blank=Record({}, blank(child.type)))
        case List():
            return Partial(causes, more=True, blank=NOWHERE)
        case _:
            return Unknown(causes)


_BLANKS: dict[int, tuple[RecordType, Shape]] = {}


def blank(type: RecordType) -> Shape:
    """The shape of a record that nobody named: every field unknown, without a cause."""
    known = _BLANKS.get(id(type))
    if known is not None:
        return known[1]
    shape = Shape("", type)
    _BLANKS[id(type)] = (type, shape)
    for name, field in type.fields.items():
        inner = field.type.item if isinstance(field.type, List) else field.type
        child = blank(inner) if isinstance(inner, RecordType) and inner.table is None else None
        if child is not None:
            shape.children[name] = child
        shape.absences[name] = absence(field.type, 0, child)
    return shape


def plain(value: Any) -> Any:
    """A value as people would compare it: a record with a key stands for that key."""
    return plain(value.key) if isinstance(value, Record) and value.shape.type.key is not None else value
