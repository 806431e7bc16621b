"""One value of a case: from what was written to a value of its type, or the code that says what is wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from interpreter.cases.formats import Unfit, read_format
from interpreter.cases.words import names_a_row, row_words, rows_named
from interpreter.language.literals import Unread, read_literal
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
from interpreter.language.values import ONGOING, Record
from interpreter.problems import Text
from interpreter.problems.suggest import closest
from interpreter.rulebook.model import Rulebook

_MONTH_ONLY = re.compile(r"\d{4}[-./年]\d{1,2}月?|\d{6}")
_BOUNDS = {"value.low": Text("不小于", "at least"), "value.high": Text("不大于", "at most")}
_MOST_CHOICES = 12
_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Good:
    """A value, and notes on what was put right in it."""

    value: Value
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Bad:
    """The code and the fields of a problem."""

    code: str
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place asks for: a type, whether its value is private, the word for a day that has not come."""

    type: Type
    private: bool = False
    ongoing: str | None = None


def read_scalar(written: object, wanted: Wanted, rulebook: Rulebook, day: date | None) -> Good | Bad:
    """The value of the wanted type that `written` (str, int, Decimal or bool) stands for.

    Numbers may be written as numbers or as exact decimal text, yes and no as true/false or 是/否, all else as text; a
    number is never taken for a text, and nothing is guessed. `day` is the day by which persons must be born.
    """
    match wanted.type, written:
        case TextType(format=form), str():
            return _text(written, form, day, rulebook)
        case TextType(), _:
            return Bad("case.text")
        case Boolean(), bool():
            return Good(written)
        case Number(), int() | Decimal() if not isinstance(written, bool):
            text = str(written) if isinstance(written, int) else format(written, "f")
            return _number(text, written, wanted)
        case Number(), str():
            return _number(written, written, wanted)
        case _, str():
            return _word(written, wanted, rulebook)
        case Boolean(), _:
            return Bad("case.boolean", _shown(written, wanted.private))
        case Number(), _:
            return Bad("case.number", _shown(written, wanted.private) | {"want": _number_wanted(wanted.type, None)})
        case _:
            return Bad("case.word", _shown(written, wanted.private) | {"type": say_type(wanted.type)})


def _shown(written: object, private: bool) -> dict[str, object]:
    """How a message calls the value: in quotes, or not at all where it is private."""
    if private:
        return {"value": Text("所填内容", "what was given")}
    text = str(written).lower() if isinstance(written, bool) else str(written)
    text = printable(text)
    return {"value": Text(f"“{text}”", f'"{text}"')}


def printable(text: str) -> str:
    """The text as a message may quote it: short, without control characters."""
    text = "".join(c if c.isprintable() else "?" for c in text[: _MOST_SHOWN + 1])
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"


def _text(written: str, form: str | None, day: date | None, rulebook: Rulebook) -> Good | Bad:
    text = unicodedata.normalize("NFC", written)
    if not text.strip():
        return Bad("case.empty")
    fit = read_format(form, text, day, lambda code: names_a_row(rulebook, code))
    if isinstance(fit, Unfit):
        return Bad(fit.code)
    if any(unicodedata.category(c) in ("Cc", "Cs", "Cf") and c not in "\u200c\u200d\n\t" for c in fit.value):
        return Bad("case.characters")
    return Good(fit.value, fit.notes)


def _number(text: str, written: object, wanted: Wanted) -> Good | Bad:
    value = read_literal(text, wanted.type, _no_rows)
    if not isinstance(value, Unread):
        return Good(value)
    shown = _shown(written, wanted.private)
    if value.code in _BOUNDS:
        side, bound = _BOUNDS[value.code], value.fields["bound"]
        return Bad("case.bounds", shown | {"want": Text(f"{side.zh} {bound}", f"{side.en} {bound}")})
    guess = None if wanted.private else value.fields.get("guess")
    return Bad("case.number", shown | {"want": _number_wanted(wanted.type, guess)})


def _number_wanted(type: Type, guess: object) -> Text:
    if isinstance(type, Number) and type.places:
        unit = f" {type.unit}" if type.unit is not None and type.unit.powers else ""
        example = guess or f"1234.{'0' * type.places}"
        return Text(
            f"数，最多 {type.places} 位小数{'，单位' + unit if unit else ''}，例如 {example}",
            f"a number{unit and ' in' + unit}, at most {type.places} decimal places, e.g. {example}",
        )
    return Text(f"整数，例如 {guess or 3}", f"an integer, e.g. {guess or 3}")


def _word(written: str, wanted: Wanted, rulebook: Rulebook) -> Good | Bad:
    word = unicodedata.normalize("NFC", written).strip()
    if not word:
        return Bad("case.empty")
    if isinstance(wanted.type, RecordType):
        return _row(word, written, wanted, wanted.type, rulebook)
    if isinstance(wanted.type, DateType) and wanted.ongoing is not None and word == wanted.ongoing:
        return Good(ONGOING)
    value = read_literal(word, wanted.type, _no_rows)
    # the last day Python has stands for a day that has not come, which people write as a word
    if not isinstance(value, Unread) and value != ONGOING:
        return Good(value)
    shown = _shown(written, wanted.private)
    guess = None if wanted.private or not isinstance(value, Unread) else value.fields.get("guess")
    if isinstance(wanted.type, TimeType | DateTimeType):
        local = isinstance(value, Unread) and value.code == "value.local"
        return _no_time(wanted.type, local, guess, shown)
    return _refusal(word, wanted, guess, shown)


def _no_time(type: TimeType | DateTimeType, local: bool, guess: object, shown: dict[str, object]) -> Bad:
    if isinstance(type, TimeType):
        code, zh, en, example = "case.time", "时:分:秒", "hh:mm:ss", guess or "17:00:00"
    else:
        code, zh, en = "case.date-time", "年-月-日T时:分:秒", "yyyy-mm-ddThh:mm:ss"
        example = guess or "2021-03-15T17:00:00"
    want = Text(f"{zh}，例如 {example}", f"{en}, e.g. {example}")
    return Bad("case.local" if local else code, shown | {"want": want})


def _refusal(word: str, wanted: Wanted, guess: object, shown: dict[str, object]) -> Bad:
    match wanted.type:
        case Boolean():
            return Bad("case.boolean", shown)
        case DateType():
            code = "case.date-month" if _MONTH_ONLY.fullmatch(word) else "case.date"
            example = guess or "2021-03-15"
            zh, en = f"年-月-日，例如 {example}", f"year-month-day, e.g. {example}"
            if wanted.ongoing is not None:
                zh, en = f"{zh}，或“{wanted.ongoing}”", f'{en}, or "{wanted.ongoing}"'
            return Bad(code, shown | {"want": Text(zh, en)})
        case MonthType():
            example = guess or "2021-03"
            return Bad("case.month", shown | {"want": Text(f"年-月，例如 {example}", f"year-month, e.g. {example}")})
        case Choice(members=members):
            labels = [label for _, label in members][:_MOST_CHOICES]
            more = len(members) > _MOST_CHOICES
            zh, en = "、".join(labels) + ("……" if more else ""), ", ".join(labels) + (", ..." if more else "")
            return Bad("case.choice", shown | {"want": Text(zh, en)})
        case _:
            return Bad("case.value", shown | {"type": say_type(wanted.type)})


def _row(word: str, written: str, wanted: Wanted, type: RecordType, rulebook: Rulebook) -> Good | Bad:
    rows = rows_named(rulebook, type, word)
    if len(rows) == 1:
        return Good(rows[0])
    table, shown = type.label, _shown(written, wanted.private)
    if rows:
        keys = [str(row.key) for row in rows]
        want = Text("、".join(keys), " or ".join(keys))
        return Bad("case.row-ambiguous", shown | {"table": table, "want": want})
    guess = closest(word, row_words(rulebook, type))
    want = (
        Text(f"“{guess}”？", f'"{guess}"?') if guess
        else Text("表中的代码或名称", "a code or name of the table")
    )
    return Bad("case.row", shown | {"table": table, "want": want})


def _no_rows(_type: RecordType, _word: str) -> Record | None:
    return None

