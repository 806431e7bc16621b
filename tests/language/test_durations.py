"""Durations: two families with one arithmetic, their parts, and where a day stands in its year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import BY_KEY, FAULT
from interpreter.language.functions.dates import add_months, years_and_months
from interpreter.language.iso import LONGEST_MONTHS, LONGEST_NANOS, Miswritten, read, written
from interpreter.language.temporal import DAY, SECOND, DaySpan
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import ONGOING, MonthSpan
from tests.language.small import Small, known

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(-5_000, 5_000).map(MonthSpan)
SPANS = st.integers(-10**19, 10**19).map(DaySpan)
FEEL = Small(feel=True)


@given(DAYS, st.integers(-10_000, 10_000))
def test_whole_days_added_and_taken_away(day: date, days: int) -> None:
    span = DaySpan(days * DAY)
    later = BY_KEY["add.date.days"].python(day, span)
    assert BY_KEY["subtract.date"].python(later, day) == span
    assert BY_KEY["subtract.date.days"].python(later, span) == day


@given(DAYS, st.integers(-10**18, 10**18))
def test_a_date_is_its_midnight(day: date, nanos: int) -> None:
    """Part of a day later is the same day, part of a day earlier the day before."""
    later = BY_KEY["add.date.days"].python(day, DaySpan(nanos))
    if later is not FAULT:
        assert later.toordinal() == day.toordinal() + nanos // DAY
        assert later == BY_KEY["subtract.date.days"].python(day, DaySpan(-nanos))


@given(DAYS, st.integers(-2_000, 2_000))
def test_months_added_and_taken_away_lose_the_days_of_a_shorter_month_alone(day: date, months: int) -> None:
    later = add_months(day, months)
    assert isinstance(later, date)
    if day.day <= monthrange(later.year, later.month)[1]:
        assert add_months(later, -months) == day
        assert years_and_months(day, later) == MonthSpan(months)


@given(DAYS, DAYS)
def test_years_and_months_are_mirrored(a: date, b: date) -> None:
    there, back = years_and_months(a, b), years_and_months(b, a)
    assert isinstance(there, MonthSpan)
    assert isinstance(back, MonthSpan)
    assert there.months == -back.months


@pytest.mark.parametrize(("start", "end", "found"), [
    ("2011-12-22", "2013-08-24", "P1Y8M"), ("2016-01-21", "2015-01-21", "-P1Y"), ("2020-01-31", "2020-02-29", "P0M"),
    ("2015-12-31", "2018-10-01", "P2Y9M"), ("2020-02-29", "2021-02-28", "P11M"), ("2021-02-28", "2020-02-29", "-P11M"),
    ("2021-03-15", "2021-04-15", "P1M"), ("2021-04-15", "2021-03-16", "P0M"),
])
def test_years_and_months(start: str, end: str, found: str) -> None:
    assert known(f'string(years and months duration(@"{start}", @"{end}"))') == found


def test_what_has_not_ended_has_no_length() -> None:
    assert years_and_months(date(2021, 1, 1), ONGOING) is FAULT


@given(MONTHS | SPANS, st.integers(-1_000, 1_000))
def test_the_arithmetic_of_durations(span: MonthSpan | DaySpan, times: int) -> None:
    kind = "years-months" if isinstance(span, MonthSpan) else "days-time"
    row = {name: BY_KEY[f"{name}.{kind}"].python for name in ("add", "subtract", "negate", "abs", "multiply", "divide")}
    many = row["multiply"](span, times)
    assert row["add"](many, span) == row["multiply"](span, times + 1)
    assert row["subtract"](many, many) == row["multiply"](span, 0)
    assert row["negate"](many) == row["multiply"](span, -times)
    assert row["abs"](many) == row["abs"](row["negate"](many))
    assert row["divide"](many, span) == (FAULT if span == row["negate"](span) else Fraction(times))
    assert (span < row["add"](span, row["abs"](span))) == (span != row["negate"](span))


@pytest.mark.parametrize(("text", "found"), [
    ('1.5 * @"P4DT1H"', "P6DT1H30M"), ('@"P1Y11M" * -2.5', "-P4Y9M"), ('@"P10Y11M" / -2.5', "-P4Y4M"),
    ('@"P1D" / 7', "PT3H25M42.857142857S"), ('@"P1M" * (1 / 3)', "P0M"), ('@"PT24H" * 2', "P2D"), ('3 * @"P4M"', "P1Y"),
])
def test_what_feel_cuts_off(text: str, found: str) -> None:
    small = FEEL
    assert small.run(small.expression(f"string({text})").core) == found


@pytest.mark.parametrize("text", ['@"P1Y" * 1.5', '@"P2D" / 2', '2.5 * @"P2D"'])
def test_policies_cut_nothing_off(text: str) -> None:
    assert [problem.code for problem in Small().problems(text)] == ["type.operator"]


@pytest.mark.parametrize("text", [
    '@"P999999999D" + @"P1D"', '-@"P999999999Y" - @"P1Y"', '@"P1Y" / @"P0Y"', '@"P1D" / @"PT0S"',
    '@"P999999999D" * 2', '1000000000 * @"P2Y"',
])
def test_durations_too_long_or_none(text: str) -> None:
    small = Small()
    found = small.run(small.expression(text).core)
    assert isinstance(found, Unknown)
    assert found.causes


@pytest.mark.parametrize(("text", "result"), [
    ('@"P1Y2M" = @"P14M"', True), ('@"P1D" = @"PT24H"', True), ('@"PT36H" < @"P2D"', True),
    ('@"P1Y" / @"P5M"', Fraction(12, 5)),
    ('@"-P14M".years', -1), ('@"-P14M".months', -2), ('@"-PT36H".days', -1), ('@"-PT36H".hours', -12),
    ('@"PT3661.5S".minutes', 1), ('@"PT3661.5S".seconds', Decimal("1.5")), ('@"-PT90S".seconds', -30),
    ('abs(@"-P1D") = @"P1D"', True), ('sum([1, 2]) * @"P1D" = @"P3D"', True),
    ('day of week(@"2024-02-29")', "Thursday"), ('day of year(@"2024-12-31")', 366), ('@"2024-02-25".weekday', 7),
    ('week of year(@"2021-01-03")', 53), ('week of year(@"2021-01-04")', 1),
    ('month of year(@"2024-02-29")', "February"), ('day of week(date: @"2024-02-29T23:59:59")', "Thursday"),
])
def test_durations_and_days(text: str, result: Value) -> None:
    assert known(text) == result


@pytest.mark.parametrize(("text", "same"), [
    ("P0D", "PT0S"), ("PT0M", "PT0S"), ("P0Y", "P0M"), ("-P0M", "P0M"), ("PT1000M", "PT16H40M"), ("P100M", "P8Y4M"),
    ("PT0.999S", "PT0.999S"), ("P1DT2H3M4.1234S", "P1DT2H3M4.1234S"), ("-PT1H2M", "-PT1H2M"), ("PT240H", "P10D"),
    ("P999999999M", "P83333333Y3M"), ("PT0.100S", "PT0.1S"),
])
def test_the_normal_form(text: str, same: str) -> None:
    found = read(text)
    assert not isinstance(found, Miswritten)
    assert written(found) == same


@pytest.mark.parametrize("text", [
    "P", "-P", "PT", "P1DT", "P1H", "P1S", "P1Y1D", "P1YT1H", "P1.5D", "PT.5S", "PT1.S", "PT0.0000000001S", "+P1D",
    "P-1D", "p1d", "P1D ", "PD", "PT1H1H", "P1M1Y", "P１D",
])
def test_what_is_no_duration(text: str) -> None:
    assert read(text) == Miswritten("literal.at")


@pytest.mark.parametrize("text", ["P1000000000D", "-P1000000000Y", f"PT{'9' * 5_000}S", f"P{'0' * 31}1Y"])
def test_a_duration_too_long(text: str) -> None:
    assert read(text) == Miswritten("literal.long")


def test_the_longest() -> None:
    assert read("P999999999DT23H59M59.999999999S") == DaySpan(LONGEST_NANOS - 1)
    assert read("-P999999999Y11M") == MonthSpan(1 - LONGEST_MONTHS)
    assert DaySpan(SECOND) < DaySpan(DAY)
