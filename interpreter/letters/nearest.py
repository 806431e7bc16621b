"""What would change a refusal: how much is lacking where a plain threshold was missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interpreter.decision.model import Finding, Line, MeasureDecision
from interpreter.decision.report.written import Threshold, threshold
from interpreter.letters.wording import Wording


@dataclass(frozen=True, slots=True)
class Change:
    """What one line (none: the whole measure) lacks: a figure, by how much, and what it must come to."""

    line: str
    label: str
    short: str
    needed: str

    @property
    def shown(self) -> dict[str, str]:
        return {"line": self.line, "label": self.label, "short": self.short, "needed": self.needed}


def nearest(
    lines: Iterable[Line], common: Iterable[Finding], measure: MeasureDecision, wording: Wording,
) -> tuple[list[Change], bool]:
    """The changes, each once, by which refused lines would meet the thresholds they missed; and whether something else
    is not met or not known, so that these changes alone would not do. `common` are the findings of all lines alike."""
    shared = {finding.requirement for finding in common}
    found: dict[tuple[str, str], Change] = {}
    others = False
    for line in lines:
        if line.outcome != "refused":
            continue
        for finding in line.findings:
            for missed in _missed(finding, measure, wording):
                if missed is None or missed.short is None:
                    others = True
                    continue
                whom = "" if finding.requirement in shared else wording.line(line)
                made = Change(whom, missed.seen.label, wording.value(missed.short), wording.value(missed.needed))
                found.setdefault((whom, made.label), made)
    return list(found.values()), others


def _missed(finding: Finding, measure: MeasureDecision, wording: Wording) -> Iterator[Threshold | None]:
    """The thresholds that were missed; None for everything else that is not met or not known."""
    if finding.state == "met":
        return
    if finding.parts and finding.mode != "any":
        for part in finding.parts:
            yield from _missed(part, measure, wording)
    elif finding.parts or finding.limit or finding.state == "unknown":
        yield None
    else:
        yield threshold(finding, wording.requirements.get(measure.measure, {}).get(finding.requirement))
