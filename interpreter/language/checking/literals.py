"""Literals: what is written out, and how it takes the type and unit its place wants."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from interpreter.language.assign import fits, units_agree
from interpreter.language.checking.context import Check
from interpreter.language.literals import MAX_DIGITS
from interpreter.language.tree import AtLiteral, Conditional, ListTree, NumberText, TextLiteral, Tree, Truth
from interpreter.language.typed import Constant, Typed
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    DAYS_TIME,
    MONTH,
    TEXT,
    YEARS_MONTHS,
    Broken,
    Choice,
    List,
    Number,
    Ratio,
    Type,
    say_type,
)
from interpreter.language.units import Unit
from interpreter.language.values import Month, MonthSpan
from interpreter.problems.suggest import closest

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_YEARS_MONTHS = re.compile(r"(-?)P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?", re.ASCII)
_DAYS_TIME = re.compile(r"(-?)P(?:(\d{1,7})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7})S)?)?", re.ASCII)


def literal(tree: Tree, check: Check) -> Typed:
    """Types a number, text, truth or `@` literal."""
    match tree:
        case Truth(value=value):
            return Typed(tree, BOOLEAN, Constant(value))
        case TextLiteral(value=value):
            if any("\ud800" <= character <= "\udfff" for character in value):
                return check.fail("literal.escape", tree)
            return Typed(tree, TEXT, Constant(value))
        case AtLiteral(text=text):
            return at_literal(tree, text, check)
        case NumberText(text=text, unit=unit):
            return _number(tree, text, unit, check)
        case _:
            raise AssertionError(tree)


def _number(tree: Tree, text: str, unit: str | None, check: Check) -> Typed:
    percent = text.endswith("%")
    mantissa, _, exponent = text.rstrip("%").lower().partition("e")
    # looked at as text first: 1e999999999 must not be expanded to be found too long
    if len(mantissa) > MAX_DIGITS + 1 or len(exponent) > 3 or abs(int(exponent or 0)) > MAX_DIGITS:
        return check.fail("literal.digits", tree, limit=MAX_DIGITS)
    value = Decimal(mantissa).scaleb(int(exponent or 0) - 2 * percent)
    _, digits, power = value.as_tuple()
    assert isinstance(power, int)
    if max(len(digits), len(digits) + power, -power) > MAX_DIGITS:
        return check.fail("literal.digits", tree, limit=MAX_DIGITS)
    places = max(0, -power)
    exact = int(value) if places == 0 else value
    of = Number(places, None if unit is None else Unit.read(unit), low=value, high=value)
    return Typed(tree, of, Constant(exact))


def at_literal(tree: Tree, text: str, check: Check) -> Typed:
    """`@"2021-03-01"`, `@"2021-03"`, `@"P3M"`: the form tells the type, and the value must exist."""
    if found := _DATE.fullmatch(text):
        try:
            return Typed(tree, DATE, Constant(date(*(int(part) for part in found.groups()))))
        except ValueError:
            return check.fail("literal.date", tree, text=text)
    if found := _MONTH.fullmatch(text):
        year, month = (int(part) for part in found.groups())
        if 1 <= month <= 12 and year >= 1:
            return Typed(tree, MONTH, Constant(Month.of(year, month)))
        return check.fail("literal.month", tree, text=text)
    if (found := _YEARS_MONTHS.fullmatch(text)) and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return Typed(tree, YEARS_MONTHS, Constant(MonthSpan(-months if found[1] else months)))
    if (found := _DAYS_TIME.fullmatch(text)) and any(found.groups()[1:]) and not text.endswith("T"):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return Typed(tree, DAYS_TIME, Constant(-span if found[1] else span))
    return check.fail("literal.at", tree, text=text)


def adopt(typed: Typed, wanted: Type, check: Check) -> Typed:
    """The typed tree as `wanted` where it is written out and can be: a word of a choice, items of a list, the
    branches of a condition. Anything else comes back as it was."""
    match typed.tree, wanted:
        case _ if isinstance(typed.type, Broken) or isinstance(wanted, Broken):
            return typed
        case TextLiteral(value=word), Choice(members=members):
            ids = [member for member, _ in members]
            if word in ids:
                return replace(typed, type=wanted)
            by_label = next((member for member, label in members if label == word), None)
            guess = by_label or closest(word, ids)
            return check.fail(
                "choice.unknown", typed.tree, word=word, choice=wanted.name, guess=guess,
                members=", ".join(f'"{member}"' for member in ids[:12]),
            )
        case ListTree(), List(item=item):
            parts = tuple(adopt(part, item, check) for part in typed.parts)
            return replace(typed, parts=parts, type=wanted if all(fits(p.type, item) for p in parts) else typed.type)
        case Conditional(), _:
            condition, then, otherwise = typed.parts
            then, otherwise = adopt(then, wanted, check), adopt(otherwise, wanted, check)
            if fits(then.type, wanted) and fits(otherwise.type, wanted):
                return replace(typed, parts=(condition, then, otherwise), type=wanted)
            return typed
        case _:
            return typed


def want(typed: Typed, wanted: Type, check: Check) -> Typed:
    """The typed tree as its place wants it, or a problem saying what it is instead."""
    adopted = adopt(typed, wanted, check)
    if fits(adopted.type, wanted):
        return adopted
    match adopted.type, wanted:
        case Number(), Number() if units_agree(adopted.type.unit, wanted.unit):
            code = "type.places"
        case (Number() | Ratio()), (Number() | Ratio()) if not units_agree(adopted.type.unit, wanted.unit):
            code = "unit.wanted"
        case Ratio(), Number():
            code = "type.ratio"
        case _:
            code = "type.wanted"
    return check.fail(code, typed.tree, found=say_type(adopted.type), want=say_type(wanted))
