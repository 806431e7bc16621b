"""`decide = allocate . assess`: from the facts of cases to their decisions. Pure: no clock, no files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from interpreter.decision.allocate import Claim, allocate, record
from interpreter.decision.assess import AssessedMeasure, assess, decides
from interpreter.decision.engine import Engine
from interpreter.decision.evidence import assumptions
from interpreter.decision.judge import Judged, finding
from interpreter.decision.ledger import Ledger
from interpreter.decision.model import (
    BEST_FIRST,
    Assumption,
    Decision,
    Line,
    MeasureDecision,
    Missing,
    Named,
    OpenPoint,
    Outcome,
)
from interpreter.decision.provided import conflicts
from interpreter.language import core as c
from interpreter.language.environment import Environment
from interpreter.language.types import BROKEN, RecordType
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.problems import PolicyError, Problem, Source, Text
from interpreter.rulebook.model import Claimant, Measure, Rulebook


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
    def repairs(self) -> tuple[Text, ...]: ...
    @property
    def source(self) -> Source: ...
    @property
    def as_of_given(self) -> bool: ...


@dataclass(slots=True, eq=False)
class _Opened:
    """A case on its way: its claimants' environments, its measures assessed."""

    case: CaseFacts
    env: Environment
    claimants: dict[str, Environment]
    measures: list[tuple[Measure, AssessedMeasure, list[Claim]]]


_ENGINES: WeakKeyDictionary[Any, Engine] = WeakKeyDictionary()


def engine_for(rulebook: Rulebook) -> Engine:
    """The engine of a rulebook, made once."""
    found = _ENGINES.get(rulebook)
    if found is None:
        found = _ENGINES[rulebook] = Engine(rulebook)
    return found


def case_problems(rulebook: Rulebook, case: CaseFacts) -> list[Problem]:
    """What only the rules can find wrong with a case: provided figures that differ from what they compute."""
    engine = engine_for(rulebook)
    return conflicts(engine.environment(case.facts, case.history or ()), engine, case.source)


def decide(rulebook: Rulebook, case: CaseFacts) -> Decision:
    """The decision of one case: a batch of one.

    Raises PolicyError where a provided figure differs from what the rules compute.
    """
    return decide_batch(rulebook, [case])[0]


def decide_batch(rulebook: Rulebook, cases: Sequence[CaseFacts]) -> list[Decision]:
    """The decisions of cases, in the order given; grants are made in the order of policy.yaml's `order`.

    Raises PolicyError where a case provides figures that differ from what the rules compute (see `case_problems`).
    """
    engine = engine_for(rulebook)
    wrong = [problem for case in cases for problem in case_problems(rulebook, case)]
    if wrong:
        raise PolicyError(wrong)
    opened = [_open(case, engine) for case in cases]
    ledger = Ledger()
    for one in sorted(opened, key=lambda one: _place(one, engine)):
        own = ledger.extended(one.case.history or ())
        for claimed in (True, False):
            claims = [
                claim for measure, _, its in one.measures for claim in its if _claimed(one.case, measure) is claimed
            ]
            allocate(claims, own, engine)
            record(claims, one.case.number, own, engine)
            if claimed:
                record(claims, one.case.number, ledger, engine)
    return [_close(one, engine) for one in opened]


def _claimed(case: CaseFacts, measure: Measure) -> bool:
    return case.claims is None or measure.name in case.claims


def _place(opened: _Opened, engine: Engine) -> tuple[tuple[bool, Any], ...]:
    values = [engine.value(expression, opened.env) for expression in engine.rulebook.order]
    return tuple((isinstance(value, Unknown), "" if isinstance(value, Unknown) else value) for value in values)


def _open(case: CaseFacts, engine: Engine) -> _Opened:
    rulebook = engine.rulebook
    env = engine.environment(case.facts, case.history or ())
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
            claims.append(Claim(line, order))
            order += 1
        measures.append((measure, assessed, claims))
    return _Opened(case, env, claimants, measures)


def _close(opened: _Opened, engine: Engine) -> Decision:
    rulebook, case = engine.rulebook, opened.case
    measures = tuple(
        _measure(measure, assessed, claims, opened, engine) for measure, assessed, claims in opened.measures
    )
    name = opened.measures[0][0].claimant if opened.measures else next(iter(rulebook.claimants))
    claimant = rulebook.claimants[name]
    env = opened.claimants.get(name)
    granted = [m.amount for m in measures if m.amount is not None and (case.claims is None or m.claimed)]
    as_of = opened.env.as_of
    return Decision(
        case.number, rulebook.policy, rulebook.digests, as_of if isinstance(as_of, date) else None,
        _label_of(rulebook.as_of.core, rulebook), case.as_of_given, name, _who(claimant, env, engine),
        _authority(env, claimant), case.claims, case.history is not None, rulebook.money.currency, measures,
        sum(granted, Decimal(0)).quantize(rulebook.money.quantum), tuple(text.zh for text in case.repairs),
    )


def _label_of(core: c.Core, rulebook: Rulebook) -> str:
    match core:
        case c.Field(of=c.Fact(name=fact), name=name):
            of = rulebook.facts[fact].type
            return of.fields[name].label if isinstance(of, RecordType) else name
        case _:
            return ""


def _who(claimant: Claimant, env: Environment | None, engine: Engine) -> tuple[Named, ...]:
    """How the claimant is called, and the key of its record."""
    if env is None:
        return ()
    record = env.facts[claimant.fact]
    found = [Named(claimant.called.text, "", engine.value(claimant.called, env), claimant.called.type)]
    env.seen.clear()
    key = record.shape.type.key if isinstance(record, Record) else None
    if key is not None:
        field = record.shape.type.fields[key]
        found.append(Named(f"{claimant.fact}.{key}", field.label, record.get(key), field.type))
    return tuple(found)


def _authority(env: Environment | None, claimant: Claimant) -> Named | None:
    return None if env is None else Named("authority", "", env.authority, claimant.authority.type)


def _measure(
    measure: Measure, assessed: AssessedMeasure, claims: list[Claim], opened: _Opened, engine: Engine
) -> MeasureDecision:
    rulebook, case = engine.rulebook, opened.case
    lines = tuple(_line(claim, engine) for claim in claims)
    outcome: Outcome = min((line.outcome for line in lines), key=BEST_FIRST.index, default="not_applicable")
    benefit = measure.kind == "benefit"
    amount = sum((line.amount for line in lines if line.amount is not None), Decimal(0))
    switches = assumptions([one for claim in claims for one in claim.line.seen], rulebook)
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


def _line(claim: Claim, engine: Engine) -> Line:
    line, rulebook = claim.line, engine.rulebook
    quantum = rulebook.money.quantum
    amount: Value = line.amount

    def decided(leaf: Judged) -> bool:
        return decides(leaf, line)

    known = amount is not None and not isinstance(amount, Unknown)
    granted = line.outcome == "granted"
    return Line(
        line.key, line.outcome,
        None if amount is None and granted else (amount if granted else Decimal(0)).quantize(quantum),
        amount.quantize(quantum) if known and line.outcome in ("granted", "incomplete", "review") else None,
        line.computation, (*(finding(judged, decided) for judged in line.judged), *claim.findings),
        _missing(line.asked, rulebook), _open_points(line.open, rulebook), tuple(claim.adjustments),
    )


def _missing(bits: int, rulebook: Rulebook) -> tuple[Missing, ...]:
    return tuple(
        Missing(cause.name, cause.label, cause.type or BROKEN, cause.proof) for cause in rulebook.causes_of(bits)
    )


def _open_points(bits: int, rulebook: Rulebook) -> tuple[OpenPoint, ...]:
    return tuple(
        OpenPoint(cause.name, cause.label, "fault" if cause.kind == "fault" else "setting", cause.where)
        for cause in rulebook.causes_of(bits)
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
    env.seen.clear()
    return tuple(found)


