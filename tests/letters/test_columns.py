"""Widths of columns: what fits stays, what is wide shares the rest, and no word is torn where that can be helped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interpreter.letters.text import GAP, columns, longest_word


def test_columns_that_fit_are_left_as_they_are() -> None:
    assert columns([4, 11, 8], 40, [4, 11, 8]) == [4, 11, 8]


def test_the_wide_ones_share_what_is_left() -> None:
    assert columns([4, 90, 60], 68) == [4, 30, 30]


def test_a_number_is_not_torn_where_others_may_be_broken() -> None:
    assert columns([4, 18, 60, 60], 50, [4, 18, 2, 2]) == [4, 18, 11, 11]
    # nor where giving it room leaves another short
    assert columns([14, 18, 60, 60], 50, [14, 18, 2, 2]) == [14, 18, 6, 6]


def test_with_too_many_numbers_all_share() -> None:
    assert columns([18, 18, 18], 34, [18, 18, 18]) == [10, 10, 10]


def test_a_word_is_what_is_not_broken() -> None:
    assert longest_word("马海 **************9979 号") == 18
    assert longest_word("租房补贴") == 2
    assert longest_word("") == 0


@given(st.lists(st.tuples(st.integers(2, 60), st.integers(2, 60)), min_size=1, max_size=9), st.integers(40, 120))
def test_no_more_than_there_is_and_no_more_than_is_needed(wide: list[tuple[int, int]], width: int) -> None:
    natural = [max(pair) for pair in wide]
    least = [min(pair) for pair in wide]
    found = columns(natural, width, least)
    room = width - len(GAP) * (len(wide) - 1)
    assert all(2 <= got <= most for got, most in zip(found, natural, strict=True))
    assert sum(found) <= max(room, 2 * len(wide))
    if sum(least) <= room:
        assert all(got >= few for got, few in zip(found, least, strict=True))
