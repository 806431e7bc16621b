"""Days with their times. In policies they are local; offsets and zones are for the whole of FEEL, whose days begin at
midnight in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from interpreter.language.functions.dates import add_months, years_and_months
from interpreter.language.functions.durations import nanos
from interpreter.language.functions.row import FAULT, Fault, Function
from interpreter.language.functions.times import clock_rows
from interpreter.language.iso import read, read_date_time
from interpreter.language.magnitude import between, spanning
from interpreter.language.temporal import DateTime, DaySpan, Time, comparable
from interpreter.language.types import DATE, DATE_TIME, DAYS_TIME, YEARS_MONTHS, Number, Type
from interpreter.language.units import ONE
from interpreter.language.values import ONGOING, MonthSpan
from interpreter.problems import Text


def _on(day: date | DateTime, time: Time) -> DateTime | Fault:
    day = day_of(day)
    return FAULT if day == ONGOING else DateTime(day, time.nanos, time.zone)


def day_of(of: date | DateTime) -> date:
    """The day, without its time."""
    return of.day if isinstance(of, DateTime) else of


def _months_later(at: DateTime, months: int) -> DateTime | Fault:
    day = add_months(at.day, months)
    return FAULT if isinstance(day, Fault) else DateTime(day, at.nanos, at.zone)


def _later(at: DateTime, span: int) -> DateTime | Fault:
    found = at.later(span)
    return FAULT if found is None else found


def _between(a: date | DateTime, b: date | DateTime) -> DaySpan | Fault:
    if ONGOING in (a, b):
        return FAULT
    first, second = _moment(a), _moment(b)
    return nanos(first.instant - second.instant) if comparable(first, second) else FAULT


def _moment(of: date | DateTime) -> DateTime:
    return of if isinstance(of, DateTime) else DateTime(of, 0, 0)


def _years_and_months(start: date | DateTime, end: date | DateTime) -> MonthSpan | Fault:
    return years_and_months(day_of(start), day_of(end))


def _read(text: str) -> DateTime | Fault:
    found = read_date_time(text)
    return found if isinstance(found, DateTime) else FAULT


def _read_day(text: str) -> date | Fault:
    found = read(text, feel=True)
    return found if isinstance(found, date) else FAULT


def _part(name: str, most: int, doc: Text) -> Function:
    of: Type = spanning(Number(0, ONE), between(1, most))
    return Function(
        f"{name}.date-time", f".{name}", ("date-time",), of, lambda at: getattr(at.day, name), doc,
        f'@"2021-03-05T17:00:00".{name}', batch=False,
    )


_WRITTEN = {"date": '@"2021-03-05"', "date-time": '@"2021-04-06T17:00:00"'}


def _with_a_time() -> Iterator[Function]:
    """FEEL's years and months between two of which one is no mere date."""
    for pair in product(_WRITTEN, repeat=2):
        if pair != ("date", "date"):
            yield Function(
                f"years and months duration.{'.'.join(pair)}", "years and months duration", pair, YEARS_MONTHS,
                _years_and_months, Text("两日之间满若干年月，不计时刻", "the full years and months between the days"),
                f"years and months duration({', '.join(_WRITTEN[kind] for kind in pair)})", partial=True, batch=False,
                names=("from", "to"),
            )


_MONTHS_LATER = Text("若干月以后的同日同时；没有同日的，为月末", "the same day and time months later, or the last day")
_SO_MUCH_LATER = Text("若干时间以后", "so much later")
_BETWEEN = Text("相隔的时间；日期从协调世界时零时起", "the time between; a day begins at midnight in UTC")

FUNCTIONS: tuple[Function, ...] = (
    *clock_rows("date-time", '@"2021-03-05T17:00:00"'),
    _part("year", 9999, Text("年", "the year")),
    _part("month", 12, Text("月", "the month")),
    _part("day", 31, Text("日", "the day")),
    Function("date.date-time", "date", ("date-time",), DATE, day_of,
             Text("日期和时刻中的日期", "the day of a date and time"), 'date(@"2021-03-05T17:00:00")', batch=False,
             names=("from",)),
    Function("date and time", "date and time", ("date", "time"), DATE_TIME, _on,
             Text("某日的某时刻", "a time of day on a day"), 'date and time(@"2021-03-05", @"17:00:00")', partial=True,
             batch=False, names=("date", "time")),
    Function("date and time.date-time", "date and time", ("date-time", "time"), DATE_TIME, _on,
             Text("同日的另一时刻", "another time on the same day"),
             'date and time(@"2021-03-05T17:00:00", @"09:30:00")', partial=True, batch=False, names=("date", "time")),
    Function("add.date-time.months", "+", ("date-time", "years-months"), DATE_TIME,
             lambda at, m: _months_later(at, m.months), _MONTHS_LATER, '@"2021-01-31T17:00:00" + @"P1M"',
             partial=True, batch=False),
    Function("add.months.date-time", "+", ("years-months", "date-time"), DATE_TIME,
             lambda m, at: _months_later(at, m.months), _MONTHS_LATER, '@"P1M" + @"2021-01-31T17:00:00"',
             partial=True, batch=False),
    Function("subtract.date-time.months", "-", ("date-time", "years-months"), DATE_TIME,
             lambda at, m: _months_later(at, -m.months),
             Text("若干月以前的同日同时；没有同日的，为月末", "the same day and time months earlier, or the last day"),
             '@"2021-03-31T17:00:00" - @"P1M"', partial=True, batch=False),
    Function("add.date-time", "+", ("date-time", "days-time"), DATE_TIME, lambda at, s: _later(at, s.nanos),
             _SO_MUCH_LATER, '@"2021-03-05T17:00:00" + @"PT8H"', partial=True, batch=False),
    Function("add.days.date-time", "+", ("days-time", "date-time"), DATE_TIME, lambda s, at: _later(at, s.nanos),
             _SO_MUCH_LATER, '@"PT8H" + @"2021-03-05T17:00:00"', partial=True, batch=False),
    Function("subtract.date-time.days", "-", ("date-time", "days-time"), DATE_TIME,
             lambda at, s: _later(at, -s.nanos), Text("若干时间以前", "so much earlier"),
             '@"2021-03-05T17:00:00" - @"PT8H"', partial=True, batch=False),
    Function("subtract.date-time", "-", ("date-time", "date-time"), DAYS_TIME, _between,
             Text("相隔的时间", "the time between"), '@"2021-03-05T17:00:00" - @"2021-03-01T09:30:00"', partial=True,
             batch=False),
    *_with_a_time(),
    Function("subtract.date-time.date", "-", ("date-time", "date"), DAYS_TIME, _between, _BETWEEN,
             '@"2021-03-05T17:00:00Z" - @"2021-03-01"', partial=True, feel=True),
    Function("subtract.date.date-time", "-", ("date", "date-time"), DAYS_TIME, _between, _BETWEEN,
             '@"2021-03-05" - @"2021-03-01T17:00:00Z"', partial=True, feel=True),
    Function("date and time.text", "date and time", ("text",), DATE_TIME, _read,
             Text("文字写出的日期和时刻", "the date and time that a text writes"),
             'date and time(string("2021-03-05T17:00:00"))', partial=True, feel=True, names=("from",)),
    Function("date.text", "date", ("text",), DATE, _read_day,
             Text("文字写出的日期", "the date that a text writes"), 'date(string("2021-03-05"))', partial=True,
             feel=True, names=("from",)),
)
