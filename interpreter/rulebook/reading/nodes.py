"""What a YAML file says, with the place of every key and value: text is text until a schema says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interpreter.problems import Fragment, Span

Style = Literal["plain", "single", "double", "literal", "folded"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text. `fragment` knows the place of each of its characters; `span` covers all of it as written,
    quotes and block header included. An entry without a value (`key:`) is a plain scalar with empty text."""

    fragment: Fragment
    style: Style
    span: Span

    @property
    def text(self) -> str:
        return self.fragment.text


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span

    def entry(self, name: str) -> Entry | None:
        """The entry whose key is `name`."""
        return next((entry for entry in self.entries if entry.key.text == name), None)

    def get(self, name: str) -> Node | None:
        """The value of the key `name`."""
        entry = self.entry(name)
        return entry.value if entry else None


@dataclass(frozen=True, slots=True)
class Sequence:
    """The items of a list."""

    items: tuple[Node, ...]
    span: Span


Node = Scalar | Mapping | Sequence
