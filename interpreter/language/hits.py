"""Hit policies: which of a table's rows answer, where some of them only may apply (SEMANTICS 1.7).

A row comes as what its condition gave (true or unknown; false rows do not come) and a function that works its output
out. `otherwise` answers where no row applies; `covers` says that some row always does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Any, TypeVar

from interpreter.language.bounds import either
from interpreter.language.functions.arithmetic import add
from interpreter.language.unknown import Partial, Unknown, Value

T = TypeVar("T")

Output = Callable[[], Value]
Rows = Iterator[tuple[Value, Output]]
Hit = Callable[[Rows, Output, bool], Value]


def _agreed(candidates: list[Value], causes: int) -> Value:
    return candidates[0] if len(candidates) == 1 else either(candidates, causes)


def first(rows: Rows, otherwise: Output, covers: bool) -> Value:
    """The first row that applies: known where all rows that may be it agree."""
    causes = 0
    candidates: list[Value] = []
    for holds, output in rows:
        candidates.append(output())
        if holds is True:
            break
        causes |= holds.causes
    else:
        if not (covers and candidates):
            candidates.append(otherwise())
    return _agreed(candidates, causes)


def alone(rows: Rows, otherwise: Output, covers: bool) -> Value:
    """The row that applies, where no other can (unique) or every other says the same (any)."""
    causes = 0
    maybe: list[Output] = []
    for holds, output in rows:
        if holds is True:
            return output()
        causes |= holds.causes
        maybe.append(output)
    candidates = [output() for output in maybe]
    if not (covers and candidates):
        candidates.append(otherwise())
    return _agreed(candidates, causes)


Combine = Callable[[list[Value], list[Value], list[Value], int], Value]
"""Of the outputs of sure rows and of possible ones, what may stand where no row applies (nothing, if one surely does),
and the causes of the doubt: the value."""


def _collected(combine: Combine) -> Hit:
    def collect(rows: Rows, otherwise: Output, covers: bool) -> Value:
        sure: list[Value] = []
        maybe: list[Value] = []
        causes = 0
        for holds, output in rows:
            (sure if holds is True else maybe).append(output())
            if holds is not True:
                causes |= holds.causes
        if not sure and not maybe:
            return otherwise()
        nothing = [] if sure or covers else [otherwise()]
        if not sure and len(maybe) == 1:
            return _agreed([combine(maybe, [], [], 0), *nothing], causes)
        return combine(sure, maybe, nothing, causes)

    return collect


def _unknown(values: list[Value], causes: int) -> Unknown:
    for value in values:
        if isinstance(value, Unknown):
            causes |= value.causes
    return Unknown(causes)


def _doubtful(values: list[Value]) -> bool:
    return any(isinstance(value, Unknown) for value in values)


def _sum(sure: list[Value], maybe: list[Value], nothing: list[Value], causes: int) -> Value:
    # a row that may apply and adds nothing is no doubt
    if _doubtful(sure) or any(isinstance(value, Unknown) or value for value in maybe):
        return _unknown([*sure, *maybe, *nothing], causes)
    total: Any = reduce(add, sure) if sure else 0
    return _agreed([total, *nothing], causes)


def _extreme(pick: Callable[[list[Value]], Any]) -> Combine:
    def extreme(sure: list[Value], maybe: list[Value], nothing: list[Value], causes: int) -> Value:
        if _doubtful(sure):
            return _unknown([*sure, *maybe], causes)
        candidates = [pick(sure)] if sure else nothing
        beyond = [value for value in maybe if not sure or isinstance(value, Unknown) or pick([*sure, value]) == value]
        return _agreed([*candidates, *beyond], causes)

    return extreme


def _count(sure: list[Value], maybe: list[Value], nothing: list[Value], causes: int) -> Value:
    low, high = max(len(sure), 1), len(sure) + len(maybe)
    return _agreed([*nothing, low if low == high else Unknown(causes, low, high)], causes)


def listed(rows: Rows, otherwise: Output, covers: bool) -> Value:
    """The outputs of all rows that apply, in their order; those of rows that only may apply are members that may be
    in."""
    causes = 0
    found: list[tuple[Value, Value]] = []
    for holds, output in rows:
        if holds is not True:
            causes |= holds.causes
        found.append((holds, output()))
    if not found:
        return otherwise()
    surely = covers or any(holds is True for holds, _ in found)
    if all(holds is True for holds, _ in found) or len(found) == 1:
        known: Value = tuple(value for _, value in found)
    else:
        known = Partial(causes, tuple(found))
    return _agreed([known, *([] if surely else [otherwise()])], causes)


FIRST_SURE = frozenset({"unique", "any", "first"})
"""The policies under which the first row that surely applies answers, if no row before it may."""

HITS: dict[str, Hit] = {
    "unique": alone,
    "any": alone,
    "first": first,
    "collect sum": _collected(_sum),
    "collect min": _collected(_extreme(min)),
    "collect max": _collected(_extreme(max)),
    "collect count": _collected(_count),
    "collect list": listed,
}

PLACED: dict[str, str] = {"rule order": "collect list", "output order": "collect list", "priority": "first"}
"""Policies that are others once the rows stand in their order: as written, or by the rank of what they give."""

RANKED = ("output order", "priority")
"""Policies under which rows stand in the order of what they give."""


def in_order_of_outputs(rows: Iterable[T], rank: Callable[[T], tuple[int, ...]]) -> list[T]:
    """Rows with those first whose output ranks first; those of one rank in the order in which they are written."""
    return sorted(rows, key=rank)
