"""Lines: the requirements of a measure, the outcome they lead to, the amount, and why it is not decided
(SEMANTICS 1.9), as `interpreter.decision.assess` has them for one case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from interpreter.batch.sql.constant import as_number, places_of
from interpreter.batch.sql.kleene import all_of, any_of_truths
from interpreter.batch.sql.mask import EMPTY, Mask, any_fact, pick, union, when
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    ZERO,
    Sql,
    and_,
    case,
    is_false,
    is_null,
    is_true,
    literal,
    not_,
    op,
    or_,
)
from interpreter.batch.sql.numeric import rescaled
from interpreter.batch.sql.symbol import Quotient, Rec, Scalar, Seq, Span, Sym, causes_of, scalar, truth
from interpreter.decision.assess import KINDS
from interpreter.decision.condition import condition_of
from interpreter.decision.judge import REFUSE
from interpreter.language.types import Number, RecordType
from interpreter.rulebook.model import Measure, Otherwise, Requirement

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler, Place


@dataclass(frozen=True, slots=True)
class Judged:
    """A requirement's state, and what it counts in the outcome by kind."""

    state: Scalar
    leaves: tuple[tuple[str, Scalar], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its rules leave it: its outcome, its states in order, what is granted where it is (None for an
    entitlement), and the causes in its way; `doubt` where only the interpreter can tell. `worth` is its amount whatever
    its outcome, `referral` the causes in the way of knowing whether it is referred, or there at all."""

    outcome: Sql
    states: tuple[Scalar, ...]
    amount: Sql | None
    causes: Mask
    doubt: Sql
    worth: Sql
    referral: Mask


def judge(requirement: Requirement, at: Place, compiler: Compiler, above: Otherwise = REFUSE) -> Judged:
    """Works one requirement out, with the parts of its group where not being met means several things."""
    whole = condition_of(requirement, above, compiler.rulebook)
    if whole is not None:
        state = compiler.truth(whole.core, at)
        return Judged(state, ((whole.otherwise.kind, state),))
    otherwise = requirement.otherwise or above
    parts, mode = requirement.parts, requirement.mode
    if requirement.call is not None:
        called, args = requirement.call
        definition = compiler.rulebook.definitions[called]
        locals = {v.slot: compiler.symbol(arg, at) for v, arg in zip(definition.takes, args, strict=True)}
        at = replace(at, locals=at.locals | locals)
        parts, mode = definition.requirements, definition.mode
    judged = [judge(part, at, compiler, otherwise) for part in parts]
    states = [one.state for one in judged]
    state = any_of_truths(states) if mode == "any" else all_of(states)
    leaves = tuple(leaf for one in judged for leaf in one.leaves)
    if mode == "any":
        leaves = ((leaves[0][0] if leaves else otherwise.kind, state),)
    return Judged(state, leaves)


def groups(judged: Sequence[Judged]) -> dict[str, Scalar]:
    """The states of the requirements together, by what not being met means."""
    leaves = [leaf for one in judged for leaf in one.leaves]
    return {kind: all_of([state for its, state in leaves if its == kind]) for kind in KINDS}


def required(values: Sequence[Sym]) -> Scalar:
    """Not known where a record of the line lacks a field it must have."""
    found = list(_required(values))
    lacking = [one for one in found if one.mask]
    unknown = or_(*(is_null(one.value) for one in lacking))
    return truth(case((unknown, NULL), otherwise=TRUE), causes_of(*lacking), sure=unknown is FALSE)


def _required(values: Sequence[Sym]) -> Iterator[Scalar]:
    for value in values:
        if not isinstance(value, Rec):
            continue
        for name, declared in value.type.fields.items():
            if declared.provided:
                continue
            inner = isinstance(declared.type, RecordType) and declared.type.table is None
            if not declared.required and not inner:
                continue
            found = value.get(name)
            if declared.required and isinstance(found, Scalar):
                yield found
            elif declared.required and isinstance(found, Seq):
                yield from (one.inside for one in found.segments if one.many)
            elif inner:
                yield from _required([found])


def line(
    measure: Measure, head: Sequence[Judged], own: Sequence[Judged], there: Scalar, at: Place, compiler: Compiler, *,
    alone: bool = False,
) -> Line:
    """A line; `alone` where nothing but the refusals and referrals of the measure's head matters."""
    above, below = groups(head), groups(own)
    amount = None if alone or measure.pays is None else compiler.symbol(measure.pays.core, at)
    during = None if alone or measure.during is None else compiler.symbol(measure.during.core, at)
    stages = [
        (above["refer"], "referred"), (above["refuse"], "refused"), (there, "refused"),
        (below["refer"], "referred"), (below["refuse"], "refused"),
    ]
    stages = [(state, outcome) for state, outcome in stages if state.value is not TRUE]
    review = truth(TRUE) if alone else all_of([above["review"], below["review"]])
    given = amount if during is None else during
    states = tuple(one.state for one in (*head, *own))
    outcome, causes = _outcome(stages, review, _known(given))
    paid, worth = None, NULL
    if measure.kind == "benefit":
        paid = ZERO
        if isinstance(amount, Scalar):
            money = compiler.rulebook.money.places
            of = as_number(amount.type, places=money) if isinstance(amount.type, Number) else Number(money)
            worth = rescaled(amount, of).value
            paid = case((op("=", outcome, literal("granted")), worth), otherwise=ZERO)
            assert places_of(amount.type) <= money
    doubt = or_(doubt_of((*head, *own), compiler), has_doubt(causes, compiler))
    referral = _referral([above["refer"], above["refuse"], there, below["refer"]])
    return Line(outcome, states, paid, causes, doubt, worth, referral)


def _referral(states: Sequence[Scalar]) -> Mask:
    """The causes up to the last referral that is still open, or whether the line is there at all."""
    above, _, there, below = states
    return pick([
        (not_(is_true(below.value)), union(*(state.causes for state in states))),
        (not_(is_true(there.value)), union(*(state.causes for state in states[:3]))),
    ], otherwise=above.causes)


def _null(of: Scalar | Quotient) -> Sql:
    return is_null(of.over if isinstance(of, Quotient) else of.value)


def doubt_of(judged: Sequence[Judged], compiler: Compiler) -> Sql:
    """Whether only the interpreter can tell the state of any requirement, or of a part that counts in the outcome."""
    states = [state for one in judged for state in (one.state, *(leaf for _, leaf in one.leaves))]
    return or_(*(has_doubt(state.causes, compiler) for state in states))


def has_doubt(causes: Mask, compiler: Compiler) -> Sql:
    """Whether causes have the bit that leaves something to the interpreter."""
    word, bit = compiler.causes.doubt[0]
    mask = dict(causes).get(word, ZERO)
    return op("has bit", mask, bit) if mask.op != "literal" else literal(bool(mask.args[0] & 1))


def _known(given: Sym | None) -> Scalar:
    """What must be known of an amount or a span, as a truth that is not known where it is not."""
    match given:
        case None:
            return truth(TRUE)
        case Span():
            ends = [end for end in (given.low, given.high) if end is not None]
            unknown = or_(*(_null(end) for end in ends if not end.sure))
            return truth(case((unknown, NULL), otherwise=TRUE), causes_of(*ends), sure=unknown is FALSE)
        case Quotient():
            return truth(case((is_null(given.over), NULL), otherwise=TRUE), given.mask, sure=given.sure)
        case _:
            found = scalar(given)
            unknown = FALSE if found.sure else is_null(found.value)
            return truth(case((unknown, NULL), otherwise=TRUE), found.mask, sure=unknown is FALSE)


def _outcome(
    stages: Sequence[tuple[Scalar, str]], review: Scalar, amount: Scalar
) -> tuple[Sql, Mask]:
    """The outcome chain: the outcome, and the causes in its way."""
    rows: list[tuple[Sql, Sql]] = []
    for state, outcome in stages:
        rows.append((is_false(state.value), literal(outcome)))
        rows.append((_wants(state), literal("incomplete")))
    rows.append((or_(_wants(review), _wants(amount)), literal("incomplete")))
    sure = and_(*(is_true(state.value) for state, _ in stages), is_true(review.value), is_true(amount.value))
    rows.append((sure, literal("granted")))
    outcome_ = case(*rows, otherwise=literal("review"))
    causes = union(review.causes, amount.causes)
    for state, _ in reversed(stages):
        causes = pick([(is_false(state.value), EMPTY)], otherwise=union(state.causes, causes))
    undecided = or_(op("=", outcome_, literal("incomplete")), op("=", outcome_, literal("review")))
    return outcome_, when(undecided, causes)


def _wants(of: Scalar) -> Sql:
    """Whether something is unknown for want of a fact."""
    if of.sure:
        return FALSE
    constant = [value for word, value in of.mask if word % 2 == 0 and value.op == "literal" and value.args[0]]
    if constant:
        return is_null(of.value)
    wanting = any_fact(of.mask)
    return and_(is_null(of.value), wanting)


def states_text(states: Sequence[Scalar]) -> Sql:
    """One character a requirement: `+` met, `-` not met, `?` unknown."""
    return op("written together", *(
        case((state.value, literal("+")), (is_null(state.value), literal("?")), otherwise=literal("-"))
        for state in states
    ))

