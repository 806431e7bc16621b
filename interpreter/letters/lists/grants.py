"""What was granted, one entry for each letter that grants a sum: what lists of payments and names are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from interpreter.decision.model import Decision, MeasureDecision, Named
from interpreter.language.functions.dates import age, birth_date
from interpreter.language.show import show
from interpreter.language.types import Field, RecordType, TextType
from interpreter.language.unknown import Unknown, Value
from interpreter.letters.authorities import names_of_authority
from interpreter.letters.plan import letters_for
from interpreter.letters.wording import Wording, masked
from interpreter.rulebook.model import Rulebook

RESIDENT_ID = "resident id"
OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Decided:
    """A case with its facts and its decision, under its rulebook."""

    decision: Decision
    facts: Mapping[str, Value]
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom a case is about: called `name`, with the whole key (an identity number, a code) and what that is called.
    `born` is known where the key is a resident identity number."""

    name: str
    key: str
    label: str
    private: bool
    born: date | None

    @property
    def shown(self) -> str:
        """The key as it may be published: of a private one only the end."""
        return masked(self.key) if self.private or self.born is not None else self.key

    def is_minor(self, day: date | None) -> bool:
        """Whether this is somebody under age on a day, as far as the key tells."""
        if self.born is None or day is None or self.born > day:
            return False
        years = age(self.born, day, "03-01")
        return isinstance(years, int) and years < OF_AGE


@dataclass(frozen=True, slots=True)
class Grant:
    """A sum that one letter grants. `heads` counts its granted lines, one where the measure has no list."""

    case: str
    payee: Payee
    authority: str
    fund: str
    measure: str
    title: str
    amount: Decimal
    heads: int


def grants(decided: Iterable[Decided], wordings: Wordings) -> list[Grant]:
    """Every sum granted, in the order of the decisions: exactly those that letters grant."""
    found = []
    for one in decided:
        wording = wordings.of(one.rulebook)
        for plan in letters_for(one.decision, one.rulebook, ("granted", "partly_granted")):
            measure = plan.measure
            if measure.amount is None or measure.amount <= 0:
                continue
            heads = sum(line.outcome == "granted" for line in measure.lines)
            found.append(Grant(
                one.decision.case, payee(one, wording), authority_of(one.decision), _fund(measure.payer, wording),
                measure.measure, measure.title, measure.amount, max(heads, 1),
            ))
    return found


def counted(decision: Decision) -> list[MeasureDecision]:
    """The measures a list counts: those claimed; of a case without claims those that get a letter all the same."""
    if decision.claims is None:
        return [one for one in decision.measures if one.kind != "duty" and one.outcome in ("granted", "incomplete")]
    return [one for one in decision.measures if one.kind != "duty" and one.claimed]


class Wordings:
    """The wording of each rulebook, made once."""

    def __init__(self) -> None:
        self._made: dict[int, Wording] = {}

    def of(self, rulebook: Rulebook) -> Wording:
        if id(rulebook) not in self._made:
            self._made[id(rulebook)] = Wording.of(rulebook, rulebook.language)
        return self._made[id(rulebook)]


def authority_of(decision: Decision) -> str:
    """What the authority of a case is called, nothing where it is not known."""
    return next(iter(names_of_authority(decision.authority)), "")


def payee(one: Decided, wording: Wording) -> Payee:
    """Whom a case is about."""
    name, key = (*one.decision.who[:2], None, None)[:2]
    field = _key_field(one.decision.claimant, one.rulebook)
    text = "" if key is None or isinstance(key.value, Unknown) else str(key.value)
    resident = field is not None and isinstance(field.type, TextType) and field.type.format == RESIDENT_ID
    born = birth_date(text) if resident else None
    return Payee(
        "" if name is None or isinstance(name.value, Unknown) else wording.called(name), text,
        "" if key is None else key.label, field is None or field.private, born if isinstance(born, date) else None,
    )


def _key_field(claimant: str, rulebook: Rulebook) -> Field | None:
    known = rulebook.claimants.get(claimant)
    type = rulebook.facts[known.fact].type if known is not None and known.fact in rulebook.facts else None
    return type.fields.get(type.key) if isinstance(type, RecordType) and type.key is not None else None


def _fund(parts: tuple[Named, ...], wording: Wording) -> str:
    """Who pays, besides the authority that decides: the fund, as the policy names it."""
    shown = [show(part.value, part.type, wording.language) for part in parts if part.name != "authority"
             and not isinstance(part.value, Unknown)]
    return wording.join(shown)
