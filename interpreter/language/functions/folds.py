"""Folds: functions that go through a list to one value, honest about members that may or may not be in.

Each takes an iterator of (membership, value, many): `membership` is True or the unknown that says why the member may
be in; `many` marks the one that stands for any number of members nobody named. Rules: SEMANTICS 1.5 and 1.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import takewhile
from typing import Any

from interpreter.language import magnitude
from interpreter.language.assign import unify, unit_of
from interpreter.language.bounds import bounds, either
from interpreter.language.functions.arithmetic import Exact, add, checked, sized
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch, Result
from interpreter.language.magnitude import Span, longest, span_of, spanning
from interpreter.language.types import BOOLEAN, List, Number, Ratio, Type
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value
from interpreter.language.unknown import members as members_of
from interpreter.language.values import Record, plain
from interpreter.problems import Text

Members = Iterator[tuple[Value, Value, bool]]


def _unknown(value: Value) -> bool:
    return isinstance(value, Unknown)


def some(members: Members) -> Value:
    """`or` over (is a member and holds)."""
    causes, unsure = 0, False
    for membership, value, _ in members:
        if value is False:
            continue
        if value is True and membership is True:
            return True
        unsure = True
        for part in (membership, value):
            if part is not True:
                causes |= part.causes
    return Unknown(causes) if unsure else False


def every(members: Members) -> Value:
    """`and` over (is no member or holds)."""
    causes, unsure = 0, False
    for membership, value, _ in members:
        if value is True:
            continue
        if value is False and membership is True:
            return False
        unsure = True
        for part in (membership, value):
            if isinstance(part, Unknown):
                causes |= part.causes
    return Unknown(causes) if unsure else True


def count(members: Members) -> Value:
    """How many are in; with members unsure, at least the sure ones and at most all."""
    sure = maybe = causes = 0
    unbounded = False
    for membership, _, many in members:
        if membership is True:
            sure += 1
        else:
            maybe += 1
            causes |= membership.causes
            unbounded |= many
    return Unknown(causes, sure, None if unbounded else sure + maybe) if maybe else sure


def known_values(members: Iterable[tuple[Value, Value, bool]]) -> list[Any] | Unknown:
    """The values of the members, for a fold that needs every one of them; why it has not where some are unknown."""
    values: list[Any] = []
    causes, unsure = 0, False
    for membership, value, _ in members:
        for part in (membership, value):
            if isinstance(part, Unknown):
                unsure = True
                causes |= part.causes
        if not unsure:
            values.append(value)
    return Unknown(causes) if unsure else values


def _totalled(members: Members, plus: Callable[[Any, Any], Any]) -> tuple[Value | Fault, int]:
    """The sum and the number of the members; of nothing 0."""
    values = known_values(members)
    if isinstance(values, Unknown):
        return values, 0
    result: Any = 0
    for value in values:
        result = plus(result, value)
        if result is FAULT:
            break
    return result, len(values)


def _plus(a: Exact | Fraction, b: Exact | Fraction) -> Exact | Fraction | Fault:
    return sized(Fraction(a) + Fraction(b))


def total(members: Members) -> Value:
    """The sum of numbers; of nothing 0."""
    return _totalled(members, add)[0]


def _total_ratio(members: Members) -> Value | Fault:
    return _totalled(members, _plus)[0]


def _total_feel(members: Members) -> Value | Fault:
    """The sum as FEEL has it: of nothing there is none."""
    found, number = _totalled(members, _plus)
    return found if number or isinstance(found, Unknown) else FAULT


def mean(members: Members) -> Value | Fault:
    """The mean, exactly; of nothing there is none."""
    found, number = _totalled(members, _plus)
    if isinstance(found, Unknown | Fault):
        return found
    return sized(found / number) if number else FAULT


def _extreme(pick: Callable[[Iterable[Any]], Any]) -> Callable[..., Value | Fault]:
    def extreme(members: Members, default: Value | Fault = FAULT) -> Value | Fault:
        listed = list(members)
        found = known_values(listed)
        if not isinstance(found, Unknown):
            return pick(found) if found else default
        empty = all(membership is not True for membership, _, _ in listed)
        return Unknown(found.causes | default.causes) if empty and isinstance(default, Unknown) else found

    return extreme


def _identity(value: Value) -> Value:
    """What makes two members the same: a record's key, which may be unknown; numbers by their amount."""
    found = plain(value)
    return Fraction(found) if isinstance(found, Decimal) else found


def distinct(members: Members) -> Value:
    """The list without repetitions, in order of first appearance."""
    found: list[tuple[Value, Value]] = []
    places: dict[Value, int] = {}
    nameless: list[int] = []
    blank: Value = NOWHERE
    causes = names = 0
    unbounded = moved = False
    for membership, value, many in members:
        if membership is not True:
            causes |= membership.causes
        if many:
            unbounded, blank = True, value
            if isinstance(value, Unknown):
                causes |= value.causes
            continue
        identity = _identity(value)
        if isinstance(identity, Unknown):
            names |= identity.causes
            nameless.append(len(found))
            found.append((membership, value))
            continue
        if nameless and isinstance(value, Record):
            # it is left out if the record before it turns out to be of the same key
            membership = _joined_causes(membership, names)
        place = places.setdefault(identity, len(found))
        if place == len(found):
            found.append((membership, value))
        elif found[place][0] is not True:
            moved = True
            found[place] = _again(found[place], membership, value)
    # of members with unknown values one is certain where no other member is; all others may repeat another
    certain: int | None = None
    if all(found[place][0] is not True for place in places.values()):
        certain = next((place for place in nameless if _stands(found, place)), None)
    for place in range(len(found)) if certain is not None else nameless:
        if place != certain:
            found[place] = (_joined_causes(found[place][0], names), found[place][1])
    if not unbounded and all(m is True for m, _ in found) and (len(found) == 1 or not moved):
        return tuple(value for _, value in found)
    return Partial(
        causes | names, tuple(found), more=unbounded, blank=blank, in_order=not (moved or nameless or unbounded)
    )


def _stands(found: list[tuple[Value, Value]], place: int) -> bool:
    """Whether a member with an unknown value is certain. A record must come first: of two with one key the first is
    kept, with all its fields."""
    membership, value = found[place]
    return membership is True and (place == 0 or not isinstance(value, Record))


def _joined_causes(membership: Value, causes: int) -> Unknown:
    return Unknown(causes if membership is True else membership.causes | causes)


def _again(before: tuple[Value, Value], membership: Value, value: Value) -> tuple[Value, Value]:
    """A member that may have come before and comes again: which of the two stands for both depends on the first."""
    why, earlier = before
    stands = either([earlier, value], why.causes) if isinstance(value, Record) else earlier
    return (True if membership is True else _joined_causes(membership, why.causes)), stands


def _run(months: Iterable[int], gap: int) -> int:
    """Members of the longest run in which neighbours are at most `gap` absent months apart; absent ones not counted."""
    best = length = 0
    before: int | None = None
    for month in sorted(months):
        length = length + 1 if before is not None and month - before <= gap + 1 else 1
        best = max(best, length)
        before = month
    return best


def longest_run(members: Members, gap: Value) -> Value:
    """The longest run of months; adding months never shortens it, so the sure ones bound it from below."""
    sure: set[int] = set()
    maybe: set[int] = set()
    nameless = causes = 0
    unbounded = certain = False
    for membership, value, many in members:
        if isinstance(value, Unknown):
            causes |= value.causes
            certain |= membership is True
            nameless += 1
        elif membership is True:
            sure.add(int(value))
        else:
            maybe.add(int(value))
        if membership is not True:
            causes |= membership.causes
            unbounded |= many
    low_gap, high_gap = bounds(gap)
    if isinstance(gap, Unknown):
        causes |= gap.causes
    low = max(_run(sure, -1 if low_gap is None else low_gap), int(certain))
    if unbounded:
        return Unknown(causes, low)
    all_known = sure | maybe
    high = len(all_known) + nameless
    if not nameless and high_gap is not None:
        high = _run(all_known, high_gap)
    return low if low == high else Unknown(causes, low, high)


def item(listed: Value, position: Value) -> Value | Fault:
    """The member at a position from 1, or from the end with -1; of a list that is only partly known, or a position
    that is not, what the possible members share."""
    if listed.__class__ is tuple and not isinstance(position, Unknown):
        place = position - 1 if position > 0 else position + len(listed)
        return listed[place] if position and 0 <= place < len(listed) else FAULT
    found = list(members_of(listed))
    if isinstance(listed, Partial) and listed.in_order and not listed.more and not isinstance(position, Unknown):
        sure = [value for certain, value in takewhile(lambda member: member[0] is True, found)]
        if 0 < position <= len(sure):
            return sure[position - 1]
    causes = 0
    for one in (listed, position, *(membership for membership, _ in found)):
        if isinstance(one, Unknown):
            causes |= one.causes
    # there may be none at that position
    return either([*(value for _, value in found), NOWHERE], causes)


def _item_type(types: tuple[Type, ...]) -> Type:
    listed = types[0]
    assert isinstance(listed, List)
    return listed.item


def _with_default(types: tuple[Type, ...]) -> Type | Mismatch:
    joined = unify(_item_type(types), types[1])
    return Mismatch("type.differ") if joined is None else joined


def _of_several(span: Callable[[Span, Span], Span]) -> Result:
    """The type that holds all of several values; the bounds of numbers by `span`, from the left."""

    def result(types: tuple[Type, ...]) -> Type | Mismatch:
        joined: Type | None = types[0]
        for other in types[1:]:
            joined = None if joined is None else unify(joined, other)
        return Mismatch("type.differ") if joined is None else spanning(joined, reduce(span, map(span_of, types)))

    return result


def _counted(types: tuple[Type, ...]) -> Type:
    return spanning(Number(0, ONE), magnitude.between(0, longest(types[0])))


def _run_type(types: tuple[Type, ...]) -> Type:
    return spanning(Number(0, Unit.named("month")), magnitude.between(0, longest(types[0])))


def _sum_type(types: tuple[Type, ...]) -> Type | Mismatch:
    item = _item_type(types)
    return checked(item, magnitude.totalled(span_of(item), longest(types[0])))


def _mean_type(types: tuple[Type, ...]) -> Type:
    item, most = _item_type(types), longest(types[0])
    span, total_span = span_of(item), magnitude.totalled(span_of(item), most)
    parts = None if total_span.parts is None else total_span.parts * max(1, most)
    return spanning(Ratio(unit_of(item)), replace(span, parts=parts))


def _by_amount(pick: Callable[..., Any]) -> Callable[[Iterable[Any]], Any]:
    """`min` or `max`, that also compares ratios with numbers."""

    def picked(values: Iterable[Any]) -> Any:
        found = list(values)
        return pick(found, key=Fraction if any(isinstance(value, Fraction) for value in found) else None)

    return picked


_LEAST, _GREATEST = _by_amount(min), _by_amount(max)

FUNCTIONS: tuple[Function, ...] = (
    Function("some", "any", ("list of boolean",), BOOLEAN, some,
             Text("至少一项成立", "at least one holds"), "any([1 > 2, 2 > 1])", fold=True, names=("list",)),
    Function("every", "all", ("list of boolean",), BOOLEAN, every,
             Text("每项都成立", "every one holds"), "all([1 > 2, 2 > 1])", fold=True, names=("list",)),
    Function("count", "count", ("list of any",), _counted, count,
             Text("项数；有未知时为上下界", "how many; with unknown members, bounds"), "count([1, 2, 3])", fold=True,
             names=("list",)),
    Function("sum.feel", "sum", ("list of ratio",), _sum_type, _total_feel,
             Text("合计；没有项时没有值", "the sum; of nothing there is none"), "sum([1 / 2, 1 / 3])", fold=True,
             partial=True, names=("list",), feel=True),
    Function("sum", "sum", ("list of number",), _sum_type, total,
             Text("合计；没有项时为 0", "the sum; of nothing 0"), "sum([1, 2, 3])", fold=True, names=("list",)),
    Function("sum.ratio", "sum", ("list of ratio",), _sum_type, _total_ratio,
             Text("比率的合计，不取整；没有项时为 0", "the sum of ratios, exactly; of nothing 0"),
             "sum([1 / 2, 1 / 3])", fold=True, partial=True, names=("list",)),
    Function("mean", "mean", ("list of ratio",), _mean_type, mean,
             Text("平均数，得到不取整的比率", "the mean, an exact ratio"), "mean([1, 2, 2])", fold=True, partial=True,
             names=("list",)),
    Function("min", "min", ("list of ordered",), _item_type, _extreme(_LEAST),
             Text("最小的一项", "the smallest"), "min([3, 1, 2])", fold=True, partial=True, names=("list",)),
    Function("min.default", "min", ("list of ordered", "ordered"), _with_default, _extreme(_LEAST),
             Text("最小的一项；没有项时为给定的值", "the smallest, or the default of nothing"), "min([3, 1], 0)",
             fold=True),
    Function("max", "max", ("list of ordered",), _item_type, _extreme(_GREATEST),
             Text("最大的一项", "the largest"), "max([3, 1, 2])", fold=True, partial=True, names=("list",)),
    Function("max.default", "max", ("list of ordered", "ordered"), _with_default, _extreme(_GREATEST),
             Text("最大的一项；没有项时为给定的值", "the largest, or the default of nothing"), "max([3, 1], 0)",
             fold=True),
    Function("least", "min", ("ordered", "ordered"), _of_several(magnitude.lesser),
             lambda *values: _LEAST(values), Text("较小的值", "the smaller value"), "min(3, 5)", variadic=True),
    Function("greatest", "max", ("ordered", "ordered"), _of_several(magnitude.greater),
             lambda *values: _GREATEST(values), Text("较大的值", "the larger value"), "max(3, 5)", variadic=True),
    Function("longest run", "longest run", ("list of month", "integer"), _run_type, longest_run,
             Text("最长的连续月数；中断不超过给定月数的仍算连续，中断的月不计",
                  "members of the longest run of months, gaps allowed but not counted"),
             'longest run([@"2021-01", @"2021-02", @"2021-04"], 1)', fold=True),
    Function("item", "[ ]", ("list of any", "integer"), _item_type, item,
             Text("第几项，从 1 起；负数从末尾起", "the member at a position from 1; negative from the end"),
             "[10, 20, 30][2]", strict=False, partial=True),
)
