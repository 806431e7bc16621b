"""The answers of a batch: from the cases of a relation to one row a case, and a row for each line of a list.

Where no limit and no earlier decision matters, the rows stream from the input to the answer. Under limits the lines of
all cases stand together first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import duckdb

from interpreter.batch.relations import CASE, CLAIMS, POSITION, column_of, literal, quoted
from interpreter.batch.sql.batch import Batch, Told, compile_batch, unheard
from interpreter.batch.sql.limits import limited
from interpreter.batch.sql.mask import Causes
from interpreter.batch.sql.measures import words_of
from interpreter.batch.sql.node import FALSE
from interpreter.batch.sql.seen import first_day, halves, seen_of
from interpreter.batch.sql.wide import AUTHORITY, DOUBT, LINES, OUTCOME, Wide, columns_of, compile_wide
from interpreter.batch.states import MET, UNKNOWN, code_at
from interpreter.batch.states import words as word_columns
from interpreter.decision.ledger import Earlier
from interpreter.decision.model import BEST_FIRST
from interpreter.rulebook.model import Measure, Rulebook

Engine = Literal["duckdb", "interpreter"]
"""Where the rules are worked out."""


@dataclass(frozen=True)
class Rules:
    """A rulebook made ready for a batch, in the shape that is asked for: `wide` gives a row a case, `batch` a row a
    line."""

    rulebook: Rulebook

    @cached_property
    def wide(self) -> Wide:
        """One row a case, before any limit."""
        return compile_wide(self.rulebook)

    @cached_property
    def batch(self) -> Batch:
        """One row a line, under the limits."""
        return compile_batch(self.rulebook)

    @cached_property
    def causes(self) -> Causes:
        """Where the causes have their bits."""
        return Causes.of(self.rulebook)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The columns of masks."""
        return words_of(self.causes)

    @property
    def line_columns(self) -> tuple[str, ...]:
        """The columns of a line, without its case."""
        return ("measure", "line", "key", "outcome", "amount", "states", *self.words)

    @cached_property
    def limited(self) -> frozenset[str]:
        """The measures under a limit."""
        return limited(self.rulebook)

    @property
    def alone(self) -> bool:
        """Whether every case is decided by itself."""
        return not self.limited


def answer(
    rules: Rules, source: str, base: duckdb.DuckDBPyConnection, *, in_order: bool, engine: Engine = "duckdb",
    earlier: Earlier | None = None, told: Told = unheard,
) -> str:
    """The query of the answers to the cases of a relation `source`, after earlier decisions: `position`, `case`,
    `authority`, the columns of every measure (`columns_of`) and `lines`, in the order of their positions. May leave
    tables in the database. `told` is called with the name of each part of the work that is done."""
    if engine == "interpreter" or (earlier is not None and rules.batch.reads_history):
        rules.batch.by_interpreter(base, source, earlier)
        return f"{_gathered(rules, source)} ORDER BY {POSITION}"
    found = streamed(rules, source, base, in_order=in_order)
    if found is not None:
        return found
    rules.batch.run(base, source, earlier, told)
    return f"{_gathered(rules, source)} ORDER BY {POSITION}"


def streamed(rules: Rules, source: str, base: duckdb.DuckDBPyConnection, *, in_order: bool) -> str | None:
    """The same query straight from the cases; None where they stand under limits, or only the interpreter can tell some
    of them."""
    if not rules.alone:
        return None
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
        for name in columns_of(measure, rules.words):
            column = quoted(f"{measure.name}.{name}")
            parts.append(f"{_aggregate(measure, name)} {own} AS {column}")
            measures.append(f"CASE WHEN {wanted} THEN {_settled(measure, name, column)} END AS {column}")
    looped = [literal(measure.name) for measure in book.measures.values() if measure.loops]
    fields = ", ".join(f"{name} := {name}" for name in rules.line_columns)
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
        own = next(own for column, own, _ in word_columns(len(measure.head)) if column == name)
        bits = " | ".join(
            f"CASE substr(states, {own.start + n + 1}, 1) WHEN '+' THEN {code_at(n, MET)} "
            f"WHEN '?' THEN {code_at(n, UNKNOWN)} ELSE 0 END" for n in range(own.stop - own.start)
        )
        return f"max({bits or 0})"
    return f"bit_or({name})"


def _settled(measure: Measure, name: str, column: str) -> str:
    if name == "outcome":
        return f"[{', '.join(map(literal, BEST_FIRST))}][coalesce({column}, {len(BEST_FIRST) - 1}) + 1]::{OUTCOME}"
    stored = {word: stored for word, _, stored in word_columns(len(measure.head))}
    return f"coalesce({column}, 0)::{stored.get(name, 'BIGINT')}"
