"""Packed states: every requirement has two bits of one column, and columns are as small as what they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interpreter.batch.states import MET, UNKNOWN, UNMET, packed, words
from interpreter.language.unknown import Unknown

SIZES = {"SMALLINT": 15, "INTEGER": 31, "BIGINT": 63}
"""Bits of a number that is not below zero."""


@given(st.lists(st.sampled_from([True, False, Unknown(1)]), max_size=100))
def test_what_was_packed_is_read_again(states):
    found = packed(states)
    assert list(found) == [name for name, *_ in words(len(states))]
    read = []
    for name, own, stored in words(len(states)):
        assert 0 <= found[name] < 1 << SIZES[stored]
        read += [found[name] >> 2 * place & 3 for place in range(own.stop - own.start)]
    assert read == [UNKNOWN if isinstance(state, Unknown) else MET if state else UNMET for state in states]


def test_names_and_sizes():
    assert [name for name, *_ in words(0)] == [name for name, *_ in words(31)] == ["states"]
    assert [name for name, *_ in words(32)] == ["states_0", "states_1"]
    assert [words(count)[0][2] for count in (7, 8, 15, 16)] == ["SMALLINT", "INTEGER", "INTEGER", "BIGINT"]
