"""Lines on their way through the limits: how each stands among its rivals, and what a limit may do to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from interpreter.decision.assess import AssessedLine
from interpreter.decision.engine import Engine
from interpreter.decision.ledger import Grant, key_value, matches
from interpreter.decision.model import Adjustment, Finding, Outcome
from interpreter.language.unknown import Unknown, Value
from interpreter.rulebook.model import KeyPart, Limit


@dataclass(slots=True, eq=False)
class Claim:
    """A line on its way through the limits, with what they did to it."""

    line: AssessedLine
    order: int
    claimed: bool = True
    adjustments: list[Adjustment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def live(self) -> bool:
        """Whether it is, or may yet be, a grant."""
        return not self.line.empty and (self.line.outcome == "granted" or self.undecided)

    @property
    def undecided(self) -> bool:
        return self.line.outcome in ("incomplete", "review")


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A claim under one limit: its key, what the ceiling is, whether the limit is on at all, and what ranks the claim
    where the limit has an order of its own."""

    claim: Claim
    key: dict[str, Value]
    room: Value
    on: Value
    rank: tuple[Value, ...] = ()

    @property
    def unsettled(self) -> list[Unknown]:
        """What must be known before the limit can be applied to the claim at all."""
        return [value for value in (self.on, self.room, *self.key.values(), *self.rank) if isinstance(value, Unknown)]


@dataclass(frozen=True, slots=True, eq=False)
class Rivals:
    """Who comes before a claim under a limit: claims of its own case that are granted (`certain`) or may yet be
    (`possible`), and grants of before, sure ones (`granted`) and others (`unsure`)."""

    certain: list[Claim]
    possible: list[Claim]
    granted: list[Grant]
    unsure: list[Grant]


def placed_under(limit: Limit, claims: Iterable[Claim], engine: Engine) -> list[Placed]:
    """The live claims among `claims` that a limit is about, where it is or may be on."""
    found = []
    for claim in claims:
        line, env = claim.line, claim.line.env
        if not claim.live or line.measure not in limit.keys:
            continue
        on = True if limit.when is None else engine.value(limit.when, env)
        if on is not False:
            key = keys(claim, limit.keys[line.measure], engine)
            rank = tuple(engine.value(part, env) for part in limit.orders.get(line.measure, ()))
            found.append(Placed(claim, key, engine.value(limit.ceiling, env), on, rank))
    return found


def keys(claim: Claim, parts: tuple[KeyPart, ...], engine: Engine) -> dict[str, Value]:
    """A line's key under a limit."""
    env = claim.line.env
    for slot, value in claim.line.locals.items():
        env.locals[slot] = value
    return {part.name: key_value(engine.value(part.value, env)) for part in parts}


def rivals_of(one: Placed, above: list[Placed], below: list[Placed], earlier: list[Grant]) -> Rivals:
    """The rivals of a claim among those of its case that rank above it, those that rank below and may yet come to be
    above it, and the grants made before."""
    found = [(other.claim, matches(one.key, other.key)) for other in above]
    certain = [rival for rival, same in found if same is True and not rival.undecided]
    possible = [rival for rival, same in found if same is None or (same is True and rival.undecided)]
    possible += [other.claim for other in below if matches(one.key, other.key) is not False]
    before = [(grant, matches(one.key, grant.key)) for grant in earlier]
    granted = [grant for grant, same in before if same is True and grant.sure]
    unsure = [grant for grant, same in before if same is None or (same is True and not grant.sure)]
    return Rivals(certain, possible, granted, unsure)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a limit on an amount allows, and how much of it was granted before."""

    cap: Decimal
    used: Decimal


def turn_away(claim: Claim, limit: Limit, earlier: Grant | None, sums: Sums | None = None) -> None:
    """What becomes of a claim that is surely left no room: it is refused, or waits.

    One that may yet be referred is not refused: only what tells which of both it is remains to be asked.
    """
    line = claim.line
    if limit.over == "wait":
        if line.outcome == "granted":
            adjust(claim, limit, "review", earlier, sums=sums, unmet=True)
            claim.line = replace(line, outcome="review")
    elif line.referral == 0:
        adjust(claim, limit, "refused", earlier, sums=sums, unmet=True)
        claim.line = replace(line, outcome="refused", asked=0, open=0)
    else:
        asked = line.asked & line.referral
        claim.line = replace(
            line, outcome="incomplete" if asked else "review", asked=asked, open=line.open & line.referral
        )


def hold_for(one: Placed, limit: Limit, rivals: Rivals, facts: int) -> None:
    """Holds a claim until its rivals are decided, and what the limit itself hangs on is known."""
    asked = openings = 0
    for value in one.unsettled:
        asked |= value.causes & facts
        openings |= value.causes & ~facts
    for rival in rivals.possible:
        asked |= rival.line.asked
        openings |= rival.line.open
    hold(one.claim, limit, asked, openings, rivals.unsure[0] if rivals.unsure and not asked else None)


def hold(claim: Claim, limit: Limit, asked: int, openings: int, earlier: Grant | None = None) -> None:
    """Holds a granted line; an undecided one learns what else must be asked, since its rivals may displace it too."""
    line = claim.line
    if line.outcome == "granted":
        outcome: Outcome = "incomplete" if asked else "review"
        adjust(claim, limit, outcome, earlier, asked | openings)
        claim.line = replace(line, outcome=outcome, asked=asked, open=openings)
    elif line.outcome == "review" and asked:
        claim.line = replace(line, outcome="incomplete", asked=asked, open=line.open | openings)
    else:
        claim.line = replace(line, asked=line.asked | asked, open=line.open | openings)


def cut(claim: Claim, limit: Limit, left: Decimal, sums: Sums) -> None:
    """Leaves a claim what is left of an amount."""
    line = claim.line
    claim.adjustments.append(
        Adjustment(
            limit.name, limit.label, limit.clause, line.outcome, line.outcome, line.amount, left, None, sums.cap,
            sums.used,
        )
    )
    claim.line = replace(line, amount=left)


def adjust(
    claim: Claim, limit: Limit, outcome: Outcome, earlier: Grant | None, causes: int = 0, sums: Sums | None = None, *,
    unmet: bool = False,
) -> None:
    """Notes what a limit makes of a claim. `unmet`: surely no room, rather than nobody can tell yet."""
    line = claim.line
    before = None if isinstance(line.amount, Unknown) else line.amount
    after = None if before is None else Decimal(0)
    if before is not None and limit.keep == "highest" and outcome == "review" and earlier is not None and earlier.sure:
        # what is left to grant beside the smaller amount of before
        after = None if earlier.amount is None else before - earlier.amount
    claim.adjustments.append(
        Adjustment(
            limit.name, limit.label, limit.clause, line.outcome, outcome, before, after,
            earlier.number if earlier is not None else None, *((sums.cap, sums.used) if sums is not None else ()),
        )
    )
    claim.findings.append(
        Finding(
            limit.name, limit.label, "not met" if unmet else "unknown", True,
            "refuse" if outcome == "refused" else "review", clause=limit.clause, causes=causes, limit=True,
        )
    )
