"""A letter's blocks as Word's XML: every paragraph by a named style, nothing placed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interpreter.letters.document import (
    Align,
    Block,
    Break,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Ruler,
    Runs,
    Signature,
    plain,
)
from interpreter.letters.paper import Annex, Paper, annex_list, imprint_lines, in_brackets
from interpreter.letters.text import GAP, columns, longest_word
from interpreter.letters.word.escaping import words
from interpreter.letters.word.mark import FULL_WIDTH, mark_words
from interpreter.letters.word.styles import BODY, PITCH, RED, indent
from interpreter.problems.cells import cells

_HEADINGS = {1: "Title", 2: "Reference", 3: "Heading1", 4: "Heading2"}
_CELL = 140
"""Half the width of a character in a table, in twentieths of a point."""
_PADDING = 216
"""Of a cell, left and right together."""
_HALF = BODY * 5
"""Half the width of a character of the body, in twentieths of a point."""
_LINE = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>'
_TAG = re.compile("<[^>]*>")
_LONGEST_KEPT = 280
"""In characters, ten lines: some programs move the whole of a paragraph that is to stay with the next."""
_SEAL = 2 * PITCH
"""Room left above the first signature: the seal covers signature and date and ends a line below the text."""
_SEALED_WIDTH = 2400
"""How far apart the middles of several signatures are at least: a seal of 42 mm each."""


def blocks_of(paper: Paper, width: int) -> str:
    """The paragraphs and tables of a letter, its head and imprint with it but no annex, on text of this width (in
    twentieths of a point)."""
    text = [*_blocks(paper.document, width), *(paragraph("Annexes", words(name)) for name in annex_list(paper))]
    signed = list(_signed(paper, width))
    if text and signed:
        text[-1] = _kept(text[-1])
    return "".join((*_head(paper), *text, *signed, *_blocks(paper.notes, width), *_imprint(paper)))


def annex_of(annex: Annex, label: str, width: int, *, new_page: bool) -> str:
    """What is enclosed; `new_page` where no section begins with it."""
    top = paragraph("AnnexLabel", words(label), "<w:pageBreakBefore/>" if new_page else "")
    return "".join((top, paragraph("Title", words(annex.title)), *_blocks(annex.document, width)))


def paragraph(style: str, runs: str, more: str = "") -> str:
    """A paragraph with a style; `more` are properties of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _kept(block: str) -> str:
    """A paragraph that stays on the page of the next one; a table, and a paragraph so long that it would leave much of
    a page empty, stay as they are."""
    top, style, rest = block.partition('"/>')
    is_short = len(_TAG.sub("", block)) <= _LONGEST_KEPT
    return f"{top}{style}<w:keepNext/>{rest}" if block.startswith("<w:p>") and is_short else block


def _head(paper: Paper) -> Iterator[str]:
    if paper.form == "full":
        yield from _full_head(paper)
    elif paper.number:
        yield paragraph("Number", words(paper.number), '<w:jc w:val="right"/>')
    if paper.title:
        yield paragraph("Title", words(paper.title))
    if paper.reference:
        yield paragraph("Reference", words(paper.reference))
    if paper.addressee:
        yield paragraph("Addressee", words(paper.addressee))


def _full_head(paper: Paper) -> Iterator[str]:
    """The red head: the marks 35 mm below the edge of the text, the number two lines below, a rule 4 mm below that. A
    blank one takes the same room."""
    printed = paper.head == "printed"
    for place, mark in enumerate(paper.letterhead):
        spacing = '<w:spacing w:before="1850"/>' if place == 0 else ""
        yield paragraph("Mark", mark_words(mark, FULL_WIDTH) if printed else "", spacing)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/></w:pBdr>'
    if paper.letterhead or paper.number:
        yield paragraph(
            "Number", words(paper.number) if paper.number else "",
            (rule if printed and paper.letterhead else "") + f'<w:spacing w:before="{2 * PITCH}"/>',
        )


def _blocks(document: Document, width: int) -> Iterator[str]:
    before: Block | None = None
    for block in document:
        if isinstance(block, Grid) and isinstance(before, Grid):
            yield paragraph("Cell", "")  # two tables with nothing between them would become one
        yield from _block(block, width, 0)
        before = block
    if isinstance(before, Grid):
        yield paragraph("Cell", "")


def _block(block: Block, width: int, left: int) -> Iterator[str]:
    """A block whose text begins `left` hundredths of a character to the right."""
    match block:
        case Heading(level=level, runs=runs):
            yield paragraph(_HEADINGS.get(level, "Heading3"), _runs(runs))
        case Paragraph(runs=runs, addressed=addressed):
            style = "Addressee" if addressed else "ListParagraph" if left else "BodyText"
            yield paragraph(style, _runs(runs), indent(None, left, BODY))
        case Items(items=items, first=first):
            for place, inner in enumerate(items):
                mark = "— " if first is None else f"{first + place}. "
                yield from _item(mark, inner, width, left)
        case Grid():
            yield from _grid(block, width)
        case Signature(blocks=inner):
            for each in inner:
                yield from _block(each, width, left)
        case Ruler():
            yield paragraph("Note", "", _LINE)


def _item(mark: str, inner: Sequence[Block], width: int, left: int) -> Iterator[str]:
    """One item: its mark hangs before its first paragraph, two characters from the margin or from the outer item."""
    hang = 50 * cells(mark)
    at = (left or 200) + hang
    rest = list(inner)
    first: Runs = ()
    if rest and isinstance(lead := rest[0], Paragraph):
        first = lead.runs
        del rest[0]
    yield paragraph("ListParagraph", words(mark) + _runs(first), indent(-hang, at, BODY))
    for block in rest:
        yield from _block(block, width, at)


def _runs(runs: Runs) -> str:
    return "".join(
        "<w:r><w:br/></w:r>" if isinstance(run, Break) else words(run.text, "Strong" if run.strong else "")
        for run in runs
    )


def _grid(grid: Grid, width: int) -> Iterator[str]:
    """A table over the whole width; its head comes again on every page, and no row is torn apart."""
    rows = [[plain(cell) for cell in row] for row in (grid.head, *grid.rows)]
    texts = list(zip(*rows, strict=True))
    widths = _widths(
        [max(map(cells, text)) for text in texts], [max(map(longest_word, text)) for text in texts], width
    )
    yield "".join((
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{each}"/>' for each in widths), "</w:tblGrid>",
        _row(grid.head, widths, ["center"] * len(widths), head=True),
        *(_row(row, widths, grid.aligns) for row in grid.rows), "</w:tbl>",
    ))


def _row(row: Sequence[Runs], widths: Sequence[int], aligns: Sequence[Align], *, head: bool = False) -> str:
    style = "CellHead" if head else "Cell"
    texts = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + paragraph(style, _runs(cell), "" if head or align == "left" else f'<w:jc w:val="{align}"/>') + "</w:tc>"
        for cell, width, align in zip(row, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(texts)}</w:tr>"


def _widths(natural: Sequence[int], least: Sequence[int], width: int) -> list[int]:
    """The widths of columns: as wide as the text is where it fits, the wide ones sharing what is left; none over."""
    # what stands between columns of text is the padding of cells here
    room = (width - _PADDING * len(natural)) // _CELL + len(GAP) * (len(natural) - 1)
    found = [part * _CELL + _PADDING for part in columns(list(natural), room, list(least))]
    widest = found.index(max(found))
    found[widest] += width - sum(found)
    return found


def _signed(paper: Paper, width: int) -> Iterator[str]:
    """Signatures over the date, each in the middle of the same column, which ends four characters from the margin; the
    first keeps its distance to the text, where the seal stands. None stands on a page alone."""
    lines = [*paper.signers, *([paper.date] if paper.date else [])]
    draft = in_brackets(paper.draft, paper.language)
    if draft:
        lines.append(draft)
    if not lines:
        return
    dated = cells(paper.date or lines[-1]) * _HALF
    broad = min(width, max(cells(line) for text in lines for line in text.split("\n")) * _HALF + _HALF)
    right = max(0, 8 * _HALF - max(0, broad - dated) // 2)
    left = max(0, width - right - broad)
    for place, text in enumerate(lines):
        signer = place < len(paper.signers)
        anchor = words(paper.seals[place], "SealPlace") if signer else ""
        spacing = f'<w:spacing w:before="{_SEAL}"/>' if signer or place == 0 else ""
        last = '<w:keepNext w:val="0"/>' if place == len(lines) - 1 else ""
        yield paragraph("Signed", words(text) + anchor, f'{last}{spacing}<w:ind w:left="{left}" w:right="{right}"/>')


def _imprint(paper: Paper) -> Iterator[str]:
    return (paragraph("Imprint", words(line)) for line in imprint_lines(paper))

