"""What a delegation that refers means: every measure it bears on requires that the authority has settled it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from interpreter.language.core import Apply, Authority, Core, Literal, Or, slots_in
from interpreter.language.expression import Expression
from interpreter.language.types import BOOLEAN, Type
from interpreter.language.unknown import Value
from interpreter.problems import Span
from interpreter.rulebook.called import Called
from interpreter.rulebook.dates import all_of, holds
from interpreter.rulebook.model import Delegation, Measure, Otherwise, Parameter, Requirement, Say
from interpreter.rulebook.overlays import Set
from interpreter.rulebook.settled import Settled


def read_referrals(
    sets: Iterable[Set], type: Type, parameters: Mapping[str, Parameter], tables: Mapping[str, Called]
) -> dict[str, Requirement]:
    """What must be so for no case to be referred, by the parameter or table that is delegated. `type` is what an
    authority is."""
    found: dict[str, Requirement] = {}
    for name, parameter in parameters.items():
        set_by = [all_of((_mine(one, type), *holds(v))) for one in sets for v in one.values.get(name, ())]
        asked = _requirement(
            name, parameter.label, parameter.clause, parameter.where, parameter.delegated, set_by
        )
        found |= {} if asked is None else {name: asked}
    for name, called in tables.items():
        table = called.table
        set_by = [_mine(one, type) for one in sets if name in one.rows]
        asked = _requirement(name, table.label, table.clause, table.where, called.delegation, set_by)
        found |= {} if asked is None else {name: asked}
    return found


def _mine(one: Set, type: Type) -> Core:
    authority: Value = one.authority
    return Apply("equal", (Authority(), Literal(authority, type)))


def _requirement(
    name: str, label: str, clause: str | None, where: Span, delegated: Delegation | None, set_by: list[Core]
) -> Requirement | None:
    if delegated is None or delegated.refers_to is None:
        return None
    core: Core = Or(tuple(set_by)) if len(set_by) > 1 else set_by[0] if set_by else Literal(False, BOOLEAN)
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in label)
    say = f"受理地已确定{label}" if chinese else f"{label} is settled by the authority"
    return Requirement(
        f"{name}_set", "when", where, Expression(name, where, BOOLEAN, core), (), Say((say,)), clause,
        Otherwise("refer", delegated.refers_to),
    )


def with_referrals(measure: Measure, referrals: Mapping[str, Requirement], settled: Settled) -> Measure:
    """The measure with the requirements of all that it reads of what is delegated. `settled` has the definitions, too.
    They are the same for every line, unless each has a day of its own."""
    read = settled.named(_cores(measure)) if referrals else set()
    own = tuple(requirement for name, requirement in referrals.items() if name in read)
    if measure.as_of is not None and any(True for _ in slots_in(measure.as_of.core)):
        return replace(measure, requires=measure.requires + own)
    return replace(measure, head=measure.head + own)


def _cores(measure: Measure) -> Iterator[Core]:
    for requirement in (*measure.head, *measure.requires):
        yield from _conditions(requirement)
    for expression in (measure.pays, measure.during):
        if expression is not None:
            yield expression.core


def _conditions(requirement: Requirement) -> Iterator[Core]:
    if requirement.when is not None:
        yield requirement.when.core
    for part in requirement.parts:
        yield from _conditions(part)
