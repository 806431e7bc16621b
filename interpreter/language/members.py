"""Closures that go through a list: which members are or may be in, and the list that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from interpreter.language.bounds import either
from interpreter.language.environment import Environment, Run
from interpreter.language.listing import list_of
from interpreter.language.unknown import Partial, Unknown, Value, is_open
from interpreter.language.unknown import members as members_of

MOST_STEPS = 2_000_000
"""Members that all loops of a case may go through, a few seconds of work: hostile nesting ends in a fault."""

Walk = Callable[[Value, Environment], Iterator[Any]]
"""The members of a list that are or may be in, with their values and whether they stand for many."""


def walking(slot: int, where: Run | None, value: Run | None, endless: int = 0) -> Walk:
    """Goes through the members of a list, each in `slot` while it is asked whether it is in (`where`) and what counts
    of it (`value`, the member itself where None). With the steps of the case used up, nobody knows who the members
    are, because of `endless`."""

    def walk(listed: Value, env: Environment) -> Iterator[tuple[Value, Value, bool]]:
        if env.steps > MOST_STEPS and endless:
            unknown = Unknown(endless)
            yield unknown, unknown, True
            return
        open_end = is_open(listed)
        members = list(members_of(listed))
        last = len(members) - 1
        env.steps += len(members)
        local = env.locals
        for i, (membership, item) in enumerate(members):
            local[slot] = item
            if where is not None:
                holds = where(env)
                if holds is False:
                    continue
                if holds is not True:
                    membership = Unknown(holds.causes | (0 if membership is True else membership.causes))
            yield membership, item if value is None else value(env), open_end and i == last

    return walk


QUANTIFIED = {"some": True, "every": False}
"""The folds that one member may decide, with the value that does."""


def quantified(
    stop: bool, over: Run, slot: int, where: Run | None, value: Run, general: Callable[[Value, Environment], Value]
) -> Run:
    """Such a fold over a list that is all known, without a walk; `general` takes over for any other list."""

    def run(env: Environment) -> Value:
        listed = over(env)
        if listed.__class__ is not tuple or env.steps > MOST_STEPS:
            return general(listed, env)
        env.steps += len(listed)
        local = env.locals
        causes, unsure = 0, False
        for item in listed:
            local[slot] = item
            within: Value = True
            if where is not None:
                within = where(env)
                if within is False:
                    continue
            holds = value(env)
            if holds is (not stop):
                continue
            if holds is stop and within is True:
                return stop
            unsure = True
            for part in (within, holds):
                if part.__class__ is not bool:
                    causes |= part.causes
        return Unknown(causes) if unsure else not stop

    return run


def listing(over: Run, walk: Walk) -> Run:
    """The members of a walk as a list again."""

    def run(env: Environment) -> Value:
        listed = over(env)
        in_order = listed.__class__ is not Partial or listed.in_order
        return list_of(walk(listed, env), 0 if in_order else listed.causes, in_order=in_order)

    return run


def flattening(over: Run) -> Run:
    """The members of a list's lists as one list."""

    def run(env: Environment) -> Value:
        listed = over(env)
        if listed.__class__ is tuple and all(inner.__class__ is tuple for inner in listed):
            return tuple(item for inner in listed for item in inner)
        return _joined(listed)

    return run


def _joined(listed: Value) -> Partial:
    """The same of lists that are only partly known: a member is in where it is in its list and that list is in."""
    found: list[tuple[Value, Value]] = []
    blanks: list[Value] = []
    causes = listed.causes if isinstance(listed, Unknown) else 0
    in_order = listed.__class__ is tuple or (listed.__class__ is Partial and listed.in_order)
    lists = list(members_of(listed))
    for place, (outer, inner) in enumerate(lists, 1):
        many = is_open(listed) and place == len(lists)
        if isinstance(inner, Partial) and not inner.in_order:
            in_order, causes = False, causes | inner.causes
        items = list(members_of(inner))
        for nth, (membership, item) in enumerate(items, 1):
            why = _united(part for part in (outer, membership) if part is not True)
            causes |= why
            if many or (is_open(inner) and nth == len(items)):
                blanks.append(item)
            else:
                sure = outer is True and membership is True
                found.append((True if sure else Unknown(why), item))
    # whoever nobody named may stand before the members of the lists that follow
    return Partial(
        causes, tuple(found), more=bool(blanks), blank=either(blanks, 0) if blanks else None,
        in_order=in_order and not blanks,
    )


def _united(unknowns: Iterable[Unknown]) -> int:
    causes = 0
    for one in unknowns:
        causes |= one.causes
    return causes
