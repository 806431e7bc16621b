"""Units: they multiply, divide and are raised; they must agree where numbers are added, compared or put in a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.assign import unit_of
from interpreter.language.types import Number, Ratio, Type
from interpreter.language.units import ONE, Unit, is_money
from interpreter.problems import Text
from tests.language.small import FACTS, RATE, Small

YEARLY = Number(2, Unit.read("CNY/year"))
NAMES = ("CNY", "month", "year", "person")
UNITS = st.dictionaries(st.sampled_from(NAMES), st.integers(-3, 3).filter(bool)).map(
    lambda powers: Unit(tuple(sorted(powers.items())))
)


def small() -> Small:
    return Small(FACTS | {"yearly": YEARLY})


@given(UNITS, UNITS, st.integers(-3, 3))
def test_units_are_a_group(a: Unit, b: Unit, n: int) -> None:
    assert a * b == b * a
    assert a * b / b == a
    assert a / a == ONE
    assert (a * b) ** n == a**n * b**n
    assert a**2 == a * a
    assert a**-1 == ONE / a


@pytest.mark.parametrize(("text", "unit"), [
    ("rate * spent", "CNY"), ("spent * rate", "CNY"), ("pay / spent", "CNY/month"), ("pay / rate", "month"),
    ("pay * pay / pay", "CNY"), ("spent ** 2", "month**2"), ("spent ** -1", "1/month"),
    ("rate ** 2", "CNY**2/month**2"),
    ("pay / pay", "1"), ("-pay", "CNY"), ("abs(pay)", "CNY"), ("modulo(pay, 7)", "CNY"), ("pay + 10", "CNY"),
    ("10 + pay", "CNY"), ("max(pay, 0)", "CNY"), ("if yes then 0 else pay", "CNY"), ("sum([pay, 5])", "CNY"),
    ("mean([pay, 5])", "CNY"), ("round half up(pay / 3, 2)", "CNY"), ("per month(yearly)", "CNY/month"),
    ("per month(yearly / spent)", "CNY/month**2"), ("2 * spent", "month"), ("10% * pay", "CNY"), ("pay ** 0", "1"),
    ("sqrt(pay / pay)", "1"), ("count(numbers)", "1"), ("floor(pay)", "CNY"),
])
def test_units_of_results(text: str, unit: str) -> None:
    assert str(unit_of(small().expression(text).type)) == unit


@pytest.mark.parametrize(("text", "sides"), [
    ("pay + spent", ("integer, month", "number, CNY")), ("pay - rate", ("number, CNY", "number, CNY/month")),
    ("pay < spent", ("integer, month", "number, CNY")), ("modulo(pay, spent)", ("integer, month", "number, CNY")),
    ("pay + count(numbers)", ("integer", "number, CNY")), ("pay / 2 + spent", ("integer, month", "ratio, CNY")),
])
def test_both_units_are_said(text: str, sides: tuple[str, ...]) -> None:
    (problem,) = small().problems(text)
    assert problem.code == "unit.differ"
    said = [problem.fields[side] for side in ("left", "right")]
    assert tuple(sorted(each.to("en") for each in said if isinstance(each, Text))) == sides


@pytest.mark.parametrize("text", ["sqrt(pay)", "log(spent)", "exp(pay / spent)", "pay ** n", "pay ** 0.5"])
def test_what_has_a_unit_has_no_root(text: str) -> None:
    assert [p.code for p in small().problems(text)] == ["unit.plain"]


@pytest.mark.parametrize("text", ["per month(pay)", "per month(rate)", "per month(12)"])
def test_only_a_figure_per_year_is_one_per_month(text: str) -> None:
    assert [p.code for p in small().problems(text)] == ["unit.yearly"]


@pytest.mark.parametrize(("text", "wanted"), [
    ("yearly", RATE), ("per month(yearly)", YEARLY), ("pay / spent", Number(2, Unit.named("CNY"))),
])
def test_a_place_wants_its_unit(text: str, wanted: Type) -> None:
    assert [p.code for p in small().problems(text, wanted)] == ["unit.wanted"]


def test_a_bare_number_takes_the_unit_of_its_place() -> None:
    assert small().expression("if yes then 5 else 7.5", Number(2, Unit.named("CNY")))
    assert isinstance(small().expression("5 / 2", Ratio(Unit.named("CNY"))).type, Ratio)


def test_money_is_a_currency_over_whatever() -> None:
    assert is_money(Unit.read("CNY/month"))
    assert not is_money(Unit.read("month/CNY"))
    assert not is_money(None)
