"""From text to meaning in one step: what the rulebook asks of the language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from interpreter.language.checking.calls import IS_KNOWN
from interpreter.language.checking.check import check
from interpreter.language.checking.context import Check
from interpreter.language.checking.literals import want as wanted_as
from interpreter.language.core import Call, Core
from interpreter.language.expression import Expression
from interpreter.language.lower import lower
from interpreter.language.parse import names_of, parse
from interpreter.language.scope import Scope
from interpreter.language.tree import CallTree, ListTree, Logic, Tree, children
from interpreter.language.typed import Typed
from interpreter.language.types import BROKEN, Broken, List, Type
from interpreter.problems import Fragment, Problem

_BRACES = {"open": "{{", "close": "}}"}


Knowing = Literal["nowhere", "conjunct", "anywhere"]
"""Where an expression may ask whether something `is known`: what such an answer decides, more knowledge may undo, so
that no final decision may hang on it (SEMANTICS 1.10)."""


def read_expression(
    fragment: Fragment, scope: Scope, problems: list[Problem], want: Type | None = None, *, start: str = "expr",
    knowing: Knowing = "nowhere",
) -> Expression | None:
    """Reads, types and lowers an expression; what is wrong with it is added to `problems`, and then None is given.

    `want` is the type its place asks for: bare literals take its unit, written-out words its choice.
    """
    tree = parse(fragment, start)
    if isinstance(tree, Problem):
        problems.append(tree)
        return None
    before = len(problems)
    at = Check(fragment, scope, problems, frozenset(_known(tree, knowing)))
    typed = check(tree, at)
    if want is not None and not isinstance(typed.type, Broken):
        typed = wanted_as(typed, want, at)
    if not scope.feel:
        for empty in _empty_lists(typed):
            at.fail("list.empty", empty.tree)
    # a name whose own meaning is broken brings no new problem, yet nothing can be made of what uses it
    if any(problem.severity == "error" for problem in problems[before:]) or _broken(typed):
        return None
    core = lower(typed, scope, at.span)
    return Expression(fragment.text, fragment.span(), typed.type, core, names_of(fragment.text, start))


def _known(tree: Tree, knowing: Knowing) -> Iterator[Tree]:
    """The calls of `is known` that stand where they may: as a condition that must hold, or anywhere."""
    if knowing != "nowhere" and isinstance(tree, CallTree) and tree.name == IS_KNOWN:
        yield tree
    if knowing == "anywhere" or (knowing == "conjunct" and isinstance(tree, Logic) and tree.operator == "and"):
        for part in children(tree):
            yield from _known(part, knowing)


def _empty_lists(typed: Typed) -> Iterator[Typed]:
    """Lists written out as empty of which nothing says what they are lists of."""
    if isinstance(typed.tree, ListTree) and typed.type == List(BROKEN) and not typed.tree.items:
        yield typed
    for part in typed.parts:
        yield from _empty_lists(part)


def _broken(typed: Typed) -> bool:
    return isinstance(typed.type, Broken) or any(_broken(part) for part in typed.parts)


def read_amount(
    fragment: Fragment, scope: Scope, problems: list[Problem], want: Type | None = None
) -> Expression | None:
    """Reads what stands after `value:` or `grants:`: an expression, or an amount with its unit (`1200 CNY`)."""
    return read_expression(fragment, scope, problems, want, start="value")


def read_holes(
    fragment: Fragment, scope: Scope, problems: list[Problem]
) -> tuple[str | Expression, ...] | None:
    """Reads text with holes, `满{{ min_months }}个月`: the text between them and their expressions, in order.

    None, with problems added, where a hole is not closed or its expression is wrong.
    """
    text = fragment.text
    parts: list[str | Expression] = []
    at, good = 0, True
    while (start := text.find("{{", at)) >= 0:
        end = text.find("}}", start)
        if end < 0:
            problems.append(Problem("syntax.hole", fragment.span(start, start + 2), _BRACES))
            return None
        if start > at:
            parts.append(text[at:start])
        hole = read_expression(fragment.part(start + 2, end), scope, problems, knowing="anywhere")
        if hole is None:
            good = False
        else:
            parts.append(hole)
        at = end + 2
    stray = next((i for i in (text.find("}}", at), text.find("｛｛", at)) if i >= 0), None)
    if stray is not None:
        problems.append(Problem("syntax.hole", fragment.span(stray, stray + 2), _BRACES))
        return None
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts) if good else None


def as_call(expression: Expression) -> tuple[str, tuple[Core, ...]] | None:
    """The definition and arguments of an expression that is nothing but a call of one."""
    match expression.core:
        case Call(definition=name, args=args):
            return name, args
        case _:
            return None


def names_used(fragment: Fragment) -> frozenset[str]:
    """The names an expression takes from outside, without checking it; none where it does not parse."""
    tree = parse(fragment)
    return frozenset() if isinstance(tree, Problem) else names_of(fragment.text)
