"""How problems look: the golden texts are those of the terminal's mock-ups, or were read line by line."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.problems import Label, Problem, Source, Span, Text
from interpreter.problems.cells import width
from interpreter.problems.messages import FLOORS, Message, catalogue
from interpreter.problems.render import render, render_all

MESSAGES = {
    "x.name": Message(
        Text("没有“{name}”这个名称", "there is no name '{name}'"),
        (Text("是不是 {guess}（{label}）？", "did you mean {guess} ({label})?"),
         Text("是不是 {guess}？", "did you mean {guess}?")),
    ),
    "x.compare": Message(
        Text("{left}不能和{right}比较", "{left} cannot be compared with {right}"),
        Text("去掉引号：{bare}，或用参数 {name}", "drop the quotes: {bare}, or use the parameter {name}"),
    ),
    "x.month": Message(
        Text("“{found}”不是月份", "'{found}' is not a month"),
        Text("年-月，例如 2021-03；表格中 2021.3、2021年3月、202103 也可以",
             "year-month, e.g. 2021-03; in a sheet also 2021.3, 2021年3月, 202103"),
    ),
    "x.block": Message(
        Text("写法 {{ }} 不行", "the form {{ }} is no good"),
        Text("写成：\n{key}: >-\n  {value}", "write:\n{key}: >-\n  {value}"),
    ),
    "x.bare": Message(Text("不行", "no good")),
}

RULES = "insured.yaml"
TEXT = """measure: m
requires:
  insured:
    when: insured_monhts(worker) >= min_months
  other:
    when: insured_months(entry.person) >= "3"
"""
CASE = """{"worker":
 {"id": "1",
  "insurance": [
   {"month": "2021-13", "kind": "养老", "place": "越城", "payer": "单位", "paid": true}]}}
"""


@pytest.fixture(autouse=True)
def _messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interpreter.problems.words.catalogue", lambda: MESSAGES)


def span(text: str, part: str, name: str = RULES) -> Span:
    start = text.index(part)
    return Span(Source(name, text), start, start + len(part))


def unknown_name() -> Problem:
    fields = {"name": "insured_monhts", "guess": "insured_months", "label": "参保月数"}
    return Problem("x.name", span(TEXT, "insured_monhts"), fields)


def comparison() -> Problem:
    left, right = span(TEXT, "insured_months(entry.person)"), span(TEXT, '"3"')
    return Problem(
        "x.compare", left,
        {"left": Text("参保月数（月）", "months"), "right": Text("文字", "text"), "bare": 3, "name": "min_months"},
        labels=(Label(left, "integer, month"), Label(right, "text")),
    )


def wrong_month() -> Problem:
    path = Text("参保记录第 2 行 费款所属期", "insured month 2, month")
    return Problem("x.month", span(CASE, '"2021-13"', "worker.json"), {"found": "2021-13"}, path=path)


def test_an_unknown_name():
    assert render(unknown_name(), "zh") == """\
错误  没有“insured_monhts”这个名称  [x.name]
  insured.yaml:4:11
  3 |   insured:
  4 |     when: insured_monhts(worker) >= min_months
    |           ^^^^^^^^^^^^^^
  改法  是不是 insured_months（参保月数）？"""
    assert render(unknown_name(), "en") == """\
error  there is no name 'insured_monhts'  [x.name]
  insured.yaml:4:11
  3 |   insured:
  4 |     when: insured_monhts(worker) >= min_months
    |           ^^^^^^^^^^^^^^
  mend  did you mean insured_months (参保月数)?"""


def test_two_places_of_a_line_with_words_under_them():
    assert render(comparison(), "zh") == """\
错误  参保月数（月）不能和文字比较  [x.compare]
  insured.yaml:6:11
  6 |     when: insured_months(entry.person) >= "3"
    |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^    ^^^
    |           integer, month                  text
  改法  去掉引号：3，或用参数 min_months"""
    assert render(comparison(), "en").splitlines()[0] == "error  months cannot be compared with text  [x.compare]"


def test_a_wrong_value_in_a_case():
    assert render(wrong_month(), "zh") == """\
案件  worker.json:4 参保记录第 2 行 费款所属期：“2021-13”不是月份  [x.month]
  4 |    {"month": "2021-13", "kind": "养老", "place": "越城", "payer": "单位",…
    |              ^^^^^^^^^
  应为  年-月，例如 2021-03；表格中 2021.3、2021年3月、202103 也可以"""
    assert render(wrong_month(), "en") == """\
case  worker.json:4 insured month 2, month: '2021-13' is not a month  [x.month]
  4 |    {"month": "2021-13", "kind": "养老", "place": "越城", "payer": "单位",…
    |              ^^^^^^^^^
  want  year-month, e.g. 2021-03; in a sheet also 2021.3, 2021年3月, 202103"""


def test_without_a_place_or_a_mend():
    assert render(Problem("x.bare"), "zh") == "错误  不行  [x.bare]"
    assert render(Problem("x.bare", severity="warning"), "zh") == "警告  不行  [x.bare]"
    assert render(Problem("x.bare", severity="note"), "en") == "note  no good  [x.bare]"
    assert render(Problem("x.bare", path="第 1 行"), "zh") == "案件  第 1 行：不行  [x.bare]"
    assert render(Problem("x.bare", path="row 1", severity="note"), "en") == "note  row 1: no good  [x.bare]"


def test_a_source_without_text_is_only_named():
    assert render(Problem("x.bare", Span(Source("a.bin", ""), 0, 0)), "en") == "error  no good  [x.bare]\n  a.bin:1:1"


def test_the_first_mend_that_can_be_filled():
    assert render(Problem("x.name", None, {"name": "a", "guess": "b"}), "en").endswith("\n  mend  did you mean b?")
    assert "mend" not in render(Problem("x.name", None, {"name": "a"}), "en")


def test_a_mend_that_shows_what_to_write():
    assert render(Problem("x.block", None, {"key": "when", "value": "a\n  b"}), "zh") == """\
错误  写法 { } 不行  [x.block]
  改法  写成：
          when: >-
            a b"""


def test_carets_count_cells():
    text = "说明：参保月数（月）是 2021年3月 起算的\n"
    problem = Problem("x.bare", span(text, "2021年3月"))
    assert render(problem, "en").splitlines()[2:] == [
        "  1 | 说明：参保月数（月）是 2021年3月 起算的",
        "    |                        ^^^^^^^^^",
    ]


def test_what_cannot_be_shown_has_a_mark_of_its_width():
    text = "a😀\t\u202eb\x1b𠮷e\u0301 x\n"
    lines = render(Problem("x.bare", span(text, "x")), "en").splitlines()
    assert lines[2:] == ["  1 | a〓 ?b?〓e? x", "    |             ^"]
    utf8 = render(Problem("x.bare", span(text, "x")), "en", encoding="utf-8").splitlines()
    assert utf8[2:] == ["  1 | a😀 ?b?𠮷e? x", "    |             ^"]
    assert render(Problem("x.bare", span(text, "x")), "en", encoding="ascii").splitlines()[2] == "  1 | a?? ?b???e? x"


def test_escapes_in_fields_never_reach_the_terminal():
    assert "\x1b" not in render(Problem("x.name", None, {"name": "\x1b[31m\nred"}), "en")


def test_long_lines_are_clipped_around_the_caret():
    text = "when: " + "甲 or " * 40 + "wrong" + " or 乙" * 40 + "\n"
    lines = render(Problem("x.bare", span(text, "wrong")), "en", width=60).splitlines()
    assert lines[2:] == [
        "  1 | …甲 or 甲 or 甲 or wrong or 乙 or 乙 or 乙 or 乙 or …",
        "    |                    ^^^^^",
    ]


def test_labels_that_have_no_room_beside_each_other():
    text = "a = b\n"
    labels = (Label(span(text, "a"), "a long word"), Label(span(text, "b"), "another"))
    assert render(Problem("x.bare", span(text, "a"), labels=labels), "en").splitlines()[2:] == [
        "  1 | a = b",
        "    | ^   ^",
        "    | a long word",
        "    |     another",
    ]


def test_places_on_other_lines_and_in_other_files():
    first = Label(span(TEXT, "measure"), "here")
    other = Label(span("x: 1\n", "1", "other.yaml"), "and here")
    problem = Problem("x.bare", span(TEXT, "other"), labels=(first, other))
    assert render(problem, "en").splitlines()[1:] == [
        "  insured.yaml:5:3",
        "  1 | measure: m",
        "    | ^^^^^^^",
        "    | here",
        "  5 |   other:",
        "    |   ^^^^^",
        "  other.yaml:1:4",
        "  1 | x: 1",
        "    |    ^",
        "    |    and here",
    ]


def test_a_place_of_several_lines_is_marked_to_the_end_of_the_first():
    problem = Problem("x.bare", span(TEXT, "insured:\n    when"))
    assert render(problem, "en").splitlines()[2:] == ["  2 | requires:", "  3 |   insured:", "    |   ^^^^^^^^"]


def test_only_the_first_word_has_colour():
    assert render(unknown_name(), "zh", colour=True).startswith("\x1b[31m错误\x1b[0m  没有")
    assert render(unknown_name(), "zh", colour=True).count("\x1b") == 2
    assert "\x1b" not in render(unknown_name(), "zh")


def test_several_have_an_empty_line_between():
    one = "error  no good  [x.bare]"
    assert render_all([Problem("x.bare"), Problem("x.bare")], "en") == f"{one}\n\n{one}"


def test_long_sentences_go_on_under_themselves():
    problem = Problem("x.name", None, {"name": "很长的名称，" * 12})
    assert render(problem, "zh", width=60) == """\
错误  没有“很长的名称，很长的名称，很长的名称，很长的名称，
      很长的名称，很长的名称，很长的名称，很长的名称，很长的
      名称，很长的名称，很长的名称，很长的名称，”这个名称
      [x.name]"""


@given(st.text(max_size=120), st.integers(0, 119), st.integers(0, 119), st.integers(60, 90), st.text(max_size=90))
def test_anything_fits_and_can_be_written(text, start, end, cells, name):
    source = Source("a.yaml", text)
    first, last = sorted((min(start, len(text)), min(end, len(text))))
    where = Span(source, first, last)
    labels = (Label(Span(source, 0, 1), name), Label(where, "b"))
    for problem in (Problem("x.name", where, {"name": name}), Problem("x.bare", where, labels=labels, path=name)):
        shown = render(problem, "zh", width=cells)
        shown.encode("gbk")
        assert all(width(line) <= cells for line in shown.split("\n"))
        assert not set(shown) & set("\x1b\r\t\u202e")


def test_no_two_floors_say_one_code():
    codes = [code for floor in FLOORS for code in import_module(f"interpreter.problems.messages.{floor}").MESSAGES]
    assert sorted(codes) == sorted(catalogue())


def test_all_that_can_be_said_can_be_written_everywhere():
    for message in catalogue().values():
        for text in (message.says, *message.mends):
            assert text.zh
            assert text.en
            (text.zh + text.en).encode("gbk")
