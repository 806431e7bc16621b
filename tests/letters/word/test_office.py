"""Letters in Word opened by LibreOffice: the pages have the size they should, and say what the letter says as text."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace

import pypdfium2
import pytest

from interpreter.letters import text
from interpreter.letters.compose import Composer
from interpreter.letters.document import Ruler, Words
from interpreter.letters.paper import Paper
from interpreter.letters.pdf.fonts import folders
from interpreter.letters.plan import letters_for
from interpreter.letters.word.file import lay_out
from tests.letters.building import PARTLY, REFUSED, TEMPLATES, rulebook
from tests.letters.word.made import FULL, LETTER

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="soffice is not installed")
A4 = (595.3, 841.9)


def papers() -> dict[str, Paper]:
    """Letters of both forms, and those that templates write."""
    book = rulebook()
    made = {"letter": LETTER, "issued": FULL}
    for name, decision in (("refused", REFUSED), ("partly", PARTLY)):
        paper = Composer(book, TEMPLATES).paper(decision, letters_for(decision, book)[0], [])
        assert paper is not None
        made[name] = replace(paper, letterhead=("示例区甲局",), number="示人社补〔2021〕2号")
    long = replace(LETTER, title="长", addressee="", document=(
        replace(LETTER.document[0], runs=(Words("长" * 3000),)),))  # type: ignore[arg-type]
    return {**made, "long": long}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Paper, list[str], list[tuple[float, float]]]]:
    """Each letter with the text and the size of its pages as the office program prints them."""
    place = tmp_path_factory.mktemp("office")
    found = papers()
    for name, paper in found.items():
        (place / f"{name}.docx").write_bytes(lay_out(paper))
    dirs = "".join(f"<dir>{folder}</dir>" for folder in folders())
    (place / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{dirs}<cachedir>{place}/cache</cachedir></fontconfig>", encoding="utf-8")
    assert OFFICE is not None
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(place), *(str(place / f"{name}.docx") for name in found)],
        env={"FONTCONFIG_FILE": str(place / "fonts.conf"), "HOME": str(place), "PATH": "/usr/bin:/bin"},
        check=True, capture_output=True, timeout=300,
    )
    made = {}
    for name, paper in found.items():
        with pypdfium2.PdfDocument(place / f"{name}.pdf") as document:
            made[name] = (
                paper, [page.get_textpage().get_text_bounded() for page in document],
                [page.get_size() for page in document],
            )
    return made


def bare(said: str) -> str:
    """Without blanks, marks of lists and page numbers, which every shape of a letter writes in its own way."""
    said = re.sub(r"[—-] ?\d+ ?[—-]|@@SEAL\d@@", "", said)
    return "".join(
        c for c in unicodedata.normalize("NFKC", said) if not c.isspace() and c not in "—-\u00ad\ufffe\u2010\u2011"
        and not unicodedata.category(c).startswith("C")
    )


@pytest.mark.parametrize("name", ["letter", "issued", "refused", "partly", "long"])
def test_pages_have_their_size_and_say_what_the_text_says(
    name: str, opened: dict[str, tuple[Paper, list[str], list[tuple[float, float]]]]
) -> None:
    paper, pages, sizes = opened[name]
    for size in sizes:
        assert tuple(sorted(size)) == pytest.approx(A4, abs=1.5)
    assert any(width > height for width, height in sizes) is any(annex.landscape for annex in paper.annexes)
    plain = replace(paper, notes=tuple(block for block in paper.notes if not isinstance(block, Ruler)))
    expected = bare(text.lay_out(plain))
    found = bare("\n".join(pages))
    assert bare(paper.title) in found
    assert set(expected) == set(found)
    assert more(expected, found) == ""


def more(expected: str, found: str) -> str:
    """The characters that are expected more often than found. Cells of a row stand in another order, and the head of a
    table comes again on every page."""
    return "".join(char for char in sorted(set(expected)) if found.count(char) < expected.count(char))


def test_a_page_has_22_lines_of_28_characters(
    opened: dict[str, tuple[Paper, list[str], list[tuple[float, float]]]]
) -> None:
    _, pages, _ = opened["long"]
    lines = [line for line in pages[2].splitlines() if "长" in line]
    assert [len(line.strip()) for line in lines] == [28] * 22


def test_the_letter_form_prints_its_head_once_and_no_first_number(
    opened: dict[str, tuple[Paper, list[str], list[tuple[float, float]]]]
) -> None:
    _, pages, _ = opened["letter"]
    assert pages[0].startswith("示例区甲局")
    assert not re.search(r"— 1 —", pages[0])
    assert re.search(r"— 2 —", pages[1])
    assert sum("示例区甲局" in page for page in pages) == 2  # the head, and the signature


def test_the_signature_is_not_alone(opened: dict[str, tuple[Paper, list[str], list[tuple[float, float]]]]) -> None:
    for name in ("letter", "refused", "partly"):
        paper, pages, _ = opened[name]
        *_, page = [page for page in map(bare, pages) if bare(paper.date) in page]
        assert page.index(bare(paper.signers[0])) > 0, name
