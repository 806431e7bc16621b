"""Requirements in words: numbered, groups and definitions opened, with what an unmet one leads to."""

from __future__ import annotations

from collections.abc import Iterable

from interpreter.language.core import Call
from interpreter.rulebook.model import Otherwise, Requirement
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.layout import GAP, beside
from interpreter.rulebook.showing.view import View

REFUSE = Otherwise("refuse")


def requirements(view: View, found: Iterable[Requirement], width: int) -> list[str]:
    """The lines of requirements, one number each."""
    return [line for at, one in enumerate(found, 1) for line in _requirement(view, one, f"{at}", 0, REFUSE, width)]


def _requirement(
    view: View, requirement: Requirement, number: str, indent: int, inherited: Otherwise, width: int
) -> list[str]:
    head = " " * indent + number + GAP
    lines = beside(head, sentence(view, requirement), width, view.clause(requirement.clause))
    inner = min(indent + len(number) + len(GAP), width // 3)
    unmet = requirement.otherwise or inherited
    mode, parts = _parts(view, requirement)
    if mode == "any":
        lines += beside(" " * inner, view.fill(words.ANY_OF), width)
    if unmet != inherited:
        lines += beside(" " * inner, view.unmet(unmet), width)
    for at, part in enumerate(parts, 1):
        lines += _requirement(view, part, f"{number}.{at}", inner, unmet, width)
    return lines


def sentence(view: View, requirement: Requirement) -> str:
    """What people read of a requirement: its own words, the name of the definition it calls, or its expression."""
    if requirement.say is not None:
        return view.say(requirement.say)
    if requirement.call is not None:
        return view.book.definitions[requirement.call[0]].label
    if requirement.when is not None:
        called = requirement.when.core
        return view.told(requirement.when) if isinstance(called, Call) else view.written(requirement.when)
    return view.fill(words.ANY_OF if requirement.mode == "any" else words.ALL_OF)


def _parts(view: View, requirement: Requirement) -> tuple[str, tuple[Requirement, ...]]:
    if requirement.call is None:
        said = requirement.say is not None
        return (requirement.mode if said else "all"), requirement.parts
    definition = view.book.definitions[requirement.call[0]]
    return definition.mode, definition.requirements
