"""Durations: in years and months, or in days and time; the two never mix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import trunc
from typing import Any

from interpreter.language.assign import unit_of
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch, Result
from interpreter.language.iso import LONGEST_MONTHS, LONGEST_NANOS, months_long, nanos_long, written
from interpreter.language.magnitude import between, spanning
from interpreter.language.temporal import DAY, SECOND, DaySpan, seconds_of
from interpreter.language.types import DAYS_TIME, TEXT, YEARS_MONTHS, Number, Ratio, Type
from interpreter.language.units import ONE
from interpreter.language.values import MonthSpan
from interpreter.problems import Text

_Span = MonthSpan | DaySpan


def months(count: int) -> MonthSpan | Fault:
    """The duration of so many months; a fault where it is too long."""
    found = months_long(count)
    return FAULT if found is None else found


def nanos(count: int) -> DaySpan | Fault:
    """The duration of so many nanoseconds; a fault where it is too long."""
    found = nanos_long(count)
    return FAULT if found is None else found


def _size(span: _Span) -> int:
    return span.months if isinstance(span, MonthSpan) else span.nanos


def _of_size(size: int, like: _Span) -> _Span | Fault:
    return months(size) if isinstance(like, MonthSpan) else nanos(size)


def _add(a: _Span, b: _Span) -> _Span | Fault:
    return _of_size(_size(a) + _size(b), a)


def _subtract(a: _Span, b: _Span) -> _Span | Fault:
    return _of_size(_size(a) - _size(b), a)


def _negate(a: _Span) -> _Span | Fault:
    return _of_size(-_size(a), a)


def _absolute(a: _Span) -> _Span | Fault:
    return _of_size(abs(_size(a)), a)


def _times(a: _Span, by: int | Decimal | Fraction) -> _Span | Fault:
    # what is less than a month, or than a nanosecond, is cut off
    return _of_size(trunc(_size(a) * Fraction(by)), a)


def _parted(a: _Span, by: int | Decimal | Fraction) -> _Span | Fault:
    return _times(a, 1 / Fraction(by)) if by else FAULT


def _quotient(a: _Span, b: _Span) -> Fraction | Fault:
    return Fraction(_size(a), _size(b)) if _size(b) else FAULT


def _of_plain(of: Type) -> Result:
    """The rule of a duration taken a number of times: the number counts nothing."""
    return lambda types: of if all(unit_of(type) in (None, ONE) for type in types) else Mismatch("unit.span")


def _part(unit: int, within: int | None) -> Callable[[Any], int]:
    """The whole units of a duration, within the next larger one, of the duration's sign."""

    def part(span: _Span) -> int:
        whole = abs(_size(span)) // unit
        whole = whole if within is None else whole % within
        return -whole if _size(span) < 0 else whole

    return part


def _seconds(span: DaySpan) -> Decimal:
    rest = seconds_of(abs(span.nanos))
    return -rest if span.nanos < 0 else rest


def _property(kind: str, name: str, part: Callable[[Any], Any], of: Type, doc: Text, example: str) -> Function:
    return Function(f"{name}.{kind}", f".{name}", (kind,), of, part, doc, f"{example}.{name}")


def _of_kind(kind: str, of: Type, one: str, other: str) -> tuple[Function, ...]:
    """The operators that both families of durations have."""
    longest = LONGEST_MONTHS if of == YEARS_MONTHS else LONGEST_NANOS
    plain, ratio = _of_plain(of), spanning(Ratio(ONE), replace(between(-longest, longest), parts=longest))
    times = Text("时长的若干倍", "the duration so many times")
    cut = Text("时长的若干倍，不足一个单位的部分舍去", "the duration so many times, cut off to its unit")
    parts = Text("时长的几分之一，不足一个单位的部分舍去", "a fraction of the duration, cut off to its unit")
    return (
        Function(f"add.{kind}", "+", (kind, kind), of, _add, Text("时长相加", "adds durations"), f"{one} + {other}",
                 partial=True),
        Function(f"subtract.{kind}", "-", (kind, kind), of, _subtract, Text("时长相减", "subtracts durations"),
                 f"{one} - {other}", partial=True),
        Function(f"negate.{kind}", "negative", (kind,), of, _negate, Text("反方向的时长", "the duration backwards"),
                 f"-{one}", partial=True),
        Function(f"abs.{kind}", "abs", (kind,), of, _absolute, Text("不计方向的时长", "the duration without its sign"),
                 f"abs(-{one})", partial=True, names=("n",)),
        Function(f"multiply.{kind}", "*", (kind, "integer"), plain, _times, times, f"{one} * 3", partial=True),
        Function(f"multiply.by.{kind}", "*", ("integer", kind), plain, lambda by, a: _times(a, by), times,
                 f"3 * {one}", partial=True),
        Function(f"divide.{kind}", "/", (kind, kind), ratio, _quotient,
                 Text("一个时长是另一个的几倍，不取整", "how many times one duration goes into another, exactly"),
                 f"{one} / {other}", partial=True),
        Function(f"multiply.cut.{kind}", "*", (kind, "ratio"), plain, _times, cut, f"{one} * 1.5", partial=True,
                 feel=True),
        Function(f"multiply.by.cut.{kind}", "*", ("ratio", kind), plain, lambda by, a: _times(a, by), cut,
                 f"1.5 * {one}", partial=True, feel=True),
        Function(f"divide.cut.{kind}", "/", (kind, "ratio"), plain, _parted, parts, f"{one} / 2", partial=True,
                 feel=True),
        Function(f"string.{kind}", "string", (kind,), TEXT, written, Text("写成文字", "as text"), f"string({one})",
                 batch=False, names=("from",)),
    )


def _whole(most: int) -> Type:
    return spanning(Number(0, ONE), between(-most, most))


_MOST_YEARS, _MOST_DAYS = LONGEST_MONTHS // 12, LONGEST_NANOS // DAY
_WHOLE_SECONDS = spanning(Number(9, ONE), between(-60, 60))

FUNCTIONS: tuple[Function, ...] = (
    *_of_kind("years-months", YEARS_MONTHS, '@"P1Y"', '@"P2M"'),
    *_of_kind("days-time", DAYS_TIME, '@"P2D"', '@"PT12H"'),
    _property("years-months", "years", _part(12, None), _whole(_MOST_YEARS), Text("满若干年", "the full years"),
              '@"P14M"'),
    _property("years-months", "months", _part(1, 12), _whole(11),
              Text("满年以外的月数", "the months beyond full years"), '@"P14M"'),
    _property("days-time", "days", _part(DAY, None), _whole(_MOST_DAYS), Text("满若干日", "the full days"), '@"PT36H"'),
    _property("days-time", "hours", _part(3600 * SECOND, 24), _whole(23),
              Text("满日以外的小时", "the hours beyond full days"), '@"PT36H"'),
    _property("days-time", "minutes", _part(60 * SECOND, 60), _whole(59),
              Text("满小时以外的分钟", "the minutes beyond full hours"), '@"PT90M"'),
    _property("days-time", "seconds", _seconds, _WHOLE_SECONDS,
              Text("满分钟以外的秒数，可有小数", "the seconds beyond full minutes, with their fraction"), '@"PT90S"'),
)
