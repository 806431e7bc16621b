"""What parameters and called tables give on a day, for an authority, without any case: what checks reckon with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from interpreter.language.closures import compile_core
from interpreter.language.core import Apply, AsOf, Call, Core, Literal, Read, parts
from interpreter.language.environment import Environment, Function, Program
from interpreter.language.unknown import Value
from interpreter.rulebook.model import Definition, Parameter

NOBODY = None
"""An authority that sets nothing."""


@dataclass(eq=False, slots=True)
class Settled:
    """The parameters and called tables of a policy as they finally stand. `slots` is how many local variables there
    are."""

    parameters: Mapping[str, Parameter]
    tables: Mapping[str, Definition]
    slots: int
    program: Program = field(init=False)

    def __post_init__(self) -> None:
        self.program = Program(
            {name: parameter.core for name, parameter in self.parameters.items()},
            {
                name: Function(tuple(variable.slot for variable in table.takes), table.core)
                for name, table in self.tables.items()
            },
            {}, compile_core, record=False,
        )

    def value(self, core: Core, day: Value, authority: Value, locals: Mapping[int, Value]) -> Value:
        """What a core that reads no fact gives; `locals` are the values of local variables by their slots."""
        values: list[Value] = [None] * self.slots
        for slot, value in locals.items():
            values[slot] = value
        return compile_core(core, self.program)(Environment({}, day, authority, values))

    def reached(self, cores: Iterable[Core]) -> Iterator[Core]:
        """Every node of some cores and of the parameters and tables they read."""
        waiting = list(cores)
        done: set[str] = set()
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(parts(node))
            match node:
                case Read(name=name) if name not in done:
                    done.add(name)
                    waiting.append(self.parameters[name].core)
                case Call(definition=name) if name not in done:
                    done.add(name)
                    waiting.append(self.tables[name].core)

    def named(self, cores: Iterable[Core]) -> set[str]:
        """The parameters and tables that some cores read."""
        nodes = list(self.reached(cores))
        return {node.name for node in nodes if isinstance(node, Read)} | {
            node.definition for node in nodes if isinstance(node, Call)
        }

    def days(self, cores: Iterable[Core], since: date, until: date) -> list[date]:
        """The days from `since` to `until` on which what some cores give may change, the first day among them."""
        found = {since}
        for node in self.reached(cores):
            match node:
                case Apply(function="less_equal", args=(Literal(value=date() as first), AsOf())):
                    found.add(first)
                case Apply(function="less_equal", args=(AsOf(), Literal(value=date() as last))) if last < date.max:
                    found.add(last + timedelta(days=1))
        return sorted(day for day in found if since <= day <= until)
