"""Limits: which lines compete for the same room, so that only these have to be gone through in order (SEMANTICS 4.3).

Every line that is, or may yet be, a grant names the limits it stands under with its key. A key under which no more
lines stand than there is room for decides nothing; the cases of all others are the residue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpreter.batch.sql.choose import standing
from interpreter.batch.sql.constant import places_of
from interpreter.batch.sql.loops import text_of
from interpreter.batch.sql.node import FALSE, NULL, Sql, case, is_false, is_null, literal, op, or_
from interpreter.batch.sql.symbol import Scalar, scalar, truth
from interpreter.decision.allocate import limits_of
from interpreter.decision.decide import engine_for
from interpreter.rulebook.model import Limit, Measure, Rulebook

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler, Place

FIELDS = ("named", "key", "room", "sums")
"""What a line says of a limit: its name, the key (NULL: not known), how much there is room for (NULL: not known), and
whether that is a sum of money."""

STORED = "STRUCT(named VARCHAR, key VARCHAR, room BIGINT, sums BOOLEAN)[]"


def limits_over(measure: Measure, rulebook: Rulebook) -> list[tuple[str, Limit]]:
    """The limits that a measure's lines stand under, by names that no two of them share."""
    found = limits_of(engine_for(rulebook, record=False), (measure,))
    own = [limit for limit in found if measure.name in limit.keys]
    return [(named(limit, measure, rulebook), limit) for limit in own]


def named(limit: Limit, measure: Measure, rulebook: Rulebook) -> str:
    """The name of a limit; that which `once_per` is short for is called by its measure."""
    return limit.name if limit in rulebook.limits else f"once {measure.name}"


def claims_of(measure: Measure, outcome: Sql, many: bool, at: Place, compiler: Compiler) -> Sql:
    """The limits that a line stands under, where it is or may yet be a grant."""
    stands: list[Sql] = []
    for name, limit in limits_over(measure, compiler.rulebook):
        on = truth(literal(True)) if limit.when is None else compiler.truth(limit.when.core, at)
        if on.value is FALSE:
            continue
        parts = [_text(scalar_of(part.value.core, at, compiler)) for part in limit.keys[measure.name]]
        unknown = or_(*(is_null(part) for part in parts))
        key = case((unknown, NULL), otherwise=op("written with", "\x1f", literal(""), *parts))
        ceiling = scalar(compiler.symbol(limit.ceiling.core, at))
        more = (compiler.rulebook.money.places - places_of(ceiling.type)) if limit.amount is not None else 0
        room = ceiling.value if more <= 0 else op("*", ceiling.value, literal(10**more))
        # where an order of its own ranks the lines, or their number is open, only the interpreter can tell
        unsettled = or_(is_null(on.value), literal(many))
        room = case((unsettled, NULL), otherwise=room)
        entry = op("struct", FIELDS, literal(name), op("cast", key, "VARCHAR"), op("cast", room, "BIGINT"),
                   literal(limit.amount is not None))
        stands.append(case((is_false(on.value), op("list")), otherwise=op("list", entry)))
    if not stands:
        return op("cast", op("list"), STORED)
    live = or_(*(op("=", outcome, literal(word)) for word in ("granted", "incomplete", "review")))
    listed = stands[0] if len(stands) == 1 else op("flatten", op("list", *stands))
    return op("cast", case((live, listed), otherwise=op("list")), STORED)


def scalar_of(core: object, at: Place, compiler: Compiler) -> Scalar | None:
    """A part of a key; None where it is no single value."""
    found = standing(compiler.symbol(core, at))  # type: ignore[arg-type]
    return found if isinstance(found, Scalar) else None


def _text(of: Scalar | None) -> Sql:
    return NULL if of is None else text_of(of)


def contested() -> str:
    """The query for the positions of all cases that only the interpreter can bring under the limits: of the table
    `claims` (position, amount, outcome and FIELDS), the cases of every key that more lines stand under than there is
    room for, and all cases of a limit under which a key is not known."""
    return """
        WITH keys AS (
            SELECT named, key,
                CASE WHEN key IS NULL OR bool_or(room IS NULL) THEN TRUE
                     WHEN bool_or(sums) THEN bool_or(outcome <> 'granted') OR sum(amount) > min(room)
                     ELSE count(*) > min(room) END AS many
            FROM claims GROUP BY named, key
        ), whole AS (SELECT DISTINCT named FROM keys WHERE key IS NULL)
        SELECT DISTINCT position FROM claims
        JOIN keys USING (named)
        WHERE (claims.key IS NOT DISTINCT FROM keys.key AND many) OR named IN (SELECT named FROM whole)
    """
