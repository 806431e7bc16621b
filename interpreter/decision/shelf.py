"""Things put away under keys, and found again by keys that may be the same, however many there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from interpreter.language.shortcuts import ITSELF
from interpreter.language.unknown import Value

Thing = TypeVar("Thing")
Key = dict[str, Value]

FEW = 8
"""So many things are looked through without an index."""


@dataclass(slots=True, eq=False)
class _Index:
    """The numbers of things by one part of their keys; `loose` are those whose part is not known or stands for more
    than itself, and `done` how many are in it."""

    same: dict[Value, list[int]] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)
    done: int = 0


class Shelf(Generic[Thing]):
    """Things in the order they were put away, each under a key of named parts."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._things: list[Thing] = []
        self._indexes: dict[str, _Index] = {}

    def add(self, key: Key, thing: Thing) -> None:
        self._keys.append(key)
        self._things.append(thing)

    def like(self, key: Key) -> list[Thing]:
        """What may be under a key, in order: everything that is, and perhaps more."""
        if len(self._things) <= FEW:
            return self._things
        best: list[int] | None = None
        for name, value in key.items():
            if value.__class__ in ITSELF:
                index = self._index(name)
                same = index.same.get(value, [])
                found = sorted([*same, *index.loose]) if index.loose else same
                if best is None or len(found) < len(best):
                    best = found
        return self._things if best is None else [self._things[number] for number in best]

    def _index(self, name: str) -> _Index:
        index = self._indexes.setdefault(name, _Index())
        for number in range(index.done, len(self._keys)):
            value = self._keys[number].get(name)
            if value.__class__ in ITSELF:
                index.same.setdefault(value, []).append(number)
            else:
                index.loose.append(number)
        index.done = len(self._keys)
        return index
