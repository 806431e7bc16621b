"""The sheet to merge from: labels, one row a letter, sums as numbers and in capitals, a reason in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from interpreter.decision.model import Decision
from interpreter.letters.mailing.merge import COLUMNS, reason
from interpreter.letters.plan import LetterKind, letters_for
from interpreter.letters.wording import Wording
from tests.letters.building import (
    GRANTED,
    INCOMPLETE,
    LATE,
    LIMITED,
    PARTLY,
    REFERRED,
    REFUSED,
)
from tests.letters.mailing.test_run import BOOK, at, write


def sheet(folder: Path, *cases: Decision) -> list[list[Any]]:
    write(folder, cases, formats=("txt",))
    book = openpyxl.load_workbook(folder / "merge.xlsx")
    assert book.active is not None
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_one_row_a_letter(tmp_path: Path) -> None:
    head, granted, refused = sheet(tmp_path, at(0, "1", GRANTED), at(1, "2", REFUSED))
    assert head == [column.zh for column in COLUMNS]
    assert granted[:7] == ["1", "示例区", "示例甲", "**************9999", "稳岗补贴", "二（一）", "准予"]
    assert granted[8:] == [3000, "人民币叁仟元整", "2021年6月10日", "符合二（一）的规定。"]
    assert refused[6:10] == ["不予", None, None, None]


@pytest.mark.parametrize(("case", "kind", "said"), [
    (GRANTED, "granted", "符合二（一）的规定。"),
    (REFUSED, "refused", "不符合“户籍在结对地区”（户籍地 示例县）；"
                         "不符合“依法缴纳社会保险满3个月”（参保月数 2 个月：2021年3月至2021年4月）。"),
    (INCOMPLETE, "incomplete", "缺少户籍地、出生日期、类别、享受其他优惠。"),
    (PARTLY, "partly_granted", "符合二（二）的规定；不符合“依法缴纳社会保险满3个月”（参保月数 1 个月：2021年3月）。"),
    (PARTLY, "incomplete", "缺少参保记录。"),
    (LATE, "not_accepted", "不符合“在截止日前申请”（申请日期 2021年6月10日）。"),
    (REFERRED, "not_accepted", "由原扶持办法办理。"),
    (LIMITED, "refused", "受“每人一次”限制。"),
])
def test_the_reason_is_one_sentence(case: Decision, kind: LetterKind, said: str) -> None:
    (plan,) = letters_for(case, BOOK, {kind})
    assert reason(plan, Wording.of(BOOK, "zh")) == said
