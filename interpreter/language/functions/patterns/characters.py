"""Sets of characters as patterns write them: spans, categories, blocks, their complements and differences."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from interpreter.language.functions.patterns.blocks import blocks

Holds = Callable[[str], bool]
"""Whether one character is in a set."""


@dataclass(frozen=True, slots=True)
class Span:
    """The characters from one to another, both included."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Kind:
    """The characters of a named kind; letter case never matters to it."""

    holds: Holds


@dataclass(frozen=True, slots=True)
class Characters:
    """Any of the parts, or with `others` any but those; and none of `without`."""

    parts: tuple[Span | Kind, ...]
    others: bool = False
    without: Characters | None = None


def test(of: Characters, *, blind: bool) -> Holds:
    """The test of a set; `blind` to letter case, a character is in it where a case variant of it is."""

    def within(part: Span | Kind, char: str) -> bool:
        if isinstance(part, Kind):
            return part.holds(char)
        return any(part.first <= one <= part.last for one in (variants(char) if blind else char))

    without = None if of.without is None else test(of.without, blind=blind)

    @cache
    def holds(char: str) -> bool:
        inside = any(within(part, char) for part in of.parts) != of.others
        return inside and (without is None or not without(char))

    return holds


def variants(char: str) -> frozenset[str]:
    """The characters that are one with this but for their case: they have its lower case or its upper case."""
    lower, upper = _cases()
    return frozenset({char, *lower.get(char.lower(), ()), *upper.get(char.upper(), ())})


@cache
def _cases() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Every character that has cases, by its lower and by its upper case."""
    lower: dict[str, list[str]] = {}
    upper: dict[str, list[str]] = {}
    # beyond these two planes no script has cases
    for char in map(chr, range(0x20000)):
        if char.lower() != char or char.upper() != char:
            for cases, key in ((lower, char.lower()), (upper, char.upper())):
                cases.setdefault(key, []).append(char)
    return lower, upper


CATEGORIES = frozenset({
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
})
"""Unicode's general categories, of which XML Schema leaves out that of half characters."""


def named(name: str) -> Kind | None:
    """The characters of `\\p{name}`, a category or `Is` and a block; None where nothing has that name."""
    if name in CATEGORIES:
        return Kind(lambda char: unicodedata.category(char).startswith(name))
    ends = blocks().get(name[2:]) if name.startswith("Is") else None
    if ends is None:
        return None
    first, last = ends
    return Kind(lambda char: first <= char <= last)


def _among(*spans: str) -> Holds:
    """Spans of characters, each written as its first and its last."""
    return lambda char: any(span[0] <= char <= span[1] for span in spans)


_NAME_STARTS = _among(
    "::", "AZ", "__", "az", "\xc0\xd6", "\xd8\xf6", "\xf8\u02ff", "\u0370\u037d", "\u037f\u1fff", "\u200c\u200d",
    "\u2070\u218f", "\u2c00\u2fef", "\u3001\ud7ff", "\uf900\ufdcf", "\ufdf0\ufffd", "\U00010000\U000effff",
)
_NAME_GOES_ON = _among("--", "..", "09", "\xb7\xb7", "\u0300\u036f", "\u203f\u2040")
"""The characters of names in XML 1.0 (fifth edition, section 2.3): those that start one, those only inside."""

_LETTERS: dict[str, Holds] = {
    "s": lambda char: char in " \t\n\r",
    "i": _NAME_STARTS,
    "c": lambda char: _NAME_STARTS(char) or _NAME_GOES_ON(char),
    "d": lambda char: unicodedata.category(char) == "Nd",
    "w": lambda char: unicodedata.category(char)[0] not in "PZC",
}


def lettered(letter: str) -> Kind | None:
    """The characters of `\\s`, `\\i`, `\\c`, `\\d`, `\\w`; of a capital letter all others."""
    holds = _LETTERS.get(letter.lower())
    return None if holds is None else Kind(holds) if letter.islower() else complement(Kind(holds))


def complement(of: Kind) -> Kind:
    """All other characters."""
    return Kind(lambda char: not of.holds(char))
