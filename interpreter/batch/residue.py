"""What SQL leaves open, decided by the interpreter: lines of the same form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from interpreter.batch.relations import kept, scaled
from interpreter.batch.sql.mask import PART, Causes
from interpreter.decision.claims import Claim
from interpreter.decision.decide import CaseFacts, Opened, case_problems, engine_for, settled
from interpreter.decision.decide import assessed as opened_of
from interpreter.decision.ledger import Earlier
from interpreter.decision.model import Named
from interpreter.language.functions.text import number_text
from interpreter.language.iso import written
from interpreter.language.temporal import DateTime, DaySpan, Time
from interpreter.language.types import TEXT, RecordType
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month, MonthSpan, Record, plain
from interpreter.problems import PolicyError
from interpreter.rulebook.model import Measure, Rulebook

Row = tuple[Any, ...]
"""A line in the columns of `Batch.columns`."""


def lines_of(
    rulebook: Rulebook, cases: Sequence[tuple[int, CaseFacts]], causes: Causes, earlier: Earlier | None = None
) -> list[Row]:
    """The lines of cases with their positions, decided together. Raises PolicyError as `decide_batch` does."""
    engine = engine_for(rulebook, record=False)
    found: list[Row] = []
    for (position, _), opened in zip(cases, settled([case for _, case in cases], engine, earlier), strict=True):
        found += rows_of(position, opened, rulebook, causes)
    return found


def assessed(rulebook: Rulebook, cases: Sequence[tuple[int, CaseFacts]]) -> list[Opened]:
    """Cases as their rules leave them, before any limit. Raises PolicyError as `decide_batch` does."""
    engine = engine_for(rulebook, record=False)
    wrong = [problem for _, case in cases for problem in case_problems(rulebook, case)]
    if wrong:
        raise PolicyError(wrong)
    return [opened_of(case, engine) for _, case in cases]


def rows_of(position: int, opened: Opened, rulebook: Rulebook, causes: Causes) -> list[Row]:
    """The lines of a case as they stand, in the order of the measures."""
    order = {name: number for number, name in enumerate(rulebook.measures)}
    rows = [
        (order[measure.name], number, _row(position, measure, number, claim, rulebook, causes))
        for measure, _, claims in opened.measures for number, claim in enumerate(claims, 1)
    ]
    return [row for _, _, row in sorted(rows, key=lambda one: one[:2])]


def _plain_text(value: Value) -> str:
    """A value as text: days, months, times and durations as ISO has them."""
    match value:
        case bool():
            return "true" if value else "false"
        case date() | Month() | MonthSpan() | DaySpan() | Time() | DateTime():
            return written(value)
        case int() | Decimal() | Fraction():
            return number_text(value)
        case _:
            return str(value)


def _row(position: int, measure: Measure, number: int, claim: Claim, rulebook: Rulebook, causes: Causes) -> Row:
    line = claim.line
    amount: Value = None
    if measure.kind == "benefit":
        places = rulebook.money.places
        granted = line.amount if line.outcome == "granted" else Decimal(0)
        amount = scaled(granted.quantize(rulebook.money.quantum), places)
    states = "".join(_state(judged.state) for judged in line.judged)
    return (position, measure.name, number, key_text(line.key), line.outcome, amount, states,
            *words(line.asked, line.open, causes))


def _state(state: Value) -> str:
    return "?" if isinstance(state, Unknown) else "+" if state else "-"


def words(facts: int, others: int, causes: Causes) -> tuple[int, ...]:
    """The rulebook's bits of facts and of other causes as the columns of masks."""
    return (*_words(facts, causes.facts, causes.fact_words), *_words(others, (-1, *causes.others), causes.other_words))


def _words(bits: int, places: tuple[int, ...], number: int) -> list[int]:
    found = [0] * number
    for at, place in enumerate(places):
        if place >= 0 and bits >> place & 1:
            found[at // PART] |= 1 << at % PART
    return found


def key_text(key: Sequence[Named]) -> str:
    """What tells a line apart, as text."""
    return " / ".join(_text(named) for named in key)


def _text(named: Named) -> str:
    value = plain(named.value)
    match named.type:
        case RecordType(table=None):
            return _text(Named(named.name, named.label, value, TEXT))
        case RecordType() as type:
            return str(kept(value, type) if isinstance(value, Record) else value)
        case _:
            return _plain_text(value)
