"""What is delegated: the bounds within which an authority may set a value, and what is set held against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from interpreter.language.core import Literal
from interpreter.language.expression import Expression
from interpreter.language.read import read_amount
from interpreter.language.scope import LocalName
from interpreter.language.show import show
from interpreter.language.types import BROKEN, Type
from interpreter.language.unknown import Unknown, Value
from interpreter.problems import Problem, Span, Text
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Delegation
from interpreter.rulebook.reading import Node
from interpreter.rulebook.settled import Settled

BELOW, ABOVE = Text("低于", "below"), Text("高于", "above")


@dataclass(frozen=True, slots=True)
class Ruled:
    """The parameter or table that is delegated, as problems speak of it."""

    name: str
    label: str
    type: Type
    clause: str | None
    delegation: Delegation


def read_delegation(
    node: Node, type: Type, settles: bool, locals: tuple[LocalName, ...], name: str, draft: Draft
) -> Delegation:
    """What stands under `delegated:` of something of `type`. Bounds may use parameters, called tables and `locals`;
    `settles` says that the notice has a value of its own."""
    unset, refers = nodes.text(node, "if_unset"), nodes.fragment(nodes.mapping(node, "if_unset"), "refer")
    if unset == "value" and not settles:
        draft.problem("delegation.no-value", nodes.place(node, "if_unset"), name=name)

    def bound(key: str) -> Expression | None:
        written = nodes.fragment(node, key)
        if written is None or type == BROKEN:
            return None
        return read_amount(written, draft.settled_scope(*locals), draft.problems, type)

    if refers is not None:
        return Delegation(bound("at_least"), bound("at_most"), "refer", draft.scheme(refers))
    return Delegation(bound("at_least"), bound("at_most"), "review" if unset == "review" else "value")


def beyond(
    ruled: Ruled, value: Expression, where: Span, days: tuple[date, date], authority: Value,
    locals: Mapping[int, Value], code: str, settled: Settled, draft: Draft,
) -> Iterator[Problem]:
    """What is wrong with a value that stands from the first to the last of `days`: each bound that it leaves, with the
    first day on which it does so."""
    for bound, side in ((ruled.delegation.at_least, BELOW), (ruled.delegation.at_most, ABOVE)):
        if bound is None or draft.broken.intersection(settled.named((bound.core, value.core))):
            continue
        for day in settled.days((bound.core, value.core), *days):
            found, limit = (settled.value(one.core, day, authority, locals) for one in (value, bound))
            fields = {
                "name": ruled.name, "label": ruled.label, "bound": _said(bound, limit), "side": side,
                "first": str(bound.where), "day": day,
            }
            if ruled.clause is not None:
                fields["clause"] = ruled.clause
            if isinstance(found, Unknown) or isinstance(limit, Unknown):
                yield Problem("delegation.no-bound", where, fields)
                break
            if found < limit if side is BELOW else found > limit:
                yield Problem(code, where, fields | {"found": _said(value, found)})
                break


def _said(expression: Expression, value: Value) -> Text:
    """An expression as written, with its value where it does not say it itself."""
    if isinstance(expression.core, Literal) or isinstance(value, Unknown):
        return Text(expression.text.strip(), expression.text.strip())
    zh, en = show(value, expression.type, "zh"), show(value, expression.type, "en")
    return Text(f"{expression.text.strip()}（{zh}）", f"{expression.text.strip()} ({en})")
