"""Numbers: exact arithmetic on whole units, ratios as pairs, rounding by integers alone (SEMANTICS 5)."""

from __future__ import annotations

from collections.abc import Callable

from interpreter.batch.sql.constant import places_of, size_of
from interpreter.batch.sql.mask import Mask, pick
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    ZERO,
    Sql,
    and_,
    case,
    equal,
    is_literal,
    is_null,
    less,
    less_equal,
    literal,
    not_,
    op,
    or_,
    strict,
)
from interpreter.batch.sql.numeric import HUGE, TooLargeError, as_quotient, narrow, product, rescaled, wide
from interpreter.batch.sql.symbol import Quotient, Scalar, Sym, causes_of
from interpreter.language.magnitude import written_out
from interpreter.language.types import Number, Type

Strict = Callable[[list[Scalar], Type], Sql]
"""The value of a strict function, NULL where an argument is, or where it has none."""


def _added(name: str) -> Strict:
    def add(args: list[Scalar], type: Type) -> Sql:
        assert isinstance(type, Number)
        a, b = (rescaled(arg, Number(type.places)).value for arg in args)
        size = max(size_of(type), *(size_of(arg.type) * 10 ** (type.places - places_of(arg.type)) for arg in args))
        if is_literal(a) and is_literal(b) and NULL not in (a, b):
            return literal(a.args[0] + b.args[0] if name == "+" else a.args[0] - b.args[0])
        return narrow(strict(name, wide(a, size), wide(b, size)), size)

    return add


def _multiply(args: list[Scalar], type: Type) -> Sql:
    size = max(size_of(type), *(size_of(arg.type) for arg in args))
    return narrow(product(args[0].value, args[1].value, size), size)


def _negate(args: list[Scalar], type: Type) -> Sql:
    value = args[0].value
    return literal(-value.args[0]) if is_literal(value) and value is not NULL else strict("negative", value)


def _abs(args: list[Scalar], type: Type) -> Sql:
    value = args[0].value
    return NULL if value is NULL else case((less(value, ZERO), strict("negative", value)), otherwise=value)


def _modulo(args: list[Scalar], type: Type) -> Sql:
    places = max(places_of(arg.type) for arg in args)
    a, b = (rescaled(arg, Number(places)).value for arg in args)
    by = strict("not zero", b)
    return strict("%", strict("+", strict("%", a, by), b), by)


def _parity(rest: int) -> Strict:
    return lambda args, type: equal(strict("%", args[0].value, literal(2)), ZERO) if rest == 0 else (
        not_(equal(strict("%", args[0].value, literal(2)), ZERO)))


def _extreme(name: str) -> Strict:
    def extreme(args: list[Scalar], type: Type) -> Sql:
        values = [rescaled(arg, type).value for arg in args]
        if NULL in values:
            return NULL
        unknown = or_(*(is_null(arg.value) for arg in args if not arg.sure))
        return case((unknown, NULL), otherwise=op(name, *values))

    return extreme


STRICT: dict[str, Strict] = {
    "add.number": _added("+"), "subtract.number": _added("-"), "multiply.number": _multiply, "negate": _negate,
    "abs": _abs, "modulo": _modulo, "odd": _parity(1), "even": _parity(0), "least": _extreme("least"),
    "greatest": _extreme("greatest"),
}
"""Those of numbers that are no ratios."""


# ---- ratios


def _unknown_or_fault(args: list[Sym], fault: Mask, blocked: Sql) -> Mask:
    known = [arg for arg in args if isinstance(arg, Scalar | Quotient)]
    unknown = or_(*(is_null(arg.over if isinstance(arg, Quotient) else arg.value) for arg in known if not arg.sure))
    return pick([(unknown, causes_of(*known))], otherwise=fault if blocked is not NULL else ())


def _sized(size: int) -> int:
    if size >= HUGE:
        raise TooLargeError
    return size


def divide(args: list[Sym], type: Type, fault: Mask) -> Sym:
    """A quotient; where the divisor is zero, none."""
    a, b = as_quotient(args[0]), as_quotient(args[1])
    top, bottom = _sized(a.top * b.bottom), _sized(a.bottom * b.top)
    over, under = product(a.over, b.under, top), product(a.under, b.over, max(bottom, 1))
    if is_literal(under) and under is not NULL and under.args[0] > 0:
        mask = causes_of(a, b)
        return Quotient(over, under, mask, type, top, bottom, a.sure and b.sure)
    below, none = less(b.over, ZERO), equal(b.over, ZERO)
    over = case((none, NULL), (below, strict("negative", over)), otherwise=over)
    under = case((none, NULL), (below, strict("negative", under)), otherwise=under)
    # both sides are NULL together, whichever is not known
    unknown = or_(is_null(a.over), is_null(b.over))
    over, under = (case((unknown, NULL), otherwise=side) for side in (over, under))
    mask = _unknown_or_fault([a, b], fault, TRUE)
    return Quotient(over, under, mask, type, top, bottom)


def _both(a: Quotient, b: Quotient, over: Sql, under: Sql, type: Type, top: int, bottom: int) -> Quotient:
    unknown = or_(*(is_null(one.over) for one in (a, b) if not one.sure))
    over, under = (case((unknown, NULL), otherwise=side) for side in (over, under))
    return Quotient(over, under, causes_of(a, b), type, top, bottom, a.sure and b.sure)


def _sum_of_ratios(name: str) -> Callable[[list[Sym], Type, Mask], Sym]:
    def combine(args: list[Sym], type: Type, fault: Mask) -> Sym:
        a, b = as_quotient(args[0]), as_quotient(args[1])
        top, bottom = _sized(a.top * b.bottom + b.top * a.bottom), _sized(a.bottom * b.bottom)
        left, right = product(a.over, b.under, top), product(b.over, a.under, top)
        over = strict(name, wide(left, top), wide(right, top))
        return _both(a, b, over, product(a.under, b.under, bottom), type, top, bottom)

    return combine


def multiply_ratio(args: list[Sym], type: Type, fault: Mask) -> Sym:
    """The product of two ratios."""
    a, b = as_quotient(args[0]), as_quotient(args[1])
    top, bottom = _sized(a.top * b.top), _sized(a.bottom * b.bottom)
    over, under = product(a.over, b.over, top), product(a.under, b.under, bottom)
    return _both(a, b, over, under, type, top, bottom)


def negate_ratio(args: list[Sym], type: Type, fault: Mask) -> Sym:
    """A ratio with the other sign."""
    a = as_quotient(args[0])
    return Quotient(strict("negative", a.over), a.under, a.mask, type, a.top, a.bottom, a.sure)


def abs_ratio(args: list[Sym], type: Type, fault: Mask) -> Sym:
    """The size of a ratio."""
    a = as_quotient(args[0])
    over = case((less(a.over, ZERO), strict("negative", a.over)), otherwise=a.over)
    return Quotient(over, a.under, a.mask, type, a.top, a.bottom, a.sure)


def per_month(args: list[Sym], type: Type, fault: Mask) -> Sym:
    """A twelfth."""
    a = as_quotient(args[0])
    bottom = _sized(a.bottom * 12)
    return Quotient(a.over, product(a.under, literal(12), bottom), a.mask, type, a.top, bottom, a.sure)


def power_whole(args: list[Sym], type: Type, fault: Mask) -> Sym | None:
    """A whole power that is written out; None for any other."""
    to = written_out(args[1].type)
    if to is None or to < 0 or not isinstance(args[0], Scalar) or not isinstance(type, Number):
        return None
    value: Sql = literal(1)
    size = max(size_of(type), size_of(args[0].type))
    for _ in range(to):
        value = product(value, args[0].value, size)
    if to == 0:
        value = case((is_null(args[0].value), NULL), otherwise=value)
    return Scalar(narrow(value, size), args[0].mask, type, args[0].sure)


# ---- rounding


def rounding(mode: str) -> Callable[[list[Sym], Type, Mask], Sym]:
    """Rounds to places that are written out: cuts off, then grows away from zero where the mode says so."""

    def rounded(args: list[Sym], type: Type, fault: Mask) -> Sym:
        places = (written_out(args[1].type) or 0) if len(args) > 1 else 0
        of = as_quotient(args[0])
        assert isinstance(type, Number)
        scale = 10 ** abs(places)
        top, bottom = (of.top * scale, of.bottom) if places >= 0 else (of.top, of.bottom * scale)
        size = _sized(max(top, bottom, size_of(type)))
        over = product(of.over, literal(scale), size) if places > 0 else wide(of.over, size)
        under = product(of.under, literal(scale), size) if places < 0 else wide(of.under, size)
        whole = _rounded(over, under, mode) if NULL not in (over, under) else NULL
        value = strict("*", wide(whole, size), literal(scale)) if places < 0 else whole
        return Scalar(narrow(value, size_of(type)), of.mask, type, of.sure)

    return rounded


def _rounded(over: Sql, under: Sql, mode: str) -> Sql:
    """A ratio over something above zero as a whole number."""
    cut, rest = op("trunc div", over, under), op("%", over, under)
    left = case((less(rest, ZERO), op("negative", rest)), otherwise=rest)
    other = op("-", under, left)
    some = op("<>", rest, ZERO)
    odd = op("<>", op("%", cut, literal(2)), ZERO)
    grows = {
        "up": some, "down": FALSE, "half up": and_(some, less_equal(other, left)), "half down": less(other, left),
        "half even": or_(less(other, left), and_(equal(other, left), odd)),
        "floor": less(rest, ZERO), "ceiling": less(ZERO, rest),
    }[mode]
    if grows is FALSE:
        return cut
    away = case((less(over, ZERO), op("-", cut, literal(1))), otherwise=op("+", cut, literal(1)))
    return case((grows, away), otherwise=cut)


def _where_known(made: Callable[[list[Sym], Type, Mask], Sym | None]) -> Callable[[list[Sym], Type, Mask], Sym | None]:
    """The same, where the second argument is known too: that its type has one value only does not tell that."""

    def known(args: list[Sym], type: Type, fault: Mask) -> Sym | None:
        found = made(args, type, fault)
        if not isinstance(found, Scalar) or len(args) == 1 or not isinstance(args[1], Scalar) or args[1].sure:
            return found
        value = case((is_null(args[1].value), NULL), otherwise=found.value)
        return Scalar(value, causes_of(found, args[1]), found.type)

    return known


RATIO: dict[str, Callable[[list[Sym], Type, Mask], Sym | None]] = {
    "add.ratio": _sum_of_ratios("+"), "subtract.ratio": _sum_of_ratios("-"), "multiply.ratio": multiply_ratio,
    "divide": divide, "per month": per_month, "power.whole": _where_known(power_whole),
    **{f"round.{mode}": _where_known(rounding(mode)) for mode in ("half up", "half down", "half even", "up", "down")},
    "decimal": _where_known(rounding("half even")), "floor": rounding("floor"), "ceiling": rounding("ceiling"),
    "floor.places": _where_known(rounding("floor")), "ceiling.places": _where_known(rounding("ceiling")),
}
"""Those that take or make ratios, by their symbols."""

NEVER_FAIL = frozenset({
    "multiply.number", "add.ratio", "subtract.ratio", "multiply.ratio", "per month", *(
        key for key in RATIO if key.startswith(("round.", "floor", "ceiling", "decimal"))
    ),
})
"""Partial for the sake of numbers longer than the bounds let any be."""

