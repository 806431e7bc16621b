"""The lists beside a folder of letters: an index for people, one for programs, and what every file must be."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from interpreter.letters.escaping import clean
from interpreter.letters.plan import KINDS, TITLES, LetterKind
from interpreter.letters.workbook import Link, Workbook
from interpreter.problems import Language, Text

INDEX_CSV, INDEX_JSON, INDEX_XLSX, MANIFEST = "index.csv", "index.json", "index.xlsx", "manifest.json"

COLUMNS = (
    Text("案件编号", "case"), Text("机关", "authority"), Text("事项", "measure"), Text("文书", "letter"),
    Text("金额", "amount"), Text("文件", "file"), Text("合订本", "print file"), Text("起页", "first page"),
    Text("页数", "pages"), Text("印章位置", "seals"), Text("说明", "note"),
)
_WIDTHS = (16, 12, 22, 10, 14, 44, 24, 8, 8, 34, 40)
_SEAL = Text("第{page}页 {keyword} 左{x} 上{y}", "page {page} {keyword} left {x} top {y}")
_SHEET = Text("目录", "index")
_FORMULA = re.compile(r"[\s'\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Row:
    """One letter, or what is said instead of it (`note`: held back, or none is written). `amount` is granted by it, in
    `currency`; None where it grants no sum. `files` are relative to the folder, by format, `digests` those of their
    bytes; `name` is that of the files without ending, `paper` the digest of what the letter says, `printed` where it
    stands in a print file. `same`: the run this one is compared with has it already, and it was not written again."""

    case: str
    authority: str
    measure: str
    title: str
    kind: LetterKind | None
    amount: Decimal | None
    currency: str
    files: Mapping[str, str] = field(default_factory=dict)
    note: Text | None = None
    name: str = ""
    paper: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    printed: Printed | None = None
    same: bool = False


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the middle of a seal goes: the keyword that stands there unseen, the page of the print file, and how far
    from its left and upper edge (`311.8pt`)."""

    keyword: str
    page: int
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a letter stands in a print file (relative to the folder): its first page, of how many, and its seals."""

    file: str
    page: int
    pages: int
    seals: tuple[SealPlace, ...] = ()


@dataclass(slots=True)
class Total:
    """Letters of one authority, kind and currency, and what they grant together."""

    letters: int = 0
    amount: Decimal = Decimal(0)


Totals = dict[tuple[str, LetterKind, str], Total]


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: one line, an apostrophe before what could be one."""
    line = clean(text)
    return f"'{line}" if _FORMULA.match(line) else line


class Lists:
    """The lists of a folder while its letters are written: each grows in a file of its own, and they are put in place
    together, the manifest last, so that it stands only beside a whole set of letters."""

    def __init__(self, folder: Path, language: Language) -> None:
        self._folder = folder
        self._language = language
        (folder / MANIFEST).unlink(missing_ok=True)
        self._csv, self._json, self._manifest = (_List(folder, name) for name in (INDEX_CSV, INDEX_JSON, MANIFEST))
        self._sheet = Workbook(folder, INDEX_XLSX)
        labels = [column.to(language) for column in COLUMNS]
        self._csv.write("\ufeff" + _csv_line(labels))
        self._sheet.sheet(_SHEET.to(language), labels, _WIDTHS)
        self._json.write('{"letters":[')
        self._manifest.write('{"files":{')
        self._rows = self._files = 0

    def add(self, row: Row) -> None:
        """One row more in the indexes; for people only what is new."""
        kind = TITLES[row.kind].to(self._language) if row.kind is not None else ""
        amount = "" if row.amount is None else f"{row.amount:f}"
        note = "" if row.note is None else row.note.to(self._language)
        file = next(iter(row.files.values()), "")
        if not row.same:
            self._for_people(row, kind, amount, file, note)
        shaped = {
            "case": row.case, "authority": row.authority, "measure": row.measure, "title": row.title, "kind": row.kind,
            "amount": None if row.amount is None else amount, "currency": row.currency, "files": dict(row.files),
            "note": note or None, "name": row.name, "paper": row.paper or None, "digests": dict(row.digests),
            "same": row.same, "printed": None if row.printed is None else asdict(row.printed),
        }
        self._json.write(f"{',' if self._rows else ''}\n{_json(shaped)}")
        self._rows += 1

    def _for_people(self, row: Row, kind: str, amount: str, file: str, note: str) -> None:
        where: tuple[Link | int | str | None, ...] = (None, None, None, None)
        if row.printed is not None:
            seals = "; ".join(_SEAL.to(self._language).format_map(asdict(seal)) for seal in row.printed.seals)
            where = (Link(row.printed.file), row.printed.page, row.printed.pages, seals)
        texts = ("" if cell is None else str(cell) for cell in where)
        self._csv.write(_csv_line((row.case, row.authority, row.title, kind, amount, file, *texts, note)))
        self._sheet.row((
            row.case, row.authority, row.title, kind, row.amount, Link(file) if file else None, *where, note,
        ))

    def add_file(self, path: str, digest: str) -> None:
        """One file more in the manifest; `path` is relative to the folder, `digest` that of its bytes."""
        self._entry(path, digest)

    def finish(self, totals: Totals, held: Totals, same: Totals, made_by: str) -> None:
        """Puts the lists in place, with the totals of the letters that are there, of those held back and of those that
        an earlier run has, and with what tells the program that made them. OSError where that cannot be done."""
        for name, sums in (("totals", totals), ("held_back", held), ("unchanged", same)):
            self._json.write(f'\n],"{name}":[\n' + ",\n".join(map(_json, _shaped(sums))))
        self._json.write(f'\n],"made_by":{_json(made_by)}}}\n')
        for one in (self._csv, self._json):
            self._entry(one.name, one.finish())
        self._entry(INDEX_XLSX, self._sheet.finish())
        self._manifest.write("\n}}\n")
        self._manifest.finish()

    def close(self) -> None:
        """Takes away what was not finished."""
        for one in (self._csv, self._json, self._sheet, self._manifest):
            one.discard()

    def _entry(self, path: str, digest: str) -> None:
        self._manifest.write(f"{',' if self._files else ''}\n{_json(path)}:{_json(digest)}")
        self._files += 1


def _shaped(totals: Totals) -> list[dict[str, object]]:
    """Totals by authority, then kind, then currency."""
    ordered = sorted(totals, key=lambda key: (key[0], KINDS.index(key[1]), key[2]))
    return [
        {
            "authority": key[0], "kind": key[1], "currency": key[2], "letters": totals[key].letters,
            "amount": f"{totals[key].amount:f}",
        }
        for key in ordered
    ]


class _List:
    """A file that grows under another name; `finish` moves it to its place and gives the digest of its bytes."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._path = folder / f".letter-list-{name}"
        self._place = folder / name
        self._digest = hashlib.sha256()
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file: BinaryIO = os.fdopen(handle, "wb")

    def write(self, text: str) -> None:
        content = text.encode("utf-8", "backslashreplace")
        self._digest.update(content)
        self._file.write(content)

    def finish(self) -> str:
        self._file.close()
        os.replace(self._path, self._place)
        return self._digest.hexdigest()

    def discard(self) -> None:
        with suppress(OSError):  # what a full disk did not take is of no use now
            self._file.close()
        self._path.unlink(missing_ok=True)


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return line.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
