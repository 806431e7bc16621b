"""The quick look at a file's form: never content with what jsonschema is not, and content with what is right."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from random import Random

import pytest

from interpreter.problems import Source
from interpreter.rulebook.form import check_of
from interpreter.rulebook.reading import to_plain
from interpreter.rulebook.reading.reader import read_yaml
from interpreter.rulebook.schema import FOLDER, _quick, _validator
from tests.conftest import FULL

ROOT = Path(__file__).parents[2]
KINDS = sorted({path.stem for path in FOLDER.glob("*.json")} - {"common"})


def files(kind):
    folders = {"measure": "measures", "duty": "duties", "authority": "authorities", "table": "tables", "tests": "tests"}
    pattern = f"{folders[kind]}/*.yaml" if kind in folders else f"{kind}.yaml"
    found = []
    for base in (ROOT / "policy", ROOT / "tests" / "good"):
        for path in sorted(base.glob(f"*/{pattern}")):
            problems = []
            root = read_yaml(Source(path.name, path.read_text("utf-8")), problems)
            assert not problems
            found.append(to_plain(root))
    return found


def spoilt(value, random):
    """A copy with one thing changed somewhere."""
    value = copy.deepcopy(value)
    at = value
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return value
        key = random.choice(keys)
        if isinstance(at[key], dict | list) and random.random() < 0.7:
            at = at[key]
            continue
        match random.randrange(4):
            case 0:
                del at[key]
            case 1 if isinstance(at, dict):
                at[random.choice(("label", "x y", "is", "value", "", "参"))] = at.pop(key)
            case _:
                at[key] = random.choice((True, 1, "", "text", [], {}, ["a"], {"a": "b"}, [1, {}], {"a": 1, "b": []}))
        return value


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_right_is_seen_to_be(kind):
    for value in files(kind):
        assert _quick(kind)(value)
        assert _validator(kind).is_valid(value)


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_jsonschema_says(kind):
    random = Random(kind)
    rounds = 40 if FULL else 3
    for value in files(kind):
        for _ in range(rounds):
            one = spoilt(value, random)
            assert _quick(kind)(one) == _validator(kind).is_valid(one), json.dumps(one, ensure_ascii=False)


def test_what_it_does_not_know_it_is_not_sure_of():
    assert not check_of({"type": "string", "maxLength": 5})("text")


def test_true_is_no_number():
    assert not check_of({"type": "integer"})(True)
    assert not check_of({"enum": [1]})(True)
    assert check_of({"enum": [1, True]})(True)
