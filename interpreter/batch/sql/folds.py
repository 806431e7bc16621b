"""Folds: lists to one value, honest about members that may or may not be in (SEMANTICS 1.5 and 1.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interpreter.batch.sql.choose import plain
from interpreter.batch.sql.constant import size_of
from interpreter.batch.sql.kinds import common, result_of
from interpreter.batch.sql.kleene import all_of
from interpreter.batch.sql.listed import months_touched
from interpreter.batch.sql.lists import (
    Walked,
    added,
    any_of,
    counted,
    kleene_any,
    op_true,
    reduced,
    united,
    values_of,
    walk,
)
from interpreter.batch.sql.mask import EMPTY, Mask, pick, union, when
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    ZERO,
    Sql,
    and_,
    case,
    equal,
    is_known,
    is_null,
    literal,
    not_,
    op,
    or_,
)
from interpreter.batch.sql.numeric import TooLargeError, compared, narrow, rescaled, wide
from interpreter.batch.sql.symbol import Quotient, Scalar, Seq, Sym, scalar, truth
from interpreter.language import core as c
from interpreter.language.magnitude import longest
from interpreter.language.types import BOOLEAN, BROKEN, List, Number, Ratio, Type

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler, Place

Made = Callable[[list[Walked], list[Sym], Type, int, "Compiler"], Sym]
"""Of the members, the further arguments, the type of the result and the bit of its fault: the value."""


def fold(node: c.Fold, at: Place, compiler: Compiler) -> Sym:
    """What a fold comes to."""
    listed = compiler.listed(node.over, at)
    walked = walk(listed, node.slot, node.where, node.value, at, compiler)
    extra = [compiler.symbol(one, at) for one in node.extra]
    return folded(node.kind, listed, walked, extra, node.fault, compiler)


def folded(
    kind: str, listed: Seq, walked: list[Walked], extra: list[Sym], fault: int, compiler: Compiler
) -> Sym:
    """What a fold of a kind makes of members."""
    item = common(one.value.type for one in walked) if walked else _item(listed.type)
    most = longest(listed.type)
    type = result_of(kind, (List(item, most), *(one.type for one in extra)))
    make = FOLDS.get(kind)
    if make is None or listed.doubt is TRUE:
        if isinstance(type, List):
            return compiler.doubtful_list(type, kind)
        return compiler.doubtful(type, kind)
    try:
        made = make(walked, extra, type, fault, compiler)
    except TooLargeError:
        return compiler.doubtful(type, f"{kind}: too large")
    if listed.doubt is FALSE:
        return made
    if isinstance(made, Scalar):
        return compiler.unless(listed.doubt, made)
    if isinstance(made, Seq):
        return replace(made, doubt=or_(made.doubt, listed.doubt))
    return compiler.doubtful(type, kind)


def _item(of: Type) -> Type:
    return of.item if isinstance(of, List) else BROKEN


def _some(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Scalar:
    truths = [(one, all_of([one.inside, scalar(one.value)])) for one in walked]
    value = or_(*(kleene_any(one, holds.value) for one, holds in truths))
    known = dict(zip(map(id, walked), (holds for _, holds in truths), strict=True))
    mask = united(walked, lambda one: when(is_null(known[id(one)].value), known[id(one)].mask))
    return truth(value, mask, sure=all(holds.sure for _, holds in truths))


def _every(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Scalar:
    against = [replace(one, value=_not(scalar(one.value))) for one in walked]
    found = _some(against, extra, type, fault, compiler)
    return replace(found, value=not_(found.value))


def _not(of: Scalar) -> Scalar:
    return replace(of, value=not_(of.value))


def _maybe(one: Walked) -> Sql:
    """Whether nobody knows if it is in."""
    return FALSE if one.inside.sure else is_null(one.inside.value)


def _in(one: Walked) -> Sql:
    return op_true(one.inside.value)


def _count(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Scalar:
    sure, maybe = counted(walked, _in), counted(walked, _maybe)
    if maybe is ZERO:
        return Scalar(sure, EMPTY, type, sure=True)
    unbounded = any_of([one for one in walked if one.many], _maybe)
    value = case((equal(maybe, ZERO), sure))
    mask = united(walked, lambda one: one.inside.causes)
    high = case((unbounded, NULL), otherwise=op("+", sure, maybe))
    return Scalar(value, mask, type, low=sure, high=high)


def value_null(one: Walked) -> Sql:
    value = one.value
    if isinstance(value, Quotient):
        return FALSE if value.sure else is_null(value.over)
    return FALSE if scalar(value).sure else is_null(scalar(value).value)


def unknown_members(walked: Sequence[Walked]) -> Sql:
    """Whether a member that is or may be in is not known: that it is, or its value."""
    return any_of(walked, lambda one: or_(_maybe(one), value_null(one)))


def members_causes(walked: Sequence[Walked]) -> Mask:
    """Why members, or their values, are not known."""
    def of(one: Walked) -> Mask:
        value = one.value
        causes = value.causes if isinstance(value, Quotient) else scalar(value).causes
        return union(one.inside.causes, when(not_(one.out), causes))

    return united(walked, of)


def _sum(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Scalar:
    # of a list without members nobody knows what they would be
    type = type if isinstance(type, Number) else Number(0)
    bad = unknown_members(walked)
    size = size_of(type)

    def term(one: Walked) -> Sql:
        value = rescaled(scalar(one.value), type).value
        return value if _in(one) is TRUE else case((_in(one), value), otherwise=ZERO)

    total = narrow(wide(added(walked, term), size) if size >= 2**62 else added(walked, term), size)
    value = total if bad is FALSE else case((bad, NULL), otherwise=total)
    return Scalar(value, members_causes(walked), type, sure=bad is FALSE)


def _mean(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
    if any(isinstance(one.value, Quotient) for one in walked):
        return compiler.doubtful(type, "mean of ratios")
    places = max((one.value.type.places for one in walked if isinstance(one.value.type, Number)), default=0)
    bad = unknown_members(walked)
    of = Number(places)

    def term(one: Walked) -> Sql:
        return case((_in(one), rescaled(scalar(one.value), of).value), otherwise=ZERO)

    number = counted(walked, _in)
    none = equal(number, ZERO)
    over = op("huge", added(walked, term))
    under = op("*", op("huge", number), literal(10**places))
    mask = pick([(bad, members_causes(walked))], otherwise=compiler.causes.mask(fault))
    size = max((size_of(one.value.type) for one in walked if isinstance(one.value.type, Number)), default=1)
    most = 10_000 * 10**places
    blocked = or_(bad, none)
    return Quotient(
        case((blocked, NULL), otherwise=over), case((blocked, NULL), otherwise=under), mask,
        type if isinstance(type, Ratio) else Ratio(), size * 10_000, most,
    )


def _extreme(name: str) -> Made:
    def extreme(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
        if any(isinstance(one.value, Quotient) for one in (*walked,)) or any(isinstance(e, Quotient) for e in extra):
            return compiler.doubtful(type, "min of ratios")
        bad = unknown_members(walked)
        default = rescaled(scalar(extra[0]), type) if extra else None
        found = []
        for one in walked:
            value = rescaled(scalar(one.value), type).value
            value = value if _in(one) is TRUE else case((_in(one), value))
            if one.scopes:
                value = reduced(f"{name} of", one, value)
            found.append(value)
        kept = [value for value in found if value is not NULL]
        pick_one = "least" if name == "min" else "greatest"
        best = NULL if not kept else kept[0] if len(kept) == 1 else op(pick_one, *kept)
        surely_none = not_(any_of(walked, lambda one: TRUE))
        otherwise = NULL if default is None else default.value
        value = case((bad, NULL), (surely_none, otherwise), otherwise=best)
        mask = members_causes(walked)
        if default is None:
            mask = pick([(bad, mask)], otherwise=compiler.causes.mask(fault))
        else:
            # of nothing that is sure, the default may yet be the one
            maybe_none = not_(any_of(walked, _in))
            mask = pick([(bad, union(mask, when(maybe_none, default.causes)))], otherwise=default.mask)
        return Scalar(value, mask, type)

    return extreme


def _touched(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
    return months_touched(walked, type, fault, compiler)


def _whole(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
    return months_touched(walked, type, fault, compiler, whole=True)


def _contains(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
    element = plain(extra[0])
    found = []
    for one in walked:
        value = plain(one.value)
        if not isinstance(value, Scalar | Quotient) or not isinstance(element, Scalar | Quotient):
            return compiler.doubtful(BOOLEAN, "list contains of parts")
        causes = union(value.causes, element.causes)
        same = truth(compared("=", value, element), causes, sure=value.sure and element.sure)
        found.append(replace(one, value=same))
    return _some(found, extra, type, fault, compiler)


def _longest_run(walked: list[Walked], extra: list[Sym], type: Type, fault: int, compiler: Compiler) -> Scalar:
    gap = scalar(extra[0])

    def month(one: Walked) -> Sql:
        return scalar(one.value).value

    def known(one: Walked) -> Sql:
        return not_(value_null(one))

    sure = op("sorted", values_of(walked, month, lambda one: and_(_in(one), known(one))))
    everyone = op("sorted", values_of(walked, month, lambda one: and_(not_(one.out), known(one))))
    nameless = counted(walked, lambda one: and_(not_(one.out), value_null(one)))
    certain = any_of(walked, lambda one: and_(_in(one), value_null(one)))
    unbounded = any_of([one for one in walked if one.many], _maybe)
    exact = gap.sure and nameless is ZERO and all(_maybe(one) is FALSE for one in walked)
    if exact:
        return Scalar(_run(sure, gap.value), EMPTY, type, sure=True)
    low_gap = literal(-1) if gap.least is NULL else op("coalesce", gap.least, literal(-1))
    low = _run(sure, low_gap)
    if certain is not FALSE:
        low = op("greatest", low, case((certain, literal(1)), otherwise=ZERO))
    many = op("+", op("length", everyone), nameless) if nameless is not ZERO else op("length", everyone)
    high = case((and_(equal(nameless, ZERO), is_known(gap.most)), _run(everyone, gap.most)), otherwise=many)
    value = case((and_(not_(unbounded), equal(low, high)), low))
    causes = union(gap.causes, members_causes(walked))
    return Scalar(value, causes, type, low=low, high=case((unbounded, NULL), otherwise=high))


def _run(months: Sql, gap: Sql) -> Sql:
    """Members of the longest run of sorted months, in which neighbours are at most `gap` absent months apart."""
    return op("longest between", op("run starts", months, gap), op("length", months))


FOLDS: dict[str, Made] = {
    "some": _some, "every": _every, "count": _count, "sum": _sum, "mean": _mean, "min": _extreme("min"),
    "min.default": _extreme("min"), "max": _extreme("max"), "max.default": _extreme("max"),
    "list contains": _contains, "longest run": _longest_run, "months touched": _touched,
    "whole months": _whole,
}
