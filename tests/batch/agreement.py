"""Interpreter and SQL on the same cases: every line, outcome, amount, state, missing fact and open point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import duckdb

from interpreter.batch.filling import fill
from interpreter.batch.relations import ddl_of, relations_of, rows_of
from interpreter.batch.residue import key_text
from interpreter.batch.sql.batch import Batch, compile_batch
from interpreter.decision.decide import CaseFacts
from interpreter.decision.evidence import missing_facts, open_points
from interpreter.decision.ledger import Earlier
from interpreter.decision.verdict import Verdict, verdict_batch
from interpreter.rulebook.model import Rulebook

MOST = 20
"""Differences that are told; there may be more."""

Told = dict[tuple[str, int], tuple[Any, ...]]


def disagreements(
    rulebook: Rulebook, cases: Sequence[CaseFacts], batch: Batch | None = None, earlier: Earlier | None = None
) -> list[str]:
    """What SQL says otherwise than the interpreter of cases that stand together, after earlier decisions, as text;
    nothing where they agree."""
    return compared(rulebook, cases, batch, earlier)[0]


def compared(
    rulebook: Rulebook, cases: Sequence[CaseFacts], batch: Batch | None = None, earlier: Earlier | None = None
) -> tuple[list[str], int]:
    """The same, and how many of the cases SQL left to the interpreter: of these, its rules were asked twice."""
    batch = batch or compile_batch(rulebook)
    with stored(rulebook, cases) as connection:
        left = batch.run(connection, "cases", earlier)
        told = _told_by(batch, connection)
    return [*islice(_differences(rulebook, cases, told, earlier), MOST)], left


def doubtful(rulebook: Rulebook, cases: Sequence[CaseFacts], batch: Batch | None = None) -> int:
    """How many of the cases SQL leaves to the interpreter."""
    with stored(rulebook, cases) as connection:
        return (batch or compile_batch(rulebook)).run(connection, "cases")


def stored(rulebook: Rulebook, cases: Sequence[CaseFacts]) -> duckdb.DuckDBPyConnection:
    """A connection with the cases in its table `cases`."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(ddl_of(rulebook))
    columns = [(column.name, column.stored) for column in relations_of(rulebook)]
    fill(connection, "cases", columns, list(rows_of(cases, rulebook)))
    return connection


def _told_by(batch: Batch, connection: duckdb.DuckDBPyConnection) -> dict[int, Told]:
    """The lines of the table `lines` by case."""
    columns = [name for name in batch.columns if name != "position"]
    found: dict[int, Told] = {}
    for position, *values in connection.execute(f"SELECT position, {', '.join(columns)} FROM lines").fetchall():
        row = dict(zip(columns, values, strict=True))
        found.setdefault(position, {})[row["measure"], row["line"]] = _row(row, batch)
    return found


def _differences(
    rulebook: Rulebook, cases: Sequence[CaseFacts], by_case: dict[int, Told], earlier: Earlier | None
) -> Iterator[str]:
    for position, verdicts in enumerate(verdict_batch(rulebook, cases, earlier)):
        expected = _told(verdicts, rulebook)
        found = by_case.pop(position, {})
        for key in sorted({*expected, *found}):
            if expected.get(key) != found.get(key):
                yield (f"case {position} ({cases[position].number}) {key[0]} line {key[1]}:\n  interpreter "
                       f"{expected.get(key)}\n  sql         {found.get(key)}")
    for position in by_case:
        yield f"case {position}: lines of no case"


def _told(verdicts: Sequence[Verdict], rulebook: Rulebook) -> Told:
    found: Told = {}
    lines: dict[str, int] = {}
    for verdict in verdicts:
        number = lines[verdict.measure] = lines.get(verdict.measure, 0) + 1
        amount = None if verdict.amount is None else int(verdict.amount.scaleb(rulebook.money.places))
        states = "".join("+" if s is True else "-" if s is False else "?" for s in verdict.states)
        found[verdict.measure, number] = (
            key_text(verdict.key), verdict.outcome, amount, states,
            tuple(missing.path for missing in verdict.missing),
            tuple((point.name, point.where) for point in verdict.open_points),
        )
    return found


def _row(row: dict[str, Any], batch: Batch) -> tuple[Any, ...]:
    facts = [row[name] for name in batch.words if name.startswith("missing")]
    others = [row[name] for name in batch.words if name.startswith("open")]
    missing, opened = batch.causes.bits(facts, others)
    return (
        row["key"], row["outcome"], row["amount"], row["states"],
        tuple(one.path for one in missing_facts(missing, batch.rulebook)),
        tuple((one.name, one.where) for one in open_points(opened, batch.rulebook)),
    )

