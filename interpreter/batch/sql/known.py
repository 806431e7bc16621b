"""What a graph comes to where something is known of a relation's columns: which are the same in every row, and which
have a value in every row, between what bounds. Nodes are made again, from the leaves up, by what is known of their
parts; the values stay the same for every row of such a relation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from interpreter.batch.sql.node import Scope, Sql, in_order, literal, members_of, op
from interpreter.batch.sql.truths import Truths


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a column: the `same` value in all rows (with `constant`), or whether each row has one (`always`)
    and the least and the greatest there are (`span`)."""

    always: bool = False
    span: tuple[Any, Any] | None = None
    constant: bool = False
    same: bool | None = None


MOST = 5_000
"""Of more nodes than that, none is made again: looking for what follows from what takes longer the more there are."""


def under(outputs: Mapping[str, Sql], known: Mapping[str, Known]) -> dict[str, Sql]:
    """The same outputs, for a relation of whose columns something is known."""
    nodes = in_order(outputs.values())
    if len(nodes) > MOST:
        return dict(outputs)
    again = _Again(known)
    made: dict[str, Sql] = {}
    for node in nodes:
        again.done[node] = again.made(node)
    short: dict[Sql, Sql] = {}
    scopes: dict[Scope, Scope] = {}
    for name, node in outputs.items():
        made[name] = again.done[node]
    for node in in_order(made.values()):
        short[node] = _shorter(node, short, scopes, again.truths)
    return {name: short[node] for name, node in made.items()}


class _Again:
    """Makes nodes again. `done` has those that are made, by the old ones."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self.known = known
        self.truths = Truths(
            frozenset(name for name, one in known.items() if one.always and not one.constant),
            {name: one.span for name, one in known.items() if one.span is not None},
        )
        self.done: dict[Sql, Sql] = {}
        self.scopes: dict[Scope, Scope] = {}

    def made(self, node: Sql) -> Sql:
        if node.op == "column":
            one = self.known.get(node.args[0])
            return literal(one.same) if one is not None and one.constant else node
        return self.truths.made(node.op, _parts(node, self.done, self.scopes))


def _parts(node: Sql, done: Mapping[Sql, Sql], scopes: dict[Scope, Scope]) -> tuple[Any, ...]:
    found: list[Any] = []
    for part in node.args:
        if isinstance(part, Sql):
            found.append(done[part])
        elif isinstance(part, Scope):
            if part not in scopes:
                over = done[part.over]
                scopes[part] = part if over is part.over else members_of(over, ("known", part.number))
            found.append(scopes[part])
        else:
            found.append(part)
    return tuple(found)


def _shorter(node: Sql, done: Mapping[Sql, Sql], scopes: dict[Scope, Scope], truths: Truths) -> Sql:
    """A number where something holds and else nothing, as a product: a database does that faster than a choice. Of a
    row of a choice need not be asked whether its condition is true: where that is NULL it is passed over."""
    parts = _parts(node, done, scopes)
    if node.op == "case" and len(parts) == 3:
        when, then, otherwise = parts
        small = then.op == "literal" and type(then.args[0]) is int and 0 < then.args[0] < 1 << 62
        if small and otherwise is literal(0) and truths.sure(node.args[0]):
            return op("*", op("big", when), then)
    if node.op == "case":
        *rows, otherwise = parts
        bare = (one.args[0] if at % 2 == 0 and one.op == "is true" else one for at, one in enumerate(rows))
        return op("case", *bare, otherwise)
    return op(node.op, *parts)


