"""A sample of the batch decided again by the interpreter, and what it says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import duckdb

from interpreter.batch.answers import Rules
from interpreter.batch.outputs import DECISIONS
from interpreter.batch.relations import CASE, POSITION, RowCase, literal
from interpreter.batch.residue import words
from interpreter.batch.rows import case_of, rows_of_query
from interpreter.batch.sql.wide import columns_of
from interpreter.batch.states import packed
from interpreter.decision.evidence import open_points
from interpreter.decision.ledger import Earlier
from interpreter.decision.model import BEST_FIRST, Verdict
from interpreter.decision.verdict import verdict_batch, verdicts_of

LEAST = 100
"""So many cases are decided again, or one in a thousand where that is more; all where there are fewer."""
ONE_IN = 10**3
TOGETHER = 2_000
"""Cases under limits are decided again all together where they are no more than that; else each by itself, and what
limits touch is left out of those whose lines compete with others'."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many cases were decided again, for how many of them only what no limit touches, and the numbers of those that
    differ."""

    cases: int
    competing: int
    different: tuple[str, ...]


def sampled(
    rules: Rules, source: str, count: int, folder: Path, base: duckdb.DuckDBPyConnection,
    earlier: Earlier | None = None,
) -> Sampled:
    """Decides a sample of the cases of a relation again, spread evenly over it, and compares every outcome, amount,
    state and missing fact with the decisions in `folder`."""
    book = rules.rulebook
    together = not rules.alone and count <= TOGETHER
    wanted = count if together else min(count, max(LEAST, count // ONE_IN))
    step = max(1, count // max(1, wanted))
    decisions = f"read_parquet({literal(str(folder / DECISIONS))}, file_row_number = TRUE)"
    found = base.execute(f"SELECT * FROM {decisions} WHERE file_row_number % {step} = 0 ORDER BY file_row_number")
    told = list(rows_of_query(found))
    cases = _cases(source, count, step, base)
    expected = _expected(rules, [case_of(row, book) for row in cases], earlier, together=together)
    competing = set() if rules.alone or together else _competing(base)
    everything = [(name, column) for name in book.measures for column in columns_of(book.measures[name], rules.words)]
    untouched = [one for one in everything if one[0] not in rules.limited]
    different = tuple(
        str(row[CASE]) for row, case, want in zip(told, cases, expected, strict=True)
        if any(
            row[f"{name}.{column}"] != want.get(f"{name}.{column}")
            for name, column in (untouched if case[POSITION] in competing else everything)
        )
    )
    return Sampled(len(cases), sum(case[POSITION] in competing for case in cases), different)


def _competing(base: duckdb.DuckDBPyConnection) -> set[int]:
    return {position for (position,) in base.execute(f"SELECT DISTINCT {POSITION} FROM contested").fetchall()}


def _cases(source: str, count: int, step: int, base: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    whole = base.execute(f"SELECT max({POSITION}) FROM {source}").fetchone() == (count - 1,)
    numbered = f"SELECT row_number() OVER (ORDER BY {POSITION}) - 1 AS n, {POSITION} AS p FROM {source}"
    chosen = f"(SELECT p FROM ({numbered}) WHERE n % {step} = 0) AS s ON c.{POSITION} = s.p"
    # where no position is left out, it is the number itself
    only = f"WHERE c.{POSITION} % {step} = 0" if whole else f"JOIN {chosen}"
    found = base.execute(f"SELECT c.* FROM {source} AS c {only} ORDER BY c.{POSITION}")
    return list(rows_of_query(found))


def _expected(
    rules: Rules, cases: Sequence[RowCase], earlier: Earlier | None, *, together: bool
) -> list[dict[str, Any]]:
    """What the interpreter says, in the columns of the decisions."""
    book = rules.rulebook
    one = verdicts_of(book)
    if together:
        found = verdict_batch(book, cases, earlier)
    elif earlier is None:
        found = [one(case) for case in cases]
    else:
        found = [verdict_batch(book, [case], earlier)[0] for case in cases]
    row = _Row(rules)
    return [row.of(case, lines) for case, lines in zip(cases, found, strict=True)]


class _Row:
    """Makes rows of verdicts."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        book = rules.rulebook
        self._claimants = {name: book.claimants[measure.claimant].fact for name, measure in book.measures.items()}
        self._facts = {cause.name: 1 << place for place, cause in enumerate(book.causes) if cause.kind == "fact"}
        self._points = {open_points(1 << place, book)[0]: 1 << place for place in rules.causes.others}
        self._known: dict[int, tuple[Verdict, dict[str, Any]]] = {}

    def of(self, case: RowCase, verdicts: Sequence[Verdict]) -> dict[str, Any]:
        """The columns of the measures that are decided in a case; the others have none."""
        found: dict[str, Any] = {}
        for name, fact in self._claimants.items():
            if fact in case.facts or name in (case.claims or ()):
                found |= self._columns(name, [line for line in verdicts if line.measure == name])
        return found

    def _columns(self, name: str, lines: Sequence[Verdict]) -> dict[str, Any]:
        """The columns of a measure; verdicts that are one object, as most are, have the same."""
        if len(lines) != 1:
            return self._made(name, lines)
        if id(lines[0]) not in self._known:
            self._known[id(lines[0])] = lines[0], self._made(name, lines)
        return self._known[id(lines[0])][1]

    def _made(self, name: str, lines: Sequence[Verdict]) -> dict[str, Any]:
        measure = self.rules.rulebook.measures[name]
        found: dict[str, Any] = {
            "outcome": min((line.outcome for line in lines), key=BEST_FIRST.index, default=BEST_FIRST[-1]),
            "amount": sum((line.amount for line in lines if line.amount is not None), Decimal(0))
            if measure.kind == "benefit" else None,
        }
        asked = reduce(or_, {self._facts[fact.path] for line in lines for fact in line.missing}, 0)
        left = reduce(or_, {self._points[point] for line in lines for point in line.open_points}, 0)
        found |= dict(zip(self.rules.words, words(asked, left, self.rules.causes), strict=True))
        if lines and not measure.loops:
            found |= packed(lines[0].states)
        return {f"{name}.{column}": value for column, value in found.items()}
