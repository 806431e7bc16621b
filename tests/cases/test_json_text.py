"""Strict JSON: what is refused, where, and that no text whatever makes the reader fall."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.cases.json_text import MAX_CHARACTERS, MAX_DEPTH, decode, locate, places, read_json
from interpreter.problems import Problem
from tests.cases.made import codes, source

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def read(text: str) -> tuple[object, list[Problem]]:
    problems: list[Problem] = []
    return read_json(source(text), problems), problems


def test_numbers_are_exact() -> None:
    assert read('[0.1, 3000.00, 12, 1e3]') == ([Decimal("0.1"), Decimal("3000.00"), 12, Decimal("1e3")], [])


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read('\ufeff{"a": 1}') == ({"a": 1}, [])
    assert locate('\ufeff{"a": 1}', ("a",)) == (7, 8)


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ('{"a": 1, "b": 2, "a": 3}', "case.duplicate", '"a"'),
        ('{"a": [1, NaN]}', "case.constant", "NaN"),
        ('{"a": -Infinity}', "case.constant", "-Infinity"),
        ('{"a": 1' + "0" * 50 + "}", "case.digits", "1" + "0" * 50),
        ('{"a": 1e999999999}', "case.digits", "1e999999999"),
        ('{"a": 1,}', "case.json", "}"),
        ('{"a"： 1}', "case.json-width", "："),
        ('{“a”: 1}', "case.json-width", "“"),
        ('{"a": "b}', "case.json", '"'),
        ("{} {}", "case.json", "{"),
        ("", "case.json", ""),
        ("[" * 200_000, "case.depth", "["),
        ('{"a":' * 200_000, "case.depth", "{"),
    ],
)
def test_what_is_refused_and_where(text: str, code: str, found: str) -> None:
    value, problems = read(text)
    assert value is None
    assert codes(problems) == [code]
    where = problems[0].where
    assert where is not None
    assert text[where.start : where.end] == found


def test_the_limits_are_just_kept() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH)[1] == []
    assert codes(read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))[1]) == ["case.depth"]
    assert codes(read('"' + "a" * MAX_CHARACTERS + '"')[1]) == ["case.size"]


def test_brackets_in_text_are_no_nesting() -> None:
    assert read(json.dumps(["[" * 500 + '"\\{' * 50]))[1] == []


def test_other_encodings_are_named() -> None:
    for data, guess in (("姓名".encode("gb18030"), "GB18030"), ("a".encode("utf-16"), "UTF-16"), (b"\x80\x20", None)):
        problems: list[Problem] = []
        assert decode("case.json", b'{"x": 1,\n' * (guess == "GB18030") + data, problems) is None
        assert codes(problems) == ["case.encoding"]
        assert problems[0].fields.get("guess") == guess
    assert problems[0].fields["line"] == 1
    good = decode("case.json", "\ufeff姓名".encode(), problems)
    assert good is not None
    assert good.text == "姓名"


@given(anything)
def test_every_place_holds_its_value(data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for place in places(text):
        held = data
        for step in place.path:
            held = held[step]  # type: ignore[index]
        assert json.loads(text[place.start : place.end]) == held
        if place.key is not None:
            assert json.loads(text[slice(*place.key)]) == place.path[-1]


@given(st.text(alphabet='{}[]",:\\ 0123456789eE.-+aNu\n“，：\ud800\u0000', max_size=40) | st.text(max_size=40))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    value, problems = read(text)
    assert value is None or problems == []
