"""Comparison, `between` and `in`: both sides of one kind, their units agreeing."""

from __future__ import annotations

from interpreter.language.assign import has_equality, ordered, same_kind
from interpreter.language.checking.context import Check
from interpreter.language.checking.literals import adopt
from interpreter.language.functions import BY_KEY
from interpreter.language.functions.arithmetic import comparable
from interpreter.language.tree import Between, Bound, Compare, Inside, ListTree, RangeTree, Tree
from interpreter.language.typed import Comparison, ListTest, Tests, Typed
from interpreter.language.types import BOOLEAN, BROKEN, Broken, Choice, List, RangeOf, Ratio, Type, say_type

_FORMS = {
    "=": ("equal", False, False), "!=": ("equal", False, True), "<": ("less", False, False),
    "<=": ("less_equal", False, False), ">": ("less", True, False), ">=": ("less_equal", True, False),
}


def pair(tree: Tree, operator: str, left: Typed, right: Typed, check: Check) -> tuple[Comparison, Typed, Typed] | None:
    """How two sides compare, once written-out words have taken the other side's type; None with a problem noted."""
    left, right = adopt(left, right.type, check), adopt(right, left.type, check)
    if isinstance(left.type, Broken) or isinstance(right.type, Broken):
        return None
    base, swapped, negated = _FORMS[operator]
    if not same_kind(left.type, right.type) or isinstance(left.type, List | RangeOf):
        check.fail("type.compare", tree, left, right, left=say_type(left.type), right=say_type(right.type))
        return None
    if base != "equal" and not (ordered(left.type) and ordered(right.type)):
        code = "choice.order" if isinstance(left.type, Choice) else "type.order"
        check.fail(code, tree, left, right, left=say_type(left.type))
        return None
    if base == "equal" and not has_equality(left.type):
        check.fail("type.keyless", tree, left, right, left=say_type(left.type))
        return None
    if not comparable((left.type, right.type)):
        check.fail("unit.differ", tree, left, right, left=say_type(left.type), right=say_type(right.type))
        return None
    ratio = isinstance(left.type, Ratio) or isinstance(right.type, Ratio)
    return Comparison(BY_KEY[base + ".ratio" if ratio else base], swapped, negated), left, right


def compare(tree: Compare, left: Typed, right: Typed, check: Check) -> Typed:
    found = pair(tree, tree.operator, left, right, check)
    return Typed(tree, BROKEN) if found is None else Typed(tree, BOOLEAN, found[0], found[1:])


def between(tree: Between, of: Typed, low: Typed, high: Typed, check: Check) -> Typed:
    """`x between a and b`: low <= x and x <= high."""
    pairs = _within(tree, of, low, high, "<=", "<=", check)
    return Typed(tree, BROKEN) if pairs is None else Typed(tree, BOOLEAN, pairs, (of, low, high))


def _within(
    tree: Tree, of: Typed, low: Typed, high: Typed, first: str, second: str, check: Check
) -> tuple[Comparison, Comparison] | None:
    lower = pair(tree, first, low, of, check)
    upper = None if lower is None else pair(tree, second, of, high, check)
    return None if lower is None or upper is None else (lower[0], upper[0])


def inside(tree: Inside, of: Typed, tests: tuple[Typed, ...], check: Check) -> Typed:
    """`x in tests`: each a list it may be a member of, a range or a bound it may satisfy, or a value it may equal."""
    meanings: list[tuple[Comparison, ...] | ListTest] = []
    parts: list[Typed] = [of]
    for test in tests:
        found = _test(of, test, check)
        if found is None:
            return Typed(tree, BROKEN)
        meanings.append(found[0])
        parts.append(found[1])
    return Typed(tree, BOOLEAN, Tests(tuple(meanings)), tuple(parts))


def _test(of: Typed, test: Typed, check: Check) -> tuple[tuple[Comparison, ...] | ListTest, Typed] | None:
    if isinstance(test.type, Broken):
        return None
    match test.tree:
        case RangeTree(low_included=low_included, high_included=high_included):
            low, high = test.parts
            first, second = "<=" if low_included else "<", "<=" if high_included else "<"
            pairs = _within(test.tree, of, low, high, first, second, check)
            return None if pairs is None else (pairs, test)
        case Bound(operator=operator):
            found = pair(test.tree, operator, of, test.parts[0], check)
            return None if found is None else ((found[0],), Typed(test.tree, test.type, None, (found[2],)))
    if isinstance(test.type, RangeOf):
        check.fail("type.range-value", test.tree, test)
        return None
    if isinstance(test.type, List):
        wanted: Type = List(of.type)
        test = adopt(test, wanted, check)
        assert isinstance(test.type, List)
        if isinstance(test.tree, ListTree) and not test.parts:
            check.fail("list.empty", test.tree)
            return None
        member = Typed(Tree(test.tree.start, test.tree.end), test.type.item)
        found = pair(test.tree, "=", of, member, check)
        return None if found is None else (ListTest(check.scope.slots.take(), found[0]), test)
    found = pair(test.tree, "=", of, test, check)
    return None if found is None else ((found[0],), found[2])
