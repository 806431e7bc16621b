"""Looking into the nodes of a file. What a schema already complained of is simply not there for those who look."""

from __future__ import annotations

from collections.abc import Iterator

from interpreter.problems import Fragment, Span
from interpreter.rulebook.reading import Entry, Mapping, Node, Scalar, Sequence

TRUE = "true"


def entries(node: Node | None) -> Iterator[tuple[str, Entry]]:
    """The keys of a mapping, in order, with their entries."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key.fragment.text, entry


def entry(node: Node | None, key: str) -> Entry | None:
    """The entry of a mapping under `key`."""
    return node.entry(key) if isinstance(node, Mapping) else None


def child(node: Node | None, key: str) -> Node | None:
    """What stands under `key`, of any kind."""
    found = entry(node, key)
    return None if found is None else found.value


def fragment(node: Node | None, key: str) -> Fragment | None:
    """The text under `key` with its place, where it is a text."""
    found = child(node, key)
    return found.fragment if isinstance(found, Scalar) else None


def text(node: Node | None, key: str) -> str | None:
    """The text under `key`."""
    found = fragment(node, key)
    return None if found is None else found.text.strip()


def flag(node: Node | None, key: str) -> bool:
    """Whether `key` says true; false where it is absent."""
    return text(node, key) == TRUE


def mapping(node: Node | None, key: str) -> Mapping | None:
    """The mapping under `key`."""
    found = child(node, key)
    return found if isinstance(found, Mapping) else None


def items(node: Node | None, key: str) -> tuple[Node, ...]:
    """The items of the sequence under `key`."""
    found = child(node, key)
    return tuple(found.items) if isinstance(found, Sequence) else ()


def fragments(node: Node | None, key: str) -> list[Fragment]:
    """The texts of the sequence under `key`."""
    return [item.fragment for item in items(node, key) if isinstance(item, Scalar)]


def place(node: Node, key: str | None = None) -> Span:
    """Where `key` of a mapping stands, or the node itself."""
    found = entry(node, key) if key is not None else None
    return node.span if found is None else found.key.span
