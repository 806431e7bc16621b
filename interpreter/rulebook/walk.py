"""Going through a rulebook: the expressions in any part of it, and what a core leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from interpreter.language.core import Call, Core, Read, parts
from interpreter.language.expression import Expression
from interpreter.rulebook.model import Rulebook


def expressions(value: object) -> Iterator[Expression]:
    """Every expression in a part of a rulebook, in the order of its fields."""
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, dict):
        yield from expressions(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from expressions(item)
    elif is_dataclass(value) and type(value).__module__.startswith("interpreter.rulebook"):
        for field in fields(value):
            yield from expressions(getattr(value, field.name))


def reached(core: Core, book: Rulebook) -> Iterator[tuple[Core, str | None]]:
    """Every node of a core and of the definitions and parameters it reads, with the name of these."""
    waiting: list[tuple[Core, str | None]] = [(core, None)]
    done: set[str] = set()
    while waiting:
        node, owner = waiting.pop()
        yield node, owner
        waiting.extend((part, owner) for part in parts(node))
        match node:
            case Call(definition=name) if name not in done:
                done.add(name)
                waiting.append((book.definitions[name].core, name))
            case Read(name=name) if name not in done:
                done.add(name)
                waiting.append((book.parameters[name].core, name))
