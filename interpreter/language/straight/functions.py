"""The third way to work a core out: straight-line functions where all is known, and closures where it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

from interpreter.language import core as c
from interpreter.language.closures import compile_core, is_recorded
from interpreter.language.environment import Environment, Program, Run
from interpreter.language.straight.writer import NotStraightError, Writer
from interpreter.language.unknown import Unknown, Value

OPERATIONS = (c.Apply, c.And, c.Or, c.Not, c.If, c.Choose)
"""What is worth a function of its own."""


def compile_straight(node: c.Core, program: Program) -> Run:
    """The function that works a node out, as `compile_core`."""
    if not isinstance(node, OPERATIONS):
        return compile_core(node, program)
    whole = _whole(node, program)
    if whole is not None:
        return whole
    match node:
        case c.And(parts=parts):
            return _headed(node, parts, program, stop=False)
        case c.Or(parts=parts):
            return _headed(node, parts, program, stop=True)
        case _:
            return compile_core(node, program)


def _whole(node: c.Core, program: Program) -> Run | None:
    """The function of a node that can be written."""
    sources = _InEnvironment(program)
    writer = Writer(sources)
    try:
        found = writer.straight(node)
    except NotStraightError:
        return None
    answer = f"return {found.expression}"
    lines = ["facts, local = env.facts, env.locals", *writer.steps()]
    lines += [f"if {found.test}: {answer}", "return otherwise(env)"] if found.test else [answer]
    return function("env", lines, {**writer.constants, **sources.runs, "otherwise": _otherwise(node, program)})


def _headed(node: c.Core, parts: Sequence[c.Core], program: Program, *, stop: bool) -> Run:
    """An `and` (or `or`) of which some parts can be written: these first, as the others seldom matter then."""
    written = [part for part in parts if isinstance(part, OPERATIONS) and _whole(part, program) is not None]
    others = [part for part in parts if part not in written]
    if not written or not others:
        return compile_core(node, program)
    joined = c.Or if stop else c.And
    head = program.compiled(written[0] if len(written) == 1 else joined(tuple(written)))
    rest = program.compiled(others[0] if len(others) == 1 else joined(tuple(others)))

    def run(env: Environment) -> Value:
        first = head(env)
        if first is stop:
            return stop
        second = rest(env)
        if first.__class__ is bool or second is stop:
            return second
        return Unknown(first.causes if second.__class__ is bool else first.causes | second.causes)

    return run


def function(arguments: str, lines: list[str], names: dict[str, Any]) -> Callable[..., Any]:
    """A Python function of its lines, with the constants they name."""
    text = "\n    ".join([f"def run({arguments}):", *lines])
    found: dict[str, Any] = dict(names)
    exec(_code(text), found)
    run: Callable[..., Any] = found["run"]
    return run


@lru_cache(maxsize=1024)
def _code(text: str) -> CodeType:
    return compile(text, "<rules>", "exec")


def _otherwise(node: c.Core, program: Program) -> Run:
    """The closure of a node, made when it is first needed."""
    if program.record:
        return compile_core(node, program.compiled_by(compile_core))
    made: list[Run] = []

    def run(env: Environment) -> Value:
        if not made:
            made.append(compile_core(node, program.compiled_by(compile_core)))
        return made[0](env)

    return run


class _InEnvironment:
    """What code reads of an environment. Where the program records, nothing that is to be noted."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.runs: dict[str, Run] = {}

    def fact(self, name: str) -> str:
        return f"facts[{name!r}]"

    def local(self, slot: int) -> str:
        return f"local[{slot}]"

    def day(self) -> str:
        return "env.as_of"

    def parameter(self, node: c.Read) -> str:
        run = f"read{len(self.runs)}"
        self.runs[run] = self._program.compiled(node)
        return f"{run}(env)"

    def settled(self, node: c.Read) -> Value:
        if self._program.record:
            raise NotStraightError
        core = self._program.parameters[node.name]
        return core.value if isinstance(core, c.Literal) else None

    def definition(self, node: c.Call) -> c.Core:
        if self._program.record:
            raise NotStraightError
        return self._program.definitions[node.definition].core

    def field(self, node: c.Field) -> None:
        if is_recorded(node, self._program):
            raise NotStraightError
