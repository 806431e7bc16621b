"""Closures for the shapes that most rules have: a field of a fact, a comparison of two known values, one of several
values, a figure of a day. Each answers as the general closure does that it stands before."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from interpreter.language import core as c
from interpreter.language.environment import Environment, Run
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month, MonthSpan, Record

ITSELF = frozenset({bool, int, str, date, Decimal, Month, MonthSpan})
"""The classes of values that are known and stand for themselves alone."""

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "equal": operator.eq, "less": operator.lt, "less_equal": operator.le,
}
"""The comparisons of such values are Python's own."""

MOST_DAYS = 4096
"""Figures of days that are kept for each parameter."""


def field_of_fact(fact: str, name: str) -> Run:
    """A field of a fact at the top of a case."""

    def run(env: Environment) -> Value:
        record = env.facts[fact]
        if record.__class__ is not Record:
            return record
        found = record.fields.get(name)
        return record.shape.absences[name] if found is None else found

    return run


def field_of_local(slot: int, name: str) -> Run:
    """A field of a local variable."""

    def run(env: Environment) -> Value:
        record = env.locals[slot]
        if record.__class__ is not Record:
            return record
        found = record.fields.get(name)
        return record.shape.absences[name] if found is None else found

    return run


Python = Callable[[Any, Any], Any]
General = Callable[[list[Value]], Value]


def of_two(python: Python, left: Run, right: Run, general: General) -> Run:
    """A strict function of two values; `general` takes over where either is not known or stands for something else."""

    def run(env: Environment) -> Value:
        a, b = left(env), right(env)
        if a.__class__ in ITSELF and b.__class__ in ITSELF:
            return python(a, b)
        return general([a, b])

    return run


def with_literal(python: Python, left: Run, b: Value, general: General) -> Run:
    """The same where the second value is written in the rule and stands for itself."""

    def run(env: Environment) -> Value:
        a = left(env)
        return python(a, b) if a.__class__ in ITSELF else general([a, b])

    return run


def field_with_literal(python: Python, fact: str, name: str, b: Value, general: Run) -> Run:
    """The same where the first is a field of a fact at the top of a case."""

    def run(env: Environment) -> Value:
        record = env.facts[fact]
        if record.__class__ is Record:
            a = record.fields.get(name)
            if a.__class__ in ITSELF:
                return python(a, b)
        return general(env)

    return run


def both_of(first: Run, second: Run) -> Run:
    """An `and` of two."""

    def run(env: Environment) -> Value:
        one = first(env)
        if one is False:
            return False
        two = second(env)
        if one is True or two is False:
            return two
        return Unknown(one.causes if two is True else one.causes | two.causes)

    return run


def kleene(parts: list[Run], *, stop: bool) -> Run:
    """`and` (stop at a false) and `or` (stop at a true); undecided, the causes of all unknown parts."""

    def run(env: Environment) -> Value:
        causes, unsure = 0, False
        for part in parts:
            value = part(env)
            if value is stop:
                return stop
            if value is not (not stop):
                causes |= value.causes
                unsure = True
        return Unknown(causes) if unsure else not stop

    return run


def row_at_once(
    rows: Sequence[tuple[Run, Run]], otherwise: Run, doubtful: Callable[[Environment, int, Value], Value]
) -> Run:
    """The first row that applies, where every row before it surely does not; at the first doubt, `doubtful` takes over
    with the number of the row and what its condition gave."""

    def run(env: Environment) -> Value:
        for number, (when, then) in enumerate(rows):
            holds = when(env)
            if holds is True:
                return then(env)
            if holds is not False:
                return doubtful(env, number, holds)
        return otherwise(env)

    return run


def one_of(parts: Sequence[c.Core]) -> tuple[c.Core, frozenset[Value]] | None:
    """What an `or` of comparisons asks, where each is of the same thing with a literal; None where it is no such."""
    asked: c.Core | None = None
    values = []
    for part in parts:
        match part:
            case c.Apply(function="equal", args=(thing, c.Literal(value=value))) if (
                value.__class__ in ITSELF and asked in (None, thing)
            ):
                asked = thing
                values.append(value)
            case _:
                return None
    return None if asked is None else (asked, frozenset(values))


def membership(asked: Run, values: frozenset[Value], general: Run) -> Run:
    """Whether something is one of several values."""

    def run(env: Environment) -> Value:
        value = asked(env)
        return value in values if value.__class__ in ITSELF else general(env)

    return run


def is_of_day(core: c.Core) -> bool:
    """Whether a core hangs on the day alone, so that cases of the same day share its value."""
    return isinstance(core, c.Literal | c.AsOf | c.Apply | c.And | c.Or | c.Not | c.If | c.Choose) and all(
        map(is_of_day, c.parts(core))
    )


def of_day(run: Run) -> Run:
    """A value that hangs on the day alone, worked out once a day."""
    kept: dict[date, Value] = {}

    def value(env: Environment) -> Value:
        day = env.as_of
        if day.__class__ is not date:
            return run(env)
        found = kept.get(day)
        if found is None:
            if len(kept) >= MOST_DAYS:
                kept.clear()
            found = kept[day] = run(env)
        return found

    return value
