"""Heads of tables that are called by their inputs: what they ask, what they give, and by which policy rows answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interpreter.language.hits import HITS, PLACED, RANKED
from interpreter.language.magnitude import taken
from interpreter.language.scope import DefinitionName, LocalName
from interpreter.language.types import (
    BROKEN,
    DATE,
    INTEGER,
    Boolean,
    Broken,
    Choice,
    DateTimeType,
    DateType,
    Field,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    TimeType,
    Type,
    say_type,
)
from interpreter.language.unknown import Value
from interpreter.problems import Fragment, Span
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.files import Document
from interpreter.rulebook.model import Variable
from interpreter.rulebook.names import BUILT_IN, KEYWORDS, declare
from interpreter.rulebook.reading import Mapping
from interpreter.rulebook.regions import is_ordered
from interpreter.rulebook.scale_heads import SCALE, Scale, read_scale
from interpreter.rulebook.tables import BASIS, FROM, TO, table_name
from interpreter.rulebook.vocabulary import read_type
from interpreter.rulebook.written import read_value

ROWS_ONLY = ("columns", "type", "key", "also_known_as")
"""Keys of tables that are read by their rows."""

POLICIES = (*HITS, *PLACED)
"""The hit policies that may be written."""


@dataclass(frozen=True, slots=True)
class CalledTable:
    """The head of a table that is called: what it asks and gives, in the order of its columns. `gives` is the type of
    a call's value, of which a table with several outputs makes a record. `hit` is the policy as written; `ranks` are
    the values of some outputs in the order in which they count, for policies that go by it. A `scale` has brackets."""

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
    ranks: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    scale: Scale | None = None

    @property
    def locals(self) -> tuple[LocalName, ...]:
        """Its inputs as names of its outputs."""
        return tuple(LocalName(v.name, taken(v.type), v.slot) for v in self.takes)

    @property
    def delegated(self) -> Mapping | None:
        return nodes.mapping(self.root, "delegated")

    @property
    def policy(self) -> str:
        """The policy under which rows answer once they stand in their order."""
        return PLACED.get(self.hit, self.hit)

    @property
    def record(self) -> RecordType | None:
        """The record that a row with several outputs makes."""
        of = self.gives.item if isinstance(self.gives, List) and lists(self.hit) else self.gives
        return of if isinstance(of, RecordType) and len(self.outputs) > 1 else None

    @property
    def ruled(self) -> Type:
        """The type of what authorities may set in a row: what it gives, or a scale's rate."""
        if self.scale is not None and self.scale.rate is not None:
            return self.scale.rate
        return self.outputs[0].type if self.outputs else BROKEN


def lists(hit: str) -> bool:
    """Whether a policy gives a list of what its rows give."""
    return PLACED.get(hit, hit) == "collect list"


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
    if name == "at":
        draft.problem("name.reserved", where, name=name)
    for key in ROWS_ONLY:
        if nodes.child(root, key) is not None:
            draft.problem("table.with-inputs", nodes.place(root, key), key=key, name=name)
    columns = RecordType(name, nodes.text(root, "label") or name)
    takes = tuple(
        Variable(field.name, field.type, draft.slots.take()) for field in _columns(root, "inputs", columns, draft)
    )
    outputs = tuple(_columns(root, "outputs", columns, draft))
    if not outputs:
        draft.problem("table.no-outputs", where, name=name)
    scale = read_scale(root, takes, outputs, columns, draft)
    columns.fields[FROM], columns.fields[TO] = Field(FROM, "起", DATE), Field(TO, "止", DATE)
    hit = "unique" if scale is not None else _hit(root, outputs, draft)
    clause = draft.cite(nodes.fragment(root, "clause"))
    return CalledTable(
        name, columns.label, root, where, takes, columns, outputs, _gives(named, columns.label, outputs, hit, draft),
        hit, clause, _ranks(root, hit, outputs, draft), scale,
    )


def declared(root: Mapping) -> set[str]:
    """The names that a table declares for its inputs and outputs."""
    return {name for key in ("inputs", "outputs") for name, _ in nodes.entries(nodes.mapping(root, key))}


def _columns(root: Mapping, key: str, columns: RecordType, draft: Draft) -> Iterator[Field]:
    """The columns under `key`, each added to those of the whole table."""
    for name, entry in nodes.entries(nodes.mapping(root, key)):
        if name in (FROM, TO, BASIS) or (name in SCALE and nodes.child(root, "kind") is not None):
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
            return isinstance(
                type, Boolean | TextType | Choice | Number | DateType | MonthType | TimeType | DateTimeType | Broken
            )


def _hit(root: Mapping, outputs: tuple[Field, ...], draft: Draft) -> str:
    written = nodes.fragment(root, "hit")
    if written is None:
        return "unique"
    hit = " ".join(written.text.split())
    if hit not in POLICIES:
        draft.problem(
            "table.hit", written.span(), found=hit, guess=closest(hit, POLICIES), known=", ".join(POLICIES),
        )
        return "unique"
    policy = PLACED.get(hit, hit)
    if policy.startswith("collect"):
        first = outputs[0].type if outputs else BROKEN
        wrong = (policy == "collect sum" and not isinstance(first, Number | Broken)) or (
            policy in ("collect min", "collect max") and not (is_ordered(first) or first == BROKEN)
        )
        if wrong or (len(outputs) > 1 and not lists(hit)):
            code = "table.collect-one" if len(outputs) > 1 else "table.collect-type"
            draft.problem(code, written.span(), hit=hit, found=say_type(first))
        if nodes.child(root, "delegated") is not None:
            draft.problem("table.collect-delegated", written.span(), hit=hit)
    return hit


def _gives(named: Fragment, label: str, outputs: tuple[Field, ...], hit: str, draft: Draft) -> Type:
    of = outputs[0].type if outputs else BROKEN
    if hit == "collect count":
        return INTEGER
    if len(outputs) > 1:
        made = RecordType(named.text.strip(), label, fields={field.name: field for field in outputs})
        if draft.types.setdefault(made.name, made) is not made:
            draft.problem("type.twice", named.span(), name=made.name)
        of = made
    return List(of) if lists(hit) else of


def _ranks(
    root: Mapping, hit: str, outputs: tuple[Field, ...], draft: Draft
) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """The values by which outputs rank, first ones first: as `priority:` lists them, or as a choice has its words."""
    written = nodes.child(root, "priority")
    if hit not in RANKED:
        if written is not None:
            draft.problem("table.priority-only", nodes.place(root, "priority"), hit=hit)
        return ()
    if written is None:
        found = tuple(
            (field.name, tuple(member for member, _ in field.type.members))
            for field in outputs if isinstance(field.type, Choice)
        )
    else:
        known = {field.name: field for field in outputs}
        found = ()
        listed = [(name, entry.value) for name, entry in nodes.entries(written)] or [
            (field.name, written) for field in outputs[:1]
        ]
        for name, node in listed:
            if name not in known:
                draft.problem("table.unknown-column", node.span, found=name, guess=closest(name, known))
            elif known[name].type != BROKEN:
                values = read_value(node, List(known[name].type), draft)
                found += () if values is None else ((name, values),)
    if not found and written is None and all(field.type != BROKEN for field in outputs):
        draft.problem("table.no-priority", nodes.place(root, "hit"), hit=hit)
    return found
