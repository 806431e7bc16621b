"""Why something is not known, as sets of bits in words of a BIGINT; only the words that may hold a bit are there.

Facts have the first words, settings and faults those after them, and among these the first bit is DOUBT: SQL leaves
open what the interpreter would say, so a line that hangs on it is the interpreter's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interpreter.batch.sql.node import FALSE, TRUE, ZERO, Scope, Sql, bits_or, case, gather, literal, or_, strict
from interpreter.rulebook.model import Rulebook

WORD = 62
"""Bits in a word."""

Mask = tuple[tuple[int, Sql], ...]
"""The words by their number."""

EMPTY: Mask = ()


@dataclass(frozen=True, slots=True)
class Causes:
    """Where the causes of a rulebook have their bits: those of facts in `facts`, all others in `others`, in order."""

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
        return -(-len(self.facts) // WORD)

    @property
    def other_words(self) -> int:
        return -(-(len(self.others) + 1) // WORD)

    @property
    def doubt(self) -> Mask:
        """The mask of what only the interpreter can say."""
        return ((self.fact_words, literal(1)),)

    def mask(self, bits: int) -> Mask:
        """A rulebook's bits as a mask."""
        words: dict[int, int] = {}
        for first, places in ((0, self.facts), (self.fact_words, (-1, *self.others))):
            for number, place in enumerate(places):
                if place >= 0 and bits >> place & 1:
                    word = first + number // WORD
                    words[word] = words.get(word, 0) | 1 << number % WORD
        return tuple((word, literal(value)) for word, value in sorted(words.items()))

    def bits(self, facts: Iterable[int], others: Iterable[int]) -> tuple[int, int]:
        """The rulebook's bits of the words of facts and of those of all other causes."""
        return _bits(facts, self.facts), _bits(others, (-1, *self.others))


def _bits(words: Iterable[int], places: tuple[int, ...]) -> int:
    found = 0
    for word, value in enumerate(words):
        while value:
            low = value & -value
            place = places[word * WORD + low.bit_length() - 1]
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


def any_of(mask: Mask, words: range) -> Sql:
    """Whether there is any cause in some words."""
    return or_(*(strict("<>", value, ZERO) if value.op != "literal" else literal(value.args[0] != 0)
                 for word, value in mask if word in words))


def word_of(mask: Mask, word: int) -> Sql:
    """One word of a mask."""
    return dict(mask).get(word, ZERO)
