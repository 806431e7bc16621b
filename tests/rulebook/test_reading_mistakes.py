"""Every mistake the reader knows, as people see it: the golden text was read line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interpreter.problems import Problem, Source
from interpreter.problems.cells import width
from interpreter.problems.messages.yaml import MESSAGES
from interpreter.problems.render import render_all
from interpreter.rulebook.reading import LIMITS, Limits, decode, read_yaml

GOLDEN = Path(__file__).with_name("reading_mistakes.txt")
SMALL = Limits(size=60, scalar=20, nodes=10, depth=3)

MISTAKES: list[tuple[str, str]] = [
    ("yaml.control", "label: 参保\x00月数\n"),
    ("yaml.control", "label: 参保\rwhen: x\n"),
    ("yaml.invisible", "when: insured\u202e_months\n"),
    ("yaml.invisible", "wh\u200ben: x\n"),
    ("yaml.blank", "requires:\n　　insured: 1\n"),
    ("yaml.blank", "requires:\n  insured: 1\n\u00a0 other: 1\n"),
    ("yaml.tab", "requires:\n\tinsured:\n"),
    ("yaml.tab", "requires:\n  insured: a\n\tother: b\n"),
    ("yaml.duplicate", "title: 甲\nclause: 一\ntitle: 乙\n"),
    ("yaml.duplicate", "value: {from: 1, to: 2, from: 3}\n"),
    ("yaml.anchor", "a: &first [1]\n"),
    ("yaml.alias", "a: *first\n"),
    ("yaml.tag", "a: !!python/object:os.system [x]\n"),
    ("yaml.tag", "when: !ready\n"),
    ("yaml.merge", "a:\n  <<: {x: 1}\n"),
    ("yaml.key", "[a, b]: c\n"),
    ("yaml.documents", "a: 1\n---\nb: 2\n"),
    ("yaml.directive", "%YAML 1.2\n---\na: 1\n"),
    ("yaml.comma", "insured: {when: months between(a, b) >= 3, say: 满三个月}\n"),
    ("yaml.comma", "insured: {say: 工作, 并参保}\n"),
    ("yaml.comma_list", "once_per: [month(a, b), worker]\n"),
    ("yaml.comment", 'when: kind = "a # b"\n'),
    ("yaml.colon_wide", "title： 稳岗补贴\nclause: 三\n"),
    ("yaml.colon_wide", "requires:\n  insured：\n    when: x\n"),
    ("yaml.colon_wide", "requires:\n  when：x\n"),
    ("yaml.colon_blank", "measure: m\ntitle:稳岗补贴\nclause: 三\n"),
    ("yaml.colon_blank", "fair: {label:招聘补贴, value: 3}\n"),
    ("yaml.colon", "measure: m\npays\nclause: 三\n"),
    ("yaml.colon_inside", "when: f(x: 1)\n"),
    ("yaml.colon_inside", "say: 注意: 须本人办理\n"),
    ("yaml.start", "when: >= 20\n"),
    ("yaml.start", 'when: @"2021-03-01" <= day\n'),
    ("yaml.start", "when: `x`\n"),
    ("yaml.start", "rate: %10\n"),
    ("yaml.start", "rate: * 3\n"),
    ("yaml.quote", 'say: "满三个月\nclause: 三\n'),
    ("yaml.quote", "say: '满三个月\n"),
    ("yaml.after_quote", 'when: "a" = kind\n'),
    ("yaml.escape", 'pattern: "\\d+"\n'),
    ("yaml.bracket", "once_per: [worker, month\npays: x\n"),
    ("yaml.bracket", "fair: {label: 招聘补贴\n"),
    ("yaml.closer", "once_per: [worker]]\n"),
    ("yaml.flow", "insured: {when: rows[1].month > x}\n"),
    ("yaml.dash", "authority: -\n"),
    ("yaml.dash", "once_per: - worker\n"),
    ("yaml.mixed", "once_per:\n  - worker\n  month: 1\n"),
    ("yaml.mixed", "measure: m\n- worker\n"),
    ("yaml.indent", "requires:\n    insured: 1\n  other: 2\n"),
    ("yaml.indent", "title: 稳岗补贴\n  clause: 三\n"),
    ("yaml.beyond", "{a: 1}\nb: 2\n"),
    ("yaml.syntax", "a: 1\n%x: 2\n"),
]
LARGE: list[tuple[str, str]] = [
    ("yaml.size", "# " + "长" * 60 + "\n"),
    ("yaml.scalar", "say: " + "长" * 30 + "\n"),
    ("yaml.nodes", "a: [1, 2, 3, 4, 5, 6, 7, 8, 9]\n"),
    ("yaml.depth", "a: [[[1]]]\n"),
]
BYTES: list[bytes] = [
    "title: 稳岗补贴\n".encode("gb18030"),
    "title: 稳岗补贴\n".encode("utf-16"),
    "title: 稳".encode() + b"\xff\xfe\n",
]


def read(text: str, limits: Limits = LIMITS) -> list[Problem]:
    problems: list[Problem] = []
    read_yaml(Source("measures/m.yaml", text), problems, limits)
    return problems


def undecoded(content: bytes) -> list[Problem]:
    problems: list[Problem] = []
    assert decode("measures/m.yaml", content, problems) is None
    return problems


@pytest.mark.parametrize(("code", "text"), MISTAKES)
def test_one_mistake_is_one_problem_and_the_right_one(code, text):
    assert [problem.code for problem in read(text)] == [code]


@pytest.mark.parametrize(("code", "text"), LARGE)
def test_what_is_beyond_a_limit_is_said(code, text):
    assert [problem.code for problem in read(text, SMALL)] == [code]
    assert read(text) == []


def shown() -> str:
    """All mistakes in both languages."""
    found = [read(text) for _, text in MISTAKES] + [read(text, SMALL) for _, text in LARGE]
    found += [undecoded(content) for content in BYTES]
    return "\n\n".join(render_all(problems, language) for problems in found for language in ("zh", "en")) + "\n"


def test_every_mistake_in_words():
    assert shown() == GOLDEN.read_text(encoding="utf-8")


def test_every_code_is_seen():
    seen = {code for code, _ in MISTAKES + LARGE}
    assert seen | {problem.code for content in BYTES for problem in undecoded(content)} == set(MESSAGES)


def test_the_text_fits_any_terminal_here():
    shown().encode("gbk")
    assert max(width(line) for line in shown().splitlines()) <= 80
    assert not re.search(r"\{[a-z]+\}", shown())
