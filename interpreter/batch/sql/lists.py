"""Lists gone through: who is in, what counts of each, and what SQL's aggregates make of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from interpreter.batch.sql.kleene import all_of
from interpreter.batch.sql.mask import Mask, union
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    ZERO,
    Scope,
    Sql,
    and_,
    case,
    equal,
    gather,
    is_false,
    is_literal,
    is_true,
    literal,
    member,
    members_of,
    never_null,
    not_,
    op,
    or_,
    replaced,
)
from interpreter.batch.sql.symbol import SURE, Scalar, Segment, Seq, Sym, changed, scalar
from interpreter.language import core as c
from interpreter.language.types import BROKEN, List, Type

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler, Place


@dataclass(frozen=True, slots=True)
class Walked:
    """Members that are or may be in, with what counts of each; no scopes: a single one."""

    scopes: tuple[Scope, ...]
    inside: Scalar
    member: Sym
    value: Sym
    many: bool

    @property
    def out(self) -> Sql:
        """Whether it surely is not in."""
        return FALSE if self.inside.sure and self.inside.value is TRUE else op_false(self.inside.value)


def op_false(truth: Sql) -> Sql:
    return is_false(truth)


def fresh(segment: Segment, around: frozenset[Scope]) -> Segment:
    """A segment none of whose scopes is gone through already around it."""
    scopes = list(segment.scopes)
    inside, value = segment.inside, segment.value
    for place, old in enumerate(scopes):
        if old not in around:
            continue
        new = members_of(old.over, (old.number, frozenset(one.number for one in around)))
        stands, done = member(new), dict[Sql, Sql]()

        def change(node: Sql, old: Scope = old, stands: Sql = stands, done: dict[Sql, Sql] = done) -> Sql:
            return replaced(node, old, stands, done)

        scopes[place] = new
        for later in range(place + 1, len(scopes)):
            inner = scopes[later]
            over = change(inner.over)
            if over is not inner.over:
                again = members_of(over, ("within", inner.number))
                steps, seen = member(again), dict[Sql, Sql]()

                def again_(node: Sql, inner: Scope = inner, steps: Sql = steps, seen: dict[Sql, Sql] = seen) -> Sql:
                    return replaced(node, inner, steps, seen)

                inside = scalar(changed(changed(inside, change), again_))
                value = changed(changed(value, change), again_)
                scopes[later] = again
        inside, value = scalar(changed(inside, change)), changed(value, change)
    return replace(segment, scopes=tuple(scopes), inside=inside, value=value)


def walk(
    listed: Seq, slot: int, where: c.Core | None, value: c.Core | None, at: Place, compiler: Compiler
) -> list[Walked]:
    """The members of a list, each in `slot` while it is asked whether it is in and what counts of it."""
    found: list[Walked] = []
    for given in listed.segments:
        segment = fresh(given, at.around)
        inside = segment.inside
        if inside.value is FALSE:
            continue
        here = at.within(slot, segment.value, *segment.scopes)
        if where is not None:
            inside = all_of([inside, compiler.truth(where, here)])
            if inside.value is FALSE:
                continue
        counted = segment.value if value is None else compiler.symbol(value, here)
        found.append(Walked(segment.scopes, inside, segment.value, counted, segment.many))
    return found


def flattened(listed: Seq, walked: list[Walked], compiler: Compiler) -> Seq:
    """The members of a list's lists as one list."""
    segments: list[Segment] = []
    doubt = listed.doubt
    item: Type = BROKEN
    alone = len(walked) == 1
    for outer in walked:
        inner = outer.value
        if not isinstance(inner, Seq):
            return compiler.doubtful_list(List(BROKEN), "flat")
        item = inner.type.item if isinstance(inner.type, List) else BROKEN
        doubt = or_(doubt, any_true(outer, and_(not_(outer.out), inner.doubt)))
        for segment in inner.segments:
            if segment.inside.value is FALSE:
                continue
            inside = all_of([outer.inside, segment.inside])
            if (segment.many or outer.many) and outer.scopes:
                # members that nobody named, among others: what their causes are hangs on the others
                doubt = or_(doubt, any_of([replace(outer, inside=inside)], lambda w: TRUE))
                continue
            segments.append(Segment(
                outer.scopes + segment.scopes, inside, segment.value, segment.many or outer.many
            ))
    ordered = listed.ordered and (alone or all(not w.many for w in walked))
    return Seq(tuple(segments), List(item), doubt, ordered)


# ---- what all members come to


Of = Callable[[Walked], Sql]


def gathered(one: Walked, value: Sql, only: Sql = TRUE) -> Sql:
    """The list of a value of each member of a segment, for which `only` is true."""
    if not one.scopes:
        made = op("list", value)
        return made if only is TRUE else case((only, made), otherwise=op("list"))
    found = gather(one.scopes[-1], value, only)
    for scope in reversed(one.scopes[:-1]):
        found = op("flatten", gather(scope, found))
    return found


def reduced(name: str, one: Walked, value: Sql) -> Sql:
    """An aggregate (sum of, max of, bits of, ...) over the members of a segment; NULL of none."""
    if not one.scopes:
        return value
    found = op(name, gather(one.scopes[-1], value))
    for scope in reversed(one.scopes[:-1]):
        found = op(name, gather(scope, found))
    return found


def any_of(walked: Iterable[Walked], of: Of) -> Sql:
    """Whether something that is always known is true of any member that is or may be in."""
    return or_(*(any_true(one, and_(not_(one.out), of(one))) for one in walked))


def any_true(one: Walked, holds: Sql) -> Sql:
    """Whether something that is always known is true of any member of a segment."""
    if holds is FALSE:
        return FALSE
    return op("some hold", reduced("any of", one, holds)) if one.scopes else op_true(holds)


def op_true(truth: Sql) -> Sql:
    return is_true(truth)


def kleene_any(one: Walked, holds: Sql) -> Sql:
    """Kleene's `or` of a truth of each member of a segment."""
    if not one.scopes or (is_literal(holds) and holds is FALSE):
        return holds
    if never_null(holds):
        return any_true(one, holds)
    code = reduced("max of", one, op("truth code", holds))
    return case((equal(code, literal(2)), TRUE), (equal(code, literal(1)), NULL), otherwise=FALSE)


def added(walked: Iterable[Walked], of: Of) -> Sql:
    """The sum of a whole number of each member; of none 0."""
    total = ZERO
    for one in walked:
        value = of(one)
        if value is ZERO:
            continue
        if one.scopes:
            value = op("or zero", op("length", _list_of(one))) if value is literal(1) and len(one.scopes) == 1 else (
                op("or zero", reduced("sum of", one, value)))
        total = value if total is ZERO else op("+", total, value)
    return total


def _list_of(one: Walked) -> Sql:
    return one.scopes[0].over


def counted(walked: Iterable[Walked], of: Of) -> Sql:
    """How many members something that is always known is true of."""
    def number(one: Walked) -> Sql:
        holds = of(one)
        return case((holds, literal(1)), otherwise=ZERO)

    return added(walked, number)


def united(walked: Iterable[Walked], of: Callable[[Walked], Mask]) -> Mask:
    """The causes of all members together."""
    masks: list[Mask] = []
    for one in walked:
        mask = of(one)
        if one.scopes:
            mask = tuple((word, op("or no bits", reduced("bits of", one, value))) for word, value in mask)
        masks.append(mask)
    return union(*masks)


def values_of(walked: Iterable[Walked], value: Of, only: Of) -> Sql:
    """The list of a value of every member for which `only` is true, in order."""
    lists = [gathered(one, value(one), only(one)) for one in walked]
    if not lists:
        return op("list")
    found = [op("or none", one) if one.op.startswith("gather") else one for one in lists]
    return found[0] if len(found) == 1 else op("joined lists", *found)


def sure_list(stored: Sql, type: List, value: Callable[[Sql], Sym], *, ordered: bool = True) -> Seq:
    """A list whose members are all there."""
    scope = members_of(stored)
    return Seq((Segment((scope,), SURE, value(member(scope))),), type, ordered=ordered)

