"""A title in lines: none begins or ends amid what belongs together, and they are about equally long."""

from __future__ import annotations

from functools import lru_cache

from interpreter.problems.cells import cells

WIDEST = 40
"""Cells of a title of 22 points in a line of 156 mm."""

_GOOD_ENDS = "、，。；：》）的和与及"
_BAD_STARTS = "、，。；：》）的和与及”’〕】"
_BAD_ENDS = "《（“‘〔【"
_LONGEST = 200
"""Characters; a longer title is broken wherever its lines are full."""


@lru_cache(maxsize=256)
def broken(title: str) -> tuple[str, ...]:
    """The lines of a title, as few as hold it, without a blank at their ends."""
    if cells(title) <= WIDEST or len(title) > _LONGEST:
        return (title,)
    count = -(-cells(title) // WIDEST)
    found = None
    while found is None:
        found = _best(title, count)
        count += 1
    return found


def _best(title: str, count: int) -> tuple[str, ...] | None:
    """The title in this many lines at the least cost, None where it does not fit."""
    even = cells(title) // count
    ends: dict[int, tuple[int, tuple[str, ...]]] = {0: (0, ())}
    for place in range(count):
        after: dict[int, tuple[int, tuple[str, ...]]] = {}
        for start, (cost, lines) in ends.items():
            for end in (len(title),) if place == count - 1 else range(start + 1, len(title)):
                line = title[start:end].strip(" ")
                if cells(line) > WIDEST:
                    break
                total = cost + (cells(line) - even) ** 2 + (_cost(title, end) if end < len(title) else 0)
                if end not in after or total < after[end][0]:
                    after[end] = (total, (*lines, line))
        ends = after
    return ends[len(title)][1] if len(title) in ends else None


def _cost(title: str, end: int) -> int:
    """What it costs to end a line there, in squares of cells of unevenness."""
    last, first = title[end - 1], title[end]
    if last.isascii() and first.isascii() and " " not in (last, first):
        return 10_000
    if last in _BAD_ENDS or first in _BAD_STARTS or title[:end].count("《") > title[:end].count("》"):
        return 1_000
    return 0 if last in _GOOD_ENDS or " " in (last, first) or title[end:].startswith("关于") else 80
