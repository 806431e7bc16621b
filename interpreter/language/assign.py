"""Which types may stand where which are wanted, and what two of them have in common."""

from __future__ import annotations

from interpreter.language.magnitude import joined, longest, span_of, spanning
from interpreter.language.types import (
    Broken,
    Choice,
    DateTimeType,
    DateType,
    DaysTime,
    List,
    MonthType,
    NullType,
    Number,
    RangeOf,
    Ratio,
    RecordType,
    TextType,
    TimeType,
    Type,
    YearsMonths,
    record_of,
)
from interpreter.language.units import Unit


def units_agree(a: Unit | None, b: Unit | None) -> bool:
    """A bare literal's unit (None) agrees with every other."""
    return a is None or b is None or a == b


def fits(actual: Type, wanted: Type) -> bool:
    """Whether a value of type `actual` may stand where `wanted` is asked for, unchanged."""
    match actual, wanted:
        case (Broken(), _) | (_, Broken()) | (NullType(), _):
            return True
        case Number(), Number():
            return actual.places <= wanted.places and units_agree(actual.unit, wanted.unit)
        case (Number() | Ratio()), Ratio():
            return units_agree(actual.unit, wanted.unit)
        case List(), List():
            return fits(actual.item, wanted.item)
        case RangeOf(), RangeOf():
            return fits(actual.of, wanted.of) and wanted.open_ended >= actual.open_ended
        case RecordType(), RecordType():
            return actual.extends(wanted) or (_alike(actual, wanted) and all(
                fits(field.type, wanted.fields[name].type) for name, field in actual.fields.items()
            ))
        case Choice(), Choice():
            return actual.name == wanted.name
        case TextType(), TextType():
            return True
        case _:
            return type(actual) is type(wanted)


def _alike(a: RecordType, b: RecordType) -> bool:
    """Whether both are records written out, with fields of the same names."""
    return is_written_out(a) and is_written_out(b) and a.fields.keys() == b.fields.keys()


def is_written_out(of: Type) -> bool:
    """Whether the type is that of a record written out, `{a: 1}`: it is what its fields are."""
    return isinstance(of, RecordType) and not of.name


def unify(a: Type, b: Type) -> Type | None:
    """The type that holds values of both, or None. Units must agree; a bare number takes the other's."""
    match a, b:
        case (Broken() | NullType()), _:
            return b
        case _, (Broken() | NullType()):
            return a
        case Number(), Number() if units_agree(a.unit, b.unit):
            number = Number(max(a.places, b.places), a.unit if a.unit is not None else b.unit)
            plain = a.low is b.low is a.high is b.high is None
            return number if plain else spanning(number, joined(span_of(a), span_of(b)))
        case (Number() | Ratio()), (Number() | Ratio()) if units_agree(a.unit, b.unit):
            ratio = Ratio(a.unit if a.unit is not None else b.unit)
            return spanning(ratio, joined(span_of(a), span_of(b)))
        case List(), List():
            item = unify(a.item, b.item)
            return None if item is None else List(item, max(longest(a), longest(b)))
        case RangeOf(), RangeOf():
            of = unify(a.of, b.of)
            return None if of is None else RangeOf(of, a.open_ended or b.open_ended)
        case RecordType(), RecordType() if _alike(a, b):
            return _unify_fields(a, b)
        case RecordType(), RecordType():
            return a if b.extends(a) else b if a.extends(b) else None
    if fits(a, b):
        return b
    return a if fits(b, a) else None


def _unify_fields(a: RecordType, b: RecordType) -> Type | None:
    fields: list[tuple[str, Type]] = []
    for name, field in a.fields.items():
        joined = unify(field.type, b.fields[name].type)
        if joined is None:
            return None
        fields.append((name, joined))
    return record_of(tuple(fields))


def ordered(of: Type) -> bool:
    """Whether values of the type have an order (`<`)."""
    return isinstance(
        of, Number | Ratio | DateType | MonthType | TimeType | DateTimeType | YearsMonths | DaysTime | TextType | Broken
    )


def has_equality(of: Type) -> bool:
    """Whether values of the type are told apart as one thing: no lists, no ranges, no records without a key."""
    return not isinstance(of, List | RangeOf) and not (isinstance(of, RecordType) and of.root.key is None)


def has_parts(of: Type) -> bool:
    """Whether `=` compares values of the type part by part (SEMANTICS 1.4)."""
    return isinstance(of, List | RangeOf) or is_written_out(of)


def compares(of: Type) -> bool:
    """Whether `=` compares values of the type at all: not records of the vocabulary without a key."""
    match of:
        case List(item=item):
            return compares(item)
        case RecordType(fields=fields) if is_written_out(of):
            return all(compares(field.type) for field in fields.values())
        case _:
            return has_equality(of) or isinstance(of, RangeOf)


def same_kind(a: Type, b: Type) -> bool:
    """Whether the types differ at most in places and units."""
    if isinstance(a, Number | Ratio) and isinstance(b, Number | Ratio):
        return True
    return unify(a, b) is not None


def unit_of(of: Type) -> Unit | None:
    return of.unit if isinstance(of, Number | Ratio) else None
