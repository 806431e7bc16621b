"""Verdicts: what cases come to, and what is missing, without the reasons.

The same rules, outcome chain and limits as in `decide`, worked out by an engine that records nothing. Where the
measures of a claimant are all plain (one line each, no limit), each distinct condition is worked out once a case,
however many measures ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from interpreter.decision.claims import Claim
from interpreter.decision.decide import CaseFacts, Opened, engine_for, settled
from interpreter.decision.evidence import missing_facts, open_points
from interpreter.decision.ledger import Earlier
from interpreter.decision.model import Verdict
from interpreter.decision.plain import Plain, plain_measures
from interpreter.rulebook.model import Measure, Rulebook


def verdict(rulebook: Rulebook, case: CaseFacts) -> tuple[Verdict, ...]:
    """The verdicts on one case, claimed measures first; duties are left out. Raises as `decide` does."""
    return _desk_for(rulebook).one(case)


def verdicts_of(rulebook: Rulebook) -> Callable[[CaseFacts], tuple[Verdict, ...]]:
    """The same as a function of the case, for many cases under one rulebook, each by itself."""
    return _desk_for(rulebook).one


def verdict_batch(
    rulebook: Rulebook, cases: Sequence[CaseFacts], earlier: Earlier | None = None
) -> list[tuple[Verdict, ...]]:
    """The verdicts on cases that stand under the limits together, and after earlier decisions, in the order given.
    Raises as `decide_batch` does."""
    return _desk_for(rulebook).all(cases, earlier)


class _Desk:
    """A rulebook made ready for verdicts."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._engine = engine = engine_for(rulebook, record=False)
        self._quantum = rulebook.money.quantum
        self._plain = {name: plain_measures(engine, name) for name in rulebook.claimants}
        self._facts = [(claimant.fact, name) for name, claimant in rulebook.claimants.items()]
        self._claimants = {measure.name: measure.claimant for measure in rulebook.measures.values()}
        self._missing = cache(lambda bits: missing_facts(bits, rulebook))
        self._points = cache(lambda bits: open_points(bits, rulebook))

    def one(self, case: CaseFacts) -> tuple[Verdict, ...]:
        """The verdicts on one case."""
        plain = self._plain_for(case)
        if plain is None:
            return self._limited(settled([case], self._engine)[0])
        return plain.verdicts(case) if case.claims is None else _in_order(plain, case)

    def all(self, cases: Sequence[CaseFacts], earlier: Earlier | None) -> list[tuple[Verdict, ...]]:
        """The verdicts on cases that stand under the limits together."""
        plain = [self._plain_for(case) if earlier is None else None for case in cases]
        together = [case for case, its in zip(cases, plain, strict=True) if its is None]
        limited = iter(settled(together, self._engine, earlier))
        return [
            self._limited(next(limited)) if its is None else _in_order(its, case)
            for case, its in zip(cases, plain, strict=True)
        ]

    def _plain_for(self, case: CaseFacts) -> Plain | None:
        """The plain measures that a case asks about; None where it asks about others too."""
        if case.provided:
            return None
        facts, wanted = case.facts, None
        for fact, claimant in self._facts:
            if fact in facts:
                if wanted is not None:
                    return None
                wanted = claimant
        for name in case.claims or ():
            if wanted is None:
                wanted = self._claimants[name]
            elif self._claimants[name] != wanted:
                return None
        return None if wanted is None else self._plain[wanted]

    def _limited(self, opened: Opened) -> tuple[Verdict, ...]:
        """The verdicts on a case that went through the limits."""
        return tuple(self._line(measure, claim) for measure, _, claims in opened.measures for claim in claims)

    def _line(self, measure: Measure, claim: Claim) -> Verdict:
        line = claim.line
        granted: Any = line.amount if line.outcome == "granted" else Decimal(0)
        return Verdict(
            measure.name, line.key, line.outcome,
            granted.quantize(self._quantum) if measure.kind == "benefit" else None,
            tuple(judged.name for judged in line.judged), tuple(judged.state for judged in line.judged),
            self._missing(line.asked), self._points(line.open),
        )


_DESKS: WeakKeyDictionary[Any, _Desk] = WeakKeyDictionary()


def _desk_for(rulebook: Rulebook) -> _Desk:
    found = _DESKS.get(rulebook)
    if found is None:
        found = _DESKS[rulebook] = _Desk(rulebook)
    return found


def _in_order(plain: Plain, case: CaseFacts) -> tuple[Verdict, ...]:
    """Verdicts on plain measures, claimed ones first."""
    lines, claims = plain.verdicts(case), case.claims
    return lines if claims is None else tuple(sorted(lines, key=lambda line: line.measure not in claims))
