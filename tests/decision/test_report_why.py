"""Step by step: golden pages, and what must be on them."""

from __future__ import annotations

import pytest
from wcwidth import wcswidth

from interpreter.decision.report import render_why
from interpreter.problems import Language
from tests.decision import made
from tests.decision.test_report import compare

STEPS = [("worker", "stability"), ("agency", "service"), ("limited", "stability"), ("referred", "transport"),
         ("referred", "stability"), ("open", "stability"), ("worker", "rent")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("case", "measure"), STEPS)
def test_golden_steps(case: str, measure: str, language: Language) -> None:
    page = render_why(made.ALL[case](), made.rulebook(), measure, language)
    compare(f"why-{case}-{measure}.{language}.txt", page)
    page.encode("gbk")
    assert all(wcswidth(line) <= 80 for line in page.splitlines())


def test_expressions_stand_as_written_with_their_place() -> None:
    page = render_why(made.worker_case(), made.rulebook(), "stability", "zh")
    assert "insured_months(worker) >= min_months" in page
    assert "measures/stability.yaml:10" in page
    assert "= count(possible_months(person))" in page


def test_a_provided_figure_shows_no_computation() -> None:
    page = render_why(made.limited_case(), made.rulebook(), "stability", "zh")
    assert "参保月数 3 个月（案件提供）" in page
    assert "= count(" not in page


def test_a_measure_that_was_not_decided_is_refused() -> None:
    with pytest.raises(KeyError):
        render_why(made.worker_case(), made.rulebook(), "service", "zh")
