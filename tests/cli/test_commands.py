"""`policy`, `policy check`, `policy test` and `policy form`: what they print and how they end."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from wcwidth import wcswidth

from interpreter.assurance.summary import summary
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from tests.cli.running import BAD, GOOD, ID, NOTICE, policy, process


def copy(to, *changes):
    """A copy of the notice, with words in its files replaced: (file, old, new)."""
    folder = to / NOTICE.name
    shutil.copytree(NOTICE, folder)
    for name, old, new in changes:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


# ---- the command itself


def test_without_arguments_it_shows_help():
    ran = policy()
    assert ran.code == 2
    assert "Usage: policy" in ran.out + ran.err
    for command in ("check", "eval", "form", "test"):
        assert f"  {command} " in ran.out + ran.err


@pytest.mark.parametrize("command", ["", "check", "eval", "form", "test"])
def test_help_is_in_one_language(command):
    args = [command, "--help"] if command else ["--help"]
    code, english, _ = process(*args, POLICY_LANG="en")
    assert code == 0
    text = english.decode("utf-8").replace("中文帮助：", "")
    assert text.isascii()
    code, chinese, _ = process(*args, POLICY_LANG="zh")
    assert code == 0
    assert not chinese.isascii()
    assert all(wcswidth(line) <= 80 for line in chinese.decode("utf-8").splitlines())


def test_version():
    ran = policy("--version")
    assert ran.code == 0
    assert ran.out.startswith("policy 0.")


@pytest.mark.parametrize("args", [["nothing"], ["check", "--nothing"], ["check", "--lang", "fr"], ["form"], ["eval"]])
def test_wrong_use(args):
    ran = policy(*args)
    assert ran.code == 2
    assert ran.err.startswith("Usage: policy")


# ---- check


@pytest.mark.parametrize("language", ["zh", "en"])
def test_check_of_a_good_policy(language):
    ran = policy("check", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert not ran.out.startswith("\n")
    assert ("0 errors, " if language == "en" else "0 个错误，") in ran.out.splitlines()[-1]
    assert all(wcswidth(line) <= 80 for line in ran.out.splitlines())


def test_check_lists_the_questions():
    short, long = policy("check"), policy("check", "--questions")
    assert "policy check --questions" in short.out
    assert "缴纳3个月以上是累计还是连续" not in short.out
    assert "缴纳3个月以上是累计还是连续\n    for now 累计\n" in long.out
    assert long.code == 0


def test_check_of_a_wrong_policy():
    ran = policy("check", "--policy", BAD)
    assert ran.code == 3
    assert ran.out.startswith("error  lesson has no field 'mouth'")
    assert ran.out.endswith("?\n\n2 errors, 0 warnings.\neval refuses to run until the check passes.\n"
                            "policy check --help-on field.unknown explains it, with examples.\n")


def test_one_of_everything_is_counted_as_one():
    ran = policy("check", "--policy", GOOD / "swimming")
    assert "open  1 question is not decided yet" in ran.out
    book = load(GOOD / "swimming", [])
    one = [Problem("file.empty"), Problem("file.empty", severity="warning")]
    told = summary(replace(book, measures=dict([*book.measures.items()][:1])), one, "en", questions=False)
    assert "\n1 error, 1 warning; " in told
    assert " expressions in 1 measure and 2 tables checked.\n" in told


def test_check_of_several_notices_names_each():
    ran = policy("check", "--policy", GOOD)
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if line.endswith(("small-law", "swimming"))] == [
        str(GOOD / "small-law"), str(GOOD / "swimming"),
    ]


@pytest.mark.parametrize("command", [["check"], ["test"], ["form", "worker"], ["eval", "examples/worker.json"]])
@pytest.mark.parametrize(("language", "said"), [
    ("zh", "错误  文件夹 policy 中没有规则（policy.yaml）"),
    ("en", "error  there is no policy (policy.yaml) in the folder policy"),
])
def test_no_policy_where_one_is_looked_for(command, language, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = policy(*command, "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{said}  [policy.none]\n")
    assert ran.err.endswith("\n")


# ---- test


def test_the_policy_tests_pass():
    ran = policy("test")
    assert ran.code == 0
    assert ran.out.endswith(" passed, 0 failed.\n")


def test_a_failed_policy_test(tmp_path):
    ran = policy("test", "--policy", copy(tmp_path, ("parameters.yaml", "3000 CNY", "3500 CNY")))
    assert ran.code == 1
    assert ran.out.startswith("failed  ")
    assert "3,500.00" in ran.out


@pytest.mark.parametrize(("language", "said"), [("zh", "没有运行任何测试"), ("en", "no test was run")])
def test_no_test_of_a_wrong_policy(language, said):
    ran = policy("test", "--policy", BAD, "--lang", language)
    assert ran.code == 3
    assert "swum_monhts" in ran.out
    assert said in ran.out.splitlines()[-1]


# ---- form


@pytest.mark.parametrize("claimant", ["worker", "agency"])
def test_a_form_is_a_case(claimant, tmp_path):
    form = policy("form", claimant)
    assert (form.code, form.err) == (0, "")
    file = tmp_path / "case.yaml"
    file.write_text(form.out.replace("  id:  ", f"  id: '{ID}'  ", 1), encoding="utf-8")
    ran = policy("eval", file)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[3].split()[0] == "incomplete"


@pytest.mark.parametrize(("language", "said"), [("zh", "是不是“worker”"), ("en", "did you mean 'worker'")])
def test_a_form_for_nobody(language, said):
    ran = policy("form", "workr", "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "agency" in ran.err


def test_a_form_is_in_utf_8_on_any_terminal():
    code, out, _ = process("form", "worker", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert code == 0
    assert "身份证件号码" in out.decode("utf-8")
