"""From a file of tests to policy tests: cases made out of a base by edits, expectations read and checked for words."""

from __future__ import annotations

from pathlib import Path

from interpreter.assurance.policy_tests.data import Data, a_row_a_month, read_data, read_record
from interpreter.assurance.policy_tests.edits import Record, edited
from interpreter.assurance.policy_tests.model import Expected, ExpectedMeasure, PolicyTest, Step
from interpreter.decision.model import BEST_FIRST, DUTY_OUTCOMES
from interpreter.problems import Problem, Span
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.files import read_mapping
from interpreter.rulebook.reading import Node, Sequence
from interpreter.rulebook.schema import check_form
from interpreter.rulebook.written import read_amount_text

OUTCOMES = tuple(dict.fromkeys((*BEST_FIRST, *DUTY_OUTCOMES)))


def read_tests(path: Path, folder: Path, problems: list[Problem]) -> list[PolicyTest]:
    """The tests of one file of a policy folder. What is wrong with the file as a whole goes to `problems`, what is
    wrong with one test to that test."""
    root = read_mapping(path, folder, problems)
    if root is None:
        return []
    before = len(problems)
    check_form("tests", root, problems)
    if len(problems) > before:
        return []
    base_node = nodes.mapping(root, "base")
    base = read_record(base_node, problems) if base_node is not None else {}
    tests = nodes.mapping(root, "tests")
    return [_read_test(name, entry.key.span, entry.value, base) for name, entry in nodes.entries(tests)]


def _read_test(name: str, where: Span, node: Node, base: Record) -> PolicyTest:
    problems: list[Problem] = []
    case = _case(node, base, problems)
    history = nodes.child(node, "history")
    if history is not None:
        case["history"] = read_data(history, problems) or []
    cases = nodes.items(node, "cases")
    if cases:
        steps = tuple(_step(step, step.span, _case(step, case, problems), problems) for step in cases)
    else:
        steps = (_step(node, where, case, problems),)
    return PolicyTest(name, where, nodes.mapping(node, "with"), steps, tuple(problems))


def _case(node: Node, base: Record, problems: list[Problem]) -> Record:
    """The base with this node's `unset` and `set`; a path set to nothing is unset."""
    unset = [(fragment.text.strip(), fragment.span()) for fragment in nodes.fragments(node, "unset")]
    put: list[tuple[str, Data, Span]] = []
    for path, entry in nodes.entries(nodes.child(node, "set")):
        value = read_data(entry.value, problems)
        if value is None:
            unset.append((path, entry.key.span))
        else:
            put.append((path, value, entry.key.span))
    return edited(base, unset, put, problems)


def _step(node: Node, where: Span, case: Record, problems: list[Problem]) -> Step:
    case = {key: a_row_a_month(value, problems) for key, value in case.items()}
    expect = nodes.mapping(node, "expect")
    problem = nodes.text(expect, "problem")
    if problem is not None:
        return Step(case, where, problem=problem)
    measures = tuple(
        (name, _measure(entry.value, entry.key.span, problems)) for name, entry in nodes.entries(expect)
    )
    return Step(case, where, measures)


def _measure(node: Node, where: Span, problems: list[Problem]) -> ExpectedMeasure:
    lines = tuple(
        (label, _expected(entry.value, entry.key.span, problems))
        for label, entry in nodes.entries(nodes.child(node, "lines"))
    )
    return ExpectedMeasure(_expected(node, where, problems), lines)


def _expected(node: Node, where: Span, problems: list[Problem]) -> Expected:
    outcome, amount = nodes.fragment(node, "outcome"), nodes.fragment(node, "amount")
    if outcome is not None and outcome.text not in OUTCOMES:
        fields = {"found": outcome.text, "want": ", ".join(OUTCOMES)}
        guess = closest(outcome.text, OUTCOMES)
        problems.append(Problem("test.outcome", outcome.span(), fields | ({"guess": guess} if guess else {})))
    read = None if amount is None else read_amount_text(amount.text)
    if amount is not None and read is None:
        problems.append(Problem("test.amount", amount.span(), {"found": amount.text}))
    return Expected(
        where,
        None if outcome is None else outcome.text,
        None if read is None else read.value,
        *(_names(node, key) for key in ("not_met", "missing", "open_points")),
    )


def _names(node: Node, key: str) -> tuple[str, ...] | None:
    if not isinstance(nodes.child(node, key), Sequence):
        return None
    return tuple(fragment.text.strip() for fragment in nodes.fragments(node, key))
