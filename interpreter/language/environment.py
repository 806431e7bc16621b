"""What closures run in: one case's facts and day, and the rulebook's cores, compiled as they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from interpreter.language import core as c
from interpreter.language.unknown import Value
from interpreter.language.values import Record

Run = Callable[["Environment"], Value]


@dataclass(frozen=True, slots=True)
class Seen:
    """A named node and what it gave; `inner` is what was seen while it was worked out (None: nothing inside)."""

    node: c.Core
    value: Value
    inner: Trace | None = None


@dataclass(slots=True)
class Trace:
    """What was seen while something was worked out, each node once. `told` is kept by whoever puts it into words."""

    seen: dict[int, Seen] = field(default_factory=dict)
    told: Any = None


@dataclass(slots=True)
class Environment:
    """One case, one claimant: facts, the day, the authority, local variables, what was worked out already.

    `trace` collects what the named nodes give where the program records.
    """

    facts: dict[str, Value]
    as_of: Value
    authority: Value
    locals: list[Value]
    memo: dict[Any, Any] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)
    reads: dict[str, Value] = field(default_factory=dict)
    """The parameters that were read, with their last values."""
    steps: int = 0
    """The members that loops have gone through."""


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
        # what is MOST_DEEP, in an expression on top of definitions as deep, and a few calls of Python to each level
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 5_000))
        self.parameters = parameters
        self.definitions = definitions
        self.tables = tables
        self.record = record
        self.loops: set[int] = set()
        """The variables of the loops around what is being compiled: what hangs on them is of one member of a list,
        and not recorded."""
        self._compiled: dict[tuple[str, str], Run] = {}
        self._twin: Program | None = None

    def compiled_by(self, compile_core: Callable[[c.Core, Program], Run]) -> Program:
        """The same cores, compiled in another way."""
        if self._twin is None:
            self._twin = Program(self.parameters, self.definitions, self.tables, compile_core, record=self.record)
            self._twin.loops = self.loops
        return self._twin

    def compiled(self, core: c.Core) -> Run:
        """The function that works a node out, made anew."""
        return self._compile(core, self)

    def parameter(self, name: str) -> Run:
        return self._once(("parameter", name), self.parameters[name])

    def definition(self, name: str) -> Run:
        return self._once(("definition", name), self.definitions[name].core)

    def _once(self, key: tuple[str, str], core: c.Core) -> Run:
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = self._compile(core, self)
        return found
