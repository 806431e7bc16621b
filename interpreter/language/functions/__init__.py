"""The one table of operators and functions. Back ends are dicts from its keys to builders."""

from __future__ import annotations

from interpreter.language.functions import (
    arithmetic,
    comparison,
    dates,
    durations,
    feel,
    folds,
    lists,
    moments,
    numbers,
    patterns,
    periods,
    ranges,
    rounding,
    statistics,
    text,
    times,
    weekdays,
)
from interpreter.language.functions.row import (
    FAULT,
    PATTERN_WORDS,
    Fault,
    Function,
    Mismatch,
    Mistake,
    matches,
    say_pattern,
)
from interpreter.language.types import Type

ROWS: tuple[Function, ...] = (
    *arithmetic.FUNCTIONS, *rounding.FUNCTIONS, *numbers.FUNCTIONS, *comparison.FUNCTIONS, *dates.FUNCTIONS,
    *times.FUNCTIONS, *moments.FUNCTIONS, *durations.FUNCTIONS, *weekdays.FUNCTIONS, *lists.FUNCTIONS,
    *folds.FUNCTIONS, *statistics.FUNCTIONS, *periods.FUNCTIONS,
    *text.FUNCTIONS, *patterns.FUNCTIONS, *ranges.FUNCTIONS, *feel.FUNCTIONS,
)

BY_KEY: dict[str, Function] = {row.key: row for row in ROWS}


def overloads(name: str, *, feel: bool = False) -> tuple[Function, ...]:
    """The rows of a name (`min`, `+`, `.year`), in the order they are tried; `feel` with those of the whole of FEEL."""
    return _IN_FEEL.get(name, ()) if feel else _BY_NAME.get(name, ())


def properties(of: Type) -> list[str]:
    """The names of what may be taken of a value of a type, `year`, `start included`."""
    rows = (row for row in ROWS if row.name.startswith(".") and not row.feel and len(row.params) == 1)
    return sorted({row.name[1:] for row in rows if row.takes((of,))})


_BY_NAME: dict[str, tuple[Function, ...]] = {}
_IN_FEEL: dict[str, tuple[Function, ...]] = {}
for _row in ROWS:
    _IN_FEEL[_row.name] = (*_IN_FEEL.get(_row.name, ()), _row)
    if not _row.feel:
        _BY_NAME[_row.name] = (*_BY_NAME.get(_row.name, ()), _row)

CALLABLE: tuple[str, ...] = tuple(n for n in _BY_NAME if n[0].isalpha())
"""Names that an expression may call."""

__all__ = [
    "BY_KEY", "CALLABLE", "FAULT", "PATTERN_WORDS", "ROWS", "Fault", "Function", "Mismatch", "Mistake", "matches",
    "overloads", "properties", "say_pattern",
]
