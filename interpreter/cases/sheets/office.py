"""An office's files to typed cases: understood, joined, put right with notes, refused with reasons, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from interpreter.cases.document import Document
from interpreter.cases.document import Path as Way
from interpreter.cases.facts import Case, read_document
from interpreter.cases.reading import Known
from interpreter.cases.scalars import Bad
from interpreter.cases.sheets.assembly import Assembly, place_of
from interpreter.cases.sheets.belonging import Belonging, Group, ItemRows
from interpreter.cases.sheets.cells import CellReader
from interpreter.cases.sheets.grid import LIMITS, Limits, Row
from interpreter.cases.sheets.mapping import apply_mapping
from interpreter.cases.sheets.model import Count, Note, OfficeCase, OfficeRead, Reject
from interpreter.cases.sheets.open import open_grids
from interpreter.cases.sheets.place import Place
from interpreter.cases.sheets.plan import Plan, SheetPlan, check_plan, understand
from interpreter.cases.sheets.rows import Finding, RowData, SheetReader, refusal
from interpreter.cases.sheets.written import UNCHANGED, Changes, holds_cases, written_cases
from interpreter.problems import Problem, Source, Span, Text
from interpreter.rulebook.model import Rulebook


def read_office_files(
    paths: Sequence[Path], rulebook: Rulebook, problems: list[Problem], *, mapping: Source | None = None,
    changes: Changes = UNCHANGED, limits: Limits = LIMITS,
) -> OfficeRead | None:
    """The cases in workbooks and delimited text, which may be several sheets and files joined by the case's number or
    the key of its person, and those of files that write whole cases.

    None with problems where the files cannot be opened or understood at all; what is wrong with single rows and cells
    is told while the cases are read. `mapping` corrects what the heads are understood to mean (`apply_mapping`).
    """
    plan = plan_office_files(paths, rulebook, problems, mapping=mapping, limits=limits)
    if plan is None:
        return None
    check_plan(plan, problems)
    return None if problems else read_plan(plan, rulebook, changes)


def plan_office_files(
    paths: Sequence[Path], rulebook: Rulebook, problems: list[Problem], *, mapping: Source | None = None,
    limits: Limits = LIMITS,
) -> Plan | None:
    """What the files are understood to be, even where that is not enough to read them (`check_plan` tells)."""
    written = tuple(path for path in paths if holds_cases(path))
    grids = open_grids([path for path in paths if path not in written], problems, limits)
    if problems:
        return None
    plan = understand(grids, rulebook) if mapping is None else apply_mapping(mapping, grids, rulebook, problems)
    return None if plan is None else replace(plan, written=written)


def read_plan(plan: Plan, rulebook: Rulebook, changes: Changes = UNCHANGED) -> OfficeRead:
    """The cases of files that are understood so; the plan has passed `check_plan`."""

    def cases(read: OfficeRead) -> Iterator[OfficeCase]:
        if plan.sheets:
            yield from _Reading(read, rulebook, changes).cases()
        for path in plan.written:
            yield from written_cases(path, rulebook, changes, read)

    return OfficeRead(plan, cases)


class _Reading:
    """One reading of all sheets."""

    def __init__(self, read: OfficeRead, rulebook: Rulebook, changes: Changes) -> None:
        self.read, self.plan, self.rulebook, self.changes = read, read.plan, rulebook, changes
        self.cells = CellReader(rulebook)
        self.known: Known = {}
        self.belonging = Belonging(self.plan)
        self.sheets: list[ItemRows] = []
        self.counts: dict[Place, Count] = {}
        """Of the sheets of cases."""

    def cases(self) -> Iterator[OfficeCase]:
        mains = [self._reader(sheet) for sheet in self.plan.cases]
        self.counts = {reader.grid.place(): Count(reader.grid.place()) for reader in mains}
        self.read.counts += self.counts.values()
        for reader in mains:
            for number, row in reader.rows():
                self.belonging.add(reader, row, number)
        self._open_lists()
        self.read.expected += len(self.belonging.groups)
        for groups in self.belonging.shared():
            numbers = [group.number for group in groups]
            self.read.warnings.append(Problem("sheet.person-twice", fields={"cases": numbers}, severity="note"))
        waiting = self._rows_of_many(mains)
        for reader in mains:
            for number, row in reader.rows(self.counts[reader.grid.place()]):
                group = self.belonging.of_case_row(reader, row, number)
                if group is None:
                    self._without_key(reader, row, number)
                elif group.rows == 1:
                    yield self._case(group, reader, [(number, row)])
                elif group.id in waiting:
                    yield self._of_many(group, waiting.pop(group.id))
        self.read.counts += [sheet.counted() for sheet in self.sheets]
        self.read.counts += [_not_read(sheet) for sheet in self.plan.sheets if sheet.part is None]

    def _reader(self, sheet: SheetPlan) -> SheetReader:
        reader = SheetReader(sheet, self.cells)
        reader.keyed_by((self.plan.outline.number, self.plan.outline.owner))
        return reader

    def _open_lists(self) -> None:
        for sheet in self.plan.sheets:
            if sheet.part is not None and sheet.part.outer is not None:
                findings: list[Finding] = []
                self.sheets.append(ItemRows(self._reader(sheet), sheet.part, self.belonging, findings))
                self._refuse(findings, "")

    def _rows_of_many(self, mains: Sequence[SheetReader]) -> dict[str, list[tuple[SheetReader, int, Row]]]:
        """The rows of cases that have several."""
        many = {group.id for group in self.belonging.groups.values() if group.rows > 1}
        found: dict[str, list[tuple[SheetReader, int, Row]]] = {}
        for reader in mains if many else ():
            for number, row in reader.rows():
                group = self.belonging.of_case_row(reader, row, number)
                if group is not None and group.id in many:
                    found.setdefault(group.id, []).append((reader, number, row))
        return found

    def _of_many(self, group: Group, rows: list[tuple[SheetReader, int, Row]]) -> OfficeCase:
        """The case of several rows: with items of lists in each, or the same row written again; else it is none."""
        reader, number, first = rows[0]
        records = [one.record(row, at, []) for one, at, row in rows]
        same = all(record == records[0] for record in records)
        if same and (reader.inline or reader.months) and all(one is reader for one, _, _ in rows):
            return self._case(group, reader, [(at, row) for _, at, row in rows])
        if same and not any(one.inline or one.months for one, _, _ in rows):
            for one, at, _ in rows[1:]:
                self.counts[one.grid.place()].leave_out("twice", at)
            return self._case(group, reader, [(number, first)])
        places = [one.place(at) for one, at, _ in rows]
        for (one, _, _), place in zip(rows, places, strict=True):
            others = [other.text for other in places if other != place]
            self._refuse([Finding(place, "", bad=Bad("sheet.case-twice", {"others": others}))], group.number)
            self.counts[one.grid.place()].refused += 1
        for sheet in self.sheets:
            sheet.settle(group, used=False)
        return OfficeCase(group.number, places[0], {}, None, ())

    def _without_key(self, reader: SheetReader, row: Row, number: int) -> None:
        findings: list[Finding] = []
        for leaf in (self.plan.outline.number, self.plan.outline.owner):
            if leaf is not None:
                reader.key(row, number, leaf, findings)
        if not any(finding.bad for finding in findings):
            findings.append(Finding(reader.place(number), "", bad=Bad("sheet.no-key")))
        self._refuse(findings, "")
        self.counts[reader.grid.place()].refused += 1

    def _case(self, group: Group, reader: SheetReader, rows: Sequence[tuple[int, Row]]) -> OfficeCase:
        assembly = Assembly(self.plan, self.sheets, group)
        data = assembly.assemble(reader, rows)
        place = reader.place(rows[0][0])
        found = [*assembly.findings, *group.notes]
        for lost in group.lost:
            bad = Bad("sheet.row-lost", {"where": lost.place.text, "list": lost.label})
            found.append(Finding(place, lost.label, bad=bad))
        case = None
        if not self._refuse(found, group.number):
            data.setdefault("policy", self.rulebook.policy)
            case = self._typed(data, group.number, place)
        notes = tuple(
            Note(one.place, group.number, one.label, one.raw, one.value, one.rule) for one in found if one.rule
        )
        if case is not None and notes:
            case = replace(case, repairs=(*case.repairs, *(_told(note) for note in notes)))
        count = self.counts[reader.grid.place()]
        if case is None:
            count.refused += len(rows)
        else:
            count.used += len(rows)
        for sheet in self.sheets:
            sheet.settle(group, used=case is not None)
        return OfficeCase(group.number, place, data, case, notes)

    def _typed(self, data: RowData, number: str, place: Place) -> Case | None:
        places: dict[str, Place] = {}

        def where(way: Way) -> Span:
            found = place_of(data, way)
            places[found.text.en] = found
            return Span(Source(found.text.en, ""), 0, 0)

        problems: list[Problem] = []
        document = Document(data, Source(place.file, ""), where, where)
        case = read_document(
            document, self.rulebook, problems, sets=self.changes.sets, as_of=self.changes.as_of, known=self.known
        )
        for problem in problems:
            at = place if problem.where is None else places.get(problem.where.source.name, place)
            path = problem.path if isinstance(problem.path, Text) else Text(problem.path or "", problem.path or "")
            words = Text(f"{at.text.zh} {path.zh}".rstrip(), f"{at.text.en} {path.en}".rstrip())
            self.read.rejects.append(Reject(at, number, path.zh, replace(problem, where=None, path=words)))
        return case

    def _refuse(self, findings: Sequence[Finding], number: str) -> bool:
        """Keeps what is refused; whether anything is."""
        bad = [finding for finding in findings if finding.bad is not None]
        self.read.rejects += [Reject(one.place, number, one.label, refusal(one)) for one in bad]
        return bool(bad)


def _told(note: Note) -> Text:
    where = note.place.text
    return Text(f"{where.zh} {note.label}：{note.rule.zh}", f"{where.en} {note.label}: {note.rule.en}")


def _not_read(sheet: SheetPlan) -> Count:
    count = Count(sheet.grid.place())
    for number, _ in enumerate(sheet.grid.rows()):
        count.rows += 1
        count.leave_out("sheet", number)
    return count
