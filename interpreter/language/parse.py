"""Text to tree: the Lark parser, and what to tell people whose text does not fit the grammar."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import Any

from lark import Lark, Token, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.tree import Meta
from lark.visitors import Transformer_NonRecursive

from interpreter.language import tree as t
from interpreter.problems import Fragment, Problem

GRAMMAR = FilePath(__file__).with_name("grammar.lark")
MAX_LENGTH = 20_000
MAX_DEPTH = 60

FULL_WIDTH = dict(
    zip(
        "（），：；“”‘’【】《》＝＋－＊／＜＞．。、｛｝？！％＠０１２３４５６７８９",
        "(),:;\"\"\"\"[]<>=+-*/<>..,{}?!%@0123456789", strict=True,
    )
)
"""What a Chinese keyboard types for the language's punctuation."""

ELSEWHERE = {
    "==": "=", "&&": "and", "||": "or", "<>": "!=", "!": "not( )", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/",
    "且": "and", "或": "or", "非": "not( )", "AND": "and", "OR": "or", "NOT": "not( )", "'": '"', "is": "=",
}
"""What other languages write, and what this one writes for it."""

BOUNDS = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "以外": ">"}
"""What Chinese rules write after a number, and the comparison that says so; 以上, 以下 and 以内 take the number in."""

_WRITTEN = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/|(?P<bracket>[(\[{)\]}])', re.DOTALL)
"""Brackets, and the text and comments in which one is no bracket."""

_COUNTED = re.compile(r"(?<![\w.])(?P<number>\d+(?:\.\d+)?)\s*\Z")
"""A number at the end of what is read so far."""

_COMPARED = re.compile(r"(?:[<>=]|\b(?:in|between)\b)[^<>=]*[^<>=\s]\s*$")
"""What says that something has been compared already."""

_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|[ntrbf\"'\\/])")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\", "/": "/"}


def _words(token: Any) -> str:
    """A name of several words with one space between them."""
    return " ".join(str(token).split())


def _unquote(quoted: str) -> str:
    """The text inside quotation marks. Two escapes of a surrogate pair are one character; half of a pair stays half."""

    def one(found: re.Match[str]) -> str:
        body = found[0][1:]
        return chr(int(body[1:], 16)) if body[0] in "uU" else _ESCAPES[body]

    text = _ESCAPE.sub(one, quoted[1:-1])
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return unicodedata.normalize("NFC", paired)


@v_args(meta=True)
class _Build(Transformer_NonRecursive[Token, t.Tree]):
    """One method a rule of the grammar, called bottom up without recursion, since the text may be hostile."""

    @staticmethod
    def _at(meta: Meta) -> tuple[int, int]:
        return (meta.start_pos, meta.end_pos) if not meta.empty else (0, 0)

    def value(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return parts[0]  # type: ignore[no-any-return]

    def any_cell(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.CellTests(*self._at(meta))

    def cell_test(self, meta: Meta, parts: list[Any]) -> t.Tree:
        match parts[0]:
            case t.Negation(of=of):
                return t.CellTests(*self._at(meta), (of,), True)
            case test:
                return t.CellTests(*self._at(meta), (test,))

    def cell_tests(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.CellTests(*self._at(meta), parts[0])

    def cell_not(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.CellTests(*self._at(meta), (parts[0],), True)

    def cell_none_of(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.CellTests(*self._at(meta), parts[0], True)

    def unit(self, meta: Meta, parts: list[Any]) -> str:
        return "/".join(str(p) for p in parts if p is not None)

    def amount(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.NumberText(*self._at(meta), str(parts[0]), parts[1])

    def number(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.NumberText(*self._at(meta), str(parts[0]))

    percent = number

    def text(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.TextLiteral(*self._at(meta), _unquote(str(parts[0])))

    def at(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.AtLiteral(*self._at(meta), _unquote(str(parts[0])[1:]))

    def truth(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Truth(*self._at(meta), str(parts[0]) == "true")

    def null(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Null(*self._at(meta))

    def input(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Asked(*self._at(meta))

    def name(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Name(*self._at(meta), str(parts[0]))

    def path(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Path(*self._at(meta), parts[0], _words(parts[1]))

    def bracket(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Bracket(*self._at(meta), parts[0], parts[1])

    def items(self, meta: Meta, parts: list[Any]) -> tuple[t.Tree, ...]:
        return tuple(parts)

    entries = items

    def arguments(self, meta: Meta, parts: list[Any]) -> tuple[tuple[t.Tree, ...], tuple[str, ...]]:
        if isinstance(parts[0], t.Entry):
            return tuple(part.value for part in parts), tuple(part.name for part in parts)
        return tuple(parts), ()

    def named(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Entry(*self._at(meta), _words(parts[0]), parts[1])

    def entry(self, meta: Meta, parts: list[Any]) -> t.Tree:
        name = _unquote(str(parts[0])) if parts[0].type == "STRING" else str(parts[0])
        return t.Entry(*self._at(meta), name, parts[1])

    def record(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.RecordTree(*self._at(meta), parts[0] or ())

    def call(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.CallTree(*self._at(meta), _words(parts[0]), *(parts[1] or ((), ())))

    def arithmetic(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Arithmetic(*self._at(meta), str(parts[1]), parts[0], parts[2])

    def negative(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Negative(*self._at(meta), parts[1])

    def compare(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Compare(*self._at(meta), str(parts[1]), parts[0], parts[2])

    def between(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Between(*self._at(meta), *parts)

    def bound(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Bound(*self._at(meta), str(parts[0]), parts[1])

    def bounds(self, meta: Meta, parts: list[Any]) -> tuple[t.Tree, ...]:
        return tuple(parts)

    def inside(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Inside(*self._at(meta), parts[0], (parts[1],))

    inside_bound = inside

    def inside_any(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Inside(*self._at(meta), parts[0], parts[1])

    def _logic(self, meta: Meta, operator: Any, parts: list[Any]) -> t.Tree:
        left, right = parts
        more = left.parts if isinstance(left, t.Logic) and left.operator == operator else (left,)
        return t.Logic(*self._at(meta), operator, (*more, right))

    def both(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return self._logic(meta, "and", parts)

    def either(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return self._logic(meta, "or", parts)

    def negation(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Negation(*self._at(meta), parts[-1])

    def grouped(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return parts[0]  # type: ignore[no-any-return]

    range_bound = grouped

    def conditional(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Conditional(*self._at(meta), *parts)

    def bind(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Bind(*self._at(meta), str(parts[0]), parts[1])

    def bind_steps(self, meta: Meta, parts: list[Any]) -> t.Tree:
        steps = t.Steps(parts[1].start, parts[2].end, parts[1], parts[2])
        return t.Bind(*self._at(meta), str(parts[0]), steps)

    def binds(self, meta: Meta, parts: list[Any]) -> tuple[t.Tree, ...]:
        return tuple(parts)

    def loop(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.For(*self._at(meta), *parts)

    def some(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Quantified(*self._at(meta), "some", *parts)

    def every(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.Quantified(*self._at(meta), "every", *parts)

    def list_(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.ListTree(*self._at(meta), parts[0] or ())

    def range_closed(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.RangeTree(*self._at(meta), parts[0], parts[1], True, True)

    def range_open_high(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.RangeTree(*self._at(meta), parts[0], parts[1], True, False)

    def range_open_low(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.RangeTree(*self._at(meta), parts[0], parts[1], False, True)

    def range_open(self, meta: Meta, parts: list[Any]) -> t.Tree:
        return t.RangeTree(*self._at(meta), parts[0], parts[1], False, False)


@cache
def parser(*, strict: bool = False) -> Lark:
    """The parser; `strict` also proves that the grammar has no collision of terminals (the tests do so)."""
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"), parser="lalr", start=["expr", "value", "cell"], propagate_positions=True,
        maybe_placeholders=True, strict=strict,
    )


def parse(fragment: Fragment, start: str = "expr") -> t.Tree | Problem:
    """Reads an expression (`expr`), what stands after `value:` (`value`) or a table's cell (`cell`).

    Gives the tree, or the one problem that keeps the text from being read, with its place and a way to mend it.
    """
    text = fragment.text
    if not text.strip():
        return Problem("syntax.empty", fragment.span())
    if len(text) > MAX_LENGTH:
        return Problem("syntax.long", fragment.span(0, 1), {"limit": MAX_LENGTH})
    deep = _too_deep(text)
    if deep is not None:
        return Problem("syntax.deep", fragment.span(deep, deep + 1), {"limit": MAX_DEPTH})
    try:
        built, steep = _tree(text, start)
    except UnexpectedInput as error:
        return _explain(fragment, error)
    if steep is not None:
        return Problem("syntax.deep", fragment.span(steep.start, steep.end), {"limit": MAX_DEPTH})
    return built


@lru_cache(maxsize=8192)
def _tree(text: str, start: str) -> tuple[t.Tree, t.Tree | None]:
    """The tree of a text, and what of it nests too deep. A notice is linked again and again while its tests change it,
    mostly from the same texts."""
    built = _Build().transform(parser().parse(text, start=start))
    return built, _steep(built)


@lru_cache(maxsize=8192)
def names_of(text: str, start: str = "expr") -> frozenset[str]:
    """The names that a text which can be read takes from outside itself."""
    return t.free_names(_tree(text, start)[0])


def _too_deep(text: str) -> int | None:
    """Where brackets nest deeper than any rule needs, before the parser is asked."""
    depth = 0
    for found in _WRITTEN.finditer(text):
        if found["bracket"] in ("(", "[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                return found.start()
        elif found["bracket"]:
            depth = max(0, depth - 1)
    return None


def _steep(tree: t.Tree) -> t.Tree | None:
    """A tree nested deeper than the passes that follow may recur into (`1 + 1 + 1 + …` nests to the left)."""
    level = [tree]
    for _ in range(2 * MAX_DEPTH):
        level = [child for node in level for child in t.children(node)]
        if not level:
            return None
    return level[0]


def _explain(fragment: Fragment, error: UnexpectedInput) -> Problem:
    text = fragment.text
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return Problem("syntax.unfinished", fragment.span(len(text.rstrip()) - 1, len(text.rstrip())))
    if isinstance(error, UnexpectedToken):
        start = error.token.start_pos or 0
        found = str(error.token)
    else:
        assert isinstance(error, UnexpectedCharacters)
        start = error.pos_in_stream or 0
        found = text[start]
    before = max(0, start - 1)
    for at, other in ((start, text[start : start + 2]), (start, found), (before, text[before : start + 1])):
        if other in ELSEWHERE:
            return Problem(
                "syntax.elsewhere", fragment.span(at, at + len(other)), {"found": other, "want": ELSEWHERE[other]}
            )
    if found in FULL_WIDTH:
        return Problem(
            "syntax.full-width", fragment.span(start, start + 1), {"found": found, "want": FULL_WIDTH[found]}
        )
    if found.isspace():
        return Problem("syntax.space", fragment.span(start, start + 1))
    number = _COUNTED.search(text[:start])
    if isinstance(error, UnexpectedToken) and error.token.type == "NAME" and number is not None:
        where = fragment.span(number.start(), start + len(found))
        if found in BOUNDS:
            wanted = f"{BOUNDS[found]} {number['number']}"
            return Problem("syntax.elsewhere", where, {"found": number["number"] + found, "want": wanted})
        return Problem("syntax.unit", where, {"number": number["number"], "found": found})
    again = isinstance(error, UnexpectedToken) and error.token.type in ("COMPARE", "EQUAL")
    if again and _COMPARED.search(text[:start]):
        return Problem("syntax.chain", fragment.span(start, start + len(found)), {"found": found})
    if found in ('"', "@"):
        return Problem("syntax.quote", fragment.span(start, len(text)))
    return Problem("syntax.unexpected", fragment.span(start, start + len(found)), {"found": found[:40]})


def stray_backslash(written: str) -> int | None:
    """Where a text, as written, has a backslash with nothing to escape."""
    backslashes = re.finditer(r"\\.", written)
    return next((one.start() for one in backslashes if not _ESCAPE.match(written, one.start())), None)
