"""Hit policies against their plain definition, by every way in which what is not known may turn out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from interpreter.language.closures import compile_core
from interpreter.language.core import Choose, Core, Literal
from interpreter.language.environment import Environment, Program
from interpreter.language.hits import HITS
from interpreter.language.types import BOOLEAN, INTEGER
from interpreter.language.unknown import Partial, Unknown, Value

NOTHING = 1 << 20
MAY_BE = (-9, 5, 9)
"""What an unknown output may turn out to be."""

STATES = (True, False, None)
OUTPUTS = (0, 5, -5, None)


def plainly(hit: str, rows: list[tuple[bool, int]], default: int | None) -> Any:
    """What rows that are known give; "nothing" where no row and no default answers."""
    true = [output for holds, output in rows if holds]
    if not true:
        return "nothing" if default is None else (default,) if hit == "collect list" else default
    match hit:
        case "collect sum":
            return sum(true)
        case "collect min":
            return min(true)
        case "collect max":
            return max(true)
        case "collect count":
            return len(true)
        case "collect list":
            return tuple(true)
        case _:
            return true[0]


def completions(
    hit: str, states: tuple[bool | None, ...], outputs: tuple[int | None, ...], covers: bool
) -> Iterator[list[tuple[bool, int]]]:
    """Every way in which unknown rows and outputs may turn out that the table's own checks let through."""
    for holds in product(*((True, False) if state is None else (state,) for state in states)):
        if covers and not any(holds):
            continue
        for given in product(*(MAY_BE if output is None else (output,) for output in outputs)):
            true = [output for state, output in zip(holds, given, strict=True) if state]
            if (hit == "unique" and len(true) > 1) or (hit == "any" and len(set(true)) > 1):
                continue
            yield list(zip(holds, given, strict=True))


def chosen(
    hit: str, states: tuple[bool | None, ...], outputs: tuple[int | None, ...], default: int | None, covers: bool
) -> Value:
    rows: tuple[tuple[Core, Core], ...] = tuple(
        (
            Literal(Unknown(1 << place) if state is None else state, BOOLEAN),
            Literal(Unknown(1 << 10 + place) if output is None else output, INTEGER),
        )
        for place, (state, output) in enumerate(zip(states, outputs, strict=True))
    )
    given: Value = (default,) if hit == "collect list" else default
    core = Choose(hit, rows, None if default is None else Literal(given, INTEGER), NOTHING, covers)
    return compile_core(core, Program({}, {}, {}, compile_core, record=False))(Environment({}, None, None, []))


def may_be(found: Partial, one: tuple[int, ...]) -> bool:
    """Whether a list may be what a partial one turns out to be: its sure members in it, in its order and size."""
    inside = [value for _, value in found.members]
    sure = [value for holds, value in found.members if holds is True]
    low, high = found.low or 0, found.high
    return (
        low <= len(one) and (high is None or len(one) <= high) and all(value in one for value in sure)
        and (found.more or all(value in inside for value in one))
    )


def fits(found: Value, one: Any) -> bool:
    """Whether an item may be the one that is only partly known."""
    if not isinstance(found, Unknown):
        return bool(found == one)
    return (found.low is None or found.low <= one) and (found.high is None or one <= found.high)


@pytest.mark.parametrize("hit", HITS)
def test_known_exactly_where_every_completion_agrees(hit: str) -> None:
    unsound = needless = looked = 0
    # a list of which one member is unknown is a known list, and two rows under any may turn out alike
    written = OUTPUTS[:-1] if hit in ("collect list", "any") else OUTPUTS
    for states, outputs in product(product(STATES, repeat=3), product(written, repeat=3)):
        for default, covers in ((None, False), (5, False), (None, True)):
            outcomes = {plainly(hit, rows, default) for rows in completions(hit, states, outputs, covers)}
            if not outcomes:
                continue
            looked += 1
            found = chosen(hit, states, outputs, default, covers)
            if isinstance(found, Partial):
                lists = {one for one in outcomes if isinstance(one, tuple)}
                unsound += any(not may_be(found, one) for one in lists)
                needless += len(outcomes) == 1 and outcomes != {"nothing"}
            elif isinstance(found, Unknown):
                needless += len(outcomes) == 1 and outcomes != {"nothing"}
                low, high = found.low, found.high
                numbers = {one for one in outcomes if isinstance(one, int)}
                unsound += any((low is not None and one < low) or (high is not None and one > high) for one in numbers)
            elif isinstance(found, tuple):
                unsound += any(len(one) != len(found) or not all(map(fits, found, one)) for one in outcomes)
                needless += len(outcomes) == 1 and outcomes != {found}
            else:
                unsound += outcomes != {found}
    assert looked > 1_000
    assert (unsound, needless) == (0, 0)


def test_causes_are_those_of_doubt_and_of_nothing() -> None:
    both = chosen("unique", (None, None), (1, 2), None, False)
    assert both.causes == 0b11  # that no row applies is not yet known
    assert chosen("unique", (None, True), (1, 2), None, False) == 2
    assert chosen("first", (None, True), (1, 2), None, False).causes == 0b01
    assert chosen("first", (False, False), (1, 2), None, False).causes == NOTHING
    assert chosen("unique", (None, None), (1, 2), None, True).causes == 0b11
    assert chosen("collect sum", (True, None), (1, None), None, False).causes == 0b10 | 1 << 11
    count = chosen("collect count", (True, None, False), (1, 2, 3), None, False)
    assert (count.low, count.high) == (1, 2)
