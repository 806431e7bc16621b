"""Bounds of numbers and lists, from what is declared to what is read and reckoned with."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from interpreter.cases.facts import read_case
from interpreter.language.magnitude import bounds_of
from interpreter.language.types import Number, RecordType
from interpreter.language.units import Unit
from interpreter.problems import Problem, Source
from interpreter.rulebook.model import Rulebook
from tests.rulebook.policies import codes, copied, loaded

FACTS, PARAMETERS, DEFINITIONS = "facts.yaml", "parameters.yaml", "definitions.yaml"
SHARE = "value: 12.5%}\n"


def defined(to: Path, is_: str, *changes: tuple[str, str, str]) -> Path:
    """The policy with one more definition."""
    return copied(to, (DEFINITIONS, "definitions:\n", f"definitions:\n  more: {{label: 又, is: '{is_}'}}\n"), *changes)


def reckoned(to: Path, is_: str, *changes: tuple[str, str, str]) -> list[str]:
    """The bounds of that definition."""
    type = loaded(defined(to, is_, *changes)).definitions["more"].type
    assert isinstance(type, Number)
    return [f"{end:f}" for end in bounds_of(type)]


def read(book: Rulebook, **facts: object) -> list[str]:
    """The codes of what is wrong with a case."""
    problems: list[Problem] = []
    text = json.dumps({"policy": "swimming", **facts}, ensure_ascii=False)
    read_case(Source("case.json", text), book, problems)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(("income", "code"), [
    ("1000000000000", []), ("1000000000000.01", ["case.bounds"]), ("-1000000000000.01", ["case.bounds"]),
])
def test_a_fact_is_within_the_default_bounds_of_its_type(tmp_path: Path, income: str, code: list[str]) -> None:
    assert read(loaded(copied(tmp_path)), income=income) == code


def test_bounds_may_be_declared_beyond_the_default(tmp_path: Path) -> None:
    people = "      people: {label: 人口, type: integer, at_least: 0, at_most: 20000000000}\n"
    town = "  town:\n    label: 镇\n    fields:\n" + people
    book = loaded(copied(tmp_path, (FACTS, "facts:\n", "facts:\n" + town)))
    assert read(book, town={"people": 20_000_000_000}) == []
    assert read(book, town={"people": 20_000_000_001}) == read(book, town={"people": -1}) == ["case.bounds"]


MINIMUM = "delegated: {to: authority, at_least: 2 month, at_most: 6 month}"


@pytest.mark.parametrize(("delegated", "ends"), [
    (MINIMUM, ["2", "6"]),
    ("delegated: {to: authority, at_least: 2 month}", ["-1000000000", "1000000000"]),
    ("delegated: {to: authority, at_least: 2 month, at_most: min_months * 2}", ["-1000000000", "1000000000"]),
])
def test_what_authorities_may_set_is_within_the_bounds_of_the_delegation(
    tmp_path: Path, delegated: str, ends: list[str]
) -> None:
    written = delegated.replace("min_months", "races_needed")
    other = (PARAMETERS, "  free: ", "  races_needed: {label: 场次, clause: 二, value: 3 month}\n  free: ")
    assert reckoned(tmp_path, "min_months", (PARAMETERS, MINIMUM, written), other) == ends


def test_an_amount_may_be_one_for_each_month(tmp_path: Path) -> None:
    rent = "  flat:\n    label: 房\n    fields:\n      rent: {label: 租金, type: money, unit: CNY/month, at_least: 0}\n"
    folder = defined(tmp_path, "flat.rent < monthly", (FACTS, "facts:\n", "facts:\n" + rent))
    type = loaded(folder).facts["flat"].type
    assert isinstance(type, RecordType)
    assert type.fields["rent"].type == Number(2, Unit.read("CNY/month"), low=Decimal(0))


def test_a_list_is_no_longer_than_declared(tmp_path: Path) -> None:
    races = (FACTS, "type: list of month}", "type: list of month, rows_at_most: 2}")
    book = loaded(copied(tmp_path / "short", races))
    assert "case.long-list" not in read(book, child={"id": "A", "races": ["2021-01", "2021-02"]})
    assert "case.long-list" in read(book, child={"id": "A", "races": ["2021-01", "2021-02", "2021-03"]})
    assert reckoned(tmp_path / "count", "count(child.races)", races) == ["0", "2"]
    assert reckoned(tmp_path / "default", "count(child.races)") == ["0", "10000"]
    assert codes(copied(tmp_path / "none", (races[0], races[1], races[2].replace("2}", "0}")))) == ["value.low"]


@pytest.mark.parametrize(("is_", "bounds"), [
    ("amount", ["300.00", "400.50"]), ("amount * 2", ["600.00", "801.00"]), ("share", ["0.125", "0.125"]),
    ("min_months", ["2", "6"]), ("max_heads", ["-1000000000", "1000000000"]),
    ("months_swum + 1", ["1", "10001"]), ("income * share", ["-125000000000.00000", "125000000000.00000"]),
])
def test_a_parameter_is_within_its_values_unless_others_may_set_it(tmp_path: Path, is_: str, bounds: list[str]) -> None:
    assert reckoned(tmp_path, is_) == bounds


def test_a_parameter_may_be_as_large_as_it_is_written(tmp_path: Path) -> None:
    large = (PARAMETERS, SHARE, SHARE + "  residents: {label: 人口, clause: 二, values: "
             "{2021-01-01: 1400000000, 2022-01-01: 5000000000}}\n")
    assert reckoned(tmp_path, "residents", large) == ["1400000000", "5000000000"]


def test_what_may_be_too_long_is_said_where_it_stands(tmp_path: Path) -> None:
    assert codes(defined(tmp_path, "income * income * (income / income)")) == []
    assert codes(defined(tmp_path / "long", "income * income * income")) == ["number.digits"]
