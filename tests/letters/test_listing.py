"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.letters.listing import safe_cell


@pytest.mark.parametrize("text", [
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\u00a0=1", "\u3000=1", "＝1+1", "＋1", "－1", "＠x",
    "\ufeff=1", "\u200b=1", "\u2060=1", "'=1", "\n=1", "\u202e=1", "  \t -1",
])
def test_what_begins_like_a_formula_is_text(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize(("text", "cell"), [
    ("2021-0001", "2021-0001"), ("甲\n=1", "甲 =1"), ("", ""), ("3000.00", "3000.00"), ("a=b", "a=b"),
])
def test_other_cells_are_one_line_and_else_as_they_are(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@given(st.text(alphabet="=+-@＝＋－＠' \t\r\n\u00a0\u200b\ufeff\u202ea1示"))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    seen = safe_cell(text)
    assert "\n" not in seen
    assert "\r" not in seen
    assert seen.lstrip(" \u00a0\u3000\u200b\ufeff\t")[:1] not in set("=+-@＝＋－＠") - {""}
