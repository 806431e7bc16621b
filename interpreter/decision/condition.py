"""A requirement as one condition: what it comes to where nobody asks which part of it failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interpreter.language import core as c
from interpreter.rulebook.model import Otherwise, Requirement, Rulebook


@dataclass(frozen=True, slots=True)
class Condition:
    """What a requirement asks, and what not being met means."""

    core: c.Core
    otherwise: Otherwise


def condition_of(requirement: Requirement, above: Otherwise, rulebook: Rulebook) -> Condition | None:
    """The one condition that a requirement, group or call of a definition comes to, where `above` is what encloses it;
    None where its parts differ in what not being met means, so that each has to be looked at by itself."""
    ends = list(_ends(requirement, above, rulebook))
    return Condition(_core(requirement), ends[0]) if all(end.kind == ends[0].kind for end in ends) else None


def _ends(requirement: Requirement, above: Otherwise, rulebook: Rulebook) -> Iterator[Otherwise]:
    """What not being met means, for every leaf."""
    own = requirement.otherwise or above
    parts = requirement.parts
    if requirement.call is not None:
        parts = rulebook.definitions[requirement.call[0]].requirements
        if rulebook.definitions[requirement.call[0]].may_be_provided:
            # a figure the case gives stands for all the parts
            yield own
    if not parts:
        yield own
    for part in parts:
        yield from _ends(part, own, rulebook)


def _core(requirement: Requirement) -> c.Core:
    if requirement.when is not None:
        return requirement.when.core
    parts = tuple(_core(part) for part in requirement.parts)
    return c.Or(parts) if requirement.mode == "any" else c.And(parts)
