"""Print files: the letters of one authority in one PDF, in their order, with a bookmark each."""

from __future__ import annotations

import hashlib
import os
import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
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

    def write(
        self, out: Path, workers: int, limits: Limits,
        progress: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> None:
        """Sets all print files and puts them in place; `digests` are then those of their bytes by name. `progress` is
        told how many letters are set, of how many. OSError where a file cannot be written."""
        self.waiting.flush()
        parts = [part for folder in self._places for part in self._parts(folder)]
        of = sum(len(part.places) for part in parts)

        def told(made: Iterator[_Set]) -> Iterator[_Set]:
            done = 0
            for part, one in zip(parts, made, strict=True):
                done += len(part.places)
                progress(done, of)
                yield one

        with closing(done_in_order(parts, self._set, self._lost, workers=workers, limits=limits)) as made:
            setting = told(made)
            for folder in self._places:
                self._file(out, folder, islice(setting, sum(part.folder == folder for part in parts)))

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

    def _file(self, out: Path, folder: str, parts: Iterable[_Set]) -> None:
        """One print file, part by part; none where one of them is not there."""
        name = f"{folder}.pdf"
        unfinished = out / f"{UNFINISHED}print"
        unfinished.unlink(missing_ok=True)
        printed: list[Printed] = []
        wrong: Problem | None = None
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            book = PrintFile(file)
            for part in parts:
                wrong = wrong or part.problem
                if wrong is None:
                    printed += (_printed(name, pages, book.pages) for pages in part.pages)
                    book.add(part.pdf)
            book.finish()
            file.flush()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if wrong is not None:
            unfinished.unlink()
            self.problems.append(wrong)
            return
        os.replace(unfinished, out / name)
        self.digests[name] = digest
        self._printed[folder] = printed


def _printed(name: str, pages: Pages, before: int) -> Printed:
    """Where a letter stands in a file, `before` which there are so many pages of others."""
    seals = tuple(SealPlace(seal.keyword, before + seal.page, seal.x, seal.y) for seal in pages.seals)
    return Printed(name, before + pages.first, pages.last - pages.first + 1, seals)
