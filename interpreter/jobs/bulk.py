"""Jobs on many cases: their letters in one folder, and who owes which duty."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
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
from interpreter.problems import Language, Text

if TYPE_CHECKING:
    from interpreter.decision.model import Decision
    from interpreter.letters.mailing.run import Bulk
    from interpreter.letters.plan import LetterKind
    from interpreter.rulebook.model import Rulebook

_DONE = Text(
    "{cases} 个案件，{letters} 份文书，{files} 个文件（本次新写 {written} 个），在 {folder}",
    "{cases} cases, {letters} letters, {files} files ({written} written now) in {folder}",
)
_SAME = Text(
    "{same} 份与 {since} 中的相同，没有再写；{gone} 份那里有、这次没有",
    "{same} are the same in {since} and were not written; {gone} are there and not in this run",
)
_LEFT_OVER = Text(
    "文件夹里另有 {count} 个文件不是这次的文书", "{count} files in the folder are no letters of this run",
)
_HELD = Text("没有写出的 {count} 份，见 index.csv：", "{count} held back, listed in index.csv:")
_HELD_ONE = Text("  {case}  {title}  {kind}：{note}", "  {case}  {title}  {kind}: {note}")
_SHOWN = 10
DECIDING = Text("决定", "deciding")
_LETTERS = Text("文书", "letters")
_PRINTS = Text("合订本", "print files")
_NO_LETTER = Text("没有可以预览的文书：{title}，{why}", "no letter to show: {title}, {why}")
CHANGED = ("changed", "有变化")
"""The words for those letters alone that an earlier run has not just so."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """What `policy letters` was asked: the cases, where to, in which formats, which kinds only, about one measure only,
    which earlier run's letters not again, by how many processes. `open` shows a file to whoever asked for the letters;
    it is given the best one to look at. `numbers` is the register they are numbered by, `reprint` says that they
    were sent out before. `language` is that of the lists."""

    given: Given
    out: Path
    formats: tuple[str, ...] = ("txt", "html")
    only: tuple[str, ...] = ()
    measure: str | None = None
    since: Path | None = None
    workers: int | None = None
    open: Callable[[Path], str] | None = None
    numbers: Path | None = None
    reprint: bool = False
    language: Language = "zh"


Progress = Callable[[Text, int, int], None]
"""Told what is being done, how many are done, of how many."""


def letters(mailing: Mailing, progress: Progress, view: View) -> Ended:
    """Writes the letters of many cases."""
    kinds = _kinds(mailing, view)
    if isinstance(kinds, Ended):
        return kinds
    named = () if mailing.measure is None else (mailing.measure,)
    given = replace(mailing.given, measures=named)
    outcome = decide_all(given, view, workers=mailing.workers, progress=partial(progress, DECIDING))
    if isinstance(outcome, Ended):
        return outcome
    made = mail(outcome, replace(mailing, language=view.language), kinds, progress)
    code = CASE_INVALID if outcome.problems else FINDINGS if made.problems else OK
    shown = "" if mailing.open is None else _preview(outcome, mailing, made, view)
    return Ended(code, page([summary(made, mailing, view), shown]), outcome.told(view, made.problems))


def mail(
    outcome: Outcome, mailing: Mailing, kinds: Collection[LetterKind] | None,
    progress: Progress = lambda _what, _done, _of: None,
) -> Bulk:
    """Writes the letters of decided cases, as `mailing` wants them; for other jobs that have decided cases."""
    from interpreter.letters.mailing.run import Order, write_all

    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        progress(_LETTERS, done, len(outcome.decided))

    order = Order(
        mailing.out, templates_for(mailing.given.policy), mailing.formats, kinds, since=mailing.since,
        workers=mailing.workers, numbers=mailing.numbers, reprint=mailing.reprint, language=mailing.language,
    )
    return write_all(_pairs(outcome, mailing.measure), order, step, partial(progress, _PRINTS))


def _kinds(mailing: Mailing, view: View) -> list[LetterKind] | Ended | None:
    """The kinds of letters wanted; None for all that are written without being named."""
    from interpreter.letters.plan import KINDS, TITLES, kinds_named

    kinds: list[LetterKind] = []
    for word in mailing.only:
        if word in CHANGED:
            continue
        named = kinds_named(word)
        if not named:
            known = list(dict.fromkeys(name for kind in KINDS for name in (kind, TITLES[kind].to(view.language))))
            return Ended(USAGE, err=rendered([unknown("letters.kind", word, known)], view))
        kinds += named
    return kinds or None


def _pairs(outcome: Outcome, measure: str | None) -> Iterator[tuple[Decision, Rulebook]]:
    for asked, decision in outcome.decisions():
        if measure is not None:
            kept = tuple(made for made in decision.measures if made.measure == asked.measures[measure])
            decision = replace(decision, measures=kept)
        yield decision, asked.book


def summary(made: Bulk, mailing: Mailing, view: View) -> str:
    """What became of the letters, in a few lines."""
    from interpreter.letters.plan import TITLES

    lines = say(
        _DONE, view, cases=made.cases, letters=made.letters, files=made.files, written=made.written, folder=mailing.out
    )
    if mailing.since is not None:
        lines += say(_SAME, view, same=made.same, since=mailing.since, gone=len(made.gone))
    lines += say(_HELD, view, count=len(made.held)) if made.held else ""
    for row in made.held[:_SHOWN]:
        kind = "" if row.kind is None else TITLES[row.kind].to(view.language)
        note = "" if row.note is None else row.note.to(view.language)
        lines += say(_HELD_ONE, view, case=row.case, title=row.title, kind=kind, note=note)
    return lines + (say(_LEFT_OVER, view, count=len(made.left_over)) if made.left_over else "")


def _preview(outcome: Outcome, mailing: Mailing, made: Bulk, view: View) -> str:
    """Shows the first letter, in the best of its formats to look at; or says why there is none."""
    from interpreter.letters.plan import without_letter

    assert mailing.open is not None
    if made.first:
        best = next(file for ending in ("pdf", "html", "docx", "txt") if (file := made.first.get(ending)))
        return mailing.open(mailing.out / best)
    whys = (no for decision, _ in _pairs(outcome, mailing.measure) for no in without_letter(decision))
    return "".join(say(_NO_LETTER, view, title=no.measure.title, why=no.why.to(view.language)) for no in whys)


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


