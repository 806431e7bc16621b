"""What all letters of one kind of page share in Word: the page, its styles, head and foot. Made once, used for many."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section, _Footer, _Header
from docx.shared import Mm

from interpreter.letters.paper import Form, Head
from interpreter.letters.word.mark import LETTER_WIDTH, mark_words
from interpreter.letters.word.styles import INSTEAD, PITCH, RED, put_styles
from interpreter.problems import Language

WIDTH = 8844
"""Of the text on an upright page, in twentieths of a point: 156 mm."""
_SIZE = (Mm(210), Mm(297))
_MARGINS = (Mm(37), Mm(26), Mm(35), Mm(28))
_CHARACTER = -848
"""How much narrower than the body's size a character of the grid is, in 4096ths of a point: 28 of them in 156 mm."""
_LANGUAGES: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}
_UNWANTED = (
    RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>
<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
</w:settings>"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its form and head, the marks where they stand in its head, its language, and how it lies."""

    form: Form
    head: Head
    marks: tuple[str, ...]
    language: Language
    landscape: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a file that do not differ, by name in their order; what stands before and after a letter's blocks in
    its main part; and the properties of a section of this kind."""

    parts: tuple[tuple[str, bytes], ...]
    before: str
    after: str
    section: str


@lru_cache(maxsize=64)
def frame_of(kind: Kind) -> Frame:
    """The frame for a kind of page."""
    document = docx.Document()
    put_styles(document.styles, _LANGUAGES[kind.language])
    section = document.sections[0]
    _page(section, kind.landscape)
    _feet(section)
    if kind.form == "letter":
        _letter_head(section, kind)
    _drop(document)
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.title = core.keywords = ""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = parts.pop("word/document.xml").decode("utf-8")
    del parts["docProps/core.xml"]
    parts["word/settings.xml"] = _SETTINGS.encode("utf-8")
    parts["word/fontTable.xml"] = _fonts().encode("utf-8")
    before, body, rest = main.partition("<w:body>")
    at = rest.index("<w:sectPr")
    end = rest.index("</w:body>")
    return Frame(tuple(sorted(parts.items())), before + body, rest[end:], rest[at:end])


def _page(section: Section, landscape: bool) -> None:
    short, long = _SIZE
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    # turned, the page is bound where its head was
    top, right, bottom, left = (_MARGINS[3], *_MARGINS[:3]) if landscape else _MARGINS
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = top, right, bottom, left
    section.header_distance, section.footer_distance = Mm(15), Mm(20)
    properties = section._sectPr
    for child in list(properties):
        if child.tag.endswith("}docGrid"):
            properties.remove(child)
    properties.append(parse_xml(
        f'<w:docGrid {nsdecls("w")} w:type="linesAndChars" w:linePitch="{PITCH}" w:charSpace="{_CHARACTER}"/>'
    ))


def _feet(section: Section) -> None:
    """Page numbers, 7 mm below the text: at the right of odd pages, at the left of even ones, a character from the
    edge."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _put(footer, f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/><w:spacing w:after="170"/>'
                     f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{_number()}</w:p>')
    for header in (section.header, section.even_page_header):
        _put(header, f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>')


def _number() -> str:
    return (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r>'
        '</w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )


def _letter_head(section: Section, kind: Kind) -> None:
    """The head of the letter form: the mark 30 mm below the edge of the paper, a red double rule of 170 mm under it,
    another one 20 mm above the lower edge, and no number on the first page."""
    section.different_first_page_header_footer = True
    section.header_distance = Mm(30)
    rule = f'w:sz="24" w:color="{RED}"'
    printed = kind.head == "printed" and kind.marks
    over = '<w:ind w:left="-397" w:right="-397"/>'
    last = len(kind.marks) - 1
    lines = [
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Mark"/>' + (
            f'<w:pBdr><w:bottom w:val="thickThinSmallGap" w:space="11" {rule}/></w:pBdr>{over}'
            if printed and place == last else '<w:spacing w:after="260"/>' if place == last else ""
        ) + f'</w:pPr>{mark_words(mark, LETTER_WIDTH) if printed else ""}</w:p>'
        for place, mark in enumerate(kind.marks)
    ]
    _put(section.first_page_header, *lines or [f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'])
    foot = f'<w:pBdr><w:bottom w:val="thinThickSmallGap" w:space="1" {rule}/></w:pBdr>{over}' if printed else ""
    _put(section.first_page_footer, f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/>{foot}</w:pPr></w:p>')


def _put(place: _Header | _Footer, *paragraphs: str) -> None:
    """Puts paragraphs in the place of what a head or foot has."""
    place.is_linked_to_previous = False
    root = place._element
    for child in list(root):
        root.remove(child)
    for paragraph in paragraphs:
        root.append(parse_xml(paragraph))


def _drop(document: WordDocument) -> None:
    """Takes away what a fresh document brings along and a letter does not need."""
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, relation in relations.items() if relation.reltype in _UNWANTED]:
            del relations[name]


def _fonts() -> str:
    """The table of fonts: for each the ones a program should take in its stead."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>' for name, instead in INSTEAD.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'


