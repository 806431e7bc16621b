"""The whole page: the answer first, then the reasons, then what is to be done."""

from __future__ import annotations

from interpreter.decision.model import Decision
from interpreter.decision.report.answer import answer, heading
from interpreter.decision.report.next_steps import assumptions, commands, homework, notes, supplement
from interpreter.decision.report.reasons import reasons
from interpreter.decision.report.view import View
from interpreter.problems import Language
from interpreter.problems.cells import page_of
from interpreter.rulebook.model import Rulebook


def render_text(
    decision: Decision,
    rulebook: Rulebook,
    language: Language,
    *,
    width: int = 80,
    brief: bool = False,
    show_private: bool = False,
    colour: bool = False,
    command_input: str = "examples/worker.json",
) -> str:
    """The decision as a page of text, no line wider than `width` cells (60 at least), ending in a newline.

    `brief` folds the requirements that are met; `show_private` writes ids out in full; `colour` marks the outcome's
    word, which stands there either way. `command_input` is the case's file in the commands to copy. What the policy
    says (titles, sentences of requirements, labels) is shown as the policy wrote it.
    """
    view = View(decision, rulebook, language, width, brief, show_private, colour)
    ends = [*notes(view), *commands(view, command_input)]
    blocks = [
        heading(view), answer(view), supplement(view), homework(view), *reasons(view), *assumptions(view), ends
    ]
    return page_of(blocks)
