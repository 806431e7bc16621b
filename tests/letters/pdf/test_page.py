"""Pages measured: the numbers of GB/T 9704-2012, each within a millimetre or a tenth of a point."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from interpreter.letters.paper import Paper
from interpreter.letters.pdf.fonts import Fonts
from interpreter.letters.pdf.lay_out import lay_out, lay_out_found, lay_out_one
from tests.letters.pdf.measuring import Sheet, fonts_of, sheets
from tests.letters.reading import paper

TEXT = "示例文字" * 400
TOP = "# 不予补贴决定书\n\n## 案件编号\n\n示例甲：\n\n### 一、事实\n\n#### （一）小节\n\n"
WHOLE = TOP + f"{TEXT}\n\n> 示例局\n>\n> 2021年6月10日"
FULL = replace(paper(WHOLE), letterhead=("示例市示例局",), number="示补〔2021〕3号", form="full", draft="草稿，未盖章")
LETTER = replace(FULL, form="letter")


def near(value: float, by: float = 1.0) -> object:
    return pytest.approx(value, abs=by)


def laid(made: Paper, fonts: Fonts) -> list[Sheet]:
    return sheets(lay_out_one(made, fonts))


def test_the_block_of_text(fonts: Fonts) -> None:
    first, second, *_ = laid(FULL, fonts)
    assert (first.width, first.height) == (near(210, 0.1), near(297, 0.1))
    body = [line for line in second.lines if "示例文字" in line.text]
    assert len(body) == 22
    assert {len(line.text) for line in body} == {28}
    assert {line.size for line in body} == {16}
    assert {line.font for line in body} == {"FandolFang-Regular"}
    for line in body:
        # the ink of a character keeps a little of its square free
        assert line.left == near(28)
        assert line.right == near(184)
    pitches = {round(after.baseline - line.baseline, 2) for line, after in pairwise(body)}
    assert sorted(pitches) == [near(225 / 22, 0.05)] * len(pitches)
    assert body[0].baseline == near(37 + 0.88 * 16 / 72 * 25.4)
    assert body[-1].baseline < 297 - 35


def test_title_number_and_levels(fonts: Fonts) -> None:
    page = laid(FULL, fonts)[0]
    title = page.line("决定书")
    assert (title.size, (title.left + title.right) / 2) == (22, near(28 + 78))
    assert "Song-Bold" in title.font
    assert page.line("一、").left == near(28 + 2 * 156 / 28)
    assert "Hei" in page.line("一、").font
    assert "Kai" in page.line("（一）").font
    assert page.line("示例甲：").left == near(28)
    assert page.line("〔2021〕").text == "示补〔2021〕3号"


def test_the_full_form(fonts: Fonts) -> None:
    page = laid(FULL, fonts)[0]
    mark, number = page.line("示例市示例局"), page.line("〔2021〕")
    (left, top, width, height, colour) = next(rule for rule in page.rules if rule[2] > 150)
    assert (left, width) == (near(28), near(156))
    assert mark.colour == colour != (0,)
    assert mark.baseline - 36 * 0.86 / 72 * 25.4 == near(37 + 35, 1.5)
    assert (number.left + number.right) / 2 == near(28 + 78)
    assert top - (number.baseline + 0.12 * 16 / 72 * 25.4) == near(4)
    assert height < 1.5


def test_the_letter_form(fonts: Fonts) -> None:
    first, second, *_ = laid(LETTER, fonts)
    rules = [rule for rule in first.rules if rule[2] > 160]
    assert [(round(left), round(width)) for left, _, width, _, _ in rules] == [(20, 170)] * 4
    tops = sorted((top, height) for _, top, _, height, _ in rules)
    mark = first.line("示例市示例局")
    assert mark.baseline - 36 * 0.86 / 72 * 25.4 == near(30, 1.5)
    assert tops[0][0] - mark.baseline == near(4, 1.5)
    assert tops[0][1] > tops[1][1]
    assert tops[2][1] < tops[3][1]
    assert tops[3][0] + tops[3][1] == near(297 - 20)
    assert first.line("〔2021〕").right == near(184)
    assert "— 1 —" not in first.text
    assert "— 2 —" in second.text
    assert not [rule for rule in second.rules if rule[2] > 160]


def test_page_numbers(fonts: Fonts) -> None:
    first, second, *_ = laid(FULL, fonts)
    one, two = first.line("— 1 —"), second.line("— 2 —")
    assert (one.size, two.size) == (14, 14)
    assert one.right == near(184 - 14 / 72 * 25.4)
    assert two.left == near(28 + 14 / 72 * 25.4)
    # the dash stands about a third of its size above the line it is written on
    assert one.baseline - 0.38 * 14 / 72 * 25.4 == near(262 + 7)


def test_room_is_left_for_the_seal(fonts: Fonts) -> None:
    last = laid(FULL, fonts)[-1]
    signer, date, text = last.line("示例局"), last.line("2021年6月10日"), last.lines[0]
    body = [line for line in last.lines if "示例文字" in line.text or line is text]
    assert date.right == near(184 - 4 * 156 / 28, 1.5)
    assert (signer.left + signer.right) / 2 == near((date.left + date.right) / 2)
    assert signer.baseline - body[-1].baseline >= 2 * 225 / 22
    pdf, (other, where) = lay_out_found([LETTER, FULL], fonts)
    (seal,) = where.seals
    assert [page.text for page in sheets(pdf)][other.last :] == [page.text for page in laid(FULL, fonts)]
    assert (where.first, where.last, seal.page) == (other.last + 1, len(sheets(pdf)), where.last)
    assert seal.keyword == "@@SEAL1@@"
    assert float(seal.x.removesuffix("pt")) / 72 * 25.4 == near((date.left + date.right) / 2, 1.5)
    assert signer.baseline - 5 < float(seal.y.removesuffix("pt")) / 72 * 25.4 < date.baseline
    assert "（草稿，未盖章）" in last.text


def test_a_blank_head_takes_the_same_room(fonts: Fonts) -> None:
    for made in (FULL, LETTER):
        printed, blank = laid(made, fonts)[0], laid(replace(made, head="blank"), fonts)[0]
        assert "示例市示例局" not in blank.text
        assert blank.rules == ()
        assert [line.baseline for line in blank.lines] == pytest.approx(
            [line.baseline for line in printed.lines if "示例市示例局" not in line.text], abs=0.2,
        )


def test_every_font_is_in_the_file(fonts: Fonts) -> None:
    found = fonts_of(lay_out_one(FULL, fonts))
    assert len(found) >= 4
    assert all(found.values())


def test_same_papers_same_bytes(fonts: Fonts) -> None:
    assert lay_out([FULL, LETTER], fonts) == lay_out([FULL, LETTER], fonts)
    assert lay_out_one(FULL, fonts) == lay_out_one(FULL, fonts)
