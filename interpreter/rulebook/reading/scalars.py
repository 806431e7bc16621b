"""Where each character of a YAML scalar stands in its file, whatever the style it is written in.

The value is built again from the source by YAML's rules, this time with offsets, and compared with what the parser
says it is. Where the two differ the scalar's start stands for every character: a rough place, never a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interpreter.problems import Fragment, Source
from interpreter.rulebook.reading.nodes import Style

_GAP = re.compile(r"[ \t\r\n]+")
_RUN = re.compile(r"[^ \t\r\n\\']+")
_CODES = {"x": 2, "u": 4, "U": 8}
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}


class _Built:
    """Text put together piece by piece, with the offset of each character."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.offsets: list[int] = []

    def copy(self, text: str, start: int, end: int) -> None:
        self.pieces.append(text[start:end])
        self.offsets.extend(range(start, end))

    def put(self, char: str, offset: int) -> None:
        self.pieces.append(char)
        self.offsets.append(offset)


def locate(source: Source, start: int, end: int, value: str, style: Style) -> Fragment:
    """The scalar written in `source` from `start` to `end` whose value is `value`, as a fragment."""
    text = source.text
    inner = (start + 1, end - 1) if style in ("single", "double") else (start, end)
    if text[inner[0] : inner[1]] == value and "\n" not in value and (style != "double" or "\\" not in value):
        return Fragment(value, source, range(inner[0], inner[1] + 1))
    for built in _builds(text, inner, style):
        if "".join(built.pieces) == value:
            return Fragment(value, source, (*built.offsets, _end(built.offsets, inner, style)))
    return Fragment(value, source, (start,) * (len(value) + 1))


def _end(offsets: list[int], inner: tuple[int, int], style: Style) -> int:
    """Where the value ends; a block has line ends after it that may not belong to it."""
    if style in ("single", "double"):
        return inner[1]
    return offsets[-1] + 1 if offsets else inner[0]


def _builds(text: str, inner: tuple[int, int], style: Style) -> Iterator[_Built]:
    if style in ("literal", "folded"):
        return _blocks(text, *inner, folded=style == "folded")
    return iter((_flow(text, *inner, style),))


def _flow(text: str, at: int, end: int, style: Style) -> _Built:
    """Plain and quoted scalars: white space around a line break is one blank, each further break a line break."""
    built = _Built()
    while at < end:
        char = text[at]
        if gap := _GAP.match(text, at, end):
            breaks = [i for i in range(at, gap.end()) if text[i] == "\n"]
            if not breaks:
                built.copy(text, at, gap.end())
            elif len(breaks) == 1:
                built.put(" ", breaks[0])
            for i in breaks[1:]:
                built.put("\n", i)
            at = gap.end()
        elif char == "'" and style == "single":
            built.put("'", at)
            at += 2
        elif char == "\\" and style == "double":
            at = _escape(text, at, end, built)
        elif run := _RUN.match(text, at, end):
            built.copy(text, at, run.end())
            at = run.end()
        else:
            built.put(char, at)
            at += 1
    return built


def _escape(text: str, at: int, end: int, built: _Built) -> int:
    """Reads one escape of a double-quoted scalar and says where it ends."""
    letter = text[at + 1]
    if digits := _CODES.get(letter):
        built.put(chr(int(text[at + 2 : at + 2 + digits], 16)), at)
        return at + 2 + digits
    if letter in _ESCAPES:
        built.put(_ESCAPES[letter], at)
        return at + 2
    # an escaped line break: the lines are joined without a blank, empty lines after it still count
    gap = _GAP.match(text, at + 1, end)
    stop = gap.end() if gap else at + 1
    for i in [i for i in range(at + 1, stop) if text[i] == "\n"][1:]:
        built.put("\n", i)
    return stop


def _blocks(text: str, start: int, end: int, *, folded: bool) -> Iterator[_Built]:
    """Block scalars, built for each indentation that may be meant, the most likely one first."""
    first = text.find("\n", start, end)
    if first < 0:
        return
    header = text[start + 1 : first].partition("#")[0].strip()
    lines = []
    at = first + 1
    while at < end:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        lines.append((at, stop))
        at = stop + 1
    indents = [len(line) - len(line.lstrip(" ")) for line in (text[s:e].rstrip("\r") for s, e in lines) if line.strip()]
    likely = indents[0] if indents else max((e - s for s, e in lines), default=0)
    for indent in (likely, *range(likely)):
        yield _block(text, lines, indent, header, folded=folded)


def _block(text: str, lines: list[tuple[int, int]], indent: int, header: str, *, folded: bool) -> _Built:
    built = _Built()
    last_break: int | None = None
    blank_breaks: list[int] = []
    was_indented = False
    for start, stop in lines:
        end = stop - 1 if text[start:stop].endswith("\r") else stop
        begin = start
        while begin < min(end, start + indent) and text[begin] == " ":
            begin += 1
        if begin == end:
            blank_breaks.append(stop)
            continue
        indented = text[begin] in " \t"
        if last_break is not None:
            if not folded or was_indented or indented:
                built.put("\n", last_break)
            elif not blank_breaks:
                built.put(" ", last_break)
        for i in blank_breaks:
            built.put("\n", i)
        built.copy(text, begin, end)
        last_break, blank_breaks, was_indented = stop, [], indented
    if "-" not in header:
        kept = [last_break] if last_break is not None else []
        for i in kept + (blank_breaks if "+" in header else []):
            if i < len(text):
                built.put("\n", i)
    return built
