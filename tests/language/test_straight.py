"""Straight-line code: the closures' answers, faster. (Every expression of these tests is worked out both ways.)"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from interpreter.language import core as c
from interpreter.language.closures import compile_core
from interpreter.language.environment import Environment, Program
from interpreter.language.functions import BY_KEY
from interpreter.language.straight import functions
from interpreter.language.straight.functions import compile_straight
from interpreter.language.straight.operators import INLINE, READY
from interpreter.language.straight.writer import MOST_NESTED, MOST_ROWS, NotStraightError, Writer
from interpreter.language.types import BOOLEAN, INTEGER
from interpreter.language.unknown import Unknown
from interpreter.language.values import Month, MonthSpan
from tests.language.small import Small, alike

N, YES = c.Fact("n"), c.Fact("yes")
VALUES = (True, False, 0, 3, -1, Decimal("3.00"), Decimal("2.5"), "a", "b", date(2024, 2, 29), date(2020, 1, 1),
          Month.of(2021, 1), MonthSpan(3))


@pytest.mark.parametrize("key", INLINE)
def test_what_is_written_out_says_what_its_row_does(key: str) -> None:
    for a in VALUES:
        for b in VALUES:
            numbers = all(type(x) in (int, Decimal) for x in (a, b))
            if type(a) is type(b) or numbers:
                assert eval(INLINE[key].format("a", "b"), {"a": a, "b": b}) is BY_KEY[key].python(a, b)


def test_what_functions_are_called_with_is_known() -> None:
    assert not any(issubclass(of, Unknown) for of in READY)


def written(node: c.Core, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The code that is written for a node."""
    texts: list[str] = []
    real = functions._code

    def code(text: str) -> object:
        texts.append(text)
        return real(text)

    monkeypatch.setattr(functions, "_code", code)
    compile_straight(node, Program({}, {}, {}, compile_straight, record=False))
    return texts


@pytest.mark.parametrize("text", [
    "n > 3 and yes", "n = m or not(yes)", "worker.age between 1 and 5", 'level in ["low", "high"]',
    "(if yes then n else m) < 3", "n + m = 3", "day + @\"P1M\" < @\"2021-03-01\"", 'starts with(word, "a")',
])
def test_the_usual_is_written(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(written(Small().expression(text).core, monkeypatch)) == 1


@pytest.mark.parametrize("text", ["count(roster) > 3", "employer = worker.employer and count(firms) = 1"])
def test_what_goes_through_lists_is_left_to_closures(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    core = Small().expression(text).core
    assert all("count" not in one for one in written(core, monkeypatch))


def run(node: c.Core, **facts: object) -> list[object]:
    """What a node gives, by closures and straight."""
    return [
        compile(node, Program({}, {}, {}, compile, record=False))(Environment(dict(facts), None, None, []))
        for compile in (compile_core, compile_straight)
    ]


@pytest.mark.parametrize("deep", [1, MOST_NESTED - 1, MOST_NESTED, 180])
@pytest.mark.parametrize("yes", [True, False, Unknown(4)])
def test_nesting_without_end(deep: int, yes: object) -> None:
    node: c.Core = YES
    for level in range(deep):
        node = c.And((node, c.Apply("less", (N, c.Literal(level, INTEGER))))) if level % 2 else c.Not(node)
    assert alike(*run(node, yes=yes, n=0))


@pytest.mark.parametrize("rows", [1, MOST_ROWS, MOST_ROWS + 1, 3000])
@pytest.mark.parametrize("default", [None, c.Literal(-1, INTEGER)])
@pytest.mark.parametrize("n", [0, 2, 10_000, Unknown(4)])
def test_tables_of_any_length(rows: int, default: c.Core | None, n: object) -> None:
    listed = tuple(
        (c.Apply("equal", (N, c.Literal(number, INTEGER))), c.Literal(number * 10, INTEGER)) for number in range(rows)
    )
    assert alike(*run(c.Choose("first", listed, default, 8), n=n))


def test_conditions_of_nothing() -> None:
    assert run(c.And(()), n=1) == [True, True]
    assert run(c.Or(()), n=1) == [False, False]


def test_what_cannot_be_written_leaves_nothing_behind() -> None:
    class Nothing:
        def fact(self, name: str) -> str:
            return f"facts[{name!r}]"

        def field(self, node: c.Field) -> None:
            return None

    writer = Writer(Nothing())  # type: ignore[arg-type]
    few = c.Apply("less", (N, c.Literal(3, INTEGER)))
    first = writer.straight(few)
    before = writer.steps()
    with pytest.raises(NotStraightError):
        writer.straight(c.And((c.Apply("less", (c.Field(YES, "a", "x"), c.Fact("m"))), c.Rows("t"))))
    assert writer.steps() == before
    assert writer.straight(few) == first


@pytest.mark.parametrize("value", [True, 1, Decimal("1.0"), "a'b\n", date(2020, 1, 1), MonthSpan(2)])
def test_constants_of_every_class(value: object) -> None:
    node = c.Apply("equal", (N, c.Literal(value, BOOLEAN)))
    assert run(node, n=value) == [True, True]
    assert all(isinstance(found, Unknown) for found in run(node, n=Unknown(2)))
