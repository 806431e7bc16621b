"""What a claimant has given, as a receipt lists it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interpreter.decision.model import Finding, Line, Named
from interpreter.decision.report.words import ITEMS
from interpreter.language.types import List, RecordType
from interpreter.language.unknown import Unknown
from interpreter.letters.wording import Wording


@dataclass(frozen=True, slots=True)
class Given:
    """A fact, or a figure from the facts of a list: its value (empty where it is not one and the same for all lines)
    and how it was to be proved."""

    label: str
    value: str
    proof: str


def given(lines: Iterable[Line], wording: Wording) -> list[Given]:
    """What the requirements of some lines looked at and knew, each label once, in the order it was looked at.

    Settings of the policy and defaults of absent facts were not given by anybody. A figure stands for itself only where
    nothing below it is a fact with a name.
    """
    found: dict[str, Given] = {}
    for line in lines:
        for named in _values(line.findings):
            for fact in _facts(named, wording):
                made = Given(fact.label, _value(fact, wording), wording.proofs.get(_field(fact), ""))
                before = found.setdefault(fact.label, made)
                if before.value != made.value:
                    found[fact.label] = Given(made.label, "", made.proof)
    return list(found.values())


def _values(findings: Iterable[Finding]) -> Iterator[Named]:
    for finding in findings:
        yield from finding.values
        yield from _values(finding.parts)


def _facts(named: Named, wording: Wording) -> list[Named]:
    if named.name in wording.rulebook.parameters or named.assumed or isinstance(named.value, Unknown):
        return []
    if _field(named) in wording.proofs:
        return [named]
    return [fact for part in named.parts for fact in _facts(part, wording)] or [named]


def _field(named: Named) -> tuple[str, str]:
    return named.name.rpartition(".")[2], named.label


def _value(named: Named, wording: Wording) -> str:
    """The value; of a list of records only how many there are."""
    if isinstance(named.type, List) and isinstance(named.type.item, RecordType) and isinstance(named.value, tuple):
        return wording.fill(ITEMS, len(named.value))
    return wording.value(named)
