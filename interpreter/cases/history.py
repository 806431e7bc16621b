"""Earlier decisions as facts: what was granted to whom, as records that limits look into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from interpreter.cases.here import Here
from interpreter.cases.reading import Walk, guess
from interpreter.cases.scalars import printable
from interpreter.cases.words import measure_named
from interpreter.language.types import DATE, TEXT, Field, RecordType, Type
from interpreter.language.unknown import Value
from interpreter.language.values import Record, blank, plain
from interpreter.problems import Text
from interpreter.rulebook.model import Measure, Rulebook


def read_entries(written: object, walk: Walk, here: Here) -> tuple[Record, ...]:
    """The earlier decisions of a list: records of `measure` (its id), `key` (a record of the parts of its limits'
    keys, each the value a part's record stands for), `amount`, `decided_on`, `number`, `period`."""
    if not isinstance(written, list):
        walk.say("case.list", here)
        return ()
    read = [_entry(item, walk, here.row(index)) for index, item in enumerate(written)]
    return tuple(entry for entry in read if entry is not None)


def entry_type(rulebook: Rulebook, key: RecordType) -> RecordType:
    """The type of an earlier decision whose key has the type `key`."""
    fields = (
        Field("measure", "措施", TEXT, required=True),
        Field("key", "对象", key, private=True, required=True),
        Field("amount", "金额", replace(rulebook.money_type, low=Decimal(0))),
        Field("decided_on", "决定日期", DATE),
        Field("number", "文号", TEXT),
        Field("period", "期间", TEXT),
    )
    return RecordType("history_entry", "历史记录", None, {f.name: f for f in fields})


def key_type(rulebook: Rulebook, measure: Measure) -> RecordType:
    """The type of the keys under which grants of a measure are kept: the parts of all its limits' keys."""
    parts: dict[str, Type] = {part.name: part.value.type for part in measure.once_per}
    for limit in rulebook.limits:
        for part in limit.keys.get(measure.name, ()):
            parts.setdefault(part.name, part.value.type)
    fields = {name: Field(name, name, _kept(type), private=True) for name, type in parts.items()}
    return RecordType("key", "对象", None, fields)


def _kept(type: Type) -> Type:
    """What is kept of a part of a key: a record is named by its own key."""
    while isinstance(type, RecordType) and type.table is None and type.key is not None:
        type = type.fields[type.key].type
    return type


def _entry(written: object, walk: Walk, here: Here) -> Record | None:
    if not isinstance(written, Mapping):
        walk.say("case.record", here)
        return None
    named = written.get("measure")
    measure = measure_named(walk.rulebook, named) if isinstance(named, str) else None
    if named is not None and measure is None:
        names = [word for m in walk.rulebook.measures.values() for word in (m.name, m.title)]
        fields = {"value": printable(str(named))} | guess(str(named), names)
        walk.say("case.measure", here.named("measure", "措施"), fields)
        return None
    key = key_type(walk.rulebook, measure) if measure is not None else RecordType("key", "对象")
    entry = walk.record(written, here, blank(entry_type(walk.rulebook, key)))
    if entry is None:
        return None
    for of in entry.shape.type.fields.values():
        if of.required and of.name not in entry.fields:
            walk.say("case.required-entry", here, {"field": Text(of.label, of.name)})
    values: dict[str, Value] = dict(entry.fields)
    if measure is not None:
        values["measure"] = measure.name
    held = values.get("key")
    if isinstance(held, Record):
        values["key"] = Record({name: plain(value) for name, value in held.fields.items()}, held.shape)
    return Record(values, entry.shape)
