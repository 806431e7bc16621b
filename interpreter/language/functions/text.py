"""Text: compared and counted by code points."""

from __future__ import annotations

from interpreter.language.functions.row import Function
from interpreter.language.types import BOOLEAN, Number
from interpreter.language.units import ONE
from interpreter.problems import Text


def _starts(text: str, start: str) -> bool:
    return text.startswith(start)


def _ends(text: str, end: str) -> bool:
    return text.endswith(end)


def _contains(text: str, part: str) -> bool:
    return part in text


FUNCTIONS: tuple[Function, ...] = (
    Function("starts with", "starts with", ("text", "text"), BOOLEAN, _starts,
             Text("以某段文字开头", "begins with"), 'starts with("91330602", "91")'),
    Function("ends with", "ends with", ("text", "text"), BOOLEAN, _ends,
             Text("以某段文字结尾", "ends with"), 'ends with("91330602", "02")'),
    Function("contains", "contains", ("text", "text"), BOOLEAN, _contains,
             Text("含有某段文字", "contains"), 'contains("91330602", "33")'),
    Function("string length", "string length", ("text",), Number(0, ONE), len,
             Text("字数", "the number of characters"), 'string length("参保")'),
)
