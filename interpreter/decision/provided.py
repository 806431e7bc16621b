"""Figures a case provides, held against what the rules compute: a known difference is an error of the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from interpreter.decision.engine import Engine
from interpreter.language.environment import Environment
from interpreter.language.show import show
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.problems import Problem, Text
from interpreter.rulebook.model import Definition


def conflicts(provided: Iterable[Any], env: Environment, engine: Engine) -> list[Problem]:
    """The provided figures of a case (as the cases floor notes them) that differ from a known computed value, under
    the authority of each claimant they may be used for."""
    found: list[Problem] = []
    for noted in provided:
        path = noted.path.split(".")
        definition = engine.rulebook.definitions[path[-1]]
        record = _record(env.facts, path[:-1])
        for own in _environments(path[0], env, engine):
            computed = _computed(definition, record, own, engine)
            if not isinstance(computed, Unknown) and computed != noted.value:
                found.append(_problem(noted, definition, computed))
                break
    return found


def _record(facts: dict[str, Value], path: Sequence[str]) -> Record:
    """The record at a dotted path, rows counted from 1."""
    at: Value = facts[path[0]]
    for part in path[1:]:
        at = at[int(part) - 1] if part.isdecimal() else at.fields[part]
    assert isinstance(at, Record)
    return at


def _environments(root: str, env: Environment, engine: Engine) -> Iterator[Environment]:
    """Those of the claimant whose own record a figure is in; of a record of nobody's, those of all claimants."""
    claimants = engine.rulebook.claimants
    own = [name for name, claimant in claimants.items() if claimant.fact == root]
    for name in own or claimants:
        yield engine.for_claimant(env, name)


def _computed(definition: Definition, record: Record, env: Environment, engine: Engine) -> Value:
    env.locals[definition.takes[0].slot] = record
    return engine.program.definition(definition.name)(env)


def _problem(noted: Any, definition: Definition, computed: Value) -> Problem:
    given, type = noted.value, definition.type
    return Problem(
        "case.provided-differs", noted.where,
        {
            "label": definition.label,
            "given": Text(show(given, type, "zh"), show(given, type, "en")),
            "computed": Text(show(computed, type, "zh"), show(computed, type, "en")),
        },
        path=noted.path,
    )
