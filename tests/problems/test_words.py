"""Problems as JSON, and the language they are told in."""

from __future__ import annotations

import json

import pytest

from interpreter.problems import Problem, Source, Span
from interpreter.problems.language import choose_language
from interpreter.problems.words import as_json


def test_as_json():
    where = Span(Source("a.yaml", "x: 1\nwhen：y\n"), 9, 10)
    problem = Problem("yaml.colon_wide", where, {"key": "when"}, path="第 1 行")
    assert as_json(problem, "en") == {
        "code": "yaml.colon_wide",
        "severity": "error",
        "message": "a full-width colon follows 'when'",
        "mend": "write when: with a blank after the colon",
        "path": "第 1 行",
        "file": "a.yaml",
        "line": 2,
        "column": 5,
        "end_line": 2,
        "end_column": 6,
    }
    assert json.loads(json.dumps(as_json(problem, "zh")))["message"] == "“when”后面是全角冒号，YAML 只认半角冒号"


def test_as_json_without_a_place():
    found = as_json(Problem("yaml.merge", severity="note"), "en")
    assert found["file"] is None
    assert found["severity"] == "note"
    assert "line" not in found


def test_what_the_catalogue_lacks_is_still_said():
    assert as_json(Problem("no.such"), "zh")["message"] == "no.such"
    assert as_json(Problem("yaml.duplicate"), "en")["message"] == "'{key}' is given twice"


@pytest.mark.parametrize(("option", "environ", "language"), [
    ("zh", {"POLICY_LANG": "en"}, "zh"),
    ("en", {"POLICY_LANG": "zh"}, "en"),
    (None, {"POLICY_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
    (None, {"POLICY_LANG": "", "LANG": "zh_CN.GBK"}, "zh"),
    (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
    (None, {"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
    (None, {"LANG": "C.UTF-8"}, "en"),
    (None, {}, "en"),
])
def test_the_language(option, environ, language):
    assert choose_language(option, environ) == language
