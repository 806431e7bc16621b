"""Limits: ceilings on grants over the lines of several measures that share a key."""

from __future__ import annotations

from typing import Literal

from interpreter.language.expression import Expression
from interpreter.language.read import read_amount, read_expression
from interpreter.language.scope import LocalName
from interpreter.language.types import BOOLEAN, INTEGER
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.measures import read_key
from interpreter.rulebook.model import KeyPart, Limit, Measure
from interpreter.rulebook.reading import Entry, Mapping


def read_limits(root: Mapping, measures: dict[str, Measure], draft: Draft) -> tuple[Limit, ...]:
    """The limits of a policy, in order; their keys are read once for each measure, whose loop they may name."""
    limits = (_limit(name, entry, measures, draft) for name, entry in nodes.entries(nodes.mapping(root, "limits")))
    return tuple(limit for limit in limits if limit is not None)


def _limit(name: str, entry: Entry, measures: dict[str, Measure], draft: Draft) -> Limit | None:
    node = entry.value
    for later in ("amount", "over"):
        if nodes.child(node, later) is not None:
            draft.problem("limit.later", nodes.place(node, later), key=later, name=name)
    clause = draft.cite(nodes.fragment(node, "clause"))
    when = nodes.fragment(node, "when")
    condition = None if when is None else read_expression(when, draft.scope(), draft.problems, BOOLEAN)
    grants = _grants(name, entry, draft)
    keys: dict[str, tuple[KeyPart, ...]] = {}
    for written in nodes.fragments(node, "measures"):
        measure = measures.get(written.text.strip())
        if measure is None:
            guess = closest(written.text.strip(), measures)
            draft.problem("limit.measure", written.span(), found=written.text.strip(), guess=guess)
            continue
        keys[measure.name] = _keys(node if isinstance(node, Mapping) else None, measure, draft)
    if grants is None:
        return None
    keep: Literal["first", "highest"] = "highest" if nodes.text(node, "keep") == "highest" else "first"
    label = nodes.text(node, "label") or name
    return Limit(name, label, tuple(keys), keys, grants, entry.key.span, keep, condition, clause)


def _grants(name: str, entry: Entry, draft: Draft) -> Expression | None:
    written = nodes.fragment(entry.value, "grants")
    if written is None:
        if nodes.child(entry.value, "amount") is None:
            draft.problem("limit.no-grants", entry.key.span, name=name)
        return None
    return read_amount(written, draft.scope(), draft.problems, INTEGER)


def _keys(node: Mapping | None, measure: Measure, draft: Draft) -> tuple[KeyPart, ...]:
    locals = tuple(LocalName(v.name, v.type, v.slot) for v in (loop.variable for loop in measure.loops))
    parts = []
    for name, _ in nodes.entries(nodes.mapping(node, "per")):
        written = nodes.fragment(nodes.mapping(node, "per"), name)
        part = None if written is None else read_key(name, written, locals, draft)
        if part is not None:
            parts.append(part)
    return tuple(parts)
