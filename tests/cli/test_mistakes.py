"""What `policy` does where something is wrong: the code, the words, and what it keeps to itself."""

from __future__ import annotations

import shutil

import pytest

from interpreter.decision import decide
from tests.cli.running import BAD, GOOD, ID, NOTICE, REFUSED, ROOT, WORKER, policy, process
from tests.cli.test_commands import copy
from tests.cli.test_eval import case, decisions, outcomes, written


def wrong(path, **worker):
    data = case()
    data["worker"] |= worker
    return written(path, data)


# ---- cases


def test_good_cases_beside_bad_ones_are_decided(tmp_path):
    bad = wrong(tmp_path / "bad.json", registry_status="也许")
    ran = policy("eval", WORKER, bad, "examples/workr.json", REFUSED, "--format", "json")
    assert ran.code == 4
    assert outcomes(ran) == [("2021-0001", "granted"), ("2021-0002", "refused")]
    assert "bad.json:1 worker, registry status: " in ran.err or "[case.choice]" in ran.err
    assert "did you mean examples/worker.json?" in ran.err
    assert ran.err.endswith("2 of 4 cases had errors and were not decided.\n")


@pytest.mark.parametrize(("name", "zh", "en"), [
    ("none.json", "没有 none.json 这个文件", "there is no file none.json"),
    ("examples", "examples 是文件夹", "examples is a folder"),
])
def test_a_file_that_is_none(name, zh, en):
    for language, said, end in (("zh", zh, "没有作出任何决定。\n"), ("en", en, "Nothing was decided.\n")):
        ran = policy("eval", name, "--lang", language)
        assert (ran.code, ran.out) == (4, "")
        assert said in ran.err
        assert ran.err.endswith(end)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_no_case_on_standard_input(text):
    ran = policy("eval", "-", stdin=text)
    assert (ran.code, ran.out) == (4, "")
    assert "[input.none]" in ran.err


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_case_in_another_encoding(encoding, tmp_path):
    content = (ROOT / WORKER).read_text("utf-8").encode(encoding)
    file = tmp_path / "case.json"
    file.write_bytes(content)
    for ran in (policy("eval", file), policy("eval", "-", stdin=content)):
        assert (ran.code, ran.out) == (4, "")
        assert "[case.encoding]" in ran.err


@pytest.mark.parametrize("fault", [
    {"id": ID[:-1] + "8"}, {"id": ID, "registry_status": "也许"}, {"id": [ID]}, {"idd": ID}, {"insured_months": 9},
    {"employments": [{"start": ID}]},
])
def test_nothing_private_among_the_errors(fault, tmp_path):
    ran = policy("eval", wrong(tmp_path / "case.json", **fault))
    assert (ran.code, ran.out) == (4, "")
    assert ID[:17] not in ran.err
    assert "示例甲" not in ran.err


def test_nothing_private_of_broken_json():
    text = (ROOT / WORKER).read_text("utf-8").replace("\n", " ").rstrip()
    for cut in range(1, len(text), 37):
        ran = policy("eval", "-", stdin=text[:-cut])
        assert ran.code == 4
        assert ID not in ran.err
        assert "示例甲" not in ran.err


# ---- policies


def test_a_wrong_policy_decides_nothing():
    for language, said in (("zh", "规则未通过检查，没有作出任何决定。"), ("en", "nothing was decided.")):
        ran = policy("eval", WORKER, "--policy", BAD, "--lang", language)
        assert (ran.code, ran.out) == (3, "")
        assert "swum_monhts" in ran.err
        assert said in ran.err.splitlines()[-1]


def test_a_form_of_a_wrong_policy():
    ran = policy("form", "child", "--policy", BAD)
    assert (ran.code, ran.out) == (3, "")


@pytest.fixture
def two(tmp_path):
    """A folder with two notices, that of the examples and another."""
    folder = tmp_path / "two"
    folder.mkdir()
    copy(folder)
    shutil.copytree(GOOD / "swimming", folder / "swimming")
    return folder


def test_a_case_chooses_its_notice(two, tmp_path):
    child = written(tmp_path / "child.json", {"policy": "swimming", "claims": ["lessons"]})
    ran = policy("eval", WORKER, "--policy", two, "--format", "json")
    assert ran.out == policy("eval", WORKER, "--format", "json").out
    ran = policy("eval", WORKER, child, REFUSED, "--policy", two, "--format", "json")
    assert ran.code == 0
    assert [found["policy"] for found in decisions(ran)] == [NOTICE.name, "swimming", NOTICE.name]
    assert [found["case"] for found in decisions(ran)] == ["2021-0001", "", "2021-0002"]


def test_a_case_of_nobody(tmp_path):
    ran = policy("eval", written(tmp_path / "nobody.json", {}), "--strict", "--lang", "en")
    assert (ran.code, ran.out) == (4, "")
    assert "says of nobody whose case it is" in " ".join(ran.err.split())
    assert "Nothing was decided." in ran.err


def test_a_case_that_does_not_choose(two, tmp_path):
    data = case()
    del data["policy"]
    ran = policy("eval", written(tmp_path / "case.json", data), "--policy", two)
    assert (ran.code, ran.out) == (4, "")
    assert "[policy.unnamed]" in ran.err
    assert NOTICE.name in ran.err
    assert policy("eval", tmp_path / "case.json").code == 0


def test_a_case_of_no_notice_here(two, tmp_path):
    ran = policy("eval", written(tmp_path / "case.json", case() | {"policy": "swiming"}), "--policy", two)
    assert (ran.code, ran.out) == (4, "")
    assert "[policy.unknown]" in ran.err
    assert "did you mean 'swimming'?" in ran.err


def test_a_case_that_cannot_be_read_beside_two_notices(two):
    ran = policy("eval", "-", "--policy", two, stdin='{"policy": ')
    assert (ran.code, ran.out) == (4, "")
    assert "[case.json]" in ran.err


def test_one_wrong_notice_of_two_stops_only_its_cases_from_being_alone(two):
    path = two / "swimming" / "policy.yaml"
    path.write_text("policy: swimming\n", encoding="utf-8")
    assert policy("eval", WORKER, "--policy", two).code == 0
    assert policy("check", "--policy", two).code == 3


def test_a_damaged_cache_is_no_matter(kept):
    before = policy("eval", WORKER)
    files = list((kept / "policy").glob("*.rulebook"))
    assert files
    for file in files:
        file.write_bytes(b"\x80\x05nonsense")
    assert policy("eval", WORKER) == before


def test_no_cache_is_no_matter(monkeypatch, tmp_path):
    before = policy("eval", WORKER)
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert policy("eval", WORKER) == before


# ---- faults of the program


@pytest.mark.parametrize(("language", "said"), [
    ("zh", "程序本身出错（ZeroDivisionError，"), ("en", "the program itself failed (ZeroDivisionError, "),
])
def test_a_fault_of_the_program(monkeypatch, language, said):
    def fails(*_):
        raise ZeroDivisionError(ID)

    monkeypatch.setattr(decide, "decide_batch", fails)
    ran = policy("eval", WORKER, "--lang", language)
    assert (ran.code, ran.out) == (70, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ID not in ran.err
    monkeypatch.setenv("POLICY_DEBUG", "1")
    ran = policy("eval", WORKER, "--lang", language)
    assert ran.code == 70
    assert ran.err.startswith("Traceback")
    assert ran.err.splitlines()[-1].startswith(said)


# ---- terminals


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "utf-8"])
@pytest.mark.parametrize("args", [
    ["eval", WORKER, "--lang", "zh"], ["check", "--lang", "zh", "--policy", str(BAD)], ["--help"],
    ["eval", "--set", "年"],
])
def test_no_terminal_makes_it_fail(encoding, args):
    code, out, err = process(*args, PYTHONIOENCODING=encoding, PYTHONUTF8="0", POLICY_LANG="zh")
    assert code == policy(*args).code
    assert b"Traceback" not in err
    # help and wrong use are in UTF-8 where the terminal says that it has only ASCII
    (out + err).decode("utf-8" if encoding == "ascii" else encoding)


def test_gbk_is_enough_for_chinese():
    _, out, _ = process("eval", WORKER, "--lang", "zh", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert out.decode("gbk").replace("\r", "") == policy("eval", WORKER, "--lang", "zh").out
    assert b"?" not in out


def test_json_is_in_utf_8_on_any_terminal():
    _, out, _ = process("eval", WORKER, "--format", "json", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert out.decode("utf-8") == policy("eval", WORKER, "--format", "json").out


def test_standard_input_is_utf_8_on_any_terminal():
    content = (ROOT / WORKER).read_bytes()
    code, out, _ = process("eval", "-", "--format", "json", stdin=content, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert code == 0
    assert out.decode("utf-8") == policy("eval", WORKER, "--format", "json").out


def test_whoever_stops_reading_makes_no_error(tmp_path):
    file = tmp_path / "many.jsonl"
    line = " ".join((ROOT / REFUSED).read_text("utf-8").split("\n"))
    file.write_text((line + "\n") * 60, encoding="utf-8")
    code, out, err = process("eval", file, shell="| head -1")
    assert (code, err) == (0, b"")
    assert out.decode("utf-8").startswith("示例乙")


def test_no_colour_where_it_is_no_terminal():
    _, out, err = process("eval", WORKER, "none.json")
    assert b"\x1b" not in out + err
