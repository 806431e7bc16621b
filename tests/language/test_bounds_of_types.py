"""Places and bounds of types: what an expression gives is always within what the checker said of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter.language.expression import Expression
from interpreter.language.literals import MAX_DIGITS
from interpreter.language.magnitude import bounds_of, longest, span_of
from interpreter.language.types import List, Number, Ratio, Type
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import Unknown
from tests.language.small import Small

WHOLE, CENTS = Number(0, ONE, Decimal(-20), Decimal(300)), Number(2, ONE, Decimal("-1.5"), Decimal("99.99"))
SMALL, FREE = Number(3, ONE, Decimal("0.001"), Decimal(2)), Number(0, ONE)
FACTS: dict[str, Number | List] = {
    "a": WHOLE, "b": CENTS, "c": SMALL, "d": FREE, "listed": List(CENTS, 4), "wholes": List(WHOLE, 3),
}
LEAVES = ["a", "b", "c", "d", "0", "1", "7", "-2", "0.5", "12.25", "100"]
LISTS = [
    "listed", "wholes", "for x in wholes return x * b", "for x in listed, y in 1..3 return a + x * y", "[a, b / 3]",
    "listed[item > 1]", "for x in wholes return x / 7",
]


def both(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    places, power = st.integers(-2, 4), st.integers(-2, 4)
    modes = ("round up", "round down", "round half up", "round half down", "round half even", "floor", "ceiling")
    return st.one_of(
        st.builds(lambda pair, op: f"({pair[0]} {op} {pair[1]})", two, st.sampled_from("+-*/")),
        st.builds(lambda pair, name: f"{name}({pair[0]}, {pair[1]})", two, st.sampled_from(["min", "max", "modulo"])),
        st.builds(lambda x, name: f"{name}({x})", inner, st.sampled_from(["abs", "-", "floor", "ceiling", "sqrt"])),
        st.builds(lambda x, to, mode: f"{mode}({x}, {to})", inner, places, st.sampled_from(modes)),
        st.builds(lambda x, to: f"({x}) ** {to}" if to >= 0 else f"({x}) ** ({to})", inner, power),
        st.builds(lambda pair: f"(if a > 3 then {pair[0]} else {pair[1]})", two),
        st.builds(lambda x, fold: f"{fold}({x})", st.sampled_from(LISTS),
                  st.sampled_from(["sum", "mean", "min", "max", "count"])),
        st.builds(lambda pair: f"sum([{pair[0]}, {pair[1]}, 3])", two),
        st.builds(lambda pair: "({x: 1}.x + {x: " + pair[0] + "}.x)", two),
    )


def number(of: Number) -> st.SearchStrategy[int | Decimal]:
    low, high = (int(end * 10**of.places) for end in bounds_of(of))
    ends = st.sampled_from([low, high, max(low, min(high, 0))])
    units = st.one_of(ends, st.integers(low, high))
    return units if of.places == 0 else units.map(lambda n: Decimal(n).scaleb(-of.places))


def listed(of: List) -> st.SearchStrategy[tuple[int | Decimal, ...]]:
    assert isinstance(of.item, Number)
    return st.lists(number(of.item), max_size=longest(of)).map(tuple)


VALUES = st.fixed_dictionaries({
    name: listed(of) if isinstance(of, List) else number(of) for name, of in FACTS.items()
})
TEXTS = st.recursive(st.sampled_from(LEAVES), both, max_leaves=6)


def assert_within(found: object, of: Type, text: str) -> None:
    assert isinstance(found, int | Decimal | Fraction), (text, found)
    span = span_of(of)
    assert span.low is None or span.low <= Fraction(found), (text, found, of)
    assert span.high is None or Fraction(found) <= span.high, (text, found, of)
    if isinstance(of, Number):
        assert not isinstance(found, Fraction), text
        assert (Fraction(found) * 10**of.places).denominator == 1, (text, found, of)
        assert len(str(abs(int(Fraction(found) * 10**of.places)))) <= MAX_DIGITS, (text, found)
    elif span.parts is not None:
        assert Fraction(found).denominator <= span.parts, (text, found, of)


@given(TEXTS, VALUES)
@settings(max_examples=400)
def test_every_value_is_within_its_type(text: str, values: dict[str, object]) -> None:
    small = Small(FACTS)
    expression = small.read(text)
    if not isinstance(expression, Expression):
        assert {p.code for p in expression} <= {"number.digits", "number.places-many"}, (text, expression)
        return
    found = small.run(expression.core, values)
    if isinstance(found, Unknown):
        assert found.causes >= 1 << 40, text
        return
    assert_within(found, expression.type, text)


def typed(text: str) -> Number:
    found = Small(FACTS).expression(text).type
    assert isinstance(found, Number)
    return found


@pytest.mark.parametrize(("text", "places", "low", "high"), [
    ("a + b", 2, "-21.50", "399.99"), ("a - b", 2, "-119.99", "301.50"), ("-a", 0, "-300", "20"),
    ("a * b", 2, "-1999.80", "29997.00"), ("abs(a)", 0, "0", "300"), ("min(a, b)", 2, "-20.00", "99.99"),
    ("max(a, b)", 2, "-1.50", "300.00"), ("min(a, 5)", 0, "-20", "5"), ("max(0, min(d, 9))", 0, "0", "9"),
    ("if a > 1 then a else 1000", 0, "-20", "1000"), ("count(listed)", 0, "0", "4"),
    ("sum(listed)", 2, "-6.00", "399.96"),
    ("sum([a, a])", 0, "-40", "600"), ("count([a, a])", 0, "0", "2"), ("a ** 2", 0, "0", "90000"),
    ("b ** 3", 6, "-3.375000", "999700.029999"), ("round half up(b / 7, 1)", 1, "-0.3", "14.3"),
    ("floor(b)", 0, "-2", "100"), ("round down(a, -2)", 0, "-100", "300"), ("modulo(a, 7)", 0, "0", "7"),
    ("modulo(a, b)", 2, "-1.50", "99.99"), ("round up(a / c, 0)", 0, "-20000", "300000"),
    ("d", 0, "-1000000000", "1000000000"), ("d + d", 0, "-2000000000", "2000000000"),
    ("count(for x in listed, y in wholes return x)", 0, "0", "12"), ("count(for x in 1..5 return x)", 0, "0", "5"),
    ("sum(for x in wholes return x * 2)", 0, "-120", "1800"), ("count(listed[item > 1])", 0, "0", "4"),
    ("{x: a}.x", 0, "-20", "300"), ("{x: 5}.x", 0, "5", "5"), ("{x: 6}.x", 0, "6", "6"),
])
def test_bounds(text: str, places: int, low: str, high: str) -> None:
    found = typed(text)
    assert (found.places, *map(str, bounds_of(found))) == (places, low, high)


def test_what_divides_may_be_no_nearer_to_nothing_than_its_places() -> None:
    found, again = (Small(FACTS).expression(text).type for text in ("1 / b", "1 / (1 / b)"))
    assert isinstance(found, Ratio)
    assert isinstance(again, Ratio)
    assert (found.low, found.high) == (Fraction(-100), Fraction(100))
    assert (again.low, again.high) == (Fraction(-9999), Fraction(9999))


def test_defaults_are_as_large_as_what_is_read() -> None:
    money = Number(2, Unit.read("CNY/month"))
    assert [str(end) for end in bounds_of(money)] == ["-1000000000000", "1000000000000"]
    assert bounds_of(replace(money, low=Decimal(0)))[0] == 0
    assert (longest(List(money)), longest(List(money, 3))) == (10_000, 3)


@pytest.mark.parametrize("text", [
    "d * d * d * d", "d ** 4", "((9 ** 9) ** 9) ** 9", "99 ** 999999999", "c ** 12", "sum(wholes) ** 13",
])
def test_what_may_be_too_long_is_refused(text: str) -> None:
    found = Small(FACTS).problems(text)
    assert [p.code for p in found][:1] in (["number.digits"], ["number.places-many"])


def test_what_is_limited_before_is_not() -> None:
    assert typed("min(max(d, 0), 1000) ** 4").high == 10**12
    assert typed("round half up(d / 1000, 0) ** 4").high == 10**24
