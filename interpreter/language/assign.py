"""Which types may stand where which are wanted, and what two of them have in common."""

from __future__ import annotations

from interpreter.language.types import (
    Broken,
    Choice,
    DateType,
    DaysTime,
    List,
    MonthType,
    Number,
    RangeOf,
    Ratio,
    RecordType,
    TextType,
    Type,
    YearsMonths,
)
from interpreter.language.units import Unit


def units_agree(a: Unit | None, b: Unit | None) -> bool:
    """A bare literal's unit (None) agrees with every other."""
    return a is None or b is None or a == b


def fits(actual: Type, wanted: Type) -> bool:
    """Whether a value of type `actual` may stand where `wanted` is asked for, unchanged."""
    match actual, wanted:
        case (Broken(), _) | (_, Broken()):
            return True
        case Number(), Number():
            return actual.places <= wanted.places and units_agree(actual.unit, wanted.unit)
        case (Number() | Ratio()), Ratio():
            return units_agree(actual.unit, wanted.unit)
        case List(), List():
            return fits(actual.item, wanted.item)
        case RangeOf(), RangeOf():
            return fits(actual.of, wanted.of)
        case RecordType(), RecordType():
            return actual.extends(wanted)
        case Choice(), Choice():
            return actual.name == wanted.name
        case TextType(), TextType():
            return True
        case _:
            return type(actual) is type(wanted) and not isinstance(actual, RecordType)


def unify(a: Type, b: Type) -> Type | None:
    """The type that holds values of both, or None. Units must agree; a bare number takes the other's."""
    match a, b:
        case Broken(), _:
            return b
        case _, Broken():
            return a
        case Number(), Number() if units_agree(a.unit, b.unit):
            return Number(max(a.places, b.places), a.unit if a.unit is not None else b.unit)
        case (Number() | Ratio()), (Number() | Ratio()) if units_agree(a.unit, b.unit):
            return Ratio(a.unit if a.unit is not None else b.unit)
        case List(), List():
            item = unify(a.item, b.item)
            return None if item is None else List(item)
        case RecordType(), RecordType():
            return a if b.extends(a) else b if a.extends(b) else None
    if fits(a, b):
        return b
    return a if fits(b, a) else None


def ordered(of: Type) -> bool:
    """Whether values of the type have an order (`<`)."""
    return isinstance(of, Number | Ratio | DateType | MonthType | YearsMonths | DaysTime | TextType | Broken)


def has_equality(of: Type) -> bool:
    """Whether `=` compares values of the type: no lists, no ranges, no records without a key."""
    return not isinstance(of, List | RangeOf) and not (isinstance(of, RecordType) and of.root.key is None)


def same_kind(a: Type, b: Type) -> bool:
    """Whether the types differ at most in places and units."""
    if isinstance(a, Number | Ratio) and isinstance(b, Number | Ratio):
        return True
    return unify(a, b) is not None


def unit_of(of: Type) -> Unit | None:
    return of.unit if isinstance(of, Number | Ratio) else None


