"""The first half of a decision: every line of a measure by its own rules, before any limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from interpreter.decision.engine import Engine
from interpreter.decision.evidence import named_values
from interpreter.decision.judge import Judged, both, judge
from interpreter.decision.model import Named, Outcome
from interpreter.language.environment import Environment, Trace
from interpreter.language.expression import Expression
from interpreter.language.types import INTEGER, RecordType, Type
from interpreter.language.unknown import Unknown, Value, is_open, members
from interpreter.language.values import Range, Record
from interpreter.rulebook.model import Measure, Rulebook, Variable

KINDS = ("refer", "refuse", "review")

Stage = tuple[str, Value, Outcome]
"""A step of the outcome chain: its kind, its state, and what the line comes to where it is false."""


@dataclass(slots=True, eq=False)
class AssessedLine:
    """One line as its rules leave it. `asked` are the bits of facts that would decide it, `open` those of settings and
    faults in the way; `referral` those in the way of knowing whether it is referred, or there at all; `locals` its
    loop values. `many`: the line stands for members that nobody named, any number of them; `empty`: for a list without
    any, so that nothing can be granted on it."""

    measure: str
    key: tuple[Named, ...]
    judged: tuple[Judged, ...]
    outcome: Outcome
    amount: Value
    computation: tuple[Named, ...]
    asked: int
    open: int
    referral: int
    locals: dict[int, Value]
    env: Environment
    many: bool
    during: Named | None = None
    empty: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """What a line is about: whether it is there at all, its loop values by slot and as its key, and whether it stands
    for any number of members nobody named. Without a loop it is the measure as a whole."""

    there: Value = True
    values: dict[int, Value] = field(default_factory=dict)
    key: tuple[Named, ...] = ()
    many: bool = False


@dataclass(slots=True, eq=False)
class AssessedMeasure:
    measure: Measure
    lines: list[AssessedLine]
    nothing: str | None = None


def assess(measure: Measure, env: Environment, engine: Engine) -> AssessedMeasure:
    """Decides the lines of one measure for one claimant, limits aside (SEMANTICS 1.9, DESIGN 4 «Lines»)."""
    if measure.as_of is not None and not measure.dated_by_line:
        env = _on_day(measure.as_of, list(env.locals), env, engine)
    head = tuple(judge(requirement, env, engine) for requirement in measure.head)
    whole = Candidate()
    if not measure.loops:
        return AssessedMeasure(measure, [_line(measure, whole, head, (), env, engine)])
    groups = _groups(head)
    if groups["refer"] is False or groups["refuse"] is False:
        return AssessedMeasure(measure, [_line(measure, whole, head, (), env, engine, alone=True)])
    found = list(_candidates(measure, whole, env, engine))
    if not found and groups["refer"] is True and groups["refuse"] is True:
        return AssessedMeasure(measure, [], _list_label(measure, engine.rulebook))
    if not found:
        # nothing to decide, or yet a refusal: that hangs on the head alone
        return AssessedMeasure(measure, [_line(measure, whole, head, (), env, engine, alone=True)])
    lines = []
    for candidate in found:
        for slot, value in candidate.values.items():
            env.locals[slot] = value
        # a day that names the loop is each line's own; what is asked first goes by the policy's
        day = env
        if measure.as_of is not None and measure.dated_by_line:
            day = _on_day(measure.as_of, env.locals, env, engine)
        own = tuple(judge(requirement, day, engine) for requirement in measure.requires)
        lines.append(_line(measure, candidate, head, own, day, engine))
    return AssessedMeasure(measure, lines)


def _on_day(day: Expression, locals: list[Value], env: Environment, engine: Engine) -> Environment:
    """The environment of another day."""
    return Environment(env.facts, engine.value(day, env), env.authority, locals, reads=env.reads)


def _candidates(measure: Measure, so_far: Candidate, env: Environment, engine: Engine) -> Iterator[Candidate]:
    """Every combination of the loops' members."""
    if len(so_far.values) == len(measure.loops):
        yield so_far
        return
    loop = measure.loops[len(so_far.values)]
    env.trace = Trace()
    listed = engine.value(loop.over, env)
    found = list(members(listed))
    last = len(found) if is_open(listed) else -1
    for number, (membership, item) in enumerate(found, 1):
        slot = loop.variable.slot
        env.locals[slot] = item
        named = () if number == last else (_key(loop.variable, item, number),)
        one = Candidate(
            both([so_far.there, membership]), {**so_far.values, slot: item}, so_far.key + named,
            so_far.many or number == last,
        )
        yield from _candidates(measure, one, env, engine)


def _key(variable: Variable, item: Value, number: int) -> Named:
    """What a line is called: its value, or the key of its record, through records that stand for another; its number
    where it has none (a record without a key, a list or range, what is not known)."""
    type = variable.type
    label = type.label if isinstance(type, RecordType) else variable.name
    path, value = variable.name, item
    while isinstance(value, Record) and value.shape.type.key is not None and value.shape.type.table is None:
        path, value = f"{value.shape.path}.{value.shape.type.key}", value.key
    record = isinstance(value, Record) and (value.shape.type.table is None or value.shape.type.key is None)
    if record or isinstance(value, Unknown | tuple | Range):
        return Named(variable.name, label, number, INTEGER)
    return Named(path, label, item, type)


def _list_label(measure: Measure, rulebook: Rulebook) -> str:
    """The label of the list a measure goes through, for saying that nothing was in it."""
    over = measure.loops[0].over
    item = measure.loops[0].variable.type
    definition = rulebook.definitions.get(over.text.split("(")[0].strip())
    if definition is not None:
        return definition.label
    head, *path = over.text.split(".")
    at: Type | None = rulebook.facts[head].type if head in rulebook.facts else None
    label = item.label if isinstance(item, RecordType) else over.text
    for name in path:
        found = at.fields.get(name.strip()) if isinstance(at, RecordType) else None
        if found is None:
            return label
        label, at = found.label, found.type
    return label


def _groups(judged: tuple[Judged, ...]) -> dict[str, Value]:
    leaves = [leaf for one in judged for leaf in one.leaves()]
    return {kind: both([leaf.state for leaf in leaves if leaf.otherwise.kind == kind]) for kind in KINDS}


def _required(values: dict[int, Value]) -> Value:
    """Unknown where a record of the line lacks a field it must have (a data error of this line only)."""
    causes = 0
    waiting = [value for value in values.values() if isinstance(value, Record)]
    while waiting:
        record = waiting.pop()
        for name, declared in record.shape.type.fields.items():
            found = record.get(name) if not declared.provided else None
            if declared.required and isinstance(found, Unknown):
                causes |= found.causes
            if isinstance(found, Record) and found.shape.type.table is None:
                waiting.append(found)
    return Unknown(causes) if causes else True


def _line(
    measure: Measure, of: Candidate, head: tuple[Judged, ...], own: tuple[Judged, ...], env: Environment,
    engine: Engine, *, alone: bool = False,
) -> AssessedLine:
    """A line; `alone` where nothing but the refusals and referrals of the measure's head matters."""
    above, below = _groups(head), _groups(own)
    there = both([of.there, _required(of.values)])
    amount, computation = (None, ()) if alone else _amount(measure, env, engine)
    stages: list[Stage] = [
        ("refer", above["refer"], "referred"), ("refuse", above["refuse"], "refused"), ("there", there, "refused"),
        ("refer", below["refer"], "referred"), ("refuse", below["refuse"], "refused"),
    ]
    review = True if alone else both([above["review"], below["review"]])
    during = None if alone else _during(measure, env, engine)
    given = amount if during is None else during.value
    outcome, causes = outcome_of(stages, review, given, engine.fact_bits)
    return AssessedLine(
        measure.name, of.key, (*head, *own), outcome, amount, computation, causes & engine.fact_bits,
        causes & ~engine.fact_bits, _referral(stages), of.values, env, of.many, during, alone
    )


def _amount(measure: Measure, env: Environment, engine: Engine) -> tuple[Value, tuple[Named, ...]]:
    if measure.pays is None:
        return None, ()
    env.trace = Trace()
    amount = engine.value(measure.pays, env)
    computation = named_values(env.trace, engine.rulebook)
    return (amount if isinstance(amount, Unknown) else Decimal(amount)), computation


def _during(measure: Measure, env: Environment, engine: Engine) -> Named | None:
    """The span of an entitlement."""
    if measure.during is None:
        return None
    env.trace = Trace()
    span = engine.value(measure.during, env)
    return Named("during", "起止", span, measure.during.type)


def outcome_of(
    stages: list[Stage], review: Value, amount: Value, facts: int
) -> tuple[Outcome, int]:
    """The outcome chain: the outcome, and the causes in its way."""
    causes = 0
    for i, (_, state, outcome) in enumerate(stages):
        if state is False:
            return outcome, 0
        causes |= _causes(state)
        if causes & facts:
            return "incomplete", causes | _later(stages[i + 1 :], review, amount)
    causes |= _causes(review) | _causes(amount)
    if causes & facts:
        return "incomplete", causes
    sure = all(state is True for _, state, _ in stages) and review is True and not isinstance(amount, Unknown)
    return ("granted", 0) if sure else ("review", causes)


def _referral(stages: list[Stage]) -> int:
    """The causes up to the last referral that is still open, or whether the line is there at all: all that matters of a
    line that a limit leaves no room."""
    last = max(
        (i for i, (kind, state, _) in enumerate(stages) if kind in ("refer", "there") and state is not True), default=-1
    )
    causes = 0
    for _, state, _ in stages[: last + 1]:
        causes |= _causes(state)
    return causes


def _causes(value: Value) -> int:
    return value.causes if isinstance(value, Unknown) else 0


def _later(stages: list[Stage], review: Value, amount: Value) -> int:
    """What else must be asked at once, unless a later group is decided false: then nothing after it matters."""
    causes = 0
    for _, state, _ in stages:
        if state is False:
            return causes
        causes |= _causes(state)
    return causes | _causes(review) | _causes(amount)


_DECIDES = {"refused": "refuse", "referred": "refer"}


def decides(leaf: Judged, line: AssessedLine) -> bool:
    """Whether a leaf is among those that made its line's outcome."""
    match line.outcome:
        case "refused" | "referred":
            return leaf.state is False and leaf.otherwise.kind == _DECIDES[line.outcome]
        case "incomplete":
            return isinstance(leaf.state, Unknown) and bool(leaf.state.causes & line.asked)
        case "review":
            return isinstance(leaf.state, Unknown) or (leaf.state is False and leaf.otherwise.kind == "review")
        case _:
            return False
