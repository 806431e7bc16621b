"""Which letters there are, which a decision asks for, and which the rules can lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from interpreter.decision.model import Decision, Finding, Line, MeasureDecision, Outcome
from interpreter.decision.report.words import OUTCOME
from interpreter.problems import Text
from interpreter.rulebook.model import Measure, Otherwise, Requirement, Rulebook
from interpreter.rulebook.requirements import REFUSE, meanings

LetterKind = Literal["acceptance", "granted", "partly_granted", "refused", "not_accepted", "incomplete", "review"]
KINDS: tuple[LetterKind, ...] = get_args(LetterKind)

TITLES: dict[LetterKind, Text] = {
    "acceptance": Text("受理", "accepted for decision"),
    "granted": Text("准予", "granted"),
    "partly_granted": Text("部分准予", "partly granted"),
    "refused": Text("不予", "refused"),
    "not_accepted": Text("不予受理", "not accepted"),
    "incomplete": Text("补正", "supplement"),
    "review": Text("人工认定", "for a person to decide"),
}
"""What a list of letters calls each kind."""

ON_REQUEST: tuple[LetterKind, ...] = ("acceptance", "review")
"""What is only written where it is asked for by name."""

NOTHING_TO_DECIDE = Text("没有可以办理的事项", "there is nothing to decide")
NOT_CLAIMED = Text("没有申请这一事项", "it was not claimed")
ONLY_A_TRIAL = Text("案件没有列出申请事项，只是试算", "the case lists no claims, so this is only a trial")
OFFICE_FIRST = Text("须先由本机关认定，尚不能作出决定", "the office must settle a point before it can decide")


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """One letter to be written: about one measure of a case, of one kind."""

    case: str
    kind: LetterKind
    measure: MeasureDecision


@dataclass(frozen=True, slots=True)
class NoLetter:
    """A measure about which nothing is written, and why."""

    case: str
    measure: MeasureDecision
    why: Text


def letters_for(
    decision: Decision, rulebook: Rulebook, kinds: Collection[LetterKind] | None = None,
) -> list[LetterPlan]:
    """The letters a decision asks for, in the order of its measures: those of the given kinds, or all that go to the
    claimant and decide something or ask for something (so no acceptance, which a decided case needs no more, and no
    review, which tells the office's own desk what a person must look at).

    A case with claims gets letters about the claimed measures; one without only about what is granted or incomplete.
    Each outcome among a measure's lines has a letter of its own, so that one person's missing paper never holds back
    the others; but lines granted and refused share one, and refused lines beside undecided ones are answered when
    these are decided too. What another scheme governs, and what is refused for nothing but a common requirement (the
    application came too late), is not accepted.
    """
    return [
        LetterPlan(decision.case, kind, measure)
        for measure in decision.measures
        for kind in _kinds(decision, measure, rulebook.measures.get(measure.measure))
        if (kind not in ON_REQUEST if kinds is None else kind in kinds)
    ]


def kinds_named(word: str) -> tuple[LetterKind, ...]:
    """The kinds of letters a word stands for: an outcome, by id or as people read it, or a kind. Nothing for any other.

    What is partly granted is found under granted, what another scheme governs under referred.
    """
    of: dict[Outcome, tuple[LetterKind, ...]] = {
        "granted": ("granted", "partly_granted"), "refused": ("refused",), "incomplete": ("incomplete",),
        "referred": ("not_accepted",), "review": ("review",),
    }
    for outcome, kinds in of.items():
        if word in (outcome, OUTCOME[outcome].zh, OUTCOME[outcome].en):
            return kinds
    return tuple(kind for kind in KINDS if word in (kind, TITLES[kind].zh, TITLES[kind].en))


def without_letter(decision: Decision) -> list[NoLetter]:
    """The measures that get no letter (but perhaps one on request), each with the reason."""
    return [
        NoLetter(decision.case, measure, _why_not(decision, measure))
        for measure in decision.measures
        if not set(_kinds(decision, measure, None)) - set(ON_REQUEST)
    ]


def lines_of(measure: MeasureDecision, kind: LetterKind) -> tuple[Line, ...]:
    """The lines a letter is about: of what is not accepted only those, in every other letter all."""
    if kind != "not_accepted":
        return measure.lines
    return tuple(line for line in measure.lines if line.outcome == "referred") or measure.lines


def referrals(findings: Iterable[Finding]) -> Iterator[str]:
    """The schemes that requirements which are not met, and so decided, lead to."""
    for finding in findings:
        if finding.parts and finding.mode != "any":
            yield from referrals(finding.parts)
        elif finding.decided and finding.state == "not met" and finding.refer_to is not None:
            yield finding.refer_to


def reachable_kinds(rulebook: Rulebook) -> tuple[LetterKind, ...]:
    """The kinds of letters that decisions under these rules can ask for. Any fact may be missing; that a requirement
    is never unmet is not looked into."""
    measures = rulebook.measures.values()
    limited = bool(rulebook.limits) or any(measure.once_per for measure in measures)
    own = {one for measure in measures for one in _meanings(_requirements(measure, common=False), rulebook)}
    common = {one for measure in measures for one in _meanings(_requirements(measure, common=True), rulebook)}
    refuses = limited or REFUSE in own
    reached: dict[LetterKind, bool] = {
        "granted": bool(measures),
        "partly_granted": refuses and any(measure.loops for measure in measures),
        "refused": refuses,
        "not_accepted": REFUSE in common or any(one.kind == "refer" for one in own | common),
        "incomplete": bool(measures),
    }
    return tuple(kind for kind in KINDS if reached.get(kind))


def _requirements(measure: Measure, *, common: bool) -> Iterator[Requirement]:
    return (requirement for requirement in (*measure.head, *measure.requires) if requirement.common is common)


def _meanings(requirements: Iterable[Requirement], rulebook: Rulebook) -> set[Otherwise]:
    return {one for requirement in requirements for one in meanings(requirement, REFUSE, rulebook.definitions)}


def _kinds(decision: Decision, measure: MeasureDecision, written: Measure | None) -> list[LetterKind]:
    if decision.claims is not None and not measure.claimed:
        return []
    outcomes: set[Outcome] = {line.outcome for line in measure.lines} or {measure.outcome}
    late = _only_common(measure, written)
    kinds: list[LetterKind] = []
    if not measure.missing and not late and outcomes & {"granted", "review", "refused"}:
        kinds.append("acceptance")
    if "granted" in outcomes:
        kinds.append("partly_granted" if "refused" in outcomes else "granted")
    if "incomplete" in outcomes:
        kinds.append("incomplete")
    if "review" in outcomes:
        kinds.append("review")
    if decision.claims is None:
        return kinds
    if "refused" in outcomes and not outcomes & {"granted", "incomplete", "review"}:
        kinds.append("not_accepted" if late else "refused")
    if "referred" in outcomes:
        kinds.append("not_accepted")
    return kinds


def _only_common(measure: MeasureDecision, written: Measure | None) -> bool:
    """Whether every line is refused, and for nothing but requirements that every measure has."""
    common = {requirement.name for requirement in written.head if requirement.common} if written is not None else set()
    reasons = {
        finding.requirement.partition(".")[0]
        for line in measure.lines for finding in line.findings if finding.decided and finding.state == "not met"
    }
    return measure.outcome == "refused" and bool(reasons) and reasons <= common


def _why_not(decision: Decision, measure: MeasureDecision) -> Text:
    if measure.outcome == "not_applicable":
        return NOTHING_TO_DECIDE
    if decision.claims is not None and not measure.claimed:
        return NOT_CLAIMED
    return OFFICE_FIRST if measure.outcome == "review" else ONLY_A_TRIAL
