"""The page of a whole notice: who issued it, who may claim what, and what is still undecided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from interpreter.problems import Text
from interpreter.problems.cells import width
from interpreter.rulebook.model import Definition, Duty, FactRoot, Measure, Requirement, Rulebook
from interpreter.rulebook.names import HISTORY
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.duty import bearer_of, due
from interpreter.rulebook.showing.figures import figures, is_open, questions
from interpreter.rulebook.showing.layout import GAP, beside, grid, indented, pad, pairs
from interpreter.rulebook.showing.measure import amount_in_short, claimant_of, limit_lines
from interpreter.rulebook.showing.reads import concepts
from interpreter.rulebook.showing.requirements import requirements
from interpreter.rulebook.showing.view import View

Thing = TypeVar("Thing", Measure, Duty)


def notice_page(view: View) -> list[list[str]]:
    """The blocks of a notice's page."""
    book, inner = view.book, view.inner
    undecided = [p for p in book.parameters.values() if is_open(p)]
    defined = concepts(book)
    facts = [fact for name, fact in book.facts.items() if name != HISTORY]
    settled = [p for p in book.parameters.values() if not is_open(p)]
    no_rule = [(view.clause(c.number), c.title, c.no_rule) for c in book.clauses.values() if c.no_rule]
    limits = [line for limit in book.limits for line in limit_lines(view, limit, inner)]
    return [
        [*beside("", book.title, view.width), *pairs(_head(view), view.width)],
        view.section(view.fill(words.COMMON), requirements(view, common(book), inner)),
        _counted(view, words.MEASURES, len(book.measures), _measures(view)),
        _counted(view, words.DUTIES, len(book.duties), _duties(view)),
        _counted(view, words.LIMITS, len(book.limits), limits),
        _counted(view, words.TABLES, len(book.tables), _tables(view)),
        _counted(view, words.PARAMETERS, len(settled), figures(view, settled, inner)),
        _counted(view, words.DEFINITIONS, len(defined), _named(view, defined)),
        _counted(view, words.FACTS, len(facts), _named(view, facts)),
        _counted(view, words.QUESTIONS, len(undecided), questions(view, undecided, inner)),
        _counted(view, words.OVERLAYS, len(book.overlays), _overlays(view)),
        _counted(view, words.SCHEMES, len(book.other_schemes), _schemes(view)),
        _counted(view, words.NO_RULE, len(no_rule), grid(("", "", ""), no_rule, inner)),
        _more(view),
    ]


def common(book: Rulebook) -> tuple[Requirement, ...]:
    """What the notice asks of every benefit."""
    found = {str(r.where): r for m in book.measures.values() for r in m.head if r.common}
    return tuple(found.values())


def _counted(view: View, head: Text, count: int, lines: Sequence[str]) -> list[str]:
    return view.section(view.fill(head, count), lines)


def _head(view: View) -> list[tuple[str, str]]:
    book = view.book
    claimants, bearers = (
        view.listed(view.named(book.facts[one.fact].label, name) for name, one in group.items())
        for group in (book.claimants, book.bearers)
    )
    return [
        (view.fill(words.ID), book.policy),
        (view.fill(words.NUMBER), book.number),
        (view.fill(words.ISSUERS), view.listed(book.issuers)),
        (view.fill(words.ISSUED), view.day(book.issued)),
        (view.fill(words.IN_FORCE), view.period(*book.in_force)),
        (view.fill(words.AS_OF), view.told(book.as_of)),
        (view.fill(words.MONEY), view.fill(words.PLACES, book.money.currency, book.money.places)),
        (view.fill(words.CLAIMANTS), claimants),
        (view.fill(words.BEARERS), bearers),
        (view.fill(words.PAYER), view.listed(view.told(expression) for expression in book.payer.values())),
        (view.fill(words.ORDER), view.listed(view.told(expression) for expression in book.order)),
    ]


def _measures(view: View) -> list[str]:
    measures = _by_clause(view, view.book.measures.values())
    return _two_lines(view, (
        (m.clause, view.named(m.title, m.name), f"{claimant_of(view, m)}{GAP}{amount_in_short(view, m)}")
        for m in measures
    ))


def _duties(view: View) -> list[str]:
    duties = _by_clause(view, view.book.duties.values())
    return _two_lines(view, (
        (d.clause, view.named(d.title, d.name), f"{bearer_of(view, d)}{GAP}{view.fill(words.DUE_BY, due(view, d))}")
        for d in duties
    ))


def _by_clause(view: View, things: Iterable[Thing]) -> list[Thing]:
    order = list(view.book.clauses)
    return sorted(things, key=lambda thing: order.index(thing.clause) if thing.clause in order else len(order))


def _two_lines(view: View, rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """A clause with a name beside it, and what is to be said of it below."""
    given = [(view.clause(clause), name, more) for clause, name, more in rows]
    size = max((width(clause) for clause, _, _ in given), default=0)
    return [
        line
        for clause, name, more in given
        for line in (*beside(pad(clause, size) + GAP, name, view.inner),
                     *beside(" " * size + GAP + GAP, more, view.inner))
    ]


def _tables(view: View) -> list[str]:
    rows = [
        (view.clause(table.clause), view.named(table.label, table.name), view.fill(words.ROWS, count))
        for table in view.book.tables.values()
        for count in (len(table.rows if table.asked is None else table.asked.text),)
    ]
    return grid(("", "", ""), rows, view.inner)


def _named(view: View, things: Iterable[Definition | FactRoot]) -> list[str]:
    names = [view.named(thing.label, thing.name) for thing in things]
    return beside("", view.listed(names), view.inner) if names else []


def _overlays(view: View) -> list[str]:
    lines = []
    for overlay in view.book.overlays.values():
        lines += beside("", overlay.authority, view.inner, view.place(overlay.where))
        rows = [(view.fill(words.BASIS), overlay.basis)]
        rows += [
            (view.book.parameters[name].label, view.listed(view.dated(values), words.SEMICOLON))
            for name, values in overlay.sets
        ]
        rows += [(view.book.tables[name].label, view.fill(words.ROWS, len(found))) for name, found in overlay.rows]
        lines += indented(pairs(rows, view.inner - 2))
    return lines


def _schemes(view: View) -> list[str]:
    lines = []
    for scheme in view.book.other_schemes.values():
        lines += beside("", view.named(scheme.title, scheme.name), view.inner, view.clause(scheme.clause))
        if scheme.office:
            lines += indented(beside("", view.fill(words.OFFICE, scheme.office), view.inner - 2))
    return lines


def _more(view: View) -> list[str]:
    first = next(iter(view.book.measures.values()), None)
    if first is None:
        return []
    return beside("", f"{view.fill(words.MORE)}  policy show {first.name}", view.width)
