"""Letters of a run with their document numbers, which one register gives to all runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from interpreter.letters.mailing.letter import Piece
from interpreter.letters.numbering import NumberRegister, wanted
from interpreter.problems import Text
from interpreter.rulebook.papers import NUMBER

NEVER_SENT = Text("没有编过号，不能补发", "held back: it has no number, so it cannot be a reprint")


@dataclass(frozen=True, slots=True)
class Numbering:
    """Gives letters their numbers, or, where they are printed again (`reprint`), those they have. `day` is the date of
    the letters, by default the day as of which was decided."""

    register: NumberRegister
    day: date | None = None
    reprint: bool = False

    def of(self, pieces: Sequence[Piece]) -> list[Piece | Text]:
        """The letters with their numbers, in order; why one is held back. What goes to nobody, and what the policy
        does not number, has none. OSError where the register cannot be used; then no number was given."""
        asked = [wanted(p.decision, p.plan, p.rulebook, self.day) if is_numbered(p) else None for p in pieces]
        known = [one for one in asked if one is not None]
        given = iter(self.register.reprints(known) if self.reprint else self.register.numbers(known))
        found: list[Piece | Text] = []
        for piece, one in zip(pieces, asked, strict=True):
            issued = None if one is None else next(given)
            held = self.reprint and one is not None and issued is None
            found.append(NEVER_SENT if held else replace(piece, issued=issued))
        return found


def is_numbered(piece: Piece) -> bool:
    """Whether the policy, or the authority, numbers such letters."""
    book = piece.rulebook
    papers = (book.paper, *(paper for _, paper in book.papers))
    return piece.plan.kind != "review" and any(paper is not None and NUMBER in paper.texts for paper in papers)
