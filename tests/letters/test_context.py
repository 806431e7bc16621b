"""What templates are given: plain, of the promised form, and no more of a private word than its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from interpreter.decision.model import Decision, Finding, Line, Named
from interpreter.language.types import BOOLEAN, MONTH, TEXT, List
from interpreter.language.unknown import Unknown
from interpreter.language.values import Month
from interpreter.letters.context import FORM, letter_context
from interpreter.letters.office import Office
from interpreter.letters.plan import KINDS, LetterKind, letters_for
from interpreter.letters.wording import Wording, masked
from interpreter.problems import Language
from interpreter.rulebook.model import Rulebook
from tests.letters.building import (
    ALL,
    FIRM_IS,
    GRANTED,
    INCOMPLETE,
    LIMITED,
    MONTHS,
    PARTLY,
    PERSON_IS,
    REFUSED,
    STATUS,
    decision,
    entry,
    insured,
    line,
    measure,
    rulebook,
    said,
)


def context(
    of: Decision, kind: LetterKind, book: Rulebook | None = None, language: Language = "zh", **more: Any,
) -> dict[str, Any]:
    rules = book or rulebook()
    office = Office(rules, language).words(of.authority, more.get("day") or of.as_of, (kind,))
    return letter_context(of, of.measures[0], kind, Wording.of(rules, language), office, **more)


def conforms(value: object, form: object) -> bool:
    if isinstance(form, dict):
        if not isinstance(value, dict) or value.keys() != form.keys():
            return False
        return all(conforms(value[name], form[name]) for name in form)
    if isinstance(form, list):
        return isinstance(value, list) and all(conforms(item, form[0]) for item in value)
    return type(value) is str


@pytest.mark.parametrize("name", ALL)
def test_a_context_has_the_form_templates_are_checked_against(name: str) -> None:
    for plan in letters_for(ALL[name], rulebook(), KINDS):
        assert conforms(context(ALL[name], plan.kind, language="zh"), FORM)
        assert conforms(context(ALL[name], plan.kind, language="en"), FORM)


def test_a_context_with_nothing_known_has_the_form_too() -> None:
    empty = decision(measure("steady", "incomplete", (), payer=()), who=(), as_of=None, authority=None)
    made = context(empty, "incomplete")
    assert conforms(made, FORM)
    assert made["date"] == "＿＿＿＿年＿＿月＿＿日"
    unknown = Named("person.name", "姓名", Unknown(1), TEXT)
    assert context(replace(GRANTED, who=(unknown, unknown)), "granted")["addressee"]["id"] == ""


def test_the_addressee_is_whole_by_name_and_masked_by_number() -> None:
    assert context(GRANTED, "granted")["addressee"] == {"name": "示例甲", "label": "证件号码", "id": "*" * 14 + "9999"}
    assert context(PARTLY, "granted")["addressee"]["id"] == "91330602XXXX00003W"


@pytest.mark.parametrize("name", ALL)
def test_no_private_number_is_in_a_context(name: str) -> None:
    for plan in letters_for(ALL[name], rulebook(), KINDS):
        assert "511133" not in repr(context(ALL[name], plan.kind))


def test_people_of_a_list_are_told_apart_by_name_and_end_of_number() -> None:
    keys = [line["key"] for line in context(PARTLY, "partly_granted")["lines"]]
    assert keys == ["示例丁 **************999X", "示例戊 **************9981", "吉克阿衣莫子 **************9978"]


@pytest.mark.parametrize(("text", "shown"), [("", ""), ("1234", "****"), ("12345", "*2345"), ("示例甲", "***")])
def test_masking(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_date_is_given_or_that_of_the_decision() -> None:
    assert context(GRANTED, "granted")["date"] == "2021年6月10日"
    assert context(GRANTED, "granted", day=date(2021, 11, 1))["date"] == "2021年11月1日"
    assert context(GRANTED, "granted", day=date(2021, 11, 1), language="en")["date"] == "2021-11-01"


def test_a_sum_is_in_figures_and_capitals_only_where_granted() -> None:
    assert context(GRANTED, "granted")["amount"] == {"figures": "3,000.00 元", "capitals": "人民币叁仟元整"}
    assert context(REFUSED, "refused")["amount"] == {"figures": "", "capitals": ""}
    assert context(replace(GRANTED, currency="USD"), "granted")["amount"]["capitals"] == ""
    status = decision(measure("steady", "granted", (), amount=None, kind="entitlement"))
    assert context(status, "granted")["amount"] == {"figures": "", "capitals": ""}


def test_a_refusal_names_what_failed_with_the_value_the_need_and_the_lack() -> None:
    made = context(REFUSED, "refused")
    group, insured = made["failed"]
    assert (group["say"], [part["say"] for part in group["parts"]]) == ("属于扶持对象", ["户籍在结对地区"])
    assert group["parts"][0]["has"] == "户籍地 示例县"
    assert insured["has"] == "参保月数 2 个月：2021年3月至2021年4月"
    assert (insured["needs"], insured["short"], insured["clause"]) == ("最低月数 3 个月", "1 个月", "二（一）")
    assert made["met"] == []


def test_every_line_has_its_outcome_and_reason() -> None:
    made = context(PARTLY, "partly_granted")
    assert [(line["outcome"], line["amount"], line["reason"]) for line in made["lines"]] == [
        ("准予", "3,000.00 元", ""), ("不予", "", "依法缴纳社会保险满3个月"), ("待补", "", "缺 参保记录"),
    ]
    assert [len(line["failed"]) for line in made["lines"]] == [0, 1, 0]
    assert [fact["say"] for fact in made["facts"]] == ["具有人力资源服务许可"]
    assert made["pending"] == "吉克阿衣莫子 **************9978"


def test_what_failed_alike_is_told_once_with_the_months_as_spans() -> None:
    def lived(who: str, month: int, *findings: Finding) -> Line:
        return line("refused" if findings else "granted", findings, (
            *entry(who, "511133199001039981"), Named("month", "月份", Month.of(2024, month), MONTH),
        ))

    away = Finding("lived", "当月在租", "not met", True, "refuse", (Named("rented", "在租", False, BOOLEAN),))
    lines = (
        lived("示例丁", 1), lived("示例丁", 2, away), lived("示例丁", 3, away), lived("示例丁", 4, away, insured(1)),
        lived("示例丁", 6, away), lived("示例戊", 2, away), lived("示例戊", 3, insured(2)),
    )
    made = context(decision(measure("service", "granted", lines), who=FIRM_IS), "partly_granted")
    one, other = "示例丁 **************9981", "示例戊 **************9981"
    assert [(each["lines"], each["say"]) for each in made["reasons"]] == [
        (f"{one} 2024年2月至2024年4月、2024年6月；{other} 2024年2月", "当月在租"),
        (f"{one} 2024年4月", "依法缴纳社会保险满3个月"),
        (f"{other} 2024年3月", "依法缴纳社会保险满3个月"),
    ]
    assert made["about"] == f"{one} 2024年1月至2024年4月、2024年6月；{other} 2024年2月至2024年3月"
    assert context(REFUSED, "refused")["reasons"] == []
    assert context(REFUSED, "refused")["about"] == ""


def test_missing_facts_say_what_to_write_and_how_to_prove_it() -> None:
    assert [(m["label"], m["asked"], m["proof"]) for m in context(INCOMPLETE, "incomplete")["missing"]] == [
        ("户籍地", "文字", "户口簿"), ("出生日期", "日期，写作 2021-03-01", ""),
        ("类别", "填下列之一：甲类、乙类", "核查记录"),
        ("享受其他优惠", "填“是”或“否”", ""),
    ]


def test_a_limit_is_told_as_an_adjustment() -> None:
    made = context(LIMITED, "refused")
    assert made["failed"] == []
    assert made["adjustments"] == [
        {"label": "每人一次", "clause": "二", "before": "准予 3,000.00 元", "after": "不予", "earlier": "2020-0009"}
    ]


def test_remedies_are_those_in_force_on_the_day_of_the_letter() -> None:
    book = rulebook(remedies={
        "2020-01-01": said("甲"), "2021-06-01": said("乙"), "2024-01-01": said("丙"), "电话": said("丁"),
    })
    assert context(REFUSED, "refused", book)["remedies"] == ["丁", "乙"]
    assert context(REFUSED, "refused", book, day=date(2024, 1, 1))["remedies"] == ["丁", "丙"]
    assert context(replace(REFUSED, as_of=None), "refused", book)["remedies"] == ["丁"]
    assert context(REFUSED, "refused")["remedies"] == []


def test_a_line_called_by_a_private_number_alone_is_masked_too() -> None:
    key = Named("firm.roster.person.id", "名册人员", "51113319900103999X", TEXT)
    lines = tuple(replace(line, key=(key,)) for line in PARTLY.measures[0].lines)
    made = context(replace(PARTLY, measures=(replace(PARTLY.measures[0], lines=lines),)), "partly_granted")
    assert {line["key"] for line in made["lines"]} == {"**************999X"}


def test_a_private_value_read_through_a_definition_is_masked() -> None:
    number = Named("someone.id", "证件号码", "51113319900103999X", TEXT)
    wording = Wording.of(rulebook(), "zh")
    assert wording.value(number) == "**************999X"
    assert wording.value(replace(number, label="单号")) == "51113319900103999X"


def test_a_count_is_shown_with_what_it_counted_however_deep() -> None:
    inner = Named("list", "月份", (Month.of(2021, 3), Month.of(2021, 4)), List(MONTH))
    other = Named("kinds", "种类", ("a",), List(STATUS))
    count = Named("months", "月数", 2, MONTHS, (other, Named("all", "全部月数", 2, MONTHS, (inner,))))
    assert Wording.of(rulebook(), "zh").named(count) == "月数 2 个月：2021年3月至2021年4月"
    assert Wording.of(rulebook(), "zh").named(replace(count, value=5)) == "月数 5 个月"


def test_payers_without_a_label_have_one() -> None:
    place = Named("authority", "authority", "示例区", TEXT)
    payer = (place, Named("fund", "", "资金", TEXT), Named("x", "某", "值", TEXT))
    made = context(decision(replace(GRANTED.measures[0], payer=payer)), "granted")
    assert [part["label"] for part in made["payer"]] == ["支付机关", "列支资金", "某"]


def test_defaults_and_given_figures_are_marked() -> None:
    part = Named("x", "标准", Decimal(3000), rulebook().money_type, assumed=True, provided=True)
    lines = tuple(replace(line, computation=(part,)) for line in GRANTED.measures[0].lines)
    made = context(decision(measure("steady", "granted", lines), who=PERSON_IS), "granted")
    assert made["computation"] == [{"label": "标准", "value": "3,000.00 元"}]
    assert Wording.of(rulebook(), "zh").named(part) == "标准 3,000.00 元（缺省）（案件提供）"
