"""Functions of numbers: powers, roots and logarithms, numbers from text, odd and even, conversions by name.

What is irrational is a ratio of 34 digits, rounded half even: no back end but this one has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, Underflow
from fractions import Fraction
from math import ceil, isqrt

from interpreter.language import magnitude
from interpreter.language.assign import unit_of
from interpreter.language.functions.arithmetic import EXACT, MAX_SIZE, Exact, checked, sized
from interpreter.language.functions.rounding import MOST_PLACES
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch, Result
from interpreter.language.literals import MAX_DIGITS
from interpreter.language.magnitude import Span, span_of, spanning, written_out
from interpreter.language.types import BOOLEAN, Number, Ratio, Type
from interpreter.language.units import ONE, Unit
from interpreter.problems import Text

_TRAPS = [InvalidOperation, DivisionByZero, Overflow, Underflow]
_WIDE = Context(prec=2 * MAX_DIGITS, Emax=MAX_SIZE, Emin=-MAX_SIZE, traps=_TRAPS)
_NARROW = Context(prec=MAX_DIGITS, rounding=ROUND_HALF_EVEN, Emax=MAX_SIZE, Emin=-MAX_SIZE, traps=_TRAPS)

_EXACT_BITS = 3_000
"""A whole power that may be longer is worked out to 34 digits only."""


def _decimal(x: Exact | Fraction) -> Decimal:
    found = Fraction(x)
    return _WIDE.divide(Decimal(found.numerator), Decimal(found.denominator))


def _irrational(value: Callable[[], Decimal]) -> Fraction | Fault:
    """A value worked out with digits to spare, to 34; FAULT where there is none or it is too large to write."""
    try:
        return Fraction(_NARROW.plus(value()))
    except (InvalidOperation, DivisionByZero, Overflow, Underflow):
        return FAULT


def square_root(x: Exact | Fraction) -> Fraction | Fault:
    """The root, exactly where it is a quotient, else to 34 digits."""
    found = Fraction(x)
    if found < 0:
        return FAULT
    over, under = isqrt(found.numerator), isqrt(found.denominator)
    if over * over == found.numerator and under * under == found.denominator:
        return Fraction(over, under)
    return _irrational(lambda: _WIDE.sqrt(_decimal(x)))


def _log(x: Exact | Fraction) -> Fraction | Fault:
    return _irrational(lambda: _WIDE.ln(_decimal(x))) if x > 0 else FAULT


def _exp(x: Exact | Fraction) -> Fraction | Fault:
    return _irrational(lambda: _WIDE.exp(_decimal(x)))


def _power(base: Exact | Fraction, exponent: Exact | Fraction) -> Exact | Fraction | Fault:
    """A whole power exactly while it is short; any other, and long ones, to 34 digits."""
    of, to = Fraction(base), Fraction(exponent)
    if (not of and to < 0) or (of < 0 and to.denominator > 1):
        return FAULT
    if to.denominator == 1:
        if of in (0, 1, -1):
            return 1 if not to else base if to % 2 else abs(of.numerator)
        if max(abs(of.numerator), of.denominator).bit_length() * abs(to.numerator) <= _EXACT_BITS:
            return _whole_power(base, to.numerator)
    return _irrational(lambda: _WIDE.power(_decimal(base), _decimal(exponent)))


def _whole_power(base: Exact | Fraction, exponent: int) -> Exact | Fraction:
    if isinstance(base, Decimal) and exponent >= 0:
        return EXACT.power(base, exponent)
    found: Exact | Fraction = base**exponent if isinstance(base, int) and exponent >= 0 else Fraction(base) ** exponent
    return found


def _power_type(types: tuple[Type, ...]) -> Type | Mismatch:
    """With a whole number written out for an exponent, exact in places, bounds and unit; else a plain ratio."""
    base, exponent = types
    unit, to = unit_of(base), written_out(exponent)
    if to is not None:
        span = magnitude.powered(span_of(base), to)
        raised = None if unit is None else unit**to
        if isinstance(base, Number) and to >= 0:
            return checked(Number(base.places * to, raised), span)
        return spanning(Ratio(raised), span)
    return Mismatch("unit.plain") if unit not in (None, ONE) else Ratio(unit)


def _plain(span: Callable[[Span], Span]) -> Result:
    """The rule of a function that only takes a number without a unit, and whose bounds are `span`."""

    def result(types: tuple[Type, ...]) -> Type | Mismatch:
        if unit_of(types[0]) not in (None, ONE):
            return Mismatch("unit.plain")
        return spanning(Ratio(ONE), replace(span(span_of(types[0])), parts=None))

    return result


def _root_span(x: Span) -> Span:
    return magnitude.greater(magnitude.between(0, 1), Span(Fraction(0), x.high))


def _exp_span(x: Span) -> Span:
    # e is less than 3
    high = None if x.high is None else magnitude.powered(magnitude.exactly(3), max(0, ceil(x.high))).high
    return Span(Fraction(0), high)


_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_LONGEST = 2 * MAX_DIGITS
_MOST_READ = 10 ** (MAX_DIGITS - MOST_PLACES)


def _read(text: str) -> Fraction | Fault:
    """The number that a text writes, of 34 digits at most, so large that it can be rounded to any places; FAULT where
    it writes none."""
    if len(text) > _LONGEST or _NUMBER.fullmatch(text) is None:
        return FAULT
    value = Decimal(text)
    if len(value.as_tuple().digits) > MAX_DIGITS or abs(value.adjusted()) > MAX_SIZE:
        return FAULT
    return Fraction(value) if abs(value) <= _MOST_READ else FAULT


def _read_grouped(text: str, grouping: str, point: str) -> Fraction | Fault:
    """The same with other marks between groups of digits and before the decimals, which must differ."""
    if grouping not in (" ", ",", ".") or point not in (",", ".") or grouping == point:
        return FAULT
    return _read(text.replace(grouping, "").replace(point, ".")) if len(text) <= 2 * _LONGEST else FAULT


def _odd(x: Exact | Fraction) -> bool:
    return Fraction(x) % 2 == 1


def _even(x: Exact | Fraction) -> bool:
    return Fraction(x) % 2 == 0


def _monthly(types: tuple[Type, ...]) -> Type | Mismatch:
    unit = unit_of(types[0])
    if unit is None or dict(unit.powers).get("year") != -1:
        return Mismatch("unit.yearly")
    monthly = unit * Unit.named("year") / Unit.named("month")
    return spanning(Ratio(monthly), magnitude.divided(span_of(types[0]), magnitude.exactly(12)))


_READ = spanning(Ratio(ONE), magnitude.between(-_MOST_READ, _MOST_READ))
_LOGARITHM = magnitude.between(-3 * MAX_SIZE, 3 * MAX_SIZE)
_TEXT_NUMBER = Text("文字写出的数；不是数的，没有值", "the number that a text writes; none where it writes none")

FUNCTIONS: tuple[Function, ...] = (
    Function(
        "power.whole", "**", ("ratio", "integer"), _power_type, _power,
        Text("乘方，自左至右；指数为写出的整数时小数位和单位随之而定", "raises to a power, from the left; "
             "a whole number written out keeps places and unit exact"),
        "1.05 ** 2", partial=True,
    ),
    Function(
        "power", "**", ("ratio", "ratio"), _power_type, _power,
        Text("乘方；开方的结果取 34 位", "raises to a power; what is irrational has 34 digits"), "4 ** 0.5",
        partial=True, batch=False,
    ),
    Function("sqrt", "sqrt", ("ratio",), _plain(_root_span), square_root,
             Text("平方根，34 位；负数没有", "the square root, to 34 digits; a negative number has none"), "sqrt(16)",
             partial=True, batch=False, names=("number",)),
    Function("log", "log", ("ratio",), _plain(lambda _: _LOGARITHM), _log,
             Text("自然对数，34 位；须大于零", "the natural logarithm, to 34 digits, of what is above zero"), "log(1)",
             partial=True, batch=False, names=("number",)),
    Function("exp", "exp", ("ratio",), _plain(_exp_span), _exp,
             Text("e 的乘方，34 位", "e to a power, to 34 digits"), "exp(0)", partial=True, batch=False,
             names=("number",)),
    Function("number", "number", ("text",), _READ, _read, _TEXT_NUMBER, 'number("12.50")', partial=True,
             batch=False, names=("from",)),
    Function("number.grouped", "number", ("text", "text", "text"), _READ, _read_grouped,
             Text("文字写出的数，另给分组符号和小数点",
                  "the same, with the marks between groups and before the decimals"),
             'number("1.000,5", ".", ",")', partial=True, batch=False,
             names=("from", "grouping separator", "decimal separator")),
    Function("odd", "odd", ("integer",), BOOLEAN, _odd, Text("是否奇数", "whether a whole number is odd"), "odd(3)",
             names=("number",)),
    Function("even", "even", ("integer",), BOOLEAN, _even, Text("是否偶数", "whether a whole number is even"),
             "even(3)", names=("number",)),
    Function("odd.feel", "odd", ("ratio",), BOOLEAN, _odd, Text("是否奇数", "whether a number is odd"), "odd(3 / 1)",
             names=("number",), feel=True),
    Function("even.feel", "even", ("ratio",), BOOLEAN, _even, Text("是否偶数", "whether a number is even"),
             "even(3 / 1)", names=("number",), feel=True),
    Function("per month", "per month", ("ratio",), _monthly, lambda x: sized(Fraction(x) / 12),
             Text("每年的数折成每月的：除以 12，不取整", "a figure per year as one per month: a twelfth, exactly"),
             'per month(24 / age(@"2020-01-01", @"2022-01-01"))', partial=True),
)
