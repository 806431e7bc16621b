"""policy.yaml: what everything else rests on (dates, money, clauses, schemes), and the policy's own expressions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from interpreter.language.assign import ordered
from interpreter.language.core import Authority
from interpreter.language.expression import Expression
from interpreter.language.read import read_expression
from interpreter.language.scope import LocalName
from interpreter.language.types import DATE, Number, Type, say_type
from interpreter.problems import Language
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Clause, Money, Say, Scheme, Variable
from interpreter.rulebook.reading import Mapping, Node
from interpreter.rulebook.stationery import read_passage
from interpreter.rulebook.written import read_day, read_word

CLAIMANT_AUTHORITY = "claimant.authority"


@dataclass(frozen=True, slots=True)
class Head:
    """The plain words of policy.yaml."""

    policy: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued: date
    until: date | None
    letters: dict[str, str]
    language: Language


def read_head(root: Mapping, folder: str, draft: Draft) -> Head:
    """Reads what needs no expression, and tells the draft what others need of it."""
    named = nodes.fragment(root, "policy")
    if named is not None and named.text.strip() != folder:
        draft.problem("policy.folder", named.span(), name=named.text.strip(), folder=folder)
    force = nodes.mapping(root, "in_force")
    since = read_day(nodes.fragment(force, "from"), draft)
    until = read_day(nodes.fragment(force, "to"), draft)
    if since is not None and until is not None and until < since:
        draft.problem("dates.order", nodes.place(root, "in_force"), since=since, until=until)
    draft.since = since or date.min
    draft.leap_day = nodes.text(root, "leap_day") or draft.leap_day
    money = nodes.mapping(root, "money")
    places = nodes.fragment(money, "places")
    read = None if places is None else read_word(places, Number(0, low=Decimal(0), high=Decimal(6)), draft)
    draft.money = Money(nodes.text(money, "currency") or draft.money.currency, read if isinstance(read, int) else 2)
    for number, entry in nodes.entries(nodes.mapping(root, "clauses")):
        title, reason = nodes.text(entry.value, "title") or number, nodes.text(entry.value, "no_rule")
        draft.clauses[number] = Clause(number, title, reason)
    for name, entry in nodes.entries(nodes.mapping(root, "other_schemes")):
        clause = draft.cite(nodes.fragment(entry.value, "clause"))
        title, office = nodes.text(entry.value, "title") or name, nodes.text(entry.value, "office")
        draft.schemes[name] = Scheme(name, title, office, clause)
    letters = nodes.mapping(root, "letters")
    return Head(
        nodes.text(root, "policy") or folder, nodes.text(root, "title") or "", nodes.text(root, "number") or "",
        tuple(issuer.text.strip() for issuer in nodes.fragments(root, "issuers")),
        read_day(nodes.fragment(root, "issued"), draft) or date.min, until,
        {name: nodes.text(letters, name) or "" for name, _ in nodes.entries(letters)},
        "en" if nodes.text(root, "language") == "en" else "zh",
    )


def read_remedies(root: Mapping, known: dict[str, Variable], draft: Draft) -> dict[str, Say]:
    """What letters say of appeals, by the day from which they do, or by a name where they always do."""
    written = nodes.mapping(root, "remedies")
    found = {}
    for name, _ in nodes.entries(written):
        text = nodes.fragment(written, name)
        say = None if text is None else read_passage(text, known, draft)
        if say is not None:
            found[name] = say
    return found


def read_as_of(root: Mapping, draft: Draft) -> Expression | None:
    """The day whose values hold: a date among the facts."""
    written = nodes.fragment(root, "as_of")
    return None if written is None else read_expression(written, draft.scope(), draft.problems, DATE)


def read_order(node: Node, draft: Draft, *locals: LocalName) -> tuple[Expression, ...]:
    """What cases, or the lines of one limit, are put in order by before limits are applied."""
    scope = draft.scope(*locals)
    read = (read_expression(written, scope, draft.problems) for written in nodes.fragments(node, "order"))
    found = tuple(expression for expression in read if expression is not None)
    for expression in found:
        if not ordered(expression.type):
            draft.problem("order.type", expression.where, found=say_type(expression.type))
    return found


def read_payer(root: Mapping, authority: Type, draft: Draft) -> dict[str, Expression]:
    """Who pays: expressions, of which `claimant.authority` is the claimant's authority."""
    payer = {}
    for name, _ in nodes.entries(nodes.mapping(root, "payer")):
        written = nodes.fragment(nodes.mapping(root, "payer"), name)
        if written is None:
            continue
        if written.text.strip() == CLAIMANT_AUTHORITY:
            payer[name] = Expression(written.text.strip(), written.span(), authority, Authority())
            continue
        expression = read_expression(written, draft.scope(), draft.problems)
        if expression is not None:
            payer[name] = expression
    return payer
