"""The law of knowledge on generated cases of every claimant and bearer, all measures and duties at once: withholding
facts leaves a final answer as it is or opens it, and what an open line then asks for settles it again."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random
from typing import Any

import pytest

from examples.generate import caseload
from interpreter.cases.facts import read_plain
from interpreter.decision.decide import case_problems, decide
from interpreter.decision.model import Decision, Line, MeasureDecision
from interpreter.language.values import plain
from interpreter.problems import Problem
from tests.conftest import FULL
from tests.decision.generated import Data, facts, still_without, without
from tests.notice.places import NOTICE, rulebook

CASES = 5000 if FULL else 150
FINAL = ("granted", "refused", "referred", "met", "unmet")
OPEN = ("incomplete", "review", "unknown")


@pytest.fixture(scope="module")
def rules():
    return rulebook(NOTICE)


def decided(data: Data, rules: Any) -> Decision | None:
    """None where what was withheld leaves no case (a claimant without its number)."""
    problems: list[Problem] = []
    case = read_plain(data, rules, problems)
    if case is None:
        return None
    assert case_problems(rules, case) == []
    return decide(rules, case)


def key(line: Line) -> tuple[Any, ...]:
    return tuple(plain(part.value) for part in line.key)


def became(old: Line, before: MeasureDecision, after: MeasureDecision) -> list[Line]:
    """What a line became with less known: the line of its key; else, where the measure was or is decided as a whole,
    or nobody can name its members any more, the lines that stand for it."""
    same = [line for line in after.lines if key(line) == key(old)]
    if same:
        return same
    if len(before.lines) == len(after.lines):
        return [after.lines[before.lines.index(old)]]
    return [line for line in after.lines if not line.key] or list(after.lines)


def test_the_law_on_cases_of_all_claimants(rules):
    random = Random(11)
    seen: Counter[str] = Counter()
    for data in islice(caseload(5), CASES):
        whole = decided(data, rules)
        assert whole is not None
        places = facts(data)
        removed = random.sample(places, random.randint(1, min(6, len(places))))
        less = decided(without(data, removed), rules)
        if less is None:
            seen["no case"] += 1
            continue
        now = {measure.measure: measure for measure in less.measures}
        for measure in whole.measures:
            # without its record's last fact a claimant is not there at all
            if measure.measure not in now:
                continue
            for old in measure.lines:
                if old.outcome not in FINAL:
                    continue
                for new in became(old, measure, now[measure.measure]):
                    kept = (old.outcome, old.amount) == (new.outcome, new.amount)
                    assert kept or new.outcome in OPEN, (data, removed, measure.measure, old.outcome, new.outcome)
                    seen["kept" if kept else "opened"] += 1
        settle(data, removed, whole, less, rules, seen)
    assert seen["kept"] > 2 * CASES
    assert seen["opened"] > CASES / 4
    assert seen["settled"] > CASES / 8
    assert seen["no case"] < CASES / 4


def settle(data: Data, removed: list[Any], whole: Decision, less: Decision, rules: Any, seen: Counter[str]) -> None:
    """Gives the claimed measures' open lines what they ask for: then none asks for more, where the whole case does not.

    Where a figure was withheld that the case gave in place of what the rules compute, they ask for what it is computed
    from, which the whole case does not have either.
    """
    figures = {name for name, definition in rules.definitions.items() if definition.may_be_provided}
    if any(path[-1] in figures for path in removed):
        return
    for before in whole.measures:
        now = next((m for m in less.measures if m.measure == before.measure), None)
        if now is None or not now.claimed or now.outcome != "incomplete" or before.missing:
            continue
        asked = {missing.path for missing in now.missing}
        found = decided(without(data, still_without(removed, asked)), rules)
        assert found is not None
        (again,) = (m for m in found.measures if m.measure == before.measure)
        assert not again.missing, (data, removed, before.measure, asked, again.missing)
        seen["settled"] += 1
