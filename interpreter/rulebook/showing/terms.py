"""The pages of what measures are made of: a definition, a parameter, a limit, and what an authority sets."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.rulebook.model import Dated, Definition, Limit, Overlay, Parameter
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.figures import asked_rows, delegation
from interpreter.rulebook.showing.layout import beside, grid, pairs
from interpreter.rulebook.showing.measure import limit_lines
from interpreter.rulebook.showing.reads import Ref, directly, uses_of
from interpreter.rulebook.showing.requirements import requirements
from interpreter.rulebook.showing.view import View
from interpreter.rulebook.walk import expressions

KINDS = ("definition", "parameter", "table", "fact")


def used_in(view: View, ref: Ref) -> list[str]:
    """The block that says what uses a thing."""
    rows = [(user, place) for user, place in view.uses(uses_of(view.book, ref)) if user != view.ref(ref)]
    return view.section(view.fill(words.USED_IN), grid(("", ""), rows, view.inner))


# ---- definitions


def definition_page(view: View, definition: Definition) -> list[list[str]]:
    """What a definition is of, how it is computed, what it uses and what uses it."""
    takes = [view.named(view.kind_of(variable), variable.name) for variable in definition.takes]
    rows = [
        (view.fill(words.TAKES), view.listed(takes)),
        (view.fill(words.GIVES), view.type(definition.type)),
        (view.fill(words.WRITTEN_IN), view.place(definition.where)),
    ]
    head = [
        *view.title(definition.label, definition.name, view.fill(words.DEFINITION), view.clause(definition.clause)),
        *pairs(rows, view.width),
    ]
    if definition.may_be_provided:
        head += beside("", view.fill(words.PROVIDED), view.width)
    own = tuple(expressions(definition))
    used = {ref for expression in own for ref in directly(view.book, expression.core) if ref.kind in KINDS}
    named = sorted(used, key=lambda ref: (KINDS.index(ref.kind), ref.name))
    return [
        head,
        _computed(view, definition),
        view.section(view.fill(words.USES), beside("", view.listed(map(view.ref, named)), view.inner) if named else []),
        used_in(view, Ref("definition", definition.name)),
    ]


def _computed(view: View, definition: Definition) -> list[str]:
    if definition.expression is not None:
        return view.section(
            view.fill(words.AS_WRITTEN),
            beside("", view.written(definition.expression), view.inner, view.place(definition.expression.where)),
        )
    mode = words.ANY_OF if definition.mode == "any" else words.ALL_OF
    return view.section(view.fill(mode), requirements(view, definition.requirements, view.inner))


# ---- parameters


def parameter_page(view: View, parameter: Parameter) -> list[list[str]]:
    """What a parameter is on which days, on what that rests, who may set it otherwise, and where it is used."""
    asked = parameter.question is not None
    decided = "" if not asked else parameter.decided_by or view.fill(words.UNDECIDED)
    rows = [
        (view.fill(words.TYPE_OF), view.type(parameter.type)),
        (view.fill(words.QUESTION), parameter.question or ""),
        (view.fill(words.BASIS), parameter.basis or ""),
        (view.fill(words.DECIDED_BY), decided),
        (view.fill(words.WRITTEN_IN), view.place(parameter.where)),
    ]
    kind = view.fill(words.SWITCH if asked else words.PARAMETER)
    clause = view.clause(parameter.clause)
    values = _values(view, parameter.values, view.inner) or [view.fill(words.NOT_SET)]
    return [
        [*view.title(parameter.label, parameter.name, kind, clause), *pairs(rows, view.width)],
        view.section(view.fill(words.VALUES), values),
        view.section(view.fill(words.SET_BY), delegation(view, parameter, view.inner)),
        used_in(view, Ref("parameter", parameter.name)),
    ]


def _values(view: View, values: Sequence[Dated], cells: int) -> list[str]:
    rows = [(view.period(v.since, v.until), view.value(v.value), view.place(v.where)) for v in values]
    return grid(("", "", ""), rows, cells)


# ---- limits and overlays


def limit_page(view: View, limit: Limit) -> list[list[str]]:
    """A limit with the measures it counts."""
    rows = [(view.named(view.book.measures[name].title, name), view.clause(view.book.measures[name].clause))
            for name in limit.measures]
    written = [(view.fill(words.WRITTEN_IN), view.place(limit.where))]
    return [
        [*limit_lines(view, limit, view.width), *pairs(written, view.width)],
        view.section(view.fill(words.MEASURES_COUNTED), grid(("", ""), rows, view.inner)),
    ]


def overlay_page(view: View, overlay: Overlay) -> list[list[str]]:
    """What one authority sets."""
    rows = [(view.fill(words.BASIS), overlay.basis), (view.fill(words.WRITTEN_IN), view.place(overlay.where))]
    sets = [
        line
        for name, values in overlay.sets
        for line in (
            *beside("", view.named(view.book.parameters[name].label, name), view.inner,
                    view.clause(view.book.parameters[name].clause)),
            *("  " + text for text in _values(view, values, view.inner - 2)),
        )
    ]
    filled = [
        line
        for name, written in overlay.rows
        for line in (
            *beside("", view.named(view.book.tables[name].label, name), view.inner,
                    view.clause(view.book.tables[name].clause)),
            *("  " + text for text in asked_rows(view, view.book.tables[name], written, view.inner - 2)),
        )
    ]
    return [
        [*view.title(overlay.authority, overlay.authority, view.fill(words.OVERLAY)), *pairs(rows, view.width)],
        view.section(view.fill(words.VALUES), sets),
        view.section(view.fill(words.ROWS_SET), filled),
    ]
