"""The language to speak: as asked for, else as set for this program, else as the computer is set."""

from __future__ import annotations

from collections.abc import Mapping

from interpreter.problems.problem import Language

_VARIABLES = ("POLICY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(option: str | None, environ: Mapping[str, str]) -> Language:
    """Chinese where the first of `--lang`, POLICY_LANG, LC_ALL, LC_MESSAGES and LANG that says something begins with
    `zh`, else English."""
    given = [option, *(environ.get(name) for name in _VARIABLES)]
    chosen = next((value for value in given if value), "")
    return "zh" if chosen.lower().startswith("zh") else "en"
