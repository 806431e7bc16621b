"""Texts: cut by code points, from 1 or from the end; joined, looked through and written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import BY_KEY, FAULT
from interpreter.language.functions.text import LONGEST
from interpreter.language.unknown import NOWHERE, Partial, Unknown
from tests.language.small import Small, known, value


def feel(text: str, **facts: Any) -> Any:
    found = Small(feel=True).value(text, facts)
    return None if isinstance(found, Unknown) else found


@pytest.mark.parametrize(("text", "result"), [
    ('substring("foobar", 3)', "obar"), ('substring("foobar", 3, 3)', "oba"), ('substring("foobar", -2, 1)', "a"),
    ('substring("foobar", -6)', "foobar"), ('substring("foobar", 5, 9)', "ar"), ('substring("参保月数", 3)', "月数"),
    (r'substring("\U01F40Efoo", 2)', "foo"), (r'string length("\ud83d\udca9")', 1), ('string length("")', 0),
    ('upper case("aß1参")', "ASS1参"), ('lower case("ÀÉ1")', "àé1"),
    ('substring before("foobar", "bar")', "foo"), ('substring before("foobar", "x")', ""),
    ('substring before("foobar", "")', ""), ('substring before("", "")', ""),
    ('substring after("foobar", "o")', "obar"), ('substring after("foobar", "x")', ""),
    ('substring after("foobar", "")', "foobar"), ('substring after("", "a")', ""),
    ('contains("foobar", "")', True), ('contains("foobar", "of")', False), ('starts with("foobar", "fo")', True),
    ('ends with("foobar", "r")', True), ('"新" + "" + "昌"', "新昌"),
    ('string join(["a", "b", "c"], " and ")', "a and b and c"), ('string join(["a"], "X")', "a"),
    ('string(123.450)', "123.45"), ("string(-0.5)", "-0.5"), ("string(1000)", "1000"), ("string(10.0)", "10"),
    ('string(true)', "true"), ("string(1 > 2)", "false"), ('string("a")', "a"), ("string(0.00)", "0"),
])
def test_texts(text: str, result: Any) -> None:
    assert known(text) == result


def test_names_of_arguments() -> None:
    assert known('substring(start position: 3, string: "foobar")') == "obar"
    assert known('substring(string: "foobar", start position: 3, length: 2)') == "ob"
    assert known('string join(delimiter: "X", list: ["a", "c"])') == "aXc"
    assert known('contains(match: "o", string: "foo")') is True
    assert known("string(from: 1)") == "1"


@pytest.mark.parametrize(("word", "at"), [("foobar", 7), ("foobar", -7), ("foobar", 0), ("", 1), ("", -1)])
def test_there_is_no_text_outside_the_text(word: str, at: int) -> None:
    found = value("substring(word, n)", word=word, n=at)
    assert isinstance(found, Unknown)
    assert found.causes >= 1 << 40
    assert BY_KEY["substring.length"].python("foobar", 1, 0) is FAULT


@given(st.text(max_size=6), st.integers(-7, 7), st.integers(1, 7))
def test_a_part_is_what_stands_there(word: str, at: int, length: int) -> None:
    found = BY_KEY["substring.length"].python(word, at, length)
    if at == 0 or abs(at) > len(word):
        assert found is FAULT
    else:
        first = at if at > 0 else len(word) + at + 1
        assert found == "".join(c for place, c in enumerate(word, 1) if first <= place < first + length)


@given(st.text("ab", max_size=6), st.text("ab", max_size=2))
def test_before_and_after_stand_around_the_match(word: str, match: str) -> None:
    before, after = (BY_KEY[f"substring {side}"].python(word, match) for side in ("before", "after"))
    assert before + match + after == word if match in word else (before, after) == ("", "")


def test_endless_texts_are_a_fault() -> None:
    half = "x" * (LONGEST // 2 + 1)
    assert BY_KEY["add.text"].python(half, half) is FAULT
    assert BY_KEY["string join"].python((half, half)) is FAULT


def test_joining_what_is_known_in_part() -> None:
    one = Unknown(1)
    join = BY_KEY["string join.delimiter"].python
    assert join(("a", one), Unknown(2)).causes == 3
    assert join(Partial(4, ((one, "a"),)), "-").causes == 5


@pytest.mark.parametrize(("text", "result"), [
    ('string join(["a", null, "c"], "X")', "aXc"), ("string join([null])", ""), ("string join([])", ""),
    ('string join(["a"], word)', None), ('substring("foobar", 3.8, 3.8)', "oba"), ("substring(word, 1)", None),
    ("string(1 / 3)", "0." + "3" * 34), ("string(2 / 3)", "0." + "6" * 33 + "7"),
    ("string(1 / 8)", "0.125"), ("string(-200 / 3)", "-66." + "6" * 31 + "7"), ("string(0 / 3)", "0"),
    ("string([1, null, 2])", "[1, null, 2]"), (r'string(["\"foo\""])', r'["\"foo\""]'),
    ('string({a: "foo", b: {bar: [true]}})', '{a: "foo", b: {bar: [true]}}'),
    ('string({"b c": @"2020-01-01"})', '{"b c": 2020-01-01}'), (r'string(["a\\b"])', r'["a\\b"]'),
    ("string([1..2.5))", "[1..2.5)"), ("string(n)", None),
])
def test_texts_of_feel(text: str, result: Any) -> None:
    assert feel(text, n=NOWHERE, word=NOWHERE) == result
