"""Days, months, times and durations as ISO 8601 writes them: read from text, and written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from interpreter.language.temporal import DAY, SECOND, DateTime, DaySpan, Time, Zone
from interpreter.language.types import DATE, DATE_TIME, DAYS_TIME, MONTH, TIME, YEARS_MONTHS, Type
from interpreter.language.values import Month, MonthSpan
from interpreter.language.zones import zone_names

Temporal = date | Month | Time | DateTime | MonthSpan | DaySpan

TYPES: dict[type[Temporal], Type] = {
    date: DATE, Month: MONTH, Time: TIME, DateTime: DATE_TIME, MonthSpan: YEARS_MONTHS, DaySpan: DAYS_TIME,
}

LONGEST_MONTHS = 12 * 10**9
LONGEST_NANOS = DAY * 10**9
"""A duration is shorter than so much, either way: a thousand million years, or days."""

_FARTHEST = 18 * 3600
"""Seconds that an offset may be ahead of UTC or behind it."""

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][A-Za-z0-9_+/-]*)?", re.ASCII
)
_LIKE_TIME = re.compile(r"\d{1,2}:\d", re.ASCII)
_YEARS_MONTHS = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_DAYS_TIME = re.compile(
    r"(-?)P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?", re.ASCII
)
_MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Miswritten:
    """Why a text is nothing of the kind: the code of a problem."""

    code: str


def read(text: str, *, feel: bool = False) -> Temporal | Miswritten:
    """What a text writes, whose form tells its type: `2021-03-01`, `2021-03`, `17:00:00`, `2021-03-01T17:00:00`,
    `P1Y2M`, `P1DT2H`.

    T24:00:00 is the midnight that ends a day. Times are local ones, of the one place a policy is made for; `feel`: as
    the whole of FEEL has them, with an offset (`+08:00`, `Z`) or zone (`@Asia/Shanghai`), and 24:00:00 is 00:00:00.
    """
    found = _read(text)
    if not feel and isinstance(found, Time | DateTime):
        if found.zone is not None:
            return Miswritten("literal.local")
        if isinstance(found, Time) and text[:2] == "24":
            return Miswritten("literal.time")
    return found


def _read(text: str) -> Temporal | Miswritten:
    if text[:1] == "P" or text[:2] == "-P":
        return _span(text)
    if _DATE.match(text):
        day = _day(text[:10])
        if len(text) == 10 or isinstance(day, Miswritten):
            return day
        time = _clock(text[11:]) if text[10] == "T" else Miswritten("literal.at")
        return time if isinstance(time, Miswritten) else _on(day, *time)
    if found := _MONTH.fullmatch(text):
        year, month = (int(part) for part in found.groups())
        return Month.of(year, month) if 1 <= month <= 12 and year >= 1 else Miswritten("literal.month")
    if _LIKE_TIME.match(text):
        time = _clock(text)
        return time if isinstance(time, Miswritten) else Time(time[0] % DAY, time[1])
    return Miswritten("literal.at")


def read_date_time(text: str) -> Temporal | Miswritten:
    """The same of the whole of FEEL, whose `date and time` takes a day alone for its midnight."""
    found = read(text, feel=True)
    return DateTime(found, 0) if isinstance(found, date) else found


def _day(text: str) -> date | Miswritten:
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    except ValueError:
        return Miswritten("literal.date")


def _on(day: date, nanos: int, zone: Zone) -> DateTime | Miswritten:
    if nanos < DAY:
        return DateTime(day, nanos, zone)
    return Miswritten("literal.date") if day == date.max else DateTime(date.fromordinal(day.toordinal() + 1), 0, zone)


def _clock(text: str) -> tuple[int, Zone] | Miswritten:
    """Nanoseconds since midnight, a whole day for 24:00:00, and the zone."""
    found = _TIME.fullmatch(text)
    if found is None:
        return Miswritten("literal.time")
    hour, minute, second = (int(part) for part in found.groups()[:3])
    nanos = ((hour * 60 + minute) * 60 + second) * SECOND + _fraction(found[4])
    if minute > 59 or second > 59 or nanos > DAY:
        return Miswritten("literal.time")
    zone = _zone(found[5])
    return zone if isinstance(zone, Miswritten) else (nanos, zone)


def _zone(text: str | None) -> Zone | Miswritten:
    if text is None or text == "Z":
        return None if text is None else 0
    if text[0] == "@":
        return text[1:] if text[1:] in zone_names() else Miswritten("literal.zone")
    hours, minutes, seconds = (int(part) for part in (text[1:] + ":00").split(":")[:3])
    ahead = (hours * 60 + minutes) * 60 + seconds
    if minutes > 59 or seconds > 59 or not is_offset(ahead):
        return Miswritten("literal.zone")
    return -ahead if text[0] == "-" else ahead


def is_offset(seconds: int) -> bool:
    """Whether a clock may be so many seconds ahead of UTC."""
    return abs(seconds) <= _FARTHEST


def _fraction(digits: str | None) -> int:
    return int((digits or "0").ljust(9, "0"))


def _span(text: str) -> MonthSpan | DaySpan | Miswritten:
    # looked at as text first: a number of a million digits is not worked out to be found too long
    if any(len(digits) > _MOST_DIGITS for digits in re.findall(r"\d+", text, re.ASCII)):
        return Miswritten("literal.long")
    span: MonthSpan | DaySpan | None
    if text[-1] == "P":
        return Miswritten("literal.at")
    if found := _YEARS_MONTHS.fullmatch(text):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        span = months_long(-months if found[1] else months)
    elif found := _DAYS_TIME.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:5])
        nanos = days * DAY + ((hours * 60 + minutes) * 60 + seconds) * SECOND + _fraction(found[6])
        span = nanos_long(-nanos if found[1] else nanos)
    else:
        return Miswritten("literal.at")
    return Miswritten("literal.long") if span is None else span


def months_long(months: int) -> MonthSpan | None:
    """The duration of so many months; None where it is too long."""
    return MonthSpan(months) if abs(months) < LONGEST_MONTHS else None


def nanos_long(nanos: int) -> DaySpan | None:
    """The duration of so many nanoseconds; None where it is too long."""
    return DaySpan(nanos) if abs(nanos) < LONGEST_NANOS else None


def written(value: Temporal) -> str:
    """The text that `read` reads as this value, the shortest of its kind: `P1Y`, not `P12M`."""
    match value:
        case Time(nanos=nanos, zone=zone):
            return _clock_text(nanos, zone)
        case DateTime(day=day, nanos=nanos, zone=zone):
            return f"{day.isoformat()}T{_clock_text(nanos, zone)}"
        case MonthSpan(months=months):
            years, rest = divmod(abs(months), 12)
            parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest or not years else "")
            return ("-P" if months < 0 else "P") + parts
        case DaySpan(nanos=nanos):
            return _span_text(nanos)
        case Month():
            return str(value)
    return value.isoformat()


def _clock_text(nanos: int, zone: Zone) -> str:
    return clock_text(nanos) + zone_text(zone)


def clock_text(nanos: int) -> str:
    """The time of day so many nanoseconds after midnight, `17:00:00`."""
    seconds = nanos // SECOND
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{_fraction_text(nanos)}"


def zone_text(zone: Zone) -> str:
    """What stands after a time for its zone: `Z`, `+08:00`, `@Asia/Shanghai`; nothing for local time."""
    match zone:
        case None:
            return ""
        case 0:
            return "Z"
        case int():
            ahead = abs(zone)
            seconds = f":{ahead % 60:02d}" if ahead % 60 else ""
            return f"{'-' if zone < 0 else '+'}{ahead // 3600:02d}:{ahead // 60 % 60:02d}{seconds}"
    return f"@{zone}"


def _fraction_text(nanos: int) -> str:
    return f".{nanos % SECOND:09d}".rstrip("0").rstrip(".")


def _span_text(nanos: int) -> str:
    size = abs(nanos)
    days, seconds = divmod(size // SECOND, 86_400)
    fraction = _fraction_text(size)
    clock = "".join((
        f"{seconds // 3600}H" if seconds >= 3600 else "",
        f"{seconds // 60 % 60}M" if seconds // 60 % 60 else "",
        f"{seconds % 60}{fraction}S" if seconds % 60 or fraction or not size else "",
    ))
    return ("-P" if nanos < 0 else "P") + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
