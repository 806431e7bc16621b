"""Many cases shared among processes and kept in a file come out as those decided one after the other in memory."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from examples.generate import caseload
from interpreter.jobs import cases
from interpreter.jobs.cases import Given, Outcome, decide_all
from interpreter.jobs.ended import View
from tests.cli.running import ROOT

VIEW = View("zh", 80, False)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    file = tmp_path_factory.mktemp("given") / "cases.jsonl"
    lines = [json.dumps(data, ensure_ascii=False) for data in islice(caseload(3), 24)]
    # one that is no case, one of nobody, and some that compete with the first
    lines[5] = "{"
    lines[7] = '{"application": {"number": "N7"}}'
    lines += lines[:5]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Given((str(file),), ROOT / "policy")


def outcome(given: Given, *, workers: int | None = None) -> Outcome:
    found = decide_all(given, VIEW, workers=workers)
    assert isinstance(found, Outcome)
    return found


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_as_in_memory(given: Given, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    here = outcome(given)
    assert isinstance(here.decided, list)
    monkeypatch.setattr(cases, "MANY", 1)
    shared = outcome(given, workers=workers)
    assert shared.problems == here.problems
    assert len(here.problems) > 1
    assert (shared.count, len(shared.decided)) == (here.count, len(here.decided))
    pairs = list(zip(shared.decided, here.decided, strict=True))
    assert all(repr(one.decision) == repr(other.decision) for one, other in pairs)
    assert all(repr(one.case) == repr(other.case) for one, other in pairs)
    assert [repr(decision) for _, decision in shared.decisions()] == [repr(one.decision) for one in here.decided]
    assert repr(shared.decided[1:3]) == repr([one for one, _ in pairs[1:3]])


def test_progress_counts_those_decided_together_twice(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MANY", 1)
    told: list[tuple[int, int]] = []
    decide_all(given, VIEW, workers=0, progress=lambda done, of: told.append((done, of)))
    done, of = told[-1]
    assert done == of > told[0][1]


def test_what_the_rulebook_has_is_not_written_with_every_decision(
    given: Given, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cases, "MANY", 1)
    shared = outcome(given, workers=0)
    assert not isinstance(shared.decided, list)
    first, again = shared.decided[0], shared.decided[0]
    assert first is not again
    assert first.decision.digests is again.decision.digests
    assert first.decision.digests is first.asked.book.digests
