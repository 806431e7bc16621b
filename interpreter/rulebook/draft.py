"""A rulebook in the making: what its files have declared so far, and the problems found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from interpreter.language.scope import FactName, LocalName, Meaning, ParameterName, Scope, Slots
from interpreter.language.types import Number, RecordType, Type
from interpreter.language.units import Unit
from interpreter.language.values import Record
from interpreter.problems import Fragment, Label, Problem, Severity, Span
from interpreter.problems.suggest import closest
from interpreter.rulebook.model import Cause, Clause, Money, Scheme


@dataclass(slots=True)
class Draft:
    """What is known while a folder is linked. Everything here is filled in the order of `link`."""

    problems: list[Problem]
    money: Money = field(default_factory=Money)
    since: date = date.min
    """The first day of the notice: what has no day of its own holds from here."""
    leap_day: str = "03-01"
    types: dict[str, Type] = field(default_factory=dict)
    words: dict[str, dict[str, Record]] = field(default_factory=dict)
    """For each table whose rows are values, the row every word stands for."""
    broken: set[str] = field(default_factory=set)
    """Tables and parameters that could not be read whole: what they lack is no fault of who uses it."""
    names: dict[str, Meaning] = field(default_factory=dict)
    """What expressions may use."""
    called: set[str] = field(default_factory=set)
    """Tables that are called by their inputs."""
    places: dict[str, Span] = field(default_factory=dict)
    """Where each of these names was declared."""
    slots: Slots = field(default_factory=Slots)
    causes: list[Cause] = field(default_factory=list)
    clauses: dict[str, Clause] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    schemes: dict[str, Scheme] = field(default_factory=dict)

    @property
    def money_type(self) -> Number:
        """The type of an amount in the policy's money."""
        return Number(self.money.places, Unit.named(self.money.currency))

    def problem(
        self, code: str, where: Span | None, severity: Severity = "error", labels: tuple[Label, ...] = (),
        **fields: object,
    ) -> None:
        """Notes a problem; fields that are None are left out."""
        given = {key: value for key, value in fields.items() if value is not None}
        self.problems.append(Problem(code, where, given, severity, labels))

    def cause(self, cause: Cause) -> int:
        """A bit for something that may be unknown."""
        self.causes.append(cause)
        return 1 << (len(self.causes) - 1)

    def fault(self, kind: str, where: Span) -> int:
        """The bit of an operation that may fail at `where`."""
        return self.cause(Cause("fault", f"{kind} {where}", kind, where))

    def scope(self, *locals: LocalName) -> Scope:
        """The names an expression may use, with these local ones."""
        scope = Scope(self.names, self.slots, self.fault, self.leap_day)
        return scope.with_local(*locals) if locals else scope

    def settled_scope(self, *locals: LocalName) -> Scope:
        """The names that mean something without a case: parameters, called tables, and these local ones."""
        scope = self.scope(*locals)
        return replace(scope, names={
            name: meaning for name, meaning in self.names.items()
            if isinstance(meaning, ParameterName) or name in self.called
        })

    def facts(self) -> dict[str, FactName]:
        """The facts declared so far."""
        return {name: meaning for name, meaning in self.names.items() if isinstance(meaning, FactName)}

    def row(self, type: RecordType, word: str) -> Record | None:
        """The row of a table that a word stands for."""
        return self.words.get(type.table or "", {}).get(word)

    def cite(self, clause: Fragment | None) -> str | None:
        """A clause that something cites; one the notice has not is a problem."""
        if clause is None:
            return None
        number = clause.text.strip()
        if number not in self.clauses:
            self.problem("clause.unknown", clause.span(), found=number, guess=closest(number, self.clauses))
        self.cited.add(number)
        return number

    def scheme(self, name: Fragment) -> str:
        """An entry of `other_schemes` that something leads to; one that is not there is a problem."""
        word = name.text.strip()
        if word not in self.schemes:
            self.problem("scheme.unknown", name.span(), found=word, guess=closest(word, self.schemes))
        return word
