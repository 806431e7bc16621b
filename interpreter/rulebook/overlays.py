"""Overlays: what one authority sets within what the notice delegates, and the parameters and tables with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from interpreter.language.core import Apply, Authority, Choose, Core, Literal
from interpreter.language.types import BROKEN, Type
from interpreter.language.unknown import Value
from interpreter.problems import Fragment, Label, Span, Text
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.called import Called, check_rows, define
from interpreter.rulebook.dates import all_of, holds, read_dated
from interpreter.rulebook.decision_tables import Row, read_rows
from interpreter.rulebook.delegation import Ruled, beyond
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Dated, Definition, Overlay, Parameter
from interpreter.rulebook.parameters import choose, constant
from interpreter.rulebook.reading import Entry
from interpreter.rulebook.reading import Mapping as Written
from interpreter.rulebook.settled import NOBODY, Settled
from interpreter.rulebook.written import read_word, trimmed


@dataclass(frozen=True, slots=True)
class Set:
    """What one authority sets: values of parameters and rows of tables, by their names, and its `paper`."""

    authority: Value
    called: str
    basis: str
    values: dict[str, tuple[Dated, ...]]
    rows: dict[str, tuple[Row, ...]]
    where: Span
    paper: Written | None = None

    @property
    def shown(self) -> Overlay:
        rows = tuple((name, tuple(row.text for row in rows)) for name, rows in self.rows.items())
        return Overlay(self.called, self.basis, tuple(self.values.items()), self.where, rows)


def read_overlays(
    roots: Iterable[Written], tried: Iterable[Written], type: Type, parameters: dict[str, Parameter],
    tables: dict[str, Called], draft: Draft,
) -> tuple[Set, ...]:
    """What each authority sets. `type` is what an authority is. What is `tried` stands in for what the authority's own
    file says of the same parameters and tables."""
    found: dict[Value, Set] = {}
    for root, instead in ((root, instead) for instead, group in enumerate((roots, tried)) for root in group):
        named = nodes.fragment(root, "authority")
        authority = None if named is None or type == BROKEN else read_word(named, type, draft)
        if named is None or authority is None:
            continue
        new, first = _set(named, authority, root, parameters, tables, draft), found.get(authority)
        if first is None:
            found[authority] = new
        elif instead:
            found[authority] = replace(first, values=first.values | new.values, rows=first.rows | new.rows)
        else:
            label = Label(first.where, Text("先在这里", "first here"))
            draft.problem("overlay.twice", named.span(), labels=(label,), name=new.called)
    return tuple(found.values())


def _set(
    named: Fragment, authority: Value, root: Written, parameters: dict[str, Parameter], tables: dict[str, Called],
    draft: Draft,
) -> Set:
    values, rows = {}, {}
    for name, entry in nodes.entries(nodes.mapping(root, "sets")):
        parameter = parameters.get(name)
        if parameter is None:
            draft.problem("overlay.unknown", entry.key.span, found=name, guess=closest(name, parameters))
        elif parameter.delegated is None:
            _not_delegated(entry, parameter.where, parameter.label, parameter.clause, draft)
        elif parameter.type != BROKEN:
            values[name] = _values(entry, parameter, draft)
    for name, entry in nodes.entries(nodes.mapping(root, "rows")):
        called = tables.get(name)
        if called is None:
            draft.problem("overlay.unknown-table", entry.key.span, found=name, guess=closest(name, tables))
        elif called.delegation is None:
            _not_delegated(entry, called.table.where, called.table.label, called.table.clause, draft)
        else:
            before = len(draft.problems)
            rows[name] = read_rows(called.table, entry.value, draft)
            if len(draft.problems) > before:
                draft.broken.add(name)
    basis = nodes.text(root, "basis") or ""
    return Set(
        authority, trimmed(named).text, basis, values, rows, named.span(), nodes.mapping(root, "paper"),
    )


def _not_delegated(entry: Entry, where: Span, label: str, clause: str | None, draft: Draft) -> None:
    first = Label(where, Text("未授权", "not delegated"))
    draft.problem(
        "overlay.not-delegated", entry.key.span, labels=(first,), name=entry.key.text, label=label, clause=clause
    )


def _values(entry: Entry, parameter: Parameter, draft: Draft) -> tuple[Dated, ...]:
    if isinstance(entry.value, Written):
        return read_dated(parameter.name, entry.value, None, lambda node: constant(node, parameter.type, draft), draft)
    value = constant(entry.value, parameter.type, draft)
    return () if value is None else (Dated(value, draft.since, None, entry.value.span),)


def settle(
    sets: tuple[Set, ...], type: Type, parameters: dict[str, Parameter], tables: dict[str, Called], draft: Draft
) -> tuple[dict[str, Parameter], dict[str, Definition]]:
    """The parameters and the called tables as the claimant's authority has them. What leaves the bounds of what is
    delegated is refused."""
    rows: dict[str, list[tuple[Core, Core]]] = {}
    for one in sets:
        mine = Apply("equal", (Authority(), Literal(one.authority, type)))
        for name, values in one.values.items():
            rows.setdefault(name, []).extend((all_of((mine, *holds(v))), v.value.core) for v in values)
    final = {name: _with_rows(parameter, tuple(rows.get(name, ()))) for name, parameter in parameters.items()}
    whole = [
        replace(called, set_by=tuple((one.authority, one.rows[name]) for one in sets if name in one.rows))
        for name, called in tables.items()
    ]
    authorities = [one.authority for one in sets]
    definitions = define(whole, type, authorities, Settled(final, {}, draft.slots.count), draft)
    settled = Settled(final, definitions, draft.slots.count)
    _check_values(sets, final, settled, draft)
    check_rows(whole, settled, draft)
    return final, definitions


def _with_rows(parameter: Parameter, rows: tuple[tuple[Core, Core], ...]) -> Parameter:
    """The parameter as the claimant's authority has it. Where the authority must set it, the notice's own value does
    not hold."""
    assert isinstance(parameter.core, Choose)
    delegated = parameter.delegated
    values = parameter.values if delegated is None or delegated.if_unset == "value" else ()
    return replace(parameter, core=choose(rows, values, parameter.core.nothing))


def _check_values(
    sets: tuple[Set, ...], parameters: dict[str, Parameter], settled: Settled, draft: Draft
) -> None:
    """Refuses values of parameters that leave what is delegated, those of the notice and those of authorities."""
    for name, parameter in parameters.items():
        if parameter.delegated is None or name in draft.broken:
            continue
        ruled = Ruled(name, parameter.label, parameter.type, parameter.clause, parameter.delegated)
        for who, values, code in (
            (NOBODY, parameter.values, "parameter.beyond-bound"),
            *((one.authority, one.values.get(name, ()), "overlay.beyond-bound") for one in sets),
        ):
            for dated in values:
                days = dated.since, dated.until or date.max
                place = dated.value.where
                draft.problems.extend(beyond(ruled, dated.value, place, days, who, {}, code, settled, draft))
