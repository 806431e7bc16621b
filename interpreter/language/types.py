"""The types of the language. Every expression has one before it is ever run."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

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
    knows, inclusive.
    """

    places: int = 0
    unit: Unit | None = None
    low: Decimal | None = field(default=None, compare=False)
    high: Decimal | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Ratio:
    """An exact quotient; it leaves only through rounding."""

    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class DateType:
    pass


@dataclass(frozen=True, slots=True)
class MonthType:
    pass


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """A duration in years and months."""


@dataclass(frozen=True, slots=True)
class DaysTime:
    """A duration in days and time."""


@dataclass(frozen=True, slots=True)
class List:
    item: Type


@dataclass(frozen=True, slots=True)
class RangeOf:
    of: Type


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


@dataclass(frozen=True, slots=True)
class Broken:
    """The type of an expression in which a problem was found: it fits everywhere, so that one fault is told once."""


Type = (
    Boolean | TextType | Choice | Number | Ratio | DateType | MonthType | YearsMonths | DaysTime | List | RangeOf
    | RecordType | Broken
)

BOOLEAN = Boolean()
TEXT = TextType()
INTEGER = Number(0)
DATE = DateType()
MONTH = MonthType()
YEARS_MONTHS = YearsMonths()
DAYS_TIME = DaysTime()
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
        case YearsMonths():
            return Text("年月长度", "years-months duration")
        case DaysTime():
            return Text("日时长度", "days-time duration")
        case List(item=item):
            inner = say_type(item)
            return Text(f"{inner.zh}的列表", f"list of {inner.en}")
        case RangeOf(of=inner_type):
            inner = say_type(inner_type)
            return Text(f"{inner.zh}的区间", f"range of {inner.en}")
        case RecordType(name=name, label=label):
            return Text(f"{label}（{name}）" if label != name else name, name)
        case Broken():
            return Text("（有误）", "(broken)")
