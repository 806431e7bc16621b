"""What the boundary cases promise of their letters."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cli import main
from tests.notice.places import ROOT


def example(name):
    return json.loads((ROOT / "examples" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def letter(tmp_path, monkeypatch):
    """The letter of the last of some cases, decided together."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("POLICY_LANG", "zh")

    def write(*cases):
        path = tmp_path / "cases.jsonl"
        path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
        ran = CliRunner().invoke(main, ["eval", str(path), "--letters", str(tmp_path / "letters"), "--format", "json"])
        assert ran.exit_code == 0, ran.output
        number = cases[-1]["application"]["number"]
        texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "letters").rglob("*.txt")]
        [found] = [text for text in texts if f"案件编号：{number}" in text]
        return " ".join(found.split())

    return write


def test_v2_two_months_lack_one(letter):
    text = letter(example("worker_refused"))
    assert "不予补贴决定书" in text
    assert "还差 1 个月" in text


def test_v10_an_old_identity_number_is_no_matter(letter):
    case = example("worker")
    case["worker"]["id"] = "512633198003079999"
    text = letter(case)
    assert "准予补贴决定书" in text
    assert "马边彝族自治县" in text
    assert "512633" not in text


def test_v11_who_lacks_a_paper_is_asked_for_it_and_not_refused(letter):
    text = letter(example("worker_incomplete"))
    assert "补正材料通知书" in text
    assert "不予" not in text
    assert "建档立卡状态" in text


def test_v17_the_second_agency_learns_nothing_of_the_first(letter):
    first = example("agency")
    second = example("agency")
    second["application"] |= {"number": "2022-0099", "filed_on": "2022-12-02"}
    second["agency"] |= {"id": "91330602XXXX000040", "name": "示例劳务合作社"}
    second["agency"]["roster"] = second["agency"]["roster"][:1]
    text = letter(first, second)
    assert "不予补贴决定书" in text
    assert "先组织的主体在先" in text
    assert first["agency"]["name"] not in text
    assert "00003W" not in text
