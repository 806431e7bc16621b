"""Delimited text (CSV) as a grid: its encoding and its delimiter are found, never assumed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from interpreter.cases.sheets.grid import CHARACTERS, COLUMNS, LIMITS, ROWS, Grid, Limits, Row
from interpreter.problems import Problem, Text

_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}
_DELIMITERS = ",\t;|，"
_CHUNK = 1 << 20
_HEAD = 1 << 16


class _TooLargeError(Exception):
    """A limit is passed; `what` and `limit` say which."""

    def __init__(self, what: Text, limit: int) -> None:
        super().__init__(what.en)
        self.what, self.limit = what, limit


def open_delimited(path: Path, problems: list[Problem], limits: Limits = LIMITS) -> Grid | None:
    """The one grid of a text file; None with a problem where it is no text, or more than the limits allow."""
    encoding = _encoding(path)
    if encoding is None:
        problems.append(Problem("sheet.encoding", fields={"file": path.name}))
        return None
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(_HEAD)
    if "\0" in head:
        problems.append(Problem("sheet.broken", fields={"file": path.name}))
        return None
    delimiter = max(_DELIMITERS, key=lambda mark: _score(head, mark))

    def rows() -> Iterator[Row]:
        return _rows(path, encoding, delimiter, limits)

    try:
        for _ in rows():
            pass
    except _TooLargeError as error:
        problems.append(Problem("sheet.large", fields={"file": path.name, "what": error.what, "limit": error.limit}))
        return None
    except csv.Error as error:
        problems.append(Problem("sheet.delimited", fields={"file": path.name, "reason": str(error)}))
        return None
    return Grid(path.name, "", rows)


def _encoding(path: Path) -> str | None:
    """The encoding a file's bytes are in: by its mark, else the first in which all of it can be read."""
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)
    return next((name for name in ((marked,) if marked else _ENCODINGS) if _reads(path, name)), None)


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _score(head: str, mark: str) -> tuple[int, int]:
    """How well a delimiter cuts the first rows: how many have the same number of cells, more than one, and how many."""
    counts = [len(row) for row in csv.reader(head.splitlines()[:30], delimiter=mark)] or [0]
    usual = max(set(counts), key=lambda count: (counts.count(count) if count > 1 else 0, count))
    return (counts.count(usual) if usual > 1 else 0, usual)


def _rows(path: Path, encoding: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True)):
            if number >= limits.rows:
                raise _TooLargeError(ROWS, limits.rows)
            if len(row) > limits.columns:
                raise _TooLargeError(COLUMNS, limits.columns)
            if row and max(map(len, row)) > limits.cell:
                raise _TooLargeError(CHARACTERS, limits.cell)
            yield row
