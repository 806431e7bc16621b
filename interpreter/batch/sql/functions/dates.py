"""Days, months and durations (SEMANTICS 6): months are counted from year 0, durations in months or nanoseconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from interpreter.batch.sql.node import (
    NULL,
    ZERO,
    Sql,
    and_,
    case,
    equal,
    less,
    less_equal,
    literal,
    not_,
    op,
    or_,
    strict,
)
from interpreter.batch.sql.symbol import Scalar
from interpreter.language.functions.weekdays import MONTHS, WEEKDAYS
from interpreter.language.iso import LONGEST_MONTHS, LONGEST_NANOS
from interpreter.language.temporal import DAY, SECOND
from interpreter.language.types import Type
from interpreter.language.values import ONGOING

Strict = Callable[[list[Scalar], Type], Sql]

LAST = literal(ONGOING)


def plus(a: Sql, b: Sql) -> Sql:
    return strict("+", a, b)


def minus(a: Sql, b: Sql) -> Sql:
    return strict("-", a, b)


def month_of(day: Sql) -> Sql:
    """The month of a day, as a number."""
    return strict("month number", day)


def within(value: Sql, low: int, high: int) -> Sql:
    """The value where it lies between two numbers, else NULL."""
    return case((and_(less_equal(literal(low), value), less_equal(value, literal(high))), value))


def _add_months(day: Sql, months: Sql) -> Sql:
    if NULL in (day, months):
        return NULL
    to = plus(month_of(day), months)
    return case((and_(less_equal(literal(12), to), less(to, literal(120_000))), op("add months", day, months)))


def _add_days(day: Sql, nanos: Sql) -> Sql:
    if NULL in (day, nanos):
        return NULL
    # a date stands for its midnight, so part of a day back is the day before
    days = op("floor div", nanos, literal(DAY))
    to = plus(strict("day number", day), days)
    return case((and_(less_equal(literal(1), to), less_equal(to, literal(date.max.toordinal()))),
                 op("day of number", to)))


def _negative(value: Sql) -> Sql:
    return strict("negative", value)


def _finite(value: Sql, *days: Sql) -> Sql:
    """A length, which a day that has not come has not."""
    return case((or_(*(equal(day, LAST) for day in days)), NULL), otherwise=value)


def _days_between(a: Sql, b: Sql) -> Sql:
    return _finite(strict("*", strict("huge", minus(strict("day number", a), strict("day number", b))), literal(DAY)),
                   a, b)


def _day_of(day: Sql) -> Sql:
    return strict("day", day)


def _months_from(a: Sql, b: Sql) -> Sql:
    """Full months from one day to a later one."""
    months = minus(month_of(b), month_of(a))
    short = and_(less(_day_of(b), _day_of(a)), not_(equal(b, strict("last day", b))))
    return case((short, minus(months, literal(1))), otherwise=months)


def _months_between(a: Sql, b: Sql) -> Sql:
    if NULL in (a, b):
        return NULL
    return _finite(case((less_equal(a, b), _months_from(a, b)), otherwise=_negative(_months_from(b, a))), a, b)


def _years_and_months(a: Sql, b: Sql) -> Sql:
    if NULL in (a, b):
        return NULL
    n = minus(month_of(b), month_of(a))
    ahead = and_(less(ZERO, n), less(_day_of(b), _day_of(a)))
    behind = and_(less(n, ZERO), less(_day_of(a), _day_of(b)))
    found = case((ahead, minus(n, literal(1))), (behind, plus(n, literal(1))), otherwise=n)
    return _finite(found, a, b)


def _age(args: list[Scalar], type: Type) -> Sql:
    born, day, leap = (arg.value for arg in args)
    if NULL in (born, day):
        return NULL
    month, of_month = (int(part) for part in str(leap.args[0]).split("-"))
    number = strict("month day", born)
    common = not_(equal(strict("month day", strict("last day", op("second month", day))), literal(229)))
    birthday = case((and_(equal(number, literal(229)), common), literal(month * 100 + of_month)), otherwise=number)
    years = minus(strict("year", day), strict("year", born))
    found = case((less(strict("month day", day), birthday), minus(years, literal(1))), otherwise=years)
    return case((or_(less(day, born), equal(day, LAST)), NULL), otherwise=found)


def _birth_date(args: list[Scalar], type: Type) -> Sql:
    return strict("birth date", args[0].value)


def _date(args: list[Scalar], type: Type) -> Sql:
    return strict("day of parts", *(arg.value for arg in args))


def _two(of: Callable[[Sql, Sql], Sql]) -> Strict:
    return lambda args, type: of(args[0].value, args[1].value)


def _one(of: Callable[[Sql], Sql]) -> Strict:
    return lambda args, type: of(args[0].value)


def _op(name: str) -> Strict:
    return lambda args, type: strict(name, *(arg.value for arg in args))


def _in_month(value: Sql) -> Sql:
    return within(value, 12, 119_999)


def _word(words: tuple[str, ...], number: Callable[[Sql], Sql]) -> Strict:
    def word(args: list[Scalar], type: Type) -> Sql:
        value = args[0].value
        if value is NULL:
            return NULL
        return case(*((equal(number(value), literal(n)), literal(text)) for n, text in enumerate(words, 1)))

    return word


def _truncated(a: Sql, size: int) -> Sql:
    return strict("trunc div", a, literal(size))


def _rest(a: Sql, size: int) -> Sql:
    return strict("%", a, literal(size))


def _span(kind: str, longest: int) -> dict[str, Strict]:
    def fits(value: Sql) -> Sql:
        return NULL if value is NULL else within(value, -longest, longest)

    def times(a: Sql, b: Sql) -> Sql:
        return fits(strict("*", strict("huge", a), strict("huge", b)))

    def size(a: Sql) -> Sql:
        return NULL if a is NULL else case((less(a, ZERO), _negative(sized(a))), otherwise=sized(a))

    def sized(a: Sql) -> Sql:
        return strict("huge", a)

    return {
        f"add.{kind}": _two(lambda a, b: fits(plus(sized(a), sized(b)))),
        f"subtract.{kind}": _two(lambda a, b: fits(minus(sized(a), sized(b)))),
        f"negate.{kind}": _one(lambda a: fits(_negative(sized(a)))),
        f"abs.{kind}": _one(size),
        f"multiply.{kind}": _two(times),
        f"multiply.by.{kind}": _two(times),
    }


STRICT: dict[str, Strict] = {
    "add.date.months": _two(_add_months),
    "subtract.date.months": _two(lambda d, m: _add_months(d, _negative(m))),
    "add.months.date": _two(lambda m, d: _add_months(d, m)),
    "add.date.days": _two(_add_days),
    "add.days.date": _two(lambda t, d: _add_days(d, t)),
    "subtract.date.days": _two(lambda d, t: _add_days(d, _negative(t))),
    "subtract.date": _two(_days_between),
    "add.month": _two(lambda m, s: NULL if NULL in (m, s) else _in_month(plus(m, s))),
    "subtract.month.months": _two(lambda m, s: NULL if NULL in (m, s) else _in_month(minus(m, s))),
    "subtract.month": _two(minus),
    "date": _date,
    "month": _one(month_of),
    "year.date": _op("year"), "month.date": _op("month"), "day.date": _op("day"),
    "year.month": _one(lambda m: _truncated(m, 12)),
    "month.month": _one(lambda m: plus(_rest(m, 12), literal(1))),
    "first day": _op("first of month"), "last day": _one(lambda m: strict("last day", strict("first of month", m))),
    "end of month": _op("last day"),
    "months between": _two(_months_between),
    "years and months duration": _two(_years_and_months),
    "age": _age,
    "birth date": _birth_date,
    "string.date": _op("date text"), "string.month": _op("month text"),
    "weekday.date": _op("weekday"), "day of year.date": _op("day of year"),
    "day of week.date": _word(WEEKDAYS, lambda d: strict("weekday", d)),
    "month of year.date": _word(MONTHS, lambda d: strict("month", d)),
    **_span("years-months", LONGEST_MONTHS), **_span("days-time", LONGEST_NANOS),
    "years.years-months": _one(lambda a: _truncated(a, 12)),
    "months.years-months": _one(lambda a: _rest(a, 12)),
    "days.days-time": _one(lambda a: _truncated(a, DAY)),
    "hours.days-time": _one(lambda a: _rest(_truncated(a, 3600 * SECOND), 24)),
    "minutes.days-time": _one(lambda a: _rest(_truncated(a, 60 * SECOND), 60)),
    "seconds.days-time": _one(lambda a: _rest(a, 60 * SECOND)),
}

NEVER_FAIL: frozenset[str] = frozenset({"abs.years-months", "abs.days-time", "negate.years-months", "negate.days-time"})
