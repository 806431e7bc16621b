"""Broken policies, each with everything that is said about it, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter.problems import Language, Problem
from interpreter.problems.render import render_all
from interpreter.rulebook.load import load

BAD = Path(__file__).parent.parent / "bad"
POLICIES = sorted(path.parent.name for path in BAD.glob("*/policy.yaml"))


@pytest.fixture(autouse=True)
def _among_the_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are called by where people work, so the tests work in one place."""
    monkeypatch.chdir(BAD)


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_that_is_said(name: str, language: Language) -> None:
    problems: list[Problem] = []
    assert load(Path(name), problems) is None
    expected = (BAD / name / f"expected.{language}.txt").read_text(encoding="utf-8")
    assert render_all(problems, language) + "\n" == expected


def test_there_are_enough_of_them() -> None:
    assert len(POLICIES) >= 20


@pytest.mark.parametrize("name", POLICIES)
def test_problems_are_in_the_order_of_the_files(name: str) -> None:
    problems: list[Problem] = []
    load(Path(name), problems)
    places = [(p.where.source.name, p.where.start) for p in problems if p.where is not None]
    assert places == sorted(places)
