"""A letter as plain text: 80 cells wide, a wide character being two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from wcwidth import wcwidth

from interpreter.letters.document import (
    Align,
    Block,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Ruler,
    Signature,
    plain,
)

WIDTH = 80
_GAP = "  "
_INDENT = "    "
_NEVER_FIRST = "，。、；：？！）》”’〕】％%),.;:?!"
_NEVER_LAST = "（《“‘〔【("
_PIECE = re.compile(r"[!-~]+|[\s\S]")


def lay_out(document: Document) -> str:
    """The whole letter, one blank line between blocks, a newline at the end."""
    return "\n\n".join("\n".join(_block(block, WIDTH)) for block in document) + "\n"


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return sum(max(0, wcwidth(c)) for c in text)


def _block(block: Block, width: int, indent: str = _INDENT) -> Iterator[str]:
    match block:
        case Heading(level=level, runs=runs):
            yield from (_pad(line, width, "center") if level < 3 else line for line in wrap(plain(runs), width))
        case Paragraph(runs=runs, addressed=addressed):
            yield from wrap(("" if addressed else indent) + plain(runs), width)
        case Items():
            yield from _items(block, width, indent)
        case Grid():
            yield from _grid(block, width)
        case Signature(blocks=blocks):
            room = width - len(_INDENT)
            yield from (_pad(line, room, "right") for inner in blocks for line in _block(inner, room, ""))
        case Ruler():
            yield "-" * width


def _items(items: Items, width: int, indent: str) -> Iterator[str]:
    for place, blocks in enumerate(items.items):
        mark = "- " if items.first is None else f"{items.first + place}. "
        inner = width - len(indent) - len(mark)
        lines = chain.from_iterable(_block(block, inner, "") for block in blocks)
        for number, line in enumerate(lines):
            yield indent + (mark if number == 0 else " " * len(mark)) + line


def _grid(grid: Grid, width: int) -> Iterator[str]:
    rows = [[plain(cell) for cell in row] for row in (grid.head, *grid.rows)]
    widths = _columns([max(map(cells, column)) for column in zip(*rows, strict=True)], width)
    rule = "-" * min(width, sum(widths) + len(_GAP) * (len(widths) - 1))
    for number, row in enumerate(rows):
        wrapped = [wrap(text, most) or [""] for text, most in zip(row, widths, strict=True)]
        for line in range(max(map(len, wrapped))):
            parts = (
                _pad(part[line] if line < len(part) else "", most, align)
                for part, most, align in zip(wrapped, widths, grid.aligns, strict=True)
            )
            yield _GAP.join(parts).rstrip(" ")
        if number == 0:
            yield rule
    yield rule


def _columns(natural: list[int], width: int) -> list[int]:
    """Widths of columns that fit: narrow ones as they are, the wide ones share evenly what is left."""
    left = width - len(_GAP) * (len(natural) - 1)
    widths = list(natural)
    for rank, column in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        widths[column] = max(2, min(natural[column], left // (len(natural) - rank)))
        left -= widths[column]
    return widths


def _pad(text: str, width: int, align: Align) -> str:
    room = max(0, width - cells(text))
    match align:
        case "left":
            return text + " " * room
        case "right":
            return " " * room + text
        case "center":
            return " " * (room // 2) + text


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, without loss: broken between Chinese characters and around words, a
    word longer than a line within itself; no line begins with a closing mark or ends with an opening one."""
    return [line for part in text.split("\n") for line in _wrap(part, width)]


def _wrap(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    used = 0
    for piece in _pieces(text, width):
        size = cells(piece)
        if used + size > width and size:
            carried = _carried(line, piece)
            yield "".join(line[: len(line) - carried]).rstrip(" ")
            line = line[len(line) - carried :]
            used = sum(map(cells, line))
            if piece == " ":
                continue
        line.append(piece)
        used += size
    if line:
        yield "".join(line)


def _pieces(text: str, width: int) -> Iterator[str]:
    """What may stand on a line of its own: words, cut where longer than a line, and single other characters."""
    for piece in _PIECE.findall(text):
        yield from (piece[at : at + width] for at in range(0, len(piece), width))


def _carried(line: list[str], piece: str) -> int:
    """How many pieces at the end of a full line go to the next one together with `piece`."""
    count = 0
    first = piece
    while count < min(4, len(line) - 1) and (first[0] in _NEVER_FIRST or line[-1 - count][-1] in _NEVER_LAST):
        count += 1
        first = line[-count]
    return count
