"""Rounding, by seven named modes: the one way in which a ratio becomes a number again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from interpreter.language import magnitude
from interpreter.language.assign import unit_of
from interpreter.language.functions.arithmetic import EXACT, Exact, checked, sized
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch
from interpreter.language.magnitude import span_of, written_out
from interpreter.language.types import Number, Ratio, Type
from interpreter.problems import Text

MOST_PLACES = 12
"""The places that a policy may round to, and the zeros before the point."""

FEWEST, MOST = -6111, 6176
"""The places that FEEL may round to, those of a decimal128."""

_ALL = 1_000
"""With more places than that, no digit of a number is lost where it leaves."""


def round_to(x: Exact | Fraction, places: int, mode: str) -> Exact:
    """Rounds by integer arithmetic alone (SEMANTICS 5.3): truncate, then grow away from zero where the mode says so."""
    scaled = Fraction(x) * Fraction(10) ** places
    n, d = scaled.numerator, scaled.denominator
    whole, rest = divmod(abs(n), d)
    grows = {
        "up": rest > 0,
        "down": False,
        "half up": rest > 0 and rest >= d - rest,
        "half down": rest > d - rest,
        "half even": rest > d - rest or (rest == d - rest and whole % 2 == 1),
        "floor": rest > 0 and n < 0,
        "ceiling": rest > 0 and n > 0,
    }[mode]
    units = (whole + grows) * (1 if n >= 0 else -1)
    return units * 10**-places if places <= 0 else EXACT.scaleb(Decimal(units), -places)


def _rounded(x: Exact | Fraction, places: Exact | Fraction, mode: str) -> Exact | Fraction | Fault:
    """Rounds as a policy does, whose places are written out, and as FEEL does, where they may be any number: it cuts
    those that are not whole. So many that nothing is left to round leave the value as it is."""
    to = int(places)
    if not FEWEST <= to <= MOST:
        return FAULT
    return x if to > _ALL else sized(round_to(x, to, mode))


def _result(types: tuple[Type, ...]) -> Type | Mismatch:
    """A number of so many places; FEEL also takes places that nobody knows before."""
    unit, span = unit_of(types[0]), span_of(types[0])
    to = written_out(types[1]) if len(types) > 1 else 0
    if to is None:
        return Mismatch("number.places-literal", Ratio(unit))
    if abs(to) > MOST_PLACES:
        return Mismatch("number.places-range", Ratio(unit))
    return checked(Number(max(0, to), unit), magnitude.rounded(span, to))


def _row(name: str, mode: str, zh: str, en: str, *, whole: bool = False, example: str) -> Function:
    key = f"round.{mode}" if name.startswith("round ") else name
    if whole:
        return Function(
            key, name, ("ratio",), _result, lambda x: sized(round_to(x, 0, mode)),
            Text(f"{zh}到整数", f"rounds to a whole number, {en}"), example, partial=True, names=("n",),
        )
    return Function(
        f"{key}.places" if name == mode else key, name, ("ratio", "ratio"), _result,
        lambda x, places: _rounded(x, places, mode),
        Text(f"按“{zh}”保留若干位小数；负数表示到十位、百位等", f"rounds to a number of places, {en}; -1 is to tens"),
        example, partial=True, names=("n", "scale"),
    )


FUNCTIONS: tuple[Function, ...] = (
    _row("round half up", "half up", "四舍五入", "halves away from zero", example="round half up(5 / 2, 0)"),
    _row("round half down", "half down", "五舍六入", "halves towards zero", example="round half down(5 / 2, 0)"),
    _row("round half even", "half even", "四舍六入五成双", "halves to the even neighbour",
         example="round half even(5 / 2, 0)"),
    _row("decimal", "half even", "四舍六入五成双", "halves to the even neighbour", example="decimal(1 / 3, 2)"),
    _row("round up", "up", "进位", "away from zero", example="round up(5 / 2, 0)"),
    _row("round down", "down", "舍去", "towards zero", example="round down(5 / 2, 0)"),
    _row("floor", "floor", "向下取整", "downwards", whole=True, example="floor(-1.5)"),
    _row("floor", "floor", "向下取整", "downwards", example="floor(-1.56, 1)"),
    _row("ceiling", "ceiling", "向上取整", "upwards", whole=True, example="ceiling(-1.5)"),
    _row("ceiling", "ceiling", "向上取整", "upwards", example="ceiling(-1.56, 1)"),
)
