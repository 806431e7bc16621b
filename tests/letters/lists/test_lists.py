"""Lists of decisions: sums that agree with the letters, texts that stay texts, and no more of anybody than needed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from interpreter.decision.model import Decision, Named
from interpreter.language.types import TEXT, TextType
from interpreter.language.types import Field as FieldOf
from interpreter.letters.escaping import clean
from interpreter.letters.lists.grants import Decided, Payee, Wordings, grants
from interpreter.letters.lists.publicity import veiled
from interpreter.letters.lists.sheet import titles
from interpreter.letters.lists.write import KINDS, write_lists
from interpreter.rulebook.papers import Stationery
from tests.letters.building import ALL, ENTITLED, GRANTED, LIMITED, PARTLY, PERSON, ROSTER, rulebook
from tests.letters.hostile import HOSTILE, Hostile

MADE = ("granted", "refused", "incomplete", "partly", "limited", "late", "referred", "review", "roster", "entitled")


@pytest.fixture(autouse=True)
def resident_ids(monkeypatch):
    """The people of the made-up policy have resident identity numbers."""
    fields = PERSON.fields | {"id": FieldOf("id", "证件号码", TextType("resident id"), private=True)}
    monkeypatch.setattr(PERSON, "fields", fields)


def decided(*names: str) -> list[Decided]:
    book = rulebook()
    return [
        Decided(replace(ALL[name], case=f"2021-{place:04}"), {}, book) for place, name in enumerate(names or MADE, 1)
    ]


def one(made: Decision) -> list[Decided]:
    return [Decided(made, {}, rulebook())]


def cells(path: Path) -> dict[str, list[list[object]]]:
    book = load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets}


def test_every_list_is_there_in_every_shape(tmp_path: Path) -> None:
    made = write_lists(decided(), tmp_path, formats=("xlsx", "html", "txt", "docx"))
    assert made.problems == []
    assert {str(path.relative_to(tmp_path)) for path in made.files} == {
        *(f"{name}.{ending}" for name in ("publicity-示例区", "payment", "ledger", "statistics")
          for ending in ("html", "txt", "docx")),
        "publicity.xlsx", "payment.xlsx", "restricted/payment.xlsx", "restricted/ledger.xlsx", "statistics.xlsx",
        "totals.json",
    }


def test_only_what_is_asked_for_is_written(tmp_path: Path) -> None:
    made = write_lists(decided(), tmp_path, kinds=("statistics",), formats=("txt",))
    assert [path.name for path in made.files] == ["statistics.txt", "totals.json"]


def test_same_decisions_same_bytes(tmp_path: Path) -> None:
    def written(folder: Path) -> dict[str, str]:
        files = write_lists(decided(), folder, formats=("xlsx", "html", "txt", "docx")).files
        return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    first = written(tmp_path / "a")
    assert written(tmp_path / "b") == first == written(tmp_path / "a")


def test_sums_agree_everywhere(tmp_path: Path) -> None:
    given = decided()
    write_lists(given, tmp_path)
    total = sum((one.decision.total for one in given), Decimal(0))
    assert total == sum(grant.amount for grant in grants(given, Wordings())) > 0
    payment = cells(tmp_path / "payment.xlsx")
    assert [rows[-1][-1] for rows in payment.values()] == [total, total]
    assert sum(row[-1] for row in payment["资金拨付明细表"][1:-1]) == total
    assert cells(tmp_path / "publicity.xlsx")["示例区"][-1][-1] == total
    assert cells(tmp_path / "statistics.xlsx")["办理情况统计表"][-1][-1] == total
    [whole] = cells(tmp_path / "restricted" / "payment.xlsx").values()
    assert whole[-1][-1] == total
    ledger = cells(tmp_path / "restricted" / "ledger.xlsx")
    heads = [rows[0].index("金额") for name, rows in ledger.items() if name != "名册人员"]
    assert sum(rows[-1][at] for rows, at in zip(ledger.values(), heads, strict=False)) == total
    totals = json.loads((tmp_path / "totals.json").read_text(encoding="utf-8"))
    assert Decimal(totals["amount"]) == total == sum(Decimal(row["amount"]) for row in totals["by"])


def test_whole_numbers_are_only_where_they_are_restricted(tmp_path: Path) -> None:
    made = write_lists(decided(), tmp_path, formats=("xlsx", "html", "txt"))
    for path in made.files:
        text = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as whole:
                text = b"".join(whole.read(name) for name in whole.namelist())
        assert (b"511133199001019999" in text) == (path.parent.name == "restricted"), path.name
        assert path.stat().st_mode & 0o077 == 0


def test_numbers_are_texts_in_excel(tmp_path: Path) -> None:
    write_lists(decided(), tmp_path)
    [sheet] = load_workbook(tmp_path / "restricted" / "payment.xlsx").worksheets
    cell = sheet["D2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("511133199001019999", "s", "@")
    assert sheet["B2"].data_type == "s"


@pytest.mark.parametrize("given", [one for one in HOSTILE if one.kind in ("excel", "xml", "control", "bidi", "long")],
                         ids=str)
def test_hostile_values_are_text_in_excel(given: Hostile, tmp_path: Path) -> None:
    named = Named("x", given.value, given.value, TEXT)
    measures = tuple(replace(m, title=given.value) for m in GRANTED.measures)
    made = replace(GRANTED, case=given.value, who=(named, named), authority=named, measures=measures)
    assert write_lists(one(made), tmp_path, formats=("xlsx",)).problems == []
    shown = clean(given.value)
    for path in tmp_path.rglob("*.xlsx"):
        book = load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.rows:
                assert {cell.data_type for cell in row} <= {"s", "n"}
    [sheet] = load_workbook(tmp_path / "restricted" / "payment.xlsx").worksheets
    assert unescape(sheet["C2"].value or "") == shown


def test_hostile_values_are_text_in_a_list_as_a_page(tmp_path: Path) -> None:
    for given in HOSTILE[:40]:
        named = Named("x", "甲", given.value, TEXT)
        write_lists(one(replace(GRANTED, who=(named, GRANTED.who[1]))), tmp_path, formats=("html",))
        text = (tmp_path / "payment.html").read_text(encoding="utf-8")
        assert "<script" not in text
        assert text.count("<table>") == 2


def test_minors_and_the_measures_named_are_published_without_names(tmp_path: Path) -> None:
    child = (GRANTED.who[0], replace(GRANTED.who[1], value="511133200901019999"))
    for made, unnamed, shown in (
        (replace(GRANTED, who=child), (), "示＊＊"), (GRANTED, (), "示例甲"), (GRANTED, ("steady",), "示＊＊"),
        (GRANTED, ("service",), "示例甲"),
    ):
        book = rulebook(paper=Stationery(unnamed=frozenset(unnamed)))
        write_lists([Decided(made, {}, book)], tmp_path, kinds=("publicity",), formats=("xlsx",))
        assert cells(tmp_path / "publicity.xlsx")["示例区"][1][1:3] == [shown, "**************9999"]


def test_names_of_six_characters_stay_whole_and_veils_tell_no_length() -> None:
    assert veiled("吉克阿衣莫子") == veiled("吉三") == "吉＊＊"
    assert veiled("") == ""


def test_who_is_of_age() -> None:
    born = Payee("甲", "1", "", True, date(2004, 2, 29))
    assert born.is_minor(date(2022, 2, 28))
    assert not born.is_minor(date(2022, 3, 1))
    assert not born.is_minor(None)
    assert not replace(born, born=None).is_minor(date(2022, 2, 28))


def test_what_is_granted_counts_its_lines_and_entitlements_pay_nothing() -> None:
    assert [grant.heads for grant in grants(one(ROSTER), Wordings())] == [1]
    assert grants(one(ENTITLED), Wordings()) == grants(one(LIMITED), Wordings()) == []


def test_the_ledger_has_one_row_a_person_and_names_people_listed(tmp_path: Path) -> None:
    again = [*decided("granted", "refused", "partly"), *decided("granted")]
    write_lists(again, tmp_path, kinds=("ledger",))
    book = cells(tmp_path / "restricted" / "ledger.xlsx")
    people = next(rows for name, rows in book.items() if name == "人员")
    names = [row[1] for row in people[1:-1]]
    assert names.count("示例甲") == 1
    listed = book["名册人员"]
    assert [row[1] for row in listed[1:]] == ["示例丁", "示例戊", "吉克阿衣莫子"]


def test_sheet_names_are_what_excel_takes() -> None:
    assert titles(["a/b", "A/B", "x" * 40, "x" * 41, "", "History"]) == [
        "a_b", "A_B_2", "x" * 31, "x" * 29 + "_2", "_", "History_2",
    ]


def test_nothing_decided_writes_nothing(tmp_path: Path) -> None:
    assert write_lists([], tmp_path).files == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    made = write_lists(decided(), tmp_path / "file")
    assert {problem.code for problem in made.problems} == {"letter.not_written"}
    assert made.files == []


def test_the_kinds_are_those_the_command_names() -> None:
    assert KINDS == ("publicity", "payment", "ledger", "statistics")
    assert PARTLY.claims is not None
