"""The law of knowledge, by brute force: every state of knowledge of a small policy against all it may come to."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from interpreter.decision.model import Line
from tests.decision.small import FACTS, FINAL, VALUES, State, answer, completions, decided, families, lines

PARTIAL = list(families(partial=True))


def _known(state: State) -> set[str]:
    return {name for name, _ in state}


def test_every_state_is_looked_at() -> None:
    assert len(PARTIAL) == 3 * 3 * 4 * (9 * 9 + 1)


def test_more_knowledge_never_turns_a_final_answer() -> None:
    unsound: list[Any] = []
    for state in PARTIAL:
        for key, line in lines(decided(state)).items():
            if line.outcome in FINAL:
                for whole in completions(state):
                    found = answer(lines(decided(whole)).get(key))
                    if found != answer(line):
                        unsound.append((state, key, answer(line), whole, found))
    assert not unsound, (len(unsound), unsound[:3])


def test_a_complete_case_is_never_incomplete() -> None:
    outcomes: Counter[str] = Counter(
        line.outcome for state in families(partial=False) for line in lines(decided(state)).values()
    )
    assert outcomes["incomplete"] == 0
    assert all(outcomes[outcome] > 0 for outcome in (*FINAL, "review"))


def test_nothing_is_needlessly_unknown() -> None:
    """Where every completion gives a line the same final answer, it is given at once.

    Promised where each fact stands once in what decides the line: its own requirements and amount, and the limits
    against rivals that are themselves decided. An undecided rival may hang on the same fact as the line, or be sure of
    its grant and open in its amount alone; then Kleene's logic holds the line.
    """
    needless: list[Any] = []
    for state in PARTIAL:
        found = lines(decided(state))
        wholes = [lines(decided(whole)) for whole in completions(state)]
        for key, line in found.items():
            if line.outcome in FINAL or any(_rivals(key, other) for other in found if _open(found[other])):
                continue
            answers = {answer(whole.get(key)) for whole in wholes}
            only = next(iter(answers)) if len(answers) == 1 else None
            if only is not None and only[0] in FINAL:
                needless.append((state, key, line.outcome, answers))
    assert not needless, (len(needless), needless[:6])


def _open(line: Line) -> bool:
    return line.outcome not in FINAL


def _rivals(key: tuple[str, Any], other: tuple[str, Any]) -> bool:
    """Whether two lines of the small policy stand under one limit."""
    return key != other and ({key[0], other[0]} <= {"base", "extra"} or key[0] == other[0] == "head")


def _asked(line: Any) -> set[str]:
    return {missing.path.removeprefix("family.") for missing in line.missing}


def _given(state: State, whole: State, asked: set[str]) -> State:
    """The partial state with the asked facts as they are in the whole one, and nothing else."""
    known, full = dict(state), dict(whole)
    for name in VALUES:
        if name in asked:
            known[name] = full[name]
    if "members" in asked and "members" not in known:
        known["members"] = full["members"]
    elif "members" in known:
        known["members"] = tuple(
            tuple((n, v) for n, v in complete if n in dict(partial) or f"members.{n}" in asked)
            for partial, complete in zip(known["members"], full["members"], strict=True)
        )
    return tuple((name, known[name]) for name in FACTS if name in known)


@pytest.mark.parametrize("law", ["sufficient", "closed"])
def test_missing_facts(law: str) -> None:
    """(a) any completion of the missing facts decides; (b) then no other fact matters."""
    wrong: list[Any] = []
    for state in PARTIAL:
        for key, line in lines(decided(state)).items():
            if line.outcome != "incomplete":
                continue
            asked = _asked(line)
            assert asked, (state, key)
            assert not asked & (_known(state) - {"members"}), (state, key, asked)
            for whole in completions(state):
                given = lines(decided(_given(state, whole, asked))).get(key)
                if law == "sufficient" and given is not None and given.outcome == "incomplete":
                    wrong.append((state, key, asked, whole, answer(given)))
                if law == "closed" and given is not None and given.outcome != "incomplete":
                    final = lines(decided(whole)).get(key)
                    if answer(final) != answer(given):
                        wrong.append((state, key, asked, whole, answer(given), answer(final)))
    assert not wrong, (len(wrong), wrong[:3])


def test_nothing_is_asked_that_cannot_matter() -> None:
    """(d) and, each fact standing once in a measure, (c): for every fact asked for there are two completions that
    differ in it alone and in the answer; lines behind an undecided rival, whose facts they ask for too, aside."""
    idle: list[Any] = []
    for state in PARTIAL:
        found = lines(decided(state))
        for key, line in found.items():
            if line.outcome != "incomplete" or any(_rivals(key, other) for other in found if _open(found[other])):
                continue
            if key == ("head", ()):
                continue  # stands for members nobody named; in the completions they have names
            for name in _asked(line) & set(VALUES):
                by_rest: dict[Any, set[Any]] = {}
                for whole in completions(state):
                    rest = tuple(pair for pair in whole if pair[0] != name)
                    by_rest.setdefault(rest, set()).add(answer(lines(decided(whole)).get(key)))
                if all(len(answers) == 1 for answers in by_rest.values()):
                    idle.append((state, key, name))
    assert not idle, (len(idle), idle[:5])
