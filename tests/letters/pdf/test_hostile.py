"""Values are text on paper too, whatever they look like; what no font can show is held back, without saying what."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from interpreter.letters.escaping import clean
from interpreter.letters.markdown import read
from interpreter.letters.paper import Annex, Imprint, Paper, of
from interpreter.letters.pdf.fonts import Fonts
from interpreter.letters.pdf.lay_out import held_back, lay_out, lay_out_one
from interpreter.letters.text import lay_out as text_of
from tests.letters.hostile import HOSTILE, Hostile
from tests.letters.test_escaping import written

TEMPLATE = "# 题@\n\n## 号@\n\n甲@：\n\n甲@乙\n\n- 项@\n\n| 头 |\n| --- |\n| 格@乙 |\n\n**重@**\n\n> 局@\n>\n> 某日"


def filled(value: str) -> Paper:
    """A letter with the value in every kind of place."""
    word = clean(value)
    body = read(written(TEMPLATE, *(value,) * 8))
    return replace(
        of(body, "x", "2021-0001"), letterhead=(f"某局{word}"[:60],), number=f"某{word}"[:60],
        annexes=(Annex(f"附{word}", read(written("附@", value))),), imprint=Imprint((word,), word, "某日"),
    )


def extracted(pdf: bytes) -> list[str]:
    """The text of every page, without blanks and what a reader of text adds at the ends of lines."""
    document = pypdfium2.PdfDocument(pdf)
    # a hyphen at the end of a line is given as a character of its own
    return [solid(page.get_textpage().get_text_range()).replace("\ufffe", "-") for page in document]


def solid(text: str) -> str:
    return "".join(text.split())


def test_hostile_values_are_text(fonts: Fonts) -> None:
    short = [one for one in HOSTILE if one.kind != "long"]
    made = {one: filled(one.value) for one in short}
    printed = [one for one in short if held_back(made[one], fonts) is None]
    assert len(printed) > 200
    pdf = lay_out([made[one] for one in printed], fonts)
    pages = extracted(pdf)
    starts = [mark.get_dest().get_index() for mark in pypdfium2.PdfDocument(pdf).get_toc()]
    for one, first, end in zip(printed, starts, [*starts[1:], len(pages)], strict=True):
        said = re.sub(r"—\d+—", "", "".join(pages[first:end]))
        word = solid(clean(one.value))
        if one.kind == "unicode":  # composed, or without what is not seen
            continue
        for around in ("题@", "号@", "甲@：", "甲@乙", "项@", "格@乙", "重@"):
            assert around.replace("@", word) in said, (str(one), around)


@pytest.mark.parametrize("one", [one for one in HOSTILE if one.kind == "long"][:3], ids=str)
def test_long_values_are_whole(one: Hostile, fonts: Fonts) -> None:
    made = of(read(written("甲@乙\n\n| 头 |\n| --- |\n| 格@乙 |\n", one.value, one.value)), "x", "x")
    said = re.sub(r"—\d+—", "", "".join(extracted(lay_out_one(made, fonts))))
    assert said.replace("头", "") == solid(f"甲{one.value}乙格{one.value}乙")


def test_what_cannot_be_printed_is_held_back_without_its_text(fonts: Fonts) -> None:
    for one in HOSTILE:
        problem = held_back(filled(one.value), fonts)
        if problem is not None:
            assert problem.code == "letter.no_glyph"
            assert problem.fields["case"] == "2021-0001"
            assert re.fullmatch(r"(U\+[0-9A-F]{4,6} ?|…)+", str(problem.fields["codes"]))


@pytest.mark.parametrize("name", ["吉克阿衣莫子", "玥喆堃犇䶮", "𬱖𡋾", "ꆈꌠꁱꂷ", "☑"])
def test_rare_names_have_glyphs(name: str, fonts: Fonts) -> None:
    made = filled(name)
    assert held_back(made, fonts) is None
    assert f"甲{name}乙" in "".join(extracted(lay_out_one(made, fonts)))


def test_a_character_of_no_font_names_case_and_code_alone(fonts: Fonts) -> None:
    problem = held_back(filled("示例甲\U00013000"), fonts)
    assert problem is not None
    assert problem.fields == {"case": "2021-0001", "codes": "U+13000"}
    with pytest.raises(ValueError, match="2021-0001"):
        lay_out([filled("\U00013000")], fonts)


@pytest.mark.parametrize("char", ["示", "（", "。", "a", "*", "W", "-"])
def test_the_longest_word_stays_on_the_page(char: str, fonts: Fonts) -> None:
    made = of(read(written("甲@\n\n| 甲 | 乙 | 丙 |\n| --- | --- | --- |\n|@|@|@|\n", *(char * 2_000,) * 4)), "x", "x")
    document = pypdfium2.PdfDocument(lay_out_one(made, fonts))
    found = 0
    for page in document:
        text = page.get_textpage()
        width = page.get_width()
        for at in range(text.count_chars()):
            if text.get_text_range(at, 1) == char:
                left, _, right, _ = text.get_charbox(at)
                assert 75 < left < right < width - 70
                found += 1
    assert found == 8_000


def test_the_text_is_that_of_the_text_shape(fonts: Fonts) -> None:
    made = filled("示例（某）公司 2021-03、12 月")
    said = re.sub(r"—\d+—", "", "".join(extracted(lay_out_one(made, fonts)))).replace("@@SEAL1@@", "")
    plain = re.sub(r"^ *- ", "— ", text_of(made), flags=re.MULTILINE)
    assert said == solid(re.sub(r"^ *-+ *$", "", plain, flags=re.MULTILINE))
