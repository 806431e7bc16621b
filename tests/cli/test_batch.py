"""`policy batch` from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.architecture.files import ROOT
from tests.cli.running import policy

FILES = ("worker", "worker_refused", "worker_incomplete")


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    texts = [(ROOT / "examples" / f"{name}.json").read_text(encoding="utf-8") for name in FILES]
    lines = [json.dumps(json.loads(text), ensure_ascii=False) + "\n" for text in texts]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_decisions_and_letters_in_one_go(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    notice = str(ROOT / "policy")
    ran = policy(
        "batch", str(cases), "-o", str(out), "--letters", "txt", "--engine", "interpreter", "--policy", notice,
        "--lang", "en",
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("3 cases decided; 3 rows read: 3 used, 0 refused, 0 left out.\n")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["cases_decided"] == 3
    assert manifest["sample"]["different"] == 0
    alone = tmp_path / "alone"
    assert policy("letters", str(cases), "-o", str(alone), "--format", "txt", "--policy", notice).code == 0
    with (alone / "index.csv").open(encoding="utf-8-sig") as one, (out / "letters" / "index.csv").open(
        encoding="utf-8-sig"
    ) as other:
        assert list(csv.reader(one)) == list(csv.reader(other))


def test_nothing_is_granted_again_that_an_earlier_decision_granted(cases: Path, tmp_path: Path) -> None:
    notice, out = str(ROOT / "policy"), tmp_path / "out"
    worker = json.loads(cases.read_text(encoding="utf-8").splitlines()[0])["worker"]["id"]
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps([{
        "measure": "job_stability", "key": {"worker": worker}, "amount": "3000.00", "number": "2020-0007",
    }]), encoding="utf-8")
    given = ("batch", str(cases), "-o", str(out), "--policy", notice, "--lang", "en", "--history", str(earlier))
    ran = policy(*given, "--letters", "txt")
    assert (ran.code, ran.err) == (0, "")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {*manifest["inputs"]} == {"cases.jsonl", "earlier.json"}
    assert "3,000.00" not in ran.out
    letter = (out / "letters" / "越城区" / "2021-0001-job_stability-refused.txt").read_text(encoding="utf-8")
    assert "2020-0007" in letter
    earlier.write_text("[{]", encoding="utf-8")
    ran = policy(*given)
    assert ran.code == 4
    assert "earlier.json" in ran.err


def test_a_table_has_no_letters(tmp_path: Path) -> None:
    ran = policy("batch", str(tmp_path / "in.parquet"), "-o", str(tmp_path / "out"), "--letters", "txt")
    assert ran.code == 2
