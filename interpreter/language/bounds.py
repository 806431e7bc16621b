"""What is sure of values that are not known: bounds that decide a comparison, and what several possible values share.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value, is_open, members
from interpreter.language.values import Record


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
    """What is known of a value that may be any of several: themselves if they are the same, else what they share.

    `causes` are those of the choice. Records share the fields that agree, lists may have the members of each, numbers
    and months lie within the bounds of all.
    """
    if all(_same(values[0], value) for value in values):
        return values[0]
    for value in values:
        if isinstance(value, Unknown):
            causes |= value.causes
    if any(isinstance(value, Record) for value in values):
        return _either_record(values, causes)
    if any(isinstance(value, tuple | Partial) for value in values):
        return _either_list(values, causes)
    pairs = [bounds(value) for value in values]
    return Unknown(causes, _end(min, [low for low, _ in pairs]), _end(max, [high for _, high in pairs]))


def _end(pick: Callable[[list[Any]], Any], ends: list[Any]) -> Any:
    """The outermost of the ends of several values, if each has one; ratios and what has no order have none."""
    known = all(isinstance(end, int | Decimal) and not isinstance(end, bool) for end in ends)
    return pick(ends) if known else None


def _same(a: Value, b: Value) -> bool:
    """Whether two values are surely one: two unknown ones never are, nor two records that only share their key."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return a is b or (len(a) == len(b) and all(map(_same, a, b)))
    if isinstance(a, Unknown | Record) or isinstance(b, Unknown | Record):
        return a is b and not isinstance(a, Unknown)
    return bool(a == b)


def _either_record(values: list[Value], causes: int) -> Record:
    records = [value for value in values if isinstance(value, Record)]
    # a type that extends another has more fields, which nobody reads of what may be of either
    shape = min((record.shape for record in records), key=lambda shape: len(shape.type.fields))
    shared: dict[str, Value] = {}
    for name, field in shape.type.fields.items():
        if not field.provided:
            shared[name] = either([v.get(name) if isinstance(v, Record) else v for v in values], causes)
        elif any(name in record.fields for record in records):
            given = [v.fields.get(name, NOWHERE) if isinstance(v, Record) else v for v in values]
            shared[name] = either(given, causes)
    return Record(shared, shape)


def _either_list(values: list[Value], causes: int) -> Value:
    if all(isinstance(value, tuple) for value in values) and len(set(map(len, values))) == 1:
        return tuple(either(list(column), causes) for column in zip(*values, strict=True))
    found: list[tuple[Value, Value]] = []
    blanks: list[Value] = []
    for value in values:
        for membership, item in members(value):
            found.append((Unknown(causes if membership is True else causes | membership.causes), item))
        if is_open(value):
            blanks.append(found.pop()[1])
    return Partial(
        causes, tuple(found), more=bool(blanks), blank=either(blanks, 0) if blanks else None,
        in_order=all(value.in_order for value in values if isinstance(value, Partial)),
    )
