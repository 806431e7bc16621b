"""Months of many periods: those that any of them touches, and those that they fill together (SEMANTICS 6.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from interpreter.language.functions.dates import last_day, period_days, period_months
from interpreter.language.functions.folds import Members
from interpreter.language.functions.row import FAULT, Fault, Function
from interpreter.language.types import MONTH, List
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value
from interpreter.language.values import Month, Range
from interpreter.problems import Text


class Found(NamedTuple):
    """The months of one period that may be in, and why it may."""

    months: tuple[Month, ...]
    period: Range
    why: Unknown


def _touched(sure: list[Range], maybe: list[Found]) -> tuple[set[Month], set[Month]]:
    touched = {month for period in sure for month in _months(period)}
    return touched, {month for found in maybe for month in found.months} - touched


def _whole(sure: list[Range], maybe: list[Found]) -> tuple[set[Month], set[Month]]:
    whole = _filled(sure)
    return whole, _filled([*sure, *(found.period for found in maybe)]) - whole


def _months(period: Range) -> tuple[Month, ...]:
    months = period_months(period)
    return () if isinstance(months, Fault) else months


def _filled(periods: Iterable[Range]) -> set[Month]:
    """The months every day of which is in one of the periods."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted((low.toordinal(), high.toordinal()) for low, high in map(period_days, periods)):
        if last < first:
            continue
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    whole: set[Month] = set()
    for low, high in runs:
        first_day, end = date.fromordinal(low), date.fromordinal(high)
        start = Month.containing(first_day) + (first_day.day > 1)
        stop = Month.containing(end) + (end == last_day(Month.containing(end)))
        whole.update(Month(month) for month in range(start, stop))
    return whole


def _over_periods(
    months: Callable[[list[Range], list[Found]], tuple[set[Month], set[Month]]]
) -> Callable[[Members], Value | Fault]:
    """A fold over periods: `months` gives the months that sure ones make, and those that possible ones add."""

    def fold(members: Members) -> Value | Fault:
        sure: list[Range] = []
        maybe: list[Found] = []
        causes, unbounded = 0, False
        for membership, value, _ in members:
            if membership is not True:
                causes |= membership.causes
            if isinstance(value, Unknown):
                causes |= value.causes
                unbounded = True
                continue
            found = period_months(value)
            if isinstance(found, Fault):
                if membership is True:
                    return FAULT
                unbounded = True
            elif membership is True:
                sure.append(value)
            else:
                maybe.append(Found(found, value, membership))
        certain, possible = months(sure, maybe)
        if not possible and not unbounded:
            return tuple(sorted(certain))
        listed: list[tuple[Value, Value]] = [(True, month) for month in sorted(certain)]
        for month in sorted(possible):
            why = 0
            for one in maybe:
                why |= one.why.causes if month in one.months else 0
            listed.append((Unknown(why), month))
        return Partial(causes, tuple(listed), more=unbounded, blank=NOWHERE, in_order=False)

    return fold


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "months touched", "months touched", ("list of range of date",), List(MONTH), _over_periods(_touched),
        Text("各段时间涉及的月份", "the months that any of the periods touches"),
        'months touched([[@"2021-01-31"..@"2021-02-01"]])', fold=True, partial=True,
    ),
    Function(
        "whole months", "whole months", ("list of range of date",), List(MONTH), _over_periods(_whole),
        Text("各段时间合起来占满的月份", "the months every day of which is in one of the periods"),
        'whole months([[@"2021-01-01"..@"2021-01-15"], [@"2021-01-16"..@"2021-02-27"]])', fold=True, partial=True,
    ),
)
