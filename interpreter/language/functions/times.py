"""Times of day. In policies they are local; offsets and zones are for the whole of FEEL."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from interpreter.language.functions.durations import nanos
from interpreter.language.functions.row import FAULT, Fault, Function
from interpreter.language.iso import is_offset, read, written
from interpreter.language.magnitude import between, spanning
from interpreter.language.temporal import SECOND, Clock, DateTime, DaySpan, Time, Zone, comparable
from interpreter.language.types import BOOLEAN, DAYS_TIME, TEXT, TIME, Number, Type
from interpreter.language.units import ONE
from interpreter.problems import Text


def _made(hour: int, minute: int, second: int | Decimal, zone: Zone = None) -> Time | Fault:
    """The time of an hour, minute and second; none where the clock has it not."""
    fraction = Fraction(second) * SECOND
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60) or fraction.denominator > 1:
        return FAULT
    return Time((hour * 60 + minute) * 60 * SECOND + fraction.numerator, zone)


def _made_at(hour: int, minute: int, second: int | Decimal, ahead: DaySpan) -> Time | Fault:
    seconds, rest = divmod(ahead.nanos, SECOND)
    return FAULT if rest or not is_offset(seconds) else _made(hour, minute, second, seconds)


def _read(text: str) -> Time | Fault:
    found = read(text, feel=True)
    return found if isinstance(found, Time) else FAULT


def time_of(of: DateTime) -> Time:
    """The time of day of a day with its time."""
    return Time(of.nanos, of.zone)


def _between(a: Time, b: Time) -> DaySpan | Fault:
    return nanos(a.instant - b.instant) if comparable(a, b) else FAULT


def less(a: Clock, b: Clock) -> bool | Fault:
    """Whether one is earlier; a fault where one is local and the other is not."""
    return a < b if comparable(a, b) else FAULT


def less_equal(a: Clock, b: Clock) -> bool | Fault:
    """The same, or both are one."""
    return a <= b if comparable(a, b) else FAULT


def offset_of(of: Clock) -> DaySpan | Fault:
    """How far ahead of UTC; a fault for a local time."""
    return FAULT if of.offset is None else nanos(of.offset * SECOND)


def zone_of(of: Clock) -> str | Fault:
    """The name of a zone; a fault where there is none."""
    return of.zone if isinstance(of.zone, str) else FAULT


def _midnight(_: date) -> Time:
    # a day of FEEL begins at midnight in UTC
    return Time(0, 0)


def _part(kind: str, example: str, name: str, of: Type, doc: Text) -> Function:
    return Function(f"{name}.{kind}", f".{name}", (kind,), of, attrgetter(name), doc, f"{example}.{name}", batch=False)


def clock_rows(kind: str, example: str) -> tuple[Function, ...]:
    """What times of day and dates with times have alike; the example ends with its quotation mark."""
    ahead, named = f'{example[:-1]}+08:00"', f'{example[:-1]}@Asia/Shanghai"'
    less_text = Text("早于；一个有时区一个没有的，无法比较", "earlier; local and zoned times do not compare")
    equal_text = Text("早于或同时；一个有时区一个没有的，无法比较", "not later; local and zoned times do not compare")
    return (
        _part(kind, example, "hour", spanning(Number(0, ONE), between(0, 23)), Text("时", "the hour")),
        _part(kind, example, "minute", spanning(Number(0, ONE), between(0, 59)), Text("分", "the minute")),
        _part(kind, example, "second", spanning(Number(9, ONE), between(0, 60)),
              Text("秒，可有小数", "the second with its fraction")),
        Function(f"string.{kind}", "string", (kind,), TEXT, written, Text("写成文字", "as text"), f"string({example})",
                 batch=False, names=("from",)),
        Function(f"less.{kind}", "<", (kind, kind), BOOLEAN, less, less_text, f"{named} < {example[:-1]}Z\"",
                 partial=True, feel=True),
        Function(f"less_equal.{kind}", "<=", (kind, kind), BOOLEAN, less_equal, equal_text, f"{named} <= {ahead}",
                 partial=True, feel=True),
        Function(f"time offset.{kind}", ".time offset", (kind,), DAYS_TIME, offset_of,
                 Text("与协调世界时的时差", "how far ahead of UTC"), f"{ahead}.time offset", partial=True, feel=True),
        Function(f"timezone.{kind}", ".timezone", (kind,), TEXT, zone_of, Text("时区的名称", "the name of the zone"),
                 f"{named}.timezone", partial=True, feel=True),
    )


_LATER = Text("若干时间以后，过半夜从零时接着数", "so much later, round the clock")
_EARLIER = Text("若干时间以前，过零时从半夜接着数", "so much earlier, round the clock")

FUNCTIONS: tuple[Function, ...] = (
    *clock_rows("time", '@"17:00:00"'),
    Function("time", "time", ("integer", "integer", "number"), TIME, _made,
             Text("由时、分、秒组成的时刻", "the time of an hour, minute and second"), "time(9, 30, 0)", partial=True,
             batch=False, names=("hour", "minute", "second")),
    Function("time.date-time", "time", ("date-time",), TIME, time_of,
             Text("日期和时刻中的时刻", "the time of day of a date and time"), 'time(@"2021-03-05T17:00:00")',
             batch=False, names=("from",)),
    Function("add.time", "+", ("time", "days-time"), TIME, lambda t, s: t.later(s.nanos), _LATER,
             '@"17:00:00" + @"PT1H"', batch=False),
    Function("add.days.time", "+", ("days-time", "time"), TIME, lambda s, t: t.later(s.nanos), _LATER,
             '@"PT1H" + @"17:00:00"', batch=False),
    Function("subtract.time.days", "-", ("time", "days-time"), TIME, lambda t, s: t.later(-s.nanos), _EARLIER,
             '@"17:00:00" - @"PT1H"', batch=False),
    Function("subtract.time", "-", ("time", "time"), DAYS_TIME, _between,
             Text("相隔的时间", "the time between"), '@"17:00:00" - @"09:30:00"', partial=True, batch=False),
    Function("time.offset", "time", ("integer", "integer", "number", "days-time"), TIME, _made_at,
             Text("同上，并给出时差", "the same with its offset"), 'time(9, 30, 0, @"PT8H")', partial=True, feel=True,
             names=("hour", "minute", "second", "offset")),
    Function("time.text", "time", ("text",), TIME, _read, Text("文字写出的时刻", "the time that a text writes"),
             'time(string("09:30:00"))', partial=True, feel=True, names=("from",)),
    Function("time.date", "time", ("date",), TIME, _midnight, Text("一日开始的时刻", "the time when a day begins"),
             'time(@"2021-03-05")', feel=True, names=("from",)),
)
