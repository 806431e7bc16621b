"""Equality and order. Values of one type only; the checker sees to that."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from interpreter.language.functions.row import Function
from interpreter.language.types import BOOLEAN
from interpreter.problems import Text


def _less(a: Any, b: Any) -> bool:
    return bool(a < b)


def _less_equal(a: Any, b: Any) -> bool:
    return bool(a <= b)


def _equal(a: Any, b: Any) -> bool:
    return bool(a == b)


_EQUAL = Text("相等；记录比较其键", "equal; records are compared by their key")
_LESS = Text("小于", "less")
_LESS_EQUAL = Text("小于或等于", "at most")

FUNCTIONS: tuple[Function, ...] = (
    Function("equal", "=", ("comparable", "comparable"), BOOLEAN, _equal, _EQUAL, "0.1 + 0.2 = 0.3"),
    Function(
        "equal.ratio", "=", ("ratio", "ratio"), BOOLEAN, lambda a, b: Fraction(a) == Fraction(b), _EQUAL,
        "1 / 3 * 3 = 1",
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
)
