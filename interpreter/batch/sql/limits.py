"""Limits: what a line says of those it stands under, and which lines compete for the same room, so that only these have
to be gone through in order (SEMANTICS 4.3).

Every line that is, or may yet be, a grant names the limits it stands under with its key. A key under which no more
lines stand than there is room for decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from interpreter.batch.relations import literal as quoted_text
from interpreter.batch.sql.choose import plain
from interpreter.batch.sql.constant import places_of
from interpreter.batch.sql.loops import text_of
from interpreter.batch.sql.mask import Mask, union, word_of
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    Sql,
    and_,
    case,
    is_null,
    literal,
    op,
    or_,
    strict,
)
from interpreter.batch.sql.outcome import Line, has_doubt
from interpreter.batch.sql.symbol import Scalar, truth
from interpreter.decision.allocate import limits_of
from interpreter.decision.decide import engine_for
from interpreter.language.expression import Expression
from interpreter.language.types import Boolean, Choice, DateType, MonthType, Number, TextType, Type
from interpreter.rulebook.model import Limit, Measure, Rulebook

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler, Place

UNDER = {
    "named": "VARCHAR", "parts": "VARCHAR[]", "rank": "VARCHAR[]", "room": "BIGINT", "active": "BOOLEAN",
    "why": "BIGINT[]",
}
"""What a line says of a limit: its name, the parts of the key, what ranks the line where the limit has an order of its
own, how much there is room for, whether the limit is on (all NULL where not known), and the masks of why not."""

CLAIM = {
    "worth": "BIGINT", "many": "BOOLEAN", "referral": "BIGINT[]",
    "under": f"STRUCT({', '.join(f'{name} {stored}' for name, stored in UNDER.items())})[]",
}
"""What a line under limits says: its amount whatever its outcome (NULL where not known, or none), whether it stands for
members that nobody named, the masks of what may yet refer it, and its limits."""

STORED = f"STRUCT({', '.join(f'{name} {stored}' for name, stored in CLAIM.items())})"


def limited(rulebook: Rulebook) -> frozenset[str]:
    """The measures whose lines stand under any limit."""
    once = (name for name, measure in rulebook.measures.items() if measure.once_per)
    return frozenset(once).union(*(limit.keys for limit in rulebook.limits))


def limits_over(measure: Measure, rulebook: Rulebook) -> list[tuple[str, Limit]]:
    """The limits that a measure's lines stand under, by names that no two of them share."""
    found = limits_of(engine_for(rulebook, record=False), (measure,))
    own = [limit for limit in found if measure.name in limit.keys]
    return [(named(limit, measure, rulebook), limit) for limit in own]


def named(limit: Limit, measure: Measure, rulebook: Rulebook) -> str:
    """The name of a limit; that which `once_per` is short for is called by its measure."""
    return limit.name if limit in rulebook.limits else f"once {measure.name}"


def claim_of(measure: Measure, of: Line, many: bool, at: Place, compiler: Compiler) -> tuple[Sql, Sql]:
    """What a line that is or may yet be a grant says of the limits it stands under (else NULL), and whether only the
    interpreter can tell."""
    live = or_(*(op("=", of.outcome, literal(word)) for word in ("granted", "incomplete", "review")))
    stands: list[Sql] = []
    doubt: Sql = FALSE
    for name, limit in limits_over(measure, compiler.rulebook):
        on = truth(TRUE) if limit.when is None else compiler.truth(limit.when.core, at)
        its = _Stated(at, compiler)
        parts = [its.token(part.value) for part in limit.keys[measure.name]]
        rank = [its.token(part) for part in limit.orders.get(measure.name, ())]
        room = its.room(limit)
        its.note(on)
        unsettled = or_(*(is_null(one) for one in (*parts, *rank, room, on.value)))
        doubt = or_(doubt, its.doubt)
        why = case((unsettled, words_in(its.mask, compiler)), otherwise=NULL)
        # a line for which the limit is off takes room all the same
        entry = op("struct", tuple(UNDER), literal(name), op("list", *parts), op("list", *rank), room, on.value, why)
        stands.append(op("list", entry))
    if not stands:
        return op("cast", NULL, STORED), FALSE
    listed = stands[0] if len(stands) == 1 else op("flatten", op("list", *stands))
    referral = words_in(of.referral, compiler) if of.referral else NULL
    made = op("struct", tuple(CLAIM), of.worth, literal(many), referral, listed)
    return op("cast", case((live, made)), STORED), and_(live, doubt)


class _Stated:
    """What a limit hangs on, with the causes of what of it is not known."""

    def __init__(self, at: Place, compiler: Compiler) -> None:
        self.at = at
        self.compiler = compiler
        self.mask: Mask = ()
        self.doubt: Sql = FALSE

    def note(self, of: Scalar) -> None:
        self.mask = union(self.mask, of.causes)
        self.doubt = or_(self.doubt, has_doubt(of.causes, self.compiler))

    def _scalar(self, of: Expression) -> Scalar | None:
        found = plain(self.compiler.symbol(of.core, self.at))
        if isinstance(found, Scalar):
            self.note(found)
            return found
        self.doubt = TRUE
        return None

    def token(self, of: Expression) -> Sql:
        """A value as a text that no other value has; what sort it is of is said first."""
        found = self._scalar(of)
        if found is None:
            return op("cast", NULL, "VARCHAR")
        sort = sort_of(found.type)
        # times and durations as they are stored, so that a rank among them is one of numbers
        text = strict("text", found.value) if sort == "o" else text_of(found)
        return op("joined text", literal(sort), text)

    def room(self, limit: Limit) -> Sql:
        """How many lines there is room for, or how much money in units of its last place."""
        found = self._scalar(limit.ceiling)
        if found is None:
            return op("cast", NULL, "BIGINT")
        more = (self.compiler.rulebook.money.places if limit.amount is not None else 0) - places_of(found.type)
        if more < 0:
            self.doubt = TRUE
        value = found.value if more <= 0 else strict("*", found.value, literal(10**more))
        return op("cast", value, "BIGINT")


def sort_of(type: Type) -> str:
    """The letter of a sort of values (`tokens.py` has the same ones for the interpreter's values)."""
    match type:
        case Boolean():
            return "b"
        case Number():
            return "n"
        case MonthType():
            return "m"
        case DateType():
            return "d"
        case TextType() | Choice():
            return "t"
        case _:
            return "o"


def words_in(mask: Mask, compiler: Compiler) -> Sql:
    """A mask as the list of all its columns."""
    causes = compiler.causes
    columns = causes.fact_words + causes.other_words
    return op("list", *(op("cast", word_of(mask, word, causes), "BIGINT") for word in range(columns)))


def contested(sums: Iterable[str]) -> str:
    """The query for the positions of the cases whose lines have to be gone through: of the table `claims` (position,
    outcome, worth, many and UNDER), those of every key that more lines stand under than there is room for, where a
    limit of the names `sums` is one of money; those for which the limit hangs on what is not known, and all whose key
    may be the same as one that is not known."""
    money = ", ".join(quoted_text(name) for name in sums) or "''"
    return f"""
        WITH told AS (
            SELECT *, list_count(parts) < len(parts) AS loose, array_to_string(parts, chr(31)) AS key,
                many OR active IS NULL OR (active AND (room IS NULL OR list_count(rank) < len(rank))) AS open
            FROM claims
        ), tight AS (
            SELECT named, key FROM told WHERE NOT loose GROUP BY named, key
            HAVING bool_or(open) OR (bool_or(active) AND CASE WHEN named IN ({money})
                THEN bool_or(outcome <> 'granted' OR worth IS NULL) OR sum(worth) > min(room) FILTER (active)
                ELSE count(*) > min(room) FILTER (active) END)
        ), loose AS (
            SELECT DISTINCT named, list_transform(parts, lambda p: p IS NULL) AS shape,
                array_to_string(list_transform(parts, lambda p: coalesce(p, '')), chr(31)) AS key FROM told WHERE loose
        ), shapes AS (SELECT DISTINCT named, shape FROM loose), seen AS (
            SELECT position, named, shape, array_to_string(list_transform(parts, lambda p, i:
                CASE WHEN shape[i] THEN '' ELSE p END), chr(31)) AS key FROM told JOIN shapes USING (named)
        )
        SELECT position FROM told WHERE loose OR open UNION SELECT position FROM told JOIN tight USING (named, key)
        UNION SELECT position FROM seen JOIN loose USING (named, shape, key)
    """
