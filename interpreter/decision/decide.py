"""`decide = allocate . assess`: from the facts of cases to their decisions. Pure: no clock, no files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from interpreter.decision.allocate import Entrant, allocate_all
from interpreter.decision.assess import AssessedMeasure, assess, decides
from interpreter.decision.claims import Claim
from interpreter.decision.duties import assess_duty, bearer_environment
from interpreter.decision.engine import Engine
from interpreter.decision.evidence import assumptions, field_label, missing_facts, open_points
from interpreter.decision.judge import Judged, finding
from interpreter.decision.ledger import Earlier, before
from interpreter.decision.model import (
    BEST_FIRST,
    Assumption,
    Decision,
    Line,
    MeasureDecision,
    Missing,
    Named,
    Outcome,
)
from interpreter.decision.provided import conflicts
from interpreter.language import core as c
from interpreter.language.environment import Environment
from interpreter.language.expression import Expression
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.problems import PolicyError, Problem, Text
from interpreter.rulebook.model import Claimant, Duty, Measure, Rulebook


class CaseFacts(Protocol):
    """What deciding needs of a case; the cases floor makes them."""

    @property
    def number(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...] | None: ...
    @property
    def facts(self) -> dict[str, Value]: ...
    @property
    def history(self) -> tuple[Record, ...] | None: ...
    @property
    def assumed(self) -> Sequence[Any]: ...
    @property
    def provided(self) -> Sequence[Any]: ...
    @property
    def repairs(self) -> tuple[Text, ...]: ...
    @property
    def as_of_given(self) -> bool: ...


@dataclass(slots=True, eq=False)
class Opened:
    """A case on its way: its place in the order, its claimants' environments, its measures assessed."""

    case: CaseFacts
    place: tuple[tuple[bool, Any], ...]
    env: Environment
    claimants: dict[str, Environment]
    measures: list[tuple[Measure, AssessedMeasure, list[Claim]]]
    duties: list[tuple[Duty, Environment]]


_ENGINES: dict[bool, WeakKeyDictionary[Any, Engine]] = {True: WeakKeyDictionary(), False: WeakKeyDictionary()}


def engine_for(rulebook: Rulebook, *, record: bool = True) -> Engine:
    """The engine of a rulebook, made once; `record` False where no explanation is wanted."""
    engines = _ENGINES[record]
    found = engines.get(rulebook)
    if found is None:
        found = engines[rulebook] = Engine(rulebook, record)
    return found


def case_problems(rulebook: Rulebook, case: CaseFacts, earlier: Earlier | None = None) -> list[Problem]:
    """What only the rules can find wrong with a case: provided figures that differ from what they compute."""
    if not case.provided:
        return []
    engine = engine_for(rulebook)
    return conflicts(case.provided, engine.environment(case.facts, _history(case, earlier)), engine)


def concerns_somebody(rulebook: Rulebook, case: CaseFacts) -> bool:
    """Whether a case has a claimant's or bearer's record, or at least claims something."""
    who = (*rulebook.claimants.values(), *rulebook.bearers.values())
    return bool(case.claims) or any(one.fact in case.facts for one in who)


def decide(rulebook: Rulebook, case: CaseFacts) -> Decision:
    """The decision of one case: a batch of one.

    Raises PolicyError where a provided figure differs from what the rules compute.
    """
    return decide_batch(rulebook, [case])[0]


def decide_batch(
    rulebook: Rulebook, cases: Sequence[CaseFacts], earlier: Earlier | None = None
) -> list[Decision]:
    """The decisions of cases, in the order given; grants are made in the order of policy.yaml's `order`, after what was
    granted by `earlier` decisions (None: none were consulted).

    Raises PolicyError where a case provides figures that differ from what the rules compute (see `case_problems`).
    """
    engine = engine_for(rulebook)
    return [closed(one, engine, earlier) for one in settled(cases, engine, earlier)]


def settled(cases: Sequence[CaseFacts], engine: Engine, earlier: Earlier | None = None) -> list[Opened]:
    """Cases assessed, and gone through the limits with each other and with earlier decisions; raises as
    `decide_batch` does."""
    wrong = [problem for case in cases for problem in case_problems(engine.rulebook, case, earlier)]
    if wrong:
        raise PolicyError(wrong)
    opened = [assessed(case, engine, earlier) for case in cases]
    settle(opened, engine, earlier)
    return opened


def settle(opened: Sequence[Opened], engine: Engine, earlier: Earlier | None = None) -> None:
    """Takes assessed cases through the limits with each other, and with earlier decisions."""
    allocate_all([_entrant(one, earlier) for one in opened], engine)


def assessed(case: CaseFacts, engine: Engine, earlier: Earlier | None = None) -> Opened:
    """A case with its lines as its rules leave them, before any limit."""
    return _open(case, _history(case, earlier), engine)


def _history(case: CaseFacts, earlier: Earlier | None) -> tuple[Record, ...]:
    own = case.history or ()
    return own if earlier is None else (*own, *earlier.entries)


def _entrant(one: Opened, earlier: Earlier | None) -> Entrant:
    claims = [claim for _, _, its in one.measures for claim in its]
    return Entrant(claims, before(one.case.history or (), earlier), one.case.number, one.place)


def _claimed(case: CaseFacts, measure: Measure) -> bool:
    return case.claims is None or measure.name in case.claims


def place_of(env: Environment, engine: Engine) -> tuple[tuple[bool, Any], ...]:
    """What a case is put in order by: for each part whether it is unknown, which comes last, and its value."""
    values = [engine.value(expression, env) for expression in engine.rulebook.order]
    return tuple((isinstance(value, Unknown), "" if isinstance(value, Unknown) else value) for value in values)


def _open(case: CaseFacts, history: tuple[Record, ...], engine: Engine) -> Opened:
    rulebook = engine.rulebook
    env = engine.environment(case.facts, history)
    wanted = [
        measure for measure in rulebook.measures.values()
        if rulebook.claimants[measure.claimant].fact in case.facts or (case.claims and measure.name in case.claims)
    ]
    wanted.sort(key=lambda measure: not _claimed(case, measure))
    claimants: dict[str, Environment] = {}
    measures = []
    order = 0
    for measure in wanted:
        own = claimants.get(measure.claimant)
        if own is None:
            own = claimants[measure.claimant] = engine.for_claimant(env, measure.claimant)
        assessed = assess(measure, own, engine)
        claims = []
        for line in assessed.lines:
            claims.append(Claim(line, order, _claimed(case, measure)))
            order += 1
        measures.append((measure, assessed, claims))
    duties = [
        (duty, bearer_environment(duty, env, engine)) for duty in rulebook.duties.values()
        if rulebook.bearers[duty.bearer].fact in case.facts
    ]
    return Opened(case, place_of(env, engine), env, claimants, measures, duties)


def closed(opened: Opened, engine: Engine, earlier: Earlier | None = None) -> Decision:
    """The decision of a case that went through the limits."""
    rulebook, case = engine.rulebook, opened.case
    measures = tuple(
        _measure(measure, assessed, claims, opened, engine) for measure, assessed, claims in opened.measures
    )
    duties = tuple(
        replace(decided, assumptions=(*decided.assumptions, *_defaults(case)))
        for decided in (assess_duty(duty, env, engine) for duty, env in opened.duties)
    )
    claimant, env, dated = _subject(opened, engine)
    granted = [m.amount for m in measures if m.amount is not None and (case.claims is None or m.claimed)]
    as_of = opened.env.as_of if env is None else env.as_of
    return Decision(
        case.number, rulebook.policy, rulebook.digests, as_of if isinstance(as_of, date) else None,
        field_label(dated.core, rulebook), case.as_of_given, claimant.name, _who(claimant, env, engine),
        _authority(env, claimant), case.claims, earlier is not None or case.history is not None,
        rulebook.money.currency, (*measures, *duties),
        sum(granted, Decimal(0)).quantize(rulebook.money.quantum), tuple(text.zh for text in case.repairs),
    )


def _subject(opened: Opened, engine: Engine) -> tuple[Claimant, Environment | None, Expression]:
    """Whom the decision is about, as its first measure or else its first duty has it, and the day it goes by."""
    rulebook = engine.rulebook
    if opened.duties and not opened.measures:
        duty, env = opened.duties[0]
        return rulebook.bearers[duty.bearer], env, duty.as_of or rulebook.as_of
    name = opened.measures[0][0].claimant if opened.measures else next(iter(rulebook.claimants))
    return rulebook.claimants[name], opened.claimants.get(name), rulebook.as_of


def _who(claimant: Claimant, env: Environment | None, engine: Engine) -> tuple[Named, ...]:
    """How the claimant is called, and the key of its record."""
    if env is None:
        return ()
    record = env.facts[claimant.fact]
    found = [Named(claimant.called.text, "", engine.value(claimant.called, env), claimant.called.type)]
    key = record.shape.type.key if isinstance(record, Record) else None
    if key is not None:
        field = record.shape.type.fields[key]
        found.append(Named(f"{claimant.fact}.{key}", field.label, record.get(key), field.type))
    return tuple(found)


def _authority(env: Environment | None, claimant: Claimant) -> Named | None:
    return None if env is None else Named("authority", "", env.authority, claimant.authority.type)


def _measure(
    measure: Measure, assessed: AssessedMeasure, claims: list[Claim], opened: Opened, engine: Engine
) -> MeasureDecision:
    rulebook, case = engine.rulebook, opened.case
    benefit = measure.kind == "benefit"
    lines = tuple(_line(claim, benefit, engine) for claim in claims)
    outcome: Outcome = min((line.outcome for line in lines), key=BEST_FIRST.index, default="not_applicable")
    amount = sum((line.amount for line in lines if line.amount is not None), Decimal(0))
    switches = assumptions(engine.switches(measure), opened.claimants[measure.claimant].reads)
    return MeasureDecision(
        measure.name, measure.title, measure.clause, measure.kind, outcome,
        amount.quantize(rulebook.money.quantum) if benefit else None, lines,
        _unique(missing for line in lines for missing in line.missing),
        _unique(point for line in lines for point in line.open_points),
        (*switches, *_defaults(case)), _payer(opened.claimants[measure.claimant], engine),
        case.claims is not None and measure.name in case.claims, assessed.nothing, measure.governed_by,
    )


def _unique(items: Iterable[Any]) -> tuple[Any, ...]:
    """Each item once, in order of first appearance."""
    found: dict[Any, Any] = {}
    for item in items:
        found.setdefault(item.path if isinstance(item, Missing) else (item.kind, item.name), item)
    return tuple(found.values())


def _line(claim: Claim, benefit: bool, engine: Engine) -> Line:
    line, rulebook = claim.line, engine.rulebook
    quantum = rulebook.money.quantum
    amount: Value = line.amount

    def decided(leaf: Judged) -> bool:
        return decides(leaf, line)

    known = amount is not None and not isinstance(amount, Unknown)
    granted = amount if line.outcome == "granted" else Decimal(0)
    return Line(
        line.key, line.outcome, granted.quantize(quantum) if benefit else None,
        amount.quantize(quantum) if known and line.outcome in ("granted", "incomplete", "review") else None,
        line.computation, (*(finding(judged, decided) for judged in line.judged), *claim.findings),
        missing_facts(line.asked, rulebook), open_points(line.open, rulebook), tuple(claim.adjustments),
        line.during if line.outcome in ("granted", "incomplete", "review") else None,
    )


def _defaults(case: CaseFacts) -> tuple[Assumption, ...]:
    return tuple(
        Assumption(noted.path, noted.label, noted.value, noted.type, "default") for noted in case.assumed
    )


def _payer(env: Environment, engine: Engine) -> tuple[Named, ...]:
    found = []
    for name, expression in engine.rulebook.payer.items():
        label = name
        if isinstance(expression.core, c.Read):
            label = engine.rulebook.parameters[expression.core.name].label
        found.append(Named(name, label, engine.value(expression, env), expression.type))
    return tuple(found)


