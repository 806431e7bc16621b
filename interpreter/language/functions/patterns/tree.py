"""What a pattern says, as a tree."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter.language.functions.patterns.characters import Characters


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; of none: nothing."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The first of them with which all goes well."""

    choices: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """`least` to `most` times (None: any number), as often as can be, or with `few` as seldom."""

    part: Pattern
    least: int
    most: int | None
    few: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in brackets, kept under a number from 1."""

    part: Pattern
    number: int


@dataclass(frozen=True, slots=True)
class Again:
    """What the group of that number has kept, once more."""

    number: int


@dataclass(frozen=True, slots=True)
class Start:
    """`^`"""


@dataclass(frozen=True, slots=True)
class End:
    """`$`"""


Pattern = Characters | Sequence | Alternatives | Repeated | Group | Again | Start | End
