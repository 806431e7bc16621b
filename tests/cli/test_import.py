"""`policy import` and `policy form --excel` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cases.sheets.test_files import ID, PEOPLE, csv
from tests.cli.running import policy

ROOT = Path(__file__).resolve().parents[2]
POLICY = ("--policy", str(ROOT / "policy"), "--lang", "en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_cases_are_written_and_decided(folder: Path) -> None:
    csv(folder / "people.csv", [*PEOPLE, ["2021-0003", "2021年6月", "示例丙", ID[:17], "马边"]])
    ran = policy("import", "people.csv", "-o", "cases.jsonl", *POLICY)
    assert ran.code == 4
    assert "3 cases: 2 can be decided, 1 have errors" in ran.out
    lines = (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["application"]["number"] for line in lines] == ["2021-0001", "2021-0002"]
    assert sorted(path.name for path in folder.iterdir()) == ["cases.jsonl", "people.csv", "rejects.xlsx"]
    assert policy("eval", "cases.jsonl", "--brief", *POLICY).code == 0


def test_nothing_is_written_without_being_asked(folder: Path) -> None:
    csv(folder / "people.csv", PEOPLE)
    for more in ((), ("--preview",), ("--preview", "-o", "cases.jsonl")):
        ran = policy("import", "people.csv", *more, *POLICY)
        assert ran.code == 0
        assert "2 cases: 2 can be decided" in ran.out
        assert ID not in ran.out
    assert [path.name for path in folder.iterdir()] == ["people.csv"]


def test_a_mapping_is_proposed_corrected_and_used(folder: Path) -> None:
    csv(folder / "people.csv", [["编号", *PEOPLE[0][1:3], "身份证号码", PEOPLE[0][4]], *PEOPLE[1:]])
    ran = policy("import", "people.csv", *POLICY)
    assert ran.code == 4
    assert "[sheet.no-cases]" in ran.err
    assert policy("import", "people.csv", "--map-out", "map.yaml", *POLICY).code == 0
    mapping = "sheets:\n  - is: case\n    head: 1\n    columns: {编号: application.number, 身份证号码: worker.id}\n"
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    assert policy("import", "people.csv", "--map", "map.yaml", *POLICY).code == 0


def test_what_cannot_be_written_or_read_is_told(folder: Path) -> None:
    csv(folder / "people.csv", PEOPLE)
    for command in (("import", "people.csv", "-o", "no/cases.jsonl"),
                    ("import", "people.csv", "--map-out", "no/map.yaml"),
                    ("form", "worker", "--excel", "-o", "no/form.xlsx")):
        ran = policy(*command, *POLICY)
        assert (ran.code, "[sheet.unwritten]" in ran.err) == (2, True)
    assert "[input.missing]" in policy("import", "poeple.csv", *POLICY).err
    assert "[input.missing]" in policy("import", "people.csv", "--map", "mpa.yaml", *POLICY).err


def test_a_form_is_filled_in_and_read(folder: Path) -> None:
    assert policy("form", "worker", "--excel", "-o", "worker.xlsx", *POLICY).code == 0
    assert policy("form", "county", "--excel", *POLICY).code == 0
    assert (folder / "county.xlsx").exists()
    ran = policy("import", "worker.xlsx", *POLICY)
    assert ran.code == 0
    assert "0 cases" in ran.out
    ran = policy("form", "wroker", "--excel", *POLICY)
    assert (ran.code, "'worker'" in ran.err) == (2, True)
