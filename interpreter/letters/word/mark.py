"""The issuer's mark: as large as its line allows."""

from __future__ import annotations

from interpreter.letters.word.escaping import words
from interpreter.problems.cells import cells

LARGEST, SMALLEST = 72, 44
"""Of a mark, in half points: the size of its style, and that of a title, below which it takes a second line."""
FULL_WIDTH, LETTER_WIDTH = 884, 964
"""Of the line it stands in, in half points: 156 and 170 mm."""


def mark_words(mark: str, width: int) -> str:
    """A mark that fits a line of `width`, if it can."""
    widest = max((cells(line) for line in mark.split("\n")), default=0)
    size = min(LARGEST, max(SMALLEST, 2 * width // max(1, widest)))
    return words(mark, size=0 if size == LARGEST else size)
