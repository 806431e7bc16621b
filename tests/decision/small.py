"""The small made-up policy, and every state of knowledge its five facts and two members can be in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from interpreter.cases.facts import Case, read_plain
from interpreter.decision.decide import decide
from interpreter.decision.model import Decision, Line
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook

FOLDER = Path(__file__).parent.parent / "good" / "small-law"

VALUES: dict[str, tuple[Any, ...]] = {
    "resident": (True, False), "since": ("2019-05-01", "2021-05-01"), "income": (50, 100, 150),
}
MEMBER: dict[str, tuple[Any, ...]] = {"months": (0, 3), "cared": (True, False)}
FACTS = ("resident", "since", "income", "members")

State = tuple[tuple[str, Any], ...]
"""Facts and their values; what is not named is absent. Members are tuples of states."""

FINAL = ("granted", "refused", "referred")


@cache
def rulebook() -> Rulebook:
    problems: list[Problem] = []
    found = load(FOLDER, problems)
    assert found is not None, problems
    return found


def states(values: dict[str, tuple[Any, ...]], *, partial: bool) -> Iterator[State]:
    """Every combination of values, with absence as one more value where `partial`."""
    options = [[*((name, v) for v in given), *([None] if partial else [])] for name, given in values.items()]
    for chosen in product(*options):
        yield tuple(pair for pair in chosen if pair is not None)


def families(*, partial: bool, members: int = 2) -> Iterator[State]:
    """Every state of knowledge about a family of two; with `partial`, its list of members may be absent too."""
    lists: list[Any] = [("members", pair) for pair in product(states(MEMBER, partial=partial), repeat=members)]
    for facts in states(VALUES, partial=partial):
        for listed in [*lists, *([None] if partial else [])]:
            yield (*facts, listed) if listed is not None else facts


def completions(state: State) -> Iterator[State]:
    """Every complete state that agrees with a partial one; an absent list may turn out to have up to two members."""
    known = dict(state)
    free = {name: given for name, given in VALUES.items() if name not in known}
    lists: list[tuple[State, ...]]
    if "members" in known:
        lists = list(product(*[list(_fill(member)) for member in known["members"]]))
    else:
        whole = list(states(MEMBER, partial=False))
        lists = [chosen for n in range(3) for chosen in product(whole, repeat=n)]
    for facts in states(free, partial=False):
        for members in lists:
            merged = {**known, **dict(facts), "members": members}
            yield tuple((name, merged[name]) for name in FACTS)


def _fill(member: State) -> Iterator[State]:
    known = dict(member)
    free = {name: given for name, given in MEMBER.items() if name not in known}
    for chosen in states(free, partial=False):
        merged = {**known, **dict(chosen)}
        yield tuple((name, merged[name]) for name in MEMBER)


def case_of(state: State, history: list[dict[str, Any]] | None = None, **more: Any) -> Case:
    family: dict[str, Any] = {"id": "H1", "name": "甲", "office": "一", **dict(state)}
    if "members" in family:
        family["members"] = [{"id": f"M{i}", **dict(m)} for i, m in enumerate(family["members"], 1)]
    data = {
        "application": {"number": "N1", "filed_on": "2024-06-01"}, "family": family, "history": history or [], **more,
    }
    problems: list[Problem] = []
    case = read_plain(data, rulebook(), problems)
    assert case is not None, problems
    return case


@cache
def decided(state: State) -> Decision:
    return decide(rulebook(), case_of(state))


def lines(decision: Decision) -> dict[tuple[str, tuple[Any, ...]], Line]:
    """Lines by measure and key."""
    return {
        (measure.measure, tuple(part.value for part in line.key)): line
        for measure in decision.measures for line in measure.lines
    }


def answer(line: Line | None) -> tuple[Any, ...] | None:
    return None if line is None else (line.outcome, line.amount, line.potential)
