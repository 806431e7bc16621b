"""What deciding a case gives: outcomes and amounts, with the reasons for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from interpreter.language.types import Type
from interpreter.language.unknown import Value
from interpreter.problems import Span
from interpreter.rulebook.model import Digests

Outcome = Literal[
    "granted", "review", "incomplete", "referred", "refused", "not_applicable", "met", "unmet", "pending", "unknown"
]
"""What a measure or a line of it came to; the last four, and review, what a duty did."""
State = Literal["met", "not met", "unknown"]

BEST_FIRST: tuple[Outcome, ...] = ("granted", "review", "incomplete", "referred", "refused", "not_applicable")
"""A measure's outcome is the best among its lines'."""

DUTY_OUTCOMES: tuple[Outcome, ...] = ("met", "unmet", "pending", "review", "unknown")


@dataclass(frozen=True, slots=True)
class Named:
    """A value with the name and label people know it by. `value` may be `Unknown`. `parts` are the named values it was
    computed from (the months behind a count of months); `assumed` where a default stood in for an absent fact,
    `provided` where the case gave a figure that the rules would have computed. `name` is an id or a schema path."""

    name: str
    label: str
    value: Value
    type: Type
    parts: tuple[Named, ...] = ()
    assumed: bool = False
    provided: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement as it stands in this case.

    `requirement` is its dotted path (`assisted.paired`); `say` what a person reads, holes filled; `decided` marks
    the findings that made the outcome what it is; `otherwise` is what not being met means (`refer_to` a scheme's
    name); `mode` and `parts` are those of a group or of the definition it calls. `causes` are the bits of an unknown
    one. `limit` marks findings that a limit made.
    """

    requirement: str
    say: str
    state: State
    decided: bool
    otherwise: Literal["refuse", "refer", "review"]
    values: tuple[Named, ...] = ()
    clause: str | None = None
    refer_to: str | None = None
    mode: Literal["when", "all", "any"] = "when"
    parts: tuple[Finding, ...] = ()
    causes: int = 0
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact the claimant is asked for, by schema path; the same fact missing in several rows is one entry."""

    path: str
    label: str
    type: Type
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Homework of the office: a setting nobody has made, or a fault of the rules. Never asked of the claimant."""

    name: str
    label: str
    kind: Literal["setting", "fault"]
    where: Span | None = None


class Verdict(NamedTuple):
    """One line of a measure as it was decided.

    `amount` is what is granted (None for an entitlement). `states` are those of `requirements`, in order: True (met),
    False (not met) or the `Unknown` that says why; limits show in outcome and amount alone. `missing` is asked of the
    claimant, `open_points` of the office.
    """

    measure: str
    key: tuple[Named, ...]
    outcome: Outcome
    amount: Decimal | None
    requirements: tuple[str, ...]
    states: tuple[Value, ...]
    missing: tuple[Missing, ...]
    open_points: tuple[OpenPoint, ...]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a limit did to a line. `earlier` is the number of the earlier decision, where there is one. A limit on an
    amount also says how much it allows (`cap`) and how much of that was granted before (`used`), where these are known.
    """

    limit: str
    label: str
    clause: str | None
    outcome_before: Outcome
    outcome_after: Outcome
    amount_before: Decimal | None
    amount_after: Decimal | None
    earlier: str | None = None
    cap: Decimal | None = None
    used: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing decided: a member of a list, a month, or the whole measure where it has no loop (`key` ()).

    `amount` is what is granted (None for an entitlement and a duty); `potential` what would be granted if all turned
    out well (None where not known). `computation` are the values the amount came from. `during` is the span of an
    entitlement that is, or may yet be, granted; None where it has none.
    """

    key: tuple[Named, ...]
    outcome: Outcome
    amount: Decimal | None
    potential: Decimal | None
    computation: tuple[Named, ...]
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    during: Named | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something taken as given: a switch without `decided_by`, or the default of an absent fact."""

    name: str
    label: str
    value: Value
    type: Type
    kind: Literal["switch", "default"]
    question: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class MeasureDecision:
    """One measure for one claimant, or one duty of one bearer.

    A duty has one line: its key is the bearer and the period, its computation the day it was due and the day it was
    checked. `claimed` says that the case's `claims` name it; `nothing` (for not_applicable) is the label of the list
    that was empty; `payer` has the authority and the fund.
    """

    measure: str
    title: str
    clause: str
    kind: Literal["benefit", "entitlement", "duty"]
    outcome: Outcome
    amount: Decimal | None
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    open_points: tuple[OpenPoint, ...]
    assumptions: tuple[Assumption, ...]
    payer: tuple[Named, ...]
    claimed: bool
    nothing: str | None = None
    governed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a case came to. `case` is its number, `who` the claimant's name and key (the key private where its field
    is), `claims` None where the case lists none, `history` whether earlier decisions were consulted."""

    case: str
    policy: str
    digests: Digests
    as_of: date | None
    as_of_label: str
    as_of_given: bool
    claimant: str
    who: tuple[Named, ...]
    authority: Named | None
    claims: tuple[str, ...] | None
    history: bool
    currency: str
    measures: tuple[MeasureDecision, ...]
    total: Decimal
    repairs: tuple[str, ...] = ()
