"""The third way to work a core out: straight-line functions where all is known, and closures where it is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any

from interpreter.language import core as c
from interpreter.language.closures import compile_core, is_recorded
from interpreter.language.environment import Environment, Program, Run
from interpreter.language.straight.writer import NotStraightError, Writer
from interpreter.language.unknown import Value


def compile_straight(node: c.Core, program: Program) -> Run:
    """The function that works a node out, as `compile_core`."""
    if not isinstance(node, c.Apply | c.And | c.Or | c.Not | c.If | c.Choose):
        return compile_core(node, program)
    sources = _InEnvironment(program)
    writer = Writer(sources)
    try:
        found = writer.straight(node)
    except NotStraightError:
        return compile_core(node, program)
    answer = f"return {found.expression}"
    lines = ["facts, local = env.facts, env.locals", *writer.steps()]
    lines += [f"if {found.test}: {answer}", "return otherwise(env)"] if found.test else [answer]
    return function("env", lines, {**writer.constants, **sources.runs, "otherwise": _otherwise(node, program)})


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
