"""Literals: what is written out, and how it takes the type and unit its place wants."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from interpreter.language.assign import fits, units_agree
from interpreter.language.checking.context import Check
from interpreter.language.iso import TYPES, Miswritten, read
from interpreter.language.literals import MAX_DIGITS
from interpreter.language.magnitude import within
from interpreter.language.parse import stray_backslash
from interpreter.language.tree import AtLiteral, Conditional, ListTree, Null, NumberText, TextLiteral, Tree, Truth
from interpreter.language.typed import Constant, Typed
from interpreter.language.types import (
    BOOLEAN,
    NULL,
    TEXT,
    Broken,
    Choice,
    List,
    Number,
    Ratio,
    Type,
    say_type,
)
from interpreter.language.units import Unit
from interpreter.language.unknown import NOWHERE
from interpreter.problems.suggest import closest


def literal(tree: Tree, check: Check) -> Typed:
    """Types a number, text, truth, `@` literal or, in FEEL, null."""
    match tree:
        case Truth(value=value):
            return Typed(tree, BOOLEAN, Constant(value))
        case TextLiteral():
            return text(tree, check)
        case AtLiteral(text=written):
            return at_literal(tree, written, check)
        case Null():
            return Typed(tree, NULL, Constant(NOWHERE)) if check.scope.feel else check.fail("literal.null", tree)
        case NumberText(text=written, unit=unit):
            return _number(tree, written, unit, check)
        case _:
            raise AssertionError(tree)


def text(tree: TextLiteral, check: Check, *, pattern: bool = False) -> Typed:
    """Types a text; a `pattern` may hold backslashes that are none of ours, `"\\d"`, and so may every text of FEEL."""
    written = check.fragment.text[tree.start : tree.end]
    stray = None if pattern or check.scope.feel else stray_backslash(written)
    if stray is not None:
        return check.fail("literal.escape", Tree(tree.start + stray, tree.start + stray + 2))
    if any("\ud800" <= character <= "\udfff" for character in tree.value):
        return check.fail("literal.escape", tree)
    return Typed(tree, TEXT, Constant(tree.value))


def _number(tree: Tree, text: str, unit: str | None, check: Check) -> Typed:
    percent = text.endswith("%")
    mantissa, _, exponent = text.rstrip("%").lower().partition("e")
    # looked at as text first: 1e999999999 must not be expanded to be found too long
    if len(mantissa) > MAX_DIGITS + 2 or len(exponent) > 3 or abs(int(exponent or 0)) > MAX_DIGITS:
        return check.fail("literal.digits", tree, limit=MAX_DIGITS)
    _, digits, shift = Decimal(mantissa).as_tuple()
    assert isinstance(shift, int)
    power = shift + int(exponent or 0) - 2 * percent
    # built from its digits, so that no context rounds it
    value = Decimal((0, digits, power))
    if max(len(digits), len(digits) + power, -power) > MAX_DIGITS:
        return check.fail("literal.digits", tree, limit=MAX_DIGITS)
    places = max(0, -power)
    exact = int(value) if places == 0 else value
    of = Number(places, None if unit is None else Unit.read(unit), low=value, high=value)
    return Typed(tree, of, Constant(exact))


def at_literal(tree: Tree, text: str, check: Check) -> Typed:
    """`@"2021-03-01"`, `@"2021-03"`, `@"17:00:00"`, `@"P3M"`: the form tells the type, and the value must exist."""
    found = read(text, feel=check.scope.feel)
    if isinstance(found, Miswritten):
        return check.fail(found.code, tree, text=text)
    return Typed(tree, TYPES[type(found)], Constant(found))


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
            of = within(wanted, typed.type) if all(fits(p.type, item) for p in parts) else typed.type
            return replace(typed, parts=parts, type=of)
        case Conditional(), _:
            condition, then, otherwise = typed.parts
            then, otherwise = adopt(then, wanted, check), adopt(otherwise, wanted, check)
            if fits(then.type, wanted) and fits(otherwise.type, wanted):
                return replace(typed, parts=(condition, then, otherwise), type=within(wanted, typed.type))
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
