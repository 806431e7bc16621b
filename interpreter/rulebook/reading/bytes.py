"""From the bytes of a file to its text: UTF-8, with or without a byte order mark, and nothing invisible in it."""

from __future__ import annotations

import re

from interpreter.problems import Problem, Source, Span, Text

_BROKEN_CHARACTER = "\ufffd"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)")
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]|(?<!^)\ufeff")
_UNICODE_BOM = (b"\xff\xfe", b"\xfe\xff")


def decode(name: str, content: bytes, problems: list[Problem]) -> Source | None:
    """The text of a file called `name`; None, with a located problem, where it is not UTF-8."""
    try:
        return Source(name, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # what stands before the first wrong byte is good, so it can show the place; the wrong byte itself cannot
        end = content.find(b"\n", error.start)
        line = content[: end if end >= 0 else len(content)].decode("utf-8", errors="replace")
        source = Source(name, line.removeprefix("\ufeff"))
        at = source.text.find(_BROKEN_CHARACTER)
        fields = {"looks": _looks_like(content)}
        problems.append(Problem("yaml.encoding", Span(source, at, at + 1), fields))
        return None


def _looks_like(content: bytes) -> Text:
    if content.startswith(_UNICODE_BOM):
        return Text("看起来是 UTF-16（“Unicode”）编码", "it looks like UTF-16 (\"Unicode\")")
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return Text("也不是 GBK 编码，文件可能已损坏", "nor is it GBK; the file may be damaged")
    return Text("看起来是 GBK（“ANSI”）编码", "it looks like GBK (\"ANSI\")")


def unwanted(source: Source) -> Problem | None:
    """The first character of a text that nobody can see or that no text has."""
    for code, pattern in (("yaml.control", _CONTROL), ("yaml.invisible", _INVISIBLE)):
        if found := pattern.search(source.text):
            number = f"U+{ord(found[0]):04X}"
            return Problem(code, Span(source, found.start(), found.end()), {"char": number})
    return None
