"""A paper as plain data, in the form `layout.typ` reads: texts stay texts, sizes and widths are whole numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from interpreter.letters.document import (
    Block,
    Break,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Ruler,
    Run,
    Runs,
    Signature,
    Words,
    plain,
)
from interpreter.letters.paper import Annex, Paper, annex_labels, annex_list, copies_line, in_brackets
from interpreter.letters.pdf.headlines import broken
from interpreter.letters.text import GAP, columns, longest_word
from interpreter.problems.cells import cells

Json = str | int | Sequence["Json"] | Mapping[str, "Json"]

_LARGEST_MARK, _SMALLEST_MARK = 36, 22
"""In points: the smallest is the size of a title."""
_WIDTHS = {"full": 442, "letter": 482, "plain": 442}
"""Of the line a mark stands in, in points: 156 and 170 mm."""
_ROOM, _TURNED_ROOM = 63, 91
"""The cells of table text (7 points each) on a line of 156 or 225 mm."""
_LINE, _INDENT = 56, 4
"""The cells of a line of 28 characters, and of the blank its first one begins with."""
_PADDING = 2
"""The cells that a table's cell keeps free, left and right together."""
_LONGEST_WHOLE = 40
"""Cells without a place to break a line at, of which more would not fit."""
_TALLEST_ROW = 480
"""Cells of text in a column's width times lines: a row with more may be broken over pages."""
_DEEPEST = 4
"""Levels of lists that are indented; what lies deeper stands with the last."""
_UNBROKEN = re.compile(
    "[^ \u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]{13,}"
)
"""Characters between which a line is not sure to be broken: all but blanks and those of East Asian scripts."""


def sheet(paper: Paper) -> dict[str, Json]:
    """Everything the layout shows of a paper."""
    room = _TURNED_ROOM if paper.landscape else _ROOM
    width = _WIDTHS[paper.form]
    marks = paper.letterhead[:1] if paper.form == "letter" else paper.letterhead if paper.form == "full" else ()
    widest = max(map(cells, marks), default=0)
    points = min(_LARGEST_MARK, max(_SMALLEST_MARK, 2 * width // max(1, widest)))
    return {
        "form": paper.form,
        "head": paper.head,
        "landscape": paper.landscape,
        "bookmark": " ".join(part for part in (paper.case, paper.title.replace("\n", "")) if part),
        "marks": [[mark, points] for mark in marks],
        "marks-width": min(width, points * (widest + 1) // 2),
        "number": paper.number,
        "title": _headline(paper.title),
        "reference": _runs((Words(paper.reference),)),
        "addressee": _lines(paper.addressee),
        "body": _body(paper.document, room),
        "annex-list": [_lines(name) for name in annex_list(paper)],
        "signers": list(paper.signers),
        "seals": list(paper.seals),
        "date": paper.date,
        "indent": _indent(paper),
        "draft": in_brackets(paper.draft, paper.language),
        "notes": _body(_without_ruler(paper.notes), room),
        "below": _lines_below(_without_ruler(paper.notes)),
        "imprint": _imprint(paper),
        "annexes": [
            _annex(annex, label) for annex, label in zip(paper.annexes, annex_labels(paper), strict=True)
        ],
    }


def texts(value: Json) -> Iterator[str]:
    """Every text in plain data."""
    match value:
        case str():
            yield value
        case list() | tuple():
            for part in value:
                yield from texts(part)
        case dict():
            for part in value.values():
                yield from texts(part)


def _annex(annex: Annex, label: str) -> Json:
    room = _TURNED_ROOM if annex.landscape else _ROOM
    return {
        "label": label, "title": _headline(annex.title), "body": _body(annex.document, room),
        "landscape": annex.landscape,
    }


def _indent(paper: Paper) -> int:
    """How far the signature over the date ends from the margin, in quarters of a character: the date four characters
    from it, unless a signature that is centred over the date would not fit then."""
    signer = max((cells(line) for text in paper.signers[-1:] for line in text.split("\n")), default=0)
    return max(0, 16 - max(0, signer - cells(paper.date)))


def _imprint(paper: Paper) -> Json:
    """The lines of the imprint, each of one part or of two that stand at both ends."""
    if paper.imprint is None:
        return []
    copies = copies_line(paper)
    sent = [part for part in (paper.imprint.sent_by, paper.imprint.sent_on) if part]
    return [parts for parts in ([copies] if copies else [], sent) if parts]


def _headline(title: str) -> Json:
    rows = [row for line in title.split("\n") for row in broken(line)] if title else []
    return [part for place, row in enumerate(rows) for part in ((0, row) if place else (row,))]


def _without_ruler(document: Document) -> Document:
    return document[1:] if document and isinstance(document[0], Ruler) else document


def _lines_below(notes: Document) -> int:
    """How many lines of the notes stand on the page of the signature at least: of a paragraph no line is left alone."""
    match notes:
        case ():
            return 0
        case (Paragraph(runs=runs), *_):
            count = -(-(cells(plain(runs)) + _INDENT) // _LINE)
            return count if count < 4 else 2
    return 2


def _lines(text: str) -> Json:
    parts: list[Run] = []
    for place, line in enumerate(text.split("\n")):
        parts += [Break(), Words(line)] if place else [Words(line)]
    return _runs(tuple(parts)) if text else []


def _body(document: Iterable[Block], room: int, depth: int = 0) -> list[Json]:
    return [part for block in document for part in _block(block, room, depth)]


def _block(block: Block, room: int, depth: int) -> Iterator[Json]:
    match block:
        case Heading(level=level, runs=runs):
            yield ["h", level, _runs(runs)]
        case Paragraph(runs=runs):
            yield ["i", depth, "", _runs(runs)] if depth else ["p", _runs(runs)]
        case Items(items=items, first=first):
            for place, inner in enumerate(items):
                mark = "—" if first is None else f"{first + place}."
                yield from _item(mark, inner, room, min(depth + 1, _DEEPEST))
        case Grid():
            yield _grid(block, room)
        case Signature(blocks=blocks):
            yield ["s", [_runs(runs) for runs in _paragraphs(blocks)]]
        case Ruler():
            yield ["-"]


def _item(mark: str, inner: Sequence[Block], room: int, depth: int) -> Iterator[Json]:
    """One item; its mark stands before its first paragraph."""
    rest = list(inner)
    first: Runs = ()
    if rest and isinstance(lead := rest[0], Paragraph):
        first = lead.runs
        del rest[0]
    yield ["i", depth, mark, _runs(first)]
    yield from _body(rest, room, depth)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Runs]:
    for block in blocks:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield runs
            case Items(items=items):
                for item in items:
                    yield from _paragraphs(item)
            case Grid(head=head, rows=rows):
                for row in (head, *rows):
                    yield (Words("  ".join(map(plain, row))),)
            case Signature(blocks=inner):
                yield from _paragraphs(inner)
            case Ruler():
                pass


def _grid(grid: Grid, room: int) -> Json:
    """A table over the whole width: narrow columns as wide as their text, the wide ones share what is left."""
    rows = [[plain(cell) for cell in row] for row in (grid.head, *grid.rows)]
    texts = list(zip(*rows, strict=True))
    natural = [max(map(_cells_set, text)) for text in texts]
    least = [max(longest_word(cell, _cells_set) for cell in text) for text in texts]
    free = room - _PADDING * len(natural) + len(GAP) * (len(natural) - 1)
    widths = columns(natural, free, least)
    return [
        "t", [width + _PADDING for width in widths], list(grid.aligns),
        [_runs(cell, width) for cell, width in zip(grid.head, widths, strict=True)],
        [
            [
                any(cells(plain(cell)) > _TALLEST_ROW * width // room for cell, width in zip(row, widths, strict=True)),
                [_runs(cell, width) for cell, width in zip(row, widths, strict=True)],
            ]
            for row in grid.rows
        ],
    ]


def _cells_set(text: str) -> int:
    """The cells a text takes where it is set in a font: capitals are half as wide again as digits."""
    return cells(text) + -(-sum(map(str.isupper, text)) // 2)


def _runs(runs: Runs, room: int = _LONGEST_WHOLE) -> list[Json]:
    """Runs as the layout reads them: text, stressed text in a list, 0 for the end of a line, and 1 where what is too
    long for a line and has no place to break may be broken."""
    found: list[Json] = []
    for run in runs:
        if isinstance(run, Break):
            found.append(0)
            continue
        for part in _pieces(run.text, room):
            found.append([part] if run.strong and isinstance(part, str) else part)
    return found


def _pieces(text: str, room: int) -> Iterator[str | int]:
    done = 0
    for long in _UNBROKEN.finditer(text):
        if cells(long[0]) > room:
            step = max(1, min(10, room // 4))
            for at in range(long.start() + step, long.end(), step):
                yield text[done:at]
                yield 1
                done = at
    if done < len(text):
        yield text[done:]
