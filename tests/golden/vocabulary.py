"""The data file's types, facts and values, as the language has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from interpreter.language.literals import Unread, read_literal
from interpreter.language.scope import AsOfName, FactName, Meaning, Scope, Slots
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    MONTH,
    TEXT,
    Choice,
    List,
    Number,
    RecordType,
    Type,
)
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import Value
from interpreter.language.values import Record, Shape, absence
from interpreter.problems import Span
from tests.language.small import record, shape

WORDS: dict[str, Type] = {
    "integer": Number(0, ONE), "boolean": BOOLEAN, "text": TEXT, "date": DATE, "month": MONTH,
    "money": Number(2, Unit.named("CNY")), "number 4": Number(4, ONE), "integer month": Number(0, Unit.named("month")),
}


@dataclass(slots=True)
class Vocabulary:
    """The facts an expression may name, the cause bit of each path, and the faults that reading it announced."""

    facts: dict[str, Type]
    causes: dict[str, int] = field(default_factory=dict)
    faults: int = 0
    slots: Slots = field(default_factory=Slots)

    def scope(self) -> Scope:
        names: dict[str, Meaning] = {name: FactName(name, of, name) for name, of in self.facts.items()}
        return Scope({**names, "as_of": AsOfName()}, self.slots, self._fault)

    def _fault(self, name: str, where: Span) -> int:
        self.faults += 1
        return 1 << (199 + self.faults)

    def values(self, given: Mapping[str, Any]) -> dict[str, Value]:
        """All facts of a case: those given, and for each other the unknown that names its path."""
        return {name: self._value(name, of, given.get(name)) for name, of in self.facts.items()}

    def missing(self, causes: int) -> list[str]:
        return sorted(path for path, bit in self.causes.items() if bit & causes)

    def failed(self, causes: int) -> bool:
        return causes >> 200 != 0

    def _bit(self, path: str) -> int:
        return self.causes.setdefault(path, 1 << len(self.causes))

    def _value(self, path: str, of: Type, written: Any) -> Value:
        match of, written:
            case RecordType(), _:
                return self._record(shape(path, of, self.causes), of, written or {})
            case List(item=RecordType() as item), None:
                return absence(of, self._bit(path), shape(path, item, self.causes))
            case List(item=RecordType() as item), _:
                of_each = shape(path, item, self.causes)
                return tuple(self._record(of_each, item, one) for one in written)
            case _, None:
                return absence(of, self._bit(path), None)
            case List(item=item), _:
                return tuple(read(one, item) for one in written)
            case _:
                return read(written, of)

    def _record(self, place: Shape, of: RecordType, written: Mapping[str, Any]) -> Record:
        return Record({name: read(text, of.fields[name].type) for name, text in written.items()}, place)


def read(written: str, of: Type) -> Value:
    """The value of a type that the data file writes."""
    found = read_literal(written, of, lambda type, word: None)
    assert not isinstance(found, Unread), (written, of, found)
    return found


def vocabulary(types: Mapping[str, Mapping[str, str]], facts: Mapping[str, Any]) -> Vocabulary:
    """What the heads `types:` and `facts:` of the data file declare."""
    words = dict(WORDS)
    for name, fields in types.items():
        words[name] = record(name, {inner: words[word] for inner, word in fields.items()})

    def of(name: str, word: Any) -> Type:
        if isinstance(word, list):
            return Choice(name, tuple((member, member) for member in word))
        return List(words[word.removeprefix("list of ")]) if word.startswith("list of ") else words[word]

    return Vocabulary({name: of(name, word) for name, word in facts.items()})
