"""YAML nodes as plain Python values, for the JSON Schemas, and the way back from a schema's path to a node."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interpreter.rulebook.reading.nodes import Mapping, Node, Scalar, Sequence

# longer digits stay text: Python refuses to make numbers of more than 4300 of them, and no schema wants any
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


def to_plain(node: Node) -> object:
    """The node as dict, list, bool, int or str.

    Only unquoted `true`, `false` and whole numbers are more than text; `yes`, `0123`, `1_000`, `12:30` and `3.50` are
    text, and an empty value is "".
    """
    match node:
        case Mapping(entries):
            return {entry.key.text: to_plain(entry.value) for entry in entries}
        case Sequence(items):
            return [to_plain(item) for item in items]
        case Scalar(style="plain"):
            if node.text in ("true", "false"):
                return node.text == "true"
            return int(node.text) if _INTEGER.fullmatch(node.text) else node.text
        case Scalar():
            return node.text


def find(node: Node, path: Iterable[str | int]) -> Node:
    """The node at a path of keys and list positions; where the path leaves the tree, the last node on it."""
    for step in path:
        match node:
            case Mapping() if (value := node.get(str(step))) is not None:
                node = value
            case Sequence(items) if isinstance(step, int) and 0 <= step < len(items):
                node = items[step]
            case _:
                break
    return node
