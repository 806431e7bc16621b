"""How large a number can get: bounds and denominators through arithmetic, worked out before anything runs.

A `Span` is what is sure of every value of a type. Bounds that a type does not name are its default's, which are
enforced where values are read (SEMANTICS 5.2); those of a ratio are open where they are not named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import ceil, floor

from interpreter.language.types import List, Number, Ratio, Type
from interpreter.language.units import Unit, is_money

MOST = 10**9
"""The default bound of a number's size."""

MOST_MONEY = 10**12
"""The default bound of an amount of money."""

MOST_ITEMS = 10_000
"""The default bound of a list's length."""

MOST_LISTED = 1_000_000
"""The longest list that may be declared, or made of others."""

_FAR = 10**200
"""Beyond this a span is taken as open: no rule's number is as large, and bounds must stay quick to work out."""


@dataclass(frozen=True, slots=True)
class Span:
    """Every value is within `low` and `high` (None: open) and a whole number over some divisor of at most `parts`."""

    low: Fraction | None = None
    high: Fraction | None = None
    parts: int | None = None

    @property
    def size(self) -> Fraction | None:
        """The greatest absolute value."""
        return None if self.low is None or self.high is None else max(-self.low, self.high)


def default_bound(unit: Unit | None) -> int:
    """How large a number of the unit may be at most where nothing is declared."""
    return MOST_MONEY if is_money(unit) else MOST


def bounds_of(of: Number) -> tuple[Decimal, Decimal]:
    """The least and greatest value of a number type, declared or by default."""
    most = Decimal(default_bound(of.unit))
    return -most if of.low is None else of.low, most if of.high is None else of.high


def written_out(of: Type) -> int | None:
    """The whole number that is the only value of a type, as that of a literal; None where there may be others."""
    match of:
        case Number(places=0, low=Decimal() as low, high=high) if low == high:
            return int(low)
        case _:
            return None


def taken(of: Type) -> Type:
    """The type of what a definition or a called table takes, as those within see it: where no bounds are declared, the
    sum of a whole list may be given."""
    if not isinstance(of, Number) or of.low is not None or of.high is not None:
        return of
    most = Decimal(default_bound(of.unit) * MOST_ITEMS)
    return replace(of, low=-most, high=most)


def longest(of: Type) -> int:
    """How many members a list of the type has at most."""
    return of.most if isinstance(of, List) and of.most is not None else MOST_ITEMS


def span_of(of: Type) -> Span:
    """What is sure of the values of a type; of one that is no number, nothing."""
    match of:
        case Number(places=places):
            low, high = bounds_of(of)
            return Span(Fraction(low), Fraction(high), 10**places)
        case Ratio(low=low_ratio, high=high_ratio, parts=parts):
            return Span(low_ratio, high_ratio, parts)
        case _:
            return Span()


def exactly(value: int) -> Span:
    """The span of one whole number."""
    return Span(Fraction(value), Fraction(value), 1)


def between(low: int, high: int) -> Span:
    """The span of the whole numbers from one to another."""
    return Span(Fraction(low), Fraction(high), 1)


def digits(span: Span, places: int) -> int | None:
    """How many digits the longest value of the span may have, written with so many places; None: there is no bound."""
    size = span.size
    if size is None:
        return None
    whole = int(size)
    return places + (len(str(whole)) if whole else 0)


def spanning(of: Type, span: Span) -> Type:
    """A number type with other bounds; any other type as it was."""
    match of:
        case Number(places=places):
            low = None if span.low is None else decimal_of(floor(span.low * 10**places), places)
            high = None if span.high is None else decimal_of(ceil(span.high * 10**places), places)
            return replace(of, low=low, high=high)
        case Ratio():
            return replace(of, low=span.low, high=span.high, parts=span.parts)
        case _:
            return of


def within(of: Type, known: Type) -> Type:
    """A type with the bounds of another that fits it: what takes another type grows no larger by it."""
    match of, known:
        case (Number() | Ratio()), (Number() | Ratio()):
            return spanning(of, span_of(known))
        case List(item=item), List(item=inner):
            return List(within(item, inner), known.most)
        case _:
            return of


def decimal_of(units: int, places: int) -> Decimal:
    """A whole number of units of the last of so many places. Built from its digits, so that no context rounds it."""
    return Decimal((int(units < 0), tuple(map(int, str(abs(units)))), -places))


def _near(value: Fraction | None) -> Fraction | None:
    return None if value is None or abs(value) > _FAR else value


def _few(parts: int | None) -> int | None:
    return None if parts is None or parts > _FAR else parts


def _times(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else _few(a * b)


def joined(a: Span, b: Span) -> Span:
    """What is sure of a value that is of either."""
    low = None if a.low is None or b.low is None else min(a.low, b.low)
    high = None if a.high is None or b.high is None else max(a.high, b.high)
    return Span(low, high, None if a.parts is None or b.parts is None else max(a.parts, b.parts))


def lesser(a: Span, b: Span) -> Span:
    """The smaller of two values."""
    both = joined(a, b)
    highs = [high for high in (a.high, b.high) if high is not None]
    return Span(both.low, min(highs, default=None), both.parts)


def greater(a: Span, b: Span) -> Span:
    """The larger of two values."""
    return negated(lesser(negated(a), negated(b)))


def negated(a: Span) -> Span:
    """The value with the other sign."""
    return Span(None if a.high is None else -a.high, None if a.low is None else -a.low, a.parts)


def size_of(a: Span) -> Span:
    """The absolute value."""
    if a.low is not None and a.low >= 0:
        return a
    if a.high is not None and a.high <= 0:
        return negated(a)
    return Span(Fraction(0), a.size, a.parts)


def added(a: Span, b: Span) -> Span:
    """The sum of two values."""
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Span(_near(low), _near(high), _times(a.parts, b.parts))


def multiplied(a: Span, b: Span) -> Span:
    """The product of two values."""
    parts = _times(a.parts, b.parts)
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return Span(None, None, parts)
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Span(_near(min(corners)), _near(max(corners)), parts)


def divided(a: Span, b: Span) -> Span:
    """A quotient: the divisor is not zero, and no nearer to it than one of its parts."""
    least = None if b.parts is None else Fraction(1, b.parts)
    above, below = _inverse(b, least), _inverse(negated(b), least)
    pieces = [*([above] if above else []), *([negated(below)] if below else [])]
    if not pieces:
        return exactly(0)
    both = reduce(joined, (multiplied(a, piece) for piece in pieces))
    size = b.size
    over = None if size is None or b.parts is None else max(1, floor(size * b.parts))
    return replace(both, parts=_times(a.parts, over))


def _inverse(b: Span, least: Fraction | None) -> Span | None:
    """The reciprocals of what is positive in a span; None where nothing is."""
    if b.high is not None and b.high <= 0:
        return None
    low = b.low if b.low is not None and b.low > 0 else least
    return Span(Fraction(0) if b.high is None else 1 / b.high, None if low is None else 1 / low)


def powered(a: Span, exponent: int) -> Span:
    """A power with a known whole exponent."""
    if exponent < 0:
        return divided(exactly(1), powered(a, -exponent))
    if a.low is None or a.high is None:
        return Span()
    size = max(-a.low, a.high)
    parts = 1 if a.parts == 1 else None
    if a.parts is not None and a.parts.bit_length() * exponent <= _FAR.bit_length():
        parts = a.parts**exponent
    if size <= 1:
        ends = [Fraction(-1 if a.low < 0 and exponent % 2 else 0), Fraction(1)]
    elif (int(size).bit_length() - 1) * exponent > _FAR.bit_length():
        return Span(None, None, parts)
    elif max(a.low.denominator, a.high.denominator).bit_length() * exponent > 10 * _FAR.bit_length():
        # the ends themselves would have too many digits: whole ones around them do
        return powered(replace(a, low=Fraction(floor(a.low)), high=Fraction(ceil(a.high))), exponent)
    else:
        ends = [a.low**exponent, a.high**exponent]
    zero = [Fraction(0)] if a.low <= 0 <= a.high else []
    return Span(_near(min(ends + zero)), _near(max(ends + zero)), parts)


def remainder(divisor: Span) -> Span:
    """What a division leaves, of the divisor's sign."""
    low = None if divisor.low is None else min(Fraction(0), divisor.low)
    high = None if divisor.high is None else max(Fraction(0), divisor.high)
    return Span(low, high, divisor.parts)


def rounded(a: Span, places: int) -> Span:
    """A value rounded to so many places, by whichever mode."""
    unit = Fraction(10) ** -places
    low = None if a.low is None else floor(a.low / unit) * unit
    high = None if a.high is None else ceil(a.high / unit) * unit
    return Span(low, high, unit.denominator)


def totalled(item: Span, most: int) -> Span:
    """The sum of at most so many; of none it is 0."""
    span = joined(multiplied(item, exactly(most)), exactly(0))
    return replace(span, parts=item.parts if item.parts in (None, 1) else _power_of(item.parts, most))


def _power_of(parts: int, most: int) -> int | None:
    return parts**most if parts.bit_length() * most <= _FAR.bit_length() else None
