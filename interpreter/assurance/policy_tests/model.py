"""Policy tests as values: what one test sets up, what it expects, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from interpreter.assurance.policy_tests.data import Data
from interpreter.problems import Problem, Span, Text
from interpreter.rulebook.reading import Mapping


@dataclass(frozen=True, slots=True)
class Expected:
    """What a test says of a measure or of one of its lines; None is not compared. Names are compared as sets:
    `not_met` of the requirements that decided, `missing` of facts, `open_points` of settings and faults."""

    where: Span
    outcome: str | None = None
    amount: Decimal | None = None
    not_met: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    open_points: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ExpectedMeasure:
    """What is expected of a measure as a whole, and of its lines by their label or number."""

    whole: Expected
    lines: tuple[tuple[str, Expected], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One case of a test with its expectation: measures by name, or the code of the `problem` that the case or the
    changed rulebook must have."""

    case: dict[str, Data]
    where: Span
    measures: tuple[tuple[str, ExpectedMeasure], ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """A named test: its cases, decided in order as one batch, under a rulebook changed by `changes`. `problems` are
    faults of the test itself; it is not run where there are any."""

    name: str
    where: Span
    changes: Mapping | None
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out otherwise than expected. `because` are the reasons the decision gives."""

    subject: Text
    expected: Text
    found: Text
    because: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class TestResult:
    """How a test came out. `problems` are those that nobody expected; passed means that there is neither these nor
    any difference."""

    __test__ = False  # no test of pytest's

    name: str
    where: Span
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.differences and not self.problems
