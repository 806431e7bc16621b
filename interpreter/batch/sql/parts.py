"""Whether values that have parts are equal, part by part: records written out, ranges, lists (SEMANTICS 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interpreter.batch.sql.choose import as_list, plain
from interpreter.batch.sql.kinds import common
from interpreter.batch.sql.kleene import all_of
from interpreter.batch.sql.listed import unsure_of, walked_of
from interpreter.batch.sql.lists import Walked, any_of, kleene_any, op_true, united, values_of
from interpreter.batch.sql.mask import EMPTY, Mask, pick, union, when
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    Sql,
    and_,
    case,
    equal,
    is_null,
    literal,
    member,
    members_of,
    not_,
    op,
    or_,
    strict,
)
from interpreter.batch.sql.numeric import compared, rescaled
from interpreter.batch.sql.symbol import SURE, Quotient, Rec, Scalar, Seq, Span, Sym, causes_of, scalar, truth
from interpreter.language.types import BOOLEAN, List, Number

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler


def equal_parts(a: Sym, b: Sym, compiler: Compiler) -> Scalar:
    """Whether all parts of two values are equal; not known where one that decides it is not."""
    a, b = plain(a), plain(b)
    if any(isinstance(one, Seq) or isinstance(one.type, List) for one in (a, b)):
        return _lists(as_list(a), as_list(b), compiler)
    match a, b:
        case (Scalar() | Quotient()), (Scalar() | Quotient()):
            return truth(compared("=", a, b), causes_of(a, b), sure=a.sure and b.sure)
        case Rec(), Rec():
            return all_of([equal_parts(a.get(name), b.get(name), compiler) for name in a.type.fields])
        case Span(), Span():
            return _ranges(a, b)
        case _:
            return compiler.doubtful(BOOLEAN, "equal.parts")


def _ranges(a: Span, b: Span) -> Scalar:
    """Ranges are equal where both ends are; not known where any end is not."""
    ends = [end for span in (a, b) for end in (span.low, span.high) if end is not None]
    alike = (a.low_included, a.high_included, a.exactly) == (b.low_included, b.high_included, b.exactly)
    same = [
        TRUE if x is y is None else FALSE if x is None or y is None else compared("=", x, y)
        for x, y in ((a.low, b.low), (a.high, b.high))
    ]
    unknown = or_(*(is_null(end.over if isinstance(end, Quotient) else end.value) for end in ends if not end.sure))
    value = case((unknown, NULL), otherwise=and_(literal(alike), *same))
    return truth(value, causes_of(*ends), sure=unknown is FALSE)


def _lists(a: Seq, b: Seq, compiler: Compiler) -> Scalar:
    if TRUE in (a.doubt, b.doubt) or not (a.ordered and b.ordered):
        return compiler.doubtful(BOOLEAN, "equal.parts")
    if all(not one.scopes and not one.many and one.inside.value is TRUE for one in (*a.segments, *b.segments)):
        if len(a.segments) != len(b.segments):
            return truth(FALSE)
        pairs = zip(a.segments, b.segments, strict=True)
        return compiler.unless(
            or_(a.doubt, b.doubt), all_of([equal_parts(one.value, other.value, compiler) for one, other in pairs])
        )
    sides = walked_of(a), walked_of(b)
    named = [[one for one in side if not one.many] for side in sides]
    open_ends = [one for side in sides for one in side if one.many]
    same = _members([_plain(side) for side in named])
    if same is None:
        return compiler.doubtful(BOOLEAN, "equal.parts")
    # whoever is in must be known before anything is compared
    partly = or_(*map(unsure_of, named), any_of(open_ends, lambda one: TRUE))
    causes = united([one for side in sides for one in side], _inside_causes)
    value = same.value if partly is FALSE else case((partly, NULL), otherwise=same.value)
    found = truth(value, pick([(partly, causes)], otherwise=same.mask), sure=partly is FALSE and same.sure)
    return compiler.unless(or_(a.doubt, b.doubt), found)


def _plain(walked: Sequence[Walked]) -> list[Walked]:
    return [replace(one, value=plain(one.value)) for one in walked]


def _inside_causes(one: Walked) -> Mask:
    """Why it is not known that a member is in, or what is in it; of one that nobody named, only the former."""
    return one.inside.causes if one.many else union(one.inside.causes, when(not_(one.out), _causes(one.value)))


def _causes(of: Sym) -> Mask:
    match plain(of):
        case Rec() as record:
            return union(*(_causes(record.get(name)) for name in record.type.fields))
        case Span(low=low, high=high):
            return causes_of(low, high)
        case Seq(segments=segments):
            return united(walked_of(Seq(segments, of.type)), _inside_causes)
        case Scalar() | Quotient() as known:
            return known.causes


def _members(sides: Sequence[list[Walked]]) -> Scalar | None:
    """Whether the members of two lists, all of whom are known, are equal; None where they are lists or ranges."""
    values = [one.value for side in sides for one in side]
    records = [value for value in values if isinstance(value, Rec)]
    if records and len(records) == len(values):
        parts = [_members([_plain(_fields(side, name)) for side in sides]) for name in records[0].type.fields]
        found = [part for part in parts if part is not None]
        return all_of(found) if found and len(found) == len(parts) else None
    if not all(isinstance(value, Scalar) and not isinstance(value.type, List) for value in values):
        return None
    of = common(value.type for value in values)

    def aligned(one: Walked) -> Scalar:
        return rescaled(scalar(one.value), of) if isinstance(of, Number) else scalar(one.value)

    left, right = (values_of(side, lambda one: aligned(one).value, _in) for side in sides)
    if all(scalar(value).sure for value in values):
        return truth(equal(left, right), sure=True)
    length, other = (op("or zero", op("length", side)) for side in (left, right))
    places = op("numbers from", literal(1), op("+", length, literal(1)))
    scope = members_of(places, ("equal", left.number, right.number))
    place = member(scope)
    differs = not_(strict("=", op("member at", left, place), op("member at", right, place)))
    everyone = Walked((scope,), SURE, SURE, SURE, False)
    value = case((not_(equal(length, other)), FALSE), otherwise=not_(kleene_any(everyone, differs)))
    causes = united([one for side in sides for one in side], _inside_causes)
    return truth(value, causes)


def _fields(walked: Sequence[Walked], name: str) -> list[Walked]:
    return [replace(one, value=one.value.get(name)) for one in walked if isinstance(one.value, Rec)]


def _in(one: Walked) -> Sql:
    return op_true(one.inside.value)


def known_list(of: Sym, compiler: Compiler) -> Scalar:
    """Whether it is known who is in a list."""
    listed = as_list(of)
    walked = walked_of(listed)
    partly = or_(unsure_of(walked), any_of([one for one in walked if one.many], lambda one: TRUE))
    found = truth(not_(partly), EMPTY, sure=True)
    return compiler.unless(listed.doubt if listed.ordered else TRUE, found)
