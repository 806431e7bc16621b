"""The named styles of a letter in Word, after GB/T 9704: who edits it changes one style, not every paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.styles.styles import Styles

PITCH = 579
"""From line to line, in twentieths of a point: 22 lines in 225 mm."""
BODY = 32
"""The size of the body (3号), in half points."""
_CLOSER = -6
"""Between characters, in twentieths of a point: 28 of the body in 156 mm. The grid of the page says the same, but
programs differ in how they fit characters of 16 pt into its places, so the styles stand free of it."""
RED = "FF0000"

FANG_SONG, KAI, HEI, SONG, HEAD = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
INSTEAD = {
    FANG_SONG: "仿宋;FangSong;STFangsong;FandolFang R;Noto Serif CJK SC",
    KAI: "楷体;KaiTi;STKaiti;FandolKai;Noto Serif CJK SC",
    HEI: "SimHei;STHeiti;FandolHei;Noto Sans CJK SC",
    SONG: "SimSun;STSong;FandolSong;Noto Serif CJK SC",
    HEAD: "方正小标宋_GBK;FZXiaoBiaoSong-B05S;华文中宋;STZhongsong;FandolSong;宋体",
}
"""Each font by name and, where an office lacks it, those that look alike, the best first."""
_LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs (or of `characters`): its name as Word's list shows it, what it is based on, and how it
    differs from that. Sizes are half points, spaces twentieths of a point, indents hundredths of a character."""

    id: str
    name: str
    based_on: str = "Normal"
    next: str = ""
    font: str = ""
    size: int = 0
    bold: bool = False
    colour: str = ""
    align: str = ""
    pitch: int = 0
    before: int = 0
    after: int = 0
    first: int | None = None
    left: int = 0
    keep: bool = False
    whole: bool = False
    outline: int | None = None
    edges: str = ""
    characters: bool = False


# names that Word knows are shown in the reader's language, and fill its navigation pane
STYLES = (
    Style("Title", "Title", next="BodyText", font=HEAD, size=44, align="center", pitch=700, before=PITCH, after=PITCH,
          keep=True, whole=True),
    Style("Heading1", "heading 1", next="BodyText", font=HEI, first=200, keep=True, outline=0),
    Style("Heading2", "heading 2", next="BodyText", font=KAI, first=200, keep=True, outline=1),
    Style("Heading3", "heading 3", next="BodyText", first=200, bold=True, keep=True, outline=2),
    Style("BodyText", "Body Text", first=200),
    Style("ListParagraph", "List Paragraph"),
    Style("Header", "header", size=28, pitch=400),
    Style("Footer", "footer", font=SONG, size=28, pitch=400),
    Style("Mark", "公文机关标志", next="Number", font=HEAD, size=72, colour=RED, align="center", pitch=900, keep=True),
    Style("Number", "公文文号", next="Title", align="center", keep=True),
    Style("Reference", "公文编号", next="Addressee", align="center", after=PITCH, keep=True),
    Style("Addressee", "公文主送", next="BodyText", align="left", keep=True),
    Style("Annexes", "公文附件说明", first=200),
    Style("AnnexLabel", "公文附件", font=HEI, align="left", keep=True),
    Style("Signed", "公文落款", align="center", keep=True, whole=True),
    Style("Note", "公文附注", next="Note", first=200),
    Style("Imprint", "公文版记", size=28, pitch=480, whole=True,
          edges='<w:top w:val="single" w:sz="8" w:space="3" w:color="000000"/>'
                '<w:bottom w:val="single" w:sz="8" w:space="3" w:color="000000"/>'
                '<w:between w:val="single" w:sz="4" w:space="3" w:color="000000"/>'),
    Style("Cell", "公文表格", size=28, pitch=440, align="left"),
    Style("CellHead", "公文表头", based_on="Cell", font=HEI, align="center", keep=True),
    Style("Strong", "Strong", based_on="", font=HEI, characters=True),
    Style("SealPlace", "公文印章位置", based_on="", size=2, colour="FFFFFF", characters=True),
)

_KEPT = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
_GRID = f"""<w:style {nsdecls("w")} w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>
{"".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
         for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))}
</w:tblBorders></w:tblPr></w:style>"""


def put_styles(styles: Styles, language: str) -> None:
    """Puts our styles in the place of all others in a document."""
    root = styles.element
    for style in list(styles):
        if style.name not in _KEPT:
            root.remove(style.element)
    for defaults in root.findall(qn("w:docDefaults")):
        root.remove(defaults)
    characters = (
        f'{_fonts(FANG_SONG)}<w:spacing w:val="{_CLOSER}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{BODY}"/><w:szCs w:val="{BODY}"/><w:lang w:val="en-US" w:eastAsia="{language}"/>'
    )
    root.insert(0, parse_xml(
        f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{characters}</w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
    ))
    normal = styles["Normal"].element
    for part in (*normal.findall(qn("w:pPr")), *normal.findall(qn("w:rPr"))):
        normal.remove(part)
    normal.append(parse_xml(
        f'<w:pPr {nsdecls("w")}><w:widowControl/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'
        '<w:jc w:val="both"/></w:pPr>'
    ))
    # said again here: some programs take the width of the grid's characters from this style alone
    normal.append(parse_xml(f'<w:rPr {nsdecls("w")}>{characters}</w:rPr>'))
    for mine in STYLES:
        root.append(parse_xml(_style(mine)))
    root.append(parse_xml(_GRID))


def indent(first: int | None, left: int, size: int) -> str:
    """An indent in characters; the measure beside it is for programs that know none."""
    parts = ""
    if left:
        parts += f' w:leftChars="{left}" w:left="{left * size // 10}"'
    if first is not None and first >= 0:
        parts += f' w:firstLineChars="{first}" w:firstLine="{first * size // 10}"'
    elif first is not None:
        parts += f' w:hangingChars="{-first}" w:hanging="{-first * size // 10}"'
    return f"<w:ind{parts}/>" if parts else ""


def _style(style: Style) -> str:
    size = style.size or BODY
    spacing = "".join(
        f' w:{name}="{value}"' for name, value in (("before", style.before), ("after", style.after)) if value
    )
    spacing += f' w:line="{style.pitch}" w:lineRule="exact"' if style.pitch else ""
    paragraph = "".join((
        "<w:keepNext/>" if style.keep else "",
        "<w:keepLines/>" if style.whole else "",
        f"<w:pBdr>{style.edges}</w:pBdr>" if style.edges else "",
        f"<w:spacing{spacing}/>" if spacing else "",
        indent(style.first, style.left, size),
        f'<w:jc w:val="{style.align}"/>' if style.align else "",
        f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "",
    ))
    characters = "".join((
        _fonts(style.font) if style.font else "",
        "<w:b/><w:bCs/>" if style.bold else "",
        f'<w:color w:val="{style.colour}"/>' if style.colour else "",
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else "",
    ))
    kind = "character" if style.characters else "paragraph"
    own = ' w:customStyle="1"' if not style.name.isascii() else ""
    return "".join((
        f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{style.id}"{own}><w:name w:val="{style.name}"/>',
        f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "",
        f'<w:next w:val="{style.next}"/>' if style.next else "",
        "<w:qFormat/>",
        f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "",
        f"<w:rPr>{characters}</w:rPr>" if characters else "",
        "</w:style>",
    ))


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{name}" w:cs="{_LATIN}"/>'
