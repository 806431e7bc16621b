"""Fingerprints: the same meaning has the same one, another meaning another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.rulebook.policies import GOOD, copied, loaded, swimming

SAME = [
    ("policy.yaml", "title: 儿童游泳补助办法（示例）", "title: 另一个名称   # 说明"),
    ("parameters.yaml", "参赛补助标准", "比赛补助标准"),
    ("facts.yaml", "label: 泳姿, choices", "label: 姿势, choices"),
    ("measures/lessons.yaml", "say: 上课满{{ min_months }}个月", "say: 满{{ min_months }}个月"),
    ("parameters.yaml", "parameters:\n", "parameters:\n\n\n"),
]
OTHER = [
    ("parameters.yaml", "500 CNY", "501 CNY"), ("parameters.yaml", "2022-07-01", "2022-07-02"),
    ("measures/lessons.yaml", ">= min_months", "> min_months"), ("policy.yaml", "02-28", "03-01"),
    ("authorities/east.yaml", "10", "11"), ("tables/pools.yaml", "to: 2021-12-31", "to: 2021-11-30"),
    ("policy.yaml", "keep: highest", "keep: first"), ("measures/races.yaml", "once_per: [child]\n", ""),
]


@pytest.mark.parametrize("change", SAME)
def test_words_do_not_change_the_rules(change: tuple[str, str, str], tmp_path: Path) -> None:
    book = loaded(copied(tmp_path, change))
    assert book.digests.rules == swimming().digests.rules
    assert book.digests.bundle != swimming().digests.bundle


@pytest.mark.parametrize("change", OTHER)
def test_meaning_changes_the_rules(change: tuple[str, str, str], tmp_path: Path) -> None:
    assert loaded(copied(tmp_path, change)).digests.rules != swimming().digests.rules


def test_a_copy_is_the_same(tmp_path: Path) -> None:
    assert loaded(copied(tmp_path)).digests == swimming().digests


def test_another_process_finds_the_same() -> None:
    code = (
        "import sys; from pathlib import Path; from interpreter.rulebook.load import load;"
        "print(load(Path(sys.argv[1]), []).digests.rules)"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(GOOD / "swimming")], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(GOOD.parent.parent)},
        )
        assert run.stdout.strip() == swimming().digests.rules
