"""The data file of the language, in DuckDB: every value, bound and missing fact that SQL has."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from interpreter.batch.sql.compile import Compiler, Place, typed
from interpreter.batch.sql.constant import constant
from interpreter.batch.sql.layout import Layout
from interpreter.batch.sql.listed import walked_of
from interpreter.batch.sql.lists import values_of
from interpreter.batch.sql.mask import word_of
from interpreter.batch.sql.node import NULL, case, forget, is_true, op
from interpreter.batch.sql.parts import known_list
from interpreter.batch.sql.symbol import Quotient, Scalar, Seq, Sym, nothing, scalar
from interpreter.language.read import read_expression
from interpreter.language.types import BROKEN, Boolean, List, MonthType, Number, Ratio, Type
from interpreter.language.values import Month
from interpreter.problems import Fragment
from interpreter.rulebook.model import Cause
from tests.golden.test_golden import CASES, DATA, expected
from tests.golden.vocabulary import Vocabulary, vocabulary

FACTS, FAULTS = 200, 60
"""How the data file's vocabulary numbers its causes."""

ASKED = [case for case in CASES if "problem" not in case]


def evaluated(case: dict[str, Any], words: Vocabulary) -> tuple[Sym, dict[str, Any], int]:
    """What an expression comes to, the row that DuckDB gives of it, and the bits of its causes."""
    found = read_expression(Fragment.whole("cases.yaml", case["expr"]), words.scope(), [])
    assert found is not None
    kinds = ["fact"] * FACTS + ["fault"] * FAULTS
    book: Any = SimpleNamespace(causes=[Cause(kind, str(n), "") for n, kind in enumerate(kinds)])  # type: ignore[arg-type]
    forget()
    compiler = Compiler(book)
    facts = words.values(case.get("facts", {}))
    compiler._roots.update({name: constant(facts[name], of, compiler.causes) for name, of in words.facts.items()})
    symbol = typed(compiler.symbol(found.core, Place(nothing(BROKEN), nothing(BROKEN))), found.type)
    if isinstance(symbol, Seq):
        symbol = _as_scalar(symbol, compiler)
    assert isinstance(symbol, Scalar | Quotient)
    outputs = {"value": symbol.over if isinstance(symbol, Quotient) else symbol.value}
    outputs["under"] = symbol.under if isinstance(symbol, Quotient) else NULL
    low, high = (symbol.low, symbol.high) if isinstance(symbol, Scalar) else (None, None)
    outputs |= {"low": low or NULL, "high": high or NULL}
    causes = compiler.causes
    number = causes.fact_words + causes.other_words
    outputs |= {f"w{n}": op("cast", word_of(symbol.causes, n, causes), "BIGINT") for n in range(number)}
    cursor = duckdb.execute(Layout(outputs).query("(SELECT 1 AS one)", ["one"]))
    row = dict(zip((column[0] for column in cursor.description or ()), cursor.fetchall()[0], strict=True))
    parts = [row[f"w{n}"] for n in range(number)]
    facts_, others = causes.bits(parts[: causes.fact_words], parts[causes.fact_words :])
    doubt = parts[causes.fact_words] & 1
    return symbol, row, -1 if doubt else facts_ | others


def _as_scalar(listed: Seq, compiler: Compiler) -> Scalar:
    """A list whose members are known, as one value."""
    walked = walked_of(listed)
    stored = values_of(walked, lambda one: scalar(one.value).value, lambda one: is_true(one.inside.value))
    known = known_list(listed, compiler)
    return Scalar(case((known.value, stored)), known.mask, listed.type)


def told(row: dict[str, Any], of: Type) -> Any:
    """A value in the data file's form."""
    value = row["value"]
    match of:
        case List(item=item):
            return [told(row | {"value": one}, item) for one in value]
        case Number(places=places):
            return Fraction(value, 10**places)
        case Ratio():
            return Fraction(value, row["under"])
        case Boolean():
            return str(value)
        case MonthType():
            return str(Month(value))
        case _:
            return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", ASKED, ids=lambda case: f"{case['expr']} {case.get('facts', '')}")
def test_case(case: dict[str, Any]) -> None:
    words = vocabulary(DATA["types"], DATA["facts"])
    symbol, row, causes = evaluated(case, words)
    if causes == -1:
        # left to the interpreter
        return
    if "is" in case:
        assert told(row, symbol.type) == expected(case["is"], symbol.type)
        return
    assert row["value"] is None
    if "fault" in case:
        assert words.failed(causes)
        assert words.missing(causes) == []
    else:
        assert words.missing(causes) == sorted(case["unknown"])
        unit = 10 ** (symbol.type.places if isinstance(symbol.type, Number) else 0)
        bounds = (None if end == "~" else int(Fraction(end) * unit) for end in case.get("within", ("~", "~")))
        assert (row["low"], row["high"]) == tuple(bounds)


def test_most_are_asked() -> None:
    found = [evaluated(case, vocabulary(DATA["types"], DATA["facts"])) for case in ASKED]
    left = [case["expr"] for case, (_, _, causes) in zip(ASKED, found, strict=True) if causes == -1]
    assert left == ["median(numbers)", 'upper case("straße")', "2 ** -1"]
