"""Definitions: shared concepts in the order of their use, each an expression or requirements of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from interpreter.language.core import MOST_DEEP, Core, depth
from interpreter.language.expression import Expression
from interpreter.language.magnitude import taken
from interpreter.language.read import names_used, read_expression
from interpreter.language.scope import DefinitionName, LocalName
from interpreter.language.types import (
    BOOLEAN,
    BROKEN,
    Boolean,
    Choice,
    DateType,
    MonthType,
    Number,
    RecordType,
    TextType,
    Type,
    say_type,
)
from interpreter.language.units import ONE
from interpreter.problems import Fragment, Span
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Definition, Requirement, Variable
from interpreter.rulebook.names import allowed, declare
from interpreter.rulebook.reading import Entry, Node, Scalar
from interpreter.rulebook.requirements import GROUPS, core_of, one_meaning, read_requirements
from interpreter.rulebook.using import in_order_of_use
from interpreter.rulebook.vocabulary import read_type
from interpreter.rulebook.written import read_unit

HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Plan:
    """A definition whose name and parameters are known."""

    name: str
    node: Node
    where: Span
    label: str
    takes: tuple[Variable, ...]

    @property
    def locals(self) -> tuple[LocalName, ...]:
        """Its parameters as names of its expressions."""
        return tuple(LocalName(v.name, taken(v.type), v.slot) for v in self.takes)


def read_definitions(root: Node | None, draft: Draft) -> dict[str, Definition]:
    """Every definition, those first that others use, with its name in expressions."""
    plans = {}
    for name, entry in nodes.entries(nodes.mapping(root, "definitions")):
        label = nodes.text(entry.value, "label") or name
        plan = Plan(name, entry.value, entry.key.span, label, _takes(entry, draft))
        declare(_meaning(plan, BROKEN), name, plan.where, "definition", draft)
        plans[name] = plan
    found: dict[str, Definition] = {}
    depths: dict[str, int] = {}
    uses = {name: _uses(plan.node) for name, plan in plans.items()}
    places = {name: plan.where for name, plan in plans.items()}
    for name in in_order_of_use(uses, places, "definition.circle", draft):
        plan = plans[name]
        definition = _definition(plan, found, draft)
        depths[name] = 0 if definition is None else depth(definition.core, depths)
        if depths[name] > MOST_DEEP:
            # those that use it have no meaning either, so that it is told once
            draft.problem("definition.deep", plan.where, name=name, limit=MOST_DEEP)
        elif definition is not None:
            found[plan.name] = definition
            if isinstance(draft.names.get(plan.name), DefinitionName):
                draft.names[plan.name] = _meaning(plan, definition.type)
    return {name: found[name] for name in plans if name in found}


def _meaning(plan: Plan, type: Type) -> DefinitionName:
    return DefinitionName(plan.name, tuple(v.type for v in plan.takes), type, plan.label, plan.where)


def _takes(entry: Entry, draft: Draft) -> tuple[Variable, ...]:
    found = []
    for name, given in nodes.entries(nodes.mapping(entry.value, "takes")):
        allowed(name, given.key.span, "variable", draft)
        type = read_type(given.value.fragment, given.value, draft) if isinstance(given.value, Scalar) else BROKEN
        found.append(Variable(name, type, draft.slots.take()))
    return tuple(found)


def _uses(node: Node) -> frozenset[str]:
    """The names the expressions of a definition use, those in what its requirements say included."""
    found: set[str] = set()
    written = nodes.fragment(node, "is")
    if written is not None:
        found |= names_used(written)
    for mode in GROUPS:
        for _, entry in nodes.entries(nodes.mapping(node, mode)):
            found |= _requirement_uses(entry.value)
    return frozenset(found)


def _requirement_uses(node: Node) -> frozenset[str]:
    found: set[str] = set(_uses(node))
    when, say = nodes.fragment(node, "when"), nodes.fragment(node, "say")
    if when is not None:
        found |= names_used(when)
    for hole in HOLE.finditer(say.text) if say is not None else ():
        found |= names_used(Fragment.whole("", hole[1]))
    return frozenset(found)


def _definition(plan: Plan, known: dict[str, Definition], draft: Draft) -> Definition | None:
    node = plan.node
    clause = draft.cite(nodes.fragment(node, "clause"))
    provided = nodes.flag(node, "may_be_provided")
    written = nodes.fragment(node, "is")
    if written is not None:
        expression = read_expression(written, draft.scope(*plan.locals), draft.problems)
        if expression is None:
            return None
        expression = _with_unit(expression, nodes.fragment(node, "unit"), draft)
        made = Definition(
            plan.name, plan.label, plan.takes, expression.type, expression.core, plan.where, expression, clause=clause,
            may_be_provided=provided,
        )
    else:
        mode, requirements = _group(node, plan, known, draft)
        if not requirements:
            return None
        core: Core = core_of(mode, requirements)
        made = Definition(
            plan.name, plan.label, plan.takes, BOOLEAN, core, plan.where, None, mode, requirements, clause, provided
        )
    if provided:
        _check_provided(made, nodes.place(node, "may_be_provided"), draft)
    return made


def _group(
    node: Node, plan: Plan, known: dict[str, Definition], draft: Draft
) -> tuple[Literal["all", "any"], tuple[Requirement, ...]]:
    """The requirements of a definition, under `all` or `any`."""
    for mode in GROUPS:
        written = nodes.mapping(node, mode)
        if written is not None:
            requirements = read_requirements(written, plan.locals, known, draft)
            if mode == "any":
                one_meaning(Requirement(plan.name, mode, plan.where, parts=requirements), known, draft)
            return mode, requirements
    return "all", ()


def _with_unit(expression: Expression, written: Fragment | None, draft: Draft) -> Expression:
    """The expression as a count of something: a number without a unit takes the one that is written."""
    unit = None if written is None else read_unit(written, draft)
    if written is None or unit is None:
        return expression
    if isinstance(expression.type, Number) and expression.type.unit in (None, ONE, unit):
        return replace(expression, type=replace(expression.type, unit=unit))
    draft.problem("definition.unit", written.span(), found=say_type(expression.type), unit=str(unit))
    return expression


def _check_provided(made: Definition, where: Span, draft: Draft) -> None:
    """A figure a case may provide stands on one record, and is one value."""
    records = [v.type for v in made.takes if isinstance(v.type, RecordType) and v.type.table is None]
    if len(made.takes) != 1 or len(records) != 1:
        draft.problem("definition.provided-on", where, name=made.name)
    elif made.name in records[0].fields:
        draft.problem("definition.provided-field", where, name=made.name, type=records[0].label)
    row = isinstance(made.type, RecordType) and made.type.table is not None
    if not row and not isinstance(made.type, Boolean | Choice | DateType | MonthType | Number | TextType):
        draft.problem("definition.provided-type", where, name=made.name, found=say_type(made.type))
