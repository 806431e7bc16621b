"""Markdown to a letter's tree. Only what `document` has a place for is read as markup; all else is text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

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
    Run,
    Runs,
    Signature,
    Words,
)
from interpreter.letters.escaping import Written, fill
from interpreter.problems.cells import WIDTHS

# "zero" knows paragraphs and text alone: no HTML, links, images or code can come in by omission
_READER = MarkdownIt("zero").enable(
    ["table", "heading", "list", "blockquote", "hr", "emphasis", "newline", "escape", "entity"]
)
_ALIGNS: dict[str, Align] = {"text-align:center": "center", "text-align:right": "right"}
_LONGEST_KEPT = 20_000
"""In characters: the trees of longer letters are not kept for the next one, which hardly has the same shape."""


def read(written: Written) -> Document:
    """The tree of a letter, with its values in their places."""
    shape = _kept_shape if len(written.source) <= _LONGEST_KEPT else _shape
    return tuple(_filled(block, written.values) for block in shape(written.source))


def _shape(source: str) -> Document:
    """The tree of a source, marks where values will stand; a line's end within a paragraph is the word `\\n`."""
    return tuple(_blocks(SyntaxTreeNode(_READER.parse(source)).children))


# letters of one kind differ in their values, much more seldom in their shape, and to read a shape takes long
_kept_shape = lru_cache(maxsize=200)(_shape)


def _blocks(nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
    under_number = False
    for node in nodes:
        match node.type:
            case "heading":
                yield Heading(int(node.tag[1:]), _inline(node))
            case "paragraph":
                yield Paragraph(_inline(node), addressed=under_number)
            case "bullet_list" | "ordered_list":
                items = tuple(tuple(_blocks(item.children)) for item in node.children)
                first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                yield Items(items, first)
            case "table":
                yield _grid(node)
            case "blockquote":
                yield Signature(tuple(_blocks(node.children)))
            case "hr":
                yield Ruler()
            case other:
                raise AssertionError(f"the reader gave {other}")
        under_number = node.type == "heading" and node.tag == "h2"


def _grid(node: SyntaxTreeNode) -> Grid:
    head = node.children[0].children[0].children
    rows = [row.children for body in node.children[1:] for row in body.children]
    aligns = tuple(_ALIGNS.get(str(cell.attrs.get("style", "")), "left") for cell in head)
    return Grid(tuple(map(_inline, head)), tuple(tuple(map(_inline, row)) for row in rows), aligns)


def _inline(node: SyntaxTreeNode) -> Runs:
    """The runs of a block's one inline child; neighbours of equal stress are one run."""
    return _joined(run for child in node.children for run in _runs(child.children, strong=False))


def _runs(nodes: list[SyntaxTreeNode], *, strong: bool) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "text":
                yield Words(node.content, strong)
            case "strong" | "em":
                yield from _runs(node.children, strong=True)
            case "softbreak":
                yield Words("\n", strong)
            case "hardbreak":
                yield Break()
            case other:
                raise AssertionError(f"the reader gave {other}")


def _joined(runs: Iterable[Run]) -> Runs:
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if isinstance(run, Words) and isinstance(last, Words) and run.strong == last.strong:
            found[-1] = Words(last.text + run.text, run.strong)
        else:
            found.append(run)
    return tuple(found)


def _filled(block: Block, values: Sequence[str]) -> Block:
    match block:
        case Heading(level=level, runs=runs):
            return Heading(level, _words(runs, values))
        case Paragraph(runs=runs, addressed=addressed):
            return Paragraph(_words(runs, values), addressed)
        case Items(items=items, first=first):
            return Items(tuple(tuple(_filled(inner, values) for inner in item) for item in items), first)
        case Grid(head=head, rows=rows, aligns=aligns):
            cells = tuple(tuple(_words(cell, values) for cell in row) for row in rows)
            return Grid(tuple(_words(cell, values) for cell in head), cells, aligns)
        case Signature(blocks=blocks):
            return Signature(tuple(_filled(inner, values) for inner in blocks))
        case Ruler():
            return block


def _words(runs: Runs, values: Sequence[str]) -> Runs:
    """The runs with their values, lines joined: what a line's end stands for shows only when its neighbours are
    known."""
    filled = [Words(fill(run.text, values), run.strong) if isinstance(run, Words) else run for run in runs]
    if any(isinstance(run, Words) and "\n" in run.text for run in filled):
        before = ""
        for place, run in enumerate(filled):
            if isinstance(run, Words):
                after = next((r.text for r in filled[place + 1 : place + 2] if isinstance(r, Words)), "")
                filled[place] = Words(_one_line(before, run.text, after), run.strong)
            before = run.text if isinstance(run, Words) else ""
    return tuple(filled)


def _one_line(before: str, text: str, after: str) -> str:
    """The text between two others with a blank where a line ended, but nothing between Chinese, which has none."""
    first, *rest = text.split("\n")
    line, last = first, first or before
    for part in rest:
        ends = last[-1:] + (part or after)[:1]
        line += ("" if len(ends) == 2 and all(WIDTHS[c] == 2 for c in ends) else " ") + part
        last = part
    return line
