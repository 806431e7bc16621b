"""Measures: who claims, which lines there are, what each requires and pays, and what may be granted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from interpreter.language import core as c
from interpreter.language.expression import Expression
from interpreter.language.read import read_amount, read_expression
from interpreter.language.scope import LocalName
from interpreter.language.types import (
    BROKEN,
    DATE,
    Broken,
    Choice,
    DateType,
    List,
    MonthType,
    RangeOf,
    RecordType,
    TextType,
    Type,
    say_type,
)
from interpreter.problems import Fragment, Label, Text
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.files import Document
from interpreter.rulebook.model import Claimant, Definition, KeyPart, Loop, Measure, Requirement, Variable
from interpreter.rulebook.names import allowed
from interpreter.rulebook.reading import Mapping
from interpreter.rulebook.requirements import REFUSE, names_in, read_requirements


@dataclass(frozen=True, slots=True)
class Around:
    """What a policy gives its measures: who may claim, what every benefit asks, and the definitions."""

    claimants: dict[str, Claimant]
    common: tuple[Requirement, ...]
    definitions: dict[str, Definition]


def read_measure(root: Mapping, document: Document, around: Around, draft: Draft) -> Measure | None:
    """One measure, with the requirements that do not name its loop apart from those of each line."""
    named, claimant = nodes.fragment(root, "measure"), nodes.fragment(root, "claimant")
    if named is None or claimant is None:
        return None
    name = named.text.strip()
    if name != document.path.stem:
        draft.problem("name.file", named.span(), name=name, file=document.path.name)
    if claimant.text.strip() not in around.claimants:
        found = claimant.text.strip()
        draft.problem("measure.claimant", claimant.span(), found=found, guess=closest(found, around.claimants))
    kind = nodes.text(root, "kind") == "entitlement"
    loops, locals = _loops(root, draft)
    own = read_requirements(nodes.mapping(root, "requires"), locals, around.definitions, draft, REFUSE)
    _apart(around.common, own, draft)
    lines = {loop.variable.name for loop in loops}
    common = tuple(replace(requirement, common=True) for requirement in around.common)
    head = tuple(r for r in own if not lines & names_in((r,)))
    governed = nodes.fragment(root, "governed_by")
    as_of = nodes.fragment(root, "as_of")
    title, clause = nodes.text(root, "title") or name, draft.cite(nodes.fragment(root, "clause")) or ""
    return Measure(
        name, title, clause, "entitlement" if kind else "benefit", claimant.text.strip(), named.span(), loops,
        common + head, tuple(r for r in own if lines & names_in((r,))), _pays(root, kind, locals, draft),
        read_keys(nodes.fragments(root, "once_per"), locals, draft),
        None if as_of is None else read_expression(as_of, draft.scope(*locals), draft.problems, DATE),
        None if governed is None else draft.scheme(governed), _during(root, kind, locals, draft),
    )


def _loops(root: Mapping, draft: Draft) -> tuple[tuple[Loop, ...], tuple[LocalName, ...]]:
    loops: list[Loop] = []
    locals: list[LocalName] = []
    for name, entry in nodes.entries(nodes.mapping(root, "for_each")):
        written = nodes.fragment(nodes.mapping(root, "for_each"), name)
        if written is None or not allowed(name, entry.key.span, "variable", draft):
            continue
        over = read_expression(written, draft.scope(*locals), draft.problems)
        item: Type = BROKEN
        if over is not None and isinstance(over.type, List):
            item = over.type.item
        elif over is not None and not isinstance(over.type, Broken):
            draft.problem("measure.loop", over.where, found=say_type(over.type))
        slot = draft.slots.take()
        locals.append(LocalName(name, item, slot))
        if over is not None:
            loops.append(Loop(Variable(name, item, slot), over))
    return tuple(loops), tuple(locals)


def _apart(common: tuple[Requirement, ...], own: tuple[Requirement, ...], draft: Draft) -> None:
    places = {requirement.name: requirement.where for requirement in common}
    for requirement in own:
        first = places.get(requirement.name)
        if first is not None:
            label = Label(first, Text("共同条件", "common requirement"))
            draft.problem("requirement.common-name", requirement.where, labels=(label,), name=requirement.name)


def _pays(root: Mapping, entitlement: bool, locals: tuple[LocalName, ...], draft: Draft) -> Expression | None:
    written = nodes.fragment(root, "pays")
    if written is None:
        if not entitlement:
            draft.problem("measure.no-pays", nodes.place(root, "measure"))
        return None
    if entitlement:
        draft.problem("measure.entitlement-pays", nodes.place(root, "pays"))
        return None
    pays = read_amount(written, draft.scope(*locals), draft.problems, draft.money_type)
    if pays is None or isinstance(pays.core, c.Read):
        return pays
    # nobody is granted less than nothing: a formula that comes out below zero is a fault of the rules
    at_least_nothing = c.Apply("less_equal", (c.Literal(0, pays.type), pays.core))
    guarded = c.Choose("first", ((at_least_nothing, pays.core),), None, draft.fault("pays < 0", pays.where))
    return replace(pays, core=guarded)


def _during(root: Mapping, entitlement: bool, locals: tuple[LocalName, ...], draft: Draft) -> Expression | None:
    """From when to when an entitlement is granted."""
    written = nodes.fragment(root, "during")
    if written is None:
        return None
    span = read_expression(written, draft.scope(*locals), draft.problems)
    if span is not None and not (isinstance(span.type, RangeOf) and isinstance(span.type.of, DateType | MonthType)):
        draft.problem("measure.during", span.where, found=say_type(span.type))
    if not entitlement:
        draft.problem("measure.benefit-during", nodes.place(root, "during"))
    return span


def read_keys(written: list[Fragment], locals: tuple[LocalName, ...], draft: Draft) -> tuple[KeyPart, ...]:
    """The parts of a key, each named by the last word of its expression."""
    found: dict[str, KeyPart] = {}
    for fragment in written:
        name = fragment.text.strip().rpartition(".")[2]
        part = read_key(name, fragment, locals, draft)
        if part is not None:
            if name in found:
                draft.problem("key.twice", fragment.span(), name=name)
            found[name] = part
    return tuple(found.values())


def read_key(name: str, written: Fragment, locals: tuple[LocalName, ...], draft: Draft) -> KeyPart | None:
    """One part of a key: a value that can be told from others."""
    if not name.isidentifier():
        draft.problem("key.name", written.span())
        return None
    value = read_expression(written, draft.scope(*locals), draft.problems)
    if value is None:
        return None
    if isinstance(value.type, List):
        draft.problem("key.list", value.where)
    if isinstance(value.type, RecordType) and value.type.root.key is None:
        draft.problem("key.record", value.where, type=value.type.label)
    return KeyPart(name, value)


def read_claimants(root: Mapping, key: Literal["claimants", "bearers"], draft: Draft) -> dict[str, Claimant]:
    """Who may claim, or bears duties, and the authority each belongs to."""
    found = {}
    for name, entry in nodes.entries(nodes.mapping(root, key)):
        fact, called, authority = (nodes.fragment(entry.value, key) for key in ("is", "name", "authority"))
        if fact is None or called is None or authority is None:
            continue
        if not _record_fact(fact, draft):
            continue
        who = read_expression(called, draft.scope(), draft.problems, TextType())
        office = read_expression(authority, draft.scope(), draft.problems)
        if who is not None and office is not None:
            _check_authority(office, draft)
            found[name] = Claimant(name, fact.text.strip(), who, office)
    return found


def _record_fact(fact: Fragment, draft: Draft) -> bool:
    known = draft.facts()
    name = fact.text.strip()
    if name not in known:
        draft.problem("claimant.fact", fact.span(), found=name, guess=closest(name, known))
    return name in known


def _check_authority(office: Expression, draft: Draft) -> None:
    of = office.type
    if not isinstance(of, Broken | Choice | TextType) and not (isinstance(of, RecordType) and of.root.key):
        draft.problem("claimant.authority", office.where, found=say_type(of))


def authority_type(claimants: Iterable[Claimant], draft: Draft) -> Type:
    """What an authority is; one kind of thing for all claimants and bearers."""
    first: Expression | None = None
    for claimant in claimants:
        office = claimant.authority
        if first is not None and office.type != first.type:
            wanted = say_type(first.type)
            draft.problem("claimant.authorities", office.where, found=say_type(office.type), want=wanted)
        first = first or office
    return BROKEN if first is None else first.type

