"""Where pages end: no heading at the foot, no single line alone, never a signature without text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interpreter.letters.paper import Paper
from interpreter.letters.pdf.fonts import Fonts
from interpreter.letters.pdf.lay_out import lay_out
from tests.letters.pdf.measuring import Sheet, sheets
from tests.letters.reading import paper

SIGNED = "\n\n> 某某市某某局\n>\n> 2021年6月10日\n"
LINE = "示例文字示例文字示例文字示例文字示例文字示例。\n\n"


def letters(bodies: list[str], fonts: Fonts) -> list[list[Sheet]]:
    """The pages of letters of these bodies, each letter's by itself."""
    papers: list[Paper] = [
        replace(paper(body + SIGNED), form="plain", draft="草稿") for body in bodies
    ]
    found: list[list[Sheet]] = []
    for page in sheets(lay_out(papers, fonts)):
        if "— 1 —" in page.text:
            found.append([])
        found[-1].append(page)
    assert len(found) == len(bodies)
    return found


def body_lines(page: Sheet) -> list[str]:
    return [line.text for line in page.lines if "—" not in line.text]


@pytest.mark.parametrize("last", [
    "示例文字" * 40, "示例文字" * 7 + "甲", "末行。", "- 项" + "示例文字" * 20,
    "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |",
], ids=["paragraph", "two lines", "one line", "item", "table"])
def test_no_signature_stands_alone(last: str, fonts: Fonts) -> None:
    seen = set()
    for pages in letters([LINE * count + last for count in range(10, 24)], fonts):
        page = next(page for page in pages if "某某市某某局" in page.text)
        lines = body_lines(page)
        assert lines.index("某某市某某局") >= 1
        assert lines[-3:] == ["某某市某某局", "2021年6月10日", "（草稿）"]
        seen.add(len(pages))
    assert seen == {1, 2}


@pytest.mark.parametrize(
    "note", ["示例说明。", "示例说明" * 9, "示例说明" * 19, "示例说明" * 40, "1. 示例项\n2. 示例项"],
)
def test_no_signature_stands_alone_with_what_is_below_it(note: str, fonts: Fonts) -> None:
    bodies = [LINE * count + "末行。" + SIGNED + "\n---\n\n" + note for count in range(8, 24)]
    papers = [replace(paper(body), form="plain", draft="草稿") for body in bodies]
    seen = set()
    pages = sheets(lay_out(papers, fonts))
    for page in pages:
        lines = body_lines(page)
        if "某某市某某局" in lines:
            assert lines.index("某某市某某局") >= 1, lines
            # a note begins where the signature is, by no single line unless it has but one
            after = lines[lines.index("（草稿）") + 1 :]
            assert len(after) >= min(2, note.count("示例"), len(note) // 26 + 1), lines
            seen.add(lines.index("某某市某某局"))
    assert len(pages) > len(papers)
    assert len(seen) > 5


def test_a_long_last_paragraph_is_not_moved_whole(fonts: Fonts) -> None:
    for pages in letters([LINE * count + "示例文字" * 200 for count in range(13, 22, 2)], fonts):
        assert len(body_lines(pages[0])) >= 20


def test_no_line_of_a_paragraph_stands_alone(fonts: Fonts) -> None:
    bodies = [LINE * count + "段落" * 80 + "\n\n" + LINE * 10 for count in range(15, 23)]
    on = [[sum("段" in line for line in body_lines(page)) for page in pages] for pages in letters(bodies, fonts)]
    assert all(sum(lines) == 6 for lines in on)
    assert not any(1 in lines for lines in on)
    assert any(4 in lines for lines in on)


def test_no_heading_ends_a_page(fonts: Fonts) -> None:
    for level in ("###", "####"):
        for pages in letters([LINE * count + f"{level} 小节\n\n" + LINE * 5 for count in range(17, 24)], fonts):
            for page in pages:
                assert body_lines(page)[-1] != "小节"


def test_a_long_table_goes_on_under_its_head(fonts: Fonts) -> None:
    rows = "".join(f"| {number} | 吉克阿衣莫子 | {'某某有限责任公司' * 7}某某某某 |\n" for number in range(1, 41))
    (pages,) = letters(["| 序号 | 姓名 | 单位 |\n| ---: | --- | --- |\n" + rows + "\n完。"], fonts)
    text = "".join(page.text for page in pages)
    assert len(pages) > 3
    assert all("序号" in page.text for page in pages[:-1])
    assert text.count("吉克阿衣莫子") == 40
    # a name of six characters stays in one line, one of sixty is whole over several
    assert sum("吉克阿衣莫子" in line.text for page in pages for line in page.lines) == 40
    assert text.count("某") == 40 * (14 + 4) + 4


def test_a_wide_table_turns_the_page(fonts: Fonts) -> None:
    made = replace(paper("# 题\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n"), form="plain", landscape=True)
    (page,) = sheets(lay_out([made], fonts))
    assert (round(page.width), round(page.height)) == (297, 210)
    assert page.line("题").baseline < 50
