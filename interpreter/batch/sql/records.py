"""Facts as symbols: records read column by column, lists gone through, rows of tables found by their words."""

from __future__ import annotations

from collections.abc import Callable

from interpreter.batch.relations import HISTORY, column_of
from interpreter.batch.sql.constant import constant, record, row
from interpreter.batch.sql.mask import EMPTY, Causes, Mask, pick
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    Scope,
    Sql,
    case,
    coalesce,
    column,
    equal,
    field,
    is_literal,
    is_null,
    literal,
    member,
    members_of,
    or_,
)
from interpreter.batch.sql.symbol import SURE, Rec, Scalar, Segment, Seq, Sym, nothing, truth
from interpreter.language.types import DATE, List, RecordType, Type
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record, Shape, blank
from interpreter.rulebook.model import FactRoot, Table

At = Callable[[tuple[str, ...]], Sql]
"""What is stored at a path below a record."""


def root_symbol(root: FactRoot, causes: Causes) -> Sym:
    """A fact at the top of a case."""
    type, name = root.type, root.name
    if name == HISTORY:
        assert isinstance(type, List)
        stored = coalesce(column(name), literal(None))
        scope = members_of(stored)
        assert isinstance(type.item, RecordType)
        return Seq((Segment((scope,), SURE, _item(scope, type.item, blank(type.item), causes)),), type)
    if _is_record(type):
        assert root.shape is not None
        return _record(root.shape, lambda path: column(column_of((name, *path))), causes)
    return _leaf(column(column_of((name,))), type, root.absence, None, root.shape, causes)


def _is_record(of: Type) -> bool:
    return isinstance(of, RecordType) and of.table is None


def _record(shape: Shape, at: At, causes: Causes, path: tuple[str, ...] = ()) -> Rec:
    fields = shape.type.fields

    def read(name: str) -> Sym:
        of = fields[name]
        if of.provided:
            return nothing(of.type)
        if _is_record(of.type):
            return _record(shape.children[name], at, causes, (*path, name))
        return _leaf(at((*path, name)), of.type, shape.absences[name], of.default, shape.children.get(name), causes)

    def given(name: str) -> Scalar | None:
        of = fields.get(name)
        return None if of is None or not of.provided else Scalar(at((*path, name)), EMPTY, of.type)

    return Rec(shape.type, read, given)


def _leaf(stored: Sql, type: Type, absent: Value, default: object, child: Shape | None, causes: Causes) -> Sym:
    mask = causes.mask(absent.causes) if isinstance(absent, Unknown) else EMPTY
    if isinstance(type, List):
        return listed(stored, type, mask, child, causes)
    if default is not None:
        known = constant(default, type, causes)
        assert isinstance(known, Scalar)
        return Scalar(coalesce(stored, known.value), EMPTY, type, sure=True)
    return Scalar(stored, mask, type)


def listed(stored: Sql, type: List, mask: Mask, child: Shape | None, causes: Causes) -> Seq:
    """A list as it is stored; NULL is a list of any number of members that nobody named."""
    scope = members_of(stored)
    shape = None if child is None else child
    missing = truth(case((is_null(stored), NULL), otherwise=FALSE), mask)
    each = _item(scope, type.item, shape, causes)
    nobody = nobody_of(type.item, causes)
    return Seq((Segment((scope,), SURE, each), Segment((), missing, nobody, many=True)), type)


def _item(scope: Scope, type: Type, shape: Shape | None, causes: Causes) -> Sym:
    stands = member(scope)
    if not _is_record(type):
        return Scalar(stands, EMPTY, type, sure=True)
    assert shape is not None

    def at(path: tuple[str, ...]) -> Sql:
        found = stands
        for name in path:
            found = field(found, name)
        return found

    return _record(shape, at, causes)


def nobody_of(type: Type, causes: Causes) -> Sym:
    """A member that nobody named: everything about it is unknown, without a cause."""
    if not _is_record(type):
        return nothing(type)
    assert isinstance(type, RecordType)
    return record(Record({}, blank(type)), causes)


def table_rows(table: Table, causes: Causes) -> Seq:
    """All rows of a table, in their order."""
    return Seq(
        tuple(Segment((), SURE, record(one, causes)) for one in table.rows), List(table.row, max(1, len(table.rows)))
    )


def row_field(of: Scalar, name: str, table: Table, causes: Causes) -> Sym:
    """A field of the row of a table that a word stands for."""
    assert isinstance(of.type, RecordType)
    if of.type.key is None:
        # rows without a word of their own are written out; this is one that nobody knows
        return nothing(of.type.fields[name].type if name in of.type.fields else DATE, of.mask)
    key = of.type.key
    rows: dict[Value, Record] = {}
    for one in table.rows:
        rows.setdefault(one.get(key), one)
    if is_literal(of.value):
        found = next((one for word, one in rows.items() if literal(word) is of.value), None)
        return nothing(of.type.fields[name].type, of.mask) if found is None else record(found, causes).get(name)
    values = {word: record(one, causes).get(name) for word, one in rows.items()}
    if not all(isinstance(value, Scalar) for value in values.values()):
        return nothing(of.type.fields[name].type, causes.doubt)
    return _looked_up(of, {word: value for word, value in values.items() if isinstance(value, Scalar)}, name)


def _looked_up(of: Scalar, values: dict[Value, Scalar], name: str) -> Scalar:
    assert isinstance(of.type, RecordType)
    type = of.type.fields[name].type if name in of.type.fields else next(iter(values.values())).type
    grouped: dict[Scalar, list[Value]] = {}
    for word, value in values.items():
        grouped.setdefault(value, []).append(word)
    rows = tuple(
        (or_(*(equal(of.value, literal(word)) for word in words)), value.value) for value, words in grouped.items()
    )
    known = all(value.sure for value in grouped)
    mask = of.mask
    if not known:
        mask = pick([(is_null(of.value), of.mask), *(
            (or_(*(equal(of.value, literal(word)) for word in words)), value.mask) for value, words in grouped.items()
        )])
    return Scalar(case(*rows), mask, type, sure=of.sure and known)


__all__ = ["listed", "nobody_of", "root_symbol", "row", "row_field", "table_rows"]
