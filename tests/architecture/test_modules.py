"""Modules are short, exact, and stand in the reading order."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.files import ENGINE, modules, name
from tests.architecture.test_imports import FLOORS

LONGEST = 400


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST


@pytest.mark.parametrize("path", [p for p in modules() if p.read_text(encoding="utf-8").strip()], ids=name)
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def floats(source: str) -> list[int]:
    """The lines where a text makes a binary floating point number."""
    return [
        node.lineno for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]


@pytest.mark.parametrize("path", [p for p in modules() if p.is_relative_to(ENGINE)], ids=name)
def test_no_floats(path):
    assert floats(path.read_text(encoding="utf-8")) == []


def test_a_float_is_seen():
    assert floats("x = 0.5\ny = float('1')\nz = isinstance(x, float)") == [1, 2]


def packages() -> list[str]:
    folders = {path.parent for path in ENGINE.rglob("__init__.py")} - {ENGINE}
    return sorted(f"{folder.relative_to(ENGINE).as_posix()}/" for folder in folders)


def test_the_reading_order_lists_every_package():
    text = (ENGINE / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\s*(?:\d+\.|-) `([a-z_/]+/)`", text, re.MULTILINE)
    assert sorted(listed) == packages()
    order = [floor for floors in FLOORS for floor in floors]
    positions = [order.index(package.split("/")[0]) for package in listed]
    assert positions == sorted(positions)
