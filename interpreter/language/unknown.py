"""What is not known: a value that carries its causes, and what is sure of it all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

Value = Any
"""A value of the language: a plain Python object, or `Unknown`. Every operation checks for the latter first."""


class Unknown:
    """A value that is not known.

    `causes` is a set of bits, each a fact, setting or fault of the rulebook's `Causes`; union is `|`. `low` and
    `high` bound a number that is only partly known (None: unbounded). Truth is refused, so that a forgotten check
    is a crash and never a silent false.
    """

    __slots__ = ("causes", "high", "low")

    def __init__(self, causes: int, low: int | None = None, high: int | None = None) -> None:
        self.causes = causes
        self.low = low
        self.high = high

    def __bool__(self) -> NoReturn:
        raise TypeError("an unknown value has no truth")

    def __repr__(self) -> str:
        return f"Unknown({self.causes:#x}, {self.low}, {self.high})"


Membership = Any
"""True (certainly in), or the `Unknown` that says why a member may be in."""


class Partial(Unknown):
    """A list of which only some members are sure.

    `members` are (membership, value) pairs; `more` says that there may be members nobody named (the list itself is
    absent), each of them like `blank`. `in_order` False: the members may come in another order than they stand here.
    """

    __slots__ = ("blank", "in_order", "members", "more")

    def __init__(
        self, causes: int, members: tuple[tuple[Membership, Value], ...] = (), *, more: bool = False,
        blank: Value = None, in_order: bool = True,
    ) -> None:
        sure = sum(m is True for m, _ in members)
        super().__init__(causes, sure, None if more else len(members))
        self.members = members
        self.more = more
        self.blank = blank
        self.in_order = in_order


NOWHERE = Unknown(0)
"""Unknown without a cause: a field of a member that nobody named."""


def members(value: Value) -> Iterator[tuple[Membership, Value]]:
    """The members of a list value, known or partial, with their membership. A member nobody named comes last."""
    if value.__class__ is tuple:
        for item in value:
            yield True, item
        return
    if value.__class__ is Partial:
        yield from value.members
        if value.more:
            yield Unknown(value.causes), value.blank
        return
    yield Unknown(value.causes), NOWHERE


def is_open(value: Value) -> bool:
    """Whether a list may have members nobody named (any number of them)."""
    return value.__class__ is Unknown or (value.__class__ is Partial and value.more)
