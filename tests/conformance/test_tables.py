"""Tables in the suite's form that the open part of it has not: every hit policy, several outputs, defaults, null."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.tables import run_table

Line = dict[str, Any]


def coded(value: Any) -> Line:
    match value:
        case None:
            return {"t": None, "v": None}
        case bool():
            return {"t": "boolean", "v": value}
        case int():
            return {"t": "number", "v": str(value)}
        case str():
            return {"t": "string", "v": value}
        case list():
            return {"t": "list", "v": [coded(item) for item in value]}
        case _:
            return {"t": "context", "v": {name: coded(inner) for name, inner in value.items()}}


def table(
    hit: str | None, rules: list[tuple[str, ...]], inputs: Any, expected: Any, *, aggregation: str | None = None,
    outputs: tuple[tuple[str | None, str | None, str | None], ...] = ((None, None, None),), values: str | None = None,
) -> Line:
    """A table of one input `x` with its one case. Outputs are names, their values in order, and defaults."""
    return {
        "suite": "own", "decision": "d", "simple": True, "deps_problem": None, "deps": [], "hit": hit,
        "aggregation": aggregation, "input_types": {"x": "number"},
        "inputs": [{"label": None, "expr": "x", "type": "number", "values": values}],
        "outputs": [{"name": name, "type": None, "values": of, "default": default} for name, of, default in outputs],
        "rules": [{"when": [when], "then": list(then)} for when, *then in rules],
        "tests": [{"test": "t", "case": "1", "inputs": {"x": coded(inputs)}, "expected": coded(expected),
                   "error_result": False}],
    }


BANDS: list[tuple[str, ...]] = [("> 1", "10"), ("> 2", "30"), ("> 3", "20")]
ORDER = '"high", "middle", "low"'
GRADES: list[tuple[str, ...]] = [("> 1", '"low"', "1"), ("> 2", '"high"', "2"), ("> 3", '"middle"', "3")]
TWO = (("grade", ORDER, None), ("n", None, None))


@pytest.mark.parametrize(("record", "name"), [
    (table("COLLECT", BANDS, 4, 60, aggregation="+"), "sum"),
    (table("COLLECT", BANDS, 4, 10, aggregation="MIN"), "min"),
    (table("COLLECT", BANDS, 3, 30, aggregation=">"), "max"),
    (table("COLLECT", BANDS, 3, 2, aggregation="#"), "count"),
    (table("COLLECT", BANDS, 4, [10, 30, 20]), "collect"),
    (table("RULE ORDER", BANDS, 4, [10, 30, 20]), "rule order"),
    (table("OUTPUT ORDER", BANDS, 4, [30, 20, 10], outputs=((None, "30, 20, 10", None),)), "output order"),
    (table("RULE ORDER", GRADES, 3, [{"grade": "low", "n": 1}, {"grade": "high", "n": 2}], outputs=TWO), "records"),
    (table("PRIORITY", GRADES, 4, {"grade": "high", "n": 2}, outputs=TWO), "priority"),
    (table("PRIORITY", GRADES, 2, {"grade": "low", "n": 1}, outputs=TWO), "priority of one"),
    (table("FIRST", BANDS, 4, 10), "first"),
    (table(None, BANDS, 2, 10), "unique"),
    (table("UNIQUE", BANDS, 4, None), "unique that is not"),
    (table("ANY", [("> 1", "5"), ("> 2", "10 / 2")], 3, 5), "any"),
    (table("ANY", [("> 1", "5"), ("> 2", "6")], 3, None), "any that differs"),
    (table("UNIQUE", BANDS, 1, None), "none"),
    (table("UNIQUE", BANDS, 1, 7, outputs=((None, None, "7"),)), "default"),
    (table("FIRST", GRADES, 1, {"grade": "low", "n": 0}, outputs=(("grade", None, '"low"'), ("n", None, "0"))),
     "defaults"),
    (table("FIRST", [("< 5", "1"), ("null", "2"), ("-", "3")], None, 2), "null is named"),
    (table("FIRST", [("< 5", "1"), ("[1..9]", "2"), ("-", "3")], None, 3), "null is no number"),
    (table("FIRST", [("? * 2 > 10", "1"), ("not(3, [4..5])", "2"), ("-", "3")], 6, 1), "condition"),
    (table("FIRST", [("? * 2 > 10", "1"), ("not(3, [4..5])", "2"), ("-", "3")], 4, 3), "none of"),
    (table("FIRST", [("[1, 2]", "1"), ("1, 3, > 8", "x * x")], 9, 81), "list and expression"),
    (table("FIRST", [("-", "1")], 5, None, values="1, 2, [3..4]"), "no value of the input"),
    (table("FIRST", [("-", "1")], 3, 1, values="1, 2, [3..4]"), "a value of the input"),
    (table("FIRST", [("-", "1 / 0")], 3, None), "a fault is null"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_tables_of_the_suites_form(record: Line, name: str) -> None:
    [outcome] = run_table(record)
    assert (outcome.verdict, outcome.note) == ("passed", ""), name


def test_what_our_checker_refuses_is_told_with_its_place() -> None:
    [outcome] = run_table(table("FIRST", [('"a" + 1 2', "1")], 3, 1))
    assert outcome.verdict == "failed"
    assert "syntax.unexpected cell:1:9" in outcome.note


def test_a_table_of_another_form_is_out() -> None:
    [outcome] = run_table(table("FIRST", BANDS, 3, 1) | {"simple": False, "deps_problem": "bkm"})
    assert (outcome.verdict, outcome.note) == ("missed", "bkm")
