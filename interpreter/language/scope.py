"""The names an expression may use, and what each of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from interpreter.language.types import RecordType, Type
from interpreter.problems import Span


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact at the top of the case."""

    name: str
    type: Type
    label: str = ""


@dataclass(frozen=True, slots=True)
class LocalName:
    """A loop variable or a definition's parameter."""

    name: str
    type: Type
    slot: int


@dataclass(frozen=True, slots=True)
class ParameterName:
    name: str
    type: Type
    label: str = ""
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class TableName:
    name: str
    row: RecordType
    label: str = ""
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class DefinitionName:
    name: str
    takes: tuple[Type, ...]
    type: Type
    label: str = ""
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class AsOfName:
    """The word `as_of`."""


Meaning = FactName | LocalName | ParameterName | TableName | DefinitionName | AsOfName


class Slots:
    """Hands out the places of local variables: every one of a rulebook has its own, since nothing recurs."""

    def __init__(self) -> None:
        self.count = 0

    def take(self) -> int:
        self.count += 1
        return self.count - 1


@dataclass(frozen=True, slots=True)
class Scope:
    """What the checker may look up.

    `fault` registers the place of an operation that may fail (a division, the smallest of nothing) and gives its cause
    bit. `leap_day` is the policy's birthday rule for 29 February, `02-28` or `03-01`. `tables` give their rows' type.
    """

    names: Mapping[str, Meaning]
    slots: Slots
    fault: Callable[[str, Span], int]
    leap_day: str = "03-01"
    locals: Mapping[str, LocalName] = field(default_factory=dict)
    feel: bool = False
    """Whether the whole of FEEL is meant, `null` and silent conversions included, as the public conformance suite asks;
    policy files never are."""
    asked: LocalName | None = None
    """What `?` stands for in a cell; None elsewhere."""
    rows: tuple[LocalName, ...] = ()
    """The rows of the filters around an expression, innermost last: their fields may be named bare."""

    def meaning(self, name: str) -> Meaning | None:
        return self.locals.get(name) or self.names.get(name)

    def with_local(self, *more: LocalName) -> Scope:
        """The scope inside a loop or a definition."""
        return replace(self, locals={**self.locals, **{m.name: m for m in more}})

    def with_row(self, item: LocalName) -> Scope:
        """The scope inside a filter, whose row is called `item` and whose fields may be named bare."""
        return replace(self.with_local(item), rows=(*self.rows, item))

    def candidates(self) -> list[str]:
        """Every name that could be meant, for did-you-mean."""
        fields = [f for row in self.rows if isinstance(row.type, RecordType) for f in row.type.fields]
        return [*self.locals, *self.names, *fields]
