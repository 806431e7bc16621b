"""Values as a letter writes them: in words, and of private ones no more than the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from interpreter.decision.model import Line, Named
from interpreter.decision.report.words import ASIDE, ASSUMED, COLON, PAUSE, PROVIDED
from interpreter.decision.report.written import fact_at, names_of, private_fields, requirements_of
from interpreter.language.show import show
from interpreter.language.types import (
    Boolean,
    Choice,
    DateTimeType,
    DateType,
    List,
    MonthType,
    Number,
    RangeOf,
    RecordType,
    TimeType,
    Type,
    say_type,
)
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.problems import Language, Text, fill
from interpreter.rulebook.model import Requirement, Rulebook

SEMICOLON = Text("；", "; ")
BLANK_DAY = Text("＿＿＿＿年＿＿月＿＿日", "____-__-__")
YES_OR_NO = Text("填“是”或“否”", "yes or no")
ONE_OF = Text("填下列之一：{0}", "one of: {0}")
DAY = Text("日期，写作 2021-03-01", "a date, written 2021-03-01")
MONTH = Text("月份，写作 2021-03", "a month, written 2021-03")
TIME = Text("时刻，写作 17:00:00", "a time of day, written 17:00:00")
DATE_TIME = Text("日期和时刻，写作 2021-03-01T17:00:00", "a date and time, written 2021-03-01T17:00:00")


_DAY = re.compile(r"(?<![\d-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])")


def days_in_words(text: str, language: Language) -> str:
    """The text with its days and months as letters write them: 2021年6月10日, 2021年3月至2021年5月."""
    return _DAY.sub(_in_words, text).replace(" 至 ", "至") if language == "zh" else text


def masked(text: str) -> str:
    """A private word of which only the last four characters are legible; one of up to four is wholly hidden."""
    legible = 4 if len(text) > 4 else 0
    return "*" * (len(text) - legible) + text[len(text) - legible :]


@dataclass(frozen=True, slots=True)
class Wording:
    """How the values of one rulebook's decisions are written in one language: made once, used for many letters.
    `names` is, by root type, the field its records are called by, `private` name and label of every private field,
    `requirements` are those of each measure by their dotted path, `proofs` says by name and label how a fact is proved
    (empty where the policy does not say, or says several things)."""

    rulebook: Rulebook
    language: Language
    names: Mapping[str, str]
    private: frozenset[tuple[str, str]]
    requirements: Mapping[str, Mapping[str, Requirement]]
    proofs: Mapping[tuple[str, str], str]
    known_private: dict[tuple[str, str], bool] = field(default_factory=dict)
    """What was asked of names and labels already."""

    @classmethod
    def of(cls, rulebook: Rulebook, language: Language) -> Wording:
        requirements = {measure: requirements_of(rulebook, measure) for measure in rulebook.measures}
        proofs: dict[tuple[str, str], str] = {}
        for fact in rulebook.causes:
            if fact.kind == "fact":
                named, proof = (fact.name.rpartition(".")[2], fact.label), fact.proof or ""
                proofs[named] = proof if proofs.get(named, proof) == proof else ""
        return cls(rulebook, language, names_of(rulebook), private_fields(rulebook), requirements, proofs)

    def fill(self, template: Text, *args: object) -> str:
        return fill(template, self.language, *args)

    def aside(self, text: str) -> str:
        return self.fill(ASIDE, text)

    def join(self, texts: Iterable[str]) -> str:
        return self.fill(PAUSE).join(text for text in texts if text)

    def money(self, amount: Decimal) -> str:
        return show(amount, self.rulebook.money_type, self.language)

    def day(self, day: date | None) -> str:
        """A day as letters write it, 2021年6月10日; a blank to fill in where there is none."""
        if day is None:
            return BLANK_DAY.to(self.language)
        return f"{day.year}年{day.month}月{day.day}日" if self.language == "zh" else day.isoformat()

    def said(self, text: str) -> str:
        """What a requirement says, its days as letters write them."""
        return days_in_words(text, self.language)

    def list(self, texts: Iterable[str]) -> str:
        """Longer texts, which may have commas of their own."""
        return self.fill(SEMICOLON).join(text for text in texts if text)

    def called(self, named: Named) -> str:
        """The name somebody is addressed by, whole."""
        return show(named.value, named.type, self.language)

    def value(self, named: Named) -> str:
        return self._value(named.value, named.type, private=self._is_private(named))

    def named(self, named: Named) -> str:
        """Label and value, with what a count counted: `缴费月数 3 个月：2021-03 至 2021-05`."""
        text = f"{named.label} {self.value(named)}"
        counted = next(_counted(named, named.parts), None) if isinstance(named.type, Number) else None
        if counted is not None:
            text += self.fill(COLON) + self.value(counted)
        for said, true in ((ASSUMED, named.assumed), (PROVIDED, named.provided)):
            text += self.fill(ASIDE, self.fill(said)) if true else ""
        return text

    def line(self, line: Line) -> str:
        """What a line is about: its key, a person by name and the end of the number."""
        return " ".join(self.value(part) for part in line.key)

    def lines(self, lines: Iterable[Line]) -> str:
        """What several lines are about: their keys; those that differ in the month alone are one."""
        months: dict[str, list[Value]] = {}
        for line in lines:
            last = line.key[-1] if line.key else None
            if last is None or not isinstance(last.type, MonthType) or isinstance(last.value, Unknown):
                months.setdefault(self.line(line), [])
            else:
                months.setdefault(" ".join(map(self.value, line.key[:-1])), []).append(last.value)
        type = List(MonthType())
        spans = [(key, self._value(tuple(its), type, private=False) if its else "") for key, its in months.items()]
        return self.list(" ".join(part for part in pair if part) for pair in spans)

    def asked(self, type: Type) -> str:
        """How a missing fact is to be given."""
        match type:
            case Boolean():
                return self.fill(YES_OR_NO)
            case Choice(members=members):
                return self.fill(ONE_OF, self.join(label for _, label in members))
            case DateType():
                return self.fill(DAY)
            case MonthType():
                return self.fill(MONTH)
            case TimeType():
                return self.fill(TIME)
            case DateTimeType():
                return self.fill(DATE_TIME)
            case RecordType(label=label):
                return label
            case List(item=RecordType(label=label)):
                return label
        return say_type(type).to(self.language)

    def _is_private(self, named: Named) -> bool:
        """Whether a value is that of a private field: by its whole path, or by the end of it where that begins at the
        parameter of a definition."""
        asked = (named.name, named.label)
        if asked not in self.known_private:
            found = fact_at(self.rulebook, named.name)
            by_end = (named.name.rpartition(".")[2], named.label) in self.private
            self.known_private[asked] = by_end or (found is not None and found[0].private)
        return self.known_private[asked]

    def _value(self, value: Value, type: Type, *, private: bool) -> str:
        match value:
            case Unknown():
                return show(value, type, self.language)
            case Record():
                return self._record(value, private=private)
            case tuple() if any(isinstance(member, Record | str) for member in value):
                item = type.item if isinstance(type, List) else type
                return self.join(self._value(member, item, private=private) for member in value)
            case str() if isinstance(type, RecordType) and type.key in type.fields:
                key = type.fields[type.key]
                return self._value(value, key.type, private=private or key.private)
            case str():
                text = show(value, type, self.language)
                return masked(text) if private else text
        text = show(value, type, self.language)
        item = type.item if isinstance(type, List) else type.of if isinstance(type, RangeOf) else type
        return self.said(text) if isinstance(item, DateType | MonthType) else text

    def _record(self, record: Record, *, private: bool) -> str:
        """A record by its name, where such records have one, and its key; a keyless one by its known fields."""
        type = record.shape.type
        if type.table is not None:
            return show(record, type, self.language)
        if type.key is None:
            known = ((field, record.fields[name]) for name, field in type.fields.items() if name in record.fields)
            return self.join(self._value(value, f.type, private=private or f.private) for f, value in known)
        key = type.fields[type.key]
        text = self._value(record.key, key.type, private=private or key.private)
        called = record.fields.get(self.names.get(type.root.name, ""))
        return f"{called} {text}" if isinstance(called, str) else text


def _in_words(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")


def _counted(count: Named, parts: tuple[Named, ...]) -> Iterator[Named]:
    """The lists of plain values among all parts of a count that are as long as it says."""
    for part in parts:
        if isinstance(part.type, List) and isinstance(part.value, tuple) and len(part.value) == count.value:
            if part.value and not any(isinstance(member, Record) for member in part.value):
                yield part
        else:
            yield from _counted(count, part.parts)
