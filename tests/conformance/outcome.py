"""How a case of the suite went: passed, rejected, raised, failed, or missed for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["positive", "negative", "table", "outside", "line"]
"""A positive has a value (or null) to give; a negative is an error by the suite; a table is a case of a table. What its
scope says is outside the profile is left out; a line that holds no case is a failure of its own."""

Verdict = Literal["passed", "failed", "rejected", "raised", "accepted", "missed", "left out"]
"""Of a positive or table: passed, failed or missed. Of a negative: rejected by the checker with a position, raised at
run time, or (wrongly) accepted. Missed is a failure that is known, with its reason in the note."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went. `note` says what was found instead, or why it is missed. Tables have no profile."""

    suite: str
    case: str
    kind: Kind
    profile: str
    verdict: Verdict
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.verdict not in ("failed", "accepted")
