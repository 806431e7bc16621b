"""What is done with patterns: looked for, replaced, split at; and looked at before anything runs.

Source: XQuery and XPath Functions and Operators 3.1, sections 5.6.2 to 5.6.5.
"""

from __future__ import annotations

import re

from interpreter.language.functions.patterns.program import Kept, Program, TooLongError, find, find_all, program
from interpreter.language.functions.patterns.read import FLAGS, BadPatternError
from interpreter.language.functions.row import FAULT, Fault, Mistake
from interpreter.language.functions.text import LONGEST

_PIECE = re.compile(r"\\([\\$])|\$([0-9]+)|([^\\$]+)")
"""What a replacement is made of: a character that is meant itself, a group, text."""


def _program(pattern: str, flags: str) -> Program | None:
    """None where the text is no pattern, or the flags are none."""
    try:
        return program(pattern, flags) if set(flags) <= set(FLAGS) else None
    except BadPatternError:
        return None


def _is_in_nothing(of: Program) -> bool:
    """Whether the empty text has the pattern, or may have it; then there is no end to the places where it is found."""
    try:
        return find(of, "") is not None
    except TooLongError:
        return True


def matches(text: str, pattern: str, flags: str = "") -> bool | Fault:
    """Whether a pattern is found in a text."""
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


def replace(text: str, pattern: str, replacement: str, flags: str = "") -> str | Fault:
    """The text with another wherever the pattern is found."""
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


def split(text: str, delimiter: str) -> tuple[str, ...] | Fault:
    """The texts between the places where the pattern is found."""
    places = _places(text, delimiter, "")
    if places is None:
        return FAULT
    ends = [0, *(end for kept in places for end in kept[:2]), len(text)]
    return tuple(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))


def look(
    args: tuple[object, ...], *, flags: int | None = None, replacement: int | None = None, often: bool = True
) -> Mistake | None:
    """Whether the pattern (the second argument), flags and replacement that are written out, each at its place among
    the arguments, have a meaning; a pattern that is looked for `often` must not be in the empty text."""
    pattern, set_ = args[1], "" if flags is None else args[flags]
    if isinstance(set_, str) and flags is not None and (stray := [flag for flag in set_ if flag not in FLAGS]):
        return Mistake("pattern.flags", flags, {"found": stray[0]})
    if isinstance(pattern, str) and isinstance(set_, str):
        try:
            of = program(pattern, set_)
        except BadPatternError as bad:
            return Mistake("pattern.wrong", 1, {"place": bad.place, "why": bad.why})
        if often and _is_in_nothing(of):
            return Mistake("pattern.nothing", 1)
    put_in = None if replacement is None else args[replacement]
    if isinstance(put_in, str) and isinstance(set_, str) and "q" not in set_ and _pieces(put_in) is None:
        return Mistake("pattern.replacement", replacement or 0)
    return None
