"""The made-up notices on the cases of their own tests: whatever a notice is about, both engines give one answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter.assurance.policy_tests.data import plain
from interpreter.assurance.policy_tests.reading import read_tests
from interpreter.assurance.policy_tests.run import Runner
from interpreter.batch.sql.batch import compile_batch
from interpreter.cases.facts import Case, read_plain
from interpreter.decision.decide import case_problems
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook
from tests.batch.agreement import compared

NOTICES = sorted(path.parent for path in (Path(__file__).parents[1] / "good").glob("*/tests"))


def loads(folder: Path) -> list[tuple[Rulebook, list[Case]]]:
    """The rulebooks of a folder's tests, each with the cases of all tests that share it."""
    runner = Runner(folder)
    found: dict[int, tuple[Rulebook, list[Case]]] = {}
    for path in sorted((folder / "tests").glob("*.yaml")):
        for test in read_tests(path, folder, []):
            book = runner.load(test.changes).rulebook
            if book is None:
                continue
            cases = found.setdefault(id(book), (book, []))[1]
            for step in test.steps:
                problems: list[Problem] = []
                case = read_plain(plain(step.case), book, problems)
                if case is not None and not any(p.severity == "error" for p in (*problems, *case_problems(book, case))):
                    cases.append(case)
    return list(found.values())


@pytest.mark.parametrize("folder", NOTICES, ids=lambda folder: folder.name)
def test_both_engines_agree(folder: Path) -> None:
    loaded = loads(folder)
    assert loaded
    for book, cases in loaded:
        batch = compile_batch(book)
        different, left = compared(book, cases, batch)
        assert different == []
        # evening care reckons with times of day, which no batch does
        assert left == 0 or set(batch.notes) == {"date and time", "subtract.time"}
