"""Files of whole cases are read beside sheets and counted like them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cases.sheets.test_files import ID, PEOPLE, csv, notice, reading

GOOD = {"application": {"number": "J-1", "filed_on": "2021-06-10"}, "worker": {"id": ID}}


def test_json_lines_beside_a_sheet(tmp_path: Path) -> None:
    lines = [json.dumps(GOOD), "", '{"worker": {"id": "1"}}', "{", json.dumps({**GOOD, "claims": ["rent"]})]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found, cases = reading(notice(), csv(tmp_path / "p.csv", PEOPLE), path)
    assert [case.number for case in cases if case.case is not None] == ["2021-0001", "2021-0002", "J-1", "J-1"]
    count = found.counts[-1]
    assert (count.rows, count.used, count.refused, count.left_out) == (5, 2, 2, {"blank": [2]})
    assert [one.place.cell for one in found.rejects] == ["3", "4"]
    assert [one.problem.code for one in found.rejects] == ["case.id-length", "case.json"]


def test_one_case_in_a_file_and_one_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(GOOD, indent=1), encoding="utf-8")
    (tmp_path / "two.yaml").write_text(f"application: {{number: Y-1}}\nworker: {{id: '{ID}'}}\n", encoding="utf-8")
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe\n")
    found, cases = reading(notice(), *(tmp_path / name for name in ("one.json", "two.yaml", "odd.jsonl", "gone.jsonl")))
    assert [case.number for case in cases] == ["J-1", "Y-1"]
    assert [one.problem.code for one in found.rejects] == ["sheet.encoding", "input.missing"]
    assert all(count.adds_up for count in found.counts)
