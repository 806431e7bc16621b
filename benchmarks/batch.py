"""How long millions take: the sample from Parquet to Parquet, beside a plain copy, SQL written by hand, openfisca-core,
zen-engine and the interpreter itself, after all have given equal answers.

`batch.py` prints the table for 1e5 and 1e6 people; `--large` adds 1e7, `--largest` 33 million; `--write` puts it into
README.md. Every turn is a process of its own on one thread, so that its processor time and its peak memory are its own.
Exits with 1 where answers differ. Needs the packages of the extra `bench`.
"""

from __future__ import annotations

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import fisca
import zen_batch
from crowd import write_crowd
from people import people
from per_case import SAMPLE, case_of, rulebook, typed
from turns import peak_megabytes, write_table

from interpreter.batch.answers import Rules
from interpreter.batch.answers import answer as answers_of
from interpreter.batch.files.intake import Asked
from interpreter.batch.files.parquet import take_parquet
from interpreter.batch.outputs import decisions_of
from interpreter.batch.run import Means, run
from interpreter.batch.sql.wide import OUTCOME
from interpreter.decision.verdict import verdicts_of
from interpreter.jobs.ended import open_rulebook
from interpreter.problems import Problem

HAND = Path(__file__).with_name("hand_written.sql")
TURNS = 3
SLICE, ZEN_SLICE = 2_000, 20_000
"""People of what is too slow for a crowd, for the interpreter and for zen."""
HAND_BAR, COPY_BAR, FISCA_BAR, ZEN_BAR, MEMORY_BAR, FLAT_BAR = 1.2, 2.0, 1.5, 100, 500, 1.3

Job = Callable[[Path, Path], None]


def _base() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def _copied(query: str, out: Path, base: duckdb.DuckDBPyConnection | None = None) -> None:
    (base or _base()).execute(f"COPY ({query}) TO '{out}' (FORMAT parquet)")


def plain_copy(path: Path, out: Path) -> None:
    _copied(f"SELECT * FROM read_parquet('{path}')", out)


def by_hand(path: Path, out: Path) -> None:
    _copied(HAND.read_text("utf-8").format(source=f"read_parquet('{path}')"), out)


def by_hand_coded(path: Path, out: Path) -> None:
    """The same with what the batch does about outcomes: constants of a type of their own, which no file shows."""
    text = re.sub(r"'(granted|incomplete|refused)'", rf"'\1'::{OUTCOME}", HAND.read_text("utf-8"))
    _copied(text.format(source=f"read_parquet('{path}')"), out)


def by_fisca(path: Path, out: Path) -> None:
    fisca.decide(str(path), str(out), _base(), fisca.system())


def by_zen(path: Path, out: Path) -> None:
    zen_batch.decide(path, out, _base())


def _decisions(path: Path, out: Path, *, looked_at: bool) -> None:
    """The file of decisions alone, with or without a look at every value; the rules are read before."""
    base, made = _base(), Rules(rulebook(SAMPLE))
    _BEGUN.append(time.process_time())
    taken = take_parquet(path, made.rulebook, base, out.parent, [])
    assert taken is not None
    base.execute(f"CREATE TEMP VIEW cases AS {taken.doubted if looked_at else taken.relation}")
    _copied(decisions_of(answers_of(made, "cases", base, in_order=True), made), out, base)


def whole_batch(path: Path, out: Path) -> None:
    """All that `policy batch` does, with the rules from the cache as there."""
    problems: list[Problem] = []
    rules = open_rulebook(SAMPLE, problems)
    assert rules is not None, problems
    done = run(Asked((path,)), rules, out.parent, problems, means=Means(threads=1))
    assert done is not None, problems


COPY, BY_HAND, CODED, RULES, LOOKED, WHOLE, FISCA, ZEN = (
    "plain copy", "SQL by hand", "SQL by hand, outcomes stored as ours", "ours: decisions, nothing looked at",
    "ours: decisions, every value looked at", "policy batch", "openfisca-core", "zen engine.evaluate_batch",
)
JOBS: dict[str, Job] = {
    COPY: plain_copy, BY_HAND: by_hand, CODED: by_hand_coded,
    RULES: lambda path, out: _decisions(path, out, looked_at=False),
    LOOKED: lambda path, out: _decisions(path, out, looked_at=True),
    WHOLE: whole_batch, FISCA: by_fisca, ZEN: by_zen,
}
_BEGUN: list[float] = []


def work(name: str, path: Path, out: Path) -> None:
    """One turn, in a process of its own: seconds of processor time and megabytes of memory to the output."""
    _BEGUN.append(time.process_time())
    JOBS[name](path, out)
    seconds = time.process_time() - _BEGUN[-1]
    print(json.dumps([seconds, peak_megabytes()]))


def turn(name: str, path: Path, out: Path) -> tuple[float, float]:
    command = [sys.executable, __file__, "--work", name, str(path), str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, memory = json.loads(told.splitlines()[-1])
    return seconds, memory


def measured(names: list[str], path: Path, folder: Path, turns: int) -> dict[str, tuple[float, float]]:
    """Medians of seconds and the most memory, over turns that the jobs take one after the other."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for _ in range(turns):
        for name in names:
            found[name].append(turn(name, path, folder / "out.parquet"))
    return {name: (statistics.median(s for s, _ in its), max(m for _, m in its)) for name, its in found.items()}


def check_equal(path: Path, folder: Path) -> None:
    """The same columns with the same answers from all, or an AssertionError."""
    base, ours = _base(), folder / "decisions.parquet"
    whole_batch(path, folder / "out.parquet")
    columns = base.execute(f"DESCRIBE FROM '{ours}'").fetchall()
    names = ", ".join(f'"{name}"' for name, *_ in columns)
    for job in (BY_HAND, CODED, RULES, LOOKED, FISCA):
        other = folder / "other.parquet"
        JOBS[job](path, other)
        assert sorted(base.execute(f"DESCRIBE FROM '{other}'").fetchall()) == sorted(columns), job
        for a, b in ((ours, other), (other, ours)):
            assert not _more(a, b, names), f"the answers differ: {job}"
    slice_of, others = folder / "slice.parquet", folder / "other.parquet"
    write_crowd(slice_of, SLICE, base)
    by_hand(slice_of, ours)
    by_zen(slice_of, others)
    assert not _more(ours, others, names), "the answers differ: zen"


def _more(a: Path, b: Path, names: str) -> int:
    """How many rows of a file are not in another."""
    found = _base().execute(
        f"SELECT count(*) FROM (SELECT {names} FROM '{a}' EXCEPT ALL SELECT {names} FROM '{b}')"
    ).fetchone()
    return found[0] if found else 1


def slow_ones(folder: Path) -> dict[str, float]:
    """Seconds a case of zen's batch, from file to file, and of the interpreter, on a slice."""
    rules, persons = rulebook(SAMPLE), people(SLICE)
    cases = [typed(case_of(number, person), rules) for number, person in enumerate(persons)]
    verdicts = verdicts_of(rules)
    slice_of = folder / "slice.parquet"
    write_crowd(slice_of, ZEN_SLICE, _base())
    found = {f"{ZEN}, from file to file": measured([ZEN], slice_of, folder, TURNS)[ZEN][0] / ZEN_SLICE}
    jobs: dict[str, Callable[[], object]] = {
        "the interpreter, read and typed before": lambda: [verdicts(case) for case in cases],
        "the interpreter, with reading": lambda: [
            verdicts(typed(case_of(number, person), rules)) for number, person in enumerate(persons)
        ],
    }
    for name, job in jobs.items():
        times = []
        for _ in range(3):
            begin = time.process_time()
            job()
            times.append((time.process_time() - begin) / SLICE)
        found[name] = statistics.median(times)
    return found


def from_the_shell(path: Path, folder: Path) -> tuple[float, float]:
    """The command as people type it, on all processors: its processor time and its time by the wall."""
    command = [str(Path(sys.executable).with_name("policy")), "batch", str(path), "-o", str(folder / "shell"),
               "--policy", str(SAMPLE)]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def table(folder: Path, sizes: list[int]) -> str:
    """The table as Markdown."""
    names = [COPY, BY_HAND, CODED, RULES, LOOKED, WHOLE, FISCA]
    lines = ["| sample: people, and processor time | seconds | against the copy | against SQL by hand | peak MB |",
             "|---|---:|---:|---:|---:|"]
    found: dict[int, dict[str, tuple[float, float]]] = {}
    for size in sizes:
        path = folder / "people.parquet"
        write_crowd(path, size, _base())
        if size == sizes[0]:
            check_equal(path, folder)
        of = names if size <= 10**7 else [COPY, WHOLE]
        found[size] = its = measured(of, path, folder, TURNS if size <= 10**6 else 1)
        copied = its[COPY][0]
        for name, (seconds, memory) in its.items():
            hand = f"{seconds / its[BY_HAND][0]:.2f}" if BY_HAND in its else ""
            lines.append(f"| {size:,}: {name} | {seconds:.2f} | {seconds / copied:.2f} | {hand} | {memory:,.0f} |")
        seconds, wall = from_the_shell(path, folder)
        name = f"the command from the shell, all processors, {wall:.1f} s by the wall"
        lines.append(f"| {size:,}: {name} | {seconds:.2f} | {seconds / copied:.2f} | | |")
    count = max(size for size in sizes if size <= 10**7)
    ours = found[count]
    each = ours[WHOLE][0] / count
    lines += ["", "| a case, on a slice | microseconds | the whole of `policy batch` is |", "|---|---:|---:|"]
    slow = slow_ones(folder)
    for name, seconds in slow.items():
        lines.append(f"| {name} | {seconds * 1e6:,.1f} | {seconds / each:,.0f} times as fast |")
    copied = ours[COPY][0] / count
    lines.append(f"| the plain copy | {copied * 1e6:,.2f} | {copied / each:,.2f} times as fast |")
    zen = next(iter(slow.values()))
    bars = [
        ("`policy batch`, against SQL by hand", ours[WHOLE][0] / ours[BY_HAND][0], HAND_BAR, False),
        ("decisions with nothing looked at, against SQL by hand", ours[RULES][0] / ours[BY_HAND][0], HAND_BAR, False),
        ("`policy batch`, against the copy", ours[WHOLE][0] / ours[COPY][0], COPY_BAR, False),
        ("decisions with nothing looked at, against the copy", ours[RULES][0] / ours[COPY][0], COPY_BAR, False),
        ("openfisca-core, against `policy batch`", ours[FISCA][0] / ours[WHOLE][0], FISCA_BAR, True),
        ("openfisca-core, against decisions with nothing looked at", ours[FISCA][0] / ours[RULES][0], FISCA_BAR, True),
        ("zen's batch, against `policy batch`", zen / each, ZEN_BAR, True),
        ("peak memory of `policy batch` in MB", max(its[WHOLE][1] for its in found.values()), MEMORY_BAR, False),
    ]
    if 10**7 in sizes:
        flat = found[10**7][WHOLE][0] / 10 / found[10**6][WHOLE][0]
        bars.append(("a case at 10,000,000 against 1,000,000", flat, FLAT_BAR, False))
    lines += ["", "| | ratio | bar | |", "|---|---:|---:|---|"]
    for label, value, bar, least in bars:
        reached = value >= bar if least else value <= bar
        lines.append(f"| {label} | {value:,.2f} | {'at least' if least else 'at most'} {bar} | "
                     f"{'reached' if reached else 'missed'} |")
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    turns = f"medians of {TURNS} turns (1 from 10,000,000 on)"
    lines += ["", f"DuckDB {duckdb.__version__}, one thread; {turns}. Load at the end: {load:.1f} a processor."]
    return "\n".join(lines) + "\n"


def main() -> int:
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        return 0
    sizes = [10**5, 10**6]
    sizes += [10**7] if {"--large", "--largest"} & {*sys.argv} else []
    sizes += [33 * 10**6] if "--largest" in sys.argv else []
    with tempfile.TemporaryDirectory() as base:
        text = table(Path(base), sizes)
    print(text)
    if "--write" in sys.argv[1:]:
        write_table("batch", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
