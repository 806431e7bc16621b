"""Loop variables: what `in` may go through, and what each variable is."""

from __future__ import annotations

from math import prod

from interpreter.language.assign import same_kind
from interpreter.language.checking.calls import apply
from interpreter.language.checking.context import Check, Checker
from interpreter.language.magnitude import longest
from interpreter.language.scope import LocalName
from interpreter.language.tree import Bind, For, Steps, Tree
from interpreter.language.typed import Loops, Typed
from interpreter.language.types import BROKEN, NULL, Broken, DateType, List, Number, RangeOf, Type, say_type


def binds(each: tuple[Bind, ...], at: Check, check: Checker) -> tuple[tuple[int, ...], tuple[Typed, ...], Check]:
    """The slots and lists of loop variables, each seen with the variables before it, and the check for the body."""
    slots: list[int] = []
    parts: list[Typed] = []
    for bind in each:
        over = _over(bind.over, at, check)
        if at.scope.meaning(bind.name) is not None and not at.scope.feel:
            at.fail("name.shadows", bind, name=bind.name)
        item: Type = over.type.item if isinstance(over.type, List) else BROKEN
        if at.scope.feel and isinstance(item, Broken):
            item = NULL
        local = LocalName(bind.name, item, at.scope.slots.take())
        slots.append(local.slot)
        parts.append(over)
        at = at.within(at.scope.with_local(local))
    return tuple(slots), tuple(parts), at


def loop(tree: For, at: Check, check: Checker) -> Typed:
    """`for x in list, y in x.parts return …`: one list, whatever the number of variables."""
    slots, parts, inner = binds(tree.binds, at, check)
    body = check(tree.body, inner)
    return Typed(tree, List(body.type, prod(longest(part.type) for part in parts)), Loops(slots), (*parts, body))


def _over(tree: Tree, at: Check, check: Checker) -> Typed:
    """A list, or the whole numbers or days that `a..b` or a range stands for."""
    if isinstance(tree, Steps):
        ends = check(tree.low, at), check(tree.high, at)
        if all(_counts(end.type) for end in ends) and same_kind(ends[0].type, ends[1].type):
            return apply(tree, "( .. )", ends, at)
        return at.fail("type.steps", tree, *ends, left=say_type(ends[0].type), right=say_type(ends[1].type))
    over = check(tree, at)
    match over.type:
        case List() | Broken():
            return over
        case RangeOf(of=of, open_ended=False) if _counts(of):
            return apply(tree, "( .. )", (over,), at)
        case other:
            return at.fail("type.loop", tree, found=say_type(other))


def _counts(of: Type) -> bool:
    """Whether there is a next one: whole numbers and days."""
    return isinstance(of, DateType | Broken) or (isinstance(of, Number) and of.places == 0)
