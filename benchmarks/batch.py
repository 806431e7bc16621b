"""How long millions take: the sample and the shipped notice from Parquet to Parquet, beside a plain copy, SQL written
by hand, openfisca-core, zen-engine and the interpreter itself, after all have given equal answers.

`batch.py` prints the table for 1e5 and 1e6 people; `--large` adds 1e7, `--largest` 33 million; `--write` puts it into
README.md. Every turn is a process of its own on one thread, so that its processor time and its peak memory are its own.
Exits with 1 where answers differ. Needs the packages of the extra `bench`.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import duckdb
import fisca
import peers
from crowd import write_crowd
from people import people
from per_case import NOTICE, README, SAMPLE, answer, case_of, rulebook, typed

from examples.generate import MAKERS, caseload
from interpreter.batch.answers import Rules
from interpreter.batch.answers import answer as answers_of
from interpreter.batch.files.intake import Asked
from interpreter.batch.files.parquet import take_parquet
from interpreter.batch.outputs import write_files
from interpreter.batch.run import Means, run
from interpreter.decision.verdict import verdicts_of
from interpreter.rulebook.model import Rulebook

HAND = Path(__file__).with_name("hand_written.sql")
BEGIN, END = "<!-- batch: begin -->\n", "<!-- batch: end -->\n"
TURNS = 3
SLICE = 2_000
"""People of what is too slow for a crowd."""
SEEDS = 2_000
"""Different cases of the notice; they come again under other numbers."""
NOTICE_CASES = 10_000
HAND_BAR, COPY_BAR, FISCA_BAR, ZEN_BAR, NOTICE_BAR, MEMORY_BAR, FLAT_BAR = 1.2, 2.0, 1.5, 100, 4, 500, 1.3

Job = Callable[[Path, Path], None]


def _base() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def _copied(query: str, out: Path) -> None:
    _base().execute(f"COPY ({query}) TO '{out}' (FORMAT parquet)")


def plain_copy(path: Path, out: Path) -> None:
    _copied(f"SELECT * FROM read_parquet('{path}')", out)


def by_hand(path: Path, out: Path) -> None:
    _copied(HAND.read_text("utf-8").format(source=f"read_parquet('{path}')"), out)


def by_fisca(path: Path, out: Path) -> None:
    fisca.decide(str(path), str(out), _base(), fisca.system())


def _decided(path: Path, out: Path, rules: Rulebook) -> None:
    """The cases looked through, and their decisions and sums written."""
    base, problems, made = _base(), [], Rules(rules)
    taken = take_parquet(path, rules, base, out.parent, problems)
    assert taken is not None, problems
    base.execute(f"CREATE TEMP VIEW cases AS {taken.relation}")
    write_files(answers_of(made, "cases", base, in_order=taken.in_order), made, out.parent, base)


def rules_alone(path: Path, out: Path) -> None:
    """The decisions without looking whether the file's values are right."""
    base, made = _base(), Rules(rulebook(SAMPLE))
    taken = take_parquet(path, made.rulebook, base, out.parent, [])
    assert taken is not None
    base.execute(f"CREATE TEMP VIEW cases AS {taken.relation}")
    _BEGUN.append(time.process_time())
    base.execute(f"COPY ({answers_of(made, 'cases', base, in_order=True)}) TO '{out}' (FORMAT parquet)")


def whole_batch(path: Path, out: Path) -> None:
    """All that `policy batch` does."""
    problems: list[object] = []
    done = run(Asked((path,)), rulebook(SAMPLE), out.parent, problems, means=Means(threads=1))  # type: ignore[arg-type]
    assert done is not None, problems


JOBS: dict[str, Job] = {
    "plain copy": plain_copy, "SQL by hand": by_hand, "ours, the rules alone": rules_alone,
    "ours, cases looked through": lambda path, out: _decided(path, out, rulebook(SAMPLE)),
    "policy batch": whole_batch, "openfisca-core": by_fisca,
    "notice, ours": lambda path, out: _decided(path, out, rulebook(NOTICE)),
}
_BEGUN: list[float] = []


def work(name: str, path: Path, out: Path) -> None:
    """One turn, in a process of its own: seconds of processor time and megabytes of memory to the output."""
    _BEGUN.append(time.process_time())
    JOBS[name](path, out)
    seconds = time.process_time() - _BEGUN[-1]
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


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
    """The same outcomes, amounts, states and missing facts from all, or an AssertionError."""
    out, ours = folder / "out.parquet", folder / "ours.parquet"
    by_hand(path, folder / "hand.parquet")
    rules_alone(path, ours)
    by_fisca(path, out)
    base = _base()
    columns = ", ".join(
        f'"{name}"' for name, *_ in base.execute(f"DESCRIBE FROM '{out}'").fetchall()
    )
    for one in (out, ours):
        for a, b in ((one, folder / "hand.parquet"), (folder / "hand.parquet", one)):
            left = base.execute(
                f"SELECT count(*) FROM (SELECT {columns} FROM '{a}' EXCEPT ALL SELECT {columns} FROM '{b}')"
            ).fetchone()
            assert left == (0,), f"the answers differ: {one.name}"


def slow_ones() -> dict[str, float]:
    """Seconds a case of zen's batch and of the interpreter, on a slice, with equal answers."""
    rules, persons = rulebook(SAMPLE), people(SLICE)
    cases = [typed(case_of(number, person), rules) for number, person in enumerate(persons)]
    facts = [peers.facts_of(person) for person in persons]
    verdicts, zen = verdicts_of(rules), peers.zen_forms()["zen engine.evaluate_batch"]
    assert zen(facts) == [answer(verdicts(case)) for case in cases], "the answers differ"
    jobs: dict[str, Callable[[], object]] = {
        "zen engine.evaluate_batch": lambda: zen(facts),
        "the interpreter, read and typed before": lambda: [verdicts(case) for case in cases],
        "the interpreter, with reading": lambda: [
            verdicts(typed(case_of(number, person), rules)) for number, person in enumerate(persons)
        ],
    }
    found = {}
    for name, job in jobs.items():
        times = []
        for _ in range(3):
            begin = time.process_time()
            job()
            times.append((time.process_time() - begin) / SLICE)
        found[name] = statistics.median(times)
    return found


def notice_file(path: Path) -> None:
    """Generated cases of the notice as Parquet, in the shapes of their JSON; the same ones again and again under other
    numbers."""
    lines = path.with_suffix(".jsonl")
    made = [data for maker in MAKERS for data in islice(caseload(1, maker), SEEDS // len(MAKERS))]
    lines.write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made if "county" not in one), encoding="utf-8"
    )
    base = _base()
    base.execute(f"CREATE TABLE made AS SELECT * FROM read_json('{lines}', sample_size = -1)")
    times = -(-NOTICE_CASES // max(1, base.execute("SELECT count(*) FROM made").fetchall()[0][0]))
    base.execute(
        f"COPY (SELECT made.* REPLACE (struct_update(application, number := application.number || '-' || n) AS "
        f"application) FROM range({times}) AS t(n), made LIMIT {NOTICE_CASES}) TO '{path}' (FORMAT parquet)"
    )


def table(folder: Path, sizes: list[int]) -> str:
    """The table as Markdown."""
    names = ["plain copy", "SQL by hand", "ours, the rules alone", "ours, cases looked through", "policy batch",
             "openfisca-core"]
    lines = ["| sample: people, and processor time | seconds | against the copy | against SQL by hand | peak MB |",
             "|---|---:|---:|---:|---:|"]
    found: dict[int, dict[str, tuple[float, float]]] = {}
    for size in sizes:
        path = folder / "people.parquet"
        write_crowd(path, size, _base())
        if size == sizes[0]:
            check_equal(path, folder)
        of = names if size <= 10**7 else ["plain copy", "policy batch"]
        found[size] = its = measured(of, path, folder, TURNS if size <= 10**6 else 1)
        for name, (seconds, memory) in its.items():
            hand = f"{seconds / its['SQL by hand'][0]:.2f}" if "SQL by hand" in its else ""
            lines.append(f"| {size:,}: {name} | {seconds:.2f} | {seconds / its['plain copy'][0]:.2f} | {hand} | "
                         f"{memory:,.0f} |")
    ours = found[max(size for size in sizes if size <= 10**7)]
    count = max(size for size in sizes if size <= 10**7)
    each = ours["policy batch"][0] / count
    lines += ["", "| a case, on a slice | microseconds | the whole of `policy batch` is |", "|---|---:|---:|"]
    slow = slow_ones()
    for name, seconds in slow.items():
        lines.append(f"| {name} | {seconds * 1e6:,.1f} | {seconds / each:,.0f} times as fast |")
    notice = folder / "notice.parquet"
    notice_file(notice)
    its = measured(["plain copy", "notice, ours"], notice, folder, 1)
    ratio = its["notice, ours"][0] / its["plain copy"][0]
    lines += ["", f"| the notice, {NOTICE_CASES:,} cases | seconds | against its copy | peak MB |"]
    lines.append("|---|---:|---:|---:|")
    for name, (seconds, memory) in its.items():
        lines.append(f"| {name} | {seconds:.2f} | {seconds / its['plain copy'][0]:.1f} | {memory:,.0f} |")
    rules = ours["ours, the rules alone"][0]
    bars = [
        ("the rules alone, against SQL by hand", rules / ours["SQL by hand"][0], HAND_BAR, False),
        ("the rules alone, against the copy", rules / ours["plain copy"][0], COPY_BAR, False),
        ("openfisca-core, against cases looked through",
         ours["openfisca-core"][0] / ours["ours, cases looked through"][0], FISCA_BAR, True),
        ("zen's batch, against `policy batch`", slow["zen engine.evaluate_batch"] / each, ZEN_BAR, True),
        ("the notice, against its copy", ratio, NOTICE_BAR, False),
        ("peak memory of `policy batch` in MB", ours["policy batch"][1], MEMORY_BAR, False),
    ]
    if 10**7 in sizes:
        flat = found[10**7]["policy batch"][0] / 10 / found[10**6]["policy batch"][0]
        bars.append(("a case at 10,000,000 against 1,000,000", flat, FLAT_BAR, False))
    lines += ["", "| | ratio | bar | |", "|---|---:|---:|---|"]
    for label, value, bar, least in bars:
        reached = value >= bar if least else value <= bar
        lines.append(f"| {label} | {value:,.2f} | {'at least' if least else 'at most'} {bar} | "
                     f"{'reached' if reached else 'missed'} |")
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    turns = f"medians of {TURNS} turns (1 of the notice, and from 10,000,000 on)"
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
        before, _, rest = README.read_text("utf-8").partition(BEGIN)
        README.write_text(f"{before}{BEGIN}{text}{END}{rest.partition(END)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
