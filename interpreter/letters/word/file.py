"""A letter as the bytes of a .docx file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from interpreter.letters.paper import Paper, annex_labels
from interpreter.letters.word.body import annex_of, blocks_of
from interpreter.letters.word.escaping import safe
from interpreter.letters.word.frame import WIDTH, Frame, Kind, frame_of

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every part: the same letter is always the same bytes."""
_LONG = 13322
"""The width of the text on a page that lies, in twentieths of a point: 297 mm less 37 and 25."""
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:identifier>{id}</dc:identifier>'
    "</cp:coreProperties>"
)


def lay_out(paper: Paper) -> bytes:
    """The file of one letter. The same letter gives the same bytes."""
    frame = _frame(paper)
    return _packed(frame, "".join((*_sections(paper, frame), frame.after)), paper.title, paper.id)


def _frame(paper: Paper) -> Frame:
    marks = paper.letterhead if paper.form == "letter" else ()
    return frame_of(Kind(paper.form, paper.head, marks, paper.language, paper.landscape))


def _sections(paper: Paper, frame: Frame) -> Iterator[str]:
    """The blocks of a letter, its annexes after it: one that lies otherwise than what is before it begins a section."""
    lies = paper.landscape
    section = frame.section
    yield blocks_of(paper, _LONG if lies else WIDTH)
    for annex, label in zip(paper.annexes, annex_labels(paper), strict=True):
        turns = annex.landscape != lies
        if turns:
            yield f"<w:p><w:pPr>{section}</w:pPr></w:p>"
            lies = annex.landscape
            section = _turned(frame.section, paper, lies)
        yield annex_of(annex, label, _LONG if lies else WIDTH, new_page=not turns)
    yield section


def _turned(section: str, paper: Paper, landscape: bool) -> str:
    """A section after the first one, upright or not: its pages have no head of their own."""
    other = frame_of(Kind("plain", "blank", (), paper.language, landscape)).section
    for part in ("pgSz", "pgMar"):
        found = re.search(f"<w:{part} [^>]*/>", other)
        assert found is not None
        section = re.sub(f"<w:{part} [^>]*/>", found[0], section)
    return section.replace("<w:titlePg/>", "")


def _packed(frame: Frame, blocks: str, title: str, id: str) -> bytes:
    core = _CORE.format(title=safe(title.replace("\n", "")), id=safe(id))
    own = [("docProps/core.xml", core.encode("utf-8")), ("word/document.xml", (frame.before + blocks).encode("utf-8"))]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in (*frame.parts, *own):
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.external_attr = 0o600 << 16
            part.create_system = 3
            package.writestr(part, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
