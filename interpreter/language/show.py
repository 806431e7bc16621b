"""Values as people read them: in a sentence, a report, a letter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from interpreter.language.assign import is_written_out
from interpreter.language.iso import clock_text, zone_text
from interpreter.language.magnitude import decimal_of
from interpreter.language.temporal import SECOND, Clock, DateTime, DaySpan, Time, seconds_of
from interpreter.language.types import Boolean, Choice, List, Number, RangeOf, Ratio, RecordType, Type
from interpreter.language.units import Unit, is_money
from interpreter.language.unknown import Partial, Unknown, Value
from interpreter.language.values import ONGOING, Month, MonthSpan, Range, Record
from interpreter.problems import Language, Text

UNKNOWN = Text("未知", "unknown")
NOTHING = Text("无", "none")
ONGOING_WORD = Text("至今", "ongoing")

UNITS: dict[str, Text] = {
    "month": Text("个月|月", "month|months"),
    "year": Text("岁|年", "year|years"),
    "day": Text("天|天", "day|days"),
    "week": Text("周|周", "week|weeks"),
    "hour": Text("小时|小时", "hour|hours"),
    "person": Text("人|人", "person|people"),
    "household": Text("户|户", "household|households"),
}
"""What a unit is called. Chinese: counted | under a slash (3 个月, 元/月). English: one | many."""

CURRENCIES = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元"}
"""What a currency is called in Chinese; others keep their code."""


def show(
    value: Value, type: Type, language: Language, *, unit: bool = True, mask: bool = False, ongoing: str | None = None
) -> str:
    """`value` of `type` in words.

    Dates and months are written as ISO does, times without seconds that are none (`2021-03-01 17:00`), a list of months
    as its runs (`2021-03 至 2021-05`), a choice by its label, a record by what it is known as: a row of a table by its
    first other name, any other record by its key.
    Numbers are exact; only money has thousands separators and the places of its type. A count that is only partly
    known is shown by its bounds. `unit` False leaves the unit away (the sentence around has it); `mask` hides keys
    of records that are private; `ongoing` is the word for an end that has not come.
    """
    match value:
        case Partial():
            return _partial(value, type, language, unit=unit, mask=mask, ongoing=ongoing)
        case Unknown():
            return _unknown(value, type, language, unit=unit)
        case bool():
            return Text("是" if value else "否", "yes" if value else "no").to(language)
        case Month():
            return str(value)
        case date():
            return (ongoing or ONGOING_WORD.to(language)) if value == ONGOING else value.isoformat()
        case int() | Decimal() | Fraction():
            return _number(value, type, language, unit)
        case MonthSpan():
            return _month_span(value.months, language)
        case DaySpan():
            return _days_time(value.nanos, language)
        case Time():
            return _clock(value)
        case DateTime():
            return f"{value.day.isoformat()} {_clock(value)}"
        case Range():
            return _range(value, type, language, unit=unit, mask=mask, ongoing=ongoing)
        case Record():
            return _record(value, language, mask=mask)
        case tuple():
            item = type.item if isinstance(type, List) else type
            if value and all(isinstance(member, Month) for member in value):
                texts = _runs(sorted(set(value)), language)
            else:
                texts = [show(v, item, language, unit=unit, mask=mask, ongoing=ongoing) for v in value]
            return Text("、", ", ").to(language).join(texts) if texts else NOTHING.to(language)
        case str() if isinstance(type, Choice):
            return type.label(value)
    return str(value)


def masked(text: str) -> str:
    """A private word with only its ends legible: `5111**********0018`; a short one keeps less of itself."""
    keep = min(4, len(text) // 4)
    return text[:keep] + "*" * (len(text) - 2 * keep) + text[len(text) - keep :]


def _number(value: int | Decimal | Fraction, type: Type, language: Language, with_unit: bool) -> str:
    unit = type.unit if isinstance(type, Number | Ratio) else None
    digits = _digits(value, type.places if isinstance(type, Number) else 0, is_money(unit))
    return _counted(digits, unit, language, value == 1) if with_unit and unit is not None else digits


def _digits(value: int | Decimal | Fraction, places: int, money: bool) -> str:
    if isinstance(value, Fraction):
        decimal = _terminating(value)
        if decimal is None:
            return f"{value.numerator}/{value.denominator}"
        value = decimal
    value = Decimal(value)
    needed = len(f"{value:f}".partition(".")[2].rstrip("0"))
    return f"{value:,.{max(places, needed)}f}" if money else f"{value:.{needed}f}"


def _terminating(value: Fraction) -> Decimal | None:
    """The quotient as a decimal, if its digits end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    return decimal_of(value.numerator * 10**places // value.denominator, places)


def _counted(digits: str, unit: Unit, language: Language, single: bool) -> str:
    """Digits with their unit: `3 个月`, `CNY 123.00/month`. Units the table has not are named as the policy does."""
    over = [n for n, p in unit.powers if p > 0]
    under = [n for n, p in unit.powers if p < 0]
    if any(abs(p) != 1 for _, p in unit.powers) or len(over) != 1:
        return f"{digits} {unit}" if unit.powers else digits
    tail = "".join("/" + _unit_word(name, language, counted=False, single=True) for name in under)
    if is_money(unit) and language == "en":
        return f"{over[0]} {digits}{tail}"
    return f"{digits} {_unit_word(over[0], language, counted=True, single=single)}{tail}"


def _unit_word(name: str, language: Language, *, counted: bool, single: bool) -> str:
    if language == "zh" and name in CURRENCIES:
        return CURRENCIES[name]
    if name not in UNITS:
        return name
    first, second = UNITS[name].to(language).split("|")
    return first if (counted if language == "zh" else single) else second


def _unknown(value: Unknown, type: Type, language: Language, *, unit: bool) -> str:
    low, high = value.low or 0, value.high
    if isinstance(type, List) or (low == 0 and high is None):
        return UNKNOWN.to(language)
    measure = type.unit if isinstance(type, Number) and unit else None
    if high is None:
        words, last = Text(f"至少 {low}", f"at least {low}"), low
    else:
        words, last = Text(f"{low} 至 {high}", f"{low} to {high}"), high
    text = words.to(language)
    return text if measure is None else _counted(text, measure, language, last == 1)


def _partial(
    value: Partial, type: Type, language: Language, *, unit: bool, mask: bool, ongoing: str | None
) -> str:
    sure = tuple(member for certain, member in value.members if certain is True)
    if not sure:
        return UNKNOWN.to(language)
    known = show(sure, type, language, unit=unit, mask=mask, ongoing=ongoing)
    return known + Text("，其余未知", ", the rest unknown").to(language)


def _runs(months: list[Month], language: Language) -> list[str]:
    """Months in order, adjoining ones as one run."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month - runs[-1][-1] == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    to = Text(" 至 ", " to ").to(language)
    return [f"{run[0]}{to}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]


def _month_span(months: int, language: Language) -> str:
    sign = "-" if months < 0 else ""
    years, rest = divmod(abs(months), 12)
    parts = []
    if years:
        parts.append(Text(f"{years} 年", f"{years} year{'' if years == 1 else 's'}").to(language))
    if rest or not years:
        parts.append(Text(f"{rest} 个月", f"{rest} month{'' if rest == 1 else 's'}").to(language))
    return sign + " ".join(parts)


def _days_time(nanos: int, language: Language) -> str:
    whole = abs(nanos) // SECOND
    seconds = _digits(seconds_of(abs(nanos)), 0, money=False)
    parts = [
        Text(f"{count} {zh}", f"{count} {en}{'' if str(count) == '1' else 's'}").to(language)
        for count, zh, en in (
            (whole // 86_400, "天", "day"), (whole // 3600 % 24, "小时", "hour"), (whole // 60 % 60, "分钟", "minute"),
            (seconds, "秒", "second"),
        )
        if count not in (0, "0")
    ]
    return ("-" if nanos < 0 else "") + " ".join(parts or [Text("0 天", "0 days").to(language)])


def _clock(value: Clock) -> str:
    return clock_text(value.nanos).removesuffix(":00") + zone_text(value.zone)


def _range(value: Range, type: Type, language: Language, *, unit: bool, mask: bool, ongoing: str | None) -> str:
    inner = type.of if isinstance(type, RangeOf) else type
    out = Text("（不含）", " (not included)").to(language)

    def end(of: Value, included: bool) -> str:
        return show(of, inner, language, unit=unit, mask=mask, ongoing=ongoing) + ("" if included else out)

    if value.low is None:
        word = Text("不高于 ", "at most ") if value.high_included else Text("低于 ", "below ")
        return word.to(language) + end(value.high, included=True)
    if value.high is None:
        word = Text("不低于 ", "at least ") if value.low_included else Text("高于 ", "above ")
        return word.to(language) + end(value.low, included=True)
    return end(value.low, value.low_included) + Text(" 至 ", " to ").to(language) + end(value.high, value.high_included)


def _record(record: Record, language: Language, *, mask: bool) -> str:
    type = record.shape.type
    if type.table is not None:
        for name in (*type.also_known_as, *([type.key] if type.key else ())):
            if record.fields.get(name) is not None:
                return show(record.fields[name], type.fields[name].type, language)
    if is_written_out(type):
        fields = (f"{name}: {show(record.get(name), type.fields[name].type, language)}" for name in type.fields)
        return f"{{{', '.join(fields)}}}"
    names = [type.key] if type.key is not None else [name for name in type.fields if name in record.fields]
    return Text("，", ", ").to(language).join(_field(record, type, name, language, mask) for name in names)


def _field(record: Record, type: RecordType, name: str, language: Language, mask: bool) -> str:
    field = type.fields[name]
    value = record.get(name)
    text = show(value, field.type, language, mask=mask, ongoing=field.ongoing)
    if isinstance(field.type, Boolean):
        return f"{field.label} {text}"
    return masked(text) if mask and field.private and not isinstance(value, Unknown | Record) else text
