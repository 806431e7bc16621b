"""Verdicts: what cases come to, and what is missing, without the reasons.

The same rules, outcome chain and limits as in `decide`, worked out by an engine that records nothing. Where the
measures of a claimant are all plain (one line each, no limit), each distinct condition is worked out once a case,
however many measures ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from interpreter.decision.assess import KINDS, Stage, outcome_of
from interpreter.decision.claims import Claim
from interpreter.decision.decide import CaseFacts, Opened, engine_for, settled
from interpreter.decision.engine import Engine
from interpreter.decision.evidence import missing_facts, open_points
from interpreter.decision.judge import REFUSE, both
from interpreter.decision.model import Missing, Named, OpenPoint, Outcome
from interpreter.language import core as c
from interpreter.language.environment import Environment, Run
from interpreter.language.unknown import Unknown, Value
from interpreter.rulebook.model import Measure, Rulebook


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


def verdict(rulebook: Rulebook, case: CaseFacts) -> tuple[Verdict, ...]:
    """The verdicts on one case, claimed measures first; duties are left out. Raises as `decide` does."""
    desk = _desk_for(rulebook)
    rules = desk.plain_for(case)
    return desk.limited(settled([case], desk.engine)[0]) if rules is None else desk.plain(case, rules)


def verdict_batch(rulebook: Rulebook, cases: Sequence[CaseFacts]) -> list[tuple[Verdict, ...]]:
    """The verdicts on cases that stand under the limits together, in the order given. Raises as `decide_batch` does."""
    desk = _desk_for(rulebook)
    plain = [desk.plain_for(case) for case in cases]
    limited = iter(settled([case for case, rules in zip(cases, plain, strict=True) if rules is None], desk.engine))
    return [
        desk.limited(next(limited)) if rules is None else desk.plain(case, rules)
        for case, rules in zip(cases, plain, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A plain measure: what picks its conditions from those of its claimant, what not being met means for each
    (`refuses`: a refusal for all), what it pays and what no amount is (None for an entitlement)."""

    measure: str
    nothing: Decimal | None
    requirements: tuple[str, ...]
    pick: Callable[[Sequence[Value]], tuple[Value, ...]]
    kinds: tuple[str, ...]
    refuses: bool
    pays: Run | None


@dataclass(frozen=True, slots=True)
class _Rules:
    """The plain measures of a claimant, and every distinct condition among theirs."""

    claimant: str
    conditions: tuple[Run, ...]
    rules: tuple[_Rule, ...]


class _Desk:
    """A rulebook made ready for verdicts."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        book = engine.rulebook
        limited = {name for limit in book.limits for name in limit.measures}
        self.quantum = book.money.quantum
        self._plain: dict[str, _Rules | None] = {}
        self._facts = [(claimant.name, claimant.fact) for claimant in book.claimants.values()]
        self._claimants = {measure.name: measure.claimant for measure in book.measures.values()}
        for name in book.claimants:
            own = [measure for measure in book.measures.values() if measure.claimant == name]
            simple = not any(measure.name in limited or _is_special(measure) for measure in own)
            self._plain[name] = self._rules(name, own) if simple else None
        self.missing = cache(lambda bits: missing_facts(bits, book))
        self.points = cache(lambda bits: open_points(bits, book))

    def _rules(self, claimant: str, measures: Sequence[Measure]) -> _Rules | None:
        engine = self.engine
        places: dict[c.Core, int] = {}
        nothing = Decimal(0).quantize(self.quantum)
        rules = []
        for measure in measures:
            found = [engine.condition(requirement, REFUSE) for requirement in measure.head]
            conditions = [condition for condition in found if condition is not None]
            if len(conditions) < len(found):
                return None
            indexes = [places.setdefault(condition.core, len(places)) for condition in conditions]
            kinds = tuple(condition.otherwise.kind for condition in conditions)
            rules.append(_Rule(
                measure.name, nothing if measure.kind == "benefit" else None,
                tuple(requirement.name for requirement in measure.head),
                _picker(indexes), kinds, set(kinds) <= {"refuse"},
                None if measure.pays is None else engine.compiled(measure.pays.core),
            ))
        return _Rules(claimant, tuple(engine.compiled(core) for core in places), tuple(rules))

    def plain_for(self, case: CaseFacts) -> _Rules | None:
        """The plain measures that a case asks about; None where it asks about others too."""
        if case.provided:
            return None
        wanted = [name for name, fact in self._facts if fact in case.facts]
        if case.claims:
            wanted += [self._claimants[name] for name in case.claims if self._claimants[name] not in wanted]
        return self._plain[wanted[0]] if len(wanted) == 1 else None

    def plain(self, case: CaseFacts, rules: _Rules) -> tuple[Verdict, ...]:
        """The verdicts on a case whose measures are all plain."""
        env = self.engine.alone(case.facts, case.history or (), rules.claimant)
        values = [condition(env) for condition in rules.conditions]
        found = []
        for rule in rules.rules:
            states = rule.pick(values)
            if rule.refuses and False in states:
                found.append(Verdict(rule.measure, (), "refused", rule.nothing, rule.requirements, states, (), ()))
            else:
                found.append(self._plain_line(rule, states, env))
        claims = case.claims
        return tuple(found if claims is None else sorted(found, key=lambda line: line.measure not in claims))

    def _plain_line(self, rule: _Rule, states: tuple[Value, ...], env: Environment) -> Verdict:
        amount: Value = None if rule.pays is None else rule.pays(env)
        if amount.__class__ is not Unknown and states.count(True) == len(states):
            granted = None if rule.nothing is None else Decimal(amount).quantize(self.quantum)
            return Verdict(rule.measure, (), "granted", granted, rule.requirements, states, (), ())
        stages: list[Stage] = []
        review: Value = True
        if rule.refuses:
            stages.append(("refuse", both(states), "refused"))
        else:
            refer, refuse, review = (
                both(state for state, its in zip(states, rule.kinds, strict=True) if its == kind) for kind in KINDS
            )
            stages += [("refer", refer, "referred"), ("refuse", refuse, "refused")]
        outcome, causes = outcome_of(stages, review, amount, self.engine.fact_bits)
        return Verdict(
            rule.measure, (), outcome, rule.nothing, rule.requirements, states,
            self.missing(causes & self.engine.fact_bits), self.points(causes & ~self.engine.fact_bits),
        )

    def limited(self, opened: Opened) -> tuple[Verdict, ...]:
        """The verdicts on a case that went through the limits."""
        return tuple(self._line(measure, claim) for measure, _, claims in opened.measures for claim in claims)

    def _line(self, measure: Measure, claim: Claim) -> Verdict:
        line = claim.line
        granted: Any = line.amount if line.outcome == "granted" else Decimal(0)
        return Verdict(
            measure.name, line.key, line.outcome, granted.quantize(self.quantum) if measure.kind == "benefit" else None,
            tuple(judged.name for judged in line.judged), tuple(judged.state for judged in line.judged),
            self.missing(line.asked), self.points(line.open),
        )


_DESKS: WeakKeyDictionary[Any, _Desk] = WeakKeyDictionary()


def _desk_for(rulebook: Rulebook) -> _Desk:
    found = _DESKS.get(rulebook)
    if found is None:
        found = _DESKS[rulebook] = _Desk(engine_for(rulebook, record=False))
    return found


def _is_special(measure: Measure) -> bool:
    """Whether a measure has more to it than conditions and an amount."""
    return bool(measure.loops or measure.once_per) or measure.as_of is not None or measure.during is not None


def _picker(indexes: Sequence[int]) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
    """What picks the values at some places, as a tuple."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda values: tuple(values[index] for index in indexes)
