"""A cell to a value of a fact's type: put right with a note where people's ways of writing allow, refused otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from interpreter.cases.scalars import Bad, Good, Wanted, printable, read_scalar
from interpreter.cases.sheets.amounts import HALF_WIDTH, amount
from interpreter.cases.sheets.days import read_day, read_month
from interpreter.cases.sheets.texts import is_rounded, of_eighteen, tidied, tidied_name
from interpreter.language.types import (
    Boolean,
    DateTimeType,
    DateType,
    Field,
    List,
    MonthType,
    Number,
    RecordType,
    TextType,
    TimeType,
    Type,
)
from interpreter.language.values import Record
from interpreter.problems import Text
from interpreter.rulebook.model import Rulebook

YES = frozenset(["是", "有", "对", "真", "√", "✓", "✔", "☑", "●", "y", "yes", "t", "true", "1"])
NO = frozenset(["否", "无", "没有", "不是", "错", "假", "×", "✗", "✘", "☒", "n", "no", "f", "false", "0"])
NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "－", "空", "n/a", "N/A"})
"""What people write where there is nothing to write: as good as an empty cell."""
_SEPARATORS = re.compile(r"[、;；\n]+")
_MOST_KNOWN = 200_000
_MOST_EXACT = 10**15
"""Beyond it a spreadsheet keeps the first fifteen digits of a number only."""

AS_NOTHING = Text("按没有填写处理", "taken as not filled in")
AS_YES_NO = Text("按“是”或“否”读", "read as yes or no")
AS_TEXT = Text(
    "数字单元格按文字读；开头若有零已丢失，请核对", "a number was read as text; zeros before it, if any, are lost"
)
DAY_AS_TEXT = Text("日期单元格按文字读", "a day was read as text")
WHOLE = Text("已去掉多余的小数零", "zeros after the point were taken off")

Cached = dict[tuple[type, object], Good | Bad]


class CellReader:
    """Reads the cells of one rulebook's facts; the same cell of the same fact is read once.

    A good value is plain, as a case file writes it (text, whole number, true or false, a list of these), None where
    the cell says that there is nothing.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._known: dict[tuple[int, int], tuple[Field, Cached]] = {}
        self._names = {id(field) for one in (*rulebook.claimants.values(), *rulebook.bearers.values())
                       if (field := self._field(one.called.text)) is not None}

    def reader(self, field: Field, epoch: int) -> Callable[[object], Good | Bad]:
        """What reads the cells of a column."""
        known = self._known.setdefault((id(field), epoch), (field, {}))[1]

        def read(cell: object) -> Good | Bad:
            key = (cell.__class__, cell)
            found = known.get(key)
            if found is None:
                found = self.read(cell, field, epoch)
                if len(known) < _MOST_KNOWN:
                    known[key] = found
            return found

        return read

    def read(self, cell: object, field: Field, epoch: int = 1900) -> Good | Bad:
        """The plain value of a cell."""
        if isinstance(cell, float) and not isfinite(cell):
            cell = str(cell)
        if isinstance(cell, str) and unicodedata.normalize("NFKC", cell).strip() in NOTHING:
            return Good(None, (AS_NOTHING,) if cell.strip() else ())
        if isinstance(field.type, List):
            return self._list(cell, field, field.type, epoch)
        return self._one(cell, field, field.type, epoch)

    def is_name(self, field: Field) -> bool:
        """Whether the field is how a claimant is called."""
        return id(field) in self._names

    def canonical(self, value: object, field: Field) -> str:
        """What tells a value of the field from others: of a row of a table its key, else the value."""
        if isinstance(field.type, RecordType):
            read = read_scalar(value, Wanted(field.type), self.rulebook, None)
            if isinstance(read, Good) and isinstance(read.value, Record):
                return str(read.value.key)
        return str(value)

    def _field(self, path: str) -> Field | None:
        """The field at a plain dotted path."""
        name, *rest = path.strip().split(".")
        root = self.rulebook.facts.get(name)
        type: Type | None = root.type if root is not None else None
        found = None
        for part in rest:
            found = type.fields.get(part) if isinstance(type, RecordType) else None
            type = found.type if found is not None else None
        return found if isinstance(type, TextType) else None

    def _list(self, cell: object, field: Field, type: List, epoch: int) -> Good | Bad:
        parts = [part for part in _SEPARATORS.split(cell) if part.strip()] if isinstance(cell, str) else [cell]
        if parts == ["无"]:
            return Good([])
        values, notes = [], list[Text]()
        for part in parts:
            read = self._one(part, field, type.item, epoch)
            if isinstance(read, Bad):
                return read
            values.append(read.value)
            notes += read.notes
        return Good(values, tuple(dict.fromkeys(notes)))

    def _one(self, cell: object, field: Field, type: Type, epoch: int) -> Good | Bad:
        shown = _shown(cell, field.private)
        match type:
            case TextType(format=form):
                return self._text(cell, field, form)
            case Boolean():
                return _boolean(cell, shown)
            case Number():
                return self._number(cell, field, type)
            case DateType():
                if field.ongoing is not None and isinstance(cell, str) and tidied(cell)[0] == field.ongoing:
                    return Good(field.ongoing, tuple(tidied(cell)[1]))
                read = read_day(cell, epoch, shown)
                return self._ended(read, field) if isinstance(read, Bad) else Good(str(read.value), read.notes)
            case MonthType():
                read = read_month(cell, epoch, shown)
                return read if isinstance(read, Bad) else Good(str(read.value), read.notes)
            case TimeType() | DateTimeType():
                return self._time(cell, field, type)
        return self._word(cell, field, type)

    def _checked(self, value: object, field: Field, type: Type, notes: list[Text]) -> Good | Bad:
        """The value as case files have it, if the type takes it so."""
        read = read_scalar(value, Wanted(type, field.private, field.ongoing), self.rulebook, None)
        if isinstance(read, Bad):
            return read
        kept = read.value if isinstance(type, TextType) else value
        return Good(kept, tuple(dict.fromkeys([*notes, *read.notes])))

    def _ended(self, bad: Bad, field: Field) -> Bad:
        want = bad.fields.get("want")
        if field.ongoing is None or not isinstance(want, Text):
            return bad
        more = Text(f"{want.zh}，或“{field.ongoing}”", f'{want.en}, or "{field.ongoing}"')
        return Bad(bad.code, bad.fields | {"want": more})

    def _text(self, cell: object, field: Field, form: str | None) -> Good | Bad:
        match cell:
            case str() if form is not None:
                text, notes = tidied(cell)
                if is_rounded(text):
                    return Bad("sheet.number-lost")
                if form == "resident id":
                    text, more = of_eighteen(text)
                    notes += more
                return self._checked(text, field, field_type(field), notes)
            case str():
                text, notes = tidied_name(cell) if id(field) in self._names else tidied(cell)
                if field.private and is_rounded(text):
                    return Bad("sheet.number-lost")
                return self._checked(text, field, field_type(field), notes)
            case bool():
                return Bad("case.text")
            case int() | float():
                if form is not None or abs(cell) >= _MOST_EXACT:
                    return Bad("sheet.number-lost")
                return self._checked(format(cell, ".15g"), field, field_type(field), [AS_TEXT])
            case datetime() | date():
                text = cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
                return self._checked(text, field, field_type(field), [DAY_AS_TEXT])
        return Bad("case.text")

    def _number(self, cell: object, field: Field, type: Number) -> Good | Bad:
        match cell:
            case bool() | date() | time() | timedelta():
                return self._checked(cell if isinstance(cell, bool) else str(cell), field, type, [])
            case int() | float():
                text, notes = _digits(cell), list[Text]()
            case _:
                found = amount(str(cell).strip(), type)
                if found is None:
                    return self._checked(str(cell), field, type, [])
                text, notes = found[0], list(found[1])
        if "." in text and len(text.rstrip("0").rstrip(".").partition(".")[2]) <= type.places:
            text, kept = text.rstrip("0").rstrip("."), text
            if isinstance(cell, str) and not type.places and text != kept:
                notes.append(WHOLE)
        read = self._checked(text, field, type, notes)
        if isinstance(read, Good) and text.lstrip("-").isdecimal():
            return Good(int(text), read.notes)
        return read

    def _time(self, cell: object, field: Field, type: Type) -> Good | Bad:
        match cell:
            case datetime() if isinstance(type, DateTimeType):
                return self._checked(cell.replace(microsecond=0).isoformat(), field, type, [])
            case time() if isinstance(type, TimeType):
                return self._checked(cell.replace(microsecond=0).isoformat(), field, type, [])
        text = unicodedata.normalize("NFKC", str(cell)).strip()
        read = self._checked(text, field, type, [])
        if isinstance(read, Good):
            return read
        loose = re.fullmatch(r"(?:(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[ T]+)?(\d{1,2}):(\d\d)(?::(\d\d))?", text)
        if loose is None:
            return self._checked(printable(str(cell)), field, type, [])
        year, month, day, hour, minute, second = loose.groups()
        clock = f"{int(hour):02d}:{minute}:{second or '00'}"
        whole = clock if year is None else f"{year}-{int(month):02d}-{int(day):02d}T{clock}"
        return self._checked(whole, field, type, [Text("时刻写法已统一", "the time was put as hh:mm:ss")])

    def _word(self, cell: object, field: Field, type: Type) -> Good | Bad:
        """A choice or the row of a table: by its own words only."""
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._checked(_digits(cell), field, type, [])
        if not isinstance(cell, str):
            return self._checked(printable(str(cell)), field, type, [])
        text, notes = tidied(cell)
        read = self._checked(text, field, type, notes)
        if isinstance(read, Good):
            return read
        narrow = "".join(unicodedata.normalize("NFKC", text).split())
        if narrow != text:
            again = self._checked(narrow, field, type, [*notes, HALF_WIDTH])
            if isinstance(again, Good):
                return again
        return read


def field_type(field: Field) -> Type:
    """The type of a field's values, of one of them where it has a list."""
    return field.type.item if isinstance(field.type, List) else field.type


def _digits(number: int | float) -> str:
    """A number as a spreadsheet shows it: with the fifteen digits that it keeps."""
    if isinstance(number, int):
        return str(number)
    return format(Decimal(format(number, ".15g")), "f")


def _shown(cell: object, private: bool) -> dict[str, object]:
    if private:
        return {"value": Text("所填内容", "what was given")}
    text = printable(str(cell).strip())
    return {"value": Text(f"“{text}”", f'"{text}"')}


def _boolean(cell: object, shown: dict[str, object]) -> Good | Bad:
    if isinstance(cell, bool):
        return Good(cell)
    if isinstance(cell, int | float):
        return Good(bool(cell), (AS_YES_NO,)) if cell in (0, 1) else Bad("case.boolean", shown)
    word = "".join(unicodedata.normalize("NFKC", str(cell)).split()).lower()
    if word in YES or word in NO:
        return Good(word in YES, () if word in ("是", "否", "true", "false") else (AS_YES_NO,))
    return Bad("case.boolean", shown)
