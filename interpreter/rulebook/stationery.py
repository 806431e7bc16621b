"""How an office's papers look and what they always say, read: marks, form, numbers, and passages with their days."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from interpreter.language.read import read_holes
from interpreter.language.scope import LocalName
from interpreter.language.types import BROKEN, Number, Type
from interpreter.problems import Fragment
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Say, Variable
from interpreter.rulebook.papers import AUTHORITY, NUMBER, RUNNING, TEXTS, YEAR, Passage, Stationery
from interpreter.rulebook.reading import Mapping, Node, Scalar
from interpreter.rulebook.written import read_day


def variables(authority: Type, draft: Draft) -> dict[str, Variable]:
    """What the holes of papers may name besides parameters and tables, with the slots these stand in."""
    types = {
        AUTHORITY: authority, YEAR: Number(0, low=Decimal(1), high=Decimal(9999)),
        RUNNING: Number(0, low=Decimal(1), high=Decimal(10**9)),
    }
    return {name: Variable(name, type, draft.slots.take()) for name, type in types.items() if type != BROKEN}


def read_stationery(
    written: Mapping | None, known: dict[str, Variable], measures: Collection[str], draft: Draft,
) -> Stationery:
    """What stands under `paper:`; `measures` are the names there are. A number that does not run is a problem:
    two letters would share it."""
    form, head = nodes.text(written, "form"), nodes.text(written, "head")
    texts = {
        name: _passages(found, known, draft, number=name == NUMBER)
        for name in TEXTS if (found := nodes.child(written, name)) is not None
    }
    says = {
        name: _passages(entry.value, known, draft)
        for name, entry in nodes.entries(nodes.mapping(written, "says"))
    }
    unnamed = nodes.fragments(written, "unnamed") if written is not None else []
    for fragment in unnamed:
        name = fragment.text.strip()
        if name not in measures:
            draft.problem("limit.measure", fragment.span(), found=name, guess=closest(name, measures))
    return Stationery(
        next((each for each in ("full", "letter", "plain") if each == form), None),
        next((each for each in ("printed", "blank") if each == head), None), texts, says, known,
        frozenset(fragment.text.strip() for fragment in unnamed),
    )


def _passages(written: Node, known: dict[str, Variable], draft: Draft, *, number: bool = False) -> tuple[Passage, ...]:
    found = []
    for since, fragment in _dated(written, draft):
        say = read_passage(fragment, known, draft, number=number)
        if say is not None:
            found.append(Passage(since, say))
    return tuple(sorted(found, key=lambda passage: passage.since or date.min))


def _dated(written: Node, draft: Draft) -> Iterator[tuple[date | None, Fragment]]:
    """A text that always holds, or texts by their first day."""
    if isinstance(written, Scalar):
        yield None, written.fragment
    for _, entry in nodes.entries(written):
        since = read_day(entry.key.fragment, draft)
        if since is not None and isinstance(entry.value, Scalar):
            yield since, entry.value.fragment


def read_passage(
    fragment: Fragment, known: dict[str, Variable], draft: Draft, *, number: bool = False,
) -> Say | None:
    """A text with holes that need no case: parameters, called tables, the authority and the year."""
    locals = [
        LocalName(one.name, one.type, one.slot) for one in known.values() if number or one.name != RUNNING
    ]
    parts = read_holes(fragment, draft.settled_scope(*locals), draft.problems)
    if parts is None:
        return None
    if number and not any(RUNNING in part.uses for part in parts if not isinstance(part, str)):
        draft.problem("number.fixed", fragment.span())
    return Say(parts)
