"""From a pattern's tree to steps, and from steps through a text.

Each place in the text is tried at each step only once, so that no pattern takes more than its length times the text's;
where groups are asked for again, which makes that untrue, and for very long texts, the steps are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from interpreter.language.functions.patterns.characters import Characters, Holds, test
from interpreter.language.functions.patterns.read import BadPatternError, read
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

MOST_STEPS = 1_000_000
"""Steps a search may take before it is given up."""
LONGEST = 20_000
"""Steps of a program; what is repeated a number of times stands there as often."""


@dataclass(frozen=True, slots=True)
class Take:
    """Goes over one character, if it is one of these."""

    holds: Holds


@dataclass(frozen=True, slots=True)
class Split:
    """Goes on at the first, and if that fails, at the second."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Jump:
    to: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Keeps the place in the text: 2n where group n begins, 2n + 1 where it ends."""

    place: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """Goes over what a group has kept, which is nothing where the group was passed by."""

    group: int


@dataclass(frozen=True, slots=True)
class Stand:
    """Stands at a place of the text where this is true."""

    holds: Callable[[str, int], bool]


Step = Take | Split | Jump | Keep | Repeat | Stand


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a pattern, and how many groups it has; `blind` to letter case."""

    steps: tuple[Step, ...]
    groups: int
    blind: bool
    repeats: bool


Kept = tuple[int, ...]
"""Where the whole and each group begin and end; -1 where a group was passed by."""


class TooLongError(Exception):
    """A search that took too many steps."""


@lru_cache(maxsize=256)
def program(text: str, flags: str) -> Program:
    """The program of a pattern. Raises `BadPatternError`."""
    pattern, groups = read(text, flags)
    steps: list[Step] = []
    tests: dict[Characters, Take] = {}
    blind, lines = "i" in flags, "m" in flags and "q" not in flags

    def put(step: Step) -> int:
        if len(steps) >= LONGEST:
            raise BadPatternError(len(text), _LONG)
        steps.append(step)
        return len(steps) - 1

    def emit(part: Pattern) -> None:
        match part:
            case Characters():
                if part not in tests:
                    tests[part] = Take(test(part, blind=blind))
                put(tests[part])
            case Sequence(parts=parts):
                for one in parts:
                    emit(one)
            case Alternatives(choices=choices):
                ends = []
                for choice in choices[:-1]:
                    split = put(Jump(0))
                    emit(choice)
                    ends.append(put(Jump(0)))
                    steps[split] = Split(split + 1, len(steps))
                emit(choices[-1])
                for end in ends:
                    steps[end] = Jump(len(steps))
            case Repeated():
                repeat(part)
            case Group(part=inner, number=number):
                put(Keep(2 * number))
                emit(inner)
                put(Keep(2 * number + 1))
            case Again(number=number):
                put(Repeat(number))
            case Start():
                put(Stand(_line_starts if lines else _starts))
            case End():
                put(Stand(_line_ends if lines else _ends))

    def repeat(of: Repeated) -> None:
        for _ in range(of.least):
            before = len(steps)
            emit(of.part)
            if len(steps) == before:
                # nothing, however often
                return
        splits = []
        for _ in range(1 if of.most is None else of.most - of.least):
            splits.append(put(Jump(0)))
            emit(of.part)
        if of.most is None:
            put(Jump(splits[0]))
        for split in splits:
            steps[split] = Split(len(steps), split + 1) if of.few else Split(split + 1, len(steps))

    emit(pattern)
    return Program(tuple(steps), groups, blind, any(isinstance(step, Repeat) for step in steps))


_LONG = Text("正则表达式展开后太长", "the pattern is too long once its counts are written out")


def _starts(text: str, at: int) -> bool:
    return at == 0


def _ends(text: str, at: int) -> bool:
    return at == len(text)


def _line_starts(text: str, at: int) -> bool:
    # after the last newline of the text no line starts
    return at == 0 or (text[at - 1] == "\n" and at < len(text))


def _line_ends(text: str, at: int) -> bool:
    return at == len(text) or text[at] == "\n"


def find(of: Program, text: str) -> Kept | None:
    """Where the pattern is found first. Raises `TooLongError`."""
    return _search(of, text, 0, _Steps())


def find_all(of: Program, text: str) -> Iterator[Kept]:
    """Where the pattern is found, from left to right, none over another. Raises `TooLongError`.

    The pattern must not be in the empty text: then it is found nowhere without a character, since whatever holds
    between two characters holds there too.
    """
    steps, start = _Steps(), 0
    while (kept := _search(of, text, start, steps)) is not None:
        yield kept
        start = kept[1]


class _Steps:
    """How many steps are left."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_STEPS


def _search(of: Program, text: str, start: int, budget: _Steps) -> Kept | None:
    # a place that failed fails wherever the search began
    tried: set[object] = set()
    for at in range(start, len(text) + 1):
        kept = _from(of, text, at, tried, budget)
        if kept is not None:
            return kept
    return None


def _from(of: Program, text: str, start: int, tried: set[object], budget: _Steps) -> Kept | None:
    """The way through all steps from a place, by depth first: what is preferred is tried before what is not."""
    steps, end, length = of.steps, len(of.steps), len(text)
    ways: list[tuple[int, int, Kept]] = [(0, start, (start, -1) + (-1, -1) * of.groups)]
    while ways:
        step, at, kept = ways.pop()
        while True:
            if step == end:
                return (start, at, *kept[2:])
            budget.left -= 1
            if budget.left < 0:
                raise TooLongError
            match steps[step]:
                case Take(holds=holds):
                    if at == length or not holds(text[at]):
                        break
                    at += 1
                case Split(first=preferred, second=other):
                    key = (step, at, kept) if of.repeats else (step, at)
                    if key in tried:
                        break
                    tried.add(key)
                    ways.append((other, at, kept))
                    step = preferred
                    continue
                case Jump(to=to):
                    step = to
                    continue
                case Keep(place=place):
                    kept = (*kept[:place], at, *kept[place + 1 :])
                case Repeat(group=group):
                    again = text[kept[2 * group] : kept[2 * group + 1]]
                    here = text[at : at + len(again)]
                    if here != again and not (of.blind and _alike(here, again)):
                        break
                    at += len(again)
                case Stand(holds=stands):
                    if not stands(text, at):
                        break
            step += 1
    return None


def _alike(a: str, b: str) -> bool:
    """Whether two texts are the same but for the case of their letters."""
    return len(a) == len(b) and all(
        x.lower() == y.lower() or x.upper() == y.upper() for x, y in zip(a, b, strict=True)
    )
