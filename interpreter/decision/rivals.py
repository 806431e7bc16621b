"""Which cases may compete for room under a limit and must be decided together: any other may be decided alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations_with_replacement

from interpreter.decision.allocate import limits_of
from interpreter.decision.claims import Claim, keys
from interpreter.decision.decide import CaseFacts, assessed, case_problems, closed, engine_for, settle
from interpreter.decision.engine import Engine
from interpreter.decision.ledger import Earlier
from interpreter.decision.model import Decision
from interpreter.language.unknown import Unknown, Value
from interpreter.problems import PolicyError
from interpreter.rulebook.model import KeyPart, Rulebook

Parts = tuple[tuple[str, Hashable], ...]
Stand = tuple[int, Parts]
"""A limit, by its place among all, and the parts of the key under which a case stands there; a part that is not known
is left out, and may be any."""


def decided_alone(
    rulebook: Rulebook, case: CaseFacts, earlier: Earlier | None = None
) -> tuple[Decision, frozenset[Stand]]:
    """The decision of a case as if there were no other, and under what it may meet others: it holds among others that
    are `together` with none of its stands. Raises PolicyError as `decide` does."""
    engine = engine_for(rulebook)
    wrong = case_problems(rulebook, case, earlier)
    if wrong:
        raise PolicyError(wrong)
    opened = assessed(case, engine, earlier)
    stands = frozenset(_stands([claim for _, _, its in opened.measures for claim in its], engine))
    settle([opened], engine, earlier)
    return closed(opened, engine, earlier), stands


def together(stands: Sequence[Iterable[Stand]]) -> list[list[int]]:
    """The cases, by their places, that may meet under some limit: in groups that share no key with each other, each in
    order; who meets nobody is in none."""
    by_limit: dict[int, dict[tuple[str, ...], dict[Parts, list[int]]]] = {}
    for place, its in enumerate(stands):
        for limit, parts in its:
            known = tuple(name for name, _ in parts)
            by_limit.setdefault(limit, {}).setdefault(known, {}).setdefault(parts, []).append(place)
    first = list(range(len(stands)))

    def root(place: int) -> int:
        while first[place] != place:
            first[place] = place = first[first[place]]
        return place

    for shapes in by_limit.values():
        for one, other in combinations_with_replacement(shapes, 2):
            for meeting in _meeting(shapes, one, other):
                for place in meeting:
                    lower, higher = sorted((root(meeting[0]), root(place)))
                    first[higher] = lower
    groups: dict[int, list[int]] = {}
    for place in range(len(stands)):
        groups.setdefault(root(place), []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def _meeting(
    shapes: dict[tuple[str, ...], dict[Parts, list[int]]], one: tuple[str, ...], other: tuple[str, ...],
) -> Iterator[list[int]]:
    """The cases under keys with these parts known that are alike in the parts known of both."""
    common = set(one) & set(other)

    def alike(shape: tuple[str, ...]) -> dict[Parts, list[int]]:
        found: dict[Parts, list[int]] = {}
        for parts, places in shapes[shape].items():
            found.setdefault(tuple(part for part in parts if part[0] in common), []).extend(places)
        return found

    ours, theirs = alike(one), alike(other)
    yield from (ours[parts] + theirs[parts] for parts in ours if parts in theirs)


def _stands(claims: Iterable[Claim], engine: Engine) -> Iterator[Stand]:
    """Where the claims stand before any limit: what a limit turns away meets nobody any more, so these are enough."""
    limits = limits_of(engine, tuple(engine.rulebook.measures.values()))
    for claim in claims:
        if not claim.live:
            continue
        measure = claim.line.measure
        mine = [(place, limit) for place, limit in enumerate(limits) if measure in limit.keys]
        # a grant is kept under one key with the parts of all its limits, of which the first gives each its value
        parts: dict[str, KeyPart] = {part.name: part for _, limit in reversed(mine) for part in limit.keys[measure]}
        kept = keys(claim, tuple(parts.values()), engine)
        for place, limit in mine:
            own = keys(claim, limit.keys[measure], engine)
            yield place, _known(own)
            yield place, _known({name: kept[name] for name in own})


def _known(key: dict[str, Value]) -> Parts:
    """The parts of a key that can be told apart from others."""
    known = (part for part in key.items() if isinstance(part[1], Hashable) and not isinstance(part[1], Unknown))
    return tuple(sorted(known, key=lambda part: part[0]))
