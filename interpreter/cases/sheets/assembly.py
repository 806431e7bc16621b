"""Rows put together to a case: its own row, the rows of its lists, and lists inside these."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from interpreter.cases.document import Path as Way
from interpreter.cases.scalars import Bad
from interpreter.cases.sheets.belonging import Group, ItemRows
from interpreter.cases.sheets.grid import Row
from interpreter.cases.sheets.outline import Part
from interpreter.cases.sheets.place import Place
from interpreter.cases.sheets.plan import Plan
from interpreter.cases.sheets.rows import Finding, RowData, SheetReader, put

_SEPARATORS = re.compile(r"[、，,；;\n]")
_Rows = Mapping[int, Sequence[tuple[int, Row]]]
"""Rows by the place of their sheet among the sheets of lists."""


@dataclass(slots=True)
class Assembly:
    """The data of one case as they are put together, and what was found on the way."""

    plan: Plan
    sheets: Sequence[ItemRows]
    group: Group
    findings: list[Finding] = field(default_factory=list)

    def assemble(self, reader: SheetReader, rows: Sequence[tuple[int, Row]]) -> RowData:
        """The case of its rows in the sheet of cases: one row, or several where each brings items of lists."""
        number, first = rows[0]
        data = reader.record(first, number, self.findings)
        items: dict[int, list[RowData]] = {}
        for row_number, row in rows:
            for part, item in reader.inline_items(row, row_number, self.findings):
                items.setdefault(id(part), []).append(item)
            if reader.months and reader.plan.wide is not None:
                wide = reader.month_items(row, row_number, None, self.findings)
                items.setdefault(id(reader.plan.wide), []).extend(wide)
        none = {id(part): said for part, said in reader.says_none(first, number, self.findings)}
        found = {index: sheet.of(self.group) for index, sheet in enumerate(self.sheets)}
        self._lists(self.plan.outline.case, data, found, items, none, reader.place(number))
        self._claims(reader, first, data)
        return data

    def _claims(self, reader: SheetReader, row: Row, data: RowData) -> None:
        for name, index in (("claims", reader.claims), ("policy", reader.policy)):
            word = row[index] if index is not None and index < len(row) else ""
            if isinstance(word, str) and word.strip():
                parts = [part.strip() for part in _SEPARATORS.split(word)]
                data[name] = [part for part in parts if part] if name == "claims" else word.strip()

    def _lists(
        self, part: Part, data: RowData, found: _Rows, inline: Mapping[int, list[RowData]], none: Mapping[int, bool],
        place: Place,
    ) -> None:
        """Puts every list of a record in its place, from the rows that are its own."""
        for path, listed in part.lists.items():
            mine = [index for index, sheet in enumerate(self.sheets) if sheet.part is listed]
            within = [index for index, sheet in enumerate(self.sheets) if listed in sheet.part.chain()]
            beside = inline.get(id(listed))
            if not mine and not within and beside is None and id(listed) not in none:
                continue
            items = list(beside or [])
            inner: list[tuple[RowData, dict[int, bool], Place]] = []
            for index in mine:
                reader = self.sheets[index].reader
                for number, row in found.get(index, ()):
                    for item in self._items(reader, row, number):
                        items.append(item)
                        says = {id(p): said for p, said in reader.says_none(row, number, self.findings)}
                        inner.append((item, says, reader.place(number)))
            said = none.get(id(listed))
            rows = any(found.get(index) for index in mine)
            # whose key cannot be read has rows that nobody finds: that one fault is told once
            keyless = self.plan.outline.owner is not None and not self.group.owner
            if said is not None and said == bool(items) and (said or not keyless):
                code = "sheet.none-yet-rows" if said else "sheet.rows-missing"
                self.findings.append(Finding(place, listed.labels[-1], bad=Bad(code)))
            if items or rows or said or (mine and all(self.sheets[i].reader.plan.complete for i in mine)):
                put(data, path, items)
            self._inner(listed, within, found, inner)

    def _items(self, reader: SheetReader, row: Row, number: int) -> list[RowData]:
        own = reader.record(row, number, self.findings)
        if reader.months and reader.plan.wide is reader.plan.part:
            return reader.month_items(row, number, own, self.findings)
        return [own]

    def _inner(
        self, listed: Part, within: Sequence[int], found: _Rows, items: Sequence[tuple[RowData, dict[int, bool], Place]]
    ) -> None:
        """The lists inside the items of a list: each item gets the rows that have its key."""
        deeper = [index for index in within if self.sheets[index].part is not listed]
        taken: dict[int, set[int]] = {index: set() for index in deeper}
        by_key = {index: self._keyed(index, listed, found.get(index, ())) for index in deeper}
        for item, says, place in items:
            own: dict[int, Sequence[tuple[int, Row]]] = {}
            for index in deeper:
                key = self._key_of(item, self.sheets[index], listed)
                own[index] = by_key[index].get(key, ()) if key is not None else ()
                taken[index].update(number for number, _ in own[index])
            self._lists(listed, item, own, {}, says, place)
        for index in deeper:
            sheet = self.sheets[index]
            for number, _ in found.get(index, ()):
                if number not in taken[index]:
                    bad = Bad("sheet.no-item", {"list": listed.labels[-1]})
                    self.findings.append(Finding(sheet.reader.place(number), sheet.part.labels[-1], bad=bad))

    def _keyed(self, index: int, listed: Part, rows: Sequence[tuple[int, Row]]) -> dict[str, list[tuple[int, Row]]]:
        reader, leaf = self.sheets[index].reader, _next(self.sheets[index].part, listed).key
        found: dict[str, list[tuple[int, Row]]] = {}
        for number, row in rows:
            key = reader.key(row, number, leaf, self.findings) if leaf is not None else None
            if key is not None:
                found.setdefault(key, []).append((number, row))
        return found

    def _key_of(self, item: RowData, sheet: ItemRows, listed: Part) -> str | None:
        leaf = _next(sheet.part, listed).key
        if leaf is None:
            return None
        value: object = item
        for name in leaf.path:
            value = value.get(name) if isinstance(value, dict) else None
        return None if value is None else sheet.reader.cells.canonical(value, leaf.field)


def _next(part: Part, listed: Part) -> Part:
    """The list on the way from `listed` to `part` that stands directly in its items."""
    return next(one for one in part.chain() if one.outer is listed)


def place_of(data: RowData, way: Way) -> Place:
    """Where the fact at a way through a case's data stands in the files."""
    at: object = data
    row, rest = data, tuple[str, ...]()
    for step in way:
        if isinstance(at, dict):
            at = at.get(str(step))
        elif isinstance(at, list) and isinstance(step, int) and step < len(at):
            at = at[step]
        else:
            at = None
        if isinstance(at, RowData):
            row, rest = at, ()
        elif isinstance(step, str):
            rest = (*rest, step)
    return row.reader.place(row.row, rest, row.column)
