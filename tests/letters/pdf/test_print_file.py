"""Many PDFs in one: every page, bookmark and font as it was."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest

from interpreter.letters.pdf.fonts import Fonts
from interpreter.letters.pdf.lay_out import lay_out, lay_out_one
from interpreter.letters.pdf.print_file import PrintFile
from tests.letters.pdf.measuring import fonts_of, sheets
from tests.letters.reading import paper

ONE = replace(paper("# 甲书\n\n正文 5 0 R\n\n> 某局\n>\n> 某日"), letterhead=("示例局",), number="示〔2021〕3号")


def joined(*pdfs: bytes) -> bytes:
    file = io.BytesIO()
    made = PrintFile(file)
    for pdf in pdfs:
        made.add(pdf)
    made.finish()
    return file.getvalue()


def test_pages_and_bookmarks_follow_each_other(fonts: Fonts) -> None:
    long = replace(ONE, case="2021-0002", title="长 9 0 R (书", document=ONE.document * 60)
    parts = [lay_out([ONE, long], fonts), lay_out([long], fonts), lay_out([ONE], fonts)]
    whole = joined(*parts)
    assert [page.text for page in sheets(whole)] == [page.text for part in parts for page in sheets(part)]
    bookmarks = [
        (mark.get_title(), mark.get_dest().get_index()) for mark in pypdfium2.PdfDocument(whole).get_toc()
    ]
    pages = len(sheets(parts[1]))
    assert bookmarks == [
        ("2021-0001 甲书", 0), ("2021-0002 长 9 0 R (书", 1), ("2021-0002 长 9 0 R (书", 1 + pages),
        ("2021-0001 甲书", 1 + 2 * pages),
    ]
    assert all(fonts_of(whole).values())


def test_same_files_same_bytes(fonts: Fonts) -> None:
    part = lay_out([ONE], fonts)
    assert joined(part, part) == joined(part, part)


def test_nothing_and_one_and_a_tagged_one(fonts: Fonts) -> None:
    assert len(pypdfium2.PdfDocument(joined(lay_out([ONE], fonts)))) == 1
    assert len(pypdfium2.PdfDocument(joined(lay_out_one(ONE, fonts), lay_out_one(ONE, fonts)))) == 2
    assert b"/Count 0" in joined()


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="laid out here"):
        joined(b"%PDF-1.7 nothing")
