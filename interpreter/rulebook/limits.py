"""Limits: ceilings on how many lines that share a key are granted, or on what they come to together."""

from __future__ import annotations

from typing import Literal

from interpreter.language.assign import same_kind
from interpreter.language.expression import Expression
from interpreter.language.read import read_amount, read_expression
from interpreter.language.scope import LocalName
from interpreter.language.types import BOOLEAN, INTEGER, Type
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.measures import read_key
from interpreter.rulebook.model import KeyPart, Limit, Measure
from interpreter.rulebook.policy import read_order
from interpreter.rulebook.reading import Entry, Mapping, Node

OVER: tuple[Literal["refuse", "cut", "wait"], ...] = ("refuse", "cut", "wait")


def read_limits(root: Mapping, measures: dict[str, Measure], draft: Draft) -> tuple[Limit, ...]:
    """The limits of a policy, in order; their keys are read once for each measure, whose loop they may name."""
    limits = (_limit(name, entry, measures, draft) for name, entry in nodes.entries(nodes.mapping(root, "limits")))
    return tuple(limit for limit in limits if limit is not None)


def _limit(name: str, entry: Entry, measures: dict[str, Measure], draft: Draft) -> Limit | None:
    node = entry.value
    clause = draft.cite(nodes.fragment(node, "clause"))
    when = nodes.fragment(node, "when")
    condition = None if when is None else read_expression(when, draft.scope(), draft.problems, BOOLEAN)
    grants, amount = _ceiling("grants", INTEGER, node, draft), _ceiling("amount", draft.money_type, node, draft)
    _check_words(name, entry, draft)
    keys: dict[str, tuple[KeyPart, ...]] = {}
    orders: dict[str, tuple[Expression, ...]] = {}
    for written in nodes.fragments(node, "measures"):
        measure = measures.get(written.text.strip())
        if measure is None:
            guess = closest(written.text.strip(), measures)
            draft.problem("limit.measure", written.span(), found=written.text.strip(), guess=guess)
            continue
        if measure.kind == "entitlement" and nodes.child(node, "amount") is not None:
            draft.problem("limit.no-amount", written.span(), name=measure.name)
        keys[measure.name] = _keys(node if isinstance(node, Mapping) else None, measure, draft)
        if nodes.child(node, "order") is not None:
            orders[measure.name] = read_order(node, draft, *_locals(measure))
    _check_orders(name, entry, tuple(orders.values()), draft)
    if grants is None and amount is None:
        return None
    keep: Literal["first", "highest"] = "highest" if nodes.text(node, "keep") == "highest" else "first"
    over = next((word for word in OVER if word == nodes.text(node, "over")), OVER[0])
    label = nodes.text(node, "label") or name
    return Limit(
        name, label, tuple(keys), keys, grants, entry.key.span, keep, condition, clause, amount, over, orders
    )


def _ceiling(key: str, type: Type, node: Node, draft: Draft) -> Expression | None:
    written = nodes.fragment(node, key)
    return None if written is None else read_amount(written, draft.scope(), draft.problems, type)


def _check_words(name: str, entry: Entry, draft: Draft) -> None:
    """A limit has one ceiling, and words that fit together."""
    node = entry.value
    counts, sums = nodes.child(node, "grants") is not None, nodes.child(node, "amount") is not None
    if counts == sums:
        draft.problem("limit.ceilings" if counts else "limit.no-ceiling", entry.key.span, name=name)
    if nodes.text(node, "over") == "cut" and not sums:
        draft.problem("limit.cut", nodes.place(node, "over"), name=name)
    if nodes.text(node, "keep") == "highest" and (sums or nodes.child(node, "order") is not None):
        draft.problem("limit.keep", nodes.place(node, "keep"), name=name)


def _check_orders(name: str, entry: Entry, orders: tuple[tuple[Expression, ...], ...], draft: Draft) -> None:
    """Lines of several measures are put in one order: its parts are of one kind for all of them."""
    for parts in zip(*orders, strict=False):
        if not all(same_kind(part.type, parts[0].type) for part in parts):
            draft.problem("limit.order", nodes.place(entry.value, "order"), name=name)


def _locals(measure: Measure) -> tuple[LocalName, ...]:
    return tuple(LocalName(v.name, v.type, v.slot) for v in (loop.variable for loop in measure.loops))


def _keys(node: Mapping | None, measure: Measure, draft: Draft) -> tuple[KeyPart, ...]:
    locals = _locals(measure)
    parts = []
    for name, _ in nodes.entries(nodes.mapping(node, "per")):
        written = nodes.fragment(nodes.mapping(node, "per"), name)
        part = None if written is None else read_key(name, written, locals, draft)
        if part is not None:
            parts.append(part)
    return tuple(parts)
