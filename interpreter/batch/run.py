"""A batch from files to files: cases taken in, decided, compared with the interpreter on a sample, written.

Everything is made in a working folder inside the target and put in place at the end, the manifest last: a run that was
cut short leaves what was there before, and run again gives the same bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb

from interpreter.batch.answers import Engine, Rules, answer, streamed
from interpreter.batch.chart import page
from interpreter.batch.files.intake import Asked, earlier_of, take
from interpreter.batch.files.taken import Intake
from interpreter.batch.manifest import MANIFEST, Manifest, digest_of
from interpreter.batch.outputs import totals_of, write_files
from interpreter.batch.sample import sampled
from interpreter.batch.states import MET, UNKNOWN
from interpreter.batch.totals import Total, as_csv
from interpreter.decision.ledger import Earlier
from interpreter.problems import Language, Problem, Text
from interpreter.rulebook.model import Rulebook

WORKING = ".batch"
MOST_THREADS = 8
"""So many are used where nobody says how many: each needs a group of rows of its own in memory."""
ENOUGH = "450MB"
"""Memory for cases that stream from file to file."""
VIEW = "cases"
"""The relation of the cases in the database."""
TOTALS_CSV, TOTALS_HTML, REJECTS = "totals.csv", "totals.html", "rejects.xlsx"


Progress = Callable[[Text, int, int], None]
"""Told what is being done, how many are done, of how many."""
READING, DECIDING = Text("读取", "reading"), Text("决定", "deciding")


@dataclass(frozen=True, slots=True)
class Means:
    """What a batch may use: threads (None: all processors, up to `MOST_THREADS`) and memory (as the database writes it,
    `2GB`; None: `ENOUGH` for what streams, else its own choice)."""

    engine: Engine = "duckdb"
    threads: int | None = None
    memory: str | None = None


@dataclass(slots=True)
class Done:
    """What a batch came to, after which earlier decisions. `files` are the names of those in the target folder."""

    taken: Intake
    earlier: Earlier | None = None
    totals: list[Total] = field(default_factory=list)
    sampled: int = 0
    files: tuple[str, ...] = ()


def run(
    asked: Asked, rulebook: Rulebook, out: Path, problems: list[Problem], *, means: Means = Means(),
    language: Language = "zh", progress: Progress = lambda _what, _done, _of: None,
) -> Done | None:
    """Decides the cases of some files into the folder `out`; None with problems where nothing could be decided.

    `progress` is told now and then what is done, with how many cases it is, of how many.
    """
    working = out / WORKING
    try:
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir(parents=True)
        with _database(means, working) as base:
            done = _run(asked, rulebook, working, base, problems, means, language, progress)
        if done is not None:
            _put_in_place(done, working, out)
        return done
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException):
        problems.append(Problem("batch.unwritten", fields={"folder": str(out)}))
        return None
    finally:
        shutil.rmtree(working, ignore_errors=True)


@contextmanager
def _database(means: Means, working: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own, which spills into the working folder."""
    config: dict[str, Any] = {"temp_directory": str(working / "spill")}
    if means.threads is not None:
        config["threads"] = means.threads
    if means.memory is not None:
        config["memory_limit"] = means.memory
    base = duckdb.connect(config=config)
    try:
        found = base.execute("SELECT current_setting('threads')").fetchone()
        if means.threads is None and found is not None and found[0] > MOST_THREADS:
            base.execute(f"SET threads = {MOST_THREADS}")
        yield base
    finally:
        base.close()


def _run(
    asked: Asked, rulebook: Rulebook, working: Path, base: duckdb.DuckDBPyConnection, problems: list[Problem],
    means: Means, language: Language, progress: Progress,
) -> Done | None:
    earlier = earlier_of(asked, rulebook, problems)
    # without the history that was given, decisions would be others
    taken = None if problems else take(asked, rulebook, base, working, problems, partial(progress, READING))
    if taken is None:
        return None
    done = Done(taken, earlier)
    manifest = Manifest(rulebook, f"{means.engine} {duckdb.__version__}", version("policy"))
    rules = Rules(rulebook)
    names: list[str] = []
    if taken.cases:
        with _watched(base, taken.cases, partial(progress, DECIDING)):
            names = _decided(taken, rules, working, base, means, earlier)
    if names:
        seen = sampled(rules, VIEW, taken.cases, working, base, earlier)
        if seen.different:
            told = ", ".join(seen.different[:5])
            problems.append(Problem("batch.differs", fields={"count": len(seen.different), "cases": told}))
            return None
        done.sampled = seen.cases
        manifest.sample = {"cases": seen.cases, "competing": seen.competing, "different": 0}
        manifest.columns = _columns(rules)
        done.totals = totals_of(rules, working, base)
        names += _totals(done.totals, rulebook, working, language)
        done.files = tuple(names)
    if taken.rejects or taken.notes:
        # most batches write no workbook, and what does takes a while to load
        from interpreter.cases.sheets.returns import write_returns

        write_returns(working / REJECTS, taken, taken.notes, language)
        done.files += (REJECTS,)
    read = (*asked.paths, *([] if asked.history is None else [asked.history]))
    manifest.inputs = {path.name: digest_of(path) for path in read}
    manifest.outputs = {name: digest_of(working / name) for name in done.files}
    manifest.counts = _counts(taken, done)
    (working / MANIFEST).write_bytes(manifest.as_bytes())
    return done


def _decided(
    taken: Intake, rules: Rules, working: Path, base: duckdb.DuckDBPyConnection, means: Means,
    earlier: Earlier | None,
) -> list[str]:
    """Decides the cases, and says the names of the files that were written; none where no case is left.

    Rows that are likely to be right are looked at while they are decided. If any is not, all is done again, and so it
    is where the database stumbles over what nobody looked at.
    """
    if taken.doubted is not None and rules.alone and means.engine == "duckdb" and earlier is None:
        _view(taken.doubted, base)
        try:
            with _sparing(means, base):
                query = streamed(rules, VIEW, base, in_order=taken.in_order)
                names = query and write_files(query, rules, working, base, doubted=True)
        except (duckdb.DataError, duckdb.ProgrammingError, duckdb.OutOfMemoryException):
            names = None
        if names:
            _view(taken.relation, base)
            return names
    taken.prove()
    if not taken.cases:
        return []
    _view(taken.relation, base)
    query = answer(rules, VIEW, base, in_order=taken.in_order, engine=means.engine, earlier=earlier)
    return write_files(query, rules, working, base) or []


@contextmanager
def _sparing(means: Means, base: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What streams from file to file does so in little memory, unless somebody said how much there is: files are
    written as soon as they can be rather than held back."""
    if means.memory is None:
        base.execute(f"SET memory_limit = '{ENOUGH}'")
    try:
        yield
    finally:
        if means.memory is None:
            base.execute("RESET memory_limit")


def _view(relation: str, base: duckdb.DuckDBPyConnection) -> None:
    base.execute(f"CREATE OR REPLACE TEMP VIEW {VIEW} AS {relation}")


@contextmanager
def _watched(
    base: duckdb.DuckDBPyConnection, cases: int, progress: Callable[[int, int], None]
) -> Iterator[None]:
    """Tells the progress of the database's work on so many cases while it goes on."""
    over = Event()

    def watch() -> None:
        while not over.wait(1):
            progress(cases * max(0, int(base.query_progress())) // 100, cases)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        progress(cases, cases)


def _totals(totals: list[Total], rulebook: Rulebook, working: Path, language: Language) -> list[str]:
    titles = {measure.name: measure.title for measure in rulebook.measures.values()}
    (working / TOTALS_CSV).write_bytes(as_csv(totals, titles, language))
    shown = page(totals, titles, rulebook.number, rulebook.money.currency, language)
    (working / TOTALS_HTML).write_text(shown, encoding="utf-8")
    return [TOTALS_CSV, TOTALS_HTML]


def _counts(taken: Intake, done: Done) -> dict[str, int]:
    return {
        "rows": sum(count.rows for count in taken.counts), "rows_used": sum(count.used for count in taken.counts),
        "rows_refused": sum(count.refused for count in taken.counts),
        "rows_left_out": sum(len(rows) for count in taken.counts for rows in count.left_out.values()),
        "cases_decided": taken.cases, "refusals": len(taken.rejects), "repairs": len(taken.notes),
        "sampled": done.sampled,
    }


def _columns(rules: Rules) -> dict[str, object]:
    """How the columns of the decisions are read."""
    book = rules.rulebook
    causes = rules.causes
    places = {"missing": causes.facts, "open": (-1, *causes.others)}
    return {
        "states": {
            "read": "two bits for each requirement, the first in the lowest: (states >> 2 * n) & 3",
            "codes": {"not met": 0, "met": MET, "unknown": UNKNOWN},
            "requirements": {
                measure.name: [requirement.name for requirement in measure.head]
                for measure in book.measures.values() if not measure.loops
            },
        },
        "masks": {
            kind: [book.causes[place].name if place >= 0 else "" for place in its] for kind, its in places.items()
        },
    }


def _put_in_place(done: Done, working: Path, out: Path) -> None:
    """The manifest goes first and comes back last, so that it stands only beside files of one run."""
    (out / MANIFEST).unlink(missing_ok=True)
    (out / REJECTS).unlink(missing_ok=True)
    for name in (*done.files, MANIFEST):
        (working / name).replace(out / name)
