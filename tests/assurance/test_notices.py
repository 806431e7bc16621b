"""The notices and examples that come with the product: checked, tested, decided as their names say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from interpreter.assurance.policy_tests import run_policy_tests
from interpreter.cases.facts import named_policy, read_case
from interpreter.decision.decide import decide
from interpreter.problems import Source
from interpreter.rulebook.load import load

ROOT = Path(__file__).resolve().parents[2]
NOTICES = sorted(path.parent for path in (ROOT / "policy").glob("*/policy.yaml"))


@pytest.mark.parametrize("folder", NOTICES, ids=lambda folder: folder.name)
def test_a_notice_has_no_problems_and_passes_its_tests(folder):
    problems = []
    assert load(folder, problems) is not None
    results = run_policy_tests(folder, problems)
    assert problems == []
    assert [result for result in results if not result.passed] == []
    assert {result.where.source.name.rsplit("/")[-1] for result in results} == {
        path.name for path in (folder / "tests").glob("*.yaml")
    }


EXAMPLES = {
    "worker": ("granted", "3000.00"),
    "worker_refused": ("refused", "0.00"),
    "worker_incomplete": ("incomplete", "0.00"),
    "worker_review": ("review", "0.00"),
    "agency": ("granted", "2000.00"),
}


def test_every_example_is_tried():
    assert {path.stem for path in (ROOT / "examples").glob("*.json")} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_decided_as_its_name_says(name):
    source = Source(f"{name}.json", (ROOT / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    problems = []
    rulebook = load(ROOT / "policy" / named_policy(source), problems)
    case = read_case(source, rulebook, problems)
    assert problems == []
    decision = decide(rulebook, case)
    [measure] = decision.measures
    assert measure.claimed
    assert (measure.outcome, measure.amount) == (EXAMPLES[name][0], Decimal(EXAMPLES[name][1]))
