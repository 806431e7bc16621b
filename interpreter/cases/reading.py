"""The walk through a case by its vocabulary: every record, list and value, with all problems at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from interpreter.cases.document import Document
from interpreter.cases.formats import hangs_on_day
from interpreter.cases.here import Here
from interpreter.cases.scalars import Bad, Good, Wanted, printable, read_scalar
from interpreter.cases.words import field_named, ids_and_labels
from interpreter.language.magnitude import longest
from interpreter.language.types import Field, List, RecordType, TextType, Type
from interpreter.language.unknown import Value
from interpreter.language.values import Record, Shape
from interpreter.problems import Problem, Span, Text
from interpreter.problems.suggest import closest
from interpreter.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Noted:
    """A field whose value was not simply a fact that was given: a default filled in, or a figure that the rules would
    have computed. `path` is dotted, with rows from 1 (worker.insurance.2.month); `where` the place of a given one, in a
    source without private values."""

    path: str
    label: str
    value: Value
    type: Type
    where: Span | None = None


Known = dict[tuple[int, type, object], Good]
"""What a text (or number) was read as: by field, class and text. Fields live as long as their rulebook."""


_MOST_KNOWN = 200_000


@dataclass(slots=True)
class Walk:
    """Reads the parts of one document; collects what is to be said about them."""

    document: Document
    rulebook: Rulebook
    day: date | None = None
    """The day by which persons must be born."""
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Text] = field(default_factory=list)
    assumed: list[Noted] = field(default_factory=list)
    provided: list[Noted] = field(default_factory=list)
    known: Known | None = None
    """Values read before, for readers of many cases that are much alike."""

    def say(
        self, code: str, here: Here, fields: Mapping[str, object] | None = None, *, at_key: bool = False
    ) -> None:
        """Notes a problem at a place (at its key where `at_key`)."""
        where = (self.document.where_key if at_key else self.document.where)(here.path)
        self._add(code, where, fields or {}, here)

    def _add(self, code: str, where: Span | None, fields: Mapping[str, object], here: Here) -> None:
        self.problems.append(Problem(code, where, fields, path=here.text if here.text.zh else None))

    def unknown_key(self, key: str, here: Here, candidates: list[str]) -> None:
        """Notes a key of the record at a place that the vocabulary does not have."""
        fields = {"key": printable(key)} | guess(key, candidates)
        self._add("case.unknown-key", self.document.where_key((*here.path, key)), fields, here)

    def value(self, written: object, type: Type, here: Here, shape: Shape | None, of: Field | None = None) -> Value:
        """The value written at a place; None where it is absent or wrong."""
        match type:
            case _ if written is None:
                return None
            case List():
                return self._list(written, type, here, shape, of)
            case RecordType(table=None) if shape is not None:
                return self.record(written, here, shape)
        if isinstance(written, dict | list):
            self.say("case.scalar", here)
            return None
        read = self._read(written, type, of)
        if isinstance(read, Bad):
            self.say(read.code, here, read.fields)
            return None
        for note in read.notes:
            place = here.text
            self.repairs.append(Text(f"{place.zh}：{note.zh}", f"{place.en}: {note.en}"))
        return read.value

    def _read(self, written: object, type: Type, of: Field | None) -> Good | Bad:
        known = self.known
        key = (id(type if of is None else of), written.__class__, written)
        if known is not None and key in known:
            return known[key]
        wanted = Wanted(type, of.private, of.ongoing) if of is not None else Wanted(type)
        read = read_scalar(written, wanted, self.rulebook, self.day)
        alike = not (isinstance(type, TextType) and hangs_on_day(type.format))
        if known is not None and alike and isinstance(read, Good) and len(known) < _MOST_KNOWN:
            known[key] = read
        return read

    def _list(self, written: object, type: List, here: Here, shape: Shape | None, of: Field | None) -> Value:
        if not isinstance(written, list):
            self.say("case.list", here)
            return None
        if len(written) > longest(type):
            self.say("case.long-list", here, {"limit": longest(type)})
            return None
        items = []
        for index, item in enumerate(written):
            row = here.row(index, type)
            if item is None:
                self.say("case.null-item", row)
            items.append(self.value(item, type.item, row, shape, of))
        return tuple(items)

    def record(self, written: object, here: Here, shape: Shape) -> Record | None:
        """The record written at a place, its defaults filled in."""
        if not isinstance(written, dict):
            self.say("case.record", here)
            return None
        type = shape.type
        values: dict[str, Value] = {}
        seen: dict[str, str] = {}
        for key, item in written.items():
            of = field_named(type, key)
            if of is None:
                self.unknown_key(key, here, ids_and_labels(type))
                continue
            place = here.field(key, of)
            if of.name in seen:
                self.say("case.twice", place, {"key": key, "other": seen[of.name]}, at_key=True)
                continue
            seen[of.name] = key
            value = self.value(item, of.type, place, shape.children.get(of.name), of)
            if value is not None:
                values[of.name] = value
                if of.provided:
                    where = self.document.where(place.path)
                    self.provided.append(Noted(place.dotted, of.label, value, of.type, where))
        self._absent(written, seen, values, here, type)
        return Record(values, shape)

    def _absent(
        self, written: dict[str, object], seen: dict[str, str], values: dict[str, Value], here: Here, type: RecordType
    ) -> None:
        for of in type.fields.values():
            if of.name in seen and written[seen[of.name]] is not None:
                continue
            if of.default is not None:
                values[of.name] = of.default
                self.assumed.append(Noted(here.field(of.name, of).dotted, of.label, of.default, of.type))
            elif of.required and not here.listed:
                self.say("case.required", here, {"field": Text(of.label, of.name)}, at_key=True)


def guess(word: str, candidates: list[str]) -> dict[str, str]:
    """The field of a did-you-mean, where there is one."""
    found = closest(unicodedata.normalize("NFC", word), candidates)
    return {"guess": found} if found else {}
