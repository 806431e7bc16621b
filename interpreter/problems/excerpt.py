"""The lines of a source around a problem, with carets under the very characters and words under the carets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interpreter.problems.cells import MORE, clip, shown, width
from interpreter.problems.problem import Language, Problem
from interpreter.problems.source import Source, Span
from interpreter.problems.words import word

_LONGEST_LINE = 4_000
_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class _Mark:
    """Characters `start` up to `end` (from 0) of line `line`, and the word below them."""

    line: int
    start: int
    end: int
    text: str = ""


def excerpt(problem: Problem, language: Language, cells: int, encoding: str, *, context: bool) -> Iterator[str]:
    """The marked lines of a problem's source, `cells` wide at most. With `context` the line above a single marked
    line is shown where it is the key the line belongs to. Places in other sources are named above their lines."""
    if problem.where is None:
        return
    groups: dict[Source, list[_Mark]] = {problem.where.source: []}
    for label in problem.labels:
        mark = _mark(label.where, shown(word(label.text, language), encoding))
        groups.setdefault(label.where.source, []).append(mark)
    own = groups[problem.where.source]
    main = _mark(problem.where)
    if not any(mark.line == main.line and mark.start < main.end and main.start < mark.end for mark in own):
        own.append(main)
    for source, marks in groups.items():
        if not source.text:
            continue
        if source is not problem.where.source:
            yield f"  {source.name}:{marks[0].line}:{marks[0].start + 1}"
        lines = sorted({mark.line for mark in marks})
        above = lines[0] - 1
        digits = len(str(lines[-1]))
        if context and len(marks) == 1 and _belongs_to(source.line(above), source.line(lines[0])):
            yield _numbered(above, digits, _window(source.line(above), 0, cells - digits - 5, encoding)[0])
        for number in lines:
            yield from _marked(source.line(number), number, digits, marks, cells, encoding)


def _mark(where: Span, text: str = "") -> _Mark:
    """The marked characters of a span's first line, one at least."""
    line, column = where.source.position(where.start)
    end_of_line = len(where.source.line(line))
    start = column - 1
    end = min(start + where.end - where.start, end_of_line)
    return _Mark(line, start, max(end, start + 1), text)


def _belongs_to(above: str, line: str) -> bool:
    indent = len(above) - len(above.lstrip())
    return bool(above.strip()) and indent < len(line) - len(line.lstrip())


def _numbered(number: int, digits: int, text: str) -> str:
    return f"  {number:>{digits}} | {text}".rstrip()


def _marked(
    line: str, number: int, digits: int, marks: list[_Mark], cells: int, encoding: str
) -> Iterator[str]:
    """One line, the carets under its marked characters, and their words under these."""
    own = sorted((mark for mark in marks if mark.line == number), key=lambda mark: (mark.start, mark.end))
    room = cells - digits - 5
    text, dropped, lead = _window(line, own[0].start, room, encoding)
    yield _numbered(number, digits, text)
    margin = " " * (digits + 2) + " | "
    carets = ""
    words: list[tuple[int, str]] = []
    for mark in own:
        start = lead + width(shown(line[dropped : max(dropped, mark.start)], encoding))
        length = max(1, width(shown(line[max(dropped, mark.start) : mark.end], encoding)))
        if start >= room:
            break
        carets = carets.ljust(start) + "^" * max(0, min(start + length, room) - max(start, len(carets)))
        if mark.text:
            words.append((start, clip(mark.text, room)))
    yield margin + carets
    for row in _rows(words, room):
        yield margin + row


def _window(line: str, first: int, room: int, encoding: str) -> tuple[str, int, int]:
    """The part of a long line that holds its character `first`: as shown, how many characters were left out before
    it, and the cells of the sign that says so."""
    text = shown(line[: first + _LONGEST_LINE], encoding)
    if width(text) <= room and len(line) == len(text):
        return text, 0, 0
    if width(text[: first + 1]) <= room * 2 // 3:
        return clip(text, room), 0, 0
    start = first
    while start and width(text[start - 1 : first]) <= room // 3:
        start -= 1
    rest = text[start:] if len(text) == len(line) else text[start:] + MORE
    return MORE + clip(rest, room - 1), start, 1


def _rows(words: list[tuple[int, str]], room: int) -> list[str]:
    """The words, each below its caret where there is room for it, on as few lines as possible."""
    rows: list[str] = []
    used: list[int] = []
    for start, text in words:
        start = max(0, min(start, room - width(text)))
        at = next((row for row, end in enumerate(used) if end + _BETWEEN <= start), len(rows))
        if at == len(rows):
            rows.append("")
            used.append(0)
        rows[at] += " " * (start - used[at]) + text
        used[at] = start + width(text)
    return rows
