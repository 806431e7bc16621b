"""What the rows of a table have in common and what they leave out, as regions people can read.

Every input is an axis cut where some row begins or ends: into intervals for numbers, days and months (held as whole
steps of their smallest unit), into single words for the rest. A row is then one set of pieces (bits) an axis.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from itertools import combinations, pairwise
from math import ceil, floor
from operator import and_

from interpreter.language.cells import Cell, Side
from interpreter.language.core import Core
from interpreter.language.magnitude import decimal_of
from interpreter.language.show import show
from interpreter.language.temporal import DAY, SECOND, DateTime, Time
from interpreter.language.types import Boolean, Choice, DateTimeType, DateType, MonthType, Number, TimeType, Type
from interpreter.language.unknown import Value
from interpreter.language.values import Month, plain
from interpreter.problems import Text

MOST = 200_000
"""Elementary boxes that are looked at in one table."""

FAR = 10**60
"""Beyond every number the language carries."""

Interval = tuple[int, int]
Sets = tuple[int, ...]
"""Pieces of every axis, as bits."""


class Other:
    """Any word that no row names."""


OTHER = Other()


@dataclass(frozen=True, slots=True)
class Axis:
    """One input with its pieces: intervals where it has an order, else values. `within` are the pieces inside its
    declared bounds, or between the ends that rows name where it has none; of texts those that rows name, unless some
    row takes any other."""

    label: Text
    type: Type
    pieces: tuple[object, ...]
    within: int

    @property
    def whole(self) -> int:
        return (1 << len(self.pieces)) - 1


def is_ordered(type: Type) -> bool:
    """Whether cells of the type are tests and not words."""
    return isinstance(type, Number | DateType | MonthType | TimeType | DateTimeType)


def axis_of(
    label: Text, type: Type, cells: Sequence[Cell | Interval], value_of: Callable[[Core], Value]
) -> tuple[Axis, list[int]]:
    """The axis of one input, and the pieces of it that each row's cell allows; days come as intervals. `value_of` gives
    what a cell compares with."""
    if is_ordered(type):
        return _ordered(label, type, [_intervals(cell, type, value_of) for cell in cells])
    return _words(label, type, [cell for cell in cells if isinstance(cell, Cell)])


def _ordered(label: Text, type: Type, rows: list[list[Interval]]) -> tuple[Axis, list[int]]:
    named = {end for row in rows for low, high in row for end in (low, high + 1) if abs(end) < FAR}
    first, last = _bounds(type)
    if (first, last) == (-FAR, FAR) and named:
        first, last = min(named), max(named) - 1
    cuts = sorted({-FAR, FAR, first, min(last + 1, FAR)} | named)
    pieces = [(start, end - 1) for start, end in pairwise(cuts)]

    def bits(low: int, high: int) -> int:
        return (1 << bisect_left(cuts, min(high + 1, FAR))) - (1 << bisect_left(cuts, max(low, -FAR)))

    axis = Axis(label, type, tuple(pieces), bits(first, last) if first <= last else 0)
    masks = []
    for row in rows:
        found = 0
        for start, end in row:
            found |= bits(start, end) if start <= end else 0
        masks.append(found)
    return axis, masks


def _bounds(type: Type) -> Interval:
    match type:
        case Number(places=places, low=low, high=high):
            scale = 10**places
            first = -FAR if low is None else ceil(Fraction(low) * scale)
            return first, FAR if high is None else floor(Fraction(high) * scale)
        case TimeType():
            return 0, DAY - 1
        case _:
            return -FAR, FAR


def _intervals(cell: Cell | Interval, type: Type, value_of: Callable[[Core], Value]) -> list[Interval]:
    """What a cell allows, as intervals of whole steps."""
    if not isinstance(cell, Cell):
        return [cell]
    if not cell.tests:
        return [(-FAR, FAR)]
    found = [interval for test in cell.tests for interval in _test(test, type, value_of)]
    return _complement(found) if cell.negated else found


def _test(test: tuple[Side, ...], type: Type, value_of: Callable[[Core], Value]) -> list[Interval]:
    low, high = -FAR, FAR
    for side in test:
        than = _steps(value_of(side.than), type)
        match side.operator:
            case "!=":
                return [(-FAR, ceil(than) - 1), (floor(than) + 1, FAR)]
            case "<":
                high = min(high, ceil(than) - 1)
            case "<=":
                high = min(high, floor(than))
            case ">":
                low = max(low, floor(than) + 1)
            case ">=":
                low = max(low, ceil(than))
            case _:
                low, high = max(low, ceil(than)), min(high, floor(than))
    return [(low, high)]


def _complement(intervals: list[Interval]) -> list[Interval]:
    found, start = [], -FAR
    for low, high in sorted(interval for interval in intervals if interval[0] <= interval[1]):
        found.append((start, low - 1))
        start = max(start, high + 1)
    return [*found, (start, FAR)]


def _steps(value: Value, type: Type) -> Fraction:
    match value:
        case date():
            return Fraction(value.toordinal())
        case Time():
            return Fraction(value.nanos)
        case DateTime():
            return Fraction(value.day.toordinal() * DAY + value.nanos)
    return Fraction(value) * (10**type.places if isinstance(type, Number) else 1)


def _words(label: Text, type: Type, cells: list[Cell]) -> tuple[Axis, list[int]]:
    pieces: list[Value] = []
    match type:
        case Boolean():
            pieces = [True, False]
        case Choice(members=members):
            pieces = [member for member, _ in members]
    places = {plain(piece): place for place, piece in enumerate(pieces)}
    for value in (_word(side.than) for cell in cells for test in cell.tests for side in test):
        if places.setdefault(plain(value), len(pieces)) == len(pieces):
            pieces.append(value)
    if not isinstance(type, Boolean | Choice):
        pieces.append(OTHER)
    whole = (1 << len(pieces)) - 1

    def bits(side: Side) -> int:
        found = 1 << places[plain(_word(side.than))]
        return found if side.operator == "=" else whole & ~found

    masks = []
    for cell in cells:
        found = 0 if cell.tests else whole
        for test in cell.tests:
            found |= reduce(and_, map(bits, test), whole)
        masks.append(whole & ~found if cell.negated else found)
    other = 1 << len(pieces) - 1 if pieces[-1:] == [OTHER] and not any(mask >> len(pieces) - 1 for mask in masks) else 0
    return Axis(label, type, tuple(pieces), whole & ~other), masks


def _word(than: Core) -> Value:
    assert hasattr(than, "value")
    return than.value


def overlaps(axes: Sequence[Axis], rows: Sequence[Sets]) -> list[tuple[int, int, Sets]] | None:
    """The pairs of rows that may both apply, and where; None if there are too many pairs to look at."""
    # rows that meet share a piece of every axis, so it is enough to compare those that share one of the finest
    finest = max(range(len(axes)), key=lambda i: len(axes[i].pieces), default=None)
    if finest is None:
        pairs = set(combinations(range(len(rows)), 2))
    else:
        pairs = set()
        for piece in range(len(axes[finest].pieces)):
            sharing = [i for i, row in enumerate(rows) if row[finest] >> piece & 1]
            if len(sharing) ** 2 // 2 + len(pairs) > MOST:
                return None
            pairs.update(combinations(sharing, 2))
    found = []
    for one, other in sorted(pairs):
        both = tuple(a & b for a, b in zip(rows[one], rows[other], strict=True))
        if all(both):
            found.append((one, other, both))
    return found


def gaps(axes: Sequence[Axis], rows: Sequence[Sets], domain: Sets) -> list[Sets] | None:
    """The regions of a domain in which no row applies; None if there are too many boxes to look at."""
    looked = 0
    holding = _holding(axes, rows)

    def below(place: int, among: int) -> Iterator[tuple[int, ...]]:
        nonlocal looked
        if not among:
            yield domain[place:]
        elif place < len(axes):
            groups: dict[int, int] = {}
            for piece in range(len(axes[place].pieces)):
                if domain[place] >> piece & 1:
                    left = among & holding[place][piece]
                    groups[left] = groups.get(left, 0) | 1 << piece
            looked += len(groups)
            if looked > MOST:
                raise OverflowError
            for left, pieces in groups.items():
                for rest in below(place + 1, left):
                    yield (pieces, *rest)

    try:
        return list(below(0, (1 << len(rows)) - 1))
    except OverflowError:
        return None


def reached(axes: Sequence[Axis], rows: Sequence[Sets]) -> int | None:
    """The rows, as bits, that some case meets before any other; None if there are too many boxes to look at."""
    looked = found = 0
    holding = _holding(axes, rows)

    def below(place: int, among: int) -> None:
        nonlocal looked, found
        if place == len(axes):
            found |= among & -among
        elif among & ~found:
            groups = {among & held for held in holding[place]}
            looked += len(groups)
            if looked > MOST:
                raise OverflowError
            for left in sorted(groups):
                below(place + 1, left)

    try:
        below(0, (1 << len(rows)) - 1)
    except OverflowError:
        return None
    return found


def _holding(axes: Sequence[Axis], rows: Sequence[Sets]) -> list[list[int]]:
    """For every piece of every axis the rows that allow it, as bits."""
    return [
        [sum(1 << i for i, row in enumerate(rows) if row[place] >> piece & 1) for piece in range(len(axis.pieces))]
        for place, axis in enumerate(axes)
    ]


def say_region(axes: Sequence[Axis], region: Sets, domain: Sets) -> Text:
    """A region in words: every input that it does not leave free within the domain."""
    return _joined([
        (axis.label, _say_pieces(axis, pieces))
        for axis, pieces, free in zip(axes, region, domain, strict=True) if pieces != free
    ])


def say_case(axes: Sequence[Axis], region: Sets, domain: Sets) -> Text:
    """One case inside a region: a value for every input that it does not leave free within the domain."""
    said = []
    for axis, pieces, free in zip(axes, region, domain, strict=True):
        if pieces != free:
            inside = pieces & axis.within or pieces
            piece = axis.pieces[(inside & -inside).bit_length() - 1]
            said.append((axis.label, _say_value(axis, _point(piece) if is_ordered(axis.type) else piece)))
    return _joined(said)


def _joined(said: list[tuple[Text, Text]]) -> Text:
    if not said:
        return Text("任何情形", "any case")
    return Text("，".join(f"{label.zh} {text.zh}" for label, text in said),
                ", ".join(f"{label.en} {text.en}" for label, text in said))


def _point(piece: object) -> int:
    assert isinstance(piece, tuple)
    low, high = piece
    return int(low if low > -FAR else high)


def _say_pieces(axis: Axis, pieces: int) -> Text:
    inside = [piece for place, piece in enumerate(axis.pieces) if (pieces & axis.within or pieces) >> place & 1]
    if not is_ordered(axis.type):
        texts = [_say_value(axis, piece) for piece in inside]
    else:
        runs: list[Interval] = []
        for piece in inside:
            assert isinstance(piece, tuple)
            low, high = piece
            if runs and runs[-1][1] + 1 == low:
                runs[-1] = (runs[-1][0], high)
            else:
                runs.append((low, high))
        texts = [_say_run(axis, *run) for run in runs]
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


def _say_run(axis: Axis, low: int, high: int) -> Text:
    first, last = _say_value(axis, low), _say_value(axis, high)
    if low == high:
        return first
    clock = isinstance(axis.type, TimeType)
    below, above = low <= (0 if clock else -FAR), high >= (DAY if clock else FAR) - 1
    if isinstance(axis.type, TimeType | DateTimeType) and not above and (high + 1) % SECOND == 0:
        # up to the nanosecond before
        end = _say_value(axis, high + 1)
        since = Text("", "") if below else Text(f"{first.zh} 至 ", f"{first.en} to ")
        return Text(f"{since.zh}{end.zh} 以前", f"{since.en}before {end.en}")
    if below:
        return Text(f"{last.zh} 以下", f"up to {last.en}")
    if above:
        return Text(f"{first.zh} 以上", f"from {first.en}")
    return Text(f"{first.zh} 至 {last.zh}", f"{first.en} to {last.en}")


def _say_value(axis: Axis, value: Value) -> Text:
    if isinstance(value, Other):
        return Text("其他", "any other")
    if is_ordered(axis.type):
        if abs(value) >= FAR - 1:
            return Text("", "")
        value = _from_steps(value, axis.type)
    return Text(show(value, axis.type, "zh"), show(value, axis.type, "en"))


def _from_steps(value: int, type: Type) -> Value:
    match type:
        case Number(places=places):
            return decimal_of(value, places) if places else value
        case MonthType():
            return Month(value)
        case TimeType():
            return Time(value % DAY)
        case DateTimeType():
            ordinal, nanos = divmod(value, DAY)
            return DateTime(date.fromordinal(max(1, min(ordinal, date.max.toordinal()))), nanos)
        case _:
            return date.fromordinal(max(1, min(value, date.max.toordinal())))
