"""Cells of tables: what every form asks of a value, known or not, and what is said of forms that make no sense."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from interpreter.language.cells import Cell, read_tests, read_words
from interpreter.language.closures import compile_core
from interpreter.language.core import Core, Literal
from interpreter.language.environment import Environment, Program
from interpreter.language.scope import LocalName, ParameterName, Scope, Slots
from interpreter.language.types import DATE, MONTH, TEXT, Number, Type
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month
from interpreter.problems import Fragment, Problem
from interpreter.problems.render import render

HEADS = Number(0, ONE)
MONTHS = Number(0, Unit.named("month"))
SCOPE = Scope({"most": ParameterName("most", HEADS), "day": ParameterName("day", DATE)}, Slots(), lambda kind, where: 1)


def cell(text: str, of: Type) -> Cell | list[Problem]:
    """The cell, or what is wrong with it."""
    problems: list[Problem] = []
    local, fragment = LocalName("n", of, 0), Fragment.whole("t.yaml", text)
    if of is TEXT:
        found = read_words(fragment, local, lambda word: word.text.strip() or None, problems)
    else:
        found = read_tests(fragment, local, SCOPE, problems)
    assert (found is None) == bool(problems)
    return problems if found is None else found


def holds(text: str, of: Type, value: Value) -> Value:
    found = cell(text, of)
    assert isinstance(found, Cell), found
    if found.core is None:
        return True
    parameters: dict[str, Core] = {"most": Literal(20, HEADS), "day": Literal(date(2021, 6, 1), DATE)}
    program = Program(parameters, {}, {}, compile_core, record=False)
    return compile_core(found.core, program)(Environment({}, None, None, [value]))


@pytest.mark.parametrize(("text", "of", "yes", "no"), [
    ("5", HEADS, [5], [4, 6]), ("-5", HEADS, [-5], [5]), ("< 5", HEADS, [4], [5]), (">= 20", HEADS, [20, 21], [19]),
    ("!= 3", HEADS, [2, 4], [3]), ("[20..50)", HEADS, [20, 49], [19, 50]), ("(20..50]", HEADS, [21, 50], [20, 51]),
    ("1, 3, >= 9", HEADS, [1, 3, 9], [2, 8]), ("not(1, [3..4])", HEADS, [2, 5], [1, 3, 4]), ("not(5)", HEADS, [4], [5]),
    ("not(< 3)", HEADS, [3], [2]), (">= most", HEADS, [20], [19]), ("[most..2 * most]", HEADS, [20, 40], [19, 41]),
    ("<= 0.5", Number(2, ONE), [Decimal("0.50")], [Decimal("0.51")]), ("10%", Number(2, ONE), [Decimal("0.1")], [10]),
    (">= 2021-01-01", DATE, [date(2021, 1, 1)], [date(2020, 12, 31)]),
    ("[2021-01-01..2021-12-31]", DATE, [date(2021, 12, 31)], [date(2022, 1, 1)]),
    ("< day", DATE, [date(2021, 5, 31)], [date(2021, 6, 1)]), ('@"2021-01-01"', DATE, [date(2021, 1, 1)], []),
    ("[2021-01..2021-03)", MONTH, [Month.of(2021, 2)], [Month.of(2021, 3)]),
    ("电工, 焊工、钳工，木工", TEXT, ["电工", "焊工", "钳工", "木工"], ["瓦工"]),
    ("not(电工, 焊工)", TEXT, ["木工"], ["电工", "焊工"]), ("not（电工）", TEXT, ["木工"], ["电工"]),
    ("? * 2 > 10", HEADS, [6], [5]), ("? in [1..3] and ? != 2", HEADS, [1, 3], [2, 4]),
    ("not(? > 5)", HEADS, [5], [6]), ("1, ? > 5 and ? < 9", HEADS, [1, 6], [2, 9]), ("[1, 3]", HEADS, [1, 3], [2]),
    ("? < day", DATE, [date(2021, 5, 31)], [date(2021, 6, 1)]), (">= 3 month", MONTHS, [3], [2]),
    ("[3 month..6 month)", MONTHS, [3, 5], [2, 6]), ("? > 2 month and ? < 5", MONTHS, [3, 4], [2, 5]),
    ("2号工（不含电焊）", TEXT, ["2号工（不含电焊）"], ["2号工"]),
])
def test_what_a_cell_asks(text: str, of: Type, yes: list[Value], no: list[Value]) -> None:
    assert [holds(text, of, value) for value in [*yes, *no]] == [True] * len(yes) + [False] * len(no)
    asked = holds(text, of, Unknown(4))
    assert isinstance(asked, Unknown)
    assert asked.causes == 4


@pytest.mark.parametrize("of", [HEADS, DATE, MONTH, TEXT])
def test_anything_will_do(of: Type) -> None:
    found = cell(" - ", of)
    assert isinstance(found, Cell)
    assert (found.core, found.tests) == (None, ())


@pytest.mark.parametrize(("text", "of", "code", "place"), [
    ("20..50", HEADS, "cell.range", "20..50"), ("20-50", HEADS, "cell.range", "20-50"),
    ("20 至 50", HEADS, "cell.range", "20 至 50"), ("20～50", HEADS, "cell.range", "20～50"),
    ("most..50", HEADS, "cell.range", "most..50"), ("2021-01-01..2021-12-31", DATE, "cell.range", None),
    ("2021-01至2021-03", MONTH, "cell.range", None), ("< 2021-01-01", HEADS, "type.compare", "< 2021-01-01"),
    ("< 2021-03", DATE, "type.compare", "< 2021-03"), ("2021-02-30", DATE, "literal.date", "2021-02-30"),
    ("< 2021-13", MONTH, "literal.month", "2021-13"), (">= mots", HEADS, "name.unknown", "mots"),
    ("1，2", HEADS, "syntax.full-width", "，"), ("≥ 20", HEADS, "syntax.elsewhere", "≥"),
    ('"a"', HEADS, "type.compare", '"a"'),
    (">= 20", Number(0, Unit.named("CNY")), None, None),
    (">= most", Number(0, Unit.named("CNY")), "unit.differ", ">= most"),
    ("< 3 year", MONTHS, "value.unit", "year"), ("< 3 month", HEADS, "value.no-unit", "month"),
    ("? * 2", HEADS, "cell.asked", "? * 2"), ("? > 2021-01-01", HEADS, "type.compare", "? > 2021-01-01"),
    ("20以上", HEADS, "syntax.elsewhere", "20以上"), ("20人", HEADS, "syntax.unit", "20人"),
    (">= 20 and < 50", HEADS, "syntax.unexpected", "and"),
    ('"电工"', TEXT, "cell.quoted", '"电工"'), ("“电工”", TEXT, "cell.quoted", "“电工”"),
    ("< 5", TEXT, "cell.test-of-words", "< 5"), ("[1..2]", TEXT, "cell.test-of-words", "[1..2]"),
    ("，", TEXT, "cell.empty", "，"), ("not()", TEXT, "cell.empty", "not()"),
])
def test_what_is_said_and_where(text: str, of: Type, code: str | None, place: str | None) -> None:
    found = cell(text, of)
    if code is None:
        assert isinstance(found, Cell)
        return
    assert isinstance(found, list)
    assert [problem.code for problem in found] == [code]
    where = found[0].where
    assert where is not None
    assert text[where.start : where.end] == (text if place is None else place)
    assert "{" not in render(found[0], "zh") + render(found[0], "en")


@pytest.mark.parametrize(("text", "signs"), [
    ("5", [["="]]), ("[1..3], > 9", [[">=", "<="], [">"]]),
    ("? in [1..3] and ? != 2", [[">=", "<=", "<"], [">=", "<=", ">"]]),
    ("not(? > 5 or 3 >= ?)", [[">"], ["<="]]), ("? > 1 and not(? >= 5)", [[">", "<"]]), ("? * 2 > 10", None),
    ("[1, 3]", [["="], ["="]]),
])
def test_what_can_be_held_against_other_rows(text: str, signs: list[list[str]] | None) -> None:
    found = cell(text, HEADS)
    assert isinstance(found, Cell)
    assert found.comparable == (signs is not None)
    assert [[side.operator for side in test] for test in found.tests] == (signs or [])


def test_a_range_without_brackets_is_mended() -> None:
    found = cell("20至50", HEADS)
    assert isinstance(found, list)
    assert "[20..50)" in render(found[0], "zh")
