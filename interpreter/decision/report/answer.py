"""The top of the page: who, by what and as of when, and the answer, one line a measure, its sums in one column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from interpreter.decision.duties import DUE
from interpreter.decision.model import BEST_FIRST, Finding, Line, MeasureDecision, Outcome
from interpreter.decision.report import words
from interpreter.decision.report.capitals import capitals
from interpreter.decision.report.layout import GAP, clean, flow, pad, pad_left, wrap
from interpreter.decision.report.view import View
from interpreter.decision.report.written import threshold
from interpreter.language.unknown import Unknown
from interpreter.problems.cells import cells

LEAST_NOTE = 22
"""A note gets at least so many cells; where less is left beside the sum it goes under it."""
OPEN_OUTCOMES: tuple[Outcome, ...] = ("incomplete", "review")


def heading(view: View) -> list[str]:
    """Who (private key masked) and which application; under which rules, for which day."""
    decision = view.decision
    name, *key = decision.who or (None,)
    who = [view.called(name)] if name is not None else []
    who += [view.value(part) for part in key]
    if decision.authority is not None:
        who.append(view.value(decision.authority))
    if decision.case:
        who.append(view.fill(words.APPLICATION, decision.case))
    which = view.fill(words.GIVEN_DAY) if decision.as_of_given else decision.as_of_label
    rules = view.fill(
        words.IN_FORCE_UNKNOWN if decision.as_of is None else words.IN_FORCE, number=view.rulebook.number,
        day=decision.as_of, label=view.aside(which) if which else "",
    )
    return [*flow(dict.fromkeys(who), GAP, view.width), *wrap(rules, view.width)]


@dataclass(frozen=True, slots=True)
class _Row:
    outcome: Outcome | None
    word: str
    title: str
    sum: str
    notes: list[str]


def answer(view: View) -> list[str]:
    """One line a measure and the total, with what is still open and the sum in capitals; of duties there is none.
    Measures that were not claimed come after it."""
    counted = _counted(view)
    duties = [m for m in view.decision.measures if m.kind == "duty"]
    unclaimed = [m for m in view.decision.measures if m not in counted and m not in duties]
    granted = sum(m.outcome == "granted" for m in counted)
    total = None if duties and not counted and not unclaimed else _Row(
        None, view.fill(words.TOTAL), view.fill(words.GRANTED_COUNT, granted), view.money(view.decision.total),
        _total_notes(view),
    )
    lines = _block(view, [*counted, *duties], total)
    return [*lines, "", GAP + view.fill(words.UNCLAIMED), *_block(view, unclaimed, None)] if unclaimed else lines


def _block(view: View, measures: list[MeasureDecision], total: _Row | None) -> list[str]:
    rows = [
        _Row(m.outcome, view.outcome(m.outcome), clean(m.title), _sum(view, m), _notes(view, m)) for m in measures
    ]
    totalled = rows if total is None else [*rows, total]
    word = max(cells(row.word) for row in totalled)
    sums = max(cells(row.sum) for row in totalled)
    room = view.width - len(GAP) * 4 - word - sums
    title = max(8, min(max(cells(row.title) for row in totalled) + len(GAP), room))
    lines = [line for row in rows for line in _set(view, row, word, title, sums)]
    if total is None:
        return lines
    rule = "-" * min(view.width - len(GAP), word + title + sums + 2 * len(GAP))
    return [*lines, GAP + rule, *_set(view, total, word, title, sums)]


def _counted(view: View) -> list[MeasureDecision]:
    """The measures of the total: those claimed, or all of a case that lists no claims; no duties."""
    return [m for m in view.decision.measures if m.kind != "duty" and (view.decision.claims is None or m.claimed)]


def _set(view: View, row: _Row, word: int, title: int, sums: int) -> list[str]:
    """One row in its columns; a title too long for its column and a note wrap under themselves."""
    titles = wrap(row.title, title)
    left = len(GAP) * 2 + word
    place = left + title + len(GAP) + sums + len(GAP)
    beside = view.width - place >= LEAST_NOTE
    start = place if beside else left
    notes = flow(row.notes, view.comma, view.width - start)
    head = GAP + pad(row.word, word) + GAP
    lines = [head + titles[0], *(" " * left + more for more in titles[1:])]
    if row.sum or (notes and beside):
        lines[-1] = pad(lines[-1], left + title + len(GAP)) + pad_left(row.sum, sums)
    if notes and beside:
        lines[-1] += GAP + notes.pop(0)
    lines.extend(" " * start + note for note in notes)
    if row.outcome is not None:
        after = lines[0][len(GAP) + len(row.word) :]
        lines[0] = view.painted(row.outcome, before=GAP, after=after)
    return lines


def potential(measure: MeasureDecision, outcomes: tuple[Outcome, ...]) -> Decimal | None:
    """What the lines with these outcomes would come to if all turned out well; None where one is not known."""
    amounts = [line.potential for line in measure.lines if line.outcome in outcomes]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def _sum(view: View, measure: MeasureDecision) -> str:
    if measure.outcome == "granted":
        return view.fill(words.ENTITLED) if measure.amount is None else view.money(measure.amount)
    if measure.outcome not in OPEN_OUTCOMES or measure.kind == "duty":
        return ""
    if measure.kind == "entitlement":
        return view.fill(words.ENTITLED)
    hoped = potential(measure, OPEN_OUTCOMES)
    return view.fill(words.NOT_YET_KNOWN) if hoped is None else view.money(hoped)


def _notes(view: View, measure: MeasureDecision) -> list[str]:
    """What to know beside the sum: how the lines came out, what is lacking, the first reason."""
    parts = [due(view, measure)] if measure.kind == "duty" else []
    if len(measure.lines) > 1:
        parts.append(lines_in_short(view, measure))
    parts += [view.span(line.during) for line in measure.lines if line.during is not None and len(measure.lines) == 1]
    match measure.outcome:
        case "granted":
            hoped = potential(measure, OPEN_OUTCOMES)
            if hoped:
                parts.append(view.fill(words.STILL, view.money(hoped)))
        case "not_applicable":
            parts += [view.fill(words.NOTHING, measure.nothing)] if measure.nothing else []
        case "incomplete":
            sure = measure.kind == "benefit" and potential(measure, OPEN_OUTCOMES) is not None
            if measure.missing:
                parts.append(view.fill(words.IF_SUPPLIED if sure else words.WANTS, len(measure.missing)))
        case "review":
            points = len(measure.open_points) + len(to_be_judged(measure.lines))
            if points:
                parts.append(view.fill(words.OFFICE_FIRST, points))
        case "referred":
            schemes = {f.refer_to for f in _deciding(measure) if f.refer_to in view.rulebook.other_schemes}
            parts += [view.fill(words.REFERRED_TO, view.rulebook.other_schemes[s].title) for s in sorted(schemes)]
        case "unknown":
            parts.append(view.fill(words.WANTS, len(measure.missing)))
        case "refused" | "unmet" | "pending":
            parts += _in_short(view, measure, _deciding(measure)) if len(measure.lines) == 1 else []
    return parts


def due(view: View, duty: MeasureDecision) -> str:
    """The day a duty is due."""
    day = next(part for part in duty.lines[0].computation if part.name == DUE)
    return view.fill(words.DUE_UNKNOWN) if isinstance(day.value, Unknown) else view.fill(words.DUE, view.value(day))


def leaves(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings with no findings inside them, in order."""
    return [leaf for f in findings for leaf in (leaves(f.parts) if f.parts else [f])]


def _deciding(measure: MeasureDecision) -> list[Finding]:
    findings = [f for line in measure.lines for f in line.findings if f.decided and f.state == "not met"]
    return [leaf for f in findings for leaf in leaves((f,)) if leaf.state == "not met"]


def to_be_judged(lines: tuple[Line, ...]) -> list[Finding]:
    """What a person must decide: the requirements that sent lines to review by not being met, each once."""
    decided = [f for line in lines if line.outcome == "review" for f in line.findings if f.decided]
    named = [part for f in decided for part in ([f] if f.otherwise == "review" else leaves((f,)))]
    return list({f.requirement: f for f in named if f.state == "not met" and f.otherwise == "review"}.values())


def _in_short(view: View, measure: MeasureDecision, findings: list[Finding]) -> list[str]:
    """The first of the reasons: what was seen and needed, or the requirement itself."""
    if not findings:
        return []
    at = threshold(findings[0], view.requirements[measure.measure].get(findings[0].requirement))
    if at is None:
        return [f"{view.state(findings[0])} {findings[0].say}"]
    return [f"{at.seen.label} {view.value(at.seen)}", view.fill(words.NEEDS, view.value(at.needed))]


def lines_in_short(view: View, measure: MeasureDecision) -> str:
    """`3 行：准予 2，不予 1`."""
    count = len(measure.lines)
    lines = view.fill(words.LINES, count)
    outcomes = Counter(line.outcome for line in measure.lines)
    if len(outcomes) == 1:
        return view.fill(words.ALL_ALIKE, count=count, lines=lines, outcome=view.outcome(measure.lines[0].outcome))
    each = [f"{view.outcome(o)} {outcomes[o]}" for o in BEST_FIRST if o in outcomes]
    return lines + view.fill(words.COLON) + view.comma.join(each)


def _total_notes(view: View) -> list[str]:
    """The total in capitals, then what is still open: sums by outcome, and how many measures have no sum yet."""
    total, notes = view.decision.total, []
    if total > 0 and view.decision.currency == "CNY":
        notes.append(capitals(total))
    unsettled = 0
    sums: dict[Outcome, Decimal] = {}
    for measure in _counted(view):
        for outcome in OPEN_OUTCOMES if measure.kind == "benefit" else ():
            if any(line.outcome == outcome for line in measure.lines):
                hoped = potential(measure, (outcome,))
                unsettled += hoped is None
                sums[outcome] = sums.get(outcome, Decimal(0)) + (hoped or Decimal(0))
    open_sums = [f"{view.money(amount)}{view.aside(view.outcome(o))}" for o, amount in sums.items() if amount]
    if open_sums:
        notes.append(view.fill(words.STILL, view.fill(words.PAUSE).join(open_sums)))
    if unsettled:
        notes.append(view.fill(words.UNSETTLED, unsettled))
    return notes
