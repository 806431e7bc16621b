"""The fonts letters are set in: an office's own or those of Debian, and which characters they have."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from interpreter.problems import Problem

LAYOUT = Path(__file__).with_name("layout.typ")
BLANK = Path(__file__).with_name("blank.typ")
_LIFE = 11
"""How often something is compiled until the compiler forgets what it kept of earlier documents."""

FOLDERS = "POLICY_FONTS"
"""The environment variable that names folders of fonts, looked into before our own."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FandolKai"),
    "hei": ("SimHei", "黑体", "STHeiti", "FandolHei"),
    "song": ("SimSun", "宋体", "STSong", "FandolSong"),
    "mark": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", "FandolSong"),
}
"""The families that may stand in each place of a letter, the best first."""

FALLBACK = ("Noto Serif CJK SC", "HanaMinA", "HanaMinB", "Nuosu SIL", "DejaVu Sans")
"""The families that lend glyphs where the first has none, in every place alike."""


def home() -> Path:
    """The folder our own fonts are kept in."""
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "policy" / "fonts"


def folders() -> tuple[Path, ...]:
    """Where fonts are looked for: the folders of POLICY_FONTS first, our own last."""
    named = [Path(part) for part in os.environ.get(FOLDERS, "").split(os.pathsep) if part]
    return (*named, home())


@dataclass(slots=True)
class Family:
    """One family's files (with the number within a collection) and, once asked for, its characters."""

    files: tuple[tuple[str, int], ...]
    known: frozenset[int] | None = None

    @property
    def characters(self) -> frozenset[int]:
        """The code points that every file of the family has a glyph for."""
        if self.known is None:
            self.known = frozenset.intersection(*(_characters(path, number) for path, number in self.files))
        return self.known


@dataclass
class Fonts:
    """Fonts found in some folders, read once and used for many letters."""

    book: typst.Fonts = field(repr=False)
    families: Mapping[str, Family] = field(repr=False)
    _printable: set[str] = field(default_factory=set, repr=False)

    @classmethod
    def found(cls, places: Iterable[Path] | None = None) -> Fonts | Problem:
        """The fonts in the folders given, or in `folders()`; a problem that says how to get some where a letter could
        not be set in them."""
        there = [str(place) for place in (folders() if places is None else places) if place.is_dir()]
        read = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(there))
        files: dict[str, list[tuple[str, int]]] = {}
        for one in read.fonts():
            if one.path is not None:
                files.setdefault(one.family, []).append((one.path, one.index))
        made = cls(read, {name: Family(tuple(paths)) for name, paths in files.items()})
        if all(made.of(role) for role in ROLES):
            return made
        return Problem("letter.no_fonts", fields={"folder": str(home())})

    @staticmethod
    @cache
    def ours() -> Fonts | Problem:
        """The fonts in `folders()`, looked for once."""
        return Fonts.found()

    @cached_property
    def compiler(self) -> typst.Compiler:
        """The compiler of the layout, made once."""
        return typst.Compiler(input=LAYOUT, font_paths=self.book)

    @cached_property
    def _blank(self) -> typst.Compiler:
        return typst.Compiler(input=BLANK, font_paths=self.book)

    def forget(self) -> None:
        """Lets the compiler forget the documents it set: it keeps the last ten, which are of no use for others."""
        for _ in range(_LIFE):
            self._blank.compile(format="pdf")

    def of(self, role: str) -> list[str]:
        """The families that are there for a place in a letter, in the order in which glyphs are looked for."""
        return [name for name in (*ROLES[role], *FALLBACK) if name in self.families]

    @cached_property
    def roles(self) -> dict[str, list[str]]:
        return {role: self.of(role) for role in ROLES}

    def missing(self, text: str) -> list[str]:
        """The characters of a text, in order, that some place in a letter would have no glyph for."""
        return [char for char in dict.fromkeys(text) if char not in self._printable and not self._prints(char)]

    def _prints(self, char: str) -> bool:
        known = _is_unseen(char) or all(self._has(char, families) for families in self.roles.values())
        if known:
            self._printable.add(char)
        return known

    def _has(self, char: str, families: Iterable[str]) -> bool:
        return any(ord(char) in self.families[name].characters for name in families)


def _is_unseen(char: str) -> bool:
    """Whether a character is a hint to the layout, which has no glyph and needs none."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _characters(path: str, number: int) -> frozenset[int]:
    with TTFont(path, fontNumber=number, lazy=True) as font:
        return frozenset(code for code, name in (font.getBestCmap() or {}).items() if name != ".notdef")
