"""Lists without repetitions, each member where it comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpreter.batch.sql.choose import standing
from interpreter.batch.sql.lists import Walked, any_of, op_true, united, values_of
from interpreter.batch.sql.mask import EMPTY, Mask, when
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    Sql,
    and_,
    case,
    equal,
    is_known,
    is_null,
    is_true,
    member,
    members_of,
    not_,
    op,
    or_,
)
from interpreter.batch.sql.numeric import all_alike
from interpreter.batch.sql.symbol import SURE, Rec, Scalar, Segment, Seq, Sym, truth
from interpreter.language.types import BROKEN, List, RecordType, Type

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler


def distinct(walked: list[Walked], type: Type, doubt: Sql, ordered: bool, compiler: Compiler) -> Seq:
    """The list without repetitions. Members whose value is not known are the interpreter's."""
    item = type.item if isinstance(type, List) else BROKEN
    found = [one for one in map(standing, (one.value for one in walked)) if isinstance(one, Scalar)]
    if len(found) < len(walked):
        return compiler.doubtful_list(type, "distinct values")
    identities = dict(zip(map(id, walked), all_alike(found), strict=True))

    def value(one: Walked) -> Scalar:
        return identities[id(one)]

    named = [one for one in walked if not one.many]
    open_ends = [one for one in walked if one.many]
    nameless = any_of(named, lambda one: FALSE if value(one).sure else is_null(value(one).value))
    keys = values_of(named, lambda one: value(one).value,
                     lambda one: and_(not_(one.out), TRUE if value(one).sure else is_known(value(one).value)))
    once = op("in order once", keys)
    scope = members_of(once)
    stands = member(scope)
    unsure = [one for one in named if not one.inside.sure]
    inside = SURE
    if unsure:
        certain = values_of(named, lambda one: value(one).value, lambda one: op_true(one.inside.value))
        holds = case((is_true(op("has", certain, stands)), TRUE))

        def why(one: Walked) -> Mask:
            return when(and_(is_null(one.inside.value), is_true(equal(value(one).value, stands))), one.inside.mask)

        inside = truth(holds, united(unsure, why))
    if open_ends and named:
        # either the list was given or it was not, if its segments are those of one list of the case
        among = and_(any_of(named, lambda one: TRUE), any_of(open_ends, lambda one: TRUE))
        doubt = or_(doubt, among)
    segments = [Segment((scope,), inside, _standing(value(named[0]) if named else value(walked[0]), item, stands,
                                                    compiler))] if named else []
    segments += [Segment(one.scopes, one.inside, one.value, True) for one in open_ends]
    return Seq(tuple(segments), type, or_(doubt, nameless), ordered and not unsure)


def _standing(like: Scalar, item: Type, stands: Sql, compiler: Compiler) -> Sym:
    """A member by what it is told apart by; of a record nothing else is kept."""
    if not isinstance(item, RecordType) or item.table is not None:
        return Scalar(stands, EMPTY, like.type, sure=True)

    def read(name: str) -> Sym:
        of = item.fields[name].type
        if name != item.root.key:
            return compiler.doubtful(of, f"distinct values: {item.name}.{name}")
        if isinstance(of, RecordType) and of.table is None:
            return _standing(like, of, stands, compiler)
        return Scalar(stands, EMPTY, of, sure=True)

    def given(name: str) -> Scalar | None:
        of = item.fields.get(name)
        return None if of is None or not of.provided else Scalar(NULL, compiler.causes.doubt, of.type)

    return Rec(item, read, given)
