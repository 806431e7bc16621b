"""Random well-typed expressions over a small vocabulary, and random cases of which any part may be withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from interpreter.language.types import BOOLEAN, INTEGER, MONTH, List, RecordType, Type
from interpreter.language.unknown import Value
from interpreter.language.values import Month, Record, Shape, absence
from tests.language.small import record, shape

SUB = record("sub", {"c": INTEGER, "d": BOOLEAN})
ROW = record("line", {"id": INTEGER, "a": INTEGER, "b": BOOLEAN, "m": MONTH, "subs": List(SUB)}, key="id")
FACTS: dict[str, Type] = {
    "p": BOOLEAN, "q": BOOLEAN, "i": INTEGER, "j": INTEGER, "one": ROW, "lines": List(ROW), "extra": List(INTEGER),
}

Data = Any
"""A whole fact as plain data: dicts for records, lists, scalars."""
Leaf = tuple[Any, ...]
"""Where a fact stands in the data, with the numbers of list members."""


def schema_path(leaf: Leaf) -> str:
    return ".".join(part for part in leaf if isinstance(part, str))


class Vocabulary:
    """The causes of every path, and cases made of plain data."""

    def __init__(self) -> None:
        self.bits: dict[str, int] = {}
        self.shapes: dict[str, Shape] = {}
        for name, of in FACTS.items():
            self.bits[name] = 1 << len(self.bits)
            inner = of.item if isinstance(of, List) else of
            if isinstance(inner, RecordType):
                self.shapes[name] = shape(name, inner, self.bits)

    def case(self, data: Data, without: frozenset[Leaf]) -> dict[str, Value]:
        """The facts of a case, with those at `without` absent."""
        facts: dict[str, Value] = {}
        for name, of in FACTS.items():
            child = self.shapes.get(name)
            found = self._value(data[name], of, (name,), child, without)
            facts[name] = absence(of, self.bits[name], child) if found is None else found
        return facts

    def _value(self, data: Data, of: Type, at: Leaf, child: Shape | None, without: frozenset[Leaf]) -> Value:
        if at in without:
            return None
        match of:
            case RecordType():
                assert child is not None
                found = {
                    name: self._value(data[name], field.type, (*at, name), child.children.get(name), without)
                    for name, field in of.fields.items()
                }
                return Record({name: value for name, value in found.items() if value is not None}, child)
            case List():
                return tuple(self._value(item, of.item, (*at, n), child, without) for n, item in enumerate(data))
            case _:
                return data


def whole(random: Random) -> dict[str, Data]:
    """A case with every fact given."""
    return {name: _data(of, random) for name, of in FACTS.items()}


def _data(of: Type, random: Random) -> Data:
    match of:
        case RecordType():
            return {name: _data(field.type, random) for name, field in of.fields.items()}
        case List():
            return [_data(of.item, random) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    if of == BOOLEAN:
        return random.random() < 0.5
    return Month.of(2021, 1) + random.randrange(4) if of == MONTH else random.randrange(3)


def leaves(data: Data, at: Leaf = ()) -> Iterator[Leaf]:
    """Every fact of a case that may be withheld: scalars, and lists as wholes (records never are)."""
    match data:
        case dict():
            for name, inner in data.items():
                if isinstance(inner, list):
                    yield (*at, name)
                yield from leaves(inner, (*at, name))
        case list():
            for number, inner in enumerate(data):
                if isinstance(inner, dict):
                    yield from leaves(inner, (*at, number))
        case _:
            yield at


def refilled(data: Data, without: frozenset[Leaf], random: Random, at: Leaf = (), of: Type | None = None) -> Data:
    """Another completion: the facts at `without` drawn anew, the others as they are."""
    if at in without:
        assert of is not None
        return _data(of, random)
    match data, of:
        case dict(), RecordType(fields=fields):
            return {n: refilled(inner, without, random, (*at, n), fields[n].type) for n, inner in data.items()}
        case dict(), _:
            return {n: refilled(inner, without, random, (n,), FACTS[n]) for n, inner in data.items()}
        case list(), List(item=item):
            return [refilled(inner, without, random, (*at, n), item) for n, inner in enumerate(data)]
        case _:
            return data


class Maker:
    """Writes random expressions. `scope` are the loop variables in sight with what they are: line, sub or int."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = 0

    def pick(self, depth: int, leaf: list[Callable[[], str]], node: list[Callable[[], str]]) -> str:
        return self.random.choice(leaf if depth <= 0 or self.random.random() < 0.15 else node)()

    def _of(self, scope: dict[str, str], kind: str) -> list[str]:
        return [name for name, of in scope.items() if of == kind]

    def fresh(self) -> str:
        self.names += 1
        return f"x{self.names}"

    def bool(self, d: int, s: dict[str, str]) -> str:
        r = self.random
        fields = [f"{x}.b" for x in self._of(s, "line")] + [f"{x}.d" for x in self._of(s, "sub")]
        leaf = [lambda: r.choice(["p", "q", "one.b"])] + [lambda: r.choice(fields)] * (2 * bool(fields))
        return self.pick(d, leaf, [
            lambda: f"({self.bool(d - 1, s)} and {self.bool(d - 1, s)})",
            lambda: f"({self.bool(d - 1, s)} or {self.bool(d - 1, s)})",
            lambda: f"not({self.bool(d - 1, s)})",
            lambda: f"(if {self.bool(d - 1, s)} then {self.bool(d - 1, s)} else {self.bool(d - 1, s)})",
            lambda: f"{self.int(d - 1, s)} {r.choice(['=', '!=', '<', '<=', '>', '>='])} {self.int(d - 1, s)}",
            lambda: f"{self.int(d - 1, s)} between {r.randrange(2)} and {self.int(d - 1, s)}",
            lambda: f"{self.int(d - 1, s)} in {self.ints(d - 1, s)}",
            lambda: f"{self.line(d - 1, s)} = {self.line(d - 1, s)}",
            lambda: f"longest run({self.months(d - 1, s)}, {r.choice(['0', '1', 'i'])}) >= {r.randrange(1, 4)}",
            lambda: self.quantified(d, s), lambda: self.quantified(d, s),
        ])

    def quantified(self, d: int, s: dict[str, str]) -> str:
        kind, over = self.listed(d - 1, s)
        x = self.fresh()
        return f"({self.random.choice(['some', 'every'])} {x} in {over} satisfies {self.bool(d - 1, s | {x: kind})})"

    def listed(self, d: int, s: dict[str, str]) -> tuple[str, str]:
        kind = self.random.choice(["line", "line", "sub", "int"])
        return kind, {"line": self.lines, "sub": self.subs, "int": self.ints}[kind](d, s)

    def int(self, d: int, s: dict[str, str]) -> str:
        r = self.random
        found = [f"{x}.a" for x in self._of(s, "line")] + [f"{x}.c" for x in self._of(s, "sub")] + self._of(s, "int")
        leaf = [lambda: r.choice(["i", "j", "one.a", "1", "2"])] + [lambda: r.choice(found)] * (2 * bool(found))
        return self.pick(d, leaf, [
            lambda: f"({self.int(d - 1, s)} {r.choice('+-*')} {self.int(d - 1, s)})",
            lambda: f"(if {self.bool(d - 1, s)} then {self.int(d - 1, s)} else {self.int(d - 1, s)})",
            lambda: f"count({self.listed(d - 1, s)[1]})", lambda: f"count({self.lines(d - 1, s)})",
            lambda: f"sum({self.ints(d - 1, s)})",
            lambda: f"{r.choice(['min', 'max'])}({self.ints(d - 1, s)}, {self.int(d - 2, s)})",
            lambda: f"{r.choice(['min', 'max'])}({self.ints(d - 1, s)})",
            lambda: f"{r.choice(['min', 'max'])}({self.int(d - 1, s)}, {self.int(d - 1, s)})",
            lambda: f"count(distinct values({self.ints(d - 1, s)}))",
            lambda: f"count({self.months(d - 1, s)})",
            lambda: f"{self.ints(d - 1, s)}[{r.choice(['1', '2', '-1', 'i'])}]",
            lambda: f"{self.line(d - 1, s)}.a",
        ])

    def ints(self, d: int, s: dict[str, str]) -> str:
        return self.pick(d, [lambda: "extra", lambda: "lines.a"], [
            lambda: f"{self.lines(d - 1, s)}.{self.random.choice(['a', 'id'])}",
            lambda: f"distinct values({self.ints(d - 1, s)})",
            lambda: f"[{self.int(d - 1, s)}, {self.int(d - 1, s)}]",
            lambda: f"(if {self.bool(d - 1, s)} then {self.ints(d - 1, s)} else {self.ints(d - 1, s)})",
            lambda: self.mapped(d, s),
            lambda: f"{self.ints(d - 1, s)}[{self.bool(d - 1, s | {'item': 'int'})}]",
        ])

    def mapped(self, d: int, s: dict[str, str]) -> str:
        kind, over = self.listed(d - 1, s)
        x = self.fresh()
        return f"(for {x} in {over} return {self.int(d - 1, s | {x: kind})})"

    def months(self, d: int, s: dict[str, str]) -> str:
        over = f"{self.lines(d, s)}.m"
        return self.random.choice([over, f"distinct values({over})"])

    def lines(self, d: int, s: dict[str, str]) -> str:
        return self.pick(d, [lambda: "lines"], [
            lambda: "lines", lambda: f"distinct values({self.lines(d - 1, s)})",
            lambda: f"{self.lines(d - 1, s)}[{self.bool(d - 1, s | {'item': 'line'})}]",
            lambda: f"{self.lines(d - 1, s)}[{self.bool(d - 1, s | {'item': 'line'})}]",
            lambda: f"(if {self.bool(d - 1, s)} then {self.lines(d - 1, s)} else {self.lines(d - 1, s)})",
            lambda: f"[{self.line(d - 1, s)}, {self.line(d - 1, s)}]",
        ])

    def line(self, d: int, s: dict[str, str]) -> str:
        found = self._of(s, "line")
        leaf = [lambda: "one"] + [lambda: self.random.choice(found)] * (2 * bool(found))
        return self.pick(d, leaf, [
            lambda: f"{self.lines(d - 1, s)}[{self.random.choice(['1', '2', '-1', 'i'])}]",
            lambda: f"(if {self.bool(d - 1, s)} then {self.line(d - 1, s)} else {self.line(d - 1, s)})",
            *leaf,
        ])

    def subs(self, d: int, s: dict[str, str]) -> str:
        return self.pick(d, [lambda: f"{self.line(0, s)}.subs"], [
            lambda: f"{self.line(d - 1, s)}.subs",
            lambda: f"{self.subs(d - 1, s)}[{self.bool(d - 1, s | {'item': 'sub'})}]",
        ])
