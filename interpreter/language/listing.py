"""Lists that are only partly known, gone through member by member and put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interpreter.language.bounds import either
from interpreter.language.unknown import Partial, Value, is_open
from interpreter.language.unknown import members as members_of

Walked = tuple[Value, Value, bool]
"""Whether a member is in, its value, and whether it stands for all those nobody named."""


def walk(listed: Value) -> Iterator[Walked]:
    """The members of a list as a fold has them."""
    members = list(members_of(listed))
    for nth, (membership, value) in enumerate(members, 1):
        yield membership, value, nth == len(members) and is_open(listed)


def is_in_order(listed: Value) -> bool:
    """Whether the order of a list is known."""
    return listed.__class__ is tuple or (listed.__class__ is Partial and listed.in_order)


def list_of(members: Iterable[Walked], causes: int, *, in_order: bool) -> Value:
    """The list of these members; those nobody named may stand before the ones that follow them."""
    found: list[tuple[Value, Value]] = []
    blanks: list[Value] = []
    for membership, value, many in members:
        causes |= 0 if membership is True else membership.causes
        in_order = in_order and not (blanks and not many)
        if many:
            blanks.append(value)
        else:
            found.append((membership, value))
    if in_order and not blanks and all(membership is True for membership, _ in found):
        return tuple(value for _, value in found)
    blank = None if not blanks else blanks[0] if len(blanks) == 1 else either(blanks, 0)
    return Partial(causes, tuple(found), more=bool(blanks), blank=blank, in_order=in_order)
