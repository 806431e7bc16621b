"""The notices that come with the product: checked and tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter.assurance.policy_tests import run_policy_tests
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
