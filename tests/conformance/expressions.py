"""The suite's literal expressions: each is read in a scope of its inputs, after the decisions it depends on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from interpreter.language.read import read_expression
from interpreter.language.types import Type
from interpreter.language.unknown import Unknown, Value
from interpreter.problems import Fragment, Problem
from tests.conformance.outcome import Kind, Outcome, Verdict
from tests.conformance.values import Said, Unreadable, agree, declared, decode, scope_of, shown, work_out

KINDS: dict[str, Kind] = {"in_pos": "positive", "in_neg": "negative"}
NULL: Said = {"t": "null", "v": None}


FAR_OFF = "days are those of the years 1 to 9999"
"""Why a case is missed: Python's calendar and those of databases end there, and no rule is about a day beyond."""

_FAR_OFF = re.compile(r"(?:-\d{4,}|\+?\d{5,})-\d\d-\d\d")


def _is_far_off(record: Mapping[str, Any]) -> bool:
    """Whether a day outside the years 1 to 9999 is written in a case, or is to come of it."""
    expected = str((record.get("expected") or NULL)["v"])
    return _FAR_OFF.match(expected) is not None or re.search(f'"{_FAR_OFF.pattern}', record["expr"]) is not None


def run_expression(record: Mapping[str, Any]) -> Outcome | None:
    """How a line of the file goes; None where its scope says that it is outside the profile."""
    where = record.get("scope") or {}
    kind = KINDS.get(where.get("class", ""))
    if kind is None:
        return None
    verdict: Verdict
    try:
        verdict, note = _positive(record) if kind == "positive" else _negative(record)
    except Unreadable as error:
        verdict, note = "failed", f"no such value: {error}"
    except Exception as error:  # a crash is a failure of its case, and not of the run
        verdict, note = "failed" if kind == "positive" else "accepted", f"raises {error!r}"
    if verdict == "failed" and kind == "positive" and _is_far_off(record):
        verdict, note = "missed", FAR_OFF
    note = f"{' '.join(record['expr'].split())} {note}"
    return Outcome(record.get("suite", ""), record.get("id", ""), kind, where.get("profile") or "", verdict, note)


def _positive(record: Mapping[str, Any]) -> tuple[Verdict, str]:
    _, wanted = decode(record.get("expected") or NULL)
    found = _worked_out(record)
    if isinstance(found, list):
        return "failed", _said(found)
    return ("passed", "") if agree(found, wanted) else ("failed", f"gives {shown(found)}, not {shown(wanted)}")


def _negative(record: Mapping[str, Any]) -> tuple[Verdict, str]:
    found = _worked_out(record)
    if isinstance(found, list):
        placed = bool(found) and all(problem.where is not None for problem in found)
        return "rejected" if placed else "accepted", _said(found)
    return ("raised", "") if isinstance(found, Unknown) and found.causes else ("accepted", f"gives {shown(found)}")


def _said(problems: list[Problem]) -> str:
    return ", ".join(f"{problem.code} {problem.where}" for problem in problems) or "nothing said"


def _worked_out(record: Mapping[str, Any]) -> Value | list[Problem]:
    """What the expression gives, or why the checker refuses it or a decision it depends on."""
    types: dict[str, Type] = {}
    facts: dict[str, Value] = {}
    inputs, declarations = record.get("inputs") or {}, record.get("input_types") or {}
    for name in {**declarations, **inputs}:
        types[name], facts[name] = decode(inputs.get(name, NULL), declarations.get(name))
    value: Value = None
    for step in (*(record.get("deps") or ()), {"name": "", "expr": record["expr"], "type": record.get("type")}):
        problems: list[Problem] = []
        scope = scope_of(types)
        expression = read_expression(Fragment.whole("case", step["expr"]), scope, problems, declared(step.get("type")))
        if expression is None:
            return problems
        value = work_out(expression, scope, facts)
        types[step["name"]], facts[step["name"]] = expression.type, value
    return value
