"""One answer: the interpreter and DuckDB on generated policies, every line, amount, state, missing fact and open point.
"""

from __future__ import annotations

import os

import pytest

from tests.batch.generated.compared import PAIRS, Count, compare

FIRST = int(os.environ.get("POLICY_SEED", "0"))
"""Where the long run begins: other seeds are other policies."""


def agreed(count: Count) -> None:
    print(f"\n{count}")
    assert not count.wrong, "\n\n".join(count.wrong.values())


@pytest.mark.parametrize("seed", range(5_008, 5_020))
def test_a_few_policies(seed: int) -> None:
    agreed(compare([seed]))


def test_most_cases_are_decided_in_sql() -> None:
    """An interpreter held against itself would prove nothing."""
    count = compare(range(5_100, 5_108))
    agreed(count)
    assert count.left < count.pairs / 3


@pytest.mark.full
@pytest.mark.parametrize("part", range(20))
def test_two_thousand_policies(part: int) -> None:
    """50,000 pairs; POLICY_SEED takes others, and -s shows the counts of each part."""
    first = FIRST + 200 * part
    count = compare(range(first, first + 200), many=100)
    print(f"\nseeds from {first}", end="")
    agreed(count)
    assert count.pairs == 100 * PAIRS
    assert len(count.refused) <= 3
