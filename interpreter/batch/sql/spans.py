"""Between what bounds the values of a graph lie, as far as its columns say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from interpreter.batch.sql.node import NULL, Sql

Span = tuple[Any, Any]
"""The least and the greatest value."""


class Spans:
    """The bounds of nodes, where those of some columns are known."""

    def __init__(self, columns: Mapping[str, Span]) -> None:
        self.columns = columns
        self._known: dict[Sql, Span | None] = {}

    def decided(self, node: Sql) -> bool | None:
        """What a comparison comes to where its sides are known, if their bounds say it."""
        if node.op not in ("<", "<="):
            return None
        a, b = (self.of(part) for part in node.args)
        if a is None or b is None or type(a[0]) is not type(b[0]):
            return None
        if node.op == "<":
            return True if a[1] < b[0] else False if a[0] >= b[1] else None
        return True if a[1] <= b[0] else False if a[0] > b[1] else None

    def of(self, node: Sql) -> Span | None:
        """The least and the greatest value of a node, where they are known."""
        if node not in self._known:
            self._known[node] = self._bounds(node)
        return self._known[node]

    def _bounds(self, node: Sql) -> Span | None:
        match node.op:
            case "literal" if type(node.args[0]) in (int, date):
                return node.args[0], node.args[0]
            case "column":
                return self.columns.get(node.args[0])
            case "cast" | "big" | "huge":
                return self.of(node.args[0])
            case "month number" if (span := self.of(node.args[0])) is not None:
                return tuple(day.year * 12 + day.month - 1 for day in span)
            case "+" | "*":
                sides = [span for part in node.args if (span := self.of(part)) is not None]
                if len(sides) != 2 or not all(type(end) is int for span in sides for end in span):
                    return None
                (a, b), (x, y) = sides
                ends = [a * x, a * y, b * x, b * y] if node.op == "*" else [a + x, b + y]
                return min(ends), max(ends)
            case "case" | "coalesce" | "least" | "greatest":
                values = (*node.args[1:-1:2], node.args[-1]) if node.op == "case" else node.args
                found = [self.of(value) for value in values if value is not NULL]
                spans = [span for span in found if span is not None]
                if not spans or len(spans) < len(found) or len({type(span[0]) for span in spans}) > 1:
                    return None
                return min(span[0] for span in spans), max(span[1] for span in spans)
            case _:
                return None
