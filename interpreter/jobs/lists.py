"""The job that lists what was decided: for publication, for payment, for the office's ledger, and in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from interpreter.jobs.cases import Given, decide_all
from interpreter.jobs.ended import CASE_INVALID, FINDINGS, OK, Ended, View, say
from interpreter.problems import Problem, Text

_DONE = Text("{cases} 个案件，写出 {files} 个文件，在 {folder}", "{cases} cases, {files} files in {folder}")
_PAID = Text(
    "拟拨付 {letters} 份文书，合计 {amount}，见 {folder}/totals.json",
    "to be paid: {letters} letters, {amount} together, see {folder}/totals.json",
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What `policy lists` was asked: of which cases, where to, which lists (none: all), in which formats."""

    given: Given
    out: Path
    kinds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("xlsx", "html")
    day: date | None = None


def lists(listing: Listing, view: View) -> Ended:
    """Writes the lists of many cases; those of several notices each in a folder of its own."""
    from interpreter.language.show import show
    from interpreter.letters.lists.grants import Decided
    from interpreter.letters.lists.payment import whole
    from interpreter.letters.lists.write import KINDS, write_lists

    outcome = decide_all(listing.given, view)
    if isinstance(outcome, Ended):
        return outcome
    kinds = [kind for kind in KINDS if not listing.kinds or kind in listing.kinds]
    books = {id(one.asked.book): one.asked.book for one in outcome.decided}
    problems: list[Problem] = []
    told = ""
    for book in books.values():
        folder = listing.out if len(books) == 1 else listing.out / book.policy
        mine = [
            Decided(one.decision, one.case.facts, book) for one in outcome.decided if one.asked.book is book
        ]
        made = write_lists(mine, folder, kinds=kinds, formats=listing.formats, day=listing.day)
        total = whole(made.totals.values())
        problems += made.problems
        told += say(_DONE, view, cases=len(mine), files=len(made.files), folder=folder)
        told += say(
            _PAID, view, letters=total.letters, amount=show(total.amount, book.money_type, view.language), folder=folder
        )
    code = CASE_INVALID if outcome.problems else FINDINGS if problems else OK
    return Ended(code, told, outcome.told(view, problems))
