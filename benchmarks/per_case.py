"""How many cases a second: the sample against other engines with equal answers, the shipped notice, and loading.

`per_case.py` prints the table; `--write` puts it into README.md. Exits with 1 where answers differ or a bar is missed.
Needs the packages of the extra `bench`. See README.md for what each figure contains.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import peers
import yaml
from people import Person, people
from turns import write_table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from examples.generate import MAKERS, caseload  # noqa: E402
from interpreter.cases.facts import Case, read_plain  # noqa: E402
from interpreter.decision.decide import decide  # noqa: E402
from interpreter.decision.model import Verdict  # noqa: E402
from interpreter.decision.verdict import verdicts_of  # noqa: E402
from interpreter.language.unknown import Unknown  # noqa: E402
from interpreter.problems import Problem  # noqa: E402
from interpreter.rulebook.load import load  # noqa: E402
from interpreter.rulebook.model import Rulebook  # noqa: E402

SAMPLE = ROOT / "benchmarks" / "sample"
NOTICE = ROOT / "policy" / "shaoxing-labour-cooperation-2021"

ROUNDS = 7
PEOPLE, FEW, SLOW = 2000, 200, 40
"""How many people each round takes, how many of the notice and of explained cases, and how many of what is slow."""
MEASURES = 1000
ZEN_BAR, CEL_BAR, YAML_BAR = 10, 5, 30

Row = tuple[str, float]


def rulebook(folder: Path) -> Rulebook:
    problems: list[Problem] = []
    found = load(folder, problems)
    assert found is not None, problems
    return found


def typed(data: dict[str, Any], rules: Rulebook) -> Case:
    problems: list[Problem] = []
    case = read_plain(data, rules, problems)
    assert case is not None, problems
    return case


def case_of(number: int, person: Person) -> dict[str, Any]:
    """A person's case as data."""
    stated = {name: value for name, value in person.items() if value is not None}
    application = {"number": str(number), "filed_on": stated.pop("filed_on")}
    return {"application": application, "worker": {"id": str(number), **stated}}


def answer(verdicts: Sequence[Verdict]) -> peers.Answer:
    """Verdicts in the terms of the other engines."""
    found: dict[str, peers.Line] = {}
    for line in verdicts:
        states = tuple(None if isinstance(state, Unknown) else state for state in line.states)
        outcome = "met" if line.outcome == "granted" else line.outcome
        amount = None if outcome == "incomplete" or line.amount is None else int(line.amount)
        found[line.measure] = outcome, amount, states
    return [found[name] for name in peers.MEASURES]


def medians(jobs: dict[str, tuple[Callable[[], object], int]]) -> dict[str, float]:
    """Cases a second of processor time for each job and the number of its cases: medians over rounds in which the jobs
    take turns."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    gc.collect()
    gc.freeze()
    for round in range(ROUNDS + 1):
        for name, (job, count) in jobs.items():
            begin = time.process_time()
            job()
            if round:  # the first one warms up
                times[name].append((time.process_time() - begin) / count)
    return {name: 1 / statistics.median(its) for name, its in times.items()}


def sample_jobs() -> dict[str, tuple[Callable[[], object], int]]:
    """Every engine on the sample, once all have given the same answers."""
    rules, persons = rulebook(SAMPLE), people(PEOPLE)
    cases = [typed(case_of(number, person), rules) for number, person in enumerate(persons)]
    facts = [peers.facts_of(person) for person in persons]
    slow = [peers.celpy_facts(its) for its in facts[:SLOW]]
    verdicts = verdicts_of(rules)
    want = [answer(verdicts(case)) for case in cases]

    def ours() -> None:
        for case in cases:
            verdicts(case)

    def explained() -> None:
        for case in cases[:FEW]:
            decide(rules, case)

    def job(run: peers.Batch, given: Sequence[peers.Facts]) -> Callable[[], object]:
        assert run(given) == want[: len(given)], "the answers differ"
        return lambda: run(given)

    jobs: dict[str, tuple[Callable[[], object], int]] = {"ours": (ours, PEOPLE), "ours, explained": (explained, FEW)}
    for name, run in (peers.zen_forms() | peers.cel_forms()).items():
        jobs[name] = job(run, facts), PEOPLE
    for name, run in peers.celpy_forms().items():
        jobs[name] = job(run, slow), SLOW
    return jobs


def notice_jobs() -> dict[str, tuple[Callable[[], object], int]]:
    """The shipped notice on generated cases of all its claimants."""
    rules = rulebook(NOTICE)
    each = FEW // len(MAKERS)
    cases = [typed(data, rules) for maker in MAKERS for data in islice(caseload(1, maker), each)]
    cases = [case for case in cases if "county" not in case.facts]  # the county has duties and no measures
    verdicts = verdicts_of(rules)

    def ours() -> None:
        for case in cases:
            verdicts(case)

    def explained() -> None:
        for case in cases:
            decide(rules, case)

    return {"the notice": (ours, len(cases)), "the notice, explained": (explained, len(cases))}


def many_measures(folder: Path) -> None:
    """The sample with a thousand measures: each of its own, many times over under other names."""
    for name in ("policy.yaml", "facts.yaml", "parameters.yaml", "definitions.yaml"):
        Path(folder, name).write_bytes(Path(SAMPLE, name).read_bytes())
    Path(folder, "measures").mkdir()
    models = [Path(SAMPLE, "measures", f"{name}.yaml").read_text("utf-8") for name in peers.MEASURES]
    for number in range(MEASURES):
        model, name = models[number % len(models)], f"m{number}"
        body = model.partition("\n")[2].replace(">= 3", f">= {number}").replace("> 0", f"> {number % 7}")
        Path(folder, "measures", f"{name}.yaml").write_text(f"measure: {name}\n{body}", "utf-8")


def loading() -> tuple[float, float]:
    """Seconds to read and check a thousand measures, and to compose the same YAML with PyYAML's C loader."""
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base, "sample")
        folder.mkdir()
        many_measures(folder)
        texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))]
        ours, composed = [], []
        for _ in range(3):
            begin = time.process_time()
            rulebook(folder)
            ours.append(time.process_time() - begin)
            begin = time.process_time()
            for text in texts:
                yaml.compose(text, Loader=yaml.CSafeLoader)
            composed.append(time.process_time() - begin)
    return statistics.median(ours), statistics.median(composed)


def table(rates: dict[str, float], notice: dict[str, float], seconds: tuple[float, float]) -> tuple[str, bool]:
    """The table as Markdown, and whether every bar is reached."""
    ours = rates["ours"]
    lines = ["| sample: five measures, 33 requirements | cases a second | ours is |", "|---|---:|---:|"]
    for name, rate in rates.items():
        lines.append(f"| {name} | {rate:,.0f} | {'' if name == 'ours' else f'{ours / rate:.1f} times'} |")
    for name, rate in notice.items():
        lines.append(f"| {name} | {rate:,.0f} | |")
    zen = ours / max(rate for name, rate in rates.items() if name.startswith("zen"))
    cel = ours / max(rate for name, rate in rates.items() if name.lower().startswith("cel"))
    read, composed = seconds
    bars = [
        ("against zen's best", zen, ZEN_BAR, zen >= ZEN_BAR), ("against CEL's best", cel, CEL_BAR, cel >= CEL_BAR),
        (f"loading {MEASURES:,} measures, against composing their YAML", read / composed, YAML_BAR,
         read / composed <= YAML_BAR),
    ]
    lines += ["", "| | ratio | bar | |", "|---|---:|---:|---|"]
    for label, ratio, bar, reached in bars:
        sign = "at most" if bar == YAML_BAR else "at least"
        lines.append(f"| {label} | {ratio:.1f} | {sign} {bar} | {'reached' if reached else 'missed'} |")
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("zen-engine", "common-expression-language", "cel-python", "PyYAML")
    )
    lines += ["", f"Python {sys.version_info[0]}.{sys.version_info[1]}, {versions}; medians of {ROUNDS} rounds."]
    return "\n".join(lines) + "\n", all(reached for *_, reached in bars)


def main() -> int:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, also for what starts threads
    text, reached = table(medians(sample_jobs()), medians(notice_jobs()), loading())
    print(text)
    if "--write" in sys.argv[1:]:
        write_table("per_case", text)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
