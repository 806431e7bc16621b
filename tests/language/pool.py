"""Random well-typed expressions grown from the function table itself, so that no row is left out, and what it means
for a value to be of a type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from interpreter.language.expression import Expression
from interpreter.language.functions import ROWS, Function, matches
from interpreter.language.read import read_expression
from interpreter.language.scope import FactName, Scope, Slots
from interpreter.language.temporal import SECOND, DateTime, DaySpan, Time
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    MONTH,
    TEXT,
    TIME,
    Boolean,
    Choice,
    DateTimeType,
    DateType,
    DaysTime,
    List,
    MonthType,
    Number,
    RangeOf,
    Ratio,
    RecordType,
    TextType,
    TimeType,
    Type,
    YearsMonths,
)
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month, MonthSpan, Range, Record, absence
from interpreter.problems import Fragment, Problem
from tests.language.small import record, shape

PLAIN, RATE = Number(0, ONE, Decimal(-9), Decimal(9)), Number(2, ONE, Decimal(-9), Decimal(9))
MONEY = Number(2, Unit.named("CNY"), Decimal(0), Decimal(1000))
YEARLY = Number(2, Unit.read("CNY/year"), Decimal(0), Decimal(1000))
LEVEL = Choice("level", (("low", "低"), ("high", "高")))
ROW = record("row", {"id": PLAIN, "a": PLAIN, "b": BOOLEAN, "d": DATE}, key="id")
FACTS: dict[str, Type] = {
    "i": PLAIN, "j": PLAIN, "rate": RATE, "pay": MONEY, "yearly": YEARLY, "p": BOOLEAN, "q": BOOLEAN, "word": TEXT,
    "level": LEVEL,
    "day": DATE, "later": DATE, "opens": TIME, "handed": DATE_TIME, "moments": List(DATE_TIME), "month": MONTH,
    "numbers": List(PLAIN), "days": List(DATE), "months": List(MONTH),
    "words": List(TEXT), "truths": List(BOOLEAN), "rows": List(ROW), "one": ROW,
}
LITERALS = (
    "0", "1", "2", "-1", "3", "0.5", "10%", '""', '"a"', '"abca"', '"1"', "true", "false", '@"2020-02-29"',
    '@"2021-01-31"', '@"2021-03"', '@"P1M"', '@"P1Y2M"', '@"P2D"', '@"PT36H"', "[1, 2, 3]", '["a", "b"]', "[true]",
    "1 / 3", '[@"2021-01-01"..@"2021-03-31"]', "[1..5]", "(1..3]",
    '[[@"2021-01-01"..@"2021-03-31"], [@"2021-03-15"..@"2021-05-02")]',
    "[[1, 2], [3]]", "[[[1]], [[2]]]", "rows[b]", "rows.a", "numbers[item > 1]",
)


def sample(of: Type, random: Random) -> Any:
    """A value of a type, as plain data (a record is a dict)."""
    match of:
        case RecordType(fields=fields):
            return {name: sample(field.type, random) for name, field in fields.items()}
        case List(item=item):
            return [sample(item, random) for _ in range(random.choice((0, 1, 2, 3)))]
        case Number(places=0):
            return random.randint(0 if of == MONEY else -3, 4)
        case Number(places=places):
            return Decimal(random.randint(0, 400)).scaleb(-places)
        case Boolean():
            return random.random() < 0.5
        case TextType():
            return random.choice(("", "a", "b", "abca", "甲乙", "2", "2.50"))
        case Choice(members=members):
            return random.choice(members)[0]
        case DateType():
            return random.choice((date(2020, 2, 29), date(2021, 1, 31), date(2021, 3, 1), date(2021, 12, 31)))
        case MonthType():
            return Month(Month.of(2021, 1) + random.randrange(6))
        case TimeType():
            return Time(random.choice((0, 34_200, 61_200)) * SECOND + random.randrange(3))
        case DateTimeType():
            return DateTime(sample(DATE, random), sample(TIME, random).nanos)
        case _:
            raise AssertionError(of)


class Growing:
    """A scope over FACTS, and the expressions found well-typed in it so far."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.bits: dict[str, int] = {}
        self.shapes: dict[str, Any] = {}
        for name, of in FACTS.items():
            self.bits[name] = 1 << len(self.bits)
            inner = of.item if isinstance(of, List) else of
            if isinstance(inner, RecordType):
                self.shapes[name] = shape(name, inner, self.bits)
        self.slots = Slots()
        self.faults = 0
        self.scope = Scope({name: FactName(name, of, name) for name, of in FACTS.items()}, self.slots, self._fault)
        self.pool: list[tuple[str, Type]] = []
        for text in (*FACTS, *LITERALS):
            found = self.read(text)
            assert found is not None, text
            self.pool.append((text, found.type))

    def _fault(self, name: str, where: object) -> int:
        self.faults += 1
        return 1 << (100 + self.faults)

    def read(self, text: str) -> Expression | None:
        problems: list[Problem] = []
        return read_expression(Fragment.whole("rules.yaml", text), self.scope, problems)

    def grow(self, row: Function) -> tuple[str, Expression] | None:
        """An expression whose outermost step is a row of the table; None where chance found no arguments."""
        args: list[tuple[str, Type]] = []
        params = row.params
        if row.variadic:
            params = (*params, *params[-1:] * self.random.choice((0, 0, 1)))
        for param in params:
            fitting = [one for one in self.pool if matches(param, one[1])]
            if not fitting:
                return None
            args.append(self.random.choice(fitting))
        text = written(row, [text for text, _ in args])
        if text is None or len(text) > 400:
            return None
        found = self.read(text)
        if found is not None and len(text) < 120:
            self.pool.append((text, found.type))
        return None if found is None else (text, found)

    def facts(self, data: dict[str, Any], without: frozenset[str]) -> dict[str, Value]:
        """The facts of a case, those at the schema paths of `without` absent."""
        found: dict[str, Value] = {}
        for name, of in FACTS.items():
            child = self.shapes.get(name)
            if name in without:
                found[name] = absence(of, self.bits[name], child)
            elif isinstance(of, RecordType):
                found[name] = self._record(name, data[name], without)
            elif isinstance(of, List) and child is not None:
                found[name] = tuple(self._record(name, one, without) for one in data[name])
            else:
                found[name] = tuple(data[name]) if isinstance(of, List) else data[name]
        return found

    def _record(self, name: str, data: dict[str, Any], without: frozenset[str]) -> Record:
        given = {field: value for field, value in data.items() if f"{name}.{field}" not in without}
        return Record(given, self.shapes[name])

    def asked_with(self, path: str) -> int:
        """The causes that ask for a fact: its own, and that of the list it stands in."""
        return self.bits[path] | self.bits[path.partition(".")[0]]

    def paths(self) -> list[str]:
        """Every fact that may be withheld. A record is only where its fields are."""
        return [path for path in self.bits if not isinstance(FACTS.get(path), RecordType)]


def written(row: Function, args: list[str]) -> str | None:
    """The text of a row on its arguments; None for rows that no text names."""
    name = row.name
    if name.startswith("."):
        return f"({args[0]}){name}"
    if name == "negative":
        return f"-({args[0]})"
    if name[0].isalpha():
        return f"{name}({', '.join(args)})"
    if len(args) == 2 and name in ("+", "-", "*", "/", "**", "=", "<", "<="):
        return f"({args[0]}) {name} ({args[1]})"
    return None


def is_of(value: Value, of: Type) -> bool:
    """Whether a known value is what its type says, digits and bounds included."""
    if isinstance(value, Unknown):
        return True
    match of:
        case Boolean():
            return isinstance(value, bool)
        case TextType() | Choice():
            return isinstance(value, str)
        case Number(places=places, low=low, high=high):
            if isinstance(value, bool) or not isinstance(value, int | Decimal):
                return False
            fits = Fraction(value) * 10**places % 1 == 0
            return fits and (low is None or value >= low) and (high is None or value <= high)
        case Ratio():
            return isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool)
        case DateType():
            return isinstance(value, date)
        case MonthType():
            return isinstance(value, Month)
        case TimeType():
            return isinstance(value, Time)
        case DateTimeType():
            return isinstance(value, DateTime)
        case YearsMonths():
            return isinstance(value, MonthSpan)
        case DaysTime():
            return isinstance(value, DaySpan)
        case List(item=item):
            return isinstance(value, tuple) and all(is_of(one, item) for one in value)
        case RangeOf():
            return isinstance(value, Range)
        case RecordType():
            return isinstance(value, Record)
        case _:
            return True


TABLE = [row for row in ROWS if not row.feel and row.name != "is known"]
"""The rows of policy files, but for the one that more knowledge does turn round."""
