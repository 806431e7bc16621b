"""The lines of a measure that has loops: one for each combination of their members (DESIGN 4, lines)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from interpreter.batch.sql.kleene import all_of
from interpreter.batch.sql.lists import Walked, any_true, fresh
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    ZERO,
    Sql,
    and_,
    case,
    is_false,
    is_literal,
    is_null,
    literal,
    not_,
    op,
    or_,
    place,
    strict,
)
from interpreter.batch.sql.symbol import SURE, Rec, Scalar, Segment, Sym
from interpreter.language.types import (
    DateTimeType,
    DateType,
    DaysTime,
    MonthType,
    Number,
    RecordType,
    TimeType,
    YearsMonths,
)
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
            before = ZERO
            for place_in, segment in enumerate(inner):
                number, before = _number(segment, before)
                made, unnumbered = _inside(outer, segment, loop.variable, number)
                longer.append(made)
                doubt = or_(doubt, any_true(made.walked, and_(not_(made.walked.out), unnumbered)))
                if place_in and outer.walked.scopes:
                    # lines go through the outer list first, and segments one after the other
                    doubt = or_(doubt, any_true(made.walked, not_(made.walked.out)))
            if not listed.ordered:
                doubt = or_(doubt, compiler.unordered(listed, outer.walked))
        found = longer
    return found, doubt


def _number(segment: Segment, before: Sql) -> tuple[Sql, Sql]:
    """The numbers of a segment's members among those of the list, after so many before it, and how many these are with
    it; NULL where only going through the list tells."""
    inside = segment.inside.value
    if before is NULL:
        return NULL, NULL
    if not segment.scopes:
        return _added(before, literal(1)), _added(before, case((is_false(inside), ZERO), otherwise=literal(1)))
    if len(segment.scopes) > 1 or inside is not TRUE:
        return NULL, NULL
    return _added(before, place(segment.scopes[0])), NULL


def _added(a: Sql, b: Sql) -> Sql:
    if is_literal(a) and is_literal(b):
        return literal(a.args[0] + b.args[0])
    return b if a is ZERO else strict("+", a, b)


def _inside(outer: Candidate, segment: Segment, variable: Variable, number: Sql) -> tuple[Candidate, Sql]:
    """The loop's members in one more variable, and whether what they are called is not known."""
    scopes = outer.walked.scopes + segment.scopes
    inside = all_of([outer.walked.inside, segment.inside])
    walked = Walked(scopes, inside, segment.value, segment.value, outer.walked.many or segment.many)
    at = outer.at.within(variable.slot, segment.value, *segment.scopes)
    if segment.many:
        return Candidate(walked, at, (*outer.values, segment.value), outer.key), FALSE
    key, doubt = _key(segment.value, number)
    return Candidate(walked, at, (*outer.values, segment.value), (*outer.key, key)), doubt


def _key(value: Sym, number: Sql) -> tuple[Sql, Sql]:
    """What tells a line apart, as text: its value, the key of its record, through records that stand for another, else
    its number; and whether that is in doubt."""
    of: Sym = value
    while isinstance(of, Rec) and of.type.key is not None:
        of = of.get(of.type.key)
    counted, uncounted = (NULL, TRUE) if number is NULL else (strict("text", number), FALSE)
    if isinstance(of.type, RecordType) and of.type.key is None:
        return counted, uncounted
    if not isinstance(of, Scalar):
        return NULL, TRUE
    if of.sure:
        return text_of(of), FALSE
    return case((is_null(of.value), counted), otherwise=text_of(of)), and_(is_null(of.value), uncounted)


def text_of(of: Scalar) -> Sql:
    """A value as text: days, months, times and durations as ISO has them, numbers in digits."""
    match of.type:
        case DateType():
            return strict("date text", of.value)
        case MonthType():
            return strict("month text", of.value)
        case YearsMonths():
            return strict("months text", of.value)
        case DaysTime():
            return strict("duration text", of.value)
        case TimeType():
            return strict("time text", of.value)
        case DateTimeType():
            return strict("date-time text", of.value)
        case Number(places=places):
            return op("number text", of.value, places)
        case _:
            return strict("text", of.value)

