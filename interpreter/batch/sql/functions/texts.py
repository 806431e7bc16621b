"""Text: compared, counted and cut by code points."""

from __future__ import annotations

from collections.abc import Callable

from interpreter.batch.sql.node import NULL, ZERO, Sql, case, equal, less, less_equal, literal, op, or_, strict
from interpreter.batch.sql.symbol import Scalar
from interpreter.language.functions.text import LONGEST
from interpreter.language.types import Number, Type

Strict = Callable[[list[Scalar], Type], Sql]


def _op(name: str) -> Strict:
    return lambda args, type: strict(name, *(arg.value for arg in args))


def _substring(args: list[Scalar], type: Type) -> Sql:
    text, start, *more = (arg.value for arg in args)
    if NULL in (text, start, *more):
        return NULL
    length = strict("text length", text)
    place = case((less(ZERO, start), start), otherwise=op("+", op("+", start, length), literal(1)))
    none = or_(equal(start, ZERO), less(place, literal(1)), less(length, place))
    if more:
        none = or_(none, less(more[0], literal(1)))
        return case((none, NULL), otherwise=op("substring", text, place, more[0]))
    return case((none, NULL), otherwise=op("substring", text, place))


def _joined(args: list[Scalar], type: Type) -> Sql:
    found = strict("joined text", *(arg.value for arg in args))
    return NULL if found is NULL else case((less_equal(strict("text length", found), literal(LONGEST)), found))


def _number(args: list[Scalar], type: Type) -> Sql:
    of = args[0].type
    places = of.places if isinstance(of, Number) else 0
    return NULL if args[0].value is NULL else op("number text", args[0].value, places)


def _truth(args: list[Scalar], type: Type) -> Sql:
    value = args[0].value
    return NULL if value is NULL else case((value, literal("true")), (op("not", value), literal("false")))


STRICT: dict[str, Strict] = {
    "add.text": _joined, "starts with": _op("starts with"), "ends with": _op("ends with"),
    "contains": _op("contains text"), "string length": _op("text length"), "substring": _substring,
    "substring.length": _substring, "substring before": _op("text before"), "substring after": _op("text after"),
    "string.text": lambda args, type: args[0].value, "string.boolean": _truth, "string.number": _number,
}
