"""Who reads what: the expressions of each thing in a rulebook, and the things these lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from interpreter.language import core as c
from interpreter.language.expression import Expression
from interpreter.language.types import Field, List, RecordType, Type
from interpreter.rulebook.model import Definition, Rulebook
from interpreter.rulebook.walk import expressions, reached

Kind = Literal["notice", "measure", "duty", "definition", "parameter", "limit", "table", "fact", "field", "type"]


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing of a rulebook; a field by its record type's name and its own, `person.born`."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Use:
    """An expression of a thing that reads another."""

    user: Ref
    expression: Expression


def own_expressions(book: Rulebook) -> Iterator[Use]:
    """Every expression written in the folder once, with the thing it stands in; what a policy asks of all measures
    stands in the notice."""
    told: set[str] = set()
    for user, value in _things(book):
        for found in expressions(value):
            place = str(found.where)
            if place not in told:
                told.add(place)
                yield Use(user, found)


def _things(book: Rulebook) -> Iterator[tuple[Ref, object]]:
    notice = Ref("notice", book.policy)
    yield notice, (book.as_of, book.claimants, book.bearers, book.order, book.payer)
    for measure in book.measures.values():
        yield notice, tuple(requirement for requirement in measure.head if requirement.common)
        yield Ref("measure", measure.name), measure
    for duty in book.duties.values():
        yield Ref("duty", duty.name), duty
    for definition in concepts(book):
        yield Ref("definition", definition.name), definition
    for parameter in book.parameters.values():
        yield Ref("parameter", parameter.name), (parameter.values, parameter.delegated)
    for table in book.tables.values():
        yield Ref("table", table.name), table.asked
    for limit in book.limits:
        yield Ref("limit", limit.name), limit


def concepts(book: Rulebook) -> list[Definition]:
    """The definitions that people wrote: those that stand for a table that is called are left out."""
    return [definition for name, definition in book.definitions.items() if name not in book.tables]


def directly(book: Rulebook, core: c.Core) -> frozenset[Ref]:
    """What a core names itself."""
    found: set[Ref] = set()
    waiting = [core]
    while waiting:
        node = waiting.pop()
        waiting.extend(c.parts(node))
        ref = _named(book, node)
        if ref is not None:
            found.add(ref)
    return frozenset(found)


def _named(book: Rulebook, node: c.Core) -> Ref | None:
    match node:
        case c.Read(name=name):
            return Ref("parameter", name)
        case c.Call(definition=name):
            return Ref("table" if name in book.tables else "definition", name)
        case c.Rows(table=name):
            return Ref("table", name)
        case c.Fact(name=name):
            return Ref("fact", name)
        case c.Field(name=name, owner=owner):
            return Ref("field", f"{owner}.{name}")
        case _:
            return None


def closure(book: Rulebook, found: Iterable[Expression]) -> frozenset[Ref]:
    """What expressions lead to, through definitions and parameters."""
    refs = (_named(book, node) for expression in found for node, _ in reached(expression.core, book))
    return frozenset(ref for ref in refs if ref is not None)


def uses_of(book: Rulebook, target: Ref) -> list[Use]:
    """The expressions that name a thing, in the order of the files' kinds."""
    return [use for use in own_expressions(book) if target in directly(book, use.expression.core)]


def record_types(book: Rulebook) -> dict[str, RecordType]:
    """Every record type of the vocabulary and of the tables by its name."""
    found: dict[str, RecordType] = {}
    waiting: list[Type] = [
        *book.types.values(), *(root.type for root in book.facts.values()), *(t.row for t in book.tables.values())
    ]
    while waiting:
        of = waiting.pop(0)
        if isinstance(of, List):
            waiting.append(of.item)
        elif isinstance(of, RecordType) and of.name not in found:
            found[of.name] = of
            waiting.extend(field.type for field in of.fields.values())
    return found


def fields_of_type(book: Rulebook, wanted: Type) -> list[tuple[RecordType, Field]]:
    """The fields that hold a value, or a list of values, of a type."""
    return [
        (owner, field)
        for owner in record_types(book).values()
        for field in owner.fields.values()
        if (field.type.item if isinstance(field.type, List) else field.type) == wanted
        and field.name not in (owner.base.fields if owner.base is not None else ())
    ]
