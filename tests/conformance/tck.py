"""Runs the public conformance suite of DMN: `python -m tests.conformance.tck FILE...`.

A file holds a JSON object a line: a literal expression (`expr`) or a decision table (`rules`). Printed are, by suite,
by profile and in all, how many of the positives passed; how many negatives the checker rejected, with a position,
raised when they ran, or were wrongly accepted; and how many cases of tables passed. What failed is listed, what is
known to be missed beside it with the reason. It ends with 1 where anything within the profile failed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.conformance.expressions import run_expression
from tests.conformance.outcome import Kind, Outcome, Verdict
from tests.conformance.tables import run_table

PROFILES = ("P0", "P1", "P2")
NEGATIVE: tuple[Verdict, ...] = ("rejected", "raised", "accepted")
HEAD = f"{'':34}{'positives':>18}{'negatives: rejected':>22}{'raised':>8}{'accepted':>10}{'tables':>16}"


def outcomes(path: Path) -> Iterator[Outcome]:
    """How the cases of a file went, in its order; those outside the profile are left out."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield from _outcomes(json.loads(line))


def _outcomes(record: dict[str, Any]) -> Iterator[Outcome]:
    if "expr" not in record:
        try:
            yield from run_table(record)
        except Exception as error:  # a crash is a failure of its table, and not of the run
            yield Outcome(record.get("suite", ""), record.get("decision", ""), "table", "", "failed", repr(error))
        return
    found = run_expression(record)
    if found is not None:
        yield found


def report(found: list[Outcome]) -> Iterator[str]:
    """The counts by suite, by profile and in all, then what is missed and what failed."""
    yield HEAD
    for suite in sorted({outcome.suite for outcome in found}):
        yield _line(suite, [outcome for outcome in found if outcome.suite == suite])
    for profile in PROFILES:
        yield _line(profile, [outcome for outcome in found if outcome.profile == profile])
    yield _line("in all", found)
    for title, verdicts in (("missed", ("missed",)), ("failed", ("failed", "accepted"))):
        listed = [outcome for outcome in found if outcome.verdict in verdicts]
        if listed:
            yield f"{title} ({len(listed)}):"
            yield from (f"  {one.profile} {one.verdict} {one.kind} {one.case}: {one.note}" for one in listed)


def _line(name: str, found: Iterable[Outcome]) -> str:
    counts: Counter[tuple[Kind, Verdict]] = Counter((outcome.kind, outcome.verdict) for outcome in found)

    def passed(kind: Kind) -> str:
        of = sum(number for (one, _), number in counts.items() if one == kind)
        missed = counts[kind, "missed"]
        return "" if not of else f"{counts[kind, 'passed']}/{of}" + (f" ({missed} missed)" if missed else "")

    rejected, raised, accepted = (counts["negative", verdict] for verdict in NEGATIVE)
    negatives = f"{rejected:>22}{raised:>8}{accepted:>10}" if rejected + raised + accepted else " " * 40
    return f"{name[:33]:34}{passed('positive'):>18}{negatives}{passed('table'):>16}".rstrip()


def main(paths: list[str]) -> int:
    """Runs the files and prints the report; 1 where anything failed, 2 without a file."""
    if not paths:
        print(__doc__)
        return 2
    found = [outcome for path in paths for outcome in outcomes(Path(path))]
    for line in report(found):
        print(line)
    return int(not all(outcome.good for outcome in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
