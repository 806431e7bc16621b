"""The bars of the public conformance suite, where its files are: the folder in POLICY_TCK."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.conformance.outcome import Outcome
from tests.conformance.tck import main, outcomes

FOLDER = os.environ.get("POLICY_TCK")
FILES = ("tck-expressions.jsonl", "tck-tables.jsonl")

pytestmark = pytest.mark.skipif(FOLDER is None, reason="POLICY_TCK names no folder with the conformance suite")


@cache
def found() -> tuple[Outcome, ...]:
    assert FOLDER is not None
    return tuple(outcome for name in FILES for outcome in outcomes(Path(FOLDER, name)))


def of(kind: str, *profiles: str) -> list[Outcome]:
    return [one for one in found() if one.kind == kind and (not profiles or one.profile in profiles)]


@pytest.mark.parametrize("profile", ["P0", "P1"])
def test_every_positive_passes(profile: str) -> None:
    assert of("positive", profile)
    assert [one for one in of("positive", profile) if one.verdict != "passed"] == []


def test_every_positive_of_the_rest_passes_or_is_missed_for_a_reason() -> None:
    assert [one for one in of("positive", "P2") if one.verdict not in ("passed", "missed")] == []
    assert all(one.note for one in of("positive", "P2") if one.verdict == "missed")


@pytest.mark.parametrize(("left_out", "bar"), [("", 95), ("0100", 85)])
def test_negatives_are_rejected_by_the_checker(left_out: str, bar: int) -> None:
    counts = Counter(one.verdict for one in of("negative", "P0") if not left_out or not one.suite.startswith(left_out))
    assert counts["rejected"] * 100 >= bar * counts.total() > 0


def test_the_other_negatives_are_raised() -> None:
    assert [one for one in of("negative") if one.verdict == "accepted"] == []


def test_every_table_of_supported_form_passes() -> None:
    assert [one for one in of("table") if one.verdict not in ("passed", "missed")] == []


def test_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(Path(str(FOLDER), name)) for name in FILES]) == 0
    assert "in all" in capsys.readouterr().out
