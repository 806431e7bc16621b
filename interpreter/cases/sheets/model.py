"""What comes of reading an office's files: cases, and what was put right, refused, left out and counted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from interpreter.cases.facts import Case
from interpreter.cases.sheets.place import Place
from interpreter.problems import Problem, Text

if TYPE_CHECKING:
    from interpreter.cases.sheets.plan import Plan

Reason = Literal["title", "head", "head again", "blank", "total", "twice", "nobody", "sheet"]
"""Why a row was left out: above the head, the head, the head once more, nothing in it, a total or signature, the same
row once more, somebody who has no case, a sheet that is not read."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was put right, or looks odd: where, of which case, in which column, from what (starred where it
    is private) to what, and by which rule."""

    place: Place
    case: str
    label: str
    raw: str
    value: str
    rule: Text


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was refused: where, of which case ("" where that is not known), in which column, and why.
    The problem shows nothing private."""

    place: Place
    case: str
    label: str
    problem: Problem


@dataclass(slots=True)
class Count:
    """What became of the rows of one sheet (or of the lines of a file of cases): `rows = used + refused + left out`.

    A row is used when it is part of a case that can be decided, refused when it is not.
    """

    place: Place
    rows: int = 0
    used: int = 0
    refused: int = 0
    left_out: dict[Reason, list[int]] = field(default_factory=dict)
    """The rows left out, by their numbers from 1."""
    hidden: list[int] = field(default_factory=list)
    """Rows that the file hides and that were read like the others."""

    def leave_out(self, reason: Reason, row: int) -> None:
        """Counts a row, from 0, that is not read."""
        self.left_out.setdefault(reason, []).append(row + 1)

    @property
    def adds_up(self) -> bool:
        """Whether every row is accounted for."""
        return self.rows == self.used + self.refused + sum(map(len, self.left_out.values()))


@dataclass(frozen=True, slots=True)
class OfficeCase:
    """One case of the files: its number ("" without one), the place of its row, and its data as a case file writes
    it; `case` are its typed facts, None where something in it was refused. `notes` say what was put right in it."""

    number: str
    place: Place
    data: dict[str, object] = field(repr=False)
    case: Case | None = field(repr=False)
    notes: tuple[Note, ...] = field(repr=False)


@dataclass(slots=True)
class OfficeRead:
    """The files of an office, understood. `cases` reads them, once, in the order of their rows; `rejects`, `counts` and
    `warnings` are complete when it has ended."""

    plan: Plan
    _read: Callable[[OfficeRead], Iterator[OfficeCase]] = field(repr=False)
    rejects: list[Reject] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    """What does not keep a case from being decided and should be seen: hidden rows, one person in two cases."""
    expected: int = 0
    """How many cases there will be, as far as sheets have been looked through."""

    def cases(self) -> Iterator[OfficeCase]:
        """The cases one by one, those with errors too (their `case` is None, and `rejects` say why)."""
        return self._read(self)
