"""A case as it was written: plain data, and where each part of it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interpreter.problems import Source, Span

Path = tuple[str | int, ...]
"""The way to a part of the data: keys as written, list indexes from 0."""

Where = Callable[[Path], Span | None]


def nowhere(_path: Path) -> Span | None:
    """The place of data that stands in no file."""
    return None


@dataclass(frozen=True, slots=True)
class Document:
    """`data` is made of dict, list, str, int, Decimal, bool and None. `where` gives the place of a value, `where_key`
    that of its key."""

    data: object
    source: Source
    where: Where
    where_key: Where
