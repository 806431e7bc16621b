"""The lines of a measure that has loops: one for each combination of their members (DESIGN 4, lines)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from interpreter.batch.sql.kleene import all_of
from interpreter.batch.sql.lists import Walked, any_true, fresh
from interpreter.batch.sql.node import FALSE, Sql, case, is_null, literal, not_, op, or_, place, strict
from interpreter.batch.sql.symbol import SURE, Rec, Scalar, Segment, Sym
from interpreter.language.types import DateType, List, MonthType, Number, RecordType
from interpreter.rulebook.model import Measure, Variable

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler, Place


@dataclass(frozen=True, slots=True)
class Candidate:
    """Members of the loops: what stands in each variable, and their key as text."""

    walked: Walked
    at: Place
    values: tuple[Sym, ...]
    key: tuple[Sql, ...]


def candidates(measure: Measure, at: Place, compiler: Compiler) -> tuple[list[Candidate], Sql]:
    """Every combination of the loops' members, segment by segment; and whether only the interpreter can tell."""
    doubt: Sql = FALSE
    found = [Candidate(Walked((), SURE, SURE, SURE, False), at, (), ())]
    for loop in measure.loops:
        longer: list[Candidate] = []
        for outer in found:
            listed = compiler.listed(loop.over.core, outer.at)
            if listed.doubt is not FALSE:
                doubt = or_(doubt, any_true(outer.walked, listed.doubt))
            inner = [fresh(given, outer.at.around) for given in listed.segments if given.inside.value is not FALSE]
            made = [_inside(outer, segment, loop.variable, compiler) for segment in inner]
            for one in made[1:] if outer.walked.scopes else ():
                # lines go through the outer list first, and segments one after the other
                doubt = or_(doubt, any_true(one.walked, not_(one.walked.out)))
            longer += made
            if not listed.ordered:
                doubt = or_(doubt, compiler.unordered(listed, outer.walked))
        found = longer
    return found, doubt


def _inside(outer: Candidate, segment: Segment, variable: Variable, compiler: Compiler) -> Candidate:
    scopes = outer.walked.scopes + segment.scopes
    inside = all_of([outer.walked.inside, segment.inside])
    walked = Walked(scopes, inside, segment.value, segment.value, outer.walked.many or segment.many)
    number = literal(1) if not segment.scopes else place(segment.scopes[-1])
    key = () if segment.many else (_key(variable, segment.value, number),)
    at = outer.at.within(variable.slot, segment.value, *segment.scopes)
    return Candidate(walked, at, (*outer.values, segment.value), (*outer.key, *key))


def _key(variable: Variable, value: Sym, number: Sql) -> Sql:
    """What tells a line apart, as text: the key of its record, through records that stand for another; else its
    number."""
    of: Sym = value
    while isinstance(of, Rec) and of.type.key is not None and of.type.table is None:
        of = of.get(of.type.key)
    counted = strict("text", number)
    keyless = isinstance(of.type, RecordType) and of.type.key is None
    if not isinstance(of, Scalar) or keyless:
        return counted
    return case((is_null(of.value), counted), otherwise=text_of(of)) if not of.sure else text_of(of)


def text_of(of: Scalar) -> Sql:
    """A value as text: days and months as ISO has them, numbers in digits."""
    match of.type:
        case DateType():
            return strict("date text", of.value)
        case MonthType():
            return strict("month text", of.value)
        case Number(places=places):
            return op("number text", of.value, places)
        case RecordType() | List():
            return strict("text", of.value)
        case _:
            return strict("text", of.value)

