"""Titles broken by sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.letters.pdf.headlines import WIDEST, broken
from interpreter.letters.text import cells


@pytest.mark.parametrize(("title", "lines"), [
    ("不予补贴决定书", ("不予补贴决定书",)),
    ("关于转发《示例市对口地区人员就业扶持办法》和《实施细则》的通知",
     ("关于转发《示例市对口地区人员就业扶持", "办法》和《实施细则》的通知")),
    ("示例市人力资源和社会保障局、示例市财政局关于发放补贴的决定",
     ("示例市人力资源和社会保障局、", "示例市财政局关于发放补贴的决定")),
    ("Decision on the application for a care allowance", ("Decision on the application", "for a care allowance")),
])
def test_lines_end_where_sense_does(title: str, lines: tuple[str, ...]) -> None:
    found = broken(title)
    assert "".join(found).replace(" ", "") == title.replace(" ", "")
    if "《" not in title:
        assert found == lines
    assert not any(line[0] in "、》的和" or line[-1] in "《（" for line in found)


@given(st.text("示例市补贴的和、《》 ab", min_size=1, max_size=120))
def test_every_line_fits_and_nothing_is_lost(title: str) -> None:
    lines = broken(title)
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(cells(line) <= WIDEST for line in lines)
