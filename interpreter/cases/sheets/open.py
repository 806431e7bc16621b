"""The files of an office opened: each by what it contains, whatever its name ends in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from interpreter.cases.reading import guess
from interpreter.cases.sheets.delimited import open_delimited
from interpreter.cases.sheets.grid import LIMITS, MEGABYTES, Grid, Limits
from interpreter.cases.sheets.workbooks import open_workbook
from interpreter.problems import Problem

_PACKED, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<table|<meta|<\?xml)", re.IGNORECASE)


def open_grids(paths: Sequence[Path], problems: list[Problem], limits: Limits = LIMITS) -> list[Grid]:
    """The sheets of workbooks and delimited text, in the order of the files; files that cannot be read leave a
    problem."""
    grids: list[Grid] = []
    for path in paths:
        try:
            grids += _open(path, problems, limits)
        except FileNotFoundError:
            beside = [str(other) for other in path.parent.iterdir()] if path.parent.is_dir() else []
            problems.append(Problem("input.missing", fields={"file": str(path)} | guess(str(path), beside)))
        except OSError:
            code = "input.folder" if path.is_dir() else "input.unreadable"
            problems.append(Problem(code, fields={"file": str(path)}))
    return grids


def _open(path: Path, problems: list[Problem], limits: Limits) -> list[Grid]:
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(1_024)
    fields: dict[str, object] = {"file": path.name}
    if size > limits.size:
        problems.append(Problem("sheet.large", fields=fields | {"what": MEGABYTES, "limit": limits.size // 1_000_000}))
    elif not size:
        problems.append(Problem("sheet.broken", fields=fields))
    elif start.startswith((_PACKED, _OLD)):
        return open_workbook(path, problems, limits)
    elif _WEB_PAGE.match(start.removeprefix(b"\xef\xbb\xbf")):
        problems.append(Problem("sheet.web-page", fields=fields))
    else:
        grid = open_delimited(path, problems, limits)
        return [] if grid is None else [grid]
    return []
