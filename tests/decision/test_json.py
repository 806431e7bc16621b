"""Canonical JSON: the published schema, the bytes, the values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from interpreter.decision.model import Named
from interpreter.decision.report import to_json
from interpreter.language.temporal import SECOND, DateTime, DaySpan, Time
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_TIME,
    MONTH,
    TEXT,
    TIME,
    YEARS_MONTHS,
    List,
    Number,
    RangeOf,
    Ratio,
    Type,
)
from interpreter.language.unknown import Partial, Unknown
from interpreter.language.values import ONGOING, Month, MonthSpan, Range
from tests.decision import made

SCHEMA = json.loads(files("interpreter.decision").joinpath("schemas/decision.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("case", made.ALL)
def test_decisions_keep_the_published_schema(case: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    VALIDATOR.validate(json.loads(to_json(made.ALL[case](), made.rulebook())))


def test_the_schema_refuses_what_is_not_a_decision() -> None:
    good = json.loads(to_json(made.worker_case(), made.rulebook()))
    wrong: tuple[dict[str, Any], ...] = ({"total": 3000}, {"total": "3,000"}, {"as_of": "10.6.2021"}, {"more": 1})
    for change in wrong:
        with pytest.raises(ValidationError):
            VALIDATOR.validate(good | change)


@pytest.mark.parametrize("case", made.ALL)
def test_bytes_are_canonical(case: str) -> None:
    shown = to_json(made.ALL[case](), made.rulebook())
    assert shown == to_json(made.ALL[case](), made.rulebook())
    again = json.dumps(json.loads(shown), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    assert shown == again.encode()


def _numbers(of: Any) -> Iterator[object]:
    if isinstance(of, dict):
        for part in of.values():
            yield from _numbers(part)
    elif isinstance(of, list):
        for part in of:
            yield from _numbers(part)
    elif isinstance(of, int | float) and not isinstance(of, bool):
        yield of


def test_sums_and_numbers_are_decimal_texts() -> None:
    shown = json.loads(to_json(made.worker_case(), made.rulebook()))
    assert shown["total"] == "3000.00"
    assert [measure["amount"] for measure in shown["measures"]] == ["3000.00", None, "0.00", "0.00"]
    assert list(_numbers(shown)) == []


def test_findings_inside_findings_follow_by_their_dotted_names() -> None:
    shown = json.loads(to_json(made.worker_case(), made.rulebook()))
    names = [finding["requirement"] for finding in shown["measures"][0]["lines"][0]["findings"]]
    assert names[:4] == ["filed_in_time", "assisted", "assisted.registered", "assisted.came_since"]


def test_a_line_is_named_by_the_key_of_its_record() -> None:
    shown = json.loads(to_json(made.agency_case(), made.rulebook()))
    keys = [line["key"][0]["value"] for line in shown["measures"][0]["lines"]]
    assert keys == ["51113319900103999X", "511133199001039981", "511133199001039973"]


VALUES: list[tuple[object, Type, object]] = [
    (Decimal("0.5"), Number(2), "0.50"),
    (3, Number(0), "3"),
    (Decimal("1E+3"), Number(0), "1000"),
    (Fraction(1, 3), Ratio(), "1/3"),
    (Month.of(2021, 3), MONTH, "2021-03"),
    (ONGOING, DATE, "9999-12-31"),
    (MonthSpan(-14), YEARS_MONTHS, "-P1Y2M"),
    (DaySpan(49 * 3600 * SECOND), DAYS_TIME, "P2DT1H"),
    (Time(17 * 3600 * SECOND), TIME, "17:00:00"),
    (DateTime(date(2021, 3, 1), 17 * 3600 * SECOND), DATE_TIME, "2021-03-01T17:00:00"),
    ("lifted", made.STATUS, "lifted"),
    (True, BOOLEAN, True),
    (made.place("511133", "马边彝族自治县"), made.region, "511133"),
    ((Month.of(2021, 3), Month.of(2021, 5)), List(MONTH), ["2021-03", "2021-05"]),
    (
        Range(1, 3, True, False), RangeOf(Number(0)),
        {"high": "3", "high_included": False, "low": "1", "low_included": True},
    ),
]


@pytest.mark.parametrize(("value", "type", "written"), VALUES)
def test_values_by_their_type(value: object, type: Type, written: object) -> None:
    assert _shown(value, type)["value"] == written


def test_unknown_is_null_and_says_so_with_its_bounds() -> None:
    assert _shown(Unknown(1), TEXT) == {"label": "x", "name": "x", "type": "text", "unknown": True, "value": None}
    counted = _shown(Unknown(1, 20, 23), Number(0))
    assert (counted["value"], counted["at_least"], counted["at_most"]) == (None, "20", "23")
    assert "at_least" not in _shown(Partial(1, ((True, Month.of(2021, 3)),)), List(MONTH))


def _shown(value: object, type: Type) -> dict[str, Any]:
    decision = made.worker_case()
    measure = decision.measures[0]
    line = replace(measure.lines[0], computation=(Named("x", "x", value, type),))
    changed = replace(decision, measures=(replace(measure, lines=(line,)),))
    parsed = json.loads(to_json(changed, made.rulebook()))
    VALIDATOR.validate(parsed)
    found: dict[str, Any] = parsed["measures"][0]["lines"][0]["computation"][0]
    return found
