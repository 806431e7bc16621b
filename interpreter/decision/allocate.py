"""The second half of a decision: limits, in one order over the batch and the history alike (SEMANTICS 4).

Within a case, the lines that share a limit's key are ranked (first come, or highest first) and gone through from the
top. A line that a decided rival leaves no room for is refused; one that an undecided rival might leave no room for is
held: incomplete with the rival's facts where the rival is in the same case, else review.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from interpreter.decision.assess import AssessedLine
from interpreter.decision.engine import Engine
from interpreter.decision.ledger import Grant, Ledger, key_value, matches
from interpreter.decision.model import Adjustment, Finding, Outcome
from interpreter.language import core as c
from interpreter.language.expression import Expression
from interpreter.language.types import INTEGER, RecordType
from interpreter.language.unknown import Unknown, Value
from interpreter.rulebook.model import KeyPart, Limit, Measure, Rulebook


@dataclass(slots=True, eq=False)
class Claim:
    """A line on its way through the limits, with what they did to it."""

    line: AssessedLine
    order: int
    adjustments: list[Adjustment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def undecided(self) -> bool:
        return self.line.outcome in ("incomplete", "review")


def limits_of(rulebook: Rulebook, measures: tuple[Measure, ...]) -> list[Limit]:
    """The limits in order: each measure's `once_per`, then those of policy.yaml."""
    once = [_once(measure, rulebook) for measure in measures if measure.once_per]
    return [*once, *rulebook.limits]


def _once(measure: Measure, rulebook: Rulebook) -> Limit:
    """`once_per` is short for one grant per key."""
    one = Expression("1", measure.where, INTEGER, c.Literal(1, INTEGER))
    named = "、".join(_label(part, rulebook) for part in measure.once_per)
    return Limit(
        "once", f"同一{named}只给予一次", (measure.name,), {measure.name: measure.once_per}, one, measure.where,
        clause=measure.clause,
    )


def _label(part: KeyPart, rulebook: Rulebook) -> str:
    match part.value.core, part.value.type:
        case _, RecordType(label=label):
            return label
        case c.Field(name=name, owner=owner), _:
            of = rulebook.types.get(owner)
            return of.fields[name].label if isinstance(of, RecordType) and name in of.fields else part.name
        case _:
            return part.name


def allocate(claims: list[Claim], ledger: Ledger, engine: Engine) -> None:
    """Applies every limit to the claims of one case, against each other and against what was granted before."""
    names = {claim.line.measure for claim in claims}
    measures = tuple(m for m in engine.rulebook.measures.values() if m.name in names)
    for limit in limits_of(engine.rulebook, measures):
        concerned = [claim for claim in claims if claim.line.measure in limit.measures]
        if concerned:
            _apply(limit, concerned, ledger, engine)


def keys(claim: Claim, parts: tuple[KeyPart, ...], engine: Engine) -> dict[str, Value]:
    """A line's key under a limit."""
    env = claim.line.env
    for slot, value in claim.line.locals.items():
        env.locals[slot] = value
    return {part.name: key_value(engine.value(part.value, env)) for part in parts}


def _apply(limit: Limit, claims: list[Claim], ledger: Ledger, engine: Engine) -> None:
    env = claims[0].line.env
    on = True if limit.when is None else engine.value(limit.when, env)
    if on is False:
        return
    room = engine.value(limit.grants, env)
    live = [claim for claim in claims if claim.line.outcome == "granted" or claim.undecided]
    keyed = [(claim, keys(claim, limit.keys[claim.line.measure], engine)) for claim in live]
    for claim, key in keyed:
        causes = 0
        for value in (on, room, *key.values()):
            causes |= value.causes if isinstance(value, Unknown) else 0
        if any(isinstance(value, Unknown) for value in (on, room, *key.values())):
            _hold(claim, limit, causes & engine.fact_bits, causes & ~engine.fact_bits)
    if isinstance(on, Unknown) or isinstance(room, Unknown):
        return
    earlier = ledger.of(limit.measures)
    ranked = sorted(keyed, key=lambda pair: _rank(pair[0], limit))
    for i, (claim, key) in enumerate(ranked):
        if any(isinstance(value, Unknown) for value in key.values()):
            continue
        above = [other for other, its in ranked[:i] if matches(key, its) is not False]
        certain = [other for other in above if other.line.outcome == "granted"]
        before = [(grant, matches(key, grant.key)) for grant in earlier]
        granted = [grant for grant, same in before if same is True and grant.sure]
        _decide(claim, limit, room, certain, [o for o in above if o.undecided], granted, [
            grant for grant, same in before if same is None or (same is True and not grant.sure)
        ])


def _rank(claim: Claim, limit: Limit) -> tuple[Decimal, int]:
    """First come first; under `keep: highest` the larger amount first, an unknown one above all."""
    if limit.keep == "first":
        return Decimal(0), claim.order
    amount = claim.line.amount
    return (Decimal("-Infinity") if isinstance(amount, Unknown) or amount is None else -amount), claim.order


def _decide(
    claim: Claim, limit: Limit, room: int, certain: list[Claim], possible: list[Claim], granted: list[Grant],
    unsure: list[Grant],
) -> None:
    used = len(certain) + len(granted)
    if used >= room:
        if limit.keep == "highest" and granted and len(certain) < room and _exceeds(claim, granted):
            _hold(claim, limit, 0, 0, granted[0])
        elif claim.line.referral == 0:
            _refuse(claim, limit, granted[-1] if granted else None)
        else:
            # it will be refused or referred: only what tells which is worth asking
            claim.line = replace(claim.line, asked=claim.line.asked & claim.line.referral)
        return
    if used + len(possible) + len(unsure) < room:
        return
    asked = openings = 0
    for rival in possible:
        asked |= rival.line.asked
        openings |= rival.line.open
    _hold(claim, limit, asked, openings, unsure[0] if unsure and not asked else None)


def _exceeds(claim: Claim, granted: list[Grant]) -> bool:
    amount = claim.line.amount
    return amount is None or isinstance(amount, Unknown) or any(g.amount is None or g.amount < amount for g in granted)


def _refuse(claim: Claim, limit: Limit, earlier: Grant | None) -> None:
    _adjust(claim, limit, "refused", earlier)
    claim.line = replace(claim.line, outcome="refused", asked=0, open=0)


def _hold(claim: Claim, limit: Limit, asked: int, openings: int, earlier: Grant | None = None) -> None:
    """Holds a granted line; an undecided one learns what else must be asked, since its rivals may displace it too."""
    line = claim.line
    if line.outcome == "granted":
        outcome: Outcome = "incomplete" if asked else "review"
        _adjust(claim, limit, outcome, earlier, asked | openings)
        claim.line = replace(line, outcome=outcome, asked=asked, open=openings)
    elif line.outcome == "review" and asked:
        claim.line = replace(line, outcome="incomplete", asked=asked, open=line.open | openings)
    else:
        claim.line = replace(line, asked=line.asked | asked, open=line.open | openings)


def _adjust(claim: Claim, limit: Limit, outcome: Outcome, earlier: Grant | None, causes: int = 0) -> None:
    line = claim.line
    before = None if isinstance(line.amount, Unknown) else line.amount
    after = None if before is None else Decimal(0)
    claim.adjustments.append(
        Adjustment(
            limit.name, limit.label, limit.clause, line.outcome, outcome, before, after,
            earlier.number if earlier is not None else None,
        )
    )
    claim.findings.append(
        Finding(
            limit.name, limit.label, "not met" if outcome == "refused" else "unknown", True,
            "refuse" if outcome == "refused" else "review", clause=limit.clause, causes=causes, limit=True,
        )
    )


def record(claims: list[Claim], case: str, ledger: Ledger, engine: Engine) -> None:
    """Enters what a case was granted, and what it may yet be, for the cases after it."""
    for claim in claims:
        line = claim.line
        if line.outcome != "granted" and not claim.undecided:
            continue
        parts: dict[str, KeyPart] = {}
        measure = engine.rulebook.measures[line.measure]
        for limit in limits_of(engine.rulebook, (measure,)):
            for part in limit.keys.get(line.measure, ()):
                parts.setdefault(part.name, part)
        amount = None if isinstance(line.amount, Unknown) else line.amount
        key = keys(claim, tuple(parts.values()), engine)
        ledger.add(Grant(line.measure, key, amount, case or None, sure=line.outcome == "granted"))
