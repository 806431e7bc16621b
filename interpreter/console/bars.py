"""Bars of progress, on a terminal only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import click

from interpreter.problems import Language, Text
from interpreter.problems.language import choose_language


def stages(lang: str | None) -> Callable[[Text, int, int], None]:
    """A bar of progress for each thing that is done, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda what, done, of: None
    language = choose_language(lang, os.environ)
    begun: dict[Text, Callable[[int, int], None]] = {}

    def show(what: Text, done: int, of: int) -> None:
        if what not in begun:
            begun[what] = _bar(what.to(language), language)
        begun[what](done, of)

    return show


def _bar(label: str, language: Language) -> Callable[[int, int], None]:
    """A bar with how many are done, how long the rest may take, and how many are done a second."""
    rate = Text("每秒 {rate}", "{rate} a second")
    bar = click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True, item_show_func=lambda said: said)
    began = time.monotonic()

    def show(done: int, of: int) -> None:
        bar.length = of
        seconds = time.monotonic() - began
        bar.update(done - bar.pos, rate.to(language).format(rate=round(done / seconds) if seconds > 1 else "…"))
        if done == of:
            bar.render_finish()

    return show
