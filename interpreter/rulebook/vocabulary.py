"""The vocabulary of a case: choice and record types, the rows of tables as types, and the facts at the top."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from interpreter.language.magnitude import MOST_LISTED
from interpreter.language.scope import AsOfName, FactName
from interpreter.language.types import (
    BOOLEAN,
    BROKEN,
    DATE,
    DATE_TIME,
    MONTH,
    TEXT,
    TIME,
    Choice,
    Field,
    List,
    Number,
    RecordType,
    TextType,
    Type,
)
from interpreter.language.units import ONE, Unit
from interpreter.problems import Fragment
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.names import AS_OF, HISTORY, declare
from interpreter.rulebook.reading import Entry, Mapping, Node
from interpreter.rulebook.written import number_type, read_unit, read_value, read_word, trimmed

SIMPLE: dict[str, Type] = {
    "boolean": BOOLEAN, "text": TEXT, "date": DATE, "month": MONTH, "time": TIME, "date and time": DATE_TIME,
}
NUMERIC = ("integer", "number", "money")
MAX_DEPTH = 12
MAX_PATHS = 4_000
"""How deep records may nest, and how many schema paths a vocabulary may have."""

MANY = Number(0, ONE, Decimal(1), Decimal(MOST_LISTED))
"""What may be declared for the most rows of a list."""

ANY = Decimal(10**22)
"""The largest bound that may be declared: with twelve places it still has 34 digits."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A record type that has its name but not yet its fields, and where these are written."""

    type: RecordType
    fields: Mapping | None
    where: Entry


def declare_types(facts: Node | None, draft: Draft) -> list[Shell]:
    """Makes every choice type, and every record type without its fields."""
    shells = []
    for name, entry in nodes.entries(nodes.mapping(facts, "types")):
        label = nodes.text(entry.value, "label") or name
        if not _new_type(name, entry.key.fragment, draft):
            continue
        choices = nodes.mapping(entry.value, "choices")
        if choices is not None:
            draft.types[name] = read_choice(name, choices, draft)
            continue
        record = RecordType(name, label, nodes.text(entry.value, "key"))
        draft.types[name] = record
        shells.append(Shell(record, nodes.mapping(entry.value, "fields"), entry))
    return shells


def declare_row(table: str, name: str, where: Fragment, root: Mapping, draft: Draft) -> RecordType:
    """The type of a table's rows; with `type:` the rows are values of their own, found by any word they have."""
    row = RecordType(
        name, nodes.text(root, "label") or name, nodes.text(root, "key"), table=table,
        also_known_as=tuple(f.text for f in nodes.fragments(root, "also_known_as")),
    )
    if nodes.text(root, "type") is not None and _new_type(name, where, draft):
        draft.types[name] = row
    return row


def _new_type(name: str, where: Fragment, draft: Draft) -> bool:
    if name in SIMPLE or name in NUMERIC or name == "list":
        draft.problem("name.reserved", where.span(), name=name)
        return False
    if name in draft.types:
        draft.problem("type.twice", where.span(), name=name)
        return False
    return True


def read_choice(name: str, choices: Mapping, draft: Draft) -> Choice:
    """A closed list of words; each label stands for one id only."""
    members: dict[str, str] = {}
    for member, entry in nodes.entries(choices):
        label = nodes.text(choices, member) or member
        if label in members.values():
            draft.problem("choice.label-twice", entry.value.span, label=label)
        members[member] = label
    return Choice(name, tuple(members.items()))


def declare_facts(facts: Node | None, draft: Draft) -> tuple[list[Shell], dict[str, str]]:
    """Makes the type of every fact and its name in expressions; gives the shells, and each fact's label.

    A fact with `type:` and more fields is a record that extends that type; one with `type:` alone is of that type.
    """
    shells, labels = [], {}
    for name, entry in nodes.entries(nodes.mapping(facts, "facts")):
        labels[name] = nodes.text(entry.value, "label") or name
        written = nodes.fragment(entry.value, "type")
        fields = nodes.mapping(entry.value, "fields")
        type: Type = BROKEN if written is None else read_type(written, entry.value, draft)
        if fields is not None:
            base = type if isinstance(type, RecordType) and type.table is None else None
            if written is not None and base is None and type != BROKEN:
                draft.problem("fact.base", written.span(), found=written.text.strip())
            key = nodes.text(entry.value, "key") or (base.key if base else None)
            record = RecordType(name, labels[name], key, base=base)
            shells.append(Shell(record, fields, entry))
            own_name = written is None or written.text.strip() != name
            if own_name and _new_type(name, entry.key.fragment, draft):
                draft.types[name] = record
            type = record
        declare(FactName(name, type, labels[name]), name, entry.key.span, "fact", draft)
    draft.names[HISTORY] = FactName(HISTORY, List(history_entry(draft)), "历史记录")
    draft.names[AS_OF] = AsOfName()
    return shells, labels


def history_entry(draft: Draft) -> RecordType:
    """An earlier decision, as every policy knows it. Its key is a value nobody looks into."""
    fields = (
        Field("measure", "措施", TEXT), Field("key", "对象", RecordType("history_key", "对象")),
        Field("period", "期间", TEXT), Field("amount", "金额", draft.money_type), Field("decided_on", "决定日期", DATE),
        Field("number", "文号", TEXT),
    )
    return RecordType("history_entry", "历史记录", fields={field.name: field for field in fields})


def fill_fields(shells: list[Shell], draft: Draft) -> None:
    """Gives the record types their fields; those of a base come first."""
    for shell in shells:
        if shell.type.base is not None:
            shell.type.fields.update(shell.type.base.fields)
        for name, entry in nodes.entries(shell.fields):
            if name in shell.type.fields:
                draft.problem("field.twice", entry.key.span, name=name, type=shell.type.base and shell.type.base.label)
            else:
                shell.type.fields[name] = _field(name, entry, draft)
        key = nodes.fragment(shell.where.value, "key")
        if key is not None and key.text.strip() not in shell.type.fields:
            guess = closest(key.text.strip(), shell.type.fields)
            draft.problem("field.unknown-key", key.span(), found=key.text.strip(), guess=guess)
    _finite([shell.type for shell in shells], {id(shell.type): shell for shell in shells}, draft)


def _field(name: str, entry: Entry, draft: Draft) -> Field:
    node = entry.value
    written = nodes.fragment(node, "type")
    type = BROKEN if written is None else read_type(written, node, draft)
    ongoing = nodes.fragment(node, "ongoing")
    if ongoing is not None and type not in (DATE, BROKEN):
        draft.problem("field.ongoing", ongoing.span())
    default = nodes.child(node, "default")
    return Field(
        name, nodes.text(node, "label") or name, type,
        private=nodes.flag(node, "private"), required=nodes.flag(node, "required"), proof=nodes.text(node, "proof"),
        ongoing=None if ongoing is None else ongoing.text.strip(),
        default=None if default is None or type == BROKEN else read_value(default, type, draft),
    )


def read_type(written: Fragment, node: Node, draft: Draft) -> Type:
    """The type a declaration names, with the unit, places, bounds and format that stand beside it in `node`."""
    written = trimmed(written)
    listed = re.fullmatch(r"list\s+of\s+(?!list\b)(.+)", written.text)
    if listed:
        item = read_type(written.part(listed.start(1), listed.end(1)), node, draft)
        rows = nodes.fragment(node, "rows_at_most")
        most = None if rows is None else read_word(rows, MANY, draft)
        return List(item, most if isinstance(most, int) else None)
    word = written.text
    if word == "text":
        return TextType(nodes.text(node, "format"))
    if word in NUMERIC:
        return _numeric(word, written, node, draft)
    if word in SIMPLE:
        return SIMPLE[word]
    if word in draft.types:
        return draft.types[word]
    known = [*SIMPLE, *NUMERIC, *draft.types]
    several = _LISTED.fullmatch(word)
    guess = f"list of {several[str(several.lastgroup)]}" if several else _ELSEWHERE.get(word, closest(word, known))
    draft.problem("type.unknown", written.span(), found=word, guess=guess, known=", ".join([*SIMPLE, *NUMERIC]))
    return BROKEN


_LISTED = re.compile(
    r"list\s*[<(\[]\s*(?P<a>\w+)\s*[>)\]]|(?P<b>\w+)\s*\[\]|list\s+(?!of\b)(?P<c>\w+)|(?P<d>\w+)\s+list"
)
"""How other languages write a list of something."""

_ELSEWHERE = {
    "string": "text", "str": "text", "bool": "boolean", "int": "integer", "decimal": "number", "float": "number",
    "amount": "money", "datetime": "date and time", "day": "date",
}
"""What other languages call the types, and what this one does."""


def _numeric(word: str, written: Fragment, node: Node, draft: Draft) -> Type:
    unit: Unit | None = None
    in_unit = nodes.fragment(node, "unit")
    if in_unit is not None:
        unit = read_unit(in_unit, draft)
    places = 0
    if word == "money":
        # an amount for each month has the money's places, too
        unit, places = draft.money_type.unit if unit is None else unit, draft.money.places
    given = nodes.fragment(node, "places")
    if given is not None:
        read = read_word(given, Number(0, low=Decimal(0), high=Decimal(12)), draft)
        places = read if isinstance(read, int) else places
    elif word == "number" and not (unit is not None and number_type(draft, 0, unit).places):
        draft.problem("number.places", written.span())
    plain = number_type(draft, places, unit)
    return Number(plain.places, plain.unit, *(_bound(node, key, plain, draft) for key in ("at_least", "at_most")))


def _bound(node: Node, key: str, type: Number, draft: Draft) -> Decimal | None:
    written = nodes.fragment(node, key)
    if written is None:
        return None
    value = read_word(written, replace(type, low=-ANY, high=ANY), draft)
    return None if value is None else Decimal(value)


def inner_record(type: Type) -> RecordType | None:
    """The record type of which a field holds one or a list, where it is no row of a table."""
    inner = type.item if isinstance(type, List) else type
    return inner if isinstance(inner, RecordType) and inner.table is None else None


def _finite(types: list[RecordType], shells: dict[int, Shell], draft: Draft) -> None:
    """Refuses records that contain themselves, nest too deep, or have too many paths."""
    paths: dict[int, int] = {}
    told: set[int] = set()

    def visit(type: RecordType, trail: tuple[RecordType, ...]) -> int:
        if id(type) in paths:
            return paths[id(type)]
        if any(type is other for other in trail) or len(trail) > MAX_DEPTH:
            names = [t.name for t in (*trail[next((i for i, t in enumerate(trail) if t is type), 0):], type)]
            code = "type.contains-itself" if len(trail) <= MAX_DEPTH else "type.deep"
            if id(type) not in told:
                where = shells[id(type)].where.key.span
                draft.problem(code, where, name=type.name, circle=" → ".join(names), limit=MAX_DEPTH)
            told.add(id(type))
            return 0
        total = 0
        for field in type.fields.values():
            inner = inner_record(field.type)
            total += 1 + (visit(inner, (*trail, type)) if inner is not None else 0)
        paths[id(type)] = total
        return total

    for type in types:
        if visit(type, ()) > MAX_PATHS:
            draft.problem("type.large", shells[id(type)].where.key.span, name=type.name, limit=MAX_PATHS)
            return

