"""Whether the rows of a called table leave no doubt: no two of them for one case, none missing for any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from interpreter.language.core import Core
from interpreter.language.hits import in_order_of_outputs
from interpreter.language.types import DATE
from interpreter.language.unknown import Unknown, Value
from interpreter.problems import Label, Text
from interpreter.rulebook import nodes
from interpreter.rulebook.brackets import View, check_brackets, on_day
from interpreter.rulebook.decision_tables import Row
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.heads import CalledTable
from interpreter.rulebook.regions import FAR, Axis, Sets, axis_of, gaps, overlaps, reached, say_case, say_region
from interpreter.rulebook.settled import NOBODY, Settled

TOLD = 10
"""Overlaps and gaps of one table that are told."""

_DAYS = Text("日期", "day")


@dataclass(frozen=True, slots=True)
class Proof:
    """What is sure of some rows: that no two apply to one case (`alone`), that one applies to every case (`covers`)."""

    alone: bool
    covers: bool


def prove(
    table: CalledTable, rows: tuple[Row, ...], authorities: Sequence[Value], complete: bool, settled: Settled,
    draft: Draft,
) -> Proof:
    """Looks at the rows of a table on every day and for every authority of which it could matter, and tells what two
    of them share and, where they must be `complete`, what they leave out."""
    told: set[object] = set()
    alone, covers = _compared(table, rows, draft), True
    met: set[int] = set() if table.policy == "first" else {row.number for row in rows}
    for view in _views(table, rows, authorities, settled, draft):
        _never(table, view, told, draft)
        found = overlaps(view.axes, view.sets) if table.hit in ("unique", "any") else []
        if found is None:
            alone = False
            draft.problem("table.not-looked-at", table.where, "note", name=table.label)
            found = []
        for one, other, both in found:
            _overlap(table, view, view.rows[one], view.rows[other], both, told, draft)
        if table.scale is not None:
            check_brackets(table, view, told, draft)
        met |= _met(view, rows) if len(met) < len(rows) else set()
        left = gaps(view.axes, view.sets, view.whole)
        covers = covers and view.settled and left == []
        if complete and view.settled:
            for region in gaps(view.axes, view.sets, view.within) or ():
                _gap(table, view, region, told, draft)
    for row in rows:
        if row.number not in met and not told.intersection(cell.where for cell in row.cells):
            draft.problem("table.row-never", row.where, "warning", row=row.number)
    dated = any(row.since is not None or row.until is not None for row in rows)
    return Proof(alone, covers and bool(rows) and not dated)


def _compared(table: CalledTable, rows: tuple[Row, ...], draft: Draft) -> bool:
    """Whether all rows can be held against each other; those that cannot are told where it matters."""
    if table.hit not in ("unique", "any") or len(rows) < 2:
        return True
    apart = [cell for row in rows for cell in row.cells if not cell.comparable]
    for cell in apart:
        draft.problem("cell.not-proved", cell.where, "note", found=cell.text)
    return not apart


def _met(view: View, rows: tuple[Row, ...]) -> set[int]:
    """The numbers of the rows that some case meets first; those that cannot be looked at are thought to."""
    order = in_order_of_outputs(range(len(view.rows)), lambda place: view.rows[place].rank)
    found = reached(view.axes, [view.sets[place] for place in order])
    known = {row.number for row in view.rows}
    first = {view.rows[place].number for i, place in enumerate(order) if found is None or found >> i & 1}
    return first | {row.number for row in rows if row.number not in known and row_holds(row, view.day)}


def _views(
    table: CalledTable, rows: tuple[Row, ...], authorities: Sequence[Value], settled: Settled, draft: Draft
) -> Iterator[View]:
    thans = [side.than for row in rows for cell in row.cells for test in cell.tests for side in test]
    reads = settled.named(thans)
    if not reads:
        yield _view(table, rows, None, NOBODY, settled)
        return
    if not any(settled.parameters[name].delegated for name in reads):
        authorities = authorities[:1]
    days = {*settled.days(thans, draft.since, date.max), *_changes(rows)}
    for day in sorted(days):
        for authority in authorities:
            yield _view(table, tuple(row for row in rows if row_holds(row, day)), day, authority, settled)


def _changes(rows: Iterable[Row]) -> Iterator[date]:
    for row in rows:
        if row.since is not None:
            yield row.since
        if row.until is not None and row.until < date.max:
            yield row.until + timedelta(days=1)


def row_holds(row: Row, day: date | None) -> bool:
    """Whether a row holds on a day; on some day, where none is given."""
    return day is None or ((row.since is None or row.since <= day) and (row.until is None or day <= row.until))


def _view(
    table: CalledTable, rows: tuple[Row, ...], day: date | None, authority: Value, settled: Settled
) -> View:
    values: dict[int, Value] = {}
    known = []
    for row in rows:
        for side in (side for cell in row.cells for test in cell.tests for side in test):
            values[id(side.than)] = settled.value(side.than, day, authority, {})
        sides = [side for cell in row.cells for test in cell.tests for side in test]
        if all(cell.comparable for cell in row.cells) and not any(
            isinstance(values[id(side.than)], Unknown) for side in sides
        ):
            known.append(row)

    def value_of(core: Core) -> Value:
        return values[id(core)]

    axes: list[Axis] = []
    sets: list[list[int]] = [[] for _ in known]
    columns = [
        (table.columns.fields[variable.name].label, variable.type, [row.cells[place] for row in known])
        for place, variable in enumerate(table.takes)
    ]
    for label, type, cells in columns:
        axis, masks = axis_of(Text(label, label), type, cells, value_of)
        axes.append(axis)
        for row_sets, mask in zip(sets, masks, strict=True):
            row_sets.append(mask)
    if day is None and any(row.since is not None or row.until is not None for row in known):
        spans = [
            (-FAR if row.since is None else row.since.toordinal(), FAR if row.until is None else row.until.toordinal())
            for row in known
        ]
        axis, masks = axis_of(_DAYS, DATE, spans, value_of)
        axes.append(axis)
        for row_sets, mask in zip(sets, masks, strict=True):
            row_sets.append(mask)
    return View(day, tuple(known), tuple(axes), tuple(tuple(row) for row in sets), len(known) == len(rows))


def _never(table: CalledTable, view: View, told: set[object], draft: Draft) -> None:
    """A row that nothing fits; one that only some day's values empty is none."""
    for row, sets in zip(view.rows, view.sets, strict=True):
        for cell, pieces in zip(row.cells, sets, strict=False):
            if not pieces and view.day is None and cell.where not in told:
                told.add(cell.where)
                draft.problem("cell.never", cell.where, found=cell.text)


def _overlap(
    table: CalledTable, view: View, one: Row, other: Row, both: Sets, told: set[object], draft: Draft
) -> None:
    same = [output.core for output in one.outputs] == [output.core for output in other.outputs]
    if (table.hit == "any" and same) or (one.number, other.number) in told or len(told) >= TOLD:
        return
    told.add((one.number, other.number))
    code = "table.rows-differ" if table.hit == "any" else "table.rows-overlap"
    code = code if table.scale is None else "scale.overlap"
    draft.problem(
        code, other.where, labels=(Label(one.where, Text("这一行也适用", "this row applies too")),),
        case=on_day(view, say_case(view.axes, both, view.whole)), region=say_region(view.axes, both, view.whole),
        one=one.number, other=other.number, name=table.label,
    )


def _gap(table: CalledTable, view: View, region: Sets, told: set[object], draft: Draft) -> None:
    if not all(region) or region in told or len(told) >= TOLD:
        return
    told.add(region)
    draft.problem(
        "table.rows-gap", nodes.place(table.root, "rows"), "warning",
        case=on_day(view, say_case(view.axes, region, view.within)),
        region=say_region(view.axes, region, view.within), name=table.label,
    )
