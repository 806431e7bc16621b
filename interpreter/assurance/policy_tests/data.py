"""The data of a case as a test writes it: words with their places, in mappings and lists; tables as text blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from interpreter.language.values import Month
from interpreter.problems import Fragment, Problem, Span
from interpreter.rulebook.reading import Mapping, Node, Scalar, Sequence
from interpreter.rulebook.written import trimmed

LONGEST_RANGE = 1200
"""The most months a cell may stand for."""

_MONTHS = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Word:
    """A value as written, with its place."""

    text: str
    where: Span


Data: TypeAlias = "Word | dict[str, Data] | list[Data]"


def read_data(node: Node, problems: list[Problem]) -> Data | None:
    """What a node says; a literal text block (`|`) is a table. None where it is empty, which is absence."""
    match node:
        case Mapping():
            return read_record(node, problems)
        case Sequence():
            items = [read_data(item, problems) for item in node.items]
            return [item for item in items if item is not None]
        case Scalar() if node.style == "literal":
            return list(read_block(node.fragment, problems))
        case Scalar():
            return Word(node.fragment.text, node.span) if node.fragment.text else None
    raise TypeError(node)


def read_record(node: Mapping, problems: list[Problem]) -> dict[str, Data]:
    """What a mapping says, without its empty entries."""
    found = {entry.key.fragment.text: read_data(entry.value, problems) for entry in node.entries}
    return {key: value for key, value in found.items() if value is not None}


def read_block(block: Fragment, problems: list[Problem]) -> list[dict[str, Data]]:
    """The rows of a text block with `|` between cells under a head of field names; `person.id` is a field of a field.
    An empty cell is absence."""
    lines = [line for line in _split(block, "\n") if line.text.strip()]
    head = [cell.text for cell in _cells(lines[0])] if lines else []
    for twice in sorted({path for path in head if head.count(path) > 1}):
        problems.append(Problem("table.column-twice", lines[0].span(), {"name": twice}))
    rows = []
    for line in lines[1:]:
        cells = _cells(line)
        if len(cells) != len(head):
            problems.append(Problem("table.cells", line.span(), {"found": len(cells), "want": len(head)}))
            continue
        row: dict[str, Data] = {}
        for path, cell in zip(head, cells, strict=True):
            if cell.text:
                _put(row, path.split("."), Word(cell.text, cell.span()))
        rows.append(row)
    return rows


def _put(row: dict[str, Data], path: list[str], word: Word) -> None:
    for key in path[:-1]:
        inner = row.setdefault(key, {})
        if not isinstance(inner, dict):
            inner = row[key] = {}
        row = inner
    row[path[-1]] = word


def _cells(line: Fragment) -> list[Fragment]:
    return [trimmed(cell) for cell in _split(line, "|")]


def _split(fragment: Fragment, mark: str) -> list[Fragment]:
    pieces, start = [], 0
    for text in fragment.text.split(mark):
        pieces.append(fragment.part(start, start + len(text)))
        start += len(text) + 1
    return pieces


def a_row_a_month(data: Data, problems: list[Problem]) -> Data:
    """The data with a row for each month where a row of a list has a cell such as `2021-03..2021-05`."""
    if isinstance(data, dict):
        return {key: a_row_a_month(value, problems) for key, value in data.items()}
    if isinstance(data, list):
        return [row for item in data for row in _monthly(a_row_a_month(item, problems), problems)]
    return data


def _monthly(item: Data, problems: list[Problem]) -> list[Data]:
    if not isinstance(item, dict):
        return [item]
    for key, word in item.items():
        found = _MONTHS.fullmatch(word.text) if isinstance(word, Word) else None
        if isinstance(word, Word) and found is not None:
            first, last = Month.of(int(found[1]), int(found[2])), Month.of(int(found[3]), int(found[4]))
            if not (0 < int(found[2]) <= 12 and 0 < int(found[4]) <= 12 and 0 <= last - first < LONGEST_RANGE):
                problems.append(Problem("test.months", word.where, {"found": word.text, "most": LONGEST_RANGE}))
                return []
            return [{**item, key: Word(str(Month(month)), word.where)} for month in range(first, last + 1)]
    return [item]


def plain(data: Data) -> object:
    """The data without places, as a case reader takes it."""
    match data:
        case Word():
            return data.text
        case dict():
            return {key: plain(value) for key, value in data.items()}
        case _:
            return [plain(item) for item in data]


def place(data: Data, path: tuple[str | int, ...], otherwise: Span) -> Span:
    """Where the part of the data at `path` (list indexes from 0) was written; `otherwise` where nowhere."""
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return otherwise
    return data.where if isinstance(data, Word) else otherwise
