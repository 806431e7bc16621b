"""Each character of a value is found again in the file, in every style a value can be written in."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interpreter.problems import Problem, Source
from interpreter.rulebook.reading import Scalar, find, read_yaml

LETTERS = st.text("ab1 中：  \n\n'\"#:-x<>=,{}[]&*!|%@\\\t😀é", max_size=40)
STYLES = st.sampled_from([None, "|", ">", "'", '"'])
FOLDED = " \n"


def scalar(text: str, *path: str | int) -> Scalar:
    problems: list[Problem] = []
    node = read_yaml(Source("a.yaml", text), problems)
    assert node is not None, problems
    found = find(node, path)
    assert isinstance(found, Scalar)
    return found


def dumped(value: str, style: str | None, width: int, indent: int) -> str:
    class Dumper(yaml.SafeDumper):
        pass

    Dumper.add_representer(str, lambda d, v: d.represent_scalar("tag:yaml.org,2002:str", v, style=style))
    return yaml.dump({"k": {"n": value, "z": "1"}}, Dumper=Dumper, allow_unicode=True, width=width, indent=indent)


@given(LETTERS, STYLES, st.sampled_from([10, 20, 80]), st.sampled_from([2, 4]), st.booleans(), st.booleans())
def test_every_character_is_found_again(value, style, width, indent, windows, comment):
    text = ("# 注释 😀\n" if comment else "") + dumped(value, style, width, indent)
    if windows:
        text = text.replace("\n", "\r\n")
    if "\t" in value and style is None:
        return  # the emitter writes tabs into plain values that no reader takes back
    n = scalar(text, "k", "n")
    assert n.text == yaml.safe_load(text)["k"]["n"]
    offsets = list(n.fragment.offsets)
    assert len(offsets) == len(n.text) + 1
    assert offsets == sorted(offsets)
    assert all(n.span.start <= at <= len(text) for at in offsets)
    for char, at in zip(n.text, offsets, strict=False):
        if text[at] != char:
            assert text[at] == "\\" or (char in FOLDED and text[at] in "\r\n"), (char, text[at])
    if n.text.strip():
        assert len(set(offsets)) == len(offsets), "every character has a place of its own"


@pytest.mark.parametrize(("text", "part", "where"), [
    ("a: f(x) >= y\n", "y", "1:12"),
    ("a: 'it''s y'\n", "y", "1:11"),
    ('a: "\\u4e2d\\t y"\n', "y", "1:14"),
    ("a: |\n  f(x)\n    >= y\n", "y", "3:8"),
    ("a: |2-\n    f(x)\n   y\n", "y", "3:4"),
    ("a: >-   # comment\n  f(x)\n\n  >= y\n", "y", "4:6"),
    ("a: >+\n  f(x)\n    more\n  y\n\n", "y", "4:3"),
    ("a: f(x)\n  >= y\n", "y", "2:6"),
    ('a: "f(x) \\\n   >= y"\n', "y", "2:7"),
    ("a: |\n\n\n  x\n  y", "y", "5:3"),
])
def test_a_part_of_a_value_has_its_line_and_column(text, part, where):
    value = scalar(text, "a")
    start = value.text.index(part)
    assert str(value.fragment.span(start, start + len(part))) == f"a.yaml:{where}"


def test_keys_have_places_too():
    problems: list[Problem] = []
    node = read_yaml(Source("a.yaml", "a:\n  'b c': 1\n  中: 2\n"), problems)
    assert node is not None
    inner = find(node, ["a"])
    assert [str(entry.key.fragment.span()) for entry in inner.entries] == ["a.yaml:2:4", "a.yaml:3:3"]  # type: ignore[union-attr]
