"""Made-up notices, each from another field and written without a line of Python: they check, pass their own tests, and
give the answers a person works out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interpreter.assurance.policy_tests import run_policy_tests
from interpreter.decision.model import Decision, Line
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from tests.decision.policies import decide_one, lines_of, measure_of, missing, open_points, policy

GOOD = Path(__file__).parent
NOTICES = sorted(path.parent for path in GOOD.glob("*/tests"))

Data = dict[str, Any]


@pytest.mark.parametrize("folder", NOTICES, ids=lambda folder: folder.name)
def test_a_notice_has_no_problems_and_passes_its_tests(folder: Path) -> None:
    problems: list[Problem] = []
    assert load(folder, problems) is not None
    results = run_policy_tests(folder, problems)
    assert problems == []
    assert results
    assert [(result.name, result.differences) for result in results if not result.passed] == []


# ---- school meals: a line a child and month, a ceiling a family and school year


def eaten(child: str, *months: str, times: int = 20) -> Data:
    rows = [{"month": month, "meals": times} for month in months]
    return {"id": child, "stage": "小学", "enrolled": True, "months": rows}


def family(*children: Data) -> Data:
    return {
        "application": {"number": "N1", "filed_on": "2024-02-01"},
        "household": {"id": "H1", "name": "甲", "office": "东", "children": list(children)},
        "history": [],
    }


def meals(found: Decision) -> dict[str, Line]:
    """The lines by child and month, as a test file calls them."""
    return {f"{child} {month}": line for (child, month), line in lines_of(found, "meals").items()}


def test_the_line_that_reaches_the_ceiling_is_cut() -> None:
    """Six lines of 18 meals at 5 CNY are 540 CNY; of the next 100 CNY there are 60 left."""
    half_year = ("2022-10", "2022-11", "2022-12", "2023-01", "2023-02", "2023-03")
    found = decide_one(
        policy("school-meals"), family(eaten("C1", *half_year, times=18), eaten("C2", "2023-05", "2023-06"))
    )
    cut = meals(found)["C2 2023-05"]
    assert (cut.outcome, str(cut.amount)) == ("granted", "60.00")
    [adjustment] = cut.adjustments
    assert [str(of) for of in (adjustment.amount_before, adjustment.amount_after)] == ["100.00", "60.00"]
    assert [str(of) for of in (adjustment.cap, adjustment.used)] == ["600.00", "540.00"]
    assert meals(found)["C2 2023-06"].outcome == "refused"
    assert str(measure_of(found, "meals").amount) == "600.00"


def test_a_school_year_begins_in_september() -> None:
    months = [f"2023-{month:02}" for month in range(1, 11)]
    found = decide_one(policy("school-meals"), family(eaten("C1", *months)))
    assert [name for name, line in meals(found).items() if line.outcome == "refused"] == ["C1 2023-07", "C1 2023-08"]
    assert str(meals(found)["C1 2023-09"].amount) == "130.00"


# ---- travel: half the fare, a ceiling by destination, an average that is compared as it is


def patient(fare: str, *, destination: str = "省城", vehicle: str = "火车", last_income: str = "333.35") -> Data:
    incomes = zip(("2024-02", "2024-03", "2024-04"), ("333.33", "333.33", last_income), strict=True)
    return {
        "application": {"number": "N1", "filed_on": "2024-05-06"},
        "patient": {
            "id": "P1", "name": "甲", "office": "东",
            "incomes": [{"month": month, "income": income} for month, income in incomes],
            "journeys": [{"number": "T1", "destination": destination, "vehicle": vehicle, "fare": fare}],
        },
        "history": [],
    }


@pytest.mark.parametrize(("fare", "destination", "vehicle", "amount"), [
    ("99.99", "省城", "火车", "50.00"),       # 49.995, half up
    ("299.98", "省城", "火车", "149.99"),
    ("300.02", "省城", "火车", "150.00"),     # 150.01, but the ceiling
    ("1000", "省外", "火车", "400.00"),
    ("1000", "省外", "客车", "20.00"),        # no row: the default
])
def test_half_the_fare_up_to_the_ceiling(fare: str, destination: str, vehicle: str, amount: str) -> None:
    found = decide_one(policy("travel"), patient(fare, destination=destination, vehicle=vehicle))
    assert (measure_of(found, "fares").outcome, str(measure_of(found, "fares").amount)) == ("granted", amount)


@pytest.mark.parametrize(("last_income", "outcome"), [
    ("333.35", "granted"),                    # 1000.01 / 3 = 333.33666… < 333.34, though it rounds to it
    ("333.36", "refused"),                    # 1000.02 / 3 = 333.34
])
def test_an_average_is_compared_without_rounding(last_income: str, outcome: str) -> None:
    found = decide_one(policy("travel"), patient("99.99", last_income=last_income))
    assert measure_of(found, "fares").outcome == outcome


# ---- care: a rate that a municipality may set


def elder(city: str | None) -> Data:
    return {
        "application": {"number": "N1", "filed_on": "2024-03-05"},
        "elder": {"id": "E1", "name": "甲", "city": city, "disabled": True, "hours": 50},
        "history": [],
    }


def test_set_silent_and_unknown_are_three_answers() -> None:
    decided, silent, unknown = (
        measure_of(decide_one(policy("care-rate"), elder(city)), "care") for city in ("江市", "湖市", None)
    )
    assert (decided.outcome, str(decided.amount)) == ("granted", "1000.00")
    assert (silent.outcome, open_points(silent), missing(silent)) == ("review", {("setting", "hourly_rate")}, set())
    assert (unknown.outcome, missing(unknown), open_points(unknown)) == ("incomplete", {"elder.city"}, set())


def test_what_a_municipality_leaves_to_the_notice_is_the_notices() -> None:
    found = measure_of(decide_one(policy("care-rate"), elder("山市")), "care")
    assert (found.outcome, str(found.amount)) == ("granted", "600.00")
