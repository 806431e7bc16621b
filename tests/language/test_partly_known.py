"""Every function of texts, lists, patterns and statistics on arguments that are known in part: what is said of them
stays true whatever they turn out to be, and whoever learns what was asked for has the answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from interpreter.language import core as c
from interpreter.language.closures import compile_core
from interpreter.language.environment import Environment, Program
from interpreter.language.functions import BY_KEY, Function, lists, patterns, statistics, text
from interpreter.language.types import BROKEN
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value

ROUNDS = 3_000 if os.environ.get("POLICY_FULL") else 150
MODULES = (text.FUNCTIONS, lists.FUNCTIONS, statistics.FUNCTIONS, patterns.FUNCTIONS)
ROWS = [row for rows in MODULES for row in rows if not row.feel]
ROWS += [BY_KEY[key] for key in ("some", "every")]

Drawn = Callable[[int], Value]
"""A value as it is for somebody who knows these bits."""

FAULT = 1 << 100
TEXTS = ("", "a", "ab", "b-a", "A1")
ITEMS: dict[str, Callable[[Random], Value]] = {
    "any": lambda random: random.randint(0, 2), "comparable": lambda random: random.randint(0, 2),
    "ratio": lambda random: random.randint(-1, 2), "number": lambda random: random.randint(-1, 2),
    "integer": lambda random: random.randint(-2, 3), "text": lambda random: random.choice(TEXTS),
    "boolean": lambda random: random.random() < 0.5,
}


class Draw:
    """Draws arguments, each thing that is not known with a bit of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.bits = 0

    def chance(self, share: float) -> int:
        """A new bit, or with luck none."""
        if self.random.random() >= share:
            return 0
        self.bits = self.bits * 2 + 1
        return (self.bits + 1) // 2

    def value(self, pattern: str) -> Drawn:
        if pattern.startswith("list of "):
            return self.list(pattern.removeprefix("list of "))
        known, bit = ITEMS[pattern](self.random), self.chance(0.2)
        return lambda knows: known if bit & knows == bit else Unknown(bit)

    def list(self, item: str) -> Drawn:
        absent, hidden, mixed = self.chance(0.1), self.chance(0.1), self.chance(0.1)
        # (bit of its membership, whether it is in, whether nobody named it, value)
        entries = [
            (bit, not bit or self.random.random() < 0.5, False, self.value(item))
            for bit in (self.chance(0.2) for _ in range(self.random.randint(0, 3)))
        ]
        if hidden:
            extra = self.value(item)
            entries.insert(self.random.randint(0, len(entries)), (0, True, True, lambda _: extra(-1)))
        order = list(range(len(entries)))
        if mixed:
            self.random.shuffle(order)

        def drawn(knows: int) -> Value:
            if absent & ~knows:
                return Unknown(absent)
            if absent:
                # who gives a list gives all of it
                knows = -1
            found: list[tuple[Value, Value]] = []
            causes = (hidden | mixed) & ~knows
            for place in range(len(entries)) if mixed & ~knows else order:
                bit, is_in, unnamed, value = entries[place]
                if unnamed and hidden & ~knows:
                    continue
                if bit & ~knows:
                    causes |= bit
                    found.append((Unknown(bit), value(knows)))
                elif is_in:
                    found.append((True, value(knows)))
            if not causes:
                return tuple(value for _, value in found)
            more, in_order = bool(hidden & ~knows), not mixed & ~knows
            return Partial(causes, tuple(found), more=more, blank=NOWHERE if more else None, in_order=in_order)

        return drawn


def work_out(row: Function, args: list[Value]) -> Value:
    literals = [c.Literal(arg, BROKEN) for arg in args]
    node: c.Core
    if row.fold:
        node = c.Fold(row.key, literals[0], 0, None, None, tuple(literals[1:]), FAULT)
    else:
        node = c.Apply(row.key, tuple(literals), FAULT)
    return compile_core(node, Program({}, {}, {}, compile_core, record=False))(Environment({}, None, None, [None]))


def allows(less: Value, whole: Value) -> bool:
    """Whether what is known in part may turn out to be the whole."""
    if isinstance(less, Partial) and isinstance(whole, tuple):
        return may_become(less, whole)
    if isinstance(less, Unknown):
        known = isinstance(whole, int) and not isinstance(whole, bool)
        low, high = (less.low, less.high) if known else (None, None)
        return (low is None or low <= whole) and (high is None or whole <= high)
    if isinstance(less, tuple):
        return isinstance(whole, tuple) and len(less) == len(whole) and all(map(allows, less, whole))
    return type(less) is type(whole) and bool(less == whole)


def may_become(less: Partial, whole: tuple[Value, ...]) -> bool:
    """Whether a list may consist of these members, those that are not sure left out or not."""
    named = less.members
    fits = [[allows(value, one) for one in whole] for _, value in named]
    if less.in_order:
        return in_turn([membership is True for membership, _ in named], fits, len(whole), more=less.more)
    # one assignment has all sure members and all of the list if one has these and another has those
    sure = [row for (membership, _), row in zip(named, fits, strict=True) if membership is True]
    turned = [[row[place] for row in fits] for place in range(len(whole))]
    return each_has_one(sure) and (less.more or each_has_one(turned))


def in_turn(sure: list[bool], fits: list[list[bool]], length: int, *, more: bool) -> bool:
    """The same where the members keep their order."""

    @cache
    def rest(nth: int, at: int) -> bool:
        if nth == len(sure):
            return more or at == length
        taken = at < length and fits[nth][at] and rest(nth + 1, at + 1)
        return taken or (not sure[nth] and rest(nth + 1, at)) or (more and at < length and rest(nth, at + 1))

    return rest(0, 0)


def each_has_one(rows: list[list[bool]]) -> bool:
    """Whether every row may have a column of its own."""
    taken: dict[int, int] = {}

    def find(row: int, seen: set[int]) -> bool:
        for column, fits in enumerate(rows[row]):
            if fits and column not in seen:
                seen.add(column)
                if column not in taken or find(taken[column], seen):
                    taken[column] = row
                    return True
        return False

    return all(find(row, set()) for row in range(len(rows)))


def is_fault(value: Value) -> bool:
    return isinstance(value, Unknown) and value.causes == FAULT


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_what_is_said_of_parts_is_true_of_the_whole_and_what_is_asked_for_decides(row: Function) -> None:
    random = Random(row.key)
    decided = 0
    for _ in range(ROUNDS):
        draw = Draw(random)
        params = (*row.params, *row.params[-1:] * (random.randint(0, 1) if row.variadic else 0))
        drawn = [draw.value(pattern) for pattern in params]

        def run(knows: int, drawn: list[Drawn] = drawn) -> Value:
            return work_out(row, [arg(knows) for arg in drawn])

        whole, less = run(-1), run(0)
        about = (row.key, [arg(0) for arg in drawn], less, [arg(-1) for arg in drawn], whole)
        assert is_fault(whole) or not isinstance(whole, Unknown), about
        # what is a fault in the end had no value to be true of
        assert is_fault(whole) or allows(less, whole), about
        assert not (is_fault(less) and not is_fault(whole)), about
        some = random.getrandbits(draw.bits.bit_length())
        assert is_fault(whole) or allows(run(some), whole), about
        if not isinstance(less, Unknown):
            decided += 1
        else:
            settled = run(less.causes)
            assert is_fault(settled) or not isinstance(settled, Unknown), (*about, settled)
    assert decided > ROUNDS // 50
