"""Sheets for people, read back: texts are texts, sums are numbers, links lead to files, the bytes do not change."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from interpreter.letters import workbook
from interpreter.letters.escaping import clean
from interpreter.letters.workbook import LONGEST_CELL, Link, Workbook
from tests.letters.hostile import HOSTILE


def written(folder: Path, *rows: tuple[workbook.Cell, ...]) -> Any:
    book = Workbook(folder, "x.xlsx")
    book.sheet("目录", ["甲", "乙"], (10, 20))
    for row in rows:
        book.row(row)
    book.finish()
    return openpyxl.load_workbook(folder / "x.xlsx").active


def test_cells_are_what_they_are(tmp_path: Path) -> None:
    sheet = written(
        tmp_path, ("511133199001019999", Decimal("3000.10")), (7, None), (Link("越城区/1 #2.txt"), ""),
        (Decimal("12345678901234567.89"), "2021年6月10日"),
    )
    cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells == [
        [("511133199001019999", "s"), (3000.1, "n")], [(7, "n"), (None, "n")],
        [("越城区/1 #2.txt", "s"), (None, "n")], [("12345678901234567.89", "s"), ("2021年6月10日", "s")]]
    assert sheet["A4"].hyperlink.target
    assert sheet["A2"].number_format == "@"
    assert sheet["B2"].number_format == "#,##0.00"
    assert (sheet.freeze_panes, [cell.value for cell in sheet[1]]) == ("A2", ["甲", "乙"])


def test_hostile_values_stay_text(tmp_path: Path) -> None:
    sheet = written(tmp_path, *((hostile.value, hostile.kind) for hostile in HOSTILE))
    # Excel writes an underscore before x0000_ so, and openpyxl leaves it
    found = [((cell.value or "").replace("_x005F_", "_"), cell.data_type, cell.hyperlink)
             for (cell, _) in sheet.iter_rows(min_row=2)]
    assert [(value, type) for value, type, _ in found if value] == [
        (clean(hostile.value), "s") for hostile in HOSTILE if clean(hostile.value)]
    assert not any(link for _, _, link in found)


def test_what_is_too_long_for_a_cell_says_so(tmp_path: Path) -> None:
    value = written(tmp_path, ("长" * 40_000, ""))["A2"].value
    assert (len(value), value[-1]) == (LONGEST_CELL, "…")


def test_a_full_sheet_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = Workbook(tmp_path, "x.xlsx")
    book.sheet("x", ["a"])
    book.row(("1",))
    book.row(("2",))
    with pytest.raises(ValueError, match="3 rows"):
        book.row(("3",))
    book.discard()
    assert list(tmp_path.iterdir()) == []


def test_the_same_rows_are_the_same_bytes_for_the_owner_alone(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, ("x", Decimal(1)))
        found.append((tmp_path / name / "x.xlsx").read_bytes())
        assert (tmp_path / name / "x.xlsx").stat().st_mode & 0o777 == 0o600
    assert found[0] == found[1]


def test_a_place_that_cannot_be_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").mkdir()
    with pytest.raises(OSError):  # noqa: PT011
        written(tmp_path, ("x",))
