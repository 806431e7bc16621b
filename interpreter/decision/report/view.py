"""Who looks at a decision: in which language, how wide, what of it, with private words masked or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from interpreter.decision.model import Decision, Finding, Line, Named, Outcome
from interpreter.decision.report import words
from interpreter.decision.report.layout import clean
from interpreter.decision.report.words import OUTCOME, STATE
from interpreter.decision.report.written import fact_at, names_of, private_fields, requirements_of
from interpreter.language.show import UNKNOWN, masked, show
from interpreter.language.types import List, Number, RangeOf, RecordType, Type
from interpreter.language.unknown import Unknown
from interpreter.language.values import ONGOING, Month, Range, Record
from interpreter.problems import Language, Span, Text, fill
from interpreter.rulebook.model import Requirement, Rulebook

COLOURS: dict[Outcome, str] = {
    "granted": "32", "review": "35", "incomplete": "33", "referred": "36", "refused": "31", "not_applicable": "2",
    "met": "32", "unmet": "31", "pending": "33", "unknown": "35",
}
LONGEST_LIST = 8
"""So many members of a list are written out in a report."""
NARROWEST = 60


def _of_records(type: Type) -> bool:
    """Whether a list's members are records of a case, too much to write out in a report."""
    return isinstance(type, List) and isinstance(type.item, RecordType) and type.item.table is None


def _counted(named: Named) -> Named | None:
    """The list that a count counts, perhaps by way of another name for the same count."""
    if not isinstance(named.type, Number):
        return None
    for part in named.parts:
        if isinstance(part.type, List) and not _of_records(part.type):
            if isinstance(named.value, Unknown) or (isinstance(part.value, tuple) and len(part.value) == named.value):
                return part
        elif not isinstance(part.value, Unknown | Record) and part.value == named.value:
            found = _counted(part)
            if found is not None:
                return found
    return None


@dataclass(frozen=True, slots=True)
class View:
    """A decision with everything that decides how it is written."""

    decision: Decision
    rulebook: Rulebook
    language: Language
    width: int
    brief: bool = False
    show_private: bool = False
    colour: bool = False
    requirements: dict[str, dict[str, Requirement]] = field(init=False, repr=False)
    names: dict[str, str] = field(init=False, repr=False)
    private: frozenset[tuple[str, str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", max(self.width, NARROWEST))
        object.__setattr__(
            self, "requirements",
            {m.measure: requirements_of(self.rulebook, m.measure) for m in self.decision.measures},
        )
        object.__setattr__(self, "names", names_of(self.rulebook))
        object.__setattr__(self, "private", private_fields(self.rulebook))

    def fill(self, template: Text, *args: object, **fields: object) -> str:
        return fill(template, self.language, *args, **fields)

    @property
    def comma(self) -> str:
        return self.fill(words.COMMA)

    def aside(self, text: str) -> str:
        return self.fill(words.ASIDE, text)

    def money(self, amount: Decimal) -> str:
        return show(amount, self.rulebook.money_type, self.language)

    def outcome(self, outcome: Outcome) -> str:
        return self.fill(OUTCOME[outcome])

    def painted(self, outcome: Outcome, before: str = "", after: str = "") -> str:
        """The outcome's word between other text, coloured where colour is wanted."""
        word = self.outcome(outcome)
        if self.colour:
            word = f"\x1b[{COLOURS[outcome]}m{word}\x1b[0m"
        return before + word + after

    def state(self, finding: Finding) -> str:
        return self.fill(STATE[finding.state])

    def clause(self, number: str) -> str:
        return self.fill(words.CLAUSE, clean(number))

    def result(self, outcome: Outcome, amount: Decimal | None) -> str:
        """An outcome with what is granted: `准予 123.00 元`."""
        word = self.outcome(outcome)
        return f"{word} {self.money(amount)}" if outcome == "granted" and amount is not None else word

    def place(self, where: Span) -> str:
        """The file, from the policy's folder on, and the line."""
        return f"{where.source.name.rpartition(self.rulebook.folder + '/')[2]}:{where.line}"

    def value(self, named: Named) -> str:
        """The value alone, private words masked, a long list cut."""
        return clean(self._value(named))

    def span(self, named: Named) -> str:
        """`自 2021-03-01 至 2021-08-31`; an end that has not come is left out."""
        span = named.value
        if not isinstance(span, Range) or not isinstance(named.type, RangeOf):
            return self.value(named)
        low, high = (
            show(end, named.type.of, self.language) + ("" if included else self.aside(self.fill(words.NOT_INCLUDED)))
            for end, included in ((span.low, span.low_included), (span.high, span.high_included))
        )
        return self.fill(words.OPEN_SPAN, low) if span.high == ONGOING else self.fill(words.SPAN, low, high)

    def called(self, named: Named) -> str:
        """The claimant's name, which is shown even where names are private: the page is about them."""
        return clean(show(named.value, named.type, self.language))

    def _value(self, named: Named) -> str:
        value, type, hide = named.value, named.type, not self.show_private
        if isinstance(value, Record):
            return self._record(value)
        if isinstance(value, tuple) and value and _of_records(type):
            return self.fill(words.ITEMS, len(value))
        if isinstance(value, tuple) and len(value) > LONGEST_LIST and not isinstance(value[0], Month):
            first = show(value[:LONGEST_LIST], type, self.language, mask=hide)
            return first + self.fill(words.AND_MORE, len(value))
        found = fact_at(self.rulebook, named.name)
        text = show(value, type, self.language, mask=hide, ongoing=None if found is None else found[0].ongoing)
        return masked(text) if hide and not isinstance(value, Unknown) and self._is_private(named) else text

    def _is_private(self, named: Named) -> bool:
        """By the path, or by the field's name and label where the path begins at the parameter of a definition."""
        found = fact_at(self.rulebook, named.name)
        if found is not None:
            return found[0].private
        _, dot, last = named.name.rpartition(".")
        return dot != "" and (last, named.label) in self.private

    def _record(self, record: Record) -> str:
        """A record by its name, where such records have one, and its key."""
        type = record.shape.type
        key = record.key
        if type.table is None and isinstance(key, Record) and key is not record:
            return self._record(key)
        text = show(record, type, self.language, mask=not self.show_private)
        name = self.names.get(type.root.name)
        called = record.fields.get(name) if name is not None else None
        return f"{called} {text}" if isinstance(called, str) else text

    def named(self, named: Named) -> str:
        """Label and value, with the list behind a count: `缴费月数 3 个月：2021-03 至 2021-05`."""
        text = f"{named.label} {self.value(named)}"
        behind = _counted(named)
        if behind is not None:
            text += self.fill(words.COLON) + self.value(behind)
        if named.assumed:
            text += self.aside(self.fill(words.ASSUMED))
        if named.provided:
            text += self.aside(self.fill(words.PROVIDED))
        return clean(text)

    def tells_nothing(self, named: Named) -> bool:
        """A value of which nothing at all is known: that a fact is wanted says as much."""
        return isinstance(named.value, Unknown) and self.value(named) == self.fill(UNKNOWN)

    def line(self, line: Line) -> str:
        """What a line is about: its key, `示例丁 5111**********999X`."""
        return clean(" ".join(self.value(part) for part in line.key))
