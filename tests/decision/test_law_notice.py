"""The law of knowledge on the notice's own measures: withholding facts never turns a final answer into another one, and
giving an incomplete line the facts it asks for decides it or leaves it to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

import pytest

from interpreter.decision.decide import decide
from interpreter.decision.model import Line
from tests.conftest import FULL
from tests.decision.generated import (
    Data,
    Place,
    agency_case,
    decided,
    facts,
    read,
    rulebook,
    schema_path,
    still_without,
    without,
    worker_case,
)

FINAL = ("granted", "refused", "referred")
MAKERS: dict[str, Callable[[int], Data]] = {
    "worker": worker_case, "agency": agency_case, "small agency": lambda seed: agency_case(seed, 1),
}
Key = tuple[object, ...]


@dataclass
class Count:
    """What was looked at: lines of the whole case against the same lines with less known, by how they changed."""

    withheld: int = 0
    unreadable: int = 0
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)

    def kept(self) -> int:
        return sum(n for (before, after), n in self.changes.items() if before == after and before in FINAL)

    def opened(self) -> int:
        return sum(n for (before, after), n in self.changes.items() if before in FINAL and before != after)


def lines(data: Data) -> list[Line] | None:
    """The lines of the measure a case claims; None where it is no case."""
    case = read(data)
    if case is None:
        return None
    (claimed,) = (measure for measure in decide(rulebook(), case).measures if measure.claimed)
    return list(claimed.lines)


def check(whole: Data, removals: Iterable[Iterable[Place]], count: Count) -> None:
    """Holds a whole case against itself with less known."""
    before = lines(whole)
    assert before is not None
    assert all(line.outcome != "incomplete" for line in before)
    for paths in removals:
        removed = list(paths)
        after = lines(without(whole, removed))
        count.withheld += 1
        if after is None:
            assert ("worker", "id") in removed  # a case without its claimant is no case
            count.unreadable += 1
            continue
        assert after, removed
        for old, new in _pairs(before, after, removed):
            count.changes[old.outcome, new.outcome] += 1
            if old.outcome in FINAL:
                same = (old.outcome, old.amount) == (new.outcome, new.amount)
                assert same or new.outcome in ("incomplete", "review"), (whole, removed, old.outcome, new)
        for number, line in enumerate(after):
            if line.outcome == "incomplete":
                _give(whole, removed, number, line, before, count)


def _pairs(before: list[Line], after: list[Line], removed: list[Place]) -> Iterator[tuple[Line, Line]]:
    """Lines of the whole case with what became of them: by key, but for whom nobody can name; all lines of a measure
    whose common requirements, or whose list, decided it as one."""
    if len(before) == len(after) and not (_whole(before) or _whole(after)):
        assert all(old.key == new.key or (("agency", "roster", n, "person", "id") in removed)
                   for n, (old, new) in enumerate(zip(before, after, strict=True)))
        yield from zip(before, after, strict=True)
    else:
        assert _whole(before) or ("agency", "roster") in removed
        yield from ((old, new) for old in before for new in after)


def _whole(found: list[Line]) -> bool:
    return len(found) == 1 and not found[0].key


def _give(whole: Data, removed: list[Place], number: int, line: Line, before: list[Line], count: Count) -> None:
    """Gives a line what it asks for, and nothing else."""
    asked = {missing.path for missing in line.missing}
    withheld = {schema_path(path) for path in removed}
    assert asked, (removed, line)
    assert all(path in withheld or any(path.startswith(f"{w}.") for w in withheld) for path in asked), (removed, asked)
    left = still_without(removed, asked)
    assert len(left) < len(removed)
    found = lines(without(whole, left))
    if found is None:
        return
    # an unknown list is one line, and what a measure asks first may leave one line of many
    now = found if len(found) != len(before) or number >= len(found) or not line.key else [found[number]]
    for given in now:
        count.given[given.outcome] += 1
        assert given.outcome != "incomplete", (whole, removed, asked, left, [m.path for m in given.missing])


def subsets(found: list[Place], random: Random, many: int) -> Iterator[list[Place]]:
    free = [path for path in found if path != ("worker", "id")]
    for _ in range(many):
        yield random.sample(free, random.randint(2, min(len(free), 12)))


def scale(normal: int, full: int) -> int:
    return full if FULL else normal


@pytest.mark.parametrize("kind", MAKERS)
def test_generated_cases_have_every_outcome(kind: str) -> None:
    outcomes: Counter[str] = Counter(line.outcome for seed in range(150) for line in lines(MAKERS[kind](seed)) or ())
    assert outcomes["incomplete"] == 0
    assert all(outcomes[outcome] >= 12 for outcome in (*FINAL, "review")), outcomes
    partial: Counter[str] = Counter(
        line.outcome for seed in range(60)
        for line in lines(without(MAKERS[kind](seed), _some(kind, seed))) or ()
    )
    assert partial["incomplete"] >= 20, partial


def _some(kind: str, seed: int) -> list[Place]:
    found = [path for path in facts(MAKERS[kind](seed)) if path != ("worker", "id")]
    return Random(seed).sample(found, 3)


@pytest.mark.parametrize("kind", MAKERS)
def test_each_single_fact(kind: str) -> None:
    count = Count()
    for seed in range(scale(3 if kind == "agency" else 8, 25)):
        whole = MAKERS[kind](seed)
        check(whole, [[path] for path in facts(whole)], count)
    _enough(count, scale(180, 700))


@pytest.mark.parametrize("kind", MAKERS)
def test_each_pair_of_facts(kind: str) -> None:
    count = Count()
    """All pairs of some cases; in the normal run a few of each."""
    for seed in range(100, 100 + scale(4, 1 if kind == "agency" else 3)):
        whole = MAKERS[kind](seed)
        pairs = list(combinations(facts(whole), 2))
        check(whole, pairs if FULL else Random(seed).sample(pairs, 60), count)
    _enough(count, scale(200, 1000))


@pytest.mark.parametrize("kind", MAKERS)
def test_random_subsets_of_facts(kind: str) -> None:
    count = Count()
    for seed in range(200, 200 + scale(12, 50)):
        whole = MAKERS[kind](seed)
        check(whole, subsets(facts(whole), Random(seed), scale(10, 20)), count)
    _enough(count, scale(120, 1000))


def _enough(count: Count, least: int) -> None:
    assert count.withheld >= least, count
    assert count.kept() >= least // 8, count
    assert count.opened() >= least // 8, count
    assert count.given.total() >= least // 8, count
    assert count.unreadable < count.withheld // 2, count


def test_only_the_figure() -> None:
    """A case that gives the figure in place of its rows: what it decides stays when the rows come."""
    outcomes: Counter[tuple[str, str]] = Counter()
    for seed in range(scale(150, 1000)):
        whole = worker_case(seed)
        if "insured_months" not in whole["worker"]:
            continue
        figure = without(whole, [("worker", "insurance")])
        (before,), (after,) = lines(whole) or [], lines(figure) or []
        outcomes[before.outcome, after.outcome] += 1
        if after.outcome in FINAL:
            assert (before.outcome, before.amount) == (after.outcome, after.amount), whole
        else:
            assert [missing.path for missing in after.missing] == ["worker.insurance"], whole
    assert outcomes["refused", "refused"] >= 10  # too few months, by the figure alone
    assert outcomes["granted", "incomplete"] >= 5  # how they were paid is still to be shown


def test_a_case_is_decided_the_same_twice() -> None:
    for seed in range(5):
        assert decided(agency_case(seed)) == decided(agency_case(seed))
