"""Reads the text of a pattern: XML Schema's, with what XPath adds (anchors, groups, back references, few times).

Source: XQuery and XPath Functions and Operators 3.1, section 5.6.1, and XML Schema 1.0 part 2, appendix F, which DMN
refers to. What they do not allow is refused, even where other dialects give it a meaning.
"""

from __future__ import annotations

from interpreter.language.functions.patterns.characters import Characters, Kind, Span, complement, lettered, named
from interpreter.language.functions.patterns.tree import (
    Again,
    Alternatives,
    End,
    Group,
    Pattern,
    Repeated,
    Sequence,
    Start,
)
from interpreter.problems import Text

LONGEST = 1_000
"""Characters of a pattern."""
DEEPEST = 50
"""Brackets within brackets."""
MOST_TIMES = 1_000
"""What may be counted in `{n,m}`."""

FLAGS = "smixq"

_SPACES = " \t\n\r"
_TIMES_OF: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_STANDS_FOR = {"n": "\n", "r": "\r", "t": "\t"} | {char: char for char in "\\|.?*+(){}-[]^$"}

_UNCLOSED = Text("括号没有成对", "a bracket has no partner")
_NOTHING = Text("这里没有可以重复的内容", "there is nothing here that could be repeated")
_ESCAPE = Text("\\ 后面的字符没有含义", "what follows the \\ has no meaning")
_KIND = Text("没有这个字符类别", "there is no such kind of characters")
_GROUP = Text("前面没有这个编号的括号", "no group of that number is closed before")
_TIMES = Text(f"次数写成 {{n}}、{{n,}} 或 {{n,m}}，n 不大于 m，都不超过 {MOST_TIMES}",
              f"a count is {{n}}, {{n,}} or {{n,m}}, n no more than m, neither above {MOST_TIMES}")
_SET = Text("方括号里没有字符", "nothing stands in the square brackets")
_HYPHEN = Text("- 只能在字符组的两端，或写成 \\-", "a - stands at either end of a set, or is written \\-")
_BACKWARDS = Text("范围的起点在终点之后", "the span ends before it begins")
_SPECIAL_CHARACTER = Text("这个字符有特殊含义，前面要加 \\", "this character is special and wants a \\ before it")
_LONG = Text(f"正则表达式超过 {LONGEST} 个字符", f"the pattern is longer than {LONGEST} characters")
_DEEP = Text(f"括号超过 {DEEPEST} 层", f"brackets nested more than {DEEPEST} deep")


class BadPatternError(Exception):
    """Why a text is no pattern, and at which character from 1."""

    def __init__(self, place: int, why: Text) -> None:
        super().__init__(place, why)
        self.place = place
        self.why = why


def read(text: str, flags: str) -> tuple[Pattern, int]:
    """The pattern a text writes, and how many groups it has. Raises `BadPatternError`."""
    if len(text) > LONGEST:
        raise BadPatternError(LONGEST, _LONG)
    if "q" in flags:
        return Sequence(tuple(_one(char) for char in text)), 0
    reader = _Reader(_without_spaces(text) if "x" in flags else list(enumerate(text)), len(text), "s" in flags)
    pattern = reader.alternatives(0)
    if reader.next:
        raise reader.broken(_UNCLOSED)
    return pattern, reader.groups


def _one(char: str) -> Characters:
    return Characters((Span(char, char),))


def _without_spaces(text: str) -> list[tuple[int, str]]:
    """The characters with their places, white space left out except in square brackets (flag x)."""
    kept: list[tuple[int, str]] = []
    depth, escaped = 0, False
    for place, char in enumerate(text):
        if depth == 0 and char in _SPACES:
            continue
        kept.append((place, char))
        if not escaped:
            depth += (char == "[") - (char == "]" and depth > 0)
        escaped = char == "\\" and not escaped
    return kept


class _Reader:
    """Goes through the characters of a pattern once. `next` is the character it stands before, "" at the end."""

    def __init__(self, characters: list[tuple[int, str]], end: int, any_line: bool) -> None:
        self._characters = [*characters, (end, "")]
        self._at = 0
        self._any_line = any_line
        self.groups = 0
        self._closed: set[int] = set()

    @property
    def next(self) -> str:
        return self._characters[self._at][1]

    def _after(self) -> str:
        """The character after the next."""
        return self._characters[min(self._at + 1, len(self._characters) - 1)][1]

    def broken(self, why: Text) -> BadPatternError:
        return BadPatternError(self._characters[self._at][0] + 1, why)

    def _take(self) -> str:
        taken = self.next
        self._at += 1
        return taken

    def _skip(self, char: str) -> bool:
        found = self.next == char
        self._at += found
        return found

    def alternatives(self, depth: int) -> Pattern:
        if depth > DEEPEST:
            raise self.broken(_DEEP)
        choices = [self._sequence(depth)]
        while self._skip("|"):
            choices.append(self._sequence(depth))
        return choices[0] if len(choices) == 1 else Alternatives(tuple(choices))

    def _sequence(self, depth: int) -> Pattern:
        parts: list[Pattern] = []
        while self.next not in ("", "|", ")"):
            parts.append(self._repeated(self._atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Pattern) -> Pattern:
        if self.next != "{" and self.next not in _TIMES_OF:
            return part
        least, most = self._times() if self.next == "{" else _TIMES_OF[self.next]
        self._at += 1
        return Repeated(part, least, most, self._skip("?"))

    def _times(self) -> tuple[int, int | None]:
        """The counts of `{n}`, `{n,}`, `{n,m}`, up to the bracket that closes them."""
        self._at += 1
        least = self._count()
        most: int | None = least
        if self._skip(","):
            most = None if self.next == "}" else self._count()
        if self.next != "}" or (most is not None and most < least):
            raise self.broken(_TIMES)
        return least, most

    def _count(self) -> int:
        digits = ""
        while "0" <= self.next <= "9":
            digits += self._take()
        if not digits or len(digits) > len(str(MOST_TIMES)) or int(digits) > MOST_TIMES:
            raise self.broken(_TIMES)
        return int(digits)

    def _atom(self, depth: int) -> Pattern:
        match self.next:
            case "(":
                return self._group(depth)
            case "[":
                return self._set(depth)
            case "\\":
                return self._escape()
            case "?" | "*" | "+" | "{":
                raise self.broken(_NOTHING)
            case "]" | "}":
                raise self.broken(_SPECIAL_CHARACTER)
        match self._take():
            case "^":
                return Start()
            case "$":
                return End()
            case ".":
                return Characters(() if self._any_line else (Span("\n", "\n"), Span("\r", "\r")), others=True)
            case char:
                return _one(char)

    def _group(self, depth: int) -> Pattern:
        opened = self.broken(_UNCLOSED)
        self._at += 1
        number = None
        if self.next == "?" and self._after() == ":":
            self._at += 2
        else:
            self.groups = number = self.groups + 1
        part = self.alternatives(depth + 1)
        if not self._skip(")"):
            raise opened
        if number is None:
            return part
        self._closed.add(number)
        return Group(part, number)

    def _escape(self) -> Pattern:
        if not "0" <= self._after() <= "9":
            found = self._escaped()
            return _one(found) if isinstance(found, str) else Characters((found,))
        start = self.broken(_GROUP)
        self._at += 1
        number = int(self._take())
        while "0" <= self.next <= "9" and number * 10 + int(self.next) <= self.groups:
            number = number * 10 + int(self._take())
        if number not in self._closed:
            raise start
        return Again(number)

    def _escaped(self) -> str | Kind:
        """What a \\ and the letter after it stand for: one character or many."""
        start = self.broken(_ESCAPE)
        self._at += 1
        letter = self._take() if self.next else ""
        if letter in ("p", "P"):
            return self._kind(letter)
        found = _STANDS_FOR.get(letter) or lettered(letter)
        if found is None:
            raise start
        return found

    def _kind(self, letter: str) -> Kind:
        start = self.broken(_KIND)
        name = ""
        if self._skip("{"):
            while self.next not in ("", "}"):
                name += self._take()
        kind = named(name)
        if kind is None or not self._skip("}"):
            raise start
        return kind if letter == "p" else complement(kind)

    def _set(self, depth: int) -> Characters:
        """`[...]`, with another taken from it (`[a-z-[aeiou]]`)."""
        if depth > DEEPEST:
            raise self.broken(_DEEP)
        opened = self.broken(_UNCLOSED)
        self._at += 1
        others = self._skip("^")
        parts: list[Span | Kind] = []
        without = None
        while self.next != "]":
            if not self.next:
                raise opened
            if self.next == "-" and self._after() == "[" and parts:
                self._at += 1
                without = self._set(depth + 1)
                break
            parts.append(self._part(first=not parts))
        if not parts:
            raise self.broken(_SET)
        if not self._skip("]"):
            raise opened
        return Characters(tuple(parts), others, without)

    def _part(self, *, first: bool) -> Span | Kind:
        if self.next == "-":
            if not first and self._after() != "]":
                raise self.broken(_HYPHEN)
            self._at += 1
            return Span("-", "-")
        start = self._member()
        if isinstance(start, Kind) or self.next != "-" or self._after() in ("]", "["):
            return start if isinstance(start, Kind) else Span(start, start)
        self._at += 1
        if self.next == "-":
            raise self.broken(_HYPHEN)
        end = self._member()
        if isinstance(end, Kind) or end < start:
            raise self.broken(_BACKWARDS)
        return Span(start, end)

    def _member(self) -> str | Kind:
        if self.next == "\\":
            return self._escaped()
        if self.next == "[":
            raise self.broken(_SPECIAL_CHARACTER)
        return self._take()
