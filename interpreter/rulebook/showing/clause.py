"""The page of a clause: everything that cites it, or why it is no rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interpreter.problems import Span, Text
from interpreter.rulebook.model import Clause, Requirement
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.layout import beside, grid
from interpreter.rulebook.showing.reads import concepts
from interpreter.rulebook.showing.requirements import sentence
from interpreter.rulebook.showing.view import View

Cited = tuple[Text, str, str | None, Span | None]
"""What kind of thing cites, what it is called, which clause, and where."""


def clause_page(view: View, clause: Clause) -> list[list[str]]:
    """What a clause became."""
    called = view.fill(words.CLAUSE_TITLED, clause.number, clause.title)
    head = view.title(called, called, view.fill(words.CLAUSE_KIND))
    told: set[tuple[str, ...]] = set()
    rows = []
    for kind, name, number, where in _citing(view):
        row = (view.fill(kind), name, "" if where is None else view.place(where))
        if number == clause.number and row not in told:
            told.add(row)
            rows.append(row)
    blocks = [head]
    if clause.no_rule:
        blocks.append(beside("", view.fill(words.IS_NO_RULE, clause.no_rule), view.width))
    elif not rows:
        blocks.append(beside("", view.fill(words.NOBODY), view.width))
    cited = grid(("", "", ""), rows, view.inner)
    return [*blocks, view.section(view.fill(words.CITED_BY, len(rows)), cited)]


def _citing(view: View) -> Iterator[Cited]:
    book = view.book
    for measure in book.measures.values():
        yield words.MEASURE, view.named(measure.title, measure.name), measure.clause, measure.where
        yield from _requirements(view, (*measure.head, *measure.requires))
    for duty in book.duties.values():
        yield words.DUTY, view.named(duty.title, duty.name), duty.clause, duty.where
        yield from _requirements(view, duty.requires)
    for definition in concepts(book):
        yield words.DEFINITION, view.named(definition.label, definition.name), definition.clause, definition.where
        yield from _requirements(view, definition.requirements)
    for parameter in book.parameters.values():
        kind = words.PARAMETER if parameter.question is None else words.SWITCH
        yield kind, view.named(parameter.label, parameter.name), parameter.clause, parameter.where
    for table in book.tables.values():
        yield words.TABLE, view.named(table.label, table.name), table.clause, table.where
    for limit in book.limits:
        yield words.LIMIT, view.named(limit.label, limit.name), limit.clause, limit.where
    for scheme in book.other_schemes.values():
        yield words.SCHEME, view.named(scheme.title, scheme.name), scheme.clause, None


def _requirements(view: View, found: Iterable[Requirement]) -> Iterator[Cited]:
    for requirement in found:
        yield words.REQUIREMENT, sentence(view, requirement), requirement.clause, requirement.where
        yield from _requirements(view, requirement.parts)
