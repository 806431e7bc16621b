"""Plain text: nothing wider than the page, nothing lost, no line that begins with a closing mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.letters.text import WIDTH, cells, lay_out, wrap
from tests.letters.reading import paper

WORDS = st.text(alphabet="示例单位，。（）、“”ab 12-", max_size=200)


@given(WORDS, st.integers(8, 80))
def test_lines_fit_and_keep_everything(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_marks_stay_with_their_words() -> None:
    assert wrap("甲乙丙丁，戊", 8) == ["甲乙丙", "丁，戊"]
    assert wrap("甲乙丙（丁）", 8) == ["甲乙丙", "（丁）"]


def test_words_are_not_broken_but_longer_ones_are() -> None:
    assert wrap("甲乙 2021-03 丙", 10) == ["甲乙", "2021-03 丙"]
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=4))
def test_tables_fit_the_page(rows: list[tuple[str, str, str]]) -> None:
    source = "| 甲 | 乙 | 丙 |\n| --- | ---: | --- |\n" + "".join(f"| {a} | {b} | {c} |\n" for a, b, c in rows)
    assert all(cells(line) <= WIDTH for line in lay_out(paper(source)).splitlines())


def test_columns_stand_under_each_other() -> None:
    laid = lay_out(paper("| 姓名 | 金额 |\n| --- | ---: |\n| 示例甲 | 5.00 |\n| b | 3,000.00 |\n"))
    assert laid == (
        "姓名        金额\n"
        "----------------\n"
        "示例甲      5.00\n"
        "b       3,000.00\n"
        "----------------\n"
    )


def test_long_names_wrap_and_are_never_cut() -> None:
    name = "示例" * 30
    laid = lay_out(paper(f"| 序号 | 单位 | 说明 |\n| --- | --- | --- |\n| 1 | {name} | {name} |\n"))
    assert laid.count("示") == 60
    assert max(map(cells, laid.splitlines())) <= WIDTH


@pytest.mark.parametrize(("source", "laid"), [
    ("甲\n乙", "    甲乙\n"), ("a\nb", "    a b\n"), ("甲\\\n乙", "    甲\n乙\n"),
    ("- 甲\n  - 乙", "    - 甲\n      - 乙\n"),
    ("3. 甲\n4. 乙", "    3. 甲\n    4. 乙\n"), ("> 甲", " " * 74 + "甲\n"),
    ("## 号\n\n某：", " " * 39 + "号\n\n某：\n"),
    ("---", "-" * 80 + "\n"),
])
def test_blocks(source: str, laid: str) -> None:
    assert lay_out(paper(source)) == laid
