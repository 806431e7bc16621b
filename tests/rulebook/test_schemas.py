"""The schemas are good JSON Schemas, follow the files we have, and every code has its message."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from interpreter.problems import Problem
from interpreter.problems.messages import rulebook, tables
from interpreter.rulebook.files import read_mapping
from interpreter.rulebook.schema import FOLDER, check_form

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = sorted(FOLDER.glob("*.json"))
CODE = re.compile(r'"((?:folder|file|name|policy|schema|value|unit|dates|clause|scheme|change|type|choice|fact|field|'
                  r'table|cell|parameter|number|delegation|overlay|definition|requirement|measure|key|claimant|as_of|order|limit|duty|'
                  r'scale)'
                  r'\.[a-z-]+)"')


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_they_are_schemas(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_there_is_one_for_every_kind() -> None:
    assert {path.stem for path in SCHEMAS} == {
        "common", "policy", "facts", "parameters", "table", "definitions", "measure", "duty", "authority", "tests",
    }


@pytest.mark.parametrize("path", sorted(ROOT.glob("policy/*/tests/*.yaml")), ids=lambda path: path.stem)
def test_policy_tests_follow_theirs(path: Path) -> None:
    problems: list[Problem] = []
    root = read_mapping(path, path.parent.parent, problems)
    assert root is not None
    check_form("tests", root, problems)
    assert problems == []


def test_every_code_has_a_message_and_every_message_a_code() -> None:
    language = (ROOT / "interpreter/language" / name for name in ("literals.py", "cells.py"))
    written = {*language, *FOLDER.parent.glob("*.py"), *SCHEMAS}
    used = {code for path in written for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert used - {"policy.yaml"} == {*rulebook.MESSAGES, *tables.MESSAGES}
