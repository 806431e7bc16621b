"""Cases that were read one by one, as a table of the batch: by way of JSON lines, which keep every digit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from interpreter.batch.relations import Given, literal, quoted, relations_of, rows_at
from interpreter.rulebook.model import Rulebook

_LARGEST_CASE = 1 << 28
"""In bytes."""


def stage(
    cases: Iterable[tuple[int, Given]], rulebook: Rulebook, path: Path, base: duckdb.DuckDBPyConnection
) -> int:
    """Writes cases, each with its position before it, as a Parquet file in the columns of `relations_of`, and says how
    many there are. OSError where the file cannot be written."""
    columns = relations_of(rulebook)
    lines = path.with_suffix(".jsonl")
    count = 0
    with lines.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows_at(cases, rulebook):
            given = {column.name: value for column, value in zip(columns, row, strict=True) if value is not None}
            file.write(json.dumps(given, ensure_ascii=False, default=_written) + "\n")
            count += 1
    shape = ", ".join(f"{quoted(column.name)}: {literal(column.stored)}" for column in columns)
    names = ", ".join(quoted(column.name) for column in columns)
    how = f"format = 'newline_delimited', columns = {{{shape}}}, maximum_object_size = {_LARGEST_CASE}"
    read = f"read_json({literal(str(lines))}, {how})"
    base.execute(f"COPY (SELECT {names} FROM {read} ORDER BY position) TO {literal(str(path))} (FORMAT parquet)")
    lines.unlink()
    return count


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)

