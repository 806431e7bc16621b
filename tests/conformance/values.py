"""The suite's values, `{"t": "number", "v": "1.50"}`, as ours and ours as its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from interpreter.language.assign import unify
from interpreter.language.closures import compile_core
from interpreter.language.environment import Environment, Program
from interpreter.language.expression import Expression
from interpreter.language.functions.comparison import exact
from interpreter.language.read import read_expression
from interpreter.language.scope import FactName, Scope, Slots
from interpreter.language.types import (
    BOOLEAN,
    BROKEN,
    DATE,
    DATE_TIME,
    DAYS_TIME,
    NULL,
    TEXT,
    TIME,
    YEARS_MONTHS,
    List,
    Number,
    Ratio,
    RecordType,
    Type,
    record_of,
)
from interpreter.language.unknown import NOWHERE, Unknown, Value
from interpreter.language.values import Record, blank
from interpreter.problems import Fragment

Said = Mapping[str, Any]
"""A value as the suite says it."""

Typing = tuple[Type, Value]

TYPES: dict[str, Type] = {
    "number": Ratio(), "string": TEXT, "boolean": BOOLEAN, "date": DATE, "time": TIME, "dateTime": DATE_TIME,
    "ymd": YEARS_MONTHS, "dtd": DAYS_TIME,
}
AT = ("date", "time", "dateTime", "ymd", "dtd")
"""What is written `@"…"`."""

IEEE = Context(prec=34, rounding=ROUND_HALF_EVEN, Emax=6144, Emin=-6143)
"""What the suite's numbers are: decimal128."""


class Unreadable(Exception):  # noqa: N818 - it says what is the case
    """A value of the suite that the language has none for (a day of the year 12345)."""


def scope_of(facts: Mapping[str, Type]) -> Scope:
    """A scope of the whole of FEEL in which an expression may use these facts. Faults have one cause, the first bit."""
    return Scope({name: FactName(name, of) for name, of in facts.items()}, Slots(), lambda *_: 1, feel=True)


def work_out(expression: Expression, scope: Scope, facts: Mapping[str, Value]) -> Value:
    """The value of an expression."""
    program = Program({}, {}, {}, compile_core, record=False)
    environment = Environment(dict(facts), None, None, [None] * scope.slots.count)
    return compile_core(expression.core, program)(environment)


def declared(of: object) -> Type | None:
    """A type as the suite declares it, `["list", "number"]`; None where it says none."""
    match of:
        case str():
            return TYPES.get(of)
        case ["list", item]:
            inner = declared(item)
            return List(BROKEN if inner is None else inner)
        case dict():
            fields = {name: declared(field) for name, field in of.items()}
            return record_of(tuple((name, NULL if field is None else field) for name, field in fields.items()))
        case _:
            return None


def decode(said: Said, of: object = None) -> Typing:
    """A value and its type: that of the value itself, and what is declared of it where it says nothing."""
    kind, value = said["t"], said["v"]
    if value is None:
        return _at_most(declared(of)), NOWHERE
    if kind == "number":
        return number(value)
    if kind in ("string", "boolean"):
        return TYPES[kind], value
    if kind in AT:
        return TYPES[kind], _written(value)
    if kind == "list":
        inner = of[1] if isinstance(of, list) else None
        items = [decode(item, inner) for item in value]
        joined = reduce(_joined, (item for item, _ in items), _at_most(declared(inner)))
        return List(joined), tuple(item for _, item in items)
    shape = of if isinstance(of, dict) else {}
    fields = {name: decode(field, shape.get(name)) for name, field in value.items()}
    fields |= {name: (_at_most(declared(field)), NOWHERE) for name, field in shape.items() if name not in fields}
    made = record_of(tuple((name, field) for name, (field, _) in fields.items()))
    return made, Record({name: field for name, (_, field) in fields.items()}, blank(made))


def _at_most(of: Type | None) -> Type:
    """A declared type where no value says more: its numbers have no places."""
    match of:
        case None:
            return NULL
        case Ratio():
            return Number()
        case List(item=item):
            return List(_at_most(item))
        case RecordType(fields=fields):
            return record_of(tuple((name, _at_most(field.type)) for name, field in fields.items()))
        case _:
            return of


def _joined(a: Type, b: Type) -> Type:
    joined = unify(a, b)
    if joined is None:
        raise Unreadable("a list of several types")
    return joined


def number(text: str) -> Typing:
    """A number with as many places as are written."""
    value = Decimal(text)
    power = value.as_tuple().exponent
    assert isinstance(power, int)
    return (Number(-power), value) if power < 0 else (Number(), int(value))


def _written(text: str) -> Value:
    """A day, time or duration."""
    scope = scope_of({})
    expression = read_expression(Fragment.whole("value", f'@"{text}"'), scope, [])
    if expression is None:
        raise Unreadable(text)
    return work_out(expression, scope, {})


def shown(value: Value) -> str:
    """A value in the report: null, and an error by the name of what it is."""
    if isinstance(value, Unknown):
        return "an error" if value.causes else "null"
    return repr(value)


def agree(found: Value, expected: Value) -> bool:
    """Whether a value is the expected one.

    Numbers are compared exactly, once a quotient is rounded to 34 digits, half even, as decimal128 holds it. The suite
    writes quotients and irrational numbers short, rounded or cut off (5.66666666666667, 60.58617166606), and some as
    binary arithmetic gave them, wrong from the thirteenth digit on (562.707359373292, which is 562.707359373265…). So
    a quotient agrees with a number of eight digits or more if it is less than one unit away of the last of them, or
    of the twelfth where there are more.
    """
    if isinstance(found, Unknown) or isinstance(expected, Unknown):
        return isinstance(found, Unknown) and isinstance(expected, Unknown)
    match expected:
        case bool():
            return found is expected
        case int() | Decimal():
            is_number = isinstance(found, int | Decimal | Fraction) and not isinstance(found, bool)
            return is_number and _same(found, expected)
        case tuple():
            return isinstance(found, tuple) and len(found) == len(expected) and all(map(agree, found, expected))
        case Record():
            names = expected.fields.keys()
            return isinstance(found, Record) and found.fields.keys() == names and all(
                agree(found.fields[name], expected.fields[name]) for name in names
            )
        case _:
            return type(found) is type(expected) and bool(found == expected)


ENOUGH, RIGHT = 8, 12
"""Digits from which a number of the suite may be a longer one, written short, and how many of them are right."""


def _same(found: int | Decimal | Fraction, expected: int | Decimal) -> bool:
    ours = IEEE.divide(Decimal(found.numerator), Decimal(found.denominator)) if isinstance(found, Fraction) else found
    if exact(ours) == exact(expected):
        return True
    _, digits, power = Decimal(expected).as_tuple()
    assert isinstance(power, int)
    short = isinstance(found, Fraction) and len(digits) >= ENOUGH
    unit = Fraction(10) ** (power + max(0, len(digits) - RIGHT))
    return short and abs(Fraction(found) - Fraction(expected)) < unit
