"""Everything that works expressions out: each gives the same answers to the same data file."""

from __future__ import annotations

from collections.abc import Callable

from interpreter.language.closures import compile_core
from interpreter.language.core import Core
from interpreter.language.environment import Environment, Program
from interpreter.language.straight.functions import compile_straight
from interpreter.language.unknown import Value

Backend = Callable[[Core, dict[str, Value], int], Value]
"""A core, the facts, and how many local variables there are: the value."""


def closures(core: Core, facts: dict[str, Value], slots: int) -> Value:
    program = Program({}, {}, {}, compile_core, record=False)
    return compile_core(core, program)(Environment(facts, None, None, [None] * slots))


def straight(core: Core, facts: dict[str, Value], slots: int) -> Value:
    program = Program({}, {}, {}, compile_straight, record=False)
    return compile_straight(core, program)(Environment(facts, None, None, [None] * slots))


BACKENDS: dict[str, Backend] = {"closures": closures, "straight": straight}
