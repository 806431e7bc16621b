"""What was seen while a requirement was worked out, as named values people know."""

from __future__ import annotations

from collections.abc import Iterable

from interpreter.decision.model import Assumption, Missing, Named, OpenPoint
from interpreter.language import core as c
from interpreter.language.environment import Seen, Trace
from interpreter.language.types import BROKEN, Field, List, RecordType
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.rulebook.model import Parameter, Rulebook


def named_values(trace: Trace, rulebook: Rulebook) -> tuple[Named, ...]:
    """The named values an expression stands on: definitions it called (with what these stood on), parameters, facts.

    What was seen of single members of a list is not in the trace; a step on the way to another (`person.county` where
    `person.county.city` was read), and what was seen twice, are left out.
    """
    if trace.told is None:
        kept: list[Seen] = []
        for one in trace.seen.values():
            if not any(one.node == other.node for other in kept):
                kept.append(one)
        steps = [one.node.of for one in kept if isinstance(one.node, c.Field)]
        # what the case shows comes before what the rules ask, whichever side of a comparison each was written on
        kept.sort(key=lambda one: isinstance(one.node, c.Read))
        found = (_named(one, rulebook) for one in kept if one.node not in steps)
        trace.told = tuple(named for named in found if named is not None)
    told: tuple[Named, ...] = trace.told
    return told


def _named(seen: Seen, rulebook: Rulebook) -> Named | None:
    match seen.node:
        case c.Call(definition=name, args=args):
            definition = rulebook.definitions[name]
            assert seen.inner is not None
            inner = named_values(seen.inner, rulebook)
            provided = definition.may_be_provided and bool(args) and not seen.inner.seen
            return Named(name, definition.label, seen.value, definition.type, inner, provided=provided)
        case c.Read(name=name):
            parameter = rulebook.parameters[name]
            return Named(name, parameter.label, seen.value, parameter.type)
        case c.Field(name=name, owner=owner) as node:
            field = _field(owner, name, rulebook)
            if field is None or _is_whole(seen.value, field):
                return None
            return Named(_path(node), field.label, seen.value, field.type)
        case _:
            return None


def _field(owner: str, name: str, rulebook: Rulebook) -> Field | None:
    found = rulebook.types.get(owner)
    if found is None:
        root = rulebook.facts.get(owner)
        found = None if root is None else root.type
    return found.fields.get(name) if isinstance(found, RecordType) else None


def _is_whole(value: Value, field: Field) -> bool:
    """Whether a value is a record or list of the case, too much to be shown as one value."""
    if isinstance(field.type, List):
        return True
    return isinstance(field.type, RecordType) and field.type.table is None and isinstance(value, Record | Unknown)


def _path(node: c.Core) -> str:
    match node:
        case c.Field(of=of, name=name):
            return f"{_path(of)}.{name}"
        case c.Fact(name=name) | c.Local(name=name):
            return name
        case c.Call(definition=name) | c.Read(name=name):
            return name
        case _:
            return "item"


def assumptions(switches: Iterable[Parameter], read: dict[str, Value]) -> tuple[Assumption, ...]:
    """The undecided switches of a measure that were read in the case, with the values taken."""
    return tuple(
        Assumption(p.name, p.label, read[p.name], p.type, "switch", p.question, p.basis)
        for p in switches if p.name in read and not isinstance(read[p.name], Unknown)
    )


def field_label(core: c.Core, rulebook: Rulebook) -> str:
    """The label of the field or fact that is all an expression reads; "" where it is anything else."""
    match core:
        case c.Field(name=name, owner=owner):
            field = _field(owner, name, rulebook)
            return "" if field is None else field.label
        case c.Fact(name=name):
            return rulebook.facts[name].label
        case _:
            return ""


def missing_facts(bits: int, rulebook: Rulebook) -> tuple[Missing, ...]:
    """What the claimant is asked for, by the causes' bits."""
    return tuple(
        Missing(cause.name, cause.label, cause.type or BROKEN, cause.proof) for cause in rulebook.causes_of(bits)
    )


def open_points(bits: int, rulebook: Rulebook) -> tuple[OpenPoint, ...]:
    """What the office has to do, by the causes' bits."""
    return tuple(
        OpenPoint(cause.name, cause.label, "fault" if cause.kind == "fault" else "setting", cause.where)
        for cause in rulebook.causes_of(bits)
    )

