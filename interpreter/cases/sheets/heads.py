"""What the columns of a sheet are: their heads found among its first rows and matched with the vocabulary's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from interpreter.cases.sheets.days import month_written
from interpreter.cases.sheets.grid import HEAD_ROWS, Grid, Row, is_blank
from interpreter.cases.sheets.outline import Leaf, Outline, Part, Path
from interpreter.language.values import Month

_APART = re.compile(r"[/.·>|\\]+")
_IN_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]$")
_MONTHS = 2
"""Heads that are months from so many on are a sheet in the wide form."""

Kind = Literal["own", "join", "inline", "none", "claims", "policy", "aside"]


@dataclass(frozen=True, slots=True)
class Use:
    """What a column is for: a value of the row's own record (`own`), of what it belongs to (`join`), of a list with one
    item a row (`inline`), or whether a list is empty (`none`); the claims or policy of the case; or a fact that is
    known beside and not read (`aside`). `part` is what `leaf` belongs to; of `none`, the list."""

    kind: Kind
    part: Part | None = None
    leaf: Leaf | None = None

    @property
    def dotted(self) -> str:
        """The fact by its path from the case."""
        path = (*(self.part.path if self.part else ()), *(self.leaf.path if self.leaf else ()))
        return ".".join(path) or self.kind


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head as it is shown; `use` None: not read. `month`: the month a head of the wide form names.
    `several` are the uses between which its head does not decide."""

    index: int
    head: str
    use: Use | None = None
    month: Month | None = None
    several: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The rows of a head, from 0, both inclusive, and what its columns are."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def count(self, *kinds: Kind) -> int:
        """How many different uses of these kinds it has."""
        return len({column.use for column in self.columns if column.use is not None and column.use.kind in kinds})

    @property
    def months(self) -> int:
        return sum(column.month is not None for column in self.columns)


def plain_head(text: object) -> str:
    """A head without what does not tell it from others: blanks, width, case, stars, the kind of separator."""
    word = unicodedata.normalize("NFKC", str(text)).lower()
    return _APART.sub("/", "".join(word.split()).strip("*:"))


class Words:
    """The words for the columns that the rows of one part may have."""

    def __init__(self, outline: Outline, part: Part) -> None:
        self.part = part
        self.wide = _wide(part)
        self._uses: dict[str, dict[Use, None]] = {}
        self._asides: dict[str, dict[Use, None]] = {}
        for leaf in part.leaves.values():
            self._add(self._uses, Use("own", part, leaf), (*part.path, *leaf.path), (*part.labels, *leaf.labels))
        for listed in part.lists.values():
            self._add(self._uses, Use("none", listed), listed.path, listed.labels)
        if part.outer is None:
            self._of_case(part)
        else:
            self._of_list(outline, part)

    def use(self, head: str) -> tuple[Use, ...]:
        """What a head may mean; one where it is plain."""
        word = plain_head(head)
        for tried in (word, _IN_BRACKETS.sub("", word)):
            found = self._uses.get(tried) or self._asides.get(tried)
            if tried and found:
                return tuple(found)
        return ()

    def all(self) -> list[str]:
        """Every word, as compared."""
        return list(self._uses)

    def word_for(self, use: Use, *, ids: bool = False) -> str:
        """The shortest head that means one use and no other."""
        assert use.part is not None
        leaf = use.leaf
        words = (*use.part.path, *(leaf.path if leaf else ())) if ids else (
            *use.part.labels, *(leaf.labels if leaf else ())
        )
        for length in range(1, len(words) + 1):
            word = "/".join(words[-length:])
            if self.use(word) == (use,):
                return word
        return ".".join((*use.part.path, *(leaf.path if leaf else ())))

    def _of_case(self, part: Part) -> None:
        for listed in part.lists.values():
            for leaf in listed.leaves.values():
                # one word alone is never enough for an item of a list
                self._add(self._uses, Use("inline", listed, leaf), (*listed.path, *leaf.path),
                          (*listed.labels, *leaf.labels), len(leaf.path) + 1)
        for word in ("claims", "申请事项"):
            self._uses.setdefault(word, {})[Use("claims")] = None
        for word in ("policy", "政策"):
            self._uses.setdefault(word, {})[Use("policy")] = None

    def _of_list(self, outline: Outline, part: Part) -> None:
        case = outline.case
        joins = [(case, outline.number)] if outline.number is not None else []
        joins += [(one.outer, one.key) for one in part.chain() if one.outer is not None and one.key is not None]
        for outer, leaf in joins:
            self._add(self._uses, Use("join", outer, leaf), (*outer.path, *leaf.path), (*outer.labels, *leaf.labels))
        known = {id(leaf) for _, leaf in joins}
        for outer in (case, *(one.outer for one in part.chain()[1:] if one.outer is not None)):
            for leaf in outer.leaves.values():
                if id(leaf) not in known:
                    self._add(self._asides, Use("aside", outer, leaf), (*outer.path, *leaf.path),
                              (*outer.labels, *leaf.labels))

    @staticmethod
    def _add(words: dict[str, dict[Use, None]], use: Use, path: Path, labels: Path, least: int = 1) -> None:
        for way in (path, labels):
            for length in range(least, len(way) + 1):
                words.setdefault(plain_head("/".join(way[-length:])), {})[use] = None


def _wide(part: Part) -> Part | None:
    """The list whose months may be heads of columns: the part's own, or the only such list of the case."""
    if part.outer is not None:
        return part if part.month is not None else None
    found = [listed for listed in part.lists.values() if listed.month is not None]
    return found[0] if len(found) == 1 else None


def find_head(top: Sequence[Row], grid: Grid, words: Words) -> Head | None:
    """The head, of one row or two, under which most columns have a meaning; None where none has."""
    best: tuple[int, int, Head] | None = None
    for first in range(min(HEAD_ROWS, len(top))):
        for last in (first, first + 1):
            if last >= len(top):
                continue
            head = read_head(top, first, last, grid, words)
            score = _score(head)
            # a second row must add something, or it is the first of the data
            if score and (best is None or (score, first - last) > best[:2]):
                best = (score, first - last, head)
    return None if best is None else best[2]


def _score(head: Head) -> int:
    months = min(head.months, 4) if head.months >= _MONTHS else 0
    return 4 * (head.count("own", "join", "inline", "none", "claims", "policy") + months) + head.count("aside")


def read_head(top: Sequence[Row], first: int, last: int, grid: Grid, words: Words) -> Head:
    """The columns under a head of the rows `first` to `last`."""
    columns = []
    for index, texts in enumerate(_heads(top, first, last, grid)):
        if texts:
            columns.append(_column(index, texts, words))
    months = [column for column in columns if column.month is not None]
    if len(months) < _MONTHS or words.wide is None:
        columns = [Column(c.index, c.head, c.use, None, c.several) for c in columns]
    return Head(first, last, tuple(columns))


def _column(index: int, texts: list[str], words: Words) -> Column:
    shown = "/".join(texts)
    several: tuple[Use, ...] = ()
    for head in (shown, texts[-1], texts[0]):
        uses = words.use(head)
        plain = [use for use in uses if use.kind not in ("aside", "inline")] or list(uses)
        if len(plain) == 1:
            return Column(index, shown, plain[0])
        several = several or tuple(plain)
    return Column(index, shown, None, month_written(texts[-1]), several)


def _heads(top: Sequence[Row], first: int, last: int, grid: Grid) -> Iterator[list[str]]:
    """By column, the texts of its head from top to bottom, one written over several columns standing in each."""
    width = max(len(row) for row in top[first : last + 1])
    upper = _spread(top, first, width, grid, into=top[last] if last > first else None)
    lower = [_text(top[last], index) for index in range(width)]
    for above, below in zip(upper, lower, strict=True):
        yield [text for text in dict.fromkeys((above, below) if last > first else (below,)) if text]


def _spread(top: Sequence[Row], row: int, width: int, grid: Grid, into: Row | None) -> list[str]:
    texts = [_text(top[row], index) for index in range(width)]
    if into is None:
        return texts
    for first_row, first, last_row, last in grid.merged:
        if first_row <= row <= last_row and first < width:
            whole = _text(top[first_row], first)
            texts[first : min(last, width - 1) + 1] = [whole] * (min(last, width - 1) - first + 1)
    if not grid.merged:
        # text files have no merged cells: a head goes on over the empty ones beside it
        for index in range(1, width):
            if not texts[index] and _text(into, index):
                texts[index] = texts[index - 1]
    return texts


def _text(row: Row, index: int) -> str:
    cell = row[index] if index < len(row) else ""
    if isinstance(cell, date):
        return str(Month.containing(cell))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if is_blank(cell) else " ".join(str(cell).split())
