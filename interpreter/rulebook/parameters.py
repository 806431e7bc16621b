"""Parameters: amounts, thresholds and switches, their types told from what is written, and their dated values."""

from __future__ import annotations

from dataclasses import replace

from interpreter.language.core import Choose, Core, Literal
from interpreter.language.expression import Expression
from interpreter.language.read import read_amount
from interpreter.language.scope import ParameterName
from interpreter.language.types import BROKEN, List, Number, Type
from interpreter.language.unknown import Value
from interpreter.problems import Fragment, Text
from interpreter.rulebook import nodes
from interpreter.rulebook.dates import DAY, all_of, holds, read_dated
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Cause, Dated, Delegation, Parameter
from interpreter.rulebook.names import declare
from interpreter.rulebook.reading import Entry, Mapping, Node, Scalar
from interpreter.rulebook.vocabulary import read_choice, read_type
from interpreter.rulebook.written import inferred, number_type, read_day, read_unit, read_value

SIDES = {-1: Text("低于", "below"), 1: Text("高于", "above")}


def read_parameters(root: Node | None, changed: dict[str, Node], draft: Draft) -> dict[str, Parameter]:
    """Every parameter with the notice's values and its name in expressions; `changed` are values that stand in for a
    parameter's own. Delegation and overlays come later (`delegate`)."""
    parameters = {}
    for name, entry in nodes.entries(nodes.mapping(root, "parameters")):
        parameter = _parameter(name, entry, changed.get(name), draft)
        meaning = ParameterName(name, parameter.type, parameter.label, parameter.where)
        declare(meaning, name, parameter.where, "parameter", draft)
        parameters[name] = parameter
    return parameters


def _parameter(name: str, entry: Entry, changed: Node | None, draft: Draft) -> Parameter:
    node, where = entry.value, entry.key.span
    written = _written(node, changed, draft)
    type = _type(name, entry, written, draft)
    label = nodes.text(node, "label") or name
    values = () if type == BROKEN or written is None else _values(name, node, written, type, draft)
    clause = draft.cite(nodes.fragment(node, "clause"))
    basis, question = nodes.text(node, "basis"), nodes.text(node, "question")
    if question is not None and basis is None and values:
        draft.problem("parameter.no-basis", nodes.place(node, "question"), "warning", name=name)
    nothing = draft.cause(Cause("setting", name, label, where, type))
    return Parameter(
        name, label, type, where, values, choose((), values, nothing), clause, basis, question,
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


def _type(name: str, entry: Entry, written: Node | None, draft: Draft) -> Type:
    node = entry.value
    choices, named = nodes.mapping(node, "choices"), nodes.fragment(node, "type")
    if choices is not None:
        return read_choice(name, choices, draft)
    if named is not None:
        return read_type(named, node, draft)
    forms = [inferred(single.fragment, draft) if isinstance(single, Scalar) else None for single in _single(written)]
    in_unit = nodes.fragment(node, "unit")
    if in_unit is not None:
        unit = read_unit(in_unit, draft)
        places = max((form.places for form in forms if isinstance(form, Number)), default=0)
        return BROKEN if unit is None else number_type(draft, places, unit)
    found: Type | None = None
    for form in forms:
        if isinstance(form, Number) and isinstance(found, Number):
            found = Number(max(form.places, found.places), found.unit if found.unit is not None else form.unit)
        else:
            found = found if found is not None else form
    if found is None or None in forms:
        draft.problem("parameter.type", entry.key.span, name=name)
        return BROKEN
    return found


def _values(name: str, node: Node, written: Node, type: Type, draft: Draft) -> tuple[Dated, ...]:
    starts, ends = read_day(nodes.fragment(node, "starts"), draft), read_day(nodes.fragment(node, "ends"), draft)
    since = starts if starts is not None else draft.since
    if not isinstance(written, Mapping):
        expression = constant(written, type, draft)
        if ends is not None and ends < since:
            draft.problem("dates.order", nodes.place(node, "ends"), since=since, until=ends)
        return () if expression is None else (Dated(expression, since, ends, written.span),)
    dated = read_dated(name, written, ends, lambda value: constant(value, type, draft), draft)
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
        if node is None or name not in parameters:
            continue
        parameter = parameters[name]
        unset = nodes.text(node, "if_unset")
        if unset == "refer":
            draft.problem("delegation.refer-later", nodes.place(node, "if_unset"))
        if unset == "value" and not parameter.values:
            draft.problem("delegation.no-value", nodes.place(node, "if_unset"), name=name)
        low, high = (_bound(nodes.fragment(node, key), parameter.type, draft) for key in ("at_least", "at_most"))
        delegation = Delegation(low, high, "review" if unset == "review" else "value")
        for dated in parameter.values:
            check_bounds(parameter, delegation, dated, "parameter.beyond-bound", draft)
        found[name] = replace(parameter, delegated=delegation)
    return found


def _bound(written: Fragment | None, type: Type, draft: Draft) -> Expression | None:
    if written is None or type == BROKEN:
        return None
    bound = read_amount(written, draft.scope(), draft.problems, type)
    if bound is not None and not isinstance(bound.core, Literal):
        draft.problem("delegation.bound-later", written.span())
        return None
    return bound


def check_bounds(parameter: Parameter, delegation: Delegation, dated: Dated, code: str, draft: Draft) -> None:
    """Refuses a value outside what is delegated."""
    value = literal_value(dated.value)
    for bound, beyond in ((delegation.at_least, -1), (delegation.at_most, 1)):
        limit = None if bound is None else literal_value(bound)
        if bound is None or limit is None or value is None or isinstance(parameter.type, List):
            continue
        if (value < limit) if beyond < 0 else (value > limit):
            draft.problem(
                code, dated.value.where, name=parameter.name, label=parameter.label, found=dated.value.text,
                bound=bound.text, side=SIDES[beyond], clause=parameter.clause, first=str(bound.where),
            )


def literal_value(expression: Expression) -> Value | None:
    """The value of an expression that is a constant."""
    return expression.core.value if isinstance(expression.core, Literal) else None

