"""Jobs on many cases: their letters in one folder, and who owes which duty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interpreter.jobs.cases import Given, Outcome, decide_all
from interpreter.jobs.ended import (
    CASE_INVALID,
    FINDINGS,
    OK,
    USAGE,
    Ended,
    View,
    page,
    rendered,
    say,
    templates_for,
    unknown,
)
from interpreter.problems import Text

if TYPE_CHECKING:
    from interpreter.decision.model import Decision
    from interpreter.letters.bulk import Bulk
    from interpreter.letters.plan import LetterKind
    from interpreter.rulebook.model import Rulebook

_DONE = Text(
    "{cases} 个案件，{letters} 份文书，{files} 个文件（本次新写 {written} 个），在 {folder}",
    "{cases} cases, {letters} letters, {files} files ({written} written now) in {folder}",
)
_LEFT_OVER = Text(
    "文件夹里另有 {count} 个文件不是这次的文书", "{count} files in the folder are no letters of this run",
)
_HELD = Text("没有生成文书的 {count} 项，见 index.csv", "{count} without a letter, listed in index.csv")


@dataclass(frozen=True, slots=True)
class Mailing:
    """What `policy letters` was asked: the cases, where to, in which formats, which kinds only."""

    given: Given
    out: Path
    formats: tuple[str, ...] = ("txt", "html")
    only: tuple[str, ...] = ()


def letters(mailing: Mailing, progress: Callable[[int, int], None], view: View) -> Ended:
    """Writes the letters of many cases; `progress` is told how many are done, of how many."""
    from interpreter.letters.bulk import write_all
    from interpreter.letters.plan import KINDS, TITLES, kinds_named

    kinds: list[LetterKind] = []
    for word in mailing.only:
        named = kinds_named(word)
        if not named:
            known = list(dict.fromkeys(name for kind in KINDS for name in (kind, TITLES[kind].to(view.language))))
            return Ended(USAGE, err=rendered([unknown("letters.kind", word, known)], view))
        kinds += named
    outcome = decide_all(mailing.given, view)
    if isinstance(outcome, Ended):
        return outcome
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        progress(done, len(outcome.decided))

    made = write_all(
        _pairs(outcome), mailing.out, templates_for(mailing.given.policy), formats=mailing.formats, only=kinds or None,
        progress=step,
    )
    code = CASE_INVALID if outcome.problems else FINDINGS if made.problems else OK
    return Ended(code, _summary(made, mailing.out, view), outcome.told(view, made.problems))


def _pairs(outcome: Outcome) -> Iterator[tuple[Decision, Rulebook]]:
    for one in outcome.decided:
        yield one.decision, one.asked.book


def _summary(made: Bulk, folder: Path, view: View) -> str:
    lines = say(
        _DONE, view, cases=made.cases, letters=made.letters, files=made.files, written=made.written, folder=folder
    )
    lines += say(_HELD, view, count=len(made.held)) if made.held else ""
    return lines + (say(_LEFT_OVER, view, count=len(made.left_over)) if made.left_over else "")


def duties(given: Given, view: View) -> Ended:
    """Which duties are met, unmet or pending, bearer by bearer; who reported nothing is named too."""
    from interpreter.decision.duties import owed
    from interpreter.decision.report.duties import render_owed

    outcome = decide_all(given, view)
    if isinstance(outcome, Ended):
        return outcome
    pages = []
    for book in {id(one.asked.book): one.asked.book for one in outcome.decided}.values():
        mine = [one.decision for one in outcome.decided if one.asked.book is book]
        pages.append(render_owed(owed(book, mine), view.language, width=view.width))
    code = CASE_INVALID if outcome.problems else OK
    return Ended(code, page(pages), outcome.told(view))


