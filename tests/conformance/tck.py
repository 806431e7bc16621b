"""Runs the public conformance suite of DMN: `python -m tests.conformance.tck FILE...`.

A file holds a JSON object a line: a literal expression (`expr`) or a decision table (`rules`). Printed are, by suite,
by profile and in all, how many of the positives passed; how many negatives the checker rejected, with a position,
raised when they ran, or were wrongly accepted; and how many cases of tables passed. What failed is listed, what is
known to be missed beside it with the reason; what is outside the profile is counted. It ends with 1 where anything
within the profile failed or a line holds no case, with 2 where a file cannot be read.
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

COUNTED: tuple[Kind, ...] = ("positive", "negative", "table")
NEGATIVE: tuple[Verdict, ...] = ("rejected", "raised", "accepted")
HEAD = f"{'':34}{'positives':>18}{'negatives: rejected':>22}{'raised':>8}{'accepted':>10}{'tables':>16}"


def outcomes(path: Path) -> Iterator[Outcome]:
    """How the lines of a file went, in its order; those outside the profile are left out, and said to be."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield from _outcomes(line, f"{path.name}:{number}")


def _outcomes(line: str, where: str) -> Iterator[Outcome]:
    """How a line went. A crash is a failure of its case, and not of the run."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        yield Outcome("", where, "line", "", "failed", f"no JSON: {error}")
        return
    if isinstance(record, dict) and isinstance(record.get("expr"), str):
        yield run_expression(record) or _outside(record)
    elif isinstance(record, dict) and isinstance(record.get("rules"), list):
        try:
            yield from run_table(record)
        except Exception as error:
            case = f"{where} {record.get('decision', '')}"
            yield Outcome(record.get("suite", ""), case, "table", "", "failed", f"raises {error!r}")
    else:
        yield Outcome("", where, "line", "", "failed", "neither an expression nor a decision table")


def _outside(record: dict[str, Any]) -> Outcome:
    """A case that its scope does not put into the profile."""
    said = record.get("scope")
    scope = said if isinstance(said, dict) else {}
    note = f"{scope.get('class') or 'no scope'}: {scope.get('reason') or ''}"
    return Outcome(record.get("suite", ""), record.get("id", ""), "outside", "", "left out", note)


def report(found: list[Outcome]) -> Iterator[str]:
    """The counts by suite, by profile and in all, then what is missed and what failed."""
    yield HEAD
    for suite in sorted({outcome.suite for outcome in found if outcome.kind in COUNTED}):
        yield _line(suite, [outcome for outcome in found if outcome.suite == suite])
    for profile in sorted({outcome.profile for outcome in found if outcome.profile}):
        yield _line(profile, [outcome for outcome in found if outcome.profile == profile])
    yield _line("in all", found)
    outside = Counter(outcome.note.partition(":")[0] for outcome in found if outcome.kind == "outside")
    if outside:
        yield f"left out ({outside.total()}): " + ", ".join(f"{number} {why}" for why, number in outside.most_common())
    for title, verdicts in (("missed", ("missed",)), ("failed", ("failed", "accepted"))):
        listed = [outcome for outcome in found if outcome.verdict in verdicts]
        if listed:
            yield f"{title} ({len(listed)}):"
            yield from (_said(one) for one in listed)


def _said(one: Outcome) -> str:
    return "  " + " ".join(filter(None, (one.profile, one.verdict, one.kind, one.case))) + f": {one.note}"


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
    """Runs the files and prints the report; 1 where anything failed, 2 without a file that can be read."""
    if not paths:
        print(__doc__)
        return 2
    found = []
    for path in paths:
        try:
            found += outcomes(Path(path))
        except (OSError, UnicodeDecodeError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
    for line in report(found):
        print(line)
    return int(not all(outcome.good for outcome in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
