"""Days and months as people and spreadsheets write them: 2021.3.5, 2021年3月, 44260, a cell that is a day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from interpreter.cases.scalars import Bad, Good
from interpreter.language.values import Month
from interpreter.problems import Text

_DAY = re.compile(
    r"(\d{4}|\d{2})([-./年])(\d{1,2})[-./月](\d{1,2})[日号]?(?:[ T]?(\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?))?", re.ASCII
)
_COMPACT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4}|\d{2})[-./年](\d{1,2})月?份?", re.ASCII)
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)
_LUNAR = re.compile(r"农历|阴历|旧历|夏历|正月|腊月|冬月|初[一二三四五六七八九十]|廿")
_LATEST_SHORT = 49
"""Years of two digits are of this century up to here; others are anybody's guess."""
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 79_999
_BASES = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}

FORM = Text("日期写法已改为年-月-日", "the day was put as year-month-day")
MONTH_FORM = Text("月份写法已改为年-月", "the month was put as year-month")
SHORT_YEAR = Text("两位数的年份按20xx年读", "a year of two digits was read as 20xx")
NO_TIME = Text("已略去时刻", "the time of day was left out")
OF_DAY = Text("由日期取其年月", "of a day, its month was taken")
_SERIALS = {
    1900: Text("日期序号已换算为日期（1900 年制）", "a day number was turned into a day (1900 system)"),
    1904: Text("日期序号已换算为日期（1904 年制）", "a day number was turned into a day (1904 system)"),
}

_WANT_DAY = Text("年-月-日，例如 2021-03-15", "year-month-day, e.g. 2021-03-15")
_WANT_MONTH = Text("年-月，例如 2021-03", "year-month, e.g. 2021-03")


def read_day(cell: object, epoch: int, shown: dict[str, object]) -> Good | Bad:
    """The day of a cell. A month has none and is refused; a day number counts from the workbook's epoch."""
    match cell:
        case datetime():
            late = cell.time() != time()
            return Good(cell.date(), (NO_TIME,) if late else ())
        case date():
            return Good(cell)
        case bool() | time() | timedelta():
            return _no_day(shown)
        case int() | float():
            number = int(cell)
            if number != cell:
                return _no_day(shown, month=bool(_MONTH.fullmatch(format(cell, ".15g"))))
            if _FIRST_SERIAL <= number <= _LAST_SERIAL:
                return _serial(number, epoch)
            return _day(str(number), epoch, shown)
    return _day(_plain(str(cell)), epoch, shown)


def read_month(cell: object, epoch: int, shown: dict[str, object]) -> Good | Bad:
    """The month of a cell, or of the day in it."""
    match cell:
        case date():
            return Good(Month.containing(cell), () if cell.day == 1 else (OF_DAY,))
        case bool() | time() | timedelta():
            return Bad("case.month", shown | {"want": _WANT_MONTH})
        case int() | float():
            number = int(cell)
            if number != cell:
                text = format(cell, ".15g")
                # 2021.1 may have been 2021.10 before it was a number
                ambiguous = len(text.partition(".")[2]) == 1 and text.endswith(".1")
                return Bad("sheet.month-tenth", shown) if ambiguous else _month(text, epoch, shown)
            if _FIRST_SERIAL <= number <= _LAST_SERIAL:
                return _month_of(_serial(number, epoch))
            return _month(str(number), epoch, shown)
    return _month(_plain(str(cell)), epoch, shown)


def month_written(text: str) -> Month | None:
    """The month a head writes (2021-03, 2021年3月, 202103), with four digits for the year; None where it is none."""
    plain = _plain(text)
    found = _MONTH.fullmatch(plain) or _COMPACT_MONTH.fullmatch(plain)
    if found is None or len(found[1]) != 4:
        return None
    return _valid_month(int(found[1]), int(found[2]))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split(" ")).strip() if not _has_time(text) else " ".join(
        unicodedata.normalize("NFKC", text).split()
    )


def _has_time(text: str) -> bool:
    return ":" in text or "：" in text


def _day(text: str, epoch: int, shown: dict[str, object]) -> Good | Bad:
    if _LUNAR.search(text):
        return Bad("sheet.lunar", shown)
    if _SERIAL.fullmatch(text):
        return _serial(int(text), epoch)
    found = _DAY.fullmatch(text)
    compact = _COMPACT_DAY.fullmatch(text)
    if compact is not None:
        year, month, day, clock = compact[1], compact[2], compact[3], None
    elif found is not None:
        year, month, day, clock = found[1], found[3], found[4], found[5]
    else:
        month_only = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
        return _no_day(shown, month=bool(month_only))
    written = _year(year)
    if written is None:
        return Bad("sheet.short-year", shown)
    try:
        value = date(written, int(month), int(day))
    except ValueError:
        return _no_day(shown)
    notes = [FORM] if text != value.isoformat() and clock is None else []
    if len(year) == 2:
        notes.append(SHORT_YEAR)
    if clock is not None:
        notes.append(NO_TIME)
    return Good(value, tuple(notes))


def _month(text: str, epoch: int, shown: dict[str, object]) -> Good | Bad:
    if _LUNAR.search(text):
        return Bad("sheet.lunar", shown)
    if _SERIAL.fullmatch(text):
        return _month_of(_serial(int(text), epoch))
    found = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    if found is None:
        return _month_of(_day(text, epoch, shown), Bad("case.month", shown | {"want": _WANT_MONTH}))
    year = _year(found[1])
    if year is None:
        return Bad("sheet.short-year", shown)
    value = _valid_month(year, int(found[2]))
    if value is None:
        return Bad("case.month", shown | {"want": _WANT_MONTH})
    notes = [MONTH_FORM] if text != str(value) else []
    return Good(value, (*notes, SHORT_YEAR) if len(found[1]) == 2 else tuple(notes))


def _month_of(day: Good | Bad, otherwise: Bad | None = None) -> Good | Bad:
    if isinstance(day, Bad) or not isinstance(day.value, date):
        return otherwise or (day if isinstance(day, Bad) else Bad("case.month", {"want": _WANT_MONTH}))
    return Good(Month.containing(day.value), (*day.notes, OF_DAY))


def _valid_month(year: int, month: int) -> Month | None:
    return Month.of(year, month) if 1 <= month <= 12 and year >= 1 else None


def _year(digits: str) -> int | None:
    if len(digits) == 4:
        return int(digits) or None
    return 20 * 100 + int(digits) if int(digits) <= _LATEST_SHORT else None


def _serial(number: int, epoch: int) -> Good:
    return Good(_BASES[epoch] + timedelta(days=number), (_SERIALS[epoch],))


def _no_day(shown: dict[str, object], *, month: bool = False) -> Bad:
    return Bad("case.date-month" if month else "case.date", shown | {"want": _WANT_DAY})
