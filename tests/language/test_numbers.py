"""Numbers: arithmetic that stays exact, powers and roots, numbers from text, and what hostile ones come to."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language import members
from interpreter.language.expression import Expression
from interpreter.language.functions import BY_KEY, FAULT, lists
from interpreter.language.functions.arithmetic import MAX_SIZE
from interpreter.language.unknown import Unknown
from tests.language.small import Small, known

NUMBERS = st.one_of(
    st.integers(-10**12, 10**12), st.decimals(-10**9, 10**9, places=3, allow_nan=False, allow_infinity=False),
    st.fractions(max_denominator=10**6),
)


def feel(text: str, **facts: object) -> object:
    small = Small(feel=True)
    return small.run(small.expression(text).core, facts)


@given(NUMBERS, NUMBERS)
def test_modulo_leaves_what_the_divisor_does_not_take(a: Fraction, b: Fraction) -> None:
    row = BY_KEY["modulo.ratio" if isinstance(a, Fraction) or isinstance(b, Fraction) else "modulo"]
    found = row.python(a, b)
    if not b:
        assert found is FAULT
        return
    assert ((Fraction(a) - Fraction(found)) / Fraction(b)).denominator == 1
    assert abs(Fraction(found)) < abs(Fraction(b))
    assert not found or (found > 0) == (b > 0)
    assert isinstance(found, Fraction) or row.key == "modulo"


@given(st.one_of(st.integers(-50, 50), st.decimals(-9, 9, places=2), st.fractions(-9, 9, max_denominator=50)),
       st.integers(-12, 12))
def test_short_whole_powers_are_exact(base: Fraction, exponent: int) -> None:
    found = BY_KEY["power.whole"].python(base, exponent)
    if not base and exponent < 0:
        assert found is FAULT
    else:
        assert Fraction(found) == Fraction(base) ** exponent


@given(st.fractions(0, 10**6, max_denominator=10**6))
def test_a_root_is_the_nearest_of_34_digits(x: Fraction) -> None:
    found = BY_KEY["sqrt"].python(x)
    assert isinstance(found, Fraction)
    assert BY_KEY["sqrt"].python(found * found) == found
    assert abs(found * found - x) * 10**33 <= 2 * x


@given(st.decimals(0, 50, places=6))
def test_what_is_irrational_has_34_digits(x: Decimal) -> None:
    with localcontext(prec=90):
        expected = x.exp()
        assert abs(Decimal(BY_KEY["exp"].python(x).numerator) / BY_KEY["exp"].python(x).denominator / expected - 1) \
            < Decimal("1e-33")
        back = BY_KEY["log"].python(Fraction(expected))
        assert abs(Decimal(back.numerator) / back.denominator - x) < Decimal("1e-30")


@pytest.mark.parametrize(("text", "result"), [
    ("2 ** 10", 1024), ("(-3) ** 2", 9), ("(0.5 ** 3) * 8", 1), ("2 ** -2", Fraction(1, 4)),
    ("(1 / 3) ** 2", Fraction(1, 9)),
    ("4 ** 0.5", 2), ("0 ** 0", 1), ("1 ** 999999999", 1), ("(0 - 1) ** 999999999", -1), ("1.00 ** 3", 1),
    ("modulo(-12, 5)", 3), ("modulo(12, -5)", -3), ("modulo(-10.1, 4.5)", Decimal("3.4")),
    ("modulo(7 / 2, 1)", Fraction(1, 2)),
    ("abs(-5)", 5), ("abs(1 / -3)", Fraction(1, 3)), ("odd(-3)", True), ("even(0)", True), ("odd(10)", False),
    ("sqrt(2.25)", Fraction(3, 2)), ("log(1)", 0), ("exp(0)", 1), ("sum(1, 2.5, 3)", Decimal("6.5")),
    ("sum([1 / 3, 2 / 3])", 1), ("mean(1, 2)", Fraction(3, 2)), ("min(1 / 3, 0.3)", Decimal("0.3")),
    ("0.1 + 0.2 = 0.3", True), ("1000.01 / 3 < 333.34", True), ("1 / 3 * 3 = 1", True),
    ('number("12.50") = 12.5', True), ('number("-.5")', Fraction(-1, 2)), ('number("1e3")', 1000),
    ('number("1 000 000,25", " ", ",")', Fraction(4000001, 4)),
    ('number("1.000.000,01", ".", ",")', Fraction(100000001, 100)),
    ('number(from: "1,5", grouping separator: ".", decimal separator: ",")', Fraction(3, 2)),
    ("1.15 * 100 = 115", True), ("9007199254740993 + 0", 9007199254740993),
])
def test_values(text: str, result: object) -> None:
    assert known(text) == result


@pytest.mark.parametrize("text", [
    "0 ** -1", "0 ** (0 - n)", "(0 - 8) ** (1 / 3)", "modulo(n, 0)", "modulo(1 / 3, 0)",
    "sqrt(0 - n)", "log(0)", "log(0 - n)",
    "exp(1000000)", "10 ** n", "9 ** (0 - n)", 'number("")', 'number("1,000")', 'number("abc")', 'number("1 2")',
    'number("1,000.00", ",", ",")', 'number("1,000.00", ";", ".")', 'number("1", ",", ":")', 'number("+1")',
    'number("1e99999999")', 'number("' + "9" * 40 + '")', "mean(numbers)",
])
def test_no_value(text: str) -> None:
    small = Small()
    found = small.value(text, {"n": 999_999_999, "numbers": ()})
    assert isinstance(found, Unknown)
    assert found.causes >= 1 << 40


@pytest.mark.parametrize("text", [
    "1e999999999", "9" * 10_000, "0." + "0" * 10_000 + "1", "1e-999999999", "9e" + "9" * 4_000, "((9 ** 9) ** 9) ** 9",
    "9 ** (9 ** 9)", "n ** 999999999", "((n * n) * (n * n)) * n", "2 ** 2000000000",
])
def test_hostile_numbers_are_refused_where_they_stand(text: str) -> None:
    start = monotonic()
    found = Small().problems(text)
    assert monotonic() - start < 1
    assert {p.code for p in found} <= {"literal.digits", "number.digits", "syntax.long"}
    assert all(p.where is not None for p in found)


@pytest.mark.parametrize("text", [
    "((9 ** 9) ** 9) ** 99999", "9 ** (9 ** 9)", "n ** n ** n", "exp(exp(exp(n)))", "1 / 3 ** n",
    "(10 ** 6000) * (10 ** 6000)",
    "sum(for x in 1..3000 return 1 / (10 ** 6 + x))",
])
def test_hostile_numbers_end_at_once_where_nothing_is_bounded(text: str) -> None:
    small = Small(feel=True)
    found = small.read(text)
    assert isinstance(found, Expression)
    start = monotonic()
    result = small.run(found.core, {"n": 999_999_999})
    assert monotonic() - start < 3
    assert isinstance(result, Unknown) or max(result.numerator, result.denominator) < 10 ** (MAX_SIZE + 100)


def test_feel_takes_numbers_of_any_size() -> None:
    assert feel("10 ** 30 * 10 ** 30") == 10**60
    assert feel("floor(10 ** 40 / 3)") == 10**40 // 3
    assert feel("odd(2.5)") is False
    assert isinstance(feel("sum([])"), Unknown)
    assert feel("sum([1, 2])") == 3


def test_loops_end_after_so_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MOST_STEPS", 1_000)
    small = Small()
    nested = "count(for x in numbers, y in numbers, z in numbers return x + y + z)"
    found = small.value(nested, {"numbers": tuple(range(30))})
    assert isinstance(found, Unknown)
    assert found.causes >= 1 << 40
    assert small.faults == ["for"]
    assert small.value("count(for x in numbers, y in numbers return x)", {"numbers": tuple(range(20))}) == 400
    assert small.value("some x in numbers, y in numbers satisfies x + y = 2", {"numbers": tuple(range(400))}) is True
    assert small.value(nested, {"numbers": (1, 2)}) == 8


@pytest.mark.parametrize("text", [
    "concatenate(numbers, numbers)", "union(numbers, numbers)", "flatten([numbers, numbers])",
])
def test_lists_have_a_greatest_length(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_LISTED", 5)
    for several in (False, True):
        small = Small(feel=several)
        found = small.expression(text).core
        assert isinstance(small.run(found, {"numbers": (1, 2)}), tuple)
        assert isinstance(small.run(found, {"numbers": (1, 2, 3)}), Unknown)
