"""A sheet to merge from: one row a letter, for an office that keeps a letter of its own in its word processor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal
from pathlib import Path

from interpreter.decision.model import Decision, Finding, Line
from interpreter.decision.report.capitals import capitals
from interpreter.language.unknown import Unknown
from interpreter.letters.authorities import names_of_authority
from interpreter.letters.paper import Paper
from interpreter.letters.plan import TITLES, LetterPlan, lines_of, referrals
from interpreter.letters.wording import Wording
from interpreter.letters.workbook import Workbook
from interpreter.problems import Language, Text

MERGE_XLSX = "merge.xlsx"

COLUMNS = (
    Text("案件编号", "case"), Text("机关", "authority"), Text("姓名或名称", "name"), Text("号码", "id"),
    Text("事项", "measure"), Text("条款", "clause"), Text("文书", "letter"), Text("文号", "document number"),
    Text("金额", "amount"), Text("金额大写", "amount in capitals"), Text("日期", "date"), Text("理由", "reason"),
)
_SHEET = Text("合并数据", "merge")

_GRANTED = Text("符合{clause}的规定", "the requirements of {clause} are met")
_NOT_MET = Text("不符合“{say}”", "not met: {say}")
_HAS = Text("（{values}）", " ({values})")
_SHORT = Text("还差{short}", "{short} short")
_MISSING = Text("缺少{labels}", "missing: {labels}")
_ELSEWHERE = Text("由{schemes}办理", "governed by {schemes}")
_LIMITED = Text("受“{label}”限制", "limited by {label}")
_END = Text("。", ".")


@dataclass(frozen=True, slots=True)
class MergeRow:
    """What a letter is made of, in words; `amount` is granted by it, None where no sum is. `key` shows its end alone
    where it is private."""

    case: str
    authority: str
    name: str
    key: str
    measure: str
    clause: str
    kind: str
    number: str
    amount: Decimal | None
    capitals: str
    date: str
    reason: str


def merge_row(decision: Decision, plan: LetterPlan, paper: Paper, wording: Wording) -> MergeRow:
    """The row of a letter."""
    measure = plan.measure
    granted = measure.amount if plan.kind in ("granted", "partly_granted") else None
    name, key = (*decision.who[:2], None, None)[:2]
    return MergeRow(
        decision.case, next(iter(names_of_authority(decision.authority)), ""),
        "" if name is None or isinstance(name.value, Unknown) else wording.called(name),
        "" if key is None or isinstance(key.value, Unknown) else wording.value(key),
        measure.title, measure.clause, TITLES[plan.kind].to(wording.language), paper.number, granted,
        capitals(granted) if granted is not None and granted > 0 and decision.currency == "CNY" else "",
        paper.date, reason(plan, wording),
    )


def reason(plan: LetterPlan, wording: Wording) -> str:
    """Why the letter says what it says, in one sentence."""
    lines = lines_of(plan.measure, plan.kind)
    parts = list(dict.fromkeys(_reasons(plan, lines, wording)))
    return wording.list(parts) + wording.fill(_END) if parts else ""


def _reasons(plan: LetterPlan, lines: tuple[Line, ...], wording: Wording) -> Iterator[str]:
    language = wording.language
    if plan.kind in ("granted", "partly_granted"):
        yield _GRANTED.to(language).format(clause=plan.measure.clause)
    if plan.kind in ("partly_granted", "refused", "not_accepted"):
        schemes = wording.rulebook.other_schemes
        found = [schemes[name].title for line in lines for name in referrals(line.findings) if name in schemes]
        if plan.kind == "not_accepted" and found:
            yield _ELSEWHERE.to(language).format(schemes=wording.join(dict.fromkeys(found)))
            return
        for line in lines:
            if line.outcome == "refused":
                yield from (_unmet(finding, plan, wording) for finding in _failed(line.findings))
            yield from (_LIMITED.to(language).format(label=each.label) for each in line.adjustments)
    if plan.kind == "incomplete":
        labels = dict.fromkeys(missing.label for missing in plan.measure.missing)
        yield _MISSING.to(language).format(labels=wording.join(labels))


def _failed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The single requirements that decided by not being met; of alternatives none did alone, so they are one."""
    for finding in findings:
        if finding.state == "not met" and finding.decided and not finding.limit:
            inner = list(_failed(finding.parts)) if finding.mode == "all" else []
            yield from inner or (finding,)


def _unmet(finding: Finding, plan: LetterPlan, wording: Wording) -> str:
    settings = wording.rulebook.parameters
    values = wording.join(wording.named(value) for value in finding.values if value.name not in settings)
    text = _NOT_MET.to(wording.language).format(say=finding.say)
    return text + (_HAS.to(wording.language).format(values=values) if values else "")


class MergeSheet:
    """The sheet while its letters are made; it is put in place with `finish`."""

    def __init__(self, folder: Path, language: Language) -> None:
        self._book = Workbook(folder, MERGE_XLSX)
        self._book.sheet(_SHEET.to(language), [column.to(language) for column in COLUMNS], widths=_WIDTHS)

    def add(self, row: MergeRow) -> None:
        """One letter more."""
        self._book.row(astuple(row))

    def finish(self) -> str:
        """Puts the sheet in place, and gives the digest of its bytes. OSError where that cannot be done."""
        return self._book.finish()

    def close(self) -> None:
        """Takes away what was not finished."""
        self._book.discard()


_WIDTHS = (16, 12, 16, 22, 22, 10, 10, 24, 14, 30, 16, 60)
