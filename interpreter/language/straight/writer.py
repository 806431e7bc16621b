"""Core to Python source, where all that is read is known: an expression, and the test that it holds.

Conditions and cheap functions of scalars can be written so; what meets anything else (an unknown, a record that is
compared by its key, a fault) fails its test, and the closures answer in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from interpreter.language import core as c
from interpreter.language.functions import BY_KEY
from interpreter.language.hits import FIRST_SURE
from interpreter.language.shortcuts import ITSELF, one_of
from interpreter.language.straight.operators import BOOLEAN, CLASSES, INLINE, KNOWN, READY, beside, is_of, narrowness
from interpreter.language.unknown import Value
from interpreter.language.values import Record

Tests = dict[str, tuple[str, ...]]
"""The classes that variables must be of; none for a whole condition that must hold."""


MOST_NESTED, MOST_ROWS = 40, 40
"""How deep expressions nest, and the rows of a table that are written as one: Python reads no more than twice that."""


class NotStraightError(Exception):
    """A node that straight-line code does not write."""


class Sources(Protocol):
    """Where code finds what it reads, as Python expressions. Each may raise NotStraightError."""

    def fact(self, name: str) -> str: ...
    def local(self, slot: int) -> str: ...
    def day(self) -> str: ...
    def parameter(self, node: c.Read) -> str: ...

    def settled(self, node: c.Read) -> Value:
        """The value that a parameter has wherever the code runs; None where that is not known beforehand."""

    def definition(self, node: c.Call) -> c.Core:
        """What a definition without parameters is."""

    def field(self, node: c.Field) -> None:
        """Raises where a field may not be read in passing."""


@dataclass(frozen=True, slots=True)
class Straight:
    """An expression for a value, sure where `test` holds ("" where it always is). `reads` are the variables that the
    test looks at, each with those of the facts that it hangs on."""

    expression: str
    test: str
    reads: dict[str, tuple[str, ...]]


class Writer:
    """Writes expressions that share what they read, each thing read once. `constants` are the names their code uses."""

    def __init__(self, sources: Sources, prefix: str = "v") -> None:
        self.constants: dict[str, Any] = {"Record": Record, "KNOWN": ITSELF, "READY": READY, **CLASSES}
        self._sources = sources
        self._depth = 0
        self._prefix = prefix
        self._names: dict[c.Core, str] = {}
        self._steps: list[tuple[str, str]] = []
        self._fields: dict[str, list[tuple[str, str]]] = {}
        self._roots: dict[str, tuple[str, ...]] = {}
        self._made: list[tuple[c.Core, str | None]] = []
        """What has a name, in order, with the variable whose field it is (None: a step of its own)."""

    def straight(self, node: c.Core, want: tuple[str, ...] = KNOWN) -> Straight:
        """A node's value. Raises NotStraightError, and leaves nothing of it behind."""
        before = len(self._made)
        tests: Tests = {}
        try:
            expression = self._sure(node, tests, want)
        except NotStraightError:
            self._forget(before)
            raise
        reads = {name: self._roots[name] for name, classes in tests.items() if classes}
        return Straight(expression, _test(tests), reads)

    def steps(self) -> list[str]:
        """The statements that read what the expressions need, in order."""
        lines: list[str] = []
        for variable, code in self._steps:
            lines.append(f"{variable} = {code}")
            self._add_fields(variable, lines)
        return lines

    def constant(self, value: Value) -> str:
        """The name of a constant, or how it is written."""
        if value.__class__ in (bool, int, str):
            return repr(value)
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def roots(self, found: Straight) -> tuple[c.Core, ...]:
        """The facts, and whatever else is read as it is, that a value hangs on."""
        nodes = {name: node for node, name in self._names.items()}
        return tuple(dict.fromkeys(nodes[root] for its in found.reads.values() for root in its))

    def variable(self, node: c.Core) -> str:
        """The variable that holds what a fact or field is, known or not."""
        return self._variable(node)

    def records(self) -> list[str]:
        """The variables of facts whose fields are read."""
        return [variable for variable, _ in self._steps if variable in self._fields]

    def _add_fields(self, variable: str, lines: list[str]) -> None:
        fields = self._fields.get(variable, [])
        if len(fields) < 3:
            lines += [f"{own} = {variable}.fields.get({name!r}) if {variable}.__class__ is Record else None"
                      for own, name in fields]
        else:
            lines += [f"if {variable}.__class__ is Record:", f"    get = {variable}.fields.get"]
            lines += [f"    {own} = get({name!r})" for own, name in fields]
            lines += ["else:", f"    {' = '.join(own for own, _ in fields)} = None"]
        for own, _ in fields:
            self._add_fields(own, lines)

    def _forget(self, before: int) -> None:
        while len(self._made) > before:
            node, of = self._made.pop()
            del self._names[node]
            (self._steps if of is None else self._fields[of]).pop()

    def _variable(self, node: c.Core) -> str:
        """The variable that holds what a node gives, known or not; None where it is a field of what is no record."""
        found = self._names.get(node)
        if found is not None:
            return found
        match node:
            case c.Fact(name=name):
                return self._named(node, self._sources.fact(name))
            case c.Local(slot=slot):
                return self._named(node, self._sources.local(slot))
            case c.AsOf():
                return self._named(node, self._sources.day())
            case c.Read(day=None):
                return self._named(node, self._sources.parameter(node))
            case c.Field(of=c.Fact() | c.Local() | c.Field() as inner, name=name):
                self._sources.field(node)
                of = self._variable(inner)
                own = self._new(node, of)
                self._fields.setdefault(of, []).append((own, name))
                return own
            case c.Apply() if BY_KEY[node.function].strict and not BY_KEY[node.function].fold:
                return self._called(node, BY_KEY[node.function].python)
            case c.Call(args=()):
                return self._once(node, self._sources.definition(node))
        raise NotStraightError

    def _new(self, node: c.Core, of: str | None, tests: Tests | None = None) -> str:
        own = self._names[node] = f"{self._prefix}{len(self._names)}"
        self._roots[own] = (own,) if tests is None else tuple(dict.fromkeys(
            root for name, classes in tests.items() if classes for root in self._roots[name]
        ))
        self._made.append((node, of))
        return own

    def _named(self, node: c.Core, code: str, tests: Tests | None = None) -> str:
        own = self._new(node, None, tests)
        self._steps.append((own, code))
        return own

    def _called(self, node: c.Apply, python: Callable[..., Any]) -> str:
        """A strict function, called where its arguments are known; where they are not, None, which is no value."""
        tests: Tests = {}
        args = [self._sure(arg, tests, ("READY",)) for arg in node.args]
        return self._named(node, _where(_test(tests), f"{self.constant(python)}({', '.join(args)})"), tests)

    def _once(self, node: c.Call, definition: c.Core) -> str:
        tests: Tests = {}
        expression = self._sure(definition, tests, KNOWN)
        return self._named(node, _where(_test(tests), expression), tests)

    def _value(self, node: c.Core) -> Value:
        """What a node is wherever the code runs, where it stands for itself; else None."""
        match node:
            case c.Literal(value=value):
                found = value
            case c.Read(day=None):
                found = self._sources.settled(node)
            case _:
                return None
        return found if found.__class__ in ITSELF else None

    def _sure(self, node: c.Core, tests: Tests, want: tuple[str, ...]) -> str:
        settled = self._value(node)
        if settled is not None:
            return self.constant(settled)
        if self._depth >= MOST_NESTED:
            raise NotStraightError
        self._depth += 1
        try:
            return self._operation(node, tests, want)
        finally:
            self._depth -= 1

    def _operation(self, node: c.Core, tests: Tests, want: tuple[str, ...]) -> str:
        match node:
            case c.And(parts=parts):
                return self._joined(" and ", parts, tests) if parts else "True"
            case c.Or(parts=parts):
                return self._or(parts, tests) if parts else "False"
            case c.Not(part=part):
                return f"(not {self._sure(part, tests, BOOLEAN)})"
            case c.If(condition=condition, then=then, otherwise=otherwise):
                holds = self._sure(condition, tests, BOOLEAN)
                return f"({self._sure(then, tests, want)} if {holds} else {self._sure(otherwise, tests, want)})"
            case c.Choose(hit=hit, rows=rows, default=default) if hit in FIRST_SURE and 0 < len(rows) <= MOST_ROWS:
                chosen = [(self._sure(when, tests, BOOLEAN), self._sure(then, tests, want)) for when, then in rows]
                if default is None:
                    rest = chosen[-1][1]
                    tests[f"({' or '.join(when for when, _ in chosen)})"] = ()
                    chosen.pop()
                else:
                    rest = self._sure(default, tests, want)
                return f"({''.join(f'{then} if {when} else ' for when, then in chosen)}{rest})"
            case c.Apply(function=function, args=(left, right)) if function in INLINE:
                sides = [self._compared(left, right, tests), self._compared(right, left, tests)]
                return f"({INLINE[function].format(*sides)})"
            case _:
                name = self._variable(node)
                if narrowness(want) > narrowness(tests.get(name)):
                    tests[name] = want
                return name

    def _compared(self, node: c.Core, other: c.Core, tests: Tests) -> str:
        value = self._value(other)
        return self._sure(node, tests, KNOWN if value is None else beside(value))

    def _joined(self, word: str, parts: Sequence[c.Core], tests: Tests) -> str:
        return f"({word.join(self._sure(part, tests, BOOLEAN) for part in parts)})"

    def _or(self, parts: Sequence[c.Core], tests: Tests) -> str:
        found = one_of(parts)
        if found is None or len(parts) < 3:
            return self._joined(" or ", parts, tests)
        asked, values = found
        return f"({self._sure(asked, tests, beside(next(iter(values))))} in {self.constant(values)})"


def _test(tests: Tests) -> str:
    return " and ".join(is_of(name, classes) for name, classes in tests.items())


def _where(test: str, expression: str) -> str:
    return f"{expression} if {test} else None" if test else expression
