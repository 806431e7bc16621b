"""Policy tests on a made-up notice about school milk."""

from __future__ import annotations

import pytest

from interpreter.assurance.policy_tests import render_results, run_policy_tests
from interpreter.decision.report.layout import cells

POLICY = {
    "policy.yaml": """\
policy: school-milk
title: 学生奶办法
number: 校发〔2024〕1号
issuers: [某校]
issued: 2024-01-01
in_force: {from: 2024-01-01}
as_of: application.filed_on
money: {currency: CNY, places: 2}
claimants:
  family: {is: family, name: family.name, authority: family.school}
payer: {authority: claimant.authority}
order: [application.filed_on, application.number]
letters: {granted: granted}
clauses:
  一: {title: 学生奶}
""",
    "facts.yaml": """\
types:
  child:
    label: 孩子
    key: name
    fields:
      name: {label: 姓名, type: text, required: true}
      age:  {label: 年龄, type: integer, unit: year}
      days: {label: 上学月份, type: list of school_month}
  school_month:
    label: 上学月
    fields:
      month: {label: 月份, type: month}
facts:
  application:
    label: 申请
    key: number
    fields:
      number:   {label: 编号, type: text}
      filed_on: {label: 日期, type: date}
  family:
    label: 家庭
    key: name
    fields:
      name:     {label: 名称, type: text}
      school:   {label: 学校, type: school}
      children: {label: 孩子, type: list of child}
""",
    "tables/schools.yaml": """\
table: schools
label: 学校
type: school
key: code
also_known_as: [name]
columns:
  code: {label: 代码, type: text}
  name: {label: 名称, type: text}
rows: |
  code | name
  S1   | 东校
  S2   | 西校
""",
    "parameters.yaml": """\
parameters:
  oldest: {label: 最大年龄, clause: 一, value: 12 year}
  milk_amount: {label: 每人标准, clause: 一, value: 60 CNY}
  months_needed: {label: 最少月数, clause: 一, value: 2, delegated: {to: authority, at_most: 3}}
""",
    "measures/milk.yaml": """\
measure: milk
title: 学生奶补助
clause: 一
claimant: family
for_each:
  child: family.children
requires:
  young:
    when: child.age <= oldest
    say: 不超过{{ oldest }}岁
  at_school:
    when: count(child.days) >= months_needed
    say: 上学满{{ months_needed }}个月
pays: milk_amount
once_per: [child]
""",
}

BASE = """\
base:
  application: {number: M-1, filed_on: 2024-09-01}
  family:
    name: 甲家
    school: 东校
    children:
      - name: 小甲
        age: 8
        days: |
          month
          2024-03..2024-05
      - name: 小乙
        age: 13
        days: |
          month
          2024-03..2024-04
tests:
"""


@pytest.fixture
def outcomes(tmp_path):
    """Runs tests written under BASE; gives their results and the problems of the file."""
    folder = tmp_path / "school-milk"
    for name, text in POLICY.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(tests: str, base: str = BASE):
        (folder / "tests").mkdir(exist_ok=True)
        indented = "".join(f"  {line}\n" for line in tests.strip("\n").splitlines())
        (folder / "tests/milk.yaml").write_text(base + indented, encoding="utf-8")
        problems = []
        return run_policy_tests(folder, problems), problems

    return run


def only(run):
    results, problems = run
    assert problems == []
    assert len(results) == 1
    return results[0]


PASSING = {
    "the whole and its lines": """
a test:
  expect:
    milk:
      outcome: granted
      amount: 60
      lines:
        小甲: {outcome: granted, amount: 60.00}
        小乙: {outcome: refused, not_met: [young]}
""",
    "a cell of months is as many rows, and is set as one": """
a test:
  set: {family.children.1.days.1.month: 2024-03}
  expect:
    milk: {outcome: refused, not_met: [young, at_school]}
""",
    "a row is unset": """
a test:
  unset: [family.children.1]
  expect:
    milk: {outcome: refused, not_met: [young]}
""",
    "a range of rows is unset": """
a test:
  unset: [family.children.1..2]
  expect:
    milk: {outcome: not_applicable}
""",
    "a field is unset": """
a test:
  unset: [family.children.2, family.children.1.age]
  expect:
    milk: {outcome: incomplete, missing: [family.children.age]}
""",
    "a field set to nothing is unset": """
a test:
  unset: [family.children.2]
  set: {family.children.1.age: }
  expect:
    milk: {outcome: incomplete, missing: [family.children.age]}
""",
    "a list as a block with a field of a field": """
a test:
  set:
    family.children: |
      name | age
      小丙 | 7
      小丁 |
    family.children.1.days: |
      month
      2024-01..2024-12
  expect:
    milk:
      outcome: granted
      lines:
        小丁: {outcome: incomplete, missing: [family.children.age, family.children.days]}
""",
    "a parameter is changed": """
a test:
  with: {parameters: {oldest: 13 year}}
  expect:
    milk: {outcome: granted, amount: 120}
""",
    "an authority is added": """
a test:
  with:
    authorities:
      东校:
        sets: {months_needed: {2024-01-01: 3}}
  set: {family.children.2.age: 12}
  expect:
    milk:
      amount: 60
      lines: {小乙: {outcome: refused, not_met: [at_school]}}
""",
    "an authority goes too far": """
a test:
  with:
    authorities:
      东校:
        sets: {milk_amount: {2024-01-01: 1 CNY}}
  expect: {problem: overlay.not-delegated}
""",
    "a case is wrong": """
a test:
  set: {family.children.1.days.1.month: 2024-13}
  expect: {problem: case.month}
""",
    "cases one after the other": """
a test:
  unset: [family.children.2]
  cases:
    - expect: {milk: {outcome: granted, amount: 60}}
    - set: {application: {number: M-2, filed_on: 2024-09-02}}
      expect: {milk: {outcome: refused, not_met: [once]}}
""",
    "history is consulted": """
a test:
  unset: [family.children.2]
  history:
    - {measure: milk, key: {child: 小甲}, amount: 60, decided_on: 2024-05-01, number: N1}
  expect: {milk: {outcome: refused, not_met: [once]}}
""",
    "the second line of one key by its number": """
a test:
  set: {family.children.2.name: 小甲, family.children.2.age: 9}
  expect:
    milk:
      amount: 60
      lines:
        小甲: {outcome: granted}
        2: {outcome: refused, not_met: [once]}
""",
}


@pytest.mark.parametrize("tests", PASSING.values(), ids=PASSING)
def test_a_right_expectation_passes(outcomes, tests):
    result = only(outcomes(tests))
    assert result.problems == ()
    assert result.differences == ()
    assert result.passed


FAILING = {
    "outcome": ("milk: {outcome: review}", "应为 待审", "实为 准予"),
    "amount": ("milk: {amount: 61}", "应为 金额 61", "实为 金额 60.00"),
    "not met": ("milk: {lines: {小乙: {not_met: [at_school]}}}", "应为 因 at_school", "实为 因 young"),
    "missing": ("milk: {missing: [family.name]}", "应为 缺 family.name", "实为 缺 无"),
    "open points": ("milk: {open_points: [oldest]}", "应为 本机关未定 oldest", "实为 本机关未定 无"),
    "a line": ("milk: {lines: {小丙: {outcome: granted}}}", "应为 有这一行", "实为 没有"),
    "a measure": ("cream: {outcome: granted}", "应为 有这一项的决定", "实为 没有"),
    "a problem": ("problem: case.month", "应为 case.month", "实为 没有问题"),
}


@pytest.mark.parametrize(("expect", "wanted", "found"), FAILING.values(), ids=FAILING)
def test_a_wrong_expectation_fails(outcomes, expect, wanted, found):
    result = only(outcomes(f"a test:\n  expect:\n    {expect}"))
    assert not result.passed
    [difference] = result.differences
    text = render_results([result], "zh")
    assert wanted in text
    assert found in text
    assert f"应为 {difference.expected.zh}" == wanted


WRONG = {
    "a place that is not there": ("  unset: [family.children.3]\n  expect: {milk: {outcome: granted}}", "test.path"),
    "a row beyond the list": ("  set: {family.children.3.age: 1}\n  expect: {milk: {outcome: granted}}", "test.path"),
    "an outcome that is none": ("  expect: {milk: {outcome: grantd}}", "test.outcome"),
    "an amount that is none": ("  expect: {milk: {amount: much}}", "test.amount"),
    "cells without a head": (
        "  set:\n    family.children: |\n      name | age\n      小丙\n  expect: {milk: {outcome: granted}}",
        "table.cells"),
    "a column twice": (
        "  set:\n    family.children: |\n      name | name\n      小丙 | 小丁\n  expect: {milk: {outcome: granted}}",
        "table.column-twice"),
    "months the wrong way round": (
        "  set: {family.children.1.days.1.month: 2024-05..2024-03}\n  expect: {milk: {outcome: granted}}",
        "test.months"),
    "a case that is wrong unexpectedly": (
        "  set: {family.children.1.age: old}\n  expect: {milk: {outcome: granted}}", "case.number"),
    "a change that is wrong unexpectedly": (
        "  with: {parameters: {oldest: 1 CNY}}\n  expect: {milk: {outcome: granted}}", "unit.differ"),
}


@pytest.mark.parametrize(("body", "code"), WRONG.values(), ids=WRONG)
def test_a_test_that_is_wrong_says_where(outcomes, body, code):
    result = only(outcomes(f"a test:\n{body}"))
    assert not result.passed
    assert [problem.code for problem in result.problems] == [code]
    assert result.problems[0].where.source.name.endswith("milk.yaml")
    for language in ("zh", "en"):
        assert f"[{code}]" in render_results([result], language)


def test_the_other_tests_of_a_file_still_run(outcomes):
    results, problems = outcomes("""
wrong:
  unset: [nothing]
  expect: {milk: {outcome: granted}}
right:
  expect: {milk: {outcome: granted}}
""")
    assert problems == []
    assert [result.passed for result in results] == [False, True]


def test_a_broken_file_is_a_problem_of_the_file(outcomes):
    results, problems = outcomes("a test: {expect: {milk: {outcom: granted}}}")
    assert results == []
    assert len(problems) == 1


def test_the_report(outcomes):
    results, _ = outcomes("""
小乙也应发给:
  expect:
    milk: {lines: {小乙: {outcome: granted}}}
本来就对:
  expect:
    milk: {outcome: granted}
""")
    assert render_results(results, "zh").splitlines() == [
        "不过  小乙也应发给                                            tests/milk.yaml:18",
        "    学生奶补助 小乙  应为 准予  实为 不予",
        "    因  不符  不超过12岁",
        "",
        "2 个案例：1 个通过，1 个不过。",
    ]
    english = render_results(results, "en")
    assert english.startswith("failed  小乙也应发给")
    assert english.endswith("2 tests: 1 passed, 1 failed.\n")
    for language in ("zh", "en"):
        assert all(cells(line) <= 80 for line in render_results(results, language).splitlines())


def test_no_tests():
    assert render_results([], "en") == "There are no tests.\n"


