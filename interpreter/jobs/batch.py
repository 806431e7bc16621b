"""`policy batch`: the cases of files decided together, from files to files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from interpreter.jobs.ended import (
    CASE_INVALID,
    FINDINGS,
    OK,
    USAGE,
    Ended,
    View,
    invalid_policy,
    no_notice,
    open_rulebook,
    page,
    rendered,
    say,
)
from interpreter.problems import Problem, Text
from interpreter.rulebook.folder import notices

if TYPE_CHECKING:
    from interpreter.batch.files.taken import Intake
    from interpreter.batch.run import Done, Progress
    from interpreter.problems import Source
    from interpreter.rulebook.model import Rulebook

_DECIDED = Text(
    "{cases} 个案件已决定；读 {rows} 行：用 {used}，退回 {refused}，略去 {left}。",
    "{cases} cases decided; {rows} rows read: {used} used, {refused} refused, {left} left out.",
)
_NONE = Text("没有一个案件可以决定。", "There was no case to decide.")
_SAMPLED = Text(
    "其中 {count} 个由解释器重办，结论相同。", "{count} of them decided again by the interpreter, all alike.",
)
_REPAIRED = Text(
    "修正 {notes} 处，退回 {rejects} 处，明细见 {file}", "{notes} repairs and {rejects} refusals, in {file}",
)
_IGNORED = Text("不是事实、没有读的列：{names}", "columns that are no facts and were not read: {names}")
_EXPLAINING = Text("说理", "giving reasons")
_WRITTEN = Text("写在 {folder}：{names}", "written to {folder}: {names}")
LETTERS = "letters"
"""The folder of the letters, beside the files of the batch."""
_MORE = 8
"""Refusals that are shown; all are in the workbook."""


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """What `policy batch` was asked: the files, where to, how they are read, by which engine with which means;
    `letters` are the formats in which letters are written too."""

    files: tuple[Path, ...]
    out: Path
    policy: Path
    mapping: Path | None = None
    as_of: date | None = None
    sets: tuple[tuple[str, str], ...] = ()
    engine: Literal["duckdb", "interpreter"] = "duckdb"
    threads: int | None = None
    memory: str | None = None
    letters: tuple[str, ...] = ()
    history: Path | None = None


def batch(asked: BatchAsked, progress: Progress, view: View) -> Ended:
    """Decides the cases of files, and writes their letters where these are wanted."""
    folders = notices(asked.policy)
    if not folders:
        return no_notice(asked.policy, view)
    if len(folders) > 1:
        known = ", ".join(map(str, folders))
        problem = Problem("batch.many", fields={"folder": str(asked.policy), "known": known})
        return Ended(USAGE, err=rendered([problem], view))
    wrong: list[Problem] = []
    book = open_rulebook(folders[0], wrong)
    return invalid_policy(wrong, view) if book is None else _decided(asked, book, progress, view)


def _decided(asked: BatchAsked, book: Rulebook, progress: Progress, view: View) -> Ended:
    from interpreter.batch.files.intake import Asked
    from interpreter.batch.run import Means, run
    from interpreter.cases.sheets.written import Changes

    problems: list[Problem] = []
    mapping = _mapping(asked.mapping, problems)
    if problems:
        return Ended(CASE_INVALID, err=rendered(problems, view))
    given = Asked(asked.files, mapping, Changes(asked.sets, asked.as_of), asked.history, keep=bool(asked.letters))
    means = Means(asked.engine, asked.threads, asked.memory)
    done = run(given, book, asked.out, problems, means=means, language=view.language, progress=progress)
    if done is None:
        return Ended(CASE_INVALID, err=rendered(problems, view))
    code = CASE_INVALID if done.taken.rejects else OK
    told = [_sums(done, view), _table(done, book, view), _files(done, asked, view)]
    if asked.letters and done.taken.kept:
        made, summary = _letters(asked, done, book, progress, view)
        told.append(summary)
        problems += made
        code = code or (FINDINGS if made else OK)
    return Ended(code, page(told), page([_refused(done.taken, view), rendered(problems, view)]))


def _letters(
    asked: BatchAsked, done: Done, book: Rulebook, progress: Progress, view: View
) -> tuple[list[Problem], str]:
    """Writes the letters of the cases, decided with their reasons; what went wrong, and what was written."""
    from interpreter.jobs.bulk import Mailing, mail, summary
    from interpreter.jobs.cases import Asked, Given, Outcome
    from interpreter.jobs.deciding import Deciding

    cases = done.taken.kept
    whose = [Asked(book, {}, done.earlier)]
    decided = Deciding(
        cases, [0] * len(cases), whose, lambda _asked, case, _problems: case, progress=partial(progress, _EXPLAINING)
    ).decided([])
    mailing = Mailing(Given((), asked.policy), asked.out / LETTERS, asked.letters, language=view.language)
    made = mail(Outcome(decided, len(decided), []), mailing, None, progress)
    return made.problems, summary(made, mailing, view)


def _mapping(path: Path | None, problems: list[Problem]) -> Source | None:
    from interpreter.cases.files import read_file

    return None if path is None else read_file(path, problems)


def _sums(done: Done, view: View) -> str:
    counts = done.taken.counts
    told = say(
        _DECIDED, view, cases=f"{done.taken.cases:,}", rows=f"{sum(one.rows for one in counts):,}",
        used=f"{sum(one.used for one in counts):,}", refused=f"{sum(one.refused for one in counts):,}",
        left=f"{sum(len(rows) for one in counts for rows in one.left_out.values()):,}",
    )
    if not done.taken.cases:
        return told + say(_NONE, view)
    return told + (say(_SAMPLED, view, count=done.sampled) if done.sampled else "")


def _table(done: Done, book: Rulebook, view: View) -> str:
    from interpreter.batch.table import table

    return table(done.totals, book, view.language)


def _files(done: Done, asked: BatchAsked, view: View) -> str:
    from interpreter.batch.manifest import MANIFEST
    from interpreter.batch.run import REJECTS

    taken = done.taken
    told = ""
    if taken.ignored:
        told += say(_IGNORED, view, names=", ".join(taken.ignored))
    if REJECTS in done.files:
        told += say(
            _REPAIRED, view, notes=len(taken.notes), rejects=len(taken.rejects), file=asked.out / REJECTS,
        )
    return told + say(_WRITTEN, view, folder=asked.out, names=", ".join((*done.files, MANIFEST)))


def _refused(taken: Intake, view: View) -> str:
    shown = [reject.problem for reject in taken.rejects[:_MORE]]
    return rendered([*taken.warnings[:_MORE], *shown], view)
