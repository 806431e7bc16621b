"""What a letter may say: everything a template can name, as plain texts, lists and mappings, and the form of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from interpreter.decision.model import (
    Adjustment,
    Decision,
    Finding,
    Line,
    MeasureDecision,
    Missing,
    Named,
    Outcome,
    State,
)
from interpreter.decision.report.capitals import capitals
from interpreter.decision.report.words import LACKS, OUTCOME, STATE
from interpreter.decision.report.written import threshold
from interpreter.language.unknown import Unknown
from interpreter.letters.given import given
from interpreter.letters.nearest import nearest
from interpreter.letters.office import OfficeWords
from interpreter.letters.plan import KINDS, LetterKind, lines_of, referrals
from interpreter.letters.wording import Wording
from interpreter.problems import Language, Text
from interpreter.rulebook.model import Rulebook

Plain = str | list["Plain"] | dict[str, "Plain"]
Form = Literal["text"] | dict[str, "Form"] | list["Form"]
"""The form of a context: a text, named parts, or a list of things of the one form in it."""

OPEN_WHY: dict[str, Text] = {
    "setting": Text("本机关尚未确定", "the office has not set it"),
    "fault": Text("规则在此处得不出结果", "the rules give no result here"),
}
PAYER = {"authority": Text("支付机关", "paid by"), "fund": Text("列支资金", "fund")}

_PART: dict[str, Form] = {
    "say": "text", "state": "text", "clause": "text", "values": "text", "has": "text", "needs": "text", "short": "text",
}
_FINDING: dict[str, Form] = {**_PART, "parts": [_PART]}
_LINE: dict[str, Form] = {
    "key": "text", "outcome": "text", "amount": "text", "reason": "text", "computation": "text", "failed": [_FINDING],
}
FORM: dict[str, Form] = {
    "about": "text",
    "issuer": "text",
    "signers": ["text"],
    "says": ["text"],
    "contact": ["text"],
    "date": "text",
    "case": "text",
    "outcome": "text",
    "as_of": {"label": "text", "day": "text"},
    "addressee": {"name": "text", "label": "text", "id": "text"},
    "policy": {"title": "text", "number": "text", "issuers": ["text"]},
    "measure": {"title": "text", "clause": "text", "kind": "text"},
    "governed": {"title": "text", "office": "text", "clause": "text"},
    "schemes": [{"title": "text", "office": "text", "clause": "text"}],
    "given": [{"label": "text", "value": "text", "proof": "text"}],
    "amount": {"figures": "text", "capitals": "text"},
    "payer": [{"label": "text", "value": "text"}],
    "facts": [_FINDING],
    "met": [_FINDING],
    "failed": [_FINDING],
    "computation": [{"label": "text", "value": "text"}],
    "lines": [_LINE],
    "reasons": [{"lines": "text", **_FINDING}],
    "changes": [{"line": "text", "label": "text", "short": "text", "needed": "text"}],
    "suffices": "text",
    "open": [{"label": "text", "why": "text"}],
    "pending": "text",
    "missing": [{"label": "text", "asked": "text", "proof": "text"}],
    "adjustments": [{"label": "text", "clause": "text", "before": "text", "after": "text", "earlier": "text"}],
    "remedies": ["text"],
}
"""What templates may name, everywhere the same: what a letter has not is an empty text or list."""
CHOICES: Mapping[str, tuple[str, ...]] = {"outcome": KINDS, "measure.kind": ("benefit", "entitlement")}
"""The texts among them that are one of few words."""


def letter_context(
    decision: Decision, measure: MeasureDecision, kind: LetterKind, wording: Wording, office: OfficeWords, *,
    day: date | None = None,
) -> dict[str, Plain]:
    """Everything a letter about `measure` may say, in the form `FORM`; `office` are the words of who signs it.

    `day` is the date of the letter, by default the day as of which was decided; never that of a clock. Private keys
    show only their end.
    """
    rulebook, language = wording.rulebook, wording.language
    dated = day or decision.as_of
    issuer = _known(decision.authority, wording)
    name, key = (*decision.who[:2], None, None)[:2]
    about = lines_of(measure, kind)
    facts = _common(measure, rulebook)
    lines = [_line(line, facts, kind, measure, wording) for line in about] if _has_loop(measure) else []
    shown = [_finding(finding, measure, wording) for finding in facts]
    changes, others = nearest(about, facts, measure, wording) if kind in ("refused", "partly_granted") else ([], False)
    found = {scheme: None for line in about for scheme in referrals(line.findings)}
    return {
        "issuer": issuer,
        "signers": list(office.signers or (issuer,)),
        "says": list(office.says),
        "contact": list(office.contact),
        "date": wording.day(dated),
        "case": decision.case,
        "outcome": kind,
        "as_of": {"label": decision.as_of_label, "day": wording.day(decision.as_of)},
        "addressee": {
            "name": wording.called(name) if name is not None else "",
            "label": key.label if key is not None else "",
            "id": _known(key, wording),
        },
        "policy": {"title": rulebook.title, "number": rulebook.number, "issuers": list(rulebook.issuers)},
        "measure": {"title": measure.title, "clause": measure.clause, "kind": measure.kind},
        "governed": _scheme(measure.governed_by or "", rulebook),
        "schemes": [_scheme(scheme, rulebook) for scheme in found if scheme in rulebook.other_schemes],
        "given": [
            {"label": each.label, "value": each.value, "proof": each.proof} for each in given(about, wording)
        ] if kind == "acceptance" else [],
        "amount": _amount(decision, measure, kind, wording),
        "payer": [{"label": _label(part, language), "value": _known(part, wording)} for part in measure.payer],
        "facts": list(shown),
        "met": [each for each, finding in zip(shown, facts, strict=True) if finding.state == "met"],
        "failed": [_finding(finding, measure, wording, only="not met") for finding in facts if _failed(finding)],
        "computation": [] if lines else [
            {"label": part.label, "value": wording.value(part)} for line in about for part in line.computation
        ],
        "about": wording.lines(about) if lines else "",
        "lines": list(lines),
        "reasons": _reasons(about if lines else (), lines, wording),
        "changes": [{**each.shown} for each in changes],
        "suffices": "yes" if changes and not others else "",
        "open": [
            {"label": point.label, "why": OPEN_WHY[point.kind].to(language)} for point in measure.open_points
        ],
        "pending": wording.lines(
            line for line in about if line.outcome in ("incomplete", "review", "referred")
        ) if lines else "",
        "missing": [_missing(missing, wording) for missing in measure.missing],
        "adjustments": [_adjustment(each, wording) for line in about for each in line.adjustments],
        "remedies": list(office.remedies),
    }


def _scheme(name: str, rulebook: Rulebook) -> dict[str, Plain]:
    scheme = rulebook.other_schemes.get(name)
    if scheme is None:
        return {"title": "", "office": "", "clause": ""}
    return {"title": scheme.title, "office": scheme.office or "", "clause": scheme.clause or ""}


def _has_loop(measure: MeasureDecision) -> bool:
    return any(line.key for line in measure.lines)


def _known(named: Named | None, wording: Wording) -> str:
    return "" if named is None or isinstance(named.value, Unknown) else wording.value(named)


def _label(part: Named, language: Language) -> str:
    """What a part of the payer is called; one without a label of its own by our words."""
    words = PAYER.get(part.name) if part.label in ("", part.name) else None
    return words.to(language) if words is not None else part.label


def _amount(decision: Decision, measure: MeasureDecision, kind: LetterKind, wording: Wording) -> dict[str, Plain]:
    """What is granted, in figures and, for yuan, in capitals; nothing where no sum is granted."""
    granted = measure.amount if kind in ("granted", "partly_granted") else None
    if granted is None or granted <= 0:
        return {"figures": "", "capitals": ""}
    return {
        "figures": wording.money(granted),
        "capitals": capitals(granted) if decision.currency == "CNY" else "",
    }


def _common(measure: MeasureDecision, rulebook: Rulebook) -> tuple[Finding, ...]:
    """The findings that hold for the whole measure: all of its one line, or those that do not name the loop."""
    if not measure.lines:
        return ()
    findings = measure.lines[0].findings
    if not _has_loop(measure):
        return findings
    written = rulebook.measures.get(measure.measure)
    head = {requirement.name for requirement in written.head} if written is not None else set()
    return tuple(finding for finding in findings if finding.requirement.partition(".")[0] in head)


def _failed(finding: Finding) -> bool:
    """Whether a requirement decided by not being met; what a limit did is told as an adjustment."""
    return finding.state == "not met" and finding.decided and not finding.limit


def _leaves(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield from _leaves(finding.parts) if finding.parts else (finding,)


def _finding(
    finding: Finding, measure: MeasureDecision, wording: Wording, *, only: State | None = None,
) -> dict[str, Plain]:
    """A finding with the single requirements inside it, all or those in one state."""
    parts = [part for part in _leaves(finding.parts) if only in (None, part.state)]
    return {
        **_part(finding, measure, wording),
        "parts": [_part(part, measure, wording) for part in parts],
    }


def _part(finding: Finding, measure: MeasureDecision, wording: Wording) -> dict[str, Plain]:
    """One requirement: the person's values (`has`) apart from those the rules need (`needs`)."""
    settings = wording.rulebook.parameters
    values = [(value.name, wording.named(value)) for value in finding.values]
    about = threshold(finding, wording.requirements.get(measure.measure, {}).get(finding.requirement))
    return {
        "say": wording.said(finding.say),
        "state": STATE[finding.state].to(wording.language),
        "clause": finding.clause or "",
        "values": wording.list(text for _, text in values),
        "has": wording.list(text for name, text in values if name not in settings),
        "needs": wording.list(text for name, text in values if name in settings),
        "short": wording.value(about.short) if about is not None and about.short is not None else "",
    }


def _line(
    line: Line, common: Iterable[Finding], kind: LetterKind, measure: MeasureDecision, wording: Wording,
) -> dict[str, Plain]:
    """One line; what failed for all lines alike is told once for the measure, and not again here."""
    told = {finding.requirement for finding in common}
    reasons = kind == "not_accepted" or line.outcome == "refused"
    failed = [finding for finding in line.findings if _failed(finding)]
    return {
        "key": wording.line(line),
        "outcome": OUTCOME[line.outcome].to(wording.language),
        "amount": wording.money(line.amount) if line.outcome == "granted" and line.amount is not None else "",
        "reason": _reason(line, failed, wording),
        "computation": wording.list(wording.named(part) for part in line.computation),
        "failed": [
            _finding(finding, measure, wording, only="not met")
            for finding in failed if reasons and finding.requirement not in told
        ],
    }


def _reason(line: Line, failed: list[Finding], wording: Wording) -> str:
    """Why a line came out as it did, in short."""
    limits = [adjustment.label for adjustment in line.adjustments]
    match line.outcome:
        case "incomplete":
            return wording.fill(LACKS, wording.join(missing.label for missing in line.missing))
        case "refused":
            return wording.list([*(wording.said(finding.say) for finding in failed), *limits])
        case "referred":
            schemes = wording.rulebook.other_schemes
            return wording.list(schemes[name].title for name in referrals(line.findings) if name in schemes)
    return wording.list(limits)


def _reasons(about: Iterable[Line], lines: Iterable[dict[str, Plain]], wording: Wording) -> list[Plain]:
    """Each thing that failed, once, with the lines of which just that is to be said."""
    found: dict[str, tuple[dict[str, Plain], list[Line]]] = {}
    for line, shown in zip(about, lines, strict=True):
        failed = shown["failed"]
        assert isinstance(failed, list)
        for each in failed:
            assert isinstance(each, dict)
            found.setdefault(repr(each), (each, []))[1].append(line)
    return [{"lines": wording.lines(its), **each} for each, its in found.values()]


def _missing(missing: Missing, wording: Wording) -> dict[str, Plain]:
    return {"label": missing.label, "asked": wording.asked(missing.type), "proof": missing.proof or ""}


def _adjustment(adjustment: Adjustment, wording: Wording) -> dict[str, Plain]:
    def stood(outcome: Outcome, amount: Decimal | None) -> str:
        word = OUTCOME[outcome].to(wording.language)
        return f"{word} {wording.money(amount)}" if outcome == "granted" and amount is not None else word

    return {
        "label": adjustment.label,
        "clause": adjustment.clause or "",
        "before": stood(adjustment.outcome_before, adjustment.amount_before),
        "after": stood(adjustment.outcome_after, adjustment.amount_after),
        "earlier": adjustment.earlier or "",
    }

