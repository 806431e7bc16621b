"""The mapping file: what a clerk corrects where the heads of sheets do not say what they mean.

    sheets:
      - file: ledger.xlsx       # left out where there is one file only
        sheet: people           # left out in delimited text
        is: case                # or the path of a list (worker.insurance), or skip
        head: 3                 # or 3-4
        columns: {id card: worker.id, No.: skip}     # by head, or by letter
        set: {worker.insurance.kind: pension}        # for all rows
        complete: yes           # a case without rows here has none; no: it is not known
        wide: worker.insurance.month                 # months are columns
        marks: {late: {backpaid: true}}              # what a mark in such a column means

What a mapping does not mention is understood from the heads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from interpreter.cases.document import Document
from interpreter.cases.document import Path as Way
from interpreter.cases.facts import document_of
from interpreter.cases.reading import guess
from interpreter.cases.scalars import Bad
from interpreter.cases.sheets.cells import NO, YES, CellReader
from interpreter.cases.sheets.grid import Grid
from interpreter.cases.sheets.heads import Column, Head, Use, Words, find_head, plain_head, read_head
from interpreter.cases.sheets.outline import Leaf, Outline, Part, Path, outlines, part_at
from interpreter.cases.sheets.place import column_of, letters
from interpreter.cases.sheets.plan import Plan, SheetPlan, near_heads, top_of, understand
from interpreter.problems import Problem, Source, Text
from interpreter.problems.words import says
from interpreter.rulebook.model import Rulebook

CASE, SKIP = "case", "skip"
KEYS = ("file", "sheet", "is", "head", "columns", "set", "complete", "wide", "marks")
_HEAD = re.compile(r"([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?")
_INTRO = "# policy import --map: 冒号前是列名，后面是事实，skip 即不读 | heads with their facts; skip: not read"
_PLAIN = re.compile(r"[\w\u00b7()（）]+(?: [\w()（）]+)*", re.UNICODE)


def apply_mapping(
    source: Source, grids: Sequence[Grid], rulebook: Rulebook, problems: list[Problem]
) -> Plan | None:
    """The plan that a mapping file makes of the sheets; None with problems where it is wrong."""
    found: list[Problem] = []
    named = replace(source, name=source.name if source.name.endswith((".yaml", ".yml")) else f"{source.name}.yaml")
    document = document_of(named, found, _words(rulebook))
    if document is not None and not found:
        mapping = _Mapping(document, grids, rulebook, found)
        plan = mapping.plan()
        if not found:
            return plan
    problems += found
    return None


class _Mapping:
    """One mapping, being applied."""

    def __init__(
        self, document: Document, grids: Sequence[Grid], rulebook: Rulebook, problems: list[Problem]
    ) -> None:
        self.document, self.grids, self.rulebook, self.problems = document, grids, rulebook, problems
        self.cells = CellReader(rulebook)

    def plan(self) -> Plan:
        data = self.document.data
        entries = data.get("sheets") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            self._say("map.form", (), want=Text("“sheets:” 和一列工作表", '"sheets:" and a list of sheets'))
            entries = []
        for key in data if isinstance(data, dict) else ():
            if key != "sheets":
                self._say("map.key", (key,), name=key, known="sheets")
        plan = understand(self.grids, self.rulebook, self._claimed(entries))
        for index, entry in enumerate(entries):
            way: Way = ("sheets", index)
            if not isinstance(entry, dict):
                self._say("map.form", way, want=Text("一张工作表的各项", "the items of a sheet"))
                continue
            for key in entry:
                if key not in KEYS:
                    self._say("map.key", (*way, key), name=key, known=", ".join(KEYS))
            at = self._sheet(entry, way)
            if at is not None:
                plan.sheets[at] = self._corrected(plan, plan.sheets[at], entry, way)
        return plan

    def _say(self, code: str, way: Way, **fields: object) -> None:
        self.problems.append(Problem(code, self.document.where(way) or self.document.where(()), fields))

    def _claimed(self, entries: Sequence[object]) -> str | None:
        """The fact whose paths the mapping uses most."""
        written = [str(path) for entry in entries if isinstance(entry, dict)
                   for path in (entry.get("is"), *_values(entry.get("columns")), *_keys(entry.get("set")))]
        counts = {
            outline.fact: sum(path.partition(".")[0] == outline.fact for path in written)
            for outline in outlines(self.rulebook)
        }
        most = max(counts, key=lambda fact: counts[fact])
        return most if counts[most] else None

    def _sheet(self, entry: dict[str, object], way: Way) -> int | None:
        """The place, among all sheets, of the one an entry means."""
        file, sheet = entry.get("file"), entry.get("sheet")
        fitting = [
            index for index, grid in enumerate(self.grids)
            if (file is None or grid.file == file) and (sheet is None or grid.sheet == sheet)
        ]
        if len(fitting) == 1:
            return fitting[0]
        key = "file" if sheet is None else "sheet"
        names = list(dict.fromkeys(grid.file if sheet is None else grid.sheet for grid in self.grids))
        name = str(entry.get(key) or "")
        self._say("map.sheet", (*way, key), name=name, known="、".join(names), **guess(name, names))
        return None

    def _corrected(self, plan: Plan, before: SheetPlan, entry: dict[str, object], way: Way) -> SheetPlan:
        part = self._part(plan.outline, before.part, entry.get("is"), (*way, "is"))
        if part is None:
            return replace(before, part=None)
        grid, words = before.grid, Words(plan.outline, part)
        head = self._head(grid, words, entry, way)
        columns = self._columns(plan.outline, part, head, entry.get("columns"), (*way, "columns"))
        wide = self._wide(plan.outline, words.wide, entry.get("wide"), (*way, "wide"))
        if wide is None:
            columns = [replace(column, month=None) for column in columns]
        head = Head(head.first, head.last, tuple(columns))
        complete = entry.get("complete")
        if complete is not None and str(complete) not in YES | NO:
            self._say("map.form", (*way, "complete"), want=Text("yes 或 no", "yes or no"))
        return SheetPlan(
            grid, part, head, self._constants(plan.outline.case, part, entry.get("set"), (*way, "set")),
            str(complete) in YES, wide if head.months else None,
            self._marks(wide, entry.get("marks"), (*way, "marks")), near_heads(head, words),
        )

    def _part(self, outline: Outline, before: Part | None, written: object, way: Way) -> Part | None:
        if written is None:
            return before
        if written == SKIP:
            return None
        part = outline.case if written == CASE else part_at(outline.case, tuple(str(written).split(".")))
        if part is None:
            known = [CASE, SKIP, *(one.dotted for one in outline.parts() if one.outer is not None)]
            self._say("map.fact", way, name=str(written), **guess(str(written), known))
        return part

    def _head(self, grid: Grid, words: Words, entry: dict[str, object], way: Way) -> Head:
        top = top_of(grid)
        written = entry.get("head")
        found = _HEAD.fullmatch(str(written)) if written is not None else None
        if found is not None and int(found[2] or found[1]) <= len(top):
            first = int(found[1]) - 1
            last = int(found[2] or found[1]) - 1
            if first <= last <= first + 1:
                return read_head(top, first, last, grid, words)
        if written is not None:
            self._say("map.form", (*way, "head"), want=Text("表头的行号，例如 3 或 3-4", "rows of the head: 3, or 3-4"))
        named = {plain_head(key) for key in _keys(entry.get("columns"))}
        for row in range(len(top)):
            if named and named <= {plain_head(cell) for cell in top[row]}:
                return read_head(top, row, row, grid, words)
        return find_head(top, grid, words) or (read_head(top, 0, 0, grid, words) if top else Head(0, 0, ()))

    def _columns(self, outline: Outline, part: Part, head: Head, written: object, way: Way) -> list[Column]:
        columns = {column.index: column for column in head.columns}
        if written is not None and not isinstance(written, dict):
            self._say("map.form", way, want=Text("“列名: 事实”各一行", "heads with their facts"))
        for name, fact in written.items() if isinstance(written, dict) else ():
            index = self._column(head, name)
            if index is None:
                heads = [column.head for column in head.columns]
                self._say("map.column", (*way, name), name=name, **guess(name, heads))
                continue
            shown = columns[index].head if index in columns else letters(index)
            if fact == SKIP or fact is None:
                columns[index] = Column(index, shown)
                continue
            use = self._use(outline, part, str(fact))
            if use is None:
                known = [leaf for one in outline.parts() for leaf in _paths(one)]
                self._say("map.fact", (*way, name), name=str(fact), **guess(str(fact), known))
            else:
                columns[index] = Column(index, shown, use)
        return [columns[index] for index in sorted(columns)]

    @staticmethod
    def _column(head: Head, name: str) -> int | None:
        """The column of a head, the whole of it or its lower row; else of a letter."""
        word = plain_head(name)
        wholes = [column.index for column in head.columns if plain_head(column.head) == word]
        lowers = [column.index for column in head.columns if plain_head(column.head.rpartition("/")[2]) == word]
        for found in (wholes, lowers):
            if len(found) == 1:
                return found[0]
        return column_of(name)

    @staticmethod
    def _use(outline: Outline, part: Part, fact: str) -> Use | None:
        """What a column is for, by the path of a fact from the case or from the row's own record."""
        if part is outline.case and fact in ("claims", "policy"):
            return Use("claims" if fact == "claims" else "policy")
        path = tuple(fact.split("."))
        own = _leaf(part, path) or part.leaves.get(path)
        if own is not None:
            return Use("own", part, own)
        listed = part_at(outline.case, path)
        if listed is not None and listed.outer is part:
            return Use("none", listed)
        if part is outline.case:
            for inner in part.lists.values():
                leaf = _leaf(inner, path)
                if leaf is not None:
                    return Use("inline", inner, leaf)
        keys = [outline.number, *(one.key for one in part.chain())]
        for outer in (outline.case, *(one.outer for one in part.chain() if one.outer is not None)):
            leaf = _leaf(outer, path)
            if leaf is not None:
                return Use("join" if any(leaf is key for key in keys) else "aside", outer, leaf)
        uses = Words(outline, part).use(fact)
        return uses[0] if len(uses) == 1 else None

    def _wide(self, outline: Outline, before: Part | None, written: object, way: Way) -> Part | None:
        if written is None:
            return before
        path = tuple(str(written).split("."))
        found = [
            part for part in outline.parts()
            if part.month is not None and path in (part.path, (*part.path, *part.month.path))
        ]
        if not found:
            self._say("map.fact", way, name=str(written))
        return found[0] if found else None

    def _constants(self, case: Part, part: Part, written: object, way: Way) -> dict[Path, object]:
        constants: dict[Path, object] = {}
        for name, value in written.items() if isinstance(written, dict) else ():
            path = tuple(str(name).split("."))
            leaf = _leaf(part, path) or part.leaves.get(path)
            if leaf is None:
                self._say("map.fact", (*way, name), name=str(name), **guess(str(name), _paths(part)))
            else:
                constants[leaf.path] = self._value(leaf, value, (*way, name))
        return constants

    def _value(self, leaf: Leaf, written: object, way: Way) -> object:
        read = self.cells.read(written if written is not None else "", leaf.field)
        if isinstance(read, Bad):
            reasons = {lang: says(Problem(read.code, fields=read.fields), lang) for lang in ("zh", "en")}
            self._say("map.value", way, name=leaf.labels[-1], reason=Text(reasons["zh"], reasons["en"]))
            return None
        return read.value

    def _marks(self, wide: Part | None, written: object, way: Way) -> dict[str, dict[Path, object]]:
        marks: dict[str, dict[Path, object]] = {}
        if wide is None or not isinstance(written, dict):
            return marks
        for mark, meaning in written.items():
            marks[mark] = {}
            for name, value in meaning.items() if isinstance(meaning, dict) else ():
                path = tuple(str(name).split("."))
                leaf = _leaf(wide, path) or wide.leaves.get(path)
                if leaf is None:
                    self._say("map.fact", (*way, mark, name), name=str(name), **guess(str(name), _paths(wide)))
                else:
                    marks[mark][leaf.path] = self._value(leaf, value, (*way, mark, name))
        return marks


def written_mapping(plan: Plan) -> str:
    """The plan as a mapping file, for a clerk to correct."""
    several = len({sheet.grid.file for sheet in plan.sheets}) > 1
    lines = [_INTRO, "sheets:"]
    for sheet in plan.sheets:
        entry = [f"file: {_quoted(sheet.grid.file)}"] if several or not sheet.grid.sheet else []
        entry += [f"sheet: {_quoted(sheet.grid.sheet)}"] if sheet.grid.sheet else []
        if sheet.part is None:
            entry.append(f"is: {SKIP}")
        else:
            entry += _entry(sheet, plan.outline)
        lines += [f"  {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(entry)]
    return "\n".join(lines) + "\n"


def _entry(sheet: SheetPlan, outline: Outline) -> list[str]:
    assert sheet.part is not None
    head = sheet.head
    rows = f"{head.first + 1}" if head.first == head.last else f"{head.first + 1}-{head.last + 1}"
    lines = [f"is: {sheet.part.dotted or CASE}", f"head: {rows}", "columns:"]
    heads = [plain_head(column.head) for column in head.columns]
    for column in head.columns:
        if column.month is not None and sheet.wide is not None:
            continue
        single = heads.count(plain_head(column.head)) == 1
        name = column.head if single else letters(column.index)
        likely = sheet.near.get(column.head)
        note = "" if single else f"   # {column.head}"
        note += f"   # {likely}?" if likely else ""
        if column.several:
            note += "   # " + " | ".join(use.dotted for use in column.several)
        lines.append(f"  {_quoted(name)}: {SKIP if column.use is None else column.use.dotted}{note}")
    if sheet.wide is not None and sheet.wide.month is not None:
        lines.append(f"wide: {'.'.join((*sheet.wide.path, *sheet.wide.month.path))}")
    if sheet.part is not outline.case:
        lines.append(f"complete: {'yes' if sheet.complete else 'no'}")
    return lines


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and not text.isdecimal():
        return text
    return "'" + text.replace("'", "''") + "'"


def _leaf(part: Part, path: Path) -> Leaf | None:
    """The leaf of a part at a path from the case."""
    return part.leaves.get(path[len(part.path) :]) if path[: len(part.path)] == part.path else None


def _paths(part: Part) -> list[str]:
    return [".".join((*part.path, *path)) for path in part.leaves]


def _keys(written: object) -> list[str]:
    return list(written) if isinstance(written, dict) else []


def _values(written: object) -> list[object]:
    return list(written.values()) if isinstance(written, dict) else []


def _words(rulebook: Rulebook) -> frozenset[str]:
    return frozenset({"sheets", *KEYS, CASE, SKIP, *rulebook.facts})
