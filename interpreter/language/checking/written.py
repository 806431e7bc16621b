"""What is written out of parts: lists, ranges and records."""

from __future__ import annotations

from interpreter.language.assign import ordered, unify
from interpreter.language.checking.context import Check, Checker
from interpreter.language.checking.literals import adopt
from interpreter.language.scope import LocalName
from interpreter.language.tree import Bound, ListTree, RangeTree, RecordTree, free_names
from interpreter.language.typed import Entries, Typed
from interpreter.language.types import (
    BROKEN,
    NULL,
    Broken,
    Choice,
    List,
    NullType,
    RangeOf,
    Type,
    record_of,
    say_type,
)


def listed(tree: ListTree, items: tuple[Typed, ...], at: Check) -> Typed:
    """`[a, b]`: items of one type; words written out take the choice of any item that is one."""
    if not items:
        # in the whole of FEEL it is a list of null, which any list may be
        return Typed(tree, List(NULL if at.scope.feel else BROKEN, 0), None, ())
    choice = next((item.type for item in items if isinstance(item.type, Choice)), BROKEN)
    items = tuple(adopt(item, choice, at) for item in items)
    joined: Type = items[0].type
    for item in items[1:]:
        found = unify(joined, item.type)
        if found is None:
            return at.fail("type.items", item.tree, items[0], item)
        joined = found
    return Typed(tree, List(joined, len(items)), None, tuple(adopt(item, joined, at) for item in items))


def between_ends(tree: RangeTree, low: Typed, high: Typed, at: Check) -> Typed:
    """`[a..b]`, of values that have an order."""
    joined = unify(low.type, high.type)
    if joined is None:
        return at.fail("type.range", tree, low, high, left=say_type(low.type), right=say_type(high.type))
    if not ordered(joined) and not isinstance(joined, NullType):
        return at.fail("type.order", tree, low, high, left=say_type(joined))
    return Typed(tree, RangeOf(joined), None, (low, high))


def bound(tree: Bound, than: Typed, at: Check) -> Typed:
    """`(< 5)` as a value: everything below 5. What is equal or not equal to something is no range of a policy."""
    if isinstance(than.type, Broken):
        return Typed(tree, BROKEN)
    if tree.operator in ("=", "!=") and not (tree.operator == "=" and at.scope.feel):
        return at.fail("range.bound", tree, operator=tree.operator)
    if not ordered(than.type):
        return at.fail("type.order", tree, than, left=say_type(than.type))
    return Typed(tree, RangeOf(than.type, open_ended=True), None, (than,))


def record(tree: RecordTree, at: Check, check: Checker) -> Typed:
    """`{a: 1, b: a + 1}`: each entry sees those before it."""
    fields: dict[str, Type] = {}
    parts: list[Typed] = []
    slots: list[int | None] = []
    for place, entry in enumerate(tree.entries):
        if entry.name in fields:
            return at.fail("record.repeated", entry, name=entry.name)
        value = check(entry.value, at)
        fields[entry.name] = value.type
        parts.append(value)
        used = any(entry.name in free_names(later.value) for later in tree.entries[place + 1 :])
        slots.append(at.scope.slots.take() if used else None)
        slot = slots[-1]
        if slot is not None:
            if at.scope.meaning(entry.name) is not None and not at.scope.feel:
                at.fail("name.shadows", entry, name=entry.name)
            at = at.within(at.scope.with_local(LocalName(entry.name, value.type, slot)))
    if any(isinstance(of, Broken) for of in fields.values()):
        return Typed(tree, BROKEN)
    return Typed(tree, record_of(tuple(fields.items())), Entries(tuple(slots)), tuple(parts))
