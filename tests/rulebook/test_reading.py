"""What the strict reader reads, what it leaves as text, and what it never does."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.problems import Problem, Source
from interpreter.rulebook.reading import Limits, Mapping, Node, Scalar, Sequence, decode, find, read_yaml, to_plain


def read(text: str) -> Node:
    """The node of a text without mistakes."""
    problems: list[Problem] = []
    node = read_yaml(Source("a.yaml", text), problems)
    assert problems == []
    assert node is not None
    return node


def faulty(text: str, limits: Limits | None = None) -> tuple[object, list[str]]:
    """What is read in spite of mistakes, and the codes of these with their places."""
    problems: list[Problem] = []
    node = read_yaml(Source("a.yaml", text), problems, limits or Limits())
    found = [f"{p.code} {p.where.line}:{p.where.column}" for p in problems if p.where is not None]
    return None if node is None else to_plain(node), found


def written(node: Node) -> str:
    return node.span.source.text[node.span.start : node.span.end]


def test_a_measure():
    node = read("measure: m\nrequires:\n  insured:\n    when: x >= 3   # A5\n    say: 满三个月\nonce_per: [a, b]\n")
    assert to_plain(node) == {
        "measure": "m",
        "requires": {"insured": {"when": "x >= 3", "say": "满三个月"}},
        "once_per": ["a", "b"],
    }


@pytest.mark.parametrize("text", [
    "no", "yes", "on", "off", "True", "0123", "1_000", "12:30:00", "1.50", "0x1F", "+3", "~", "null", "2021-03-01",
    "-0.5", "9" * 30, ".inf", "3 month", "10%", "=", "一",
])
def test_what_yaml_would_guess_stays_text(text):
    assert to_plain(read(f"value: {text}\n")) == {"value": text}


@pytest.mark.parametrize(("text", "value"), [
    ("true", True), ("false", False), ("0", 0), ("-3", -3), ("3000", 3000), ("'3'", "3"), ('"true"', "true"), ("", ""),
    ("''", ""), ("|\n  3\n", "3\n"), ("-0", 0),
])
def test_plain_values(text, value):
    found = to_plain(read(f"value: {text}\n"))
    assert found == {"value": value}
    assert type(found["value"]) is type(value)  # type: ignore[index]


def test_styles_and_places():
    node = read("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >-\n  x\n\nf:\n")
    assert isinstance(node, Mapping)
    values = [entry.value for entry in node.entries]
    assert [value.style for value in values if isinstance(value, Scalar)] == [
        "plain", "single", "double", "literal", "folded", "plain",
    ]
    assert [written(value) for value in values] == ["x", "'x'", '"x"', "|\n  x", ">-\n  x", ""]
    assert [value.span.line for value in values] == [1, 2, 3, 4, 6, 9]


def test_places_of_mappings_and_lists_end_with_what_they_hold():
    node = read("a:\n  b: 1\n  c:\n    - x\n    - y\n\n# end\nd: {e: [1, 2]}\n")
    assert isinstance(node, Mapping)
    assert written(node) == "a:\n  b: 1\n  c:\n    - x\n    - y\n\n# end\nd: {e: [1, 2]}"
    assert [written(entry.value) for entry in node.entries] == ["b: 1\n  c:\n    - x\n    - y", "{e: [1, 2]}"]
    assert written(find(node, ["a", "c"])) == "- x\n    - y"
    assert written(find(node, ["d", "e", 1])) == "2"


def test_finding_stops_where_the_path_leaves_the_tree():
    node = read("a: [1]\n")
    assert written(find(node, ["a", 7])) == "[1]"
    assert find(node, ["z", "y"]) is node


def test_getting():
    node = read("a: 1\nb: [2]\n")
    assert isinstance(node, Mapping)
    assert isinstance(node.get("b"), Sequence)
    assert node.get("c") is None
    entry = node.entry("a")
    assert entry is not None
    assert entry.key.text == "a"


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n...\n"])
def test_an_empty_file_is_nothing(text):
    assert faulty(text)[1] == []


def test_byte_order_mark_line_ends_and_astral_characters():
    problems: list[Problem] = []
    source = decode("a.yaml", "\ufeffa: 😀 b\r\nc:\r\n  - 中 d\r\n".encode(), problems)
    assert source is not None
    for text in (source.text, "\ufeff" + source.text):
        node = read(text)
        assert to_plain(node) == {"a": "😀 b", "c": ["中 d"]}
        assert written(find(node, ["a"])) == "😀 b"
        assert written(find(node, ["c", 0])) == "中 d"
    assert faulty("\ufeffa: *x\n")[1] == ["yaml.alias 1:5"]
    assert faulty("\ufeffa: @x\n")[1] == ["yaml.start 1:5"]


def test_what_is_good_is_read_beside_what_is_not():
    assert faulty("a: 1\nb: &x 2\na: 3\nc: !t [4]\n") == (
        {"a": 1, "b": 2, "c": [4]}, ["yaml.anchor 2:4", "yaml.duplicate 3:1", "yaml.tag 4:4"],
    )
    assert faulty("a: 1\n---\nb: 2\n") == ({"a": 1}, ["yaml.documents 2:1"])


def test_a_key_once_for_each_mapping():
    assert to_plain(read("a: {x: 1}\nb: {x: 1}\n")) == {"a": {"x": 1}, "b": {"x": 1}}
    assert faulty("a: 1\n'a': 2\n")[1] == ["yaml.duplicate 2:1"]


@pytest.mark.parametrize(("text", "meant"), [
    ("{when: f(a, b), say: x}", {"when": "f(a, b)", "say": "x"}),
    ("{when: f(a, g(b, c), d)}", {"when": "f(a, g(b, c), d)"}),
    ('{when: x = "a, b"}', {"when": 'x = "a, b"'}),
    ("[f(a, b), c]", ["f(a, b)", "c"]),
    ("{label:x, value: 3}", {"label": "x", "value": 3}),
])
def test_what_a_comma_has_cut_is_put_together_again(text, meant):
    found, codes = faulty(text)
    assert found == meant
    assert len(codes) == 1


@pytest.mark.parametrize("text", [
    "when: x >= 3   # A5\n",
    "when: f(x)  # (once more)\n",
    'say: 他说"好" # "好"\n',
    "say: 项目 #3\n",
    "label: 甲（一 # 注）\n",
    "when: x = \"a\" # or \"b\"\n",
    "page: https://example.org/a#b\n",
    "page:\n  https://example.org\n",
    "say: 备注：无\n",
    "say:\n  注意：本人办理\n",
    "say: >-\n  when：x # y\n",
    "time: 12:30\n",
    "row: {a: , b: 1}\n",
    "keys: {a, b}\n",
    "list: [甲（一）, 乙]\n",
    "say: |\n  　　首行缩进\n",
])
def test_no_false_alarm(text):
    read(text)


HOSTILE = {
    "brackets": "[" * 200_000,
    "closed brackets": "a: " + "[" * 200_000 + "]" * 200_000,
    "braces": "{" * 200_000,
    "questions": "? " * 100_000 + "a",
    "dashes": "- " * 100_000 + "a",
    "staircase": "\n".join(" " * i + "a:" for i in range(1_500)),
    "large value": "a: " + "x" * 10_000_000,
    "long value": "a: " + "x" * 3_000_000,
    "many values": "[" + "a," * 150_000 + "]",
    "bomb": "a: &a [x]\n" + "\n".join(f"b{i}: &b{i} [*b{i - 1}, *b{i - 1}]" for i in range(1, 500)),
    "duplicates": "a: 1\n" * 50_000,
    "cut calls": "{a: f(" + "".join(f",b{i}" for i in range(20_000)) + "}",
    "no colons": "{" + ",".join(f"a{i}:b" for i in range(20_000)) + "}",
    "open quote": 'a: "' + "x\n" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_ends_quickly_in_a_located_problem(text):
    problems: list[Problem] = []
    start = time.process_time()
    read_yaml(Source("a.yaml", text), problems)
    assert time.process_time() - start < 5  # seconds; a reader that backtracks takes minutes
    assert 1 <= len(problems) <= Limits().problems
    assert all(problem.where is not None for problem in problems)


def test_a_list_of_calls_that_never_close_is_quick():
    start = time.process_time()
    read("[" + "f(a," * 40_000 + "]")
    assert time.process_time() - start < 5  # seconds; a reader that backtracks takes minutes


def test_a_large_file_of_the_usual_kind_is_quick():
    entry = "\n    when: months(entry.person) >= least\n    say: 满{{ least }}个月\n    rows: |\n      a\n      b\n"
    text = "all:\n" + "".join(f"  k{i}:{entry}" for i in range(2_000))
    assert len(text.encode()) > 200_000
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 0.5


PIECES = st.sampled_from([
    "a", ": ", ":", "\n", "  ", "- ", "[", "]", "{", "}", ",", '"', "'", "#", " #", "&x", "*x", "!t", "|", ">", "%",
    "@", "\t", "：", "　", "\\", "---", "? ", "<<", "中", "😀", "\r\n", "(", ")",
])


@given(st.lists(PIECES, max_size=30))
def test_any_text_is_read_or_refused_with_a_place(pieces):
    text = "".join(pieces)
    problems: list[Problem] = []
    node = read_yaml(Source("a.yaml", text), problems)
    for problem in problems:
        assert problem.where is not None
        assert 0 <= problem.where.start <= problem.where.end <= len(text)
    if node is not None:
        to_plain(node)


@given(st.binary(max_size=40))
def test_any_bytes_are_text_or_refused_with_a_place(content):
    problems: list[Problem] = []
    source = decode("a.yaml", content, problems)
    assert (source is None) == bool(problems)
    for problem in problems:
        assert problem.where is not None
        assert problem.where.start >= 0
