"""Lines of a page: text beside text, pairs, and grids, all within a width in terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from interpreter.problems.cells import shown, width, wrap

GAP = "  "
_BREAK = re.compile(r"\s*[^\S ]\s*")
WIDE = 24
"""The last column of a grid, which says where, keeps its width as long as another is wider than this."""

NARROWEST = 6
"""The cells that a column of a grid has at least; columns that get less are shown row by row."""


def clean(text: object) -> str:
    """The text on one line, with a visible character for each that a terminal would obey."""
    return shown(_BREAK.sub(" ", str(text)).strip(), "utf-8")


def pad(text: str, cells: int) -> str:
    return text + " " * max(0, cells - width(text))


def beside(head: str, text: str, cells: int, right: str = "") -> list[str]:
    """`head` and the text wrapped under itself; `right` at the right edge, on a line of its own where it must be."""
    indent = width(head)
    body = wrap(clean(text), max(NARROWEST, cells - indent))
    lines = [head + body[0], *(" " * indent + line for line in body[1:])]
    right = clean(right)
    if not right:
        return lines
    free = cells - width(lines[-1])
    if width(right) + len(GAP) <= free:
        lines[-1] += " " * (free - width(right)) + right
    else:
        lines += [" " * (cells - width(line)) + line for line in wrap(right, cells - indent)]
    return lines


def indented(lines: Iterable[str], by: int = 2) -> list[str]:
    return [" " * by + line for line in lines]


def pairs(rows: Iterable[tuple[str, str]], cells: int) -> list[str]:
    """Names with what they are, one below the other; those that are nothing are left out."""
    given = [(clean(name), text) for name, text in rows if text]
    size = max((width(name) for name, _ in given), default=0)
    return [line for name, text in given for line in beside(pad(name, size) + GAP, text, cells)]


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]], cells: int) -> list[str]:
    """Rows in aligned columns with a rule under the heads (no heads: none); wide columns are wrapped, and where there
    are too many for the width each row becomes pairs."""
    written = [[clean(cell) for cell in row] for row in (([heads] if any(heads) else []) + list(rows))]
    if not written:
        return []
    sizes = [max(width(row[at]) for row in written) for at in range(len(written[0]))]
    room = cells - len(GAP) * (len(sizes) - 1)
    if sum(min(size, NARROWEST) for size in sizes) > room:
        return _one_by_one(heads, rows, cells)
    while sum(sizes) > room:
        first = sizes[:-1] if max(sizes[:-1], default=0) > WIDE else sizes
        sizes[first.index(max(first))] -= 1
    lines = [line for row in written for line in _row(row, sizes)]
    if any(heads):
        lines.insert(len(_row(written[0], sizes)), GAP.join("-" * size for size in sizes))
    return lines


def _row(row: Sequence[str], sizes: Sequence[int]) -> list[str]:
    columns = [wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
    deep = max(len(column) for column in columns)
    return [
        GAP.join(pad(column[at] if at < len(column) else "", size)
                 for column, size in zip(columns, sizes, strict=True)).rstrip()
        for at in range(deep)
    ]


def _one_by_one(heads: Sequence[str], rows: Sequence[Sequence[str]], cells: int) -> list[str]:
    blocks = [pairs(zip(heads, row, strict=True), cells) for row in rows]
    return [line for at, block in enumerate(blocks) for line in ([""] if at else []) + block]
