"""One answer: the interpreter and DuckDB on generated policies, every line, amount, state, missing fact and open point.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from interpreter.batch.sql.apply import SPECIAL, STRICT
from interpreter.batch.sql.folds import FOLDS
from interpreter.batch.sql.functions.numbers import RATIO
from interpreter.language import core as c
from tests.batch.generated.compared import PAIRS, Count, compare

FIRST = int(os.environ.get("POLICY_SEED", "0"))
"""Where the long run begins: other seeds are other policies."""


BY_SQL: Counter[str] = Counter()
"""What the policies of the long run are made of under which SQL decided cases itself."""


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
    BY_SQL.update(count.words)
    assert count.pairs == 100 * PAIRS
    assert len(count.refused) <= 3


@pytest.mark.full
def test_sql_decides_by_all_that_it_has() -> None:
    """Every function that SQL has and every kind of node stands in a policy under which it decided cases itself."""
    words = BY_SQL or compare(range(FIRST, FIRST + 900)).words
    assert not {*STRICT, *SPECIAL, *RATIO, *FOLDS, *(node.__name__ for node in c.CORE_NODES)} - set(words)
