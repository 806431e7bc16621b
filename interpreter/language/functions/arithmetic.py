"""Exact arithmetic: numbers with static places, and ratios, which leave only through rounding."""

from __future__ import annotations

from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded
from fractions import Fraction

from interpreter.language.assign import unify, unit_of, units_agree
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch
from interpreter.language.literals import MAX_DIGITS
from interpreter.language.types import Broken, Number, Ratio, Type
from interpreter.language.units import ONE, Unit
from interpreter.problems import Text

EXACT = Context(
    prec=2_000, Emax=9999, Emin=-9999,
    traps=[Inexact, Rounded, InvalidOperation, DivisionByZero, Overflow, Clamped],
)
"""Wide enough that nothing the limits of size and places let through is ever rounded; if it were, it would raise."""

Exact = int | Decimal

MAX_SIZE = 1_000
"""Decimal digits of a product or ratio; what is longer is a fault and no number of any rule."""


def _sized(value: Exact | Fraction) -> Exact | Fraction | Fault:
    if isinstance(value, Decimal):
        return value if value.adjusted() < MAX_SIZE else FAULT
    # a digit takes 3.3 bits
    return FAULT if max(abs(value.numerator), value.denominator).bit_length() > MAX_SIZE * 10 // 3 else value


def add(a: Exact, b: Exact) -> Exact:
    return a + b if isinstance(a, int) and isinstance(b, int) else EXACT.add(a, b)


def subtract(a: Exact, b: Exact) -> Exact:
    return a - b if isinstance(a, int) and isinstance(b, int) else EXACT.subtract(a, b)


def multiply(a: Exact, b: Exact) -> Exact | Fraction | Fault:
    return _sized(a * b if isinstance(a, int) and isinstance(b, int) else EXACT.multiply(a, b))


def negate(a: Exact | Fraction) -> Exact | Fraction:
    return EXACT.minus(a) if isinstance(a, Decimal) else -a


def divide(a: Exact | Fraction, b: Exact | Fraction) -> Exact | Fraction | Fault:
    return _sized(Fraction(a) / Fraction(b)) if b else FAULT


def _round(x: Exact | Fraction, places: int, mode: str) -> Exact:
    """Rounds by integer arithmetic alone (SEMANTICS 5.3): truncate, then grow away from zero where the mode says so."""
    scaled = Fraction(x) * 10**places
    n, d = scaled.numerator, scaled.denominator
    whole, rest = divmod(abs(n), d)
    up = {
        "up": rest > 0,
        "down": False,
        "half up": rest > 0 and rest >= d - rest,
        "half even": rest > d - rest or (rest == d - rest and whole % 2 == 1),
    }[mode]
    units = (whole + up) * (1 if n >= 0 else -1)
    return units if places == 0 else EXACT.scaleb(Decimal(units), -places)


def _rounding(mode: str, zh: str, en: str) -> Function:
    def rounded(types: tuple[Type, ...]) -> Type | Mismatch:
        places = types[1]
        if not isinstance(places, Number) or places.low is None or places.low != places.high:
            return Mismatch("number.places-literal")
        if not 0 <= places.low <= 12:
            return Mismatch("number.places-range")
        return Number(int(places.low), unit_of(types[0]))

    return Function(
        f"round.{mode}", f"round {mode}", ("ratio", "integer"), rounded,
        lambda x, places: _round(x, places, mode),
        Text(f"按“{zh}”保留若干位小数", f"rounds to a number of places, {en}"),
        f"round {mode}(5 / 2, 0)",
    )


def _sum_type(types: tuple[Type, ...]) -> Type | Mismatch:
    joined = unify(*types)
    return Mismatch("unit.differ") if joined is None else joined


def _combine(types: tuple[Type, ...], *, over: bool) -> Unit | None:
    a, b = (unit_of(t) for t in types)
    if a is None and b is None:
        return None
    left, right = a or ONE, b or ONE
    return left / right if over else left * right


def _product_type(types: tuple[Type, ...]) -> Type | Mismatch:
    a, b = types
    unit = _combine(types, over=False)
    if isinstance(a, Number) and isinstance(b, Number):
        places = a.places + b.places
        return Number(places, unit) if places <= MAX_DIGITS else Mismatch("number.places-many")
    return Ratio(unit)


def _quotient_type(types: tuple[Type, ...]) -> Type:
    return Ratio(_combine(types, over=True))


def _same(types: tuple[Type, ...]) -> Type:
    match types[0]:
        case Number(places=places, unit=unit, low=low, high=high):
            return Number(places, unit, None if high is None else -high, None if low is None else -low)
        case other:
            return other


def comparable(types: tuple[Type, ...]) -> bool:
    """Whether two numbers may be compared: their units agree."""
    return isinstance(types[0], Broken) or isinstance(types[1], Broken) or units_agree(*(unit_of(t) for t in types))


FUNCTIONS: tuple[Function, ...] = (
    Function("add.number", "+", ("number", "number"), _sum_type, add, Text("相加", "adds"), "0.1 + 0.2"),
    Function(
        "add.ratio", "+", ("ratio", "ratio"), _sum_type, lambda a, b: _sized(Fraction(a) + Fraction(b)),
        Text("比率相加，不取整", "adds ratios exactly"), "1 / 3 + 1 / 6", partial=True,
    ),
    Function("subtract.number", "-", ("number", "number"), _sum_type, subtract, Text("相减", "subtracts"), "3 - 5"),
    Function(
        "subtract.ratio", "-", ("ratio", "ratio"), _sum_type, lambda a, b: _sized(Fraction(a) - Fraction(b)),
        Text("比率相减，不取整", "subtracts ratios exactly"), "1 / 2 - 1 / 3", partial=True,
    ),
    Function(
        "multiply.number", "*", ("number", "number"), _product_type, multiply,
        Text("相乘；单位也相乘", "multiplies; so do the units"), "1.15 * 100", partial=True,
    ),
    Function(
        "multiply.ratio", "*", ("ratio", "ratio"), _product_type, lambda a, b: _sized(Fraction(a) * Fraction(b)),
        Text("比率相乘，不取整", "multiplies ratios exactly"), "3 * (1 / 3)", partial=True,
    ),
    Function(
        "divide", "/", ("ratio", "ratio"), _quotient_type, divide,
        Text("相除，得到不取整的比率", "divides, giving an exact ratio"), "1 / 3", partial=True,
    ),
    Function("negate", "negative", ("ratio",), _same, negate, Text("取负", "negates"), "-3 + 5"),
    _rounding("half up", "四舍五入", "halves away from zero"),
    _rounding("half even", "四舍六入五成双", "halves to the even neighbour"),
    _rounding("up", "进位", "away from zero"),
    _rounding("down", "舍去", "towards zero"),
)
