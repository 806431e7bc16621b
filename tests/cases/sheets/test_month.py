"""A month as an office brings it: every dirty row is put right with a note or refused with a reason, nothing good is
lost, and the counts add up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from examples.month import Month, write_month
from interpreter.cases.facts import Case, read_plain
from interpreter.cases.sheets.model import OfficeCase, OfficeRead
from interpreter.cases.sheets.office import read_office_files
from interpreter.language.values import Record
from interpreter.problems import Problem
from interpreter.rulebook.cache import load_rulebook
from interpreter.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[3]
SIZES = [(1, 150, 90), pytest.param(2, 5_000, 300, marks=pytest.mark.full)]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    found = load_rulebook(ROOT / "policy/shaoxing-labour-cooperation-2021", [])
    assert found is not None
    return found


def plain(value: Any) -> Any:
    """A fact as something to compare."""
    match value:
        case Record():
            return {name: plain(item) for name, item in value.fields.items()}
        case tuple():
            return [plain(item) for item in value]
    return value


def read(month: Path, book: Rulebook) -> tuple[OfficeRead, dict[str, OfficeCase]]:
    problems: list[Problem] = []
    found = read_office_files([month], book, problems)
    assert problems == []
    assert found is not None
    return found, {one.number or str(one.place): one for one in found.cases()}


def truth(month: Month, book: Rulebook) -> dict[str, Case]:
    cases = {}
    for data in month.cases:
        problems: list[Problem] = []
        case = read_plain(data, book, problems)
        assert problems == []
        assert case is not None
        cases[case.number] = case
    return cases


@pytest.mark.parametrize(("seed", "count", "dirty"), SIZES)
def test_every_row_is_accounted_for(seed: int, count: int, dirty: int, book: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    month = write_month(path, seed, count, dirty)
    assert len(month.dirt) == dirty
    found, cases = read(path, book)
    expected = truth(month, book)
    noted, refused = {"noted": set[str](), "refused": set[str]()}.values()
    for one in month.dirt:
        (noted if one.ending == "noted" else refused).add(one.case)

    # nothing good is lost: all others are there, as they truly are
    for number in expected.keys() - refused:
        made = cases[number]
        assert made.case is not None, (number, [r for r in found.rejects if r.case == number])
        assert _facts(made.case, number in noted) == _facts(expected[number], number in noted)
        assert made.case.claims == expected[number].claims
    # what is dirty leaves a note, or is refused with a reason
    for one in month.dirt:
        if one.ending == "noted":
            assert cases[one.case].notes, one
        else:
            assert one.case not in cases or cases[one.case].case is None, one
    told = {reject.case for reject in found.rejects}
    nameless = [one for one in month.dirt if one.ending == "refused" and one.case not in told]
    assert {one.kind for one in nameless} <= {"people: no number"}
    assert len(nameless) == sum(reject.problem.code == "sheet.no-key" for reject in found.rejects)
    # counts add up, sheet by sheet
    assert all(count.adds_up for count in found.counts)
    people = found.counts[0]
    assert people.used == sum(one.case is not None for one in cases.values()) == count - len(refused)
    assert people.refused == len(refused)
    assert people.left_out["total"]
    assert people.hidden == [6]


def _facts(case: Case, repaired: bool) -> dict[str, Any]:
    facts = {name: plain(value) for name, value in case.facts.items()}
    if repaired:
        # a name that lost a character stays so, and a stroke is no fact
        facts["worker"].pop("name", None)
        facts["worker"].pop("registry_status", None)
        for lease in facts["worker"].get("leases", ()):
            lease.pop("rent", None)
    return facts


def test_nothing_private_is_said(book: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    month = write_month(path, 3, 80, 60)
    found, cases = read(path, book)
    said = [str(reject) for reject in found.rejects] + [str(note) for one in cases.values() for note in one.notes]
    said += [str(warning) for warning in found.warnings]
    whole = "\n".join(said)
    for data in month.cases:
        assert data["worker"]["id"] not in whole
        assert data["worker"]["name"] not in whole
