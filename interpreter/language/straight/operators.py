"""The operators that straight-line code writes out, and of what classes their operands must be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from interpreter.language.shortcuts import ITSELF
from interpreter.language.temporal import DaySpan
from interpreter.language.unknown import Value
from interpreter.language.values import Month, MonthSpan

INLINE: dict[str, str] = {"equal": "{} == {}", "less": "{} < {}", "less_equal": "{} <= {}"}
"""Rows of the function table whose Python is an operator of Python, where both operands stand for themselves."""

READY = ITSELF | {Fraction, DaySpan}
"""The classes of values that a strict function may be called with at once."""

CLASSES = {of.__name__: of for of in (bool, int, str, date, Decimal, Month, MonthSpan)}
"""The classes that code names."""

KNOWN, BOOLEAN = ("KNOWN",), ("bool",)


def beside(value: Value) -> tuple[str, ...]:
    """The classes of what is usually compared with a value."""
    of = value.__class__.__name__
    return ("int", "Decimal") if of in ("int", "Decimal") else (of,)


def narrowness(classes: tuple[str, ...] | None) -> int:
    """How much a test of classes says: each includes those before it."""
    return 0 if classes is None else 1 if classes == ("READY",) else 2 if classes == KNOWN else 3


def is_of(variable: str, classes: tuple[str, ...]) -> str:
    """The test that a variable is of one of some classes, or in a set of them; with none, that it holds."""
    if not classes:
        return variable
    if classes[0] in ("KNOWN", "READY"):
        return f"{variable}.__class__ in {classes[0]}"
    tests = " or ".join(f"type({variable}) is {of}" for of in classes)
    return tests if len(classes) == 1 else f"({tests})"
