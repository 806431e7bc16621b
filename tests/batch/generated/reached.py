"""What generated rulebooks are made of: kinds of core nodes, keys of functions and folds, hit policies, and parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from interpreter.rulebook.model import Requirement, Rulebook
from interpreter.rulebook.walk import expressions
from tests.batch.generated.grown import words_of


def reached(book: Rulebook) -> Counter[str]:
    """How often each word of the language stands in a rulebook."""
    found: Counter[str] = Counter()
    cores = [expression.core for expression in expressions((
        book.as_of, book.order, book.payer, book.claimants, book.measures, book.limits
    ))]
    cores += [definition.core for definition in book.definitions.values()]
    cores += [parameter.core for parameter in book.parameters.values()]
    for core in cores:
        found.update(words_of(core))
    found.update(_parts(book))
    return found


def _parts(book: Rulebook) -> Iterator[str]:
    """The parts of a policy that no core tells."""
    for measure in book.measures.values():
        yield f"measure {measure.kind}"
        yield f"loops {len(measure.loops)}"
        yield from (f"measure {name}" for name in ("once_per", "as_of", "during") if getattr(measure, name))
        yield from (f"line {word}" for one in measure.requires for word in _meanings(one))
        yield from (f"head {word}" for one in measure.head for word in _meanings(one))
    for limit in book.limits:
        yield "limit grants" if limit.amount is None else f"limit amount {limit.over}"
        yield from (f"limit {name}" for name in ("when", "orders") if getattr(limit, name))
        yield f"keep {limit.keep}"
        if len(limit.measures) > 1:
            yield "limit of several"
    for definition in book.definitions.values():
        yield f"takes {min(len(definition.takes), 2)}"
        if definition.may_be_provided:
            yield "provided"
        yield from (f"defined {word}" for one in definition.requirements for word in _meanings(one))
    for parameter in book.parameters.values():
        yield f"values {min(len(parameter.values), 2)}"
        if parameter.delegated is not None:
            yield f"delegated {parameter.delegated.if_unset}"
    for table in book.tables.values():
        yield "table listed" if table.asked is None else f"table {table.asked.hit}"
        if table.asked is not None and table.asked.delegated is not None:
            yield "table delegated"
    yield from ("overlay" for _ in book.overlays)


def _meanings(requirement: Requirement) -> Iterator[str]:
    yield requirement.mode
    if requirement.otherwise is not None:
        yield requirement.otherwise.kind
    if requirement.call is not None:
        yield "call"
    for part in requirement.parts:
        yield from _meanings(part)
