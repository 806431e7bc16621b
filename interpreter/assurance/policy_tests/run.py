"""Running policy tests: each under its own rulebook, its cases decided in order as one batch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from interpreter.assurance.policy_tests.compare import differences
from interpreter.assurance.policy_tests.data import place, plain
from interpreter.assurance.policy_tests.model import Difference, PolicyTest, Step, TestResult
from interpreter.assurance.policy_tests.reading import read_tests
from interpreter.cases.document import Path as DataPath
from interpreter.cases.facts import Case, read_plain
from interpreter.decision.decide import case_problems, decide_batch
from interpreter.problems import Fragment, Problem, Span, Text
from interpreter.rulebook import nodes
from interpreter.rulebook.files import Document
from interpreter.rulebook.load import Changes, link, load, read_checked
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.reading import Entry, Mapping

NONE = Text("没有问题", "no problem")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rulebook as a test changes it, or the problems that keep it from being one."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]


def run_policy_tests(folder: Path, problems: list[Problem]) -> list[TestResult]:
    """Runs every test in `folder`/tests. Files that cannot be read, and a rulebook that is broken before any test
    changes it, go to `problems`."""
    runner = Runner(folder)
    unchanged = runner.load(None)
    if unchanged.rulebook is None:
        problems.extend(unchanged.problems)
        return []
    return [
        runner.run(test)
        for path in sorted((folder / "tests").glob("*.yaml"))
        for test in read_tests(path, folder, problems)
    ]


@dataclass(slots=True)
class Runner:
    """Runs tests on one folder; tests with the same changes share their rulebook."""

    folder: Path
    loaded: dict[str, Loaded] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    """The folder's files, read once."""

    def load(self, changes: Mapping | None) -> Loaded:
        """The rulebook with the changes of a test's `with:`."""
        written = "" if changes is None else changes.span.source.text[changes.span.start : changes.span.end]
        if written not in self.loaded:
            found: list[Problem] = []
            if changes is None:
                rulebook = load(self.folder, found)
            else:
                self.documents = self.documents or read_checked(self.folder, found)
                rulebook = link(self.documents, self.folder, found, _changes(changes))
            self.loaded[written] = Loaded(rulebook, _errors(found))
        return self.loaded[written]

    def run(self, test: PolicyTest) -> TestResult:
        """How one test comes out."""
        if test.problems:
            return TestResult(test.name, test.where, problems=test.problems)
        loaded = self.load(test.changes)
        found: list[Difference] = []
        unexpected: list[Problem] = []
        batch: list[tuple[Step, Case]] = []
        for step in test.steps:
            case, problems = (None, loaded.problems) if loaded.rulebook is None else _read(step, loaded.rulebook)
            if step.problem is not None:
                found.extend(_expected_problem(step.problem, problems))
            elif case is None:
                unexpected.extend(problem for problem in problems if problem not in unexpected)
            else:
                batch.append((step, case))
        if loaded.rulebook is not None and not unexpected:
            decisions = decide_batch(loaded.rulebook, [case for _, case in batch])
            for (step, _), decision in zip(batch, decisions, strict=True):
                found.extend(differences(decision, step.measures))
        return TestResult(test.name, test.where, tuple(found), tuple(unexpected))


def _changes(node: Mapping) -> Changes:
    parameters, tables = (
        {name: entry.value for name, entry in nodes.entries(node.get(key))} for key in ("parameters", "tables")
    )
    overlays = {name: _overlay(entry) for name, entry in nodes.entries(node.get("authorities"))}
    return Changes(parameters, tables, overlays)


def _overlay(entry: Entry) -> Mapping:
    """What a test says of an authority, as it would stand in a file of its own: with the authority's name inside."""
    own = entry.value.entries if isinstance(entry.value, Mapping) else ()
    name = Entry(replace(entry.key, fragment=Fragment.whole(entry.key.span.source.name, "authority")), entry.key)
    return Mapping((name, *own), entry.value.span)


def _read(step: Step, rulebook: Rulebook) -> tuple[Case | None, tuple[Problem, ...]]:
    def where(path: DataPath) -> Span:
        return place(step.case, path, step.where)

    found: list[Problem] = []
    case = read_plain(plain(step.case), rulebook, found, where=where)
    if case is not None:
        found.extend(replace(problem, where=step.where) for problem in case_problems(rulebook, case))
    errors = _errors(found)
    return (None if errors else case), errors


def _errors(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity == "error")


def _expected_problem(code: str, problems: tuple[Problem, ...]) -> list[Difference]:
    codes = sorted({problem.code for problem in problems})
    if code in codes:
        return []
    shown = ", ".join(codes)
    found = Text(shown, shown) if codes else NONE
    return [Difference(Text("问题", "problem"), Text(code, code), found)]
