"""What a batch came to: lines and money by measure, authority and outcome."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from interpreter.decision.model import Outcome
from interpreter.decision.report.words import OUTCOME
from interpreter.problems import Language, Text

OUTCOMES: tuple[Outcome, ...] = ("granted", "review", "incomplete", "referred", "refused", "not_applicable")
"""The order in which outcomes are told: what was given first, what needs work next."""

NOBODY = Text("机关未定", "authority not known")
HEADS = (
    Text("事项", "measure"), Text("机关", "authority"), Text("结果", "outcome"), Text("案件数", "cases"),
    Text("准予金额", "amount granted"),
)


@dataclass(frozen=True, slots=True)
class Total:
    """The cases of one measure, authority and outcome. `authority` is its name, "" where no case says which it is;
    `amount` is what is granted in the policy's money, None for an entitlement."""

    measure: str
    authority: str
    outcome: Outcome
    cases: int
    amount: Decimal | None


def added(totals: Iterable[Total]) -> tuple[int, Decimal]:
    """The cases and the money of several totals together."""
    kept = list(totals)
    return sum(one.cases for one in kept), sum((one.amount or Decimal(0) for one in kept), Decimal(0))


def as_csv(totals: Iterable[Total], titles: dict[str, str], language: Language) -> bytes:
    """The totals as a table that spreadsheets open: UTF-8 with a mark, a row each."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([head.to(language) for head in HEADS])
    for one in totals:
        rows.writerow([
            titles[one.measure], one.authority or NOBODY.to(language), OUTCOME[one.outcome].to(language), one.cases,
            "" if one.amount is None else f"{one.amount:f}",
        ])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
