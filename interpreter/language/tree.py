"""What an expression looks like once read: one small class a construct, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from interpreter.language.fields import names_of


@dataclass(frozen=True, slots=True)
class Tree:
    """A piece of an expression, at the characters `start` up to `end` of its text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NumberText(Tree):
    """`3`, `0.5`, `10%`, and in values `1200 CNY` (with `unit`)."""

    text: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TextLiteral(Tree):
    value: str


@dataclass(frozen=True, slots=True)
class Truth(Tree):
    value: bool


@dataclass(frozen=True, slots=True)
class AtLiteral(Tree):
    """`@"2021-03-01"`, `@"2021-03"`, `@"P3M"`."""

    text: str


@dataclass(frozen=True, slots=True)
class Null(Tree):
    """`null`, which FEEL has and policy files have not."""


@dataclass(frozen=True, slots=True)
class Asked(Tree):
    """`?` in a cell: what the cell's input is."""


@dataclass(frozen=True, slots=True)
class Name(Tree):
    name: str


@dataclass(frozen=True, slots=True)
class Path(Tree):
    of: Tree
    name: str


@dataclass(frozen=True, slots=True)
class Bracket(Tree):
    """`list[condition]` or `list[number]`; types tell which."""

    of: Tree
    inside: Tree


@dataclass(frozen=True, slots=True)
class CallTree(Tree):
    """`name(arguments)`; `names` are those of the arguments where they are given by name, else empty."""

    name: str
    args: tuple[Tree, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arithmetic(Tree):
    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Negative(Tree):
    of: Tree


@dataclass(frozen=True, slots=True)
class Compare(Tree):
    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Between(Tree):
    of: Tree
    low: Tree
    high: Tree


@dataclass(frozen=True, slots=True)
class Bound(Tree):
    """`< 5`: a test on the right of `in` and in cells; as a value, `(< 5)`, everything below 5."""

    operator: str
    than: Tree


@dataclass(frozen=True, slots=True)
class Inside(Tree):
    """`x in tests`: any of them; each a value, a list, a range or a bound."""

    of: Tree
    tests: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class CellTests(Tree):
    """A table's cell: one of the tests must hold, or none of them where `negated`; without tests anything will do."""

    tests: tuple[Tree, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Logic(Tree):
    operator: Literal["and", "or"]
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Negation(Tree):
    of: Tree


@dataclass(frozen=True, slots=True)
class Conditional(Tree):
    condition: Tree
    then: Tree
    otherwise: Tree


@dataclass(frozen=True, slots=True)
class Steps(Tree):
    """`a..b` after `in` of a loop: the whole numbers from one to the other, down where the second is smaller."""

    low: Tree
    high: Tree


@dataclass(frozen=True, slots=True)
class Bind(Tree):
    name: str
    over: Tree


@dataclass(frozen=True, slots=True)
class Quantified(Tree):
    kind: Literal["some", "every"]
    binds: tuple[Bind, ...]
    body: Tree


@dataclass(frozen=True, slots=True)
class For(Tree):
    binds: tuple[Bind, ...]
    body: Tree


@dataclass(frozen=True, slots=True)
class ListTree(Tree):
    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Entry(Tree):
    name: str
    value: Tree


@dataclass(frozen=True, slots=True)
class RecordTree(Tree):
    """`{a: 1, b: a + 1}`: an entry may use those before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RangeTree(Tree):
    low: Tree
    high: Tree
    low_included: bool
    high_included: bool


def children(tree: Tree) -> Iterator[Tree]:
    """The trees directly inside a tree, in the order of their text."""
    for name in names_of(type(tree)):
        value = getattr(tree, name)
        if isinstance(value, Tree):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Tree))


def free_names(tree: Tree) -> frozenset[str]:
    """The names an expression takes from outside itself: variables and called definitions, not its loop variables."""
    match tree:
        case Name(name=name):
            return frozenset({name})
        case CallTree(name=name):
            return frozenset({name}).union(*(free_names(a) for a in tree.args))
        case Quantified(binds=binds, body=body) | For(binds=binds, body=body):
            found = free_names(body)
            for bind in reversed(binds):
                found = (found - {bind.name}) | free_names(bind.over)
            return found
        case RecordTree(entries=entries):
            found = frozenset()
            for entry in reversed(entries):
                found = (found - {entry.name}) | free_names(entry.value)
            return found
        case _:
            return frozenset().union(*(free_names(child) for child in children(tree)))
