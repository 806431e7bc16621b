"""Where things stand: a text somebody wrote, and places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

_ESCAPE = re.compile(r"''|\\(?:x..|u.{4}|U.{8}|[^\r\n])")
"""A character as quoted YAML scalars write it with several."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text with the name people know it by (a path relative to where they work)."""

    name: str
    text: str = field(repr=False)
    _starts: list[int] = field(default_factory=list, repr=False, compare=False, hash=False)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(i + 1 for i, c in enumerate(self.text) if c == "\n")
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character offset (columns count characters)."""
        starts = self._line_starts()
        line = bisect_right(starts, max(0, min(offset, len(self.text)))) - 1
        return line + 1, offset - starts[line] + 1

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its end."""
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        end = self.text.find("\n", starts[number - 1])
        return self.text[starts[number - 1] : end if end >= 0 else len(self.text)].rstrip("\r")


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` up to, not including, `end` of a source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    def __str__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A text read out of a source (an expression in a YAML scalar, a cell of a table block) that knows where each
    of its characters stands there: `offsets[i]` is the place of character i, `offsets[len(text)]` that of its end."""

    text: str
    source: Source = field(repr=False)
    offsets: Sequence[int] = field(repr=False)

    @classmethod
    def whole(cls, name: str, text: str) -> Fragment:
        """A fragment that is its own source."""
        return cls(text, Source(name, text), range(len(text) + 1))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The place in the source of the fragment's characters start..end (all of them by default)."""
        last = len(self.text) if end is None else min(end, len(self.text))
        first = min(start, len(self.text))
        begin = self.offsets[first]
        # a folded scalar has no single run of characters for a long span: it ends where its last character does
        return Span(self.source, begin, max(begin, self._end(last - 1) if last > first else begin))

    def _end(self, at: int) -> int:
        """Where a character ends in the source: an escape is as long as it is written there."""
        begin, following = self.offsets[at], self.offsets[at + 1]
        escape = _ESCAPE.match(self.source.text, begin) if following > begin + 1 else None
        return begin + 1 if escape is None else min(escape.end(), following)

    def part(self, start: int, end: int) -> Fragment:
        """The fragment of the characters start..end."""
        return Fragment(self.text[start:end], self.source, self.offsets[start : end + 1])
