"""Two fingerprints of a rulebook: of its bytes, and of what its rules mean (labels, comments and places left out)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from interpreter.language.expression import Expression
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
    return hashlib.sha256("\n".join(Writer().write(meaning)).encode("utf-8")).hexdigest()


def digests(book: Rulebook, folder: Path) -> Digests:
    """Both fingerprints."""
    return Digests(bundle_digest(folder), rules_digest(book))


class Writer:
    """Writes values as lines. Record types are written in full once and by name afterwards."""

    def __init__(self) -> None:
        self._known: set[int] = set()

    def write(self, value: object) -> Iterator[str]:
        match value:
            case None | bool() | Month():
                yield str(value)
            case int() | Decimal() | str():
                yield f"{type(value).__name__} {value!s}"
            case date():
                yield value.isoformat()
            case timedelta():
                yield f"duration {value}"
            case Mapping():
                for key in sorted(value, key=str):
                    yield f"key {key}"
                    yield from self.write(value[key])
                yield "end"
            case tuple() | list():
                yield f"items {len(value)}"
                for item in value:
                    yield from self.write(item)
            case Span():
                return
            case Record():
                yield f"record {value.shape.type.name}"
                yield from self.write(value.fields)
            case Choice():
                yield f"choice {value.name} " + " ".join(member for member, _ in value.members)
            case RecordType():
                yield from self._record_type(value)
            case Expression():
                yield from self.write(value.type)
                yield from self.write(value.core)
            case _:
                yield from self._dataclass(value)

    def _record_type(self, type: RecordType) -> Iterator[str]:
        yield f"type {type.name}"
        if id(type) in self._known or type.table is not None:
            return
        self._known.add(id(type))
        yield from self.write((type.key, type.base))
        yield from self.write(type.fields)

    def _dataclass(self, value: object) -> Iterator[str]:
        assert is_dataclass(value), value
        yield type(value).__name__
        for field in fields(value):
            if field.name not in WORDS:
                yield f"field {field.name}"
                yield from self.write(getattr(value, field.name))
