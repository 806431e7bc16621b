"""The letters of many cases in one folder: one after the other, with lists of them, and started again at will."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from interpreter.decision.model import Decision
from interpreter.letters.authorities import names_of_authority
from interpreter.letters.compose import Composer
from interpreter.letters.layouts import LAYOUTS
from interpreter.letters.listing import Lists, Row, Total, Totals
from interpreter.letters.names import file_name, folder_name
from interpreter.letters.plan import LetterKind, LetterPlan, letters_for, without_letter
from interpreter.letters.write import UNFINISHED, not_written, write_file
from interpreter.problems import Language, Problem, Text
from interpreter.rulebook.model import Rulebook

TEMPLATE_AT_FAULT = Text("模板有错，没有写出", "held back: its template is at fault")
SAME_NAME = Text("案件编号重复，已有同名文书，没有写出", "held back: a letter of the same case number is there already")
NOT_STORED = Text("文件没有写成", "held back: the file could not be written")


@dataclass(slots=True)
class Bulk:
    """What became of many cases' letters.

    `totals` are over the letters that are there now, `held_totals` over those held back; together they are what the
    decisions came to. Of `files`, `written` were missing or different. `left_over` are letters in the folder that are
    none of this run's. `problems` tell each thing that went wrong once.
    """

    cases: int = 0
    letters: int = 0
    files: int = 0
    written: int = 0
    totals: Totals = field(default_factory=dict)
    held_totals: Totals = field(default_factory=dict)
    held: list[Row] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def write_all(
    decisions: Iterable[tuple[Decision, Rulebook]], out_dir: Path, templates_dir: Path, *,
    formats: Collection[str] = ("txt", "html"), only: Collection[LetterKind] | None = None,
    progress: Callable[[int], None] = lambda _cases: None, language: Language = "zh", day: date | None = None,
) -> Bulk:
    """Writes the letters of all decisions (those of the kinds `only`; None: all but acceptances) below `out_dir`, in a
    folder for each authority, with `index.csv`, `index.json` and, at the end, `manifest.json`.

    A file that is there already with the same content is left alone, so a run that was cut short is finished by
    starting it again, and ends with the same bytes as one that was not. A letter that cannot be written is listed with
    the reason and keeps no other from being written; so is, where `only` is None, a claimed measure that gets none.
    Of a case nothing is kept but a digest for each letter and what is held back. `progress` is told how many cases were
    finished since it was last called. `day` as in `write_letters`.
    """
    bulk = Bulk()
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        for left in out_dir.glob(f"{UNFINISHED}*"):
            left.unlink()
        lists = Lists(out_dir, language)
    except OSError as error:
        bulk.problems.append(not_written(out_dir, error))
        return bulk
    with closing(lists):
        run = _Run(bulk, lists, out_dir, templates_dir, formats, only, language, day)
        for decision, rulebook in decisions:
            if not run.listed(partial(run.case, decision, rulebook)):
                return bulk
            progress(1)
        run.listed(run.finish)
    return bulk


@dataclass(slots=True)
class _Run:
    """One run of `write_all`."""

    bulk: Bulk
    lists: Lists
    out_dir: Path
    templates: Path
    formats: Collection[str]
    only: Collection[LetterKind] | None
    language: Language
    day: date | None
    composers: dict[int, Composer] = field(default_factory=dict)
    names: set[bytes] = field(default_factory=set)

    def listed(self, step: Callable[[], None]) -> bool:
        """Whether a step could be put into the lists. Without them there is no saying what is in the folder."""
        try:
            step()
        except OSError as error:
            self.bulk.problems.append(not_written(self.out_dir, error))
            return False
        return True

    def finish(self) -> None:
        """Puts the lists in place, and looks for letters of earlier runs."""
        self.lists.finish(self.bulk.totals, self.bulk.held_totals)
        self.bulk.left_over += sorted(self._others())

    def case(self, decision: Decision, rulebook: Rulebook) -> None:
        """The letters of one case."""
        composer = self.composers.get(id(rulebook))
        if composer is None:
            composer = self.composers[id(rulebook)] = Composer(rulebook, self.templates, self.language, self.day)
        for plan in letters_for(decision, rulebook, self.only):
            self._letter(decision, plan, composer)
        if self.only is None:
            for none in without_letter(decision):
                if none.measure.claimed:
                    measure = none.measure
                    self.lists.add(Row(
                        decision.case, _authority(decision), measure.measure, measure.title, None, None,
                        decision.currency, note=none.why,
                    ))
        self.bulk.cases += 1

    def _letter(self, decision: Decision, plan: LetterPlan, composer: Composer) -> None:
        measure = plan.measure
        granted = measure.amount if plan.kind in ("granted", "partly_granted") else None
        files, fault = self._files(decision, plan, composer)
        row = Row(
            decision.case, _authority(decision), measure.measure, measure.title, plan.kind, granted, decision.currency,
            files, fault,
        )
        self.lists.add(row)
        totals = self.bulk.totals if fault is None else self.bulk.held_totals
        total = totals.setdefault((row.authority, plan.kind, row.currency), Total())
        total.letters += 1
        total.amount += granted or Decimal(0)
        if fault is None:
            self.bulk.letters += 1
        else:
            self.bulk.held.append(row)

    def _files(self, decision: Decision, plan: LetterPlan, composer: Composer) -> tuple[dict[str, str], Text | None]:
        """The letter's files by format, or why there are none."""
        name = f"{folder_name(names_of_authority(decision.authority))}/{file_name(plan, decision)}"
        digest = _digest(name)
        if digest in self.names:
            return {}, SAME_NAME
        self.names.add(digest)
        paper = composer.paper(decision, plan, self.bulk.problems)
        contents: dict[str, bytes] = {}
        for ending in self.formats if paper is not None else ():
            assert paper is not None
            content = LAYOUTS[ending](paper)
            if isinstance(content, Problem):
                self.bulk.problems.append(content)
                paper = None
                break
            contents[f"{name}.{ending}"] = content
        if paper is None or not all(self._put(file, content) for file, content in contents.items()):
            self.names.discard(digest)
            return {}, TEMPLATE_AT_FAULT if paper is None else NOT_STORED
        for file, content in contents.items():
            self.lists.add_file(file, content)
        self.bulk.files += len(contents)
        return dict(zip(self.formats, contents, strict=True)), None

    def _put(self, name: str, content: bytes) -> bool:
        path = self.out_dir / name
        if _holds(path, content):
            return True
        failure = write_file(path, content, self.out_dir)
        if failure is None:
            self.bulk.written += 1
        elif not any(failure.fields["number"] == told.fields.get("number") for told in self.bulk.problems):
            self.bulk.problems.append(failure)
        return failure is None

    def _others(self) -> Iterator[str]:
        """The letters in the folder that were there before, and are none of this run's."""
        for folder in self.out_dir.iterdir():
            # entry by entry: a folder's names are many more than those that are looked for
            with os.scandir(folder) if folder.is_dir() else nullcontext(()) as entries:
                for entry in entries:
                    stem, _, ending = entry.name.rpartition(".")
                    ours = ending in self.formats and _digest(f"{folder.name}/{stem}") in self.names
                    if ending in LAYOUTS and not ours:
                        yield f"{folder.name}/{entry.name}"


def _authority(decision: Decision) -> str:
    return next(iter(names_of_authority(decision.authority)), "")


def _digest(name: str) -> bytes:
    # some file systems take names apart by case alone for one
    return hashlib.blake2b(name.casefold().encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _holds(path: Path, content: bytes) -> bool:
    """Whether the file is there with just this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
