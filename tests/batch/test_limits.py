"""Limits over batches: what SQL says of the lines goes through them as in the interpreter, whatever limit it is, and no
case is assessed again for it."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest

from interpreter.batch.sql.batch import Batch, compile_batch
from interpreter.decision.ledger import Earlier
from interpreter.decision.verdict import verdict_batch
from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import disagreements, stored
from tests.conftest import FULL
from tests.decision import test_amount_limits as sums
from tests.decision import test_limits as counts
from tests.decision import test_limits_model as random_batches
from tests.decision.policies import case_of, policy

Data = dict[str, Any]


@cache
def compiled(rulebook: Rulebook) -> Batch:
    return compile_batch(rulebook)


def left(rulebook: Rulebook, cases: list[Data]) -> int:
    """How many cases the interpreter assessed, after every line has been found to be the same."""
    read = [case_of(rulebook, data) for data in cases]
    assert disagreements(rulebook, read, compiled(rulebook)) == []
    with stored(rulebook, read) as connection:
        return compiled(rulebook).run(connection, "cases")


MEMBERS = [counts.member(name) for name in "abc"]
UNKNOWN = counts.member(None)
OPEN = counts.member("a", fit=None)
EARLIER = [counts.earlier("head", family="F")]
BATCHES = {
    "fewer than there is room for": [counts.case("1", members=MEMBERS[:2])],
    "more than there is room for, in one case": [counts.case("1", members=MEMBERS)],
    "an open line before others": [counts.case("1", members=[OPEN, *MEMBERS[1:]])],
    "a list that is not known": [counts.case("1", members=None), counts.case("2", members=MEMBERS[:1])],
    "two cases that fill the room up": [counts.case("1", members=MEMBERS[:2]), counts.case("2", members=MEMBERS[2:])],
    "the later one is named first": [
        counts.case("1", "2024-05-02", members=MEMBERS[:2]), counts.case("2", "2024-05-01", members=MEMBERS),
    ],
    "a day that is not known": [
        counts.case("1", None, members=MEMBERS[:2]), counts.case("2", members=MEMBERS),  # type: ignore[arg-type]
    ],
    "a key that is not known": [counts.case("1", id=None, members=MEMBERS), counts.case("2", members=MEMBERS[:1])],
    "other families": [counts.case(str(n), id=f"F{n}", members=MEMBERS[:2]) for n in range(4)],
    "the higher of two": [counts.case("1", base=True, extra=True, plus=900)],
    "the higher of two, of which one is not known": [counts.case("1", base=True, extra=True, plus=None)],
    "the higher of two, of which one may be none": [counts.case("1", base=None, extra=True, plus=900)],
    "only what is claimed": [counts.case("1", members=MEMBERS, base=True, extra=True, claims=["head"])],
    "earlier grants": [counts.case("1", members=MEMBERS, history=EARLIER)],
    "as many earlier grants as there is room for": [counts.case("1", members=MEMBERS, history=EARLIER * 2)],
    "an earlier smaller grant": [
        counts.case("1", base=True, extra=True, plus=900, history=[counts.earlier("base", amount=100, family="F")]),
    ],
}


def given(data: Data) -> Data:
    """The case without what is not known."""
    return {name: {key: of for key, of in value.items() if of is not None} if isinstance(value, dict) else value
            for name, value in data.items()}


def members_given(data: Data) -> Data:
    family = data["family"]
    if "members" in family:
        family = family | {"members": [given({"of": one})["of"] for one in family["members"]]}
    return data | {"family": family}


@pytest.mark.parametrize("batch", BATCHES)
def test_on_how_many_lines(batch: str) -> None:
    cases = [members_given(given(data)) for data in BATCHES[batch]]
    for book in (counts.BOOK, _once()):
        assert left(book, cases) == 0


@cache
def _once() -> Rulebook:
    return policy("limits", counts.ONCE)


@pytest.mark.parametrize("ranked", [False, True])
@pytest.mark.parametrize("over", ["cut", "refuse", "wait"])
def test_on_what_lines_come_to(over: str, ranked: bool) -> None:
    random = Random(over)
    book = sums.book(over, ranked=ranked)
    for _ in range(300 if FULL else 6):
        batch = sums.random_batch(random)
        for case in batch:
            # now and then something is not known
            for trip in case["household"]["trips"]:
                for name in ("cost", "proven", "id"):
                    if random.random() < 0.06:
                        trip.pop(name)
            for record, name in (("household", "id"), ("household", "prize"), ("application", "filed_on")):
                if random.random() < 0.05:
                    case[record].pop(name, None)
        assert left(book, batch) == 0


def test_earlier_decisions_given_for_all_cases_turn_away_as_they_do_in_the_interpreter() -> None:
    book, seen = policy("limits"), 0
    batch = compile_batch(book)
    for seed in range(200 if FULL else 20):
        random = Random(seed)
        given = random_batches.history(random) + random_batches.history(random)
        given += [{"measure": "head", "key": {"family": "F"}}] * (seed % 3 == 0)
        data = [random_batches.case(random, number) for number in range(12)]
        cases = [case_of(book, one) for one in data]
        earlier = Earlier(case_of(book, data[0] | {"history": given}).history or ())
        assert disagreements(book, cases, batch, earlier) == [], seed
        seen += verdict_batch(book, cases) != verdict_batch(book, cases, earlier)
    assert seen >= 5
