"""Laws over the whole function table: what is well-typed never goes wrong, and more knowledge never changes an answer.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest

from interpreter.language.closures import compile_core
from interpreter.language.core import Core
from interpreter.language.environment import Environment, Program
from interpreter.language.straight.functions import compile_straight
from interpreter.language.unknown import Partial, Unknown, Value
from interpreter.language.values import Record
from tests.language.pool import FACTS, TABLE, Growing, is_of, sample, written
from tests.language.small import alike

ROUNDS = 40 if os.environ.get("POLICY_FULL") else 4
SEEDS = range(12 if os.environ.get("POLICY_FULL") else 3)


def work_out(growing: Growing, core: Core, facts: dict[str, Value]) -> Value:
    """What a core gives; all ways to work it out must say the same."""
    found = []
    for compile in (compile_core, compile_straight):
        program = Program({}, {}, {}, compile, record=False)
        found.append(compile(core, program)(Environment(facts, None, None, [None] * growing.slots.count)))
    assert alike(*found), (core, found)
    return found[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_well_typed_expressions_give_values_of_their_type_and_never_flip(seed: int) -> None:
    random = Random(seed)
    growing = Growing(random)
    for _ in range(ROUNDS):
        for row in random.sample(TABLE, len(TABLE)):
            grown = growing.grow(row)
            if grown is None:
                continue
            text, found = grown
            data: dict[str, Any] = {name: sample(of, random) for name, of in FACTS.items()}
            whole = work_out(growing, found.core, growing.facts(data, frozenset()))
            assert is_of(whole, found.type), (text, found.type, whole)
            paths = growing.paths()
            gone = frozenset(random.sample(paths, random.randint(1, len(paths))))
            less = work_out(growing, found.core, growing.facts(data, gone))
            assert_allows(less, whole, (text, data, gone))
            if isinstance(less, Unknown):
                # with its causes given (a list with all of its rows), what else is missing no longer matters
                still = frozenset(path for path in gone if not less.causes & growing.asked_with(path))
                closed = work_out(growing, found.core, growing.facts(data, still))
                assert not isinstance(closed, Unknown) or is_failed(closed, whole), (text, data, gone, closed, whole)


def is_failed(closed: Unknown, whole: Value) -> bool:
    """Whether a value is missing for a fault alone, with everything known as with what was asked for."""
    return isinstance(whole, Unknown) and closed.causes >> 100 != 0


def assert_allows(less: Value, whole: Value, about: object) -> None:
    """What is known of less must be true of the whole."""
    if isinstance(less, Partial):
        return
    if isinstance(less, Unknown):
        if less.low is not None and not isinstance(whole, Unknown):
            assert less.low <= whole, about
        if less.high is not None and not isinstance(whole, Unknown):
            assert whole <= less.high, about
        return
    if isinstance(less, tuple):
        assert isinstance(whole, tuple), about
        assert len(less) == len(whole), about
        for one, other in zip(less, whole, strict=True):
            assert_allows(one, other, about)
        return
    if isinstance(less, Record):
        assert isinstance(whole, Record), about
        for name, value in less.fields.items():
            assert_allows(value, whole.fields[name], about)
        return
    assert not isinstance(whole, Unknown), about
    assert less == whole, about


def test_every_row_is_reached() -> None:
    random = Random(0)
    growing = Growing(random)
    reached: set[str] = set()
    for _ in range(40):
        for row in TABLE:
            if row.key not in reached and growing.grow(row) is not None:
                reached.add(row.key)
    never = {row.key for row in TABLE if written(row, ["x"] * max(1, len(row.params))) is not None} - reached
    assert not never
