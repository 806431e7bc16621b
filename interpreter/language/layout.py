"""How an expression is laid out: the blanks and line breaks between its words, and nothing else.

- One space around operators and words, none inside brackets, before commas and around `.` and `..`, one after a comma
  or a colon; names of several words with one space between these. `f(x)`, `not(x)`, `list[filter]`, `-x`, `< 5`.
- Brackets, numbers, texts and literals stay as written: they carry what the writer had in mind. So do comments, and
  the distance of a `//` from what stands before it.
- A line break that somebody made stays, with its indentation; an `and` or `or` at the end of a line goes to the start
  of the next.
- A line wider than WIDTH is broken, where it may be (the caller knows), at the outermost construct on it: before each
  `and` or `or` of a chain, before `then` and `else`, or after the `satisfies` or `return` of a loop.

What is given are edits of the source, so that an expression may stand in any YAML scalar: what is not a blank there
(an escaped line break in double quotes) is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from interpreter.language import tree as t
from interpreter.language.parse import parse, parser
from interpreter.problems import Fragment, Problem
from interpreter.problems.cells import width

WIDTH = 100
STEP = 2

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"[ \t]+")
_GAP = re.compile(r"[ \t\r\n]*")
_BEFORE_BREAK = re.compile(r"[ \t]+(?=\r?\n)")
_SEVERAL_WORDS = ("FUNCTION", "PROPERTY", "PARAMETER")
_OPENING, _CLOSING = ("LPAR", "LSQB", "LBRACE"), ("RPAR", "RSQB", "RBRACE")
_OPERANDS = (
    "NAME", "NUMBER", "PERCENT", "STRING", "AT", "TRUE", "FALSE", "NULL", "QMARK", "PROPERTY", *_CLOSING,
)
_CALLED = ("NAME", "FUNCTION", "NOT")


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters `start` up to `end` of a source are to be `text`."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """The characters `start` up to `end` of a text (all by default) with the edits made that lie between them."""
    parts, at = [], start
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join(parts) + text[at:end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, sign, literal or comment of an expression, at the characters `start` up to `end` of its text. `text` has
    one space between the words of a name; `kind` is the grammar's, COMMENT for a comment."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def ends_line(self) -> bool:
        return self.text.startswith("//")


def pieces(fragment: Fragment, start: str = "value") -> list[Piece] | Problem:
    """What an expression consists of, in order, comments too; the problem where it cannot be read."""
    tree = parse(fragment, start)
    return tree if isinstance(tree, Problem) else list(_pieces(fragment.text, start))


def _pieces(text: str, start: str) -> Iterator[Piece]:
    at = 0
    for token in parser().parse_interactive(text, start=start).exhaust_lexer():
        begin, end = token.start_pos or 0, token.end_pos or 0
        yield from _comments(text, at, begin)
        yield Piece(token.type, " ".join(token.split()) if token.type in _SEVERAL_WORDS else str(token), begin, end)
        at = end
    yield from _comments(text, at, len(text))


def _comments(text: str, start: int, end: int) -> Iterator[Piece]:
    for found in _COMMENT.finditer(text, start, end):
        yield Piece("COMMENT", found[0], *found.span())


def relaid(
    fragment: Fragment, start: str = "value", *, margin: str = "", breaks: bool = False
) -> list[Edit] | Problem:
    """The edits of the fragment's source that lay it out; the problem where it cannot be read.

    `start` is what it is read as (`value`, `expr`, `cell`), `margin` what stands at both its ends, and `breaks` says
    that it is a block of lines, which may become more and of which the first keeps its indentation.
    """
    tree = parse(fragment, start)
    if isinstance(tree, Problem):
        return tree
    if fragment.offsets[0] == fragment.offsets[-1]:
        return []  # the reader does not know where its characters stand
    layout = _Layout(fragment, list(_pieces(fragment.text, start)))
    if breaks:
        layout.break_lines(tree)
    return layout.edits(margin, breaks)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Gaps that become line breaks together. `first` is the piece their construct begins with; `inside` says that what
    follows them is a part of the construct and not one of several of the same rank."""

    gaps: tuple[int, ...]
    first: int
    inside: bool = False


class _Layout:
    """The pieces of an expression where they stand in the source, and the gap after each but the last."""

    def __init__(self, fragment: Fragment, found: list[Piece]) -> None:
        self.fragment = fragment
        self.source = fragment.source.text
        self.pieces = found
        self.starts = [fragment.offsets[piece.start] for piece in found]
        self.ends = [self._end(piece) for piece in found]
        self.gaps = [self._gap(at) for at in range(len(found) - 1)]
        for at in range(1, len(self.gaps)):
            self._lead(at)

    def _end(self, piece: Piece) -> int:
        last = self.fragment.offsets[piece.end - 1]
        # of an escaped character only the first sign has its offset
        escaped = self.source[last] != self.fragment.text[piece.end - 1]
        return self.fragment.offsets[piece.end] if escaped else last + 1

    def _written(self, at: int) -> str:
        return self.source[self.ends[at] : self.starts[at + 1]]

    def _gap(self, at: int) -> str:
        """What shall stand after a piece."""
        written = self._written(at)
        if not _GAP.fullmatch(written) or self.pieces[at].ends_line:
            return written
        if "\n" in written:
            return _BEFORE_BREAK.sub("", written)
        if self.pieces[at + 1].ends_line:
            return written or " "
        return " " if self._apart(at) else ""

    def _apart(self, at: int) -> bool:
        """Whether a space belongs between a piece and the next."""
        left, right = self.pieces[at].kind, self.pieces[at + 1].kind
        texts = self.pieces[at].text, self.pieces[at + 1].text
        if left in _OPENING or right in (*_CLOSING, "COMMA", "COLON") or {".", ".."}.intersection(texts):
            return False
        before = self._word_before(at + 1)
        if (right == "LPAR" and before in _CALLED) or (right == "LSQB" and before in _OPERANDS):
            return False
        if left == "MINUS" and self._word_before(at) not in _OPERANDS:
            return False
        return not ("DIVIDE" in (left, right) and self._amount)

    def _word_before(self, at: int) -> str:
        """What the last piece before another is that is no comment."""
        return next((self.pieces[i].kind for i in range(at - 1, -1, -1) if self.pieces[i].kind != "COMMENT"), "")

    @cached_property
    def _amount(self) -> bool:
        """`1200 CNY/month`: only in an amount does a name follow a number."""
        kinds = [piece.kind for piece in self.pieces if piece.kind != "COMMENT"]
        return kinds[:2] == ["NUMBER", "NAME"]

    def _lead(self, at: int) -> None:
        """Puts the `and` or `or` at the end of a line at the start of the next."""
        ends_line = self.pieces[at].kind in ("AND", "OR") and "\n" in self.gaps[at]
        free = all(_GAP.fullmatch(gap) for gap in (self.gaps[at - 1], self.gaps[at]))
        if ends_line and free and "\n" not in self.gaps[at - 1] and self.pieces[at + 1].kind != "COMMENT":
            self.gaps[at - 1], self.gaps[at] = self.gaps[at], " "

    def break_lines(self, tree: t.Tree) -> None:
        """Breaks the lines that are too wide, as far as there is a place for it."""
        choices = list(self._choices(tree))
        at = 0
        while at < len(self.pieces):
            stop = next((gap + 1 for gap in range(at, len(self.gaps)) if "\n" in self.gaps[gap]), len(self.pieces))
            inside = range(at, stop - 1)
            choice = None
            if self._width(at, stop) > WIDTH:
                choice = next((one for one in choices if any(gap in inside for gap in one.gaps)), None)
            if choice is None:
                at = stop
                continue
            level = not choice.inside and (choice.first == at or at - 1 in choice.gaps)
            indent = self._indent(at) + " " * (0 if level else STEP)
            for gap in choice.gaps:
                if gap in inside:
                    self.gaps[gap] = ("\r\n" if "\r\n" in self.source else "\n") + indent

    def _choices(self, tree: t.Tree) -> Iterator[_Choice]:
        """Where lines may be broken, the outermost constructs first."""
        first = self._at(tree.start)
        match tree:
            case t.Logic(operator=operator, parts=parts):
                signs = [self._between(operator.upper(), left, right) for left, right in pairwise(parts)]
                yield _Choice(tuple(sign - 1 for sign in signs), first)
            case t.Conditional(condition=condition, then=then, otherwise=otherwise):
                words = self._between("THEN", condition, then), self._between("ELSE", then, otherwise)
                yield _Choice(tuple(word - 1 for word in words), first)
            case t.For(binds=binds, body=body):
                yield _Choice((self._between("RETURN", binds[-1], body),), first, inside=True)
            case t.Quantified(binds=binds, body=body):
                yield _Choice((self._between("SATISFIES", binds[-1], body),), first, inside=True)
        for child in t.children(tree):
            yield from self._choices(child)

    def _at(self, start: int) -> int:
        """The piece that begins at a place in the text."""
        return bisect_left(self.pieces, start, key=lambda piece: piece.start)

    def _between(self, kind: str, left: t.Tree, right: t.Tree) -> int:
        """The word between two parts: nothing else stands there but brackets and comments."""
        return next(at for at in range(self._at(left.end), len(self.pieces)) if self.pieces[at].kind == kind)

    def _indent(self, at: int) -> str:
        """The blanks before the first piece of a line."""
        if at:
            return self.gaps[at - 1].rpartition("\n")[2]
        return self.source[self.source.rfind("\n", 0, self.starts[0]) + 1 : self.starts[0]]

    def _width(self, at: int, stop: int) -> int:
        """The cells of the line of some pieces, without the comment behind them."""
        last = stop - 1 if self.pieces[stop - 1].ends_line else stop
        line = self._indent(at)
        for piece in range(at, last):
            line += self.source[self.starts[piece] : self.ends[piece]]
            line += self.gaps[piece] if piece < last - 1 else ""
        return max(width(part) for part in line.split("\n"))

    def edits(self, margin: str, breaks: bool) -> list[Edit]:
        """What is to be changed in the source."""
        begin, end = self.fragment.offsets[0], self.fragment.offsets[-1]
        wanted = [] if breaks else [Edit(begin, self.starts[0], margin)]
        wanted += [Edit(self.ends[at], self.starts[at + 1], gap) for at, gap in enumerate(self.gaps)]
        if not self.pieces[-1].ends_line:
            wanted.append(self._tail(end, margin))
        for piece, start in zip(self.pieces, self.starts, strict=True):
            if piece.kind in _SEVERAL_WORDS:
                wanted += self._words(piece, start)
        return [edit for edit in wanted if self._changes(edit)]

    def _tail(self, end: int, margin: str) -> Edit:
        """No blanks after the last piece, on its line."""
        blanks = _BLANKS.match(self.source, self.ends[-1], max(end, self.ends[-1]))
        stop = blanks.end() if blanks else self.ends[-1]
        return Edit(self.ends[-1], stop, margin if stop >= end else "")

    def _words(self, piece: Piece, start: int) -> Iterator[Edit]:
        """One space between the words of a name."""
        end = self.fragment.offsets[piece.end - 1] + 1
        for gap in re.finditer(r"[ \t\r\n]+", self.source[start:end]):
            yield Edit(start + gap.start(), start + gap.end(), " ")

    def _changes(self, edit: Edit) -> bool:
        written = self.source[edit.start : edit.end]
        at_margin = edit.end == self.starts[0] and "\n" in written
        return written != edit.text and _GAP.fullmatch(written) is not None and not at_margin
