"""Types of symbols: what several have in common, and what a function makes of them.

The rules of a rulebook are well-typed; but what stands in a place that wants a unit may be written without one, so here
units that differ are left out of account.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from interpreter.language.assign import unify
from interpreter.language.functions import BY_KEY, Mismatch
from interpreter.language.magnitude import bounds_of
from interpreter.language.types import BROKEN, List, Number, RangeOf, Ratio, Type


def common(types: Iterable[Type]) -> Type:
    """The type that holds the values of all; of none, one that nobody knows."""
    found: Type = BROKEN
    return reduce(_joined, types, found)


def _joined(a: Type, b: Type) -> Type:
    return unify(a, b) or unify(bare(a), bare(b)) or a


def result_of(function: str, types: Iterable[Type]) -> Type:
    """The type of what a function makes of arguments; one that nobody knows where there is none."""
    given = tuple(types)
    for each in (given, tuple(map(bare, given))):
        found = BY_KEY[function].result_for(each)
        if not isinstance(found, Mismatch):
            return found
    return BROKEN


def bare(of: Type) -> Type:
    """A type without units, of the bounds that it has with them."""
    match of:
        case Number():
            low, high = bounds_of(of)
            return replace(of, unit=None, low=low, high=high)
        case Ratio():
            return replace(of, unit=None)
        case List(item=item):
            return replace(of, item=bare(item))
        case RangeOf():
            return replace(of, of=bare(of.of))
        case _:
            return of
