"""What bounds say of values that are not known: an unknown count may still decide a comparison (SEMANTICS 1.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from interpreter.language.unknown import Unknown, Value


def bounds(value: Value) -> tuple[Any, Any]:
    """The least and greatest a value may be; a known one is both."""
    return (value.low, value.high) if isinstance(value, Unknown) else (value, value)


def _less_bounded(a: Value, b: Value, *, or_equal: bool) -> bool | None:
    """What bounds alone say of a < b (or a <= b)."""
    (a_low, a_high), (b_low, b_high) = bounds(a), bounds(b)
    if a_high is not None and b_low is not None and (a_high <= b_low if or_equal else a_high < b_low):
        return True
    if a_low is not None and b_high is not None and (a_low > b_high if or_equal else a_low >= b_high):
        return False
    return None


def _equal_bounded(a: Value, b: Value) -> bool | None:
    if _less_bounded(a, b, or_equal=False) is True or _less_bounded(b, a, or_equal=False) is True:
        return False
    return None


BY_BOUNDS: dict[str, Callable[[Value, Value], bool | None]] = {
    "less": lambda a, b: _less_bounded(a, b, or_equal=False),
    "less_equal": lambda a, b: _less_bounded(a, b, or_equal=True),
    "equal": _equal_bounded,
}


def has_bounds(a: Value, b: Value) -> bool:
    """Whether either side is unknown with something sure about its size."""
    return any(isinstance(x, Unknown) and (x.low is not None or x.high is not None) for x in (a, b))


def add_bounded(a: Value, b: Value) -> tuple[Any, Any]:
    """The bounds of a sum."""
    (a_low, a_high), (b_low, b_high) = bounds(a), bounds(b)
    low = None if a_low is None or b_low is None else a_low + b_low
    high = None if a_high is None or b_high is None else a_high + b_high
    return low, high


def either(values: list[Value], causes: int) -> Value:
    """What is known of a value that may be any of several: themselves if they agree, else their causes and bounds."""
    first = values[0]
    if all(not isinstance(value, Unknown) and value == first for value in values):
        return first
    pairs = [bounds(value) for value in values]
    for value in values:
        if isinstance(value, Unknown):
            causes |= value.causes
    if all(isinstance(x, int) and not isinstance(x, bool) for pair in pairs for x in pair):
        return Unknown(causes, min(pair[0] for pair in pairs), max(pair[1] for pair in pairs))
    return Unknown(causes)
