"""What the reader of values does not say of a workbook's sheets: which rows are hidden, which cells show an error and
which formulas have no value. Nobody should take such a cell for an empty one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import ParseError, iterparse

import xlrd

from interpreter.cases.sheets.place import column_of

_ROW_OR_CELL = re.compile(
    rb'<row\b[^>]*?>|<c\b[^>]*?\bt="e"[^>]*?>'
    rb'|<c\b[^>]*?>\s*<f\b(?:[^>]*?/>|[^>]*?>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_NUMBER, _CELL = re.compile(rb'\br="(\d+)"'), re.compile(rb'\br="([A-Z]+)(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
ERROR, FORMULA = "sheet.error-cell", "sheet.formula"


@dataclass(slots=True)
class Aside:
    """Rows and cells of a sheet by their numbers from 0; cells with the code of what is wrong with them."""

    hidden_rows: set[int] = field(default_factory=set)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def of_xlsx(text_of: Callable[[str], bytes]) -> dict[str, Aside]:
    """By sheet, from the parts of an .xlsx by their names."""
    book, links = text_of("xl/workbook.xml"), text_of("xl/_rels/workbook.xml.rels")
    targets = {}
    for link in re.findall(rb"<Relationship\b[^>]*>", links):
        given = dict(re.findall(rb'\b(Id|Target)="([^"]*)"', link))
        targets[given.get(b"Id", b"")] = given.get(b"Target", b"").decode("utf-8", "replace")
    found = {}
    for sheet in re.findall(rb"<sheet\b[^>]*>", book):
        name, link = re.search(rb'\bname="([^"]*)"', sheet), re.search(rb'\br:id="([^"]*)"', sheet)
        if name and link and link[1] in targets:
            target = targets[link[1]].lstrip("/")
            text = text_of(target if target.startswith("xl/") else f"xl/{target}")
            found[unescape(name[1].decode("utf-8", "replace"))] = _of_part(text)
    return found


def _of_part(text: bytes) -> Aside:
    found, row = Aside(), -1
    for match in _ROW_OR_CELL.finditer(text):
        tag = match[0]
        if tag.startswith(b"<row"):
            number = _NUMBER.search(tag)
            row = int(number[1]) - 1 if number else row + 1
            if _HIDDEN.search(tag):
                found.hidden_rows.add(row)
            continue
        cell = _CELL.search(tag)
        column = column_of(cell[1].decode()) if cell else None
        if cell and column is not None and not (b't="str"' in tag and b"<v" in tag):
            # a formula that shows a text may well show an empty one
            found.faults[int(cell[2]) - 1, column] = FORMULA if b"<f" in tag else ERROR
    return found


def of_xls(data: bytes) -> dict[str, Aside]:
    """By sheet, from an .xls; nothing where that reader cannot open it."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return {sheet.name: _of_sheet(sheet) for sheet in book.sheets()}
    except Exception:
        # an old format read a second time: whatever this reader stumbles over, the other one has read the values
        return {}


def _of_sheet(sheet: xlrd.sheet.Sheet) -> Aside:
    found = Aside({number for number, row in sheet.rowinfo_map.items() if row.hidden})
    for number in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(number)):
            if kind == xlrd.XL_CELL_ERROR:
                found.faults[number, column] = ERROR
    return found


def of_ods(content: bytes, rows: int, columns: int) -> dict[str, Aside]:
    """By sheet, from the content of an .ods, looking no further than so many rows and columns."""
    found: dict[str, Aside] = {}
    sheet, row, column, hidden = Aside(), 0, 0, False
    try:
        for event, element in iterparse(io.BytesIO(content), ("start", "end")):
            match event, element.tag.removeprefix(_TABLE):
                case "start", "table":
                    sheet = found[element.get(f"{_TABLE}name", "")] = Aside()
                    row = 0
                case "start", "table-row":
                    column = 0
                    hidden = element.get(f"{_TABLE}visibility") in ("collapse", "filter")
                case "end", "table-row":
                    last = row + _times(element.get(f"{_TABLE}number-rows-repeated"))
                    if hidden:
                        sheet.hidden_rows |= {*range(row, min(last, rows))}
                    row = last
                    element.clear()
                case "start", "table-cell" | "covered-table-cell":
                    last = column + _times(element.get(f"{_TABLE}number-columns-repeated"))
                    if any(name.endswith("}value-type") and value == "error" for name, value in element.attrib.items()):
                        sheet.faults |= {(row, at): ERROR for at in range(column, min(last, columns))}
                    column = last
    except ParseError:
        # the reader of values says that the file is broken
        return {}
    return found


def _times(written: str | None) -> int:
    return int(written) if written is not None and written.isdecimal() else 1
