"""Strict JSON text: exact numbers, no duplicate keys, no NaN, limits; and where each value stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from decimal import Decimal

from interpreter.cases.document import Document, Path
from interpreter.cases.masking import unread, without_identities
from interpreter.problems import Problem, Source, Span, Text

MAX_CHARACTERS = 5_000_000
MAX_DEPTH = 64
MAX_DIGITS = 40

_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_BYTE_ORDER_MARK = "\ufeff"
_FULL_WIDTH = dict(zip("，：｛｝［］“”‘’＂", ",:{}[]\"\"\"\"\"", strict=True))
_REASONS = {
    "Expecting value": Text("这里应当是一个值", "a value is wanted here"),
    "Expecting property name enclosed in double quotes": Text(
        "这里应当是加双引号的名称（最后一项后面不加逗号）",
        "a name in double quotes is wanted here (no comma after the last)",
    ),
    "Expecting ':' delimiter": Text("名称后面缺冒号", "a colon is missing after the name"),
    "Expecting ',' delimiter": Text("这里缺逗号或右括号", "a comma or a closing bracket is missing here"),
    "Extra data": Text("案件到此已经结束，后面还有内容", "the case has ended here, and more text follows"),
    "Unterminated string starting at": Text("这里的引号没有配对", "this quote is never closed"),
    "Invalid control character at": Text("引号内有换行或制表符", "a line break or tab inside quotes"),
}
_BAD_ESCAPE = Text("反斜杠后面的字符不对", "a backslash is followed by a wrong character")


def decode(name: str, data: bytes, problems: list[Problem]) -> Source | None:
    """The text of a file's bytes: UTF-8, with or without a byte order mark; else a problem that names the encoding it
    looks like."""
    try:
        return Source(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        guess = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _other_encoding(data)
        fields = {"name": name, "line": data.count(b"\n", 0, error.start) + 1}
        problems.append(Problem("case.encoding", None, fields | ({"guess": guess} if guess else {})))
        return None


def _other_encoding(data: bytes) -> str | None:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GB18030"


def read_json(source: Source, problems: list[Problem], words: Container[str] = ()) -> object | None:
    """The value a JSON text writes, numbers as int or Decimal; None with problems where it is not strict JSON.

    Lines shown by the problems have nothing of the text but punctuation and `words`.
    """
    text = _without_mark(source.text)
    if len(text) > MAX_CHARACTERS:
        # so long a text is not shown
        problems.append(Problem("case.size", Span(Source(source.name, ""), 0, 0), {"limit": MAX_CHARACTERS}))
        return None
    found = list(_depth(text))
    data = None
    if not found:
        strict = _Strict()
        try:
            data = strict.decoder.decode(text)
        except json.JSONDecodeError as error:
            found.append(_syntax(text, error))
        else:
            found += _refused(text) if strict.refused else []
    shown = unread(source, words) if found else source
    problems += [Problem(code, Span(shown, start, end), fields) for code, start, end, fields in found]
    return None if found else data


def _without_mark(text: str) -> str:
    """The text with a blank for a byte order mark, everything else where it was."""
    return " " + text[1:] if text.startswith(_BYTE_ORDER_MARK) else text


_Fault = tuple[str, int, int, dict[str, object]]
"""A problem before it has its source: code, start, end, fields."""


class _Strict:
    """The standard decoder, told to note what JSON tolerates and a case may not have."""

    def __init__(self) -> None:
        self.refused = False
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_float=self._number, parse_int=self._integer,
            parse_constant=self._refuse,
        )

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        self.refused |= len(found) != len(pairs)
        return found

    def _number(self, text: str) -> Decimal | None:
        self.refused |= not _is_short(text)
        return None if self.refused else Decimal(text)

    def _integer(self, text: str) -> int | None:
        self.refused |= not _is_short(text)
        return None if self.refused else int(text)

    def _refuse(self, _text: str) -> None:
        self.refused = True


def _is_short(number: str) -> bool:
    """Whether a number has so few digits, written out, that nothing needs to be rounded or refused later."""
    mantissa, _, exponent = number.lower().partition("e")
    return len(mantissa) <= MAX_DIGITS and len(exponent) <= 3 and abs(int(exponent or "0")) <= MAX_DIGITS


def _depth(text: str) -> Iterator[_Fault]:
    depth = 0
    for token in _BRACKET.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                yield "case.depth", token.start(), token.end(), {"limit": MAX_DEPTH}
                return
        elif token[0] in "]}":
            depth -= 1


def _syntax(text: str, error: json.JSONDecodeError) -> _Fault:
    at = min(error.pos, len(text))
    if at < len(text) and text[at] in _FULL_WIDTH:
        return "case.json-width", at, at + 1, {"found": text[at], "guess": _FULL_WIDTH[text[at]]}
    return "case.json", at, min(at + 1, len(text)), {"reason": _REASONS.get(error.msg, _BAD_ESCAPE)}


def _refused(text: str) -> Iterator[_Fault]:
    seen: dict[Path, int] = {}
    for value in places(text):
        if value.key is not None:
            first = seen.setdefault(value.path, value.key[0])
            if first != value.key[0]:
                line = text.count("\n", 0, first) + 1
                yield "case.duplicate", *value.key, {"key": without_identities(str(value.path[-1])), "line": line}
        written = text[value.start : value.end]
        if written in ("NaN", "Infinity", "-Infinity"):
            yield "case.constant", value.start, value.end, {"found": written}
        elif written[0] in "-0123456789" and not _is_short(written):
            yield "case.digits", value.start, value.end, {"limit": MAX_DIGITS}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value of a JSON text stands, and its key where it has one."""

    path: Path
    start: int
    end: int
    key: tuple[int, int] | None


def places(text: str) -> Iterator[Place]:
    """The place of every value of a well-formed JSON text, parts before wholes."""
    path: list[str | int] = []
    open_brackets: list[tuple[int, bool, tuple[int, int] | None]] = []
    key: tuple[int, int] | None = None
    key_wanted = False
    for token in _TOKEN.finditer(_without_mark(text)):
        mark, span = token[0], token.span()
        in_object = bool(open_brackets) and open_brackets[-1][1]
        if mark in ("{", "["):
            open_brackets.append((span[0], mark == "{", key if in_object else None))
            path.append("" if mark == "{" else 0)
            key_wanted = mark == "{"
        elif mark in ("}", "]"):
            path.pop()
            start, _, of = open_brackets.pop()
            yield Place(tuple(path), start, span[1], of)
        elif mark == ",":
            last = path[-1]
            if isinstance(last, int):
                path[-1] = last + 1
            key_wanted = in_object
        elif key_wanted:
            path[-1], key, key_wanted = json.loads(mark), span, False
        elif mark != ":":
            yield Place(tuple(path), *span, key if in_object else None)


def locate(text: str, path: Path, *, key: bool = False) -> tuple[int, int] | None:
    """Start and end of the value at `path` (or of its key) in a well-formed JSON text; None where there is none."""
    for place in places(text):
        if place.path == path:
            return place.key if key else (place.start, place.end)
    return None


def json_document(source: Source, problems: list[Problem], words: Container[str] = ()) -> Document | None:
    """The data of a JSON source with its places, which are found when first asked for; None as `read_json`."""
    before = len(problems)
    data = read_json(source, problems, words)
    if len(problems) > before:
        return None
    known: dict[Path, Place] = {}

    def place(path: Path) -> Place | None:
        if not known:
            known.update((p.path, p) for p in places(source.text))
        return known.get(path)

    def where(path: Path) -> Span | None:
        found = place(path)
        return Span(source, found.start, found.end) if found else None

    def where_key(path: Path) -> Span | None:
        found = place(path)
        return Span(source, *found.key) if found and found.key else where(path)

    return Document(data, source, where, where_key)
