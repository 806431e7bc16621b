"""What closures run in: one case's facts and day, and the rulebook's cores, compiled as they are first used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from interpreter.language import core as c
from interpreter.language.unknown import Value
from interpreter.language.values import Record

Run = Callable[["Environment"], Value]


@dataclass(slots=True)
class Seen:
    """A named node and what it gave; `inner` is what was seen while it was worked out."""

    node: c.Core
    value: Value
    inner: list[Seen]


@dataclass(slots=True)
class Environment:
    """One case, one claimant: facts, the day, the authority, local variables, what was worked out already."""

    facts: dict[str, Value]
    as_of: Value
    authority: Value
    locals: list[Value]
    memo: dict[Any, Any] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Function:
    """A definition as the closures need it: the slots of its parameters, its core, and the name under which a case may
    provide its value on its first argument (None: it may not)."""

    slots: tuple[int, ...]
    core: c.Core
    provided: str | None = None


class Program:
    """The cores of a rulebook, compiled as they are first used. `record` switches the hook on for all of them."""

    def __init__(
        self, parameters: dict[str, c.Core], definitions: dict[str, Function], tables: dict[str, tuple[Record, ...]],
        compile_core: Callable[[c.Core, Program], Run], *, record: bool,
    ) -> None:
        self._compile = compile_core
        self.parameters = parameters
        self.definitions = definitions
        self.tables = tables
        self.record = record
        self._compiled: dict[tuple[str, str], Run] = {}

    def parameter(self, name: str) -> Run:
        return self._once(("parameter", name), self.parameters[name])

    def definition(self, name: str) -> Run:
        return self._once(("definition", name), self.definitions[name].core)

    def _once(self, key: tuple[str, str], core: c.Core) -> Run:
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = self._compile(core, self)
        return found
