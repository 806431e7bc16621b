"""Jobs that explain: a problem's code, and what a single expression gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from interpreter.jobs.ended import (
    FINDINGS,
    OK,
    TEMPLATES,
    USAGE,
    Ended,
    View,
    invalid_policy,
    no_notice,
    open_rulebook,
    rendered,
    say,
)
from interpreter.problems import Problem, Text
from interpreter.rulebook.folder import notices

ALL_CODES = "list"
"""Asks for every code there is."""

_UNKNOWN = Text("未知，缺 {wants}", "unknown, for want of {wants}")


def help_on(code: str, view: View) -> Ended:
    """The page of help on a problem's code, or the list of all codes."""
    from interpreter.assurance.help.page import help_page, list_of_codes
    from interpreter.assurance.help.pages import page_of
    from interpreter.problems.messages import catalogue
    from interpreter.problems.suggest import closest

    if code == ALL_CODES:
        return Ended(OK, list_of_codes(view.language, width=view.width))
    page = page_of(code)
    if page is None:
        guess = closest(code, catalogue())
        fields = {"name": code} | ({"guess": guess} if guess else {})
        return Ended(USAGE, err=rendered([Problem("help.unknown", fields=fields)], view))
    return Ended(OK, help_page(page, view.language, TEMPLATES, width=view.width, colour=view.colour))


def ask(expression: str, policy: Path | None, day: date | None, view: View) -> Ended:
    """What one expression gives, and of which type; with a policy it may use its parameters, tables and definitions."""
    from interpreter.decision.calculator import work_out
    from interpreter.language.show import show
    from interpreter.language.types import say_type
    from interpreter.language.unknown import Unknown

    problems: list[Problem] = []
    rulebook = None
    if policy is not None:
        if len(folders := notices(policy)) != 1:
            return no_notice(policy, view)
        rulebook = open_rulebook(folders[0], problems)
        if rulebook is None:
            return invalid_policy(problems, view)
    found = work_out(expression, rulebook, day, problems)
    if found is None:
        return Ended(USAGE, err=rendered(problems, view))
    problems += [Problem("ask.no-value", where, {"operation": operation}) for operation, where in found.faults]
    told = rendered(problems, view)
    if found.faults:
        return Ended(FINDINGS, err=told)
    if isinstance(found.value, Unknown):
        wants = ", ".join(dict.fromkeys(cause.label for cause in found.lacks))
        return Ended(OK, say(_UNKNOWN, view, wants=wants), told)
    value = str(found.value).lower() if isinstance(found.value, bool) else show(found.value, found.type, view.language)
    return Ended(OK, f"{value}  ({say_type(found.type).to(view.language)})\n", told)
