"""The examples: a case of each claimant for each way in which it can come out, decided as its name says."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tests.notice.places import NOTICE, ROOT, decided, rulebook

CLAIMS = {
    "worker": [("job_stability", "granted", 3000)],
    "worker_refused": [("job_stability", "refused", 0)],
    "worker_incomplete": [("job_stability", "incomplete", 0)],
    "worker_review": [("job_stability", "review", 0)],
    "worker_referred": [("job_stability", "referred", 0)],
    "worker_many": [
        ("equal_treatment", "granted", None), ("job_stability", "granted", 3000), ("rent", "granted", 3000),
        ("transport", "granted", 5000),
    ],
    "worker_skill": [("skill_upgrade", "granted", 1200)],
    "employer": [
        ("base_provincial", "granted", 50000), ("employer_social_insurance", "granted", None),
        ("recruitment_fair", "granted", 4000),
    ],
    "employer_refused": [("recruitment_fair", "refused", 0)],
    "employer_incomplete": [("recruitment_fair", "incomplete", 0)],
    "employer_review": [("caring_post", "review", 0)],
    "employer_referred": [("caring_post", "referred", 0)],
    "agency": [("agency_service", "granted", 2000)],
    "agency_refused": [("agency_service", "refused", 0)],
    "agency_incomplete": [("agency_service", "incomplete", 0)],
    "agency_review": [("agency_service", "review", 0)],
    "agency_referred": [("agency_service", "referred", 0)],
}
DUTIES = {
    "county": {"annual_fair": "met", "new_agreement": "met", "annual_ledger": "review", "joint_meetings": "review"},
    "county_unmet": {"annual_fair": "unmet"},
    "county_pending": {"annual_fair": "pending"},
    "county_unknown": {"annual_fair": "unknown"},
}


@pytest.fixture(scope="module")
def rules():
    return rulebook(NOTICE)


def case(name):
    return json.loads((ROOT / "examples" / f"{name}.json").read_text(encoding="utf-8"))


def test_every_example_is_tried():
    assert {path.stem for path in (ROOT / "examples").glob("*.json")} == {*CLAIMS, *DUTIES}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_is_claimed_comes_out_as_the_name_says(name, rules):
    data = case(name)
    assert data["policy"] == rules.policy
    claimed = [measure for measure in decided(data, rules).measures if measure.claimed]
    assert sorted((m.measure, m.outcome, m.amount) for m in claimed) == [
        (measure, outcome, None if amount is None else Decimal(amount)) for measure, outcome, amount in CLAIMS[name]
    ]


@pytest.mark.parametrize("name", DUTIES)
def test_duties_come_out_as_the_name_says(name, rules):
    found = {duty.measure: duty.outcome for duty in decided(case(name), rules).measures}
    assert found | DUTIES[name] == found
    assert set(found) == set(rules.duties)


def test_every_way_to_come_out_has_an_example_of_each_claimant():
    for claimant in ("worker", "employer", "agency"):
        outcomes = {o for name, made in CLAIMS.items() if name.split("_")[0] == claimant for _, o, _ in made}
        assert outcomes == {"granted", "refused", "incomplete", "review", "referred"}
