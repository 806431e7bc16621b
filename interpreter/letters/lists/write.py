"""The lists in a folder: workbooks, papers of every shape, and the totals that must equal those of the letters."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from interpreter.decision.model import Named
from interpreter.decision.report.capitals import capitals
from interpreter.letters.document import Block, Heading, Words
from interpreter.letters.layouts import LAYOUTS
from interpreter.letters.lists import ledger, payment, publicity, statistics
from interpreter.letters.lists.grants import Decided, Grant, Wordings, grants
from interpreter.letters.lists.sheet import Sheet, grid, paragraph, write_workbook
from interpreter.letters.names import folder_name
from interpreter.letters.office import Office, OfficeWords
from interpreter.letters.paper import Paper
from interpreter.letters.wording import Wording
from interpreter.letters.write import not_written, write_file
from interpreter.problems import Problem, Text, fill
from interpreter.rulebook.model import Rulebook

ListKind = Literal["publicity", "payment", "ledger", "statistics"]
KINDS: tuple[ListKind, ...] = get_args(ListKind)
XLSX = "xlsx"
RESTRICTED = "restricted"
"""The folder of what has whole numbers in it: for who pays and who keeps the ledger, and for nobody else."""
TOTALS = "totals.json"


@dataclass(slots=True)
class Listed:
    """What came of it: the files, in order, the totals, and what went wrong, each thing once."""

    files: list[Path] = field(default_factory=list)
    totals: payment.Sums = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def write_lists(
    decided: Sequence[Decided], out: Path, *, kinds: Collection[ListKind] = KINDS,
    formats: Collection[str] = (XLSX, "html"), day: date | None = None,
) -> Listed:
    """Writes the lists of decisions under one rulebook into `out`: each as a workbook and as a paper in every format.

    `day` is the date of the lists, by default the last one as of which was decided. Whole identity numbers stand only
    in the workbooks in `restricted/`. Same input, same bytes. What cannot be written keeps nothing else from being so.
    """
    listed = Listed()
    if decided:
        dated = day or max((one.decision.as_of for one in decided if one.decision.as_of is not None), default=None)
        _Writing(listed, out, tuple(formats), decided[0].rulebook, tuple(decided), dated).write(kinds)
    return listed


@dataclass(slots=True)
class _Writing:
    """One run of `write_lists`."""

    listed: Listed
    out: Path
    formats: tuple[str, ...]
    rulebook: Rulebook
    decided: tuple[Decided, ...]
    day: date | None
    wordings: Wordings = field(default_factory=Wordings)
    grants: list[Grant] = field(init=False)
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.grants = grants(self.decided, self.wordings)
        self.office = Office(self.rulebook, self.rulebook.language)
        self.listed.totals = payment.sums_of(self.grants)

    @property
    def wording(self) -> Wording:
        return self.wordings.of(self.rulebook)

    def write(self, kinds: Collection[ListKind]) -> None:
        made: dict[ListKind, Callable[[], None]] = {
            "publicity": self.publicity, "payment": self.payment, "ledger": self.ledger, "statistics": self.statistics,
        }
        for kind in KINDS:
            if kind in kinds:
                made[kind]()
        self._put(self.out / TOTALS, _totals(self.listed.totals, self.rulebook.money.places))

    def publicity(self) -> None:
        """A list for each authority, which publishes it: a sheet and a paper each."""
        language = self.rulebook.language
        sheets = []
        for name, named in self._authorities().items():
            mine = [grant for grant in self.grants if grant.authority == name]
            words = self.office.words(named, self.day, ("publicity",))
            sheet = publicity.publicity_sheet(name, mine, self.day, self.office.unnamed(named), language)
            sheets.append(sheet)
            self._paper(
                f"publicity-{folder_name((name,) if name else ())}", publicity.TITLE.to(language), [sheet], words,
                before=words.publicity, after=(self._said(publicity.IN_ALL, mine),),
            )
        self._workbook("publicity", sheets, self.out)

    def payment(self) -> None:
        """The summary and the detail, and once more the detail with whole numbers."""
        language = self.rulebook.language
        summary = payment.summary_sheet(self.listed.totals, language)
        detail = payment.detail_sheet(self.grants, language, in_full=False)
        self._workbook("payment", [summary, detail], self.out)
        self._workbook("payment", [payment.detail_sheet(self.grants, language, in_full=True)], self.out / RESTRICTED)
        check = self._said(payment.CHECK, self.grants)
        self._paper("payment", payment.TITLE.to(language), [summary, detail], after=(check,))

    def ledger(self) -> None:
        """Everybody, with whole numbers in the workbook alone."""
        language = self.rulebook.language
        whole, shown = (
            ledger.ledger_sheets(self.decided, self.wordings, language, in_full=in_full) for in_full in (True, False)
        )
        self._workbook("ledger", whole, self.out / RESTRICTED)
        self._paper("ledger", ledger.TITLE.to(language), shown)

    def statistics(self) -> None:
        sheet = statistics.statistics_sheet(self.decided, self.rulebook.language)
        self._workbook("statistics", [sheet], self.out)
        self._paper("statistics", sheet.title, [sheet])

    def _authorities(self) -> dict[str, Named | None]:
        """The authorities that grant something, by name."""
        found = {one.decision.case: one.decision.authority for one in self.decided}
        return {name: found.get(case) for name, case in sorted({g.authority: g.case for g in self.grants}.items())}

    def _said(self, template: Text, listed: Iterable[Grant]) -> str:
        """How many letters grant how much together, in a sentence."""
        total = payment.whole(payment.sums_of(listed).values())
        words = ""
        if self.rulebook.money.currency == "CNY" and total.amount > 0 and self.rulebook.money.places <= 2:
            words = self.wording.aside(capitals(total.amount))
        return fill(
            template, self.rulebook.language, letters=total.letters, amount=self.wording.money(total.amount),
            capitals=words,
        )

    def _workbook(self, name: str, sheets: Sequence[Sheet], folder: Path) -> None:
        if XLSX not in self.formats or not sheets:
            return
        path = folder / f"{name}.{XLSX}"
        try:
            write_workbook(sheets, folder, path.name, self.rulebook.language)
        except OSError as error:
            self.listed.problems.append(not_written(path, error))
            return
        self.listed.files.append(path)

    def _paper(
        self, name: str, title: str, sheets: Sequence[Sheet], words: OfficeWords | None = None, *,
        before: Iterable[str] = (), after: Iterable[str] = (),
    ) -> None:
        """A list as a paper, its tables one below the other, each under its title where there are several."""
        blocks: list[Block] = [paragraph(text) for text in before]
        for sheet in sheets:
            if len(sheets) > 1:
                blocks.append(Heading(3, (Words(sheet.title),)))
            blocks.append(grid(sheet, self.rulebook.language, self.rulebook.money.places))
        blocks += [paragraph(text) for text in after]
        notice = self.rulebook.title + self.wording.aside(self.rulebook.number)
        paper = Paper(
            name, "", tuple(blocks), title=title, reference=notice,
            signers=words.signers if words is not None else (), date=self.wording.day(self.day), form="plain",
            language=self.rulebook.language, landscape=True,
        )
        for ending in self.formats:
            if ending in LAYOUTS:
                laid = LAYOUTS[ending](paper)
                if isinstance(laid, Problem):
                    if laid not in self.listed.problems:
                        self.listed.problems.append(laid)
                else:
                    self._put(self.out / f"{name}.{ending}", laid)

    def _put(self, path: Path, content: bytes) -> None:
        failure = write_file(path, content)
        if failure is None:
            self.listed.files.append(path)
        else:
            self.listed.problems.append(failure)


def _totals(sums: payment.Sums, places: int) -> bytes:
    """The control totals for programs; sums are decimal texts."""
    def text(amount: Decimal) -> str:
        return f"{amount:.{places}f}"

    rows = [
        {"authority": key[0], "fund": key[1], "measure": key[2], "letters": one.letters, "heads": one.heads,
         "amount": text(one.amount)}
        for key, one in sums.items()
    ]
    total = payment.whole(sums.values())
    shaped = {"by": rows, "letters": total.letters, "heads": total.heads, "amount": text(total.amount)}
    return (json.dumps(shaped, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "backslashreplace")
