"""What of a policy many cases cannot be decided by in the database, with its place."""

from __future__ import annotations

from collections.abc import Iterator

from interpreter.batch.sql.apply import BY_INTERPRETER
from interpreter.language import core as c
from interpreter.language.functions import BY_KEY
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.walk import expressions


def check_batch(rulebook: Rulebook, problems: list[Problem]) -> None:
    """Adds an error for every function that no batch has, and a note for those whose cases the interpreter decides."""
    seen: set[tuple[str, object]] = set()
    for expression in expressions(rulebook):
        for key in _functions(expression.core):
            if (key, expression.where) in seen:
                continue
            seen.add((key, expression.where))
            name = BY_KEY[key].name
            if not BY_KEY[key].batch:
                problems.append(Problem("batch.function", expression.where, {"name": name}))
            elif key in BY_INTERPRETER:
                problems.append(Problem("batch.slow", expression.where, {"name": name}, severity="note"))


def _functions(node: c.Core) -> Iterator[str]:
    match node:
        case c.Apply(function=key) | c.Fold(kind=key):
            yield key
    for part in c.parts(node):
        yield from _functions(part)
