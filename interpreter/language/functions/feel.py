"""What only the whole of FEEL has, where `null` is a value like others: no policy file meets these."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from interpreter.language import iso
from interpreter.language.functions.comparison import by_parts, exact
from interpreter.language.functions.row import FAULT, Fault, Function
from interpreter.language.functions.text import number_text, truth_text
from interpreter.language.temporal import DateTime, Time, to_the_second
from interpreter.language.types import BOOLEAN, DATE, TEXT, TIME
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month, Range, Record
from interpreter.problems import Text

RAISED = "raised.feel"
"""The key of what makes a null that a fold of values met an error, as FEEL has it."""

_NAME = re.compile(r"[^\W\d]\w*")


def equal_or_null(a: Value, b: Value) -> Value:
    """Whether two values are equal, part by part, null being equal to null."""
    return by_parts(a, b, _equal_leaves)


def _equal_leaves(a: Value, b: Value) -> bool:
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return isinstance(a, Unknown) and isinstance(b, Unknown)
    return bool(_leaf(a) == _leaf(b))


def _leaf(value: Value) -> Value:
    # what a time is by the standard goes no further than its second
    return to_the_second(value) if isinstance(value, Time | DateTime) else exact(value)


def _written(value: Value) -> str:
    """A value inside a list or record as FEEL writes it: text in quotation marks, null as its word."""
    match value:
        case str():
            return _quoted(value)
        case Unknown() | None:
            return "null"
        case tuple():
            return f"[{', '.join(map(_written, value))}]"
        case Record():
            named = value.shape.type.fields
            entries = (f"{_named(name)}: {_written(value.get(name))}" for name in named)
            return f"{{{', '.join(entries)}}}"
        case Range(low=low, high=high, low_included=from_low, high_included=to_high):
            return f"{'[' if from_low else '('}{_written(low)}..{_written(high)}{']' if to_high else ')'}"
        case bool():
            return truth_text(value)
        case int() | Decimal() | Fraction() if not isinstance(value, Month):
            return number_text(value)
        case _:
            return iso.written(value)


def _named(name: str) -> str:
    return name if _NAME.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _same(value: Value) -> Value:
    return value


def _raised(value: Value) -> Value | Fault:
    return FAULT if isinstance(value, Unknown) and not value.causes else value


FUNCTIONS: tuple[Function, ...] = (
    Function("date.date", "date", ("date",), DATE, _same, Text("日期本身", "the date itself"), 'date(@"2021-03-05")',
             names=("from",), feel=True),
    Function("time.time", "time", ("time",), TIME, _same, Text("时刻本身", "the time itself"), 'time(@"09:30:00")',
             names=("from",), batch=False, feel=True),
    Function(
        "equal.feel", "=", ("any", "any"), BOOLEAN, equal_or_null,
        Text("相等；空值与空值相等", "equal; null is equal to null"), "null = null", strict=False, feel=True,
    ),
    Function(
        "holds.feel", "(if)", ("boolean",), BOOLEAN, lambda value: value is True,
        Text("是否成立；空值不成立", "whether a condition holds; null does not"), "if null then 1 else 2", strict=False,
        feel=True,
    ),
    Function(
        RAISED, "(raised)", ("any",), lambda types: types[0], _raised,
        Text("由空值算不出的数", "what cannot be worked out of null"), "sum([1, null])", strict=False, partial=True,
        feel=True,
    ),
    Function(
        "string.feel", "string", ("any",), TEXT, _written,
        Text("值的写法", "a value as it is written"), "string([1, null])", names=("from",), feel=True,
    ),
)
