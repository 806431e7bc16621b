"""`policy eval`: cases decided and shown, as a page, step by step, or for programs; with their letters if asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from interpreter.jobs.cases import Decided, Given, Outcome, decide_all
from interpreter.jobs.ended import (
    CASE_INVALID,
    FINDINGS,
    OK,
    UNDECIDED,
    USAGE,
    Ended,
    View,
    page,
    rendered,
    say,
    templates_for,
)
from interpreter.problems import Problem, Text

if TYPE_CHECKING:
    from interpreter.decision.model import Decision

_LETTERS = Text("文书", "Letters")
_NO_LETTER = Text("{title}：不生成文书，{why}", "{title}: no letter, {why}")


@dataclass(frozen=True, slots=True)
class Question:
    """What `policy eval` was asked: the cases, one measure only, one explained step by step, and in which form."""

    given: Given
    measure: str | None = None
    why: str | None = None
    as_json: bool = False
    letters: Path | None = None
    strict: bool = False


def evaluate(question: Question, view: View) -> Ended:
    """Decides cases and shows why; cases with errors are told of and the others decided."""
    if question.as_json and question.why is not None:
        return Ended(USAGE, err=rendered([Problem("why.json")], view))
    named = tuple(name for name in (question.measure, question.why) if name is not None)
    outcome = decide_all(replace(question.given, measures=named), view)
    return outcome if isinstance(outcome, Ended) else _told(question, view, outcome)


def _told(question: Question, view: View, outcome: Outcome) -> Ended:
    """The pages of all decisions, what is wrong, and the code: the gravest of what happened."""
    unwritten: list[Problem] = []
    decided = [replace(one, decision=_only(question.measure, one)) for one in outcome.decided]
    pages = [_shown(question, view, one) + _letters(question, view, one, unwritten) for one in decided]
    code = OK
    if outcome.problems:
        code = CASE_INVALID
    elif unwritten:
        code = FINDINGS
    elif question.strict and any(_is_open(one.decision) for one in decided):
        code = UNDECIDED
    err = outcome.told(view, unwritten)
    if question.as_json:
        return Ended(code, "".join(pages), err, is_data=True)
    return Ended(code, page(pages), "\n" + err if pages and err else err)


def _only(measure: str | None, one: Decided) -> Decision:
    """The decision of one measure alone, where one was asked for."""
    decision = one.decision
    if measure is None:
        return decision
    kept = tuple(made for made in decision.measures if made.measure == one.asked.measures[measure])
    granted = [made.amount for made in kept if made.amount is not None]
    return replace(decision, measures=kept, total=sum(granted, decision.total * 0))


def _is_open(decision: Decision) -> bool:
    return any(measure.outcome in ("incomplete", "review", "unknown") for measure in decision.measures)


def _shown(question: Question, view: View, one: Decided) -> str:
    book, decision = one.asked.book, one.decision
    if question.as_json:
        from interpreter.decision.report.canonical import to_json

        return to_json(decision, book).decode("utf-8")
    if question.why is not None:
        from interpreter.decision.report.why import render_why

        return render_why(
            decision, book, one.asked.measures[question.why], view.language, width=view.width,
            show_private=view.show_private, colour=view.colour,
        )
    from interpreter.decision.report.page import render_text

    return render_text(
        decision, book, view.language, width=view.width, brief=view.brief, show_private=view.show_private,
        colour=view.colour, command_input=one.case.source.name,
    )


def _letters(question: Question, view: View, one: Decided, problems: list[Problem]) -> str:
    """Writes the letters where they are asked for, and says which."""
    if question.letters is None:
        return ""
    from interpreter.letters.plan import without_letter
    from interpreter.letters.write import write_letters

    decision = one.decision
    paths = write_letters(decision, one.asked.book, question.letters, templates_for(question.given.policy), problems)
    if question.as_json:
        return ""
    claimed = (plan for plan in without_letter(decision) if decision.claims is None or plan.measure.claimed)
    lines = [f"  {path}\n" for path in paths]
    lines += ["  " + say(_NO_LETTER, view, title=no.measure.title, why=no.why.to(view.language)) for no in claimed]
    return "\n" + say(_LETTERS, view) + "".join(lines)
