"""The pages of the vocabulary: a table with its rows, a fact, a type, one field."""

from __future__ import annotations

from collections.abc import Iterable

from interpreter.language.show import show
from interpreter.language.types import Choice, Field, RecordType, Type
from interpreter.language.unknown import Unknown
from interpreter.language.values import ONGOING, Record
from interpreter.rulebook.model import Asked, FactRoot, Table
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.facts import field_lines, inner, marks
from interpreter.rulebook.showing.figures import asked_rows, bounds
from interpreter.rulebook.showing.layout import grid, pairs
from interpreter.rulebook.showing.needs import needed_paths
from interpreter.rulebook.showing.reads import Ref, fields_of_type
from interpreter.rulebook.showing.terms import used_in
from interpreter.rulebook.showing.view import View

DAYS = ("from", "to")


def table_page(view: View, table: Table) -> list[list[str]]:
    """A table's rows in columns with their days: those without a last day first, then the others; those of a table
    that is called as they are written, with what authorities add."""
    clause = view.clause(table.clause)
    written = [(view.fill(words.WRITTEN_IN), view.place(table.where))]
    head = view.title(table.label, table.name, view.fill(words.TABLE), clause)
    rows = _list_head(view, table) if table.asked is None else _asked_head(view, table, table.asked)
    return [
        [*head, *pairs([*rows, *written], view.width)],
        *(_listed(view, table) if table.asked is None else _asked(view, table, table.asked)),
        used_in(view, Ref("table", table.name)),
        _held_by(view, table.row),
    ]


def _list_head(view: View, table: Table) -> list[tuple[str, str]]:
    row = table.row
    also = [row.fields[name].label for name in row.also_known_as if name in row.fields]
    return [
        (view.fill(words.COLUMNS), _columns(view, row, [name for name in row.fields if name not in DAYS])),
        (view.fill(words.KEY), row.fields[row.key].label if row.key in row.fields else ""),
        (view.fill(words.STANDS_FOR), view.listed(also)),
    ]


def _columns(view: View, row: RecordType, names: Iterable[str]) -> str:
    return view.listed(view.named(row.fields[name].label, name) for name in names)


def _listed(view: View, table: Table) -> list[list[str]]:
    names = [name for name in table.row.fields if name not in DAYS]
    current = [record for record in table.rows if record.fields["to"] == ONGOING]
    ended = [record for record in table.rows if record.fields["to"] != ONGOING]
    return [
        view.section(view.fill(words.OPEN_ROWS, len(current)), _rows(view, table.row, [*names, "from"], current)),
        view.section(view.fill(words.ENDED_ROWS, len(ended)), _rows(view, table.row, [*names, *DAYS], ended)),
    ]


def _asked_head(view: View, table: Table, asked: Asked) -> list[tuple[str, str]]:
    return [
        (view.fill(words.INPUTS), _columns(view, table.row, asked.inputs)),
        (view.fill(words.OUTPUTS), _columns(view, table.row, asked.outputs)),
        _answering(view, asked.hit),
        (view.fill(words.ELSE), view.listed(asked.default)),
    ]


def _answering(view: View, hit: str) -> tuple[str, str]:
    """By which policy rows answer, or how a scale applies."""
    if hit in words.METHODS:
        return view.fill(words.METHOD), view.fill(words.METHODS[hit])
    return view.fill(words.HIT), view.fill(words.HITS[hit])


def _asked(view: View, table: Table, asked: Asked) -> list[list[str]]:
    own = asked_rows(view, table, asked.text, view.inner)
    set_by = [] if asked.delegated is None else bounds(view, asked.delegated, bool(asked.text), view.inner)
    for overlay in view.book.overlays.values():
        for name, rows in overlay.rows:
            if name == table.name:
                set_by += [overlay.authority, *("  " + line for line in asked_rows(view, table, rows, view.inner - 2))]
    return [
        view.section(view.fill(words.ROWS, len(asked.text)), own),
        view.section(view.fill(words.SET_BY), set_by),
    ]


def _rows(view: View, row: RecordType, names: list[str], records: Iterable[Record]) -> list[str]:
    days = {"from": words.FROM_DAY, "to": words.TO_DAY}
    heads = [view.fill(days[name]) if name in days else row.fields[name].label for name in names]
    found = [[_cell(view, record, name) for name in names] for record in records]
    return grid(heads, found, view.inner) if found else []


def _cell(view: View, record: Record, name: str) -> str:
    value = record.fields.get(name)
    if value is None or isinstance(value, Unknown):
        return ""
    return show(value, record.shape.type.fields[name].type, view.language)


def type_page(view: View, name: str, of: Type) -> list[list[str]]:
    """A type: its words or its fields, and where values of it stand."""
    match of:
        case Choice(members=members):
            choices = grid(("", ""), [(label, member) for member, label in members], view.inner)
            return [
                view.title(name, name, view.fill(words.CHOICES)),
                view.section(view.fill(words.MEMBERS), choices),
                _held_by(view, of),
            ]
        case RecordType():
            head = view.title(of.label, name, view.fill(words.TYPE))
            return [[*head, *pairs(_record(view, of), view.width)], _fields(view, of), _held_by(view, of)]
        case _:
            return [view.title(name, name, view.fill(words.TYPE))]


def _record(view: View, of: RecordType) -> list[tuple[str, str]]:
    key = of.fields.get(of.key or "")
    return [
        (view.fill(words.EXTENDS), "" if of.base is None else view.named(of.base.label, of.base.name)),
        (view.fill(words.KEY), "" if key is None else key.label),
    ]


def _fields(view: View, of: RecordType) -> list[str]:
    lines = [line for field in of.fields.values() for line in field_lines(view, field, view.inner, name=True)]
    return view.section(view.fill(words.FIELDS), lines)


def _held_by(view: View, of: Type) -> list[str]:
    rows = [(owner.label, view.named(field.label, field.name)) for owner, field in fields_of_type(view.book, of)]
    return view.section(view.fill(words.HELD_BY), grid(("", ""), rows, view.inner))


def fact_page(view: View, fact: FactRoot) -> list[list[str]]:
    """A fact at the top of a case, with its fields where it is a record."""
    of = inner(fact.type)
    head = view.title(fact.label, fact.name, view.fill(words.FACT))
    if isinstance(of, RecordType) and of.table is None:
        listed = of is not fact.type
        rows = [(view.fill(words.TYPE_OF), view.type(fact.type) if listed else ""), *_record(view, of)]
        blocks = [[*head, *pairs(rows, view.width)], _fields(view, of)]
    else:
        blocks = [[*head, *pairs([(view.fill(words.TYPE_OF), view.type(fact.type))], view.width)]]
    return [*blocks, used_in(view, Ref("fact", fact.name))]


def field_page(view: View, path: str, field: Field) -> list[list[str]]:
    """One field of the vocabulary by its schema path, and the measures that may need it."""
    measures = [m for m in view.book.measures.values() if path in needed_paths(view.book, m)]
    needed = [(view.named(m.title, m.name), view.clause(m.clause)) for m in measures]
    rows = [
        (view.fill(words.TYPE_OF), "".join(marks(view, field, opened=False))),
        (view.fill(words.PROVEN_BY), field.proof or ""),
    ]
    of = inner(field.type)
    nested = isinstance(of, RecordType) and of.table is None
    return [
        [*view.title(field.label, path, view.fill(words.FIELD)), *pairs(rows, view.width)],
        _fields(view, of) if nested and isinstance(of, RecordType) else [],
        view.section(view.fill(words.NEEDED_BY), grid(("", ""), needed, view.inner)),
    ]
