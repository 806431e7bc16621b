"""Tables that are called by their inputs: their heads, and their rows of tests and outputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from interpreter.language.cells import Cell, read_tests, read_words
from interpreter.language.core import Choose, Literal
from interpreter.language.expression import Expression
from interpreter.language.functions import overloads
from interpreter.language.hits import HITS
from interpreter.language.read import read_amount
from interpreter.language.scope import DefinitionName, LocalName
from interpreter.language.types import (
    BROKEN,
    DATE,
    INTEGER,
    Boolean,
    Broken,
    Choice,
    DateType,
    Field,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    Type,
    say_type,
)
from interpreter.problems import Fragment, Span
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.delegation import read_delegation
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.files import Document
from interpreter.rulebook.model import Cause, Delegation, Variable
from interpreter.rulebook.names import BUILT_IN, KEYWORDS, declare
from interpreter.rulebook.reading import Mapping, Node, Scalar
from interpreter.rulebook.regions import is_ordered
from interpreter.rulebook.tables import BASIS, FROM, TO, WrittenRow, is_empty, table_name, written_rows
from interpreter.rulebook.vocabulary import read_type
from interpreter.rulebook.written import inferred, read_day, read_value

ROWS_ONLY = ("columns", "type", "key", "also_known_as")
"""Keys of tables that are read by their rows."""

SCALE = ("kind", "method")


@dataclass(frozen=True, slots=True)
class CalledTable:
    """The head of a table that is called: what it asks and gives, in the order of its columns. `gives` is the type of
    a call's value, of which a table with several outputs makes a record."""

    name: str
    label: str
    root: Mapping
    where: Span
    takes: tuple[Variable, ...]
    columns: RecordType
    outputs: tuple[Field, ...]
    gives: Type
    hit: str
    clause: str | None

    @property
    def locals(self) -> tuple[LocalName, ...]:
        """Its inputs as names of its outputs."""
        return tuple(LocalName(v.name, v.type, v.slot) for v in self.takes)

    @property
    def delegated(self) -> Mapping | None:
        return nodes.mapping(self.root, "delegated")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it asks of each input, what it gives in each output, and the days on which it holds. `text` is what
    is written in each column and as its days; `number` counts the rows of its block."""

    cells: tuple[Cell, ...]
    outputs: tuple[Expression, ...]
    since: date | None
    until: date | None
    where: Span
    number: int
    text: tuple[str, ...]


def declare_called(documents: Iterator[tuple[Document, Mapping]], draft: Draft) -> dict[str, CalledTable]:
    """Makes the names of the tables that are called."""
    found = {}
    for document, root in documents:
        if nodes.child(root, "inputs") is not None and nodes.fragment(root, "table") is not None:
            table = _head(document, root, draft)
            found[table.name] = table
            draft.called.add(table.name)
            takes = tuple(variable.type for variable in table.takes)
            declare(
                DefinitionName(table.name, takes, table.gives, table.label, table.where), table.name, table.where,
                "table", draft,
            )
    return found


def _head(document: Document, root: Mapping, draft: Draft) -> CalledTable:
    named = table_name(document, root, draft)
    assert named is not None
    name, where = named.text.strip(), named.span()
    if name == "at" or overloads(name):
        draft.problem("name.reserved", where, name=name)
    for key in ROWS_ONLY:
        if nodes.child(root, key) is not None:
            draft.problem("table.with-inputs", nodes.place(root, key), key=key, name=name)
    for key in SCALE:
        if nodes.child(root, key) is not None:
            draft.problem("table.scale-later", nodes.place(root, key), key=key)
    columns = RecordType(name, nodes.text(root, "label") or name)
    takes = tuple(
        Variable(field.name, field.type, draft.slots.take()) for field in _columns(root, "inputs", columns, draft)
    )
    outputs = tuple(_columns(root, "outputs", columns, draft))
    if not outputs:
        draft.problem("table.no-outputs", where, name=name)
    columns.fields[FROM], columns.fields[TO] = Field(FROM, "起", DATE), Field(TO, "止", DATE)
    hit = _hit(root, outputs, draft)
    clause = draft.cite(nodes.fragment(root, "clause"))
    return CalledTable(
        name, columns.label, root, where, takes, columns, outputs, _gives(named, columns.label, outputs, hit, draft),
        hit, clause,
    )


def _columns(root: Mapping, key: str, columns: RecordType, draft: Draft) -> Iterator[Field]:
    """The columns under `key`, each added to those of the whole table."""
    for name, entry in nodes.entries(nodes.mapping(root, key)):
        if name in (FROM, TO, BASIS):
            draft.problem("table.own-column", entry.key.span, name=name)
            continue
        if name in KEYWORDS or name in BUILT_IN:
            draft.problem("name.reserved", entry.key.span, name=name)
        if name in columns.fields:
            draft.problem("table.column-twice", entry.key.span, name=name)
        written = nodes.fragment(entry.value, "type")
        type = BROKEN if written is None else read_type(written, entry.value, draft)
        if written is not None and not _fits_a_cell(type, output=key == "outputs"):
            draft.problem("table.record-column", written.span(), found=say_type(type))
            type = BROKEN
        field = Field(name, nodes.text(entry.value, "label") or name, type)
        columns.fields.setdefault(name, field)
        yield field


def _fits_a_cell(type: Type, *, output: bool) -> bool:
    match type:
        case RecordType(table=table, key=key):
            return table is not None and key is not None
        case List(item=item):
            return output and _fits_a_cell(item, output=True)
        case _:
            return isinstance(type, Boolean | TextType | Choice | Number | DateType | MonthType | Broken)


def _hit(root: Mapping, outputs: tuple[Field, ...], draft: Draft) -> str:
    written = nodes.fragment(root, "hit")
    hit = "unique" if written is None else " ".join(written.text.split())
    if written is None or hit in HITS:
        first = outputs[0].type if outputs else BROKEN
        collects = hit.startswith("collect")
        wrong = (hit == "collect sum" and not isinstance(first, Number | Broken)) or (
            hit in ("collect min", "collect max") and not (is_ordered(first) or first == BROKEN)
        )
        if written is not None and collects and (len(outputs) > 1 or wrong):
            code = "table.collect-one" if len(outputs) > 1 else "table.collect-type"
            draft.problem(code, written.span(), hit=hit, found=say_type(first))
        if written is not None and collects and nodes.child(root, "delegated") is not None:
            draft.problem("table.collect-delegated", written.span(), hit=hit)
        return hit
    draft.problem(
        "table.hit", written.span(), found=hit, guess=closest(hit, HITS), known=", ".join(HITS),
    )
    return "unique"


def _gives(named: Fragment, label: str, outputs: tuple[Field, ...], hit: str, draft: Draft) -> Type:
    if len(outputs) > 1:
        made = RecordType(named.text.strip(), label, fields={field.name: field for field in outputs})
        if draft.types.setdefault(made.name, made) is not made:
            draft.problem("type.twice", named.span(), name=made.name)
        return made
    of = outputs[0].type if outputs else BROKEN
    match hit:
        case "collect count":
            return INTEGER
        case "collect list":
            return List(of)
        case _:
            return of


def read_bounds(table: CalledTable, draft: Draft) -> Delegation | None:
    """What authorities may set of a table's rows; bounds may name its inputs."""
    node = table.delegated
    if node is None:
        return None
    bounded = next((key for key in ("at_least", "at_most") if nodes.child(node, key) is not None), None)
    if bounded is not None and len(table.outputs) > 1:
        draft.problem("delegation.one-output", nodes.place(node, bounded))
        return Delegation()
    settles = nodes.text(table.root, "rows") != "" or nodes.child(table.root, "default") is not None
    type = table.outputs[0].type if table.outputs else BROKEN
    return read_delegation(node, type, settles, table.locals, table.name, draft)


def read_rows(table: CalledTable, node: Node | None, draft: Draft) -> tuple[Row, ...]:
    """The rows of a block or list that can be read; what is wrong with the others is noted."""
    missing: set[str] = set()
    rows = []
    for number, written in enumerate(written_rows(node, table.columns, (BASIS,), draft), 1):
        row = _row(table, written, number, missing, draft)
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _row(table: CalledTable, written: WrittenRow, number: int, missing: set[str], draft: Draft) -> Row | None:
    before = len(draft.problems)
    cells = [_cell(variable, table, written, missing, draft) for variable in table.takes]
    outputs = [_output(field, table, written.cells.get(field.name), written.where, draft) for field in table.outputs]
    since, until = (_day(written, key, draft) for key in (FROM, TO))
    if since is not None and until is not None and until < since:
        draft.problem("dates.order", written.where, since=since, until=until)
    text = tuple(_text(written.cells.get(name)) for name in table.columns.fields)
    found = Row(
        tuple(cell for cell in cells if cell is not None), tuple(output for output in outputs if output is not None),
        since, until, written.where, number, text,
    )
    return None if len(draft.problems) > before or None in cells or None in outputs else found


def _cell(
    variable: Variable, table: CalledTable, written: WrittenRow, missing: set[str], draft: Draft
) -> Cell | None:
    found = written.cells.get(variable.name)
    label = table.columns.fields[variable.name].label
    if found is None:
        if variable.name not in missing:
            draft.problem("table.missing-column", written.where, name=variable.name, label=label)
        missing.add(variable.name)
        return None
    if is_empty(found):
        draft.problem("cell.empty-input", _place(found), label=label)
        return None
    if not isinstance(found, Scalar | Fragment):
        draft.problem("cell.brackets", found.span)
        return None
    fragment = found.fragment if isinstance(found, Scalar) else found
    local = LocalName(variable.name, variable.type, variable.slot)
    if variable.type == BROKEN:
        return None
    if is_ordered(variable.type):
        return read_tests(fragment, local, draft.settled_scope(), draft.problems)
    return read_words(fragment, local, lambda word: read_value(word, variable.type, draft), draft.problems)


def _output(
    field: Field, table: CalledTable, written: Node | Fragment | None, where: Span, draft: Draft
) -> Expression | None:
    """What a cell gives: words as they are, else an expression of the inputs; an empty one nothing, a setting."""
    if field.type == BROKEN:
        return None
    if written is None or is_empty(written):
        cause = Cause("setting", f"{table.name}.{field.name}", f"{table.label} {field.label}", where, field.type)
        at = where if written is None else _place(written)
        return Expression("", at, field.type, Choose("first", (), None, draft.cause(cause)))
    fragment = written.fragment if isinstance(written, Scalar) else written
    if isinstance(fragment, Fragment) and _is_expression(fragment, field.type, draft):
        return read_amount(fragment, draft.settled_scope(*table.locals), draft.problems, field.type)
    value = read_value(written, field.type, draft)
    if value is None:
        return None
    return Expression(_text(written), _place(written), field.type, Literal(value, field.type))


def _is_expression(fragment: Fragment, type: Type, draft: Draft) -> bool:
    """Whether a cell is worked out: words, and values in their plain form, are not."""
    if isinstance(type, Boolean):
        return fragment.text.strip() not in ("是", "否", "true", "false")
    return is_ordered(type) and inferred(fragment, draft) is None


def read_default(table: CalledTable, draft: Draft) -> tuple[Expression, ...]:
    """What a table gives where no row applies, in each output; nothing where it does not say."""
    node = nodes.mapping(table.root, "default")
    if node is None:
        return ()
    known = [field.name for field in table.outputs]
    for name, entry in nodes.entries(node):
        if name not in known:
            draft.problem("table.unknown-column", entry.key.span, found=name, guess=closest(name, known))
    found = [_output(field, table, nodes.child(node, field.name), node.span, draft) for field in table.outputs]
    return tuple(output for output in found if output is not None) if None not in found else ()


def _day(written: WrittenRow, key: str, draft: Draft) -> date | None:
    cell = written.cells.get(key)
    if cell is None or is_empty(cell):
        return None
    if not isinstance(cell, Scalar | Fragment):
        draft.problem("value.not-one", cell.span)
        return None
    return read_day(cell.fragment if isinstance(cell, Scalar) else cell, draft)


def _text(cell: Node | Fragment | None) -> str:
    match cell:
        case Scalar(fragment=fragment):
            return fragment.text.strip()
        case Fragment(text=text):
            return text.strip()
        case _:
            return ""


def _place(cell: Node | Fragment) -> Span:
    return cell.span() if isinstance(cell, Fragment) else cell.span
