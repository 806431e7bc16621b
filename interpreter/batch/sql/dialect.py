"""How DuckDB writes every operation of the graph: the one place that knows its spelling.

What it does with NULL is not relied on, but for plain operators, which are NULL where an argument is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlglot import exp

Expr = Any
Build = Callable[..., Expr]


def number(value: int) -> Expr:
    """A whole number that is written out."""
    if value < 0:
        return exp.Paren(this=exp.Neg(this=number(-value)))
    text = exp.Literal.number(str(value))
    return text if value < 2**63 else exp.cast(text, "HUGEINT", dialect="duckdb")


def literal(value: bool | int | str | date | None) -> Expr:
    """A constant."""
    match value:
        case None:
            return exp.Null()
        case bool():
            return exp.Boolean(this=value)
        case int():
            return number(value)
        case str():
            return exp.Literal.string(value)
        case date():
            return exp.Cast(this=exp.Literal.string(value.isoformat()), to=exp.DataType.build("DATE"))


def call(name: str, *args: Expr) -> Expr:
    """A function by its name."""
    return exp.Anonymous(this=name, expressions=list(args))


def cast(of: Expr, type: str) -> Expr:
    return exp.Cast(this=of, to=exp.DataType.build(type, dialect="duckdb"))


def each(of: Expr, name: str, body: Expr, filter: bool = False, place: str | None = None) -> Expr:
    """A list with a function of every member, or those members for which it is true."""
    names = [exp.to_identifier(name), *([exp.to_identifier(place)] if place else [])]
    function = exp.Lambda(this=body, expressions=names)
    return call("list_filter" if filter else "list_transform", of, function)


def struct(fields: dict[str, Expr]) -> Expr:
    """A struct of named values."""
    return exp.Struct(expressions=[
        exp.PropertyEQ(this=exp.to_identifier(name), expression=value) for name, value in fields.items()
    ])


def field(of: Expr, name: str) -> Expr:
    return call("struct_extract", of, exp.Literal.string(name))


def _binary(kind: type[exp.Binary]) -> Build:
    return lambda a, b: exp.Paren(this=kind(this=a, expression=b))


def _many(kind: type[exp.Connector] | type[exp.Binary]) -> Build:
    def build(first: Expr, *rest: Expr) -> Expr:
        found: Any = first
        for one in rest:
            found = kind(this=found, expression=one)
        return exp.Paren(this=found)

    return build


def _is(what: Expr, negated: bool = False) -> Build:
    def build(of: Expr) -> Expr:
        found: Expr = exp.Is(this=of, expression=what.copy())
        return exp.Paren(this=exp.Not(this=found) if negated else found)

    return build


def _case(*args: Expr) -> Expr:
    *rows, otherwise = args
    ifs = [exp.If(this=when, true=then) for when, then in zip(rows[::2], rows[1::2], strict=True)]
    return exp.Case(ifs=ifs, default=None if isinstance(otherwise, exp.Null) else otherwise)


def _function(name: str) -> Build:
    return lambda *args: call(name, *args)


def _reduced(name: str, type: str | None = None) -> Build:
    def build(of: Expr) -> Expr:
        found = call("list_aggregate", of, exp.Literal.string(name))
        return found if type is None else cast(found, type)

    return build


def _or(otherwise: Expr) -> Build:
    return lambda of: call("coalesce", of, otherwise.copy())


def _arithmetic(text: str, *names: str) -> Build:
    """A template in which names stand for the arguments."""
    tree: Any = exp.maybe_parse(text, dialect="duckdb")

    def build(*args: Expr) -> Expr:
        found = tree.copy()
        by = dict(zip(names, args, strict=True))
        for node in list(found.find_all(exp.Column)):
            if node.name in by and not node.table:
                put = by[node.name].copy()
                if node is found:
                    found = put
                else:
                    node.replace(put)
        return exp.Paren(this=found)

    return build


_NO_LIST = exp.Array(expressions=[])

OPERATIONS: dict[str, Build] = {
    "=": _binary(exp.EQ), "<": _binary(exp.LT), "<=": _binary(exp.LTE), "<>": _binary(exp.NEQ),
    "and": _many(exp.And), "or": _many(exp.Or), "not": lambda of: exp.Paren(this=exp.Not(this=of)),
    "+": _binary(exp.Add), "-": _binary(exp.Sub), "*": _binary(exp.Mul), "%": _binary(exp.Mod),
    "trunc div": _arithmetic("a // b", "a", "b"),
    "floor div": _arithmetic("a // b - CASE WHEN a % b < 0 THEN 1 ELSE 0 END", "a", "b"),
    "negative": lambda of: exp.Paren(this=exp.Neg(this=exp.Paren(this=of))),
    "not zero": lambda of: call("nullif", of, number(0)),
    "is null": _is(exp.Null()), "is true": _is(exp.true()), "is false": _is(exp.false()),
    "case": _case, "coalesce": _function("coalesce"), "|": _many(exp.BitwiseOr),
    "has bit": _arithmetic("(a & b) <> 0", "a", "b"),
    "least": _function("least"), "greatest": _function("greatest"),
    "big": lambda of: cast(of, "BIGINT"), "huge": lambda of: cast(of, "HUGEINT"),
    # lists
    "list": lambda *items: exp.Array(expressions=list(items)),
    "flatten": _function("flatten"), "length": _function("len"), "joined lists": lambda *of: _joined(of),
    "sum of": _reduced("sum"), "max of": _reduced("max"), "min of": _reduced("min"), "bits of": _reduced("bit_or"),
    "any of": _reduced("bool_or"), "some hold": _or(exp.false()), "or zero": lambda of: cast(
        call("coalesce", of, number(0)), "BIGINT"),
    "or zero huge": _or(number(0)), "or none": _or(_NO_LIST),
    "truth code": _arithmetic("coalesce(CAST(a AS TINYINT) * 2, 1)", "a"),
    "sorted": _arithmetic("list_sort(list_distinct(a))", "a"),
    "in order once": _arithmetic("list_filter(a, lambda x, i: list_position(a, x) = i)", "a"),
    "has": _function("list_contains"), "member at": _function("list_extract"),
    "reversed": _function("list_reverse"), "numbers from": _function("range"),
    "run starts": _arithmetic(
        "list_filter(list_transform(a, lambda m, i: CASE WHEN i = 1 OR m - a[i - 1] > b + 1 THEN i END), "
        "lambda s: s IS NOT NULL)", "a", "b"),
    "longest between": _arithmetic(
        "coalesce(list_max(list_transform(a, lambda s, i: coalesce(a[i + 1], b + 1) - s)), 0)", "a", "b"),
    # days
    "month number": _arithmetic("year(d) * 12 + month(d) - 1", "d"),
    "add months": lambda d, n: cast(exp.Paren(this=exp.Add(this=d, expression=call("to_months", cast(n, "INTEGER")))),
                                    "DATE"),
    "day number": _arithmetic("date_diff('day', DATE '0001-01-01', d) + 1", "d"),
    "day of number": _arithmetic("CAST(DATE '0001-01-01' + CAST(n - 1 AS INTEGER) AS DATE)", "n"),
    "day": _function("day"), "month": _function("month"), "year": _function("year"),
    "weekday": _function("isodow"), "day of year": _function("dayofyear"), "last day": _function("last_day"),
    "first of month": _arithmetic("make_date(m // 12, m % 12 + 1, 1)", "m"),
    "second month": _arithmetic("make_date(year(d), 2, 1)", "d"),
    "month day": _arithmetic("month(d) * 100 + day(d)", "d"),
    "day of parts": _arithmetic(
        "CASE WHEN y BETWEEN 1 AND 9999 AND m BETWEEN 1 AND 12 AND d BETWEEN 1 AND 31 THEN "
        "TRY_CAST(format('{:04d}-{:02d}-{:02d}', y, m, d) AS DATE) END", "y", "m", "d"),
    "birth date": _arithmetic(
        "CASE WHEN length(t) = 18 AND regexp_full_match(substring(t, 7, 8), '[0-9]{8}') "
        "AND substring(t, 7, 4) <> '0000' THEN TRY_CAST(substring(t, 7, 4) || '-' || substring(t, 11, 2) || '-' "
        "|| substring(t, 13, 2) AS DATE) END", "t"),
    "date text": _arithmetic("strftime(d, '%Y-%m-%d')", "d"),
    "month text": _arithmetic("format('{:04d}-{:02d}', m // 12, m % 12 + 1)", "m"),
    # text
    "text length": _function("length"), "substring": _function("substring"),
    "starts with": _function("starts_with"), "ends with": _function("ends_with"),
    "contains text": _function("contains"), "joined text": _arithmetic("a || b", "a", "b"),
    "text before": _arithmetic("CASE WHEN strpos(t, m) > 0 THEN substring(t, 1, strpos(t, m) - 1) ELSE "
                               "CASE WHEN t IS NOT NULL AND m IS NOT NULL THEN '' END END", "t", "m"),
    "text after": _arithmetic("CASE WHEN m = '' THEN t WHEN strpos(t, m) > 0 THEN substring(t, strpos(t, m) + "
                              "length(m)) ELSE CASE WHEN t IS NOT NULL AND m IS NOT NULL THEN '' END END", "t", "m"),
    "written together": lambda *of: call("concat", *of),
    "text": lambda of: cast(of, "VARCHAR"),
}
"""Every operation by its name, but for those that need the layout (columns, members, lists gone through)."""

MANY_TIMES = frozenset({"in order once", "run starts", "longest between", "birth date", "day of parts", "text before",
                        "text after", "month day", "month number", "floor div"})
"""Operations that write an argument more than once: it should have a name."""


def _joined(lists: tuple[Expr, ...]) -> Expr:
    found = lists[0]
    for one in lists[1:]:
        found = call("list_concat", found, one)
    return found


def number_text(of: Expr, places: int) -> Expr:
    """A number's digits without needless zeros."""
    if places == 0:
        return cast(of, "VARCHAR")
    unit = 10**places
    text = (f"CASE WHEN n < 0 THEN '-' ELSE '' END || CAST(abs(n) // {unit} AS VARCHAR) || "
            f"CASE WHEN abs(n) % {unit} = 0 THEN '' ELSE '.' || rtrim(lpad(CAST(abs(n) % {unit} AS VARCHAR), "
            f"{places}, '0'), '0') END")
    return _arithmetic(text, "n")(of)


def render(of: Any) -> str:
    """The text of an expression or query."""
    found: str = of.sql(dialect="duckdb", comments=False)
    return found
