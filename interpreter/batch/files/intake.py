"""The cases of a batch, whatever files they come in, as one relation; with what was refused, put right and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from interpreter.batch.files.parquet import take_parquet
from interpreter.batch.files.staging import stage
from interpreter.batch.files.taken import Intake, unfit
from interpreter.batch.relations import literal
from interpreter.cases.facts import Case, read_case
from interpreter.cases.files import case_sources
from interpreter.cases.sheets.model import Count, Reject
from interpreter.cases.sheets.office import Changes, read_office_files
from interpreter.cases.sheets.open import holds_cases
from interpreter.cases.sheets.place import Place
from interpreter.problems import Problem, Source
from interpreter.rulebook.model import Rulebook

STAGED = "cases.staged.parquet"
PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Asked:
    """The files of a batch and how they are read: `mapping` corrects what heads of sheets mean, `changes` set facts of
    every case."""

    paths: tuple[Path, ...]
    mapping: Source | None = None
    changes: Changes = field(default_factory=Changes)


def take(
    asked: Asked, rulebook: Rulebook, base: duckdb.DuckDBPyConnection, beside: Path, problems: list[Problem]
) -> Intake | None:
    """The cases of some files: a table (Parquet), files of cases, or an office's sheets. None with problems where they
    cannot be read at all; cases that are wrong are refused each by itself. Working files go to the folder `beside`."""
    tables = [path for path in asked.paths if path.suffix.lower() == PARQUET]
    whole = [path for path in asked.paths if holds_cases(path)]
    if tables and (len(asked.paths) > 1 or asked.changes.sets or asked.changes.as_of):
        problems.append(Problem("batch.one-table", fields={"file": tables[0].name}))
        return None
    if whole and len(whole) < len(asked.paths):
        problems.append(Problem("batch.mixed", fields={"file": whole[0].name}))
        return None
    if tables:
        return take_parquet(tables[0], rulebook, base, beside, problems)
    taken = Intake(f"SELECT * FROM read_parquet({literal(str(beside / STAGED))})", in_order=True)
    cases = _written(whole, rulebook, asked.changes, taken, problems) if whole else _office(
        asked, rulebook, taken, problems
    )
    if cases is None:
        return None
    taken.cases = stage(enumerate(cases), rulebook, beside / STAGED, base)
    return None if problems else taken


def _written(
    paths: Sequence[Path], rulebook: Rulebook, changes: Changes, taken: Intake, problems: list[Problem]
) -> Iterator[Case]:
    """The cases that files write whole."""
    counts: dict[str, Count] = {}
    for source in case_sources([str(path) for path in paths], b"", problems):
        if source is None:
            continue
        name = Path(source.name).name
        count = counts.get(name)
        if count is None:
            taken.counts.append(count := counts.setdefault(name, Count(Place(name))))
        count.rows += 1
        wrong: list[Problem] = []
        case = read_case(source, rulebook, wrong, sets=changes.sets, as_of=changes.as_of)
        wrong += unfit(case, rulebook, name)
        if case is None or wrong:
            count.refused += 1
            place = Place(name, "", str(_line(source)))
            taken.rejects += [Reject(place, case.number if case else "", "", problem) for problem in wrong]
        else:
            count.used += 1
            yield case


def _line(source: Source) -> int:
    """The line of its file a case starts in; those before it are empty in its source."""
    return len(source.text) - len(source.text.lstrip("\n")) + 1


def _office(asked: Asked, rulebook: Rulebook, taken: Intake, problems: list[Problem]) -> Iterator[Case] | None:
    """The cases in an office's sheets."""
    read = read_office_files(asked.paths, rulebook, problems, mapping=asked.mapping, changes=asked.changes)
    if read is None:
        return None

    def cases() -> Iterator[Case]:
        for one in read.cases():
            taken.notes += one.notes
            wrong = unfit(one.case, rulebook, one.place.file)
            taken.rejects += [Reject(one.place, one.number, "", problem) for problem in wrong]
            if one.case is not None and not wrong:
                yield one.case
        taken.rejects += read.rejects
        taken.counts += read.counts
        taken.warnings += read.warnings

    return cases()
