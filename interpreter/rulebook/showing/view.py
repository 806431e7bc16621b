"""What pages are written with: a rulebook in one language, its names, values, types and places in people's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from interpreter.language import core as c
from interpreter.language.expression import Expression
from interpreter.language.show import UNITS, show
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    Boolean,
    Choice,
    DateType,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    Type,
    say_type,
)
from interpreter.language.units import is_money
from interpreter.problems import Language, Span, Text, fill
from interpreter.rulebook.model import Dated, Otherwise, Parameter, Rulebook, Say, Variable
from interpreter.rulebook.showing import words
from interpreter.rulebook.showing.layout import GAP, beside, clean
from interpreter.rulebook.showing.reads import Ref, Use, record_types

DAY = timedelta(days=1)
FORMATS = {"resident id": words.RESIDENT_ID, "credit code": words.CREDIT_CODE}


@dataclass(slots=True)
class View:
    """A rulebook to be shown in a language, in lines of at most `width` cells."""

    book: Rulebook
    language: Language
    width: int
    types: dict[str, RecordType] = field(default_factory=dict)
    locals: dict[int, str] = field(default_factory=dict)
    """What each local variable stands for, by its slot."""

    def __post_init__(self) -> None:
        self.types = record_types(self.book)
        variables = [v for d in self.book.definitions.values() for v in d.takes]
        variables += [loop.variable for m in self.book.measures.values() for loop in m.loops]
        for variable in variables:
            self.locals[variable.slot] = self.kind_of(variable)

    # ---- words

    def fill(self, template: Text, *args: object, **fields: object) -> str:
        return fill(template, self.language, *args, **fields)

    def listed(self, items: Iterable[str], between: Text = words.PAUSE) -> str:
        return self.fill(between).join(items)

    def aside(self, text: str) -> str:
        return self.fill(words.ASIDE, text)

    def named(self, label: str, name: str) -> str:
        """`标准（amount）`; the name alone where the label is nothing else."""
        return label if label == name else label + self.aside(name)

    def clause(self, number: str | None) -> str:
        return self.fill(words.CLAUSE, number) if number else ""

    def place(self, where: Span) -> str:
        """The file, from the policy's folder on, and the line."""
        return f"{where.source.name.rpartition(self.book.folder + '/')[2]}:{where.line}"

    def title(self, label: str, name: str, kind: str, right: str = "") -> list[str]:
        """The head of a page: what it is called, its name in expressions and what kind of thing it is."""
        head = [label, *([name] if name != label else []), kind]
        return beside("", GAP.join(head), self.width, right)

    # ---- what things are called

    def kind_of(self, variable: Variable) -> str:
        """What a variable stands for, by its type where that says it."""
        match variable.type:
            case RecordType(label=label):
                return label
            case MonthType() | DateType() as day:
                return say_type(day).to(self.language)
            case _:
                return variable.name

    def label_of(self, node: c.Core) -> str | None:
        """What people call what a core stands for, where it is one thing that has a name."""
        match node:
            case c.Fact(name=name):
                return self.book.facts[name].label
            case c.Field(name=name, owner=owner) if owner in self.types and name in self.types[owner].fields:
                return self.types[owner].fields[name].label
            case c.Read(name=name, day=None):
                return self.book.parameters[name].label
            case c.Call(definition=name):
                return self.book.definitions[name].label
            case c.Local(slot=slot, name=name):
                return self.locals.get(slot, name)
            case c.AsOf():
                return self.label_of(self.book.as_of.core)
            case c.Authority():
                return self.fill(words.AUTHORITY)
            case c.Rows(table=name):
                return self.book.tables[name].label
            case c.Filter(over=c.Rows(table=name)):
                return self.book.tables[name].label
            case c.Literal(value=value, type=of):
                return show(value, of, self.language)
            case _:
                return None

    def told(self, expression: Expression) -> str:
        """An expression by what it stands for, or as it is written."""
        return self.label_of(expression.core) or self.written(expression)

    def written(self, expression: Expression) -> str:
        return " ".join(expression.text.split())

    def ref(self, ref: Ref) -> str:
        """A thing with its name in expressions."""
        book, name = self.book, ref.name
        match ref.kind:
            case "measure":
                return self.named(book.measures[name].title, name)
            case "duty":
                return self.named(book.duties[name].title, name)
            case "definition":
                return self.named(book.definitions[name].label, name)
            case "parameter":
                return self.named(book.parameters[name].label, name)
            case "table":
                return self.named(book.tables[name].label, name)
            case "fact":
                return self.named(book.facts[name].label, name)
            case "limit":
                return self.named(next(limit.label for limit in book.limits if limit.name == name), name)
            case "field":
                owner, _, last = name.partition(".")
                return f"{self.types[owner].label} {self.types[owner].fields[last].label}"
            case _:
                return self.fill(words.NOTICE)

    def uses(self, uses: Sequence[Use]) -> list[tuple[str, str]]:
        """What uses a thing, and where; one row a user."""
        places: dict[tuple[Ref, str], set[int]] = {}
        for use in uses:
            where = use.expression.where
            file = self.place(where).rpartition(":")[0]
            places.setdefault((use.user, file), set()).add(where.line)
        return [
            (self.ref(user), f"{file}:{self.listed(str(line) for line in sorted(lines))}")
            for (user, file), lines in places.items()
        ]

    # ---- types

    def type(self, of: Type) -> str:
        """A type by what one writes into a case."""
        match of:
            case Choice(members=members):
                return self.listed((label for _, label in members), words.ONE_OF)
            case Boolean():
                return self.fill(words.ONE_OF).join(show(truth, BOOLEAN, self.language) for truth in (True, False))
            case Number(unit=unit) if unit is not None and is_money(unit):
                return self.fill(words.AMOUNT_TYPE, unit)
            case Number(places=places, unit=unit) if unit is not None and unit.powers:
                word = UNITS[str(unit)].to(self.language).rpartition("|")[2] if str(unit) in UNITS else str(unit)
                return say_type(Number(places)).to(self.language) + self.aside(word)
            case TextType(format=str(format)):
                return self.fill(FORMATS[format]) if format in FORMATS else format
            case List(item=item):
                return self.fill(words.LIST_OF, self.type(item))
            case RecordType(table=str(table)) if table in self.book.tables:
                return self.fill(words.ROW_OF, self.book.tables[table].label)
            case RecordType(label=label):
                return label
            case _:
                return say_type(of).to(self.language)

    # ---- values and days

    def value(self, expression: Expression, *, unit: bool = True) -> str:
        """A constant in words; anything else as it is written."""
        match expression.core:
            case c.Literal(value=value):
                return show(value, expression.type, self.language, unit=unit)
            case _:
                return self.told(expression)

    def day(self, day: date) -> str:
        return show(day, DATE, self.language)

    def period(self, since: date | None, until: date | None) -> str:
        match since, until:
            case None, None:
                return ""
            case _, None:
                return self.fill(words.SINCE, since)
            case None, _:
                return self.fill(words.UNTIL, until)
            case _:
                return self.fill(words.BETWEEN, since, until)

    def dated(self, values: Sequence[Dated]) -> list[str]:
        """Each value with its days; what holds from the first day of the notice and until the next needs none."""
        texts = []
        for at, dated in enumerate(values):
            after = values[at + 1].since if at + 1 < len(values) else None
            since = None if at == 0 and dated.since == self.book.in_force[0] else dated.since
            until = None if dated.until is None or dated.until + DAY == after else dated.until
            days = self.period(since, until)
            texts.append(self.value(dated.value) + (self.aside(days) if days else ""))
        return texts

    def values(self, parameter: Parameter) -> str:
        """What a parameter is, on all its days: `300.00 元；350.00 元（2022-07-01 起）`."""
        return self.listed(self.dated(parameter.values), words.SEMICOLON) or self.fill(words.NOT_SET)

    def figure(self, expression: Expression) -> str:
        """What an expression comes to where it is a parameter or a constant; else as it is written."""
        match expression.core:
            case c.Read(name=name):
                return self.values(self.book.parameters[name])
            case _:
                return self.told(expression)

    def say(self, say: Say) -> str:
        """A sentence with its holes filled by what the notice says, on all days where that differs."""
        return clean("".join(part if isinstance(part, str) else self._hole(part) for part in say.parts))

    def _hole(self, hole: Expression) -> str:
        match hole.core:
            case c.Read(name=name, day=None):
                return self._first_and_later(self.book.parameters[name].values) or self._open(hole)
            case c.Literal(value=value, type=of):
                return show(value, of, self.language, unit=False)
            case _:
                return self._open(hole)

    def _first_and_later(self, values: Sequence[Dated]) -> str:
        """`3（2022-07-01 起为 4）`: without units, which the sentence has."""
        if not values:
            return ""
        texts = [(dated.since, self.value(dated.value, unit=False)) for dated in values]
        later = [self.fill(words.LATER, days=self.period(since, None), value=text) for since, text in texts[1:]]
        return texts[0][1] + (self.aside(self.listed(later, words.SEMICOLON)) if later else "")

    def _open(self, hole: Expression) -> str:
        return f"[{self.told(hole)}]"

    def unmet(self, otherwise: Otherwise) -> str:
        """What follows where a requirement is not met."""
        match otherwise.kind:
            case "refer":
                scheme = self.book.other_schemes.get(otherwise.to or "")
                return self.fill(words.IF_UNMET_REFER, (otherwise.to or "") if scheme is None else scheme.title)
            case "review":
                return self.fill(words.IF_UNMET_REVIEW)
            case _:
                return self.fill(words.IF_UNMET_REFUSE)

    # ---- parts of pages

    def section(self, head: str, lines: Sequence[str]) -> list[str]:
        """A block under its head; nothing where there is nothing to say."""
        return [*beside("", head, self.width), *(GAP + line for line in lines)] if lines else []

    @property
    def inner(self) -> int:
        """The width inside a section."""
        return self.width - len(GAP)
