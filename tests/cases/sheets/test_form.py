"""The intake workbook reads back what is filled in, without a mapping, for every claimant of every notice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interpreter.cases.sheets.form import workbook_form
from interpreter.cases.sheets.office import read_office_files
from interpreter.cases.sheets.outline import Outline, Part, outlines
from interpreter.cases.sheets.rows import put
from interpreter.language.types import (
    Boolean,
    Choice,
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
from interpreter.problems import Language, Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[3]
NOTICES = [path.parent for path in (*sorted((ROOT / "policy").glob("*/policy.yaml")),
                                    *sorted((ROOT / "tests/good").glob("*/policy.yaml")))]
IDS = ("511133199001019999", "51113319900103999X", "511132199001059971", "511132199001079999")
CODES = ("91330602XXXX00001N",)


def rulebook(folder: Path) -> Rulebook:
    problems: list[Problem] = []
    book = load(folder, problems)
    assert book is not None
    return book


def value(book: Rulebook, field: Field, of: Type, number: int) -> Any:
    """A good value of a type, one of several by `number`."""
    match of:
        case TextType(format="resident id"):
            return IDS[number % 2]
        case TextType(format="credit code"):
            return CODES[0]
        case TextType():
            return f"T-{number:03}"
        case Boolean():
            return number % 2 == 0
        case Choice(members=members):
            return members[number % len(members)][0]
        case Number(low=low, high=high):
            return max(int(low or 0), min(number % 7, int(high or 9)))
        case DateType():
            return field.ongoing if field.ongoing and number % 3 == 0 else f"2021-03-{number % 28 + 1:02}"
        case MonthType():
            return f"2021-{number % 12 + 1:02}"
        case TimeType():
            return f"17:0{number % 10}:00"
        case DateTimeType():
            return f"2021-03-15T17:0{number % 10}:00"
        case RecordType(table=str() as table):
            rows = book.tables[table].rows
            return str(rows[number % len(rows)].key)
        case List(item=item):
            return [value(book, field, item, number), value(book, field, item, number + 1)]
    raise AssertionError(of)


def filled(book: Rulebook, part: Part, number: int, depth: int) -> dict[str, Any]:
    """A record with every leaf, and lists of two, none, or not known."""
    data: dict[str, Any] = {}
    for at, leaf in enumerate(part.leaves.values()):
        if not leaf.field.provided:
            put(data, leaf.path, value(book, leaf.field, leaf.field.type, number + (at if part.outer is None else 0)))
    for at, (path, listed) in enumerate(part.lists.items()):
        match (number + at + depth) % 4:
            case 0:
                put(data, path, [])
            case 1:
                pass
            case _:
                put(data, path, [filled(book, listed, number * 10 + item, depth + 1) for item in (1, 2)])
    return data


def case(book: Rulebook, outline: Outline, number: int) -> dict[str, Any]:
    data = filled(book, outline.case, number, 0)
    for leaf in (outline.number, outline.owner):
        if leaf is not None and isinstance(leaf.field.type, TextType) and leaf.field.type.format is None:
            put(data, leaf.path, f"{leaf.path[-1]}-{number}")
    return data


CLAIMANTS = [
    (folder, name) for folder in NOTICES for book in [rulebook(folder)]
    for name in dict.fromkeys((*book.claimants, *book.bearers))
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("folder", "claimant"), CLAIMANTS, ids=lambda it: getattr(it, "name", it))
def test_what_is_filled_in_is_read_back(folder: Path, claimant: str, language: Language, tmp_path: Path) -> None:
    book = rulebook(folder)
    one = book.claimants.get(claimant) or book.bearers[claimant]
    outline = next(outline for outline in outlines(book) if outline.fact == one.fact)
    given = [case(book, outline, number) for number in (1, 2)]
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook_form(book, claimant, language, given))
    problems: list[Problem] = []
    read = read_office_files([path], book, problems)
    assert problems == []
    assert read is not None
    assert read.plan.outline.fact == one.fact
    cases = list(read.cases())
    assert read.rejects == []
    assert [{**one, "policy": book.policy} for one in given] == [made.data for made in cases]
    assert all(count.adds_up for count in read.counts)


def test_the_same_form_is_the_same_bytes() -> None:
    book = rulebook(NOTICES[0])
    assert workbook_form(book, "worker", "zh") == workbook_form(book, "worker", "zh")


def test_a_blank_form_has_no_case(tmp_path: Path) -> None:
    book = rulebook(NOTICES[0])
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook_form(book, "worker", "zh"))
    read = read_office_files([path], book, [])
    assert read is not None
    assert list(read.cases()) == []
