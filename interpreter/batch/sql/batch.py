"""A rulebook as SQL: from cases to lines (`relations.py` says how cases stand).

A line of the query is one of `interpreter.decision.verdict`; where `doubt` is true of a case, only the interpreter can
tell its lines (`residue.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from interpreter.batch.competing import Competition, claims_of
from interpreter.batch.filling import fill
from interpreter.batch.relations import HISTORY, POSITION, RowCase, relations_of
from interpreter.batch.residue import assessed, lines_of, rows_of
from interpreter.batch.rows import case_of, rows_of_query
from interpreter.batch.sql.compile import Compiler, Place
from interpreter.batch.sql.concerned import concerned
from interpreter.batch.sql.layout import Layout
from interpreter.batch.sql.limits import STORED, limited
from interpreter.batch.sql.mask import Causes
from interpreter.batch.sql.measures import TYPES, Measures, words_of
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    Sql,
    case,
    column,
    forget,
    is_true,
    op,
    or_,
)
from interpreter.batch.sql.outcome import has_doubt
from interpreter.batch.sql.spread import Spread
from interpreter.batch.sql.symbol import Scalar, nothing
from interpreter.decision.ledger import Earlier
from interpreter.language.types import BROKEN
from interpreter.rulebook.model import Rulebook

Told = Callable[[str], None]


def unheard(_part: str) -> None:
    """For those who need not be told what is done."""


@dataclass(frozen=True)
class Batch:
    """A rulebook's rules as SQL. `notes` name what is left to the interpreter wherever it is met."""

    rulebook: Rulebook
    causes: Causes
    outputs: dict[str, Sql]
    notes: tuple[str, ...]
    order: tuple[Sql, ...] | None = ()
    """What cases are put in order by; None where only the interpreter can tell."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The columns of masks: `missing_0`, … for facts, `open_0`, … for settings and faults."""
        return words_of(self.causes)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of a line."""
        return (POSITION, "measure", "line", "key", "outcome", "amount", "states", *self.words)

    @cached_property
    def _spread(self) -> Spread:
        return Spread(self.outputs)

    def among(self, measures: tuple[str, ...]) -> Batch:
        """The same for cases in which no other measures are decided."""
        whole = measures == tuple(self.rulebook.measures)
        return self if whole else compile_batch(self.rulebook, measures)

    def statements(self, source: str) -> list[str]:
        """The statements that add to the table `assessed` the lines of the cases of a relation as the rules leave
        them. A case that only the interpreter can tell has one row, with nothing but its position."""
        made, lines, last = self._spread.statements(source, "spread")
        fields = ", ".join(f"l.{name}" for name in (*self.columns[1:], "limits"))
        return [
            *made, f"INSERT INTO assessed SELECT {POSITION}, {fields} FROM "
            f"(SELECT {POSITION}, unnest(lines) AS l FROM ({lines}))", *(f"DROP TABLE {name}" for name in last),
        ]

    def run(
        self, connection: duckdb.DuckDBPyConnection, source: str, earlier: Earlier | None = None, told: Told = unheard
    ) -> int:
        """Makes the table `lines` of all cases of a relation, under the limits and after earlier decisions, which no
        rule looks into by itself; those of the residue, which the table `residue` names, are assessed by the
        interpreter. How many these were. Raises PolicyError where a case provides figures that differ from what the
        rules compute. `told` is called with the name of each part of the work that is done."""
        stored = ", ".join(f"{name} {self._stored(name)}" for name in self.columns)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE assessed ({stored}, limits {STORED})")
        found = connection.execute(f"SELECT min({POSITION}), max({POSITION}) FROM {source}").fetchone()
        first, last = (0, -1) if found is None or found[0] is None else found
        for kind in concerned(self.rulebook, source, connection):
            part, also = self.among(kind.measures), f"AND {kind.only}" if kind.only else ""
            step = max(TOGETHER, TOGETHER * (last + 1 - first) // kind.count)
            for start in range(first, last + 1, step):
                only = f"{POSITION} BETWEEN {start} AND {start + step - 1} {also}"
                for statement in part.statements(f"(SELECT * FROM {source} WHERE {only})"):
                    connection.execute(statement)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE residue AS SELECT {POSITION} FROM assessed WHERE measure IS NULL"
        )
        connection.execute("DELETE FROM assessed WHERE measure IS NULL")
        told("lines")
        left = list(self._assess(connection, source))
        told("residue")
        fields = [f"a.{name}" for name in self.columns]
        joined = ""
        if self.limited:
            Competition(self.rulebook, self.causes, self.words, self._order(), earlier).settle(connection, source, left)
            changed = ("outcome", "amount", *self.words)
            fields = [f"CASE WHEN s.{POSITION} IS NULL THEN a.{name} ELSE s.{name} END AS {name}"
                      if name in changed else f"a.{name}" for name in self.columns]
            joined = f" LEFT JOIN settled AS s USING ({POSITION}, measure, line)"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE lines AS SELECT {', '.join(fields)} FROM assessed AS a{joined}"
        )
        connection.execute("DROP TABLE assessed")
        told("limits")
        count = connection.execute("SELECT count(*) FROM residue").fetchone()
        return 0 if count is None else int(count[0])

    def by_interpreter(
        self, connection: duckdb.DuckDBPyConnection, source: str, earlier: Earlier | None = None
    ) -> int:
        """The same table by the interpreter alone, which goes through all cases; how many there are. Raises as `run`
        does."""
        fields = ", ".join(f"NULL::{self._stored(name)} AS {name}" for name in self.columns)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE lines AS SELECT {fields} WHERE FALSE")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE contested AS SELECT {POSITION} FROM {source}")
        cases = self._cases(connection, source)
        decided = lines_of(self.rulebook, cases, self.causes, earlier)
        fill(connection, "lines", [(name, self._stored(name)) for name in self.columns], decided)
        return len(cases)

    def _stored(self, name: str) -> str:
        texts = ("measure", "key", "outcome", "states")
        return "INTEGER" if name == "line" else "VARCHAR" if name in texts else "BIGINT"

    @cached_property
    def reads_history(self) -> bool:
        """Whether a rule looks into earlier decisions by itself."""
        return any(node.op == "column" and node.args[0] == HISTORY for node in Layout(self.outputs).order)

    @cached_property
    def limited(self) -> frozenset[str]:
        """The measures that stand under limits."""
        return limited(self.rulebook)

    def _order(self) -> str | None:
        """The query for what cases are put in order by, with `{}` for their relation."""
        if self.order is None:
            return None
        layout = Layout({POSITION: column(POSITION), **{f"by_{n}": one for n, one in enumerate(self.order)}})
        read = {node.args[0] for node in layout.order if node.op == "column"}
        return layout.query("{}", [one.name for one in relations_of(self.rulebook) if one.name in read])

    def _cases(
        self, connection: duckdb.DuckDBPyConnection, source: str, only: str = ""
    ) -> list[tuple[int, RowCase]]:
        """The cases of a relation with their positions."""
        found = connection.execute(f"SELECT * FROM {source}{only} ORDER BY {POSITION}")
        return [(row[POSITION], case_of(row, self.rulebook)) for row in rows_of_query(found)]

    def _assess(self, connection: duckdb.DuckDBPyConnection, source: str) -> Iterator[tuple[Any, ...]]:
        """Adds the lines of the residue as the interpreter's rules leave them, and gives their claims."""
        stored = [(name, self._stored(name)) for name in self.columns]
        places = [row[0] for row in connection.execute(f"SELECT {POSITION} FROM residue ORDER BY ALL").fetchall()]
        for start in range(0, len(places), AT_ONCE):
            chosen = ", ".join(map(str, places[start : start + AT_ONCE]))
            some = self._cases(connection, source, f" WHERE {POSITION} IN ({chosen})")
            opened = assessed(self.rulebook, some)
            fill(connection, "assessed", stored, [
                row for (position, _), one in zip(some, opened, strict=True)
                for row in rows_of(position, one, self.rulebook, self.causes)
            ])
            if self.limited:
                for (position, _), one in zip(some, opened, strict=True):
                    yield from claims_of(one, position, self.rulebook, self.causes)


TOGETHER = 20_000
"""Cases whose lines are worked out together in SQL: the tables of more would take more memory."""

AT_ONCE = 400
"""Cases that the interpreter assesses together."""


def compile_batch(rulebook: Rulebook, only: Collection[str] | None = None) -> Batch:
    """The rules of a rulebook as SQL, or those of some of its measures."""
    forget()
    compiler = Compiler(rulebook)
    measures = Measures(compiler, limits=True)
    lists = [measures.lines(one) for name, one in rulebook.measures.items() if only is None or name in only]
    doubt = or_(*measures.doubts)
    lines = op("flatten", op("list", *lists))
    if doubt is not FALSE:
        left = op("struct", measures.fields, *(
            op("cast", NULL, TYPES.get(name, "BIGINT" if "_" in name else "VARCHAR")) for name in measures.fields
        ))
        lines = case((is_true(doubt), op("list", left)), otherwise=lines)
    outputs = {POSITION: column(POSITION), "lines": lines}
    order = [compiler.symbol(one.core, Place(measures.as_of, nothing(BROKEN))) for one in rulebook.order]
    places = tuple(one.value for one in order if isinstance(one, Scalar) and not may_be_in_doubt(one, compiler))
    known = places if len(places) == len(order) else None
    return Batch(rulebook, compiler.causes, outputs, tuple(compiler.notes), known)


def may_be_in_doubt(of: Scalar, compiler: Compiler) -> bool:
    """Whether a value may be what only the interpreter can tell."""
    return has_doubt(of.causes, compiler) is not FALSE
