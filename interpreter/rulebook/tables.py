"""Tables: their columns, their rows as blocks or lists, the days these hold, and the words that stand for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from interpreter.language.scope import TableName
from interpreter.language.types import BROKEN, DATE, Field, List, RecordType
from interpreter.language.unknown import Value
from interpreter.language.values import ONGOING, Record, Shape, absence
from interpreter.problems import Fragment, Label, Span, Text
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.files import Document
from interpreter.rulebook.model import Cause, Table
from interpreter.rulebook.names import declare
from interpreter.rulebook.reading import Mapping, Node, Scalar, Sequence
from interpreter.rulebook.vocabulary import declare_row, read_type
from interpreter.rulebook.written import read_value, trimmed

FROM, TO, BASIS = "from", "to", "basis"
CALLED = (
    "inputs", "outputs", "hit", "priority", "delegated", "default", "kind", "method", "of", "rounding",
)
"""Keys of tables that are called by their inputs."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A table whose name and row type are known; rows come when the tables it refers to have theirs."""

    name: str
    root: Mapping
    row: RecordType
    where: Span


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row as written: its cells by column, and where it stands."""

    cells: dict[str, Node | Fragment]
    where: Span


def declare_tables(documents: Iterator[tuple[Document, Mapping]], draft: Draft) -> list[Plan]:
    """Makes the row type and the name in expressions of every table that is read by its rows."""
    plans = []
    for document, root in documents:
        named = table_name(document, root, draft)
        if named is None or nodes.child(root, "inputs") is not None:
            continue
        name = named.text.strip()
        for key in CALLED:
            if nodes.child(root, key) is not None:
                draft.problem("table.no-inputs", nodes.place(root, key), key=key, name=name)
        own = nodes.fragment(root, "type") or named
        row = declare_row(name, own.text.strip(), own, root, draft)
        declare(TableName(name, row, row.label, named.span()), name, named.span(), "table", draft)
        plans.append(Plan(name, root, row, named.span()))
    return plans


def table_name(document: Document, root: Mapping, draft: Draft) -> Fragment | None:
    """The name a table gives itself, which is that of its file."""
    named = nodes.fragment(root, "table")
    if named is not None and named.text.strip() != document.path.stem:
        draft.problem("name.file", named.span(), name=named.text.strip(), file=document.path.name)
    return named


def read_tables(plans: list[Plan], changed: dict[str, Node], draft: Draft) -> dict[str, Table]:
    """The tables with their columns and rows, those first whose rows others refer to. `changed` are rows that stand in
    for a table's own."""
    for plan in plans:
        _columns(plan, draft)
    tables = {}
    for plan in _in_order(plans, draft):
        shape = row_shape(plan.row, draft, plan.where)
        rows = []
        before = len(draft.problems)
        node = changed.get(plan.name, nodes.child(plan.root, "rows"))
        for written in written_rows(node, plan.row, (BASIS,), draft):
            record = _row(written, plan, shape, draft)
            if record is not None:
                rows.append((record, written.where))
        if len(draft.problems) > before:
            draft.broken.add(plan.name)
        else:
            _overlaps(plan, rows, draft)
        if plan.row.key in plan.row.fields and nodes.text(plan.root, "type") is not None:
            draft.words[plan.name] = _words(plan, rows, draft)
        tables[plan.name] = Table(
            plan.name, plan.row.label, plan.row, tuple(record for record, _ in rows), plan.where,
            draft.cite(nodes.fragment(plan.root, "clause")), draft.words.get(plan.name, {}),
        )
    return tables


def _columns(plan: Plan, draft: Draft) -> None:
    for name, entry in nodes.entries(nodes.mapping(plan.root, "columns")):
        if name in (FROM, TO, BASIS):
            draft.problem("table.own-column", entry.key.span, name=name)
            continue
        written = nodes.fragment(entry.value, "type")
        type = BROKEN if written is None else read_type(written, entry.value, draft)
        inner = type.item if isinstance(type, List) else type
        if written is not None and isinstance(inner, RecordType) and inner.table is None:
            draft.problem("table.record-column", written.span(), found=inner.label)
            type = BROKEN
        plan.row.fields[name] = Field(name, nodes.text(entry.value, "label") or name, type)
    plan.row.fields[FROM] = Field(FROM, "起", DATE)
    plan.row.fields[TO] = Field(TO, "止", DATE)
    columns = [name for name in plan.row.fields if name not in (FROM, TO)]
    for written in (nodes.fragment(plan.root, "key"), *nodes.fragments(plan.root, "also_known_as")):
        if written is not None and written.text.strip() not in columns:
            found = written.text.strip()
            draft.problem("table.unknown-column", written.span(), found=found, guess=closest(found, columns))
    if nodes.text(plan.root, "type") is not None and plan.row.key is None:
        draft.problem("table.no-key", nodes.place(plan.root, "type"), name=plan.name)


def _in_order(plans: list[Plan], draft: Draft) -> list[Plan]:
    by_name = {plan.name: plan for plan in plans}
    graph: dict[str, list[str]] = {}
    for plan in plans:
        inner = [f.type.item if isinstance(f.type, List) else f.type for f in plan.row.fields.values()]
        graph[plan.name] = [t.table for t in inner if isinstance(t, RecordType) and t.table in by_name]
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        circle: list[str] = error.args[1]
        draft.problem("table.circle", by_name[circle[0]].where, circle=" → ".join(circle))
        return []


def row_shape(row: RecordType, draft: Draft, where: Span) -> Shape:
    """The shape of a table's rows: an empty cell is a setting nobody has made."""
    shape = Shape(row.table or row.name, row)
    for name, field in row.fields.items():
        dated = name in (FROM, TO)
        bit = 0 if dated else draft.cause(
            Cause("setting", f"{row.table}.{name}", f"{row.label} {field.label}", where, field.type)
        )
        shape.absences[name] = absence(field.type, bit, None)
    return shape


def written_rows(node: Node | None, row: RecordType, more: tuple[str, ...], draft: Draft) -> Iterator[WrittenRow]:
    """The rows of a block with `|` between its cells, or of a list of mappings; `more` are columns that may stand
    there besides the type's own. An empty cell of a block is an empty fragment."""
    if isinstance(node, Scalar):
        yield from _block_rows(node.fragment, row, more, draft)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Mapping):
                cells: dict[str, Node | Fragment] = {}
                for _, entry in nodes.entries(item):
                    column = _column(trimmed(entry.key.fragment), row, more, draft)
                    if column is not None:
                        cells[column] = entry.value
                yield WrittenRow(cells, item.span)


def _column(head: Fragment, row: RecordType, more: tuple[str, ...], draft: Draft) -> str | None:
    """The column a head names by its id or its label."""
    labels = {field.label: name for name, field in row.fields.items() if name not in (FROM, TO)}
    joined = "_".join(head.text.split())
    name = joined if joined in row.fields or joined in more else labels.get(head.text)
    if name is None:
        guess = closest(head.text, [*row.fields, *labels, *more])
        draft.problem("table.unknown-column", head.span(), found=head.text, guess=guess)
    return name


def _block_rows(block: Fragment, row: RecordType, more: tuple[str, ...], draft: Draft) -> Iterator[WrittenRow]:
    lines = [line for line in lines_of(block) if line.text.strip()]
    if not lines:
        return
    heads = [_column(head, row, more, draft) for head in cells_of(lines[0])]
    for twice in {head for head in heads if head is not None and heads.count(head) > 1}:
        draft.problem("table.column-twice", lines[0].span(), name=twice)
    for line in lines[1:]:
        cells = cells_of(line)
        if len(cells) != len(heads):
            code = "table.bar" if "｜" in line.text else "table.cells"
            draft.problem(code, trimmed(line).span(), found=len(cells), want=len(heads))
            continue
        given = {head: cell for head, cell in zip(heads, cells, strict=True) if head is not None}
        yield WrittenRow(dict(given), trimmed(line).span())


def lines_of(block: Fragment) -> Iterator[Fragment]:
    """The lines of a text block."""
    start = 0
    for line in block.text.split("\n"):
        yield block.part(start, start + len(line))
        start += len(line) + 1


def cells_of(line: Fragment) -> list[Fragment]:
    """The cells of a line, without the blanks around them."""
    cells, start = [], 0
    for cell in line.text.split("|"):
        cells.append(trimmed(line.part(start, start + len(cell))))
        start += len(cell) + 1
    return cells


def is_empty(cell: Node | Fragment) -> bool:
    """Whether nothing is written in a cell."""
    text = cell.fragment if isinstance(cell, Scalar) else cell
    return isinstance(text, Fragment) and not text.text.strip()


def _row(written: WrittenRow, plan: Plan, shape: Shape, draft: Draft) -> Record | None:
    fields: dict[str, Value] = {}
    sound = True
    for name, cell in written.cells.items():
        field = plan.row.fields.get(name)
        if field is None or field.type == BROKEN or is_empty(cell):
            continue
        value = read_value(cell, field.type, draft)
        sound = sound and value is not None
        fields[name] = value
    if not sound:
        return None
    fields.setdefault(FROM, draft.since)
    fields.setdefault(TO, ONGOING)
    if fields[TO] < fields[FROM]:
        draft.problem("dates.order", written.where, since=fields[FROM], until=fields[TO])
        return None
    key = plan.row.key
    if key is not None and key in plan.row.fields and key not in fields:
        draft.problem("table.empty-key", written.where, name=key)
        return None
    return Record(fields, shape)


def _words(plan: Plan, rows: list[tuple[Record, Span]], draft: Draft) -> dict[str, Record]:
    """Every word that stands for one row. A key is one row's; another word that is several rows' stands for none."""
    found: dict[str, Record] = {}
    places: dict[str, Span] = {}
    for record, where in rows:
        key = _word(record.fields[plan.row.key or ""])
        if key in found:
            draft.problem("table.key-twice", where, labels=(_first(places[key]),), found=key)
        found[key], places[key] = record, where
    keys = set(found)
    shared: set[str] = set()
    for record, where in rows:
        for column in plan.row.also_known_as:
            value = record.fields.get(column)
            for item in value if isinstance(value, tuple) else () if value is None else (value,):
                word = _word(item)
                other = found.get(word)
                if other is not None and other is not record:
                    draft.problem("table.word-twice", where, "warning", (_first(places[word]),), found=word)
                    shared |= {word} - keys
                found[word], places[word] = (other if word in keys and other is not None else record), where
    return {word: record for word, record in found.items() if word not in shared}


def _word(value: Value) -> str:
    return unicodedata.normalize("NFC", str(value))


def _first(where: Span) -> Label:
    return Label(where, Text("先在这里", "first here"))


def _overlaps(plan: Plan, rows: list[tuple[Record, Span]], draft: Draft) -> None:
    """Rows that say the same for one day, and days between two such rows on which nothing is said."""
    same: dict[tuple[Value, ...], list[tuple[date, date, Span]]] = {}
    for record, where in rows:
        content = tuple(record.fields.get(name) for name in plan.row.fields if name not in (FROM, TO))
        same.setdefault(content, []).append((record.fields[FROM], record.fields[TO], where))
    for periods in same.values():
        periods.sort(key=lambda period: period[:2])
        for (_, end, first), (start, until, second) in pairwise(periods):
            if start <= end:
                both = min(end, until)
                draft.problem(
                    "table.overlap", second, labels=(_first(first),), name=plan.row.label, since=start, until=both,
                    first=str(first),
                )
            elif start > end + DAY:
                draft.problem("table.gap", second, "warning", name=plan.row.label, since=end + DAY, until=start - DAY)
