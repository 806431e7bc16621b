"""A Parquet file of cases, a row each: what is clean straight from the file, the rest by way of the case reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from interpreter.batch.files.sieve import Sieve, sieve_for
from interpreter.batch.files.staging import stage
from interpreter.batch.files.taken import Intake, unfit
from interpreter.batch.relations import CASE, HISTORY, POSITION, Column, literal, quoted, relations_of
from interpreter.cases.facts import Case, read_plain
from interpreter.cases.sheets.model import Count, Reject
from interpreter.cases.sheets.place import Place
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook

REPAIRED = "cases.repaired.parquet"
_ROW = "file_row_number"
AT_ONCE = 2_048
"""Rows that are held in memory."""


def take_parquet(
    path: Path, rulebook: Rulebook, base: duckdb.DuckDBPyConnection, beside: Path, problems: list[Problem]
) -> Intake | None:
    """The cases of a Parquet file; None with problems where the file as a whole cannot be read.

    Where the first rows are plainly right all others are taken to be so until that is proved. Those that are not are
    read by the case reader and, where they are cases, kept in the folder `beside`.
    """
    source = f"read_parquet({literal(str(path))}, file_row_number = TRUE)"
    try:
        found = base.sql(f"SELECT * FROM {source}")
    except duckdb.Error:
        code = "batch.parquet" if path.is_file() else "input.missing"
        problems.append(Problem(code, fields={"file": path.name}))
        return None
    columns = relations_of(rulebook)
    offered = [(name, type) for name, type in zip(found.columns, found.types, strict=True) if name != _ROW]
    sieve = sieve_for(offered, columns, rulebook, problems)
    if sieve is None:
        return None
    table = _Table(path, source, sieve, rulebook, base, beside)
    rows = table.rows()
    usual = table.usual()
    taken = Intake(table.relation(usual or sieve), in_order=True, cases=rows, ignored=sieve.ignored)
    taken.counts.append(Count(Place(path.name), rows=rows, used=rows))
    if usual is None:
        table.look(taken)
    else:
        taken.doubted, taken.looks = table.relation(usual, doubted=True), table.look
    return taken


@dataclass(frozen=True, slots=True)
class _Table:
    """A Parquet file (`source` as the database reads it) under a sieve."""

    path: Path
    source: str
    sieve: Sieve
    rulebook: Rulebook
    base: duckdb.DuckDBPyConnection
    beside: Path

    def rows(self) -> int:
        """How many rows there are."""
        found = self.base.execute(f"SELECT count(*) FROM {self.source}").fetchone()
        assert found is not None
        return int(found[0])

    def usual(self) -> Sieve | None:
        """The narrowest sieve that the first rows pass; None where they do not pass any."""
        first = f"(SELECT * FROM {self.source} LIMIT {AT_ONCE})"
        return next((one for one in self._sieves() if not self._unclear(one, first)), None)

    def relation(self, sieve: Sieve, *, doubted: bool = False) -> str:
        """The query of the rows; where they are `doubted`, those that do not pass have no number of a case."""
        values = dict(_select(sieve, relations_of(self.rulebook)))
        if doubted:
            values[CASE] = f"CASE WHEN {sieve.clean} THEN {values[CASE]} END"
        select = ", ".join(f"{value} AS {quoted(name)}" for name, value in values.items())
        return f"SELECT {_ROW} AS {POSITION}, {select} FROM {self.source}"

    def look(self, taken: Intake) -> None:
        """Looks at every row: those that do not pass are read by the case reader and kept where they are cases."""
        count = taken.counts[0]
        sieve = next((one for one in self._sieves() if not self._unclear(one, self.source)), None)
        if sieve is not None:
            taken.relation = self.relation(sieve)
            return
        clean = f"coalesce({self.sieve.clean}, FALSE)"
        dirty = self.base.cursor().execute(f"SELECT * FROM {self.source} WHERE NOT ({clean}) ORDER BY {_ROW}")
        kept = self.beside / REPAIRED
        read = _read(dirty, self.path, self.sieve, self.rulebook, taken, count)
        stage(read, self.rulebook, kept, self.base)
        again = f"SELECT * FROM read_parquet({literal(str(kept))})"
        taken.relation = f"{self.relation(self.sieve)} WHERE {clean} UNION ALL BY NAME {again}"
        taken.in_order = False
        taken.cases -= count.refused

    def _sieves(self) -> Iterator[Sieve]:
        if self.sieve.stored is not None:
            yield self.sieve.stored
        yield self.sieve

    def _unclear(self, sieve: Sieve, source: str) -> int:
        """How many rows a sieve leaves to the case reader."""
        clean = f"coalesce({sieve.clean}, FALSE)"
        found = self.base.execute(f"SELECT count(*) FILTER (NOT ({clean})) FROM {source}").fetchone()
        assert found is not None
        return int(found[0])


def _select(sieve: Sieve, columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
    """Every column of the batch but the position; what the file has not was not given."""
    absent = {CASE: f"({_ROW} + 1)::VARCHAR", HISTORY: "[]"}
    for column in columns:
        if column.name != POSITION:
            value = sieve.select.get(column.name) or absent.get(column.name, "NULL")
            yield column.name, value if column.name in sieve.select else f"{value}::{column.stored}"


def _read(
    dirty: duckdb.DuckDBPyConnection, path: Path, sieve: Sieve, rulebook: Rulebook, taken: Intake, count: Count
) -> Iterator[tuple[int, Case]]:
    names = [column[0] for column in dirty.description]
    while rows := dirty.fetchmany(AT_ONCE):
        for row in rows:
            given = dict(zip(names, row, strict=True))
            place = given.pop(_ROW)
            wrong: list[Problem] = []
            written = _written(given, sieve)
            case = read_plain(written, rulebook, wrong)
            wrong += unfit(case, rulebook, path.name)
            if case is None or wrong:
                count.refused += 1
                count.used -= 1
                at, number = Place(path.name, "", str(place + 1)), _number(written, rulebook)
                taken.rejects += [Reject(at, number, _label(problem), problem) for problem in wrong]
            else:
                yield place, case


def _label(problem: Problem) -> str:
    return problem.path if isinstance(problem.path, str) else problem.path.zh if problem.path is not None else ""


def _written(given: Mapping[str, Any], sieve: Sieve) -> dict[str, Any]:
    """The row as a case file would have it: records of what is given under the words the columns have."""
    case: dict[str, Any] = {}
    for name, value in given.items():
        path = sieve.paths.get(name)
        if path is None or value is None:
            continue
        here = case
        for part in path[:-1]:
            here = here.setdefault(part, {})
        plain = _plain(value)
        if isinstance(plain, dict) and isinstance(here.get(path[-1]), dict):
            here[path[-1]].update(plain)
        elif len(path) > 1 or isinstance(plain, dict | list):
            here[path[-1]] = plain
        elif plain is True:
            here.setdefault(path[-1], {})
        elif plain is not False:
            here[path[-1]] = plain
    return case


def _number(written: Any, rulebook: Rulebook) -> str:
    """The number of a case that could not be read, where it has one."""
    for part in rulebook.order[-1].text.strip().split(".") if rulebook.order else ():
        written = written.get(part) if isinstance(written, dict) else None
    return written if isinstance(written, str) else ""


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items() if one is not None}
        case list():
            return [_plain(one) for one in value]
        case date():
            return value.isoformat()
        case bool() | int() | Decimal():
            return value
        case _:
            return str(value)
