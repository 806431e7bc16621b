"""What of a table of cases can be taken as it stands.

Every column of the file becomes a column of the batch by an expression, with a condition that says of which rows it is
plainly right. A row of which all are is clean and never leaves the database; the case reader looks at all others, puts
right what may be put right, and says what is wrong: so a value means the same wherever it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from interpreter.batch.files.formats import FORMATS
from interpreter.batch.relations import CASE, CLAIMS, HISTORY, POSITION, Column, column_of, literal, quoted, stored_as
from interpreter.cases.words import TOP, field_named, root_named
from interpreter.language.magnitude import bounds_of, longest
from interpreter.language.types import (
    Boolean,
    Choice,
    DateType,
    Field,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    Type,
)
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook

_INTEGERS = {"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger"}
_ITEM = re.compile(r"\bitem[0-9]+")
"""The variable of a list inside another has the next number."""
_MOST_CASES = 64
"""So many words are looked up one after the other, more by a map."""
_SPAN = ("DATE '0001-01-01'", "DATE '9999-12-30'")


@dataclass(frozen=True, slots=True)
class Taken:
    """A value as the batch stores it, and the conditions under which that is plainly right; none: always. `stored`: the
    condition under which the file's value is the stored one already."""

    value: str
    clean: tuple[str, ...] = ()
    stored: str | None = None


@dataclass(frozen=True, slots=True)
class Sieve:
    """How the rows of a file become rows of the batch.

    `select` gives each column of the batch by its name; what the file has not is left out. `clean` is true of a row
    that can be taken as it stands. `paths` are the columns of the file that are facts, by their path, `ignored` those
    that are none. `stored` is a narrower sieve, for rows whose words are the ids of what they stand for: it leaves them
    as they are.
    """

    select: Mapping[str, str]
    clean: str
    paths: Mapping[str, tuple[str, ...]]
    ignored: tuple[str, ...]
    stored: Sieve | None = None


def sieve_for(
    found: Iterable[tuple[str, Any]], columns: tuple[Column, ...], rulebook: Rulebook, problems: list[Problem]
) -> Sieve | None:
    """The sieve for a file whose columns have these names and types of the database; None with a problem where a column
    cannot be read at all, or none is a fact."""
    by_path = {(column.path, column.type is None): column for column in columns if column.path}
    offered = list(_offered(found, rulebook))
    day = _day_of(offered, rulebook)
    select: dict[str, str] = {}
    clean: list[str] = []
    narrow: dict[str, str] = {}
    narrower: list[str] = []
    required: list[tuple[str, str]] = []
    paths: dict[str, tuple[str, ...]] = {}
    ignored: list[str] = []
    wrong = len(problems)
    for one in offered:
        column = by_path.get((one.path, one.presence))
        if column is None or column.name in select:
            ignored.append(one.name)
            continue
        paths[one.name] = one.path
        if one.presence:
            select[column.name] = one.value
        elif column.type is not None:
            field = field_at(one.path, rulebook)
            taken = taken_from(one.value, one.stored, column.type, field, rulebook, day)
            if taken is None:
                problems.append(Problem("batch.column-type", fields={"column": one.name, "type": str(one.stored)}))
                continue
            select[column.name] = f"coalesce({taken.value}, [])" if one.path == (HISTORY,) else taken.value
            own = [f"({one.value} IS NULL OR ({condition}))" for condition in taken.clean]
            clean += own
            if taken.stored is not None:
                narrow[column.name] = one.value
                own = [f"({one.value} IS NULL OR {taken.stored})"]
            narrower += own
            if field is not None and field.provided and _has_lists(one, offered):
                # the reader compares the figure with what the rules compute of the lists
                clean.append(f"{one.value} IS NULL")
                narrower.append(clean[-1])
            if field is not None and field.required:
                required.append((column_of(one.path[:1]), one.value))
    known = [column.name for column in columns if column.path and column.type is not None]
    if len(problems) == wrong and not select.keys() & set(known):
        problems.append(Problem("batch.no-column", fields={"known": ", ".join(known)}))
    if len(problems) > wrong:
        return None
    _present(select, offered, columns, rulebook)
    needed = [f"(NOT ({select.get(root, 'TRUE')}) OR {value} IS NOT NULL)" for root, value in required]
    names = {name for name, _ in found}
    number = rulebook.order[-1].text.strip() if rulebook.order else ""
    if CASE in names or number in select:
        select[CASE] = f"coalesce({f'{quoted(CASE)}::VARCHAR' if CASE in names else select[number]}, '')"
    if CLAIMS in names:
        select[CLAIMS] = quoted(CLAIMS)
    others = tuple(name for name in ignored if name not in (*TOP, CASE, POSITION))
    stored = Sieve(select | narrow, " AND ".join([*narrower, *needed]) or "TRUE", paths, others) if narrow else None
    return Sieve(select, " AND ".join([*clean, *needed]) or "TRUE", paths, others, stored)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A column of the file, or a field of a record that is one column. `presence`: whether a record is given."""

    name: str
    value: str
    stored: Any
    path: tuple[str, ...]
    presence: bool = False


def _offered(found: Iterable[tuple[str, Any]], rulebook: Rulebook) -> Iterator[_Offer]:
    """What a file's columns offer; a record that is one column offers its fields, and that it is given."""
    for name, stored in found:
        yield from _offers(name, quoted(name), stored, path_named(name, rulebook), rulebook)


def _offers(name: str, value: str, stored: Any, path: tuple[str, ...], rulebook: Rulebook) -> Iterator[_Offer]:
    is_record = bool(path) and _is_record(_type_at(path, rulebook))
    if is_record and stored.id == "struct":
        if len(path) == 1:
            yield _Offer(name, f"{value} IS NOT NULL", stored, path, True)
        for inner, kind in stored.children:
            dotted = f"{name}.{inner}"
            yield from _offers(dotted, f"{value}.{quoted(inner)}", kind, path_named(dotted, rulebook), rulebook)
    elif is_record and stored.id == "boolean":
        yield _Offer(name, f"coalesce({value}, FALSE)", stored, path, True)
    else:
        yield _Offer(name, value, stored, path)


def path_named(name: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The path a column's name stands for, by ids or labels with dots between them; empty for none."""
    first, *rest = name.split(".")
    root = root_named(rulebook, first)
    if name == HISTORY:
        return (HISTORY,)
    if root is None:
        return ()
    path, type = [root.name], root.type
    for word in rest:
        field = field_named(type, word) if isinstance(type, RecordType) and type.table is None else None
        if field is None:
            return ()
        path.append(field.name)
        type = field.type
    return tuple(path)


def field_at(path: tuple[str, ...], rulebook: Rulebook) -> Field | None:
    """The field at the end of a path; None for a fact at the top."""
    above = _type_at(path[:-1], rulebook) if path[1:] else None
    return above.fields[path[-1]] if isinstance(above, RecordType) else None


def _has_lists(figure: _Offer, offered: list[_Offer]) -> bool:
    """Whether the file has lists on the record that a figure is about."""
    return any(one.stored.id == "list" and one.path[:-1] == figure.path[:-1] for one in offered)


def _type_at(path: tuple[str, ...], rulebook: Rulebook) -> Type:
    type: Type = rulebook.facts[path[0]].type
    for name in path[1:]:
        assert isinstance(type, RecordType)
        type = type.fields[name].type
    return type


def _is_record(type: Type) -> bool:
    return isinstance(type, RecordType) and type.table is None


def _day_of(offered: list[_Offer], rulebook: Rulebook) -> str | None:
    """The expression of the day by which persons must be born, where the file has it as a date."""
    wanted = tuple(rulebook.as_of.text.strip().split("."))
    return next((one.value for one in offered if one.stored.id == "date" and one.path == wanted), None)


def _present(
    select: dict[str, str], offered: list[_Offer], columns: tuple[Column, ...], rulebook: Rulebook
) -> None:
    """Where no column says which records are given: the only claimant's or bearer's is, any other where a fact of it
    is."""
    claimants = {one.fact for one in (*rulebook.claimants.values(), *rulebook.bearers.values())}
    seen = {one.path[0] for one in offered if one.path}
    for column in columns:
        root = column.path[0] if column.path and column.type is None else None
        inside = [one.value for one in offered if root is not None and one.path[:1] == (root,) and len(one.path) > 1]
        if root is None or column.name in select or not inside:
            continue
        alone = root in claimants and not claimants & seen - {root}
        select[column.name] = "TRUE" if alone else " OR ".join(f"{value} IS NOT NULL" for value in inside)


def taken_from(
    value: str, stored: Any, of: Type, field: Field | None, rulebook: Rulebook, day: str | None
) -> Taken | None:
    """A value of the file as the batch stores it; None where a whole column of that type cannot be read."""
    kind = stored.id
    match of:
        case List() if kind == "list":
            return _list(value, stored, of, rulebook, day)
        case RecordType(table=None) if kind == "struct":
            return _record(value, stored, of, rulebook, day)
        case List() | RecordType(table=None):
            return None
        case Boolean() if kind == "boolean":
            return Taken(value)
        case Number() if kind in _INTEGERS | {"decimal", "varchar"}:
            return _number(value, stored, of)
        case DateType() if kind == "date":
            open_end = field is not None and field.ongoing is not None
            low, high = _SPAN
            among = f" OR {value} = DATE '9999-12-31'" if open_end else ""
            return Taken(value, (f"{value} BETWEEN {low} AND {high}{among}",))
        case MonthType() if kind == "date":
            return Taken(f"(year({value}) * 12 + month({value}) - 1)::INTEGER", (f"day({value}) = 1",))
        case _ if kind in ("varchar", "enum"):
            return _text(f"{value}::VARCHAR" if kind == "enum" else value, of, field, rulebook, day)
    return None


def _text(value: str, of: Type, field: Field | None, rulebook: Rulebook, day: str | None) -> Taken | None:
    match of:
        case TextType(format=None):
            plain = f"nfc_normalize({value}) = {value} AND NOT regexp_matches({value}, '^\\s*$|\\pC')"
            return Taken(value, (f"regexp_full_match({value}, '[!-~]+') OR {plain}",))
        case TextType(format=form) if form in FORMATS:
            return Taken(value, (FORMATS[form](value, day),))
        case Choice(members=members):
            return _words(value, {word: id for id, label in members for word in (label, id)})
        case RecordType(table=str(table)):
            return _words(value, {word: str(row.key) for word, row in rulebook.tables[table].words.items()})
        case Boolean():
            return Taken(f"({value} = 'true')", (f"{value} IN ('true', 'false')",))
        case DateType():
            read = f"try_strptime({value}, '%Y-%m-%d')::DATE"
            form = f"regexp_full_match({value}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')"
            plain = f"{form} AND {read} BETWEEN {_SPAN[0]} AND {_SPAN[1]}"
            if field is None or field.ongoing is None:
                return Taken(read, (plain,))
            word = literal(field.ongoing)
            open_end = f"CASE WHEN {value} = {word} THEN DATE '9999-12-31' ELSE {read} END"
            return Taken(open_end, (f"{value} = {word} OR {plain}",))
        case MonthType():
            read = f"(substr({value}, 1, 4)::INTEGER * 12 + substr({value}, 6, 2)::INTEGER - 1)"
            form = f"regexp_full_match({value}, '[0-9]{{4}}-(0[1-9]|1[0-2])') AND {value} >= '0001'"
            return Taken(f"CASE WHEN {form} THEN {read} END", (form,))
    return None


def _words(value: str, ids: Mapping[str, str]) -> Taken:
    """Words for an id each; what is no such word is not clean."""
    known = ", ".join(map(literal, ids))
    stored = f"{value} IN ({', '.join(map(literal, dict.fromkeys(word for word, id in ids.items() if word == id)))})"
    if all(word == id for word, id in ids.items()):
        return Taken(value, (f"{value} IN ({known})",))
    if len(ids) <= _MOST_CASES:
        other = " ".join(f"WHEN {literal(word)} THEN {literal(id)}" for word, id in ids.items())
        return Taken(f"CASE {value} {other} END", (f"{value} IN ({known})",), stored)
    pairs = ", ".join(f"{literal(word)}: {literal(id)}" for word, id in ids.items())
    return Taken(f"(MAP {{{pairs}}})[{value}]", (f"{value} IN ({known})",), stored)


def _number(value: str, stored: Any, of: Number) -> Taken | None:
    """Numbers in whole units of their last place; exact ones only."""
    low, high = (int(bound * 10**of.places) for bound in bounds_of(of))
    if stored.id == "varchar":
        fraction = f"(\\.[0-9]{{1,{of.places}}})?" if of.places else ""
        fits = f"regexp_full_match({value}, '-?[0-9]{{1,15}}{fraction}')"
        whole = f"({value}::DECIMAL(38, {of.places}) * {10**of.places}::BIGINT)::{stored_as(of)}"
        units = f"CASE WHEN {fits} THEN {whole} END"
        return Taken(units, (f"{fits} AND {units} BETWEEN {low} AND {high}",))
    if stored.id != "decimal":
        return Taken(
            f"{value}::{stored_as(of)} * {10**of.places}" if of.places else f"{value}::{stored_as(of)}",
            (f"{value} BETWEEN {-(-low // 10**of.places)} AND {high // 10**of.places}",),
        )
    scale = dict(stored.children)["scale"]
    units = f"({value} * {10**scale}::BIGINT)::HUGEINT"
    if scale <= of.places:
        exact = f"{units} * {10 ** (of.places - scale)}"
        return Taken(f"({exact})::{stored_as(of)}", (f"{exact} BETWEEN {low} AND {high}",))
    beyond = 10 ** (scale - of.places)
    whole = f"{units} // {beyond}"
    return Taken(f"({whole})::{stored_as(of)}", (f"{units} % {beyond} = 0", f"{whole} BETWEEN {low} AND {high}"))


def _list(value: str, stored: Any, of: List, rulebook: Rulebook, day: str | None) -> Taken | None:
    """A list, where every item is there and clean; longer ones than a list may be are not."""
    item = f"item{len(_ITEM.findall(value))}"
    taken = taken_from(item, stored.children[0][1], of.item, None, rulebook, day)
    if taken is None:
        return None
    inside = " AND ".join((f"{item} IS NOT NULL", *(f"coalesce({one}, FALSE)" for one in taken.clean)))
    each = f"list_transform({value}, lambda {item}: {taken.value})" if taken.value != item else value
    sound = f"len(list_filter({value}, lambda {item}: NOT ({inside}))) = 0"
    return Taken(each, (sound, f"len({value}) <= {longest(of)}"))


def _record(value: str, stored: Any, of: RecordType, rulebook: Rulebook, day: str | None) -> Taken | None:
    """A record inside a list, field by field; what the file has not is not given."""
    given: dict[str, tuple[str, Any]] = {}
    for name, kind in stored.children:
        field = field_named(of, name)
        if field is None or field.name in given:
            return None
        given[field.name] = (f"{value}.{quoted(name)}", kind)
    parts, clean = [], []
    for field in of.fields.values():
        if field.name not in given:
            parts.append(f"{quoted(field.name)} := NULL::{stored_as(field.type)}")
            continue
        inner, kind = given[field.name]
        taken = taken_from(inner, kind, field.type, field, rulebook, day)
        if taken is None:
            return None
        parts.append(f"{quoted(field.name)} := {taken.value}")
        clean += [f"({inner} IS NULL OR ({one}))" for one in taken.clean]
    return Taken(f"struct_pack({', '.join(parts)})", tuple(clean))

