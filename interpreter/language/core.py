"""The core: the few kinds of node every expression is lowered to before any back end sees it.

`in`, `between`, filters, loops, dated values and overlays are gone here, so three-valued logic is written once a
back end. Nodes are data; equality and the meaning's digest come from their fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from interpreter.language.fields import names_of
from interpreter.language.types import RecordType, Type
from interpreter.language.unknown import Value


@dataclass(frozen=True, slots=True)
class Literal:
    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class Local:
    """A loop variable or parameter of a definition, by its slot."""

    slot: int
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the case at the top of the vocabulary (worker, application, history)."""

    name: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day whose values hold."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority the claimant belongs to, whose settings hold."""


@dataclass(frozen=True, slots=True)
class Read:
    """A parameter by name, for a day (as_of where None) and the claimant's authority."""

    name: str
    day: Core | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a table as a list of records with hidden fields `from` and `to`."""

    table: str


@dataclass(frozen=True, slots=True)
class Field:
    of: Core
    name: str
    owner: str
    """The record type's name."""


@dataclass(frozen=True, slots=True)
class Call:
    """A definition with its arguments."""

    definition: str
    args: tuple[Core, ...] = ()


@dataclass(frozen=True, slots=True)
class Apply:
    """A row of the function table on its arguments. `fault` is the cause bit of a partial function's failure here."""

    function: str
    args: tuple[Core, ...]
    fault: int = 0


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Core, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Core, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Core


@dataclass(frozen=True, slots=True)
class If:
    condition: Core
    then: Core
    otherwise: Core


@dataclass(frozen=True, slots=True)
class Fold:
    """Goes through a list to one value. `kind` is a fold row of the function table (some, every, count, sum, min,
    distinct, longest run, ...); the loop's item stands in `slot`; `where` says who is in, `value` what counts of
    them (the item itself where None); `extra` are the fold's other arguments (a default, a gap). `endless` is the
    cause where loops take too many steps, here and in the two below."""

    kind: str
    over: Core
    slot: int
    where: Core | None = None
    value: Core | None = None
    extra: tuple[Core, ...] = ()
    fault: int = 0
    endless: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    over: Core
    slot: int
    where: Core
    endless: int = 0


@dataclass(frozen=True, slots=True)
class Map:
    """A value of every member; where `flat`, each is itself a list and all of them are one."""

    over: Core
    slot: int
    value: Core
    flat: bool = False
    endless: int = 0


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Core, ...]


@dataclass(frozen=True, slots=True)
class RangeOf:
    """Everything between two ends. An end that is None is open: there is none. `exactly`: FEEL's `(= x)`."""

    low: Core | None
    high: Core | None
    low_included: bool = True
    high_included: bool = True
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Rows of conditions and outputs under a hit policy: dated values, overlays, decision tables. Where no row and
    no default answers, `nothing` is the cause bit; `covers` says that some row always does."""

    hit: str
    rows: tuple[tuple[Core, Core], ...]
    default: Core | None
    nothing: int
    covers: bool = False


@dataclass(frozen=True, slots=True)
class Make:
    """A record of a type, of a value for each of its fields in order."""

    type: RecordType
    values: tuple[Core, ...]


@dataclass(frozen=True, slots=True)
class Let:
    """`body`, in which the local variable of `slot` stands for `value`."""

    slot: int
    value: Core
    body: Core


Core = (
    Literal | Local | Fact | AsOf | Authority | Read | Rows | Field | Call | Apply | And | Or | Not | If | Fold | Filter
    | Map | ListOf | RangeOf | Choose | Make | Let
)


def parts(node: Core) -> Iterator[Core]:
    """The nodes directly inside a node."""
    if isinstance(node, Literal):
        return
    for name in names_of(type(node)):
        value = getattr(node, name)
        if isinstance(value, CORE_NODES):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from item if isinstance(item, tuple) else (item,)


MOST_DEEP = 200
"""How deep what is worked out may nest, through all the definitions it calls: the passes that follow go down as far."""


def depth(node: Core, definitions: Mapping[str, int]) -> int:
    """How deep a node nests, with the depths of the definitions it calls."""
    called = definitions.get(node.definition, 0) if isinstance(node, Call) else 0
    return 1 + max(called, max((depth(part, definitions) for part in parts(node)), default=0))


def slots_in(node: Core) -> Iterator[int]:
    """The local variables a node reads."""
    if isinstance(node, Local):
        yield node.slot
    for part in parts(node):
        yield from slots_in(part)


def rebuild(node: Core, change: Callable[[Core], Core]) -> Core:
    """The same node with every node directly inside it changed."""

    def inside(value: object) -> object:
        if isinstance(value, CORE_NODES):
            return change(value)
        return tuple(inside(item) for item in value) if isinstance(value, tuple) else value

    if isinstance(node, Literal):
        return node
    changed: dict[str, Any] = {name: inside(getattr(node, name)) for name in names_of(type(node))}
    return replace(node, **changed)


CORE_NODES = (
    Literal, Local, Fact, AsOf, Authority, Read, Rows, Field, Call, Apply, And, Or, Not, If, Fold, Filter, Map, ListOf,
    RangeOf, Choose, Make, Let,
)
