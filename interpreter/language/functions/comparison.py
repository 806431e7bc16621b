"""Equality and order. Values of one type only; the checker sees to that."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from interpreter.language.functions.folds import every
from interpreter.language.functions.row import Function
from interpreter.language.types import BOOLEAN
from interpreter.language.unknown import Partial, Unknown, Value
from interpreter.language.values import Range, Record, plain
from interpreter.problems import Text


def _less(a: Any, b: Any) -> bool:
    return bool(a < b)


def _less_equal(a: Any, b: Any) -> bool:
    return bool(a <= b)


def _equal(a: Any, b: Any) -> bool:
    return bool(a == b)


def exact(value: Value) -> Value:
    """A number so that Python compares it with quotients."""
    return Fraction(value) if isinstance(value, Decimal) else value


def by_parts(a: Value, b: Value, leaf: Callable[[Value, Value], Value]) -> Value:
    """Lists, ranges and records written out are equal where all of their parts are; `leaf` compares what has none."""
    a, b = plain(a), plain(b)
    match a, b:
        case tuple(), tuple():
            return len(a) == len(b) and every((True, by_parts(x, y, leaf), False) for x, y in zip(a, b, strict=True))
        case Record(), Record():
            return every((True, by_parts(a.get(name), b.get(name), leaf), False) for name in a.shape.type.fields)
        case Range(), Range():
            included = (a.low_included, a.high_included) == (b.low_included, b.high_included)
            return type(a) is type(b) and included and exact(a.low) == exact(b.low) and exact(a.high) == exact(b.high)
        case _:
            return leaf(a, b)


def equal_parts(a: Value, b: Value) -> Value:
    """Whether two values are equal, part by part; unknown where a part that decides it is."""
    return by_parts(a, b, _equal_leaves)


def _equal_leaves(a: Value, b: Value) -> Value:
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return Unknown(causes_of(a) | causes_of(b))
    return bool(exact(a) == exact(b))


def causes_of(value: Value) -> int:
    """Why a value, or anything in it, is not known."""
    match value:
        case Partial(members=members):
            inside = (part for pair in members for part in pair)
            return value.causes | _united(inside)
        case Unknown(causes=causes):
            return causes
        case tuple():
            return _united(iter(value))
        case Record():
            named = plain(value)
            return _united(map(value.get, value.shape.type.fields)) if named is value else causes_of(named)
        case _:
            return 0


def _united(values: Any) -> int:
    causes = 0
    for value in values:
        causes |= causes_of(value)
    return causes


def _within(value: Any, span: Range) -> bool:
    value, low, high = exact(value), exact(span.low), exact(span.high)
    above = low is None or low < value or (span.low_included and low == value)
    return above and (high is None or value < high or (span.high_included and value == high))


def _is_known(value: Value) -> bool:
    return not isinstance(plain(value), Unknown)


_KNOWN = Text(
    "是否已知；只能写在 otherwise: review 的要求和给人读的文字里",
    "whether it is known; only where an unmet requirement leads to review, and in texts for people",
)
_EQUAL = Text("相等；记录比较其键", "equal; records are compared by their key")
_LESS = Text("小于", "less")
_LESS_EQUAL = Text("小于或等于", "at most")

FUNCTIONS: tuple[Function, ...] = (
    Function("equal", "=", ("comparable", "comparable"), BOOLEAN, _equal, _EQUAL, "0.1 + 0.2 = 0.3"),
    Function(
        "equal.ratio", "=", ("ratio", "ratio"), BOOLEAN, lambda a, b: Fraction(a) == Fraction(b), _EQUAL,
        "1 / 3 * 3 = 1",
    ),
    Function(
        "equal.parts", "=", ("any", "any"), BOOLEAN, equal_parts,
        Text("列表、区间、写出的记录：各部分都相等", "lists, ranges and records written out: all parts are equal"),
        "[1, 2] = [1, 2]", strict=False,
    ),
    Function("less", "<", ("ordered", "ordered"), BOOLEAN, _less, _LESS, "1 < 2"),
    Function(
        "less.ratio", "<", ("ratio", "ratio"), BOOLEAN, lambda a, b: Fraction(a) < Fraction(b), _LESS,
        "100.01 / 3 < 33.34",
    ),
    Function("less_equal", "<=", ("ordered", "ordered"), BOOLEAN, _less_equal, _LESS_EQUAL, "2 <= 2"),
    Function(
        "less_equal.ratio", "<=", ("ratio", "ratio"), BOOLEAN, lambda a, b: Fraction(a) <= Fraction(b), _LESS_EQUAL,
        "1 / 3 <= 2 / 6",
    ),
    Function(
        "is known", "is known", ("comparable",), BOOLEAN, _is_known, _KNOWN, "is known(5)", strict=False,
    ),
    Function(
        "is known.list", "is known", ("list of any",), BOOLEAN, _is_known, _KNOWN, "is known([1, 2])", strict=False,
    ),
    Function(
        "within", "[..]", ("ordered", "range"), BOOLEAN, _within,
        Text("在区间之内", "within a range"), "5 in (if 1 < 2 then [1..5] else (7..9))",
    ),
)
