"""The states of a measure's requirements packed into numbers: two bits for each, the first in the lowest."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.language.unknown import Unknown, Value

MET, UNMET, UNKNOWN = 1, 0, 2
"""What two bits say."""
IN_A_WORD = 31
"""Requirements whose states fit in one BIGINT."""


def code_at(place: int, code: int) -> int:
    """A state in a word, by the requirement's place there."""
    return code << 2 * place


def words(count: int) -> list[tuple[str, slice, str]]:
    """The columns that hold the states of so many requirements: the name of each, the requirements it has, and what it
    is stored as."""
    number = max(1, -(-count // IN_A_WORD))
    found = []
    for word in range(number):
        own = slice(word * IN_A_WORD, min(count, (word + 1) * IN_A_WORD))
        size = own.stop - own.start
        stored = "SMALLINT" if size < 8 else "INTEGER" if size < 16 else "BIGINT"
        found.append(("states" if number == 1 else f"states_{word}", own, stored))
    return found


def packed(states: Sequence[Value]) -> dict[str, int]:
    """The states of requirements (true, false or `Unknown`) by their columns."""
    codes = [UNKNOWN if isinstance(state, Unknown) else MET if state else UNMET for state in states]
    return {
        name: sum(code_at(place, code) for place, code in enumerate(codes[own])) for name, own, _ in words(len(states))
    }
