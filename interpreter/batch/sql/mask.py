"""Why something is not known, as sets of bits in words of an integer; only the words that may hold a bit are there.

Facts have words of their own, settings and faults have others, and among these the first bit is doubt: SQL leaves open
what the interpreter would say, so a line that hangs on it is the interpreter's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interpreter.batch.sql.node import FALSE, TRUE, ZERO, Scope, Sql, bits_or, case, gather, literal, or_, strict
from interpreter.rulebook.model import Rulebook

PART, PARTS = 62, 2
WORD = PART * PARTS
"""Bits in a word, and in each of the columns that it is given out in."""

Mask = tuple[tuple[int, Sql], ...]
"""The words by their number."""

EMPTY: Mask = ()


@dataclass(frozen=True, slots=True)
class Causes:
    """Where the causes of a rulebook have their bits: those of facts in `facts`, all others in `others`, in order.
    Words of facts have even numbers, those of all other causes odd ones."""

    facts: tuple[int, ...]
    others: tuple[int, ...]

    @classmethod
    def of(cls, rulebook: Rulebook) -> Causes:
        """The causes of a rulebook, by their places in it."""
        facts = tuple(place for place, cause in enumerate(rulebook.causes) if cause.kind == "fact")
        others = tuple(place for place, cause in enumerate(rulebook.causes) if cause.kind != "fact")
        return cls(facts, others)

    @property
    def fact_words(self) -> int:
        """How many columns the masks of facts have."""
        return -(-len(self.facts) // PART)

    @property
    def other_words(self) -> int:
        """How many columns the masks of settings and faults have."""
        return -(-(len(self.others) + 1) // PART)

    @property
    def doubt(self) -> Mask:
        """The mask of what only the interpreter can say."""
        return ((1, literal(1)),)

    def mask(self, bits: int) -> Mask:
        """A rulebook's bits as a mask."""
        words: dict[int, int] = {}
        for odd, places in ((0, self.facts), (1, (-1, *self.others))):
            for number, place in enumerate(places):
                if place >= 0 and bits >> place & 1:
                    word = 2 * (number // WORD) + odd
                    words[word] = words.get(word, 0) | 1 << number % WORD
        return tuple((word, literal(value)) for word, value in sorted(words.items()))

    def bits(self, facts: Iterable[int], others: Iterable[int]) -> tuple[int, int]:
        """The rulebook's bits of the columns of facts and of those of all other causes."""
        return _bits(facts, self.facts), _bits(others, (-1, *self.others))


def _bits(parts: Iterable[int], places: tuple[int, ...]) -> int:
    found = 0
    for number, value in enumerate(parts):
        while value:
            low = value & -value
            place = places[number * PART + low.bit_length() - 1]
            found |= 1 << place if place >= 0 else 0
            value ^= low
    return found


def union(*masks: Mask) -> Mask:
    """The causes of any of several."""
    if sum(map(bool, masks)) <= 1:
        return next(filter(None, masks), EMPTY)
    words: dict[int, list[Sql]] = {}
    for mask in masks:
        for word, value in mask:
            words.setdefault(word, []).append(value)
    return tuple((word, bits_or(*values)) for word, values in sorted(words.items()))


def when(condition: Sql, mask: Mask) -> Mask:
    """The causes where a condition is true, else none."""
    if condition is TRUE:
        return mask
    if condition is FALSE:
        return EMPTY
    return tuple((word, case((condition, value), otherwise=ZERO)) for word, value in mask)


def pick(rows: Iterable[tuple[Sql, Mask]], otherwise: Mask = EMPTY) -> Mask:
    """The causes of the first row whose condition is true."""
    listed = list(rows)
    words = sorted({word for _, mask in (*listed, (TRUE, otherwise)) for word, _ in mask})
    found = []
    for word in words:
        values = [(condition, dict(mask).get(word, ZERO)) for condition, mask in listed]
        value = case(*values, otherwise=dict(otherwise).get(word, ZERO))
        if value is not ZERO:
            found.append((word, value))
    return tuple(found)


def gathered(scope: Scope, mask: Mask) -> Mask:
    """The causes of all members of a scope together."""
    return tuple((word, strict("bits of", gather(scope, value))) for word, value in mask)


def any_fact(mask: Mask) -> Sql:
    """Whether there is any fact among the causes."""
    return or_(*(strict("<>", value, ZERO) if value.op != "literal" else literal(value.args[0] != 0)
                 for word, value in mask if word % 2 == 0))


def word_of(mask: Mask, number: int, causes: Causes) -> Sql:
    """What a column of masks has (`missing_0`, … for facts, then `open_0`, … for settings and faults)."""
    odd = number >= causes.fact_words
    word, part = divmod(number - causes.fact_words if odd else number, PARTS)
    value = dict(mask).get(2 * word + odd, ZERO)
    if value.op == "literal":
        return literal(value.args[0] >> PART * part & (1 << PART) - 1)
    if part:
        return strict("trunc div", strict("huge", value), literal(1 << PART * part))
    return strict("%", strict("huge", value), literal(1 << PART)) if _is_wide(value) else value


def _is_wide(value: Sql) -> bool:
    """Whether any of the bits that a word may have is beyond the first part."""
    seen: set[Sql] = set()
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if node.op == "literal" and isinstance(node.args[0], int) and node.args[0] >= 1 << PART:
            return True
        if node not in seen:
            seen.add(node)
            waiting += [one for one in node.parts() if one.op not in ("is null", "=", "<", "<=", "is true", "is false")]
    return False
