"""What the policy tests came to, as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from interpreter.assurance.policy_tests.model import Difference, TestResult
from interpreter.decision.report.layout import beside, flow, indented
from interpreter.problems import Language, Span, Text, fill
from interpreter.problems.render import render

FAILED = Text("不过", "failed")
EXPECTED = Text("应为 {0}", "expected {0}")
FOUND = Text("实为 {0}", "found {0}")
BECAUSE = Text("因", "because")
NO_TESTS = Text("没有案例。", "There are no tests.")
SUMMARY = Text(
    "{count} 个案例：{passed} 个通过，{failed} 个不过。",
    "{count} test: {passed} passed, {failed} failed.|{count} tests: {passed} passed, {failed} failed.",
)
GAP = "  "


def render_results(results: Iterable[TestResult], language: Language, width: int = 80) -> str:
    """The failed tests with what differs and why, then one line that counts them all, and a line end."""
    results = list(results)
    if not results:
        return NO_TESTS.to(language) + "\n"
    failed = [result for result in results if not result.passed]
    blocks = ["\n".join(_failed(result, language, width)) for result in failed]
    passed = len(results) - len(failed)
    summary = fill(SUMMARY, language, count=len(results), passed=passed, failed=len(failed))
    return "\n\n".join([*blocks, summary]) + "\n"


def _failed(result: TestResult, language: Language, width: int) -> list[str]:
    head = FAILED.to(language) + GAP
    lines = beside(head, result.name, _short(result.where), width)
    for difference in result.differences:
        lines += indented(_difference(difference, language, width - len(GAP) * 2), len(GAP) * 2)
    for problem in result.problems:
        lines += indented(render(problem, language, width=width - len(GAP) * 2).splitlines(), len(GAP) * 2)
    return lines


def _difference(difference: Difference, language: Language, width: int) -> list[str]:
    parts = [
        difference.subject.to(language),
        fill(EXPECTED, language, difference.expected.to(language)),
        fill(FOUND, language, difference.found.to(language)),
    ]
    lines = flow(parts, GAP, width)
    for reason in difference.because:
        lines += beside(BECAUSE.to(language) + GAP, reason.to(language), "", width)
    return lines


def _short(where: Span) -> str:
    """The place of a test in its policy's folder: `tests/worker.yaml:32`."""
    return "/".join(where.source.name.split("/")[-2:]) + f":{where.line}"
