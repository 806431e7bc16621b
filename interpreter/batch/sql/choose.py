"""One of several values, and what they have in common where nobody knows which (SEMANTICS 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from interpreter.batch.sql.constant import unnamed
from interpreter.batch.sql.kinds import common
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
    is_true,
    not_,
    op,
    or_,
)
from interpreter.batch.sql.numeric import as_quotient, quotients_equal, rescaled
from interpreter.batch.sql.symbol import Quotient, Rec, Scalar, Segment, Seq, Span, Sym, nothing, scalar
from interpreter.language.types import BROKEN, List, MonthType, Number, Ratio, RecordType, Type

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler


@dataclass(frozen=True, slots=True)
class Option:
    """A value that may be the one: whether it may (`open`) and whether it surely is (`sure`), both always known."""

    open: Sql
    sure: Sql
    value: Sym


def either(condition: Scalar, then: Sym, otherwise: Sym, compiler: Compiler) -> Sym:
    """The value of an `if`."""
    holds = condition.value
    if holds is TRUE:
        return then
    if holds is FALSE:
        return otherwise
    yes, no = is_true(holds), is_true(not_(holds))
    options = [Option(not_(no), yes, then), Option(not_(yes), no, otherwise)]
    return one_of(options, condition.causes, compiler, certain=condition.sure)


def one_of(options: Sequence[Option], why: Mask, compiler: Compiler, *, certain: bool = False) -> Sym:
    """The one of several values that it surely is; where several may be it, what they have in common, `why` being the
    causes of the doubt. `certain`: one of them always surely is it."""
    if len(options) == 1:
        return options[0].value
    values = [option.value for option in options]
    if all(isinstance(value, Scalar | Quotient) for value in values):
        return _scalars(options, why, compiler, certain)
    if any(isinstance(value, Rec) for value in values):
        return _records(options, why, compiler, certain)
    if any(isinstance(value, Seq) for value in values):
        return _lists([replace(o, value=as_list(o.value)) for o in options], compiler, certain)
    if all(isinstance(value, Span) for value in values):
        return _ranges(options, why, compiler, certain)
    return compiler.doubtful(BROKEN, "if")


def _scalars(options: Sequence[Option], why: Mask, compiler: Compiler, certain: bool) -> Scalar | Quotient:
    values = [option.value for option in options]
    types = [value.type for value in values if isinstance(value, Scalar | Quotient)]
    type = common(types)
    if any(isinstance(value, Quotient) for value in values) or isinstance(type, Ratio):
        return _quotients(options, why, type, certain)
    found = [rescaled(scalar(value), type) if isinstance(type, Number) else scalar(value) for value in values]
    if all(value is found[0] or value == found[0] for value in found) and found[0].sure:
        return found[0]
    taken = case(*((option.open, one.value) for option, one in zip(options, found, strict=True)))
    value = taken
    if not certain:
        agree = and_(*(or_(not_(option.open), equal(one.value, taken))
                       for option, one in zip(options, found, strict=True)))
        value = case((_settled(options), taken), (agree, taken))
    mask = _causes(options, [one.causes for one in found], why, certain)
    sure = certain and all(one.sure for one in found)
    low, high = _bounds(options, found, type, certain)
    return Scalar(value, mask, type, sure, low, high)


def _settled(options: Sequence[Option]) -> Sql:
    """Whether one of the options surely is it."""
    return or_(*(and_(option.sure, option.open) for option in options))


def _causes(options: Sequence[Option], each: Sequence[Mask], why: Mask, certain: bool) -> Mask:
    """The causes where the value is not known: of what it surely is, or of all it may be and of the doubt."""
    pairs = list(zip(options, each, strict=True))
    if certain:
        return pick([(option.open, mask) for option, mask in pairs])
    sure = [(and_(option.sure, option.open), mask) for option, mask in pairs]
    return pick(sure, otherwise=union(why, *(when(option.open, mask) for option, mask in pairs)))


def _bounds(
    options: Sequence[Option], found: Sequence[Scalar], type: Type, certain: bool
) -> tuple[Sql | None, Sql | None]:
    """What is sure of a number or month that may be one of several."""
    if certain and all(one.low is None and one.high is None for one in found):
        return None, None
    if not isinstance(type, Number | MonthType):
        return None, None
    low = _extreme("least", options, [one.least for one in found], certain)
    high = _extreme("greatest", options, [one.most for one in found], certain)
    return low, high


def _extreme(name: str, options: Sequence[Option], ends: Sequence[Sql], certain: bool) -> Sql:
    pairs = list(zip(options, ends, strict=True))
    if certain:
        return case(*((option.open, end) for option, end in pairs))
    # least and greatest leave NULL out: an end that is open makes the whole so
    open_end = or_(*(and_(option.open, is_null(end)) for option, end in pairs))
    inside = [case((option.open, end)) for option, end in pairs]
    kept = [one for one in inside if one is not NULL]
    both = op(name, *kept) if len(kept) > 1 else kept[0] if kept else NULL
    settled = [(and_(option.sure, option.open), end) for option, end in pairs]
    return case(*settled, (open_end, NULL), otherwise=both)


def _quotients(options: Sequence[Option], why: Mask, type: Type, certain: bool) -> Quotient:
    found = [as_quotient(option.value) for option in options]
    pairs = list(zip(options, found, strict=True))
    over = case(*((option.open, one.over) for option, one in pairs))
    under = case(*((option.open, one.under) for option, one in pairs))
    if not certain:
        agree = and_(*(or_(not_(option.open), quotients_equal(one.over, one.under, over, under))
                       for option, one in pairs))
        settled = _settled(options)
        over, under = (case((settled, side), (agree, side)) for side in (over, under))
    of = type if isinstance(type, Ratio) else Ratio(type.unit if isinstance(type, Number) else None)
    top, bottom = max(one.top for one in found), max(one.bottom for one in found)
    mask = _causes(options, [one.causes for one in found], why, certain)
    return Quotient(over, under, mask, of, top, bottom, certain and all(one.sure for one in found))


def _records(options: Sequence[Option], why: Mask, compiler: Compiler, certain: bool) -> Sym:
    values = [option.value for option in options]
    if all(value is values[0] for value in values):
        return values[0]
    types = [value.type for value in values if isinstance(value, Rec)]
    type = min(types, key=lambda one: len(one.fields))
    if any(isinstance(value, Scalar) and value.value is not NULL for value in values):
        # a row that is written out and one that a word stands for: both are known by their word
        return one_of([replace(o, value=standing(o.value)) for o in options], why, compiler, certain=certain)

    def read(name: str) -> Sym:
        of = type.fields[name].type if name in type.fields else BROKEN
        each = [value.get(name) if isinstance(value, Rec) else nothing(of, scalar(value).mask) for value in values]
        return one_of([replace(o, value=one) for o, one in zip(options, each, strict=True)], why, compiler,
                      certain=certain)

    def given(name: str) -> Scalar | None:
        figures = [value.given(name) if isinstance(value, Rec) else None for value in values]
        if all(figure is None for figure in figures):
            return None
        rows = ((o.open, NULL if f is None else f.value) for o, f in zip(options, figures, strict=True))
        return Scalar(case(*rows), EMPTY, next(f.type for f in figures if f is not None))

    return Rec(type, read, given)


def standing(of: Sym) -> Sym:
    """A record as what it is known by, where it is; else itself."""
    while isinstance(of, Rec) and of.type.root.key is not None:
        found = of.get(of.type.root.key)
        if of.type.table is not None and isinstance(found, Scalar):
            return replace(found, type=of.type)
        of = found
    return of


def plain(of: Sym) -> Sym:
    """A value as it is compared: a record with a key stands for that key."""
    of = standing(of)
    if isinstance(of, Scalar) and isinstance(of.type, RecordType) and of.type.table is not None:
        return replace(of, type=of.type.fields[of.type.key or ""].type)
    return of


def as_list(of: Sym) -> Seq:
    """A list; a value that is not known is a list of members that nobody named."""
    if isinstance(of, Seq):
        return of
    unknown = scalar(of)
    item = unknown.type.item if isinstance(unknown.type, List) else BROKEN
    return unnamed(unknown.type, unknown.mask, nothing(item))


def _lists(options: Sequence[Option], compiler: Compiler, certain: bool) -> Seq:
    found = [option.value for option in options]
    lists = [one for one in found if isinstance(one, Seq)]
    doubt = FALSE if certain else not_(_settled(options))
    if all(one == lists[0] for one in lists):
        # only what is known is the same by either way: who may be in a list hangs on the condition, too
        known = all(not segment.many and segment.inside.value is TRUE for segment in lists[0].segments)
        return lists[0] if known else replace(lists[0], doubt=or_(lists[0].doubt, doubt))
    segments: list[Segment] = []
    for option, one in zip(options, lists, strict=True):
        doubt = or_(doubt, and_(option.open, one.doubt))
        for segment in one.segments:
            inside = segment.inside
            kept = replace(inside, value=and_(option.sure, inside.value))
            segments.append(replace(segment, inside=kept))
    type = common(one.type for one in lists)
    return Seq(tuple(segments), type, doubt, all(one.ordered for one in lists))


def _ranges(options: Sequence[Option], why: Mask, compiler: Compiler, certain: bool) -> Sym:
    spans = [option.value for option in options if isinstance(option.value, Span)]
    first = spans[0]
    alike = {(s.low is None, s.high is None, s.low_included, s.high_included, s.exactly) for s in spans}
    if len(alike) > 1:
        return compiler.doubtful(first.type, "if of ranges")
    ends: list[Scalar | Quotient | None] = []
    for end in ("low", "high"):
        each = [getattr(span, end) for span in spans]
        made = None if each[0] is None else one_of(
            [replace(o, value=one) for o, one in zip(options, each, strict=True)], why, compiler, certain=certain)
        assert made is None or isinstance(made, Scalar | Quotient)
        ends.append(made)
    return replace(first, low=ends[0], high=ends[1])
