"""A file of a rulebook laid out: its expressions, the holes in what it says, and its tables with `|`; nothing else.

Which scalars are expressions the schemas say (`common.json#/$defs/expression`); `say` and the texts of papers have
holes; values of parameters and cells of tables are laid out where their type is one that is worked out and something is
worked out in them. Tables have their columns below each other, wide characters counted as two; cells of tables whose
types stand in another file (in tests and overlays) are taken as words. A file changes only by edits of these places.
The edited file is read again and compared, word for word; if it did not say the same, it would stay as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from interpreter.language.cells import with_days
from interpreter.language.layout import Edit, applied, pieces, relaid
from interpreter.language.parse import parse
from interpreter.language.tree import Name, free_names
from interpreter.problems import Fragment, Problem, Source
from interpreter.problems.cells import width
from interpreter.rulebook import nodes
from interpreter.rulebook.reading import Mapping, Node, Scalar, Sequence, read_yaml
from interpreter.rulebook.schema import FOLDER
from interpreter.rulebook.tables import cells_of, lines_of
from interpreter.rulebook.vocabulary import NUMERIC, SIMPLE

Kind = Literal["expression", "said", "worked_out", "number_test", "day_test", "words", "table"]

_TESTED = dict.fromkeys(NUMERIC, "number_test") | {
    word: "day_test" for word in SIMPLE if word not in ("text", "boolean")
}
"""Names of types whose columns of inputs hold tests."""

_WORKED_OUT = (*NUMERIC, *(word for word in SIMPLE if word != "text"))
"""Names of types whose values may be expressions; text, choices and rows are plain words."""

_NOT_PLAIN = re.compile(r":(?=\s|$)|\s#")
"""What a scalar without quotes must not have: it would be a key, or end in a comment."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file as it should be, and how many of its places are not so yet."""

    text: str
    places: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A scalar that is laid out; `columns` are the kinds of a table's cells by the words of its head."""

    kind: Kind
    scalar: Scalar
    columns: dict[str, Kind] = field(default_factory=dict)


def formatted(source: Source, kind: str, problems: list[Problem]) -> Formatted | None:
    """The file of a rulebook laid out. None, with problems, where it or an expression in it cannot be read."""
    found: list[Problem] = []
    root = read_yaml(source, found)
    if found or root is None:
        problems.extend(found)
        return None if found else Formatted(source.text, 0)
    edits = [edit for edit in (_edits(place, found) for place in _places(kind, root)) if edit]
    if found:
        problems.extend(found)
        return None
    text = applied(source.text, (edit for group in edits for edit in group))
    again = read_yaml(Source(source.name, text), found)
    if again is None or found or _said(kind, again) != _said(kind, root):
        return Formatted(source.text, 0)
    return Formatted(text, len(edits))


# ---- which scalars


def _places(kind: str, root: Node) -> Iterator[_Place]:
    yield from _by_schema(f"{kind}.json", _schema(f"{kind}.json"), root)
    match kind:
        case "parameters":
            for _, entry in nodes.entries(nodes.mapping(root, "parameters")):
                yield from _values(entry.value)
        case "table":
            columns = _columns(root)
            yield from _rows(nodes.child(root, "rows"), columns)
            yield from _row(nodes.child(root, "default"), columns)
        case "authority":
            for _, entry in nodes.entries(nodes.mapping(root, "rows")):
                yield from _rows(entry.value, {})
        case "tests":
            for scalar in _scalars(root):
                yield from _rows(scalar, {})


@cache
def _schema(file: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    return content


def _by_schema(file: str, schema: dict[str, Any], node: Node, key: str = "") -> Iterator[_Place]:
    """The expressions and what has holes, by the schema of a node; `file` is the schema's own."""
    if "$ref" in schema:
        other, _, name = schema["$ref"].partition("#/$defs/")
        if isinstance(node, Scalar):
            if name == "expression":
                yield _Place("expression", node)
            elif key == "say" or name in ("said", "passage"):
                yield _Place("said", node)
            return
        file = other or file
        yield from _by_schema(file, _schema(file)["$defs"][name], node)
    elif isinstance(node, Mapping):
        for name, entry in nodes.entries(node):
            inner = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if isinstance(inner, dict):
                yield from _by_schema(file, inner, entry.value, name)
    elif isinstance(node, Sequence) and "items" in schema:
        for item in node.items:
            yield from _by_schema(file, schema["items"], item)


def _values(parameter: Node) -> Iterator[_Place]:
    """The values of a parameter that may be expressions."""
    type = nodes.text(parameter, "type")
    if nodes.child(parameter, "choices") is None and (type is None or type in _WORKED_OUT):
        dated = [entry.value for _, entry in nodes.entries(nodes.child(parameter, "values"))]
        for node in (nodes.child(parameter, "value"), *dated):
            value = nodes.child(node, "value") if isinstance(node, Mapping) else node
            if isinstance(value, Scalar):
                yield _Place("worked_out", value)


def _columns(root: Node) -> dict[str, Kind]:
    """The kinds of a table's cells, by the names and the labels of its columns."""
    columns: dict[str, Kind] = {}
    for key, kinds in (("inputs", _TESTED), ("outputs", dict.fromkeys(_WORKED_OUT, "worked_out"))):
        for name, entry in nodes.entries(nodes.child(root, key)):
            kind: Any = kinds.get(nodes.text(entry.value, "type") or "", "words")
            columns |= {name: kind, nodes.text(entry.value, "label") or name: kind}
    return columns


def _rows(node: Node | None, columns: dict[str, Kind]) -> Iterator[_Place]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _row(item, columns)
    elif isinstance(node, Scalar) and node.style == "literal":
        yield _Place("table", node, columns)


def _row(node: Node | None, columns: dict[str, Kind]) -> Iterator[_Place]:
    for name, entry in nodes.entries(node):
        if isinstance(entry.value, Scalar):
            yield _Place(columns.get(name, "words"), entry.value)


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield from _scalars(entry.value)
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
        case Scalar():
            yield node


# ---- how each is laid out


def _edits(place: _Place, problems: list[Problem]) -> list[Edit]:
    """The edits of a place; none where YAML would then read something else. What cannot be read in it is a problem, in
    cells and values for others to tell."""
    edits, span = _laid_out(place, problems), place.scalar.span
    if place.scalar.style == "plain" and _NOT_PLAIN.search(applied(span.source.text, edits, span.start, span.end)):
        return []
    return edits


def _laid_out(place: _Place, problems: list[Problem]) -> list[Edit]:
    fragment = place.scalar.fragment
    if place.kind == "table":
        return _table(fragment, place.columns)
    if place.kind == "said":
        return [edit for hole in _holes(fragment, problems) for edit in _noted(relaid(hole, margin=" "), problems)]
    if place.kind == "expression":
        return _noted(relaid(fragment, breaks=place.scalar.style in ("literal", "folded")), problems)
    read = _cell(fragment, place.kind)
    edits = None if read is None else relaid(*read, breaks=place.scalar.style in ("literal", "folded"))
    return edits if isinstance(edits, list) else []


def _noted(edits: list[Edit] | Problem, problems: list[Problem]) -> list[Edit]:
    if isinstance(edits, Problem):
        problems.append(edits)
        return []
    return edits


def _holes(said: Fragment, problems: list[Problem]) -> Iterator[Fragment]:
    """What stands between the braces of a text; the problem where they are left open."""
    at = 0
    while (start := said.text.find("{{", at)) >= 0:
        end = said.text.find("}}", start)
        if end < 0:
            problems.append(Problem("syntax.hole", said.span(start, start + 2), {"open": "{{", "close": "}}"}))
            return
        yield said.part(start + 2, end)
        at = end + 2


def _cell(written: Fragment, kind: Kind) -> tuple[Fragment, str] | None:
    """What is read of a cell or value, and as what; None where it is words, a plain value, or cannot be read."""
    if kind in ("number_test", "day_test"):
        fragment = with_days(written, of_numbers=kind == "number_test")
        return None if isinstance(parse(fragment, "cell"), Problem) else (fragment, "cell")
    if kind != "worked_out":
        return None
    tree = parse(written, "value")
    plain = isinstance(tree, Problem | Name) or not free_names(tree)
    return None if plain else (written, "value")


def _cell_text(cell: Fragment, kind: Kind) -> str:
    """A cell of a text block as it shall be written."""
    read = _cell(cell, kind)
    edits = None if read is None else relaid(*read)
    if not isinstance(edits, list):
        return cell.text
    return applied(cell.source.text, edits, cell.offsets[0], cell.offsets[-1])


def _grid(block: Fragment, columns: dict[str, Kind]) -> list[list[tuple[Fragment, Kind]]]:
    """The cells of a text block with what each is, the head first; nothing where it is no whole table."""
    rows = [cells_of(line) for line in lines_of(block) if line.text.strip()]
    heads = [cell.text for cell in rows[0]] if rows else []
    if len(heads) < 2 or "" in heads or any(len(row) != len(heads) for row in rows):
        return []
    kinds: list[Kind] = [columns.get(head, "words") for head in heads]
    first: list[tuple[Fragment, Kind]] = [(head, "words") for head in rows[0]]
    return [first, *(list(zip(row, kinds, strict=True)) for row in rows[1:])]


def _table(block: Fragment, columns: dict[str, Kind]) -> list[Edit]:
    """The edits that put the columns of a text block below each other."""
    texts = [[_cell_text(*cell) for cell in row] for row in _grid(block, columns)]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    lines = [line for line in lines_of(block) if line.text.strip()]
    edits = []
    for line, row in zip(lines, texts, strict=False):  # no rows where the block is no table
        padded = (text + " " * (cells - width(text)) for text, cells in zip(row, widths, strict=True))
        edit = Edit(line.offsets[0], line.offsets[len(line.text) - 1] + 1, " | ".join(padded).rstrip())
        if block.source.text[edit.start : edit.end] != edit.text:
            edits.append(edit)
    return edits


# ---- what a file says


def _said(kind: str, root: Node) -> list[object]:
    """All that a file says, without the blanks that laying out may change."""
    places = {id(place.scalar): place for place in _places(kind, root)}
    return list(_words(root, places))


def _words(node: Node, places: dict[int, _Place]) -> Iterator[object]:
    match node:
        case Mapping():
            yield "{"
            for entry in node.entries:
                yield from (entry.key.style, entry.key.text)
                yield from _words(entry.value, places)
            yield "}"
        case Sequence():
            yield "["
            for item in node.items:
                yield from _words(item, places)
            yield "]"
        case Scalar():
            yield node.style
            yield from _meant(places[id(node)]) if id(node) in places else (node.text,)


def _meant(place: _Place) -> Iterator[object]:
    fragment = place.scalar.fragment
    match place.kind:
        case "table":
            grid = _grid(fragment, place.columns)
            yield [[_tokens(*cell) for cell in row] for row in grid] or fragment.text
        case "said":
            at = 0
            for hole in _holes(fragment, []):
                start = fragment.text.index("{{", at) + 2
                yield from (fragment.text[at:start], _tokens(hole, "expression"))
                at = start + len(hole.text)
            yield fragment.text[at:]
        case kind:
            yield _tokens(fragment, kind)


def _tokens(fragment: Fragment, kind: Kind) -> object:
    read = (fragment, "value") if kind == "expression" else _cell(fragment, kind)
    found = None if read is None else pieces(*read)
    return [(piece.kind, piece.text) for piece in found] if isinstance(found, list) else fragment.text
