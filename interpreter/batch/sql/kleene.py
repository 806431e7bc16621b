"""Truths of three values: `and`, `or`, `not` with the causes of what stays unknown."""

from __future__ import annotations

from collections.abc import Sequence

from interpreter.batch.sql.mask import union
from interpreter.batch.sql.node import and_, not_, or_
from interpreter.batch.sql.symbol import Scalar, truth


def all_of(parts: Sequence[Scalar]) -> Scalar:
    """Kleene's `and`; not known, the causes of all parts that are not."""
    value = and_(*(part.value for part in parts))
    return truth(value, union(*(part.causes for part in parts)), sure=all(part.sure for part in parts))


def any_of_truths(parts: Sequence[Scalar]) -> Scalar:
    """Kleene's `or`; not known, the causes of all parts that are not."""
    value = or_(*(part.value for part in parts))
    return truth(value, union(*(part.causes for part in parts)), sure=all(part.sure for part in parts))


def negated(part: Scalar) -> Scalar:
    return truth(not_(part.value), part.mask, sure=part.sure)
