"""Cases read and decided for any job: each by the notice it is of, those with errors told of, the others decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from interpreter.jobs.ended import (
    CASE_INVALID,
    USAGE,
    Ended,
    View,
    invalid_policy,
    no_notice,
    open_rulebook,
    page,
    rendered,
    say,
    unknown,
)
from interpreter.problems import Problem, Text
from interpreter.rulebook.folder import notices

if TYPE_CHECKING:
    from interpreter.cases.facts import Case
    from interpreter.decision.ledger import Earlier
    from interpreter.decision.model import Decision
    from interpreter.jobs.deciding import Kept
    from interpreter.problems import Source
    from interpreter.rulebook.model import Rulebook

MANY = 64
"""Cases from which on it is worth while to share the work."""

_DECISION = re.compile(r'\s*\{"as_of":[^,]*,"case":"(?:[^"\\]|\\.)*","digests":\{')
"""How the canonical JSON of a decision begins."""

NONE_DECIDED = Text("没有作出任何决定。", "Nothing was decided.")
SOME_DECIDED = Text(
    "{all} 个案件中有 {left} 个有错，没有作出决定。", "{left} of {all} cases had errors and were not decided.",
)


@dataclass(frozen=True, slots=True)
class Given:
    """Which cases, by which rules, with which changes. `stdin` are the bytes of standard input where a file is `-`;
    `measures` are ids or titles that the job means."""

    files: tuple[str, ...]
    policy: Path
    as_of: date | None = None
    sets: tuple[tuple[str, str], ...] = ()
    history: Path | None = None
    measures: tuple[str, ...] = ()
    stdin: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A rulebook and what the question means in it: the measures by their ids, the earlier decisions given."""

    book: Rulebook
    measures: dict[str, str]
    earlier: Earlier | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A case with its decision."""

    asked: Asked
    case: Case
    decision: Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decisions of `count` cases, and the problems of those that have none."""

    decided: list[Decided] | Kept
    count: int
    problems: list[Problem]

    def decisions(self) -> Iterator[tuple[Asked, Decision]]:
        """The decisions alone."""
        if isinstance(self.decided, list):
            return ((one.asked, one.decision) for one in self.decided)
        return self.decided.decisions()

    def told(self, view: View, more: Sequence[Problem] = ()) -> str:
        """What went wrong, with how many cases it concerns."""
        tail = ""
        if self.problems:
            left = {"all": self.count, "left": self.count - len(self.decided)}
            tail = say(SOME_DECIDED, view, **left) if self.decided else say(NONE_DECIDED, view)
        return page([rendered([*self.problems, *more], view), tail])


def decide_all(
    given: Given, view: View, *, workers: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Outcome | Ended:
    """Decides the cases; an end instead where the question itself, a policy or the history is wrong. Many are shared
    among `workers` (None: as many as there are processors) and kept in a file; `progress` is told how many are done, of
    how many."""
    from interpreter.cases.files import case_sources

    folders = notices(given.policy)
    if not folders:
        return no_notice(given.policy, view)
    problems: list[Problem] = []
    unnamed: list[Problem] = []
    faulty: list[Problem] = []
    sources = [_case_of(source, problems) for source in case_sources(given.files, given.stdin, problems)]
    placed = [(folder, source) for source in sources if source and (folder := _folder_of(source, folders, problems))]
    asked: dict[Path, Asked] = {}
    for folder in dict.fromkeys(folder for folder, _ in placed):
        wrong: list[Problem] = []
        book = open_rulebook(folder, wrong)
        if book is None:
            return invalid_policy(wrong, view)
        asked[folder] = _asked(given, book, unnamed, faulty)
    if unnamed:
        return Ended(USAGE, err=rendered(unnamed, view))
    if faulty:
        # without the history that was given, a decision would be another one
        return Ended(CASE_INVALID, err=page([rendered(faulty, view), say(NONE_DECIDED, view)]))
    mine = [(asked[folder], source) for folder, source in placed]
    if len(mine) < MANY:
        cases = [(of, case) for of, source in mine if (case := _case(given, of, source, problems)) is not None]
        return Outcome(_decided(cases), len(sources), problems)
    from interpreter.jobs.deciding import Deciding

    order = list(asked)
    deciding = Deciding(
        [source for _, source in mine], [order.index(folder) for folder, _ in placed], list(asked.values()),
        partial(_case, given), workers, progress,
    )
    return Outcome(deciding.decided(problems), len(sources), problems)


def _case_of(source: Source | None, problems: list[Problem]) -> Source | None:
    """The source; none with a problem where it is a decision. A decision does not name whom and what it is about well
    enough for anything but other programs, and to decide the case again gives the same one."""
    if source is not None and _DECISION.match(source.text):
        problems.append(Problem("case.decision", fields={"file": source.name}))
        return None
    return source


def _folder_of(source: Source, folders: list[Path], problems: list[Problem]) -> Path | None:
    """The notice a case is of: the only one there is, or the one the case names."""
    from interpreter.cases.facts import named_policy

    if len(folders) == 1:
        return folders[0]
    found: list[Problem] = []
    wanted = named_policy(source, found)
    for folder in folders:
        if folder.name == wanted:
            return folder
    names = [folder.name for folder in folders]
    if not found:
        code = "policy.unnamed" if wanted is None else "policy.unknown"
        found.append(unknown(code, wanted or "", names, file=source.name))
    problems += found
    return None


def _asked(given: Given, book: Rulebook, unnamed: list[Problem], faulty: list[Problem]) -> Asked:
    from interpreter.cases.facts import read_history
    from interpreter.cases.files import read_file
    from interpreter.decision.ledger import Earlier

    measures = {wanted: _measure_named(wanted, book, unnamed) for wanted in given.measures}
    source = None if given.history is None else read_file(given.history, faulty)
    return Asked(book, measures, None if source is None else Earlier(read_history(source, book, faulty)))


def _measure_named(wanted: str, book: Rulebook, unnamed: list[Problem]) -> str:
    """The id of a measure or duty by its id or title; a problem where there is none."""
    titles = {measure.name: measure.title for measure in book.measures.values()}
    titles |= {duty.name: duty.title for duty in book.duties.values()}
    for name, title in titles.items():
        if wanted in (name, title):
            return name
    unnamed.append(unknown("measure.unknown", wanted, list(titles), [*titles, *titles.values()]))
    return wanted


def _case(given: Given, asked: Asked, source: Source, problems: list[Problem]) -> Case | None:
    """The case, where it can be decided; else its problems."""
    from interpreter.cases.facts import read_case
    from interpreter.decision.decide import case_problems, concerns_somebody

    case = read_case(source, asked.book, problems, sets=given.sets, as_of=given.as_of)
    if case is None:
        return None
    if not concerns_somebody(asked.book, case):
        known = [one.fact for one in (*asked.book.claimants.values(), *asked.book.bearers.values())]
        names = ", ".join(dict.fromkeys(known))
        problems.append(Problem("case.nobody", fields={"file": source.name, "known": names}))
        return None
    differing = case_problems(asked.book, case, asked.earlier)
    problems += differing
    return None if differing else case


def _decided(cases: Sequence[tuple[Asked, Case]]) -> list[Decided]:
    """All cases decided, those of one rulebook as one batch, in the order they came."""
    from interpreter.decision.decide import decide_batch

    made: dict[int, Decided] = {}
    for asked in {id(asked): asked for asked, _ in cases}.values():
        mine = [(place, case) for place, (of, case) in enumerate(cases) if of is asked]
        decisions = decide_batch(asked.book, [case for _, case in mine], asked.earlier)
        for (place, case), decision in zip(mine, decisions, strict=True):
            made[place] = Decided(asked, case, decision)
    return [made[place] for place in sorted(made)]
