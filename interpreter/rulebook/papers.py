"""What is laid down for papers: how they look, and what they always say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from interpreter.rulebook.model import Say, Variable

Form = Literal["full", "letter", "plain"]
Head = Literal["printed", "blank"]
NUMBER = "number"
TEXTS = ("letterhead", "signer", NUMBER, "contact", "publicity")
RUNNING, YEAR, AUTHORITY = "n", "year", "authority"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text for people with the first day on which it is printed; None: always. Of several, the last begun holds."""

    since: date | None
    say: Say


@dataclass(frozen=True, slots=True)
class Stationery:
    """What a policy or one of its authorities lays down for papers; what it says nothing of is empty.

    `texts` are those of `TEXTS`; `says` by kind of letter what it tells besides; `variables` what holes may name: the
    authority, the year of the paper, and in a number the running number `n`. `unnamed` are the measures whose
    claimants are published without their names.
    """

    form: Form | None = None
    head: Head | None = None
    texts: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    says: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    unnamed: frozenset[str] = frozenset()

    def under(self, own: Stationery) -> Stationery:
        """This one with what an authority lays down for itself."""
        return Stationery(
            own.form or self.form, own.head or self.head, self.texts | own.texts, self.says | own.says,
            self.variables, self.unnamed | own.unnamed,
        )
