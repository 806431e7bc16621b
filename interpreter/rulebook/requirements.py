"""Requirements: named, grouped by all and any, with what people read of them and what an unmet one means."""

from __future__ import annotations

from typing import Literal

from interpreter.language.core import And, Core, Or
from interpreter.language.read import Knowing, as_call, read_expression, read_holes
from interpreter.language.scope import LocalName
from interpreter.language.types import BOOLEAN
from interpreter.problems import Fragment
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Definition, Otherwise, Requirement, Say
from interpreter.rulebook.reading import Entry, Mapping, Node, Scalar

REFUSE, REVIEW = Otherwise("refuse"), Otherwise("review")
GROUPS: tuple[Literal["all", "any"], ...] = ("all", "any")


def read_requirements(
    written: Mapping | None, locals: tuple[LocalName, ...], definitions: dict[str, Definition], draft: Draft,
    unmet: Otherwise | None = None,
) -> tuple[Requirement, ...]:
    """The requirements of a mapping, in order; those that cannot be read are left out, with a problem.

    `unmet` is what it means that one of them does not hold, where it says nothing itself; None where more hangs on
    them than that (under `any`, and in definitions).
    """
    found = (_requirement(name, entry, locals, definitions, draft, unmet) for name, entry in nodes.entries(written))
    return tuple(requirement for requirement in found if requirement is not None)


def _requirement(
    name: str, entry: Entry, locals: tuple[LocalName, ...], definitions: dict[str, Definition], draft: Draft,
    unmet: Otherwise | None,
) -> Requirement | None:
    node, where = entry.value, entry.key.span
    say = read_say(nodes.fragment(node, "say"), locals, draft)
    clause = draft.cite(nodes.fragment(node, "clause"))
    otherwise = read_otherwise(nodes.child(node, "otherwise"), draft)
    when = nodes.fragment(node, "when")
    unmet = None if unmet is None else otherwise or unmet
    if when is not None:
        knowing: Knowing = "conjunct" if unmet == REVIEW else "nowhere"
        expression = read_expression(when, draft.scope(*locals), draft.problems, BOOLEAN, knowing=knowing)
        if expression is None:
            return None
        call = as_call(expression)
        shown = call if call is not None and call[0] in definitions and definitions[call[0]].requirements else None
        return Requirement(name, "when", where, expression, (), say, clause, otherwise, shown)
    for mode in GROUPS:
        group = nodes.mapping(node, mode)
        if group is not None:
            parts = read_requirements(group, locals, definitions, draft, unmet if mode == "all" else None)
            made = Requirement(name, mode, where, None, parts, say, clause, otherwise)
            if mode == "any":
                one_meaning(made, definitions, draft)
            return made if parts else None
    return None


def one_meaning(group: Requirement, definitions: dict[str, Definition], draft: Draft) -> None:
    """Under `any` nobody could tell which of several meanings an unmet group has."""
    inherited = group.otherwise or REFUSE
    if len({meaning for part in group.parts for meaning in meanings(part, inherited, definitions)}) > 1:
        draft.problem("requirement.mixed", group.where, name=group.name)


def meanings(requirement: Requirement, inherited: Otherwise, definitions: dict[str, Definition]) -> set[Otherwise]:
    """What an unmet requirement may mean, by itself and by the definition whose findings it shows."""
    own = requirement.otherwise or inherited
    parts = requirement.parts
    if requirement.call is not None:
        parts = definitions[requirement.call[0]].requirements
    return {meaning for part in parts for meaning in meanings(part, own, definitions)} or {own}


def read_say(written: Fragment | None, locals: tuple[LocalName, ...], draft: Draft) -> Say | None:
    """What people read, with its holes."""
    if written is None:
        return None
    parts = read_holes(written, draft.scope(*locals), draft.problems)
    return None if parts is None else Say(parts)


def read_otherwise(written: Node | None, draft: Draft) -> Otherwise | None:
    """`refuse`, `review` or `{refer: NAME}`; anything else the schema has refused."""
    if isinstance(written, Scalar):
        word = written.fragment.text.strip()
        return REVIEW if word == "review" else REFUSE
    to = nodes.fragment(written, "refer")
    return None if to is None else Otherwise("refer", draft.scheme(to))


def core_of(mode: str, requirements: tuple[Requirement, ...]) -> Core:
    """The value of requirements taken together: their conjunction (`all`) or disjunction (`any`)."""
    parts = tuple(
        requirement.when.core if requirement.when is not None else core_of(requirement.mode, requirement.parts)
        for requirement in requirements
    )
    if len(parts) == 1:
        return parts[0]
    return Or(parts) if mode == "any" else And(parts)


def names_in(requirements: tuple[Requirement, ...]) -> frozenset[str]:
    """The names that requirements and what they say use."""
    found: set[str] = set()
    for requirement in requirements:
        if requirement.when is not None:
            found |= requirement.when.uses
        if requirement.say is not None:
            found.update(*(part.uses for part in requirement.say.parts if not isinstance(part, str)))
        found |= names_in(requirement.parts)
    return frozenset(found)
