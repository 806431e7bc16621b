"""Statistics: exact, of nothing a fault, of what is unknown unknown."""

from __future__ import annotations

import statistics
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import BY_KEY, FAULT
from interpreter.language.types import say_type
from interpreter.language.unknown import Unknown
from tests.language.small import Small, known, value

NUMBERS = st.lists(st.decimals(-100, 100, places=2), min_size=1, max_size=7)


def fold(key: str, numbers: list[Any]) -> Any:
    return BY_KEY[key].python(iter([(True, number, False) for number in numbers]))


@pytest.mark.parametrize(("text", "result"), [
    ("product([2.5, 1, 2.5, 3])", Fraction(75, 4)), ("product(2, 3, 4)", 24), ("product(list: [6, 3])", 18),
    ("product([1 / 3, 3])", 1), ("median([8, 2, 5, 3, 4])", 4), ("median(8, 2, 5, 7)", 6),
    ("median([0.1, 0.2])", Fraction(3, 20)), ("mode([6, 3, 9, 6, 6])", (6,)), ("mode([6, 1, 9, 6, 1])", (1, 6)),
    ("mode([2.5, 1, 2.50, 3])", (Decimal("2.5"),)), ("mode(numbers)", ()), ("stddev([1, 3])", None),
    ("stddev([2, 2, 2])", 0), ("stddev([1, 2, 3])", 1),
    ("stddev(2, 4, 7, 5)", Fraction("2.081665999466132735282297706979931")),
    ("all([])", None), ("all(list: [true, false])", False), ("any(true, false)", True),
])
def test_statistics(text: str, result: Any) -> None:
    if text == "all([])":
        assert Small().problems(text)
    elif result is None:
        assert known(text) ** 2 - 2 < Fraction(1, 10**32)
    else:
        assert known(text, numbers=()) == result


@pytest.mark.parametrize("text", ["product(numbers)", "median(numbers)", "stddev(numbers)", "stddev([1])"])
def test_of_nothing_there_is_none(text: str) -> None:
    found = value(text, numbers=())
    assert isinstance(found, Unknown)
    assert found.causes >= 1 << 40


def test_all_and_any_are_kleenes() -> None:
    one = Unknown(1)
    assert value("all(yes, n > 1)", yes=False, n=one) is False
    assert value("any(yes, n > 1)", yes=True, n=one) is True
    assert value("all([yes, n > 1])", yes=True, n=one).causes == 1


@given(NUMBERS)
def test_the_median_is_in_the_middle_and_the_mode_comes_most_often(numbers: list[Decimal]) -> None:
    exact = [Fraction(number) for number in numbers]
    assert fold("median", numbers) == statistics.median(exact)
    assert [Fraction(number) for number in fold("mode", numbers)] == sorted(statistics.multimode(exact))


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=8))
def test_the_square_of_the_deviation_is_the_variance(numbers: list[int]) -> None:
    variance = statistics.variance(map(Fraction, numbers))
    assert abs(fold("stddev", numbers) ** 2 - variance) <= variance / 10**32


def test_endless_products_are_a_fault() -> None:
    assert fold("product", [10**33] * 400) is FAULT
    assert fold("product", [Fraction(1, 10**33 + 7)] * 400) is FAULT


def test_units_stay() -> None:
    small = Small()
    assert say_type(small.expression("median([pay, 3 * pay])").type).en == "ratio, CNY"
    assert say_type(small.expression("stddev([pay, 3 * pay])").type).en == "ratio, CNY"
    assert say_type(small.expression("mode([spent])").type).en == "list of integer, month"
