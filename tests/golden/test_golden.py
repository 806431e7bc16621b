"""Every case of the data file, on every back end."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from interpreter.language.expression import Expression
from interpreter.language.read import read_expression
from interpreter.language.types import Boolean, List, Number, Ratio, Type, say_type
from interpreter.language.unknown import Partial, Unknown, Value
from interpreter.problems import Fragment, Problem
from tests.golden.backends import BACKENDS
from tests.golden.vocabulary import Vocabulary, vocabulary

DATA: dict[str, Any] = yaml.load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
CASES: list[dict[str, Any]] = DATA["cases"]


def _name(case: dict[str, Any]) -> str:
    return f"{case['expr']} {case.get('facts', '')}"


def test_there_are_enough_and_none_twice() -> None:
    assert len(CASES) >= 150
    assert len({_name(case) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("case", CASES, ids=_name)
def test_case(case: dict[str, Any], backend: str) -> None:
    words = vocabulary(DATA["types"], DATA["facts"])
    text = case["expr"]
    problems: list[Problem] = []
    found = read_expression(Fragment.whole("cases.yaml", text), words.scope(), problems)
    if "problem" in case:
        assert [problem.code for problem in problems] == [case["problem"]]
        where = problems[0].where
        assert where is not None
        assert text[where.start : where.end] == case.get("at", text[where.start : where.end])
        return
    assert found is not None, [(problem.code, dict(problem.fields)) for problem in problems]
    if "type" in case:
        assert say_type(found.type).en == case["type"]
    facts = words.values(case.get("facts", {}))
    value = BACKENDS[backend](found.core, facts, words.slots.count)
    _check(case, found, value, words)


def _check(case: dict[str, Any], found: Expression, value: Value, words: Vocabulary) -> None:
    if "is" in case:
        assert written(value, found.type) == expected(case["is"], found.type)
    elif "fault" in case:
        assert isinstance(value, Unknown)
        assert words.failed(value.causes)
        assert words.missing(value.causes) == []
    else:
        assert isinstance(value, Unknown), value
        assert words.missing(value.causes) == sorted(case["unknown"])
        if "within" in case or not isinstance(value, Partial):
            low, high = (None if end == "~" else Fraction(end) for end in case.get("within", ("~", "~")))
            assert (value.low, value.high) == (low, high)


def written(value: Value, of: Type) -> Any:
    """A value in the data file's form."""
    assert not isinstance(value, Unknown), value
    match of:
        case List(item=item):
            return [written(one, item) for one in value]
        case Number() | Ratio():
            assert isinstance(value, int | Decimal | Fraction)
            return Fraction(value)
        case _:
            return str(value)


def expected(text: Any, of: Type) -> Any:
    match of:
        case List(item=item):
            return [expected(one, item) for one in text]
        case Number() | Ratio():
            return Fraction(text)
        case Boolean():
            return text.capitalize()
        case _:
            return text
