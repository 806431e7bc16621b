"""Functions of the table on symbols: strict ones lifted once, the others by their own builders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from interpreter.batch.sql import listed
from interpreter.batch.sql.choose import plain
from interpreter.batch.sql.functions import dates, numbers, texts
from interpreter.batch.sql.kinds import result_of
from interpreter.batch.sql.mask import EMPTY, Mask, pick
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    Sql,
    and_,
    case,
    is_null,
    is_true,
    less,
    less_equal,
    not_,
    op,
    or_,
    strict,
)
from interpreter.batch.sql.numeric import TooLargeError, alike, compared
from interpreter.batch.sql.parts import equal_parts, known_list
from interpreter.batch.sql.symbol import Quotient, Scalar, Span, Sym, causes_of, truth
from interpreter.language import core as c
from interpreter.language.functions import BY_KEY
from interpreter.language.types import BOOLEAN, List, Number, Type

if TYPE_CHECKING:
    from interpreter.batch.sql.compile import Compiler

Builder = Callable[[list[Sym], Type, int, "Compiler"], Sym | None]
"""Of the arguments, the type of the result and the bit of the fault: the value."""

STRICT = {**numbers.STRICT, **dates.STRICT, **texts.STRICT}
NEVER_FAIL = numbers.NEVER_FAIL | dates.NEVER_FAIL


def apply(node: c.Apply, args: list[Sym], compiler: Compiler) -> Sym:
    """A function on its arguments."""
    type = result_of(node.function, (arg.type for arg in args))
    try:
        made = _made(node, args, type, compiler)
    except TooLargeError:
        made = None
    if made is not None:
        return made
    if isinstance(type, List):
        return compiler.doubtful_list(type, node.function)
    return compiler.doubtful(type, node.function)


def _made(node: c.Apply, args: list[Sym], type: Type, compiler: Compiler) -> Sym | None:
    key = node.function
    if key in SPECIAL:
        return SPECIAL[key](args, type, node.fault, compiler)
    fault = compiler.causes.mask(node.fault)
    ratio = any(isinstance(arg, Quotient) for arg in args)
    if key in numbers.RATIO:
        return numbers.RATIO[key](args, type, fault)
    if ratio and key in ("negate", "abs"):
        return (numbers.negate_ratio if key == "negate" else numbers.abs_ratio)(args, type, fault)
    if key not in STRICT or not all(isinstance(arg, Scalar) for arg in args):
        return None
    given = [arg for arg in args if isinstance(arg, Scalar)]
    value = STRICT[key](given, type)
    partial = BY_KEY[key].partial and key not in NEVER_FAIL
    made = Scalar(value, lifted(given, fault if partial else EMPTY), type, not partial and _sure(given))
    if key == "add.number" and any(arg.low is not None for arg in given):
        return _bounded_sum(made, given, type)
    return made


def _sure(args: list[Scalar]) -> bool:
    return all(arg.sure for arg in args)


def lifted(args: list[Scalar], fault: Mask) -> Mask:
    """Why a strict function has no value: an argument is not known, or else it failed."""
    causes = causes_of(*args)
    if not fault:
        return causes
    return pick([(or_(*(is_null(arg.value) for arg in args if not arg.sure)), causes)], otherwise=fault)


def _bounded_sum(made: Scalar, args: list[Scalar], type: Type) -> Scalar:
    low, high = (
        STRICT["add.number"]([Scalar(end, EMPTY, arg.type) for end, arg in zip(ends, args, strict=True)], type)
        for ends in ([arg.least for arg in args], [arg.most for arg in args])
    )
    return replace(made, low=low, high=high)


def _compared(name: str) -> Builder:
    def compare(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
        a, b = plain(args[0]), plain(args[1])
        if not isinstance(a, Scalar | Quotient) or not isinstance(b, Scalar | Quotient):
            return compiler.doubtful(BOOLEAN, "comparison of parts")
        value = compared(name, a, b)
        if isinstance(a, Scalar) and isinstance(b, Scalar):
            if isinstance(a.type, Number) and isinstance(b.type, Number):
                a, b = alike(a, b)
            value = _by_bounds(name, value, a, b)
        return truth(value, causes_of(a, b), sure=a.sure and b.sure)

    return compare


def _by_bounds(name: str, value: Sql, a: Scalar, b: Scalar) -> Sql:
    """What bounds alone may say where a side is not known."""
    if a.low is None and b.low is None:
        return value
    low_a, high_a, low_b, high_b = a.least, a.most, b.least, b.most

    def compare(op_name: str, x: Sql, y: Sql) -> Sql:
        return less(x, y) if op_name == "<" else less_equal(x, y)

    if name == "=":
        return case((not_(is_null(value)), value), (less(high_a, low_b), FALSE), (less(high_b, low_a), FALSE))
    surely_not = less_equal(low_b, low_a)
    surely_not = less_equal(high_b, low_a) if name == "<" else less(high_b, low_a)
    return case((compare(name, high_a, low_b), TRUE), (surely_not, FALSE))


def _within(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
    value, span = plain(args[0]), args[1]
    if not isinstance(span, Span) or not isinstance(value, Scalar | Quotient):
        return compiler.doubtful(BOOLEAN, "range")
    ends = [end for end in (span.low, span.high) if end is not None]
    unknown = or_(*(_null(one) for one in (value, *ends)))
    above = TRUE if span.low is None else compared("<=" if span.low_included else "<", span.low, value)
    below = TRUE if span.high is None else compared("<=" if span.high_included else "<", value, span.high)
    found = case((unknown, NULL), otherwise=and_(above, below))
    return truth(found, causes_of(value, *ends), sure=value.sure and all(end.sure for end in ends))


def _null(one: Scalar | Quotient) -> Sql:
    return FALSE if one.sure else is_null(one.over if isinstance(one, Quotient) else one.value)


def _equal_parts(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
    return equal_parts(args[0], args[1], compiler)


def _is_known(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym | None:
    value = plain(args[0])
    if not isinstance(value, Scalar | Quotient):
        return None
    # what is in doubt may be known after all
    unsure = _in_doubt(value, compiler)
    return compiler.unless(unsure, truth(not_(_null(value)), EMPTY, sure=True))


def _in_doubt(value: Scalar | Quotient, compiler: Compiler) -> Sql:
    word, bit = compiler.causes.doubt[0]
    found = dict(value.causes).get(word)
    return FALSE if found is None else op("has bit", found, bit)


def _list_known(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
    return known_list(args[0], compiler)


def _cased(name: str) -> Builder:
    def cased(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
        text = args[0]
        assert isinstance(text, Scalar)
        made = replace(text, value=strict(name, text.value))
        # letters beyond those of ASCII differ between engines
        return compiler.unless(is_true(not_(strict("ascii", text.value))), made)

    return cased


def _end(which: str) -> Builder:
    def end(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
        span = args[0]
        if not isinstance(span, Span):
            return compiler.doubtful(type, which)
        wanted, other = (span.low, span.high) if which == "start" else (span.high, span.low)
        if wanted is None:
            return Scalar(NULL, compiler.causes.mask(fault), type)
        if other is None or other.sure or not isinstance(wanted, Scalar):
            return wanted
        value = case((_null(other), NULL), otherwise=wanted.value)
        return replace(wanted, value=value, mask=causes_of(wanted, other), sure=False)

    return end


def _included(which: str) -> Builder:
    def included(args: list[Sym], type: Type, fault: int, compiler: Compiler) -> Sym:
        span = args[0]
        if not isinstance(span, Span):
            return compiler.doubtful(type, which)
        ends = [end for end in (span.low, span.high) if end is not None]
        known = TRUE if (span.low_included if which == "start" else span.high_included) else FALSE
        unknown = or_(*(_null(end) for end in ends))
        return truth(case((unknown, NULL), otherwise=known), causes_of(*ends), sure=unknown is FALSE)

    return included


SPECIAL: dict[str, Builder] = {
    "equal": _compared("="), "equal.ratio": _compared("="), "less": _compared("<"), "less.ratio": _compared("<"),
    "less_equal": _compared("<="), "less_equal.ratio": _compared("<="), "within": _within,
    "equal.parts": _equal_parts, "is known": _is_known, ".start": _end("start"), ".end": _end("end"),
    ".start included": _included("start"), ".end included": _included("end"), "item": listed.item,
    "distinct": listed.distinct_of, "append": listed.append, "concatenate": listed.concatenate,
    "months of": listed.months_of, "reverse": listed.reverse, "union": listed.union_of,
    "steps": listed.steps, "flatten": listed.flatten, "is known.list": _list_known,
    "upper case": _cased("upper"), "lower case": _cased("lower"),
}

_LONG = "ratios added in a list soon have larger denominators than an integer of SQL"
_PLACES = "where a position is in a list that is only partly known hangs on every member"
_TEXTS = "lists of texts are put together by the interpreter"
_DAYS = "lists of days are made by the interpreter"

BY_INTERPRETER: dict[str, str] = {
    "sum.ratio": _LONG, "product": _LONG, "median": _LONG, "modulo.ratio": _LONG, "mode": _LONG,
    "index of": _PLACES, "sublist": _PLACES, "sublist.length": _PLACES, "insert before": _PLACES, "remove": _PLACES,
    "flatten.deep": "lists three deep are rare",
    "string join": _TEXTS, "string join.delimiter": _TEXTS, "steps.days": _DAYS, "steps.range.days": _DAYS,
    "steps.range": "ranges that are counted through are rare",
    "divide.years-months": "how often a duration goes into another is rare",
    "divide.days-time": "how often a duration goes into another is rare",
}
"""Functions of batches that SQL has not, each with why; cases that need them are the interpreter's."""
