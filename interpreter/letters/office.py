"""What an office lays down for its papers, in words: for one authority, on one day, with one running number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from interpreter.decision.engine import Engine
from interpreter.decision.model import Named
from interpreter.language.environment import Environment
from interpreter.language.expression import Expression
from interpreter.language.show import show
from interpreter.language.unknown import Unknown, Value
from interpreter.letters.paper import Form, Head
from interpreter.letters.wording import days_in_words
from interpreter.problems import Language, Text
from interpreter.rulebook.model import Rulebook, Say
from interpreter.rulebook.papers import AUTHORITY, NUMBER, RUNNING, YEAR, Passage, Stationery

BLANK = "＿＿＿＿"
"""What is printed for a word that nobody has set, to be filled in by hand."""
NO_NUMBER = "＿＿"
REPRINT = Text("（补发）", " (reprint)")


@dataclass(frozen=True, slots=True)
class Issued:
    """The running number a letter has, in the series of a year; `reprint` where it was sent out before."""

    year: int
    n: int
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """An office's words for one letter; what it lays down nothing of is empty. `says` are the passages of its kind."""

    form: Form
    head: Head
    letterhead: tuple[str, ...]
    signers: tuple[str, ...]
    number: str
    contact: tuple[str, ...]
    publicity: tuple[str, ...]
    says: tuple[str, ...]
    remedies: tuple[str, ...]


@dataclass(slots=True)
class Office:
    """Gives the words of who signs. Holes, which need no case, are worked out by the rulebook's own
    parameters and tables, as they are on the day of the letter and for the authority."""

    rulebook: Rulebook
    language: Language = "zh"
    _engine: Engine = field(init=False)
    _kept: dict[tuple[object, date | None, str], OfficeWords] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._engine = Engine(self.rulebook, record=False)

    def words(
        self, authority: Named | None, day: date | None, kinds: tuple[str, ...], issued: Issued | None = None,
    ) -> OfficeWords:
        """The words for a letter of the first of `kinds`, the others standing in where nothing is said of it."""
        who = None if authority is None else authority.value
        if issued is not None:
            return self._words(who, day, kinds, issued)
        key = who, day, kinds[0]
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._words(who, day, kinds, None)
        return found

    def unnamed(self, authority: Named | None) -> frozenset[str]:
        """The measures whose claimants an authority publishes without their names."""
        return self._stationery(None if authority is None else authority.value).unnamed

    def _words(self, who: Value, day: date | None, kinds: tuple[str, ...], issued: Issued | None) -> OfficeWords:
        paper = self._stationery(who)
        env = self._environment(paper, who, day, issued)

        def lines(name: str) -> tuple[str, ...]:
            return self._lines(paper.texts.get(name, ()), day, env)

        says = next((paper.says[kind] for kind in kinds if kind in paper.says), ())
        number = "".join(lines(NUMBER))
        if number and issued is not None and issued.reprint:
            number += REPRINT.to(self.language)
        return OfficeWords(
            paper.form or "letter", paper.head or "printed", lines("letterhead"), lines("signer"), number,
            lines("contact"), lines("publicity"), self._lines(says, day, env),
            tuple(line for say in _remedies(self.rulebook, day) for line in self._filled(say, env).split("\n")),
        )

    def _stationery(self, who: Value) -> Stationery:
        own = next((paper for authority, paper in self.rulebook.papers if authority == who), None)
        return own or self.rulebook.paper or Stationery()

    def _environment(self, paper: Stationery, who: Value, day: date | None, issued: Issued | None) -> Environment:
        env = Environment({}, Unknown(0) if day is None else day, Unknown(0) if who is None else who,
                          [None] * self.rulebook.slots)
        year = issued.year if issued is not None else day.year if day is not None else None
        values: dict[str, Value] = {
            AUTHORITY: env.authority, YEAR: year, RUNNING: issued.n if issued is not None else None,
        }
        for name, variable in paper.variables.items():
            value = values[name]
            env.locals[variable.slot] = Unknown(0) if value is None else value
        return env

    def _lines(self, passages: tuple[Passage, ...], day: date | None, env: Environment) -> tuple[str, ...]:
        """The passage that holds on a day, line by line; of those that begin on a day the last begun."""
        begun = [one for one in passages if one.since is None or (day is not None and one.since <= day)]
        text = self._filled(begun[-1].say, env) if begun else ""
        return tuple(line.strip() for line in text.split("\n") if line.strip())

    def _filled(self, say: Say, env: Environment) -> str:
        return "".join(part if isinstance(part, str) else self._hole(part, env) for part in say.parts)

    def _hole(self, part: Expression, env: Environment) -> str:
        value = self._engine.value(part, env)
        if isinstance(value, Unknown):
            return NO_NUMBER if RUNNING in part.uses else BLANK
        return days_in_words(show(value, part.type, self.language, unit=False), self.language)


def _remedies(rulebook: Rulebook, day: date | None) -> list[Say]:
    """The remedies as configured: of the entries keyed by a day the last one in force on the letter's; others always.

    Without a day nothing that depends on one is said.
    """
    always: list[Say] = []
    dated: dict[date, Say] = {}
    for since, text in rulebook.remedies.items():
        try:
            dated[date.fromisoformat(since)] = text
        except ValueError:
            always.append(text)
    in_force = [since for since in dated if day is not None and since <= day]
    return [*always, *([dated[max(in_force)]] if in_force else [])]
