"""The page of a measure: for whom, what it requires, what it gives, within which limits, and what it needs to know."""

from __future__ import annotations

from interpreter.language import core as c
from interpreter.language.types import Number
from interpreter.rulebook.model import Limit, Measure, Parameter, Table
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.facts import facts
from interpreter.rulebook.showing.figures import asked_rows, figures, is_open, read_by
from interpreter.rulebook.showing.layout import beside, indented, pairs
from interpreter.rulebook.showing.needs import needed_paths
from interpreter.rulebook.showing.reads import Ref, closure
from interpreter.rulebook.showing.requirements import requirements
from interpreter.rulebook.showing.view import View
from interpreter.rulebook.walk import expressions


def measure_page(view: View, measure: Measure) -> list[list[str]]:
    """The blocks of a measure's page."""
    paid = _paid(view, measure)
    own = requirements(view, (*measure.head, *measure.requires), view.inner)
    return [
        _head(view, measure),
        view.section(view.fill(words.REQUIREMENTS), own),
        view.section(view.fill(words.AMOUNT), _amount(view, measure, paid)),
        view.section(view.fill(words.MEASURE_LIMITS), _limits(view, measure)),
        *read_by(view, expressions((measure, _limits_of(view, measure))), paid),
        view.section(view.fill(words.FACTS_NEEDED), facts(view, needed_paths(view.book, measure), view.inner)),
    ]


def _head(view: View, measure: Measure) -> list[str]:
    clause = view.book.clauses.get(measure.clause)
    right = view.fill(words.CLAUSE_TITLED, measure.clause, clause.title) if clause else view.clause(measure.clause)
    scheme = view.book.other_schemes.get(measure.governed_by or "")
    rows = [
        (view.fill(words.WHO), view.named(claimant_of(view, measure), measure.claimant)),
        (view.fill(words.ONE_FOR_EACH), each(view, measure)),
        (view.fill(words.AS_OF), "" if measure.as_of is None else view.told(measure.as_of)),
        (view.fill(words.DURING), "" if measure.during is None else view.told(measure.during)),
        (view.fill(words.GOVERNED_BY), "" if scheme is None else scheme.title),
        (view.fill(words.WRITTEN_IN), view.place(measure.where)),
    ]
    kind = view.fill(words.ENTITLEMENT if measure.kind == "entitlement" else words.BENEFIT)
    return [*view.title(measure.title, measure.name, kind, right), *pairs(rows, view.width)]


def claimant_of(view: View, measure: Measure) -> str:
    """Who may claim a measure."""
    return view.book.facts[view.book.claimants[measure.claimant].fact].label


def each(view: View, measure: Measure) -> str:
    """What a measure has one line for: the members of its lists; nothing where it has one line."""
    return view.listed(
        view.fill(words.ITEM_OF, list=view.told(loop.over), item=view.named(view.locals[loop.variable.slot], name))
        for loop in measure.loops
        for name in (loop.variable.name,)
    )


def amount_in_short(view: View, measure: Measure) -> str:
    """What a measure gives, in a few words."""
    if measure.pays is None:
        return view.fill(words.ENTITLEMENT)
    plain = isinstance(measure.pays.core, c.Read | c.Literal)
    text = view.figure(measure.pays) if plain else view.fill(words.BY_FORMULA)
    names = [view.locals[loop.variable.slot] for loop in measure.loops]
    return view.fill(words.FOR_EACH, each=view.listed(names), amount=text) if names else text


def _amount(view: View, measure: Measure, paid: list[Parameter]) -> list[str]:
    if measure.pays is None:
        return [view.fill(words.STATUS)]
    plain = isinstance(measure.pays.core, c.Read)
    first = [] if plain else beside("", view.written(measure.pays), view.inner, view.place(measure.pays.where))
    refs = closure(view.book, expressions(measure.pays))
    called = [t for t in view.book.tables.values() if t.asked is not None and Ref("table", t.name) in refs]
    return [
        *first,
        *figures(view, paid, view.inner),
        *(line for table in called for line in _called(view, table)),
    ]


def _called(view: View, table: Table) -> list[str]:
    """The rows of the notice that an amount is looked up in."""
    head = beside("", view.named(table.label, table.name), view.inner, view.clause(table.clause))
    rows = () if table.asked is None else table.asked.text
    return [*head, *indented(asked_rows(view, table, rows, view.inner - 2))]


def _paid(view: View, measure: Measure) -> list[Parameter]:
    """The settled numbers that an amount comes from, in the order of their file."""
    refs = closure(view.book, expressions(measure.pays))
    numbers = [p for p in view.book.parameters.values() if isinstance(p.type, Number) and not is_open(p)]
    return [p for p in numbers if Ref("parameter", p.name) in refs]


# ---- limits


def _limits_of(view: View, measure: Measure) -> list[Limit]:
    return [limit for limit in view.book.limits if measure.name in limit.measures]


def _limits(view: View, measure: Measure) -> list[str]:
    lines = []
    if measure.once_per:
        same = view.listed((view.told(part.value) for part in measure.once_per), words.AND)
        lines += beside("", view.fill(words.ONCE_PER, same), view.inner)
    for limit in _limits_of(view, measure):
        others = [view.book.measures[name].title for name in limit.measures if name != measure.name]
        lines += limit_lines(view, limit, view.inner)
        if others:
            lines += indented(beside("", view.fill(words.TOGETHER_WITH, view.listed(others)), view.inner - 2))
    return lines


def limit_lines(view: View, limit: Limit, cells: int) -> list[str]:
    """A limit in words."""
    per = dict.fromkeys(view.told(part.value) for parts in limit.keys.values() for part in parts)
    most = words.AT_MOST_LINES if limit.amount is None else words.AT_MOST_MONEY
    texts = [view.fill(most, most=view.figure(limit.ceiling), per=view.listed(per, words.AND))]
    if limit.keep == "highest":
        texts.append(view.fill(words.KEEP_HIGHEST))
    if limit.over != "refuse":
        texts.append(view.fill(words.OVER_CUT if limit.over == "cut" else words.OVER_WAIT))
    ranks = dict.fromkeys(view.told(rank) for order in limit.orders.values() for rank in order)
    if ranks:
        texts.append(view.fill(words.RANKED_BY, view.listed(ranks)))
    if limit.when is not None:
        texts.append(view.fill(words.ONLY_WHEN, view.written(limit.when)))
    lines = beside("", view.named(limit.label, limit.name), cells, view.clause(limit.clause))
    return [*lines, *indented(beside("", view.listed(texts, words.COMMA), cells - 2))]
