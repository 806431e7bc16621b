"""Rounding by its seven modes: against integers, at ties, below nothing, and where places are any number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import BY_KEY, FAULT
from interpreter.language.functions.rounding import FEWEST, MOST
from tests.language.small import Small, known

MODES = ("up", "down", "half up", "half down", "half even", "floor", "ceiling")
ROW = {mode: BY_KEY[f"round.{mode}" if mode not in ("floor", "ceiling") else f"{mode}.places"] for mode in MODES}


def by_integers(n: int, d: int, mode: str) -> int:
    """n / d to a whole number (d > 0), told by the distances to the whole numbers on both sides."""
    below = n // d
    if below * d == n:
        return below
    above, under, over = below + 1, n - below * d, (below + 1) * d - n
    nearer = below if under < over else above
    match mode:
        case "floor":
            return below
        case "ceiling":
            return above
        case "down":
            return below if n > 0 else above
        case "up":
            return above if n > 0 else below
    if under != over:
        return nearer
    inner, outer = (below, above) if n > 0 else (above, below)
    return {"half up": outer, "half down": inner, "half even": below if below % 2 == 0 else above}[mode]


TIES = st.builds(lambda n, places: Fraction(2 * n + 1, 2 * 10**places), st.integers(-99, 99), st.integers(0, 4))


@given(
    st.one_of(TIES, st.fractions(max_denominator=1000), st.integers(-10**40, 10**40).map(lambda n: Fraction(n, 7))),
    st.integers(-4, 6), st.sampled_from(MODES),
)
def test_every_mode_is_what_integers_say(x: Fraction, places: int, mode: str) -> None:
    scaled = x * Fraction(10) ** places
    expected = by_integers(scaled.numerator, scaled.denominator, mode) * Fraction(10) ** -places
    found = ROW[mode].python(x, places)
    assert Fraction(found) == expected
    assert isinstance(found, int) if places <= 0 else -found.as_tuple().exponent == places


@pytest.mark.parametrize(("mode", "results"), [
    ("up", "6 3 2 2 1 -1 -2 -2 -3 -6"), ("down", "5 2 1 1 1 -1 -1 -1 -2 -5"), ("half up", "6 3 2 1 1 -1 -1 -2 -3 -6"),
    ("half down", "5 2 2 1 1 -1 -1 -2 -2 -5"), ("half even", "6 2 2 1 1 -1 -1 -2 -2 -6"),
    ("floor", "5 2 1 1 1 -1 -2 -2 -3 -6"), ("ceiling", "6 3 2 2 1 -1 -1 -1 -2 -5"),
])
def test_the_numbers_everybody_compares(mode: str, results: str) -> None:
    numbers = [Decimal(x) for x in ["5.5", "2.5", "1.6", "1.1", "1.0", "-1.0", "-1.1", "-1.6", "-2.5", "-5.5"]]
    assert [ROW[mode].python(number, 0) for number in numbers] == [int(result) for result in results.split()]


@pytest.mark.parametrize(("text", "result"), [
    ("floor(-1.5)", "-2"), ("ceiling(-1.5)", "-1"), ("floor(1.56, 1)", "1.5"), ("ceiling(1.51, 1)", "1.6"),
    ("decimal(2.5, 0)", "2"), ("decimal(1 / 3, 2)", "0.33"), ("round down(1234, -2)", "1200"),
    ("round half up(1250, -2)", "1300"), ("floor(n: 7 / 2)", "3"), ("round up(scale: 1, n: 1.01)", "1.1"),
    ("round half up(1000.01 / 3, 2)", "333.34"), ("round half up(1.005, 2)", "1.01"), ("round up(3, 2)", "3.00"),
    ("round half up(-1.005, 2)", "-1.01"), ("round half even(2.5, 0)", "2"), ("round half even(-3.5, 0)", "-4"),
    ("round up(-0.001, 2)", "-0.01"), ("round down(-0.999, 0)", "0"), ("round half up(100 / 3, 2)", "33.33"),
    ("round half up(0 - 0.004, 2)", "0.00"),
])
def test_rounding_in_a_policy(text: str, result: str) -> None:
    assert str(known(text)) == result


@pytest.mark.parametrize(("text", "result"), [
    ("decimal(1 / 3, 2.5)", "0.33"), ("round up(5.5, 6176)", "5.5"), ("round down(5.5, -6111)", "0"),
    ("round half up(12.345, n - 3)", "12.35"), ("floor(1 / 3, 20)", "0.33333333333333333333"),
])
def test_feel_lets_places_be_any_number(text: str, result: str) -> None:
    small = Small(feel=True)
    assert small.run(small.expression(text).core, {"n": 5}) == Decimal(result)


@pytest.mark.parametrize("places", [FEWEST - 1, MOST + 1, Decimal(-7000), 10**30])
def test_places_have_ends(places: int) -> None:
    assert ROW["up"].python(Decimal("5.5"), places) is FAULT


@pytest.mark.parametrize("mode", MODES)
def test_what_has_fewer_places_stays_as_it_is(mode: str) -> None:
    assert Fraction(ROW[mode].python(Decimal("1.25"), 5)) == Fraction(5, 4)
    assert ROW[mode].python(Fraction(1, 3), MOST) == Fraction(1, 3)
