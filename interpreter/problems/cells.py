"""Text measured in terminal cells: what can be shown safely, how wide it is, and where a line may be broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

_NO_LINE_STARTS_WITH = "，。；：？！、）》」』”’】〉,.;:?!)]}…"
_NO_LINE_ENDS_WITH = "（《「『“‘【〈([{"
MORE = "…"
COMMON = (
    (" ", "~", 1), ("一", "\u9fff", 2), ("、", "\u301f", 2), ("！", "～", 2), ("·", "·", 1), ("×", "×", 1),
    ("–", "—", 1), ("‘", "’", 1), ("“", "”", 1), ("…", "…", 1),
)
"""First and last characters, and how wide they are and all between them."""


class _Widths(dict[str, int]):
    """The width of each character, asked once."""

    def __missing__(self, char: str) -> int:
        self[char] = width = next((its for first, last, its in COMMON if first <= char <= last), -1)
        if width < 0:
            # the library is a tenth of the wait for one answer, and few texts have characters that are not common
            from wcwidth import wcwidth

            self[char] = width = max(0, wcwidth(char))
        return width


WIDTHS = _Widths()
"""The cells of a terminal that a character takes: two for Chinese and Yi, none for what is put on its neighbour or is
not seen (Unicode Standard Annex 11)."""


def cells(text: str) -> int:
    """The cells that a text takes, whatever is in it."""
    return sum(map(WIDTHS.__getitem__, text))


@lru_cache(4096)
def _shown(char: str, encoding: str) -> str:
    """A character as a terminal can show it: a mark as wide as it where it cannot, `?` where it would show nothing."""
    if char == "\t":
        return " "
    width = WIDTHS[char]
    if not width:
        return "?"
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return "〓" if width == 2 and encoding != "ascii" else "?" * width
    return char


def shown(text: str, encoding: str) -> str:
    """The text with one visible character of `encoding` for each of its own; control and bidi characters become `?`."""
    return "".join([_shown(char, encoding) for char in text])


def width(text: str) -> int:
    """The cells that a shown text takes."""
    return sum(2 if WIDTHS[char] == 2 else 1 for char in text)


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most `cells`, broken at blanks and beside wide characters."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width((line + piece).rstrip()) > cells:
            lines.append(line.rstrip())
            line = ""
        line += piece.lstrip() if not line else piece
        while width(line.rstrip()) > cells:
            head = fit(line, cells)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def fit(text: str, cells: int) -> str:
    """As much of the beginning of a text as fits in `cells`, one character at least."""
    used = 0
    for at, char in enumerate(text):
        used += width(char)
        if used > cells:
            return text[: max(1, at)]
    return text


def clip(text: str, cells: int) -> str:
    """The text, its end replaced by an ellipsis where it is too wide."""
    return text if width(text) <= cells else fit(text, max(1, cells - 1)) + MORE


def _pieces(text: str) -> list[str]:
    """The text in pieces that stay together: words with the blanks after them, single wide characters."""
    pieces: list[str] = []
    for at, char in enumerate(text):
        last = text[at - 1] if at else ""
        together = (
            last and last not in " " and (
                char == " " or char in _NO_LINE_STARTS_WITH or last in _NO_LINE_ENDS_WITH
                or (width(char) == 1 and width(last) == 1)
            )
        ) or (last == " " and char == " ")
        if together:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def page_of(blocks: Iterable[Sequence[str]]) -> str:
    """Blocks of lines with an empty line between them, nothing after a line's last word."""
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"
