"""One expression worked out by itself, with no case: what it gives, or why it gives nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from interpreter.decision.engine import Engine
from interpreter.language.closures import compile_core
from interpreter.language.environment import Environment, Program
from interpreter.language.read import read_expression
from interpreter.language.scope import (
    AsOfName,
    DefinitionName,
    FactName,
    Meaning,
    ParameterName,
    Scope,
    Slots,
    TableName,
)
from interpreter.language.types import Type
from interpreter.language.unknown import Unknown, Value
from interpreter.problems import Fragment, Problem, Span
from interpreter.rulebook.model import Cause, Rulebook

SOURCE = "EXPR"
"""What problems call the expression."""

_DAY = Cause("fact", "as_of", "--as-of")


@dataclass(frozen=True, slots=True)
class Result:
    """What an expression gives: a value of a type. Where that is unknown, `lacks` says for want of what, and `faults`
    are the operations that have no value, with their places."""

    value: Value
    type: Type
    lacks: tuple[Cause, ...] = ()
    faults: tuple[tuple[str, Span], ...] = ()


def work_out(text: str, rulebook: Rulebook | None, day: date | None, problems: list[Problem]) -> Result | None:
    """What an expression gives on a day. It may use the parameters, tables and definitions of a rulebook, whose facts
    are all unknown. What is wrong with the expression is added to `problems`, and then None is given."""
    causes = list(rulebook.causes) if rulebook else []
    slots = Slots()
    slots.count = rulebook.slots if rulebook else 0

    def cause(found: Cause) -> int:
        causes.append(found)
        return 1 << (len(causes) - 1)

    def fault(kind: str, where: Span) -> int:
        return cause(Cause("fault", kind, kind, where))

    scope = Scope(_names(rulebook), slots, fault, rulebook.leap_day if rulebook else "03-01")
    read = read_expression(Fragment.whole(SOURCE, text), scope, problems, knowing="anywhere")
    if read is None:
        return None
    as_of: Value = Unknown(cause(_DAY)) if day is None else day
    facts = {name: root.absence for name, root in rulebook.facts.items()} if rulebook else {}
    program = Engine(rulebook).program if rulebook else Program({}, {}, {}, compile_core, record=False)
    value = compile_core(read.core, program)(Environment(facts, as_of, None, [None] * slots.count))
    bits = value.causes if isinstance(value, Unknown) else 0
    found = [one for at, one in enumerate(causes) if bits >> at & 1]
    return Result(
        value, read.type, tuple(one for one in found if one.kind != "fault"),
        tuple((one.label, one.where) for one in found if one.kind == "fault" and one.where is not None),
    )


def _names(rulebook: Rulebook | None) -> dict[str, Meaning]:
    names: dict[str, Meaning] = {"as_of": AsOfName()}
    if rulebook is None:
        return names
    for fact in rulebook.facts.values():
        names[fact.name] = FactName(fact.name, fact.type, fact.label)
    for parameter in rulebook.parameters.values():
        names[parameter.name] = ParameterName(parameter.name, parameter.type, parameter.label, parameter.where)
    for table in rulebook.tables.values():
        if table.asked is None:
            names[table.name] = TableName(table.name, table.row, table.label, table.where)
    for one in rulebook.definitions.values():
        takes = tuple(variable.type for variable in one.takes)
        names[one.name] = DefinitionName(one.name, takes, one.type, one.label, one.where)
    return names
