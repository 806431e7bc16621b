"""A rulebook made ready to decide: its cores as closures, with what explanations need to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from interpreter.decision.condition import Condition, condition_of
from interpreter.language import core as c
from interpreter.language.closures import compile_core
from interpreter.language.environment import Environment, Function, Program, Run
from interpreter.language.expression import Expression
from interpreter.language.unknown import Value
from interpreter.rulebook.model import Claimant, Duty, Limit, Measure, Otherwise, Parameter, Requirement, Rulebook
from interpreter.rulebook.walk import expressions, reached


@dataclass(eq=False)
class Engine:
    """Works expressions of one rulebook out. Everything is compiled once, when it is first used.

    `record` False: only outcomes are wanted, and nothing is noted on the way to them.
    """

    rulebook: Rulebook
    record: bool = True

    def __post_init__(self) -> None:
        self._runs: dict[int, tuple[c.Core, Run]] = {}
        self._conditions: dict[tuple[int, Otherwise], tuple[Requirement, Condition | None]] = {}
        self.once: dict[str, Limit] = {}
        """The limits that `once_per` is short for, by measure, once they were needed."""
        self._switches: dict[str, tuple[Parameter, ...]] = {}

    def _compile(self, core: c.Core, program: Program) -> Run:
        if not self.record:
            # imported here: one explained case needs none of it
            from interpreter.language.straight.functions import compile_straight

            return compile_straight(core, program)
        return compile_core(core, program)

    @cached_property
    def program(self) -> Program:
        book = self.rulebook
        return Program(
            {name: parameter.core for name, parameter in book.parameters.items()},
            {
                name: Function(
                    tuple(variable.slot for variable in definition.takes), definition.core,
                    name if definition.may_be_provided else None,
                )
                for name, definition in book.definitions.items()
            },
            {name: table.rows for name, table in book.tables.items()},
            self._compile, record=self.record,
        )

    @cached_property
    def _absences(self) -> dict[str, Value]:
        return {name: root.absence for name, root in self.rulebook.facts.items()}

    @cached_property
    def fact_bits(self) -> int:
        """The causes that the claimant can be asked for."""
        return self.rulebook.bits_of("fact")

    def switches(self, thing: Measure | Duty) -> tuple[Parameter, ...]:
        """The undecided switches that a measure or duty may read, in the order of the rulebook."""
        found = self._switches.get(thing.name)
        if found is None:
            cores = [expression.core for expression in expressions(thing)]
            read = {node.name for core in cores for node, _ in reached(core, self.rulebook) if isinstance(node, c.Read)}
            found = self._switches[thing.name] = tuple(
                parameter for parameter in self.rulebook.parameters.values()
                if parameter.name in read and parameter.question is not None and parameter.decided_by is None
            )
        return found

    def compiled(self, core: c.Core) -> Run:
        """The function that works a core node out."""
        found = self._runs.get(id(core))
        if found is None:
            found = self._runs[id(core)] = (core, self.program.compiled(core))
        return found[1]

    def run(self, core: c.Core, env: Environment) -> Value:
        """What a core node gives in an environment."""
        return self.compiled(core)(env)

    def value(self, expression: Expression, env: Environment) -> Value:
        return self.run(expression.core, env)

    def condition(self, requirement: Requirement, above: Otherwise) -> Condition | None:
        """The one condition that a requirement comes to (see `condition_of`), found once."""
        key = id(requirement), above
        found = self._conditions.get(key)
        if found is None:
            found = self._conditions[key] = (requirement, condition_of(requirement, above, self.rulebook))
        return found[1]

    def environment(self, facts: dict[str, Value], history: tuple[Value, ...]) -> Environment:
        """The environment of one case: its facts, absent ones as what their absence is, and its day."""
        known = {**self._absences, **facts, "history": history}
        env = Environment(known, None, None, [None] * self.rulebook.slots)
        env.as_of = self.value(self.rulebook.as_of, env)
        return env

    def alone(self, facts: dict[str, Value], history: tuple[Value, ...], claimant: str) -> Environment:
        """The environment of a case with one claimant: the case's and the claimant's in one."""
        env = self.environment(facts, history)
        env.authority = self.value(self.rulebook.claimants[claimant].authority, env)
        env.memo.clear()
        env.reads.clear()
        return env

    def for_claimant(self, env: Environment, claimant: str) -> Environment:
        """The environment of one claimant: as the case's, with the claimant's authority."""
        return self.under(env, self.rulebook.claimants[claimant])

    def under(self, env: Environment, who: Claimant) -> Environment:
        """The environment of a claimant or bearer: as the case's, with the authority it belongs to."""
        own = Environment(env.facts, env.as_of, None, [None] * self.rulebook.slots)
        own.authority = self.value(who.authority, own)
        own.memo.clear()
        own.reads.clear()
        return own

