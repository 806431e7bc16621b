"""The sample's rules through zen-engine's batch, from the same Parquet file to the same columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import peers
from fisca import BITS, REASONS

AT_ONCE = 10_000
"""People that are handed over together."""
_DAYS = {"arrived_on": '"worker.arrived_on"', "filed_on": '"application.filed_on"',
         "stayed_on": '("worker.arrived_on" + INTERVAL 3 MONTH)::DATE'}
_PLAIN = ("home", "town", "in_need", "insured_months", "continuous_months", "employed", "level", "trade", "rents",
          "rent_months", "had_start", "had_travel", "had_skills")
_OUTCOMES = {"met": "granted"}


def decide(path: Path, out: Path, base: duckdb.DuckDBPyConnection) -> None:
    """From a file of people to a file of decisions in the columns of hand_written.sql. Days as whole numbers, and the
    day three months after arrival, are worked out by the database, as zen does not reckon with days."""
    facts = [f'"worker.{name}" AS {name}' for name in _PLAIN]
    facts += [f"strftime({day}, '%Y%m%d')::INTEGER AS {name}" for name, day in _DAYS.items()]
    number = '"application.number" AS number'
    read = base.cursor().execute(f"SELECT {number}, {', '.join(facts)} FROM read_parquet('{path}')")
    names = [column[0] for column in read.description or ()][1:]
    evaluate = peers.zen_forms()["zen engine.evaluate_batch"]
    columns = ['"case" VARCHAR', "authority VARCHAR"]
    for measure in peers.MEASURES:
        columns += [f'"{measure}.{name}" {stored}' for name, stored in (
            ("outcome", "VARCHAR"), ("amount", "DECIMAL(18, 2)"), ("states", "SMALLINT"), ("missing_0", "BIGINT"),
            ("open_0", "BIGINT"))]
    base.execute(f"CREATE OR REPLACE TEMP TABLE decided ({', '.join(columns)})")
    while rows := read.fetchmany(AT_ONCE):
        people = [dict(zip(names, row[1:], strict=True)) for row in rows]
        answers = zip(rows, people, evaluate(people), strict=True)
        made = [(row[0], person["town"], *_columns(person, answer)) for row, person, answer in answers]
        values = ", ".join(f"unnest(${n})" for n in range(1, len(columns) + 1))
        base.execute(f"INSERT INTO decided SELECT {values}", [list(column) for column in zip(*made, strict=True)])
    base.execute(f"COPY decided TO '{out}' (FORMAT parquet)")


def _columns(person: dict[str, Any], answer: peers.Answer) -> list[Any]:
    found: list[Any] = []
    for measure, (outcome, amount, states) in zip(peers.MEASURES, answer, strict=True):
        packed = missing = 0
        for place, (name, state) in enumerate(zip(peers.MEASURES[measure], states, strict=True)):
            packed |= (2 if state is None else int(state)) << 2 * place
            if state is None and outcome == "incomplete":
                missing |= sum(BITS[fact] for fact in REASONS[name] if person[fact] is None)
        found += [_OUTCOMES.get(outcome, outcome), amount or 0, packed, missing, 0]
    return found
