"""Workbooks (.xlsx, .xls, .ods, by their content) as grids. Nothing in them is run, and no link is followed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from interpreter.cases.sheets.asides import Aside, of_ods, of_xls, of_xlsx
from interpreter.cases.sheets.grid import COLUMNS, LIMITS, ROWS, SHEETS, Grid, Limits, Row
from interpreter.problems import Problem, Text

_XML_HEAD = 4_096
_BOMB = Text("解开后大得反常", "unpacked, it is far larger than any table is")
_ENTITIES = Text("内含自定义实体", "it defines entities of its own")
_SMALL = 1_000_000
"""Parts up to this size (bytes) may be packed to any degree: blank sheets are."""
_OLD_EPOCH = re.compile(rb"\x22\x00\x02\x00([\x00\x01])\x00\x0e\x00\x02\x00")
"""In an .xls, the record that says from which year days count, before the one on precision."""


def open_workbook(path: Path, problems: list[Problem], limits: Limits = LIMITS) -> list[Grid]:
    """The grids of a workbook's sheets in their order; none with a problem where it cannot be read."""
    data = path.read_bytes()
    epoch, asides = 1900, dict[str, Aside]()
    if data[:2] == b"PK":
        packed = _Packed(path.name, data, limits)
        if (found := packed.refused()) is not None:
            problems.append(found)
            return []
        epoch, asides = packed.epoch(), packed.asides(limits)
    else:
        asides = of_xls(data)
        if (old := _OLD_EPOCH.search(data)) is not None and old[1] == b"\x01":
            epoch = 1904
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(book.sheet_names) > limits.sheets:
            problems.append(Problem(
                "sheet.large", fields={"file": path.name, "what": SHEETS, "limit": limits.sheets}
            ))
            return []
        hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
        return [
            grid for name in book.sheet_names
            if (grid := _grid(path.name, name, book.get_sheet_by_name(name), problems, limits, epoch,
                              asides.get(name, Aside()), name in hidden)) is not None
        ]
    except PasswordError:
        problems.append(Problem("sheet.password", fields={"file": path.name}))
    except CalamineError:
        problems.append(Problem("sheet.broken", fields={"file": path.name}))
    except BaseException as error:
        # a fault of the reader's own is no Exception
        if error.__class__.__name__ != "PanicException":
            raise
        problems.append(Problem("sheet.broken", fields={"file": path.name}))
    return []


def _grid(
    file: str, name: str, sheet: CalamineSheet, problems: list[Problem], limits: Limits, epoch: int, aside: Aside,
    hidden: bool,
) -> Grid | None:
    end = sheet.end
    if end is not None and (end[0] >= limits.rows or end[1] >= limits.columns):
        what, limit = (ROWS, limits.rows) if end[0] >= limits.rows else (COLUMNS, limits.columns)
        problems.append(Problem("sheet.large", fields={"file": file, "what": what, "limit": limit}))
        return None
    first = sheet.start[1] if sheet.start else 0
    merged = tuple((top[0], top[1], low[0], low[1]) for top, low in sheet.merged_cell_ranges or ())

    def rows() -> Iterator[Row]:
        # the reader leaves out empty columns on the left, but not empty rows on top
        return ([*chain(repeat("", first), row)] for row in sheet.iter_rows()) if first else iter(sheet.iter_rows())

    return Grid(file, name, rows, merged, frozenset(aside.hidden_rows), aside.faults, epoch, hidden)


class _Packed:
    """A file that is an archive of parts: what they come to, and what only their text says."""

    def __init__(self, file: str, data: bytes, limits: Limits) -> None:
        self.file, self.data, self.limits = file, data, limits

    def refused(self) -> Problem | None:
        """Why the archive is not opened."""
        fields: dict[str, object] = {"file": self.file}
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                infos = archive.infolist()
                whole = sum(info.file_size for info in infos)
                packed = any(
                    info.file_size > max(_SMALL, self.limits.ratio * info.compress_size) for info in infos
                )
                if whole > self.limits.unpacked or packed:
                    return Problem("sheet.unsafe", fields=fields | {"reason": _BOMB})
                if any(info.flag_bits & 1 for info in infos):
                    return Problem("sheet.password", fields=fields)
                for info in infos:
                    if info.filename.endswith((".xml", ".rels")) and _declares(archive, info):
                        return Problem("sheet.unsafe", fields=fields | {"reason": _ENTITIES})
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
            return Problem("sheet.broken", fields=fields)
        except Exception as error:
            # the unpacker's own (zlib.error) has no class of its own to name without importing it
            if error.__class__.__name__ not in ("error", "LZMAError", "UnicodeDecodeError"):
                raise
            return Problem("sheet.broken", fields=fields)
        return None

    def epoch(self) -> int:
        """The year from which days count."""
        text = self._text("xl/workbook.xml")
        return 1904 if re.search(rb'<workbookPr\b[^>]*\bdate1904="(?:1|true)"', text) else 1900

    def asides(self, limits: Limits) -> dict[str, Aside]:
        """By sheet, what the reader of values does not say."""
        if content := self._text("content.xml"):
            return of_ods(content, limits.rows, limits.columns)
        return of_xlsx(self._text)

    def _text(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return archive.read(name)
        except KeyError:
            return b""
        except Exception as error:
            if not isinstance(error, zipfile.BadZipFile | OSError | EOFError) and error.__class__.__name__ != "error":
                raise
            return b""


def _declares(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with archive.open(info) as part:
        head = part.read(_XML_HEAD)
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head

