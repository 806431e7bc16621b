"""The second half of a decision: limits, in one order over the batch and the history alike (SEMANTICS 4).

Within a case, the lines that share a limit's key are ranked (first come, or highest first) and gone through from the
top. A line that a decided rival leaves no room for is refused; one that an undecided rival might leave no room for is
held: incomplete with the rival's facts where the rival is in the same case, else review.

Limits go through the batch case by case, in the policy's order. Those with an order of their own come after all others
and go through the lines of the whole batch in that order; what they refuse makes no room under a limit before them.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from interpreter.decision.ceilings import cap, has_shut
from interpreter.decision.claims import Claim, Placed, keys, placed_under, rivals_of
from interpreter.decision.counting import count
from interpreter.decision.engine import Engine
from interpreter.decision.ledger import Before, Grant, Ledger, matches
from interpreter.decision.shelf import Shelf
from interpreter.language import core as c
from interpreter.language.expression import Expression
from interpreter.language.types import INTEGER, RecordType
from interpreter.language.unknown import Unknown
from interpreter.rulebook.model import KeyPart, Limit, Measure, Rulebook


@dataclass(frozen=True, slots=True, eq=False)
class Entrant:
    """A case among others: its claims, what was granted before the batch, its number, and what it is put in order
    by."""

    claims: list[Claim]
    before: Before
    number: str
    place: tuple[tuple[bool, Any], ...]


def limits_of(engine: Engine, measures: tuple[Measure, ...]) -> list[Limit]:
    """The limits in order: each measure's `once_per`, then those of policy.yaml."""
    for measure in measures:
        if measure.once_per and measure.name not in engine.once:
            engine.once[measure.name] = _once(measure, engine.rulebook)
    return [*(engine.once[measure.name] for measure in measures if measure.once_per), *engine.rulebook.limits]


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


def allocate_all(
    entrants: Sequence[Entrant], engine: Engine, matters: Callable[[Claim], bool] = lambda _claim: True
) -> None:
    """Applies the limits to the claims of a whole batch, case by case in their order, then those limits that have an
    order of their own. Claims that do not matter to later cases are not entered for them."""
    ledger = Ledger()
    for one in sorted(entrants, key=lambda one: one.place):
        placed = not any(unknown for unknown, _ in one.place)
        allocate(one.claims, Before((*one.before.ledgers, (ledger, placed))), engine)
        record([claim for claim in one.claims if claim.claimed and matters(claim)], one.number, ledger, engine)
    allocate_ranked(entrants, engine)


def allocate(claims: list[Claim], given: Before, engine: Engine) -> None:
    """Applies the limits without an order of their own to the claims of one case, against each other and against what
    was granted before."""
    names = {claim.line.measure for claim in claims}
    measures = tuple(m for m in engine.rulebook.measures.values() if m.name in names)
    for limit in limits_of(engine, measures):
        if not limit.orders:
            placed = sorted(placed_under(limit, claims, engine), key=lambda one: _rank(one.claim, limit))
            for i, one in enumerate(placed):
                shut = given.shut(limit.name, one.key)
                earlier = (given.first_open if _is_held(one, limit) else given.of)(limit.measures, one.key)
                _decide(one, limit, placed[:i], placed[i + 1 :], earlier, shut, engine.fact_bits)


def allocate_ranked(entrants: Sequence[Entrant], engine: Engine) -> None:
    """Applies the limits that have an order of their own to the claims of a whole batch."""
    for limit in engine.rulebook.limits:
        if limit.orders:
            placed = [(of, one) for of in entrants for one in placed_under(limit, of.claims, engine)]
            placed.sort(key=lambda pair: _own_rank(*pair))
            _go_through(limit, placed, engine)


def _go_through(limit: Limit, placed: list[tuple[Entrant, Placed]], engine: Engine) -> None:
    """Other cases' claims stand before a claim as grants do; their facts are not asked of this one."""
    given: Shelf[tuple[Entrant, Grant]] = Shelf()
    shut: Shelf[tuple[Entrant, Placed]] = Shelf()
    before: dict[Entrant, list[Placed]] = {}
    after: dict[Entrant, deque[Placed]] = {}
    strangers = Strangers(limit, placed)
    for of, one in placed:
        before[of] = []
        after.setdefault(of, deque()).append(one)
    for of, one in placed:
        after[of].popleft()
        others = (grant for its, grant in given.like(one.key) if its is not of)
        if _is_held(one, limit):
            earlier = of.before.first_open(limit.measures, one.key)
            earlier += [] if earlier else islice((grant for grant in others if _may_be(one, grant)), 1)
        else:
            earlier = [*of.before.of(limit.measures, one.key), *others]
        closed = [(other.key, True) for its, other in shut.like(one.key) if its is not of]
        _decide(one, limit, before[of], list(after[of]), earlier, closed, engine.fact_bits)
        before[of].append(one)
        if one.claim.claimed and one.claim.live and strangers.matters(of, one):
            given.add(one.key, (of, _grant(one.claim, one.key, of.number)))
        elif one.claim.claimed and has_shut(one.claim, limit):
            shut.add(one.key, (of, one))


class Strangers:
    """Undecided claims nothing of whose key is known, under a limit on how many are granted: once there are as many of
    other cases as there is room for, more of them change nothing."""

    def __init__(self, limit: Limit, placed: list[tuple[Entrant, Placed]]) -> None:
        self._most = max((one.room for _, one in placed if not isinstance(one.room, Unknown)), default=0)
        self._counts = limit.amount is None
        self._seen: Counter[int] = Counter()

    def matters(self, of: Entrant, one: Placed) -> bool:
        """Whether a claim has to be kept in mind for those after it."""
        if not self._counts or not one.claim.undecided or not all(isinstance(v, Unknown) for v in one.key.values()):
            return True
        if self._seen.total() - max(self._seen.values(), default=0) >= self._most:
            return False
        self._seen[id(of)] += 1
        return True


def _is_held(one: Placed, limit: Limit) -> bool:
    """Whether a claim is held by a limit on how many are granted, whoever else was granted something."""
    return limit.amount is None and (one.claim.line.many or bool(one.unsettled))


def _may_be(one: Placed, grant: Grant) -> bool:
    """Whether it is not sure that a grant leaves room for a claim, or that it does not."""
    same = matches(one.key, grant.key)
    return same is None or (same and not grant.sure)


def _own_rank(of: Entrant, one: Placed) -> tuple[Any, ...]:
    """Claimed ones first, and of these the ones whose rank is not known: those are held, and hold what comes after."""
    unknown = _unranked(one)
    return not one.claim.claimed, not unknown, () if unknown else one.rank, of.place, one.claim.order


def _unranked(one: Placed) -> bool:
    return any(isinstance(value, Unknown) for value in one.rank)


def _rank(claim: Claim, limit: Limit) -> tuple[bool, Decimal, int]:
    """Claimed ones first. First come first; under `keep: highest` the larger amount first, an unknown one above all."""
    amount = claim.line.amount
    if limit.keep == "first":
        height = Decimal(0)
    else:
        height = Decimal("-Infinity") if isinstance(amount, Unknown) or amount is None else -amount
    return not claim.claimed, height, claim.order


def _decide(
    one: Placed, limit: Limit, before: list[Placed], after: list[Placed], earlier: list[Grant],
    shut: list[tuple[dict[str, Any], bool]], facts: int,
) -> None:
    """What a limit makes of a claim, given those of its case ranked before and after it, and what other cases and
    earlier decisions took."""
    above = [other for other in before if other.claim.live]
    # once its amount, or what else ranks it, is known, others as much claimed as it is may turn out to be above it
    open_rank = _unranked(one) or (limit.keep == "highest" and isinstance(one.claim.line.amount, Unknown))
    below = [other for other in after if open_rank and other.claim.claimed is one.claim.claimed]
    rivals = rivals_of(one, above, below, earlier)
    if limit.amount is None:
        count(one, limit, rivals, facts)
    else:
        own = [(other.key, True) for other in before if has_shut(other.claim, limit)]
        cap(one, limit, rivals, [*own, *shut], facts)


def record(claims: list[Claim], case: str, ledger: Ledger, engine: Engine) -> None:
    """Enters what a case was granted, and what it may yet be, for the cases after it; and under which limits on an
    amount it did not fit."""
    for claim in claims:
        measure = engine.rulebook.measures[claim.line.measure]
        limits = [limit for limit in limits_of(engine, (measure,)) if measure.name in limit.keys]
        for limit in limits:
            if has_shut(claim, limit):
                ledger.close(limit.name, keys(claim, limit.keys[measure.name], engine))
        if claim.live:
            parts = {part.name: part for limit in reversed(limits) for part in limit.keys[measure.name]}
            ledger.add(_grant(claim, keys(claim, tuple(parts.values()), engine), case))


def _grant(claim: Claim, key: dict[str, Any], case: str) -> Grant:
    line = claim.line
    amount = None if isinstance(line.amount, Unknown) else line.amount
    return Grant(line.measure, key, amount, case or None, sure=line.outcome == "granted")
