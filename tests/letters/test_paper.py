"""A letter taken apart into the places a page has; nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace

from interpreter.letters import html, text
from interpreter.letters.document import Paragraph, Ruler, plain
from interpreter.letters.paper import Annex, Imprint, annex_list
from tests.letters.reading import paper, read

WHOLE = "# 题\n\n## 号\n\n某：\n\n正文\n\n> 甲局\n>\n> 乙局\n>\n> 某日\n\n---\n\n附注"


def test_every_part_has_its_place() -> None:
    made = paper(WHOLE)
    assert (made.title, made.reference, made.addressee) == ("题", "号", "某：")
    assert (made.signers, made.date) == (("甲局", "乙局"), "某日")
    (body,) = made.document
    rule, note = made.notes
    assert isinstance(body, Paragraph)
    assert isinstance(note, Paragraph)
    assert (plain(body.runs), rule, plain(note.runs)) == ("正文", Ruler(), "附注")
    assert made.seals == ("@@SEAL1@@", "@@SEAL2@@")


def test_what_a_template_does_not_write_is_empty() -> None:
    made = paper("正文\n\n# 题\n\n> 甲局")
    assert (made.title, made.reference, made.addressee, made.date, made.notes) == ("", "", "", "", ())
    assert made.signers == ("甲局",)
    assert len(made.document) == 2


def test_lines_of_one_part_stay_lines() -> None:
    made = paper("## 号\n\n某：\\\n某某：\n\n正文\n\n> 甲局\\\n某日")
    assert made.addressee == "某：\n某某："
    assert (made.signers, made.date) == (("甲局",), "某日")


def test_what_the_office_adds_is_in_text_and_page() -> None:
    added = replace(
        paper(WHOLE), letterhead=("某市某局",), number="某〔2021〕3号", draft="草稿",
        annexes=(Annex("清单甲", read("甲一")), Annex("清单乙", read("乙一"))),
        imprint=Imprint(("丙局",), "丁室", "某日印发"),
    )
    assert annex_list(added) == ["附件：1. 清单甲", "2. 清单乙"]
    order = ["某市某局", "某〔2021〕3号", "题", "号", "某：", "正文", "附件：1. 清单甲", "2. 清单乙",
             "甲局", "乙局", "某日", "（草稿）", "附注", "抄送：丙局。",
             "丁室  某日印发", "附件1", "清单甲", "甲一", "附件2", "清单乙", "乙一"]
    lines = [line.strip() for line in text.lay_out(added).splitlines() if line.strip("- ")]
    assert lines == order
    page = html.lay_out(added).partition("<body>")[2]
    places = [page.index(f">{part}<") for part in order]
    assert places == sorted(places)


def test_a_blank_head_leaves_room_for_the_mark() -> None:
    page = html.lay_out(replace(paper(WHOLE), letterhead=("某市某局",), head="blank"))
    assert "某市某局" not in page
    assert 'class="blank"' in page
