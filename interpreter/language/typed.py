"""The typed tree: every piece of an expression with its type and what its words were found to mean."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter.language.functions import Function
from interpreter.language.scope import Meaning
from interpreter.language.tree import Tree
from interpreter.language.types import Type
from interpreter.language.unknown import Value


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal's value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Variable:
    """A name of the scope."""

    name: Meaning


@dataclass(frozen=True, slots=True)
class RowField:
    """A bare name in a filter: the field of the row in `slot`."""

    slot: int
    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """A record's field."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Each:
    """`list.field`: the same step taken from every member, which stands in `slot`."""

    slot: int
    step: Member | Builtin


@dataclass(frozen=True, slots=True)
class Where:
    """`list[condition]`, the row in `slot`."""

    slot: int


@dataclass(frozen=True, slots=True)
class Builtin:
    """A row of the function table; `extra` are values the text does not show (a policy's leap day)."""

    function: Function
    extra: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two values are compared: which row, with sides swapped (`>`), negated (`!=`)."""

    function: Function
    swapped: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Defined:
    """A call of a definition."""

    name: str


@dataclass(frozen=True, slots=True)
class OnDay:
    """`at(table, day)` or `at(parameter, day)`."""

    name: str


@dataclass(frozen=True, slots=True)
class Tests:
    """What each test on the right of `in` asks, in order: one or two comparisons (of a bound; of both ends of a range
    written out), or whether it is a list's member or lies within a range."""

    each: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class ListTest:
    """One of a list's members must pass a test; the member stands in `slot`."""

    slot: int
    each: Comparison | RangeTest


@dataclass(frozen=True, slots=True)
class RangeTest:
    """Whether it lies within a range."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The slots of a record's entries that later ones use, None for the others."""

    slots: tuple[int | None, ...]


Test = tuple[Comparison, ...] | ListTest | RangeTest


@dataclass(frozen=True, slots=True)
class Loops:
    """The slots of `some`, `every` and `for`, one a variable."""

    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    tree: Tree
    type: Type
    meaning: (
        Constant | Variable | RowField | Member | Each | Where | Builtin | Comparison | Defined | OnDay | Tests | Loops
        | Entries | tuple[Comparison, ...] | None
    ) = None
    parts: tuple[Typed, ...] = ()
