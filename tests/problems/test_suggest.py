"""Did you mean."""

from __future__ import annotations

import pytest

from interpreter.problems.suggest import closest

NAMES = ["insured_months", "undisputed_months", "参保月数", "马边彝族自治县", "养老", "worker"]


@pytest.mark.parametrize(("word", "meant"), [
    ("insured_monhts", "insured_months"),
    ("Worker", "worker"),
    ("参月保数", "参保月数"),
    ("数月保参", "参保月数"),
    ("参保月", "参保月数"),
    ("养劳", "养老"),
    ("老养", "养老"),
    ("xyz", None),
    ("城", None),
    ("", None),
])
def test_closest(word, meant):
    assert closest(word, NAMES) == meant


def test_a_word_is_never_its_own_correction():
    assert closest("worker", ["worker"]) is None
    assert closest("worker", []) is None


def test_the_answer_does_not_depend_on_the_order():
    assert closest("abcx", ["abcd", "abce"]) == closest("abcx", ["abce", "abcd"])
