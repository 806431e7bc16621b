"""Papers to PDF: one file of many letters, or one of one, by a compiler that a process makes once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import typst

from interpreter.letters.paper import Paper
from interpreter.letters.pdf.fonts import Fonts
from interpreter.letters.pdf.sheet import Json, sheet, texts
from interpreter.problems import Problem

_BEGUN: list[bool] = []
_MOST_CODES = 8
"""Characters a problem names."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Where the middle of a seal goes: its keyword, the page of the file, and the distance from the page's left and
    upper edge as Typst writes lengths (`311.8pt`)."""

    keyword: str
    page: int
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a letter stands in a file."""

    id: str
    first: int
    last: int
    seals: tuple[Seal, ...]


def held_back(paper: Paper, fonts: Fonts) -> Problem | None:
    """The problem with a letter that has a character no font has a glyph for: the case and the code points, never the
    text they stand in."""
    missing = fonts.missing("".join(texts(sheet(paper))))
    if not missing:
        return None
    codes = [f"U+{ord(char):04X}" for char in missing]
    more = ["…"] if len(codes) > _MOST_CODES else []
    return Problem("letter.no_glyph", fields={"case": paper.case, "codes": " ".join([*codes[:_MOST_CODES], *more])})


def lay_out(papers: Sequence[Paper], fonts: Fonts) -> bytes:
    """One PDF of many letters that `held_back` has nothing against: each on pages of its own with their own numbers,
    and with a bookmark. Same papers and fonts, same bytes."""
    pdf = _compile(fonts.compiler, _given(papers, fonts), tagged=False)
    fonts.forget()
    return pdf


def lay_out_one(paper: Paper, fonts: Fonts) -> bytes:
    """One letter as a PDF that is tagged for people who have it read to them."""
    return _compile(fonts.compiler, _given((paper,), fonts), tagged=True)


def lay_out_found(papers: Sequence[Paper], fonts: Fonts) -> tuple[bytes, list[Pages]]:
    """What `lay_out` makes, and where in it each letter stands, with its seals."""
    compiler = fonts.compiler
    pdf = _compile(compiler, _given(papers, fonts, find=True), tagged=False)
    pages: list[list[int]] = [[] for _ in papers]
    seals: list[list[Seal]] = [[] for _ in papers]
    for place, page in json.loads(compiler.query("<page>", field="value")):
        pages[place].append(page)
    for place, keyword, page, x, y in json.loads(compiler.query("<seal>", field="value")):
        seals[place].append(Seal(keyword, page, x, y))
    fonts.forget()
    return pdf, [
        Pages(paper.id, min(on), max(on), tuple(sealed))
        for paper, on, sealed in zip(papers, pages, seals, strict=True)
    ]


def _given(papers: Sequence[Paper], fonts: Fonts, *, find: bool = False) -> str:
    sheets: list[Json] = [sheet(paper) for paper in papers]
    # printed as boxes they would be: a caller that has not asked `held_back` is at fault
    if any(fonts.missing("".join(texts(each))) for each in sheets):
        raise ValueError("a character without a glyph in " + ", ".join(paper.case for paper in papers[:3]))
    roles: Json = {role: list(names) for role, names in fonts.roles.items()}
    first = papers[0] if papers else None
    return json.dumps({
        "fonts": roles, "letters": sheets, "find": find,
        "title": first.title if first is not None and len(papers) == 1 else "",
        "language": first.language if first is not None else "zh",
    }, ensure_ascii=False)


def has_begun() -> bool:
    """Whether this process has set anything. The compiler has threads from then on, without which one that comes of
    this process by fork would wait for ever."""
    return bool(_BEGUN)


def _compile(compiler: typst.Compiler, given: str, *, tagged: bool) -> bytes:
    _BEGUN[:] = [True]
    # the day a file was made is no part of a letter, and would make every rerun another file
    made = compiler.compile(format="pdf", sys_inputs={"letters": given}, timestamp=0, pdf_tags=tagged)
    assert isinstance(made, bytes)
    return made
