"""The catalogue of everything that can be said to be wrong, by code."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter.problems.problem import Text


@dataclass(frozen=True, slots=True)
class Message:
    """What a problem says and, where there is a way, how to mend it; both with holes for the problem's fields."""

    says: Text
    mend: Text | None = None
