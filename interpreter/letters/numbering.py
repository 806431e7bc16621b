"""The register of document numbers: one series for each authority and year, kept in a file that several runs share."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from interpreter.decision.model import Decision
from interpreter.decision.report.canonical import measure_json
from interpreter.letters.authorities import names_of_authority
from interpreter.letters.office import Issued
from interpreter.letters.plan import LetterPlan
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook

PATIENCE = 60_000
"""How long a run waits for another one that is taking numbers, in milliseconds."""

_TABLE = """
create table if not exists numbers (
    series text not null, year integer not null, n integer not null, letter text not null unique,
    primary key (series, year, n)
) without rowid
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number somebody asks for: in which series and year, and for which letter (a digest that names nobody)."""

    series: str
    year: int
    letter: str


def wanted(decision: Decision, plan: LetterPlan, rulebook: Rulebook, day: date | None = None) -> Wanted | None:
    """The number a letter asks for; None where its day is not known, so that no year is.

    What was decided makes the letter: the same decision asks for the same number on every run, a decision that came
    out otherwise for another one.
    """
    dated = day or decision.as_of
    if dated is None:
        return None
    authority = next(reversed(names_of_authority(decision.authority)), "")
    said = (decision.policy, decision.case, plan.kind, measure_json(plan.measure, decision, rulebook))
    letter = hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()
    return Wanted(f"{decision.policy}/{authority}", dated.year, letter)


class NumberRegister:
    """Gives out numbers, each once. All that are asked for together are given together or not at all."""

    def __init__(self, path: Path) -> None:
        """OSError where there is no such file and none can be made, or it is no register."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as file:
                file.execute(_TABLE)
        except sqlite3.Error as error:
            raise OSError(0, type(error).__name__) from error

    def numbers(self, asked: Iterable[Wanted]) -> list[Issued]:
        """A number for each that is asked for, in order: its own where it has one, else the next of its series.

        OSError where they cannot be kept; then none was given.
        """
        letters = list(asked)
        try:
            with closing(self._open()) as file:
                file.execute("begin immediate")  # nobody else takes numbers until these are kept
                found = [_number(file, one) for one in letters]
                file.execute("commit")
        except sqlite3.Error as error:
            raise OSError(0, type(error).__name__) from error
        return found

    def reprints(self, asked: Sequence[Wanted]) -> list[Issued | None]:
        """The numbers of letters that were sent out before, as those of reprints; None for one that never was."""
        try:
            with closing(self._open()) as file:
                found = [_known(file, one) for one in asked]
        except sqlite3.Error as error:
            raise OSError(0, type(error).__name__) from error
        return [None if one is None else replace(one, reprint=True) for one in found]

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self.path, isolation_level=None)
        file.execute(f"pragma busy_timeout = {PATIENCE}")
        file.execute("pragma synchronous = full")
        return file


def _known(file: sqlite3.Connection, one: Wanted) -> Issued | None:
    row = file.execute("select year, n from numbers where letter = ?", (one.letter,)).fetchone()
    return None if row is None else Issued(row[0], row[1])


def _number(file: sqlite3.Connection, one: Wanted) -> Issued:
    known = _known(file, one)
    if known is not None:
        return known
    series = (one.series, one.year)
    last = file.execute("select max(n) from numbers where series = ? and year = ?", series).fetchone()[0]
    made = Issued(one.year, (last or 0) + 1)
    file.execute("insert into numbers values (?, ?, ?, ?)", (one.series, made.year, made.n, one.letter))
    return made


def not_kept(path: Path) -> Problem:
    """The problem that the register could not be read or written."""
    return Problem("letter.numbers", fields={"file": path.name})
