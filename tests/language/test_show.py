"""Values as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.show import masked, show
from interpreter.language.temporal import SECOND, DateTime, DaySpan, Time
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_TIME,
    MONTH,
    TEXT,
    TIME,
    YEARS_MONTHS,
    Choice,
    Field,
    List,
    Number,
    RangeOf,
    Ratio,
    RecordType,
    Type,
    record_of,
)
from interpreter.language.units import Unit
from interpreter.language.unknown import Partial, Unknown
from interpreter.language.values import ONGOING, Month, MonthSpan, Range, Record, Shape, blank

HOUR = 3600 * SECOND
MONEY = Number(2, Unit.named("CNY"))
MONTHS = Number(0, Unit.named("month"))
PEOPLE = Number(0, Unit.named("person"))
WRITTEN = record_of((("a", PEOPLE), ("b", List(BOOLEAN))))

region = RecordType("region", "地区", key="code", table="regions", also_known_as=("full", "short"))
region.fields |= {name: Field(name, name, TEXT) for name in ("code", "full", "short")}
person = RecordType("person", "人员", key="id")
person.fields["id"] = Field("id", "证件", TEXT, private=True)
job = RecordType("job", "就业")
job.fields |= {
    "start": Field("start", "起", DATE), "end": Field("end", "止", DATE, ongoing="在职"),
    "dormitory": Field("dormitory", "宿舍", BOOLEAN), "person": Field("person", "人员", person),
}


def month(number: int) -> Month:
    return Month.of(2021, number)


SHOWN: list[tuple[object, Type, str, str]] = [
    (date(2021, 3, 1), DATE, "2021-03-01", "2021-03-01"),
    (month(3), MONTH, "2021-03", "2021-03"),
    (ONGOING, DATE, "至今", "ongoing"),
    (True, BOOLEAN, "是", "yes"),
    (False, BOOLEAN, "否", "no"),
    (Decimal(3000), MONEY, "3,000.00 元", "CNY 3,000.00"),
    (Decimal("-1234567.8"), MONEY, "-1,234,567.80 元", "CNY -1,234,567.80"),
    (Decimal("0.005"), MONEY, "0.005 元", "CNY 0.005"),
    (Decimal(500), Number(2, Unit.read("CNY/month")), "500.00 元/月", "CNY 500.00/month"),
    (Decimal(5), Number(2, Unit.named("JPY")), "5.00 JPY", "JPY 5.00"),
    (1, MONTHS, "1 个月", "1 month"),
    (12345, MONTHS, "12345 个月", "12345 months"),
    (20, PEOPLE, "20 人", "20 people"),
    (31, Number(0, Unit.named("year")), "31 岁", "31 years"),
    (7, Number(0, Unit.named("mu")), "7 mu", "7 mu"),
    (3, Number(0, Unit((("month", 2),))), "3 month**2", "3 month**2"),
    (Decimal("12.50"), Number(2), "12.5", "12.5"),
    (Decimal("1E+3"), Number(0), "1000", "1000"),
    (
        Decimal("12345678901234567890123456789012.25"), Number(2),
        "12345678901234567890123456789012.25", "12345678901234567890123456789012.25",
    ),
    (Fraction(1, 3), Ratio(), "1/3", "1/3"),
    (Fraction(-1, 8), Ratio(), "-0.125", "-0.125"),
    (MonthSpan(14), YEARS_MONTHS, "1 年 2 个月", "1 year 2 months"),
    (MonthSpan(0), YEARS_MONTHS, "0 个月", "0 months"),
    (DaySpan(-26 * HOUR), DAYS_TIME, "-1 天 2 小时", "-1 day 2 hours"),
    (DaySpan(HOUR + SECOND * 3 // 2), DAYS_TIME, "1 小时 1.5 秒", "1 hour 1.5 seconds"),
    (DaySpan(0), DAYS_TIME, "0 天", "0 days"),
    (Time(17 * HOUR), TIME, "17:00", "17:00"),
    (Time(17 * HOUR + SECOND // 4), TIME, "17:00:00.25", "17:00:00.25"),
    (DateTime(date(2021, 3, 1), 9 * HOUR + 30 * SECOND), DATE_TIME, "2021-03-01 09:00:30", "2021-03-01 09:00:30"),
    (DateTime(date(2021, 3, 1), 9 * HOUR, 28_800), DATE_TIME, "2021-03-01 09:00+08:00", "2021-03-01 09:00+08:00"),
    (Range(1, 5, True, False), RangeOf(PEOPLE), "1 人 至 5 人（不含）", "1 person to 5 people (not included)"),
    (Range(None, 5, False, False), RangeOf(PEOPLE, open_ended=True), "低于 5 人", "below 5 people"),
    (Range(None, 5, False, True), RangeOf(PEOPLE, open_ended=True), "不高于 5 人", "at most 5 people"),
    (Range(5, None, False, False), RangeOf(PEOPLE, open_ended=True), "高于 5 人", "above 5 people"),
    (Range(5, None, True, False), RangeOf(PEOPLE, open_ended=True), "不低于 5 人", "at least 5 people"),
    (Record({"a": 1, "b": (True,)}, blank(WRITTEN)), WRITTEN, "{a: 1 人, b: 是}", "{a: 1 person, b: yes}"),
    (Record({"a": Unknown(1), "b": ()}, blank(WRITTEN)), WRITTEN, "{a: 未知, b: 无}", "{a: unknown, b: none}"),
    ("lifted", Choice("status", (("lifted", "脱贫户"),)), "脱贫户", "脱贫户"),
    ("lifted", TEXT, "lifted", "lifted"),
    (Record({"code": "511133", "full": "马边县"}, Shape("", region)), region, "马边县", "马边县"),
    (Record({"code": "511133"}, Shape("", region)), region, "511133", "511133"),
    (Record({"start": date(2021, 3, 1), "end": ONGOING, "dormitory": False}, Shape("", job)), job,
     "2021-03-01，在职，宿舍 否", "2021-03-01, 在职, 宿舍 no"),
    (("养老", "医疗"), List(TEXT), "养老、医疗", "养老, 医疗"),
    ((), List(TEXT), "无", "none"),
    ((month(5), month(3), month(4), month(4)), List(MONTH), "2021-03 至 2021-05", "2021-03 to 2021-05"),
    ((month(3), month(5), month(6)), List(MONTH), "2021-03、2021-05 至 2021-06", "2021-03, 2021-05 to 2021-06"),
    ((month(12), Month.of(2022, 1)), List(MONTH), "2021-12 至 2022-01", "2021-12 to 2022-01"),
    (Unknown(1), DATE, "未知", "unknown"),
    (Unknown(1, 20, 23), PEOPLE, "20 至 23 人", "20 to 23 people"),
    (Unknown(1, 0, 3), MONTHS, "0 至 3 个月", "0 to 3 months"),
    (Unknown(1, 2), MONTHS, "至少 2 个月", "at least 2 months"),
    (Unknown(1, 0), MONTHS, "未知", "unknown"),
    (
        Partial(1, ((True, month(3)), (Unknown(1), month(4)))), List(MONTH),
        "2021-03，其余未知", "2021-03, the rest unknown",
    ),
    (Partial(1, more=True), List(MONTH), "未知", "unknown"),
]


@pytest.mark.parametrize(("value", "type", "zh", "en"), SHOWN)
def test_shown(value: object, type: Type, zh: str, en: str) -> None:
    assert show(value, type, "zh") == zh
    assert show(value, type, "en") == en


def test_without_its_unit() -> None:
    assert show(Decimal(3000), MONEY, "zh", unit=False) == "3,000.00"
    assert show(3, MONTHS, "en", unit=False) == "3"
    assert show(Unknown(1, 1, 3), MONTHS, "zh", unit=False) == "1 至 3"


def test_the_word_for_an_end_that_has_not_come() -> None:
    assert show(ONGOING, DATE, "zh", ongoing="未报") == "未报"
    assert show(date(2021, 3, 1), DATE, "zh", ongoing="未报") == "2021-03-01"


def test_private_keys_are_masked_where_asked() -> None:
    someone = Record({"id": "511133199001019999"}, Shape("", person))
    assert show(someone, person, "zh") == "511133199001019999"
    assert show(someone, person, "zh", mask=True) == "5111**********9999"
    within = Record({"start": date(2021, 3, 1), "person": someone}, Shape("", job))
    assert show(within, job, "zh", mask=True) == "2021-03-01，5111**********9999"


@given(st.text(min_size=1))
def test_masking_keeps_length_and_hides_at_least_half(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert hidden.count("*") >= (len(text) + 1) // 2


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_money_keeps_every_digit(amount: Decimal) -> None:
    assert Decimal(show(amount, MONEY, "en").removeprefix("CNY ").replace(",", "")) == amount
