"""A month's applications as an office brings them: `python -m examples.month --count 5000 --dirty 300`.

A workbook of four sheets (people, insured months, jobs, leases), with title rows, two-row heads, totals and
signatures, and among its rows some of every kind of dirt that people and spreadsheets make. Everybody in it is
invented (examples/generate.py). The same seed makes the same workbook.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Literal

import xlsxwriter

from examples.generate import caseload

Data = dict[str, Any]
Ending = Literal["noted", "refused", "left out"]
Cell = Any

PEOPLE = ("number", "filed_on", "received_by", "claims", "name", "id", "registry_status", "registry_county",
          "other_housing", "employments", "insurance", "leases", "certificates")
LISTS = {"insurance": ("month", "kind", "place", "payer", "paid_by", "backpaid"),
         "employments": ("kind", "place", "start", "end", "dormitory"),
         "leases": ("start", "end", "rent", "place", "own_name")}
HEADS = {
    "number": "申请编号", "filed_on": "申请日期", "received_by": "受理区县", "claims": "申请事项", "name": "姓名",
    "id": "身份证件号码", "registry_status": "建档立卡状态", "registry_county": "建档立卡县",
    "other_housing": "享受其他住房优惠",
    "employments": "就业经历", "insurance": "参保记录", "leases": "租房记录", "certificates": "证书",
}
ITEM_HEADS = {
    "insurance": {"month": "费款所属期", "kind": "险种", "place": "参保地", "payer": "缴费方式",
                  "paid_by": "缴费单位信用代码", "backpaid": "补缴"},
    "employments": {"kind": "就业方式", "place": "工作地", "start": "起", "end": "止", "dormitory": "单位提供宿舍"},
    "leases": {"start": "起租日", "end": "退租日", "rent": "月租金", "place": "房屋所在地", "own_name": "本人承租"},
}
SHEETS = {"insurance": "参保记录", "employments": "就业经历", "leases": "租房记录"}
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True, slots=True)
class Dirt:
    """One dirty row: which kind, of which case, and how it must end: put right and noted, refused, or left out."""

    kind: str
    case: str
    ending: Ending


@dataclass(slots=True)
class Month:
    """What was written: the cases as they truly are, and the dirt."""

    cases: list[Data]
    dirt: list[Dirt] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """A row on its way into the workbook; a list in place of a cell value is written as (kind, value)."""

    case: str
    cells: dict[str, Cell]
    dirty: bool = False


Soil = Callable[[Random, dict[str, Cell]], Ending | None]
"""Makes a row dirty and says how it must end; None where the row does not lend itself to it."""


def cases(seed: int, count: int) -> list[Data]:
    """The applications of workers, as case files have them, without what the workbook has no sheet for."""
    made = []
    for one in islice(caseload(seed, "worker"), count):
        worker = {name: value for name, value in one["worker"].items() if name != "certificates"}
        made.append({"policy": one["policy"], "application": one["application"], "claims": one["claims"],
                     "worker": worker})
    return made


def write_month(path: Path, seed: int = 1, count: int = 5_000, dirty: int = 300) -> Month:
    """Writes the workbook."""
    random = Random(f"month {seed}")
    month = Month(cases(seed, count))
    people, lists = _rows(month.cases)
    _soil(random, month, people, lists, dirty)
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    _people(book, people)
    for name, rows in lists.items():
        _list(book, name, rows)
    book.close()
    return month


def _rows(made: list[Data]) -> tuple[list[_Row], dict[str, list[_Row]]]:
    people: list[_Row] = []
    lists: dict[str, list[_Row]] = {name: [] for name in LISTS}
    for one in made:
        worker, application = one["worker"], one["application"]
        cells = {**application, "claims": "、".join(one["claims"]), **worker}
        for name in LISTS:
            if name in worker:
                cells[name] = "有" if worker[name] else "无"
            for item in worker.get(name, ()):
                lists[name].append(_Row(application["number"], {"id": worker["id"], "name": worker["name"], **item}))
        people.append(_Row(application["number"], {name: cells[name] for name in PEOPLE if name in cells}))
    return people, lists


def _soil(random: Random, month: Month, people: list[_Row], lists: dict[str, list[_Row]], dirty: int) -> None:
    """Makes rows dirty, each kind in turn, no two of one case."""
    kinds = [("people", name, soil) for name, soil in PEOPLE_SOIL.items()]
    kinds += [(sheet, name, soil) for sheet, soils in ITEM_SOIL.items() for name, soil in soils.items()]
    taken: set[str] = set()
    spread = {name: random.sample(range(len(rows)), len(rows)) for name, rows in
              {"people": people, **lists}.items()}
    places = {name: iter(order) for name, order in spread.items()}
    while len(month.dirt) < dirty:
        before = len(month.dirt)
        for sheet, kind, soil in kinds:
            if len(month.dirt) >= dirty:
                return
            rows = people if sheet == "people" else lists[sheet]
            for at in islice(places[sheet], 400):
                row = rows[at]
                if row.case in taken:
                    continue
                ending = soil(random, row.cells)
                if ending is not None:
                    row.dirty = True
                    taken.add(row.case)
                    month.dirt.append(Dirt(f"{sheet}: {kind}", row.case, ending))
                    break
        if len(month.dirt) == before:
            return


# ---- dirt


def _put(cells: dict[str, Cell], name: str, value: Cell, ending: Ending) -> Ending | None:
    if name not in cells:
        return None
    cells[name] = value
    return ending


def _of(name: str, change: Callable[[Any], Cell | None], ending: Ending) -> Soil:
    """Dirt in one cell: `change` gives what it becomes, None where it cannot."""
    def soil(_random: Random, cells: dict[str, Cell]) -> Ending | None:
        changed = change(cells[name]) if name in cells else None
        return None if changed is None else _put(cells, name, changed, ending)

    return soil


def _day(form: str) -> Callable[[str], Cell | None]:
    def change(text: str) -> Cell | None:
        if len(text) != 10:
            return None
        day = date.fromisoformat(text)
        match form:
            case "points":
                return f"{day.year}.{day.month}.{day.day}"
            case "slashes":
                return f"{day.year}/{day.month}/{day.day}"
            case "characters":
                return f"{day.year}年{day.month}月{day.day}日"
            case "compact":
                return f"{day:%Y%m%d}"
            case "number":
                return (day - date(1899, 12, 30)).days
            case "short":
                return f"{day.year % 100}.{day.month}.{day.day}"
            case "month":
                return f"{day.year}年{day.month}月"
            case "lunar":
                return "农历" + "正月初五"
        return f"{day.year}-02-30"

    return change


def _wide(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})


def _month(form: str) -> Callable[[str], Cell | None]:
    def change(text: str) -> Cell | None:
        year, month = int(text[:4]), int(text[5:])
        match form:
            case "points":
                return f"{year}.{month}"
            case "characters":
                return f"{year}年{month}月"
            case "number":
                return year * 100 + month
            case "short":
                return f"{year % 100}.{month}"
            case "tenth":
                return year + 0.1 if month in (1, 10) else None
        return f"{year}-13"

    return change


def _capitals(amount: int) -> str | None:
    hundreds, tens = divmod(amount, 100)
    if hundreds > 9 or tens:
        return None
    return f"{_CAPITALS[hundreds]}佰元整"


PEOPLE_SOIL: dict[str, Soil] = {
    "blanks in the number": _of("id", lambda text: f"{text[:6]} {text[6:14]} {text[14:]}", "noted"),
    "wide digits": _of("id", _wide, "noted"),
    "small x": _of("id", lambda text: text.lower() if text.endswith("X") else None, "noted"),
    "apostrophe": _of("id", lambda text: f"'{text}", "noted"),
    "number as a number": _of("id", lambda text: None if text.endswith("X") else int(text), "refused"),
    "number rounded": _of("id", lambda text: f"{text[0]}.{text[1:6]}E+17", "refused"),
    "wrong check digit": _of("id", lambda text: text[:17] + ("1" if text[17] != "1" else "2"), "refused"),
    "a digit short": _of("id", lambda text: text[:17], "refused"),
    "old number": _of("id", lambda text: text[:6] + text[8:17], "refused"),
    "blank in the name": _of("name", lambda text: f"{text[0]}　{text[1:]}", "noted"),
    "point in the name": _of("name", lambda text: f"{text[:2]}•{text[2:]}" if len(text) > 3 else None, "noted"),
    "lost character": _of("name", lambda text: f"{text[:-1]}〓", "noted"),
    "invisible": _of("name", lambda text: f"\ufeff{text}\u200b", "noted"),
    **{f"day: {form}": _of("filed_on", _day(form), "noted")
       for form in ("points", "slashes", "characters", "compact", "number", "short")},
    **{f"day: {form}": _of("filed_on", _day(form), "refused") for form in ("month", "lunar", "none")},
    "blanks around the county": _of("received_by", lambda text: f" {text} ", "noted"),
    "county not in the table": _of("registry_county", lambda text: f"四川{text}", "refused"),
    "choice with blanks": _of("registry_status", lambda text: " ".join(text) if len(text) > 1 else None, "noted"),
    "no such choice": _of("registry_status", lambda text: "一般户", "refused"),
    "ticked": _of("other_housing", lambda yes: "√" if yes else "×", "noted"),
    "neither yes nor no": _of("other_housing", lambda yes: "也许", "refused"),
    "a stroke": _of("registry_status", lambda text: "/", "noted"),
    "an error": _of("registry_county", lambda text: ("error", "#N/A"), "refused"),
    "none, yet rows": _of("employments", lambda text: "无" if text == "有" else None, "refused"),
    "no number": _of("number", lambda text: "", "refused"),
    "unknown claim": _of("claims", lambda text: "养老金", "refused"),
}
_PERSON: dict[str, Soil] = {
    "number as a number": _of("id", lambda text: None if text.endswith("X") else int(text), "refused"),
    "wrong check digit": _of("id", lambda text: text[:17] + ("1" if text[17] != "1" else "2"), "refused"),
    "wide digits": _of("id", _wide, "noted"),
}
ITEM_SOIL: dict[str, dict[str, Soil]] = {
    "insurance": {
        **_PERSON,
        **{f"month: {form}": _of("month", _month(form), "noted") for form in ("points", "characters", "short")},
        "month: number": _of("month", _month("number"), "noted"),
        **{f"month: {form}": _of("month", _month(form), "refused") for form in ("tenth", "none")},
        "no such kind": _of("kind", lambda text: "公积金", "refused"),
        "wrong code": _of("paid_by", lambda text: text[:17] + ("1" if text[17] != "1" else "2"), "refused"),
        "yes in words": _of("backpaid", lambda yes: "有" if yes else "没有", "noted"),
    },
    "employments": {
        **_PERSON,
        "day: number": _of("start", _day("number"), "noted"),
        "day: month": _of("start", _day("month"), "refused"),
        "open end with blanks": _of("end", lambda text: f" {text} " if text == "至今" else None, "noted"),
        "another open end": _of("end", lambda text: "现在" if text == "至今" else None, "refused"),
    },
    "leases": {
        "grouped": _of("rent", lambda rent: f"{rent * 10:,}元" if rent < 0 else f"¥{rent}.00", "noted"),
        "characters": _of("rent", _capitals, "noted"),
        "ten thousands": _of("rent", lambda rent: f"{rent / 10_000}万", "noted"),
        "wide": _of("rent", lambda rent: _wide(str(rent)) + "元", "noted"),
        "no amount": _of("rent", lambda rent: "面议", "refused"),
        "below nothing": _of("rent", lambda rent: -rent, "refused"),
        "day: slashes": _of("end", _day("slashes"), "noted"),
    },
}


# ---- the workbook


def _people(book: Any, rows: list[_Row]) -> None:
    sheet = book.add_worksheet("申请人员")
    last = len(PEOPLE)
    sheet.merge_range(0, 0, 0, last, "劳务协作补贴申请汇总表")
    sheet.write_string(1, 0, "填报单位：示例区")
    groups = (("序号", 1), ("申请", 4), ("劳动者", 9))
    at = 0
    for name, wide in groups:
        if wide == 1:
            sheet.merge_range(2, at, 3, at, name)
        else:
            sheet.merge_range(2, at, 2, at + wide - 1, name)
        at += wide
    for column, name in enumerate(PEOPLE, 1):
        sheet.write_string(3, column, HEADS[name])
    number = 4
    for serial, row in enumerate(rows, 1):
        if serial % 2_000 == 0:
            number += 1  # an empty row where a page ends
        sheet.write_number(number, 0, serial)
        for column, name in enumerate(PEOPLE, 1):
            if name in row.cells:
                _write(sheet, number, column, row.cells[name])
        number += 1
    sheet.write_string(number, 1, "合计")
    sheet.write_number(number, 5, len(rows))
    sheet.write_string(number + 2, 0, "经办人：示例")
    if rows:
        sheet.set_row(5, None, None, {"hidden": True})


def _list(book: Any, name: str, rows: list[_Row]) -> None:
    sheet = book.add_worksheet(SHEETS[name])
    heads = ("身份证件号码", "姓名", *(ITEM_HEADS[name][field] for field in LISTS[name]))
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head)
    for number, row in enumerate(rows, 1):
        for column, field_name in enumerate(("id", "name", *LISTS[name])):
            if field_name in row.cells:
                _write(sheet, number, column, row.cells[field_name])
    sheet.write_string(len(rows) + 1, 0, "合计")


def _write(sheet: Any, row: int, column: int, cell: Cell) -> None:
    match cell:
        case ("error", str(text)):
            sheet.write_formula(row, column, "=NA()", None, text)
        case bool():
            sheet.write_string(row, column, "是" if cell else "否")
        case int() | float():
            sheet.write_number(row, column, cell)
        case _ if cell != "":
            sheet.write_string(row, column, cell)


def dirt_by_ending(month: Month) -> Iterator[tuple[Ending, int]]:
    """How many dirty rows must end in each way."""
    for ending in ("noted", "refused", "left out"):
        yield ending, sum(one.ending == ending for one in month.dirt)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("-o", "--out", type=Path, default=Path("month.xlsx"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5_000, help="how many applicants")
    parser.add_argument("--dirty", type=int, default=300, help="how many dirty rows")
    given = parser.parse_args()
    month = write_month(given.out, given.seed, given.count, given.dirty)
    print(f"{len(month.cases)} cases in {given.out}; dirty rows: "
          + ", ".join(f"{count} {ending}" for ending, count in dirt_by_ending(month) if count))


if __name__ == "__main__":
    main()
