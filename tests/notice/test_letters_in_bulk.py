"""The letters of a generated caseload: one a case, measure and outcome group, their sums those of the decisions, and
the same bytes whether written in one go or after having been cut short."""

from __future__ import annotations

import csv
import hashlib
import json
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from cli import main
from examples.generate import caseload
from interpreter.cases.facts import read_plain
from interpreter.decision.decide import decide_batch
from interpreter.letters.plan import letters_for
from tests.conftest import FULL
from tests.notice.places import NOTICE, ROOT, rulebook

CASES = 5000 if FULL else 120


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def mailed(tmp_path_factory):
    """A caseload, the folder of its letters, and its decisions."""
    place = tmp_path_factory.mktemp("mail")
    rules = rulebook(NOTICE)
    data = list(islice(caseload(2), CASES))
    (place / "cases.jsonl").write_text("".join(json.dumps(one) + "\n" for one in data), encoding="utf-8")
    cases = [read_plain(one, rules, []) for one in data]
    write(place / "cases.jsonl", place / "out")
    return place, rules, decide_batch(rules, cases)


def write(cases: Path, out: Path) -> None:
    result = CliRunner().invoke(main, [
        "letters", str(cases), "-o", str(out), "--policy", str(ROOT / "policy"), "--lang", "zh",
    ])
    assert result.exit_code == 0, result.output


def test_one_letter_a_case_measure_and_outcome_group(mailed):
    place, rules, decisions = mailed
    wanted = [(d.case, plan.measure.measure, plan.kind) for d in decisions for plan in letters_for(d, rules)]
    assert len(wanted) > CASES
    assert len(set(wanted)) == len(wanted)
    for ending in ("txt", "html"):
        found = {path.stem for path in (place / "out").rglob(f"*.{ending}")}
        assert found == {f"{case}-{measure}-{kind}" for case, measure, kind in wanted}


def test_the_sums_are_those_of_the_decisions(mailed):
    place, _, decisions = mailed
    with (place / "out" / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    written = sum((Decimal(row["金额"]) for row in rows if row["金额"]), Decimal(0))
    assert written == sum(decision.total for decision in decisions) > 0


def test_cut_short_and_started_again_it_ends_with_the_same_bytes(mailed):
    place, _, _ = mailed
    out = place / "out"
    straight = digests(out)
    random = Random(5)
    for name in random.sample(sorted(straight), len(straight) // 3):
        (out / name).unlink()
    for name in random.sample(sorted(digests(out)), 5):
        (out / name).write_bytes(b"half a let")
    write(place / "cases.jsonl", out)
    assert digests(out) == straight
