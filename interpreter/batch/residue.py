"""What SQL leaves open, decided by the interpreter: lines of the same form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from interpreter.batch.relations import kept, scaled
from interpreter.batch.sql.limits import limits_over
from interpreter.batch.sql.mask import PART, Causes
from interpreter.decision.claims import Claim, placed_under
from interpreter.decision.decide import CaseFacts, assessed, engine_for, settled
from interpreter.decision.model import Named
from interpreter.language.functions.text import number_text
from interpreter.language.iso import written
from interpreter.language.temporal import DateTime, DaySpan, Time
from interpreter.language.types import TEXT, RecordType
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month, MonthSpan, Record, plain
from interpreter.rulebook.model import Measure, Rulebook

Row = tuple[Any, ...]
"""A line in the columns of `Batch.columns`."""


def lines_of(rulebook: Rulebook, cases: Sequence[tuple[int, CaseFacts]], causes: Causes) -> list[Row]:
    """The lines of cases with their positions, decided together. Raises PolicyError as `decide_batch` does."""
    engine = engine_for(rulebook, record=False)
    order = {name: number for number, name in enumerate(rulebook.measures)}
    found: list[Row] = []
    for (position, _), opened in zip(cases, settled([case for _, case in cases], engine), strict=True):
        rows = [
            (order[measure.name], number, _row(position, measure, number, claim, rulebook, causes))
            for measure, _, claims in opened.measures for number, claim in enumerate(claims, 1)
        ]
        found += [row for _, _, row in sorted(rows, key=lambda one: one[:2])]
    return found


def claims_among(rulebook: Rulebook, cases: Sequence[tuple[int, CaseFacts]]) -> list[Row]:
    """What the lines of cases claim under the limits: position, amount, outcome, and the limit's name, the key as text,
    how much there is room for (here never said: all who compete with them are the interpreter's too), and whether that
    is a sum of money."""
    engine = engine_for(rulebook, record=False)
    found: list[Row] = []
    for position, case in cases:
        for measure, _, claims in assessed(case, engine).measures:
            for name, limit in limits_over(measure, rulebook):
                for placed in placed_under(limit, claims, engine):
                    texts = [_plain_text(value) for value in placed.key.values()]
                    key = None if None in texts else "\x1f".join(["", *(text for text in texts if text is not None)])
                    found.append((position, None, "review", name, key, None, limit.amount is not None))
    return found


def _plain_text(value: Value) -> str | None:
    """A value as text: days, months, times and durations as ISO has them; None where it is not known."""
    match value:
        case Unknown():
            return None
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
            return _plain_text(value) or ""
