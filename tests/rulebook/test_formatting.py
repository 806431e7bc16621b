"""Laying out the files of a rulebook: which places change, and that every other byte stays."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.problems import Problem, Source
from interpreter.rulebook.files import kind_of
from interpreter.rulebook.folder import all_files
from interpreter.rulebook.formatting import formatted
from interpreter.rulebook.starter.new import FILES

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [
    *sorted(path.parent for path in ROOT.glob("policy/*/policy.yaml")),
    *sorted(path.parent for path in ROOT.glob("tests/good/*/policy.yaml")), FILES / "zh", FILES / "en",
]


def laid(text: str, kind: str = "measure") -> str:
    problems: list[Problem] = []
    found = formatted(Source("x.yaml", text), kind, problems)
    assert problems == []
    assert found is not None
    again = formatted(Source("x.yaml", found.text), kind, [])
    assert again is not None
    assert (again.text, again.places) == (found.text, 0)
    assert (found.places > 0) == (found.text != text)
    return found.text


@pytest.mark.parametrize(("written", "wanted"), [
    ("pays: a*2  # why", "pays: a * 2  # why"),
    ("pays:   'a*2'", "pays:   'a * 2'"),
    ("pays: 'a  = \"it''s\"'", "pays: 'a = \"it''s\"'"),
    (r'pays: "a=\"x\"  and b"', r'pays: "a = \"x\" and b"'),
    (r'pays: "a\n  =b+\\\u0031"', None),
    (r'pays: "a\n  =b"', r'pays: "a\n  = b"'),
    ("pays: >-  # why\n  a=1\n  and b", "pays: >-  # why\n  a = 1\n  and b"),
    ("pays: |\n  a=1   \n    and b // why\n\n", "pays: |\n  a = 1\n    and b // why\n\n"),
    ("pays: |2\n   a=1\n", "pays: |2\n   a = 1\n"),
    ("pays: a=1\n  and\n  b", "pays: a = 1\n  and\n  b"),
    ("pays: a=1 and\n  b\n", "pays: a = 1\n  and b\n"),
    ("once_per: [a . b, 'c+1']", "once_per: [a.b, 'c + 1']"),
    ("for_each: {x: a.b , y: c*2}", "for_each: {x: a.b , y: c * 2}"),
    ("as_of: f(x:1)", "as_of: f(x:1)"),
    ("as_of: 'f(x:1)'", "as_of: 'f(x: 1)'"),
    ("title: a  +b\nclause: 1*2", "title: a  +b\nclause: 1*2"),
    ("requires:\n  r:\n    when: a=b\n    say: 满{{a.b+1}}个  {{  c }}月 a=b",
     "requires:\n  r:\n    when: a = b\n    say: 满{{ a.b + 1 }}个  {{ c }}月 a=b"),
    ("requires: {r: {any: {s: {when: not (a)}}}}", "requires: {r: {any: {s: {when: not(a)}}}}"),
    ("pays: a*2\r\nduring: b\r\n", "pays: a * 2\r\nduring: b\r\n"),
])
def test_a_scalar(written, wanted):
    if wanted is None:
        problems: list[Problem] = []
        assert formatted(Source("x.yaml", written), "measure", problems) is None
        assert [problem.code for problem in problems] == ["syntax.unexpected"]
    else:
        assert laid(written) == wanted


def test_one_that_yaml_would_read_otherwise_stays_and_the_others_do_not():
    assert laid("as_of: f(x:1)\npays: a*2\nduring: g(y:2)+1\n") == "as_of: f(x:1)\npays: a * 2\nduring: g(y:2)+1\n"


def test_a_line_too_wide_is_broken_in_a_block_only():
    chain = " and ".join(f"{letter * 30} = 1" for letter in "abcd")
    broken = chain.replace(" and ", "\n  and ")
    assert laid(f"pays: {chain}\n") == f"pays: {chain}\n"
    assert laid(f"pays: >-\n  {chain}\n") == f"pays: >-\n  {broken}\n"
    assert laid(f"pays: |\r\n  {chain}\r\n") == f"pays: |\r\n  {broken}\r\n".replace("\r\n", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize(("written", "wanted"), [
    ("value: a*2", "value: a * 2"),
    ("value: 2021-03-01", "value: 2021-03-01"),
    ("value: 3000  CNY", "value: 3000  CNY"),
    ("type: text\n    value: 甲-乙", "type: text\n    value: 甲-乙"),
    ("type: region\n    value: 甲-乙", "type: region\n    value: 甲-乙"),
    ("choices: {a: 甲}\n    value: a-b", "choices: {a: 甲}\n    value: a-b"),
    ("type: money\n    values: {2021-01-01: a*2, 2022-01-01: {value: a+b, ends: 2022-12-31}}",
     "type: money\n    values: {2021-01-01: a * 2, 2022-01-01: {value: a + b, ends: 2022-12-31}}"),
    ("delegated: {to: authority, at_most: a+1}", "delegated: {to: authority, at_most: a + 1}"),
])
def test_a_parameter(written, wanted):
    head = "parameters:\n  p:\n    label: 甲-乙\n    "
    assert laid(head + written, "parameters") == head + wanted


TABLE = """\
table: t
label: 表
inputs:
  age: {label: 年龄, type: integer}
  day: {label: 日, type: date}
  way: {label: 方式, type: text}
outputs:
  amount: {label: 标准, type: money}
  note: {label: 注, type: text}
default: {amount: age*2, note: a+b}
"""


def test_a_table():
    rows = """\
rows: |
  年龄|day|way|amount|note
  <5|[2021-01-01 .. 2021-12-31]|客车|age*2|甲-乙
  [ 20..50 ),>=60 | - | 火车, 客车 | 30 |

  -|2021-03-01|-|age+1|  a*b
hit: unique
"""
    assert laid(TABLE + rows, "table") == TABLE.replace("age*2", "age * 2") + """\
rows: |
  年龄            | day                      | way        | amount  | note
  < 5             | [2021-01-01..2021-12-31] | 客车       | age * 2 | 甲-乙
  [20..50), >= 60 | -                        | 火车, 客车 | 30      |

  -               | 2021-03-01               | -          | age + 1 | a*b
hit: unique
"""


def test_rows_one_by_one():
    rows = "rows:\n- {年龄: <5, amount: age*2, note: a+b}\n"
    wanted = "rows:\n- {年龄: < 5, amount: age * 2, note: a+b}\n"
    assert laid(TABLE + rows, "table").endswith(wanted)


@pytest.mark.parametrize("block", [
    "a | b\n  1\n", "a ｜ b\n  1  ｜ 2\n", "| a | b |\n  |1|2|\n", "month\n  2021-03\n", "\n",
])
def test_what_is_no_table_stays(block):
    text = f"table: t\nlabel: l\nrows: |\n  {block}"
    assert laid(text, "table") == text


def test_tables_in_tests_and_overlays():
    text = "base:\n  worker:\n    jobs: |\n      place.city|start\n      绍兴|2021-03-01\n    note: a|b\n"
    assert laid(text, "tests") == text.replace("place.city|start", "place.city | start").replace(
        "绍兴|", "绍兴       | ")
    text = "authority: 东\nrows:\n  t: |\n    a|amount\n    甲|x*2\n"
    assert laid(text, "authority") == text.replace("a|amount", "a  | amount").replace("甲|x*2", "甲 | x*2")


@pytest.mark.parametrize(("text", "code"), [
    ("pays: a = = b\n", "syntax.unexpected"), ("pays: [a\n", "yaml.bracket"), ("pays: a\npays: b\n", "yaml.duplicate"),
    ("requires: {r: {when: a, say: '{{ a'}}", "syntax.hole"),
])
def test_what_cannot_be_read(text, code):
    problems: list[Problem] = []
    assert formatted(Source("x.yaml", text), "measure", problems) is None
    assert [problem.code for problem in problems] == [code]
    assert all(problem.where is not None for problem in problems)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_our_own_files_are_laid_out(folder):
    for path in all_files(folder):
        kind = kind_of(path.relative_to(folder))
        if kind is not None:
            text = path.read_text(encoding="utf-8")
            assert laid(text, kind) == text, path


def _scalar(expression: str, style: str) -> tuple[str, str, str]:
    """An expression as a scalar of a style: what stands before it, it, and what stands after it."""
    match style:
        case "single":
            return "'", expression.replace("'", "''"), "'"
        case "double":
            return '"', expression.replace('"', '\\"'), '"'
        case "literal" | "folded":
            return "|-\n      " if style == "literal" else ">\n      ", expression.replace("\n", "\n      "), ""
        case _:
            return "", expression.replace("\n", "\n      "), "   # 其他  a=b"


def _squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.integers(0, 2**32))
def test_every_byte_elsewhere_stays(seed):
    """Expressions in all styles between other things: of these every byte stays, of the expressions all but blanks."""
    random = Random(seed)

    def gap() -> str:
        return random.choice(["", " ", "   "])

    parts = ["# 说明  a=b\ntitle:  一  二   # c\nrequires:\n"]  # what is no expression and what is one, in turn
    for number in range(random.randrange(1, 5)):
        style = random.choice(["plain", "single", "double", "literal", "folded"])
        broken = "\n" if style in ("plain", "literal", "folded") and random.random() < 0.5 else " "
        name = random.choice(["a", "参保", "f(x,1)", "f( x )"])
        before, expression, after = _scalar(f'{name}{gap()}={gap()}b.c{broken}and "x  \'y"{gap()}={gap()}d', style)
        parts[-1] += f"  r{number}:\n    when:  {before}"
        parts += [expression, f"{after}\n    say:   好  {{{{", f"{gap()}a{gap()}", "}}，a=b  \n\n"]
    end = random.choice(["\n", "\r\n"])
    parts = [part.replace("\n", end) for part in parts]
    new = laid("".join(parts))
    pattern = "".join("(.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    found = re.fullmatch(pattern, new, re.DOTALL)
    assert found is not None
    for old, laid_out in zip(parts[1::2], found.groups(), strict=True):
        assert _squeezed(laid_out) == _squeezed(old)
        assert re.search(r" = b\.c\s+and .* = d$", laid_out) or laid_out == " a "
