"""The names of a dataclass's fields, found once: passes over trees ask for them at every node."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

_NAMES: dict[type[Any], tuple[str, ...]] = {}


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass in their order."""
    found = _NAMES.get(kind)
    if found is None:
        found = _NAMES[kind] = tuple(field.name for field in fields(kind))
    return found
