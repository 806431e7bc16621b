"""Comparison, `between` and `in`: both sides of one kind, their units agreeing."""

from __future__ import annotations

from collections.abc import Iterator

from interpreter.language.assign import compares, has_parts, ordered, same_kind
from interpreter.language.checking.context import Check
from interpreter.language.checking.literals import adopt
from interpreter.language.functions import BY_KEY, Function
from interpreter.language.functions.arithmetic import comparable
from interpreter.language.tree import Between, Bound, Compare, Inside, ListTree, Null, RangeTree, Tree
from interpreter.language.typed import Comparison, ListTest, RangeTest, Test, Tests, Typed
from interpreter.language.types import (
    BOOLEAN,
    BROKEN,
    Broken,
    Choice,
    DateTimeType,
    List,
    NullType,
    RangeOf,
    Ratio,
    TimeType,
    Type,
    say_type,
)

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
    if not same_kind(left.type, right.type):
        check.fail("type.compare", tree, left, right, left=say_type(left.type), right=say_type(right.type))
        return None
    if base != "equal":
        unordered = next((side for side in (left, right) if not ordered(side.type)), None)
        if unordered is not None:
            code = "choice.order" if isinstance(left.type, Choice) else "type.order"
            check.fail(code, tree, left, right, left=say_type(unordered.type))
            return None
    elif not compares(left.type):
        check.fail("type.keyless", tree, left, right, left=say_type(left.type))
        return None
    if not comparable((left.type, right.type)):
        check.fail("unit.differ", tree, left, right, left=say_type(left.type), right=say_type(right.type))
        return None
    return Comparison(_row(base, left.type, right.type, check), swapped, negated), left, right


def _row(base: str, left: Type, right: Type, check: Check) -> Function:
    if base == "equal" and check.scope.feel:
        return BY_KEY["equal.feel"]
    if check.scope.feel and isinstance(left, TimeType | DateTimeType):
        return BY_KEY[f"{base}.time" if isinstance(left, TimeType) else f"{base}.date-time"]
    if isinstance(left, Ratio) or isinstance(right, Ratio):
        return BY_KEY[f"{base}.ratio"]
    return BY_KEY["equal.parts" if has_parts(left) else base]


def compare(tree: Compare, left: Typed, right: Typed, check: Check) -> Typed:
    found = pair(tree, tree.operator, left, right, check)
    return Typed(tree, BROKEN) if found is None else Typed(tree, BOOLEAN, found[0], found[1:])


def between(tree: Between, of: Typed, low: Typed, high: Typed, check: Check) -> Typed:
    """`x between a and b`: low <= x and x <= high."""
    pairs = _ends(tree, of, low, high, "<=", "<=", check)
    return Typed(tree, BROKEN) if pairs is None else Typed(tree, BOOLEAN, pairs, (of, low, high))


def _ends(
    tree: Tree, of: Typed, low: Typed, high: Typed, first: str, second: str, check: Check
) -> tuple[Comparison, Comparison] | None:
    lower = pair(tree, first, low, of, check)
    upper = None if lower is None else pair(tree, second, of, high, check)
    return None if lower is None or upper is None else (lower[0], upper[0])


def inside(tree: Inside, of: Typed, tests: tuple[Typed, ...], check: Check) -> Typed:
    """`x in tests`: each a list it may be a member of, a range or a bound it may satisfy, or a value it may equal."""
    meanings: list[Test] = []
    parts: list[Typed] = [of]
    for test in _spread(of, tests):
        found = _test(of, test, check)
        if found is None:
            return Typed(tree, BROKEN)
        meanings.append(found[0])
        parts.append(found[1])
    return Typed(tree, BOOLEAN, Tests(tuple(meanings)), tuple(parts))


def _spread(of: Typed, tests: tuple[Typed, ...]) -> Iterator[Typed]:
    """Ranges in a list that is written out are tests of their own."""
    for test in tests:
        ranges = isinstance(test.type, List) and isinstance(test.type.item, RangeOf)
        if ranges and isinstance(test.tree, ListTree) and not isinstance(of.type, RangeOf):
            yield from test.parts
        else:
            yield test


def _test(of: Typed, test: Typed, check: Check) -> tuple[Test, Typed] | None:
    if isinstance(test.type, Broken):
        return None
    match test.tree:
        case RangeTree() if not isinstance(of.type, RangeOf):
            return _range(of, test, check)
        case Bound(operator=operator):
            # the type of a bound is that of everything it bounds, its part is what it was written with
            found = pair(test.tree, operator, of, test.parts[0], check)
            return None if found is None else ((found[0],), Typed(test.tree, test.type, None, (found[2],)))
    if isinstance(test.type, RangeOf) and not isinstance(of.type, RangeOf):
        within = _within(test.tree, of, test.type, check)
        return None if within is None else (within, test)
    if isinstance(test.type, List) and not _is_itself(of.type, test.type):
        return _member(of, test, check)
    found = pair(test.tree, "=", of, test, check)
    return None if found is None else ((found[0],), found[2])


def _range(of: Typed, test: Typed, check: Check) -> tuple[Test, Typed] | None:
    """A range written out: each end is compared by itself, so that one of them may decide without the other."""
    assert isinstance(test.tree, RangeTree)
    low, high = (Typed(end.tree, of.type) if isinstance(end.tree, Null) else end for end in test.parts)
    first, second = "<=" if test.tree.low_included else "<", "<=" if test.tree.high_included else "<"
    pairs = _ends(test.tree, of, low, high, first, second, check)
    return None if pairs is None else (pairs, test)


def _within(tree: Tree, of: Typed, span: RangeOf, check: Check) -> RangeTest | None:
    end = Typed(Tree(tree.start, tree.end), span.of)
    return None if pair(tree, "<", of, end, check) is None else RangeTest()


def _is_itself(of: Type, listed: List) -> bool:
    """Whether `x in list` asks if x is the list, and not if it is one of its members."""
    return isinstance(of, List) and not isinstance(listed.item, Broken) and not same_kind(of, listed.item)


def _member(of: Typed, test: Typed, check: Check) -> tuple[Test, Typed] | None:
    test = adopt(test, List(of.type), check)
    assert isinstance(test.type, List)
    if isinstance(test.tree, ListTree) and not test.parts and not check.scope.feel:
        check.fail("list.empty", test.tree)
        return None
    slot = check.scope.slots.take()
    item = test.type.item
    if isinstance(item, RangeOf) and not isinstance(of.type, RangeOf | NullType):
        within = _within(test.tree, of, item, check)
        return None if within is None else (ListTest(slot, within), test)
    if isinstance(item, Broken):
        return ListTest(slot, Comparison(BY_KEY["equal.feel"])), test
    found = pair(test.tree, "=", of, Typed(Tree(test.tree.start, test.tree.end), item), check)
    return None if found is None else (ListTest(slot, found[0]), test)
