"""Markdown to a letter's tree. Only what `document` has a place for is read as markup; all else is text."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from wcwidth import wcwidth

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

# "zero" knows paragraphs and text alone: no HTML, links, images or code can come in by omission
_READER = MarkdownIt("zero").enable(
    ["table", "heading", "list", "blockquote", "hr", "emphasis", "newline", "escape", "entity"]
)
_ALIGNS: dict[str, Align] = {"text-align:center": "center", "text-align:right": "right"}


def read(source: str) -> Document:
    """The tree of a letter's Markdown source."""
    return tuple(_blocks(SyntaxTreeNode(_READER.parse(source)).children))


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
    found: list[Run] = []
    for run in (run for child in node.children for run in _runs(child.children, strong=False)):
        last = found[-1] if found else None
        if isinstance(run, Words) and isinstance(last, Words) and run.strong == last.strong:
            found[-1] = Words(last.text + run.text, run.strong)
        else:
            found.append(run)
    return tuple(found)


def _runs(nodes: list[SyntaxTreeNode], *, strong: bool) -> Iterator[Run]:
    for place, node in enumerate(nodes):
        match node.type:
            case "text":
                yield Words(node.content, strong)
            case "strong" | "em":
                yield from _runs(node.children, strong=True)
            case "softbreak":
                yield Words(_between(nodes[place - 1], nodes[place + 1]), strong)
            case "hardbreak":
                yield Break()
            case other:
                raise AssertionError(f"the reader gave {other}")


def _between(before: SyntaxTreeNode, after: SyntaxTreeNode) -> str:
    """What a line's end in the source stands for: a blank, but nothing between Chinese, which has no blanks."""
    ends = before.content[-1:] + after.content[:1]
    return "" if len(ends) == 2 and all(wcwidth(c) == 2 for c in ends) else " "
