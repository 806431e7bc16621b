"""Duties: whether a bearer has met what is required by its day, and which bearers nothing is known of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from interpreter.decision.engine import Engine
from interpreter.decision.evidence import assumptions, field_label, missing_facts, open_points
from interpreter.decision.judge import Judged, both, finding, judge
from interpreter.decision.model import Decision, Line, MeasureDecision, Named, Outcome
from interpreter.language import core as c
from interpreter.language.environment import Environment
from interpreter.language.expression import Expression
from interpreter.language.types import DATE, List
from interpreter.language.unknown import Unknown, Value, members
from interpreter.language.values import plain
from interpreter.rulebook.model import Duty, KeyPart, Rulebook

DUE = "due"
CHECKED = "as_of"


def assess_duty(duty: Duty, env: Environment, engine: Engine) -> MeasureDecision:
    """What a duty came to for the bearer whose record the case has, in an environment of `bearer_environment`.

    First that applies: a requirement not met -> unmet after the day it was due, pending up to then; a fact missing ->
    unknown; a setting missing, or a `review` requirement not met -> review; else met.
    """
    judged = tuple(judge(requirement, env, engine) for requirement in duty.requires)
    due = engine.value(duty.due, env)
    outcome, causes = _outcome(judged, _passed(due, env.as_of), engine.fact_bits)
    asked, open_ = causes & engine.fact_bits, causes & ~engine.fact_bits

    def decides(leaf: Judged) -> bool:
        match outcome:
            case "unmet" | "pending":
                return leaf.state is False and leaf.otherwise.kind == "refuse"
            case "unknown" | "review":
                wanted = leaf.state is False and (leaf.otherwise.kind == "refuse") == bool(causes)
                return wanted or (isinstance(leaf.state, Unknown) and bool(leaf.state.causes & causes))
            case _:
                return False

    missing, points = missing_facts(asked, engine.rulebook), open_points(open_, engine.rulebook)
    days = (Named(DUE, "限期", due, DATE), Named(CHECKED, _day_label(duty, engine.rulebook), env.as_of, DATE))
    line = Line(
        _key(duty, env, engine), outcome, None, None, days, tuple(finding(one, decides) for one in judged), missing,
        points,
    )
    return MeasureDecision(
        duty.name, duty.title, duty.clause, "duty", outcome, None, (line,), missing, points,
        assumptions(engine.switches(duty), env.reads), (), claimed=False,
    )


def bearer_environment(duty: Duty, env: Environment, engine: Engine) -> Environment:
    """The environment of a duty: with its bearer's authority and its own day."""
    own = engine.under(env, engine.rulebook.bearers[duty.bearer])
    if duty.as_of is None:
        return own
    return Environment(own.facts, engine.value(duty.as_of, own), own.authority, own.locals, reads=own.reads)


def _passed(due: Value, day: Value) -> Value:
    """Whether the day it was due is over."""
    if isinstance(due, Unknown) or isinstance(day, Unknown):
        return both([value if isinstance(value, Unknown) else True for value in (due, day)])
    return day > due


def _outcome(judged: tuple[Judged, ...], passed: Value, facts: int) -> tuple[Outcome, int]:
    """The outcome, and the causes in its way."""
    leaves = [leaf for one in judged for leaf in one.leaves()]
    must = both(leaf.state for leaf in leaves if leaf.otherwise.kind == "refuse")
    review = both(leaf.state for leaf in leaves if leaf.otherwise.kind == "review")
    if must is False and not isinstance(passed, Unknown):
        return ("unmet" if passed else "pending"), 0
    open_ = [state for state in (must, review, True if must is True else passed) if isinstance(state, Unknown)]
    causes = 0
    for state in [passed] if must is False else open_:
        causes |= state.causes
    if causes & facts:
        return "unknown", causes
    return ("review", causes) if causes or review is False else ("met", 0)


def _key(duty: Duty, env: Environment, engine: Engine) -> tuple[Named, ...]:
    """The bearer, and what tells the period apart."""
    fact = engine.rulebook.facts[engine.rulebook.bearers[duty.bearer].fact]
    parts = [Named(fact.name, fact.label, env.facts[fact.name], fact.type)]
    for part in period_of(duty, engine.rulebook):
        label = field_label(part.value.core, engine.rulebook) or part.name
        parts.append(Named(part.value.text, label, engine.value(part.value, env), part.value.type))
    return tuple(parts)


def period_of(duty: Duty, rulebook: Rulebook) -> tuple[KeyPart, ...]:
    """The parts of a duty's key besides the bearer."""
    return tuple(part for part in duty.per if part.value.core != c.Fact(rulebook.bearers[duty.bearer].fact))


def _day_label(duty: Duty, rulebook: Rulebook) -> str:
    return field_label((duty.as_of or rulebook.as_of).core, rulebook)


# ---- silence


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty in one period, and everyone who owes it with what was reported, in the order of the list: a bearer with
    no report has none. `complete` False: that somebody else owes it is not known for sure either way."""

    duty: Duty
    period: tuple[Named, ...]
    bearers: tuple[tuple[Named, tuple[MeasureDecision, ...]], ...]
    complete: bool = True


def owed(rulebook: Rulebook, decisions: Sequence[Decision], day: date | None = None) -> list[Owed]:
    """For every duty that says who owes it, and every period a batch of decisions speaks of, who reported what.

    Who owes it is looked up as of the last day the reports of the period were checked, or of `day` where there are none
    (where this is None too, only those are listed who owe it on any day).
    """
    found, engine = [], Engine(rulebook)
    reported = [made for decision in decisions for made in decision.measures if made.kind == "duty"]
    for duty in rulebook.duties.values():
        if duty.among is None:
            continue
        reports = [made for made in reported if made.measure == duty.name]
        periods: dict[tuple[object, ...], list[MeasureDecision]] = {}
        for report in reports:
            periods.setdefault(tuple(_told_apart(part) for part in report.lines[0].key[1:]), []).append(report)
        for its in periods.values() or [[]]:
            found.append(_owed(duty, duty.among, its, _last_day(its) or day, engine))
    return found


def _told_apart(part: Named) -> object:
    return "" if isinstance(part.value, Unknown) else plain(part.value)


def _last_day(reports: Iterable[MeasureDecision]) -> date | None:
    days = [part.value for report in reports for part in report.lines[0].computation if part.name == CHECKED]
    return max((day for day in days if isinstance(day, date)), default=None)


def _owed(duty: Duty, among: Expression, reports: list[MeasureDecision], day: date | None, engine: Engine) -> Owed:
    env = engine.under(engine.environment({}, ()), engine.rulebook.bearers[duty.bearer])
    env.as_of = Unknown(0) if day is None else day
    item = among.type.item if isinstance(among.type, List) else among.type
    rows: list[tuple[Named, tuple[MeasureDecision, ...]]] = []
    complete = True
    for there, member in members(engine.value(among, env)):
        if there is not True:
            complete = False
            continue
        its = tuple(report for report in reports if plain(report.lines[0].key[0].value) == plain(member))
        rows.append((Named(duty.bearer, "", member, item), its))
    period = reports[0].lines[0].key[1:] if reports else ()
    return Owed(duty, period, tuple(rows), complete)
