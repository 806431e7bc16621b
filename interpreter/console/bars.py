"""Bars of progress, on a terminal only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import click

from interpreter.problems import Text
from interpreter.problems.language import choose_language


def bar(lang: str | None) -> Callable[[int, int], None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda done, of: None
    language = choose_language(lang, os.environ)
    label = Text("文书", "letters").to(language)
    rate = Text("每秒 {rate} 件", "{rate} cases a second")
    bar = click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True, item_show_func=lambda said: said)
    began = time.monotonic()

    def show(done: int, of: int) -> None:
        bar.length = of
        seconds = max(1, round(time.monotonic() - began))
        bar.update(done - bar.pos, rate.to(language).format(rate=done // seconds))
        if done == of:
            bar.render_finish()

    return show


def percent(lang: str | None) -> Callable[[int], None]:
    """A bar of percents on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda percent: None
    label = Text("决定", "deciding").to(choose_language(lang, os.environ))
    bar = click.progressbar(length=100, label=label, file=sys.stderr)

    def show(percent: int) -> None:
        bar.update(percent - bar.pos)
        if percent >= 100:
            bar.render_finish()

    return show
