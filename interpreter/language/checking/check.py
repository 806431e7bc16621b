"""The checker: one pass over the tree, from the leaves up."""

from __future__ import annotations

from interpreter.language.assign import unify
from interpreter.language.checking.calls import apply, call
from interpreter.language.checking.compare import between, compare, inside
from interpreter.language.checking.context import Check
from interpreter.language.checking.literals import adopt, literal
from interpreter.language.checking.loops import binds, loop
from interpreter.language.checking.names import asked, bracket, named, path
from interpreter.language.checking.written import between_ends, bound, listed, record
from interpreter.language.tree import (
    Arithmetic,
    Asked,
    AtLiteral,
    Between,
    Bound,
    Bracket,
    CallTree,
    Compare,
    Conditional,
    For,
    Inside,
    ListTree,
    Logic,
    Name,
    Negation,
    Negative,
    Null,
    NumberText,
    Path,
    Quantified,
    RangeTree,
    RecordTree,
    TextLiteral,
    Tree,
    Truth,
)
from interpreter.language.typed import Loops, Typed
from interpreter.language.types import BOOLEAN, Boolean, Broken, NullType, say_type


def check(tree: Tree, at: Check) -> Typed:
    """The typed tree of an expression; what is wrong in it is added to `at.problems`."""
    match tree:
        case NumberText() | TextLiteral() | Truth() | AtLiteral() | Null():
            return literal(tree, at)
        case Name():
            return named(tree, at)
        case Asked():
            return asked(tree, at)
        case Path():
            return path(tree, check(tree.of, at), at)
        case Bracket():
            return bracket(tree, check(tree.of, at), at, check)
        case CallTree():
            return call(tree, at, check)
        case Arithmetic(operator=operator, left=left, right=right):
            _look_twice(tree, at)
            return apply(tree, operator, (check(left, at), check(right, at)), at)
        case Negative(of=of):
            return apply(tree, "negative", (check(of, at),), at)
        case Compare(left=left, right=right):
            return compare(tree, check(left, at), check(right, at), at)
        case Between(of=of, low=low, high=high):
            return between(tree, check(of, at), check(low, at), check(high, at), at)
        case Inside(of=of, tests=tests):
            return inside(tree, check(of, at), tuple(_test(test, at) for test in tests), at)
        case Bound(than=than):
            return bound(tree, check(than, at), at)
        case Logic(parts=parts):
            return Typed(tree, BOOLEAN, None, tuple(_condition(part, at) for part in parts))
        case Negation(of=of):
            return Typed(tree, BOOLEAN, None, (_condition(of, at),))
        case Conditional():
            return _conditional(tree, at)
        case Quantified(binds=each, body=body):
            slots, overs, within = binds(each, at, check)
            return Typed(tree, BOOLEAN, Loops(slots), (*overs, _condition(body, within)))
        case For():
            return loop(tree, at, check)
        case ListTree(items=items):
            return listed(tree, tuple(check(item, at) for item in items), at)
        case RecordTree():
            return record(tree, at, check)
        case RangeTree(low=low, high=high):
            return between_ends(tree, check(low, at), check(high, at), at)
        case _:
            raise AssertionError(tree)


def _test(tree: Tree, at: Check) -> Typed:
    """A test on the right of `in`, where a bound is what it says and no range."""
    if not isinstance(tree, Bound):
        return check(tree, at)
    than = check(tree.than, at)
    return Typed(tree, than.type, None, (than,))


def _condition(tree: Tree, at: Check) -> Typed:
    typed = check(tree, at)
    if not isinstance(typed.type, Boolean | NullType | Broken):
        return at.fail("type.condition", tree, found=say_type(typed.type))
    return typed


def _conditional(tree: Conditional, at: Check) -> Typed:
    condition = _condition(tree.condition, at)
    then, otherwise = check(tree.then, at), check(tree.otherwise, at)
    then, otherwise = adopt(then, otherwise.type, at), adopt(otherwise, then.type, at)
    joined = unify(then.type, otherwise.type)
    if joined is None:
        return at.fail(
            "type.branches", tree, then, otherwise, left=say_type(then.type), right=say_type(otherwise.type)
        )
    return Typed(tree, joined, None, (condition, then, otherwise))


def _look_twice(tree: Arithmetic, at: Check) -> None:
    """`a ** b ** c` goes from the left and `-a ** b` is the power of a negative, which school does the other way."""
    # with brackets around it the left side starts after the whole
    if tree.operator != "**" or at.scope.feel or tree.left.start > tree.start:
        return
    match tree.left:
        case Arithmetic(operator="**"):
            at.warn("power.chain", tree)
        case Negative():
            at.warn("power.negative", tree)
