"""A letter as one HTML page for the screen and for paper: its own style, nothing from the network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from interpreter.letters.document import (
    Block,
    Break,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Ruler,
    Runs,
    Signature,
)
from interpreter.letters.paper import Paper, annex_labels, annex_list, imprint_lines, in_brackets

# sizes and margins are those of GB/T 9704: A4, text block 156 x 225 mm, body of size 3 (16 pt) in FangSong
_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
:root { --body: FangSong, 仿宋, FangSong_GB2312, STFangsong, FandolFang, SimSun, serif;
        --head: FZXiaoBiaoSong-B05S, 方正小标宋简体, SimSun, STSong, "Noto Serif CJK SC", serif }
body { font: 16pt/1.8 var(--body); max-width: 156mm; margin: 12mm auto; padding: 0 6mm; color: #000; background: #fff;
       overflow-wrap: anywhere }
h1 { font: bold 22pt/1.5 var(--head); text-align: center; margin: 0 0 .5em }
h2 { font: 16pt/1.5 var(--body); text-align: center; margin: 0 0 1em }
h3 { font: bold 16pt/1.5 var(--head); margin: 1em 0 .2em; text-indent: 2em; break-after: avoid }
p { margin: 0; text-indent: 2em }
p.addressed, li > p, .imprint p { text-indent: 0 }
ul, ol { margin: 0; padding-left: 3em }
table { border-collapse: collapse; width: 100%; margin: .5em 0; font-size: 14pt; line-height: 1.5 }
th, td { border: 1px solid #000; padding: .1em .4em; text-align: left; vertical-align: top }
.right { text-align: right }
.center { text-align: center }
tr, footer { break-inside: avoid }
thead { display: table-header-group }
header { text-align: center; border-bottom: 1mm solid #d00; margin-bottom: 1em }
header.blank { border: 0; padding-top: 60mm }
p.mark { font: bold 36pt/1.5 var(--head); color: #d00; text-indent: 0 }
p.number { text-indent: 0 }
section { break-before: page }
.imprint { font-size: 14pt; border: solid #000; border-width: 1px 0; margin-top: 2em }
footer { margin-top: 2em; padding-right: 2em }
footer p { text-align: right; text-indent: 0 }
@media print { body { max-width: none; margin: 0; padding: 0 } }
"""


_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def lay_out(paper: Paper) -> str:
    """The whole page, a newline at the end."""
    return "".join((
        f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[paper.language]}">\n<head>\n<meta charset="utf-8">\n',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        '<meta name="viewport" content="width=device-width">\n',
        f"<title>{escape(paper.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
        *(f"{part}\n" for part in _parts(paper)),
        "</body>\n</html>\n",
    ))


def _parts(paper: Paper) -> Iterator[str]:
    if paper.letterhead or paper.number:
        marks = (f'<p class="mark">{_lines(mark)}</p>' for mark in paper.letterhead if paper.head == "printed")
        number = f'<p class="number">{_lines(paper.number)}</p>' if paper.number else ""
        yield f'<header class="{paper.head}">\n' + "\n".join(part for part in (*marks, number) if part) + "\n</header>"
    for tag, text in (("h1", paper.title), ("h2", paper.reference)):
        if text:
            yield f"<{tag}>{_lines(text)}</{tag}>"
    if paper.addressee:
        yield f'<p class="addressed">{_lines(paper.addressee)}</p>'
    yield from _blocks(paper.document)
    for name in annex_list(paper):
        yield f"<p>{_lines(name)}</p>"
    signed = [line for line in (*paper.signers, paper.date, in_brackets(paper.draft, paper.language)) if line]
    if signed:
        yield "<footer>\n" + "\n".join(f"<p>{_lines(line)}</p>" for line in signed) + "\n</footer>"
    yield from _blocks(paper.notes)
    imprint = imprint_lines(paper)
    if imprint:
        yield '<div class="imprint">\n' + "\n".join(f"<p>{_lines(line)}</p>" for line in imprint) + "\n</div>"
    for annex, label in zip(paper.annexes, annex_labels(paper), strict=True):
        yield f'<section>\n<p class="addressed">{_lines(label)}</p>\n<h1>{_lines(annex.title)}</h1>'
        yield from _blocks(annex.document)
        yield "</section>"


def _blocks(document: Document) -> Iterator[str]:
    return (part for block in document for part in _block(block))


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, runs=runs):
            yield f"<h{level}>{_inline(runs)}</h{level}>"
        case Paragraph(runs=runs, addressed=addressed):
            yield f"<p{_class('addressed' if addressed else '')}>{_inline(runs)}</p>"
        case Items(items=items, first=first):
            tag = "ul" if first is None else "ol"
            yield f"<{tag}>" if first in (None, 1) else f'<ol start="{first}">'
            for item in items:
                yield "<li>" + "\n".join(part for inner in item for part in _block(inner)) + "</li>"
            yield f"</{tag}>"
        case Grid(head=head, rows=rows, aligns=aligns):
            yield "<table>\n<thead>"
            yield _row("th", head, aligns)
            yield "</thead>\n<tbody>"
            yield from (_row("td", row, aligns) for row in rows)
            yield "</tbody>\n</table>"
        case Signature(blocks=blocks):
            yield "<footer>"
            yield from (part for inner in blocks for part in _block(inner))
            yield "</footer>"
        case Ruler():
            yield "<hr>"


def _row(tag: str, cells: tuple[Runs, ...], aligns: tuple[str, ...]) -> str:
    def cell(runs: Runs, align: str) -> str:
        return f"<{tag}{_class(align if align != 'left' else '')}>{_inline(runs)}</{tag}>"

    return "<tr>" + "".join(cell(runs, align) for runs, align in zip(cells, aligns, strict=True)) + "</tr>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _inline(runs: Runs) -> str:
    def run(text: str, strong: bool) -> str:
        return f"<strong>{escape(text)}</strong>" if strong else escape(text)

    return "".join("<br>" if isinstance(part, Break) else run(part.text, part.strong) for part in runs)
