"""Lists: what is in them, their parts, and new lists made of them. Positions are from 1, or from the end with -1.

A list that is only partly known stays so: its members may be in or not, and what is unknown of it is a cause of what
depends on it (SEMANTICS 1.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Any

from interpreter.language.assign import compares, unify
from interpreter.language.functions.comparison import equal_parts
from interpreter.language.functions.feel import equal_or_null
from interpreter.language.functions.folds import Members, distinct, every, some
from interpreter.language.functions.row import FAULT, Fault, Function, Mismatch, Result
from interpreter.language.functions.text import cut_type, place_of
from interpreter.language.listing import Walked, is_in_order, list_of, walk
from interpreter.language.magnitude import MOST_LISTED, between, longest, span_of, spanning
from interpreter.language.types import BOOLEAN, List, Number, Type
from interpreter.language.units import ONE
from interpreter.language.unknown import Partial, Unknown, Value, is_open
from interpreter.problems import Text

Equal = Callable[[Value, Value], Value]


def _causes(values: Iterable[Value]) -> int:
    """Why any of the values is unknown; of a list, why any of its members may be in."""
    causes = 0
    for value in values:
        if isinstance(value, Unknown):
            causes |= value.causes
        if isinstance(value, Partial):
            causes |= _causes(membership for membership, _ in value.members)
    return causes


def _contains(equal: Equal, members: Members, element: Value) -> Value:
    """`or` over (is a member and equal)."""
    return some((membership, equal(value, element), many) for membership, value, many in members)


def _positions(equal: Equal, listed: Value, wanted: Value) -> Value:
    """The positions of the members that are equal; they are sure up to the first member that may not be in."""
    sure = is_in_order(listed) and not is_open(listed)
    causes = _causes([listed])
    found: list[Walked] = []
    for place, (membership, value, many) in enumerate(walk(listed), 1):
        sure = sure and membership is True
        same = every((True, part, False) for part in (membership, equal(value, wanted)))
        if same is not False:
            found.append((same, place if sure else Unknown(causes), many))
    return list_of(found, causes, in_order=is_in_order(listed))


def _append(listed: Value, *items: Value) -> Value:
    added = ((True, item, False) for item in items)
    return list_of((*walk(listed), *added), _causes([listed]), in_order=is_in_order(listed))


def _short_list(members: Iterable[Walked], lists: Iterable[Value]) -> Value | Fault:
    """The list of members of several lists; FAULT where it is longer than any list may be."""
    found = list(islice(members, MOST_LISTED + 1))
    if len(found) > MOST_LISTED:
        return FAULT
    lists = tuple(lists)
    return list_of(found, _causes(lists), in_order=all(map(is_in_order, lists)))


def _concatenate(*lists: Value) -> Value | Fault:
    return _short_list((member for listed in lists for member in walk(listed)), lists)


def _distinct(listed: Value) -> Value:
    """The members without repetitions, each where it comes first."""
    found = distinct(walk(listed))
    return found if is_in_order(listed) else list_of(walk(found), _causes([listed, found]), in_order=False)


def _union(*lists: Value) -> Value | Fault:
    joined = _concatenate(*lists)
    return FAULT if joined is FAULT else _distinct(joined)


def _distinct_feel(listed: Value) -> Value:
    """The same, null being a member like others."""
    if isinstance(listed, Unknown):
        return listed
    found: list[Value] = []
    for value in listed:
        if not any(equal_or_null(value, other) for other in found):
            found.append(value)
    return tuple(found)


def _union_feel(*lists: Value) -> Value | Fault:
    joined = _concatenate(*lists)
    return FAULT if joined is FAULT else _distinct_feel(joined)


def _reverse(listed: Value) -> Value:
    return list_of(reversed(list(walk(listed))), _causes([listed]), in_order=is_in_order(listed))


def _at(change: Callable[..., Value | Fault]) -> Callable[..., Value | Fault]:
    """A change of a known list at a known place of it."""

    def changed(listed: Value, position: Value, *more: Value) -> Value | Fault:
        if listed.__class__ is not tuple or isinstance(position, Unknown):
            # whatever comes to stand where, what goes through the whole asks for every member
            return Unknown(_causes([listed, position, *more, *(value for _, value, _ in walk(listed))]))
        place = place_of(position, len(listed))
        return FAULT if place is None else change(listed, place, *more)

    return changed


def _from(listed: tuple[Value, ...], place: int, length: int | None = None) -> tuple[Value, ...] | Fault:
    end = len(listed) if length is None else place + length
    return listed[place:end] if place < end <= len(listed) else FAULT


def _sublist(listed: Value, start: Value, *length: Value) -> Value | Fault:
    if any(isinstance(one, Unknown) for one in length):
        return Unknown(_causes([listed, start, *length, *(value for _, value, _ in walk(listed))]))
    return _at(_from)(listed, start, *length)


def _flat(listed: Value, outer: Value, depth: int) -> Iterator[Walked]:
    """The members of a list of lists of lists; each is in where all around it is."""
    for membership, value, many in walk(listed):
        here = every((True, part, False) for part in (outer, membership))
        if depth == 1:
            yield here, value, many
        else:
            for inside, inner, several in _flat(value, here, depth - 1):
                yield inside, inner, several or many


def _lists_in(value: Value) -> Iterator[Value]:
    """A list and those in it."""
    if isinstance(value, tuple | Partial):
        yield value
        for _, inner, _ in walk(value):
            yield from _lists_in(inner)


def _flatten(depth: int, listed: Value) -> Value | Fault:
    return _short_list(_flat(listed, True, depth), chain([listed], _lists_in(listed)))


def _flatten_feel(listed: Value) -> Value | Fault:
    if isinstance(listed, Unknown):
        return listed
    found = tuple(islice(_flat_feel(listed), MOST_LISTED + 1))
    return FAULT if len(found) > MOST_LISTED else found


def _flat_feel(listed: tuple[Value, ...]) -> Iterator[Value]:
    for value in listed:
        if isinstance(value, tuple):
            yield from _flat_feel(value)
        else:
            yield value


def _of_one_type(result: Callable[[Type], Type], *, compared: bool = False) -> Result:
    """The rule of a list and values that must be of the type of its members; `result` of the list that holds all."""

    def rule(types: tuple[Type, ...]) -> Type | Mismatch:
        listed, *values = types
        return _ruled([_item(listed), *values], longest(listed) + len(values), compared, result)

    return rule


def _of_lists(types: tuple[Type, ...], *, compared: bool = False) -> Type | Mismatch:
    return _ruled(list(map(_item, types)), sum(map(longest, types)), compared, _itself)


def _ruled(items: list[Type], most: int, compared: bool, result: Callable[[Type], Type]) -> Type | Mismatch:
    joined: Type | None = items[0]
    for item in items[1:]:
        joined = None if joined is None else unify(joined, item)
    if joined is None:
        return Mismatch("type.differ")
    return result(List(joined, most)) if not compared or compares(joined) else Mismatch("type.keyless")


def _item(listed: Type) -> Type:
    assert isinstance(listed, List)
    return listed.item


def _itself(of: Type) -> Type:
    return of


def _truth(of: Type) -> Type:
    return BOOLEAN


def _first(types: tuple[Type, ...]) -> Type:
    return types[0]


def _places(of: Type) -> Type:
    return List(spanning(Number(0, ONE), between(1, longest(of))), longest(of))


def _at_place(rule: Result) -> Callable[[tuple[Type, ...]], Type | Mismatch]:
    """The rule of a change at the position that is the second argument, by that of the others."""

    def result(types: tuple[Type, ...]) -> Type | Mismatch:
        position = span_of(types[1])
        others = (types[0], *types[2:])
        made = rule(others) if callable(rule) else rule
        if isinstance(made, Mismatch) or not position.low == position.high == 0:
            return made
        return Mismatch("list.position", made)

    return result


def _flat_type(types: tuple[Type, ...]) -> Type:
    of, most = types[0], 1
    while isinstance(of, List):
        of, most = of.item, most * longest(of)
    return List(of, most)


def _deep_type(types: tuple[Type, ...]) -> Type | Mismatch:
    innermost = _item(_item(_item(types[0])))
    return Mismatch("list.deep") if isinstance(innermost, List) else _flat_type(types)


def _listed(key: str, name: str, params: tuple[str, ...], result: Result, python: Callable[..., Any], doc: Text,
            example: str, **more: Any) -> Function:
    """A row that takes lists however much of them is known."""
    return Function(key, name, params, result, python, doc, example, strict=False, **more)


_CONTAINS = Text("列表含有某个值", "whether a value is in the list")
_INDEX = Text("某个值在列表中的各个位置", "the positions of a value in the list")
_UNION = Text("各列表的所有项，去掉重复", "all members of lists without repetitions")

FUNCTIONS: tuple[Function, ...] = (
    Function("list contains.feel", "list contains", ("list of any", "any"), _of_one_type(_truth, compared=True),
             partial(_contains, equal_or_null), _CONTAINS, "list contains([1, null], null)", fold=True,
             names=("list", "element"), feel=True),
    Function("list contains", "list contains", ("list of any", "any"), _of_one_type(_truth, compared=True),
             partial(_contains, equal_parts), _CONTAINS, "list contains([1, 2, 3], 2)", fold=True,
             names=("list", "element")),
    _listed("index of.feel", "index of", ("list of any", "any"), _of_one_type(_places, compared=True),
            partial(_positions, equal_or_null), _INDEX, "index of([1, null, 3], null)", names=("list", "match"),
            feel=True),
    _listed("index of", "index of", ("list of any", "any"), _of_one_type(_places, compared=True),
            partial(_positions, equal_parts), _INDEX, "index of([1, 2, 3, 2], 2)", names=("list", "match")),
    _listed("sublist", "sublist", ("list of any", "integer"), cut_type(_first), _sublist,
            Text("从第几项起的列表；负数从末尾数起", "the list from a position on; negative counts from the end"),
            "sublist([4, 5, 6], 2)", partial=True, names=("list", "start position")),
    _listed("sublist.length", "sublist", ("list of any", "integer", "integer"), cut_type(_first), _sublist,
            Text("从第几项起的若干项", "so many members from a position on"), "sublist([4, 5, 6], 1, 2)",
            partial=True, names=("list", "start position", "length")),
    _listed("append", "append", ("list of any", "any"), _of_one_type(_itself), _append,
            Text("在末尾加上若干项", "with more members at the end"), "append([1], 2, 3)", variadic=True,
            names=("list", "item")),
    _listed("concatenate", "concatenate", ("list of any",), _of_lists, _concatenate,
            Text("各列表前后相接", "lists one after the other"), "concatenate([1, 2], [3])", variadic=True,
            partial=True),
    _listed("union.feel", "union", ("list of any",), partial(_of_lists, compared=True), _union_feel, _UNION,
            "union([1, null], [null, 2])", variadic=True, partial=True, feel=True),
    _listed("union", "union", ("list of comparable",), partial(_of_lists, compared=True), _union, _UNION,
            "union([1, 2], [2, 3])", variadic=True, partial=True),
    _listed("distinct.feel", "distinct values", ("list of any",), _first, _distinct_feel,
            Text("去掉重复的项，空值也算一项", "without repetitions, null being a member"),
            "distinct values([1, null, null])", names=("list",), feel=True),
    _listed("distinct", "distinct values", ("list of comparable",), _first, _distinct,
            Text("去掉重复的项", "without repetitions"), "distinct values([1, 2, 1])", names=("list",)),
    _listed("reverse", "reverse", ("list of any",), _first, _reverse,
            Text("次序颠倒", "in the opposite order"), "reverse([1, 2, 3])", names=("list",)),
    _listed("insert before", "insert before", ("list of any", "integer", "any"),
            _at_place(_of_one_type(_itself)),
            _at(lambda listed, place, item: (*listed[:place], item, *listed[place:])),
            Text("在某个位置之前插入一项", "with another member before a position"), "insert before([1, 3], 2, 2)",
            partial=True, names=("list", "position", "newItem")),
    _listed("remove", "remove", ("list of any", "integer"), _at_place(_first),
            _at(lambda listed, place: (*listed[:place], *listed[place + 1 :])),
            Text("去掉某个位置的一项", "without the member at a position"), "remove([1, 2, 3], 2)", partial=True,
            names=("list", "position")),
    _listed("flatten.feel", "flatten", ("list of any",), _flat_type, _flatten_feel,
            Text("列表中的列表展开为一层，空值也算一项", "lists in a list made one, null being a member"),
            "flatten([[1], [null]])", partial=True, names=("list",), feel=True),
    _listed("flatten.deep", "flatten", ("list of list of list of any",), _deep_type, partial(_flatten, 3),
            Text("三层的列表展开为一层", "lists in the lists of a list made one"), "flatten([[[1], [2]], [[3]]])",
            partial=True, names=("list",)),
    _listed("flatten", "flatten", ("list of list of any",), _flat_type, partial(_flatten, 2),
            Text("列表中的列表展开为一层", "lists in a list made one"), "flatten([[1, 2], [3]])", partial=True,
            names=("list",)),
)
