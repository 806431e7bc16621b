"""The core: what expressions are lowered to, and the passes over it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from interpreter.language import core as c
from interpreter.language.lower import substitute
from interpreter.language.types import Number
from tests.language.generated import FACTS as GENERATED
from tests.language.generated import Maker
from tests.language.small import Small, known


def core(text: str) -> c.Core:
    return Small().expression(text).core


def nodes(node: c.Core) -> Iterator[c.Core]:
    yield node
    for part in c.parts(node):
        yield from nodes(part)


@pytest.mark.parametrize("text", [
    "count(roster[wage > 1])", "count(roster[wage > 1][age = 2])",
    "sum(for x in firms[code = \"a\"] return x.size)", "min(firms[code = \"a\"].size)",
    "max(firms[size > 1].size, 0)", "some x in firms[size > 1] satisfies x.size < 5",
    "every x in firms[size > 1][size > 2] satisfies x.size < 5", "n in firms[size > 1].size",
    "longest run(months[item > month_paid], 1)", "count(rates)",
    "count(at(rates, day))", "count(rates[price > 1])", "count(firms[count(roster[wage > 1]) > size])",
])
def test_filters_and_steps_move_into_the_fold(text: str) -> None:
    found = list(nodes(core(text)))
    assert any(isinstance(node, c.Fold) and node.where is not None for node in found)
    assert not any(isinstance(node, c.Filter | c.Map) for node in found)


def test_the_inner_filter_is_asked_first() -> None:
    fold = core("count(numbers[item > 1][item < 9])")
    assert isinstance(fold, c.Fold)
    assert isinstance(fold.where, c.And)
    item = c.Local(fold.slot, "item")
    assert fold.where.parts[0] == c.Apply("less", (c.Literal(1, Number(0)), item))
    assert all(item in c.parts(part) for part in fold.where.parts)


def test_what_no_fold_takes_stays_a_filter() -> None:
    assert isinstance(core("numbers[item > 1]"), c.Filter)
    assert isinstance(core("firms.size"), c.Map)
    item = core("firms[size > 1][1]")
    assert isinstance(item, c.Apply)
    assert (item.function, isinstance(item.args[0], c.Filter)) == ("item", True)


@pytest.mark.parametrize(("text", "same_as"), [
    ("n > m", "m < n"), ("n >= m", "m <= n"), ("n != m", "not(n = m)"), ("n between 1 and m", "1 <= n and n <= m"),
    ("n in (1, < m)", "n = 1 or n < m"), ("n in [1, m]", "n = 1 or n = m"), ("n in [m]", "n = m"),
    ("n in [1..m)", "1 <= n and n < m"), ("n in > 3", "n > 3"), ("(n)", "n"), ("n in (m)", "n = m"),
])
def test_one_meaning_has_one_core(text: str, same_as: str) -> None:
    assert core(text) == core(same_as)
    assert hash(core(text)) == hash(core(same_as))


@pytest.mark.parametrize(("text", "other"), [
    ("n < m", "n <= m"), ("n + m", "m + n"), ("n = 1", "n = 2"), ("n - m", "m - n"),
    ("count(roster)", "count(firms)"), ("n in [1..m)", "n in [1..m]"), ("round up(n, 1)", "round up(n, 2)"),
])
def test_another_meaning_has_another_core(text: str, other: str) -> None:
    assert core(text) != core(other)


def test_rows_in_force() -> None:
    today, then = core("count(rates)"), core("count(at(rates, day))")
    assert isinstance(today, c.Fold)
    assert c.AsOf() in nodes(today)
    assert c.AsOf() not in nodes(then)
    assert c.Fact("day") in nodes(then)
    assert core("at(fee, day)") == c.Read("fee", c.Fact("day"))
    assert core("fee") == c.Read("fee")


def test_definitions_with_and_without_arguments() -> None:
    assert core("twice(n)") == c.Call("twice", (c.Fact("n"),))
    assert core("limit") == c.Call("limit")


def generated() -> list[c.Core]:
    random = Random(5)
    return [Small(GENERATED).expression(Maker(random).bool(4, {})).core for _ in range(150)]


def test_rebuilding_with_nothing_changed_is_the_same() -> None:
    for node in generated():
        assert c.rebuild(node, lambda part: part) == node
        assert sum(1 for _ in c.parts(node)) == len(_direct(node))


def _direct(node: c.Core) -> list[c.Core]:
    found: list[c.Core] = []
    c.rebuild(node, lambda part: (found.append(part), part)[1])
    return found


def test_substituting() -> None:
    for node in generated():
        assert _direct(node) == list(c.parts(node))
        slots = {part.slot for part in nodes(node) if isinstance(part, c.Local)}
        for slot in slots:
            swapped = substitute(node, slot, c.Local(999, "other"))
            assert slot not in {part.slot for part in nodes(swapped) if isinstance(part, c.Local)}
            assert substitute(node, slot, c.Local(slot, "x")) != swapped
        assert substitute(node, 998, c.Fact("p")) == node


def test_loops_inside_loops_do_not_disturb_each_other() -> None:
    text = "every x in numbers satisfies count(numbers[item > x]) + count(for y in numbers[item < x] return y + x) = 2"
    assert known(text, numbers=(3, 1, 2)) is True
    assert known("sum(for x in numbers return sum(for y in numbers return x * y))", numbers=(1, 2, 3)) == 36
    assert known("some x in numbers, y in numbers satisfies x + y = 6 and x != y", numbers=(1, 2, 4)) is True
