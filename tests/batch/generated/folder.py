"""A policy as plain data by file, so that parts of it can be taken away, and the folder that it makes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook

NAME = "made"

Files = dict[str, Any]
"""What each file of a policy says, by its path in the folder; every scalar is text."""


class _Dumper(yaml.CSafeDumper):
    """YAML as the policy reader takes it: in the order made, and nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def text_of(data: Any) -> str:
    """One file's YAML."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9)


def write(files: Files, to: Path) -> Path:
    """Writes the policy into a folder of its name below `to`."""
    folder = to / NAME
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(data), encoding="utf-8")
    return folder


def read(files: Files) -> tuple[Rulebook | None, list[Problem]]:
    """The rulebook that the files make, and everything said of them."""
    problems: list[Problem] = []
    with TemporaryDirectory(prefix="policy-") as temporary:
        book = load(write(files, Path(temporary)), problems)
    return book, problems


def said(problem: Problem) -> str:
    """A problem in one line, for a test's own words."""
    return f"{problem.code} at {problem.where}: { {key: str(value) for key, value in problem.fields.items()} }"
