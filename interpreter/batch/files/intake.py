"""The cases of a batch, whatever files they come in, as one relation; with what was refused, put right and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from interpreter.batch.files.parquet import take_parquet
from interpreter.batch.files.staging import stage
from interpreter.batch.files.taken import Intake, unfit
from interpreter.batch.relations import literal
from interpreter.cases.facts import Case, read_history
from interpreter.cases.files import read_file
from interpreter.cases.sheets.model import OfficeCase, OfficeRead, Reject
from interpreter.cases.sheets.written import UNCHANGED, Changes
from interpreter.decision.ledger import Earlier
from interpreter.problems import Problem, Source
from interpreter.rulebook.model import Rulebook

STAGED = "cases.staged.parquet"
PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Asked:
    """The files of a batch and how they are read: `mapping` corrects what heads of sheets mean, `changes` set facts of
    every case, `history` is a file of earlier decisions, `keep` keeps the cases for what is done with them afterwards
    (not those of a table)."""

    paths: tuple[Path, ...]
    mapping: Source | None = None
    changes: Changes = UNCHANGED
    history: Path | None = None
    keep: bool = False


def earlier_of(asked: Asked, rulebook: Rulebook, problems: list[Problem]) -> Earlier | None:
    """The earlier decisions that all cases stand after; None where none were given, or with problems."""
    source = None if asked.history is None else read_file(asked.history, problems)
    return None if source is None else Earlier(read_history(source, rulebook, problems))


def take(
    asked: Asked, rulebook: Rulebook, base: duckdb.DuckDBPyConnection, beside: Path, problems: list[Problem],
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Intake | None:
    """The cases of some files: a table (Parquet), or an office's sheets and files of cases. None with problems where
    they cannot be read at all; cases that are wrong are refused each by itself. Working files go to `beside`.
    `progress` is told how many cases of sheets have been read, of about how many."""
    tables = [path for path in asked.paths if path.suffix.lower() == PARQUET]
    if tables and (len(asked.paths) > 1 or asked.changes.sets or asked.changes.as_of):
        problems.append(Problem("batch.one-table", fields={"file": tables[0].name}))
        return None
    if tables:
        return take_parquet(tables[0], rulebook, base, beside, problems)
    # a table does without the readers of sheets, which take a while to load
    from interpreter.cases.sheets.office import read_office_files

    read = read_office_files(asked.paths, rulebook, problems, mapping=asked.mapping, changes=asked.changes)
    if read is None:
        return None
    taken = Intake(f"SELECT * FROM read_parquet({literal(str(beside / STAGED))})", in_order=True)
    cases = _cases(read, rulebook, taken, progress, keep=asked.keep)
    taken.cases = stage(enumerate(cases), rulebook, beside / STAGED, base)
    taken.rejects = read.rejects
    taken.counts, taken.warnings = read.counts, read.warnings
    return taken


def _cases(
    read: OfficeRead, rulebook: Rulebook, taken: Intake, progress: Callable[[int, int], None], *, keep: bool
) -> Iterator[Case]:
    unfitting: list[OfficeCase] = []
    for number, one in enumerate(read.cases(), 1):
        progress(number, max(number, read.expected))
        taken.notes += one.notes
        wrong = unfit(one.case, rulebook, one.place.file)
        read.rejects += [Reject(one.place, one.number, "", problem) for problem in wrong]
        if wrong:
            unfitting.append(one)
        elif one.case is not None:
            if keep:
                taken.kept.append(one.case)
            yield one.case
    for one in unfitting:
        # its row was read well, and is refused for what only the rules can find wrong with it
        sheet = (one.place.file, one.place.sheet)
        count = next(count for count in read.counts if (count.place.file, count.place.sheet) == sheet)
        count.used -= 1
        count.refused += 1
