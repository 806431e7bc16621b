"""Lines of a terminal: widths in cells, breaking where Chinese and English may be broken, text beside text."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category

from interpreter.problems.cells import WIDTHS, cells

CLOSING = "，。、；：？！）》〉」』】〕”’…"
OPENING = "（《〈「『【〔“‘"
GAP = "  "


def clean(text: str) -> str:
    """The text on one line, without characters that a terminal obeys or that change their neighbours' place."""
    kept = (" " if c.isspace() else c for c in text if c.isspace() or not _unprinted(c))
    return "".join(kept).strip()


def _unprinted(char: str) -> bool:
    return category(char) in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f"


def pad(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def pad_left(text: str, width: int) -> str:
    return " " * (width - cells(text)) + text


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (two at least)."""
    lines, line, used = [], "", 0
    for piece in _pieces(clean(text), width):
        size = cells(piece)
        if used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if piece != " " or line:
            line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, width: int) -> list[str]:
    """What must stay together: words, wide characters with the punctuation that clings to them, `3 个`."""
    pieces: list[str] = []
    for place, char in enumerate(text):
        last = pieces[-1][-1] if pieces else " "
        after = text[place + 1 : place + 2]
        if char == " ":
            clings = last.isdigit() and after != "" and WIDTHS[after] == 2
        elif last == " ":
            clings = bool(pieces) and pieces[-1] != " "
        else:
            clings = char in CLOSING or last in OPENING or (WIDTHS[char] < 2 and WIDTHS[last] < 2)
        if clings and pieces and cells(pieces[-1]) + WIDTHS[char] <= width:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def flow(parts: Iterable[str], joint: str, width: int) -> list[str]:
    """The parts joined by `joint`, broken between parts where possible; the joint stays at the line's end."""
    lines: list[str] = []
    wanted = [part for part in map(clean, parts) if part]
    for place, part in enumerate(wanted):
        text = part + (joint if place < len(wanted) - 1 else "")
        if lines and cells(lines[-1]) + cells(text.rstrip()) <= width:
            lines[-1] += text
        else:
            lines.extend(wrap(part, width))
            if text != part:
                lines[-1] += joint
                if cells(lines[-1].rstrip()) > width:
                    lines[-1:] = wrap(lines[-1], width)
    return [line.rstrip() for line in lines]


def beside(head: str, text: str, right: str, width: int) -> list[str]:
    """`head` and the text wrapped under itself; `right` at the right edge, on a line of its own where it must be."""
    indent = cells(head)
    body = wrap(text, width - indent)
    lines = [head + body[0], *(" " * indent + line for line in body[1:])]
    right = clean(right)
    if not right:
        return lines
    free = width - cells(lines[-1])
    if cells(right) + len(GAP) <= free:
        lines[-1] += pad_left(right, free)
    else:
        lines.extend(pad_left(line, width) if len(more) == 1 else " " * indent + line
                     for more in [wrap(right, width - indent)] for line in more)
    return lines


def indented(lines: Iterable[str], indent: int) -> list[str]:
    return [" " * indent + line for line in lines]


def columns(parts: list[str], width: int, gap: int = 4) -> list[str]:
    """Short texts side by side in columns of one width."""
    broken = [line for part in parts for line in wrap(part, width)]
    size = max((cells(part) for part in broken), default=0)
    across = max(1, (width + gap) // (size + gap))
    rows = [broken[i : i + across] for i in range(0, len(broken), across)]
    return [(" " * gap).join(pad(part, size) for part in row).rstrip() for row in rows]
