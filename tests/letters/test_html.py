"""The page: whole, its own, and nothing from the network."""

from __future__ import annotations

import re

from interpreter.letters.html import lay_out
from tests.letters.reading import Page, paper


def test_a_page_stands_alone() -> None:
    page = lay_out(paper("# 某书&#60;b&#62;\n\n正文"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert "<title>某书&lt;b&gt;</title>" in page
    assert "@page { size: A4" in page
    assert not re.search(r"https?:|url\(|@import|<script|<link|src=", page)


def test_every_kind_of_block_has_its_tags() -> None:
    page = Page(lay_out(paper(
        "# 甲\n\n## 乙\n\n丙：\n\n### 丁\n\n**戊**己\n\n- 庚\n\n2. 辛\n\n"
        "| 壬 | 癸 |\n| --- | ---: |\n| 1 | 2 |\n\n> 子\n\n---\n"
    )))
    assert page.tags == [
        "h1", "h2", "p class=addressed", "h3", "p", "strong", "ul", "li", "p", "ol start=2", "li", "p",
        "table", "thead", "tr", "th", "th class=right", "tbody", "tr", "td", "td class=right", "footer", "p", "hr",
    ]


def test_html_links_images_and_code_in_a_template_are_text() -> None:
    page = Page(lay_out(paper("<b>x</b> [y](z) ![i](j) `c`\n\n    code\n\n```\nfence\n```\n")))
    assert page.tags == ["p", "p", "p"]
