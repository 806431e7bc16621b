"""The whole of FEEL, with null: only the conformance suite asks for it, and no policy file ever has it."""

from __future__ import annotations

from typing import Any

import pytest

from interpreter.language import core as c
from interpreter.language.unknown import NOWHERE, Unknown, Value
from tests.language.small import Small

NULL = "null"


def feel(text: str, **facts: Value) -> Any:
    """What a text of FEEL gives; null as a word, so that it stands out."""
    found = Small(feel=True).value(text, facts)
    return NULL if isinstance(found, Unknown) else found


@pytest.mark.parametrize(("text", "expected"), [
    ("null", NULL), ("null = null", True), ("n = null", True), ("n != null", False), ("null = 3", False),
    ('"" = null', False), ("[1, null] = [1, null]", True), ("[1, null] = [1, 2]", False), ("{a: null}.a = null", True),
    ("{a: null} = {a: 1}", False), ("null in [1, null]", True), ("1 in [2, null]", False), ("1 in (null, 1)", True),
    ("n + 1", NULL), ("n > 1", NULL), ("true and null", NULL),
    ("false and null", False), ("true or null", True),
    ("not(null)", NULL), ("if null then 1 else 2", 2), ("if n > 1 then 1 else 2", 2),
    ("if true then null else 2", NULL),
    ("[1, 2, 3][item > n]", ()), ("[{x: 1}, {x: null}][x < 2].x", (1,)), ("[1, 2][null]", ()),
    ("count([1, null])", 2), ("sum([1, null])", NULL), ("any([null, true])", True), ("all([true, null])", NULL),
    ("[] = []", True), ("1 in []", False), ("all([])", True), ("[1, 2][3]", NULL), ("1 / 0 = null", True),
    ("some x in [1, null] satisfies x = null", True), ("for x in [1, null] return x = null", (False, True)),
    ("5 in (null..10]", NULL), ("11 in (null..10]", False), ("(> 10) = (10..null)", False), ("(=10) = [10..10]", False),
    ("(= 10) = (= 10)", True), ("10 in {r: (= 10)}.r", True), ("(null..1) = (null..1)", True),
])
def test_null_is_a_value(text: str, expected: Any) -> None:
    assert feel(text, n=NOWHERE) == expected


def test_names_inside_hide_those_outside() -> None:
    assert feel("[{n: 1}, {n: 2}][n = 2].n", n=5) == (2,)
    assert feel("for n in [1, 2] return n", n=5) == (1, 2)
    assert feel("{n: 1, m: n + 1}.m", n=5) == 2
    inner = "[{n: 1, k: 2}][k = count([{n: 7}, {n: 8}][n > 1])].n"
    assert feel(inner, n=5) == (1,)


@pytest.mark.parametrize("text", [
    "1 + null", "null < 1", "2 between null and 3", "null in [1..10]", "count(null)", "abs(null)", "-null", "null.a",
    "for x in 1..null return x", "null[1]", '1 = "1"', "[1, true]", "{a: 1}.b", "{a: 1} = {b: 1}", "(!= 5)",
    "for x in [] return x + 1",
])
def test_null_and_other_types_where_a_value_is_wanted(text: str) -> None:
    problems = Small(feel=True).problems(text)
    assert all(problem.where is not None for problem in problems)


@pytest.mark.parametrize("text", ["sum(1, 2, 3)", "max(numbers[1], 2, numbers[3])", "any(yes, not(yes))"])
def test_several_arguments_are_a_list(text: str) -> None:
    facts: dict[str, Value] = {"numbers": (1, 2, 3), "yes": True}
    assert Small().value(text, facts) == Small(feel=True).value(text, facts)


def test_one_argument_is_a_list_only_in_feel() -> None:
    assert feel("any(true)") is True
    assert [p.code for p in Small().problems("any(true)")] == ["type.argument"]


def test_policies_pay_nothing_for_it() -> None:
    def keys(node: c.Core) -> set[str]:
        own = {node.function} if isinstance(node, c.Apply) else set()
        return own.union(*(keys(part) for part in c.parts(node)))

    text = "if n = m then count(numbers[item = n]) else 1"
    assert keys(Small().expression(text).core) == {"equal"}
    assert keys(Small(feel=True).expression(text).core) == {"equal.feel", "holds.feel"}
