"""What a receipt lists: what was given, and nothing that was not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from interpreter.decision.model import Line, Named
from interpreter.language.types import DATE, TEXT, List
from interpreter.language.unknown import Unknown
from interpreter.letters.given import Given, given
from interpreter.letters.wording import Wording
from interpreter.rulebook.model import Cause
from tests.letters.building import (
    ENTRY,
    GRANTED,
    LEAST,
    PERSON_IS,
    ROSTER,
    WHERE,
    line,
    months,
    poor,
    rulebook,
)

WORDING = Wording.of(rulebook(), "zh")
HOME = Named("someone.home", "户籍地", "示例县", TEXT)


def of(*values: Named) -> list[Given]:
    return given([with_values(*values)], WORDING)


def with_values(*values: Named) -> Line:
    return line("granted", (replace(poor(), parts=(), values=values),))


def test_facts_have_their_value_and_proof() -> None:
    assert given(GRANTED.measures[0].lines, WORDING) == [
        Given("类别", "甲类", "核查记录"), Given("户籍地", "示例县", "户口簿"),
        Given("参保月份", "2021年3月至2021年5月", ""),
    ]


def test_facts_behind_a_figure_stand_for_it() -> None:
    figure = Named("age", "年龄", date(2021, 1, 1), DATE, (LEAST, replace(HOME, parts=(months(1),))))
    assert of(figure) == [Given("户籍地", "示例县", "户口簿")]
    assert of(replace(figure, parts=(LEAST,))) == [Given("年龄", "2021年1月1日", "")]


def test_what_nobody_gave_is_not_listed() -> None:
    assert of(LEAST, replace(HOME, assumed=True), replace(HOME, value=Unknown(1))) == []


def test_a_private_number_is_masked_and_records_are_counted() -> None:
    records = Named("rows", "名册", (1, 2, 3), List(ENTRY))
    assert of(PERSON_IS[1], records) == [
        Given("证件号码", "*" * 14 + "9999", "身份证"), Given("名册", "3 项", "")]


def test_what_differs_between_lines_has_no_value() -> None:
    other = replace(HOME, value="示例区")
    found = given([with_values(HOME), with_values(other), with_values(HOME)], WORDING)
    assert found == [Given("户籍地", "", "户口簿")]
    assert [one.value for one in given(ROSTER.measures[0].lines, WORDING) if one.label == "参保月份"] == [""]


def test_facts_that_look_alike_and_are_proved_otherwise_have_no_proof() -> None:
    book = rulebook()
    twin = Cause("fact", "firm.home", "户籍地", WHERE, TEXT, "执照")
    wording = Wording.of(rulebook(causes=[*book.causes, twin]), "zh")
    assert given([with_values(HOME)], wording) == [Given("户籍地", "示例县", "")]
