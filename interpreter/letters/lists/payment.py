"""What is to be paid: together by authority, fund and measure, and one by one, with totals that check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from interpreter.letters.lists.grants import Grant
from interpreter.letters.lists.sheet import NUMBER, TOTAL, Column, Sheet, numbered
from interpreter.letters.workbook import Cell
from interpreter.problems import Language, Text

TITLE = Text("资金拨付表", "Payments")
SUMMARY = Text("资金拨付汇总表", "Payment summary")
DETAIL = Text("资金拨付明细表", "Payment detail")
_AUTHORITY = Column(Text("机关", "authority"))
_FUND = Column(Text("列支资金", "fund"), width=18)
_MEASURE = Column(Text("补贴项目", "measure"), width=26)
_AMOUNT = Column(Text("金额", "amount"), "money")
SUMMARY_COLUMNS = (
    _AUTHORITY, _FUND, _MEASURE, Column(Text("文书份数", "letters"), "count", 10),
    Column(Text("人（项）次", "heads"), "count", 10), _AMOUNT,
)
DETAIL_COLUMNS = (
    Column(NUMBER, "count", 6), Column(Text("案件编号", "case"), width=16),
    Column(Text("收款人", "payee"), width=30), Column(Text("证件号码或信用代码", "number"), width=24),
    _AUTHORITY, _FUND, _MEASURE, Column(Text("人（项）次", "heads"), "count", 10), _AMOUNT,
)
SUBTOTAL = Text("{0}小计", "{0}, subtotal")
CHECK = Text(
    "核对：准予文书 {letters} 份，金额合计 {amount}{capitals}；汇总表、明细表与文书一致。",
    "Check: {letters} letters grant {amount}{capitals} together; summary, detail and letters agree.",
)


@dataclass(slots=True)
class Sum:
    """Letters, heads and money together."""

    letters: int = 0
    heads: int = 0
    amount: Decimal = Decimal(0)

    def add(self, grant: Grant) -> None:
        self.letters += 1
        self.heads += grant.heads
        self.amount += grant.amount


Sums = dict[tuple[str, str, str], Sum]
"""By authority, fund and measure's title."""


def sums_of(grants: Iterable[Grant]) -> Sums:
    """The control totals, authorities, funds and measures in the order of their names."""
    found: Sums = {}
    for grant in grants:
        found.setdefault((grant.authority, grant.fund, grant.title), Sum()).add(grant)
    return dict(sorted(found.items()))


def whole(sums: Iterable[Sum]) -> Sum:
    """Several sums together."""
    found = Sum()
    for one in sums:
        found.letters += one.letters
        found.heads += one.heads
        found.amount += one.amount
    return found


def summary_sheet(sums: Sums, language: Language) -> Sheet:
    """A row for each authority, fund and measure; after several of one authority its subtotal."""
    rows: list[tuple[Cell, ...]] = []
    for authority in dict.fromkeys(key[0] for key in sums):
        mine = {key: one for key, one in sums.items() if key[0] == authority}
        rows += [(*key, one.letters, one.heads, one.amount) for key, one in mine.items()]
        if len(mine) > 1:
            total = whole(mine.values())
            label = SUBTOTAL.to(language).format(authority)
            rows.append((label, None, None, total.letters, total.heads, total.amount))
    total = whole(sums.values())
    return Sheet(
        SUMMARY.to(language), SUMMARY_COLUMNS, tuple(rows),
        (TOTAL.to(language), None, None, total.letters, total.heads, total.amount),
    )


def detail_sheet(grants: Iterable[Grant], language: Language, *, in_full: bool) -> Sheet:
    """A row for each letter; `in_full` with whole numbers, which nobody but who pays may see."""
    listed = list(grants)
    rows = [
        (
            grant.case, grant.payee.name, grant.payee.key if in_full else grant.payee.shown, grant.authority,
            grant.fund, grant.title, grant.heads, grant.amount,
        )
        for grant in listed
    ]
    total = whole(sums_of(listed).values())
    return Sheet(
        DETAIL.to(language), DETAIL_COLUMNS, numbered(rows),
        (None, TOTAL.to(language), None, None, None, None, None, total.heads, total.amount),
    )
