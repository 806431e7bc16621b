"""Sheets for people: rows written as they come, texts as texts and never as formulas, the same bytes on every rerun."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from interpreter.letters.escaping import clean

LONGEST_CELL = 32_767
"""In characters; Excel's own limit, as the next two are."""
MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
MOST_DIGITS = 15
"""Of a number that Excel keeps exactly; a longer one is written as text."""
_MORE = "…"
_MADE = datetime(1980, 1, 1)
_MONEY = "#,##0.00"


class Link(str):
    """A file beside the workbook, as a path relative to its folder: shown as it is, and opened by a click."""

    __slots__ = ()


Cell = str | int | Decimal | None


class Workbook:
    """One sheet, growing under another name; `finish` moves it to its place. Of its rows none is kept in memory."""

    def __init__(self, folder: Path, name: str) -> None:
        import xlsxwriter

        self._place = folder / name
        self._path = folder / f".letter-list-{name}"
        self._path.unlink(missing_ok=True)
        os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self._book = xlsxwriter.Workbook(str(self._path), {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        })
        self._book.set_properties({"created": _MADE})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text = self._book.add_format({"num_format": "@", "valign": "top"})
        self._wide = self._book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._money = self._book.add_format({"num_format": _MONEY, "valign": "top"})
        self._number = self._book.add_format({"num_format": "0", "valign": "top"})
        self._link = self._book.get_default_url_format()
        self._next = self._links = 0

    def sheet(self, title: str, head: Sequence[str], widths: Sequence[int] = ()) -> None:
        """Begins the sheet with a row of labels, which stays in sight."""
        self._sheet = self._book.add_worksheet(title)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.repeat_rows(0)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        for column, label in enumerate(head):
            self._sheet.write_string(0, column, label, self._head)
        self._next = 1

    def row(self, cells: Sequence[Cell]) -> None:
        """One row more: sums as numbers, texts as texts, nothing for None. ValueError where the sheet is full."""
        if self._next >= MOST_ROWS:
            raise ValueError(f"a sheet has no more than {MOST_ROWS} rows")
        for column, cell in enumerate(cells):
            self._write(column, cell)
        self._next += 1

    def finish(self) -> str:
        """Puts the workbook in place and gives the digest of its bytes. OSError where that cannot be done."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0] if error.args else error, "args", ())) from error
        self._path.chmod(0o600)
        with self._path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.replace(self._path, self._place)
        return digest

    def discard(self) -> None:
        """Takes away what was not finished."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _write(self, column: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case Link() if self._links < MOST_LINKS:
                self._links += 1
                self._sheet.write_url(self._next, column, f"external:{cell}", self._link, string=_fitted(cell))
            case str():
                self._sheet.write_string(self._next, column, _fitted(cell), self._text)
            case int():
                self._sheet.write_number(self._next, column, cell, self._number)
            case Decimal() if len(cell.as_tuple().digits) <= MOST_DIGITS:
                self._sheet.write_number(self._next, column, cell, self._money)
            case Decimal():
                self._sheet.write_string(self._next, column, f"{cell:f}", self._text)


def _fitted(text: str) -> str:
    """The text as a cell can hold it, its end marked where it had to be cut."""
    line = clean(text)
    return line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - len(_MORE)] + _MORE
