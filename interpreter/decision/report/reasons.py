"""Why: each requirement as met, not met or unknown, with the values it saw, what was needed, and its clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from interpreter.decision.duties import CHECKED
from interpreter.decision.model import Adjustment, Finding, Line, MeasureDecision, Named, Outcome, State
from interpreter.decision.report import words
from interpreter.decision.report.answer import OPEN_OUTCOMES, due, lines_in_short
from interpreter.decision.report.layout import GAP, beside, clean, columns, flow, indented, pad
from interpreter.decision.report.view import View
from interpreter.decision.report.words import STATE
from interpreter.decision.report.written import threshold
from interpreter.problems.cells import cells

Met = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Reasons:
    """What the reasons of a group of lines are written with."""

    view: View
    measure: MeasureDecision
    seen: set[Met]
    """Met findings already spelled out higher on the page."""
    only: frozenset[str] | None = None
    """The values that all lines of the group have alike; None: all of them."""

    def alike(self, texts: Iterable[str]) -> list[str]:
        return [text for text in texts if self.only is None or text in self.only]


def reasons(view: View) -> list[list[str]]:
    """One block of lines for every measure that had something to decide."""
    seen: set[Met] = set()
    return [_measure(view, m, seen) for m in view.decision.measures if m.outcome != "not_applicable"]


def title_of(view: View, measure: MeasureDecision) -> list[str]:
    """`甲项补贴  准予 123.00 元  三（一）`."""
    result = view.result(measure.outcome, measure.amount)
    lines = flow([measure.title, result, view.clause(measure.clause)], GAP, view.width)
    before, word = clean(measure.title) + GAP, view.outcome(measure.outcome)
    if len(measure.lines) > 1:
        lines = [*lines[:-1], *beside("", lines[-1], lines_in_short(view, measure), view.width)]
    if lines[0].startswith(before + word):
        lines[0] = view.painted(measure.outcome, before, lines[0][len(before + word) :])
    return lines


def _measure(view: View, measure: MeasureDecision, seen: set[Met]) -> list[str]:
    lines = title_of(view, measure)
    if measure.governed_by is not None and measure.governed_by in view.rulebook.other_schemes:
        scheme = view.rulebook.other_schemes[measure.governed_by]
        office = view.aside(scheme.office) if scheme.office else ""
        lines += beside(GAP, view.fill(words.ADMINISTERED, scheme.title + office), "", view.width)
    if measure.kind == "duty":
        lines += indented(flow(period_of(view, measure), view.comma, view.width - 2), 2)
    groups = _alike(measure.lines)
    for group in groups:
        lines += _group(view, measure, group, seen, alone=len(groups) == 1)
    return lines


def period_of(view: View, duty: MeasureDecision) -> list[str]:
    """Who bears a duty and in which period, when it is due and when that was checked."""
    line = duty.lines[0]
    checked = [view.named(part) for part in line.computation if part.name == CHECKED and part.label]
    return [view.line(line), due(view, duty), *checked]


# ---- lines


Shape = tuple[tuple[str, State, bool], ...]


def _alike(lines: tuple[Line, ...]) -> list[list[Line]]:
    """The lines in groups that came out the same way for the same reasons, in the order of their first."""
    groups: dict[tuple[Outcome, Shape], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.outcome, _shape(line.findings)), []).append(line)
    return list(groups.values())


def _shape(findings: tuple[Finding, ...]) -> Shape:
    return tuple(part for f in findings for part in ((f.requirement, f.state, f.decided), *_shape(f.parts)))


def _group(view: View, measure: MeasureDecision, group: list[Line], seen: set[Met], *, alone: bool) -> list[str]:
    """Lines that are alike: each with its sum and what is its own, and their common reasons once."""
    values = [dict.fromkeys(_texts(_Reasons(view, measure, seen), line)) for line in group]
    common = frozenset(values[0]).intersection(*values[1:])
    reasons = _Reasons(view, measure, seen, common)
    if not group[0].key or measure.kind == "duty":
        return _findings(reasons, group[0], 2)
    indent = 2 if alone else 4
    if view.brief and group[0].outcome == "granted":
        rows = []
    elif all(len(own) == len(common) for own in values):
        rows = columns([_line(view, line) for line in group], view.width - indent)
    else:
        rows = [
            text for line, own in zip(group, values, strict=True)
            for text in _line_with_its_own(view, line, [v for v in own if v not in common], view.width - indent)
        ]
    findings = _findings(reasons, group[0], indent)
    if alone:
        return [*findings, *indented(rows, indent)]
    count = view.fill(words.LINES, len(group))
    return [view.painted(group[0].outcome, before=GAP, after=GAP + count), *indented(rows, indent), *findings]


def _line(view: View, line: Line) -> str:
    amount = line.amount if line.outcome == "granted" else line.potential
    shown = amount if line.outcome in ("granted", *OPEN_OUTCOMES) else None
    given = view.money(shown) if shown is not None else view.span(line.during) if line.during is not None else ""
    return view.line(line) + (GAP + given if given else "")


def _line_with_its_own(view: View, line: Line, values: list[str], width: int) -> list[str]:
    return [*beside("", _line(view, line), "", width), *indented(flow(values, view.comma, width - 2), 2)]


def _texts(reasons: _Reasons, line: Line) -> Iterable[str]:
    """Every text that would stand under the findings of a line."""
    for finding in line.findings:
        yield from _texts_of(reasons, line, finding)
    for adjustment in _untold(line):
        yield from (adjustment.label, *_adjustment(reasons.view, adjustment))
    yield from _computation(reasons.view, line)


def _texts_of(reasons: _Reasons, line: Line, finding: Finding) -> Iterable[str]:
    if finding.state == "met":
        yield from map(reasons.view.named, _seen(reasons.view, finding))
    elif finding.parts:
        for part in finding.parts:
            yield from _texts_of(reasons, line, part)
    else:
        yield from _beneath(reasons, line, finding)


def _untold(line: Line) -> list[Adjustment]:
    """What limits did without a finding of their own."""
    told = {finding.requirement for finding in line.findings}
    return [adjustment for adjustment in line.adjustments if adjustment.limit not in told]


def _computation(view: View, line: Line) -> list[str]:
    """The values behind a granted sum, where there is more than the one standard amount."""
    pays = line.amount is not None and line.outcome in ("granted", *OPEN_OUTCOMES)
    several = pays and len(line.computation) > 1
    return [view.named(value) for value in line.computation] if several else []


# ---- findings


def _findings(reasons: _Reasons, line: Line, indent: int) -> list[str]:
    """All findings of a line; with `brief` the met ones as a count."""
    view = reasons.view
    shown = [f for f in line.findings if not (view.brief and f.state == "met")]
    folded = len(line.findings) - len(shown)
    lines = [_head(view, "met", indent) + view.fill(words.FOLDED, folded)] if folded else []
    lines += [text for f in shown for text in _finding(reasons, line, f, indent)]
    for adjustment in _untold(line):
        if reasons.alike([adjustment.label]):
            head = _padded(view, view.fill(words.LIMIT), indent)
            lines += beside(head, adjustment.label, _clauses(reasons, [adjustment.clause]), view.width)
            lines += _under(reasons, _adjustment(view, adjustment), indent)
    computed = reasons.alike(_computation(view, line))
    return [*lines, *(_hang(_padded(view, view.fill(words.AMOUNT), indent), computed, view) if computed else [])]


def _finding(reasons: _Reasons, line: Line, finding: Finding, indent: int) -> list[str]:
    view = reasons.view
    head = _head(view, finding.state, indent)
    if finding.state == "met":
        return _met(reasons, finding, head, indent)
    say = finding.say
    if finding.mode == "any" and finding.parts:
        say += view.aside(view.fill(words.ANY_ONE))
    if finding.state == "not met" and not finding.decided:
        say += view.aside(view.fill(words.DID_NOT_DECIDE))
    right = _wants(view, finding) if finding.state == "unknown" and not finding.parts else ""
    lines = beside(head, say, right or _clauses(reasons, [finding.clause]), view.width)
    if finding.parts:
        return [*lines, *(text for part in finding.parts for text in _finding(reasons, line, part, indent + 4))]
    return [*lines, *_under(reasons, _beneath(reasons, line, finding), indent)]


def _met(reasons: _Reasons, finding: Finding, head: str, indent: int) -> list[str]:
    """A met finding: what it says, and in one run the values that it and its parts saw."""
    view = reasons.view
    values = tuple(reasons.alike(dict.fromkeys(map(view.named, _seen(view, finding)))))
    clauses = _clauses(reasons, _clauses_within(finding))
    if (finding.say, values) in reasons.seen and (values or clauses):
        return beside(head, finding.say + view.aside(view.fill(words.AS_ABOVE)), "", view.width)
    reasons.seen.add((finding.say, values))
    return [*beside(head, finding.say, clauses, view.width), *_under(reasons, list(values), indent)]


def _seen(view: View, finding: Finding) -> Iterable[Named]:
    """The values behind a met finding without the policy's own settings, which its sentence tells."""
    for named in finding.values:
        if named.name not in view.rulebook.parameters:
            yield named
    for part in finding.parts:
        if part.state == "met":
            yield from _seen(view, part)


def _beneath(reasons: _Reasons, line: Line, finding: Finding) -> list[str]:
    """What stands under an unmet or unknown finding: values seen and needed, and what not being met means."""
    view = reasons.view
    texts: list[str] = []
    at = threshold(finding, view.requirements[reasons.measure.measure].get(finding.requirement))
    if at is not None:
        texts += [view.named(at.seen), view.fill(words.NEEDS, view.value(at.needed))]
        texts += [view.fill(words.SHORT_BY, view.value(at.short))] if at.short is not None else []
    else:
        texts += [view.named(named) for named in finding.values if not view.tells_nothing(named)]
    if finding.limit:
        made = (adjustment for adjustment in line.adjustments if adjustment.limit == finding.requirement)
        texts += [text for adjustment in made for text in _adjustment(view, adjustment)]
    elif finding.state == "not met" and finding.decided and finding.refer_to in view.rulebook.other_schemes:
        scheme = view.rulebook.other_schemes[finding.refer_to]
        place = scheme.title + (view.comma + scheme.office if scheme.office else "")
        texts.append(view.fill(words.IF_UNMET_REFER, place))
    elif finding.state == "not met" and finding.decided and finding.otherwise == "review":
        texts.append(view.fill(words.IF_UNMET_REVIEW))
    return texts


def _adjustment(view: View, adjustment: Adjustment) -> list[str]:
    """What a limit did: the line before and after it, and the earlier decision it came behind."""
    before = view.result(adjustment.outcome_before, adjustment.amount_before)
    after = view.result(adjustment.outcome_after, adjustment.amount_after)
    texts = [view.fill(words.LIMITED, before=before, after=after)]
    if adjustment.earlier is not None:
        texts.append(view.fill(words.EARLIER, adjustment.earlier))
    return [*texts, *capped(view, adjustment)]


def capped(view: View, adjustment: Adjustment) -> list[str]:
    """What a limit on an amount allows, how much of it was used before, and what was left."""
    if adjustment.cap is None or adjustment.used is None:
        return []
    left = max(adjustment.cap - adjustment.used, Decimal(0))
    return [view.fill(words.CAPPED, *map(view.money, (adjustment.cap, adjustment.used, left)))]


def _wants(view: View, finding: Finding) -> str:
    """What an unknown finding lacks: facts of the claimant, settings of the office."""
    causes = view.rulebook.causes_of(finding.causes)
    facts = [cause.label for cause in causes if cause.kind == "fact"]
    points = [cause.label for cause in causes if cause.kind == "setting"]
    faults = [cause.label for cause in causes if cause.kind == "fault"]
    texts = [
        view.fill(template, view.fill(words.PAUSE).join(dict.fromkeys(labels)))
        for template, labels in ((words.LACKS, facts), (words.OPEN, points), (words.FAULT, faults)) if labels
    ]
    return view.comma.join(texts)


# ---- pieces of the page


def _padded(view: View, word: str, indent: int) -> str:
    size = max(cells(view.fill(text)) for text in STATE.values())
    return " " * indent + pad(word, size) + GAP


def _head(view: View, state: State, indent: int) -> str:
    return _padded(view, view.fill(STATE[state]), indent)


def _under(reasons: _Reasons, texts: list[str], indent: int) -> list[str]:
    """Texts in a run under a finding, with its indentation."""
    shown = reasons.alike(texts)
    return _hang(" " * cells(_head(reasons.view, "met", indent)), shown, reasons.view) if shown else []


def _hang(head: str, texts: list[str], view: View) -> list[str]:
    first, *rest = flow(texts, view.comma, view.width - cells(head)) or [""]
    return [head + first, *(" " * cells(head) + line for line in rest)]


def _clauses_within(finding: Finding) -> list[str | None]:
    return [finding.clause, *(clause for part in finding.parts for clause in _clauses_within(part))]


def _clauses(reasons: _Reasons, clauses: Iterable[str | None]) -> str:
    """Clauses in the order of the notice, each once, without the measure's own."""
    named = {clause for clause in clauses if clause and clause != reasons.measure.clause}
    order = {number: place for place, number in enumerate(reasons.view.rulebook.clauses)}
    sorted_ = sorted(named, key=lambda clause: (order.get(clause, len(order)), clause))
    return reasons.view.fill(words.PAUSE).join(sorted_)
