"""Records, ranges, lists, loops and named arguments: what they give, and what they give where something is unknown."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from interpreter.language.core import Filter, Fold, Let, Make, Map
from interpreter.language.functions.ranges import MOST_STEPS
from interpreter.language.types import BOOLEAN, DATE, INTEGER, List, RangeOf, record_of
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value
from interpreter.language.values import Range
from tests.language.small import Small, known, value

N, M, LIST = Unknown(1), Unknown(2), Unknown(4)
OPEN = Partial(4, more=True, blank=NOWHERE)


def causes(found: Value) -> int:
    assert isinstance(found, Unknown), found
    return found.causes


@pytest.mark.parametrize(("text", "expected"), [
    ("{a: 1, b: a + 1}.b", 2), ("{a: 2, b: a * a, c: a + b}.c", 6), ('{"甲 乙": 1, b: 2}.b', 2),
    ("{a: {b: [1, 2]}}.a.b[2]", 2),
    ("[{a: 1, b: 2}, {a: 3, b: 4}].b", (2, 4)), ("[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b", (4,)),
    ("sum([{a: 1}, {a: 3}].a)", 4), ("sum(for x in numbers return {v: x, w: v * v}.w)", 14),
    ("{a: 1, b: 2} = {b: 2, a: 1}", True), ("{a: 1} = {a: 2}", False), ("{a: 1} != {a: 1.0}", False),
    ("{a: [1, {b: 2}]} = {a: 2}", None), ("{a: 1} in [{a: 2}, {a: 1}]", True), ("{} = {}", True),
])
def test_records(text: str, expected: Any) -> None:
    if expected is None:
        assert [p.code for p in Small().problems(text)] == ["type.items"]
    else:
        assert known(text, numbers=(1, 2, 3)) == expected


def test_the_type_of_a_record_is_its_fields() -> None:
    small = Small()
    one = small.expression("{a: n, b: yes}").type
    assert one is record_of((("a", INTEGER), ("b", BOOLEAN)))
    assert small.expression("if yes then {a: n} else {a: n}").type is record_of((("a", INTEGER),))


def test_an_entry_is_worked_out_once_however_often_it_is_used() -> None:
    core = Small().expression("{a: n + 1, b: a + a, c: b + b}").core
    assert isinstance(core, Let)
    assert isinstance(core.body, Let)
    assert isinstance(core.body.body, Make)
    assert isinstance(Small().expression("{a: 1, b: 2}").core, Make)


def test_records_of_what_is_unknown() -> None:
    assert known("{a: n, b: 2}.b", n=N) == 2
    assert causes(value("{a: n, b: a + m}.b", n=N, m=M)) == 3
    assert known("{a: n, b: 1} = {a: 3, b: 2}", n=N) is False
    assert causes(value("{a: n, b: 1} = {a: 3, b: 1}", n=N)) == 1


@pytest.mark.parametrize(("text", "expected"), [
    ("3 in (if yes then [1..5] else [7..9])", True), ("6 in (if yes then [1..5] else [7..9])", False),
    ("3 in [[1..2], (2..3]]", True), ("2 in [(2..3]]", False), ("5 in (< 5)", False), ("5 in [(< 5), [5..5]]", True),
    ("5 in {r: (>= 5)}.r", True), ("1 / 3 in {r: [0..1/3]}.r", True), ("0.5 in {r: [0..1/3]}.r", False),
    ("[1..2] in [[1..2], [3..4]]", True), ("[1..3] in [[1..2], [3..4]]", False), ("[1..2] = [1..2)", False),
    ("(< 5) = (< 5)", True), ("(< 5) = (<= 5)", False), ("(> 5) = (< 5)", False), ("[1..2] = [1..2.0]", True),
    ('"b" in {r: ["a".."c"]}.r', True), ('day in {r: [@"2021-01-01"..@"2021-12-31"]}.r', True),
    ('@"P2M" in [[@"P1M"..@"P3M"]]', True), ("[1..5].start", 1), ("(1..5].end", 5), ("[1..5).end included", False),
    ("(< 5).end", 5), ("(<= 5).end included", True), ("(< 5).start included", False), ("[[1..2], [3..4]].end", (2, 4)),
    ('months of({r: [@"2021-01-31"..@"2021-02-01"]}.r)[1].month', 1),
])
def test_ranges(text: str, expected: Any) -> None:
    assert known(text, yes=True, day=date(2021, 3, 1)) == expected


def test_an_open_end_is_a_fault() -> None:
    small = Small()
    assert isinstance(small.value("(< 5).start"), Unknown)
    assert small.faults == [".start"]


def test_the_type_of_a_range_says_whether_it_may_be_open() -> None:
    small = Small()
    assert small.expression("[1..n]").type == RangeOf(INTEGER)
    assert small.expression("(< n)").type == RangeOf(INTEGER, open_ended=True)
    assert small.expression("[[1..2], (> n)]").type == List(RangeOf(INTEGER, open_ended=True))
    assert small.value("[1..2]") == Range(1, 2)


def test_an_end_that_is_unknown_may_not_matter() -> None:
    assert known("5 in [n..3]", n=N) is False
    assert known("5 in [[n..3], [4..6]]", n=N) is True
    assert causes(value("2 in [[n..3], [4..6]]", n=N)) == 1
    assert causes(value("2 in {r: [n..3]}.r", n=N)) == 1


@pytest.mark.parametrize(("text", "expected"), [
    ("[1, 2] = [1, 2]", True), ("[1, 2] = [2, 1]", False), ("[1, 2] = [1]", False), ("[1 / 3] = [2 / 6]", True),
    ("[1 / 2] = [0.5]", True), ("numbers != [1, 2, 3]", False), ("[[1], [2, 3]] = [[1], [2, 3]]", True),
    ("[1, 2] in [[1], [1, 2]]", True), ("[1] in [[1, 2]]", False), ("numbers in [1, 2, 3]", True),
    ("numbers in (= [1, 2, 3])", True), ("numbers in ([1], [1, 2, 3])", True), ("1 in [[1], [2]]", None),
])
def test_lists_compare_part_by_part(text: str, expected: Any) -> None:
    if expected is None:
        assert [p.code for p in Small().problems(text)] == ["type.compare"]
    else:
        assert known(text, numbers=(1, 2, 3)) is expected


def test_lists_of_what_is_unknown() -> None:
    assert known("[n, 1] = [3, 2]", n=N) is False
    assert known("[n] = [n, m]", n=N, m=M) is False
    assert causes(value("[n, 1] = [m, 1]", n=N, m=M)) == 3
    assert causes(value("numbers = [n]", numbers=OPEN, n=N)) == 5
    assert causes(value("numbers = [n]", numbers=LIST, n=N)) == 5
    assert known("[n, 1] in [[3, 2], [4]]", n=N) is False


def test_keys_are_what_records_are_compared_by_inside_lists() -> None:
    small = Small()
    assert small.expression("firms = firms")
    assert small.expression("[employer] = firms")


@pytest.mark.parametrize(("text", "expected"), [
    ("for x in 1..3 return x * x", (1, 4, 9)), ("for x in 3..1 return x", (3, 2, 1)), ("for x in 2..2 return x", (2,)),
    ("for x in [1..3) return x", (1, 2)), ("for x in (1..3] return x", (2, 3)), ("for x in (1..1) return x", ()),
    ("for x in [3..1) return x", (3, 2)), ("for x in -1..1 return -x", (1, 0, -1)),
    ('for d in @"2021-02-27"..@"2021-03-01" return d.day', (27, 28, 1)),
    ("for x in [1, 2], y in [3, 4] return 10 * x + y", (13, 14, 23, 24)),
    ("for x in [[1, 2], [3]], y in x return y", (1, 2, 3)),
    ("for x in 1..2 return for y in 1..x return y", ((1,), (1, 2))),
    ("for x in 1..3, y in 1..x, z in 1..y return z", (1, 1, 1, 2, 1, 1, 2, 1, 2, 3)),
    ("sum(for x in 1..3, y in 1..x return y)", 10), ("some x in 1..3, y in 1..3 satisfies x * y = 9", True),
    ("every x in 1..3 satisfies x < 3", False), ("count((for x in 1..3, y in 1..3 return x * y)[item > 3])", 4),
    ("max(for x in numbers, y in numbers return x - y)", 2),
])
def test_loops(text: str, expected: Any) -> None:
    assert known(text, numbers=(1, 2, 3)) == expected


def test_loops_over_several_lists_are_one_list() -> None:
    small = Small()
    found = small.expression("for x in numbers, d in months return d")
    assert found.type == small.expression("months").type
    core = found.core
    assert isinstance(core, Map)
    assert core.flat
    assert isinstance(core.value, Map)
    assert not core.value.flat
    assert small.expression('for d in @"2021-01-01"..day return d').type == List(DATE)


def test_loops_over_what_is_unknown() -> None:
    assert causes(value("for x in 1..n return x", n=N)) == 1
    found = value("for x in [n, 2], y in [x, 3] return y", n=N)
    assert found == (N, 3, 2, 3)
    maybe = value("for x in numbers[item > n], y in [x, x] return y", numbers=(1, 2), n=N)
    assert isinstance(maybe, Partial)
    assert [item for _, item in maybe.members] == [1, 1, 2, 2]
    assert {causes(membership) for membership, _ in maybe.members} == {1}
    assert causes(value("count(for x in numbers, y in [x, 1] return y)", numbers=OPEN)) == 4
    assert known("some x in numbers, y in [1] satisfies y > 1", numbers=OPEN) is False


def test_a_loop_has_an_end() -> None:
    small = Small()
    assert len(small.value(f"for x in 1..{MOST_STEPS} return x")) == MOST_STEPS
    assert isinstance(small.value(f"for x in 0..{MOST_STEPS} return x"), Unknown)
    assert isinstance(small.value("for x in 1..n return x", {"n": 10**30}), Unknown)
    assert small.faults.count("( .. )") == 3


def fold_everything(random: Random, depth: int) -> str:
    """A condition on lists, ranges and records over what `flat` and `nested` loops give."""
    if depth == 0:
        return random.choice(["n", "m", "1", "2"])
    inner = fold_everything(random, depth - 1)
    return random.choice([
        f"sum(for x{depth} in [{inner}, n], y{depth} in 1..2 return x{depth} * y{depth})",
        f"{{a: {inner}, b: a + m}}.b", f"(if {inner} in [[1..n], (> 4)] then 1 else 2)",
        f"(if [{inner}, n] = [m, 1] then 1 else 2)",
        f"count((for x{depth} in numbers, y{depth} in [1, n] return x{depth})[item > {inner}])",
    ])


def test_more_knowledge_never_flips_what_was_decided() -> None:
    random = Random(4)
    for _ in range(300):
        text = f"{fold_everything(random, 3)} < {random.randint(1, 9)}"
        small = Small()
        core = small.expression(text).core
        whole = {"n": random.randint(0, 3), "m": random.randint(0, 3), "numbers": (1, 2, 3)}
        unknown = {"n": N, "m": M, "numbers": OPEN}
        less = {name: random.choice((whole[name], unknown[name])) for name in whole}
        first, then = small.run(core, less), small.run(core, whole)
        assert not isinstance(then, Unknown), text
        if isinstance(first, Unknown):
            missing = {name for name in whole if unknown[name].causes & first.causes}
            assert missing <= {name for name in whole if less[name] is unknown[name]}, text
            asked = {name: whole[name] if name in missing else less[name] for name in whole}
            first = small.run(core, asked)
        assert first is then, text


@pytest.mark.parametrize("text", [
    "count(for x in numbers[item > 1] return x)", "sum(for x in numbers, y in numbers return x)",
])
def test_a_loop_over_one_list_moves_into_the_fold(text: str) -> None:
    core = Small().expression(text).core
    assert isinstance(core, Fold)
    assert isinstance(core.over, Map) == ("y in" in text)
    assert not isinstance(core.over, Filter)


@pytest.mark.parametrize("text", ["is known(n)", "is known(n) and n > 1", "n > 1 and (m > 1 and is known(n))"])
def test_knowing_as_a_condition_that_must_hold(text: str) -> None:
    assert [p.code for p in Small().problems(text)] == ["known.place"]
    small = Small(knowing="conjunct")
    assert small.value(text, {"n": N, "m": 2}) is False
    assert small.value(text, {"n": 2, "m": 2}) is True


@pytest.mark.parametrize("text", [
    "not(is known(n))", "is known(n) or n > 1", "if is known(n) then yes else true",
    "count(numbers[is known(item)]) > 1", "is known(n) = true",
])
def test_knowing_decides_nothing_else(text: str) -> None:
    assert [p.code for p in Small(knowing="conjunct").problems(text)] == ["known.place"]
    assert Small(knowing="anywhere").expression(text)


def test_what_can_be_known() -> None:
    small = Small(knowing="anywhere")
    assert small.value("is known(numbers)", {"numbers": OPEN}) is False
    assert small.value("is known(numbers)", {"numbers": ()}) is True
    assert small.expression("is known(worker)")
    assert [p.code for p in small.problems("is known(part)")] == ["type.argument"]
