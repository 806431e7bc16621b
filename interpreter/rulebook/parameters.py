"""Parameters: amounts, thresholds and switches, their types told from what is written, and their dated values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from interpreter.language.assign import unify
from interpreter.language.core import Choose, Core, Literal
from interpreter.language.expression import Expression
from interpreter.language.magnitude import Span, joined, span_of, spanning
from interpreter.language.parse import parse
from interpreter.language.read import read_amount
from interpreter.language.scope import ParameterName, Slots
from interpreter.language.tree import Name, free_names
from interpreter.language.types import BROKEN, Choice, Number, Ratio, TextType, Type
from interpreter.problems import Fragment, Problem
from interpreter.rulebook import nodes
from interpreter.rulebook.dates import DAY, all_of, holds, read_dated
from interpreter.rulebook.delegation import read_delegation
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Cause, Dated, Parameter
from interpreter.rulebook.names import declare
from interpreter.rulebook.reading import Entry, Mapping, Node, Scalar
from interpreter.rulebook.using import in_order_of_use
from interpreter.rulebook.vocabulary import read_choice, read_type
from interpreter.rulebook.written import (
    inferred,
    number_type,
    read_amount_text,
    read_day,
    read_unit,
    read_value,
)


def read_parameters(root: Node | None, changed: dict[str, Node], draft: Draft) -> dict[str, Parameter]:
    """Every parameter with the notice's values and its name in expressions; `changed` are values that stand in for a
    parameter's own. Values may be expressions of other parameters. Delegation and overlays come later."""
    plans: dict[str, Plan] = {}
    for name, entry in nodes.entries(nodes.mapping(root, "parameters")):
        label = nodes.text(entry.value, "label") or name
        plans[name] = Plan(name, label, entry, _written(entry.value, changed.get(name), draft))
        meaning = ParameterName(name, BROKEN, label, entry.key.span)
        declare(meaning, name, entry.key.span, "parameter", draft)
    uses = {name: _uses(plan, plans) for name, plan in plans.items()}
    places = {name: plan.entry.key.span for name, plan in plans.items()}
    found = {}
    for name in in_order_of_use(uses, places, "parameter.circle", draft):
        before = len(draft.problems)
        found[name] = _parameter(plans[name], plans, draft)
        if len(draft.problems) > before:
            draft.broken.add(name)
        known = draft.names.get(name)
        if isinstance(known, ParameterName):
            draft.names[name] = replace(known, type=_known_type(found[name], plans[name].entry.value))
    return {name: found[name] for name in plans if name in found}


def _known_type(parameter: Parameter, node: Node) -> Type:
    """The type of a parameter where it is used: a number is within its values, and what authorities set within the
    bounds of their delegation, where these are written out."""
    type, delegated = parameter.type, nodes.mapping(node, "delegated")
    spans = [_span(dated.value) for dated in parameter.values]
    if delegated is not None:
        ends = [_written_bound(nodes.fragment(delegated, key), type) for key in ("at_least", "at_most")]
        if None in ends:
            return type
        spans += [Span(Fraction(end), Fraction(end)) for end in ends if end is not None]
    return spanning(type, reduce(joined, spans)) if isinstance(type, Number) and spans else type


def _written_bound(written: Fragment | None, type: Type) -> Decimal | None:
    """A bound that is a number; None where there is none, or it is to be worked out."""
    found = None if written is None else read_amount_text(written.text)
    return found.value if found is not None and isinstance(type, Number) else None


def _span(value: Expression) -> Span:
    match value.core:
        case Literal(value=int() | Decimal() as number):
            return Span(Fraction(number), Fraction(number))
        case _:
            return span_of(value.type)


@dataclass(frozen=True, slots=True)
class Plan:
    """A parameter whose name is known; `written` is its value or its dated values."""

    name: str
    label: str
    entry: Entry
    written: Node | None


def _uses(plan: Plan, plans: dict[str, Plan]) -> frozenset[str]:
    """The parameters that the values of one use."""
    return frozenset().union(*(_used(single, plans) for single in _single(plan.written)))


def _used(node: Node, plans: dict[str, Plan]) -> frozenset[str]:
    """The names in a value that is an expression: one with an operator, a call or the name of a parameter in it."""
    if not isinstance(node, Scalar) or read_amount_text(node.text) is not None:
        return frozenset()
    tree = parse(node.fragment, "value")
    if isinstance(tree, Problem) or (isinstance(tree, Name) and tree.name not in plans):
        return frozenset()
    return free_names(tree)


def _parameter(plan: Plan, plans: dict[str, Plan], draft: Draft) -> Parameter:
    name, node, where = plan.name, plan.entry.value, plan.entry.key.span
    type = _type(plan, plans, draft)

    def value(written: Node) -> Expression | None:
        if isinstance(written, Scalar) and not isinstance(type, TextType | Choice) and _used(written, plans):
            return read_amount(written.fragment, draft.settled_scope(), draft.problems, type)
        return constant(written, type, draft)

    values = () if type == BROKEN or plan.written is None else _values(name, node, plan.written, value, draft)
    clause = draft.cite(nodes.fragment(node, "clause"))
    basis, question = nodes.text(node, "basis"), nodes.text(node, "question")
    if question is not None and basis is None and values:
        draft.problem("parameter.no-basis", nodes.place(node, "question"), "warning", name=name)
    nothing = draft.cause(Cause("setting", name, plan.label, where, type))
    return Parameter(
        name, plan.label, type, where, values, choose((), values, nothing), clause, basis, question,
        nodes.text(node, "decided_by"),
    )


def _written(node: Node, changed: Node | None, draft: Draft) -> Node | None:
    """The value or the mapping of dated values; what somebody wants to try stands in for it."""
    if changed is not None:
        return changed
    both = nodes.child(node, "value"), nodes.child(node, "values")
    if None not in both:
        draft.problem("parameter.both", nodes.place(node, "values"))
    return both[0] or both[1]


def _single(written: Node | None) -> list[Node]:
    """The values written, each by itself."""
    if not isinstance(written, Mapping):
        return [] if written is None else [written]
    values = (entry.value for entry in written.entries)
    found = (nodes.child(value, "value") if isinstance(value, Mapping) else value for value in values)
    return [node for node in found if node is not None]


def _type(plan: Plan, plans: dict[str, Plan], draft: Draft) -> Type:
    node = plan.entry.value
    choices, named = nodes.mapping(node, "choices"), nodes.fragment(node, "type")
    if choices is not None:
        return read_choice(plan.name, choices, draft)
    if named is not None:
        return read_type(named, node, draft)
    forms = [_form(single, plans, draft) for single in _single(plan.written)]
    in_unit = nodes.fragment(node, "unit")
    if in_unit is not None:
        unit = read_unit(in_unit, draft)
        places = max((form.places for form in forms if isinstance(form, Number)), default=0)
        of: Type = BROKEN if unit is None else number_type(draft, places, unit)
        for form in forms:
            of = unify(of, replace(form, unit=unit)) or of if isinstance(form, Number) else of
        return of
    found: Type | None = None
    for form in forms:
        found = form if found is None else found
        if isinstance(form, Number) and isinstance(found, Number):
            # where the units differ, reading the value tells
            found = unify(found, replace(form, unit=found.unit)) or found
    if found is None or None in forms:
        draft.problem("parameter.type", plan.entry.key.span, name=plan.name)
        return BROKEN
    return found


def _form(node: Node, plans: dict[str, Plan], draft: Draft) -> Type | None:
    """The type of a value by what is written."""
    if not isinstance(node, Scalar):
        return None
    if not _used(node, plans):
        return inferred(node.fragment, draft)
    # read once for its type alone: its faults and slots are made where its type is wanted
    scope = replace(draft.settled_scope(), slots=Slots(), fault=lambda kind, where: 0)
    read = read_amount(node.fragment, scope, draft.problems)
    if read is None:
        return BROKEN
    if isinstance(read.type, Number):
        plain = number_type(draft, read.type.places, read.type.unit)
        return unify(plain, replace(read.type, unit=plain.unit))
    return None if isinstance(read.type, Ratio) else read.type


def _values(
    name: str, node: Node, written: Node, value: Callable[[Node], Expression | None], draft: Draft
) -> tuple[Dated, ...]:
    starts, ends = read_day(nodes.fragment(node, "starts"), draft), read_day(nodes.fragment(node, "ends"), draft)
    since = starts if starts is not None else draft.since
    if not isinstance(written, Mapping):
        expression = value(written)
        if ends is not None and ends < since:
            draft.problem("dates.order", nodes.place(node, "ends"), since=since, until=ends)
        return () if expression is None else (Dated(expression, since, ends, written.span),)
    dated = read_dated(name, written, ends, value, draft)
    if dated and dated[0].since > since:
        draft.problem("dates.gap", dated[0].where, name=name, since=since, until=dated[0].since - DAY)
    return dated


def constant(node: Node, type: Type, draft: Draft) -> Expression | None:
    """A written value as an expression."""
    value = read_value(node, type, draft)
    if value is None:
        return None
    text = node.fragment.text.strip() if isinstance(node, Scalar) else ""
    return Expression(text, node.span, type, Literal(value, type))


def choose(
    overlays: tuple[tuple[Core, Core], ...], values: tuple[Dated, ...], nothing: int
) -> Choose:
    """The value for a day: what the claimant's authority set, else what the notice says, else a setting."""
    notice = tuple((all_of(holds(dated)), dated.value.core) for dated in values)
    return Choose("first", overlays + notice, None, nothing)


def read_delegations(root: Node | None, parameters: dict[str, Parameter], draft: Draft) -> dict[str, Parameter]:
    """The parameters with what authorities may set of them."""
    found = dict(parameters)
    for name, entry in nodes.entries(nodes.mapping(root, "parameters")):
        node = nodes.mapping(entry.value, "delegated")
        if node is not None and name in parameters:
            parameter = parameters[name]
            delegation = read_delegation(node, parameter.type, bool(parameter.values), (), name, draft)
            found[name] = replace(parameter, delegated=delegation)
    return found
