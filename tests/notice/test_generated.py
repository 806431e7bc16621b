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

COUNT = 5_000 if FULL else 400


@pytest.fixture(scope="module")
def outcomes():
    """How often each claimed measure, and each duty, came out how, by claimant."""
    rules = rulebook(NOTICE)
    found: dict[str, Counter[str]] = {claimant: Counter() for claimant in MAKERS}
    measures: dict[str, Counter[str]] = {}
    for data in islice(caseload(7), COUNT):
        problems = []
        case = read_plain(data, rules, problems)
        assert case is not None, problems
        assert problems == []
        assert case_problems(rules, case) == []
        claimant = next(name for name in MAKERS if name in data)
        for made in decide(rules, case).measures:
            if made.claimed or claimant == "county":
                found[claimant][made.outcome] += 1
                measures.setdefault(made.measure, Counter())[made.outcome] += 1
    return found, measures


def test_every_measure_and_every_duty_occurs(outcomes):
    rules = rulebook(NOTICE)
    assert set(outcomes[1]) == {*rules.measures, *rules.duties}


@pytest.mark.parametrize("claimant", ["worker", "employer", "agency"])
def test_outcomes_are_well_mixed(claimant, outcomes):
    mix = outcomes[0][claimant]
    share = {name: number / mix.total() for name, number in mix.items()}
    assert 0.25 < share["granted"] < 0.75
    assert 0.05 < share["refused"] < 0.5
    assert share["incomplete"] > 0.02
    assert share["review"] > 0.02
    if claimant != "employer":
        assert share["referred"] > 0.01


def test_duties_are_met_unmet_pending_and_unknown(outcomes):
    assert set(outcomes[0]["county"]) >= {"met", "unmet", "pending", "review"}


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
    people = [number for number in numbers]
    assert len(people) == len(set(people))
