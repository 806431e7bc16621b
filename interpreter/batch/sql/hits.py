"""Rows of conditions and outputs under a hit policy (SEMANTICS 1.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interpreter.batch.sql.choose import Option, one_of
from interpreter.batch.sql.folds import folded, unknown_members, value_null
from interpreter.batch.sql.lists import Walked
from interpreter.batch.sql.mask import EMPTY, Mask, pick, union, when
from interpreter.batch.sql.node import FALSE, TRUE, Sql, and_, is_known, is_null, is_true, not_, or_
from interpreter.batch.sql.symbol import Scalar, Segment, Seq, Sym, nothing
from interpreter.language import core as c
from interpreter.language.types import BROKEN, List

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler, Place


def choose(node: c.Choose, at: Place, compiler: Compiler) -> Sym:
    """Rows under a hit policy."""
    conditions = [compiler.truth(condition, at) for condition, _ in node.rows]
    rows = [(condition, output) for condition, (_, output) in zip(conditions, node.rows, strict=True)
            if condition.value is not FALSE]
    doubtful = or_(*(is_null(condition.value) for condition, _ in rows))
    default = None if node.default is None else compiler.symbol(node.default, at)
    if node.hit not in ("first", "unique", "any"):
        return _collected(node, rows, default, at, compiler)
    options: list[Option] = []
    before: list[Sql] = []
    causes: list[Mask] = []
    alone = node.hit != "first"
    hit = or_(*(is_true(condition.value) for condition, _ in rows))
    covered = False
    for condition, output in rows:
        value = compiler.symbol(output, at)
        holds = is_true(condition.value)
        none_before = not_(or_(*before))
        may = not_(is_true(not_(condition.value)))
        sure = and_(holds, none_before)
        # of rows that exclude each other, one that surely applies answers whatever else may
        open_ = or_(sure, and_(may, not_(hit))) if alone else and_(may, none_before)
        certain = sure if alone else and_(sure, *(is_known(one.value) for one, _ in rows[: len(options)]))
        options.append(Option(open_, certain, value))
        causes.append(when(open_, condition.causes))
        before.append(holds)
        if condition.value is TRUE:
            covered = True
            break
    none = not_(hit)
    if not covered:
        if default is not None:
            last = default
        else:
            setting = compiler.causes.mask(node.nothing)
            of = options[0].value.type if options else BROKEN
            last = nothing(of, pick([(doubtful, EMPTY)], otherwise=setting))
        open_ = none
        if node.covers and options:
            open_ = and_(none, not_(or_(*(option.open for option in options))))
        options.append(Option(open_, and_(none, not_(doubtful)), last))
    if len(options) == 1 and (covered or not rows):
        return options[0].value
    if node.covers:
        # a row that alone may apply is the one
        options = [replace(o, sure=or_(o.sure, and_(o.open, *(not_(p.open) for p in options if p is not o))))
                   for o in options] if doubtful is not FALSE else options
    certain_ = doubtful is FALSE or all(condition.sure for condition, _ in rows)
    return one_of(options, union(*causes), compiler, certain=certain_)


def _collected(
    node: c.Choose, rows: Sequence[tuple[Scalar, c.Core]], default: Sym | None, at: Place, compiler: Compiler
) -> Sym:
    """All rows that apply, together; where one only may, the interpreter tells."""
    doubt = or_(*(is_null(condition.value) for condition, _ in rows))
    outputs = [(condition, compiler.symbol(output, at)) for condition, output in rows]
    none = not_(or_(*(is_true(condition.value) for condition, _ in rows)))
    last = default if default is not None else nothing(BROKEN, compiler.causes.mask(node.nothing))
    segments = tuple(
        Segment((), replace(condition, value=is_true(condition.value), sure=True), value)
        for condition, value in outputs
    )
    return _together(node.hit, segments, none, last, doubt, compiler)


def _together(
    hit: str, segments: Sequence[Segment], none: Sql, last: Sym, doubt: Sql, compiler: Compiler
) -> Sym:
    """What all rows that apply come to together, or what holds where none does; doubtful where a row only may."""
    kind = hit.removeprefix("collect ")
    if kind == "list":
        item = segments[0].value.type if segments else BROKEN
        made: Sym = Seq(tuple(segments), List(item, max(1, len(segments))))
    else:
        walked = [Walked((), one.inside, one.value, one.value, False) for one in segments]
        listed = Seq(tuple(segments), List(walked[0].value.type if walked else BROKEN, max(1, len(walked))))
        made = folded(kind, listed, walked, [], 0, compiler)
        if any(value_null(one) is not FALSE for one in walked):
            doubt = or_(doubt, unknown_members(walked))
    options = [Option(not_(none), not_(none), made), Option(none, none, last)]
    if isinstance(made, Seq):
        if not isinstance(last, Seq):
            last = Seq((), made.type, doubt=TRUE)
            options[1] = Option(none, none, last)
        found = one_of(options, EMPTY, compiler, certain=True)
        assert isinstance(found, Seq)
        return replace(found, doubt=or_(found.doubt, doubt))
    found = one_of(options, EMPTY, compiler, certain=True)
    return compiler.unless(doubt, found) if isinstance(found, Scalar) else found
