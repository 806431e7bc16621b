"""Who owes each duty, period by period: how it came out for those who reported, and who is silent."""

from __future__ import annotations

from collections.abc import Iterable

from interpreter.decision.duties import DUE, Owed
from interpreter.decision.model import MeasureDecision, Named
from interpreter.decision.report import words
from interpreter.decision.report.layout import GAP, beside, clean, flow, pad
from interpreter.decision.report.words import OUTCOME
from interpreter.language.show import show
from interpreter.language.unknown import Unknown
from interpreter.problems import Language, fill
from interpreter.problems.cells import cells, page_of


def render_owed(owed: Iterable[Owed], language: Language, *, width: int = 80) -> str:
    """A block for each duty and period with a line for everyone who owes it: the outcome, or that there is no report.
    The page ends in a newline; it is empty where no duty says who owes it."""
    blocks = [_block(one, language, width) for one in owed]
    return page_of(blocks) if blocks else ""


def _block(owed: Owed, language: Language, width: int) -> list[str]:
    duty = owed.duty
    clause = fill(words.CLAUSE, language, duty.clause)
    lines = flow([duty.title, *(_value(part, language) for part in owed.period), clause], GAP, width)
    told = [(_value(named, language), reports) for named, reports in owed.bearers]
    size = min(max((cells(name) for name, _ in told), default=0), width // 2)
    for name, reports in told:
        head = GAP + pad(name, size) + GAP
        for report in reports:
            lines += beside(head, _outcome(report, language), "", width)
        if not reports:
            lines += beside(head, fill(words.NO_REPORT, language), "", width)
    if not told and owed.complete:
        lines.append(GAP + fill(words.NOBODY, language))
    return lines if owed.complete else [*lines, *beside(GAP, fill(words.MORE_MAY_OWE, language), "", width)]


def _outcome(report: MeasureDecision, language: Language) -> str:
    """`未尽，限期 2022-12-31`."""
    day = next(part for part in report.lines[0].computation if part.name == DUE)
    due = words.DUE_UNKNOWN if isinstance(day.value, Unknown) else words.DUE
    parts = [fill(OUTCOME[report.outcome], language), fill(due, language, _value(day, language))]
    return fill(words.COMMA, language).join(parts)


def _value(named: Named, language: Language) -> str:
    return clean(show(named.value, named.type, language, mask=True))
