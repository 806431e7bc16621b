"""The totals of a batch as lines of a terminal: a line a measure, its outcomes in columns."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.batch.totals import OUTCOMES, Total, added
from interpreter.decision.report.words import OUTCOME, TOTAL
from interpreter.problems import Language, Text
from interpreter.problems.cells import width
from interpreter.rulebook.model import Rulebook

_GRANTED = Text("准予金额", "amount granted")


def table(totals: Sequence[Total], rulebook: Rulebook, language: Language) -> str:
    """The table; nothing where there is no total."""
    if not totals:
        return ""
    seen = [outcome for outcome in OUTCOMES if any(one.outcome == outcome for one in totals)]
    rows = [["", *(OUTCOME[outcome].to(language) for outcome in seen), _GRANTED.to(language)]]
    for name, measure in rulebook.measures.items():
        own = [one for one in totals if one.measure == name]
        if own:
            rows.append(_row(measure.title, own, seen))
    money = [one for one in totals if one.amount is not None]
    rows.append([TOTAL.to(language), *("" for _ in seen), f"{added(money)[1]:,f}"])
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(f"  {_line(row, widths)}\n" for row in rows)


def _row(title: str, totals: Sequence[Total], seen: Sequence[str]) -> list[str]:
    counts = [sum(one.cases for one in totals if one.outcome == outcome) for outcome in seen]
    entitles = all(one.amount is None for one in totals)
    return [title, *(f"{count:,}" if count else "" for count in counts), "" if entitles else f"{added(totals)[1]:,f}"]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (" " * (cells - width(cell)) for cell, cells in zip(row, widths, strict=True))
    return (row[0] + first + "".join(f"  {pad}{cell}" for pad, cell in zip(rest, row[1:], strict=True))).rstrip()
