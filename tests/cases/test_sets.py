"""Facts set from outside the case."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from interpreter.cases.facts import Case, read_case
from interpreter.problems import Problem
from tests.cases.made import BOOK, ID, codes, source

CASE: dict[str, Any] = {
    "application": {"申请日期": "2021-06-10"},
    "劳动者": {"id": ID, "name": "示例甲", "stays": [{"month": "2021-03"}, {"月份": "2021-04"}]},
}


def read(*sets: tuple[str, str], as_of: date | None = None) -> tuple[Case | None, list[Problem]]:
    problems: list[Problem] = []
    text = json.dumps(CASE, ensure_ascii=False)
    return read_case(source(text), BOOK, problems, sets=sets, as_of=as_of), problems


def good(*sets: tuple[str, str], as_of: date | None = None) -> Case:
    case, problems = read(*sets, as_of=as_of)
    assert case is not None, problems
    return case


def test_paths_of_ids_labels_and_rows() -> None:
    case = good(("worker.stays.1.month", "2021-05"), ("劳动者.住宿记录.2.月份", "2021-06"), ("worker.name", "示例乙"))
    worker = case.facts["worker"]
    assert [str(stay.get("month")) for stay in worker.get("stays")] == ["2021-05", "2021-06"]
    assert worker.get("name") == "示例乙"


def test_a_word_that_only_one_fact_has() -> None:
    assert good(("享受其他补助", "否")).facts["worker"].get("other_aid") is False
    assert good(("other_aid", "true")).facts["worker"].get("other_aid") is True
    # the firm has a name too, but is not in this case
    assert good(("name", "示例丙")).facts["worker"].get("name") == "示例丙"


def test_records_are_made_and_lists_are_json() -> None:
    case = good(("firm.heads", "3"), ("worker.stays", "[]"), ("worker.jobs", '[{"end": "至今"}]'))
    assert case.facts["firm"].get("heads") == 3
    assert case.facts["worker"].get("stays") == ()
    assert len(case.facts["worker"].get("jobs")) == 1


def test_an_empty_value_takes_the_fact_away() -> None:
    assert "name" not in good(("worker.name", "")).facts["worker"].fields


def test_the_day_from_outside() -> None:
    case = good(as_of=date(2022, 1, 2))
    assert case.facts["application"].get("filed_on") == date(2022, 1, 2)
    assert case.as_of_given
    assert not good().as_of_given


@pytest.mark.parametrize(
    ("path", "value", "code", "found", "guess"),
    [
        ("wroker.name", "x", "case.set-path", "wroker", "worker"),
        ("worker.stays.1.moonth", "x", "case.set-path", "moonth", "month"),
        ("worker.stays.3.month", "x", "case.set-row", "3", None),
        ("worker.jobs.1.pay", "x", "case.set-row", "1", None),
        ("worker.name.x", "x", "case.set-path", "x", None),
        ("othre_aid", "x", "case.set-path", "othre_aid", "other_aid"),
        ("number.x", "x", "case.set-path", "number", None),
        ("", "x", "case.set-path", "", None),
        ("worker.other_aid", "maybe", "case.boolean", "maybe", None),
        ("worker.stays", "[", "case.json", "", None),
        ("worker.stays", '[{"month": 3}]', "case.word", '[{"month": 3}]', None),
    ],
)
def test_what_is_refused(path: str, value: str, code: str, found: str, guess: str | None) -> None:
    case, problems = read((path, value))
    assert case is None
    assert codes(problems) == [code]
    where = problems[0].where
    assert where is not None
    assert where.source.name == "--set"
    assert f"{path}={value}"[where.start : where.end].startswith(found) or value == "["
    assert problems[0].fields.get("guess") == guess


def test_a_word_that_several_facts_have() -> None:
    problems: list[Problem] = []
    text = json.dumps({**CASE, "firm": {}}, ensure_ascii=False)
    assert read_case(source(text), BOOK, problems, sets=[("name", "x")]) is None
    assert codes(problems) == ["case.set-ambiguous"]
    assert problems[0].fields["want"] == "worker.name, firm.name"


def test_the_case_itself_is_left_alone() -> None:
    before = json.dumps(CASE)
    good(("worker.stays.1.month", "2021-05"))
    assert json.dumps(CASE) == before
