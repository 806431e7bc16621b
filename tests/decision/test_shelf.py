"""What a shelf finds under a key is everything that may be under it, in order, whatever is not known of the keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interpreter.decision.ledger import matches
from interpreter.decision.shelf import Shelf
from interpreter.language.unknown import Unknown

VALUES = st.one_of(st.integers(0, 3), st.sampled_from("ab"), st.builds(Unknown, st.just(1)), st.just((1, 2)))
KEYS = st.dictionaries(st.sampled_from(("worker", "year")), VALUES)


@given(st.lists(KEYS, max_size=40), KEYS)
def test_nothing_that_may_match_is_left_out(keys, wanted):
    shelf = Shelf()
    for number, key in enumerate(keys):
        if number % 3 == 0:
            shelf.like(wanted)  # an index grows with what comes after it
        shelf.add(key, number)
    found = shelf.like(wanted)
    assert found == sorted(found)
    assert {n for n, key in enumerate(keys) if matches(wanted, key) is not False} <= set(found)


def test_others_are_not_looked_through():
    shelf = Shelf()
    for number in range(1000):
        shelf.add({"worker": number % 500, "year": 2024}, number)
    assert shelf.like({"year": 2024, "worker": 7}) == [7, 507]
