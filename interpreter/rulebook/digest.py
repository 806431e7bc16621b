"""Two fingerprints of a rulebook: of its bytes, and of what its rules mean (labels, comments and places left out)."""

from __future__ import annotations

import hashlib
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from interpreter.language.expression import Expression
from interpreter.language.fields import names_of
from interpreter.language.types import Choice, RecordType
from interpreter.language.values import Month, Record
from interpreter.problems import Span
from interpreter.rulebook.folder import all_files
from interpreter.rulebook.model import Digests, Rulebook

WORDS = frozenset(
    {"label", "title", "clause", "basis", "question", "decided_by", "say", "text", "where", "proof", "uses",
     "asked"}
)
"""Fields that people read and rules do not."""


def bundle_digest(folder: Path) -> str:
    """sha256 over the relative name and the bytes of every file of a folder, in the order of the names."""
    whole = hashlib.sha256()
    for path in all_files(folder):
        whole.update(path.relative_to(folder).as_posix().encode("utf-8") + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def rules_digest(book: Rulebook) -> str:
    """sha256 of a canonical text of everything that decides a case."""
    meaning = {
        "as_of": book.as_of, "order": book.order, "payer": book.payer, "claimants": book.claimants,
        "facts": {name: fact.type for name, fact in book.facts.items()}, "parameters": book.parameters,
        "tables": book.tables, "definitions": book.definitions, "measures": book.measures, "limits": book.limits,
        "bearers": book.bearers, "duties": book.duties,
        "leap_day": book.leap_day, "money": (book.money.currency, book.money.places),
    }
    writer = Writer()
    writer.write(meaning)
    return hashlib.sha256("\n".join(writer.lines).encode("utf-8")).hexdigest()


def digests(book: Rulebook, folder: Path) -> Digests:
    """Both fingerprints."""
    return Digests(bundle_digest(folder), rules_digest(book))


class Writer:
    """Writes values as lines. Record types are written in full once and by name afterwards."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._known: set[int] = set()
        self._fields: dict[type, tuple[tuple[str, str], ...]] = {}

    def write(self, value: object) -> None:
        line = self.lines.append
        match value:
            case None | bool() | Month():
                line(str(value))
            case int() | Decimal() | Fraction() | str():
                line(f"{type(value).__name__} {value!s}")
            case date():
                line(value.isoformat())
            case dict():
                for key in sorted(value, key=str):
                    line(f"key {key}")
                    self.write(value[key])
                line("end")
            case tuple() | list():
                line(f"items {len(value)}")
                for item in value:
                    self.write(item)
            case Span():
                return
            case Record():
                line(f"record {value.shape.type.name}")
                self.write(value.fields)
            case Choice():
                line(f"choice {value.name} " + " ".join(member for member, _ in value.members))
            case RecordType():
                self._record_type(value)
            case Expression():
                self.write(value.type)
                self.write(value.core)
            case _:
                self._dataclass(value)

    def _record_type(self, type: RecordType) -> None:
        self.lines.append(f"type {type.name}")
        if id(type) in self._known or type.table is not None:
            return
        self._known.add(id(type))
        self.write((type.key, type.base))
        self.write(type.fields)

    def _dataclass(self, value: object) -> None:
        line, write = self.lines.append, self.write
        line(type(value).__name__)
        for name, head in self._fields_of(value):
            line(head)
            field = getattr(value, name)
            # texts and trees are most of a rulebook
            if field.__class__ is str:
                line(f"str {field}")
            elif field.__class__ in self._fields:
                self._dataclass(field)
            else:
                write(field)

    def _fields_of(self, value: object) -> tuple[tuple[str, str], ...]:
        found = self._fields.get(type(value))
        if found is None:
            assert is_dataclass(value), value
            names = [name for name in names_of(type(value)) if name not in WORDS]
            found = self._fields[type(value)] = tuple((name, f"field {name}") for name in names)
        return found
