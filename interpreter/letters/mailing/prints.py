"""Print files: the letters of one authority in one PDF, in their order, with a bookmark each."""

from __future__ import annotations

import hashlib
import os
import pickle
from array import array
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from interpreter.letters.listing import Printed, SealPlace
from interpreter.letters.mailing.workers import Limits, done_in_order
from interpreter.letters.paper import Paper
from interpreter.letters.pdf.fonts import Fonts
from interpreter.letters.pdf.lay_out import Pages, lay_out_found
from interpreter.letters.pdf.print_file import PrintFile
from interpreter.letters.write import UNFINISHED
from interpreter.problems import Problem

TOGETHER = 40
"""Letters that are set at once: more take more memory and save no time."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some letters of a print file, by where their papers wait: offset and length of each."""

    folder: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Set:
    """A part as it was set, with where each letter stands in it; or what went wrong."""

    pdf: bytes = b""
    pages: tuple[Pages, ...] = ()
    problem: Problem | None = None


@dataclass(slots=True)
class Prints:
    """The print files of a run: papers wait in a file until all are there."""

    waiting: BinaryIO
    problems: list[Problem] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    _end: int = 0
    _places: dict[str, array[int]] = field(default_factory=dict)
    _printed: dict[str, list[Printed]] = field(default_factory=dict)

    def add(self, folder: str, spooled: bytes) -> None:
        """One paper more for the authority of a folder."""
        self.waiting.write(spooled)
        self._places.setdefault(folder, array("Q")).extend((self._end, len(spooled)))
        self._end += len(spooled)

    def write(self, out: Path, workers: int, limits: Limits) -> None:
        """Sets all print files and puts them in place; `digests` are then those of their bytes by name. OSError where
        one cannot be written."""
        self.waiting.flush()
        parts = [part for folder in self._places for part in self._parts(folder)]
        with closing(done_in_order(parts, self._set, self._lost, workers=workers, limits=limits)) as made:
            for folder in self._places:
                self._file(out, folder, [next(made) for _ in self._parts(folder)])

    def printed(self, folder: str) -> Iterator[Printed | None]:
        """Where the letters of a folder stand, in the order they were added; nothing for a file that was not set."""
        return iter(self._printed.get(folder, ()))

    def _parts(self, folder: str) -> Iterator[_Part]:
        flat = self._places[folder]
        places = list(zip(flat[::2], flat[1::2], strict=True))
        for start in range(0, len(places), TOGETHER):
            yield _Part(folder, tuple(places[start : start + TOGETHER]))

    def _set(self, part: _Part) -> _Set:
        fonts = Fonts.ours()
        if isinstance(fonts, Problem):
            return _Set(problem=fonts)
        handle = self.waiting.fileno()
        papers: list[Paper] = [pickle.loads(os.pread(handle, length, offset)) for offset, length in part.places]
        pdf, pages = lay_out_found(papers, fonts)
        return _Set(pdf, tuple(pages))

    def _lost(self, part: _Part) -> _Set:
        return _Set(problem=Problem("letter.print_lost", fields={"file": f"{part.folder}.pdf"}))

    def _file(self, out: Path, folder: str, parts: list[_Set]) -> None:
        wrong = next((part.problem for part in parts if part.problem is not None), None)
        if wrong is not None:
            self.problems.append(wrong)
            return
        name = f"{folder}.pdf"
        unfinished = out / f"{UNFINISHED}print"
        unfinished.unlink(missing_ok=True)
        printed: list[Printed] = []
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            book = PrintFile(file)
            for part in parts:
                printed += (_printed(name, pages, book.pages) for pages in part.pages)
                book.add(part.pdf)
            book.finish()
            file.flush()
            file.seek(0)
            self.digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        os.replace(unfinished, out / name)
        self._printed[folder] = printed


def _printed(name: str, pages: Pages, before: int) -> Printed:
    """Where a letter stands in a file, `before` which there are so many pages of others."""
    seals = tuple(SealPlace(seal.keyword, before + seal.page, seal.x, seal.y) for seal in pages.seals)
    return Printed(name, before + pages.first, pages.last - pages.first + 1, seals)
