"""Work that crosses floors, for the command line: read, decide, show, write. Each job says what to print.

A job's module is loaded when it is first named: a person who waits for one answer does not wait for the others.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interpreter.jobs import (
        batch,
        bulk,
        cases,
        ended,
        evaluate,
        explain,
        fonts,
        layout,
        lists,
        notices,
        office,
    )

__all__ = [
    "batch", "bulk", "cases", "ended", "evaluate", "explain", "fonts", "layout", "lists", "notices", "office",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
