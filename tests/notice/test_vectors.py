"""The boundary cases V1 to V25 of the notice: each has a policy test of its name, and all of them pass."""

from __future__ import annotations

import re

import pytest

from interpreter.assurance.policy_tests import run_policy_tests
from tests.notice.places import NOTICE


@pytest.fixture(scope="module")
def results():
    problems = []
    found = run_policy_tests(NOTICE, problems)
    assert problems == []
    return found


@pytest.mark.parametrize("number", range(1, 26))
def test_a_boundary_case_is_tested_by_name(number, results):
    named = [result for result in results if re.match(rf"V{number}(?!\d)", result.name)]
    assert named
    assert [result.name for result in named if not result.passed] == []


def test_no_other_number_is_used(results):
    numbers = {int(found[1]) for result in results if (found := re.match(r"V(\d+)", result.name))}
    assert numbers == set(range(1, 26))
