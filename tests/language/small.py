"""A small vocabulary, and expressions read and worked out in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interpreter.language.closures import compile_core
from interpreter.language.core import Core
from interpreter.language.environment import Environment, Function, Program
from interpreter.language.expression import Expression
from interpreter.language.read import Knowing, read_expression
from interpreter.language.scope import (
    AsOfName,
    DefinitionName,
    FactName,
    LocalName,
    Meaning,
    ParameterName,
    Scope,
    Slots,
    TableName,
)
from interpreter.language.straight.functions import compile_straight
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    MONTH,
    TEXT,
    Choice,
    Field,
    List,
    Number,
    RecordType,
    Type,
)
from interpreter.language.units import Unit
from interpreter.language.unknown import Partial, Unknown, Value
from interpreter.language.values import Record, Shape, absence
from interpreter.problems import Fragment, Problem

LEVEL = Choice("level", (("low", "低级"), ("high", "高级")))
COLOUR = Choice("colour", (("red", "红"), ("blue", "蓝")))
MONEY, MONTHS, RATE = (Number(p, Unit.read(u)) for p, u in ((2, "CNY"), (0, "month"), (2, "CNY/month")))


def record(name: str, fields: Mapping[str, Type], key: str | None = None) -> RecordType:
    made = RecordType(name, name, key=key)
    made.fields.update({field: Field(field, field, of) for field, of in fields.items()})
    return made


FIRM = record("firm", {"code": TEXT, "name": TEXT, "size": INTEGER}, key="code")
PART = record("part", {"a": INTEGER, "b": BOOLEAN})
PERSON = record("person", {
    "id": TEXT, "level": LEVEL, "employer": FIRM, "wage": MONEY, "days": List(DATE), "parts": List(PART),
    "age": INTEGER,
}, key="id")
PERSON.fields["total"] = Field("total", "total", INTEGER, provided=True)
ROW = record("row", {"code": TEXT, "price": MONEY, "from": DATE, "to": DATE})

FACTS: dict[str, Type] = {
    "worker": PERSON, "roster": List(PERSON), "firms": List(FIRM), "employer": FIRM, "part": PART, "n": INTEGER,
    "m": INTEGER, "yes": BOOLEAN, "day": DATE, "month_paid": MONTH, "level": LEVEL, "colour": COLOUR, "word": TEXT,
    "pay": MONEY, "spent": MONTHS, "rate": RATE, "numbers": List(INTEGER), "months": List(MONTH), "参保月数": INTEGER,
    "in1": BOOLEAN, "android": BOOLEAN, "nota": BOOLEAN,
}


class Small:
    """A scope over FACTS, some definitions, a parameter and a table; it remembers the faults it was asked for."""

    def __init__(
        self, facts: Mapping[str, Type] = FACTS, leap_day: str = "03-01", *, feel: bool = False,
        knowing: Knowing = "nowhere",
    ) -> None:
        self.facts = facts
        self.knowing = knowing
        self.slots = Slots()
        self.faults: list[str] = []
        names: dict[str, Meaning] = {name: FactName(name, of, f"{name} 标签") for name, of in facts.items()}
        names |= {
            "fee": ParameterName("fee", MONEY, "费用"),
            "rates": TableName("rates", ROW),
            "as_of": AsOfName(),
            "twice": DefinitionName("twice", (INTEGER,), INTEGER),
            "fits": DefinitionName("fits", (LEVEL, INTEGER), BOOLEAN),
            "limit": DefinitionName("limit", (), INTEGER),
            "name": DefinitionName("name", (), TEXT),
            "total": DefinitionName("total", (PERSON,), INTEGER),
        }
        self.scope = Scope(names, self.slots, self._fault, leap_day, feel=feel)

    def _fault(self, name: str, where: object) -> int:
        self.faults.append(name)
        return 1 << (40 + len(self.faults))

    def read(self, text: str, want: Type | None = None, start: str = "expr") -> Expression | list[Problem]:
        problems: list[Problem] = []
        fragment = Fragment.whole("rules.yaml", text)
        found = read_expression(fragment, self.scope, problems, want, start=start, knowing=self.knowing)
        assert (found is None) == bool(problems), (text, found, problems)
        return found if found is not None else problems

    def expression(self, text: str, want: Type | None = None) -> Expression:
        found = self.read(text, want)
        assert isinstance(found, Expression), (text, [(p.code, dict(p.fields)) for p in found])
        return found

    def problems(self, text: str, want: Type | None = None, start: str = "expr") -> list[Problem]:
        found = self.read(text, want, start)
        assert isinstance(found, list), (text, found)
        return found

    def local(self, name: str, of: Type) -> LocalName:
        return LocalName(name, of, self.slots.take())

    def run(
        self, core: Core, facts: Mapping[str, Value] | None = None, *,
        definitions: Mapping[str, Function] | None = None, tables: Mapping[str, tuple[Record, ...]] | None = None,
        as_of: Value = None,
    ) -> Value:
        """What a core gives; all ways to work it out must say the same."""
        found = []
        for compile in (compile_core, compile_straight):
            program = Program({}, dict(definitions or {}), dict(tables or {}), compile, record=False)
            environment = Environment(dict(facts or {}), as_of, None, [None] * self.slots.count)
            found.append(compile(core, program)(environment))
        assert alike(*found), (core, found)
        return found[0]

    def value(self, text: str, facts: Mapping[str, Value] | None = None) -> Value:
        return self.run(self.expression(text).core, facts)


def alike(a: Value, b: Value) -> bool:
    """Whether two values are the same in all that can be seen of them, the causes and bounds of unknown ones too."""
    if type(a) is not type(b):
        return False
    match a:
        case tuple():
            return len(a) == len(b) and all(map(alike, a, b))
        case Partial():
            seen = [(one.causes, one.low, one.high, one.more, one.in_order) for one in (a, b)]
            return seen[0] == seen[1] and alike((a.members, a.blank), (b.members, b.blank))
        case Unknown():
            return (a.causes, a.low, a.high) == (b.causes, b.low, b.high)
        case Record():
            return a is b or (a.shape.path == b.shape.path and alike(tuple(a.fields.items()), tuple(b.fields.items())))
        case _:
            return bool(a == b)


def value(text: str, **facts: Value) -> Value:
    """What an expression gives; facts that are not named are not in the case at all."""
    return Small().value(text, facts)


def known(text: str, **facts: Value) -> Any:
    found = value(text, **facts)
    assert not isinstance(found, Unknown), (text, found)
    return found


def shape(path: str, of: RecordType, bits: dict[str, int]) -> Shape:
    """The shape of records at a path, every leaf under it with a cause of its own, noted in `bits`."""
    made = Shape(path, of)
    for name, field in of.fields.items():
        if field.provided:
            continue
        where = f"{path}.{name}"
        inner = field.type.item if isinstance(field.type, List) else field.type
        child = shape(where, inner, bits) if isinstance(inner, RecordType) and inner.table is None else None
        bits[where] = bits.get(where, 1 << len(bits))
        if child is not None:
            made.children[name] = child
        made.absences[name] = absence(field.type, bits[where], child)
    return made
