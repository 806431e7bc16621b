"""The names an authority goes by where folders are named after it."""

from __future__ import annotations

from interpreter.decision.model import Named
from interpreter.language.show import show
from interpreter.language.types import Choice, RecordType, Type
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.rulebook.model import Rulebook


def names_of_authority(authority: Named | None) -> tuple[str, ...]:
    """Its label and its key; nothing where it is not known."""
    if authority is None or isinstance(authority.value, Unknown):
        return ()
    return _names(authority.value, authority.type)


def known_authorities(rulebook: Rulebook) -> frozenset[str] | None:
    """The names of every authority there can be; None where an authority is whatever text a case has."""
    found: set[str] = set()
    for claimant in rulebook.claimants.values():
        match claimant.authority.type:
            case Choice(members=members) as type:
                found.update(name for member, _ in members for name in _names(member, type))
            case RecordType(table=str(table)) as type:
                found.update(name for row in rulebook.tables[table].rows for name in _names(row, type))
            case _:
                return None
    return frozenset(found)


def _names(value: Value, type: Type) -> tuple[str, ...]:
    key = value.key if isinstance(value, Record) else value
    return tuple(dict.fromkeys((show(value, type, "zh"), str(key))))
