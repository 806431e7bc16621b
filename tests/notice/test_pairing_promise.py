"""The promise: a change of pairings is one edited row. Old cases keep their answer, and no other file changes."""

from __future__ import annotations

import json
from filecmp import dircmp

from click.testing import CliRunner

from cli import main
from tests.notice.places import NOTICE, ROOT, copied, decided, replaced, rulebook


def worker(county: str, since: str, number: str = "T-1") -> dict[str, object]:
    """Somebody from a county with four months of work and insurance from a month on."""
    year, month = (int(part) for part in since.split("-"))
    months = [f"{year}-{month + offset:02d}" for offset in range(4)]
    return {
        "application": {"number": number, "filed_on": f"{year}-{month + 4:02d}-15"},
        "claims": ["job_stability"],
        "worker": {
            "id": "511133199001019999", "name": "示例甲", "registry_status": "脱贫户", "registry_county": county,
            "employments": [{"kind": "受雇", "place": "柯桥", "start": f"{since}-01", "end": "至今"}],
            "insurance": [
                {"month": m, "kind": "养老", "place": "柯桥", "payer": "单位", "backpaid": False} for m in months
            ],
        },
    }


def edited(folder):
    """The pairings as of 2023: 峨边 left with the year 2022, 小金 joined with 2023."""
    pairings = folder / "tables" / "pairings.yaml"
    old = next(line for line in pairings.read_text(encoding="utf-8").splitlines() if "峨边" in line)
    county, partner, since, _, basis = (cell.strip() for cell in old.split("|"))
    left = f"  {county} | {partner} | {since} | 2022-12-31 | {basis}"
    joined = f"  {county} | 小金县 | 2023-01-01 | | 示例文件"
    replaced(pairings, old, f"{left}\n{joined}")
    return folder


def outcome(county: str, since: str, rules) -> str:
    [claimed] = [measure for measure in decided(worker(county, since), rules).measures if measure.claimed]
    return claimed.outcome


def test_one_row_ends_and_one_begins(tmp_path):
    before, after = rulebook(NOTICE), rulebook(edited(copied(tmp_path)))
    answers = {
        (county, since): (outcome(county, since, before), outcome(county, since, after))
        for county in ("峨边", "小金", "马边") for since in ("2022-06", "2023-06")
    }
    assert answers == {
        ("峨边", "2022-06"): ("granted", "granted"),
        ("峨边", "2023-06"): ("granted", "refused"),
        ("小金", "2022-06"): ("refused", "refused"),
        ("小金", "2023-06"): ("refused", "granted"),
        ("马边", "2022-06"): ("granted", "granted"),
        ("马边", "2023-06"): ("granted", "granted"),
    }


def test_no_other_file_differs(tmp_path):
    folder = edited(copied(tmp_path))
    assert differing(dircmp(NOTICE, folder)) == ["tables/pairings.yaml"]
    assert differing(dircmp(ROOT / "templates", tmp_path / "templates")) == []


def differing(found: dircmp[str], inside: str = "") -> list[str]:
    here = [f"{inside}{name}" for name in (*found.diff_files, *found.left_only, *found.right_only)]
    return here + [name for sub, inner in found.subdirs.items() for name in differing(inner, f"{inside}{sub}/")]


def test_the_letters_name_the_applicants_county(tmp_path, monkeypatch):
    edited(copied(tmp_path))
    cases = {"T-1": ("峨边", "2022-06"), "T-2": ("峨边", "2023-06"), "T-3": ("小金", "2023-06")}
    lines = [json.dumps(worker(*about, number), ensure_ascii=False) for number, about in cases.items()]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, ["eval", "cases.jsonl", "--letters", "letters", "--format", "json"])
    assert ran.exit_code == 0, ran.output
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "letters").rglob("*.txt")}
    named = {
        number: [text for text in texts.values() if f"案件编号：{number}" in text] for number in cases
    }
    assert {number: len(found) for number, found in named.items()} == {"T-1": 1, "T-2": 1, "T-3": 1}
    assert "准予补贴决定书" in named["T-1"][0]
    assert "峨边彝族自治县" in named["T-1"][0]
    assert "不予补贴决定书" in named["T-2"][0]
    assert "峨边彝族自治县" in named["T-2"][0]
    assert "小金县" in named["T-3"][0]
    assert "峨边" not in named["T-3"][0]
