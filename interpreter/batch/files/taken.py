"""What taking in the files of a batch gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from interpreter.cases.facts import Case
from interpreter.cases.sheets.model import Count, Note, Reject
from interpreter.decision.decide import case_problems, concerns_somebody
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook


@dataclass(slots=True)
class Intake:
    """The cases that were taken in.

    `relation` is a query of them in the columns of `relations_of`, `in_order` whether its rows come in the order of
    their positions, `cases` how many there are. `rejects` say what is no case and why, `notes` what was put right,
    `counts` what became of the rows of every sheet or file; `ignored` are columns that are no facts; `kept` are the
    cases themselves, where they were asked for.

    Where there is `doubted`, the rows were not looked at one by one. It is a query of the same that gives no number to
    a case that is not plainly right: if all have one, all is as it says here, else `prove` looks, and puts it right.
    """

    relation: str
    in_order: bool
    cases: int = 0
    rejects: list[Reject] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    kept: list[Case] = field(default_factory=list)
    doubted: str | None = None
    looks: Callable[[Intake], None] | None = None

    def prove(self) -> None:
        """Looks at every row, where that was not done. duckdb.Error where the file cannot be read."""
        if self.looks is not None and self.doubted is not None:
            self.doubted = None
            self.looks(self)


def unfit(case: Case | None, rulebook: Rulebook, file: str) -> list[Problem]:
    """Why a case that was read cannot be decided; nothing for one that can, and for one that could not be read."""
    if case is None:
        return []
    if not concerns_somebody(rulebook, case):
        known = [one.fact for one in (*rulebook.claimants.values(), *rulebook.bearers.values())]
        return [Problem("case.nobody", fields={"file": file, "known": ", ".join(dict.fromkeys(known))})]
    return case_problems(rulebook, case)
