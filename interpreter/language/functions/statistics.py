"""Statistics of numbers: product, median, mode and the standard deviation of a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from interpreter.language.assign import unit_of
from interpreter.language.functions.arithmetic import sized
from interpreter.language.functions.comparison import exact
from interpreter.language.functions.folds import Members, known_values
from interpreter.language.functions.numbers import square_root
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch
from interpreter.language.magnitude import Span, span_of, spanning
from interpreter.language.types import List, Ratio, Type
from interpreter.language.units import ONE
from interpreter.language.unknown import Unknown, Value
from interpreter.problems import Text

Numbers = list[int | Decimal | Fraction]


def _of_known(value: Callable[[Numbers], Any]) -> Callable[[Members], Value | Fault]:
    """A fold that needs every member: what is unknown of any makes it so."""

    def fold(members: Members) -> Value | Fault:
        numbers = known_values(members)
        return numbers if isinstance(numbers, Unknown) else value(numbers)

    return fold


def _product(numbers: Numbers) -> Fraction | Fault:
    result = Fraction(1)
    for number in numbers:
        found = sized(result * Fraction(number))
        if isinstance(found, Fault):
            return FAULT
        result = Fraction(found)
    return result if numbers else FAULT


def _median(numbers: Numbers) -> Fraction | Fault:
    """The one in the middle, or the mean of the two."""
    ordered = sorted(Fraction(number) for number in numbers)
    half = len(ordered) // 2
    middle = ordered[half : half + 1] if len(ordered) % 2 else ordered[half - 1 : half + 1]
    return sum(middle, Fraction(0)) / len(middle) if middle else FAULT


def _mode(numbers: Numbers) -> tuple[int | Decimal | Fraction, ...]:
    """Those that come most often, in their order."""
    times: dict[Any, int] = {}
    first: dict[Any, int | Decimal | Fraction] = {}
    for number in numbers:
        times[exact(number)] = times.get(exact(number), 0) + 1
        first.setdefault(exact(number), number)
    most = max(times.values(), default=0)
    return tuple(first[number] for number in sorted(times) if times[number] == most)


def _stddev(numbers: Numbers) -> Fraction | Fault:
    """The root of the squared distances from the mean, divided by one less than there are."""
    if len(numbers) < 2:
        return FAULT
    values = [Fraction(number) for number in numbers]
    mean = sized(sum(values, Fraction(0)) / len(values))
    if isinstance(mean, Fault):
        return FAULT
    squares = sized(sum(((value - Fraction(mean)) ** 2 for value in values), Fraction(0)) / (len(values) - 1))
    return FAULT if isinstance(squares, Fault) else square_root(squares)


def _item(types: tuple[Type, ...]) -> Type:
    assert isinstance(types[0], List)
    return types[0].item


def _product_type(types: tuple[Type, ...]) -> Type | Mismatch:
    unit = unit_of(_item(types))
    return Ratio(unit) if unit in (None, ONE) else Mismatch("unit.plain")


def _median_type(types: tuple[Type, ...]) -> Type:
    item = _item(types)
    span = span_of(item)
    return spanning(Ratio(unit_of(item)), replace(span, parts=None if span.parts is None else 2 * span.parts))


def _stddev_type(types: tuple[Type, ...]) -> Type:
    return spanning(Ratio(unit_of(_item(types))), Span(low=Fraction(0)))


FUNCTIONS: tuple[Function, ...] = (
    Function("product", "product", ("list of ratio",), _product_type, _of_known(_product),
             Text("各数相乘，得到不取整的比率", "the product, an exact ratio"), "product([2, 3, 4])", fold=True,
             partial=True, names=("list",)),
    Function("median", "median", ("list of ratio",), _median_type, _of_known(_median),
             Text("中位数；偶数个时为中间两数的平均", "the middle number, or the mean of the middle two"),
             "median([8, 2, 5, 7])", fold=True, partial=True, names=("list",)),
    Function("mode", "mode", ("list of ratio",), lambda types: types[0], _of_known(_mode),
             Text("出现最多的数，从小到大", "the numbers that come most often, in their order"),
             "mode([6, 3, 9, 6, 6])", fold=True, names=("list",)),
    Function("stddev", "stddev", ("list of ratio",), _stddev_type, _of_known(_stddev),
             Text("样本标准差，至多 34 位", "the standard deviation of a sample, to 34 digits"),
             "stddev([2, 4, 7, 5])", fold=True, partial=True, batch=False, names=("list",)),
)
