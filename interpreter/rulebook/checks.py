"""What only the whole shows: clauses nobody cites, and circles through the day and the authority."""

from __future__ import annotations

from interpreter.language.core import AsOf, Authority, Core, Read
from interpreter.problems import Span
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.reading import Mapping
from interpreter.rulebook.walk import reached


def check_clauses(root: Mapping, draft: Draft) -> None:
    """A clause that no file cites says why it is no rule."""
    for number, entry in nodes.entries(nodes.mapping(root, "clauses")):
        clause = draft.clauses[number]
        if number not in draft.cited and clause.no_rule is None:
            draft.problem("clause.uncited", entry.key.span, "warning", number=number, title=clause.title)
        if number in draft.cited and clause.no_rule is not None:
            draft.problem("clause.cited", nodes.place(entry.value, "no_rule"), "warning", number=number)


def check_ground(book: Rulebook, draft: Draft) -> None:
    """The day and the authority must be known before any value that depends on them."""
    _stands(book.as_of.core, book.as_of.where, "as_of.circle", (AsOf, Authority, Read), book, draft)
    for claimant in (*book.claimants.values(), *book.bearers.values()):
        office = claimant.authority
        _stands(office.core, office.where, "claimant.circle", (Authority,), book, draft)


def _stands(
    core: Core, where: Span, code: str, on: tuple[type, ...], book: Rulebook, draft: Draft
) -> None:
    for found, name in reached(core, book):
        if isinstance(found, on):
            draft.problem(code, where, name=found.name if isinstance(found, Read) else name)
            return


