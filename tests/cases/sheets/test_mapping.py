"""The mapping: what is proposed says what was understood, and what is corrected holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interpreter.cases.sheets.mapping import written_mapping
from interpreter.cases.sheets.office import plan_office_files
from interpreter.cases.sheets.preview import preview
from interpreter.cases.sheets.tally import Tally
from interpreter.problems import Problem, Source
from interpreter.rulebook.model import Rulebook
from tests.cases.sheets.test_files import ID, MONTHS, PEOPLE, X, csv, notice, reading, worker, xlsx

OWN_WORDS = [["台账"], ["编号", "申请时间", "名字", "身份证号码", "县", "备注"], *([*row, "x"] for row in PEOPLE[1:])]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return notice()


def mapped(book: Rulebook, text: str, *paths: Path) -> list[str]:
    problems: list[Problem] = []
    plan_office_files(paths, book, problems, mapping=Source("map.yaml", text))
    return [problem.code for problem in problems]


def test_a_proposal_used_as_it_is_changes_nothing(book: Rulebook, tmp_path: Path) -> None:
    wide = [["身份证件号码", "姓名", "险种", "2021年3月", "202104"], [ID, "示例甲", "养老", "●", "1"]]
    for paths in (
        [xlsx(tmp_path / "p.xlsx", ("人员", PEOPLE), ("参保", MONTHS), ("说明", [["随便"], ["写写"]]))],
        [csv(tmp_path / "people.csv", PEOPLE), csv(tmp_path / "wide.csv", wide)],
    ):
        found, cases = reading(book, *paths)
        text = written_mapping(found.plan)
        again, others = reading(book, *paths, mapping=Source("map.yaml", text))
        assert [case.data for case in cases] == [case.data for case in others]
        assert written_mapping(again.plan) == text
        assert [(count.rows, count.used) for count in found.counts] == [
            (count.rows, count.used) for count in again.counts]


def test_an_offices_own_words_are_mapped(book: Rulebook, tmp_path: Path) -> None:
    path = csv(tmp_path / "own.csv", OWN_WORDS)
    text = """
sheets:
  - is: case
    head: 2
    columns:
      编号: application.number
      申请时间: 申请日期
      名字: worker.name
      身份证号码: worker.id
      E: worker.registry_county
      备注: skip
    set: {application.received_by: 越城, worker.other_housing: 否}
"""
    _, cases = reading(book, path, mapping=Source("map.yaml", text))
    assert [case.number for case in cases] == ["2021-0001", "2021-0002"]
    assert cases[0].data["application"] == {"number": "2021-0001", "filed_on": "2021-06-10", "received_by": "越城"}
    assert worker(cases[1]) == {"name": "示例乙", "id": X, "registry_county": "沐川", "other_housing": False}


def test_what_is_near_is_proposed_and_not_used(book: Rulebook, tmp_path: Path) -> None:
    rows = [["申请编号", "申请日期", "姓名", "身份证件号"], *(row[:4] for row in PEOPLE[1:])]
    problems: list[Problem] = []
    plan = plan_office_files([csv(tmp_path / "p.csv", rows)], book, problems)
    assert plan is not None
    assert plan.sheets[0].near == {"身份证件号": "身份证件号码"}
    assert "身份证件号: skip   # 身份证件号码?" in written_mapping(plan)


def test_marks_are_explained(book: Rulebook, tmp_path: Path) -> None:
    wide = csv(tmp_path / "wide.csv", [["身份证件号码", "2021年3月", "202104", "2021-05"], [ID, "缓", "迟", "无"]])
    people = csv(tmp_path / "people.csv", PEOPLE)
    found, _ = reading(book, people, wide)
    assert {one.problem.code for one in found.rejects} == {"sheet.mark"}
    text = ("sheets:\n  - file: wide.csv\n    set: {kind: 养老}\n    marks: {缓: {}, 迟: {backpaid: 是}}\n")
    _, cases = reading(book, people, wide, mapping=Source("map.yaml", text))
    assert worker(cases[0])["insurance"] == [
        {"kind": "养老", "month": "2021-03"}, {"kind": "养老", "month": "2021-04", "backpaid": True}]


@pytest.mark.parametrize(("text", "code"), [
    ("", "map.form"), ("a: 1", "map.form"), ("sheets: []\nmore: 1", "map.key"), ("sheets:\n  - 1", "map.form"),
    ("sheets:\n  - si: case", "map.key"), ("sheets:\n  - file: b.csv", "map.sheet"),
    ("sheets:\n  - is: worker.insurence", "map.fact"), ("sheets:\n  - head: 40", "map.form"),
    ("sheets:\n  - head: 2-9", "map.form"), ("sheets:\n  - head: x", "map.form"),
    ("sheets:\n  - columns: {没有: worker.id}", "map.column"),
    ("sheets:\n  - columns: {姓名: worker.nmae}", "map.fact"),
    ("sheets:\n  - columns: 1", "map.form"), ("sheets:\n  - set: {worker.nmae: x}", "map.fact"),
    ("sheets:\n  - set: {application.filed_on: 六月}", "map.value"), ("sheets:\n  - complete: perhaps", "map.form"),
    ("sheets:\n  - wide: worker.months", "map.fact"), ("sheets: [", "yaml.syntax"),
])
def test_a_wrong_mapping_is_told(text: str, code: str, book: Rulebook, tmp_path: Path) -> None:
    found = mapped(book, text, csv(tmp_path / "people.csv", PEOPLE))
    assert code in found or (code == "yaml.syntax" and found and found[0].startswith("yaml."))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_preview_shows_what_was_understood_and_nothing_private(
    language: Any, book: Rulebook, tmp_path: Path
) -> None:
    rows = [["台账"], *PEOPLE, ["2021-0003", "2021年6月", "示 例丙", int(ID), "马边县"], ["合计"]]
    path = xlsx(tmp_path / "p.xlsx", ("人员", rows), ("参保", MONTHS))
    problems: list[Problem] = []
    plan = plan_office_files([path], book, problems)
    assert plan is not None
    found, tally = reading(book, path)[0], Tally()
    found.rejects.clear()
    found.counts.clear()
    for _ in tally.watch(found):
        pass
    shown = preview(found, tally, language, cells=100)
    for word in ("worker.registry_county", "worker.insurance", "2021-0001", "case.date-month"):
        assert word in shown
    assert "示例" not in shown
    assert ID not in shown
    assert max(map(len, shown.splitlines())) <= 100
    assert (tally.cases, tally.good) == (3, 2)
