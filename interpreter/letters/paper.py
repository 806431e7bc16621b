"""A letter ready to be laid out: its tree taken apart into the places a page has, with what the office adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from interpreter.letters.document import (
    Block,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Ruler,
    Signature,
    plain,
)
from interpreter.problems import Language, Text, fill

_BRACKETS = Text("（{0}）", "({0})")
_ANNEXES = Text("附件：", "Enclosed: ")
_ANNEX = Text("附件{0}", "Annex {0}")
_COPIES = Text("抄送：{0}。", "Copies to: {0}")
_BETWEEN = Text("，", ", ")

Form = Literal["full", "letter", "plain"]
"""The forms of GB/T 9704: the full one under a red mark, the letter between double rules (信函格式), and a page with
neither, as lists have it."""
Head = Literal["printed", "blank"]
"""Whether the red head is printed, or room is left for paper that has it (套红)."""


@dataclass(frozen=True, slots=True)
class Annex:
    """What is enclosed, on pages of its own."""

    title: str
    document: Document
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of the last page (版记): who else gets it, who sent it out, and the day of that in words."""

    copies_to: tuple[str, ...] = ()
    sent_by: str = ""
    sent_on: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter; what it has not is empty. Every text is plain; a newline ends a line.

    `id` is stable and names nobody: the name of its file without ending. `title`, `reference` (the line under it),
    `addressee`, `signers` and `date` are taken out of the template's tree by `of`; `document` is what stands between,
    `notes` what stands below the signature. `letterhead` are the issuers' marks, `number` is the document's own with
    its year in 〔〕. `draft` is the mark of a letter that is not final, "" on a final one. `landscape` turns the page.
    """

    id: str
    case: str
    document: Document
    title: str = ""
    reference: str = ""
    addressee: str = ""
    signers: tuple[str, ...] = ()
    date: str = ""
    draft: str = ""
    notes: Document = ()
    letterhead: tuple[str, ...] = ()
    number: str = ""
    form: Form = "letter"
    head: Head = "printed"
    annexes: tuple[Annex, ...] = ()
    imprint: Imprint | None = None
    language: Language = "zh"
    landscape: bool = False

    @property
    def seals(self) -> tuple[str, ...]:
        """The keywords that mark, unseen, where the seal of each signer goes, in order; the same on every rerun."""
        return tuple(f"@@SEAL{place}@@" for place in range(1, len(self.signers) + 1))


def of(document: Document, id: str, case: str, *, language: Language = "zh", draft: str = "") -> Paper:
    """The paper of a letter as a template wrote it.

    At its top may stand a title (`#`), the line under it (`##`) and whom it is for; its last quoted block is the
    signature, of which the last line is the date. A quoted block of one line has no date.
    """
    blocks = list(document)
    title = _taken(blocks, 1)
    reference = _taken(blocks, 2)
    addressee = ""
    if blocks and isinstance(first := blocks[0], Paragraph) and first.addressed:
        addressee = plain(first.runs)
        del blocks[0]
    notes: Document = ()
    lines: list[str] = []
    signed = max((place for place, block in enumerate(blocks) if isinstance(block, Signature)), default=None)
    if signed is not None:
        lines = [line for line in _lines((blocks[signed],)) if line]
        notes = tuple(blocks[signed + 1 :])
        del blocks[signed:]
    signers, date = (lines[:-1], lines[-1]) if len(lines) > 1 else (lines, "")
    return Paper(
        id, case, tuple(blocks), title, reference, addressee, tuple(signers), date, draft, notes, language=language,
    )


def _taken(blocks: list[Block], level: int) -> str:
    """The text of a heading of this level that stands first, which is taken away."""
    match blocks:
        case [Heading(level=found, runs=runs), *_] if found == level:
            del blocks[0]
            return plain(runs)
    return ""


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield from plain(runs).split("\n")
            case Items(items=items):
                for item in items:
                    yield from _lines(item)
            case Grid(head=head, rows=rows):
                for row in (head, *rows):
                    yield " ".join(map(plain, row))
            case Signature(blocks=inner):
                yield from _lines(inner)
            case Ruler():
                pass


def in_brackets(text: str, language: Language) -> str:
    """The text as an aside of its own, nothing where there is none."""
    return fill(_BRACKETS, language, text) if text else ""


def annex_list(paper: Paper) -> list[str]:
    """The lines under a letter that name what is enclosed; several are numbered, a newline within a name is a blank."""
    names = [annex.title.replace("\n", " ") for annex in paper.annexes]
    first = _ANNEXES.to(paper.language)
    if len(names) < 2:
        return [first + name for name in names]
    return [f"{first if place == 0 else ''}{place + 1}. {name}" for place, name in enumerate(names)]


def annex_labels(paper: Paper) -> list[str]:
    """What stands over each annex."""
    numbers = [str(place) if len(paper.annexes) > 1 else "" for place in range(1, len(paper.annexes) + 1)]
    return [fill(_ANNEX, paper.language, number).rstrip() for number in numbers]


def copies_line(paper: Paper) -> str:
    """Who else gets the letter, nothing where nobody does."""
    copies = paper.imprint.copies_to if paper.imprint is not None else ()
    return fill(_COPIES, paper.language, _BETWEEN.to(paper.language).join(copies)) if copies else ""


def imprint_lines(paper: Paper) -> list[str]:
    """The imprint line by line."""
    if paper.imprint is None:
        return []
    sent = "  ".join(part for part in (paper.imprint.sent_by, paper.imprint.sent_on) if part)
    return [line for line in (copies_line(paper), sent) if line]
