"""What a set of sheets is understood to be: which sheet has the cases, which has which list, and what is not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path as FilePath

from interpreter.cases.reading import guess
from interpreter.cases.sheets.grid import HEAD_ROWS, Grid, Row
from interpreter.cases.sheets.heads import Column, Head, Use, Words, find_head, plain_head
from interpreter.cases.sheets.outline import Outline, Part, Path, outlines
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook

_SAME_KIND = 3, 5
"""A sheet has cases like the main one where it has so many of its columns, in fifths."""


@dataclass(slots=True)
class SheetPlan:
    """How one sheet is read. `part` None: not at all. `constants` hold for all its rows; `complete`: a case without
    rows here has none (False: it is not known whether it has any). `wide` is the list whose months are columns, and
    `marks` say what a mark in such a column means beyond that there is a row."""

    grid: Grid
    part: Part | None
    head: Head
    constants: dict[Path, object] = field(default_factory=dict)
    complete: bool = False
    wide: Part | None = None
    marks: Mapping[str, Mapping[Path, object]] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    """Heads that mean nothing, and the word of the vocabulary that each is most like."""

    def having(self, *kinds: str) -> list[Column]:
        """The columns of some kinds of use."""
        return [column for column in self.head.columns if column.use is not None and column.use.kind in kinds]


@dataclass(slots=True)
class Plan:
    """The sheets of all files, by the outline of one claimant, and the files that write whole cases."""

    outline: Outline
    sheets: list[SheetPlan]
    written: tuple[FilePath, ...] = ()

    @property
    def cases(self) -> list[SheetPlan]:
        """The sheets whose rows are cases."""
        return [sheet for sheet in self.sheets if sheet.part is self.outline.case]

    def of(self, part: Part) -> list[SheetPlan]:
        """The sheets whose rows are items of a list."""
        return [sheet for sheet in self.sheets if sheet.part is part]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with what it may be: the head it has as the cases, and as the list that it fits best."""

    grid: Grid
    top: Sequence[Row]
    case: Head | None
    part: Part | None
    listed: Head | None

    @property
    def has_key(self) -> int:
        return 0 if self.case is None else self.case.count("own", "inline")

    @property
    def items(self) -> int:
        return 0 if self.listed is None else self.listed.count("own", "join") + self.listed.months


def understand(grids: Sequence[Grid], rulebook: Rulebook, claimed: str | None = None) -> Plan:
    """The plan by which the sheets are read, from their heads alone; `claimed` is the fact that is the claimant's
    record, where that is known. `check_plan` says whether it can be used."""
    tops = [top_of(grid) for grid in grids]
    best: tuple[int, Outline, list[_Sheet]] | None = None
    for outline in outlines(rulebook):
        if claimed is not None and outline.fact != claimed:
            continue
        sheets = [_fitted(grid, top, outline) for grid, top in zip(grids, tops, strict=True)]
        score = sum(max(sheet.has_key, sheet.items) for sheet in sheets)
        if best is None or score > best[0]:
            best = score, outline, sheets
    assert best is not None
    _, outline, sheets = best
    most = max((sheet.has_key for sheet in sheets if _is_keyed(sheet.case, outline)), default=0)
    return Plan(outline, [_planned(sheet, outline, most) for sheet in sheets])


def top_of(grid: Grid) -> list[Row]:
    """The rows among which the head of a sheet is."""
    return list(islice(grid.rows(), HEAD_ROWS + 1))


def check_plan(plan: Plan, problems: list[Problem]) -> None:
    """Adds what keeps a plan from being used: no sheet with cases, one fact in two columns, a head that may mean
    several things."""
    if not plan.cases and (plan.sheets or not plan.written):
        wanted = [leaf.labels[-1] for leaf in (plan.outline.number, plan.outline.owner) if leaf is not None]
        files = ", ".join(dict.fromkeys(sheet.grid.file for sheet in plan.sheets))
        problems.append(Problem("sheet.no-cases", fields={"file": files, "want": "、".join(wanted)}))
    for sheet in plan.sheets:
        if sheet.part is None:
            continue
        seen: dict[Use, Column] = {}
        for column in sheet.head.columns:
            fields: dict[str, object] = {"head": column.head, "sheet": sheet.grid.place().text}
            if column.use is None and column.several and column.month is None:
                names = [use.dotted for use in column.several]
                problems.append(Problem("sheet.ambiguous", fields=fields | {"want": names}, severity="error"))
            elif column.use is not None and column.use.kind != "aside":
                if column.use in seen:
                    problems.append(Problem("sheet.column-twice", fields=fields | {"other": seen[column.use].head}))
                seen[column.use] = column


def near_heads(head: Head, words: Words) -> dict[str, str]:
    """Heads without a meaning that are like a word which has one and stands in no other column."""
    taken = {column.use for column in head.columns}
    free = [word for word in words.all() if not any(use in taken for use in words.use(word))]
    found = {}
    for column in head.columns:
        if column.use is None and column.month is None and not column.several:
            likely = guess(plain_head(column.head), free).get("guess")
            if likely is not None:
                found[column.head] = words.word_for(words.use(likely)[0])
    return found


def _fitted(grid: Grid, top: Sequence[Row], outline: Outline) -> _Sheet:
    case = find_head(top, grid, Words(outline, outline.case))
    named = _named(grid.sheet, outline)
    found: tuple[int, Part, Head] | None = None
    for part in outline.parts():
        head = find_head(top, grid, Words(outline, part)) if part.outer is not None else None
        if head is None or not head.count("join") or not head.count("own") + head.months:
            continue
        score = 2 * (head.count("own", "join") + head.months) + (1_000 if part is named else 0)
        if found is None or score > found[0]:
            found = score, part, head
    if found is None:
        return _Sheet(grid, top, case, None, None)
    return _Sheet(grid, top, None if found[1] is named else case, found[1], found[2])


def _named(sheet: str, outline: Outline) -> Part | None:
    """The list that a sheet's name is the word for."""
    word = plain_head(sheet)
    found = [
        part for part in outline.parts()
        if part.outer is not None and word in {
            plain_head("/".join(way[-n:])) for way in (part.path, part.labels) for n in range(1, len(way) + 1)
        }
    ]
    return found[0] if len(found) == 1 else None


def _is_keyed(head: Head | None, outline: Outline) -> bool:
    """Whether a head has the case's number or the claimant's key."""
    return head is not None and any(
        column.use is not None and column.use.kind == "own" and column.use.leaf in (outline.number, outline.owner)
        for column in head.columns
    )


def _planned(sheet: _Sheet, outline: Outline, most: int) -> SheetPlan:
    less, whole = _SAME_KIND
    is_case = _is_keyed(sheet.case, outline) and sheet.has_key * whole >= most * less and sheet.has_key >= sheet.items
    if is_case and sheet.case is not None:
        part, head = outline.case, sheet.case
    elif sheet.part is not None and sheet.listed is not None:
        part, head = sheet.part, sheet.listed
    else:
        return SheetPlan(sheet.grid, None, sheet.case or Head(0, 0, ()))
    words = Words(outline, part)
    wide = words.wide if head.months else None
    return SheetPlan(sheet.grid, part, head, wide=wide, near=near_heads(head, words))
