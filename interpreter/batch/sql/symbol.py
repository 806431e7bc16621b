"""What an expression comes to in SQL: values whose parts are nodes, known while the SQL is made by their form.

A scalar is NULL where it is not known, and its mask says why; the mask means nothing where it is known. Records are
their fields, each made when it is first read. A list is a row of segments: members of a list column gone through, or
single members; who is in is a truth of three values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from interpreter.batch.sql.mask import EMPTY, Mask, union, when
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    Scope,
    Sql,
    coalesce,
    is_literal,
    is_null,
    member,
    members_of,
    replaced,
)
from interpreter.language.types import BOOLEAN, RecordType, Type


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. `sure`: never NULL. `low` and `high` bound a number or month where it is not known (a NULL: no bound).
    """

    value: Sql
    mask: Mask
    type: Type
    sure: bool = False
    low: Sql | None = None
    high: Sql | None = None

    @property
    def causes(self) -> Mask:
        """The causes where it is not known, none where it is."""
        return EMPTY if self.sure else when(is_null(self.value), self.mask)

    @property
    def least(self) -> Sql:
        """The least it may be; NULL for no bound."""
        return self.value if self.sure or self.low is None else coalesce(self.value, self.low)

    @property
    def most(self) -> Sql:
        return self.value if self.sure or self.high is None else coalesce(self.value, self.high)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A ratio: numerator over a denominator above zero, both NULL where it is not known. `top` and `bottom` bound their
    sizes."""

    over: Sql
    under: Sql
    mask: Mask
    type: Type
    top: int
    bottom: int
    sure: bool = False

    @property
    def causes(self) -> Mask:
        return EMPTY if self.sure else when(is_null(self.over), self.mask)


class Rec:
    """A record: what reading a field of it gives. Two are the same only if they are one."""

    __slots__ = ("_known", "_read", "given", "type")

    def __init__(self, type: RecordType, read: Callable[[str], Sym], given: Callable[[str], Scalar | None]) -> None:
        self.type = type
        self._read = read
        self.given = given
        """The figure that a case may provide in it, by the definition's name; None where it never does."""
        self._known: dict[str, Sym] = {}

    def get(self, name: str) -> Sym:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._read(name)
        return found


@dataclass(frozen=True, slots=True)
class Span:
    """A range; not known where an end is not. An end that is None is open."""

    low: Scalar | Quotient | None
    high: Scalar | Quotient | None
    low_included: bool
    high_included: bool
    exactly: bool
    type: Type


@dataclass(frozen=True, slots=True)
class Segment:
    """Members of a list: each of the innermost of some scopes, or (no scopes) a single one. `many`: it stands for any
    number of members that nobody named."""

    scopes: tuple[Scope, ...]
    inside: Scalar
    value: Sym
    many: bool = False


@dataclass(frozen=True, slots=True)
class Seq:
    """A list. Where `doubt` holds, only the interpreter can say what is in it. `ordered`: the members come in this
    order."""

    segments: tuple[Segment, ...]
    type: Type
    doubt: Sql = FALSE
    ordered: bool = True


Sym = Scalar | Quotient | Rec | Span | Seq

SURE = Scalar(TRUE, EMPTY, BOOLEAN, sure=True)


def truth(value: Sql, mask: Mask = EMPTY, *, sure: bool = False) -> Scalar:
    """A truth; surely known where it is a constant."""
    return Scalar(value, mask, BOOLEAN, sure or (is_literal(value) and value is not NULL))


def nothing(type: Type, mask: Mask = EMPTY) -> Scalar:
    """What is never known."""
    return Scalar(NULL, mask, type)


def causes_of(*values: Scalar | Quotient | None) -> Mask:
    """The causes of all of some values that are not known."""
    return union(*(value.causes for value in values if value is not None))


Change = Callable[[Sql], Sql]


def changed(of: Sym, change: Change) -> Sym:
    """The same of other nodes; the scopes that a list goes through are not changed."""

    def mask(one: Mask) -> Mask:
        return tuple((word, change(value)) for word, value in one)

    match of:
        case Scalar():
            return replace(
                of, value=change(of.value), mask=mask(of.mask), low=None if of.low is None else change(of.low),
                high=None if of.high is None else change(of.high),
            )
        case Quotient():
            return replace(of, over=change(of.over), under=change(of.under), mask=mask(of.mask))
        case Span():
            return replace(of, low=_end(of.low, change), high=_end(of.high, change))
        case Seq():
            segments = tuple(_segment(one, change) for one in of.segments)
            return replace(of, doubt=change(of.doubt), segments=segments)
        case Rec():
            def given(name: str) -> Scalar | None:
                found = of.given(name)
                return None if found is None else scalar(changed(found, change))

            return Rec(of.type, lambda name: changed(of.get(name), change), given)


def scalar(of: Sym) -> Scalar:
    """A symbol that must be one value."""
    assert isinstance(of, Scalar), of
    return of


def _end(of: Scalar | Quotient | None, change: Change) -> Scalar | Quotient | None:
    found = None if of is None else changed(of, change)
    assert not isinstance(found, Rec | Span | Seq)
    return found


def _segment(of: Segment, change: Change) -> Segment:
    """A segment whose lists are themselves changed goes through new scopes over the new lists."""
    scopes: list[Scope] = []
    for scope in of.scopes:
        over = change(scope.over)
        if over is scope.over:
            scopes.append(scope)
            continue
        fresh = members_of(over, ("changed", scope.number))
        change = _then(change, scope, fresh)
        scopes.append(fresh)
    return replace(of, scopes=tuple(scopes), inside=scalar(changed(of.inside, change)), value=changed(of.value, change))


def _then(change: Change, old: Scope, new: Scope) -> Change:
    stands = member(new)
    done: dict[Sql, Sql] = {}
    return lambda node: replaced(change(node), old, stands, done)
