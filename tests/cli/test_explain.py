"""`policy ask`, and what `policy check` says to programs and to terminals with and without colour."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

from interpreter.problems.cells import width
from tests.cli.running import BAD, NOTICE, ROOT, policy


@pytest.mark.parametrize(("expression", "shown"), [
    ('"B" in ["A","B"] and 2 > 1', "true  (yes or no)"), ("0.1 + 0.2 = 0.3", "true  (yes or no)"),
    ('date("2020-01-31") + duration("P1M")', "2020-02-29  (date)"), ("1 / 3", "1/3  (ratio)"),
    ("-1", "-1  (integer)"), ('"甲"', "甲  (text)"), ("as_of.year", "unknown, for want of --as-of"),
])
def test_an_expression_by_itself(expression, shown):
    ran = policy("ask", expression, "--lang", "en")
    assert (ran.code, ran.out, ran.err) == (0, shown + "\n", "")


def test_an_expression_on_a_day_by_a_notice():
    notice = ("--policy", NOTICE, "--lang", "zh")
    ran = policy("ask", "job_stability_min_months + 1", "--as-of", "2021-06-10", *notice)
    assert ran.out == "4 个月  (整数，month)\n"
    assert policy("ask", "as_of.year", "--as-of", "2021-06-10").out == "2021  (integer)\n"
    assert policy("ask", "insured_months(worker)", "--as-of", "2021-06-10", *notice).out == "未知，缺 参保记录\n"
    assert policy("ask", "1", "--policy", "nothing").code == 2
    assert policy("ask", "1", "--policy", BAD).code == 3


def test_an_expression_that_is_wrong_or_has_no_value():
    ran = policy("ask", "cont([1])", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("  1 | cont([1])\n    | ^^^^\n  mend  did you mean count?\n")
    ran = policy("ask", "2 + 1 / (3 - 3)", "--lang", "en")
    assert (ran.code, ran.out) == (1, "")
    assert "  1 | 2 + 1 / (3 - 3)\n    |     ^^^^^^^^^^^\n" in ran.err


def test_problems_for_programs():
    ran = policy("check", "--policy", BAD, "--format", "json", "--lang", "en")
    assert (ran.code, ran.err) == (3, "")
    problems = [json.loads(line) for line in ran.out.splitlines()]
    assert [(p["code"], p["severity"], p["line"], p["column"], p["end_column"]) for p in problems] == [
        ("field.unknown", "error", 6, 43, 48), ("name.unknown", "error", 7, 11, 22),
    ]
    assert problems[1]["mend"].startswith("did you mean swum_months")
    ran = policy("check", "--format", "json")
    assert (ran.code, ran.out) == (0, "")


def on_a_terminal(**environ: str) -> str:
    """What `policy check` of a wrong policy writes to a terminal."""
    mine, its = pty.openpty()
    command = [sys.executable, str(ROOT / "cli.py"), "check", "--policy", str(BAD), "--lang", "en"]
    done = subprocess.Popen(command, cwd=ROOT, env=os.environ | environ, stdin=its, stdout=its, stderr=its)
    os.close(its)
    written = b""
    try:
        while piece := os.read(mine, 65536):
            written += piece
    except OSError:
        pass  # the other side is closed
    os.close(mine)
    done.wait()
    return written.decode("utf-8").replace("\r\n", "\n")


def test_colour_is_never_alone_and_can_be_left_away():
    plain, coloured = on_a_terminal(NO_COLOR="1"), on_a_terminal(NO_COLOR="")
    assert "\x1b" not in plain
    assert coloured.replace("\x1b[31m", "").replace("\x1b[0m", "") == plain
    assert coloured.count("\x1b[31merror\x1b[0m") == 2
    assert max(map(width, plain.splitlines())) <= 80
