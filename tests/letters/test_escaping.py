"""Values in a letter are text, whatever they look like."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError

from interpreter.letters import html, text
from interpreter.letters.document import Grid, Heading, Items, Paragraph, Signature, Words, plain
from interpreter.letters.escaping import Written, clean, fill, mark, without_marks
from interpreter.letters.markdown import read
from interpreter.letters.paper import of
from tests.letters.hostile import HOSTILE, Hostile
from tests.letters.reading import Page

texts = st.one_of(
    st.text(), st.text(alphabet="|\\`*_{}[]()#+-.!<>&;~=: \t\n\r1a示\u202e\u2028\u3000"),
    st.sampled_from([one.value for one in HOSTILE if one.kind != "long"]),
)


def written(template: str, *values: object) -> Written:
    """The template with a value in place of each `@`."""
    kept: list[str] = []
    first, *rest = template.split("@")
    return Written(first + "".join(mark(v, kept) + after for v, after in zip(values, rest, strict=True)), kept)


@given(texts)
@example("")
def test_a_value_is_text_in_every_kind_of_block(value: str) -> None:
    word = clean(value)
    tree = read(written(
        "# 甲@乙\n\n甲@乙\n\n- 甲@乙\n\n> 甲@乙\n\n| 甲 | 乙 |\n| --- | ---: |\n|@|甲@乙|\n", *(value,) * 6
    ))
    title, paragraph, items, signed, grid = tree
    assert isinstance(title, Heading)
    assert isinstance(paragraph, Paragraph)
    assert isinstance(items, Items)
    assert isinstance(signed, Signature)
    assert isinstance(grid, Grid)
    item, line = items.items[0][0], signed.blocks[0]
    assert isinstance(item, Paragraph)
    assert isinstance(line, Paragraph)
    for runs in (title.runs, paragraph.runs, item.runs, line.runs, grid.rows[0][1]):
        assert plain(runs) == f"甲{word}乙"
    assert plain(grid.rows[0][0]) == word
    assert len(grid.rows) == 1


@given(texts)
def test_a_value_alone_is_text_in_the_page(value: str) -> None:
    word = clean(value)
    found = Page(html.lay_out(of(read(written("@\n\n- @\n", value, value)), "x", "x")))
    assert set(found.tags) <= {"p", "ul", "li"}
    assert found.texts.count(word) == 2 or word == ""


@given(texts)
def test_no_control_or_bidirectional_character_is_left(value: str) -> None:
    assert not any(ord(c) < 32 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in clean(value))
    assert clean(clean(value)) == clean(value)
    clean(value).encode("utf-8")


@given(texts)
def test_plain_text_keeps_every_character(value: str) -> None:
    laid = text.lay_out(of(read(written("甲@乙", value)), "x", "x"))
    assert "".join(laid.split()) == "".join(f"甲{clean(value)}乙".split())


@pytest.mark.parametrize("value", [True, None, 1.5, ["a"], {"a": "b"}, object()])
def test_only_texts_and_whole_numbers_are_written(value: object) -> None:
    with pytest.raises(SecurityError):
        mark(value, [])


def test_whole_numbers_are_written() -> None:
    assert read(written("@", 12)) == read(Written("12"))


@given(st.lists(texts, max_size=4))
def test_letters_of_one_shape_have_one_source(values: list[str]) -> None:
    """What a value says is in no source, so it cannot be markup and one reading serves all letters of a shape."""
    given = [value for value in values if clean(value)]
    made, other = written("@" * len(given), *given), written("@" * len(given), *("甲" for _ in given))
    assert made.source == other.source
    assert fill(made.source, made.values) == "".join(map(clean, given))


def test_nobody_else_can_write_the_mark_of_a_value() -> None:
    stolen = mark("甲", [])
    assert stolen != ""
    assert not set(stolen) & set(clean(stolen) + without_marks(stolen)) - set("0123456789")
    assert plain(read(written("@和@", "甲", stolen))[0].runs) == "甲和0"  # type: ignore[union-attr]


def test_marks_beside_stress_and_at_the_ends_of_lines() -> None:
    (paragraph,) = read(written("**@**，@\n@\n@ **乙\n@**", "（甲）", "丙", "b", "c", "d"))
    assert isinstance(paragraph, Paragraph)
    assert [run for run in paragraph.runs if run != Words("")] == [
        Words("（甲）", strong=True), Words("，丙 b c "), Words("乙 d", strong=True),
    ]


@pytest.mark.parametrize("hostile", HOSTILE, ids=str)
def test_hostile_values_are_text_in_both_layouts(hostile: Hostile) -> None:
    word = clean(hostile.value)
    paper = of(read(written("# 甲@\n\n甲@乙\n\n- @\n\n| 甲 |\n| --- |\n| 甲@乙 |\n", *(hostile.value,) * 4)), "x", "x")
    page = Page(html.lay_out(paper))
    assert page.tags == [
        "h1", "p", "ul", "li", *(["p"] if word else []), "table", "thead", "tr", "th", "tbody", "tr", "td",
    ]
    assert page.texts.count(f"甲{word}乙") == 2
    assert "".join(f"甲{word}乙".split()) in "".join(text.lay_out(paper).split())


def test_the_hostile_values_are_what_they_should_be() -> None:
    assert len(HOSTILE) >= 200
    assert max(len(hostile.value) for hostile in HOSTILE) == 10_000
    assert {hostile.kind for hostile in HOSTILE} == {
        "markdown", "html", "xml", "typst", "jinja", "excel", "control", "bidi", "unicode", "long",
    }


def test_rare_characters_stay() -> None:
    assert clean("䶮玥·喆") == "䶮玥·喆"
