"""Every function that batches have is in SQL, or left to the interpreter for a reason that is written down."""

from __future__ import annotations

from interpreter.batch.sql.apply import BY_INTERPRETER, SPECIAL, STRICT
from interpreter.batch.sql.dialect import OPERATIONS
from interpreter.batch.sql.folds import FOLDS
from interpreter.batch.sql.functions.numbers import RATIO
from interpreter.language.functions import ROWS

BUILT = {*STRICT, *SPECIAL, *RATIO, *FOLDS}


def test_every_row() -> None:
    wanted = {row.key for row in ROWS if row.batch and not row.feel}
    assert wanted - BUILT == set(BY_INTERPRETER)
    assert {row.key for row in ROWS} >= BUILT


def test_reasons_are_given() -> None:
    assert all(BY_INTERPRETER.values())
    assert all(callable(build) for build in OPERATIONS.values())
