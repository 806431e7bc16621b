"""The job that fetches the fonts of letters."""

from __future__ import annotations

from collections.abc import Callable

from interpreter.jobs.ended import FINDINGS, OK, Ended, View, rendered
from interpreter.problems import Problem, Text, fill

_THERE = Text("{count} 个字体文件在 {folder}\n", "{count} font files in {folder}\n")


def fonts(tell: Callable[[str], None], view: View) -> Ended:
    """Fetches the fonts that are not there yet; `tell` gets the name of each package before it is fetched."""
    from interpreter.letters.pdf.fetch import fetch
    from interpreter.letters.pdf.fonts import home

    found = fetch(home(), tell)
    if isinstance(found, Problem):
        return Ended(FINDINGS, err=rendered([found], view))
    return Ended(OK, fill(_THERE, view.language, count=len(found), folder=home()))
