"""Every shape a letter can have, by the ending of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from interpreter.letters.paper import Paper
from interpreter.problems import Problem

Layout = Callable[[Paper], bytes | Problem]
"""The bytes of a letter's file, or why it cannot be set so."""


def _text(paper: Paper) -> bytes:
    from interpreter.letters import text

    return text.lay_out(paper).encode("utf-8")


def _html(paper: Paper) -> bytes:
    from interpreter.letters import html

    return html.lay_out(paper).encode("utf-8")


def _word(paper: Paper) -> bytes:
    # what makes Word files takes long to start with, and is seldom asked for
    from interpreter.letters.word.file import lay_out

    return lay_out(paper)


def _pdf(paper: Paper) -> bytes | Problem:
    from interpreter.letters.pdf.fonts import Fonts
    from interpreter.letters.pdf.lay_out import held_back, lay_out_one

    fonts = Fonts.ours()
    if isinstance(fonts, Problem):
        return fonts
    return held_back(paper, fonts) or lay_out_one(paper, fonts)


LAYOUTS: Mapping[str, Layout] = {"docx": _word, "html": _html, "pdf": _pdf, "txt": _text}
