"""The arguments of a call: which of them stands where, given in order or by name."""

from __future__ import annotations

import re

from interpreter.language.checking.context import Check, Checker
from interpreter.language.checking.literals import text
from interpreter.language.functions import Function, overloads
from interpreter.language.tree import CallTree, TextLiteral, Tree
from interpreter.language.typed import Typed
from interpreter.problems.suggest import closest

PATTERNS = frozenset({"matches", "replace", "split"})
"""Functions whose arguments after the first are patterns, in which a backslash is the pattern's own."""


def arguments(tree: CallTree, at: Check, check: Checker) -> tuple[Typed, ...]:
    """The arguments typed, in the order they are written."""
    return tuple(_argument(tree, place, at, check) for place in range(len(tree.args)))


def _argument(tree: CallTree, place: int, at: Check, check: Checker) -> Typed:
    arg = tree.args[place]
    later = tree.names[place] not in ("input", "string") if tree.names else place > 0
    if isinstance(arg, TextLiteral) and later and tree.name in PATTERNS:
        return text(arg, at, pattern=True)
    return check(arg, at)


def by_name(
    tree: CallTree, args: tuple[Typed, ...], at: Check
) -> tuple[tuple[Typed, ...], tuple[Function, ...]] | None:
    """Arguments given by name, in the order of the function, and the rows whose names those are; None with a problem
    noted where a name is wrong, missing or repeated."""
    rows = [row for row in overloads(tree.name, feel=at.scope.feel) if row.names]
    known = sorted({name for row in rows for name in row.names})
    if not known:
        at.fail("call.no-names", tree, name=tree.name)
        return None
    for place, name in enumerate(tree.names):
        if name not in known:
            where = _place(tree, place, at)
            guess = closest(name, known)
            at.fail("call.name", where, name=name, guess=guess, function=tree.name, names=", ".join(known))
            return None
        if name in tree.names[:place]:
            at.fail("call.name-twice", _place(tree, place, at), name=name)
            return None
    given = set(tree.names)
    meant = tuple(row for row in rows if set(row.names) == given)
    if not meant:
        nearest = max(rows, key=lambda row: (len(given & set(row.names)), -len(row.names)))
        missing = [name for name in nearest.names if name not in given] or sorted(given - set(nearest.names))
        code = "call.name-missing" if given < set(nearest.names) else "call.names-apart"
        at.fail(code, tree, function=tree.name, names=", ".join(missing))
        return None
    placed = dict(zip(tree.names, args, strict=True))
    return tuple(placed[name] for name in meant[0].names), meant


def _place(tree: CallTree, place: int, at: Check) -> Tree:
    """Where the name of an argument is written."""
    before = tree.args[place - 1].end if place else tree.start + len(tree.name)
    words = r"\s+".join(map(re.escape, tree.names[place].split()))
    found = re.compile(words).search(at.fragment.text, before)
    assert found is not None
    return Tree(found.start(), found.end())
