"""Limits on how many lines that share a key are granted."""

from __future__ import annotations

from interpreter.decision.claims import Claim, Placed, Rivals, hold, hold_for, turn_away
from interpreter.language.unknown import Unknown, Value
from interpreter.rulebook.model import Limit


def count(one: Placed, limit: Limit, rivals: Rivals, facts: int) -> None:
    """What a limit on the number of grants makes of a claim with these rivals."""
    claim, room, settled = one.claim, one.room, not one.unsettled
    certain, granted = rivals.certain, rivals.granted
    used, may_use = len(certain) + len(granted), len(rivals.possible) + len(rivals.unsure)
    if settled and not claim.line.many and used >= room:
        amounts = [*(rival.line.amount for rival in certain), *(grant.amount for grant in granted)]
        if limit.keep == "highest" and sum(not _exceeds(claim, amount) for amount in amounts) < room:
            hold(claim, limit, 0, 0, next((grant for grant in granted if _exceeds(claim, grant.amount)), None))
        else:
            turn_away(claim, limit, granted[-1] if granted else None)
        return
    crowd = claim.line.many or any(rival.line.many for rival in rivals.possible)
    if not settled or crowd or used + may_use >= room:
        hold_for(one, limit, rivals, facts)


def _exceeds(claim: Claim, amount: Value) -> bool:
    """Whether a claim is, or may be, for more than an amount."""
    own = claim.line.amount
    if own is None or amount is None or isinstance(own, Unknown) or isinstance(amount, Unknown):
        return True
    return bool(own > amount)
