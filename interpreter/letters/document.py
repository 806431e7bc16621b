"""A letter as a tree: the few kinds of blocks and runs that every layout knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """Text, perhaps stressed."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


Run = Words | Break
Runs = tuple[Run, ...]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """1: the title; 2: the number under it; 3 and deeper: a section."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`addressed`: it stands right under the number, and names whom the letter is for."""

    runs: Runs
    addressed: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `first` is the number of an ordered one's first item, None for a list with dashes."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the head's cells, the rows, and how each column is aligned."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    aligns: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A quoted block: the lines at the right under a letter."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Ruler:
    """A line across the page."""


Block = Heading | Paragraph | Items | Grid | Signature | Ruler
Document = tuple[Block, ...]


def plain(runs: Runs) -> str:
    """The text of runs, without stress; a break is a newline."""
    return "".join(run.text if isinstance(run, Words) else "\n" for run in runs)
