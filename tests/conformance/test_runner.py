"""The runner itself, on a few lines of the suite's form: what passes, what fails, and how it ends."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.expressions import run_expression
from tests.conformance.tck import main
from tests.conformance.values import agree, number

NULL = {"t": "null", "v": None}


def said(value: Any) -> dict[str, Any]:
    match value:
        case None:
            return NULL
        case bool():
            return {"t": "boolean", "v": value}
        case list():
            return {"t": "list", "v": [said(item) for item in value]}
        case dict():
            return {"t": "context", "v": {name: said(item) for name, item in value.items()}}
        case str() if value[:1] in "-0123456789":
            return {"t": "number", "v": value}
        case _:
            return {"t": "string", "v": value}


def line(expr: str, expected: Any = None, kind: str = "in_pos", **more: Any) -> dict[str, Any]:
    return {
        "suite": "own", "id": expr, "expr": expr, "expected": said(expected), "error_result": kind == "in_neg",
        "scope": {"class": kind, "profile": "P0", "reason": None}, **more,
    }


def inputs(**values: Any) -> dict[str, Any]:
    return {name: said(value) for name, value in values.items()}


@pytest.mark.parametrize(("record", "verdict"), [
    (line("1 + 1", "2"), "passed"), (line("1 + 1", "2.0"), "passed"), (line("1 + 1", "3"), "failed"),
    (line("1 / 3", "0.3333333333333333333333333333333333"), "passed"), (line("1 / 3", "0.33"), "failed"),
    (line("2 / 3", "0.66666667"), "passed"), (line("2 / 3", "0.66666666"), "passed"),
    (line("2 / 3", "0.66666665"), "failed"), (line("2 / 3", "0.6666667"), "failed"),
    (line("1 + 0.00000001", "1.0000000"), "failed"),
    (line("2 / 3", "0.666666666666667"), "passed"), (line("1 / 0", None), "passed"), (line("1", None), "failed"),
    (line('"a"', "a"), "passed"), (line("true", "1"), "failed"), (line("false", "0"), "failed"),
    (line("[1, null]", ["1", None]), "passed"),
    (line("{a: 1, b: {c: [true]}}", {"b": {"c": [True]}, "a": "1"}), "passed"),
    (line("{a: 1}", {"a": "1", "b": "2"}), "failed"), (line("n + 1", "3.5", inputs=inputs(n="2.5")), "passed"),
    (line("n + 1", None, inputs=inputs(n=None), input_types={"n": "number"}), "passed"),
    (line("n = null", True, input_types={"n": "number"}), "passed"),
    (line("r.a", "1", inputs=inputs(r={"a": "1"}), input_types={"r": {"a": "number", "b": "string"}}), "passed"),
    (line("r.b", None, inputs=inputs(r={"a": "1"}), input_types={"r": {"a": "number", "b": "string"}}), "passed"),
    (line("l[2]", "2.5", inputs=inputs(l=["1", "2.5"]), input_types={"l": ["list", "number"]}), "passed"),
    (line("count(l)", "0", inputs=inputs(l=[]), input_types={"l": ["list", "number"]}), "passed"),
    (line("b + 1", "4", deps=[{"kind": "decision", "name": "a", "expr": "1", "type": "number"},
                              {"kind": "decision", "name": "b", "expr": "a + 2"}]), "passed"),
    (line("b", "1", deps=[{"name": "b", "expr": "1 +"}]), "failed"),
    (line("1 +", None, "in_neg"), "rejected"), (line('1 + "a"', None, "in_neg"), "rejected"),
    (line("1 + 1", None, "in_neg", type="string"), "rejected"), (line("1 / 0", None, "in_neg"), "raised"),
    (line('date("-2017-01-01").year', "-2017"), "missed"), (line("1", None, "in_neg"), "accepted"),
    (line("1 + 1", None, "in_neg"), "accepted"), (line("null", None, "in_neg"), "accepted"),
    # a place that is written out and cannot be is null to some and an error to others: both are an error when it runs
    *((line(text, None, kind), verdict) for kind, verdict in (("in_pos", "passed"), ("in_neg", "raised")) for text in (
        "[1, 2, 3][0]", 'substring("foobar", 0)', 'substring("foobar", 3, 0)', "sublist([1, 2, 3], 0)",
        "remove([1, 2, 3], 0)", "insert before([1, 2], 0, 3)", "[][1]", "sum([])", "sum([1, null])", "min([null, 1])",
        "product(2, null)", "mode([null])",
    )),
    (line("count([1, null])", "2"), "passed"), (line("all([true, null])", None), "passed"),
    (line("append([], 1)", ["1"]), "passed"), (line("[] = 0", None, "in_neg"), "rejected"),
    (line("not(negand: true)", False), "passed"), (line("not(negand : 1 > 2 or false)", True), "passed"),
    (line("not(other: true)", None, "in_neg"), "rejected"), (line("{negand: 1}.negand", "1"), "passed"),
    (line('string(date(from: date("2017-08-14")))', None, "in_neg"), "accepted"),
    (line('time(time("10:20:00")).hour', "10"), "passed"),
])
def test_what_becomes_of_a_line(record: dict[str, Any], verdict: str) -> None:
    outcome = run_expression(record)
    assert outcome is not None
    assert outcome.verdict == verdict, outcome.note


def test_a_line_with_little_in_it() -> None:
    outcome = run_expression({"expr": "1", "expected": said("1"), "scope": {"class": "in_pos", "profile": "P1"}})
    assert outcome is not None
    assert (outcome.verdict, outcome.profile) == ("passed", "P1")
    assert run_expression(line("1", "1", "out")) is None
    assert run_expression({"expr": "1"}) is None


def test_quotients_are_rounded_once_and_as_decimal128_is() -> None:
    assert agree(Fraction(1, 8), number("0.125")[1])
    assert agree(Fraction(10**34 + 1, 2), number("5000000000000000000000000000000000")[1])
    assert agree(Fraction(10**34 + 3, 2), number("5000000000000000000000000000000002")[1])


@pytest.mark.parametrize(("lines", "ends", "says"), [
    ([line("1", "1"), line("1 +", None, "in_neg")], 0, "1/1"), ([line("1", "2")], 1, "failed (1)"),
    ([line("1", None, "in_neg")], 1, "accepted negative 1"), ([], 0, "in all"), ([line("1", "1", "out")], 0, "1 out"),
    ([[1, 2]], 1, "failed line cases.jsonl:1"), ([line("1", "1"), {"suite": "none"}], 1, "cases.jsonl:2: neither"),
])
def test_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[Any], ends: int, says: str
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    assert main([str(path)]) == ends
    assert says in capsys.readouterr().out
    assert main([]) == 2


@pytest.mark.parametrize("content", [None, b"\xff\xfe{}"])
def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None) -> None:
    path = tmp_path / "cases.jsonl"
    if content is not None:
        path.write_bytes(content)
    assert main([str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_a_line_that_is_no_json_spoils_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{json.dumps(line('1', '1'))}\n{{\n", encoding="utf-8")
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert "1/1" in said
    assert "cases.jsonl:2: no JSON" in said
