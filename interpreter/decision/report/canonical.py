"""A decision as canonical JSON: for other systems, so with every value in full, private ones too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from interpreter.decision.model import (
    Adjustment,
    Assumption,
    Decision,
    Finding,
    Line,
    MeasureDecision,
    Missing,
    Named,
    OpenPoint,
)
from interpreter.language.iso import written
from interpreter.language.temporal import DateTime, DaySpan, Time
from interpreter.language.types import List, Number, RangeOf, Ratio, Type, say_type
from interpreter.language.unknown import Partial, Unknown, Value
from interpreter.language.values import Month, MonthSpan, Range, Record
from interpreter.rulebook.model import Money, Rulebook


def to_json(decision: Decision, rulebook: Rulebook) -> bytes:
    """The decision in the form of `schemas/decision.json`: UTF-8, keys in the order of their code points, no blanks,
    one newline at the end; the same decision is always the same bytes.

    Sums are decimal texts with the places of the policy's money. Findings are in one list, those inside a group or a
    called definition after it, by their dotted names. Values are not masked: an id that is a line's key is needed
    in full by whoever pays; keep the file as safe as the case itself.
    """
    shaped = {
        "case": decision.case,
        "policy": decision.policy,
        "digests": {"bundle": decision.digests.bundle, "rules": decision.digests.rules},
        "as_of": None if decision.as_of is None else decision.as_of.isoformat(),
        "measures": [_measure(measure, decision, rulebook.money) for measure in decision.measures],
        "total": _amount(decision.total, rulebook.money),
    }
    text = json.dumps(shaped, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def measure_json(measure: MeasureDecision, decision: Decision, rulebook: Rulebook) -> str:
    """What was decided about one measure, as it stands in the decision's JSON."""
    shaped = _measure(measure, decision, rulebook.money)
    return json.dumps(shaped, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _measure(measure: MeasureDecision, decision: Decision, money: Money) -> dict[str, Any]:
    return {
        "measure": measure.measure,
        "title": measure.title,
        "clause": measure.clause,
        "kind": measure.kind,
        "outcome": measure.outcome,
        "amount": _amount(measure.amount, money),
        "currency": decision.currency,
        "lines": [_line(line, money) for line in measure.lines],
        "missing": [_missing(missing) for missing in measure.missing],
        "open_points": [_open_point(point) for point in measure.open_points],
        "assumptions": [_assumption(taken) for taken in measure.assumptions],
        "payer": [_named(part) for part in measure.payer],
    }


def _line(line: Line, money: Money) -> dict[str, Any]:
    return {
        "key": [_named(part) for part in line.key],
        "outcome": line.outcome,
        "amount": _amount(line.amount, money),
        "computation": [_named(value) for value in line.computation],
        "findings": [_finding(finding) for finding in _all(line.findings)],
        "missing": [_missing(missing) for missing in line.missing],
        "open_points": [_open_point(point) for point in line.open_points],
        "adjustments": [_adjustment(adjustment, money) for adjustment in line.adjustments],
        "during": None if line.during is None else _value(line.during.value, line.during.type),
    }


def _all(findings: tuple[Finding, ...]) -> Iterable[Finding]:
    for finding in findings:
        yield finding
        yield from _all(finding.parts)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "requirement": finding.requirement,
        "say": finding.say,
        "state": finding.state,
        "decided": finding.decided,
        "values": [_named(value) for value in finding.values],
        "clause": finding.clause,
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "path": missing.path, "label": missing.label, "type": say_type(missing.type).en, "proof": missing.proof,
    }


def _open_point(point: OpenPoint) -> dict[str, Any]:
    return {"name": point.name, "label": point.label, "kind": point.kind}


def _assumption(taken: Assumption) -> dict[str, Any]:
    shaped = _named(Named(taken.name, taken.label, taken.value, taken.type))
    return {**shaped, "kind": taken.kind, "question": taken.question, "basis": taken.basis}


def _adjustment(adjustment: Adjustment, money: Money) -> dict[str, Any]:
    return {
        "limit": adjustment.limit,
        "label": adjustment.label,
        "clause": adjustment.clause,
        "outcome_before": adjustment.outcome_before,
        "outcome_after": adjustment.outcome_after,
        "amount_before": _amount(adjustment.amount_before, money),
        "amount_after": _amount(adjustment.amount_after, money),
        "earlier": adjustment.earlier,
        "cap": _amount(adjustment.cap, money),
        "used": _amount(adjustment.used, money),
    }


def _amount(amount: Decimal | None, money: Money) -> str | None:
    return None if amount is None else _digits(amount, money.places)


def _digits(value: Decimal, places: int) -> str:
    """All digits of the number, with at least so many places."""
    needed = len(f"{value:f}".partition(".")[2].rstrip("0"))
    return f"{value:.{max(places, needed)}f}"


# ---- values


def _named(named: Named) -> dict[str, Any]:
    """A value with its name, label, type and unit; what it came from, and how, only where there is something."""
    unit = named.type.unit if isinstance(named.type, Number | Ratio) else None
    shaped: dict[str, Any] = {
        "name": named.name,
        "label": named.label,
        "type": say_type(named.type).en,
        "value": _value(named.value, named.type),
    }
    if unit is not None:
        shaped["unit"] = str(unit)
    if isinstance(named.value, Unknown):
        shaped |= _unknown(named.value, named.type)
    if named.parts:
        shaped["parts"] = [_named(part) for part in named.parts]
    if named.assumed:
        shaped["assumed"] = True
    if named.provided:
        shaped["provided"] = True
    return shaped


def _unknown(value: Unknown, type: Type) -> dict[str, Any]:
    bounds = {"at_least": value.low, "at_most": value.high} if not isinstance(value, Partial) else {}
    return {"unknown": True, **{name: _value(bound, type) for name, bound in bounds.items() if bound is not None}}


def _value(value: Value, type: Type) -> Any:
    """A value in JSON: numbers as decimal text with their type's places, days as ISO writes them, choices by id,
    records by their key (by their fields where they have none), null for what is not known."""
    match value:
        case Unknown() | None:
            return None
        case bool() | str():
            return value
        case Month() | MonthSpan() | DaySpan() | Time() | DateTime() | date():
            return written(value)
        case int() | Decimal():
            return _digits(Decimal(value), type.places if isinstance(type, Number) else 0)
        case Fraction():
            return str(value)
        case Range():
            of = type.of if isinstance(type, RangeOf) else type
            return {
                "low": _value(value.low, of), "high": _value(value.high, of),
                "low_included": value.low_included, "high_included": value.high_included,
            }
        case Record():
            return _record(value)
        case tuple():
            item = type.item if isinstance(type, List) else type
            return [_value(member, item) for member in value]
    return str(value)


def _record(record: Record) -> Any:
    type = record.shape.type
    if type.key is not None:
        return _value(record.key, type.fields[type.key].type)
    return {name: _value(value, type.fields[name].type) for name, value in record.fields.items() if name in type.fields}
