"""Values written as plain words, in parameters, tables and cases: one reader, exact, that guesses nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal

from interpreter.language.iso import TYPES, Miswritten, read
from interpreter.language.magnitude import bounds_of
from interpreter.language.types import (
    Boolean,
    Choice,
    DateTimeType,
    DateType,
    MonthType,
    Number,
    RecordType,
    TextType,
    TimeType,
    Type,
    say_type,
)
from interpreter.language.unknown import Value
from interpreter.language.values import Month, Record
from interpreter.problems.suggest import closest

MAX_DIGITS = 34
"""Digits of a number: what the exact arithmetic carries without rounding."""

_EXACT = Context(prec=2 * MAX_DIGITS)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_LOOSE_MONTH = re.compile(r"(\d{4})[-./年]?(\d{1,2})月?", re.ASCII)
_LOOSE_TIME = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)[T ]\s*)?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?", re.ASCII
)
TRUTH = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
"""How yes and no are written where nothing else can be meant."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－：", "0123456789.-:")

Rows = Callable[[RecordType, str], Record | None]
"""Finds the row of a table that a word stands for (by key or another column it is known by); None where none does."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a text is no value of its type: the code of a message and what fills its holes (`found`, `guess`, …)."""

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)


def read_literal(text: str, type: Type, rows: Rows) -> Value | Unread:
    """The value of `type` that `text` writes, or why it writes none.

    Dates are ISO days that exist, months `yyyy-mm`, times `hh:mm:ss` of the place itself, booleans by a word of TRUTH,
    choices their ids or labels, numbers exact (int without decimal places, else Decimal at the type's places), rows of
    a table by any word they are known by. The word for an end that has not come is the caller's, who knows the field.
    """
    word = unicodedata.normalize("NFC", text).strip()
    if not word:
        return Unread("value.empty")
    match type:
        case TextType():
            return word
        case Boolean():
            return TRUTH[word] if word in TRUTH else Unread("value.boolean", {"found": word})
        case Choice():
            return _choice(word, type)
        case Number():
            return _number(word, type)
        case DateType():
            return _date(word)
        case MonthType():
            return _month(word)
        case TimeType() | DateTimeType():
            return _time(word, type)
        case RecordType(table=str()):
            row = rows(type, word)
            return Unread("value.row", {"found": word, "type": type.label}) if row is None else row
        case _:
            return Unread("value.type", {"found": word, "type": say_type(type)})


def _choice(word: str, type: Choice) -> str | Unread:
    for member, label in type.members:
        if word in (member, label):
            return member
    known = [name for pair in type.members for name in pair]
    fields: dict[str, object] = {"found": word, "choices": "、".join(label for _, label in type.members)}
    guess = closest(word, known)
    return Unread("value.choice", fields | ({"guess": guess} if guess else {}))


def _number(word: str, type: Number) -> int | Decimal | Unread:
    if not _NUMBER.fullmatch(word):
        plain = word.translate(_FULL_WIDTH)
        if plain != word and _NUMBER.fullmatch(plain):
            return Unread("value.full-width", {"found": word, "guess": plain})
        joined = re.sub(r"[,，\s]", "", plain)
        guess = {"guess": joined} if joined != word and _NUMBER.fullmatch(joined) else {}
        return Unread("value.number", {"found": _short(word)} | guess)
    whole, _, decimals = word.lstrip("-").partition(".")
    if len(whole) + len(decimals) > MAX_DIGITS:
        return Unread("value.long", {"limit": MAX_DIGITS})
    if len(decimals) > type.places:
        code = "value.places" if type.places else "value.integer"
        return Unread(code, {"found": word, "places": type.places})
    value = Decimal(word)
    low, high = bounds_of(type)
    if value < low:
        return Unread("value.low", {"found": word, "bound": low})
    if value > high:
        return Unread("value.high", {"found": word, "bound": high})
    return value.quantize(Decimal(1).scaleb(-type.places), context=_EXACT) if type.places else int(value)


def _date(word: str) -> date | Unread:
    found = _DATE.fullmatch(word)
    if found is None:
        loose = _LOOSE_DATE.fullmatch(word.translate(_FULL_WIDTH))
        guess = {"guess": f"{int(loose[1]):04d}-{int(loose[2]):02d}-{int(loose[3]):02d}"} if loose else {}
        return Unread("value.date", {"found": _short(word)} | guess)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return Unread("value.day", {"found": word})


def _month(word: str) -> Month | Unread:
    found = _MONTH.fullmatch(word)
    if found and 1 <= int(found[2]) <= 12 and int(found[1]) >= 1:
        return Month.of(int(found[1]), int(found[2]))
    day = _DATE.fullmatch(word)
    loose = _LOOSE_MONTH.fullmatch(word.translate(_FULL_WIDTH)) if not found else None
    guess = {}
    if day:
        guess = {"guess": word[:7]}
    elif loose and 1 <= int(loose[2]) <= 12:
        guess = {"guess": f"{int(loose[1]):04d}-{int(loose[2]):02d}"}
    return Unread("value.month", {"found": _short(word)} | guess)


def _time(word: str, type: TimeType | DateTimeType) -> Value | Unread:
    found = read(word)
    if not isinstance(found, Miswritten) and TYPES[found.__class__] == type:
        return found
    if found == Miswritten("literal.local"):
        return Unread("value.local", {"found": _short(word)})
    loose = _LOOSE_TIME.fullmatch(word.translate(_FULL_WIDTH))
    guess = None
    if loose is not None and (loose["day"] is not None) == isinstance(type, DateTimeType):
        clock = f"{int(loose['hour']):02d}:{loose['minute']}:{loose['second'] or '00'}"
        guess = clock if loose["day"] is None else f"{loose['day']}T{clock}"
    exists = guess is not None and guess != word and not isinstance(read(guess), Miswritten)
    code = "value.time" if isinstance(type, TimeType) else "value.date-time"
    return Unread(code, {"found": _short(word)} | ({"guess": guess} if exists else {}))


def _short(word: str, most: int = 40) -> str:
    return word if len(word) <= most else word[: most - 1] + "…"
