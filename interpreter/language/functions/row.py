"""A row of the function table: everything the language says about one operator or function, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from interpreter.language.assign import has_equality, ordered
from interpreter.language.types import (
    Boolean,
    Broken,
    DateTimeType,
    DateType,
    DaysTime,
    List,
    MonthType,
    NullType,
    Number,
    RangeOf,
    Ratio,
    TextType,
    TimeType,
    Type,
    YearsMonths,
)
from interpreter.problems import Text


class Fault:
    """What a partial function gives where it has no value (a day that does not exist, a division by zero)."""

    def __repr__(self) -> str:
        return "FAULT"


FAULT: Final = Fault()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a result rule refuses its argument types, as the code of a problem; `feel`: the type that the whole of FEEL
    gives the result all the same."""

    code: str
    feel: Type | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an argument that is written out: the code of a problem, the argument's place from 0, and what
    the problem tells."""

    code: str
    argument: int
    fields: Mapping[str, object] = field(default_factory=dict)


Result = Type | Callable[[tuple[Type, ...]], Type | Mismatch]


@dataclass(frozen=True, slots=True)
class Function:
    """One overload.

    `key` names it for every back end; `params` are patterns (below); `result` its type or a rule for it; `python` the
    value. A strict function is only ever called with known values, one that is not with any; a fold's `python` takes
    the members (membership, value, many) of its list and its further arguments. `partial`: may give FAULT.
    `variadic`: the last pattern repeats. `names` are those of the parameters where FEEL lets them be given by name;
    `feel`: only there where the whole of FEEL is meant; `batch`: SQL back ends have it too.
    `written` looks at the values of those arguments that are written out, None for the others, before anything runs.
    """

    key: str
    name: str
    params: tuple[str, ...]
    result: Result
    python: Callable[..., Any]
    doc: Text
    example: str
    strict: bool = True
    fold: bool = False
    partial: bool = False
    variadic: bool = False
    batch: bool = True
    names: tuple[str, ...] = ()
    feel: bool = False
    written: Callable[[tuple[Any, ...]], Mistake | None] | None = None

    def takes(self, types: tuple[Type, ...]) -> bool:
        """Whether arguments of these types fit the patterns."""
        params = self.params
        if self.variadic and len(types) > len(params):
            params = params + (params[-1],) * (len(types) - len(params))
        return len(types) == len(params) and all(matches(p, t) for p, t in zip(params, types, strict=True))

    def result_for(self, types: tuple[Type, ...]) -> Type | Mismatch:
        return self.result(types) if callable(self.result) else self.result


PATTERN_WORDS: dict[str, Text] = {
    "any": Text("任何值", "anything"),
    "number": Text("数", "number"),
    "integer": Text("整数", "integer"),
    "ratio": Text("数或比率", "number or ratio"),
    "text": Text("文字", "text"),
    "boolean": Text("是否", "yes or no"),
    "date": Text("日期", "date"),
    "month": Text("月份", "month"),
    "time": Text("时刻", "time"),
    "date-time": Text("日期和时刻", "date and time"),
    "years-months": Text("年月长度", "years-months duration"),
    "days-time": Text("日时长度", "days-time duration"),
    "range": Text("区间", "range"),
    "ordered": Text("可比大小的值", "something with an order"),
    "comparable": Text("可比是否相同的值", "something that = compares"),
}


def say_pattern(pattern: str) -> Text:
    """A pattern in people's words."""
    for prefix, zh, en in (("list of ", "的列表", "list of "), ("range of ", "的区间", "range of ")):
        if pattern.startswith(prefix):
            inner = say_pattern(pattern.removeprefix(prefix))
            return Text(inner.zh + zh, en + inner.en)
    return PATTERN_WORDS[pattern]


def matches(pattern: str, of: Type) -> bool:
    """Whether a type fits a parameter's pattern: a word of PATTERN_WORDS, `list of P` or `range of P`."""
    if isinstance(of, Broken):
        return True
    if pattern.startswith("list of "):
        # nothing but null may stand in a list of anything
        return isinstance(of, List) and (
            isinstance(of.item, NullType) or matches(pattern.removeprefix("list of "), of.item)
        )
    if pattern.startswith("range of "):
        # what uses the days of a period needs both of its ends
        return isinstance(of, RangeOf) and not of.open_ended and matches(pattern.removeprefix("range of "), of.of)
    match pattern:
        case "any":
            return True
        case "range":
            return isinstance(of, RangeOf)
        case "number":
            return isinstance(of, Number)
        case "integer":
            return isinstance(of, Number) and of.places == 0
        case "ratio":
            return isinstance(of, Ratio | Number)
        case "ordered":
            return ordered(of)
        case "comparable":
            return has_equality(of)
        case _:
            return isinstance(of, _KINDS[pattern])


_KINDS: dict[str, type[Any]] = {
    "text": TextType, "boolean": Boolean, "date": DateType, "month": MonthType, "time": TimeType,
    "date-time": DateTimeType, "years-months": YearsMonths, "days-time": DaysTime,
}
