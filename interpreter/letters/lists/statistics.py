"""How many claims of each measure came to what, authority by authority."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from interpreter.decision.model import BEST_FIRST, Outcome
from interpreter.decision.report.words import OUTCOME
from interpreter.letters.lists.grants import Decided, authority_of, counted
from interpreter.letters.lists.sheet import TOTAL, Column, Sheet
from interpreter.letters.workbook import Cell
from interpreter.problems import Language, Text

TITLE = Text("办理情况统计表", "Statistics of decisions")
SHOWN: tuple[Outcome, ...] = BEST_FIRST
COLUMNS = (
    Column(Text("机关", "authority")), Column(Text("补贴项目", "measure"), width=26),
    Column(Text("申请", "claims"), "count", 8), *(Column(OUTCOME[outcome], "count", 8) for outcome in SHOWN),
    Column(Text("准予金额", "granted"), "money"),
)
ALL = Text("小计", "subtotal")


def statistics_sheet(decided: Iterable[Decided], language: Language) -> Sheet:
    """A row for each authority and measure that was claimed, a subtotal for each authority, and a total.

    A claim is one measure of one case.
    """
    counts: dict[tuple[str, str], dict[Outcome, int]] = {}
    sums: dict[tuple[str, str], Decimal] = {}
    for one in decided:
        for measure in counted(one.decision):
            key = authority_of(one.decision), measure.title
            tally = counts.setdefault(key, {})
            tally[measure.outcome] = tally.get(measure.outcome, 0) + 1
            sums[key] = sums.get(key, Decimal(0)) + (measure.amount or Decimal(0))
    rows: list[tuple[Cell, ...]] = []
    keys = sorted(counts)
    for authority in dict.fromkeys(key[0] for key in keys):
        mine = [key for key in keys if key[0] == authority]
        rows += [_row(*key, [key], counts, sums) for key in mine]
        if len(mine) > 1:
            rows.append(_row(authority, ALL.to(language), mine, counts, sums))
    return Sheet(TITLE.to(language), COLUMNS, tuple(rows), _row(TOTAL.to(language), None, keys, counts, sums))


def _row(
    authority: str, measure: str | None, keys: list[tuple[str, str]], counts: dict[tuple[str, str], dict[Outcome, int]],
    sums: dict[tuple[str, str], Decimal],
) -> tuple[Cell, ...]:
    tally = [sum(counts[key].get(outcome, 0) for key in keys) for outcome in SHOWN]
    return (authority, measure, sum(tally), *tally, sum((sums[key] for key in keys), Decimal(0)))
