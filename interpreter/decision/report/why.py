"""Step by step: how one measure came out, with every expression as written and every value it read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from interpreter.decision.model import Decision, Finding, Line, MeasureDecision, Named
from interpreter.decision.report import words
from interpreter.decision.report.answer import OPEN_OUTCOMES, heading, leaves, to_be_judged
from interpreter.decision.report.layout import GAP, beside, flow
from interpreter.decision.report.reasons import capped, period_of, title_of
from interpreter.decision.report.view import View
from interpreter.language.expression import Expression
from interpreter.problems import Language
from interpreter.problems.cells import cells, page_of
from interpreter.rulebook.model import Rulebook

STEP = 2


def render_why(
    decision: Decision,
    rulebook: Rulebook,
    measure: str,
    language: Language,
    *,
    width: int = 80,
    show_private: bool = False,
    colour: bool = False,
) -> str:
    """How `measure` (its id) came out: every requirement with its expression as written and the values it read as a
    tree, the amount's computation, and the rule by which the outcome follows. `KeyError` where the decision has no
    such measure."""
    view = View(decision, rulebook, language, width, show_private=show_private, colour=colour)
    decided = next((m for m in decision.measures if m.measure == measure), None)
    if decided is None:
        raise KeyError(measure)
    blocks = [heading(view), title_of(view, decided)]
    for place, line in enumerate(decided.lines, start=1):
        blocks += _line(view, decided, line, place if len(decided.lines) > 1 else None)
    if not decided.lines:
        blocks.append(_conclusion(view, [_nothing(view, decided)]))
    return page_of(blocks)


def _line(view: View, measure: MeasureDecision, line: Line, place: int | None) -> list[list[str]]:
    """The steps of one line, numbered; a line among several first says which it is."""
    blocks = []
    if measure.kind == "duty":
        blocks.append(flow(period_of(view, measure), view.comma, view.width))
    elif line.key:
        number = [view.fill(words.LINE, place)] if place is not None else []
        blocks.append(flow([*number, view.line(line), view.outcome(line.outcome)], GAP, view.width))
    told: set[str] = set()
    blocks += [_finding(view, measure, f, str(n), 0, told) for n, f in enumerate(line.findings, start=1)]
    amount = _amount(view, measure, line, told)
    return [*blocks, *([amount] if amount else []), _conclusion(view, _reason(view, line))]


# ---- requirements


def _finding(
    view: View, measure: MeasureDecision, finding: Finding, number: str, indent: int, told: set[str]
) -> list[str]:
    head = " " * indent + number + GAP + view.state(finding) + GAP
    lines = beside(head, finding.say, view.clause(finding.clause) if finding.clause else "", view.width)
    inner = indent + len(number) + len(GAP)
    requirement = view.requirements[measure.measure].get(finding.requirement)
    if requirement is not None and requirement.when is not None:
        lines += _expression(view, requirement.when, inner)
    if finding.parts:
        rule = words.REQUIREMENT_ANY if finding.mode == "any" else words.REQUIREMENT_ALL
        lines += beside(" " * inner, view.fill(rule), "", view.width)
    lines += [text for named in finding.values for text in _tree(view, named, inner + STEP, told)]
    for place, part in enumerate(finding.parts, start=1):
        lines += _finding(view, measure, part, f"{number}.{place}", min(inner, view.width // 3), told)
    return lines


def _expression(view: View, expression: Expression, indent: int, head: str = "") -> list[str]:
    """The expression as written, and where."""
    text = " ".join(expression.text.split())
    return beside(" " * indent + head, text, view.place(expression.where), view.width)


def _tree(view: View, named: Named, indent: int, told: set[str]) -> list[str]:
    """A value, how the policy computes it where it does, and under it the values it came from; once for each value."""
    text = view.named(replace(named, parts=()))
    definition = view.rulebook.definitions.get(named.name)
    computed = None if definition is None or named.provided else definition.expression
    if text in told and (computed is not None or named.parts):
        return beside(" " * indent, text + view.aside(view.fill(words.AS_ABOVE)), "", view.width)
    told.add(text)
    lines = beside(" " * indent, text, "", view.width)
    if computed is not None:
        lines += _expression(view, computed, indent + STEP, "= ")
    deeper = min(indent + STEP, view.width // 2)
    return [*lines, *(line for part in named.parts for line in _tree(view, part, deeper, told))]


# ---- amount


def _amount(view: View, measure: MeasureDecision, line: Line, told: set[str]) -> list[str]:
    written = view.rulebook.measures.get(measure.measure)
    if written is None or written.pays is None or line.outcome not in ("granted", *OPEN_OUTCOMES):
        return []
    hoped = line.amount if line.outcome == "granted" else line.potential
    shown = view.fill(words.AMOUNT_UNKNOWN) if hoped is None else view.money(hoped)
    lines = flow([view.fill(words.AMOUNT_STEP), shown], GAP, view.width)
    lines += _expression(view, written.pays, STEP)
    return [*lines, *(text for named in line.computation for text in _tree(view, named, 2 * STEP, told))]


# ---- conclusion


def _conclusion(view: View, sentences: list[str]) -> list[str]:
    head = view.fill(words.CONCLUSION) + GAP
    return [
        line for place, sentence in enumerate(sentences)
        for line in beside(head if place == 0 else " " * cells(head), sentence, "", view.width)
    ]


def _nothing(view: View, measure: MeasureDecision) -> str:
    return view.fill(words.WHY_NOTHING, view.outcome(measure.outcome), measure.nothing or measure.title)


def _reason(view: View, line: Line) -> list[str]:
    """The outcome rule that applied, in a sentence; then what limits made of it."""
    sentences = []
    first = line.adjustments[0].outcome_before if line.adjustments else line.outcome
    word = view.outcome(first)
    names = view.fill(words.PAUSE).join(_decisive(view, line))
    match first:
        case "granted":
            sentences.append(view.fill(words.WHY_GRANTED, word))
        case "refused":
            sentences.append(view.fill(words.WHY_REFUSED, word, names))
        case "referred":
            sentences.append(view.fill(words.WHY_REFERRED, word, names))
        case "met":
            sentences.append(view.fill(words.WHY_MET, word))
        case "unmet" | "pending":
            template = words.WHY_UNMET if first == "unmet" else words.WHY_PENDING
            sentences.append(view.fill(template, word, names))
        case "incomplete" | "unknown":
            wanted = view.fill(words.PAUSE).join(missing.label for missing in line.missing)
            sentences.append(view.fill(words.WHY_INCOMPLETE, word, wanted))
        case "review":
            points = [point.label for point in line.open_points] + [f.say for f in to_be_judged((line,))]
            sentences.append(view.fill(words.WHY_REVIEW, word, view.fill(words.PAUSE).join(points)))
        case _:
            pass
    for adjustment in line.adjustments:
        before = view.result(adjustment.outcome_before, adjustment.amount_before)
        after = view.result(adjustment.outcome_after, adjustment.amount_after)
        earlier = [view.fill(words.EARLIER, adjustment.earlier)] if adjustment.earlier is not None else []
        told = view.comma.join([*earlier, *capped(view, adjustment)])
        sentences.append(
            view.fill(words.WHY_LIMITED, after, adjustment.label, before, view.aside(told) if told else "")
        )
    return sentences


def _decisive(view: View, line: Line) -> Iterable[str]:
    """The sentences of the requirements that decided by not being met, limits aside."""
    decided = [f for f in line.findings if f.decided and f.state == "not met" and not f.limit]
    return dict.fromkeys(leaf.say for leaf in leaves(tuple(decided)) if leaf.state == "not met")
