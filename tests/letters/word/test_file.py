"""A letter in Word, read back with python-docx: page, styles, text; the same bytes whenever it is written."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from interpreter.letters.document import Paragraph, Words
from interpreter.letters.paper import Paper
from interpreter.letters.word.file import lay_out
from interpreter.letters.word.frame import frame_of
from tests.letters.hostile import HOSTILE, Hostile
from tests.letters.word.made import ALL, FULL, LETTER, PLAIN, opened

NAMED = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def close(length: object, millimetres: int) -> bool:
    return isinstance(length, int) and abs(length - Mm(millimetres)) < Mm(1) / 4


def styled(document: WordDocument) -> list[tuple[str, str]]:
    """Style and text of every paragraph, those in tables left out."""
    return [(p.style.style_id, p.text) for p in document.paragraphs if p.style is not None]


@pytest.mark.parametrize("paper", ALL.values(), ids=ALL)
def test_the_page_is_that_of_the_standard(paper: Paper) -> None:
    section = opened(paper).sections[0]
    upright = [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
    if paper.landscape:
        assert (section.orientation, close(section.page_width, 297)) == (WD_ORIENT.LANDSCAPE, True)
        upright = [*upright[1:], upright[0]]
    else:
        assert close(section.page_width, 210)
        assert close(section.page_height, 297)
    assert all(map(close, upright, (37, 26, 35, 28)))
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert 28 * 20 <= int(grid.get(qn("w:linePitch"))) <= 29 * 20


def test_the_styles_are_few_named_and_of_the_standard() -> None:
    styles = opened(LETTER).styles
    assert {style.name for style in styles} >= {
        "Title", "Heading 1", "Heading 2", "Body Text", "公文主送", "公文落款", "公文文号", "公文机关标志", "公文表格"}
    assert len(styles) < 30
    normal, title = styles["Normal"].element, styles["Title"].element
    spacing = normal.find(".//w:spacing[@w:lineRule]", NAMED)
    assert spacing.get(qn("w:lineRule")) == "exact"
    assert 28 * 20 <= int(spacing.get(qn("w:line"))) <= 29 * 20
    assert font(normal) == ("仿宋_GB2312", "32")
    assert font(title) == ("方正小标宋简体", "44")
    assert font(styles["Heading 1"].element)[0] == "黑体"
    assert font(styles["Heading 2"].element)[0] == "楷体_GB2312"
    body = styles["Body Text"].element.find(".//w:ind", NAMED)
    assert body.get(qn("w:firstLineChars")) == "200"
    fonts = parts(lay_out(LETTER))["word/fontTable.xml"].decode()
    assert re.search('w:name="仿宋_GB2312"><w:altName w:val="仿宋;', fonts)


def font(style: etree._Element) -> tuple[str | None, str | None]:
    fonts, size = style.find(".//w:rFonts", NAMED), style.find(".//w:sz", NAMED)
    return fonts.get(qn("w:eastAsia")), None if size is None else size.get(qn("w:val"))


def test_every_paragraph_has_its_style() -> None:
    found = styled(opened(LETTER))
    assert found == [
        ("Number", "示人社补〔2021〕1号"), ("Title", "准予补贴决定书"), ("Reference", "案件编号：2021-0001"),
        ("Addressee", "示例甲："), ("BodyText", "关于稳岗补贴，决定如下。\n第二行。"), ("Heading1", "一、查明的事实"),
        ("Heading2", "（一）参保"), ("ListParagraph", "— 参保三个月。"), ("ListParagraph", "— 二〇二一年三月起。"),
        ("ListParagraph", "— 单位缴纳。"), ("ListParagraph", "另一段。"), ("ListParagraph", "3. 第三"),
        ("ListParagraph", "4. 第四"), ("BodyText", "对本决定不服的，可以申请行政复议。"),
        ("Signed", "示例区甲局@@SEAL1@@"), ("Signed", "2021年6月10日"), ("Signed", "（草稿，未盖章）"), ("Note", ""),
        ("BodyText", "由系统依照规则拟出。"),
    ]
    strong = [run.text for p in opened(LETTER).paragraphs for run in p.runs if run.style.style_id == "Strong"]
    assert strong == ["决定如下"]


def test_the_letter_form_has_its_head_on_the_first_page_alone() -> None:
    section = opened(LETTER).sections[0]
    assert section.different_first_page_header_footer
    mark = section.first_page_header.paragraphs[0]
    assert (mark.style.style_id, mark.text) == ("Mark", "示例区甲局")
    assert close(section.header_distance, 30)
    assert edge(mark, "bottom") == "thickThinSmallGap"
    foot = section.first_page_footer.paragraphs[0]
    assert (foot.text, edge(foot, "bottom")) == ("", "thinThickSmallGap")
    assert (section.header.paragraphs[0].text, close(section.footer_distance, 20)) == ("", True)


def edge(paragraph: WordParagraph, side: str) -> str | None:
    found = paragraph._p.find(f".//w:pBdr/w:{side}", NAMED)
    return None if found is None else found.get(qn("w:val"))


def test_the_full_form_has_its_head_in_the_text() -> None:
    document = opened(FULL)
    assert not document.sections[0].different_first_page_header_footer
    assert styled(document)[:4] == [
        ("Mark", "示例市甲局"), ("Mark", "示例市乙局"), ("Number", "示人社发〔2021〕9号"), ("Title", "通知")]
    assert edge(document.paragraphs[2], "bottom") == "single"
    assert ("BodyText", "在中间的落款") in styled(document)


@pytest.mark.parametrize("paper", [LETTER, FULL], ids=["letter", "issued"])
def test_on_paper_that_has_its_head_the_same_room_is_left(paper: Paper) -> None:
    printed, blank = opened(paper), opened(replace(paper, head="blank"))
    heads = [[*document.sections[0].first_page_header.paragraphs, *document.paragraphs[:3]]
             for document in (printed, blank)]
    marks = [[p.text for p in head if p.style.style_id == "Mark"] for head in heads]
    assert marks == [list(paper.letterhead), [""] * len(paper.letterhead)]
    assert [edge(p, "bottom") for p in heads[1]] == [None] * len(heads[1])
    assert any(p.text == paper.number for p in heads[1])


def test_a_long_mark_takes_a_smaller_size_before_a_second_line() -> None:
    sizes = {}
    for name in ("甲局", "示例省示例市示例区人力资源和社会保障局", "示例" * 30):
        mark = opened(replace(LETTER, letterhead=(name,))).sections[0].first_page_header.paragraphs[0]
        found = mark._p.find(".//w:sz", NAMED)
        sizes[len(name)] = None if found is None else int(found.get(qn("w:val")))
    assert sizes == {2: None, 19: 50, 60: 44}


def test_page_numbers_stand_outside() -> None:
    section = opened(LETTER).sections[0]
    sides = [p.paragraphs[0]._p.find(".//w:jc", NAMED).get(qn("w:val"))
             for p in (section.footer, section.even_page_footer)]
    assert sides == ["right", "left"]
    number = etree.tostring(section.footer._element, encoding="unicode")
    assert re.sub("<[^>]*>", "", number).strip() == "— 1 —"
    assert b"evenAndOddHeaders" in parts(lay_out(LETTER))["word/settings.xml"]


def test_a_table_repeats_its_head_and_tears_no_row() -> None:
    (table,) = opened(LETTER).tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "对象", "金额"]
    assert [cell.text for cell in table.rows[40].cells] == ["40", "示例40", "3,000.00 元"]
    assert [row._tr.find(".//w:tblHeader", NAMED) is not None for row in table.rows] == [True] + [False] * 40
    assert all(row._tr.find(".//w:cantSplit", NAMED) is not None for row in table.rows)
    assert sum(widths(table)) == 8844
    wide = opened(replace(PLAIN, document=(
        replace(PLAIN.document[0], rows=((*((Words("长" * 500),),) * 3,),)),))).tables[0]  # type: ignore[arg-type]
    assert sum(widths(wide)) == 13322
    assert max(widths(wide)) - min(widths(wide)) < 400


def widths(table: Table) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in table._tbl.findall(".//w:gridCol", NAMED)]


def test_two_tables_stay_two_and_none_ends_the_text() -> None:
    body = opened(PLAIN).element.body
    kinds = [child.tag.rpartition("}")[2] for child in body]
    assert kinds == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_annexes_turn_the_page_where_they_lie() -> None:
    document = opened(FULL)
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert turned == [False, True, False]
    found = [text for style, text in styled(document) if style in ("AnnexLabel", "Annexes")]
    assert found == ["附件：1. 名单", "2. 说明", "附件1", "附件2"]
    assert [text for style, text in styled(document) if style == "Imprint"] == [
        "抄送：示例县甲局，示例县乙局。", "示例市甲局办公室  2021年6月11日印发"]


def test_the_signature_stays_with_the_text_before_it() -> None:
    paragraphs = {p.text: p for p in opened(LETTER).paragraphs}
    for text in ("对本决定不服的，可以申请行政复议。",):
        assert paragraphs[text].paragraph_format.keep_with_next is True
    assert paragraphs["（草稿，未盖章）"].paragraph_format.keep_with_next is False
    room = paragraphs["示例区甲局@@SEAL1@@"].paragraph_format.space_before
    assert room is not None
    assert room > Mm(15)
    (seal,) = [run for run in paragraphs["示例区甲局@@SEAL1@@"].runs if run.style.style_id == "SealPlace"]
    assert seal.text == "@@SEAL1@@"


@pytest.mark.parametrize("paper", ALL.values(), ids=ALL)
def test_the_same_letter_is_the_same_bytes_and_of_no_day(paper: Paper) -> None:
    once = lay_out(paper)
    frame_of.cache_clear()
    assert lay_out(paper) == once
    with zipfile.ZipFile(io.BytesIO(once)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts(once)["docProps/core.xml"].decode()
    assert not re.search("created|modified|creator", core)


@pytest.mark.parametrize("paper", ALL.values(), ids=ALL)
def test_nothing_needs_updating_and_nothing_floats(paper: Paper) -> None:
    for name, content in parts(lay_out(paper)).items():
        if name.endswith(".xml"):
            text = content.decode("utf-8")
            assert not re.search("txbxContent|w:framePr|w:drawing|w:pict|w:fldChar|updateFields", text), name
            assert set(re.findall('w:instr="([^"]*)"', text)) <= {" PAGE "}
    assert not [name for name in parts(lay_out(paper)) if "thumbnail" in name or "customXml" in name]


def text_of(document: WordDocument) -> Iterator[str]:
    yield from (p.text for p in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("hostile", HOSTILE, ids=str)
def test_hostile_values_stay_text(hostile: Hostile) -> None:
    value = f"甲{hostile.value}乙"
    paper = replace(LETTER, document=(Paragraph((Words(value),)), *LETTER.document), title=value,
                    addressee=value, signers=(value,), number=value, letterhead=(value,), id=value)
    content = lay_out(paper)
    elements = [child.tag for child in opened(paper).element.body]
    assert elements == [child.tag for child in opened(replace(
        LETTER, document=(Paragraph((Words("甲乙"),)), *LETTER.document))).element.body]
    for name, part in parts(content).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    kept = "".join(c for c in value if not unicodedata.category(c).startswith(("C", "Z")))
    shown = "".join(c for c in "".join(text_of(opened(paper))) if not unicodedata.category(c).startswith(("C", "Z")))
    assert shown.count(kept) >= 5
