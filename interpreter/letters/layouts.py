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


LAYOUTS: Mapping[str, Layout] = {"docx": _word, "html": _html, "txt": _text}
