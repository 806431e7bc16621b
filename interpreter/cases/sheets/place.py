"""Where something stands in an office's file, as its people call it: file, sheet, B7."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from interpreter.problems import Text


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """`file` is a name without folders, `sheet` "" where the file has none; `cell` is A1, or 7 for a whole row, or ""
    for a whole sheet."""

    file: str
    sheet: str = ""
    cell: str = ""

    @property
    def text(self) -> Text:
        """The place in words: `台账.xlsx“参保”B7`, `ledger.xlsx "insured" B7`."""
        zh, en = self.file, self.file
        if self.sheet:
            zh, en = f"{zh}“{self.sheet}”", f'{en} "{self.sheet}"'
        if not self.cell:
            return Text(zh, en)
        if self.cell.isdecimal():
            return Text(f"{zh}第 {self.cell} 行", f"{en} row {self.cell}")
        return Text(f"{zh} {self.cell}", f"{en} {self.cell}")


@cache
def letters(column: int) -> str:
    """What spreadsheets call a column, counted from 0: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int | None:
    """The column of that name, from 0; None where it is no such name."""
    if not 1 <= len(name) <= 3 or not (name.isascii() and name.isalpha()):
        return None
    column = 0
    for letter in name.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def cell_name(row: int, column: int) -> str:
    """A1 for row 0, column 0."""
    return f"{letters(column)}{row + 1}"
