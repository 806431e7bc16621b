"""Rows of tables that are called by their inputs: tests of the inputs, and what they give."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date

from interpreter.language.cells import Cell, asks, read_tests, read_words
from interpreter.language.core import Choose, Literal
from interpreter.language.expression import Expression
from interpreter.language.literals import TRUTH
from interpreter.language.read import read_amount
from interpreter.language.scope import LocalName
from interpreter.language.types import BROKEN, INTEGER, Boolean, Field, Type
from interpreter.problems import Fragment, Span
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.delegation import read_delegation
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.heads import CalledTable, declared, lists
from interpreter.rulebook.model import Cause, Delegation, Variable
from interpreter.rulebook.reading import Node, Scalar, Sequence
from interpreter.rulebook.regions import is_ordered
from interpreter.rulebook.scale_heads import RATE
from interpreter.rulebook.scales import Bracket, amounts, is_readable, read_bracket
from interpreter.rulebook.tables import BASIS, FROM, TO, WrittenRow, is_empty, written_rows
from interpreter.rulebook.written import inferred, read_day, read_value


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it asks of each input, what it gives in each output, and the days on which it holds. `text` is what
    is written in each column and as its days; `number` counts the rows of its block. `rank` is its place by what it
    gives; `bracket` is its part of a scale, whose rate is `written` and whose amounts are the output."""

    cells: tuple[Cell, ...]
    outputs: tuple[Expression, ...]
    written: tuple[Expression, ...]
    since: date | None
    until: date | None
    where: Span
    number: int
    text: tuple[str, ...]
    rank: tuple[int, ...] = ()
    bracket: Bracket | None = None

    @property
    def scale(self) -> Hashable:
        """What the rows of one scale share: everything but the bracket."""
        others = tuple(cell.core for cell in self.cells if self.bracket is None or cell is not self.bracket.cell)
        return (others, self.since, self.until)


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
    return read_delegation(node, table.ruled, settles, table.locals, table.name, draft)


def read_rows(table: CalledTable, node: Node | None, draft: Draft) -> tuple[Row, ...]:
    """The rows of a block or list that can be read; what is wrong with the others is noted."""
    if not is_readable(table):
        return ()
    missing: set[str] = set()
    rows = []
    for number, written in enumerate(written_rows(node, table.columns, (BASIS,), draft), 1):
        row = _row(table, written, number, missing, draft)
        if row is not None:
            rows.append(row)
    return tuple(rows) if table.scale is None else _with_amounts(table, rows, draft)


def _with_amounts(table: CalledTable, rows: list[Row], draft: Draft) -> tuple[Row, ...]:
    """The rows of a scale, each giving what an amount in its bracket comes to."""
    assert table.scale is not None
    written = [(row.scale, row.bracket, row.written[0]) for row in rows if row.bracket is not None]
    found = amounts(table, table.scale, written, draft)
    return tuple(
        replace(row, outputs=(amount,)) for row, amount in zip(rows, found, strict=True) if amount is not None
    )


def _row(table: CalledTable, written: WrittenRow, number: int, missing: set[str], draft: Draft) -> Row | None:
    before = len(draft.problems)
    scale = table.scale
    bracket = None if scale is None else read_bracket(table, scale, written, draft)
    cells: list[Cell | None] = []
    for variable in table.takes:
        if scale is not None and variable is scale.of:
            cells.append(None if bracket is None else bracket.cell)
        else:
            cells.append(_cell(variable, table, written, missing, draft))
    if bracket is not None and bracket.rated:
        outputs = [_rate(table, written, draft)]
    else:
        outputs = [
            _output(field, table, field.type, written.cells.get(field.name), written.where, draft)
            for field in table.outputs
        ]
    since, until = (_day(written, key, draft) if key not in declared(table.root) else None for key in (FROM, TO))
    if since is not None and until is not None and until < since:
        draft.problem("dates.order", written.where, since=since, until=until)
    rank = _rank(table, outputs, draft)
    if len(draft.problems) > before or None in cells or None in outputs:
        return None
    asked = tuple(cell for cell in cells if cell is not None)
    given = tuple(output for output in outputs if output is not None)
    days = (_text(written.cells.get(key)) for key in (FROM, TO))
    text = (*(cell.text for cell in asked), *(output.text.strip() for output in given), *days)
    return Row(asked, given, given, since, until, written.where, number, text, rank, bracket)


def _rank(table: CalledTable, outputs: list[Expression | None], draft: Draft) -> tuple[int, ...]:
    """The places of a row's outputs among the values by which they count; outputs that are none are problems."""
    found = []
    for name, values in table.ranks:
        place = next(i for i, field in enumerate(table.outputs) if field.name == name)
        output = outputs[place]
        if output is None:
            continue
        if not isinstance(output.core, Literal):
            draft.problem("table.priority-written", output.where, label=table.outputs[place].label, hit=table.hit)
        elif output.core.value not in values:
            draft.problem("table.priority-value", output.where, found=output.text, label=table.outputs[place].label)
        else:
            found.append(values.index(output.core.value))
    return tuple(found)


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
    if is_ordered(variable.type) or asks(fragment):
        return read_tests(fragment, local, draft.settled_scope(), draft.problems)
    return read_words(fragment, local, lambda word: read_value(word, variable.type, draft), draft.problems)


def _output(
    field: Field, table: CalledTable, type: Type, written: Node | Fragment | None, where: Span, draft: Draft
) -> Expression | None:
    """What a cell gives: words as they are, else an expression of the inputs; an empty one nothing, a setting."""
    if type == BROKEN:
        return None
    if written is None or is_empty(written):
        return _not_set(field, table, where if written is None else _place(written), draft)
    fragment = written.fragment if isinstance(written, Scalar) else written
    if isinstance(fragment, Fragment) and _is_expression(fragment, type, draft):
        return read_amount(fragment, draft.settled_scope(*table.locals), draft.problems, type)
    value = read_value(written, type, draft)
    if value is None:
        return None
    return Expression(_text(written), _place(written), type, Literal(value, type))


def _rate(table: CalledTable, written: WrittenRow, draft: Draft) -> Expression | None:
    """What amounts in a bracket are multiplied with."""
    assert table.scale is not None
    cell = written.cells[RATE]
    if is_empty(cell):
        return _not_set(table.columns.fields[RATE], table, _place(cell), draft)
    fragment = cell.fragment if isinstance(cell, Scalar) else cell
    if not isinstance(fragment, Fragment):
        draft.problem("value.not-one", fragment.span)
        return None
    return read_amount(fragment, draft.settled_scope(*table.locals), draft.problems, table.scale.rate)


def _not_set(field: Field, table: CalledTable, where: Span, draft: Draft) -> Expression:
    cause = Cause("setting", f"{table.name}.{field.name}", f"{table.label} {field.label}", where, field.type)
    return Expression("", where, field.type, Choose("first", (), None, draft.cause(cause)))


def _is_expression(fragment: Fragment, type: Type, draft: Draft) -> bool:
    """Whether a cell is worked out: words, and values in their plain form, are not."""
    if isinstance(type, Boolean):
        return fragment.text.strip() not in TRUTH
    return is_ordered(type) and inferred(fragment, draft) is None


@dataclass(frozen=True, slots=True)
class Default:
    """What a table gives where no row applies, in each output; `empty`: nothing, of a table that gives a list."""

    outputs: tuple[Expression, ...] = ()
    empty: bool = False


def read_default(table: CalledTable, draft: Draft) -> Default | None:
    """What a table says under `default:`; None where it does not say."""
    node = nodes.child(table.root, "default")
    if node is None:
        return None
    if isinstance(node, Sequence):
        if not lists(table.hit):
            draft.problem("table.default-list", nodes.place(table.root, "default"), hit=table.hit)
        return Default(empty=True)
    known = [field.name for field in table.outputs]
    for name, entry in nodes.entries(node):
        if name not in known:
            draft.problem("table.unknown-column", entry.key.span, found=name, guess=closest(name, known))
    found = [
        _output(
            field, table, INTEGER if table.hit == "collect count" else field.type, nodes.child(node, field.name),
            node.span, draft,
        )
        for field in table.outputs
    ]
    return Default(tuple(output for output in found if output is not None)) if None not in found else None


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
