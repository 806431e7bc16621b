"""Lists: what is in them and what is made of them, whole and known in part."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import BY_KEY
from interpreter.language.types import say_type
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value
from interpreter.language.values import Record, Shape
from tests.language.small import FIRM, Small, known, value

A, B = Unknown(1), Unknown(2)
OPEN = Partial(4, more=True, blank=NOWHERE)


def said(found: Value) -> Any:
    """A value so that it can be compared: of what is unknown its causes; of a list in part its members, too."""
    match found:
        case Partial(causes=causes, members=members, more=more, in_order=in_order):
            return "some", causes, [(said(m), said(v)) for m, v in members], more, in_order
        case Unknown(causes=causes):
            return f"?{causes}"
        case tuple():
            return tuple(map(said, found))
        case _:
            return found


@pytest.mark.parametrize(("text", "result"), [
    ("list contains([1, 2, 3], 2)", True), ("list contains([1, 2, 3], 4)", False),
    ("list contains([1.50], 1.5)", True), ("list contains([1 / 2], 0.5)", True),
    ("list contains([[1], [2, 3]], [2, 3])", True), ("list contains([[1]], [1, 1])", False),
    ("list contains([{a: 1}], {a: 1})", True), ('list contains(element: "a", list: ["a"])', True),
    ("index of([1, 2, 3, 2], 2)", (2, 4)), ("index of([1, 2], 3)", ()), ("index of(list: [1], match: 1)", (1,)),
    ("sublist([4, 5, 6], 2)", (5, 6)), ("sublist([4, 5, 6], 1, 2)", (4, 5)), ("sublist([4, 5, 6], -1)", (6,)),
    ("sublist([4, 5, 6], -3, 2)", (4, 5)), ("sublist(list: [4, 5], start position: 2, length: 1)", (5,)),
    ("append([1], 2, 3)", (1, 2, 3)), ("append([[1]], [2])", ((1,), (2,))), ("append(list: [1], item: 2)", (1, 2)),
    ("concatenate([1, 2], [3])", (1, 2, 3)), ("concatenate([1.5], [2])", (Decimal("1.5"), 2)),
    ("union([1, 2], [2, 3], [1])", (1, 2, 3)), ("reverse([1, 2, 3])", (3, 2, 1)),
    ("insert before([1, 3], 2, 2)", (1, 2, 3)), ("insert before([1, 2], -1, 9)", (1, 9, 2)),
    ("insert before(list: [1], position: 1, newItem: 0)", (0, 1)),
    ("remove([1, 2, 3], 2)", (1, 3)), ("remove(position: -1, list: [1, 2])", (1,)),
    ("flatten([[1, 2], [], [3]])", (1, 2, 3)), ("flatten([[[1], [2]], [[3]]])", (1, 2, 3)),
    ("distinct values([1, 2, 1.0, 0.5, 1 / 2])", (1, 2, Decimal("0.5"))),
])
def test_lists(text: str, result: Any) -> None:
    assert known(text) == result


@pytest.mark.parametrize(("text", "of"), [
    ("append([1], 2.50)", "list of number"), ("concatenate(numbers, [1 / 3])", "list of ratio"),
    ("flatten([[day]])", "list of date"), ("index of(months, month_paid)", "list of integer"),
    ("union(firms, [employer])", "list of firm"), ("insert before([spent], 1, 2)", "list of integer, month"),
])
def test_lists_have_the_type_of_all_in_them(text: str, of: str) -> None:
    assert say_type(Small().expression(text).type).en == of


@pytest.mark.parametrize("text", [
    "sublist(numbers, 3)", "sublist(numbers, -3)", "sublist(numbers, n)", "sublist(numbers, 2, 2)",
    "insert before(numbers, 3, 1)", "insert before(numbers, n, 1)", "remove(numbers, -3)", "remove(numbers, n)",
    "sublist(numbers, 1, n)",
])
def test_a_position_outside_the_list_is_a_fault(text: str) -> None:
    found = value(text, numbers=(5, 6), n=0)
    assert isinstance(found, Unknown)
    assert found.causes >= 1 << 40


def maybe(*members: tuple[Value, Value], **more: Any) -> Partial:
    return Partial(1, members, **more)


@pytest.mark.parametrize(("text", "numbers", "result"), [
    ("list contains(numbers, 2)", (A, 2), True), ("list contains(numbers, 2)", (A, 3), "?1"),
    ("list contains(numbers, 2)", (), False), ("list contains(numbers, 2)", OPEN, "?4"),
    ("list contains(numbers, n)", (), False), ("list contains(numbers, n)", (1,), "?2"),
    ("list contains(numbers, 2)", maybe((A, 2)), "?1"), ("list contains(numbers, 2)", maybe((A, 3)), False),
    ("index of(numbers, 2)", (A, 2), ("some", 1, [("?1", 1), (True, 2)], False, True)),
    ("index of(numbers, 2)", maybe((A, 3), (True, 2)), ("?1",)),
    ("index of(numbers, 2)", maybe((True, 2), (A, 3), (True, 3)), (1,)),
    ("index of(numbers, 2)", OPEN, ("some", 4, [], True, True)),
    ("sublist(numbers, 2)", (1, A), ("?1",)), ("sublist(numbers, n)", (1, 2), "?2"),
    ("sublist(numbers, 1, n)", maybe((A, 1)), "?3"), ("sublist(numbers, n)", (1, A), "?3"),
    ("sublist(numbers, 1, n)", (A, 1), "?3"), ("remove(numbers, n)", (A, 1), "?3"),
    ("insert before(numbers, n, 0)", (A, 1), "?3"), ("insert before(numbers, 1, n)", OPEN, "?6"),
    ("remove(numbers, 1)", OPEN, "?4"),
    ("insert before(numbers, 1, n)", (1, 2), ("?2", 1, 2)), ("insert before(numbers, 1, 0)", B, "?2"),
    ("append(numbers, n)", (1,), (1, "?2")),
    ("append(numbers, 9)", maybe((A, 1)), ("some", 1, [("?1", 1), (True, 9)], False, True)),
    ("append(numbers, 9)", OPEN, ("some", 4, [(True, 9)], True, False)),
    ("count(append(numbers, 9)) >= 1", OPEN, True), ("count(append(numbers, 9)) >= 1", B, True),
    ("concatenate([0], numbers)", OPEN, ("some", 4, [(True, 0)], True, True)),
    ("reverse(numbers)", maybe((A, 1), (True, 2)), ("some", 1, [(True, 2), ("?1", 1)], False, True)),
    ("reverse(numbers)[1]", maybe((A, 1), (True, 2)), 2), ("reverse(numbers)[1]", OPEN, "?4"),
    ("union(numbers, [1])", maybe((A, 1)), (1,)), ("count(union(numbers, [1, 2])) >= 2", OPEN, True),
    ("flatten([numbers, [1]])", maybe((A, 1)), ("some", 1, [("?1", 1), (True, 1)], False, True)),
    ("flatten([[1], numbers])", OPEN, ("some", 4, [(True, 1)], True, True)),
    ("flatten([numbers, [1]])", OPEN, ("some", 4, [(True, 1)], True, False)),
    ("flatten([[n], numbers])", (1,), ("?2", 1)),
    ("distinct values(numbers)", maybe((True, 2), (True, 1), in_order=False),
     ("some", 1, [(True, 2), (True, 1)], False, False)),
])
def test_lists_known_in_part(text: str, numbers: Value, result: Any) -> None:
    assert said(value(text, numbers=numbers, n=B)) == result


def test_records_are_found_by_their_key() -> None:
    shape = Shape("firms", FIRM)
    shape.absences = {"code": A, "name": B, "size": B}
    one, other = (Record({"code": code}, shape) for code in "XY")
    nameless = Record({}, shape)
    assert value("list contains(firms, employer)", firms=(other, one), employer=one) is True
    assert value("index of(firms, employer)", firms=(other, one), employer=one) == (2,)
    assert said(value("list contains(firms, employer)", firms=(other, nameless), employer=one)) == "?1"


@given(st.lists(st.integers(0, 2), max_size=5), st.lists(st.integers(0, 2), max_size=4), st.integers(0, 2))
def test_laws_of_lists(numbers: list[int], others: list[int], one: int) -> None:
    a, b = tuple(numbers), tuple(others)
    run = {name: BY_KEY[name].python for name in ("concatenate", "reverse", "union", "index of", "append", "distinct")}
    assert run["concatenate"](a, b) == a + b
    assert run["reverse"](run["reverse"](a)) == a
    assert run["reverse"](run["concatenate"](a, b)) == run["concatenate"](run["reverse"](b), run["reverse"](a))
    assert run["union"](a, b) == run["distinct"](a + b) == tuple(dict.fromkeys(a + b))
    assert all(a[place - 1] == one for place in run["index of"](a, one))
    assert len(run["index of"](a, one)) == a.count(one)
    assert run["append"](a, *b) == a + b


@pytest.mark.parametrize(("text", "result"), [
    ("list contains([1, null], null)", True), ("list contains([1, 2], null)", False),
    ("list contains([1, null], 2)", False), ("list contains([[1, null]], [1, null])", True),
    ("index of([1, null, 2, null], null)", (2, 4)), ("union([1, null], [null, 2])", (1, "?0", 2)),
    ("distinct values([1, null, null, 1])", (1, "?0")), ("distinct values([[1], [1]])", ((1,),)),
    ("append([1], null)", (1, "?0")), ("concatenate([null], [1])", ("?0", 1)), ("reverse([1, null])", ("?0", 1)),
    ("flatten([[1, null], [3]])", (1, "?0", 3)), ("flatten([1, null])", (1, "?0")), ("remove([null, 1], 1)", (1,)),
    ("count(append([1], null))", 2), ("flatten(n)", "?0"), ("distinct values(n)", "?0"), ("concatenate([1], n)", ...),
])
def test_null_is_a_member_of_lists(text: str, result: Any) -> None:
    found = Small({"n": Small().scope.names["numbers"].type}, feel=True).value(text, {"n": NOWHERE})  # type: ignore[union-attr]
    assert isinstance(found, Unknown) if result is ... else said(found) == result


def test_ratios_are_told_apart() -> None:
    assert known("index of([1 / 3, 0.5, 2 / 6], 1 / 3)") == (1, 3)
    assert known("distinct values([1 / 3, 2 / 6])") == (Fraction(1, 3),)
