"""A list before it has a shape: columns, rows and a total, as a workbook and as a table in a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from interpreter.letters.document import Align, Grid, Paragraph, Runs, Words
from interpreter.letters.escaping import clean
from interpreter.letters.workbook import Cell, Workbook
from interpreter.problems import Language, Text

Kind = Literal["text", "count", "money"]
_ALIGN: dict[Kind, Align] = {"text": "left", "count": "right", "money": "right"}
_NO_TITLE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
TOTAL = Text("合计", "total")
NUMBER = Text("序号", "no.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label, what stands in it, and its width in a workbook, in characters."""

    label: Text
    kind: Kind = "text"
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `total` is its last row, () where it has none; every row has a cell for each column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()


def numbered(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows with their number in front."""
    return tuple((place, *row) for place, row in enumerate(rows, 1))


def grid(sheet: Sheet, language: Language, places: int) -> Grid:
    """The sheet as a table in a paper; sums have `places` decimals."""
    whole = (*sheet.rows, sheet.total) if sheet.total else sheet.rows
    return Grid(
        tuple(_runs(column.label.to(language)) for column in sheet.columns),
        tuple(tuple(_runs(_shown(cell, places)) for cell in row) for row in whole),
        tuple(_ALIGN[column.kind] for column in sheet.columns),
    )


def paragraph(text: str) -> Paragraph:
    """One line of a paper."""
    return Paragraph(_runs(text))


def write_workbook(sheets: Sequence[Sheet], folder: Path, name: str, language: Language) -> None:
    """Puts a workbook with these sheets in place. OSError where that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    book = Workbook(folder, name)
    try:
        for title, sheet in zip(titles([sheet.title for sheet in sheets]), sheets, strict=True):
            labels = [column.label.to(language) for column in sheet.columns]
            book.sheet(title, labels, [column.width for column in sheet.columns])
            for row in sheet.rows:
                book.row(row)
            if sheet.total:
                book.row(sheet.total)
        book.finish()
    finally:
        book.discard()


def titles(wanted: Iterable[str]) -> list[str]:
    """Names of sheets as Excel has them: short, without some characters, each once whatever the case."""
    found: list[str] = []
    for title in wanted:
        base = _NO_TITLE.sub("_", clean(title))[:_LONGEST_TITLE] or "_"
        made, number = base, 1
        while made.casefold() in (one.casefold() for one in found) or made.casefold() == "history":
            number += 1
            made = f"{base[: _LONGEST_TITLE - len(str(number)) - 1]}_{number}"
        found.append(made)
    return found


def _shown(cell: Cell, places: int) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:,.{places}f}"
    return clean(str(cell))


def _runs(text: str) -> Runs:
    return (Words(clean(text)),) if text else ()
