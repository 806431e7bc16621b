"""One letter of many: composed, set in every format asked for, and put in its place, unless it is there already."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from interpreter.decision.model import Decision
from interpreter.letters.compose import Composer
from interpreter.letters.layouts import LAYOUTS
from interpreter.letters.mailing.earlier import Earlier, Kept
from interpreter.letters.mailing.merge import MergeRow, merge_row
from interpreter.letters.office import Issued
from interpreter.letters.paper import Paper
from interpreter.letters.plan import LetterPlan
from interpreter.letters.write import write_file
from interpreter.problems import Problem, Text
from interpreter.rulebook.model import Rulebook

TEMPLATE_AT_FAULT = Text("模板有错，没有写出", "held back: its template is at fault")
NOT_STORED = Text("文件没有写成", "held back: the file could not be written")
NOT_SET = Text("排不成版，没有写出", "held back: it could not be laid out")
RAN_AWAY = Text("用时或占用内存过多，没有写出", "held back: it took too much time or memory")


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter to be made: of which decision under which rules, and where, relative to the folder, without ending.
    `issued` is the number it has."""

    decision: Decision
    rulebook: Rulebook
    plan: LetterPlan
    name: str
    issued: Issued | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a letter: what is kept of it (None where there is none, and `note` says why), how many files had
    to be written, and what went wrong. `same`: an earlier run has the same letter, and nothing was to be written.
    `spooled` is the paper itself, for print files, and `merge` its row of the sheet to merge from."""

    kept: Kept | None = None
    written: int = 0
    note: Text | None = None
    problems: tuple[Problem, ...] = ()
    same: bool = False
    spooled: bytes = b""
    merge: MergeRow | None = None


@dataclass(slots=True)
class Maker:
    """Makes letters; what they share is made once. `since` is an earlier run of which equal letters are left out."""

    folder: Path
    templates: Path
    formats: tuple[str, ...]
    day: date | None
    earlier: Earlier
    since: Earlier | None = None
    spool: bool = False
    _composers: dict[int, Composer] = field(default_factory=dict)

    def make(self, piece: Piece) -> Made:
        """One letter, whole in every format or not at all."""
        composer = self._composer(piece.rulebook)
        problems: list[Problem] = []
        paper = composer.paper(piece.decision, piece.plan, problems, piece.issued)
        if paper is None:
            return Made(note=TEMPLATE_AT_FAULT, problems=tuple(problems))
        digest = digest_of(paper)
        merge = merge_row(piece.decision, piece.plan, paper, composer.wording)
        if self.since is not None and self.since.paper(piece.name) == digest:
            return Made(Kept(digest, {}), same=True, merge=merge)
        spooled = pickle.dumps(paper, pickle.HIGHEST_PROTOCOL) if self.spool else b""
        kept = self.earlier.intact(piece.name, digest, self.formats, self.folder)
        if kept is not None:
            return Made(kept, spooled=spooled, merge=merge)
        return self._stored(piece, paper, digest, spooled, merge)

    def lost(self, piece: Piece) -> Made:
        """What is said of a letter whose making was ended."""
        return Made(note=RAN_AWAY, problems=(Problem("letter.ran_away", fields={"case": piece.plan.case}),))

    def _stored(self, piece: Piece, paper: Paper, digest: str, spooled: bytes, merge: MergeRow) -> Made:
        contents: dict[str, bytes] = {}
        for ending in self.formats:
            content = LAYOUTS[ending](paper)
            if isinstance(content, Problem):
                return Made(note=NOT_SET, problems=(content,))
            contents[ending] = content
        written = 0
        for ending, content in contents.items():
            path = self.folder / f"{piece.name}.{ending}"
            if _holds(path, content):
                continue
            failure = write_file(path, content, self.folder)
            if failure is not None:
                return Made(note=NOT_STORED, problems=(failure,), written=written)
            written += 1
        files = {ending: hashlib.sha256(content).hexdigest() for ending, content in contents.items()}
        return Made(Kept(digest, files), written, spooled=spooled, merge=merge)

    def _composer(self, rulebook: Rulebook) -> Composer:
        composer = self._composers.get(id(rulebook))
        if composer is None:
            composer = self._composers[id(rulebook)] = Composer(rulebook, self.templates, day=self.day)
        return composer


def digest_of(paper: Paper) -> str:
    """A digest of everything a letter says and how: equal letters have equal ones, in every run."""
    return hashlib.sha256(repr(paper).encode("utf-8", "surrogatepass")).hexdigest()


def _holds(path: Path, content: bytes) -> bool:
    """Whether the file is there with just this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False

