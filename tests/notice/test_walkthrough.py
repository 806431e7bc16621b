"""A reader who knows the notice but no programming changes the number of months for job stability, and is told which
tests of the notice now fail, and why."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cli import main
from tests.notice.places import NOTICE, copied, replaced


@pytest.fixture
def folder(tmp_path, monkeypatch):
    found = copied(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLICY_LANG", "zh")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return found


def policy(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, args, prog_name="policy")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_number_stands_in_one_place_under_the_words_of_the_notice():
    found = [
        line.strip() for path in NOTICE.rglob("*.yaml") if path.parent.name != "tests"
        for line in path.read_text(encoding="utf-8").splitlines() if "稳岗补贴最低参保月数" in line
    ]
    assert found == ["job_stability_min_months: {label: 稳岗补贴最低参保月数, clause: 三（一）, value: 3 month}"]


def test_before_the_change_all_is_well(folder):
    assert policy("check")[0] == 0
    code, said = policy("test")
    assert code == 0
    assert "，0 个不过" in said


def test_after_the_change_the_tests_that_fail_are_named_with_the_reason(folder):
    replaced(
        folder / "parameters.yaml", "{label: 稳岗补贴最低参保月数, clause: 三（一）, value: 3 month}",
        "{label: 稳岗补贴最低参保月数, clause: 三（一）, value: 4 month}",
    )
    assert policy("check")[0] == 0  # four months are as good a rule as three
    code, said = policy("test")
    assert code == 1
    failed = [line for line in said.splitlines() if line.startswith("不过")]
    assert any("V1 三个月整" in line for line in failed)
    assert not any("V2 两个月" in line for line in failed)
    assert not any("V16" in line for line in failed)  # the agency's months are another number
    of_v1 = said[said.index("V1 三个月整"):]
    of_v1 = of_v1[: of_v1.index("\n\n")]
    assert "就业稳岗补贴" in of_v1
    assert "在绍依法缴纳社会保险满4个月" in of_v1
