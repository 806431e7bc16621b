"""Days and months: adding stops at the month's end, and what is counted is what was added."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import FAULT
from interpreter.language.functions.dates import add_months, age, birth_date, months_between
from interpreter.language.unknown import Value
from interpreter.language.values import Month, MonthSpan
from tests.language.small import Small, known

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS)
def test_months_between_is_the_most_that_fits(a: date, b: date) -> None:
    a, b = sorted((a, b))
    n = months_between(a, b)
    assert isinstance(n, int)
    reached, further = add_months(a, n), add_months(a, n + 1)
    assert isinstance(reached, date)
    assert isinstance(further, date)
    assert reached <= b < further
    assert months_between(b, a) == -n


@given(DAYS, DAYS, st.integers(0, 40))
def test_adding_months_and_counting_them_agree(a: date, b: date, n: int) -> None:
    a, b = sorted((a, b))
    reached, between = add_months(a, n), months_between(a, b)
    assert isinstance(reached, date)
    assert isinstance(between, int)
    assert (reached <= b) == (between >= n)


@given(DAYS, st.integers(-600, 600))
def test_adding_months_stops_at_the_months_end(day: date, n: int) -> None:
    found = add_months(day, n)
    assert isinstance(found, date)
    assert Month.containing(found) == Month.containing(day) + n
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


@pytest.mark.parametrize(("a", "b", "n"), [
    ("2020-01-31", "2020-02-28", 0), ("2020-01-31", "2020-02-29", 1), ("2021-01-31", "2021-02-28", 1),
    ("2021-01-28", "2021-02-28", 1), ("2021-01-29", "2021-02-28", 1), ("2021-03-15", "2021-03-15", 0),
    ("2021-03-15", "2021-06-14", 2), ("2021-02-28", "2021-01-31", -1), ("2020-02-29", "2021-02-28", 12),
])
def test_months_between(a: str, b: str, n: int) -> None:
    assert known(f'months between(@"{a}", @"{b}")') == n


@pytest.mark.parametrize(("born", "day", "leap_day", "years"), [
    ("2004-02-29", "2022-02-28", "03-01", 17), ("2004-02-29", "2022-02-28", "02-28", 18),
    ("2004-02-29", "2022-03-01", "03-01", 18), ("2004-02-29", "2024-02-28", "02-28", 19),
    ("2004-02-29", "2024-02-29", "03-01", 20), ("2004-02-28", "2022-02-27", "02-28", 17),
    ("2000-06-15", "2000-06-15", "03-01", 0),
])
def test_age(born: str, day: str, leap_day: str, years: int) -> None:
    assert Small(leap_day=leap_day).value(f'age(@"{born}", @"{day}")') == years


@given(DAYS, DAYS)
def test_age_grows_on_birthdays_alone(a: date, b: date) -> None:
    born, day = sorted((a, b))
    for leap_day in ("02-28", "03-01"):
        today, tomorrow = age(born, day, leap_day), age(born, day + timedelta(1), leap_day)
        assert isinstance(today, int)
        assert isinstance(tomorrow, int)
        grew = tomorrow - today
        month_day = f"{day + timedelta(1):%m-%d}"
        assert grew in (0, 1)
        if f"{born:%m-%d}" != "02-29":
            assert (grew == 1) == (month_day == f"{born:%m-%d}")
        else:
            assert grew == 0 or month_day in ("02-29", leap_day)


@pytest.mark.parametrize(("text", "result"), [
    ('@"2021-01-02" - @"PT1H"', date(2021, 1, 1)), ('@"2021-01-01" + @"PT36H"', date(2021, 1, 2)),
    ('@"2021-03-31" - @"P1M"', date(2021, 2, 28)), ('@"2024-02-29" + @"P1Y"', date(2025, 2, 28)),
    ('@"2021-03-31" + @"-P1M"', date(2021, 2, 28)), ('@"2021-05" - @"2020-01"', MonthSpan(16)),
    ('duration("P1Y") = duration("P12M")', True), ('duration("PT24H") = duration("P1D")', True),
    ('date("2021-03-01") < @"2021-03-02"', True), ('@"2021-03" <= month(@"2021-03-31")', True),
])
def test_days_and_months(text: str, result: Value) -> None:
    assert known(text) == result


@given(st.text(max_size=20))
def test_any_text_has_a_birth_date_or_none(text: str) -> None:
    found = birth_date(text)
    assert found is FAULT or isinstance(found, date)
