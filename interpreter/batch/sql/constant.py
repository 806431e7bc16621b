"""Values that are written in the rules, and what is known of numbers by their types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from interpreter.batch.relations import kept, scaled
from interpreter.batch.sql.mask import Causes, Mask
from interpreter.batch.sql.node import NULL, literal
from interpreter.batch.sql.symbol import SURE, Quotient, Rec, Scalar, Segment, Seq, Span, Sym, nothing
from interpreter.language.magnitude import bounds_of
from interpreter.language.temporal import DAY, DateTime, DaySpan, Time
from interpreter.language.types import (
    BOOLEAN,
    BROKEN,
    DATE,
    DATE_TIME,
    DAYS_TIME,
    MONTH,
    TEXT,
    TIME,
    YEARS_MONTHS,
    Broken,
    Choice,
    List,
    Number,
    RangeOf,
    Ratio,
    RecordType,
    Type,
)
from interpreter.language.unknown import Partial, Unknown, Value
from interpreter.language.values import Exactly, Month, MonthSpan, Range, Record


def constant(value: Value, type: Type, causes: Causes) -> Sym:
    """A value that is written in the rules."""
    match value:
        case Partial(members=(), more=True, blank=each):
            assert isinstance(type, List)
            return unnamed(type, causes.mask(value.causes), constant(each, type.item, causes))
        case Unknown(causes=bits) if isinstance(type, List):
            return unnamed(type, causes.mask(bits), nothing(type.item))
        case Unknown(causes=bits):
            return nothing(type, causes.mask(bits))
        case bool():
            return Scalar(literal(value), (), BOOLEAN, sure=True)
        case Month():
            return Scalar(literal(int(value)), (), MONTH, sure=True)
        case int() | Decimal() | Fraction():
            return number(value, type)
        case str():
            return Scalar(literal(value), (), type if isinstance(type, Choice) else TEXT, sure=True)
        case date():
            return Scalar(literal(value), (), DATE, sure=True)
        case MonthSpan(months=months):
            return Scalar(literal(months), (), YEARS_MONTHS, sure=True)
        case DaySpan(nanos=nanos):
            return Scalar(literal(nanos), (), DAYS_TIME, sure=True)
        case Time(nanos=nanos, zone=None):
            return Scalar(literal(nanos), (), TIME, sure=True)
        case DateTime(day=day, nanos=nanos, zone=None):
            return Scalar(literal(day.toordinal() * DAY + nanos), (), DATE_TIME, sure=True)
        case tuple():
            item = type.item if isinstance(type, List) else BROKEN
            return Seq(tuple(Segment((), SURE, constant(one, item, causes)) for one in value), List(item, len(value)))
        case Range():
            of = type.of if isinstance(type, RangeOf) else BROKEN
            low, high = (None if end is None else constant(end, of, causes) for end in (value.low, value.high))
            assert not isinstance(low, Rec | Span | Seq)
            assert not isinstance(high, Rec | Span | Seq)
            made = isinstance(value, Exactly)
            return Span(low, high, value.low_included, value.high_included, made, RangeOf(of))
        case Record():
            return row(value, causes)
        case _:
            # times of a zone are ordered by the instant
            return nothing(type, causes.doubt)


def unnamed(type: Type, mask: Mask, each: Sym) -> Seq:
    """A list that is not known: any number of members, like `each`."""
    return Seq((Segment((), Scalar(NULL, mask, BOOLEAN), each, many=True),), type)


def number(value: int | Decimal | Fraction, type: Type) -> Scalar | Quotient:
    """A number as whole units of its last place, or a ratio."""
    if isinstance(value, Fraction) or not isinstance(type, Number | Broken):
        ratio = Fraction(value)
        of = type if isinstance(type, Ratio) else Ratio(None, ratio, ratio, ratio.denominator)
        over, under = ratio.numerator, ratio.denominator
        return Quotient(literal(over), literal(under), (), of, abs(over), under, sure=True)
    places = type.places if isinstance(type, Number) else max(0, -int(Decimal(value).as_tuple().exponent))
    unit = type.unit if isinstance(type, Number) else None
    exactly = Number(places, unit, Decimal(value), Decimal(value))
    return Scalar(literal(scaled(value, places)), (), exactly, sure=True)


def row(of: Record, causes: Causes) -> Sym:
    """A row of a table: the word it is known by, where its type has one."""
    type = of.shape.type
    if type.table is not None and type.key is not None:
        return Scalar(literal(kept(of, type)), (), type, sure=True)
    return record(of, causes)


def record(of: Record, causes: Causes) -> Rec:
    """A record that is written in the rules, with all its fields."""
    type = of.shape.type

    def read(name: str) -> Sym:
        found = of.fields.get(name)
        declared: Type = type.fields[name].type if name in type.fields else DATE
        return constant(of.shape.absences[name] if found is None else found, declared, causes)

    return Rec(type, read, lambda name: None)


def places_of(of: Type) -> int:
    return of.places if isinstance(of, Number) else 0


def size_of(of: Type) -> int:
    """The greatest size of a number in units of its last place."""
    assert isinstance(of, Number)
    low, high = bounds_of(of)
    return int(max(abs(low), abs(high)) * 10**of.places)


def as_number(of: Number, **changes: Any) -> Number:
    return replace(of, **changes)


def standing_row(type: Type) -> bool:
    """Whether values of a type are rows of a table, known by a word."""
    return isinstance(type, RecordType) and type.table is not None and type.key is not None
