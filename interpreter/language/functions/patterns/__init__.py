"""Patterns in text, as DMN has them: XPath's regular expressions. No SQL back end has these.

Source: XQuery and XPath Functions and Operators 3.1, sections 5.6.2 to 5.6.5.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from interpreter.language.functions.patterns.program import Kept, Program, TooLongError, find, find_all, program
from interpreter.language.functions.patterns.read import FLAGS, BadPatternError
from interpreter.language.functions.row import FAULT, Fault, Function, Mistake
from interpreter.language.functions.text import LONGEST
from interpreter.language.types import BOOLEAN, TEXT, List
from interpreter.problems import Text

_PIECE = re.compile(r"\\([\\$])|\$([0-9]+)|([^\\$]+)")
"""What a replacement is made of: a character that is meant itself, a group, text."""


def _program(pattern: str, flags: str) -> Program | None:
    """None where the text is no pattern, or the flags are none."""
    try:
        return program(pattern, flags) if set(flags) <= set(FLAGS) else None
    except BadPatternError:
        return None


def _is_in_nothing(of: Program) -> bool:
    """Whether the empty text has the pattern; then there is no end to the places where it is found."""
    return find(of, "") is not None


def _matches(text: str, pattern: str, flags: str = "") -> bool | Fault:
    of = _program(pattern, flags)
    try:
        return FAULT if of is None else find(of, text) is not None
    except TooLongError:
        return FAULT


def _places(text: str, pattern: str, flags: str) -> list[Kept] | None:
    """Where a pattern is found; None where there is no telling."""
    of = _program(pattern, flags)
    try:
        return None if of is None or _is_in_nothing(of) else list(find_all(of, text))
    except TooLongError:
        return None


def _replace(text: str, pattern: str, replacement: str, flags: str = "") -> str | Fault:
    places = _places(text, pattern, flags)
    pieces = [(replacement,)] if "q" in flags else _pieces(replacement)
    if places is None or pieces is None:
        return FAULT
    parts: list[str] = []
    end = size = 0
    for kept in places:
        new = "".join(_filled(piece, text, kept) for piece in pieces)
        parts += text[end : kept[0]], new
        end, size = kept[1], size + len(new)
        if size > LONGEST:
            return FAULT
    return "".join((*parts, text[end:]))


def _pieces(replacement: str) -> list[tuple[str, ...]] | None:
    """What is put in: (text,) or the digits of a group, ("$", digits). None where a `\\` or `$` means nothing."""
    pieces: list[tuple[str, ...]] = []
    end = 0
    for found in _PIECE.finditer(replacement):
        if found.start() != end:
            return None
        itself, digits, text = found.groups()
        pieces.append(("$", digits) if digits else (itself or text,))
        end = found.end()
    return pieces if end == len(replacement) else None


def _filled(piece: tuple[str, ...], text: str, kept: Kept) -> str:
    if len(piece) == 1:
        return piece[0]
    # of more digits than there are groups, the last are text; a group there is not is empty
    digits, groups, rest = piece[1], len(kept) // 2 - 1, ""
    while len(digits) > 1 and int(digits) > groups:
        digits, rest = digits[:-1], digits[-1] + rest
    group = int(digits)
    return (text[kept[2 * group] : kept[2 * group + 1]] if group <= groups else "") + rest


def _split(text: str, delimiter: str) -> tuple[str, ...] | Fault:
    places = _places(text, delimiter, "")
    if places is None:
        return FAULT
    ends = [0, *(end for kept in places for end in kept[:2]), len(text)]
    return tuple(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))


def _looked_at(
    *, pattern: int, flags: int | None = None, replacement: int | None = None, often: bool
) -> Callable[[tuple[object, ...]], Mistake | None]:
    """Whether the pattern, flags and replacement that are written out, each at its place among the arguments, have a
    meaning; a pattern that is looked for `often` must not be in the empty text."""

    def look(args: tuple[object, ...]) -> Mistake | None:
        text, set_ = args[pattern], "" if flags is None else args[flags]
        if isinstance(set_, str) and flags is not None and (stray := [flag for flag in set_ if flag not in FLAGS]):
            return Mistake("pattern.flags", flags, {"found": stray[0]})
        if isinstance(text, str) and isinstance(set_, str):
            try:
                of = program(text, set_)
            except BadPatternError as broken:
                return Mistake("pattern.wrong", pattern, {"place": broken.place, "why": broken.why})
            if often and _is_in_nothing(of):
                return Mistake("pattern.nothing", pattern)
        put_in = None if replacement is None else args[replacement]
        if isinstance(put_in, str) and isinstance(set_, str) and "q" not in set_ and _pieces(put_in) is None:
            return Mistake("pattern.replacement", replacement or 0)
        return None

    return look


FUNCTIONS: tuple[Function, ...] = (
    Function("matches", "matches", ("text", "text"), BOOLEAN, _matches,
             Text("文字中有没有符合正则表达式的部分", "whether a pattern is found in a text"),
             r'matches("123456", "^\d{6}$")', partial=True, batch=False, names=("input", "pattern"),
             written=_looked_at(pattern=1, often=False)),
    Function("matches.flags", "matches", ("text", "text", "text"), BOOLEAN, _matches,
             Text("同上，带标志：i 不分大小写，s 点号也含换行，m 逐行，x 略去空格，q 按字面",
                  "the same with flags: i ignores case, s lets a dot be a line end, m minds lines, x leaves out "
                  "blanks, q takes the pattern as it stands"),
             'matches("MA2X", "ma", "i")', partial=True, batch=False, names=("input", "pattern", "flags"),
             written=_looked_at(pattern=1, flags=2, often=False)),
    Function("replace", "replace", ("text", "text", "text"), TEXT, _replace,
             Text("把符合正则表达式的各部分换成别的文字，$1 是第一对括号里的内容",
                  "with another text wherever a pattern is found; $1 is what the first group has"),
             r'replace("2021-03", "(\d+)-(\d+)", "$2/$1")', partial=True, batch=False,
             names=("input", "pattern", "replacement"), written=_looked_at(pattern=1, replacement=2, often=True)),
    Function("replace.flags", "replace", ("text", "text", "text", "text"), TEXT, _replace,
             Text("同上，带标志", "the same with flags"), 'replace("MA2X", "[a-z]", "*", "i")', partial=True,
             batch=False, names=("input", "pattern", "replacement", "flags"),
             written=_looked_at(pattern=1, replacement=2, flags=3, often=True)),
    Function("split", "split", ("text", "text"), List(TEXT), _split,
             Text("在符合正则表达式之处断开", "the texts between the places where a pattern is found"),
             r'split("王某 李某", "\s")', partial=True, batch=False, names=("string", "delimiter"),
             written=_looked_at(pattern=1, often=True)),
)
