"""The one table of operators and functions. Back ends are dicts from its keys to builders."""

from __future__ import annotations

from interpreter.language.functions import arithmetic, comparison, dates, folds, periods, text
from interpreter.language.functions.row import FAULT, PATTERN_WORDS, Fault, Function, Mismatch, matches, say_pattern

ROWS: tuple[Function, ...] = (
    *arithmetic.FUNCTIONS, *comparison.FUNCTIONS, *dates.FUNCTIONS, *folds.FUNCTIONS, *periods.FUNCTIONS,
    *text.FUNCTIONS,
)

BY_KEY: dict[str, Function] = {row.key: row for row in ROWS}


def overloads(name: str) -> tuple[Function, ...]:
    """All rows of a name (`min`, `+`, `.year`), in the order they are tried."""
    return _BY_NAME.get(name, ())


_BY_NAME: dict[str, tuple[Function, ...]] = {}
for _row in ROWS:
    _BY_NAME[_row.name] = (*_BY_NAME.get(_row.name, ()), _row)

CALLABLE: tuple[str, ...] = tuple(n for n in _BY_NAME if n[0].isalpha())
"""Names that an expression may call."""

__all__ = [
    "BY_KEY", "CALLABLE", "FAULT", "PATTERN_WORDS", "ROWS", "Fault", "Function", "Mismatch", "matches", "overloads",
    "say_pattern",
]
