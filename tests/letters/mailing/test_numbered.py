"""Letters of a run have numbers of one register: the same on every run, and those of reprints their old ones."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from interpreter.language.core import Local
from interpreter.language.expression import Expression
from interpreter.letters.mailing.run import Bulk, Order, write_all
from interpreter.letters.plan import KINDS
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Rulebook, Say
from interpreter.rulebook.papers import NUMBER, Passage, Stationery
from interpreter.rulebook.stationery import variables
from tests.letters.building import GRANTED, REFUSED, REGION, REVIEW, TEMPLATES, WHERE, rulebook

NUMBERED = re.compile(r"甲〔(\d+)〕(\d+)号(（补发）)?")


def numbering() -> Rulebook:
    """The made-up policy with a number on its letters."""
    known = variables(REGION, Draft([]))

    def hole(name: str) -> Expression:
        one = known[name]
        return Expression(name, WHERE, one.type, Local(one.slot, name), frozenset({name}))

    say = Say(("甲〔", hole("year"), "〕", hole("n"), "号"))
    return rulebook(paper=Stationery(texts={NUMBER: (Passage(None, say),)}, variables=known), slots=8)


def write(folder: Path, *cases: str, reprint: bool = False, only: tuple[str, ...] | None = None) -> Bulk:
    book = numbering()
    made = [(replace(REFUSED if case.endswith("2") else GRANTED, case=case), book) for case in cases]
    order = Order(
        folder, TEMPLATES, ("txt",), only, workers=0, numbers=folder.parent / "numbers.db",  # type: ignore[arg-type]
        reprint=reprint,
    )
    return write_all(made, order)


def numbers(folder: Path) -> dict[str, tuple[str, ...]]:
    return {
        path.name[:9]: tuple(NUMBERED.findall(path.read_text(encoding="utf-8"))[0])
        for path in sorted(folder.rglob("*.txt"))
    }


def test_numbers_run_in_the_order_of_the_cases_and_stay(tmp_path: Path) -> None:
    write(tmp_path / "a", "2021-0001", "2021-0002")
    assert numbers(tmp_path / "a") == {"2021-0001": ("2021", "1", ""), "2021-0002": ("2021", "2", "")}
    write(tmp_path / "b", "2021-0003", "2021-0002", "2021-0001")
    assert numbers(tmp_path / "b") == {
        "2021-0001": ("2021", "1", ""), "2021-0002": ("2021", "2", ""), "2021-0003": ("2021", "3", ""),
    }


def test_a_reprint_says_so_and_what_was_never_sent_is_held_back(tmp_path: Path) -> None:
    write(tmp_path / "a", "2021-0001")
    made = write(tmp_path / "b", "2021-0001", "2021-0004", reprint=True)
    assert numbers(tmp_path / "b") == {"2021-0001": ("2021", "1", "（补发）")}
    assert [row.case for row in made.held] == ["2021-0004"]
    write(tmp_path / "c", "2021-0004")
    assert numbers(tmp_path / "c") == {"2021-0004": ("2021", "2", "")}


def test_a_register_that_is_none_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "numbers.db").write_text("not a register " * 99, encoding="utf-8")
    made = write(tmp_path / "a", "2021-0001")
    assert [problem.code for problem in made.problems] == ["letter.numbers"]
    assert list((tmp_path / "a").rglob("*.txt")) == []


def test_what_stays_in_the_office_has_no_number(tmp_path: Path) -> None:
    order = Order(tmp_path / "a", TEMPLATES, ("txt",), KINDS, workers=0, numbers=tmp_path / "numbers.db")
    write_all([(REVIEW, numbering())], order)
    sheet = next((tmp_path / "a").rglob("*review.txt")).read_text(encoding="utf-8")
    assert "人工认定" in sheet
    assert NUMBERED.search(sheet) is None
