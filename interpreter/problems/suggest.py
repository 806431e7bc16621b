"""Did you mean: the nearest of the names somebody gave."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, or None: near by letters, or the same characters in another order, or (for short
    Chinese words) one character off."""
    names = sorted(set(candidates) - {word})
    near = get_close_matches(word, names, n=1)
    if near:
        return near[0]
    for name in names:
        if sorted(name) == sorted(word):
            return name
    for name in names:
        if len(word) >= 2 and not word.isascii() and _one_off(word, name):
            return name
    return None


def _one_off(a: str, b: str) -> bool:
    """Whether one inserted, dropped or changed character tells the words apart."""
    if len(a) > len(b):
        a, b = b, a
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return len(b) == len(a) + 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b)))
