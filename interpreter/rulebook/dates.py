"""Values that hold from a day to a day: read from `value:` or `values:`, without overlaps and undeclared gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from interpreter.language.core import And, Apply, AsOf, Core, Literal
from interpreter.language.expression import Expression
from interpreter.language.types import DATE
from interpreter.problems import Label, Span, Text
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Dated
from interpreter.rulebook.reading import Mapping, Node
from interpreter.rulebook.written import read_day

DAY = timedelta(days=1)


def read_dated(
    name: str, written: Mapping, ends: date | None, value: Callable[[Node], Expression | None], draft: Draft
) -> tuple[Dated, ...]:
    """The values of `name` in a mapping from days to values, each until the day before the next, the last until `ends`.

    A value with `ends:` of its own stops there: a gap that somebody declared. One that would hold on a day on which the
    next holds already is a problem.
    """
    found: list[tuple[date, date | None, Expression, Span]] = []
    for _, entry in nodes.entries(written):
        since = read_day(entry.key.fragment, draft)
        inside = nodes.child(entry.value, "value") if isinstance(entry.value, Mapping) else entry.value
        read = None if inside is None else value(inside)
        own_end = read_day(nodes.fragment(entry.value, "ends"), draft)
        if since is not None and read is not None:
            found.append((since, own_end, read, entry.key.span))
    found.sort(key=lambda row: row[0])
    dated = []
    for row, (since, own_end, read, where) in enumerate(found):
        after = found[row + 1] if row + 1 < len(found) else None
        until = after[0] - DAY if after is not None else ends
        if own_end is not None and until is not None and own_end > until and after is not None:
            first = Label(where, Text("先在这里", "first here"))
            draft.problem(
                "dates.overlap", after[3], labels=(first,), name=name, since=after[0], until=own_end, first=str(where)
            )
        until = own_end if own_end is not None else until
        if until is not None and until < since:
            draft.problem("dates.order", where, since=since, until=until)
        dated.append(Dated(read, since, until, where))
    return tuple(dated)


def holds(dated: Dated) -> tuple[Core, ...]:
    """The conditions under which a dated value holds on the day whose values hold."""
    since: Core = Apply("less_equal", (Literal(dated.since, DATE), AsOf()))
    if dated.until is None:
        return (since,)
    return (since, Apply("less_equal", (AsOf(), Literal(dated.until, DATE))))


def all_of(conditions: tuple[Core, ...]) -> Core:
    """The conjunction of some conditions; one alone is itself."""
    return conditions[0] if len(conditions) == 1 else And(conditions)
