"""Limits on the amount that lines that share a key come to together (SEMANTICS 10.3).

In order, each line gets what is left of the ceiling: with `over: cut` the rest of it, else all or nothing; and once a
line did not fit, none after it does. A line whose share is the same whatever its undecided rivals turn out to be has
it at once; any other is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from interpreter.decision.claims import Claim, Placed, Rivals, Sums, cut, hold_for, turn_away
from interpreter.decision.ledger import matches
from interpreter.language.unknown import Unknown, Value
from interpreter.rulebook.model import Limit

Key = dict[str, Value]


def share(amount: Decimal, rest: Decimal, *, may_cut: bool) -> Decimal | None:
    """What is granted of an amount where `rest` is left; None where there is no room for it."""
    if amount <= rest:
        return amount
    return rest if may_cut and rest > 0 else None


def cap(one: Placed, limit: Limit, rivals: Rivals, shut: Iterable[tuple[Key, bool]], facts: int) -> None:
    """What a limit on an amount makes of a claim with these rivals.

    `shut` are the keys under which a claim before did not fit, so that none after it does; each with whether that is
    sure to have been before.
    """
    claim, amount = one.claim, one.claim.line.amount
    if amount is None:
        return
    rivals = _summed(rivals)
    if one.unsettled or claim.line.many:
        hold_for(one, limit, rivals, facts)
        return
    closed = [sure for key, sure in shut if matches(one.key, key) is True]
    used, more = _used(rivals), _may_use(rivals)
    sums = Sums(Decimal(one.room), used)
    earlier = rivals.granted[-1] if rivals.granted else None
    if any(closed):
        turn_away(claim, limit, earlier, sums)
        return
    known = not isinstance(amount, Unknown)
    may_cut, rest = limit.over == "cut", sums.cap - used
    most = share(amount, rest, may_cut=may_cut) if known else None
    least = share(amount, rest - more, may_cut=may_cut) if known and more is not None else None
    if closed or not known or most != least:
        hold_for(one, limit, rivals, facts)
    elif most is not None:
        if most != amount:
            cut(claim, limit, most, sums)
    elif may_cut or not claim.undecided:
        turn_away(claim, limit, earlier, sums)


def has_shut(claim: Claim, limit: Limit) -> bool:
    """Whether a claim did not fit under a limit, so that none after it does. One that waits does so by being open."""
    return limit.amount is not None and limit.over == "refuse" and any(
        adjustment.limit == limit.name and adjustment.outcome_before == "granted"
        and adjustment.outcome_after == "refused" for adjustment in claim.adjustments
    )


def _summed(rivals: Rivals) -> Rivals:
    """The rivals with what nobody knows the amount of among the unsure ones."""
    unknown = [grant for grant in rivals.granted if grant.amount is None]
    known = [grant for grant in rivals.granted if grant.amount is not None]
    return replace(rivals, granted=known, unsure=[*unknown, *rivals.unsure])


def _used(rivals: Rivals) -> Decimal:
    """What was surely granted before."""
    amounts = [*(rival.line.amount for rival in rivals.certain), *(grant.amount for grant in rivals.granted)]
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _may_use(rivals: Rivals) -> Decimal | None:
    """What rivals that are not decided may take at most; None where that has no bound."""
    total = Decimal(0)
    for rival in rivals.possible:
        amount = rival.line.amount
        if rival.line.many or isinstance(amount, Unknown):
            return None
        total += amount or 0
    for grant in rivals.unsure:
        if grant.amount is None:
            return None
        total += grant.amount
    return total
