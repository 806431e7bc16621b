"""The words people write for the names of the vocabulary: ids and labels of facts, fields, measures, and rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from interpreter.language.types import Field, List, RecordType, Type
from interpreter.language.values import Record
from interpreter.rulebook.model import FactRoot, Measure, Rulebook

TOP = ("policy", "claims", "history")
"""Keys of a case beside its facts."""


def field_named(type: RecordType, word: object) -> Field | None:
    """The field of that id, else of that label."""
    if not isinstance(word, str):
        return None
    word = unicodedata.normalize("NFC", word)
    return type.fields.get(word) or next((f for f in type.fields.values() if f.label == word), None)


def roots(rulebook: Rulebook) -> list[FactRoot]:
    """The facts at the top of a case; earlier decisions are no fact of the claimant's."""
    return [root for root in rulebook.facts.values() if root.name not in TOP]


def root_named(rulebook: Rulebook, word: object) -> FactRoot | None:
    """The fact at the top of that id, else of that label."""
    if not isinstance(word, str):
        return None
    word = unicodedata.normalize("NFC", word)
    facts = roots(rulebook)
    return next((f for f in facts if f.name == word), None) or next((f for f in facts if f.label == word), None)


def root_words(rulebook: Rulebook) -> list[str]:
    """All words for the facts at the top."""
    return [word for root in roots(rulebook) for word in (root.name, root.label)]


def measure_named(rulebook: Rulebook, word: str) -> Measure | None:
    """The measure of that id, else of that title."""
    word = unicodedata.normalize("NFC", word)
    return rulebook.measures.get(word) or next((m for m in rulebook.measures.values() if m.title == word), None)


def ids_and_labels(type: RecordType) -> list[str]:
    """All words for the fields of a record."""
    return [word for field in type.fields.values() for word in (field.name, field.label)]


def is_record(type: Type) -> bool:
    """Whether facts of this type are records with facts of their own (and not rows of a table, named by a word)."""
    return isinstance(type, RecordType) and type.table is None


def vocabulary(rulebook: Rulebook) -> frozenset[str]:
    """Every word a case may use for a name: what may be shown even of a text that could not be read."""
    found = {*TOP, *root_words(rulebook), "true", "false", "null"}
    for root in roots(rulebook):
        for type in _records(root.type, []):
            found.update(ids_and_labels(type))
    return frozenset(found)


def _records(type: Type, seen: list[RecordType]) -> Iterator[RecordType]:
    inner = type.item if isinstance(type, List) else type
    if isinstance(inner, RecordType) and inner.table is None and inner not in seen:
        seen.append(inner)
        yield inner
        for field in inner.fields.values():
            yield from _records(field.type, seen)


_INDEXES: dict[int, tuple[tuple[Record, ...], dict[str, list[Record]]]] = {}
"""One index a table, kept with the rows it is of."""


def rows_named(rulebook: Rulebook, type: RecordType, word: str) -> list[Record]:
    """The rows of the type's table that a word stands for, by key or another column it is known by; rows of one key
    count as one, the latest. More than one: the word is ambiguous."""
    index = _index(rulebook, type)
    return index.get(unicodedata.normalize("NFC", word).strip(), [])


def names_a_row(rulebook: Rulebook, word: str) -> bool:
    """Whether a word stands for a row of any of the policy's tables."""
    return any(rows_named(rulebook, table.row, word) for table in rulebook.tables.values() if table.row.table)


def row_words(rulebook: Rulebook, type: RecordType) -> list[str]:
    """All words for the rows of the type's table."""
    return list(_index(rulebook, type))


def _index(rulebook: Rulebook, type: RecordType) -> dict[str, list[Record]]:
    table = rulebook.tables.get(type.table or "")
    rows = table.rows if table is not None else ()
    known = _INDEXES.get(id(rows))
    if known is not None and known[0] is rows:
        return known[1]
    index: dict[str, list[Record]] = {}
    latest = {row.key: row for row in sorted(rows, key=lambda row: row.fields.get("from", date.min))}
    for row in latest.values():
        for word in _names(row, type):
            entries = index.setdefault(word, [])
            if row not in entries:
                entries.append(row)
    _INDEXES[id(rows)] = (rows, index)
    return index


def _names(row: Record, type: RecordType) -> Iterator[str]:
    for column in (type.key, *type.also_known_as):
        value = row.fields.get(column) if column else None
        for word in value if isinstance(value, tuple) else (value,):
            if isinstance(word, str) and word:
                yield unicodedata.normalize("NFC", word)
