"""Cases decided alone, and those that may meet under a limit together, come out as all of them decided at once."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from interpreter.decision.decide import decide_batch
from interpreter.decision.model import Decision
from interpreter.decision.rivals import decided_alone, together
from interpreter.problems import PolicyError
from interpreter.rulebook.model import Rulebook
from tests.conftest import FULL
from tests.decision import test_amount_limits as amounts
from tests.decision import test_limits_model as counts
from tests.decision.generated import facts, without
from tests.decision.policies import case_of, policy

Data = dict[str, Any]


def family(random: Random, number: int) -> Data:
    made = counts.case(random, number)
    made["family"]["id"] = random.choice("FGHIKLMNOPQR")
    for member in made["family"]["members"]:
        member["id"] = random.choice("abcdefghiklmnopqrstuvwxyz") + random.choice("123")
    return made


def household(random: Random, number: int) -> Data:
    trips = [
        amounts.trip(random.choice("abc"), random.choice((400, 1200, 2500, None)))
        for _ in range(random.randint(0, 3))
    ]
    return amounts.case(
        *trips, number=f"N{number}", day=f"{random.choice((2023, 2024))}-05-0{random.randint(1, 9)}",
        id=random.choice("FGHIKLMNOPQR"), best=random.random() < 0.5, prize=random.choice((500, 800)),
    )


BOOKS = {
    "counts": (policy("limits"), family), "cut": (amounts.book(), household),
    "refuse": (amounts.book("refuse"), household), "wait": (amounts.book("wait"), household),
    "ranked": (amounts.book("cut", ranked=True), household),
}


def apart(book: Rulebook, cases: list[Any]) -> tuple[list[Decision], list[list[int]]]:
    found, stands = zip(*(decided_alone(book, case) for case in cases), strict=True)
    decisions, groups = list(found), together(stands)
    for group in groups:
        for place, decision in zip(group, decide_batch(book, [cases[place] for place in group]), strict=True):
            decisions[place] = decision
    return decisions, groups


@pytest.mark.parametrize("name", BOOKS)
def test_together_is_who_may_meet(name: str) -> None:
    book, make = BOOKS[name]
    seen: Counter[str] = Counter()
    for seed in range(400 if FULL else 25):
        random = Random(seed)
        whole = [make(random, number) for number in range(random.randint(2, 9))]
        hidden = [
            without(data, random.sample(list(facts(data)), 1)) if random.random() < 0.3 else data for data in whole
        ]
        cases = [case_of(book, data) for data in hidden]
        decisions, groups = apart(book, cases)
        assert list(map(repr, decisions)) == list(map(repr, decide_batch(book, cases))), seed
        seen["alone"] += len(cases) - sum(map(len, groups))
        seen["together"] += sum(map(len, groups))
        alone = [decided_alone(book, case)[0] for case in cases]
        seen["changed"] += sum(repr(one) != repr(other) for one, other in zip(alone, decisions, strict=True))
    assert min(seen["alone"], seen["together"]) >= 15, seen
    assert seen["changed"] >= 3, seen


def test_a_part_that_is_not_known_meets_any() -> None:
    one, other = (("person", "a"), ("year", 2023)), (("person", "b"), ("year", 2023))
    assert together([{(0, one)}, {(0, other)}]) == []
    assert together([{(0, one)}, {(0, other)}, {(0, (("person", "a"),))}]) == [[0, 2]]
    assert together([{(0, one)}, {(0, other)}, {(0, (("year", 2023),))}]) == [[0, 1, 2]]
    assert together([{(0, one)}, {(1, one)}, {(0, ())}]) == [[0, 2]]
    assert together([{(0, (("person", "a"),))}, set(), {(0, (("year", 2023),))}]) == [[0, 2]]


def test_a_figure_that_differs_is_an_error_here_too() -> None:
    from tests.decision.generated import rulebook, worker_case

    book = rulebook()
    for seed in range(200):
        data = worker_case(seed)
        data["worker"]["insured_months"] = 999
        try:
            case = case_of(book, data)
        except AssertionError:
            continue
        try:
            decide_batch(book, [case])
        except PolicyError:
            with pytest.raises(PolicyError):
                decided_alone(book, case)
            return
    raise AssertionError("no figure differed")
