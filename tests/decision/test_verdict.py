"""Verdicts are the decisions without their reasons: the same outcomes, amounts, states and missing facts."""

from __future__ import annotations

from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from examples.generate import caseload
from interpreter.cases.facts import read_plain
from interpreter.decision.decide import decide, decide_batch
from interpreter.decision.judge import state_word
from interpreter.decision.verdict import verdict, verdict_batch
from interpreter.rulebook.load import load
from tests.conftest import FULL
from tests.decision import small

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "benchmarks" / "sample"
NOTICE = ROOT / "policy" / "shaoxing-labour-cooperation-2021"

APPLICATION = {"number": "1", "filed_on": "2023-06-01"}
WORKER = {
    "id": "1", "home": "ashby", "town": "northport", "in_need": True, "arrived_on": "2022-01-10", "insured_months": 12,
    "continuous_months": 12, "employed": True, "level": "middle", "trade": "welder", "rents": True, "rent_months": 10,
    "had_start": False, "had_travel": True, "had_skills": False,
}


@cache
def rules(folder):
    problems = []
    found = load(folder, problems)
    assert found is not None, problems
    return found


def case(book, data):
    problems = []
    found = read_plain(data, book, problems)
    assert found is not None, problems
    return found


def decided(decision):
    return [
        (
            made.measure, line.outcome, line.amount,
            tuple((one.requirement, one.state) for one in line.findings if not one.limit), line.missing,
            line.open_points,
        )
        for made in decision.measures if made.kind != "duty" for line in made.lines
    ]


def told(verdicts):
    return [
        (
            one.measure, one.outcome, one.amount,
            tuple(zip(one.requirements, map(state_word, one.states), strict=True)), one.missing, one.open_points,
        )
        for one in verdicts
    ]


def same(book, data):
    one = case(book, data)
    found = told(verdict(book, one))
    assert found == decided(decide(book, one))
    return found


@pytest.mark.parametrize(
    "absent", [(), *((name,) for name in WORKER if name != "id"), ("level", "rent_months", "home")]
)
def test_a_plain_policy(absent):
    worker = {name: value for name, value in WORKER.items() if name not in absent}
    same(rules(SAMPLE), {"application": APPLICATION, "worker": worker})


def test_claimed_measures_come_first():
    data = {"application": APPLICATION, "worker": WORKER, "claims": ["rent"]}
    assert [line[0] for line in same(rules(SAMPLE), data)][:2] == ["rent", "placement"]


def test_a_missing_day_leaves_the_figures_open():
    found = same(rules(SAMPLE), {"application": {"number": "1"}, "worker": WORKER})
    assert "incomplete" in {line[1] for line in found}


def test_a_policy_with_referrals_and_reviews():
    book = small.rulebook()
    for state in islice(small.families(partial=True), 0, None, 1 if FULL else 29):
        one = small.case_of(state)
        assert told(verdict(book, one)) == decided(decide(book, one))


@pytest.mark.parametrize("claimant", ["worker", "employer", "agency", "county"])
def test_the_notice_under_its_limits(claimant):
    book = rules(NOTICE)
    cases = [case(book, data) for data in islice(caseload(11, claimant), 400 if FULL else 40)]
    together = verdict_batch(book, cases)
    assert [told(found) for found in together] == [decided(decision) for decision in decide_batch(book, cases)]
