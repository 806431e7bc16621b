"""The synthetic caseload: the same for the same seed, free of errors, decided without exception, and well mixed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from itertools import islice

import pytest

from examples.generate import MAKERS, caseload
from interpreter.cases.facts import read_plain
from interpreter.decision.decide import case_problems, decide
from tests.conftest import FULL
from tests.notice.places import NOTICE, ROOT, rulebook

COUNTS = {"worker": 100, "employer": 60, "agency": 50, "county": 60}
TIMES = 20 if FULL else 1


@pytest.fixture(scope="module")
def rules():
    return rulebook(NOTICE)


@pytest.fixture(scope="module", params=MAKERS)
def outcomes(request, rules):
    """A claimant, and how often each of its claimed measures or its duties came out how."""
    found: dict[str, Counter[str]] = {}
    for data in islice(caseload(7, request.param), COUNTS[request.param] * TIMES):
        for made in decision(data, rules).measures:
            if made.claimed or made.kind == "duty":
                found.setdefault(made.measure, Counter())[made.outcome] += 1
    return request.param, found


def decision(data, rules):
    """The decision of a case in which nothing is wrong."""
    problems = []
    case = read_plain(data, rules, problems)
    assert case is not None, problems
    assert [*problems, *case_problems(rules, case)] == []
    return decide(rules, case)


def test_every_measure_and_every_duty_occurs(outcomes, rules):
    claimant, found = outcomes
    measures = {name for name, measure in rules.measures.items() if measure.claimant == claimant}
    assert set(found) == measures | {name for name, duty in rules.duties.items() if duty.bearer == claimant}


def test_outcomes_are_well_mixed(outcomes):
    claimant, found = outcomes
    mix = sum(found.values(), Counter())
    share = {name: number / mix.total() for name, number in mix.items()}
    if claimant == "county":
        assert set(share) == {"met", "unmet", "pending", "unknown", "review"}
        return
    assert 0.3 < share["granted"] < 0.7
    assert 0.15 < share["refused"] < 0.45
    assert min(share["review"], share["incomplete"]) > 0.02
    assert share["referred"] > (0.001 if claimant == "employer" else 0.02)


def test_all_claimants_together(rules):
    seen = Counter()
    for data in islice(caseload(1), 100 * TIMES):
        decision(data, rules)
        seen.update(set(data) & set(MAKERS))
    assert set(seen) == set(MAKERS)
    assert seen["worker"] > seen["agency"] + seen["employer"] > 0


def test_a_case_does_not_depend_on_how_many_follow():
    command = [sys.executable, str(ROOT / "examples" / "generate.py"), "--seed", "3", "--count"]
    few, more = (subprocess.run([*command, n], capture_output=True, check=True).stdout for n in ("5", "20"))
    assert more.startswith(few)
    assert len(few.splitlines()) == 5
    assert [json.loads(line) for line in more.splitlines()] == list(islice(caseload(3), 20))
    assert list(islice(caseload(4), 5)) != list(islice(caseload(3), 5))


@pytest.mark.parametrize("claimant", MAKERS)
def test_one_claimant_alone(claimant):
    assert all(claimant in data for data in islice(caseload(1, claimant), 20))


def test_nobody_in_it_is_real_and_no_number_occurs_twice():
    text = "\n".join(json.dumps(data) for data in islice(caseload(1), 300))
    numbers = re.findall(r'"id": "(\d{17}[\dX])"', text)
    assert len(numbers) > 400
    assert all(996 <= int(number[14:17]) <= 999 for number in numbers)
    assert len(set(re.findall(r'"number": "(\d{4}-\d{6})"', text))) == text.count('"filed_on"')
    assert len(numbers) == len(set(numbers))
