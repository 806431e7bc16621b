"""Figures a case provides, held against what the rules compute: a known difference is an error of the case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interpreter.decision.engine import Engine
from interpreter.language.environment import Environment
from interpreter.language.show import show
from interpreter.language.unknown import Unknown
from interpreter.language.values import Record
from interpreter.problems import Problem, Source, Span, Text
from interpreter.rulebook.model import Definition


def conflicts(env: Environment, engine: Engine, source: Source | None) -> list[Problem]:
    """The provided figures that differ from a known computed value."""
    found: list[Problem] = []
    for path, record in _records(env.facts):
        for name, given in record.fields.items():
            definition = engine.rulebook.definitions.get(name)
            field = record.shape.type.fields.get(name)
            if definition is None or field is None or not field.provided:
                continue
            computed = _computed(definition, record, env, engine)
            if not isinstance(computed, Unknown) and computed != given:
                found.append(_problem(path, definition, given, computed, source))
    return found


def _computed(definition: Definition, record: Record, env: Environment, engine: Engine) -> Any:
    env.locals[definition.takes[0].slot] = record
    return engine.program.definition(definition.name)(env)


def _records(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    """Every record of the case with its place; rows of tables are not the case's."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name != "history":
                yield from _records(item, (*path, name))
    elif value.__class__ is tuple:
        for number, item in enumerate(value, 1):
            yield from _records(item, (*path, number))
    elif isinstance(value, Record) and value.shape.type.table is None:
        yield path, value
        yield from _records(value.fields, path)


def _problem(path: tuple[str | int, ...], definition: Definition, given: Any, computed: Any, source: Source | None
             ) -> Problem:
    where = ".".join(str(part) for part in (*path, definition.name))
    return Problem(
        "case.provided-differs", None if source is None else Span(source, 0, 0),
        {
            "label": definition.label,
            "given": Text(show(given, definition.type, "zh"), show(given, definition.type, "en")),
            "computed": Text(show(computed, definition.type, "zh"), show(computed, definition.type, "en")),
        },
        path=where,
    )
