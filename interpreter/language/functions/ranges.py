"""Ranges: their ends, and the numbers or days from one to the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from interpreter.language.assign import unify
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch, Result
from interpreter.language.magnitude import written_out
from interpreter.language.types import BOOLEAN, DATE, List, Number, RangeOf, Type
from interpreter.language.values import Range
from interpreter.problems import Text

MOST_STEPS = 10_000
"""Members of the list that `a..b` may make; what is longer is a mistake and no loop of any rule."""


def steps(low: Any, high: Any) -> tuple[Any, ...] | Fault:
    """The whole numbers, or the days, from one to the other, down where the second is smaller."""
    far: int = (high - low).days if isinstance(low, date) else high - low
    if abs(far) >= MOST_STEPS:
        return FAULT
    sign = 1 if far >= 0 else -1
    each = range(0, far + sign, sign)
    return tuple(low + timedelta(days=n) if isinstance(low, date) else low + n for n in each)


def _within(span: Range) -> tuple[Any, ...] | Fault:
    """Those of a range; an end that does not belong to it is left out."""
    found = steps(span.low, span.high)
    if isinstance(found, Fault):
        return found
    kept = found if span.low_included else found[1:]
    return kept if span.high_included else kept[:-1]


def _joined(types: tuple[Type, ...]) -> Type | Mismatch:
    joined = unify(*types)
    if joined is None:
        return Mismatch("type.differ")
    first, last = (written_out(end) for end in types)
    return List(joined, None if first is None or last is None else abs(last - first) + 1)


def _of_range(types: tuple[Type, ...]) -> Type:
    assert isinstance(types[0], RangeOf)
    match types[0].of:
        case Number() as number:
            return List(replace(number, places=0))
        case other:
            return List(other)


def _end_type(types: tuple[Type, ...]) -> Type:
    assert isinstance(types[0], RangeOf)
    return types[0].of


def _end(name: str, which: str, zh: str, en: str) -> Function:
    def end(span: Range) -> Any:
        found = getattr(span, which)
        return FAULT if found is None else found

    return Function(
        f".{name}", f".{name}", ("range",), _end_type, end,
        Text(f"区间的{zh}；没有这一端时没有值", f"{en}; an open one has none"), f"[1..5].{name}", partial=True,
    )


_LISTED = Text("从一数到另一数的整数（或日期），可以从大到小", "the whole numbers, or days, from one to the other")
_RANGED = Text("区间里的整数（或日期）", "the whole numbers, or days, of a range")


def _steps(key: str, params: tuple[str, ...], result: Result, example: str) -> Function:
    ranged = len(params) == 1
    return Function(
        key, "( .. )", params, result, _within if ranged else steps, _RANGED if ranged else _LISTED, example,
        partial=True,
    )


FUNCTIONS: tuple[Function, ...] = (
    _steps("steps", ("integer", "integer"), _joined, "for x in 1..3 return x * x"),
    _steps("steps.days", ("date", "date"), List(DATE), 'for d in @"2021-01-30"..@"2021-02-02" return d.day'),
    _steps("steps.range", ("range of integer",), _of_range, "for x in (1..3] return x * x"),
    _steps(
        "steps.range.days", ("range of date",), _of_range, 'for d in [@"2021-01-30"..@"2021-02-02"] return d.day',
    ),
    _end("start", "low", "下端", "where a range starts"),
    _end("end", "high", "上端", "where a range ends"),
    Function(
        ".start included", ".start included", ("range",), BOOLEAN, lambda span: span.low_included,
        Text("下端是否在区间之内", "whether the start belongs to the range"), "(1..5].start included",
    ),
    Function(
        ".end included", ".end included", ("range",), BOOLEAN, lambda span: span.high_included,
        Text("上端是否在区间之内", "whether the end belongs to the range"), "(1..5].end included",
    ),
)
