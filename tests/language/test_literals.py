"""Words read as values: exactly what is written, or the reason why it is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.literals import MAX_DIGITS, Unread, read_literal
from interpreter.language.types import BOOLEAN, DATE, INTEGER, MONTH, TEXT, Choice, Number, RecordType, Type
from interpreter.language.unknown import Value
from interpreter.language.values import Month, Record, Shape

LEVEL = Choice("level", (("low", "低级"), ("high", "高级")))
MONEY = Number(2)
PLACE = RecordType("place", "地点", key="code", table="places")
EAST = Record({"code": "E"}, Shape("places", PLACE))


def rows(type: RecordType, word: str) -> Record | None:
    return EAST if type is PLACE and word in ("E", "东区") else None


def read(text: str, type: Type) -> Value | Unread:
    return read_literal(text, type, rows)


@pytest.mark.parametrize(("text", "type", "value"), [
    (" 2024-02-29 ", DATE, date(2024, 2, 29)), ("2021-03", MONTH, Month.of(2021, 3)), ("是", BOOLEAN, True),
    ("false", BOOLEAN, False), ("low", LEVEL, "low"), ("高级", LEVEL, "high"), ("007", INTEGER, 7), ("-3", INTEGER, -3),
    ("e\u0301", TEXT, "\u00e9"), ("东区", PLACE, EAST),
])
def test_values(text: str, type: Type, value: Value) -> None:
    assert read(text, type) == value


@pytest.mark.parametrize(("text", "type", "code", "guess"), [
    ("2023-02-29", DATE, "value.day", None), ("2021/3/1", DATE, "value.date", "2021-03-01"),
    ("20210301", DATE, "value.date", None), ("2021-W01-1", DATE, "value.date", None),
    ("２０２１-03-01", DATE, "value.date", "2021-03-01"), ("2021-13", MONTH, "value.month", None),
    ("2021年3月", MONTH, "value.month", "2021-03"), ("2021-03-01", MONTH, "value.month", "2021-03"),
    ("y", BOOLEAN, "value.boolean", None), ("高极", LEVEL, "value.choice", "高级"),
    ("1e3", INTEGER, "value.number", None), ("3.5", INTEGER, "value.integer", None),
    ("3.505", MONEY, "value.places", None), ("1,200", MONEY, "value.number", "1200"),
    ("３", INTEGER, "value.full-width", "3"), ("nan", MONEY, "value.number", None),
    ("9" * 5000, INTEGER, "value.long", None),
    ("", TEXT, "value.empty", None), ("西区", PLACE, "value.row", None),
    ("-1", Number(0, low=Decimal(0)), "value.low", None), ("9", Number(0, high=Decimal(8)), "value.high", None),
])
def test_what_is_no_value(text: str, type: Type, code: str, guess: str | None) -> None:
    unread = read(text, type)
    assert isinstance(unread, Unread)
    assert (unread.code, unread.fields.get("guess")) == (code, guess)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**30), max_value=10**30))
def test_numbers_are_exact(number: Decimal) -> None:
    value = read(f"{number:f}", replace(MONEY, low=-Decimal(10**30), high=Decimal(10**30)))
    assert isinstance(value, Decimal)
    assert value == number
    assert value.as_tuple().exponent == -2


@given(st.dates())
def test_every_day_is_read(day: date) -> None:
    assert read(day.isoformat(), DATE) == day


@given(st.text(max_size=50), st.sampled_from([DATE, MONTH, BOOLEAN, LEVEL, INTEGER, MONEY, TEXT, PLACE]))
def test_any_text_is_a_value_or_a_reason(text: str, type: Type) -> None:
    value = read(text, type)
    assert isinstance(value, Unread | str | bool | int | Decimal | date | Record)
    assert not isinstance(value, float)


def test_digits_have_a_limit() -> None:
    large = replace(INTEGER, high=Decimal(10**99))
    assert read("1" * MAX_DIGITS, large) == int("1" * MAX_DIGITS)
    assert isinstance(read("1" * (MAX_DIGITS + 1), large), Unread)
