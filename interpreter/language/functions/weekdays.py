"""Where a day stands in its week, month and year; the names are English, as FEEL has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from interpreter.language.functions.row import Function
from interpreter.language.magnitude import between, spanning
from interpreter.language.temporal import DateTime
from interpreter.language.types import TEXT, Number, Type
from interpreter.language.units import ONE
from interpreter.problems import Text

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def _of_day(day: Callable[[date], Any]) -> Callable[[date | DateTime], Any]:
    return lambda value: day(value.day if isinstance(value, DateTime) else value)


def _both(name: str, of: Type, day: Callable[[date], Any], doc: Text, *, batch: bool = True) -> Iterator[Function]:
    """The function of a date, and of a date and time."""
    asked = name.startswith(".")
    for kind, written in (("date", '@"2021-03-05"'), ("date-time", '@"2021-03-05T17:00:00"')):
        yield Function(
            f"{name.removeprefix('.')}.{kind}", name, (kind,), of, _of_day(day), doc,
            f"{written}{name}" if asked else f"{name}({written})", batch=batch and kind == "date",
            names=() if asked else ("date",),
        )


def _within(most: int) -> Type:
    return spanning(Number(0, ONE), between(1, most))


FUNCTIONS: tuple[Function, ...] = (
    *_both(".weekday", _within(7), date.isoweekday, Text("星期几，星期一为 1", "the day of the week, Monday is 1")),
    *_both("day of week", TEXT, lambda day: WEEKDAYS[day.weekday()],
           Text("星期几的英文名称", "the English name of the day of the week")),
    *_both("month of year", TEXT, lambda day: MONTHS[day.month - 1],
           Text("月份的英文名称", "the English name of the month")),
    *_both("day of year", _within(366), lambda day: day.timetuple().tm_yday,
           Text("一年中的第几天", "the number of the day in its year")),
    *_both("week of year", _within(53), lambda day: day.isocalendar().week,
           Text("一年中的第几周，按 ISO 8601", "the number of the week by ISO 8601"), batch=False),
)
