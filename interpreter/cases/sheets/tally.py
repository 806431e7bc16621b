"""Reading watched: how many cases there are, and what each column gave, for a preview and for the closing sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from interpreter.cases.sheets.model import Note, OfficeCase, OfficeRead
from interpreter.cases.sheets.place import Place


@dataclass(slots=True)
class Tally:
    """What the reading of files came to. `cells` counts repairs by the place of their column (cell without its row);
    refusals are counted from the reading's rejects."""

    cases: int = 0
    good: int = 0
    notes: int = 0
    repaired: Counter[Place] = field(default_factory=Counter)

    def watch(self, read: OfficeRead, keep: list[Note] | None = None) -> Iterator[OfficeCase]:
        """The cases of a reading, counted as they pass; their notes are put into `keep`."""
        for one in read.cases():
            self.cases += 1
            self.good += one.case is not None
            self.notes += len(one.notes)
            for note in one.notes:
                self.repaired[column_place(note.place)] += 1
            if keep is not None:
                keep += one.notes
            yield one


def column_place(place: Place) -> Place:
    """The column of a cell's place."""
    return Place(place.file, place.sheet, place.cell.rstrip("0123456789"))
