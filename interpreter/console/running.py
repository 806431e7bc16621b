"""A job run on a terminal: what it says is printed, and its code is how the program ends."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from interpreter.jobs.ended import Ended, View, guarded
from interpreter.problems import Text
from interpreter.problems.language import choose_language

_OBJECTS = 50_000
"""How many new objects the memory is looked through after."""


def run(lang: str | None, job: Callable[[View], Ended], **how: bool) -> None:
    """Does a job, prints what it says in whatever the terminal can show, and leaves with its code."""
    # what a command loads lives to its end: to look through it for rubbish again and again is a tenth of the wait
    gc.set_threshold(_OBJECTS)
    colour = sys.stdout.isatty() and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    width = min(100, max(60, shutil.get_terminal_size((80, 24)).columns))
    ended = guarded(job, View(choose_language(lang, os.environ), width, colour, **how))
    try:
        if ended.is_data and not sys.stdout.isatty():
            sys.stdout.buffer.write(ended.out.encode("utf-8"))
        else:
            sys.stdout.write(ended.out)
        sys.stdout.flush()
        sys.stderr.write(ended.err)
        sys.stderr.flush()
    except BrokenPipeError:
        # whoever read our output has seen enough; nothing may be written to it at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(ended.code)


class Program(click.Group):
    """The program: a group of commands."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs with output that never fails for a character the terminal lacks."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        return super().main(*args, **kwargs)


def open_file(lang: str | None, file: Path) -> str:
    """Opens a file in whatever the system shows such files with, where there is a display; and says where it is."""
    seen = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    opened = bool(seen) and click.launch(str(file)) == 0
    said = Text("已打开 {file}", "opened {file}") if opened else Text("请看 {file}", "see {file}")
    return said.to(choose_language(lang, os.environ)).format(file=file) + "\n"
