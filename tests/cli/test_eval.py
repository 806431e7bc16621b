"""`policy eval`: every option."""

from __future__ import annotations

import json
import re

import pytest
from wcwidth import wcswidth

from tests.cli.running import AGENCY, ID, INCOMPLETE, REFUSED, REVIEW, ROOT, WORKER, policy


def lines(*names):
    """Example files as JSON lines."""
    return "".join(json.dumps(case(name), ensure_ascii=False) + "\n" for name in names)


def case(name=WORKER):
    return json.loads((ROOT / name).read_text("utf-8"))


def written(path, data):
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def decisions(ran):
    return [json.loads(line) for line in ran.out.splitlines()]


def outcomes(ran, measure="job_stability"):
    return [(found["case"], *(made["outcome"] for made in found["measures"] if made["measure"] == measure))
            for found in decisions(ran)]


def outcome(*args):
    """What `eval` makes of the one measure that the examples of workers claim."""
    ran = policy("eval", *args, "--measure", "job_stability", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    (_, found), = outcomes(ran)
    return found


# ---- the page


@pytest.mark.parametrize(("language", "said"), [
    ("zh", "准予 +就业稳岗补贴 +3,000.00 元"), ("en", "granted +就业稳岗补贴 +CNY 3,000.00"),
])
def test_a_case_is_decided(language, said):
    ran = policy("eval", WORKER, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(rf"^  {said}$", ran.out, re.MULTILINE)
    assert ID not in ran.out
    assert all(wcswidth(line) <= 80 for line in ran.out.splitlines())


@pytest.mark.parametrize(("name", "measure", "word"), [
    (WORKER, "job_stability", "granted"), (REFUSED, "job_stability", "refused"),
    (INCOMPLETE, "job_stability", "incomplete"), (REVIEW, "job_stability", "review"),
    (AGENCY, "agency_service", "granted"),
])
def test_every_example(name, measure, word):
    ran = policy("eval", name, "--measure", measure)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[3].split()[0] == word


def test_several_cases_stand_apart():
    ran = policy("eval", WORKER, REFUSED, "--brief")
    first, second = (policy("eval", name, "--brief").out for name in (WORKER, REFUSED))
    assert ran.out == f"{first}\n{second}"


def test_brief():
    long, brief = policy("eval", WORKER), policy("eval", WORKER, "--brief")
    assert "在绍依法缴纳社会保险满3个月" in long.out
    assert "在绍依法缴纳社会保险满3个月" not in brief.out
    assert re.search(r"^  met      \d+ requirements$", brief.out, re.MULTILINE)


def test_show_private():
    assert ID in policy("eval", WORKER, "--show-private").out
    assert ID in policy("eval", WORKER, "--show-private", "--why", "job_stability").out
    assert ID not in policy("eval", WORKER, "--why", "job_stability").out


@pytest.mark.parametrize("name", ["job_stability", "就业稳岗补贴"])
def test_why(name):
    ran = policy("eval", WORKER, "--why", name)
    assert ran.code == 0
    assert "insured_months(worker) >= job_stability_min_months" in ran.out
    assert re.search(r"definitions\.yaml:\d+", ran.out)


@pytest.mark.parametrize("option", ["--why", "--measure"])
@pytest.mark.parametrize(("language", "said"), [
    ("zh", "是不是“job_stability”"), ("en", "did you mean 'job_stability'"),
])
def test_no_such_measure(option, language, said):
    ran = policy("eval", WORKER, option, "job_stabilty", "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("[measure.unknown]") == 1


@pytest.mark.parametrize(("language", "said"), [("zh", "不能和"), ("en", "do not go together")])
def test_why_is_not_for_json(language, said):
    ran = policy("eval", WORKER, "--why", "job_stability", "--format", "json", "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_as_of():
    ran = policy("eval", WORKER, "--as-of", "2027-01-01")
    assert ran.code == 0
    assert "2027-01-01 (given by --as-of)" in ran.out
    assert outcome(WORKER, "--as-of", "2027-01-01") == "refused"


@pytest.mark.parametrize("day", ["2021-13-01", "yesterday", ""])
def test_as_of_no_day(day):
    ran = policy("eval", WORKER, "--as-of", day)
    assert (ran.code, ran.out) == (2, "")
    assert "2021-06-10" in ran.err


# ---- --set


@pytest.mark.parametrize("path", ["建档立卡状态", "worker.registry_status", "劳动者.建档立卡状态"])
def test_set_by_id_or_label(path):
    assert outcome(INCOMPLETE, "--set", f"{path}=脱贫户") == "granted"


def test_set_nothing_takes_a_fact_away():
    assert outcome(WORKER, "--set", "建档立卡状态=") == "incomplete"


def test_the_last_set_wins():
    assert outcome(WORKER, "--set", "建档立卡状态=", "--set", "建档立卡状态=无") == "refused"


def test_set_of_no_fact():
    ran = policy("eval", WORKER, "--set", f"worker.idd={ID}")
    assert (ran.code, ran.out) == (4, "")
    assert "[case.set-path]" in ran.err
    assert ID not in ran.err


def test_set_without_a_value_does_not_repeat_what_may_be_private():
    ran = policy("eval", WORKER, "--set", ID)
    assert ran.code == 2
    assert ID not in ran.err
    assert "PATH=VALUE" in ran.err


# ---- JSON


def test_json_is_canonical():
    first, second = (policy("eval", WORKER, "--format", "json") for _ in range(2))
    assert first.out == second.out
    found, = decisions(first)
    assert isinstance(found["total"], str)
    assert first.out == json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def test_one_measure():
    whole, = decisions(policy("eval", WORKER, "--format", "json"))
    one, = decisions(policy("eval", WORKER, "--measure", "就业稳岗补贴", "--format", "json"))
    assert [measure["measure"] for measure in one["measures"]] == ["job_stability"]
    assert one["measures"][0] in whole["measures"]
    assert one["total"] == "3000.00"


def test_json_lines_from_standard_input():
    names = (AGENCY, WORKER, REFUSED)
    ran = policy("eval", "-", "--format", "json", stdin="\ufeff" + lines(*names) + "\n")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "".join(policy("eval", name, "--format", "json").out for name in names)


def test_one_case_of_several_lines_from_standard_input():
    ran = policy("eval", "-", "--format", "json", stdin=(ROOT / WORKER).read_bytes())
    assert ran.out == policy("eval", WORKER, "--format", "json").out


def test_a_file_of_json_lines(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text(lines(WORKER, REFUSED), encoding="utf-8")
    assert outcomes(policy("eval", file, "--format", "json")) == [("2021-0001", "granted"), ("2021-0002", "refused")]


def test_a_wrong_line_is_told_by_its_number():
    ran = policy("eval", "-", "--format", "json", stdin=lines(WORKER) + '{"a": \n' + lines(REFUSED))
    assert ran.code == 4
    assert outcomes(ran) == [("2021-0001", "granted"), ("2021-0002", "refused")]
    assert "-:2:" in ran.err
    assert ran.err.endswith("1 of 3 cases had errors and were not decided.\n")


def test_a_case_in_yaml(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(json.dumps(case(), ensure_ascii=False, indent=1), encoding="utf-8")
    assert outcomes(policy("eval", file, "--format", "json")) == [("2021-0001", "granted")]


# ---- history


EARLIER = {"measure": "job_stability", "key": {"worker": ID}, "amount": 3000, "decided_on": "2021-04-01", "number": "1"}


def test_history_is_consulted(tmp_path):
    assert outcome(WORKER, "--history", written(tmp_path / "earlier.json", [EARLIER])) == "refused"


def test_history_of_somebody_else(tmp_path):
    other = EARLIER | {"key": {"worker": "511133199001029986"}}
    assert outcome(WORKER, "--history", written(tmp_path / "earlier.json", [other])) == "granted"


def test_history_that_cannot_be_read_decides_nothing(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("[{", encoding="utf-8")
    for history in (tmp_path / "none.json", tmp_path, broken, written(tmp_path / "a.json", [EARLIER | {"x": 1}])):
        ran = policy("eval", WORKER, REFUSED, "--history", history)
        assert (ran.code, ran.out) == (4, "")
        assert ran.err.endswith("Nothing was decided.\n")
        assert ID not in ran.err


# ---- letters


def test_letters_are_written_where_asked(tmp_path):
    ran = policy("eval", WORKER, REFUSED, REVIEW, "--letters", tmp_path / "out", "--measure", "job_stability")
    assert ran.code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "2021-0001-job_stability-granted.html", "2021-0001-job_stability-granted.txt",
        "2021-0002-job_stability-refused.html", "2021-0002-job_stability-refused.txt",
    ]
    assert str(tmp_path / "out" / "2021-0001-job_stability-granted.txt") in ran.out
    assert "就业稳岗补贴: no letter, " in ran.out


def test_letters_beside_json_leave_it_json(tmp_path):
    ran = policy("eval", WORKER, "--letters", tmp_path / "out", "--format", "json")
    assert ran.out == policy("eval", WORKER, "--format", "json").out
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".txt", ".html"}


def test_a_letter_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = policy("eval", WORKER, "--letters", tmp_path / "file")
    assert ran.code == 1
    assert ran.out.startswith("示例甲")
    assert "[letter.not_written]" in ran.err


# ---- undecided


@pytest.mark.parametrize(("name", "code"), [(WORKER, 0), (REFUSED, 0), (INCOMPLETE, 5), (REVIEW, 5)])
def test_strict(name, code):
    assert policy("eval", name, "--strict", "--measure", "job_stability").code == code
    assert policy("eval", name, "--measure", "job_stability").code == 0


def test_strict_looks_at_what_was_asked():
    settled = ("--set", "建档立卡状态=无", "--measure", "job_stability")
    assert policy("eval", INCOMPLETE, "--strict", *settled).code == 0
