"""One cell to a value: the ways people write, what they become, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.cases.scalars import Bad, Good
from interpreter.cases.sheets.amounts import amount
from interpreter.cases.sheets.cells import CellReader
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    INTEGER,
    MONTH,
    TEXT,
    TIME,
    Choice,
    Field,
    List,
    Number,
    TextType,
    Type,
)
from interpreter.language.units import Unit
from tests.cases.made import rulebook

MONEY = Number(2, Unit.named("CNY"))
MONTHS = Number(0, Unit.named("month"))
KIND = Choice("kind", (("full", "全日"), ("half", "半日")))
RESIDENT, CREDIT = TextType("resident id"), TextType("credit code")
READER = CellReader(rulebook())


def read(cell: object, of: Type, epoch: int = 1900, **more: Any) -> Good | Bad:
    return READER.read(cell, Field("f", "项", of, **more), epoch)


def good(cell: object, of: Type, epoch: int = 1900, **more: Any) -> tuple[object, list[str]]:
    found = read(cell, of, epoch, **more)
    assert isinstance(found, Good), found
    return found.value, [note.en for note in found.notes]


def code(cell: object, of: Type, **more: Any) -> str:
    found = read(cell, of, **more)
    assert isinstance(found, Bad), found
    return found.code


@pytest.mark.parametrize("cell", [
    "2021.3.5", "2021/3/5", "2021-3-5", "2021年3月5日", "2021年03月05号", "20210305", "２０２１．３．５",
    "2021-03-05 00:00:00",
    " 2021.3.5 ", "2021 年 3 月 5 日", "21.3.5", 44260, 44260.0, "44260", 20210305, 20210305.0,
])
def test_a_day_in_all_its_forms_is_one_day_with_a_note(cell: object) -> None:
    value, notes = good(cell, DATE)
    assert value == "2021-03-05"
    assert notes


@pytest.mark.parametrize("cell", ["2021-03-05", date(2021, 3, 5), datetime(2021, 3, 5)])
def test_a_day_that_is_one_needs_no_note(cell: object) -> None:
    assert good(cell, DATE) == ("2021-03-05", [])


def test_day_numbers_count_from_the_workbooks_own_year() -> None:
    assert good(42798, DATE, 1904)[0] == "2021-03-05"
    assert good(44260, DATE, 1900)[0] == "2021-03-05"


@pytest.mark.parametrize(("cell", "said"), [
    ("2021年3月", "case.date-month"), ("2021.3", "case.date-month"), ("202103", "case.date-month"),
    (202103, "case.date-month"), (2021.3, "case.date-month"), ("2021-02-30", "case.date"), ("农历正月初五",
    "sheet.lunar"),
    ("2021年腊月初八", "sheet.lunar"), ("85.3.5", "sheet.short-year"), ("明天", "case.date"), (44260.5, "case.date"),
    (True, "case.date"), (time(17, 0), "case.date"), ("今", "case.date"), ("-2021-03-05", "case.date"),
    (float("inf"), "case.date"), (1e300, "case.date"), (-44260, "case.date"),
])
def test_what_is_no_day_is_refused(cell: object, said: str) -> None:
    assert code(cell, DATE) == said


def test_an_end_that_has_not_come_is_the_facts_own_word() -> None:
    assert good("至今", DATE, ongoing="至今") == ("至今", [])
    assert good(" 至今 ", DATE, ongoing="至今")[0] == "至今"
    assert code("至今", DATE) == "case.date"
    assert code("现在", DATE, ongoing="至今") == "case.date"


@pytest.mark.parametrize("cell", [
    "2021.3", "2021.03", "2021/3", "2021年3月", "2021年3月份", "202103", "２０２１年３月", "21.3", 202103, 202103.0,
    2021.3, 44260,
    "2021.3.15", date(2021, 3, 15),
])
def test_a_month_in_all_its_forms_is_one_month_with_a_note(cell: object) -> None:
    value, notes = good(cell, MONTH)
    assert value == "2021-03"
    assert notes


def test_a_month_that_is_one_needs_no_note() -> None:
    assert good("2021-03", MONTH) == ("2021-03", [])
    assert good(date(2021, 3, 1), MONTH) == ("2021-03", [])
    assert good("2021.10", MONTH)[0] == "2021-10"
    assert good("2021.1", MONTH)[0] == "2021-01"


@pytest.mark.parametrize(("cell", "said"), [
    (2021.1, "sheet.month-tenth"), (21.1, "sheet.month-tenth"), ("2021-13", "case.month"), ("2021年", "case.month"),
    ("85.3", "sheet.short-year"), (True, "case.month"), (2021, "case.month"), ("3月", "case.month"),
    ("2021年3月-5月", "case.month"),
])
def test_what_is_no_month_is_refused(cell: object, said: str) -> None:
    assert code(cell, MONTH) == said


@pytest.mark.parametrize(("cell", "value"), [
    ("1,200元", 1200), ("壹仟贰佰元整", 1200), ("一千二百", 1200), ("0.12万", 1200), ("0.12萬元", 1200), ("￥1200",
    1200),
    ("¥1,200.00", 1200), ("人民币1200元", 1200), ("１２００", 1200), ("1 200", 1200), ("1200块", 1200),
    ("1200元/月", 1200),
    ("壹万零伍拾元", 10050), ("十二", 12), ("两千", 2000), ("一亿零三万", 100030000), ("1.2千", 1200),
    ("叁佰贰拾伍元零肆分", "325.04"), ("伍角", "0.5"), ("壹佰元伍角叁分", "100.53"), ("12.50元", "12.5"),
])
def test_an_amount_in_all_its_forms_is_one_amount_with_a_note(cell: str, value: object) -> None:
    found, notes = good(cell, MONEY)
    assert Decimal(str(found)) == Decimal(str(value))
    assert notes


@pytest.mark.parametrize(("cell", "value"), [
    (1200, 1200), (1200.0, 1200), (0.1 + 0.2, "0.3"), ("1200", 1200), ("-3", -3),
])
def test_a_number_that_is_one_needs_no_note(cell: object, value: object) -> None:
    assert good(cell, MONEY) == (value, [])


@pytest.mark.parametrize("cell", [
    "面议", "1,20", "12,00元", "约1200", "1200-1500", "一千十百", "百", "零零", "1200元左右", "1200美元", "12.345",
    "NaN", "1e3",
    "－", True, date(2021, 3, 5), "9" * 100, "1" * 33 + "万",
])
def test_what_is_no_amount_is_refused_or_nothing(cell: object) -> None:
    found = read(cell, MONEY)
    assert isinstance(found, Bad) or found.value is None


def test_words_for_a_unit_are_those_of_the_facts_own() -> None:
    assert good("12个月", MONTHS)[0] == 12
    assert good("2022年度", INTEGER)[0] == 2022
    assert good("25人", INTEGER)[0] == 25
    assert code("12元", MONTHS) == "case.number"
    assert code("12个月", MONEY) == "case.number"
    assert good("10%", Number(2))[0] == "0.1"


@given(st.integers(0, 10**12 - 1))
def test_numbers_in_characters_are_read_as_they_are_written(number: int) -> None:
    found = amount(_capitals(number) + "元整", MONEY)
    assert found is not None
    assert Decimal(found[0]) == number


def _capitals(number: int) -> str:
    """A whole number in characters, zeros between put in once."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
    said, pending = "", False
    for power in range(11, -1, -1):
        digit = number // 10**power % 10
        if digit:
            said += ("零" if pending and said else "") + digits[digit] + units[power % 4]
            pending = False
        else:
            pending = True
        if power in (8, 4) and number // 10**power % 10_000:
            said += "亿" if power == 8 else "万"
    return said or "零"


@pytest.mark.parametrize(("cell", "value"), [
    ("是", True), ("√", True), ("✓", True), ("有", True), ("●", True), ("Y", True), ("yes", True), ("TRUE", True),
    (1, True),
    (1.0, True), ("1", True), (True, True), ("否", False), ("×", False), ("无", False), ("没有", False), ("N", False),
    ("0", False), (0, False), (False, False), (" 是 ", True), ("ｙ", True),
])
def test_yes_and_no_in_all_their_words(cell: object, value: bool) -> None:
    assert good(cell, BOOLEAN)[0] is value


@pytest.mark.parametrize("cell", ["也许", "x", "X", 2, 0.5, "是否", date(2021, 3, 5), "?"])
def test_neither_yes_nor_no_is_refused(cell: object) -> None:
    assert code(cell, BOOLEAN) == "case.boolean"


@pytest.mark.parametrize("of", [BOOLEAN, DATE, MONTH, MONEY, TEXT, KIND, RESIDENT, TIME])
@pytest.mark.parametrize("cell", ["/", "—", "空", "N/A", "-"])
def test_a_stroke_is_nothing_with_a_note(of: Type, cell: str) -> None:
    value, notes = good(cell, of)
    assert value is None
    assert notes
    assert good("  ", of) == (None, [])


ID = "511133199001019999"
X = "51113319900103999X"


@pytest.mark.parametrize(("cell", "value"), [
    ("511133 19900101 9999", ID), ("５１１１３３１９９００１０１９９９９", ID), (X.lower(), X), (f"'{ID}", ID),
    (f'="{ID}"', ID),
    (f"\ufeff{ID}\u200b", ID), (f"\t{ID}\n", ID), (f"511133　{ID[6:]}", ID), (f"{ID[:6]}\xa0{ID[6:]}", ID),
])
def test_a_number_of_a_person_is_put_right_with_a_note(cell: str, value: str) -> None:
    found, notes = good(cell, RESIDENT, private=True)
    assert found == value
    assert notes
    assert not any(value in note for note in notes)


@pytest.mark.parametrize(("cell", "said"), [
    (int(ID), "sheet.number-lost"), (float(ID), "sheet.number-lost"), (511133, "sheet.number-lost"),
    ("5.11133E+17", "sheet.number-lost"), ("5.11133e17", "sheet.number-lost"), (ID[:17] + "8", "case.id-check"),
    (ID[:17], "case.id-length"), ("511133900101999", "case.id-fifteen"), (True, "case.text"),
])
def test_a_number_of_a_person_that_is_not_right_is_refused(cell: object, said: str) -> None:
    assert code(cell, RESIDENT, private=True) == said


def test_an_old_number_becomes_one_of_eighteen_and_says_so() -> None:
    fifteen = "511133" + "900101" + "123"
    value, notes = good(fifteen, RESIDENT, private=True)
    assert isinstance(value, str)
    assert (value[:17], len(value)) == ("511133" + "19900101" + "123", 18)
    assert any("19" in note for note in notes)
    assert good(value, RESIDENT, private=True)[0] == value


def test_a_number_that_ends_in_000_is_suspect() -> None:
    from interpreter.cases.formats import resident_check

    # three zeros at the end, the last of which is the check digit
    number = next(
        f"5111331990{day:02}{month:02}{serial:03}" for day in range(1, 13) for month in range(1, 29)
        for serial in (100, 200, 300, 400, 500, 600, 700, 800, 900)
        if resident_check(f"5111331990{day:02}{month:02}{serial:03}") == "0"
    ) + "0"
    assert any("000" in note for note in good(number, RESIDENT)[1])


def test_long_numbers_of_any_text_are_refused_and_short_ones_noted() -> None:
    assert code(6222021234567890123, TEXT) == "sheet.number-lost"
    assert code(1e15, TEXT, private=True) == "sheet.number-lost"
    assert code("6.22202E+18", TEXT, private=True) == "sheet.number-lost"
    value, notes = good(20210001.0, TEXT)
    assert (value, len(notes)) == ("20210001", 1)


@pytest.mark.parametrize(("cell", "value"), [
    ("全日", "全日"), ("half", "half"), (" 全 日 ", "全日"), ("ｆｕｌｌ", "full"),
])
def test_a_choice_is_one_of_its_own_words(cell: str, value: str) -> None:
    assert good(cell, KIND)[0] == value


@pytest.mark.parametrize("cell", ["全天", "1", 1, True, date(2021, 3, 5), "FULL"])
def test_another_word_is_no_choice(cell: object) -> None:
    assert code(cell, KIND) == "case.choice"


@pytest.mark.parametrize(("cell", "of", "value"), [
    (time(17, 0), TIME, "17:00:00"), ("17:00", TIME, "17:00:00"), ("9：30", TIME, "09:30:00"),
    (datetime(2021, 3, 5, 17), DATE_TIME, "2021-03-05T17:00:00"), ("2021-03-05 17:00", DATE_TIME,
    "2021-03-05T17:00:00"),
    ("2021/3/5 9:05:07", DATE_TIME, "2021-03-05T09:05:07"),
])
def test_times(cell: object, of: Type, value: str) -> None:
    assert good(cell, of)[0] == value


def test_lists_of_values_stand_in_one_cell() -> None:
    assert good("2021.3、2021-04；202105", List(MONTH))[0] == ["2021-03", "2021-04", "2021-05"]
    assert good("无", List(MONTH))[0] == []
    assert code("2021.3、明天", List(MONTH)) == "case.month"


CELLS = st.one_of(
    st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(), st.from_regex(r"[0-9０-９.,年月日元万壹仟佰/: -]{0,14}", fullmatch=True),
)
TYPES = [BOOLEAN, INTEGER, MONEY, MONTHS, DATE, MONTH, TIME, DATE_TIME, TEXT, RESIDENT, CREDIT, KIND, List(MONTH)]


@given(CELLS, st.sampled_from(TYPES), st.sampled_from([1900, 1904]), st.booleans())
def test_any_cell_is_read_or_refused(cell: object, of: Type, epoch: int, private: bool) -> None:
    found = read(cell, of, epoch, private=private, ongoing="至今")
    if isinstance(found, Good) and found.value is not None and not isinstance(of, List):
        # what was read is what a case file may say, and reads as itself
        again = read(found.value, of, epoch, ongoing="至今")
        assert isinstance(again, Good)
        assert again.value == found.value
    elif isinstance(found, Bad) and private and isinstance(cell, str) and len(cell.strip()) > 3:
        assert cell.strip() not in str(found.fields)
