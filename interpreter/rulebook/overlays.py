"""Overlays: what one authority sets within what the notice delegates, and the parameters with these values in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from interpreter.language.core import Apply, Authority, Choose, Core, Literal
from interpreter.language.types import BROKEN, Type
from interpreter.language.unknown import Value
from interpreter.problems import Fragment, Label, Text
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.dates import all_of, holds, read_dated
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Dated, Overlay, Parameter
from interpreter.rulebook.parameters import check_bounds, choose, constant
from interpreter.rulebook.reading import Entry, Mapping
from interpreter.rulebook.written import read_word, trimmed


def read_overlays(
    roots: Iterable[Mapping], tried: Iterable[Mapping], type: Type, parameters: dict[str, Parameter], draft: Draft
) -> tuple[dict[str, Overlay], dict[str, Parameter]]:
    """The overlays by the authority's name, and the parameters with what they set.

    `type` is what an authority is. What is `tried` stands in for what the authority's own file says of the same
    parameters.
    """
    found: dict[Value, Overlay] = {}
    for root, instead in ((root, instead) for instead, group in enumerate((roots, tried)) for root in group):
        named = nodes.fragment(root, "authority")
        authority = None if named is None or type == BROKEN else read_word(named, type, draft)
        if named is None or authority is None:
            continue
        overlay, first = _overlay(named, root, parameters, draft), found.get(authority)
        if first is not None and not instead:
            label = Label(first.where, Text("先在这里", "first here"))
            draft.problem("overlay.twice", named.span(), labels=(label,), name=overlay.authority)
        else:
            found[authority] = overlay if first is None else replace(first, sets=_instead(first.sets, overlay.sets))
    rows: dict[str, list[tuple[Core, Core]]] = {}
    for authority, overlay in found.items():
        mine = Apply("equal", (Authority(), Literal(authority, type)))
        for name, values in overlay.sets:
            rows.setdefault(name, []).extend((all_of((mine, *holds(v))), v.value.core) for v in values)
    settled = {name: _with_rows(parameter, tuple(rows.get(name, ()))) for name, parameter in parameters.items()}
    return {overlay.authority: overlay for overlay in found.values()}, settled


Sets = tuple[tuple[str, tuple[Dated, ...]], ...]


def _instead(own: Sets, tried: Sets) -> Sets:
    return tuple((dict(own) | dict(tried)).items())


def _overlay(named: Fragment, root: Mapping, parameters: dict[str, Parameter], draft: Draft) -> Overlay:
    sets = []
    for name, entry in nodes.entries(nodes.mapping(root, "sets")):
        parameter = parameters.get(name)
        if parameter is None:
            draft.problem("overlay.unknown", entry.key.span, found=name, guess=closest(name, parameters))
        elif parameter.delegated is None:
            first = Label(parameter.where, Text("未授权", "not delegated"))
            draft.problem(
                "overlay.not-delegated", entry.key.span, labels=(first,), name=name, label=parameter.label,
                clause=parameter.clause,
            )
        elif parameter.type != BROKEN:
            sets.append((name, _values(entry, parameter, draft)))
    for name, entry in nodes.entries(nodes.mapping(root, "rows")):
        draft.problem("overlay.rows-later", entry.key.span, name=name)
    return Overlay(trimmed(named).text, nodes.text(root, "basis") or "", tuple(sets), named.span())


def _values(entry: Entry, parameter: Parameter, draft: Draft) -> tuple[Dated, ...]:
    if isinstance(entry.value, Mapping):
        values = read_dated(
            parameter.name, entry.value, None, lambda node: constant(node, parameter.type, draft), draft
        )
    else:
        value = constant(entry.value, parameter.type, draft)
        values = () if value is None else (Dated(value, draft.since, None, entry.value.span),)
    assert parameter.delegated is not None
    for dated in values:
        check_bounds(parameter, parameter.delegated, dated, "overlay.beyond-bound", draft)
    return values


def _with_rows(parameter: Parameter, rows: tuple[tuple[Core, Core], ...]) -> Parameter:
    """The parameter as the claimant's authority has it. Where the authority must set it, the notice's own value does
    not hold."""
    assert isinstance(parameter.core, Choose)
    delegated = parameter.delegated
    values = () if delegated is not None and delegated.if_unset == "review" else parameter.values
    return replace(parameter, core=choose(rows, values, parameter.core.nothing))
