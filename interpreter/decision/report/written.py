"""How the rulebook wrote what a decision found: a requirement by its path, a threshold, what is private, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interpreter.decision.model import Finding, Named
from interpreter.language.core import Fact, Field
from interpreter.language.types import Field as FieldOf
from interpreter.language.types import List, Number, RecordType, Type
from interpreter.language.unknown import Unknown
from interpreter.rulebook.model import Requirement, Rulebook

AT_LEAST = re.compile(r"[^<>=!]*>=[^<>=!]*")
MORE_THAN_A_COMPARISON = re.compile(r"\b(and|or|not|if|some|every|in|between|for)\b")


def requirements_of(rulebook: Rulebook, measure: str) -> dict[str, Requirement]:
    """A measure's or duty's requirements by their dotted path, those of groups and of called definitions among them."""
    found: dict[str, Requirement] = {}

    def add(requirements: Iterable[Requirement], prefix: str) -> None:
        for requirement in requirements:
            path = prefix + requirement.name
            found[path] = requirement
            add(requirement.parts, path + ".")
            if requirement.call is not None:
                add(rulebook.definitions[requirement.call[0]].requirements, path + ".")

    written, duty = rulebook.measures.get(measure), rulebook.duties.get(measure)
    if written is not None:
        add((*written.head, *written.requires), "")
    elif duty is not None:
        add(duty.requires, "")
    return found


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a requirement of the form `seen >= needed` saw, wants, and how much is lacking (None: not known)."""

    seen: Named
    needed: Named
    short: Named | None


def threshold(finding: Finding, requirement: Requirement | None) -> Threshold | None:
    """The threshold an unmet or unknown finding is about, if it is a plain comparison of two numbers of one unit."""
    if finding.state == "met" or len(finding.values) != 2 or requirement is None or requirement.when is None:
        return None
    text = requirement.when.text
    if not AT_LEAST.fullmatch(text) or MORE_THAN_A_COMPARISON.search(text):
        return None
    seen, needed = finding.values
    if not (isinstance(seen.type, Number) and isinstance(needed.type, Number)) or isinstance(needed.value, Unknown):
        return None
    if isinstance(seen.value, Unknown):
        return Threshold(seen, needed, None)
    if seen.type.unit != needed.type.unit or not seen.value < needed.value:
        return None
    places = max(seen.type.places, needed.type.places)
    lack = Named("", "", needed.value - seen.value, Number(places, seen.type.unit))
    return Threshold(seen, needed, lack)


def fact_at(rulebook: Rulebook, path: str) -> tuple[FieldOf, bool] | None:
    """The field a schema path leads to, and whether a list lies on the way to it."""
    head, *names = path.split(".")
    if head not in rulebook.facts or not names:
        return None
    at: Type = rulebook.facts[head].type
    field, listed = None, False
    for name in names:
        if isinstance(at, List):
            at, listed = at.item, True
        field = at.fields.get(name) if isinstance(at, RecordType) else None
        if field is None:
            return None
        at = field.type
    return (field, listed) if field is not None else None


def private_fields(rulebook: Rulebook) -> frozenset[tuple[str, str]]:
    """Name and label of every private field of the vocabulary."""
    found: set[tuple[str, str]] = set()
    done: set[int] = set()
    waiting: list[Type] = [*rulebook.types.values(), *(root.type for root in rulebook.facts.values())]
    while waiting:
        type = waiting.pop()
        if isinstance(type, List):
            waiting.append(type.item)
        elif isinstance(type, RecordType) and id(type) not in done:
            done.add(id(type))
            found |= {(name, field.label) for name, field in type.fields.items() if field.private}
            waiting.extend(field.type for field in type.fields.values())
    return frozenset(found)


def names_of(rulebook: Rulebook) -> dict[str, str]:
    """By the name of a type at the bottom of its bases: the field that its records are called by, where claimants
    or bearers of that type are called by a field of theirs."""
    names: dict[str, str] = {}
    for claimant in (*rulebook.claimants.values(), *rulebook.bearers.values()):
        match claimant.called.core:
            case Field(of=Fact(name=fact), name=field) if fact == claimant.fact and fact in rulebook.facts:
                type = rulebook.facts[fact].type
                if isinstance(type, RecordType):
                    names[type.root.name] = field
    return names
