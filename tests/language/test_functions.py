"""The function table: every row's example, every fold on what is known, partly known and not known at all."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import BY_KEY, CALLABLE, FAULT, ROWS
from interpreter.language.functions.dates import last_day
from interpreter.language.show import show
from interpreter.language.types import say_type
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value
from interpreter.language.values import ONGOING, Month, Range, Record, Shape
from tests.language.examples_of_times import OF_TIMES
from tests.language.small import FIRM, Small, known, value

EXAMPLES: dict[str, tuple[str, str]] = {
    "add.text": ("新昌", "text"), "substring": ("56", "text"), "substring.length": ("12", "text"),
    "substring.feel": ("56", "text"), "substring.length.feel": ("12", "text"), "substring before": ("2021", "text"),
    "substring after": ("03", "text"), "upper case": ("91123456MA2X", "text"), "lower case": ("ma2x", "text"),
    "string join": ("新昌", "text"), "string join.delimiter": ("2021-03", "text"), "string join.feel": ("ab", "text"),
    "string join.delimiter.feel": ("a-b", "text"), "string.text": ("参保", "text"), "string.boolean": ("true", "text"),
    "string.number": ("123.45", "text"), "string.ratio.feel": ("0." + "3" * 34, "text"),
    "string.feel": ("[1, null]", "text"), "list contains": ("yes", "yes or no"),
    "list contains.feel": ("yes", "yes or no"), "index of": ("2, 4", "list of integer"),
    "index of.feel": ("2", "list of integer"), "sublist": ("5, 6", "list of integer"),
    "sublist.length": ("4, 5", "list of integer"), "append": ("1, 2, 3", "list of integer"),
    "concatenate": ("1, 2, 3", "list of integer"), "union": ("1, 2, 3", "list of integer"),
    "raised.feel": ("unknown", "integer"),
    "union.feel": ("1, unknown, 2", "list of integer"), "distinct.feel": ("1, unknown", "list of integer"),
    "reverse": ("3, 2, 1", "list of integer"), "insert before": ("1, 2, 3", "list of integer"),
    "remove": ("1, 3", "list of integer"), "flatten": ("1, 2, 3", "list of integer"),
    "flatten.deep": ("1, 2, 3", "list of integer"),
    "flatten.feel": ("1, unknown", "list of integer"), "product": ("24", "ratio"), "median": ("6", "ratio"),
    "mode": ("6", "list of integer"),
    "stddev": ("2.081665999466132735282297706979931", "ratio"), "matches": ("yes", "yes or no"),
    "matches.flags": ("yes", "yes or no"), "replace": ("03/2021", "text"), "replace.flags": ("**2*", "text"),
    "split": ("王某, 李某", "list of text"),
    "equal.parts": ("yes", "yes or no"), "within": ("yes", "yes or no"), "equal.feel": ("yes", "yes or no"),
    "holds.feel": ("2", "integer"), "is known": ("yes", "yes or no"), "is known.list": ("yes", "yes or no"),
    "steps": ("1, 4, 9", "list of integer"), "steps.days": ("30, 31, 1, 2", "list of integer"),
    "steps.range": ("4, 9", "list of integer"), "steps.range.days": ("30, 31, 1, 2", "list of integer"),
    ".start": ("1", "integer"), ".end": ("5", "integer"), ".start included": ("no", "yes or no"),
    ".end included": ("yes", "yes or no"),
    "add.number": ("0.3", "number"), "add.ratio": ("0.5", "ratio"), "subtract.number": ("-2", "integer"),
    "subtract.ratio": ("1/6", "ratio"), "multiply.number": ("115", "number"), "multiply.ratio": ("1", "ratio"),
    "divide": ("1/3", "ratio"), "negate": ("2", "integer"), "round.half up": ("3", "integer"),
    "round.half even": ("2", "integer"), "round.up": ("3", "integer"), "round.down": ("2", "integer"),
    "round.half down": ("2", "integer"), "decimal": ("0.33", "number"), "floor": ("-2", "integer"),
    "floor.places": ("-1.6", "number"), "ceiling": ("-1", "integer"), "ceiling.places": ("-1.5", "number"),
    "abs": ("2", "integer"), "modulo": ("2", "integer"), "modulo.ratio": ("0.5", "ratio"),
    "power.whole": ("1.1025", "number"), "power": ("2", "ratio"), "sqrt": ("4", "ratio"), "log": ("0", "ratio"),
    "exp": ("1", "ratio"), "number": ("12.5", "ratio"), "number.grouped": ("1000.5", "ratio"),
    "odd": ("yes", "yes or no"), "even": ("no", "yes or no"), "odd.feel": ("yes", "yes or no"),
    "even.feel": ("no", "yes or no"), "per month": ("1 1/month", "ratio, 1/month"), "sum.feel": ("5/6", "ratio"),
    "sum.ratio": ("5/6", "ratio"),
    "equal": ("yes", "yes or no"), "equal.ratio": ("yes", "yes or no"), "less": ("yes", "yes or no"),
    "less.ratio": ("yes", "yes or no"), "less_equal": ("yes", "yes or no"), "less_equal.ratio": ("yes", "yes or no"),
    "add.date.months": ("2020-02-29", "date"), "subtract.date.months": ("2020-02-29", "date"),
    "add.date.days": ("2021-03-01", "date"), "subtract.date.days": ("2021-02-28", "date"),
    "subtract.date": ("28 days", "days-time duration"), "add.month": ("2022-01", "month"),
    "subtract.month.months": ("2020-12", "month"), "subtract.month": ("3 months", "years-months duration"),
    "date": ("2021-12-31", "date"), "month": ("2021-03", "month"), "year.date": ("2021", "integer"),
    "month.date": ("3", "integer"), "day.date": ("5", "integer"), "year.month": ("2021", "integer"),
    "month.month": ("3", "integer"), "first day": ("2021-02-01", "date"), "last day": ("2024-02-29", "date"),
    "end of month": ("2021-02-28", "date"), "months between": ("1 month", "integer, month"),
    "age": ("17 years", "integer, year"), "birth date": ("1990-01-01", "date"),
    "months of": ("2021-01 to 2021-03", "list of month"), "some": ("yes", "yes or no"), "every": ("no", "yes or no"),
    "count": ("3", "integer"), "sum": ("6", "integer"), "min": ("1", "integer"), "min.default": ("1", "integer"),
    "max": ("3", "integer"), "max.default": ("3", "integer"), "least": ("3", "integer"), "greatest": ("5", "integer"),
    "distinct": ("1, 2", "list of integer"), "longest run": ("3 months", "integer, month"),
    "months touched": ("2021-01 to 2021-02", "list of month"), "whole months": ("2021-01", "list of month"),
    "mean": ("5/3", "ratio"), "item": ("20", "integer"),
    "starts with": ("yes", "yes or no"), "ends with": ("yes", "yes or no"), "contains": ("yes", "yes or no"),
    "string length": ("2", "integer"),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_row_has_words_and_an_example_that_holds(row: Any) -> None:
    assert row.doc.zh
    assert row.doc.en
    small = Small(feel=row.feel, knowing="anywhere")
    expression = small.expression(row.example)
    found = small.run(expression.core)
    assert (show(found, expression.type, "en"), say_type(expression.type).en) == (EXAMPLES | OF_TIMES)[row.key]
    assert f"'{row.key}'" in repr(expression.core), "the example does not use the row"


def test_rows_are_told_apart() -> None:
    assert len(BY_KEY) == len(ROWS)
    assert {"count", "min", "round half up"} <= set(CALLABLE)
    assert not any(name.startswith((".", "+")) for name in CALLABLE)


# Folds. Their lists as Python has them: what is sure, what may be in, what nobody knows.

A, B, C, LIST = (Unknown(1 << n) for n in range(4))
OPEN = Partial(8, more=True, blank=NOWHERE)
JAN, FEB, MAR, APR = (Month.of(2021, n) for n in range(1, 5))


def maybe(*members: tuple[Value, Value]) -> Partial:
    return Partial(1, members)


def fold(text: str, **facts: Value) -> tuple[Any, ...]:
    """A known value alone; an unknown one as its causes and bounds."""
    found = value(text, **facts)
    if isinstance(found, Unknown):
        causes = found.causes & 0xFF
        return ("?", causes) if found.low is None and found.high is None else ("?", causes, found.low, found.high)
    return (found,)


@pytest.mark.parametrize(("text", "numbers", "result"), [
    ("count(numbers)", (), (0,)), ("count(numbers)", (1, A), (2,)),
    ("count(numbers)", maybe((True, 1), (A, 2)), ("?", 1, 1, 2)),
    ("count(numbers)", OPEN, ("?", 8, 0, None)), ("count(numbers)", LIST, ("?", 8, 0, None)),
    ("count(numbers[item > 1])", (1, 2, A), ("?", 1, 1, 2)), ("count(numbers[item > 1])", (0, 2), (1,)),
    ("count(numbers[item > 1 and false])", OPEN, (0,)), ("count(numbers[item > 1])", (A, B), ("?", 3, 0, 2)),
    ("sum(numbers)", (), (0,)), ("sum(numbers)", (1, 2), (3,)), ("sum(numbers)", (1, A), ("?", 1)),
    ("sum(numbers)", maybe((True, 1), (A, 2)), ("?", 1)), ("sum(numbers)", OPEN, ("?", 8)),
    ("sum(numbers[item > 1])", (0, 1), (0,)), ("sum(numbers[item > 1])", (0, A), ("?", 1)),
    ("min(numbers)", (3, 1), (1,)), ("min(numbers)", (3, A), ("?", 1)), ("min(numbers)", maybe((A, 2),), ("?", 1)),
    ("min(numbers, 7)", (), (7,)), ("min(numbers, 7)", (9, 8), (8,)), ("min(numbers, 7)", OPEN, ("?", 8)),
    ("max(numbers)", (3, 1), (3,)), ("max(numbers, n)", (), ("?", 4)), ("max(numbers, n)", (1, 2), (2,)),
    ("max(numbers, n)", (1, A), ("?", 1)), ("max(numbers, n)", maybe((A, 2)), ("?", 5)),
    ("some x in numbers satisfies x > 1", (0, 2, A), (True,)), ("some x in numbers satisfies x > 1", (0, A), ("?", 1)),
    ("some x in numbers satisfies x > 1", (), (False,)), ("some x in numbers satisfies x > 1", OPEN, ("?", 8)),
    ("some x in numbers satisfies false", OPEN, (False,)), ("some x in numbers satisfies n > 1", OPEN, ("?", 12)),
    ("some x in numbers satisfies x > 1", maybe((A, 2), (True, 0)), ("?", 1)),
    ("every x in numbers satisfies x > 1", (0, A), (False,)), ("every x in numbers satisfies x > 1", (2, A), ("?", 1)),
    ("every x in numbers satisfies x > 1", (), (True,)), ("every x in numbers satisfies true", OPEN, (True,)),
    ("every x in numbers satisfies false", OPEN, ("?", 8)),
    ("every x in numbers satisfies x > 1", maybe((A, 0)), ("?", 1)),
    ("3 in numbers", (A, 3), (True,)), ("3 in numbers", (A, 2), ("?", 1)), ("3 in numbers", (), (False,)),
    ("distinct values(numbers)", (2, 1, 2), ((2, 1),)), ("distinct values(numbers)", (A,), ((A,),)),
    ("count(distinct values(numbers))", (1, 2, A), ("?", 1, 2, 3)),
    ("count(distinct values(numbers))", (A, B), ("?", 3, 1, 2)),
    ("count(distinct values(numbers))", maybe((A, 1), (True, 1)), (1,)),
    ("count(distinct values(numbers))", maybe((A, 1), (True, 2), (True, 1)), (2,)),
    ("distinct values(numbers)[1]", maybe((A, 1), (True, 2), (True, 1)), ("?", 1)),
    ("distinct values(numbers)[1]", maybe((True, 2), (A, 1), (True, 2)), (2,)),
    ("count(distinct values(numbers))", OPEN, ("?", 8, 0, None)),
    ("numbers[2]", (5, 6), (6,)), ("numbers[-1]", (5, 6), (6,)), ("numbers[1]", maybe((True, 5), (A, 6)), (5,)),
    ("numbers[2]", maybe((True, 5), (A, 6)), ("?", 1)), ("numbers[-1]", maybe((True, 5), (A, 6)), ("?", 1)),
    ("numbers[n]", (5, 6), ("?", 4)), ("numbers[1]", OPEN, ("?", 8)), ("numbers[1]", (A, 2), ("?", 1)),
])
def test_folds(text: str, numbers: Value, result: tuple[Any, ...]) -> None:
    assert fold(text, numbers=numbers, n=C) == result


@pytest.mark.parametrize(("months", "gap", "result"), [
    ((), 0, (0,)), ((JAN, FEB, APR), 0, (2,)), ((JAN, FEB, APR), 1, (3,)), ((APR, JAN, FEB, FEB), 0, (2,)),
    ((JAN, APR), -1, (1,)), ((JAN, A), 0, ("?", 1, 1, 2)), ((A, B), 0, ("?", 3, 1, 2)),
    (maybe((True, JAN), (A, FEB), (True, MAR)), 0, ("?", 1, 1, 3)),
    (maybe((True, JAN), (A, FEB), (True, MAR)), 1, ("?", 1, 2, 3)),
    (maybe((True, JAN), (True, FEB), (A, APR)), 0, (2,)), (OPEN, 0, ("?", 8, 0, None)),
    ((JAN, FEB, APR), C, ("?", 4, 1, 3)), ((JAN,), C, (1,)),
])
def test_longest_run(months: Value, gap: Value, result: tuple[Any, ...]) -> None:
    assert fold("longest run(months, n)", months=months, n=gap) == result


def test_months_touched_by_periods() -> None:
    def period(first: date, last: date) -> Range:
        return Range(first, last)

    row = BY_KEY["months touched"].python
    first, second = period(date(2021, 1, 31), date(2021, 2, 1)), period(date(2021, 2, 5), date(2021, 3, 5))
    assert row(iter([(True, first, False), (True, second, False)])) == (JAN, FEB, MAR)
    partly = row(iter([(True, first, False), (A, second, False)]))
    assert repr(partly.members) == repr(((True, JAN), (True, FEB), (A, MAR)))
    assert (partly.causes, partly.more, partly.in_order) == (1, False, False)
    assert row(iter([(True, first, False), (A, first, False)])) == (JAN, FEB)
    assert row(iter([(True, first, False), (True, B, False)])).more is True
    endless = period(date(2021, 1, 1), ONGOING)
    assert row(iter([(True, endless, False)])) is FAULT
    unsure = row(iter([(A, endless, False), (True, first, False)]))
    assert (unsure.causes, unsure.more) == (1, True)


def test_months_that_periods_fill_together() -> None:
    def period(first: tuple[int, int], last: tuple[int, int], **open_ends: bool) -> Range:
        return Range(date(2021, *first), date(2021, *last), **open_ends)

    row = BY_KEY["whole months"].python

    def whole(*periods: tuple[Value, Value]) -> Value:
        return row(iter([(membership, value, False) for membership, value in periods]))

    first, second = period((1, 1), (1, 15)), period((1, 16), (2, 28))
    assert whole((True, first)) == ()
    assert whole((True, second), (True, first)) == (JAN, FEB)
    assert whole((True, period((1, 1), (1, 31), high_included=False))) == ()
    assert whole((True, period((1, 1), (1, 20))), (True, period((1, 10), (1, 31)))) == (JAN,)
    assert whole((True, period((2, 1), (1, 1)))) == ()
    assert whole((True, period((1, 1), (1, 14))), (True, second)) == (FEB,)
    partly = whole((True, first), (A, second), (B, period((4, 1), (4, 3))))
    assert repr(partly.members) == repr(((A, JAN), (A, FEB)))
    assert (partly.causes, partly.more, partly.in_order) == (3, False, False)
    open_ = whole((True, second), (True, B))
    assert (repr(open_.members), open_.causes, open_.more) == (repr(((True, FEB),)), 2, True)
    endless = Range(date(2021, 1, 1), ONGOING)
    assert whole((True, endless)) is FAULT
    assert whole((A, endless)).more is True


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=6))
def test_a_month_is_whole_where_every_day_is_in_some_period(ends: list[tuple[int, int]]) -> None:
    start = date(2020, 12, 20)
    periods = [Range(start + timedelta(a), start + timedelta(b)) for a, b in ends]
    days = {start + timedelta(n) for a, b in ends for n in range(a, b + 1)}
    expected = tuple(
        month for month in (Month(JAN + n) for n in range(-1, 5))
        if all(date(month.year, month.month, 1) + timedelta(n) in days for n in range(last_day(month).day))
    )
    assert BY_KEY["whole months"].python(iter([(True, period, False) for period in periods])) == expected


@pytest.mark.parametrize(("values", "result"), [
    ([(True, 1), (True, 2), (True, 2)], Fraction(5, 3)), ([], FAULT),
    ([(True, Decimal("1000.01")), (True, Fraction(1, 3))], Fraction(300103, 600)),
    ([(True, 1), (True, A)], 1), ([(B, 1), (True, A)], 3),
])
def test_the_mean_is_exact(values: list[tuple[Value, Value]], result: Value) -> None:
    found = BY_KEY["mean"].python(iter([(membership, number, False) for membership, number in values]))
    assert (found.causes if isinstance(found, Unknown) else found) == result


@pytest.mark.parametrize(("text", "months"), [
    ('months of([@"2021-01-31"..@"2021-03-01"])', (JAN, FEB, MAR)),
    ('months of((@"2021-01-31"..@"2021-03-01"))', (FEB,)),
    ('months of([@"2021-03-01"..@"2021-01-01"])', ()),
    ('months of((@"9999-12-31"..@"9999-12-31"])', ()),
    ('months of([@"0001-01-01"..@"0001-01-01"))', ()),
])
def test_months_of_a_period(text: str, months: tuple[Month, ...]) -> None:
    assert known(text) == months


def test_the_first_of_records_with_one_key_stands_for_them() -> None:
    shape = Shape("firms", FIRM)
    shape.absences = {"code": B, "name": C, "size": C}
    first, second = (Record({"code": "X", "name": "n", "size": size}, shape) for size in (1, 2))
    nameless = Record({"size": 5}, shape)

    def sizes(text: str, *members: tuple[Value, Value]) -> tuple[Any, ...]:
        return fold(text, firms=maybe(*members))

    assert sizes("sum(distinct values(firms).size)", (True, first), (True, second)) == (1,)
    assert sizes("sum(distinct values(firms).size)", (A, first), (True, second)) == ("?", 1)
    assert sizes("distinct values(firms)[1].size >= 1", (A, first), (True, second)) == (True,)
    assert sizes("count(distinct values(firms))", (A, first), (True, second)) == (1,)
    # what comes after a record whose key nobody knows may be that one again
    assert sizes("some f in distinct values(firms) satisfies f.size = 1", (True, nameless), (True, first)) == ("?", 2)
    assert sizes("some f in distinct values(firms) satisfies f.size = 1", (True, first), (True, nameless)) == (True,)
    assert sizes("count(distinct values(firms))", (True, first), (True, nameless)) == ("?", 2, 1, 2)


def test_what_may_be_one_of_two_records_has_what_they_share() -> None:
    shape = Shape("firms", FIRM)
    shape.absences = {"code": B, "name": C, "size": C}
    one, other = Record({"code": "X", "name": "n", "size": 1}, shape), Record({"code": "X", "name": "n"}, shape)
    text = "(if yes then employer else firms[1]).{}"
    facts = {"yes": A, "employer": one, "firms": (other,)}
    assert fold(text.format("name"), **facts) == ("n",)
    assert fold(text.format("size"), **facts) == ("?", 5)
    assert fold("(if yes then employer else firms[1]) = employer", **facts) == (True,)


def test_ratios_and_numbers_compare_in_lists() -> None:
    assert known("min(1 / 3, 0.5)") == Fraction(1, 3)
    assert known("max([1 / 3, 0.5])") == Decimal("0.5")
    assert known("count(distinct values([1 / 2, 0.5, 1 / 3]))") == 2
    assert known("0.5 in [1 / 3, 1 / 2]") is True


def test_small_arithmetic_stays_exact() -> None:
    assert str(known("0.1 + 0.2")) == "0.3"
    assert known("9007199254740993 + 0") == 9007199254740993
    assert known("1.15 * 100") == 115
    assert known("1 / 3 + 1 / 3 + 1 / 3 = 1") is True
    assert known("10% * 50") == 5


@pytest.mark.parametrize("text", [
    "1 / 0", "1 / (2 - 2)", "min(numbers)", "max(numbers)", "numbers[1]", "numbers[-1]", "numbers[n]",
    "date(2021, 2, 29)", "date(0, 1, 1)", 'birth date("x")', 'birth date("110101199902310000")',
    'age(@"2021-01-01", @"2020-01-01")',
    '@"9999-12-01" + @"P1M"', '@"0001-01-31" - @"P1M"', '@"9999-12-31" + @"P1D"', '@"0001-01-01" - @"PT1H"',
    '@"9999-12" + @"P1M"', '@"0001-01" - @"P1M"', 'months of([@"1800-01-01"..@"2021-01-01"])',
    'months between(day, day)',    'day - @"2021-01-01"', 'age(@"2000-01-01", day)',
    "months touched([[@\"2021-01-01\"..day]])",
])
def test_what_has_no_value_is_a_fault_at_its_place(text: str) -> None:
    small = Small()
    found = small.value(text, {"numbers": (), "n": 0, "day": ONGOING})
    assert isinstance(found, Unknown)
    assert found.causes >= 1 << 40
    assert small.faults


@pytest.mark.parametrize("text", [
    "*".join(["1 / 3", *["n"] * 60]), "/".join("n" * 60), "+".join(f"1 / (n + {k})" for k in range(100)),
])
def test_numbers_of_endless_length_are_a_fault(text: str) -> None:
    found = value(text, n=10**120 + 7)
    assert isinstance(found, Unknown)
    assert found.causes >= 1 << 40
