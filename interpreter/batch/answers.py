"""The answers of a batch: from the cases of a relation to one row a case, and a row for each line of a list.

Where no limit and no earlier decision matters, the rows stream from the input to the answer. Under limits the lines of
all cases stand together first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import duckdb

from interpreter.batch.relations import CASE, CLAIMS, POSITION, column_of, literal, quoted
from interpreter.batch.sql.batch import Batch, compile_batch
from interpreter.batch.sql.node import FALSE
from interpreter.batch.sql.seen import first_day, halves, seen_of
from interpreter.batch.sql.wide import (
    AUTHORITY,
    DOUBT,
    IN_A_WORD,
    LINES,
    MET,
    UNKNOWN,
    Wide,
    columns_of,
    compile_wide,
    state_columns,
)
from interpreter.decision.model import BEST_FIRST
from interpreter.rulebook.model import Measure, Rulebook

Engine = Literal["duckdb", "interpreter"]
"""Where the rules are worked out."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A rulebook made ready for a batch. `limited` are the measures under a limit."""

    rulebook: Rulebook
    wide: Wide
    batch: Batch
    limited: frozenset[str]

    @property
    def alone(self) -> bool:
        """Whether every case is decided by itself."""
        return not self.limited


def rules_of(rulebook: Rulebook) -> Rules:
    """The rules as SQL, in both shapes."""
    limited = {name for limit in rulebook.limits for name in limit.measures}
    limited |= {measure.name for measure in rulebook.measures.values() if measure.once_per}
    wide = compile_wide(rulebook)
    return Rules(rulebook, wide, compile_batch(rulebook), frozenset(limited))


def answer(
    rules: Rules, source: str, base: duckdb.DuckDBPyConnection, *, in_order: bool, engine: Engine = "duckdb"
) -> str:
    """The query of the answers to the cases of a relation `source`: `position`, `case`, `authority`, the columns of
    every measure (`columns_of`) and `lines`, in the order of their positions. May leave tables in the database."""
    if engine == "interpreter":
        rules.batch.by_interpreter(base, source)
        return f"{_gathered(rules, source)} ORDER BY {POSITION}"
    streamed = _streamed(rules, source, base, in_order) if rules.alone else None
    if streamed is not None:
        return streamed
    rules.batch.run(base, source)
    return f"{_gathered(rules, source)} ORDER BY {POSITION}"


def _streamed(rules: Rules, source: str, base: duckdb.DuckDBPyConnection, in_order: bool) -> str | None:
    """The answers straight from the cases; None where only the interpreter can tell some of them."""
    wide = rules.wide
    parts: list[str] = []
    for known, only in halves(seen_of(rules.rulebook, source, base), wide.day, first_day(rules.rulebook)):
        its = wide.under(known)
        query = its.query(f"(SELECT * FROM {source} WHERE {only})" if only else source)
        if its.outputs[DOUBT] is not FALSE:
            left = base.execute(f"SELECT count(*) FILTER ({DOUBT}) FROM ({query})").fetchone()
            if left != (0,):
                return None
        parts.append(f"SELECT {', '.join(map(quoted, (*wide.columns, AUTHORITY, LINES)))} FROM ({query})")
    ordered = "" if in_order and len(parts) == 1 else f" ORDER BY {POSITION}"
    return " UNION ALL ".join(parts) + ordered


def _gathered(rules: Rules, source: str) -> str:
    """One row a case of the table `lines`."""
    book = rules.rulebook
    parts, measures = [], []
    for measure in book.measures.values():
        fact = quoted(column_of((book.claimants[measure.claimant].fact,)))
        wanted = f"({fact} IS TRUE OR list_contains({CLAIMS}, {literal(measure.name)}) IS TRUE)"
        own = f"FILTER (measure = {literal(measure.name)})"
        for name in columns_of(measure, rules.batch.words):
            column = quoted(f"{measure.name}.{name}")
            parts.append(f"{_aggregate(measure, name)} {own} AS {column}")
            measures.append(f"CASE WHEN {wanted} THEN {_settled(name, column)} END AS {column}")
    looped = [literal(measure.name) for measure in book.measures.values() if measure.loops]
    fields = ", ".join(f"{name} := {name}" for name in rules.batch.columns if name != POSITION)
    among = f"measure IN ({', '.join(looped)})" if looped else "FALSE"
    rank = " ".join(f"WHEN {literal(name)} THEN {number}" for number, name in enumerate(book.measures))
    listed = f"list(struct_pack({fields}) ORDER BY CASE measure {rank} END, line) FILTER ({among}) AS {LINES}"
    together = f"SELECT {POSITION}, {', '.join([*parts, listed])} FROM lines GROUP BY {POSITION}"
    whose = f"SELECT {POSITION}, {AUTHORITY} FROM ({rules.wide.only(POSITION, AUTHORITY).query(source)})"
    return (
        f"SELECT c.{POSITION}, c.{quoted(CASE)}, {', '.join(measures)}, w.{AUTHORITY}, coalesce({LINES}, []) AS {LINES}"
        f" FROM {source} AS c LEFT JOIN ({together}) AS t USING ({POSITION})"
        f" LEFT JOIN ({whose}) AS w USING ({POSITION})"
    )


def _aggregate(measure: Measure, name: str) -> str:
    if name == "outcome":
        ranks = " ".join(f"WHEN {literal(outcome)} THEN {rank}" for rank, outcome in enumerate(BEST_FIRST))
        return f"min(CASE outcome {ranks} END)"
    if name == "amount":
        return "sum(amount)"
    if name.startswith("states"):
        start = state_columns(len(measure.head)).index(name) * IN_A_WORD
        length = min(len(measure.head) - start, IN_A_WORD)
        rows = [f"WHEN '+' THEN {MET * 4**at} WHEN '?' THEN {UNKNOWN * 4**at} ELSE 0 END" for at in range(length)]
        bits = " + ".join(f"CASE substr(states, {start + at + 1}, 1) {row}" for at, row in enumerate(rows))
        return f"max({bits or 0})"
    return f"bit_or({name})"


def _settled(name: str, column: str) -> str:
    if name == "outcome":
        return f"[{', '.join(map(literal, BEST_FIRST))}][coalesce({column}, {len(BEST_FIRST) - 1}) + 1]"
    return f"coalesce({column}, 0)::BIGINT"
