"""Shapes: for every place of the vocabulary the unknowns that stand for what a case does not say there."""

from __future__ import annotations

from interpreter.language.scope import FactName
from interpreter.language.types import Field, List, RecordType, Type
from interpreter.language.values import Shape, absence
from interpreter.problems import Span
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Cause, Definition, FactRoot
from interpreter.rulebook.names import HISTORY
from interpreter.rulebook.vocabulary import inner_record


def add_provided(definitions: dict[str, Definition], types: list[RecordType]) -> None:
    """Makes the figures that a case may provide fields of the records they are about, and of all that extend these."""
    for definition in definitions.values():
        if not (definition.may_be_provided and definition.takes):
            continue
        on = definition.takes[0].type
        for type in types:
            if isinstance(on, RecordType) and type.extends(on) and definition.name not in type.fields:
                type.fields[definition.name] = Field(definition.name, definition.label, definition.type, provided=True)


def fact_roots(draft: Draft) -> dict[str, FactRoot]:
    """Every fact with the shape that names what is missing of it."""
    roots = {}
    for name, fact in draft.facts().items():
        where = draft.places.get(name)
        record = inner_record(fact.type)
        shape = None if record is None else _shape(name, record, None, where, draft)
        roots[name] = FactRoot(name, fact.label or name, fact.type, shape, _absent(name, fact, shape, where, draft))
    return roots


def _absent(name: str, fact: FactName, shape: Shape | None, where: Span | None, draft: Draft) -> object:
    if name == HISTORY:
        return ()
    bit = 0 if isinstance(fact.type, RecordType) and shape is not None else draft.cause(
        Cause("fact", name, fact.label or name, where, fact.type)
    )
    return absence(fact.type, bit, shape)


def _shape(path: str, type: RecordType, proof: str | None, where: Span | None, draft: Draft) -> Shape:
    shape = Shape(path, type)
    for name, field in type.fields.items():
        if field.provided:
            shape.absences[name] = None
            continue
        below, shown = f"{path}.{name}", field.proof or proof
        bit = 0
        if not _is_record(field.type):
            bit = draft.cause(Cause("fact", below, field.label, where, field.type, shown))
        record = inner_record(field.type)
        if record is not None:
            shape.children[name] = _shape(below, record, shown, where, draft)
        missing = absence(field.type, bit, shape.children.get(name))
        shape.absences[name] = missing if field.default is None else field.default
    return shape


def _is_record(type: Type) -> bool:
    return not isinstance(type, List) and inner_record(type) is not None


def record_types(draft: Draft) -> list[RecordType]:
    """Every record type of the vocabulary, those of facts that have one of their own included."""
    found = {id(type): type for type in draft.types.values() if isinstance(type, RecordType) and type.table is None}
    for fact in draft.facts().values():
        if isinstance(fact.type, RecordType):
            found.setdefault(id(fact.type), fact.type)
    return list(found.values())
