"""Widths of common characters, said without the library that knows all of them."""

from __future__ import annotations

import pytest
from wcwidth import wcwidth

from interpreter.problems.cells import COMMON, WIDTHS, cells


@pytest.mark.parametrize(("first", "last", "width"), COMMON)
def test_common_characters_are_as_wide_as_the_library_says(first: str, last: str, width: int) -> None:
    assert {wcwidth(chr(code)) for code in range(ord(first), ord(last) + 1)} == {width}


@pytest.mark.parametrize(("char", "width"), [
    ("é", 1), ("ꆈ", 2), ("䶮", 2), ("\u0301", 0), ("\t", 0), ("\u202e", 0), ("한", 2),
])
def test_others_are_as_wide_as_it_says_too(char: str, width: int) -> None:
    assert WIDTHS[char] == width == cells(char)
