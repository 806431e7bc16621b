"""A letter as plain text: 80 cells wide, a wide character being two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

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
from interpreter.letters.paper import Paper, annex_labels, annex_list, imprint_lines, in_brackets
from interpreter.problems.cells import WIDTHS, cells

WIDTH = 80
GAP = "  "
_INDENT = "    "
_WORD = re.compile("[!-~]+")
_NEVER_FIRST = "，。、；：？！）》”’〕】％%),.;:?!"
_NEVER_LAST = "（《“‘〔【("


def lay_out(paper: Paper) -> str:
    """The whole letter, one blank line between blocks, a newline at the end."""
    return "\n\n".join(part for part in map("\n".join, _parts(paper)) if part) + "\n"


def _parts(paper: Paper) -> Iterator[Iterable[str]]:
    for line in (*paper.letterhead, paper.number, paper.title, paper.reference):
        yield (_pad(part, WIDTH, "center") for part in wrap(line, WIDTH))
    yield wrap(paper.addressee, WIDTH)
    yield from _blocks(paper.document)
    if paper.annexes:
        yield (line for name in annex_list(paper) for line in wrap(_INDENT + name, WIDTH))
    room = WIDTH - len(_INDENT)
    signed = (*paper.signers, paper.date, in_brackets(paper.draft, paper.language))
    yield (_pad(part, room, "right") for line in signed for part in wrap(line, room))
    yield from _blocks(paper.notes)
    yield (part for line in imprint_lines(paper) for part in wrap(line, WIDTH))
    for annex, label in zip(paper.annexes, annex_labels(paper), strict=True):
        yield wrap(label, WIDTH)
        yield (_pad(part, WIDTH, "center") for part in wrap(annex.title, WIDTH))
        yield from _blocks(annex.document)


def _blocks(document: Document) -> Iterator[Iterable[str]]:
    return (_block(block, WIDTH) for block in document)


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
    texts = list(zip(*rows, strict=True))
    widths = columns([max(map(cells, text)) for text in texts], width, [max(map(longest_word, text)) for text in texts])
    rule = "-" * min(width, sum(widths) + len(GAP) * (len(widths) - 1))
    for number, row in enumerate(rows):
        wrapped = [wrap(text, most) or [""] for text, most in zip(row, widths, strict=True)]
        for line in range(max(map(len, wrapped))):
            parts = (
                _pad(part[line] if line < len(part) else "", most, align)
                for part, most, align in zip(wrapped, widths, grid.aligns, strict=True)
            )
            yield GAP.join(parts).rstrip(" ")
        if number == 0:
            yield rule
    yield rule


def columns(natural: list[int], width: int, least: list[int] | None = None) -> list[int]:
    """Widths of columns that fit: narrow ones as they are, the wide ones share evenly what is left, but none gets less
    than it has `least`, its longest word, where there is room for all of these."""
    left = width - len(GAP) * (len(natural) - 1)
    words = least if least is not None and sum(least) <= left else [2] * len(natural)
    kept: set[int] = set()
    while True:
        free = [column for column in range(len(natural)) if column not in kept]
        shared = _shared(natural, free, left - sum(words[column] for column in kept))
        short = {column for column in free if shared[column] < words[column] <= natural[column]}
        if not short:
            return [max(2, shared.get(column, words[column])) for column in range(len(natural))]
        kept |= short


def _shared(natural: list[int], columns: list[int], left: int) -> dict[int, int]:
    """What each of some columns gets of a width."""
    widths: dict[int, int] = {}
    for rank, column in enumerate(sorted(columns, key=natural.__getitem__)):
        widths[column] = max(2, min(natural[column], left // (len(columns) - rank)))
        left -= widths[column]
    return widths


def longest_word(text: str, measure: Callable[[str], int] = cells) -> int:
    """The width of the longest word of a text that is not broken in it: of a number, or of a character."""
    return max((measure(word) for word in _WORD.findall(text)), default=min(2, measure(text)))


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
    start, left = 0, cells(text)
    while left > width:
        fits, used = start, 0
        while used + (size := WIDTHS[text[fits]]) <= width:
            used += size
            fits += 1
        end = _end(text, start, fits)
        yield text[start:end].rstrip(" ")
        left -= used - cells(text[end:fits])
        start = end
        if end == fits and text[end] == " ":
            start, left = end + 1, left - 1
    if start < len(text):
        yield text[start:]


def _end(text: str, start: int, fits: int) -> int:
    """Where a line ends that has room up to `fits`: not within a word, unless it fills the line, and not so that marks
    come to stand apart from what they belong to."""
    end = _piece(text, start, fits) if _is_word(text[fits]) and fits > start else fits
    if end == start:
        return max(fits, start + 1)
    whole = end
    for _ in range(4):
        if text[end] not in _NEVER_FIRST and text[end - 1] not in _NEVER_LAST:
            return end
        end = _piece(text, start, end - 1) if _is_word(text[end - 1]) else end - 1
        if end <= start:
            return whole
    return end


def _piece(text: str, start: int, at: int) -> int:
    """The first character, from `start` on, of the word that stands before or at `at`."""
    while at > start and _is_word(text[at - 1]):
        at -= 1
    return at


def _is_word(character: str) -> bool:
    return "!" <= character <= "~"
