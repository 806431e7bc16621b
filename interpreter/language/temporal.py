"""A time of day, a day with its time, and the length between two of them: exact to the nanosecond."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from interpreter.language import zones

SECOND = 1_000_000_000
DAY = 86_400 * SECOND

Zone = int | str | None
"""Seconds ahead of UTC, or a zone by name; None: local time, wherever that may be."""

_ANY_DAY = date(2001, 1, 1)
"""The day whose offset a time of day has in a zone: no day of its own says which."""


def seconds_of(nanos: int) -> Decimal:
    """The seconds beyond full minutes, with their fraction to nine places."""
    return Decimal(nanos % (60 * SECOND)).scaleb(-9)


@dataclass(frozen=True, slots=True, order=True)
class DaySpan:
    """A days-time duration, in nanoseconds."""

    nanos: int


class Clock:
    """What shows a time of day. Those with an offset or zone are ordered by the instant, local ones as they read; a
    local one stands before all others, so that there always is an order."""

    __slots__ = ()

    nanos: int
    zone: Zone

    @property
    def hour(self) -> int:
        return self.nanos // (3600 * SECOND)

    @property
    def minute(self) -> int:
        return self.nanos // (60 * SECOND) % 60

    @property
    def second(self) -> Decimal:
        """The second with its fraction, to nine places."""
        return seconds_of(self.nanos)

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC; None for a local time."""
        return zones.offset(self.zone, self._day, self.nanos // SECOND) if isinstance(self.zone, str) else self.zone

    @property
    def _day(self) -> date:
        return _ANY_DAY

    @property
    def instant(self) -> int:
        """Nanoseconds, in UTC where the offset is known, from one beginning."""
        return self._day.toordinal() * DAY + self.nanos - (self.offset or 0) * SECOND

    @property
    def _order(self) -> tuple[bool, int]:
        return self.zone is not None, self.instant

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Clock) and self._order == other._order

    def __hash__(self) -> int:
        return hash(self._order)

    def __lt__(self, other: Clock) -> bool:
        return self._order < other._order

    def __le__(self, other: Clock) -> bool:
        return self._order <= other._order


@dataclass(frozen=True, slots=True, eq=False)
class Time(Clock):
    """A time of day, in nanoseconds since midnight."""

    nanos: int
    zone: Zone = None

    def later(self, nanos: int) -> Time:
        """So much later, round the clock."""
        return Time((self.nanos + nanos) % DAY, self.zone)


@dataclass(frozen=True, slots=True, eq=False)
class DateTime(Clock):
    """A day and the nanoseconds since its midnight."""

    day: date
    nanos: int
    zone: Zone = None

    @property
    def _day(self) -> date:
        return self.day

    def later(self, nanos: int) -> DateTime | None:
        """So much later; in a zone that is what really passes, summer time or not. None beyond the days there are."""
        if not isinstance(self.zone, str):
            ordinal, rest = divmod(self.day.toordinal() * DAY + self.nanos + nanos, DAY)
            return DateTime(date.fromordinal(ordinal), rest, self.zone) if 1 <= ordinal <= _LAST else None
        ordinal, rest = divmod(self.instant + nanos, DAY)
        if not 1 <= ordinal <= _LAST:
            return None
        found = zones.local(self.zone, date.fromordinal(ordinal), rest // SECOND)
        return None if found is None else DateTime(found[0], found[1] * SECOND + rest % SECOND, self.zone)


_LAST = date.max.toordinal()


def to_the_second(of: Time | DateTime) -> Time | DateTime:
    """The same without the fraction of its second."""
    return replace(of, nanos=of.nanos - of.nanos % SECOND)


def comparable(a: Clock, b: Clock) -> bool:
    """Whether it can be said which is earlier: both are local, or neither is."""
    return (a.zone is None) == (b.zone is None)
