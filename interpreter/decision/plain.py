"""Measures with no more to them than conditions and an amount, decided all at once for a claimant.

One Python function is written for all of them: what they read is read once, each distinct condition worked out once,
with parameters as the values they have on the day. Whatever is not known there is left to the closures. What a
measure comes to by the states of its requirements is kept, as most cases come to the same few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from interpreter.decision.assess import KINDS, Stage, outcome_of
from interpreter.decision.decide import CaseFacts
from interpreter.decision.engine import Engine
from interpreter.decision.evidence import missing_facts, open_points
from interpreter.decision.judge import REFUSE, both
from interpreter.decision.model import Verdict
from interpreter.language import core as c
from interpreter.language.environment import Environment, Run
from interpreter.language.functions import BY_KEY
from interpreter.language.shortcuts import ITSELF, MOST_DAYS, is_of_day
from interpreter.language.straight.functions import function
from interpreter.language.straight.operators import BOOLEAN
from interpreter.language.straight.writer import NotStraightError, Straight, Writer
from interpreter.language.types import RecordType
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.rulebook.model import Measure

MOST_KEPT = 4096
"""States of a measure's requirements whose verdict is kept."""

Lines = tuple[Verdict, ...]
OnDay = Callable[[CaseFacts, dict[str, Value], Value], Lines]
"""The verdicts on a case with these facts, on a day that has the values the function was written for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A plain measure: its conditions by their numbers among those of its claimant, what not being met means for each
    (`refuses`: a refusal for all), what it pays, and what no amount is (None for an entitlement)."""

    measure: str
    nothing: Decimal | None
    requirements: tuple[str, ...]
    places: tuple[int, ...]
    kinds: tuple[str, ...]
    refuses: bool
    pays: c.Core | None


@dataclass(frozen=True, slots=True)
class Varying:
    """An amount that differs from case to case: what works it out, and the facts that are all it hangs on (none where
    that cannot be told)."""

    pays: Callable[[CaseFacts, dict[str, Value], Value], Value]
    roots: tuple[c.Core, ...]


class Plain:
    """The plain measures of one claimant."""

    def __init__(self, engine: Engine, claimant: str, rules: Sequence[Rule], conditions: Sequence[c.Core]) -> None:
        self._engine = engine
        self._claimant = claimant
        self._rules = rules
        self._conditions = conditions
        self._days: dict[Value, OnDay] = {}
        self._written: dict[str, OnDay] = {}
        self._unknowns: dict[int, Unknown] = {}
        book = engine.rulebook
        self._quantum = book.money.quantum
        day = book.as_of.core
        self._path = (day.of.name, day.name) if isinstance(day, c.Field) and isinstance(day.of, c.Fact) else None
        self._dated = [name for name, parameter in book.parameters.items() if _is_dated(parameter.core)]

    def verdicts(self, case: CaseFacts) -> Lines:
        """The verdicts on a case, in the order of the measures."""
        facts = case.facts
        if self._path is None:
            day: Value = self._opened(case).as_of
        else:
            record = facts.get(self._path[0])
            day = record.fields.get(self._path[1]) if record.__class__ is Record else None
        run = self._days.get(day)
        return (run or self._on(day))(case, facts, day)

    def _on(self, day: Value) -> OnDay:
        """What decides cases of a day."""
        if day.__class__ is not date:
            return self._at_length
        engine = self._engine
        env = engine.alone({}, (), self._claimant)
        env.as_of = day
        values = {name: engine.program.parameter(name)(env) for name in self._dated}
        key = repr(values)
        run = self._written.get(key)
        if run is None:
            run = self._written[key] = _Day(self, values, env).function()
        if len(self._days) >= MOST_DAYS:
            self._days.clear()
        self._days[day] = run
        return run

    def _opened(self, case: CaseFacts) -> Environment:
        return self._engine.alone(case.facts, case.history or (), self._claimant)

    def _at_length(self, case: CaseFacts, facts: dict[str, Value], day: Value) -> Lines:
        """The same without a function for the day."""
        env = self._opened(case)
        states = [self.interned(self._engine.run(core, env)) for core in self._conditions]
        found = []
        for rule in self._rules:
            amount = None if rule.pays is None else self._engine.run(rule.pays, env)
            found.append(self.line(rule, tuple(states[place] for place in rule.places), amount))
        return tuple(found)

    def interned(self, value: Value) -> Value:
        """A state, the same object for the same causes."""
        return self._unknowns.setdefault(value.causes, Unknown(value.causes)) if isinstance(value, Unknown) else value

    def line(self, rule: Rule, states: tuple[Value, ...], amount: Value) -> Verdict:
        """What a measure comes to."""
        if rule.refuses and False in states:
            return Verdict(rule.measure, (), "refused", rule.nothing, rule.requirements, states, (), ())
        if amount.__class__ is not Unknown and states.count(True) == len(states):
            granted = None if rule.nothing is None else Decimal(amount).quantize(self._quantum)
            return Verdict(rule.measure, (), "granted", granted, rule.requirements, states, (), ())
        refer, refuse, review = (
            both(state for state, its in zip(states, rule.kinds, strict=True) if its == kind) for kind in KINDS
        )
        stages: list[Stage] = [("refer", refer, "referred"), ("refuse", refuse, "refused")]
        facts, book = self._engine.fact_bits, self._engine.rulebook
        outcome, causes = outcome_of(stages, review, amount, facts)
        return Verdict(
            rule.measure, (), outcome, rule.nothing, rule.requirements, states, missing_facts(causes & facts, book),
            open_points(causes & ~facts, book),
        )


def plain_measures(engine: Engine, claimant: str) -> Plain | None:
    """The measures of a claimant, where all of them are plain."""
    book = engine.rulebook
    limited = {name for limit in book.limits for name in limit.measures}
    nothing = Decimal(0).quantize(book.money.quantum)
    places: dict[c.Core, int] = {}
    rules = []
    for measure in book.measures.values():
        if measure.claimant != claimant:
            continue
        conditions = [engine.condition(requirement, REFUSE) for requirement in measure.head]
        if measure.name in limited or _is_special(measure) or None in conditions:
            return None
        found = [condition for condition in conditions if condition is not None]
        kinds = tuple(condition.otherwise.kind for condition in found)
        rules.append(Rule(
            measure.name, nothing if measure.kind == "benefit" else None,
            tuple(requirement.name for requirement in measure.head),
            tuple(places.setdefault(condition.core, len(places)) for condition in found), kinds,
            set(kinds) <= {"refuse"}, None if measure.pays is None else measure.pays.core,
        ))
    return Plain(engine, claimant, rules, tuple(places))


def _is_special(measure: Measure) -> bool:
    """Whether a measure has more to it than conditions and an amount."""
    return bool(measure.loops or measure.once_per) or measure.as_of is not None or measure.during is not None


def _is_dated(core: c.Core) -> bool:
    """Whether a parameter has a few values, each for some days and for everybody."""
    match core:
        case c.Literal():
            return True
        case c.Choose(rows=rows, default=default):
            outputs = [*(then for _, then in rows), *([] if default is None else [default])]
            return all(isinstance(output, c.Literal) for output in outputs) and is_of_day(core)
        case _:
            return False


class _Day:
    """Writes the function for a day: what the parameters are then, and an environment of that day with no facts."""

    def __init__(self, plain: Plain, values: dict[str, Value], env: Environment) -> None:
        self._plain = plain
        self._values = values
        self._env = env
        self._names: dict[str, Any] = {}
        self._lines: list[str] = []

    def function(self) -> OnDay:
        plain, engine, names = self._plain, self._plain._engine, self._names
        names["opened"] = plain._opened
        writer = Writer(self)
        lines = []
        for number, core in enumerate(plain._conditions):
            run = _interning(engine.compiled(core), plain)
            names[f"run{number}"] = run
            code = self._condition(number, core, writer, run)
            lines.append(f"s{number} = {code}")
        for number, rule in enumerate(plain._rules):
            lines.append(f"line{number} = {self._line(number, rule, writer)}")
        result = "".join(f"line{number}, " for number in range(len(plain._rules)))
        if writer.records():
            names["at_length"] = plain._at_length
            test = " and ".join(f"{record}.__class__ is Record" for record in writer.records())
            lines.insert(0, f"if not ({test}): return at_length(case, facts, day)")
        body = ["env = None", *writer.steps(), *lines, f"return ({result})"]
        return function("case, facts, day", body, {**writer.constants, **names})

    def _condition(self, number: int, core: c.Core, writer: Writer, run: Run) -> str:
        """The state of a condition: where a test fails, by its closure, in an environment made for the case then."""
        at_length = f"run{number}(env := env or opened(case))"
        whole = self.definition(core) if isinstance(core, c.Call) and not core.args else core
        try:
            found = writer.straight(whole, BOOLEAN)
        except NotStraightError:
            return at_length
        if not found.test:
            return found.expression
        self._names[f"unsure{number}"] = _unsure(core, found, run, self._plain)
        unsure = f"unsure{number}(case, {_values(found)})"
        if [*found.reads.items()] == [(name, (name,)) for name in found.reads] and len(found.reads) == 1:
            # a fact alone: all that is usual is that it is absent
            self._names[f"absent{number}"] = run(self._env)
            unsure = f"absent{number} if {next(iter(found.reads))} is None else {unsure}"
        return f"{found.expression} if {found.test} else {unsure}"

    def _line(self, number: int, rule: Rule, writer: Writer) -> str:
        """What a measure comes to by its states, kept where no amount, or always the same one, goes with them; else by
        these and the facts that the amount hangs on."""
        plain, names = self._plain, self._names
        states = f"its := ({''.join(f's{place}, ' for place in rule.places)})"
        kept: dict[Any, Verdict] = {}
        names[f"kept{number}"] = kept.get
        amount = self._amount(rule)
        if not isinstance(amount, Varying):
            names[f"found{number}"] = _keeping(plain, rule, kept, amount)
            return f"kept{number}({states}) or found{number}(its)"
        paid: dict[Any, Verdict] = {}
        names[f"paid{number}"] = paid.get
        names[f"found{number}"] = _paying(plain, rule, kept, paid, amount)
        key = f"key := (its, {''.join(f'{writer.variable(root)}, ' for root in amount.roots)})"
        return f"kept{number}({states}) or paid{number}({key}) or found{number}(key, case, facts, day)"

    def _amount(self, rule: Rule) -> Value | Varying:
        """The amount of a measure, or what works it out."""
        if rule.pays is None:
            return None
        run = self._plain._engine.compiled(rule.pays)
        writer = Writer(self)
        names = {"pays": run, "opened": self._plain._opened}
        at_length = "pays(opened(case))"
        try:
            found = writer.straight(rule.pays)
        except NotStraightError:
            return Varying(function("case, facts, day", [f"return {at_length}"], names), ())
        if not writer.steps():
            return run(self._env)
        code = f"return {found.expression}" + (f" if {found.test} else {at_length}" if found.test else "")
        body = [*writer.steps(), code]
        return Varying(function("case, facts, day", body, writer.constants | names), writer.roots(found))

    def fact(self, name: str) -> str:
        if name == "history":
            raise NotStraightError
        return f"facts.get({name!r})"

    def local(self, slot: int) -> str:
        raise NotStraightError

    def day(self) -> str:
        return "day"

    def parameter(self, node: c.Read) -> str:
        raise NotStraightError

    def settled(self, node: c.Read) -> Value:
        return self._values.get(node.name)

    def definition(self, node: c.Call) -> c.Core:
        return self._plain._engine.program.definitions[node.definition].core

    def field(self, node: c.Field) -> None:
        of = self._plain._engine.rulebook.types.get(node.owner)
        rows = self._plain._engine.rulebook.tables[of.table].rows if isinstance(of, RecordType) and of.table else ()
        # an empty cell is why its own field is not known, not that nobody knows the row
        if any(node.name not in row.fields for row in rows):
            raise NotStraightError


def _values(found: Straight) -> str:
    """What `_unsure` looks at: the facts that a value hangs on, and what its test looks at."""
    roots = dict.fromkeys(root for its in found.reads.values() for root in its)
    return f"({''.join(f'{root}, ' for root in roots)}), ({''.join(f'{name}, ' for name in found.reads)})"


def _unsure(core: c.Core, found: Straight, run: Run, plain: Plain) -> Callable[..., Value]:
    """What a value is where its test fails. It is kept for facts that are absent, where all others are words or, as
    only strict functions meet them, do not matter."""
    kept: dict[tuple[Value, ...], Value] = {}
    roots = list(dict.fromkeys(root for its in found.reads.values() for root in its))
    under = [[roots.index(root) for root in its] for its in found.reads.values()]
    strict = _is_strict(core)

    def unsure(case: CaseFacts, facts: tuple[Value, ...], read: tuple[Value, ...]) -> Value:
        key: list[Value] = []
        for value in facts:
            if value is None or value.__class__ is str or value.__class__ is bool:
                key.append(value)
            elif strict and value.__class__ in ITSELF:
                key.append(...)
            else:
                return run(plain._opened(case))
        for value, its in zip(read, under, strict=True):
            if value.__class__ not in ITSELF and all(facts[place] is not None for place in its):
                return run(plain._opened(case))
        its_key = tuple(key)
        state = kept.get(its_key)
        if state is None:
            state = run(plain._opened(case))
            if len(kept) < MOST_KEPT:
                kept[its_key] = state
        return state

    return unsure


def _is_strict(core: c.Core) -> bool:
    """Whether all that a node reads has to be known."""
    match core:
        case c.Apply(function=function, args=args):
            return BY_KEY[function].strict and all(map(_is_strict, args))
        case c.Not(part=part):
            return _is_strict(part)
        case _:
            return isinstance(core, c.Literal | c.Field | c.Fact | c.AsOf | c.Read)


def _interning(run: Run, plain: Plain) -> Run:
    def interned(env: Environment) -> Value:
        return plain.interned(run(env))

    return interned


def _keeping(plain: Plain, rule: Rule, kept: dict[Any, Verdict], amount: Value) -> Callable[..., Verdict]:
    """Works out what a measure comes to by states that are not kept yet."""

    def found(states: tuple[Value, ...]) -> Verdict:
        line = plain.line(rule, states, amount)
        if len(kept) < MOST_KEPT:
            kept[states] = line
        return line

    return found


def _paying(
    plain: Plain, rule: Rule, kept: dict[Any, Verdict], paid: dict[Any, Verdict], amount: Varying
) -> Callable[..., Verdict]:
    """The same where the amount hangs on facts: `key` are the states and these facts."""

    def found(key: tuple[Any, ...], case: CaseFacts, facts: dict[str, Value], day: Value) -> Verdict:
        states, *roots = key
        if rule.refuses and False in states:
            return _keeping(plain, rule, kept, None)(states)
        line = plain.line(rule, states, amount.pays(case, facts, day))
        if roots and len(paid) < MOST_KEPT and all(root is None or root.__class__ in ITSELF for root in roots):
            paid[key] = line
        return line

    return found
