"""Cases for a generated policy: every fact given or withheld at any depth, ends of months, extremes, histories."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from interpreter.cases.facts import Case, read_plain
from interpreter.cases.history import key_type
from interpreter.decision.decide import case_problems, engine_for
from interpreter.language.magnitude import bounds_of, longest
from interpreter.language.types import (
    Boolean,
    Choice,
    DateType,
    Field,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    Type,
)
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record, plain
from interpreter.problems import Problem
from interpreter.rulebook.model import Rulebook
from tests.batch.generated.chance import Chance
from tests.batch.generated.literals import CODES, DAYS, IDENTITY, MONTHS, WORDS

Data = dict[str, Any]

FAR_DAYS = ("0001-01-01", "9999-12-30", "1900-02-28", "2100-02-28")
FILED = ("2021-01-01", "2021-01-31", "2021-06-30", "2022-01-01", "2023-02-28", "2024-02-29", "2024-12-31", "2025-03-31")
PERSONS = ("P1", "P2", "P3")


def cases(book: Rulebook, seed: int, many: int, without: frozenset[str] = frozenset()) -> list[Data]:
    """So many cases of a policy, as they would stand in files."""
    chance = Chance(f"cases {seed}")
    maker = _Cases(book, chance, without)
    return [maker.case(number) for number in range(many)]


def read(book: Rulebook, data: Data) -> Case:
    """The case that some data is."""
    problems: list[Problem] = []
    case = read_plain(data, book, problems)
    assert case is not None, [(problem.code, str(problem.path), dict(problem.fields)) for problem in problems]
    return case


class _Cases:
    """What makes the cases of one policy."""

    def __init__(self, book: Rulebook, chance: Chance, without: frozenset[str]) -> None:
        self.book, self.chance, self.without = book, chance, without
        self.rivals = chance.maybe(0.4)
        self.figures = {name for name, definition in book.definitions.items() if definition.may_be_provided}

    def case(self, number: int) -> Data:
        """One case. How much of it is unknown, how large and how odd it is differ from case to case."""
        chance = self.chance
        self.absent = chance.choice((0, 0, 0.05, 0.1, 0.3, 0.7))
        self.odd = chance.choice((0, 0.02, 0.02, 0.3))
        self.rows = chance.choice((1, 2, 2, 3, 3, 5))
        data: Data = {}
        for name, root in self.book.facts.items():
            if name == "history":
                continue
            present = 0.97 if name in ("application", "person") else 0.6
            value = self._value(root.type, None) if chance.maybe(present) else None
            if value is not None:
                data[name] = value
        application = data.setdefault("application", {})
        application["number"] = f"N{number:03}"
        if "filed_on" in application or chance.maybe(0.8):
            application["filed_on"] = chance.choice(FILED)
        # where cases are of few people, most of them stand under a limit together
        who = chance.choice(PERSONS) if self.rivals else f"P{number}"
        if "person" in data:
            data["person"]["id"] = who
        elif "firm" not in data:
            data["person"] = {"id": who}
        if chance.maybe(0.35):
            data["claims"] = chance.some(list(self.book.measures), 0, 2)
        if "history" not in self.without and chance.maybe(0.4):
            data["history"] = [self._earlier(data) for _ in range(chance.randint(0, 3))]
        return self._with_figures(data) if self.figures and chance.maybe(0.6) else data

    def _value(self, of: Type, field: Field | None) -> Any:
        chance = self.chance
        match of:
            case RecordType(table=None):
                return self._record(of)
            case List(item=item):
                count = min(longest(of), chance.choice((0, 1, self.rows, self.rows)))
                found = [self._value(item, None) for _ in range(count)]
                return [value for value in found if value is not None]
            case RecordType():
                return chance.choice(CODES)
            case Boolean():
                return chance.maybe(0.5)
            case TextType():
                return IDENTITY if chance.maybe(0.05) else chance.choice(WORDS)
            case Choice(members=members):
                return chance.choice(members)[0]
            case DateType():
                if field is not None and field.ongoing is not None and chance.maybe(0.3):
                    return field.ongoing
                return chance.choice(FAR_DAYS if chance.maybe(self.odd / 3) else DAYS)
            case MonthType():
                return chance.choice(("0001-01", "9999-12") if chance.maybe(self.odd / 3) else MONTHS)
            case Number():
                return self._number(of)
            case _:
                raise AssertionError(of)

    def _number(self, of: Number) -> str:
        low, high = bounds_of(of)
        if self.chance.maybe(self.odd):
            smallest = Decimal(1).scaleb(-of.places)
            return f"{self.chance.choice((low, high, low + smallest, high - smallest)):f}"
        value = Decimal(self.chance.choice((0, 0, 1, 2, 3, 5, 12, 100, 2999, 3000, 12000)))
        if of.places and self.chance.maybe(0.5):
            value += Decimal(self.chance.randrange(10**of.places)).scaleb(-of.places)
        if low < 0 and self.chance.maybe(0.15):
            value = -value
        return f"{max(low, min(high, value)):f}"

    def _record(self, of: RecordType) -> Data:
        found: Data = {}
        for name, field in of.fields.items():
            if field.provided or (self.chance.maybe(self.absent) and not field.required):
                continue
            value = self._value(field.type, field)
            if value is not None and name == of.key and isinstance(field.type, TextType):
                value = self.chance.choice(("K1", "K2", "K3", "a"))
            found[name] = value
        return found

    def _earlier(self, data: Data) -> Data:
        """An earlier decision, of something that the case may well ask for again."""
        chance = self.chance
        measure = self.book.measures[chance.choice(list(self.book.measures))]
        key: Data = {}
        for name, field in key_type(self.book, measure).fields.items():
            if chance.maybe(0.95):
                key[name] = self._kept(field.type, data)
        earlier: Data = {"measure": measure.name, "key": key, "number": f"E{chance.randrange(9)}"}
        if chance.maybe(0.85):
            earlier["amount"] = chance.choice(("0", "100", "250.50", "3000"))
        if chance.maybe(0.8):
            earlier["decided_on"] = chance.choice(DAYS)
        return earlier

    def _kept(self, of: Type, data: Data) -> Any:
        if isinstance(of, TextType) and self.chance.maybe(0.8):
            return self.chance.choice((data.get("person", {}).get("id", "P1"), "K1", "K2", "a"))
        if isinstance(of, RecordType) and of.table is None:
            return {}
        odd, self.odd = self.odd, 0
        value = self._value(of, None)
        self.odd = odd
        return value

    def _with_figures(self, data: Data) -> Data:
        """The case with figures given that the rules would work out: the same where they can be, any where not."""
        found = deepcopy(data)
        for path, of in list(_records(found, self.book)):
            for name in self.figures:
                takes = self.book.definitions[name].takes[0].type
                if not (isinstance(takes, RecordType) and of.extends(takes)) or not self.chance.maybe(0.4):
                    continue
                tried = deepcopy(found)
                record: Any = tried
                for part in path:
                    record = record[part]
                record[name] = self._figure(found, path, name)
                if record[name] is not None and self._fits(tried):
                    found = tried
        return found

    def _figure(self, data: Data, path: tuple[str | int, ...], name: str) -> Any:
        engine = engine_for(self.book)
        case = read(self.book, data)
        root = str(path[0])
        claimant = next((c.name for c in self.book.claimants.values() if c.fact == root), "person")
        env = engine.for_claimant(engine.environment(case.facts, case.history or ()), claimant)
        record: Value = case.facts[root]
        for part in path[1:]:
            record = record[part] if isinstance(part, int) else record.get(part)
        definition = self.book.definitions[name]
        env.locals[definition.takes[0].slot] = record
        value = engine.program.definition(name)(env)
        if isinstance(value, Unknown):
            return self._value(definition.type, None)
        return written(value)

    def _fits(self, data: Data) -> bool:
        problems: list[Problem] = []
        case = read_plain(data, self.book, problems)
        return case is not None and not case_problems(self.book, case)


def written(value: Value) -> Any:
    """A known value as a case writes it."""
    if isinstance(value, Record):
        return plain(value)
    if isinstance(value, bool | str):
        return value
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _records(data: Data, book: Rulebook) -> list[tuple[tuple[str | int, ...], RecordType]]:
    """The places of all records of a case, with their types."""
    found: list[tuple[tuple[str | int, ...], RecordType]] = []

    def visit(value: Any, of: Type, path: tuple[str | int, ...]) -> None:
        match of:
            case RecordType(table=None) if isinstance(value, dict):
                found.append((path, of))
                for name, inner in value.items():
                    visit(inner, of.fields[name].type, (*path, name))
            case List(item=item) if isinstance(value, list):
                for number, inner in enumerate(value):
                    visit(inner, item, (*path, number))

    for name, root in book.facts.items():
        if name in data and name != "history":
            visit(data[name], root.type, (name,))
    return found
