"""rejects.xlsx: every refusal with its reason and what mends it, every repair, and the sums, for whoever brought the
files. Nothing private is in it, and nothing in it is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from interpreter.cases.sheets.model import Count, Note, Reject
from interpreter.cases.sheets.preview import REASONS
from interpreter.problems import Language, Text
from interpreter.problems.words import mend, says
from interpreter.rulebook.whole_file import write_whole

_CREATED = datetime(1980, 1, 1)
"""Workbooks say when they were made; the same files make the same bytes."""
_MOST_ROWS = 1_000_000
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}
_REFUSED, _REPAIRED, _SUMS = Text("退回", "refused"), Text("修正", "repaired"), Text("合计", "sums")
_REFUSED_HEAD = Text(
    "案件\t文件\t工作表\t单元格\t项目\t问题\t改法\t代码",
    "case\tfile\tsheet\tcell\tfact\tproblem\tmend\tcode",
)
_REPAIRED_HEAD = Text(
    "案件\t文件\t工作表\t单元格\t项目\t原来\t改为\t做法",
    "case\tfile\tsheet\tcell\tfact\tbefore\tafter\trule",
)
_SUMS_HEAD = Text(
    "文件\t工作表\t行数\t用\t退回\t略去\t略去的原因",
    "file\tsheet\trows\tused\trefused\tleft out\twhy left out",
)
_WIDTHS = (16, 20, 14, 10, 18, 44, 44, 18)


class Returned(Protocol):
    """What was refused, and what became of every row."""

    @property
    def rejects(self) -> Sequence[Reject]: ...
    @property
    def counts(self) -> Sequence[Count]: ...


def write_returns(path: Path, read: Returned, notes: Iterable[Note], language: Language) -> None:
    """Writes the workbook, whole or not at all. Raises OSError where the place cannot be written."""
    held = io.BytesIO()
    book = Workbook(held, _OPTIONS)
    book.set_properties({"created": _CREATED})
    _listed(book, _REFUSED, _REFUSED_HEAD, language, (
        [one.case, one.place.file, one.place.sheet, one.place.cell, one.label, says(one.problem, language),
         mend(one.problem, language) or "", one.problem.code]
        for one in read.rejects
    ))
    _listed(book, _REPAIRED, _REPAIRED_HEAD, language, (
        [note.case, note.place.file, note.place.sheet, note.place.cell, note.label, note.raw, note.value,
         note.rule.to(language)]
        for note in notes
    ))
    apart = "；" if language == "zh" else "; "
    _listed(book, _SUMS, _SUMS_HEAD, language, (
        [count.place.file, count.place.sheet, count.rows, count.used, count.refused,
         sum(map(len, count.left_out.values())),
         apart.join(f"{REASONS[reason].to(language)} {len(rows)}" for reason, rows in count.left_out.items())]
        for count in read.counts
    ))
    book.close()
    write_whole(path, held.getvalue())


def _listed(book: Workbook, name: Text, head: Text, language: Language, rows: Iterable[Sequence[str | int]]) -> None:
    """A sheet of rows, or as many sheets as they need."""
    sheet, at = _sheet(book, name.to(language), head, language), 1
    number = 1
    for row in rows:
        if at > _MOST_ROWS:
            number += 1
            sheet, at = _sheet(book, f"{name.to(language)} {number}", head, language), 1
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(at, column, cell)
            elif cell:
                sheet.write_string(at, column, cell)
        at += 1


def _sheet(book: Workbook, name: str, head: Text, language: Language) -> Worksheet:
    sheet = book.add_worksheet(name)
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    words = head.to(language).split("\t")
    for column, word in enumerate(words):
        sheet.set_column(column, column, _WIDTHS[column], text)
        sheet.write_string(0, column, word, bold)
    sheet.freeze_panes(1, 0)
    return sheet
