"""Time zones by name, from the rules installed with us and never from those of the machine.

A local time that comes twice, when clocks go back, is the first of the two; one that is left out, when they go forward,
is read with the offset before the change.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

# what reads the rules is only imported where a zone is named
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@cache
def zone_names() -> frozenset[str]:
    """Every name a zone has, `Asia/Shanghai`."""
    from importlib.resources import files

    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@cache
def _zone(name: str) -> ZoneInfo:
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)


def offset(name: str, day: date, second: int) -> int:
    """How many seconds a zone's clocks are ahead of UTC at a local second of a day."""
    local = datetime(day.year, day.month, day.day, second // 3600, second // 60 % 60, second % 60, tzinfo=_zone(name))
    ahead = local.utcoffset()
    assert ahead is not None
    return ahead.days * 86_400 + ahead.seconds


def local(name: str, day: date, second: int) -> tuple[date, int] | None:
    """The local day and second of a zone at a second of a day of UTC; None beyond the days there are."""
    zone = _zone(name)
    try:
        found = zone.fromutc(datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=second))
    except OverflowError:
        return None
    return found.date(), found.hour * 3600 + found.minute * 60 + found.second
