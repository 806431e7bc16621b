"""Functions that take lists however much of them is known, and those that make lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from interpreter.batch.sql.distinct import distinct
from interpreter.batch.sql.lists import Walked, any_of, flattened, gathered, op_true, united, values_of
from interpreter.batch.sql.mask import Mask, pick, union, when
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    ZERO,
    Sql,
    and_,
    case,
    equal,
    gather,
    is_null,
    less,
    less_equal,
    literal,
    member,
    members_of,
    not_,
    op,
    or_,
    replaced,
    strict,
)
from interpreter.batch.sql.numeric import all_alike
from interpreter.batch.sql.symbol import (
    SURE,
    Quotient,
    Rec,
    Scalar,
    Segment,
    Seq,
    Span,
    Sym,
    causes_of,
    changed,
    nothing,
    scalar,
    truth,
)
from interpreter.language.functions.dates import LONGEST_PERIOD
from interpreter.language.functions.ranges import MOST_STEPS
from interpreter.language.types import MONTH, List, Type

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler


def walked_of(listed: Seq) -> list[Walked]:
    """The members of a list as they are."""
    return [Walked(one.scopes, one.inside, one.value, one.value, one.many) for one in listed.segments]


def unsure_of(walked: list[Walked]) -> Sql:
    """Whether it is not known of a member that it is in."""
    return any_of(walked, lambda one: FALSE if one.inside.sure else is_null(one.inside.value))


def item(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """The member at a position, of a list that is wholly known."""
    listed, position = args
    if not isinstance(listed, Seq) or not isinstance(position, Scalar):
        return None
    walked = walked_of(listed)
    named, open_ends = ([one for one in walked if one.many is many] for many in (False, True))
    # a list of the case is given, or it is not: then nothing in it is known but why it is not
    missing = any_of(open_ends, lambda one: TRUE)
    doubt = or_(listed.doubt, unsure_of(named), FALSE if position.sure else is_null(position.value),
                and_(missing, any_of(named, lambda one: TRUE)))
    lacking = when(missing, united(open_ends, lambda one: union(one.inside.causes, _value_causes(one))))
    if not named:
        found = nothing(type, pick([(missing, lacking)], otherwise=compiler.causes.mask(fault)))
        if open_ends and isinstance(open_ends[0].value, Rec):
            return _with_doubt(open_ends[0].value, FALSE, doubt, missing, lacking, (), compiler)
        return compiler.unless(doubt, found)
    if not listed.ordered:
        # of one member the order does not matter
        doubt = or_(doubt, less(literal(1), op("length", _kept(named, lambda one: literal(1)))))
    rest = (missing, lacking, compiler.causes.mask(fault), compiler)
    if len(named) == 1 and len(named[0].scopes) == 1:
        one = named[0]
        scope = one.scopes[0]
        kept = gathered(one, member(scope), op_true(one.inside.value))
        at = op("member at", kept, position.value)
        there = _there(kept, position.value)
        done: dict[Sql, Sql] = {}
        value = changed(one.value, lambda node: replaced(node, scope, at, done))
        return _with_doubt(value, there, doubt, *rest)
    if all(isinstance(one.value, Scalar) for one in named):
        of = dict(zip(map(id, named), all_alike([scalar(one.value) for one in named]), strict=True))
        kept = _kept(named, lambda one: of[id(one)].value)
        first = of[id(named[0])]
        known = all(one.sure for one in of.values())
        if not known:
            doubt = or_(doubt, any_of(named, lambda one: is_null(of[id(one)].value)))
        value = Scalar(op("member at", kept, position.value), (), first.type)
        return _with_doubt(value, _there(kept, position.value), doubt, *rest)
    return None


def _kept(walked: list[Walked], value: object) -> Sql:
    return values_of(walked, value, lambda one: op_true(one.inside.value))  # type: ignore[arg-type]


def _there(kept: Sql, position: Sql) -> Sql:
    length = op("or zero", op("length", kept))
    return or_(and_(less(ZERO, position), less_equal(position, length)),
               and_(less(position, ZERO), less_equal(op("negative", position), length)))


def _value_causes(one: Walked) -> Mask:
    return one.value.causes if isinstance(one.value, Scalar | Quotient) else ()


def _with_doubt(
    of: Sym, there: Sql, doubt: Sql, missing: Sql, lacking: Mask, fault: Mask, compiler: Compiler
) -> Sym:
    """A member where it is there; else why the list is not known, the fault, or doubt."""
    if isinstance(of, Rec):
        def read(name: str) -> Sym:
            return _with_doubt(of.get(name), there, doubt, missing, lacking, fault, compiler)

        return Rec(of.type, read, of.given)
    if isinstance(of, Scalar):
        value = case((there, of.value))
        mask = pick([(doubt, compiler.causes.doubt), (missing, lacking), (there, of.mask)], otherwise=fault)
        low, high = (None if end is None else case((doubt, NULL), (there, end)) for end in (of.low, of.high))
        return replace(of, value=case((doubt, NULL), otherwise=value), mask=mask, sure=False, low=low, high=high)
    if isinstance(of, Seq):
        return replace(of, doubt=or_(of.doubt, doubt, not_(there)))
    return compiler.doubtful(of.type, "item")


def distinct_of(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """A list without repetitions."""
    listed = args[0]
    if not isinstance(listed, Seq):
        return None
    return distinct(walked_of(listed), type, listed.doubt, listed.ordered, compiler)


def append(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """A list with more members at its end."""
    listed, *items = args
    if not isinstance(listed, Seq):
        return None
    more = Seq(tuple(Segment((), SURE, one) for one in items), type)
    return concatenate([listed, more], type, fault, compiler)


def concatenate(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """Lists one after the other; where one is not given, what may be in the whole is the interpreter's."""
    lists = [one for one in args if isinstance(one, Seq)]
    if len(lists) < len(args):
        return None
    doubt = or_(*(one.doubt for one in lists))
    segments = [segment for one in lists for segment in one.segments]
    if len(lists) > 1:
        open_ends = [one for listed in lists for one in walked_of(listed) if one.many]
        doubt = or_(doubt, any_of(open_ends, lambda one: TRUE))
        segments = [segment for segment in segments if not segment.many]
    return Seq(tuple(segments), type, doubt, all(one.ordered for one in lists))


def union_of(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """All members of lists without repetitions."""
    joined = concatenate(args, type, fault, compiler)
    return None if joined is None else distinct_of([joined], type, fault, compiler)


def reverse(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """The members from the last to the first; lists that are gone through keep no such order."""
    listed = args[0]
    if not isinstance(listed, Seq):
        return None
    single = all(not one.scopes for one in listed.segments)
    return replace(listed, segments=listed.segments[::-1], ordered=listed.ordered and single)


def flatten(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """Lists in a list as one."""
    listed = args[0]
    return flattened(listed, walked_of(listed), compiler) if isinstance(listed, Seq) else None


def series(first: Sql, last: Sql, good: Sql, causes: tuple[tuple[int, Sql], ...], type: List, item: Type) -> Seq:
    """The whole numbers from one to another, where that is `good`; else a list that nobody knows, and why."""
    stored = case((good, op("numbers from", first, strict("+", last, literal(1)))))
    scope = members_of(stored)
    of = Scalar(member(scope), (), item, sure=True)
    missing = truth(case((is_null(stored), NULL), otherwise=FALSE), causes, sure=good is TRUE)
    return Seq((Segment((scope,), SURE, of), Segment((), missing, nothing(item), many=True)), type)


def days_of(span: Span) -> tuple[Scalar, Scalar] | None:
    """The first and the last day of a period, the last before the first where it has none; None where it has no end."""
    low, high = span.low, span.high
    if not isinstance(low, Scalar) or not isinstance(high, Scalar):
        return None
    # beyond the calendar's ends there is no day
    none = or_(FALSE if span.low_included else equal(low.value, literal(date.max)),
               FALSE if span.high_included else equal(high.value, literal(date.min)))
    first = low.value if span.low_included else _days_later(low.value, 1)
    last = high.value if span.high_included else _days_later(high.value, -1)
    return (replace(low, value=case((none, literal(date.max)), otherwise=first)),
            replace(high, value=case((none, literal(date.min)), otherwise=last)))


def _days_later(day: Sql, days: int) -> Sql:
    return strict("day of number", strict("+", strict("day number", day), literal(days)))


def months_of(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """The months a period touches."""
    ends = days_of(args[0]) if isinstance(args[0], Span) else None
    if ends is None or not isinstance(type, List):
        return None
    low, high = ends
    first, last = strict("month number", low.value), strict("month number", high.value)
    short = less_equal(strict("-", last, first), literal(LONGEST_PERIOD))
    unknown = or_(*(is_null(end.value) for end in ends if not end.sure))
    causes = pick([(unknown, causes_of(low, high))], otherwise=compiler.causes.mask(fault))
    return series(first, last, and_(not_(unknown), short), causes, type, MONTH)


def steps(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    """The whole numbers from one to another, where they go up."""
    low, high = args
    if not isinstance(low, Scalar) or not isinstance(high, Scalar) or not isinstance(type, List):
        return None
    unknown = or_(*(is_null(end.value) for end in (low, high) if not end.sure))
    causes = pick([(unknown, causes_of(low, high))], otherwise=compiler.causes.mask(fault))
    far = strict("-", high.value, low.value)
    good = and_(not_(unknown), less(far, literal(MOST_STEPS)))
    found = series(low.value, high.value, good, causes, type, type.item)
    return replace(found, doubt=and_(not_(unknown), less(high.value, low.value)))


def months_touched(
    walked: list[Walked], type: Type, fault: int, compiler: Compiler, *, whole: bool = False
) -> Seq:
    """The months that any of some periods touches, or (`whole`) every day of which is in one of them; of periods that
    are not known, the interpreter tells."""
    named = [one for one in walked if not one.many]
    open_ends = [one for one in walked if one.many]
    spans = {id(one): days_of(one.value) for one in walked if isinstance(one.value, Span)}
    if not all(spans.get(id(one)) for one in named) or not all(spans.values()):
        return compiler.doubtful_list(type, "months touched")

    def ends(one: Walked) -> tuple[Scalar, Scalar]:
        found = spans[id(one)]
        assert found is not None
        return found

    def unknown(one: Walked) -> Sql:
        return or_(*(is_null(end.value) for end in ends(one) if not end.sure))

    def months(one: Walked) -> Sql:
        low, high = ends(one)
        first, last = strict("month number", low.value), strict("month number", high.value)
        return op("numbers from", first, strict("+", last, literal(1)))

    def long(one: Walked) -> Sql:
        low, high = ends(one)
        far = strict("-", strict("month number", high.value), strict("month number", low.value))
        return less(literal(LONGEST_PERIOD), far)

    lists = [op("or none", gathered(one, months(one), and_(op_true(one.inside.value), not_(unknown(one)),
                                                           not_(long(one))))) for one in named]
    stored = op("sorted", op("flatten", lists[0] if len(lists) == 1 else op("joined lists", *lists)))
    if whole:
        stored = _filled(stored, named, ends, lambda one: and_(op_true(one.inside.value), not_(unknown(one))))
    scope = members_of(stored)
    of = Scalar(member(scope), (), MONTH, sure=True)
    among = and_(any_of(named, lambda one: TRUE), any_of(open_ends, lambda one: TRUE))
    # whoever nobody named may all have one period that is known
    alike = any_of([one for one in open_ends if id(one) in spans], lambda one: not_(unknown(one)))
    unsure = any_of(named, lambda one: or_(unknown(one), long(one)))
    maybe = unsure_of(named)
    nameless = (Segment(one.scopes, _because(one), nothing(MONTH), True) for one in open_ends)
    return Seq((Segment((scope,), SURE, of), *nameless), type, or_(unsure, maybe, among, alike))


def _because(one: Walked) -> Scalar:
    """Whether members that nobody named are in, where their periods may not be known either."""
    ends = causes_of(one.value.low, one.value.high) if isinstance(one.value, Span) else scalar(one.value).causes
    return replace(one.inside, mask=union(one.inside.mask, ends))


def _filled(
    touched: Sql, walked: list[Walked], ends: Callable[[Walked], tuple[Scalar, Scalar]], only: Callable[[Walked], Sql]
) -> Sql:
    """Of the months that periods touch, those every day of which is in one of them."""
    scope = members_of(touched, "filled")
    month = member(scope)
    first = strict("first of month", month)
    low, high = op("day number", first), op("day number", op("last day", first))

    def days(one: Walked) -> Sql:
        since, until = (op("day number", end.value) for end in ends(one))
        return op("numbers from", op("greatest", since, low), op("+", op("least", until, high), literal(1)))

    lists = [op("or none", gathered(one, days(one), only(one))) for one in walked]
    inside = op("sorted", op("flatten", lists[0] if len(lists) == 1 else op("joined lists", *lists)))
    whole = equal(op("length", inside), op("+", op("-", high, low), literal(1)))
    return gather(scope, month, whole)
