"""Values as files write them: words, amounts with their unit, lists; read at a type, or the type told from the form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from interpreter.language.cells import words_of
from interpreter.language.literals import MAX_DIGITS, Unread, read_literal
from interpreter.language.magnitude import bounds_of, decimal_of
from interpreter.language.types import BOOLEAN, DATE, DATE_TIME, MONTH, TIME, List, Number, RecordType, Type
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import Value
from interpreter.problems import Fragment, Problem
from interpreter.problems.suggest import closest
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.reading import Node, Scalar, Sequence

UNIT = re.compile(r"[^\W\d]\w*(?:/[^\W\d]\w*)?")
_AMOUNT = re.compile(
    rf"(?P<number>-?[0-9]+(?:\.(?P<decimals>[0-9]+))?)(?:(?P<percent>%)|\s+(?P<unit>{UNIT.pattern}))?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written, without its percent sign and unit."""

    value: Decimal
    places: int
    unit: str | None


def read_amount_text(text: str) -> Amount | None:
    """`1200 CNY`, `16 year`, `0.5`, `10%`; None where the text is none of these."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or len(found["number"]) > MAX_DIGITS:
        return None
    places = len(found["decimals"] or "")
    if found["percent"]:
        return Amount(decimal_of(int(found["number"].replace(".", "")), places + 2), places + 2, None)
    return Amount(Decimal(found["number"]), places, found["unit"])


def read_unit(fragment: Fragment, draft: Draft) -> Unit | None:
    """A unit such as `month` or `CNY/month`."""
    if UNIT.fullmatch(fragment.text.strip()) is None:
        draft.problem("unit.form", fragment.span(), found=fragment.text.strip())
        return None
    return Unit.read(fragment.text.strip())


def number_type(draft: Draft, places: int, unit: Unit | None) -> Number:
    """A number of a declaration: without a unit it is a plain number, in the policy's money it has the money's
    places."""
    if unit is not None and any(name == draft.money.currency and power > 0 for name, power in unit.powers):
        places = max(places, draft.money.places)
    return Number(places, ONE if unit is None else unit)


def inferred(fragment: Fragment, draft: Draft) -> Type | None:
    """The type of a value by its form: yes or no, day, month, time, number or amount; None for anything else."""
    word = fragment.text.strip()
    if word in ("true", "false"):
        return BOOLEAN
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
        return DATE
    if re.fullmatch(r"\d{4}-\d{2}", word):
        return MONTH
    if re.fullmatch(r"\d{2}:\d{2}:\d{2}", word):
        return TIME
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", word):
        return DATE_TIME
    amount = read_amount_text(word)
    if amount is None:
        return None
    return roomy(number_type(draft, amount.places, Unit.read(amount.unit) if amount.unit else None), amount.value)


def roomy(of: Number, value: Decimal) -> Number:
    """The type of a number that is written, not declared: its default bounds, or wider ones where the value needs
    them."""
    low, high = bounds_of(of)
    return of if low <= value <= high else replace(of, low=min(low, value), high=max(high, value))


def read_value(written: Node | Fragment, type: Type, draft: Draft) -> Value | None:
    """The value of `type` that a node or a cell writes; None, with a problem, where it writes none."""
    text = written.fragment if isinstance(written, Scalar) else written
    if isinstance(text, Fragment):
        return read_words(text, type, draft) if isinstance(type, List) else read_word(text, type, draft)
    if isinstance(type, List) and isinstance(text, Sequence):
        values = [read_value(item, type.item, draft) for item in text.items]
        return None if any(value is None for value in values) else tuple(values)
    draft.problem("value.not-one", text.span)
    return None


def read_words(fragment: Fragment, type: List, draft: Draft) -> Value | None:
    """A list written in one text, with commas between its items."""
    values = [read_word(word, type.item, draft) for word in words_of(fragment)]
    return None if any(value is None for value in values) else tuple(values)


def read_word(fragment: Fragment, type: Type, draft: Draft) -> Value | None:
    """The value of a type that is no list, as one text writes it."""
    fragment = trimmed(fragment)
    text = fragment.text
    if isinstance(type, Number):
        amount = read_amount_text(text)
        if amount is not None and amount.unit is not None and type.unit != Unit.read(amount.unit):
            code = "value.no-unit" if type.unit == ONE else "value.unit"
            draft.problem(code, fragment.span(), found=amount.unit, want=type.unit)
            return None
        if amount is not None:
            text = f"{amount.value:f}"
    read = read_literal(text, type, draft.row)
    if not isinstance(read, Unread):
        return read
    table = type.table or "" if isinstance(type, RecordType) else ""
    if table in draft.broken:
        return None
    guess = closest(text, draft.words.get(table, {}))
    fields = {**read.fields, "guess": guess} if guess is not None else read.fields
    draft.problems.append(Problem(read.code, fragment.span(), fields))
    return None


def read_day(fragment: Fragment | None, draft: Draft) -> date | None:
    """A day that a declaration names."""
    if fragment is None:
        return None
    day = read_word(fragment, DATE, draft)
    return day if isinstance(day, date) else None


def trimmed(fragment: Fragment) -> Fragment:
    """The fragment without the blanks around it."""
    text = fragment.text
    start = len(text) - len(text.lstrip())
    return fragment.part(start, max(start, len(text.rstrip())))
