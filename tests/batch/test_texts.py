"""Days, months, times and durations as text: DuckDB writes them as the language does."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interpreter.batch.sql.dialect import OPERATIONS
from interpreter.language.iso import Temporal, written
from interpreter.language.temporal import DAY, SECOND, DateTime, DaySpan, Time
from interpreter.language.values import MonthSpan

NANOS = st.builds(
    lambda whole, rest: whole * SECOND + rest, st.integers(-10**9, 10**9), st.sampled_from((0, 0, 1, 5 * 10**8))
)


@pytest.fixture(scope="module")
def base():
    with duckdb.connect() as connection:
        yield connection


def said(base: duckdb.DuckDBPyConnection, operation: str, stored: int) -> str:
    found = base.execute(f"SELECT {OPERATIONS[operation]('x')} FROM (SELECT {stored}::HUGEINT AS x)").fetchone()
    assert found is not None
    return str(found[0])


@given(months=st.integers(-2_000, 2_000))
def test_months(base, months: int) -> None:
    assert said(base, "months text", months) == written(MonthSpan(months))


@given(nanos=NANOS)
@example(nanos=0)
@example(nanos=-DAY)
@example(nanos=DAY + 1)
@example(nanos=60 * SECOND)
def test_durations(base, nanos: int) -> None:
    assert said(base, "duration text", nanos) == written(DaySpan(nanos))


@given(nanos=NANOS, day=st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_times(base, nanos: int, day: date) -> None:
    times: dict[str, tuple[int, Temporal]] = {
        "time text": (nanos % DAY, Time(nanos % DAY)),
        "date-time text": (day.toordinal() * DAY + nanos % DAY, DateTime(day, nanos % DAY)),
    }
    for operation, (stored, value) in times.items():
        assert said(base, operation, stored) == written(value)
