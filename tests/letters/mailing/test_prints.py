"""Print files: every letter of an authority in its order, and the index says on which page it begins."""

from __future__ import annotations

import csv
from pathlib import Path

import pypdfium2
import pytest

from interpreter.letters.mailing import prints
from interpreter.letters.pdf.fonts import Fonts
from tests.letters.building import GRANTED, PARTLY, REFUSED
from tests.letters.mailing.test_run import at, index, tree, write

CASES = [at(place, f"{place}-{n}", of) for n, of in enumerate((GRANTED, PARTLY, REFUSED)) for place in (0, 1)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert isinstance(Fonts.ours(), Fonts), "policy fonts brings them"
    out = tmp_path_factory.mktemp("printed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prints, "TOGETHER", 2)
        assert write(out, CASES, formats=("pdf",), workers=2).problems == []
    return out


def pages(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_the_index_says_where_each_letter_stands(printed: Path) -> None:
    found = {name: pages(printed / name) for name in ("示例区.pdf", "示例县.pdf")}
    ends = dict.fromkeys(found, 1)
    for row in index(printed)["letters"]:
        place = row["printed"]
        assert place["page"] == ends[place["file"]]
        ends[place["file"]] += place["pages"]
        alone = pages(printed / row["files"]["pdf"])
        assert found[place["file"]][place["page"] - 1 : ends[place["file"]] - 1] == alone
        for seal in place["seals"]:
            assert seal["keyword"] in found[place["file"]][seal["page"] - 1]
    assert ends == {name: len(text) + 1 for name, text in found.items()}
    with (printed / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["合订本"], first["起页"]) == ("示例区.pdf", "1")
    assert first["印章位置"].startswith("第")


def test_every_letter_has_a_bookmark(printed: Path) -> None:
    with pypdfium2.PdfDocument(printed / "示例区.pdf") as document:
        marks = list(document.get_toc())
    assert len(marks) == sum(row["printed"]["file"] == "示例区.pdf" for row in index(printed)["letters"])


def test_the_bytes_do_not_depend_on_who_writes(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prints, "TOGETHER", 2)
    write(tmp_path, CASES, formats=("pdf",), workers=1)
    assert tree(tmp_path) == tree(printed)
