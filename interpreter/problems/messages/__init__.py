"""The catalogue of everything that can be said to be wrong, by code.

Each floor writes its own part; they are put together only when there is something to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from interpreter.problems.problem import Text

FLOORS = (
    "yaml", "language", "rulebook", "tables", "cases", "sheets", "letters", "batch", "tests", "jobs", "showing",
)


@dataclass(frozen=True, slots=True)
class Message:
    """What a problem says and, where there is a way, how to mend it; both with holes for the problem's fields.

    Of several ways to mend, the first is shown whose holes can all be filled.
    """

    says: Text
    mend: Text | tuple[Text, ...] | None = None

    @property
    def mends(self) -> tuple[Text, ...]:
        if self.mend is None:
            return ()
        return self.mend if isinstance(self.mend, tuple) else (self.mend,)


@cache
def catalogue() -> dict[str, Message]:
    """All messages by code."""
    merged: dict[str, Message] = {}
    for floor in FLOORS:
        merged |= import_module(f"{__name__}.{floor}").MESSAGES
    return merged
