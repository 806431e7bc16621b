"""Policy tests: the cases officers write beside their rules, and whether the rules decide them as expected."""

from interpreter.assurance.policy_tests.model import Difference, TestResult
from interpreter.assurance.policy_tests.report import render_results
from interpreter.assurance.policy_tests.run import run_policy_tests

__all__ = ["Difference", "TestResult", "render_results", "run_policy_tests"]
