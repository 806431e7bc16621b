"""The rows of a called table as sets of cases, on one day and for one authority, and a scale's brackets among them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from interpreter.problems import Label, Text
from interpreter.rulebook.decision_tables import Row
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.heads import CalledTable
from interpreter.rulebook.regions import Axis, Sets, overlaps, say_case, say_region
from interpreter.rulebook.scales import bracket_place


@dataclass(frozen=True, slots=True)
class View:
    """The rows as they stand on a day for an authority (None: whatever they are), each as sets of pieces."""

    day: date | None
    rows: tuple[Row, ...]
    axes: tuple[Axis, ...]
    sets: tuple[Sets, ...]
    settled: bool
    """Whether everything that rows compare with is known."""

    @property
    def whole(self) -> Sets:
        return tuple(axis.whole for axis in self.axes)

    @property
    def within(self) -> Sets:
        return tuple(axis.within for axis in self.axes)


def check_brackets(table: CalledTable, view: View, told: set[object], draft: Draft) -> None:
    """Refuses brackets of one scale that do not go upwards, leave something out between them, or are written for other
    cases than those they would be added to."""
    place = bracket_place(table)
    last: dict[Hashable, int] = {}
    first: dict[Hashable, int] = {}
    for number, row in enumerate(view.rows):
        first.setdefault(row.scale, number)
        before = last.get(row.scale)
        last[row.scale] = number
        if before is None or (row.scale, "bracket") in told:
            continue
        ended, pieces = view.sets[before][place], view.sets[number][place]
        if not ended or not pieces or ended & pieces:
            continue
        between = (pieces & -pieces) - (1 << ended.bit_length())
        if pieces < ended:
            told.add((row.scale, "bracket"))
            draft.problem("scale.order", row.where, other=view.rows[before].number)
        elif between:
            _bracket_gap(view, number, between, place, told, draft)
    if table.scale is not None and table.scale.word != "whole":
        _mixed(table, view, sorted(first.values()), place, told, draft)


def _bracket_gap(view: View, number: int, between: int, place: int, told: set[object], draft: Draft) -> None:
    region = tuple(between if axis == place else sets for axis, sets in enumerate(view.sets[number]))
    if (view.rows[number].number, "gap") in told:
        return
    told.update([region, (view.rows[number].number, "gap")])
    draft.problem(
        "scale.gap", view.rows[number].where, case=on_day(view, say_case(view.axes, region, view.whole)),
        region=say_region(view.axes, region, view.whole),
    )


def _mixed(
    table: CalledTable, view: View, scales: list[int], place: int, told: set[object], draft: Draft
) -> None:
    """Scales of which two hold for one case."""
    axes = [axis for number, axis in enumerate(view.axes) if number != place]
    sets = [tuple(s for number, s in enumerate(view.sets[row]) if number != place) for row in scales]
    for one, other, both in overlaps(axes, sets) or ():
        rows = view.rows[scales[one]], view.rows[scales[other]]
        numbers = rows[0].number, rows[1].number
        shared = all(a & b for a, b in zip(view.sets[scales[one]], view.sets[scales[other]], strict=True))
        if shared or (numbers, "mixed") in told:
            continue
        told.add((numbers, "mixed"))
        whole = tuple(axis.whole for axis in axes)
        draft.problem(
            "scale.mixed", rows[1].where, labels=(Label(rows[0].where, Text("与这一行", "with this row")),),
            case=on_day(view, say_case(axes, both, whole)), one=numbers[0], other=numbers[1], name=table.label,
        )


def on_day(view: View, case: Text) -> Text:
    """A case as told of a view: with its day, where it has one."""
    return case if view.day is None else Text(f"{view.day} {case.zh}", f"{view.day}, {case.en}")
