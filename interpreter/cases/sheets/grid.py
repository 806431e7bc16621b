"""A sheet as rows of cells, from whatever kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from interpreter.cases.sheets.place import Place, cell_name
from interpreter.problems import Text

Row = Sequence[object]
"""The cells of a row from column A: str ("" for an empty one), int, float, bool, date, datetime, time or timedelta."""

HEAD_ROWS = 10
"""Within how many rows from the top the head of a sheet is looked for."""


ROWS, COLUMNS, SHEETS = Text("行", "rows"), Text("列", "columns"), Text("张工作表", "sheets")
CHARACTERS, MEGABYTES = Text("个字符（一格）", "characters in a cell"), Text("MB", "MB")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold: its size and that of what is packed in it (bytes), how many times smaller packing may
    have made it, sheets, columns, rows of a sheet, and characters of a cell."""

    size: int = 300_000_000
    unpacked: int = 3_000_000_000
    ratio: int = 200
    sheets: int = 100
    columns: int = 2_000
    rows: int = 5_000_000
    cell: int = 32_767


LIMITS = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """One sheet. `rows` gives its rows from the first on, as often as it is called.

    `merged` are ranges of cells that are shown as one (first row, first column, last row, last column, from 0), whose
    value stands in the first; `hidden_rows` are not shown to whoever opens the file; `faults` are cells that show an
    error or whose formula has no value, by the code of the problem. `epoch` is the year from which day numbers count.
    """

    file: str
    sheet: str
    rows: Callable[[], Iterator[Row]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    epoch: int = 1900
    hidden: bool = False

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """The place of a cell, a row or the sheet."""
        if row is None:
            return Place(self.file, self.sheet)
        return Place(self.file, self.sheet, str(row + 1) if column is None else cell_name(row, column))


def is_blank(cell: object) -> bool:
    """Whether there is nothing in a cell but blanks."""
    return cell is None or (cell.__class__ is str and not str(cell).strip())
