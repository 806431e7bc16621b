"""What a policy test changes in the case all tests of its file start from."""

from __future__ import annotations

from interpreter.assurance.policy_tests.data import Word, plain
from interpreter.assurance.policy_tests.edits import edited
from interpreter.problems import Problem, Source, Span

WHERE = Span(Source("tests.yaml", ""), 0, 0)


def word(text: str) -> Word:
    return Word(text, WHERE)


def test_row_numbers_are_those_of_the_base_whatever_is_taken_away() -> None:
    problems: list[Problem] = []
    base = {"l": [{"a": word("1")}, {"a": word("2")}, {"a": word("3")}]}
    found = edited(base, [("l.1", WHERE)], [("l.2.a", word("9"), WHERE)], problems)
    assert plain(found) == {"l": [{"a": "9"}, {"a": "3"}]}
    assert problems == []
