"""Duties: who bears them, in which periods, what they require and by when."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from interpreter.language.assign import same_kind
from interpreter.language.expression import Expression
from interpreter.language.read import read_expression
from interpreter.language.types import DATE, List, RecordType, Type, say_type
from interpreter.problems import Fragment
from interpreter.problems.suggest import closest
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.files import Document
from interpreter.rulebook.measures import read_keys
from interpreter.rulebook.model import Claimant, Definition, Duty, Requirement
from interpreter.rulebook.reading import Mapping
from interpreter.rulebook.requirements import REFUSE, meanings, read_requirements


def read_duties(
    documents: Iterable[tuple[Document, Mapping]], bearers: dict[str, Claimant], definitions: dict[str, Definition],
    measures: Container[str], draft: Draft,
) -> dict[str, Duty]:
    """The duties of a policy by name; those that cannot be read are left out, with a problem."""
    found = {}
    for document, root in documents:
        duty = _duty(root, document, bearers, definitions, draft)
        if duty is not None:
            found[duty.name] = duty
            if duty.name in measures:
                draft.problem("duty.measure", duty.where, name=duty.name)
    return found


def _duty(
    root: Mapping, document: Document, bearers: dict[str, Claimant], definitions: dict[str, Definition], draft: Draft
) -> Duty | None:
    named, bearer = nodes.fragment(root, "duty"), nodes.fragment(root, "bearer")
    if named is None or bearer is None:
        return None
    name = named.text.strip()
    if name != document.path.stem:
        draft.problem("name.file", named.span(), name=name, file=document.path.name)
    who = bearers.get(bearer.text.strip())
    if who is None:
        found = bearer.text.strip()
        draft.problem("duty.bearer", bearer.span(), found=found, guess=closest(found, bearers))
    clause = draft.cite(nodes.fragment(root, "clause")) or ""
    requires = read_requirements(nodes.mapping(root, "requires"), (), definitions, draft)
    _check_meanings(requires, definitions, draft)
    per = read_keys(nodes.fragments(root, "per"), (), draft)
    due, as_of = _date(nodes.fragment(root, "due"), draft), _date(nodes.fragment(root, "as_of"), draft)
    among = None if who is None else _among(nodes.fragment(root, "among"), who, draft)
    if who is None or due is None:
        return None
    title = nodes.text(root, "title") or name
    return Duty(name, title, clause, who.name, named.span(), requires, due, per, as_of, among)


def _date(written: Fragment | None, draft: Draft) -> Expression | None:
    return None if written is None else read_expression(written, draft.scope(), draft.problems, DATE)


def _check_meanings(requires: tuple[Requirement, ...], definitions: dict[str, Definition], draft: Draft) -> None:
    for requirement in requires:
        if any(meaning.kind == "refer" for meaning in meanings(requirement, REFUSE, definitions)):
            draft.problem("duty.refer", requirement.where)


def _among(written: Fragment | None, bearer: Claimant, draft: Draft) -> Expression | None:
    """The list of all who bear the duty: of records like the bearer's, or of what these stand for."""
    if written is None:
        return None
    among = read_expression(written, draft.scope(), draft.problems)
    if among is None:
        return None
    own = draft.facts()[bearer.fact].type
    item = among.type.item if isinstance(among.type, List) else None
    if item is None or not any(same_kind(item, type) for type in _stood_for(own)):
        draft.problem("duty.among", among.where, want=say_type(own), found=say_type(among.type))
    return among


def _stood_for(of: Type) -> Iterator[Type]:
    """A type, and those whose values its records stand for: that of its key, and so on."""
    yield of
    while isinstance(of, RecordType) and of.key is not None:
        of = of.fields[of.key].type
        yield of
