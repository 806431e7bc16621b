"""Scales: what amounts in brackets come to by either method, and every way to write brackets wrong."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.unknown import Unknown, Value
from interpreter.problems import Problem
from interpreter.problems.render import render_all
from interpreter.problems.words import says
from tests.rulebook.small_tables import PARAMETERS, ask, loaded, problems_of, written

HEAD = """\
kind: scale
method: marginal
inputs:
  income: {label: 收入, type: money, at_least: 0}
outputs:
  tax: {label: 税额, type: money}
rounding: half up
rows: |
  above | up to | rate
"""
ROWS = "        | 3000  | 3%\n  3000  | 12000 | 10%\n  12000 |       | 20%\n"
TAX = HEAD + ROWS
WHOLE = TAX.replace("marginal", "whole")
SWITCH = TAX.replace("method: marginal", "method: if by_parts then \"marginal\" else \"whole\"")
BY_PARTS = PARAMETERS + "  by_parts: {label: 分段, question: 是否分段？, basis: 示例, type: boolean%s}\n"


@pytest.mark.parametrize(("income", "by_parts", "at_once"), [
    ("0", "0", "0"), ("0.01", "0", "0"), ("2999.99", "90", "90"), ("3000", "90", "90"), ("3000.01", "90", "300"),
    ("3000.05", "90.01", "300.01"), ("12000", "990", "1200"), ("12000.01", "990", "2400"), ("20000", "2590", "4000"),
])
def test_both_methods_at_the_ends_of_brackets(tmp_path: Path, income: str, by_parts: str, at_once: str) -> None:
    book = loaded(written(tmp_path, BY_PARTS % ", value: true", tax=TAX, flat=WHOLE, either=SWITCH))
    found = [ask(book, table, Decimal(income)) for table in ("tax", "flat", "either")]
    assert found == [Decimal(by_parts), Decimal(at_once), Decimal(by_parts)]


def test_a_switch_chooses_the_method(tmp_path: Path) -> None:
    whole = loaded(written(tmp_path / "whole", BY_PARTS % ", value: false", tax=SWITCH))
    assert ask(whole, "tax", Decimal(20000)) == 4000
    undecided = loaded(written(tmp_path / "open", BY_PARTS % "", tax=SWITCH))
    assert ask(undecided, "tax", Decimal(1000)) == 30
    found = ask(undecided, "tax", Decimal(20000))
    assert isinstance(found, Unknown)
    assert [(cause.kind, cause.name) for cause in undecided.causes_of(found.causes)] == [("setting", "by_parts")]


def test_which_end_belongs_to_a_bracket_and_fixed_amounts(tmp_path: Path) -> None:
    head = WHOLE.partition("rows:")[0].replace("rounding: half up\n", "")
    taken = "rows: |\n  不低于 | 低于 | 税额\n         | 800  | 600\n  800    | 1200 | 400\n  1200   |      | 0\n"
    book = loaded(written(tmp_path, aid=head + taken))
    assert [ask(book, "aid", Decimal(n)) for n in ("799.99", "800", "1199.99", "1200")] == [600, 400, 400, 0]
    assert isinstance(ask(book, "aid", Unknown(1)), Unknown)


CARE = """\
kind: scale
method: marginal
inputs:
  level: {label: 等级, type: level}
  days:  {label: 天数, type: integer, unit: day, at_least: 0}
outputs:
  amount: {label: 补助, type: money}
rows: |
  level | above  | up_to  | rate       | from       | to
"""


def test_other_inputs_days_and_units(tmp_path: Path) -> None:
    rows = (
        "  低 |        | 10 day | 20         |            | 2021-12-31\n"
        "  低 | 10     |        | 30 CNY/day |            | 2021-12-31\n"
        "  低 |        |        | 40         | 2022-01-01 |\n"
        "  中, 高 |    | 5      | 0          |            |\n"
        "  中, 高 | 5  |        | base / 1 day |          |\n"
    ).replace("base / 1 day", "25")
    book = loaded(written(tmp_path, care=CARE + rows))
    assert [ask(book, "care", "low", n) for n in (0, 10, 11)] == [0, 200, 230]
    assert ask(book, "care", "low", 11, day=date(2022, 1, 1)) == 440
    assert [ask(book, "care", "high", n) for n in (5, 6)] == [0, 25]
    # nothing is given for the first days, however many they are
    assert ask(book, "care", "middle", Unknown(1, 0, 4)) == 0


def test_rates_of_an_authority_are_held_against_what_is_delegated(tmp_path: Path) -> None:
    table = TAX.replace("rows: |", "delegated: {to: authority, at_most: 25%}\nrows: |")

    def folder(to: str, rate: str) -> Path:
        rows = f"    above | up_to | rate\n          | 6000  | 5%\n    6000  |       | {rate}\n"
        return written(tmp_path / to, tax=table, authorities={"甲县": "rows:\n  tax: |\n" + rows})

    book = loaded(folder("good", "25%"))
    assert [ask(book, "tax", Decimal(10000), authority=who) for who in ("甲县", "乙县")] == [1300, 790]
    assert "25.5%" in render_all(problems_of(folder("bad", "25.5%")), "zh")
    assert [p.code for p in problems_of(folder("beyond", "25.5%"))] == ["overlay.beyond-bound"]


@given(st.data())
def test_parts_come_to_what_they_are_by_hand(data: st.DataObject) -> None:
    """The sum of each bracket's rate times the part of the amount in it, rounded once."""
    cuts = sorted(data.draw(st.sets(st.integers(1, 400).map(lambda n: n * 25), min_size=1, max_size=4)))
    rates = data.draw(st.lists(st.integers(0, 99), min_size=len(cuts) + 1, max_size=len(cuts) + 1))
    brackets = list(zip([0, *cuts], [*map(str, cuts), ""], rates, strict=True))
    rows = "".join(f"  {low or ''} | {high} | {rate}%\n" for low, high, rate in brackets)
    with TemporaryDirectory() as folder:
        book = loaded(written(Path(folder), tax=HEAD + rows))
    cent = Decimal("0.01")
    for income in (*map(Decimal, cuts), *(cut + cent for cut in cuts), Decimal(data.draw(st.integers(0, 20000)))):
        parts = [
            rate * (min(income, Decimal(high or "Infinity")) - low) for low, high, rate in brackets if income > low
        ]
        wanted = (sum(parts, Decimal(0)) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert ask(book, "tax", income) == wanted


def said(folder: Path) -> list[tuple[str, int, int]]:
    return [(p.code, p.where.line, p.where.column) for p in problems_of(folder) if p.where]


@pytest.mark.parametrize(("rows", "expected"), [
    ("  3000 | | 10%\n  | 3000 | 3%\n", [("scale.order", 14, 3)]),
    ("  | 3000 | 3%\n  3001 | | 10%\n", [("scale.gap", 14, 3)]),
    ("  | 3000 | 3%\n  2999 | | 10%\n", [("scale.overlap", 14, 3)]),
    ("  | 3000 | 3%\n  3000 | 12000 | 10%\n", [("table.rows-gap", 11, 1)]),
    ("  1000 | | 3%\n", [("table.rows-gap", 11, 1)]),
    ("  | 3000 | 3%\n  5000 | 1000 | 3%\n  3000 | | 4%\n", [("cell.never", 14, 3)]),
    ("  | 3000 CNY | 3%\n  3000 CNY | | 2 * 3%\n", []),
    ("  | 3000 day | 3%\n  3000 | | 3%\n", [("unit.wanted", 13, 5)]),
    ("  | base | 3%\n  base | 10 * base | 4%\n  10 * base | | 5%\n", []),
    ("  | base | 3%\n  120 | | 4%\n", [("scale.gap", 14, 3), ("scale.overlap", 14, 3)]),
    ("  | 3000 | 3 CNY\n  3000 | | 3%\n", [("unit.wanted", 13, 12)]),
    ("  | 3000 | \n  3000 | | 3%\n", []),
])
def test_brackets_written_wrong(tmp_path: Path, rows: str, expected: list[tuple[str, int, int]]) -> None:
    assert said(written(tmp_path, tax=HEAD + rows)) == expected


@pytest.mark.parametrize(("old", "new", "code"), [
    ("method: marginal\n", "", "scale.no-method"), ("kind: scale\n", "", "scale.only"),
    ("rounding: half up", "hit: first", "scale.hit"), ("half up", "half upp", "scale.rounding"),
    ("rounding: half up\n", "", "scale.places"), ("rounding:", "of: incom\nrounding:", "scale.of"),
    ("type: money, at_least: 0}", "type: text}", "scale.which"),
    ("type: money}", "type: money}\n  more: {label: 又, type: money}", "scale.one-output"),
    ("type: money}", "type: text}", "scale.no-number"), ("| rate", "| at_least", "scale.no-rate"),
    ("| rate", "| tax", "scale.marginal-value"), ("above | up to", "income | up to", "scale.column"),
    ("above | up to | rate\n        | 3000  | 3%", "above | at_least | rate\n  1  | 3000  | 3%", "scale.ends"),
    ("up to | rate\n        | 3000  | 3%", "up to | rate | tax\n        | 3000  | 3% | 1", "scale.rate-or-value"),
    ("method: marginal", "method: by_parts", "name.unknown"),
    ("method: marginal", "method: '\"maginal\"'", "choice.unknown"),
    ("  income: {label", "  above: {label", "table.own-column"), ("20%", "20% * x", "name.unknown"),
])
def test_heads_written_wrong(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in TAX
    found: list[Problem] = problems_of(written(tmp_path, tax=TAX.replace(old, new)))
    assert code in [p.code for p in found]
    assert "{" not in "".join(says(problem, "zh") + says(problem, "en") for problem in found)


def test_brackets_that_are_added_up_are_written_alike(tmp_path: Path) -> None:
    rows = "  - | | 10 | 20 | |\n  低 | 10 | | 30 | |\n  中, 高 | 10 | | 30 | |\n"
    found = problems_of(written(tmp_path / "words", care=CARE + rows))
    assert {p.code for p in found} == {"scale.mixed"}
    assert [(p.fields["one"], p.fields["other"]) for p in found] == [(1, 2), (1, 3)]
    rows = "  - | | 10 | 20 | |\n  - | 10 | | 30 | | 2021-12-31\n  - | 10 | | 35 | 2022-01-01 |\n"
    found = problems_of(written(tmp_path / "days", care=CARE + rows))
    assert {p.code for p in found} == {"scale.mixed"}
    whole = loaded(written(tmp_path / "whole", care=CARE.replace("marginal", "whole") + rows))
    assert ask(whole, "care", "low", 20, day=date(2022, 1, 1)) == 700


def test_the_only_number_or_the_one_that_is_named(tmp_path: Path) -> None:
    inputs = "inputs:\n  heads: {label: 人数, type: integer}"
    head = HEAD.replace("inputs:", inputs).replace("above |", "heads | above |")
    rows = head + "  < 3 | | 3000 | 3%\n  < 3 | 3000 | 12000 | 10%\n  < 3 | 12000 | | 20%\n"
    assert [p.code for p in problems_of(written(tmp_path / "which", tax=rows))] == ["scale.which"]
    named = rows.replace("rounding:", "of: income\ndefault: {tax: 1}\nrounding:")
    book = loaded(written(tmp_path / "named", tax=named))
    values: list[Value] = [ask(book, "tax", heads, Decimal(12000)) for heads in (2, 3)]
    assert values == [990, 1]
