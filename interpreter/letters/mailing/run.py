"""The letters of many cases in one folder: on all processors, with lists of them, and started again at will."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from interpreter.decision.model import Decision
from interpreter.letters.authorities import names_of_authority
from interpreter.letters.layouts import LAYOUTS
from interpreter.letters.listing import Lists, Printed, Row, Total, Totals
from interpreter.letters.mailing.earlier import Earlier, Journal, made_by
from interpreter.letters.mailing.letter import Made, Maker, Piece
from interpreter.letters.mailing.merge import MERGE_XLSX, MergeSheet
from interpreter.letters.mailing.numbered import Numbering
from interpreter.letters.mailing.prints import Prints
from interpreter.letters.mailing.workers import Limits, done_in_order, processors
from interpreter.letters.names import file_name, folder_name
from interpreter.letters.numbering import NumberRegister, not_kept
from interpreter.letters.pdf.fonts import Fonts
from interpreter.letters.pdf.lay_out import has_begun
from interpreter.letters.plan import LetterKind, letters_for, without_letter
from interpreter.letters.write import UNFINISHED, not_written
from interpreter.problems import Language, Problem, Text
from interpreter.rulebook.model import Rulebook

SAME_NAME = Text("案件编号重复，已有同名文书，没有写出", "held back: a letter of the same case number is there already")
WAVE = 512
"""Cases that are taken together: their letters are shared among the processes, and then the next are taken."""


@dataclass(slots=True)
class Bulk:
    """What became of many cases' letters.

    `totals` are over the letters that are there now, `held_totals` over those held back, `same_totals` over those that
    the run this one is compared with has already; together they are what the decisions came to. Of `files`, `written`
    were missing or different. `left_over` are letters in the folder that are none of this run's, `gone` those of the
    other run that are none. `first` are the files of the first letter by format. `problems` tell each thing that went
    wrong once.
    """

    cases: int = 0
    letters: int = 0
    same: int = 0
    files: int = 0
    written: int = 0
    totals: Totals = field(default_factory=dict)
    held_totals: Totals = field(default_factory=dict)
    same_totals: Totals = field(default_factory=dict)
    held: list[Row] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    first: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Order:
    """How the letters of many cases are wanted: where, from which templates, in which `formats` (of `LAYOUTS`), of
    which kinds `only` (None: all that go out unasked), with lists in which language, of which `day` (as in
    `write_letters`), numbered by which register (`numbers`; `reprint`: they were sent out before), and, with `since`,
    only those that an earlier run in that folder has not just so. With `print_files`, and PDF among the formats, the
    letters of each authority are also put together in one file. `workers` share the work (None: as many as there are
    processors; 0: none, here and now), each letter within `limits`."""

    out: Path
    templates: Path
    formats: tuple[str, ...] = ("txt", "html")
    only: Collection[LetterKind] | None = None
    language: Language = "zh"
    day: date | None = None
    since: Path | None = None
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)
    numbers: Path | None = None
    reprint: bool = False
    print_files: bool = True


def write_all(
    decisions: Iterable[tuple[Decision, Rulebook]], order: Order,
    progress: Callable[[int], None] = lambda _cases: None,
    printing: Callable[[int, int], None] = lambda _done, _of: None,
) -> Bulk:
    """Writes the letters of all decisions below `order.out`, in a folder for each authority, with `index.csv`,
    `index.xlsx`, `index.json` and `merge.xlsx` and, at the end, `manifest.json`.

    What is there already is not made again: a run that was cut short is finished by starting it again, and ends with
    the same bytes as one that was not, however many processes share the work. A letter that cannot be written is listed
    with the reason and keeps no other from being written; so is, where `only` is None, a claimed measure that gets
    none. `progress` is told how many cases were finished since it was last called, `printing` how many letters of
    the print files are set, of how many.
    """
    bulk = Bulk()
    with ExitStack() as stack:
        try:
            order.out.mkdir(parents=True, exist_ok=True)
            earlier = Earlier.read(order.out)
            for left in order.out.glob(f"{UNFINISHED}*"):
                if left.name != Journal.NAME:
                    left.unlink()
            lists = stack.enter_context(closing(Lists(order.out, order.language)))
            merge = stack.enter_context(closing(MergeSheet(order.out, order.language)))
            journal = stack.enter_context(closing(Journal(order.out)))
            rows = stack.enter_context(tempfile.TemporaryFile())
            prints = Prints(stack.enter_context(tempfile.TemporaryFile()))
        except OSError as error:
            bulk.problems.append(not_written(order.out, error))
            return bulk
        if "pdf" in order.formats:
            _read_fonts()
        run = _Run(bulk, order, _maker(order, earlier), lists, merge, journal, rows, prints)
        if not run.can_number():
            return bulk
        given = iter(decisions)
        while wave := list(islice(given, WAVE)):
            if not run.wave(wave, progress):
                return bulk
        run.listed(partial(run.finish, printing))
    return bulk


def _maker(order: Order, earlier: Earlier) -> Maker:
    since = None if order.since is None else Earlier.read(order.since)
    spool = order.print_files and "pdf" in order.formats
    return Maker(order.out, order.templates, order.formats, order.day, earlier, since, spool)


def _read_fonts() -> None:
    """Reads the fonts here, once, so that no process has to."""
    fonts = Fonts.ours()
    if isinstance(fonts, Fonts):
        fonts.missing("一a")


@dataclass(slots=True)
class _Run:
    """One run of `write_all`. Of a case nothing stays in memory but a digest for each letter and what is held back;
    `rows` of the lists wait in a file until all is known of them."""

    bulk: Bulk
    order: Order
    maker: Maker
    lists: Lists
    merge: MergeSheet
    journal: Journal
    rows: BinaryIO
    prints: Prints
    names: set[bytes] = field(default_factory=set)
    numbering: Numbering | None = None

    def can_number(self) -> bool:
        """Opens the register of numbers, where there is one; whether it can be used."""
        if self.order.numbers is not None:
            try:
                register = NumberRegister(self.order.numbers)
            except OSError:
                self.bulk.problems.append(not_kept(self.order.numbers))
                return False
            self.numbering = Numbering(register, self.order.day, self.order.reprint)
        return True

    def _number(self, numbering: Numbering, planned: list[list[Piece | Row]]) -> bool:
        """Gives the letters of some cases their numbers, in their order; whether the register could be used."""
        try:
            found = iter(numbering.of([each for entries in planned for each in entries if isinstance(each, Piece)]))
        except OSError:
            self.bulk.problems.append(not_kept(numbering.register.path))
            return False
        for entries in planned:
            for place, entry in enumerate(entries):
                if isinstance(entry, Piece):
                    given = next(found)
                    if isinstance(given, Text):
                        self.names.discard(_digest(entry.name))
                    entries[place] = self._held(entry, given) if isinstance(given, Text) else given
        return True

    def listed(self, step: Callable[[], None]) -> bool:
        """Whether a step could be put into the lists. Without them there is no saying what is in the folder."""
        try:
            step()
        except OSError as error:
            self.bulk.problems.append(not_written(self.order.out, error))
            return False
        return True

    def wave(self, decisions: list[tuple[Decision, Rulebook]], progress: Callable[[int], None]) -> bool:
        """The letters of some cases; whether they could be listed."""
        planned = [list(self._planned(decision, rulebook)) for decision, rulebook in decisions]
        if self.numbering is not None and not self._number(self.numbering, planned):
            return False
        pieces = [each for entries in planned for each in entries if isinstance(each, Piece)]
        made = done_in_order(
            pieces, self.maker.make, self.maker.lost, workers=self._workers(), limits=self.order.limits
        )
        with closing(made):
            for entries in planned:
                if not self.listed(partial(self._case, entries, made)):
                    return False
                progress(1)
        return True

    def _workers(self) -> int:
        if "pdf" in self.order.formats and has_begun():
            return 0
        return processors() if self.order.workers is None else self.order.workers

    def _case(self, entries: Iterable[Piece | Row], made: Iterator[Made]) -> None:
        for entry in entries:
            self._enter(entry if isinstance(entry, Row) else self._row(entry, next(made)))
        self.bulk.cases += 1

    def finish(self, printing: Callable[[int, int], None]) -> None:
        """Puts print files and lists in place, and looks for letters of other runs."""
        self.prints.write(self.order.out, self._workers(), self.order.limits, printing)
        self._tell(self.prints.problems)
        printed: dict[str, Iterator[Printed | None]] = {}
        self.rows.seek(0)
        for row in self._waiting():
            if row.files and not row.same:
                folder = row.name.partition("/")[0]
                row = replace(row, printed=next(printed.setdefault(folder, self.prints.printed(folder)), None))
            for ending, digest in row.digests.items():
                self.lists.add_file(row.files[ending], digest)
            self.lists.add(row)
        for name, digest in self.prints.digests.items():
            self.lists.add_file(name, digest)
        self.lists.add_file(MERGE_XLSX, self.merge.finish())
        self.lists.finish(self.bulk.totals, self.bulk.held_totals, self.bulk.same_totals, made_by())
        self.journal.finish()
        self.bulk.left_over += sorted(self._others())
        if self.maker.since is not None:
            self.bulk.gone += sorted(n for n in self.maker.since.letters if _digest(n) not in self.names)

    def _planned(self, decision: Decision, rulebook: Rulebook) -> Iterator[Piece | Row]:
        """What is to be made of a case, and what is only listed."""
        for plan in letters_for(decision, rulebook, self.order.only):
            name = f"{folder_name(names_of_authority(decision.authority))}/{file_name(plan, decision)}"
            piece = Piece(decision, rulebook, plan, name)
            digest = _digest(name)
            if digest in self.names:
                yield self._held(piece, SAME_NAME)
            else:
                self.names.add(digest)
                yield piece
        if self.order.only is None:
            for none in without_letter(decision):
                if none.measure.claimed:
                    yield Row(
                        decision.case, _authority(decision), none.measure.measure, none.measure.title, None, None,
                        decision.currency, note=none.why,
                    )

    def _row(self, piece: Piece, made: Made) -> Row:
        """What the lists say of a letter that was made, or was not."""
        self._tell(made.problems)
        self.bulk.written += made.written
        if made.kept is None:
            self.names.discard(_digest(piece.name))
            return self._held(piece, made.note)
        if made.merge is not None:
            self.merge.add(made.merge)
        row = replace(
            _listed(piece), files={ending: f"{piece.name}.{ending}" for ending in made.kept.files},
            name=piece.name, paper=made.kept.paper, digests=made.kept.files, same=made.same,
        )
        if made.same:
            self.bulk.same += 1
            return self._counted(row, self.bulk.same_totals)
        self.journal.add(piece.name, made.kept)
        if made.spooled:
            self.prints.add(piece.name.partition("/")[0], made.spooled)
        self.bulk.first = self.bulk.first or row.files
        self.bulk.letters += 1
        self.bulk.files += len(made.kept.files)
        return self._counted(row, self.bulk.totals)

    def _held(self, piece: Piece, why: Text | None) -> Row:
        row = self._counted(replace(_listed(piece), note=why), self.bulk.held_totals)
        self.bulk.held.append(row)
        return row

    def _counted(self, row: Row, totals: Totals) -> Row:
        assert row.kind is not None
        total = totals.setdefault((row.authority, row.kind, row.currency), Total())
        total.letters += 1
        total.amount += row.amount or Decimal(0)
        return row

    def _enter(self, row: Row) -> None:
        pickle.dump(row, self.rows, pickle.HIGHEST_PROTOCOL)

    def _waiting(self) -> Iterator[Row]:
        while True:
            try:
                yield pickle.load(self.rows)
            except EOFError:
                return

    def _tell(self, problems: Iterable[Problem]) -> None:
        """What went wrong, each thing once: a fault of a template, or of the system, concerns many letters."""
        for problem in problems:
            number = problem.fields.get("number")
            told = problem in self.bulk.problems or (
                number is not None and any(number == known.fields.get("number") for known in self.bulk.problems)
            )
            if not told:
                self.bulk.problems.append(problem)

    def _others(self) -> Iterator[str]:
        """The letters in the folder that were there before, and are none of this run's."""
        for folder in self.order.out.iterdir():
            # entry by entry: a folder's names are many more than those that are looked for
            with os.scandir(folder) if folder.is_dir() else nullcontext(()) as entries:
                for entry in entries:
                    stem, _, ending = entry.name.rpartition(".")
                    ours = ending in self.order.formats and _digest(f"{folder.name}/{stem}") in self.names
                    if ending in LAYOUTS and not ours:
                        yield f"{folder.name}/{entry.name}"


def _listed(piece: Piece) -> Row:
    decision, measure = piece.decision, piece.plan.measure
    granted = measure.amount if piece.plan.kind in ("granted", "partly_granted") else None
    who = _authority(decision)
    return Row(decision.case, who, measure.measure, measure.title, piece.plan.kind, granted, decision.currency)


def _authority(decision: Decision) -> str:
    return next(iter(names_of_authority(decision.authority)), "")


def _digest(name: str) -> bytes:
    # some file systems take names apart by case alone for one
    return hashlib.blake2b(name.casefold().encode("utf-8", "surrogatepass"), digest_size=16).digest()
