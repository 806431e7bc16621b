"""Days and months. Adding months stops at the month's end; nothing here reads a clock."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from interpreter.language.functions.row import FAULT, Fault, Function
from interpreter.language.iso import written
from interpreter.language.temporal import DAY, DaySpan
from interpreter.language.types import DATE, DAYS_TIME, MONTH, TEXT, YEARS_MONTHS, List, Number
from interpreter.language.units import ONE, Unit
from interpreter.language.values import ONGOING, Month, MonthSpan, Range
from interpreter.problems import Text

LONGEST_PERIOD = 1200
"""Months a period may span before it is taken for a mistake (a hundred years). What has not ended has no length at
all: the day that has not come is a fault wherever a length is asked for."""

PLAIN = Number(0, ONE)


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date | Fault:
    """The same day `months` later, or the last of that month where it has no such day (SEMANTICS 6.1)."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return FAULT
    of_month = day.day
    return date(year, month + 1, of_month if of_month <= 28 else min(of_month, monthrange(year, month + 1)[1]))


def months_between(a: date, b: date) -> int | Fault:
    """The largest n with a + n months <= b; mirrored where b is earlier (SEMANTICS 6.2)."""
    if ONGOING in (a, b):
        return FAULT
    return _months_between(a, b) if a <= b else -_months_between(b, a)


def _months_between(a: date, b: date) -> int:
    n = Month.containing(b) - Month.containing(a)
    last = b.day == monthrange(b.year, b.month)[1]
    return n - (b.day < a.day and not last)


def years_and_months(start: date, end: date) -> MonthSpan | Fault:
    """FEEL's duration: a month is full on the same day of the next, or on none (31 January to 28 February is none)."""
    if ONGOING in (start, end):
        return FAULT
    n = Month.containing(end) - Month.containing(start)
    short = (n > 0 and end.day < start.day) - (n < 0 and end.day > start.day)
    return MonthSpan(n - short)


def age(born: date, day: date, leap_day: str) -> int | Fault:
    """Full years of age on a day; who was born on 29 February has a birthday on `leap_day` in other years."""
    if day < born or day == ONGOING:
        return FAULT
    month, of_month = born.month, born.day
    if (month, of_month) == (2, 29) and monthrange(day.year, 2)[1] == 28:
        month, of_month = (int(part) for part in leap_day.split("-"))
    return day.year - born.year - ((day.month, day.day) < (month, of_month))


def birth_date(identity: str) -> date | Fault:
    """The birth date inside an 18-digit resident identity number (GB 11643-1999, digits 7 to 14)."""
    digits = identity[6:14]
    if len(identity) != 18 or not (digits.isascii() and digits.isdigit()):
        return FAULT
    return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _day(year: int, month: int, day: int) -> date | Fault:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return FAULT


def _later(day: date, nanos: int) -> date | Fault:
    # a date stands for its midnight, so part of a day back is the day before
    ordinal = day.toordinal() + nanos // DAY
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else FAULT


def _month(value: int) -> Month | Fault:
    return Month(value) if 12 <= value < 120000 else FAULT


def period_days(period: Range) -> tuple[date, date]:
    """The first and the last day of a period, the last before the first where it has none."""
    low, high = period.low, period.high
    if (not period.low_included and low == date.max) or (not period.high_included and high == date.min):
        return date.max, date.min
    return low if period.low_included else low + timedelta(1), high if period.high_included else high - timedelta(1)


def period_months(period: Range) -> tuple[Month, ...] | Fault:
    """The months a period of days touches; none where it ends before it begins."""
    first_day, end = period_days(period)
    first, last = Month.containing(first_day), Month.containing(end)
    if last - first > LONGEST_PERIOD:
        return FAULT
    return tuple(Month(m) for m in range(first, last + 1))


def last_day(month: Month) -> date:
    return date(month.year, month.month, monthrange(month.year, month.month)[1])


def _end_of_month(day: date) -> date:
    return last_day(Month.containing(day))


def _between_days(a: date, b: date) -> DaySpan | Fault:
    return FAULT if ONGOING in (a, b) else DaySpan((a.toordinal() - b.toordinal()) * DAY)


_M, _Y = Number(0, Unit.named("month")), Number(0, Unit.named("year"), low=Decimal(0))

FUNCTIONS: tuple[Function, ...] = (
    Function(
        "add.date.months", "+", ("date", "years-months"), DATE, lambda d, m: add_months(d, m.months),
        Text("若干月以后的同日；没有同日的，为月末", "the same day months later, or the month's last"),
        '@"2020-01-31" + @"P1M"', partial=True,
    ),
    Function(
        "subtract.date.months", "-", ("date", "years-months"), DATE, lambda d, m: add_months(d, -m.months),
        Text("若干月以前的同日", "the same day months earlier"), '@"2020-03-31" - @"P1M"', partial=True,
    ),
    Function(
        "add.months.date", "+", ("years-months", "date"), DATE, lambda m, d: add_months(d, m.months),
        Text("若干月以后的同日；没有同日的，为月末", "the same day months later, or the month's last"),
        '@"P1M" + @"2020-01-31"', partial=True,
    ),
    Function(
        "add.date.days", "+", ("date", "days-time"), DATE, lambda d, t: _later(d, t.nanos),
        Text("若干日以后", "days later"), '@"2021-02-27" + @"P2D"', partial=True,
    ),
    Function(
        "add.days.date", "+", ("days-time", "date"), DATE, lambda t, d: _later(d, t.nanos),
        Text("若干日以后", "days later"), '@"P2D" + @"2021-02-27"', partial=True,
    ),
    Function(
        "subtract.date.days", "-", ("date", "days-time"), DATE, lambda d, t: _later(d, -t.nanos),
        Text("若干日以前", "days earlier"), '@"2021-03-01" - @"P1D"', partial=True,
    ),
    Function(
        "subtract.date", "-", ("date", "date"), DAYS_TIME, _between_days,
        Text("相隔的日数", "the days between"), '@"2021-03-01" - @"2021-02-01"', partial=True,
    ),
    Function(
        "add.month", "+", ("month", "years-months"), MONTH, lambda m, s: _month(m + s.months),
        Text("若干月以后", "months later"), '@"2021-11" + @"P2M"', partial=True,
    ),
    Function(
        "subtract.month.months", "-", ("month", "years-months"), MONTH, lambda m, s: _month(m - s.months),
        Text("若干月以前", "months earlier"), '@"2021-01" - @"P1M"', partial=True,
    ),
    Function(
        "subtract.month", "-", ("month", "month"), YEARS_MONTHS, lambda a, b: MonthSpan(int(a) - int(b)),
        Text("相隔的月数", "the months between"), '@"2021-03" - @"2020-12"',
    ),
    Function(
        "date", "date", ("integer", "integer", "integer"), DATE, _day,
        Text("由年、月、日组成的日期", "the date of a year, month and day"), "date(2021, 12, 31)", partial=True,
        names=("year", "month", "day"),
    ),
    Function("string.date", "string", ("date",), TEXT, written, Text("写成文字", "as text"), 'string(@"2021-03-05")',
             names=("from",)),
    Function("string.month", "string", ("month",), TEXT, written, Text("写成文字", "as text"), 'string(@"2021-03")',
             names=("from",)),
    Function(
        "month", "month", ("date",), MONTH, Month.containing, Text("日期所在的月份", "the month of a date"),
        'month(@"2021-03-05")',
    ),
    Function("year.date", ".year", ("date",), PLAIN, lambda d: d.year, Text("年", "the year"), '@"2021-03-05".year'),
    Function("month.date", ".month", ("date",), PLAIN, lambda d: d.month, Text("月", "the month"),
             '@"2021-03-05".month'),
    Function("day.date", ".day", ("date",), PLAIN, lambda d: d.day, Text("日", "the day"), '@"2021-03-05".day'),
    Function("year.month", ".year", ("month",), PLAIN, lambda m: m.year, Text("年", "the year"), '@"2021-03".year'),
    Function("month.month", ".month", ("month",), PLAIN, lambda m: m.month, Text("月", "the month"),
             '@"2021-03".month'),
    Function(
        "first day", "first day", ("month",), DATE, lambda m: date(m.year, m.month, 1),
        Text("月份的第一日", "the month's first day"), 'first day(@"2021-02")',
    ),
    Function(
        "last day", "last day", ("month",), DATE, last_day, Text("月份的最后一日", "the month's last day"),
        'last day(@"2024-02")',
    ),
    Function(
        "end of month", "end of month", ("date",), DATE, _end_of_month,
        Text("日期所在月份的最后一日", "the last day of the date's month"), 'end of month(@"2021-02-03")',
    ),
    Function(
        "months between", "months between", ("date", "date"), _M, months_between,
        Text("满若干月：起日加若干月不晚于止日", "the full months from one day to another"),
        'months between(@"2020-01-31", @"2020-02-29")', partial=True,
    ),
    Function(
        "years and months duration", "years and months duration", ("date", "date"), YEARS_MONTHS, years_and_months,
        Text("满若干年月：月数按日的大小计，不看月末", "the full years and months, by the number of the day alone"),
        'years and months duration(@"2011-12-22", @"2013-08-24")', partial=True, names=("from", "to"),
    ),
    Function(
        "age", "age", ("date", "date"), _Y, age,
        Text("某日的周岁；出生日在后的，为差错", "full years of age on a day"),
        'age(@"2004-02-29", @"2022-02-28")', partial=True,
    ),
    Function(
        "birth date", "birth date", ("text",), DATE, birth_date,
        Text("身份证件号码中的出生日期", "the birth date in a resident identity number"),
        'birth date("511133199001019999")', partial=True,
    ),
    Function(
        "months of", "months of", ("range of date",), List(MONTH), period_months,
        Text("一段时间涉及的月份", "the months a period touches"),
        'months of([@"2021-01-31"..@"2021-03-01"])', partial=True,
    ),
)
