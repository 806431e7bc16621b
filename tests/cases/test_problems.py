"""Every problem of this floor once, as a person reads it. The files in golden/ are read by people when they change."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from interpreter.cases.facts import read_case
from interpreter.cases.files import case_sources
from interpreter.cases.form import blank_form
from interpreter.cases.json_text import MAX_CHARACTERS, decode
from interpreter.problems import Language, PolicyError, Problem
from interpreter.problems.cells import width
from interpreter.problems.messages.cases import MESSAGES
from interpreter.problems.render import render
from tests.cases.made import BOOK, CODE, ID, source

GOLDEN = Path(__file__).parent / "golden"


def of_text(text: str, *sets: tuple[str, str]) -> list[Problem]:
    problems: list[Problem] = []
    read_case(source(text, "worker.json"), BOOK, problems, sets=sets)
    return problems


def of(data: object, *sets: tuple[str, str]) -> list[Problem]:
    return of_text(json.dumps(data, ensure_ascii=False, indent=2), *sets)


def worker(**facts: Any) -> dict[str, Any]:
    return {"worker": {"id": ID, "name": "示例甲", **facts}}


def of_bytes() -> list[Problem]:
    problems: list[Problem] = []
    decode("worker.json", '{\n"姓名": 1}'.encode("gb18030"), problems)
    return problems


def of_rules() -> list[Problem]:
    """Found by those who decide, and said by this floor, whose case it is."""
    fields = {"label": "住宿月数", "given": "7", "computed": "6"}
    return [Problem("case.provided-differs", None, fields, path="worker.months_stayed")]


def of_form() -> list[Problem]:
    with pytest.raises(PolicyError) as raised:
        blank_form(BOOK, "wroker", "zh")
    return raised.value.problems


def of_file(name: str) -> list[Problem]:
    """What is said of a file in a folder that has a worker.json alone."""
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        Path(folder, "worker.json").write_text("{}", encoding="utf-8")
        problems: list[Problem] = []
        os.chdir(folder)
        try:
            assert list(case_sources([name], b"", problems)) == [None]
        finally:
            os.chdir(before)
    return problems


MAKERS: dict[str, Callable[[], list[Problem]]] = {
    "case.encoding": of_bytes,
    "case.size": lambda: of_text(" " * (MAX_CHARACTERS + 1)),
    "case.depth": lambda: of_text('{"worker": ' + "[" * 200_000),
    "case.json": lambda: of_text('{"worker": {"id": "' + ID + '" "name": "示例甲"}}'),
    "case.json-width": lambda: of_text('{"worker"：{"id": "' + ID + '"}}'),
    "case.duplicate": lambda: of_text('{"worker": {"id": "' + ID + '",\n"id": "' + ID + '"}}'),
    "case.constant": lambda: of_text('{"firm": {"heads": NaN}}'),
    "case.digits": lambda: of_text('{"firm": {"heads": 1e99}}'),
    "case.object": lambda: of([]),
    "case.unknown-key": lambda: of(worker(stay=[])),
    "case.twice": lambda: of(worker(姓名="示例乙")),
    "case.record": lambda: of(worker(stays=["2021-03"])),
    "case.list": lambda: of(worker(stays={"month": "2021-03"})),
    "case.null-item": lambda: of(worker(stays=[None])),
    "case.long-list": lambda: of_text(json.dumps(worker(nicknames=["甲"] * 10_001))),
    "case.scalar": lambda: of(worker(other_aid=[True])),
    "case.required": lambda: of({"worker": {"name": "示例甲"}}),
    "case.text": lambda: of({"worker": {"id": int(ID)}}),
    "case.word": lambda: of(worker(stays=[{"month": 202103}])),
    "case.empty": lambda: of({"application": {"number": ""}}),
    "case.characters": lambda: of({"application": {"number": "1\u202e2"}}),
    "case.boolean": lambda: of(worker(other_aid="没有")),
    "case.number": lambda: of({"firm": {"heads": "3,000"}}),
    "case.bounds": lambda: of(worker(jobs=[{"pay": -1}])),
    "case.date": lambda: of(worker(jobs=[{"start": "2021-03-01", "end": "2021.3.5"}])),
    "case.date-month": lambda: of(worker(jobs=[{"start": "2021年3月"}])),
    "case.month": lambda: of(worker(stays=[{}, {"month": "2021-13", "kind": "全日"}])),
    "case.time": lambda: of({"firm": {"opens": "9:00"}}),
    "case.date-time": lambda: of({"application": {"handed_in": "2021-03-05"}}),
    "case.local": lambda: of({"application": {"handed_in": "2021-03-05T17:00:00+08:00"}}),
    "case.choice": lambda: of(worker(stays=[{"kind": "养老"}])),
    "case.row": lambda: of(worker(stays=[{"place": "东乡县"}])),
    "case.row-ambiguous": lambda: of(worker(stays=[{"place": "河口"}])),
    "case.value": lambda: of({"firm": {"age": "P3M"}}),
    "case.id-length": lambda: of({"worker": {"id": ID[:-1]}}),
    "case.id-fifteen": lambda: of({"worker": {"id": "511133900101999"}}),
    "case.id-form": lambda: of({"worker": {"id": ID[:-2] + "-9"}}),
    "case.id-birth": lambda: of({"worker": {"id": "511133199002309999"}}),
    "case.id-future": lambda: of({"application": {"filed_on": "1989-12-31"}, "worker": {"id": ID}}),
    "case.id-check": lambda: of({"worker": {"id": ID[:-1] + "8", "name": "示例甲"}}),
    "case.code-length": lambda: of({"firm": {"code": CODE[:-1]}}),
    "case.code-form": lambda: of({"firm": {"code": CODE.replace("XX", "IO", 1)}}),
    "case.code-check": lambda: of({"firm": {"code": CODE[:-1] + "X"}}),
    "input.missing": lambda: of_file("worker.jsn"),
    "input.folder": lambda: of_file("."),
    "input.unreadable": lambda: of_file("worker.json/1"),
    "input.none": lambda: of_file("-"),
    "case.policy": lambda: of({"policy": "another"}),
    "case.measure": lambda: of({"claims": ["stay_aids"]}),
    "case.required-entry": lambda: of({"history": [{"measure": "stay_aid"}]}),
    "case.provided-differs": of_rules,
    "case.claimant": of_form,
    "case.set-path": lambda: of(worker(), ("worker.nmae", "示例乙")),
    "case.set-row": lambda: of(worker(stays=[]), ("worker.stays.1.month", "2021-03")),
    "case.set-ambiguous": lambda: of({"worker": {"id": ID}, "firm": {}}, ("name", "示例乙")),
}


def rendered(language: Language) -> Iterator[str]:
    for code, maker in MAKERS.items():
        (problem,) = maker()
        assert problem.code == code
        yield render(problem, language) + "\n"


def test_every_message_is_shown_here() -> None:
    assert list(MAKERS) == list(MESSAGES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_problems_as_people_read_them(language: Language) -> None:
    text = "\n".join(rendered(language))
    assert text == (GOLDEN / f"problems.{language}.txt").read_text(encoding="utf-8")
    assert max(width(line) for line in text.splitlines()) <= 80
    text.encode("gbk")
    for private in (ID, ID[:-1], "示例甲", "示例乙", "511133900101999"):
        assert private not in text
