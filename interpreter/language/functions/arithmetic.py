"""Exact arithmetic: numbers with static places and bounds, and ratios, which leave only through rounding."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded
from fractions import Fraction
from math import floor

from interpreter.language import magnitude
from interpreter.language.assign import unify, unit_of, units_agree
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch, Result
from interpreter.language.literals import MAX_DIGITS
from interpreter.language.magnitude import Span, span_of, spanning
from interpreter.language.types import Broken, Number, Ratio, Type
from interpreter.language.units import ONE, Unit
from interpreter.problems import Text

EXACT = Context(
    prec=2_000, Emax=9999, Emin=-9999,
    traps=[Inexact, Rounded, InvalidOperation, DivisionByZero, Overflow, Clamped],
)
"""Wide enough that nothing the limits of size and places let through is ever rounded; if it were, it would raise."""

Exact = int | Decimal

MAX_SIZE = 6_200
"""Decimal digits of a product or ratio, as many as the largest decimal128 has; what is longer is a fault and no
number of any rule."""


def sized(value: Exact | Fraction) -> Exact | Fraction | Fault:
    """The value, unless it has more digits than any rule's number."""
    if isinstance(value, Decimal):
        return value if value.adjusted() < MAX_SIZE else FAULT
    # a digit takes 3.3 bits
    return FAULT if max(abs(value.numerator), value.denominator).bit_length() > MAX_SIZE * 10 // 3 else value


def add(a: Exact, b: Exact) -> Exact:
    """The sum of two numbers that are no ratios."""
    return a + b if isinstance(a, int) and isinstance(b, int) else EXACT.add(a, b)


def _subtract(a: Exact, b: Exact) -> Exact:
    return a - b if isinstance(a, int) and isinstance(b, int) else EXACT.subtract(a, b)


def multiply(a: Exact, b: Exact) -> Exact | Fraction | Fault:
    """The product of two numbers that are no ratios."""
    return sized(a * b if isinstance(a, int) and isinstance(b, int) else EXACT.multiply(a, b))


def _negate(a: Exact | Fraction) -> Exact | Fraction:
    return EXACT.minus(a) if isinstance(a, Decimal) else -a


def _size(a: Exact | Fraction) -> Exact | Fraction:
    return _negate(a) if a < 0 else a


def _divide(a: Exact | Fraction, b: Exact | Fraction) -> Exact | Fraction | Fault:
    return sized(Fraction(a) / Fraction(b)) if b else FAULT


def _modulo(a: Exact, b: Exact) -> Exact | Fault:
    """What is left of the dividend, of the divisor's sign: Python's own % of a Decimal takes the dividend's."""
    if not b:
        return FAULT
    return _subtract(a, EXACT.multiply(b, floor(Fraction(a) / Fraction(b)))) if isinstance(a + b, Decimal) else a % b


def _modulo_ratio(a: Exact | Fraction, b: Exact | Fraction) -> Fraction | Fault:
    return Fraction(a) % Fraction(b) if b else FAULT


def checked(of: Type, span: Span) -> Type | Mismatch:
    """A number's type with its bounds, or why there is none: it might have more digits than every back end carries.

    The whole of FEEL takes such a number as a ratio, which has no static places.
    """
    if isinstance(of, Number):
        digits = magnitude.digits(span, of.places)
        if digits is None or digits > MAX_DIGITS:
            code = "number.places-many" if of.places > MAX_DIGITS else "number.digits"
            return Mismatch(code, Ratio(of.unit, span.low, span.high, span.parts))
    return spanning(of, span)


def of_joined(span: Callable[[Span, Span], Span]) -> Result:
    """The rule of two numbers of one unit, the bounds by `span`."""

    def result(types: tuple[Type, ...]) -> Type | Mismatch:
        found = unify(*types)
        return Mismatch("unit.differ") if found is None else checked(found, span(*map(span_of, types)))

    return result


def of_same(span: Callable[[Span], Span]) -> Result:
    """The rule of a number that stays of its unit and places, the bounds by `span`."""
    return lambda types: spanning(types[0], span(span_of(types[0])))


def _combine(types: tuple[Type, ...], *, over: bool) -> Unit | None:
    a, b = (unit_of(t) for t in types)
    if a is None and b is None:
        return None
    left, right = a or ONE, b or ONE
    return left / right if over else left * right


def _product_type(types: tuple[Type, ...]) -> Type | Mismatch:
    a, b = types
    unit = _combine(types, over=False)
    both = isinstance(a, Number) and isinstance(b, Number)
    of = Number(a.places + b.places, unit) if isinstance(a, Number) and isinstance(b, Number) else Ratio(unit)
    span = magnitude.multiplied(span_of(a), span_of(b))
    return checked(of, span) if both else spanning(of, span)


def _quotient_type(types: tuple[Type, ...]) -> Type:
    return spanning(Ratio(_combine(types, over=True)), magnitude.divided(*map(span_of, types)))


def comparable(types: tuple[Type, ...]) -> bool:
    """Whether two numbers may be compared: their units agree."""
    return isinstance(types[0], Broken) or isinstance(types[1], Broken) or units_agree(*(unit_of(t) for t in types))


_SUM, _DIFFERENCE = of_joined(magnitude.added), of_joined(lambda a, b: magnitude.added(a, magnitude.negated(b)))
_REMAINDER = of_joined(lambda _, divisor: magnitude.remainder(divisor))
_MODULO = Text("除后的余数，与除数同号", "what a division leaves, of the divisor's sign")

FUNCTIONS: tuple[Function, ...] = (
    Function("add.number", "+", ("number", "number"), _SUM, add, Text("相加", "adds"), "0.1 + 0.2"),
    Function(
        "add.ratio", "+", ("ratio", "ratio"), _SUM, lambda a, b: sized(Fraction(a) + Fraction(b)),
        Text("比率相加，不取整", "adds ratios exactly"), "1 / 3 + 1 / 6", partial=True,
    ),
    Function("subtract.number", "-", ("number", "number"), _DIFFERENCE, _subtract, Text("相减", "subtracts"), "3 - 5"),
    Function(
        "subtract.ratio", "-", ("ratio", "ratio"), _DIFFERENCE, lambda a, b: sized(Fraction(a) - Fraction(b)),
        Text("比率相减，不取整", "subtracts ratios exactly"), "1 / 2 - 1 / 3", partial=True,
    ),
    Function(
        "multiply.number", "*", ("number", "number"), _product_type, multiply,
        Text("相乘；单位也相乘", "multiplies; so do the units"), "1.15 * 100", partial=True,
    ),
    Function(
        "multiply.ratio", "*", ("ratio", "ratio"), _product_type, lambda a, b: sized(Fraction(a) * Fraction(b)),
        Text("比率相乘，不取整", "multiplies ratios exactly"), "3 * (1 / 3)", partial=True,
    ),
    Function(
        "divide", "/", ("ratio", "ratio"), _quotient_type, _divide,
        Text("相除，得到不取整的比率", "divides, giving an exact ratio"), "1 / 3", partial=True,
    ),
    Function("negate", "negative", ("ratio",), of_same(magnitude.negated), _negate, Text("取负", "negates"), "-3 + 5"),
    Function(
        "abs", "abs", ("ratio",), of_same(magnitude.size_of), _size, Text("绝对值", "the absolute value"), "abs(3 - 5)",
        names=("n",),
    ),
    Function(
        "modulo", "modulo", ("number", "number"), _REMAINDER, _modulo, _MODULO, "modulo(-7, 3)", partial=True,
        names=("dividend", "divisor"),
    ),
    Function(
        "modulo.ratio", "modulo", ("ratio", "ratio"), _REMAINDER, _modulo_ratio, _MODULO, "modulo(7 / 2, 1)",
        partial=True, names=("dividend", "divisor"),
    ),
)
