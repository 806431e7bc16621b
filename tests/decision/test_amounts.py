"""Amounts that formulas come to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.decision.policies import decide_one, measure_of, policy

BASE = {
    "application": {"number": "N1", "filed_on": "2024-06-01"},
    "family": {
        "id": "H1", "name": "甲", "office": "一", "resident": True, "since": "2021-05-01", "income": 50, "members": [],
    },
}


@pytest.mark.parametrize(("pays", "outcome", "amount"), [
    ("extra_amount - base_amount", "granted", "300"), ("base_amount - base_amount", "granted", "0"),
    ("base_amount - extra_amount", "review", "0"),
])
def test_nobody_is_granted_less_than_nothing(pays: str, outcome: str, amount: str) -> None:
    book = policy("small-law", ("measures/base.yaml", "pays: base_amount", f"pays: {pays}"))
    found = measure_of(decide_one(book, BASE), "base")
    assert (found.outcome, found.amount) == (outcome, Decimal(amount))
    assert [point.kind for point in found.open_points] == (["fault"] if outcome == "review" else [])
