"""The page of a duty: who bears it, for which periods, by when, and what it requires."""

from __future__ import annotations

from interpreter.rulebook.model import Duty
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.facts import facts
from interpreter.rulebook.showing.figures import read_by
from interpreter.rulebook.showing.layout import pairs
from interpreter.rulebook.showing.needs import needed_paths
from interpreter.rulebook.showing.requirements import requirements
from interpreter.rulebook.showing.view import View
from interpreter.rulebook.walk import expressions


def duty_page(view: View, duty: Duty) -> list[list[str]]:
    """The blocks of a duty's page."""
    clause = view.book.clauses.get(duty.clause)
    right = view.fill(words.CLAUSE_TITLED, duty.clause, clause.title) if clause else view.clause(duty.clause)
    rows = [
        (view.fill(words.BEARER), view.named(bearer_of(view, duty), duty.bearer)),
        (view.fill(words.AMONG), "" if duty.among is None else view.told(duty.among)),
        (view.fill(words.PERIOD), view.listed(view.told(part.value) for part in duty.per)),
        (view.fill(words.DUE), due(view, duty)),
        (view.fill(words.AS_OF), "" if duty.as_of is None else view.told(duty.as_of)),
        (view.fill(words.WRITTEN_IN), view.place(duty.where)),
    ]
    return [
        [*view.title(duty.title, duty.name, view.fill(words.DUTY), right), *pairs(rows, view.width)],
        view.section(view.fill(words.DUTY_REQUIREMENTS), requirements(view, duty.requires, view.inner)),
        *read_by(view, expressions(duty)),
        view.section(view.fill(words.FACTS_NEEDED), facts(view, needed_paths(view.book, duty), view.inner)),
    ]


def bearer_of(view: View, duty: Duty) -> str:
    """Who bears a duty."""
    return view.book.facts[view.book.bearers[duty.bearer].fact].label


def due(view: View, duty: Duty) -> str:
    """The day by which a duty is to be met."""
    return view.figure(duty.due)
