"""Limits by brute force: against a plain sequential model on random batches of whole cases, and the law of knowledge
on cases with facts withheld, where two limits meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

from interpreter.decision.decide import decide_batch
from interpreter.decision.ledger import Earlier
from interpreter.decision.model import Decision, Line
from interpreter.decision.report import to_json
from tests.conftest import FULL
from tests.decision.generated import Place, facts, schema_path, still_without, without
from tests.decision.policies import case_of, decide_all, decide_one, policy

BOOK = policy("limits")
FINAL = ("granted", "refused", "referred")
ROOM = {"东": 1, "西": 2}


def family(random: Random, members: int = 4) -> dict[str, Any]:
    people = [
        {"id": random.choice("abcdef"), "fit": random.random() < 0.8, "local": random.random() < 0.9}
        for _ in range(random.randint(0, members))
    ]
    return {
        "id": random.choice("FG"), "name": "甲", "office": random.choice("东西"), "base": random.random() < 0.6,
        "extra": random.random() < 0.6, "plus": random.choice((400, 500, 800)), "members": people,
    }


def history(random: Random) -> list[dict[str, Any]]:
    found = []
    for number in range(random.choice((0, 0, 1, 2))):
        measure = random.choice(("base", "extra", "head"))
        key = {"family": random.choice("FG"), **({"one": random.choice("abcdef")} if measure == "head" else {})}
        amount = {"base": 500, "head": 200}.get(measure, random.choice((400, 500, 800)))
        found.append({"measure": measure, "key": key, "amount": amount, "number": f"旧{number}"})
    return found


def case(random: Random, number: int = 1, *, alone: bool = False) -> dict[str, Any]:
    claims = random.choice((["base"], ["extra", "head"], ["base", "extra", "head"], None))
    return {
        "application": {"number": f"N{number}", "filed_on": f"2024-05-0{random.randint(1, 3)}"},
        "family": family(random, 3 if alone else 4), "history": history(random),
        **({} if claims is None else {"claims": claims}),
    }


@dataclass(slots=True, eq=False)
class Entry:
    """A line, or an earlier grant, of the model."""

    measure: str
    family: str
    person: str | None
    amount: int
    claimed: bool
    outcome: str


LIMITS: tuple[tuple[tuple[str, ...], bool, bool], ...] = (
    (("head",), True, False), (("head", "extra"), False, False), (("base", "extra"), False, True),
)
"""Measures, whether the key is the person (else the family), whether the highest is kept; in order."""


def model(cases: list[dict[str, Any]]) -> list[list[str]]:
    """The outcomes of every case's lines, base, extra and people in order, by going through the batch once."""
    register: list[Entry] = []
    outcomes: dict[int, list[str]] = {}
    order = sorted(range(len(cases)), key=lambda i: (cases[i]["application"]["filed_on"], f"N{i}"))
    for i in order:
        earlier = [
            Entry(e["measure"], e["key"]["family"], e["key"].get("one"), e["amount"], True, "granted")
            for e in cases[i]["history"]
        ] + register
        lines = own_lines(cases[i])
        for measures, by_person, highest in LIMITS:
            room = 1 if by_person or highest else ROOM[cases[i]["family"]["office"]]
            ranked = [line for line in lines if line.measure in measures and line.outcome in ("granted", "review")]
            ranked.sort(key=lambda line: (not line.claimed, -line.amount if highest else 0))
            passed: list[Entry] = []
            for line in ranked:
                rivals = [
                    other for other in [*earlier, *passed] if other.measure in measures
                    and (other.person == line.person if by_person else other.family == line.family)
                ]
                limited(line, rivals, room, highest)
                if line.outcome != "refused":
                    passed.append(line)
        outcomes[i] = [line.outcome for line in lines]
        register += [line for line in lines if line.claimed and line.outcome in ("granted", "review")]
    return [outcomes[i] for i in range(len(cases))]


def own_lines(case: dict[str, Any]) -> list[Entry]:
    of, claims = case["family"], case.get("claims")
    claimed = {name: claims is None or name in claims for name in ("base", "extra", "head")}
    found = [Entry("base", of["id"], None, 500, claimed["base"], "granted" if of["base"] else "refused"),
             Entry("extra", of["id"], None, of["plus"], claimed["extra"], "granted" if of["extra"] else "refused")]
    for one in of["members"]:
        outcome = "referred" if not one["local"] else "granted" if one["fit"] else "refused"
        found.append(Entry("head", of["id"], one["id"], 200, claimed["head"], outcome))
    return found


def limited(line: Entry, rivals: list[Entry], room: int, highest: bool) -> None:
    sure = [other for other in rivals if other.outcome == "granted"]
    if len(sure) >= room:
        higher = [other for other in sure if other.amount >= line.amount]
        line.outcome = "review" if highest and len(higher) < room else "refused"
    elif len(rivals) >= room:
        line.outcome = "review"


def found_outcomes(decision: Decision) -> list[str]:
    by_name = {measure.measure: [line.outcome for line in measure.lines] for measure in decision.measures}
    return [*by_name["base"], *by_name["extra"], *by_name["head"]]


def test_batches_come_out_as_the_sequential_model_says() -> None:
    seen: Counter[str] = Counter()
    displaced = 0
    for seed in range(2000 if FULL else 150):
        random = Random(seed)
        cases = [case(random, number) for number in range(random.randint(1, 5))]
        decisions = decide_all(BOOK, cases)
        found, expected = [found_outcomes(decision) for decision in decisions], model(cases)
        assert found == expected, (seed, cases)
        seen.update(outcome for outcomes in found for outcome in outcomes)
        displaced += sum(len(line.adjustments) for d in decisions for m in d.measures for line in m.lines)
    assert all(seen[outcome] >= 50 for outcome in ("granted", "refused", "referred", "review")), seen
    assert displaced >= 400, displaced


def test_earlier_decisions_given_for_all_are_as_if_every_case_had_them() -> None:
    for seed in range(1000 if FULL else 100):
        random = Random(seed)
        given = history(random) + history(random)
        cases = [case(random, number) for number in range(random.randint(1, 5))]
        each = decide_all(BOOK, [data | {"history": data["history"] + given} for data in cases])
        read_in = case_of(BOOK, cases[0] | {"history": given}).history
        together = decide_batch(BOOK, [case_of(BOOK, data) for data in cases], Earlier(read_in or ()))
        assert [found_outcomes(one) for one in together] == [found_outcomes(one) for one in each], (seed, cases)
        for data, one, other in zip(cases, together, each, strict=True):
            # with both, which of two rivals is named may differ: a case's own come first
            assert data["history"] or to_json(one, BOOK) == to_json(other, BOOK), (seed, data)


def test_the_law_of_knowledge_under_two_limits() -> None:
    changes: Counter[tuple[str, str]] = Counter()
    given: Counter[str] = Counter()
    for seed in range(400 if FULL else 40):
        random = Random(seed)
        whole = case(random, alone=True)
        # whose case it is, and when it was filed, stays: without it everything is asked
        known = [path for path in facts(whole) if path[0] == "family" and path[1:] not in (("name",),)]
        before = _lines(decide_one(BOOK, whole))
        for _ in range(25):
            removed = random.sample(known, random.randint(1, min(6, len(known))))
            after = _lines(decide_one(BOOK, without(whole, removed)))
            _compare(whole, removed, before, after, changes)
            _give(whole, removed, after, given)
    kept = sum(n for (old, new), n in changes.items() if old == new)
    opened = sum(n for (old, new), n in changes.items() if old in FINAL and new not in FINAL)
    assert min(kept, opened, given.total()) >= 300, (changes, given)


def _lines(decision: Decision) -> dict[str, list[Line]]:
    return {measure.measure: list(measure.lines) for measure in decision.measures}


def _compare(
    whole: Any, removed: list[Place], before: dict[str, list[Line]], after: dict[str, list[Line]],
    changes: Counter[tuple[str, str]],
) -> None:
    for name, olds in before.items():
        news = after[name]
        if ("family", "members") in removed and name == "head":
            assert [(line.key, line.outcome) for line in news] == [((), "incomplete")], (whole, removed)
            continue
        for old, new in zip(olds, news, strict=True):
            changes[old.outcome, new.outcome] += 1
            if old.outcome in FINAL and new.outcome not in ("incomplete", "review"):
                assert (old.outcome, old.amount) == (new.outcome, new.amount), (whole, removed, name, old.key)


def _give(whole: Any, removed: list[Place], after: dict[str, list[Line]], given: Counter[str]) -> None:
    for name, lines in after.items():
        for number, line in enumerate(lines):
            if line.outcome != "incomplete":
                continue
            asked = {fact.path for fact in line.missing}
            assert asked, (whole, removed, name, line.key)
            assert asked <= {schema_path(path) for path in removed}, (whole, removed, asked)
            left = still_without(removed, asked)
            found = _lines(decide_one(BOOK, without(whole, left)))[name]
            for now in found if not line.key and name == "head" else [found[number]]:
                given[now.outcome] += 1
                assert now.outcome != "incomplete", (whole, removed, name, line.key, asked, now.missing)
