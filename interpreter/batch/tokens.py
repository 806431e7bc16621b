"""Values of limits' keys as texts: equal ones have the same text, and no two others have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from interpreter.batch.relations import kept_plain
from interpreter.language.functions.text import number_text
from interpreter.language.temporal import DateTime, DaySpan, Time
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Month, MonthSpan, plain


def token(value: Value) -> Value:
    """The text of a value, its sort first (`sql.limits.sort_of`); an unknown one stays what it is."""
    value = plain(value)
    match value:
        case Unknown():
            return value
        case bool():
            return "btrue" if value else "bfalse"
        case Month():
            return f"m{value}"
        case MonthSpan() | DaySpan() | Time() | DateTime():
            return f"o{kept_plain(value)}"
        case int() | Decimal() | Fraction():
            return f"n{number_text(value)}"
        case date():
            return f"d{value.isoformat()}"
        case _:
            return f"t{value}"


def ranked(text: str) -> Any:
    """What a token's value is put in order by, among values of its sort."""
    sort, rest = text[0], text[1:]
    return Fraction(rest) if sort == "n" else int(rest) if sort == "o" else rest
