"""Duties: met, unmet, pending up to the day they are due, in review, unknown; and who is silent."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from interpreter.assurance.policy_tests import run_policy_tests
from interpreter.decision.duties import CHECKED, DUE, Owed, owed
from interpreter.decision.model import MeasureDecision
from interpreter.decision.report import render_owed, render_text, render_why, to_json
from interpreter.decision.report.layout import cells
from interpreter.problems import Problem
from tests.decision.policies import GOOD, decide_all, decide_one, measure_of, missing, open_points, policy
from tests.decision.test_json import SCHEMA

NAME = "waterworks"
TRAINED = ("parameters.yaml", "label: 每年培训次数,", "label: 每年培训次数, value: 2,")
TWICE = [{"held_on": "2022-03-01", "passed": True}, {"held_on": "2022-08-01", "passed": True}]


def town(**facts: Any) -> dict[str, Any]:
    told = {
        "place": "上镇", "year": 2022, "checked_on": "2022-12-31", "inspections": TWICE, "trained": 1,
        "reported_on": "未报",
    } | facts
    return {"town": {name: value for name, value in told.items() if value is not None}}


def duty(name: str, *changes: tuple[str, str, str], **facts: Any) -> MeasureDecision:
    return measure_of(decide_one(policy(NAME, *changes), town(**facts)), name)


def test_the_policy_tests_of_the_small_notice() -> None:
    problems: list[Problem] = []
    results = run_policy_tests(GOOD / NAME, problems)
    assert problems == []
    assert len(results) >= 10
    assert [(result.name, result.differences, result.problems) for result in results if not result.passed] == []


@pytest.mark.parametrize(("checked", "outcome"), [
    ("2022-12-30", "pending"), ("2022-12-31", "pending"), ("2023-01-01", "unmet"),
])
def test_pending_lasts_through_the_day_it_is_due(checked: str, outcome: str) -> None:
    assert duty("inspect", inspections=[], checked_on=checked).outcome == outcome


def test_what_is_met_is_met_before_and_after_its_day() -> None:
    for checked in ("2022-09-01", "2022-12-31"):
        assert duty("inspect", checked_on=checked).outcome == "met"
    assert duty("report", reported_on="2022-12-31").outcome == "met"


def test_a_duty_has_one_line_for_its_bearer_and_period() -> None:
    found = duty("inspect", inspections=[])
    [line] = found.lines
    assert [part.name for part in line.key] == ["town", "town.year"]
    assert line.key[1].value == 2022
    assert {part.name: part.value for part in line.computation} == {
        DUE: date(2022, 12, 31), CHECKED: date(2022, 12, 31),
    }
    assert (found.kind, found.amount, line.amount, line.potential) == ("duty", None, None, None)
    assert not found.claimed
    assert found.payer == ()


def test_a_missing_setting_is_the_offices_and_a_missing_fact_is_asked_for() -> None:
    found = duty("train")
    assert (found.outcome, missing(found), open_points(found)) == (
        "review", set(), {("setting", "trainings_at_least")}
    )
    asked = duty("train", trained=None)
    assert (asked.outcome, missing(asked)) == ("unknown", {"town.trained"})
    when = duty("report")
    assert (when.outcome, open_points(when)) == ("review", {("setting", "report_due")})


def test_an_unmet_duty_wants_its_days_at_once() -> None:
    found = duty("inspect", inspections=[], checked_on=None, year=None)
    assert (found.outcome, missing(found)) == ("unknown", {"town.checked_on", "town.year"})


def test_benefits_and_their_common_requirements_are_none_of_a_duty() -> None:
    book = policy(NAME)
    decision = decide_one(book, town() | {
        "application": {"number": "N1", "filed_on": "2022-05-01"}, "keeper": {"id": "K1", "name": "甲", "town": "中镇"},
    })
    assert [measure.measure for measure in decision.measures] == ["keepers", "inspect", "report", "train"]
    assert (str(decision.total), decision.claimant, decision.as_of) == ("1200.00", "keeper", date(2022, 5, 1))
    assert measure_of(decision, "inspect").outcome == "met"


def test_knowing_more_never_turns_what_is_met_or_unmet() -> None:
    """Over every state of knowledge of a duty's facts and all that each may turn out to be."""
    book = policy(NAME, TRAINED)
    values: dict[str, tuple[Any, ...]] = {
        "checked_on": ("2022-12-31", "2023-01-01"), "year": (2022, 2023), "trained": (1, 2), "inspections": ([], TWICE),
    }
    states = list(product((None, 0, 1), repeat=len(values)))
    found = {}
    for state in states:
        facts = {name: None if at is None else values[name][at] for name, at in zip(values, state, strict=True)}
        found[state] = {made.measure: made for made in decide_one(book, town(**facts)).measures}
    final = 0
    for whole, partial in product([state for state in states if None not in state], states):
        if all(known in (None, full) for known, full in zip(partial, whole, strict=True)):
            for name, after in found[whole].items():
                before = found[partial][name].outcome
                final += before in ("met", "unmet")
                assert before in ("unknown", "review", after.outcome), (partial, whole, name)
                assert after.outcome != "unknown"
    assert final > 40


# ---- silence


def bearers(one: Owed) -> dict[str, list[str]]:
    return {named.value.get("name"): [report.outcome for report in reports] for named, reports in one.bearers}


def test_who_owes_a_duty_and_is_silent() -> None:
    book = policy(NAME)
    decisions = decide_all(book, [
        town(checked_on="2023-04-01"), town(place="中镇", checked_on="2022-06-01", inspections=[]),
        town(place="下镇", year=2023, checked_on="2023-06-01"),
    ])
    first, second = owed(book, decisions)
    assert (first.duty.name, first.period[0].value, bearers(first)) == (
        "inspect", 2022, {"上镇": ["unmet"], "中镇": ["pending"], "下镇": []},
    )
    assert (second.period[0].value, bearers(second)) == (2023, {"上镇": [], "中镇": [], "下镇": ["pending"]})


def test_without_any_report_all_are_silent_on_the_day_that_is_asked_for() -> None:
    book = policy(NAME)
    [before], [after] = owed(book, [], date(2022, 6, 1)), owed(book, [], date(2023, 1, 1))
    assert bearers(before) == {"上镇": [], "中镇": []}
    assert before.complete
    assert bearers(after) == {"上镇": [], "中镇": [], "下镇": []}
    assert after.complete
    [whenever] = owed(book, [])
    assert not whenever.complete
    assert render_owed([whenever], "zh").splitlines()[-1].strip() == "是否还有其他义务人，不能确定。"


def test_the_page_of_who_owes_what() -> None:
    book = policy(NAME)
    found = owed(book, decide_all(book, [town(checked_on="2023-04-01")]))
    assert render_owed(found, "zh") == (
        "每年巡查  2022  二\n  上镇  未尽，限期 2022-12-31\n  中镇  无报告\n  下镇  无报告\n"
    )
    assert render_owed(found, "en").splitlines()[1:3] == ["  上镇  unmet, due 2022-12-31", "  中镇  no report"]
    assert render_owed([], "zh") == ""


# ---- shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("facts", [
    {}, {"inspections": []}, {"checked_on": "2023-04-01"}, {"checked_on": None, "inspections": []}, {"trained": None},
])
def test_the_report_of_a_bearer(facts: dict[str, Any], language: Any) -> None:
    book = policy(NAME)
    decision = decide_one(book, town(**facts))
    for width in (60, 80):
        page = render_text(decision, book, language, width=width)
        assert max(cells(line) for line in page.splitlines()) <= width
        assert "0.00" not in page
        assert "claims" not in page
    for measure in decision.measures:
        told = render_why(decision, book, measure.measure, language)
        assert measure.title in told
        assert told.rstrip().endswith((".", "。"))
    Draft202012Validator(SCHEMA).validate(json.loads(to_json(decision, book)))


def test_who_bears_a_duty_is_no_claimant() -> None:
    page = render_text(decide_one(policy(NAME), town(inspections=None)), policy(NAME), "zh")
    assert "请义务人补充（一次告知，1 项）" in page


def test_the_report_says_when_it_was_due_and_what_is_short() -> None:
    book = policy(NAME)
    page = render_text(decide_one(book, town(checked_on="2023-04-01")), book, "zh").splitlines()
    assert page[:2] == ["上镇", "示水〔2022〕3号，按 2023-04-01（核查日期）的规定"]
    assert page[3].split()[:4] == ["未尽", "每年巡查", "限期", "2022-12-31，不符"]
    assert "  上镇 2022，限期 2022-12-31，核查日期 2023-04-01" in page
