"""How DuckDB writes every operation of the graph: the one place that knows its spelling.

What it does with NULL is not relied on, but for plain operators, which are NULL where an argument is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from interpreter.batch.relations import quoted
from interpreter.language.temporal import DAY, SECOND

_OWN = re.compile(r"(?:c|ve)[0-9][0-9_]*")
"""The names that the layout gives."""

Build = Callable[..., str]
"""Makes the text of an operation of those of its arguments."""


def literal(value: bool | int | str | date | None) -> str:
    """A constant."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            # of itself a small number would be one of 32 bits, and so would what is made of two
            text = f"{value}::BIGINT" if abs(value) < 2**63 else str(value)
            return f"({text})" if value < 0 else text
        case str():
            return "'" + value.replace("'", "''") + "'"
        case date():
            return f"DATE '{value:%Y-%m-%d}'" if value.year > 999 else f"DATE '{value.isoformat()}'"


def column(name: str) -> str:
    """A column of the input."""
    return quoted(name)


def call(name: str, *args: str) -> str:
    """A function by its name."""
    return f"{name}({', '.join(args)})"


def cast(of: str, type: str) -> str:
    return f"CAST({of} AS {type})"


def each(of: str, name: str, body: str, *, filter: bool = False, place: str = "") -> str:
    """A list with a function of every member (whose number is called `place`), or those for which it is true."""
    names = f"{name}, {place}" if place else name
    return f"{'list_filter' if filter else 'list_transform'}({of}, lambda {names}: {body})"


def struct(fields: dict[str, str]) -> str:
    """A struct of named values."""
    return "{" + ", ".join(f"'{name}': {value}" for name, value in fields.items()) + "}"


def field(of: str, name: str) -> str:
    return f"{of}.{name if _OWN.fullmatch(name) else quoted(name)}"


def _between(sign: str) -> Build:
    return lambda *args: "(" + f" {sign} ".join(args) + ")"


def _after(sign: str) -> Build:
    return lambda of: f"({of} {sign})"


def _case(*args: str) -> str:
    *rows, otherwise = args
    whens = " ".join(f"WHEN {when} THEN {then}" for when, then in zip(rows[::2], rows[1::2], strict=True))
    return f"CASE {whens} END" if otherwise == "NULL" else f"CASE {whens} ELSE {otherwise} END"


def _function(name: str) -> Build:
    return lambda *args: call(name, *args)


def _reduced(name: str) -> Build:
    return lambda of: f"list_aggregate({of}, '{name}')"


def _text(template: str) -> Build:
    """A template with the arguments as {0}, {1}, …"""
    return lambda *args: "(" + template.format(*args) + ")"


OPERATIONS: dict[str, Build] = {
    "=": _between("="), "<": _between("<"), "<=": _between("<="), "<>": _between("<>"), "and": _between("AND"),
    "or": _between("OR"), "not": lambda of: f"(NOT {of})", "+": _between("+"), "-": _between("-"), "*": _between("*"),
    "%": _between("%"), "|": _between("|"), "trunc div": _between("//"),
    "floor div": _text("{0} // {1} - CASE WHEN {0} % {1} < 0 THEN 1 ELSE 0 END"),
    "negative": lambda of: f"(- {of})", "not zero": lambda of: f"nullif({of}, 0)",
    "is null": _after("IS NULL"), "is true": _after("IS TRUE"), "is false": _after("IS FALSE"),
    "case": _case, "coalesce": _function("coalesce"), "has bit": _text("({0} & {1}) <> 0"),
    "least": _function("least"), "greatest": _function("greatest"),
    "big": lambda of: cast(of, "BIGINT"), "huge": lambda of: cast(of, "HUGEINT"),
    # lists
    "list": lambda *items: "[" + ", ".join(items) + "]",
    "flatten": _function("flatten"), "length": _function("len"), "joined lists": lambda *of: _joined(of),
    "sum of": _reduced("sum"), "max of": _reduced("max"), "min of": _reduced("min"), "bits of": _reduced("bit_or"),
    "any of": _reduced("bool_or"), "some hold": _text("coalesce({0}, FALSE)"),
    "or zero": _text("CAST(coalesce({0}, 0) AS BIGINT)"), "or no bits": _text("coalesce({0}, 0)"),
    "or none": _text("coalesce({0}, [])"), "truth code": _text("coalesce(CAST({0} AS TINYINT) * 2, 1)"),
    "sorted": _text("list_sort(list_distinct({0}))"),
    "in order once": _text("list_filter({0}, lambda x, i: list_position({0}, x) = i)"),
    "has": _function("list_contains"), "member at": _function("list_extract"),
    "reversed": _function("list_reverse"), "numbers from": _function("range"),
    "run starts": _text(
        "list_filter(list_transform({0}, lambda m, i: CASE WHEN i = 1 OR m - {0}[i - 1] > {1} + 1 THEN i END), "
        "lambda s: s IS NOT NULL)"),
    "longest between": _text(
        "coalesce(list_max(list_transform({0}, lambda s, i: coalesce({0}[i + 1], {1} + 1) - s)), 0)"),
    # days
    "month number": _text("year({0}) * 12 + month({0}) - 1"),
    "add months": _text("CAST({0} + to_months(CAST({1} AS INTEGER)) AS DATE)"),
    "day number": _text("date_diff('day', DATE '0001-01-01', {0}) + 1"),
    "day of number": _text("CAST(DATE '0001-01-01' + CAST({0} - 1 AS INTEGER) AS DATE)"),
    "day": _function("day"), "month": _function("month"), "year": _function("year"),
    "weekday": _function("isodow"), "day of year": _function("dayofyear"), "last day": _function("last_day"),
    "first of month": _text("make_date({0} // 12, {0} % 12 + 1, 1)"),
    "second month": _text("make_date(year({0}), 2, 1)"),
    "month day": _text("month({0}) * 100 + day({0})"),
    "day of parts": _text(
        "CASE WHEN {0} BETWEEN 1 AND 9999 AND {1} BETWEEN 1 AND 12 AND {2} BETWEEN 1 AND 31 THEN "
        "TRY_CAST(format('{{:04d}}-{{:02d}}-{{:02d}}', {0}, {1}, {2}) AS DATE) END"),
    "birth date": _text(
        "CASE WHEN length({0}) = 18 AND regexp_full_match(substring({0}, 7, 8), '[0-9]{{8}}') "
        "AND substring({0}, 7, 4) <> '0000' THEN TRY_CAST(substring({0}, 7, 4) || '-' || substring({0}, 11, 2) "
        "|| '-' || substring({0}, 13, 2) AS DATE) END"),
    "date text": _text("strftime({0}, '%Y-%m-%d')"),
    "months text": lambda of: _months_text(of), "duration text": lambda of: _duration_text(of),
    "time text": lambda of: _clock_text(of),
    "date-time text": lambda of: f"({_day_of(of)} || 'T' || {_clock_text(f'({of} % {DAY})')})",
    "month text": _text("format('{{:04d}}-{{:02d}}', {0} // 12, {0} % 12 + 1)"),
    # text
    "text length": _function("length"), "substring": _function("substring"),
    "starts with": _function("starts_with"), "ends with": _function("ends_with"),
    "contains text": _function("contains"), "joined text": _between("||"),
    "text before": _text("CASE WHEN strpos({0}, {1}) > 0 THEN substring({0}, 1, strpos({0}, {1}) - 1) "
                         "WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN '' END"),
    "text after": _text("CASE WHEN {1} = '' THEN {0} WHEN strpos({0}, {1}) > 0 THEN substring({0}, strpos({0}, {1}) "
                        "+ length({1})) WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN '' END"),
    "upper": _function("upper"), "lower": _function("lower"),
    "ascii": _text("regexp_full_match({0}, '[[:ascii:]]*')"),
    "written together": _function("concat"), "text": lambda of: cast(of, "VARCHAR"),
}
"""Every operation by its name, but for those that need the layout (columns, members, lists gone through)."""

MANY_TIMES = frozenset({"in order once", "run starts", "longest between", "birth date", "day of parts", "text before",
                        "text after", "month day", "month number", "floor div", "months text", "duration text",
                        "time text", "date-time text"})
"""Operations that write an argument more than once: it should have a name."""


def _joined(lists: tuple[str, ...]) -> str:
    found, *rest = lists or ("[]",)
    for one in rest:
        found = call("list_concat", found, one)
    return found


def _months_text(of: str) -> str:
    """A number of months as ISO has it, `P1Y2M`."""
    years, rest = f"(abs({of}) // 12)", f"(abs({of}) % 12)"
    return (f"(CASE WHEN {of} < 0 THEN '-P' ELSE 'P' END || {_some(years, 'Y')} || "
            f"CASE WHEN {rest} > 0 OR {years} = 0 THEN {rest} || 'M' ELSE '' END)")


def _duration_text(of: str) -> str:
    """Nanoseconds as ISO has them, `P1DT2H`."""
    size = f"abs({of})"
    clock, second, fraction = f"({size} % {DAY})", f"({size} // {SECOND} % 60)", _fraction(size)
    parts = (f"{_some(f'({clock} // {3600 * SECOND})', 'H')} || {_some(f'({clock} // {60 * SECOND} % 60)', 'M')} || "
             f"CASE WHEN {size} % {60 * SECOND} > 0 OR {of} = 0 THEN {second} || {fraction} || 'S' ELSE '' END")
    return (f"(CASE WHEN {of} < 0 THEN '-P' ELSE 'P' END || {_some(f'({size} // {DAY})', 'D')} || "
            f"CASE WHEN {clock} > 0 OR {of} = 0 THEN 'T' || {parts} ELSE '' END)")


def _some(number: str, unit: str) -> str:
    return f"CASE WHEN {number} > 0 THEN {number} || '{unit}' ELSE '' END"


def _fraction(nanos: str) -> str:
    rest = f"({nanos} % {SECOND})"
    return f"CASE WHEN {rest} = 0 THEN '' ELSE '.' || rtrim(lpad(CAST({rest} AS VARCHAR), 9, '0'), '0') END"


def _clock_text(of: str) -> str:
    """Nanoseconds since midnight as a time, `17:00:00`."""
    units = ((3600 * SECOND, 24), (60 * SECOND, 60), (SECOND, 60))
    parts = ", ".join(f"CAST({of} // {unit} % {most} AS BIGINT)" for unit, most in units)
    return f"(format('{{:02d}}:{{:02d}}:{{:02d}}', {parts}) || {_fraction(of)})"


def _day_of(of: str) -> str:
    """The day in which so many nanoseconds since the first end, as text."""
    return f"CAST(CAST(DATE '0001-01-01' + CAST({of} // {DAY} - 1 AS INTEGER) AS DATE) AS VARCHAR)"


def number_text(of: str, places: int) -> str:
    """A number's digits without needless zeros."""
    if places == 0:
        return cast(of, "VARCHAR")
    unit = 10**places
    return (f"(CASE WHEN {of} < 0 THEN '-' ELSE '' END || CAST(abs({of}) // {unit} AS VARCHAR) || "
            f"CASE WHEN abs({of}) % {unit} = 0 THEN '' ELSE '.' || rtrim(lpad(CAST(abs({of}) % {unit} AS VARCHAR), "
            f"{places}, '0'), '0') END)")


_NAMES = re.compile(r"""'(?:[^']|'')*'|\.?"(?:[^"]|"")*"|\.?\b(?:c|ve)[0-9][0-9_]*\b""")


def _read(text: str) -> set[str]:
    """The columns that a text reads; fields of structs and texts are none."""
    return {name for name in _NAMES.findall(text) if name[0] not in ".'"}


def staged(
    source: str, columns: list[str], stages: list[tuple[str, list[tuple[str, str]]]], outputs: list[tuple[str, str]]
) -> str:
    """A query in stages over some columns of a relation: each adds columns and keeps those that are read later;
    `outputs` come last."""
    last = ", ".join(f"{value} AS {quoted(name)}" for name, value in outputs)
    return in_stages(source, [column(name) for name in columns], stages, last)


def in_stages(source: str, held: list[str], stages: list[tuple[str, list[tuple[str, str]]]], last: str) -> str:
    """The same of columns, and of what comes last, as they are written."""
    read = _read(last)
    kept: list[set[str]] = []
    for _, added in reversed(stages):
        kept.append(set(read))
        for _, value in added:
            read |= _read(value)
    parts = [f"t0 AS (SELECT {', '.join(held)} FROM {source})"]
    before = "t0"
    for (name, added), wanted in zip(stages, reversed(kept), strict=True):
        made = [f"{value} AS {column}" for column, value in added]
        held = [one for one in held if one in wanted]
        parts.append(f"{name} AS (SELECT {', '.join([*held, *made])} FROM {before})")
        held += [column for column, _ in added]
        before = name
    return f"WITH {', '.join(parts)} SELECT {last} FROM {before}"
