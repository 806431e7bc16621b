"""Parameters in a line or two: what they are on which days, who may set them otherwise, what is still undecided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interpreter.language.expression import Expression
from interpreter.problems.cells import width
from interpreter.rulebook.model import Delegation, Parameter, Table
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.layout import GAP, beside, clean, grid, indented, pad
from interpreter.rulebook.showing.reads import Ref, closure
from interpreter.rulebook.showing.view import View


def figures(view: View, found: Iterable[Parameter], cells: int) -> list[str]:
    """Parameters with their values side by side, and under each what authorities may set and have set."""
    wanted = list(found)
    lines = []
    for parameter, head in zip(wanted, _heads(view, wanted, cells), strict=True):
        lines += [*head[:-1], *beside(head[-1], view.values(parameter), cells, view.clause(parameter.clause))]
        lines += indented(delegation(view, parameter, cells - len(GAP)))
    return lines


def _heads(view: View, found: list[Parameter], cells: int) -> list[list[str]]:
    """The names in a column; one that is too wide stands on lines of its own."""
    names = [clean(view.named(parameter.label, parameter.name)) for parameter in found]
    most = cells * 5 // 8
    size = max((width(name) for name in names if width(name) <= most), default=0)
    return [[pad(name, size) + GAP] if width(name) <= most else [*beside("", name, cells), GAP] for name in names]


def delegation(view: View, parameter: Parameter, cells: int) -> list[str]:
    """Within which bounds authorities may set a parameter, what holds where they do not, and what they set."""
    if parameter.delegated is None:
        return []
    return [*bounds(view, parameter.delegated, bool(parameter.values), cells), *overlays(view, parameter, cells)]


def bounds(view: View, delegated: Delegation, settles: bool, cells: int) -> list[str]:
    """What authorities may set; `settles` says that the notice has a value of its own for where they do not."""
    unset = {"value": words.IF_UNSET_VALUE, "review": words.IF_UNSET_REVIEW, "refer": words.IF_UNSET_REFER}
    texts = [view.fill(words.DELEGATED)]
    for bound, template in ((delegated.at_least, words.AT_LEAST), (delegated.at_most, words.AT_MOST)):
        if bound is not None:
            texts.append(view.fill(template, view.figure(bound)))
    silent = view.fill(unset[delegated.if_unset] if settles or delegated.refers_to else words.IF_UNSET_REVIEW)
    scheme = None if delegated.refers_to is None else view.book.other_schemes[delegated.refers_to]
    silent += "" if scheme is None else view.aside(scheme.title)
    return beside("", view.listed([*texts, silent], words.COMMA), cells)


def overlays(view: View, parameter: Parameter, cells: int) -> list[str]:
    """What each authority set of a parameter."""
    return [
        line
        for overlay in view.book.overlays.values()
        for name, values in overlay.sets
        if name == parameter.name
        for line in beside(
            overlay.authority + view.fill(words.COLON), view.listed(view.dated(values), words.SEMICOLON), cells
        )
    ]


def asked_rows(view: View, table: Table, rows: Sequence[Sequence[str]], cells: int) -> list[str]:
    """Rows of a table that is called, as they are written: inputs, outputs, and the days where there are any."""
    if table.asked is None or not rows:
        return []
    labels = [table.row.fields[name].label for name in (*table.asked.inputs, *table.asked.outputs)]
    dated = any(cell for row in rows for cell in row[len(labels) :])
    heads = [*labels, view.fill(words.FROM_DAY), view.fill(words.TO_DAY)] if dated else labels
    return grid(heads, [row[: len(heads)] for row in rows], cells)


def questions(view: View, found: Iterable[Parameter], cells: int) -> list[str]:
    """Switches nobody has decided, each with its question and what holds for now."""
    wanted = list(found)
    lines = []
    for parameter, head in zip(wanted, _heads(view, wanted, cells), strict=True):
        now = view.fill(words.FOR_NOW, view.values(parameter)) if parameter.values else view.fill(words.NO_READING)
        lines += [*head[:-1], *beside(head[-1], now, cells, view.clause(parameter.clause))]
        lines += indented(beside("", parameter.question or "", cells - len(GAP)))
    return lines


def read_by(view: View, found: Iterable[Expression], told: Iterable[Parameter] = ()) -> list[list[str]]:
    """The blocks of what expressions lead to, except what is told elsewhere: figures and tables, open questions."""
    refs, elsewhere = closure(view.book, found), {parameter.name for parameter in told}
    read = [p for p in view.book.parameters.values() if Ref("parameter", p.name) in refs]
    settled = [p for p in read if not is_open(p) and p.name not in elsewhere]
    tables = [
        line
        for table in view.book.tables.values()
        if Ref("table", table.name) in refs
        for line in beside("", view.named(table.label, table.name), view.inner, view.clause(table.clause))
    ]
    return [
        view.section(view.fill(words.FIGURES), [*figures(view, settled, view.inner), *tables]),
        view.section(view.fill(words.QUESTIONS_READ), questions(view, filter(is_open, read), view.inner)),
    ]


def is_open(parameter: Parameter) -> bool:
    """Whether a parameter is a switch that nobody has decided."""
    return parameter.question is not None and parameter.decided_by is None
