"""The rulebook: what the files of one policy folder mean, read, linked, typed and lowered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from interpreter.language.core import Core
from interpreter.language.expression import Expression
from interpreter.language.types import Number, RecordType, Type
from interpreter.language.unknown import Value
from interpreter.language.values import Record, Shape
from interpreter.problems import Language, Span

if TYPE_CHECKING:
    from interpreter.rulebook.papers import Stationery


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
    inside this one's. `common` marks those that the policy asks of every measure.
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
    common: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A value and the days on which it holds, both inclusive; `until` None is open."""

    value: Expression
    since: date
    until: date | None
    where: Span


@dataclass(frozen=True, slots=True)
class Delegation:
    """What an authority may set, between which bounds, and what holds where it is silent; `refers_to` names the entry
    of `other_schemes` that such cases go to."""

    at_least: Expression | None = None
    at_most: Expression | None = None
    if_unset: Literal["value", "review", "refer"] = "value"
    refers_to: str | None = None


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
class Asked:
    """How a table that is called by its inputs is written: the columns that it asks and those that it gives, its hit
    policy, and its rows with a text for every column and the two days. What it means is the definition of its name."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    hit: str
    text: tuple[tuple[str, ...], ...]
    default: tuple[str, ...] = ()
    delegated: Delegation | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with columns and days. `row` is the type of a row; rows carry hidden fields `from` and `to` (dates; `to`
    is the last day, date.max where open). A table that is called has no rows but `asked`."""

    name: str
    label: str
    row: RecordType
    rows: tuple[Record, ...]
    where: Span
    clause: str | None = None
    words: dict[str, Record] = field(default_factory=dict)
    """Where the rows are values of a type, every word that stands for one of them: its key or another name."""
    asked: Asked | None = None


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
    """Who may claim, or bears a duty: the fact that is its record, how it is called, and the authority it belongs to,
    which decides and pays."""

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
    `requires` those of each line; without a loop all are in `head`. `during` is the span of an entitlement."""

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
    during: Expression | None = None

    @property
    def dated_by_line(self) -> bool:
        """Whether each line has a day of its own: `as_of` names the loop."""
        return self.as_of is not None and not self.as_of.uses.isdisjoint(loop.variable.name for loop in self.loops)


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation of a bearer, to be met by the day `due`. `per` are the parts that tell its periods apart, `among`
    the list of all who bear it, `as_of` its own day (the policy's where None)."""

    name: str
    title: str
    clause: str
    bearer: str
    where: Span
    requires: tuple[Requirement, ...]
    due: Expression
    per: tuple[KeyPart, ...] = ()
    as_of: Expression | None = None
    among: Expression | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A ceiling over lines of several measures that share a key: on how many are granted (`grants`), or on what they
    come to together (`amount`); exactly one of both is there.

    `keys` gives each measure its own expressions (loop variables differ). `over` says what becomes of a line for which
    there is no room: refused, cut to what is left, or left waiting. `orders` rank the lines of the limit where it
    has an order of its own; else the policy's does.
    """

    name: str
    label: str
    measures: tuple[str, ...]
    keys: dict[str, tuple[KeyPart, ...]]
    grants: Expression | None
    where: Span
    keep: Literal["first", "highest"] = "first"
    when: Expression | None = None
    clause: str | None = None
    amount: Expression | None = None
    over: Literal["refuse", "cut", "wait"] = "refuse"
    orders: dict[str, tuple[Expression, ...]] = field(default_factory=dict)

    @property
    def ceiling(self) -> Expression:
        """How many, or how much."""
        ceiling = self.grants if self.amount is None else self.amount
        assert ceiling is not None
        return ceiling


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
    """What one authority sets: parameter names and the days from which, and rows of tables as they are written, for
    display."""

    authority: str
    basis: str
    sets: tuple[tuple[str, tuple[Dated, ...]], ...]
    where: Span
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()


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
    remedies: dict[str, Say]
    causes: list[Cause]
    slots: int
    digests: Digests = field(default_factory=lambda: Digests("", ""))
    bearers: dict[str, Claimant] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    language: Language = "zh"
    paper: Stationery | None = None
    papers: tuple[tuple[Value, Stationery], ...] = ()

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


