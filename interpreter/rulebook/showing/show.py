"""Finding what a name stands for, and its page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import partial

from interpreter.language.types import RecordType
from interpreter.problems import Language, Problem
from interpreter.problems.cells import page_of
from interpreter.problems.suggest import closest
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.showing.clause import clause_page
from interpreter.rulebook.showing.duty import duty_page
from interpreter.rulebook.showing.facts import field_at, inner
from interpreter.rulebook.showing.layout import clean
from interpreter.rulebook.showing.measure import measure_page
from interpreter.rulebook.showing.notice import notice_page
from interpreter.rulebook.showing.reads import concepts
from interpreter.rulebook.showing.terms import definition_page, limit_page, overlay_page, parameter_page
from interpreter.rulebook.showing.view import View
from interpreter.rulebook.showing.vocabulary import fact_page, field_page, table_page, type_page

Blocks = list[list[str]]
Page = Callable[[View], Blocks]


def show_policy(rulebook: Rulebook, name: str | None, language: Language, *, width: int = 80) -> str | Problem:
    """The page of a notice, or of one thing in it, in lines of at most `width` terminal cells (40 at least).

    `name` is the id or the label of a measure, duty, definition, parameter, table, fact, type, limit or authority, a
    schema path (`worker.insurance.month`) or a clause's number; what several things are called gives all their pages.
    A name that is none of these is the problem `show.unknown`, with the nearest one where there is one.
    """
    view = View(rulebook, language, max(40, width))
    if name is None:
        return page_of(notice_page(view))
    pages = [page for words, page in _pages(rulebook) if _same(name) in map(_same, words)]
    field = field_at(rulebook, name) if not pages else None
    if field is not None:
        pages.append(lambda view: field_page(view, name, field))
    if pages:
        return page_of(block for page in pages for block in page(view))
    known = [word for words, _ in _pages(rulebook) for word in words]
    guess = closest(name, known)
    return Problem("show.unknown", fields={"name": clean(name)} | ({"guess": guess} if guess else {}))


def _same(word: str) -> str:
    """A word as people may type it: full-width or not, blanks around it or not."""
    return unicodedata.normalize("NFKC", word).strip()


def _pages(book: Rulebook) -> Iterator[tuple[tuple[str, ...], Page]]:
    """Everything that has a page, with the words that call it."""
    yield (book.policy, book.title, book.number), notice_page
    for measure in book.measures.values():
        yield (measure.name, measure.title), partial(_page, measure_page, measure)
    for duty in book.duties.values():
        yield (duty.name, duty.title), partial(_page, duty_page, duty)
    for definition in concepts(book):
        yield (definition.name, definition.label), partial(_page, definition_page, definition)
    for parameter in book.parameters.values():
        yield (parameter.name, parameter.label), partial(_page, parameter_page, parameter)
    for table in book.tables.values():
        own = (table.row.name,) if table.words else ()
        yield (table.name, table.label, *own), partial(_page, table_page, table)
    for fact in book.facts.values():
        yield (fact.name, fact.label), partial(_page, fact_page, fact)
    roots = [inner(fact.type) for fact in book.facts.values()]
    for name, of in book.types.items():
        if isinstance(of, RecordType) and (of.table is not None or (of.name == name and of in roots)):
            continue
        label = of.label if isinstance(of, RecordType) else name
        yield (name, label), partial(type_page, name=name, of=of)
    for limit in book.limits:
        yield (limit.name, limit.label), partial(_page, limit_page, limit)
    for overlay in book.overlays.values():
        yield (overlay.authority,), partial(_page, overlay_page, overlay)
    for clause in book.clauses.values():
        yield (clause.number, clause.title), partial(_page, clause_page, clause)


def _page(page: Callable[..., Blocks], thing: object, view: View) -> Blocks:
    return page(view, thing)
