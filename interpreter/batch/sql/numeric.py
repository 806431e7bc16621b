"""Numbers in units of their last place, and ratios as pairs: places brought together, sizes kept within an integer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interpreter.batch.relations import LARGEST
from interpreter.batch.sql.constant import places_of, size_of
from interpreter.batch.sql.node import NULL, Sql, is_literal, literal, strict
from interpreter.batch.sql.symbol import Quotient, Rec, Scalar, Seq, Span, Sym
from interpreter.language.magnitude import span_of
from interpreter.language.types import Number, Ratio, Type

HUGE = 2**126
"""What is as large as that has no place in an integer of SQL."""


class TooLargeError(Exception):
    """A number may be larger than any integer of SQL."""


def wide(value: Sql, size: int) -> Sql:
    """A value that takes part in something of a size: in an integer that holds it."""
    if size >= HUGE:
        raise TooLargeError
    if size < LARGEST or (is_literal(value) and abs(value.args[0] or 0) >= LARGEST):
        return value
    return strict("huge", value)


def narrow(value: Sql, size: int) -> Sql:
    """A value that may be in a larger integer than it needs."""
    return strict("big", value) if size < LARGEST else value


def times(value: Sql, factor: int, size: int) -> Sql:
    """A value a constant number of times; the product is of a size."""
    if factor == 1:
        return value
    if is_literal(value) and value is not NULL:
        return literal(value.args[0] * factor)
    return strict("*", wide(value, size), literal(factor))


def rescaled(of: Scalar, type: Type) -> Scalar:
    """A number in the places of another type."""
    if not isinstance(type, Number):
        return of
    if not isinstance(of.type, Number):
        return replace(of, type=type)
    more = type.places - places_of(of.type)
    if more <= 0:
        return replace(of, type=type) if more == 0 else of
    factor = 10**more
    size = size_of(of.type) * factor
    low, high = (None if end is None else times(end, factor, size) for end in (of.low, of.high))
    return replace(of, value=times(of.value, factor, size), low=low, high=high, type=type)


def as_quotient(of: Sym) -> Quotient:
    """A number as a ratio over its places."""
    if isinstance(of, Quotient):
        return of
    assert not isinstance(of, Rec | Span | Seq)
    if not isinstance(of.type, Number):
        return Quotient(of.value, of.value, of.mask, of.type, 1, 1, of.sure)
    under = 10 ** of.type.places
    span = span_of(of.type)
    ratio = Ratio(of.type.unit, span.low, span.high, span.parts)
    return Quotient(of.value, literal(under), of.mask, ratio, size_of(of.type), under, of.sure)


def product(a: Sql, b: Sql, size: int) -> Sql:
    """The product of two integers, which is of a size."""
    if is_literal(a) and is_literal(b) and NULL not in (a, b):
        return literal(a.args[0] * b.args[0])
    if b is literal(1):
        return a
    if a is literal(1):
        return b
    return strict("*", wide(a, size), wide(b, size))


def crossed(a: Quotient, b: Quotient) -> tuple[Sql, Sql]:
    """Two ratios as integers of the same order."""
    size = max(a.top * b.bottom, b.top * a.bottom)
    return product(a.over, b.under, size), product(b.over, a.under, size)


def quotients_equal(over: Sql, under: Sql, other_over: Sql, other_under: Sql) -> Sql:
    """Whether two ratios are equal."""
    left, right = (strict("*", strict("huge", a), strict("huge", b))
                   for a, b in ((over, other_under), (other_over, under)))
    return strict("=", left, right)


def alike(a: Scalar, b: Scalar) -> tuple[Scalar, Scalar]:
    """Two numbers in the same places; any other values as they are."""
    if not isinstance(a.type, Number) or not isinstance(b.type, Number):
        return a, b
    places = max(a.type.places, b.type.places)
    return rescaled(a, replace(a.type, places=places)), rescaled(b, replace(b.type, places=places))


def all_alike(values: Sequence[Scalar]) -> list[Scalar]:
    """Numbers in the same places, those of the one that has most; any other values as they are."""
    places = max((one.type.places for one in values if isinstance(one.type, Number)), default=0)
    return [rescaled(one, replace(one.type, places=places)) if isinstance(one.type, Number) else one for one in values]


def compared(name: str, a: Sym, b: Sym) -> Sql:
    """A comparison of numbers, ratios or of any other two values of one type."""
    if isinstance(a, Quotient) or isinstance(b, Quotient):
        left, right = crossed(as_quotient(a), as_quotient(b))
        return strict(name, left, right)
    assert isinstance(a, Scalar)
    assert isinstance(b, Scalar)
    a, b = alike(a, b)
    return strict(name, a.value, b.value)
