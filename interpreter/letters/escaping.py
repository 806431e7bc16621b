"""Values made harmless: what may stand in a letter, and how it is written so that Markdown takes it as plain text."""

from __future__ import annotations

import re
import unicodedata

from jinja2 import Undefined
from jinja2.exceptions import SecurityError

_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]")
_ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")


def clean(text: str) -> str:
    """The text as it may stand in a letter: one line, without control, bidirectional and half characters, and without
    blanks at its ends. Everything else is kept as it is, rare characters too."""
    kept = (c for c in _BREAKS.sub(" ", text) if ord(c) not in _BIDI and unicodedata.category(c) not in ("Cc", "Cs"))
    return re.sub(r"  +", " ", "".join(kept)).strip()


def escape(value: object) -> str:
    """A value as Markdown source that reads back as exactly `clean(value)`.

    Every ASCII punctuation mark becomes a character reference: unlike a backslash this also holds inside a table's
    cell and before whatever the template writes next. Only text and whole numbers may stand in a letter; SecurityError
    for anything else, UndefinedError for an undefined name.
    """
    match value:
        case str():
            return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", clean(value))
        case int() if not isinstance(value, bool):
            return str(value)
        case Undefined():
            return str(value)
        case _:
            raise SecurityError(f"{type(value).__name__} is no text")
