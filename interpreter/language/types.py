"""The types of the language. Every expression has one before it is ever run."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from interpreter.language.units import Unit
from interpreter.problems import Text


@dataclass(frozen=True, slots=True)
class Boolean:
    pass


@dataclass(frozen=True, slots=True)
class TextType:
    """Text; `format` is a check of its own (resident id, credit code) done where cases are read."""

    format: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list of words: ids inside, labels outside."""

    name: str
    members: tuple[tuple[str, str], ...] = field(compare=False)
    """(id, label) pairs in order."""

    def label(self, member: str) -> str:
        return next((label for key, label in self.members if key == member), member)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number with a static number of decimal places; 0 places is an integer.

    `unit` None is a bare literal's: it takes the unit its place wants. `low` and `high` are the bounds the checker
    knows, inclusive; None: the default's (interpreter/language/magnitude.py).
    """

    places: int = 0
    unit: Unit | None = None
    low: Decimal | None = field(default=None, compare=False)
    high: Decimal | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Ratio:
    """An exact quotient; it leaves only through rounding.

    `low` and `high` are its bounds, and it is a whole number over some divisor of at most `parts`; None: unknown.
    """

    unit: Unit | None = None
    low: Fraction | None = field(default=None, compare=False)
    high: Fraction | None = field(default=None, compare=False)
    parts: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DateType:
    pass


@dataclass(frozen=True, slots=True)
class MonthType:
    pass


@dataclass(frozen=True, slots=True)
class TimeType:
    """A time of day, with or without an offset or zone."""


@dataclass(frozen=True, slots=True)
class DateTimeType:
    """A day and a time of day together, with or without an offset or zone."""


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """A duration in years and months."""


@dataclass(frozen=True, slots=True)
class DaysTime:
    """A duration in days and time."""


@dataclass(frozen=True, slots=True)
class List:
    """A list of at most `most` members; None: the default (interpreter/language/magnitude.py)."""

    item: Type
    most: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RangeOf:
    """Everything between two ends; `open_ended`: it may go on without one (`(< 5)`)."""

    of: Type
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record type."""

    name: str
    label: str
    type: Type
    private: bool = False
    required: bool = False
    proof: str | None = None
    ongoing: str | None = None
    """The word for an end that has not come; as a value it is the last of all days."""
    default: object = None
    """The value an absent field stands for, already read; None: an absent field is unknown."""
    provided: bool = False
    """Not a fact of its own: the figure of a definition that a case may provide."""


@dataclass(slots=True, eq=False)
class RecordType:
    """A record. Types are made once and known by identity; `fields` is filled after all names are known.

    `key` names the field a record stands for. `table` names the table whose rows are the values (a region), in
    which case a fact of this type is one word and not a record with facts of its own.
    """

    name: str
    label: str
    key: str | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    table: str | None = None
    also_known_as: tuple[str, ...] = ()
    base: RecordType | None = None
    """The type this one extends (a worker is a person with more fields): it is accepted wherever that one is."""

    @property
    def root(self) -> RecordType:
        """The type at the bottom of the chain of bases; records of one root are compared by its key."""
        return self if self.base is None else self.base.root

    def extends(self, other: RecordType) -> bool:
        """Whether a record of this type may stand where one of `other` is wanted."""
        return self is other or (self.base is not None and self.base.extends(other))


_ANONYMOUS: dict[tuple[tuple[str, Hashable], ...], RecordType] = {}


def _told(of: Type) -> Hashable:
    """What tells a type from others, bounds and lengths included."""
    match of:
        case Number(low=low, high=high):
            return of, low, high
        case Ratio(low=least, high=most, parts=parts):
            return of, least, most, parts
        case List(item=item, most=length):
            return List, _told(item), length
        case RangeOf(of=inner):
            return of, _told(inner)
        case _:
            return of


def record_of(fields: tuple[tuple[str, Type], ...]) -> RecordType:
    """The type of a record written out, `{a: 1}`: it has no name, and one with the same fields is the same type."""
    told = tuple((name, _told(of)) for name, of in fields)
    found = _ANONYMOUS.get(told)
    if found is None:
        found = _ANONYMOUS[told] = RecordType("", "")
        found.fields.update({name: Field(name, name, of) for name, of in fields})
    return found


@dataclass(frozen=True, slots=True)
class NullType:
    """The type of `null`, which only the whole of FEEL has."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The type of an expression in which a problem was found: it fits everywhere, so that one fault is told once."""


Type = (
    Boolean | TextType | Choice | Number | Ratio | DateType | MonthType | TimeType | DateTimeType | YearsMonths
    | DaysTime | List | RangeOf | RecordType | NullType | Broken
)

BOOLEAN = Boolean()
TEXT = TextType()
INTEGER = Number(0)
DATE = DateType()
MONTH = MonthType()
TIME = TimeType()
DATE_TIME = DateTimeType()
YEARS_MONTHS = YearsMonths()
DAYS_TIME = DaysTime()
NULL = NullType()
BROKEN = Broken()


def say_type(of: Type) -> Text:
    """The type in people's words: `integer, month`, `list of 就业`."""
    match of:
        case Boolean():
            return Text("是否", "yes or no")
        case TextType():
            return Text("文字", "text")
        case Choice(name=name):
            return Text(f"选项 {name}", f"choice {name}")
        case Number(places=places, unit=unit):
            zh, en = ("整数", "integer") if places == 0 else ("数", "number")
            tail = f", {unit}" if unit is not None and unit.powers else ""
            return Text(zh + tail.replace(", ", "，"), en + tail)
        case Ratio(unit=unit):
            tail = f", {unit}" if unit is not None and unit.powers else ""
            return Text("比率" + tail.replace(", ", "，"), "ratio" + tail)
        case DateType():
            return Text("日期", "date")
        case MonthType():
            return Text("月份", "month")
        case TimeType():
            return Text("时刻", "time")
        case DateTimeType():
            return Text("日期和时刻", "date and time")
        case NullType():
            return Text("空值", "null")
        case YearsMonths():
            return Text("年月长度", "years-months duration")
        case DaysTime():
            return Text("日时长度", "days-time duration")
        case List(item=item):
            inner = say_type(item)
            return Text(f"{inner.zh}的列表", f"list of {inner.en}")
        case RangeOf(of=inner_type, open_ended=open_ended):
            inner = say_type(inner_type)
            ended = Text("", "") if not open_ended else Text("（可无一端）", ", an end may be open")
            return Text(f"{inner.zh}的区间{ended.zh}", f"range of {inner.en}{ended.en}")
        case RecordType(name="", fields=fields):
            names = ", ".join(fields)
            return Text(f"记录 {{{names}}}", f"record {{{names}}}")
        case RecordType(name=name, label=label):
            return Text(f"{label}（{name}）" if label != name else name, name)
        case Broken():
            return Text("（有误）", "(broken)")
