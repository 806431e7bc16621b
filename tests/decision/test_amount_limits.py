"""Limits on amounts and limits with an order of their own: against a plain sequential model on random batches of whole
cases, the law of knowledge by brute force, and what is said of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from interpreter.assurance.policy_tests import run_policy_tests
from interpreter.decision.model import Decision, Line
from interpreter.decision.report import render_text, render_why, to_json
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook
from tests.conftest import FULL
from tests.decision.policies import (
    GOOD,
    decide_all,
    decide_one,
    line_of,
    lines_of,
    measure_of,
    missing,
    open_points,
    outcomes,
    policy,
)
from tests.decision.test_json import SCHEMA

Data = dict[str, Any]
FINAL = ("granted", "refused", "referred")
CAP = 3000


@cache
def book(over: str = "cut", *, ranked: bool = False) -> Rulebook:
    """The small policy, with a limit that cuts, refuses or lets wait, in the policy's order or by the smallest sum."""
    order = "    order: [household.prize, application.number]\n" if ranked else ""
    return policy("household", ("policy.yaml", "    over: cut\n", f"    over: {over}\n{order}"))


def trip(id: str, cost: int | None, proven: bool | None = True) -> Data:
    return {"id": id, "cost": cost, "proven": proven}


def case(
    *trips: Data, number: str = "N1", day: str = "2023-05-01", history: Any = (), claims: Any = None, **household: Any
) -> Data:
    whole = {
        "id": "H1", "name": "甲", "office": "东", "trips": list(trips), "best": False, "prize": 800,
        "moved_in": "2020-01-01", "leaves": "2024-01-31",
    }
    return {
        "application": {"number": number, "filed_on": day}, "household": whole | household, "history": list(history),
        **({} if claims is None else {"claims": claims}),
    }


def earlier(amount: int | None, year: int = 2023, number: str = "旧1", **key: Any) -> Data:
    entry: Data = {"measure": "travel", "key": {"household": "H1", "year": year} | key, "number": number}
    return entry if amount is None else entry | {"amount": amount}


def granted(decision: Decision, name: str = "travel") -> dict[Any, tuple[str, str]]:
    return {key: (line.outcome, str(line.amount)) for key, line in lines_of(decision, name).items()}


def test_the_policy_tests_of_the_small_notice() -> None:
    problems: list[Problem] = []
    results = run_policy_tests(GOOD / "household", problems)
    assert problems == []
    assert len(results) == 5
    assert [(result.name, result.differences) for result in results if not result.passed] == []


# ---- one by one


@pytest.mark.parametrize(("over", "second", "third"), [
    ("cut", ("granted", "900.00"), ("refused", "0.00")),
    ("refuse", ("refused", "0.00"), ("refused", "0.00")),
    ("wait", ("review", "0.00"), ("review", "0.00")),
])
def test_what_becomes_of_a_line_that_does_not_fit(over: str, second: Any, third: Any) -> None:
    """The third would fit where the second did not; it is not paid in its stead."""
    found = decide_one(book(over), case(trip("A", 2100), trip("B", 2100), trip("C", 500)))
    assert granted(found) == {"A": ("granted", "2100.00"), "B": second, "C": third}


def test_no_later_case_is_paid_where_one_did_not_fit() -> None:
    cases = [case(trip("A", 2900)), case(trip("B", 200), number="N2"), case(trip("C", 50), number="N3")]
    for over, expected in (("refuse", ["granted", "refused", "refused"]), ("cut", ["granted", "granted", "refused"]),
                           ("wait", ["granted", "review", "review"])):
        assert [measure_of(found, "travel").outcome for found in decide_all(book(over), cases)] == expected


def test_what_a_line_is_cut_by_is_told() -> None:
    found = decide_one(book(), case(trip("A", 2100), trip("B", 2100), history=[earlier(500)]))
    [adjustment] = line_of(found, "travel", "B").adjustments
    assert (adjustment.outcome_before, adjustment.outcome_after) == ("granted", "granted")
    assert [str(at) for at in (adjustment.amount_before, adjustment.amount_after)] == ["2100.00", "400.00"]
    assert [str(at) for at in (adjustment.cap, adjustment.used)] == ["3000.00", "2600.00"]
    assert not line_of(found, "travel", "A").adjustments
    assert measure_of(found, "travel").amount == found.total == Decimal("2500.00")


def test_a_refused_line_has_a_finding_named_like_the_limit() -> None:
    found = decide_one(book("refuse"), case(trip("A", 3001)))
    line = line_of(found, "travel", "A")
    assert [(f.requirement, f.state, f.decided, f.limit) for f in line.findings if f.limit] == [
        ("household_year", "not met", True, True)
    ]
    assert (line.adjustments[0].cap, line.adjustments[0].used) == (Decimal(CAP), Decimal(0))


def test_one_that_waits_is_a_persons_to_judge() -> None:
    found = decide_one(book("wait"), case(trip("A", 3001)))
    line = line_of(found, "travel", "A")
    assert (line.outcome, missing(line), open_points(line)) == ("review", set(), set())
    assert line.potential == 3001
    assert [(f.state, f.otherwise) for f in line.findings if f.limit] == [("not met", "review")]


def test_history_counts_by_its_key() -> None:
    other_year, other_house = earlier(3000, 2022), earlier(3000, household="H2")
    found = decide_one(book(), case(trip("A", 3000), history=[other_year, other_house]))
    assert granted(found) == {"A": ("granted", "3000.00")}
    assert granted(decide_one(book(), case(trip("A", 3000), history=[earlier(3000)])))["A"] == ("refused", "0.00")


@pytest.mark.parametrize("over", ["cut", "refuse", "wait"])
def test_an_earlier_grant_without_an_amount_leaves_it_to_a_person(over: str) -> None:
    found = decide_one(book(over), case(trip("A", 10), history=[earlier(None)]))
    line = line_of(found, "travel", "A")
    assert (line.outcome, missing(line)) == ("review", set())
    assert line.adjustments[0].earlier == "旧1"


def test_what_is_used_up_is_used_up_whatever_else_is_unknown() -> None:
    found = decide_one(book(), case(trip("A", 10), history=[earlier(3000), earlier(None)]))
    assert outcomes(found, "travel") == {"A": "refused"}


def test_a_rival_that_may_take_room_holds_the_line_with_its_facts() -> None:
    found = decide_one(book(), case(trip("A", 2100, None), trip("B", 900), trip("C", 2000)))
    assert outcomes(found, "travel") == {"A": "incomplete", "B": "granted", "C": "incomplete"}
    held = line_of(found, "travel", "C")
    assert missing(held) == {"household.trips.proven"}
    assert held.potential == 2000


def test_a_rival_of_unknown_amount_may_take_everything() -> None:
    found = decide_one(book(), case(trip("A", None), trip("B", 1)))
    assert outcomes(found, "travel") == {"A": "incomplete", "B": "incomplete"}
    assert missing(line_of(found, "travel", "B")) == {"household.trips.cost"}


def test_a_rival_of_another_case_holds_it_without_its_facts() -> None:
    found = decide_all(book(), [case(trip("A", 2900, None)), case(trip("B", 900), number="N2")])
    line = line_of(found[1], "travel", "B")
    assert (line.outcome, missing(line)) == ("review", set())


def test_what_nobody_claims_takes_no_room_of_what_is_claimed() -> None:
    found = decide_one(book(), case(trip("A", 2900), best=True, claims=["travel"]))
    assert measure_of(found, "travel").amount == 2900
    assert measure_of(found, "award").amount == 100


def test_a_grant_may_wait_as_well_as_a_sum() -> None:
    count = ("policy.yaml", "    amount: household_cap\n", "    grants: 1\n")
    waits = policy("household", count, ("policy.yaml", "    over: cut\n", "    over: wait\n"))
    found = decide_one(waits, case(trip("A", 1), trip("B", 1)))
    assert outcomes(found, "travel") == {"A": "granted", "B": "review"}


# ---- the sequential model


class Entry:
    """A line of the model."""

    def __init__(self, data: Data, measure: str, amount: int, own: bool) -> None:
        household, claims = data["household"], data.get("claims")
        self.key = (household["id"], data["application"]["filed_on"][:4])
        self.place = (data["application"]["filed_on"], data["application"]["number"])
        self.prize = household["prize"]
        self.claimed = claims is None or measure in claims
        self.amount, self.outcome = amount, "granted" if own else "refused"

    def take(self, left: int, shut: bool, over: str) -> tuple[int, bool]:
        """What is left after it, and whether nothing more may be paid."""
        if self.outcome != "granted":
            self.amount = 0
        elif shut or self.amount > left:
            if over == "cut" and left > 0:
                self.amount = left
            else:
                self.amount, self.outcome = 0, "review" if over == "wait" else "refused"
                return left, shut or over != "cut"
        return left - self.amount, shut


def model(cases: list[Data], over: str, *, ranked: bool) -> list[list[tuple[str, int]]]:
    """Outcome and amount of every case's award and trips, by going through the lines once."""
    lines = []
    for data in cases:
        of = data["household"]
        lines.append([Entry(data, "award", of["prize"], of["best"]),
                      *(Entry(data, "travel", one["cost"], one["proven"]) for one in of["trips"])])
    before: dict[tuple[int, Any], int] = {}
    for i, data in enumerate(cases):
        for entry in data["history"]:
            at = (i, (entry["key"]["household"], str(entry["key"]["year"])))
            before[at] = before.get(at, 0) + entry["amount"]
    places = sorted(range(len(cases)), key=lambda i: lines[i][0].place)
    if ranked:
        groups = [[(i, line) for i in places for line in lines[i] if line.claimed]]
        groups[0].sort(key=lambda pair: (pair[1].prize, pair[1].place[1]))
        groups += [[(i, line) for line in lines[i] if not line.claimed] for i in places]
    else:
        groups = [[(i, line) for line in lines[i] if line.claimed is own] for i in places for own in (True, False)]
    taken: dict[Any, int] = {}
    closed: set[Any] = set()
    for group in groups:
        trial: dict[Any, tuple[int, bool]] = {}
        for i, line in group:
            used = taken.get(line.key, 0) + before.get((i, line.key), 0)
            if line.claimed:
                _, shut = line.take(CAP - used, line.key in closed, over)
                taken[line.key] = taken.get(line.key, 0) + line.amount
                closed |= {line.key} if shut else set()
            else:
                spent, shut = trial.get(line.key, (0, line.key in closed))
                _, shut = line.take(CAP - used - spent, shut, over)
                trial[line.key] = (spent + line.amount, shut)
    return [[(line.outcome, line.amount) for line in its] for its in lines]


def random_batch(random: Random) -> list[Data]:
    """Cases that all tell the same of what was granted before."""
    history = [
        earlier(random.choice((0, 200, 1500)), random.choice((2023, 2024)), household=random.choice(("H1", "H2")))
        for _ in range(random.choice((0, 0, 1, 3)))
    ]
    return [_random_case(random, number, history) for number in range(random.randint(1, 5))]


def _random_case(random: Random, number: int, history: list[Data]) -> Data:
    trips = [
        trip(id, random.choice((0, 300, 700, 1100, 2000, 3000)), random.random() < 0.8)
        for id in "ABCD"[: random.randint(0, 4)]
    ]
    return case(
        *trips, number=f"N{number}", day=f"202{random.choice('334')}-05-0{random.randint(1, 3)}", history=history,
        claims=random.choice((None, ["travel"], ["award"], ["award", "travel"])), id=random.choice(("H1", "H2")),
        best=random.random() < 0.5, prize=random.choice((100, 800, 1500)),
    )


@pytest.mark.parametrize("ranked", [False, True])
@pytest.mark.parametrize("over", ["cut", "refuse", "wait"])
def test_batches_come_out_as_the_sequential_model_says(over: str, ranked: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in range(1000 if FULL else 60):
        cases = random_batch(Random(seed))
        found = []
        for decision in decide_all(book(over, ranked=ranked), cases):
            by_name = {measure.measure: measure.lines for measure in decision.measures}
            lines = [*by_name["award"], *by_name["travel"]]
            found.append([(line.outcome, int(line.amount or 0)) for line in lines])
            seen.update(made.outcome_after for line in lines for made in line.adjustments)
        assert found == model(cases, over, ranked=ranked), (seed, cases)
    assert seen[{"cut": "granted", "refuse": "refused", "wait": "review"}[over]] >= 20, seen


# ---- the law of knowledge

State = tuple[Any, ...]
"""Cost and proof of two trips, the award, the prize; None is not known."""
VALUES: tuple[tuple[Any, ...], ...] = (
    (1000, 2500), (True, False), (800, 2500), (True, False), (True, False), (400, 3100),
)


@cache
def decided(over: str, state: State) -> dict[Any, Line]:
    first, first_proven, second, second_proven, best, prize = state
    data = case(trip("A", first, first_proven), trip("B", second, second_proven), best=best, prize=prize)
    found = decide_one(book(over), data)
    return {(name, key): line for name in ("award", "travel") for key, line in lines_of(found, name).items()}


def completions(state: State) -> Iterator[State]:
    return product(*(given if at is None else (at,) for at, given in zip(state, VALUES, strict=True)))


@pytest.mark.parametrize("over", ["cut", "refuse", "wait"])
def test_more_knowledge_never_turns_a_final_answer(over: str) -> None:
    wrong, final = [], 0
    for state in product(*((None, *given) for given in VALUES)):
        for key, line in decided(over, state).items():
            if None not in state:
                assert line.outcome != "incomplete"
            if line.outcome in FINAL:
                final += None in state
                for whole in completions(state):
                    after = decided(over, whole)[key]
                    if (after.outcome, after.amount) != (line.outcome, line.amount):
                        wrong.append((state, key, line.outcome, line.amount, whole, after.outcome, after.amount))
            elif line.outcome == "incomplete":
                assert line.missing, (state, key)
    assert not wrong, (len(wrong), wrong[:3])
    assert final > 300


@pytest.mark.parametrize("over", ["cut", "refuse", "wait"])
def test_what_is_asked_for_decides(over: str) -> None:
    fields = ("trips.cost", "trips.proven", "trips.cost", "trips.proven", "best", "prize")
    for state in product(*((None, *given) for given in VALUES)):
        for key, line in decided(over, state).items():
            asked = {path.removeprefix("household.") for path in missing(line)}
            assert asked <= {field for field, at in zip(fields, state, strict=True) if at is None}
            if asked:
                for whole in completions(state):
                    parts = zip(fields, state, whole, strict=True)
                    given = tuple(full if field in asked else at for field, at, full in parts)
                    assert decided(over, given)[key].outcome != "incomplete", (state, key, asked, given)


# ---- an order of its own


def test_an_order_of_its_own_ranks_the_whole_batch() -> None:
    cases = [case(trip("A", 2000), prize=900), case(trip("B", 2000), number="N2", prize=100)]
    first, second = decide_all(book(ranked=True), cases)
    assert granted(first) == {"A": ("granted", "1000.00")}
    assert granted(second) == {"B": ("granted", "2000.00")}
    unranked = decide_all(book(), cases)
    assert [str(measure_of(found, "travel").amount) for found in unranked] == ["2000.00", "1000.00"]


def test_a_line_of_unknown_rank_is_held_and_holds_those_after_it() -> None:
    cases = [case(trip("A", 2000), prize=None, claims=["travel"]),
             case(trip("B", 2000), number="N2", prize=100, claims=["travel"])]
    first, second = decide_all(book(ranked=True), cases)
    assert (outcomes(first, "travel"), outcomes(second, "travel")) == ({"A": "incomplete"}, {"B": "review"})
    assert missing(line_of(first, "travel", "A")) == {"household.prize"}
    assert missing(line_of(second, "travel", "B")) == set()


# ---- entitlements and what is shown


def test_an_entitlement_has_its_span_and_its_scheme() -> None:
    decision = decide_one(book(), case(trip("A", 1), trip("B", 1)))
    [line] = measure_of(decision, "card").lines
    assert line.during is not None
    assert (line.outcome, line.amount) == ("granted", None)
    page = render_text(decision, book(), "zh")
    assert "自 2020-01-01 至 2024-01-31" in page
    assert "优待乘车证办法（公交公司）" in page
    assert "自 2020-01-01 起" in render_text(
        decide_one(book(), case(trip("A", 1), trip("B", 1), leaves="未迁出")), book(), "zh"
    )


def test_a_span_that_is_not_known_is_asked_for() -> None:
    found = measure_of(decide_one(book(), case(trip("A", 1), trip("B", 1), leaves=None)), "card")
    assert (found.outcome, missing(found)) == ("incomplete", {"household.leaves"})
    refused = measure_of(decide_one(book(), case(trip("A", 1), leaves=None)), "card")
    assert (refused.outcome, refused.lines[0].during) == ("refused", None)


def test_the_report_tells_the_cap_and_what_is_left() -> None:
    data = case(trip("A", 2100), trip("B", 2100), history=[earlier(500)])
    decision = decide_one(book(), data)
    zh, en = (" ".join(render_text(decision, book(), language).split()) for language in ("zh", "en"))
    assert "限额以后 准予 400.00 元， 上限 3,000.00 元，此前已用 2,600.00 元，尚余 400.00 元" in zh
    assert "cap CNY 3,000.00, used before CNY 2,600.00, left CNY 400.00" in en
    why = "".join(render_why(decision, book(), "travel", "zh").split())
    assert "上限3,000.00元，此前已用2,600.00元，尚余400.00元" in why
    shaped = json.loads(to_json(decision, book()))
    Draft202012Validator(SCHEMA).validate(shaped)
    [told] = shaped["measures"][2]["lines"][1]["adjustments"]
    assert (told["cap"], told["used"], told["amount_after"]) == ("3000.00", "2600.00", "400.00")
