"""Changing a case by paths: `worker.insurance.1.month` set to another value, `list.20..25` taken away."""

from __future__ import annotations

import re

from interpreter.assurance.policy_tests.data import Data
from interpreter.problems import Problem, Span

Record = dict[str, Data]

_ROWS = re.compile(r"(?P<list>.+?)\.(?P<first>[0-9]{1,6})(?:\.\.(?P<last>[0-9]{1,6}))?")


def copied(data: Data) -> Data:
    """The data with mappings and lists of its own."""
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    if isinstance(data, list):
        return [copied(item) for item in data]
    return data


def edited(
    base: Record, unset: list[tuple[str, Span]], put: list[tuple[str, Data, Span]], problems: list[Problem]
) -> Record:
    """`base` without what `unset` names and with what `put` sets. Row numbers count from 1 and are those of `base`: a
    text block's rows, before a cell of months becomes several."""
    data: Record = {key: copied(value) for key, value in base.items()}
    # rows are set before any is taken away, so that every number still means the row of `base`
    for path, value, where in put:
        _set(data, path, copied(value), where, problems)
    for path, where in sorted(unset, key=lambda item: _order(item[0]), reverse=True):
        _remove(data, path, where, problems)
    return data


def _order(path: str) -> tuple[str, int]:
    """Rows of one list are taken away from its end, so that the numbers of the others stay."""
    rows = _ROWS.fullmatch(path)
    return (path, 0) if rows is None else (rows["list"], int(rows["first"]))


def _remove(data: Record, path: str, where: Span, problems: list[Problem]) -> None:
    rows = _ROWS.fullmatch(path)
    holder = _walk(data, (rows["list"] if rows else path.rpartition(".")[0]).split("."))
    if rows is not None and isinstance(holder, list):
        first, last = int(rows["first"]), int(rows["last"] or rows["first"])
        if 1 <= first <= last <= len(holder):
            del holder[first - 1 : last]
            return
    key = path.rpartition(".")[2]
    if isinstance(holder, dict) and key in holder:
        del holder[key]
        return
    problems.append(Problem("test.path", where, {"path": path}))


def _set(data: Record, path: str, value: Data, where: Span, problems: list[Problem]) -> None:
    *steps, last = path.split(".")
    holder = _walk(data, steps, make=True)
    if isinstance(holder, dict):
        holder[last] = value
    elif isinstance(holder, list) and last.isdecimal() and 1 <= int(last) <= len(holder):
        holder[int(last) - 1] = value
    else:
        problems.append(Problem("test.path", where, {"path": path}))


def _walk(data: Data, steps: list[str], *, make: bool = False) -> Data | None:
    """What stands at a path; with `make`, mappings that are absent on the way are made."""
    for step in filter(None, steps):
        if isinstance(data, dict) and (step in data or make):
            data = data.setdefault(step, {})
        elif isinstance(data, list) and step.isdecimal() and 1 <= int(step) <= len(data):
            data = data[int(step) - 1]
        else:
            return None
    return data
