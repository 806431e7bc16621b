"""The rulebook: what the files of one policy folder mean, read, linked, typed and lowered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from interpreter.language.core import Core
from interpreter.language.expression import Expression
from interpreter.language.types import Number, RecordType, Type
from interpreter.language.unknown import Value
from interpreter.language.values import Record, Shape
from interpreter.problems import Span


@dataclass(frozen=True, slots=True)
class Say:
    """What a person reads: text with holes that are expressions (`满{{ min_months }}个月`)."""

    parts: tuple[str | Expression, ...]


CauseKind = Literal["fact", "setting", "fault"]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something may be unknown; its bit is its place in `Rulebook.causes`.

    A fact is named by its schema path without row numbers (`worker.insurance.month`), a setting by its parameter or
    table, a fault by its place in a file.
    """

    kind: CauseKind
    name: str
    label: str
    where: Span | None = None
    type: Type | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What an unmet requirement means. `to` names the entry of `other_schemes` of a referral."""

    kind: Literal["refuse", "refer", "review"]
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A named requirement: an expression (`when`), or a group (`all`, `any`) of more of them.

    `otherwise` None is inherited from what encloses it (refuse at the top). Where `when` is nothing but a call of a
    definition that is itself made of requirements, `call` names it with its arguments, and its findings are shown
    inside this one's.
    """

    name: str
    mode: Literal["when", "all", "any"]
    where: Span
    when: Expression | None = None
    parts: tuple[Requirement, ...] = ()
    say: Say | None = None
    clause: str | None = None
    otherwise: Otherwise | None = None
    call: tuple[str, tuple[Core, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A value and the days on which it holds, both inclusive; `until` None is open."""

    value: Expression
    since: date
    until: date | None
    where: Span


@dataclass(frozen=True, slots=True)
class Delegation:
    """What an authority may set, between which bounds, and what holds where it is silent."""

    at_least: Expression | None = None
    at_most: Expression | None = None
    if_unset: Literal["value", "review", "refer"] = "value"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An amount, threshold or switch: dated values of the notice and of the authorities that set it.

    `core` reads it for AsOf and Authority. A parameter with `question` is a switch.
    """

    name: str
    label: str
    type: Type
    where: Span
    values: tuple[Dated, ...]
    core: Core
    clause: str | None = None
    basis: str | None = None
    question: str | None = None
    decided_by: str | None = None
    delegated: Delegation | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with columns and days. `row` is the type of a row; rows carry hidden fields `from` and `to` (dates; `to`
    is the last day, date.max where open)."""

    name: str
    label: str
    row: RecordType
    rows: tuple[Record, ...]
    where: Span
    clause: str | None = None
    words: dict[str, Record] = field(default_factory=dict)
    """Where the rows are values of a type, every word that stands for one of them: its key or another name."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A parameter of a definition or the variable of a loop, with the slot it stands in at run time."""

    name: str
    type: Type
    slot: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A shared concept. Either `requirements` (then it is their conjunction or disjunction) or an expression; `core`
    is its value either way."""

    name: str
    label: str
    takes: tuple[Variable, ...]
    type: Type
    core: Core
    where: Span
    expression: Expression | None = None
    mode: Literal["all", "any"] = "all"
    requirements: tuple[Requirement, ...] = ()
    clause: str | None = None
    may_be_provided: bool = False


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who may claim: the fact that is its record, how it is called, and the authority that decides and pays."""

    name: str
    fact: str
    called: Expression
    authority: Expression


@dataclass(frozen=True, slots=True)
class Loop:
    """One variable of a measure's `for_each`."""

    variable: Variable
    over: Expression


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One part of a limit's key: its name in history records, and the expression that gives it."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Measure:
    """One benefit or entitlement. `head` are the requirements that do not name the loop (the common ones first),
    `requires` those of each line; without a loop all are in `head`."""

    name: str
    title: str
    clause: str
    kind: Literal["benefit", "entitlement"]
    claimant: str
    where: Span
    loops: tuple[Loop, ...]
    head: tuple[Requirement, ...]
    requires: tuple[Requirement, ...]
    pays: Expression | None
    once_per: tuple[KeyPart, ...] = ()
    as_of: Expression | None = None
    governed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A ceiling on grants over lines of several measures that share a key. `keys` gives each measure its own
    expressions (loop variables differ)."""

    name: str
    label: str
    measures: tuple[str, ...]
    keys: dict[str, tuple[KeyPart, ...]]
    grants: Expression
    where: Span
    keep: Literal["first", "highest"] = "first"
    when: Expression | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """Another policy or office a referral or entitlement leads to."""

    name: str
    title: str
    office: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    number: str
    title: str
    no_rule: str | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one authority sets: parameter names and the days from which, for display."""

    authority: str
    basis: str
    sets: tuple[tuple[str, tuple[Dated, ...]], ...]
    where: Span


@dataclass(frozen=True, slots=True)
class FactRoot:
    """A fact at the top of a case: a record of its own (worker) in the shape that names its missing fields. `shape`
    is that of the record, or of each record of a list. `absence` is its value in a case without it."""

    name: str
    label: str
    type: Type
    shape: Shape | None
    absence: Value = None


@dataclass(frozen=True, slots=True)
class Money:
    currency: str = "CNY"
    places: int = 2

    @property
    def quantum(self) -> Decimal:
        return Decimal(1).scaleb(-self.places)


@dataclass(frozen=True, slots=True)
class Digests:
    """`bundle`: sha256 of the folder's bytes; `rules`: sha256 of what the rules mean (SEMANTICS 8.2)."""

    bundle: str
    rules: str


@dataclass(slots=True, eq=False, weakref_slot=True)
class Rulebook:
    """Everything one policy folder says, checked. Made by `interpreter.rulebook.load`; not changed afterwards."""

    policy: str
    folder: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued: date
    in_force: tuple[date, date | None]
    money: Money
    money_type: Number
    leap_day: str
    as_of: Expression
    order: tuple[Expression, ...]
    payer: dict[str, Expression]
    claimants: dict[str, Claimant]
    facts: dict[str, FactRoot]
    types: dict[str, Type]
    parameters: dict[str, Parameter]
    tables: dict[str, Table]
    definitions: dict[str, Definition]
    measures: dict[str, Measure]
    limits: tuple[Limit, ...]
    overlays: dict[str, Overlay]
    other_schemes: dict[str, Scheme]
    clauses: dict[str, Clause]
    letters: dict[str, str]
    remedies: dict[str, str]
    causes: list[Cause]
    slots: int
    digests: Digests = field(default_factory=lambda: Digests("", ""))

    def row(self, type: RecordType, word: str) -> Record | None:
        """The row of a table that a word stands for, where `type` is that of its rows."""
        table = self.tables.get(type.table or "")
        return None if table is None else table.words.get(word)

    def causes_of(self, bits: int) -> list[Cause]:
        """The causes a set of bits stands for, in the order of the vocabulary."""
        found = []
        while bits:
            low = bits & -bits
            found.append(self.causes[low.bit_length() - 1])
            bits ^= low
        return found

    def bits_of(self, kind: CauseKind) -> int:
        """All bits of one kind of cause."""
        return sum(1 << i for i, cause in enumerate(self.causes) if cause.kind == kind)


