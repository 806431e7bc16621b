"""Times of day and days with their times: read, written, compared, moved; local in policies, zoned in FEEL."""

from __future__ import annotations

import subprocess
import sys
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language import zones
from interpreter.language.functions import FAULT
from interpreter.language.functions.moments import FUNCTIONS as MOMENTS
from interpreter.language.iso import LONGEST_NANOS, Miswritten, read, written
from interpreter.language.literals import Unread, read_literal
from interpreter.language.temporal import DAY, SECOND, DateTime, DaySpan, Time, Zone, comparable
from interpreter.language.types import DATE_TIME, TIME, Type
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month, MonthSpan
from tests.language.small import Small, known

FEEL = Small(feel=True)
ZONES = ("Asia/Shanghai", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Etc/UTC", "Pacific/Apia")
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
NANOS = st.integers(0, DAY - 1)
OFFSETS = st.integers(-18 * 3600, 18 * 3600)
ANY_ZONE: st.SearchStrategy[Zone] = st.none() | OFFSETS | st.sampled_from(ZONES)
TIMES = st.builds(Time, NANOS, ANY_ZONE)
MOMENTS_OF = st.builds(DateTime, DAYS, NANOS, ANY_ZONE)
SPANS = st.integers(-10**5 * DAY, 10**5 * DAY)


def feel(text: str) -> Value:
    found = FEEL.run(FEEL.expression(text).core)
    return None if isinstance(found, Unknown) else found


# ---- reading and writing


@given(
    DAYS | DAYS.map(Month.containing) | TIMES | MOMENTS_OF
    | st.integers(1 - LONGEST_NANOS, LONGEST_NANOS - 1).map(DaySpan) | st.integers(-10**10, 10**10).map(MonthSpan)
)
def test_what_is_written_reads_as_the_same(value: date | Month | Time | DateTime | MonthSpan | DaySpan) -> None:
    found = read(written(value), feel=True)
    assert (type(found), found) == (type(value), value)
    assert not isinstance(found, Miswritten)
    assert written(found) == written(value)


@pytest.mark.parametrize(("text", "same"), [
    ("17:00:00.50", "17:00:00.5"), ("17:00:00+00:00", "17:00:00Z"), ("17:00:00-00:00", "17:00:00Z"),
    ("17:00:00+08:00:00", "17:00:00+08:00"), ("17:00:00-02:45:55", "17:00:00-02:45:55"), ("24:00:00", "00:00:00"),
    ("2021-12-31T24:00:00", "2022-01-01T00:00:00"), ("2021-02-28T24:00:00.000", "2021-03-01T00:00:00"),
    ("00:00:00.000000001@Europe/Paris", "00:00:00.000000001@Europe/Paris"),
])
def test_one_time_has_one_writing(text: str, same: str) -> None:
    found = read(text, feel=True)
    assert not isinstance(found, Miswritten)
    assert written(found) == same


@pytest.mark.parametrize("text", [
    "", "7:00:00", "07:00", "23:59:60", "24:00:01", "25:00:00", "00:60:00", "17:00:00.", "17:00:00.1234567890",
    "17:00:00z", "17:00:00+8:00", "17:00:00+08", "17:00:00+18:01", "17:00:00+08:60", "17:00:00+02:00@Europe/Paris",
    "17:00:00@europe/paris", "17:00:00@Europe", "17:00:00@../zones", "17:00:00@", "1７:00:00", "2021-02-29T10:00:00",
    "2021-01-01T", "2021-01-01 10:00:00", "2021-01-01T10:00", "02021-01-01T10:00:00", "9999-12-31T24:00:00",
    "+2021-01-01T10:00:00", "2021-01-01T24:01:00", "17:00:00 ", "0000-01-01T10:00:00",
])
def test_what_is_no_time(text: str) -> None:
    assert isinstance(read(text, feel=True), Miswritten)


@given(st.text(max_size=30) | st.from_regex(r"-?P?[0-9TDHMSYZ:.@+/-]{0,25}", fullmatch=True))
def test_any_text_is_a_value_or_none(text: str) -> None:
    found = read(text, feel=True)
    if not isinstance(found, Miswritten):
        assert read(written(found), feel=True) == found


@pytest.mark.parametrize(("text", "of", "found"), [
    ("17:00:00", TIME, Time(17 * 3600 * SECOND)),
    (" 2021-03-01T00:00:01 ", DATE_TIME, DateTime(date(2021, 3, 1), SECOND)),
    ("17:00", TIME, Unread("value.time", {"found": "17:00", "guess": "17:00:00"})),
    ("９：30", TIME, Unread("value.time", {"found": "９：30", "guess": "09:30:00"})),
    ("25:00", TIME, Unread("value.time", {"found": "25:00"})),
    ("2021-03-01 17:00", TIME, Unread("value.time", {"found": "2021-03-01 17:00"})),
    (
        "2021-03-01 17:00", DATE_TIME,
        Unread("value.date-time", {"found": "2021-03-01 17:00", "guess": "2021-03-01T17:00:00"}),
    ),
    ("2021-03-01", DATE_TIME, Unread("value.date-time", {"found": "2021-03-01"})),
    ("17:00:00Z", TIME, Unread("value.local", {"found": "17:00:00Z"})),
])
def test_values_of_cases_and_tables(text: str, of: Type, found: object) -> None:
    assert read_literal(text, of, lambda *_: None) == found


# ---- order


@given(TIMES | MOMENTS_OF, TIMES | MOMENTS_OF)
def test_two_are_equal_or_one_is_less(a: Time | DateTime, b: Time | DateTime) -> None:
    if type(a) is type(b):
        assert (a < b) + (a == b) + (b < a) == 1
        assert (a <= b) == (not b < a)
    assert (a == b) <= (hash(a) == hash(b))


@given(MOMENTS_OF, MOMENTS_OF)
def test_zoned_moments_are_in_the_order_of_their_instants(a: DateTime, b: DateTime) -> None:
    if a.zone is not None and b.zone is not None:
        (x, a_rest), (y, b_rest) = instant(a), instant(b)
        assert (a < b) == ((x, a_rest) < (y, b_rest))
    else:
        assert comparable(a, b) == (a.zone is b.zone)


def instant(of: DateTime) -> tuple[datetime, int]:
    """The whole second in UTC as Python has it, and the rest."""
    local = datetime(of.day.year, of.day.month, of.day.day) + timedelta(seconds=of.nanos // SECOND)
    if isinstance(of.zone, str):
        return local.replace(tzinfo=ZoneInfo(of.zone)).astimezone(UTC), of.nanos % SECOND
    assert of.zone is not None
    return (local - timedelta(seconds=of.zone)).replace(tzinfo=UTC), of.nanos % SECOND


@pytest.mark.parametrize(("text", "result"), [
    ('@"10:30:00Z" = @"18:30:00+08:00"', True), ('@"10:30:00@Asia/Shanghai" = @"10:30:00+08:00"', True),
    ('@"10:30:00" = @"10:30:00Z"', False), ('@"10:30:00" < @"10:30:01Z"', None), ('@"10:30:01Z" > @"10:30:00"', None),
    ('@"2021-03-01T10:00:00" <= @"2021-03-01T10:00:00Z"', None),
    ('@"2021-03-01T10:00:00Z" in [@"2021-03-01T17:00:00+08:00"..@"2021-03-01T18:00:00+08:00"]', True),
    ('@"10:30:00.1" = @"10:30:00.9"', True), ('@"10:30:00.1" < @"10:30:00.9"', True),
    ('@"2021-03-01T10:30:00.1" != @"2021-03-01T10:30:00.9"', False),
    ('[@"10:30:00.1"] = [@"10:30:00.9"]', True),
    ('min([@"10:30:00", @"09:30:00Z"])', Time(37_800 * SECOND)),
])
def test_order_in_feel(text: str, result: Value) -> None:
    """Local and zoned times do not compare; = looks no further than the second, as the standard says."""
    assert feel(text) == result


# ---- adding and taking away


@given(MOMENTS_OF, SPANS)
def test_what_is_added_is_what_lies_between(at: DateTime, span: int) -> None:
    later = at.later(span)
    if later is None or not (1900 < later.day.year < 2100) or shifts(at) or shifts(later):
        return
    assert later.instant - at.instant == span
    assert later.later(-span) == at


def shifts(at: DateTime) -> bool:
    """Whether the clocks of its zone are moved within a day of it."""
    if not isinstance(at.zone, str):
        return False
    around = (datetime(at.day.year, at.day.month, at.day.day, tzinfo=ZoneInfo(at.zone)) + timedelta(n) for n in (-1, 2))
    first, last = (local.utcoffset() for local in around)
    return first != last


@pytest.mark.parametrize(("text", "result"), [
    # clocks go forward at 2: an hour later is 3, and half past two is read as before the change
    ('string(@"2021-03-28T01:30:00@Europe/Paris" + @"PT1H")', "2021-03-28T03:30:00@Europe/Paris"),
    ('@"2021-03-28T02:30:00@Europe/Paris" = @"2021-03-28T01:30:00Z"', True),
    # clocks go back at 3: half past two is the first of the two
    ('@"2021-10-31T02:30:00@Europe/Paris" = @"2021-10-31T00:30:00Z"', True),
    ('string(@"2021-10-31T01:30:00@Europe/Paris" + @"PT3H")', "2021-10-31T03:30:00@Europe/Paris"),
    ('@"2021-11-01T00:00:00@Europe/Paris" - @"2021-10-31T00:00:00@Europe/Paris"', DaySpan(25 * 3600 * SECOND)),
    # months keep the clock
    ('string(@"2021-02-28T02:30:00@Europe/Paris" + @"P1M")', "2021-03-28T02:30:00@Europe/Paris"),
    ('@"0001-01-01T00:00:00@Asia/Shanghai" - @"PT1H"', None), ('@"9999-12-31T23:00:00-02:00" + @"PT1H"', None),
    ('@"9999-12-31T23:00:00@America/St_Johns" + @"PT1H"', None),
    ('@"2021-03-02T00:00:00" - @"2021-03-01T00:00:00Z"', None), ('@"10:00:00" - @"10:00:00Z"', None),
    ('@"10:00:00+01:00" - @"10:00:00Z"', DaySpan(-3600 * SECOND)),
    ('@"2021-03-02" - @"2021-03-01T00:00:00"', None), ('@"2021-03-02" - @"2021-03-01T08:00:00+08:00"', DaySpan(DAY)),
])
def test_zones(text: str, result: Value) -> None:
    assert feel(text) == result


@pytest.mark.parametrize(("text", "result"), [
    ('@"23:30:00" + @"PT1H"', "00:30:00"), ('@"00:30:00" - @"PT1H"', "23:30:00"), ('@"10:00:00" + @"P5D"', "10:00:00"),
    ('@"2024-01-31T12:00:00" + @"P1M"', "2024-02-29T12:00:00"),
    ('@"2024-02-29T12:00:00" - @"P1Y"', "2023-02-28T12:00:00"),
    ('@"2021-12-31T23:59:59.5" + @"PT0.5S"', "2022-01-01T00:00:00"),
    ('@"P1D" + @"2020-02-28T12:00:00"', "2020-02-29T12:00:00"),
    ('time(9, 5, 7.25)', "09:05:07.25"), ('date and time(@"2021-03-01", time(9, 5, 0))', "2021-03-01T09:05:00"),
    ('date and time(date: @"2021-03-01", time: @"09:05:00")', "2021-03-01T09:05:00"),
    ('time(@"2021-03-01T09:05:00")', "09:05:00"), ('date(from: @"2021-03-01T09:05:00")', "2021-03-01"),
    ('@"17:00:00" - @"09:30:00"', "PT7H30M"), ('@"2021-03-01T00:00:00" - @"2021-03-02T00:00:01"', "-P1DT1S"),
    ('max(@"17:00:00", @"09:30:00")', "17:00:00"),
])
def test_times_of_policies(text: str, result: str) -> None:
    assert known(f"string({text})") == result


@pytest.mark.parametrize("text", [
    "time(24, 0, 0)", "time(23, 60, 0)", "time(-1, 0, 0)", "time(1, 1, 60)", "time(1, 1, -0.5)",
    "time(1, 1, 0.0000000001)", '@"9999-12-31T23:00:00" + @"PT1H"', '@"0001-01-01T00:00:00" - @"P1M"',
    'date and time(@"9999-12-31", @"09:00:00")',
])
def test_times_there_are_not(text: str) -> None:
    small = Small()
    found = small.run(small.expression(text).core)
    assert isinstance(found, Unknown)
    assert found.causes


@pytest.mark.parametrize(("text", "result"), [
    ('date and time("2018-12-10").minute', 0), ('time(string("10:30:00+05:00")).time offset', DaySpan(18_000 * SECOND)),
    ('time(string("nine"))', None), ('date(string("2021-02-29"))', None), ('date(string("2021-02"))', None),
    ('date and time(string("2021-03-01")).hour', 0), ('@"10:30:00".time offset', None), ('@"10:30:00Z".timezone', None),
    ('time(11, 59, 45, @"PT0.5S")', None), ('time(11, 59, 45, @"PT19H")', None),
    ('string(date and time(@"2017-08-10T10:20:00@Europe/Paris", @"23:59:01"))', "2017-08-10T23:59:01"),
    ('time(@"2017-08-10") = @"00:00:00Z"', True),
])
def test_what_feel_makes_of_text_and_zones(text: str, result: Value) -> None:
    assert feel(text) == result


def test_the_zones_are_those_installed_with_us(tmp_path: Path) -> None:
    """A machine may have other rules for Paris."""
    (tmp_path / "Europe").mkdir()
    rules = files("tzdata").joinpath("zoneinfo", "Asia", "Shanghai").read_bytes()
    (tmp_path / "Europe" / "Paris").write_bytes(rules)
    before = zoneinfo.TZPATH
    zones._zone.cache_clear()
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    try:
        assert zones.offset("Europe/Paris", date(2021, 7, 1), 0) == 7200
    finally:
        zoneinfo.reset_tzpath(to=before)


def test_who_needs_no_zone_reads_no_rules() -> None:
    code = "import sys, interpreter.language.read as r; print('zoneinfo' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_feel_alone_has_rows_of_zones() -> None:
    """A policy's times are of one place, so that any two of them compare."""
    for row in MOMENTS:
        if ".time offset" in row.name or ".timezone" in row.name:
            assert row.feel
    for text in ('@"10:00:00".time offset', "time(1, 2, 3, @\"PT1H\")", 'time(string(day))'):
        assert [problem.severity for problem in Small().problems(text)] == ["error"]


def test_a_partial_row_says_so_with_a_fault() -> None:
    row = next(row for row in MOMENTS if row.key == "subtract.date-time")
    assert row.python(DateTime(date(2021, 1, 1), 0), DateTime(date(2021, 1, 1), 0, 0)) is FAULT
