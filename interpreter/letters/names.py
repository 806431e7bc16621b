"""What the files and folders of letters are called: by case number, measure and authority, never by a person."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from interpreter.decision.model import Decision
from interpreter.letters.plan import LetterPlan

UNKNOWN_AUTHORITY = "机关未定"
_LONGEST_PART = 80
"""In bytes: two of them, with a digest each, stay below the 255 of a file name."""
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


def file_name(plan: LetterPlan, decision: Decision) -> str:
    """The name of a letter's file without its ending: case number, measure and kind, and nothing about a person.

    Whatever a file system might take amiss becomes `_`; a digest of what it was tells a changed name from others.
    """
    private = {str(named.value) for named in decision.who}
    case = _digest(plan.case) if any(word and word in plan.case for word in private) else _part(plan.case)
    return f"{case}-{_part(plan.measure.measure)}-{plan.kind}"


def folder_name(authority: Iterable[str]) -> str:
    """The name of the folder with an authority's letters, by the first of its names."""
    return next((_part(name) for name in authority), UNKNOWN_AUTHORITY)


def _part(name: str) -> str:
    kept = re.sub(r"[^\w-]", "_", unicodedata.normalize("NFC", name)).lstrip("-")
    kept = kept.encode("utf-8")[:_LONGEST_PART].decode("utf-8", "ignore")
    if kept == name and name and not _RESERVED.fullmatch(name):
        return name
    return f"{kept}_{_digest(name)}" if kept else _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
