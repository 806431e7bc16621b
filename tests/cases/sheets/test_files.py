"""Files as an office has them: their kinds, their dirt, what joins them, and files that are none."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from interpreter.cases.formats import resident_check
from interpreter.cases.sheets.grid import Limits
from interpreter.cases.sheets.model import OfficeCase, OfficeRead
from interpreter.cases.sheets.office import plan_office_files, read_office_files
from interpreter.cases.sheets.returns import write_returns
from interpreter.cases.sheets.written import Changes
from interpreter.problems import Problem, Source
from interpreter.rulebook.cache import load_rulebook
from interpreter.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[3]
ID, X = "511133199001019999", "51113319900103999X"
TWIN = ID[:14] + "998" + resident_check(ID[:14] + "998")
PEOPLE = [
    ["申请编号", "申请日期", "姓名", "身份证件号码", "建档立卡县"],
    ["2021-0001", "2021-06-10", "示例甲", ID, "马边"],
    ["2021-0002", "2021-06-11", "示例乙", X, "沐川"],
]
MONTHS = [
    ["身份证件号码", "费款所属期", "险种"],
    [ID, "2021-03", "养老"],
    [X, "2021-03", "养老"],
    [ID, "2021-04", "养老"],
]
Rows = Sequence[Sequence[Any]]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return notice()


def notice() -> Rulebook:
    found = load_rulebook(ROOT / "policy/shaoxing-labour-cooperation-2021", [])
    assert found is not None
    return found


def text(rows: Rows, mark: str = ",") -> str:
    return "".join(mark.join(f'"{cell}"' if mark in str(cell) else str(cell) for cell in row) + "\n" for row in rows)


def csv(path: Path, rows: Rows, encoding: str = "utf-8", mark: str = ",") -> Path:
    path.write_bytes(text(rows, mark).encode(encoding))
    return path


def xlsx(
    path: Path, *sheets: tuple[str, Rows], change: Callable[[Any, Any], None] | None = None, **options: Any
) -> Path:
    workbook = xlsxwriter.Workbook(str(path), options)
    for name, rows in sheets:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, workbook.add_format({"num_format": "yyyy-mm-dd"}))
                else:
                    sheet.write(number, column, cell)
        if change is not None:
            change(workbook, sheet)
    workbook.close()
    return path


def reading(book: Rulebook, *paths: Path, **more: Any) -> tuple[OfficeRead, list[OfficeCase]]:
    problems: list[Problem] = []
    found = read_office_files(paths, book, problems, **more)
    assert problems == []
    assert found is not None
    return found, list(found.cases())


def refused(book: Rulebook, *paths: Path, **more: Any) -> list[str]:
    problems: list[Problem] = []
    assert read_office_files(paths, book, problems, **more) is None
    return [problem.code for problem in problems]


def worker(case: OfficeCase) -> Any:
    return case.data["worker"]


# ---- kinds of files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimited_text(encoding: str, mark: str, book: Rulebook, tmp_path: Path) -> None:
    _, cases = reading(book, csv(tmp_path / "people.csv", PEOPLE, encoding, mark))
    assert [worker(case)["name"] for case in cases] == ["示例甲", "示例乙"]


def test_old_workbooks(book: Rulebook, tmp_path: Path) -> None:
    for old_days in (False, True):
        workbook = xlwt.Workbook()
        workbook.dates_1904 = old_days
        sheet = workbook.add_sheet("人员")
        for number, row in enumerate(PEOPLE):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        sheet.write(3, 0, "2021-0003")
        sheet.write(3, 1, 42895 if old_days else 44357)
        path = tmp_path / "people.xls"
        workbook.save(str(path))
        _, cases = reading(book, path)
        assert [case.data["application"]["filed_on"] for case in cases] == ["2021-06-10", "2021-06-11", "2021-06-10"]


ODS_NAMES = ("office", "table", "text")


def ods(path: Path, rows: str) -> Path:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ODS_NAMES)
    content = (f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
               f'<table:table table:name="人员">{rows}</table:table></office:spreadsheet></office:body>'
               "</office:document-content>")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    return path


def ods_row(cells: Iterable[object], of: str = "") -> str:
    written = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row{of}>{written}</table:table-row>"


def test_open_document(book: Rulebook, tmp_path: Path) -> None:
    _, cases = reading(book, ods(tmp_path / "people.ods", "".join(map(ods_row, PEOPLE))))
    assert [worker(case)["id"] for case in cases] == [ID, X]


def test_the_content_counts_and_not_the_ending(book: Rulebook, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "people.csv", ("人员", PEOPLE))
    assert len(reading(book, path)[1]) == 2
    assert len(reading(book, csv(tmp_path / "people.xlsx", PEOPLE))[1]) == 2


def test_days_of_the_old_apple_calendar(book: Rulebook, tmp_path: Path) -> None:
    rows = [PEOPLE[0], ["1", datetime(2021, 6, 10), "", ID, ""], ["2", 42895, "", X, ""]]
    _, cases = reading(book, xlsx(tmp_path / "p.xlsx", ("人员", rows), date_1904=True))
    assert [case.data["application"]["filed_on"] for case in cases] == ["2021-06-10", "2021-06-10"]


# ---- heads and rows


def test_titles_merged_heads_totals_and_signatures_are_left_out_and_said(book: Rulebook, tmp_path: Path) -> None:
    def merge(_workbook: Any, sheet: Any) -> None:
        sheet.merge_range(2, 0, 2, 1, "申请")
        sheet.merge_range(2, 2, 2, 4, "劳动者")
        sheet.set_row(4, None, None, {"hidden": True})

    rows = [["台账"], ["单位：示例"], [""] * 5, PEOPLE[0], PEOPLE[1], [], PEOPLE[0], PEOPLE[2],
            ["合计", "", "2人"], ["", "", "", "", "经办人：示例"]]
    found, cases = reading(book, xlsx(tmp_path / "p.xlsx", ("人员", rows), change=merge))
    assert [case.number for case in cases] == ["2021-0001", "2021-0002"]
    count = found.counts[0]
    assert count.adds_up
    assert count.left_out == {"title": [1, 2, 3], "head": [4], "blank": [6], "head again": [7], "total": [9, 10]}
    assert count.hidden == [5]


def test_cells_merged_downwards_stand_in_every_row(book: Rulebook, tmp_path: Path) -> None:
    def merge(_workbook: Any, sheet: Any) -> None:
        if sheet.get_name() == "参保记录":
            sheet.merge_range(1, 0, 2, 0, ID)

    rows = [MONTHS[0], [ID, "2021-03", "养老"], ["", "2021-04", "养老"]]
    _, cases = reading(book, xlsx(tmp_path / "p.xlsx", ("人员", PEOPLE), ("参保记录", rows), change=merge))
    assert [row["month"] for row in worker(cases[0])["insurance"]] == ["2021-03", "2021-04"]


def test_cells_with_errors_and_formulas_without_a_value_are_refused(book: Rulebook, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (PEOPLE[0], ["1", "=TODAY()", "", ID, ""], ["2", "2021-06-11", "", X, "#N/A"]):
        sheet.append(row)
    sheet["E3"].data_type = "e"
    workbook.save(tmp_path / "p.xlsx")
    found, cases = reading(book, tmp_path / "p.xlsx")
    assert [case.case for case in cases] == [None, None]
    assert [(one.place.cell, one.problem.code) for one in found.rejects] == [
        ("B2", "sheet.formula"), ("E3", "sheet.error-cell")]


def test_hidden_rows_and_errors_of_old_workbooks(book: Rulebook, tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("人员")
    for number, row in enumerate(PEOPLE):
        for column, cell in enumerate(row[:-1]):
            sheet.write(number, column, cell)
    sheet.write(0, 4, PEOPLE[0][4])
    sheet.row(1).hidden = True
    sheet.row(2).set_cell_error(4, 0x2A)
    workbook.save(str(tmp_path / "p.xls"))
    found, cases = reading(book, tmp_path / "p.xls")
    assert [(one.place.cell, one.problem.code) for one in found.rejects] == [("E3", "sheet.error-cell")]
    assert found.counts[0].hidden == [2]
    assert [case.case is None for case in cases] == [False, True]


def test_hidden_rows_and_errors_of_open_documents(book: Rulebook, tmp_path: Path) -> None:
    error = ('<table:table-cell office:value-type="string" xmlns:calcext="urn:example:calcext" '
             'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell></table:table-row>')
    rows = [ods_row(PEOPLE[0]), ods_row(PEOPLE[1], ' table:visibility="filter"'),
            ods_row(PEOPLE[2][:-1]).removesuffix("</table:table-row>") + error,
            '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048573"/>']
    found, cases = reading(book, ods(tmp_path / "p.ods", "".join(rows)))
    assert [(one.place.cell, one.problem.code) for one in found.rejects] == [("E3", "sheet.error-cell")]
    assert found.counts[0].hidden == [2]
    assert [case.case is None for case in cases] == [False, True]


# ---- what joins


def test_the_long_and_the_wide_form_say_the_same(book: Rulebook, tmp_path: Path) -> None:
    people = csv(tmp_path / "people.csv", PEOPLE)
    wide = [["身份证件号码", "姓名", "险种", "2021年3月", "202104", "2021-05"], [ID, "示例甲", "养老", "●", "1", ""],
            [X, "示例乙", "养老", "正常", "×", "补缴"]]
    _, cases = reading(book, people, csv(tmp_path / "wide.csv", wide))
    assert worker(cases[0])["insurance"] == [{"kind": "养老", "month": "2021-03"}, {"kind": "养老", "month": "2021-04"}]
    assert worker(cases[1])["insurance"][1] == {"kind": "养老", "month": "2021-05", "backpaid": True}
    _, long = reading(book, people, csv(tmp_path / "months.csv", MONTHS))
    assert [row["month"] for row in worker(long[0])["insurance"]] == ["2021-03", "2021-04"]


def test_a_list_without_rows_is_unknown_unless_the_mapping_says_none(book: Rulebook, tmp_path: Path) -> None:
    paths = [csv(tmp_path / "people.csv", PEOPLE), csv(tmp_path / "months.csv", MONTHS[:2])]
    _, cases = reading(book, *paths)
    assert "insurance" not in worker(cases[1])
    mapping = Source("map.yaml", "sheets:\n  - file: months.csv\n    complete: yes\n")
    _, cases = reading(book, *paths, mapping=mapping)
    assert worker(cases[1])["insurance"] == []
    assert worker(cases[0])["insurance"] != []


def test_a_row_that_may_be_somebodys_holds_his_case(book: Rulebook, tmp_path: Path) -> None:
    lost = [*MONTHS, [int(ID), "2021-05", "养老"]]
    found, cases = reading(book, xlsx(tmp_path / "p.xlsx", ("人员", PEOPLE), ("参保", lost)))
    assert [case.case is not None for case in cases] == [False, True]
    assert [one.problem.code for one in found.rejects] == ["sheet.number-lost", "sheet.row-lost"]
    slip = [*MONTHS, [ID[:16] + "98", "2021-05", "养老"]]
    found, cases = reading(book, csv(tmp_path / "people.csv", PEOPLE), csv(tmp_path / "months.csv", slip))
    assert found.rejects[0].problem.code == "case.id-check"
    assert cases[0].case is None


def test_of_several_that_are_near_the_name_tells(book: Rulebook, tmp_path: Path) -> None:
    twins = [*PEOPLE[:2], ["2021-0002", "2021-06-11", "示例乙", TWIN, "沐川"]]
    rows = [["身份证件号码", "姓名", "费款所属期"], [int(ID), "示例 乙", "2021-05"]]
    found, cases = reading(book, xlsx(tmp_path / "p.xlsx", ("人员", twins), ("参保", rows)))
    assert [case.case is not None for case in cases] == [True, False]
    nameless = [["身份证件号码", "费款所属期"], [int(ID), "2021-05"]]
    found, cases = reading(book, xlsx(tmp_path / "p.xlsx", ("人员", twins), ("参保", nameless)))
    assert [case.case is not None for case in cases] == [False, False]
    assert all(count.adds_up for count in found.counts)


def test_people_without_a_case_are_left_out(book: Rulebook, tmp_path: Path) -> None:
    other = [*MONTHS, ["511132199001059994", "2021-05", "养老"]]
    found, cases = reading(book, csv(tmp_path / "people.csv", PEOPLE), csv(tmp_path / "months.csv", other))
    assert all(case.case is not None for case in cases)
    assert found.counts[1].left_out["nobody"] == [5]
    assert all(count.adds_up for count in found.counts)


def test_a_row_with_another_person_than_its_case_is_refused(book: Rulebook, tmp_path: Path) -> None:
    rows = [["申请编号", "身份证件号码", "费款所属期"], ["2021-0001", X, "2021-03"]]
    found, _ = reading(book, csv(tmp_path / "people.csv", PEOPLE), csv(tmp_path / "months.csv", rows))
    assert [one.problem.code for one in found.rejects] == ["sheet.join-differs", "sheet.row-lost"]


def test_the_same_row_twice_counts_once_and_two_that_differ_not_at_all(book: Rulebook, tmp_path: Path) -> None:
    found, cases = reading(book, csv(tmp_path / "p.csv", [*PEOPLE, PEOPLE[1]]))
    assert [case.number for case in cases] == ["2021-0001", "2021-0002"]
    assert found.counts[0].left_out["twice"] == [4]
    found, cases = reading(book, csv(tmp_path / "p.csv", [*PEOPLE, [*PEOPLE[1][:4], "沐川"]]))
    assert [case.case is not None for case in cases] == [False, True]
    assert [one.problem.code for one in found.rejects] == ["sheet.case-twice"] * 2
    assert all(count.adds_up for count in found.counts)


def test_one_person_with_two_cases_is_said(book: Rulebook, tmp_path: Path) -> None:
    rows = [*PEOPLE[:2], ["2021-0003", "2021-06-12", "示例甲", "511133 19900101 9999", "马边"]]
    found, cases = reading(book, csv(tmp_path / "p.csv", rows), csv(tmp_path / "m.csv", MONTHS[:2]))
    assert len(cases) == 2
    assert [warning.fields["cases"] for warning in found.warnings] == [["2021-0001", "2021-0003"]]
    assert all(len(worker(case)["insurance"]) == 1 for case in cases)


def test_items_of_lists_may_stand_beside_the_case(book: Rulebook, tmp_path: Path) -> None:
    rows = [[*PEOPLE[0], "就业经历/起", "就业经历/止", "2021.3", "2021.4"], [*PEOPLE[1], "2021.3.1", "至今", "●", ""],
            [*PEOPLE[2], "", "", "", ""]]
    _, cases = reading(book, csv(tmp_path / "p.csv", rows))
    assert worker(cases[0])["employments"] == [{"start": "2021-03-01", "end": "至今"}]
    assert worker(cases[0])["insurance"] == [{"month": "2021-03"}]
    assert "employments" not in worker(cases[1])


def test_facts_set_from_outside(book: Rulebook, tmp_path: Path) -> None:
    changes = Changes(sets=[("application.filed_on", "2022-01-01")])
    _, cases = reading(book, csv(tmp_path / "p.csv", PEOPLE), changes=changes)
    assert all(str(case.case.facts["application"].get("filed_on")) == "2022-01-01" for case in cases if case.case)


# ---- what is returned


def test_the_returns_are_texts_without_anything_private(book: Rulebook, tmp_path: Path) -> None:
    rows = [*PEOPLE, ["=1+1", "2021年6月", "=HYPERLINK(1)", ID[:17] + "8", "+1"],
            ["@x", "2021.6.1", "示 例", "51113319900105999X", "马边"]]
    found, cases = reading(book, csv(tmp_path / "p.csv", rows))
    notes = [note for case in cases for note in case.notes]
    write_returns(tmp_path / "rejects.xlsx", found, notes, "zh")
    first = (tmp_path / "rejects.xlsx").read_bytes()
    write_returns(tmp_path / "rejects.xlsx", found, notes, "zh")
    assert (tmp_path / "rejects.xlsx").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist() if "worksheets" in name)
    assert b"<f>" not in whole
    workbook = openpyxl.load_workbook(io.BytesIO(first))
    assert workbook.sheetnames == ["退回", "修正", "合计"]
    cells = [str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in cells
    assert not any(ID[:17] in cell or "示例" in cell for cell in cells)
    refusals = list(workbook["退回"].iter_rows(min_row=2, values_only=True))
    assert len(refusals) == len(found.rejects)
    assert all(row[5] and row[7] for row in refusals)


# ---- files that are none


def test_files_that_cannot_be_read_are_told(book: Rulebook, tmp_path: Path) -> None:
    good = xlsx(tmp_path / "good.xlsx", ("人员", PEOPLE)).read_bytes()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><workbook/>')
    for content, code in (
        (b"", "sheet.broken"), (good[: len(good) // 2], "sheet.broken"), (good[:100], "sheet.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheet.broken"), (b"<html><table>", "sheet.web-page"),
        (b"\xff\xff\xff\xff", "sheet.encoding"), (b"a,b\0c\n", "sheet.broken"), (b'a,"b\n', "sheet.delimited"),
        (bomb.getvalue(), "sheet.unsafe"), (entities.getvalue(), "sheet.unsafe"), (b"a,b\n1,2\n", "sheet.no-cases"),
        (codecs.BOM_UTF8, "sheet.no-cases"),
    ):
        path = tmp_path / "odd.xlsx"
        path.write_bytes(content)
        assert refused(book, path) == [code], content[:20]
    assert refused(book, tmp_path) == ["input.folder"]
    assert refused(book, tmp_path / "gone.xlsx") == ["input.missing"]


@pytest.mark.parametrize("limits", [
    Limits(size=10), Limits(sheets=1), Limits(columns=2), Limits(rows=1), Limits(unpacked=100), Limits(cell=3),
])
def test_more_than_the_limits_is_refused(limits: Limits, book: Rulebook, tmp_path: Path) -> None:
    workbook = xlsx(tmp_path / "p.xlsx", ("人员", PEOPLE), ("参保", MONTHS))
    sheet = csv(tmp_path / "p.csv", PEOPLE)
    path = sheet if limits.cell == 3 else workbook
    assert set(refused(book, path, limits=limits)) <= {"sheet.large", "sheet.unsafe"}


@pytest.mark.parametrize("name", ["p.xlsx", "p.xls", "p.csv"])
@settings(max_examples=40)
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=6)), min_size=1, max_size=5),
       cut=st.floats(0.2, 1))
def test_a_damaged_file_is_read_or_told(
    name: str, changes: list[tuple[int, bytes]], cut: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(DAMAGED[name])
    for at, piece in changes:
        at %= len(data)
        data[at : at + len(piece)] = piece
    path = tmp_path_factory.getbasetemp() / f"damaged-{name}"
    path.write_bytes(data[: int(len(data) * cut)])
    problems: list[Problem] = []
    plan = plan_office_files([path], NOTICE, problems)
    assert plan is not None or problems
    found = read_office_files([path], NOTICE, [])
    for case in found.cases() if found is not None else ():
        assert case.number is not None


def _bytes(write: Callable[[Path], object]) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(path)
        return path.read_bytes()


def _old(path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("人员")
    for number, row in enumerate(PEOPLE):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    workbook.save(str(path))


NOTICE = notice()
DAMAGED = {
    "p.xlsx": _bytes(lambda path: xlsx(path, ("人员", PEOPLE), ("参保", MONTHS))), "p.xls": _bytes(_old),
    "p.csv": _bytes(lambda path: csv(path, PEOPLE)),
}
