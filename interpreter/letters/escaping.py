"""Values made harmless: what may stand in a letter, and how it is kept out of the Markdown around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Undefined
from jinja2.exceptions import SecurityError

_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff]"
)
_BLANKS = re.compile(" {2,}")
_SLOT = re.compile("\ufdd0([0-9]+)\ufdd1")
_MARKS = {0xFDD0: None, 0xFDD1: None}


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in Markdown. Its values are not in the source: each stands there as the mark of its place in `values`,
    so that no value is ever read as markup, and letters of one shape have one source."""

    source: str
    values: Sequence[str] = ()


def clean(text: str) -> str:
    """The text as it may stand in a letter: one line, without control, bidirectional and half characters, and without
    blanks at its ends. Everything else is kept as it is, rare characters too."""
    if not text.isprintable():
        text = _UNWANTED.sub("", _BREAKS.sub(" ", text))
    return (_BLANKS.sub(" ", text) if "  " in text else text).strip()


def without_marks(source: str) -> str:
    """A template's text without the two characters (Unicode keeps them out of texts) that mark places of values."""
    return source.translate(_MARKS)


def mark(value: object, values: list[str]) -> str:
    """Puts a cleaned value into `values` and gives the mark of its place, nothing for an empty one.

    Only text and whole numbers may stand in a letter; SecurityError for anything else, UndefinedError for an undefined
    name.
    """
    match value:
        case str():
            text = clean(value)
        case int() if not isinstance(value, bool):
            text = str(value)
        case Undefined():
            return str(value)
        case _:
            raise SecurityError(f"{type(value).__name__} is no text")
    if not text:
        return ""
    values.append(text)
    return f"\ufdd0{len(values) - 1}\ufdd1"


def fill(text: str, values: Sequence[str]) -> str:
    """The text with the values in their places."""
    return _SLOT.sub(lambda found: values[int(found[1])], text)
