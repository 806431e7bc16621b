"""One decision table of the suite, through our cells and hit policies: every case of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from interpreter.language.cells import read_tests
from interpreter.language.closures import compile_core
from interpreter.language.core import Choose, Core, Literal
from interpreter.language.environment import Environment, Program
from interpreter.language.hits import PLACED, RANKED, in_order_of_outputs
from interpreter.language.read import read_expression
from interpreter.language.scope import LocalName, Scope, Slots
from interpreter.language.types import BOOLEAN, BROKEN, NULL, Type, record_of
from interpreter.language.unknown import NOWHERE, Unknown, Value
from interpreter.language.values import Record, blank
from interpreter.problems import Fragment, Problem
from tests.conformance.outcome import Outcome, Verdict
from tests.conformance.values import IEEE, Unreadable, agree, decode, scope_of, shown, work_out

Line = Mapping[str, Any]

NULL_SAID = {"t": "null", "v": None}

AGGREGATES = {
    None: "collect list", "SUM": "collect sum", "+": "collect sum", "MIN": "collect min", "<": "collect min",
    "MAX": "collect max", ">": "collect max", "COUNT": "collect count", "#": "collect count",
}

class RefusedError(Exception):
    """A text of the table that our checker refuses; the message says with what codes, and where."""


def run_table(record: Line) -> list[Outcome]:
    """How every case of one table goes."""
    return [_outcome(record, test) for test in record["tests"]]


def _outcome(record: Line, test: Line) -> Outcome:
    verdict: Verdict = "missed"
    note = str(record.get("deps_problem") or "")
    if record.get("simple", True) and not note:
        try:
            value = _Case(record, test).answer()
            _, wanted = decode(NULL_SAID if test.get("error_result") else test["expected"], record.get("type"))
            verdict = "passed" if agree(value, wanted) else "failed"
            note = "" if verdict == "passed" else f"gives {shown(value)}, not {shown(wanted)}"
        except (RefusedError, Unreadable) as error:
            verdict, note = "failed", str(error)
    case = f"{record.get('decision', '')} {test.get('case', '')}"
    return Outcome(record.get("suite", ""), case, "table", "", verdict, note)


@dataclass(frozen=True, slots=True)
class _Row:
    outputs: tuple[Value, ...]
    rank: tuple[int, ...]


class _Case:
    """A table with the inputs of one case."""

    def __init__(self, record: Line, test: Line) -> None:
        self.record = record
        self.slots = Slots()
        self.types: dict[str, Type] = {}
        self.facts: dict[str, Value] = {}
        given, types = test.get("inputs") or {}, record.get("input_types") or {}
        for name in {**types, **given}:
            self.types[name], self.facts[name] = decode(given.get(name, NULL_SAID), types.get(name))
        for earlier in record.get("deps") or ():
            self.types[earlier["name"]], self.facts[earlier["name"]] = self._worked_out(earlier["expr"])
        self.inputs = [self._input(column) for column in record["inputs"]]

    @property
    def scope(self) -> Scope:
        return replace(scope_of(self.types), slots=self.slots)

    def answer(self) -> Value:
        """What the table gives. FEEL has an error, which is null, where an input is none of its values, and where rows
        meet that must not: our checker refuses such rows before they are run."""
        columns, outputs = self.record["inputs"], self.record["outputs"]
        for column, (of, value) in zip(columns, self.inputs, strict=True):
            if column.get("values") and not self._holds(column["values"], of, value):
                return NOWHERE
        hit = (self.record.get("hit") or "UNIQUE").lower()
        if hit == "collect":
            hit = AGGREGATES[self.record.get("aggregation")]
        ranks = [self._values(output.get("values")) for output in outputs] if hit in RANKED else []
        rows = in_order_of_outputs(self._rows(ranks), lambda row: row.rank)
        alike = all(all(map(_same, row.outputs, rows[0].outputs)) for row in rows)
        if (hit == "unique" and len(rows) > 1) or (hit == "any" and not alike):
            return NOWHERE
        policy = PLACED.get(hit, hit)
        default = self._default(outputs)
        if policy == "collect list":
            listed = None if default is None else (self._made(default),)
            return _chosen(policy, [self._made(row.outputs) for row in rows], listed)
        return self._made([
            _chosen(policy, [row.outputs[i] for row in rows], None if default is None else default[i])
            for i in range(len(outputs))
        ])

    def _input(self, column: Line) -> tuple[LocalName, Value]:
        text = column["expr"].strip()
        # the name of an input may be any text, which as an expression it is not
        known = text in self.facts
        of, value = (self.types[text], self.facts[text]) if known else self._worked_out(text)
        return LocalName(text, of, self.slots.take()), value

    def _worked_out(self, text: str) -> tuple[Type, Value]:
        problems: list[Problem] = []
        found = read_expression(Fragment.whole("expression", text), self.scope, problems)
        if found is None:
            raise _refused(problems)
        value = work_out(found, self.scope, self.facts)
        # what policies collect is no quotient, and as decimals the suite's are none either
        return found.type, IEEE.divide(value.numerator, value.denominator) if isinstance(value, Fraction) else value

    def _rows(self, ranks: Sequence[Sequence[Value]]) -> Iterator[_Row]:
        """The rows that apply."""
        for rule in self.record["rules"]:
            cells = zip(rule["when"], self.inputs, strict=True)
            if all(self._holds(text, of, value) for text, (of, value) in cells):
                given = tuple(self._worked_out(text)[1] for text in rule["then"])
                rank = tuple(
                    values.index(value) if value in values else len(values)
                    for value, values in zip(given, ranks, strict=False) if values
                )
                yield _Row(given, rank)

    def _holds(self, text: str, of: LocalName, value: Value) -> bool:
        """Whether a cell's tests hold; what comes to null does not."""
        if not text.strip():
            return True
        problems: list[Problem] = []
        cell = read_tests(Fragment.whole("cell", text), of, self.scope, problems)
        if cell is None:
            raise _refused(problems)
        if cell.core is None:
            return True
        locals: list[Value] = [None] * self.slots.count
        locals[of.slot] = value
        environment = Environment(self.facts, None, None, locals)
        return compile_core(cell.core, Program({}, {}, {}, compile_core, record=False))(environment) is True

    def _values(self, written: str | None) -> Sequence[Value]:
        listed: Sequence[Value] = self._worked_out(f"[{written}]")[1] if written else ()
        return listed

    def _default(self, outputs: Sequence[Line]) -> tuple[Value, ...] | None:
        if not any(output.get("default") for output in outputs):
            return None
        return tuple(
            self._worked_out(output["default"])[1] if output.get("default") else NOWHERE for output in outputs
        )

    def _made(self, values: Sequence[Value]) -> Value:
        """One value of one or several outputs."""
        outputs = self.record["outputs"]
        if len(outputs) == 1:
            return values[0]
        fields = {str(output["name"]): value for output, value in zip(outputs, values, strict=True)}
        return Record(fields, blank(record_of(tuple((name, NULL) for name in fields))))


def _chosen(policy: str, values: Sequence[Value], default: Value | None) -> Value:
    """What a hit policy gives of rows that apply, by our own core."""
    rows: tuple[tuple[Core, Core], ...] = tuple((Literal(True, BOOLEAN), Literal(value, BROKEN)) for value in values)
    core = Choose(policy, rows, None if default is None else Literal(default, BROKEN), 0)
    return compile_core(core, Program({}, {}, {}, compile_core, record=False))(Environment({}, None, None, []))


def _same(one: Value, other: Value) -> bool:
    return isinstance(other, Unknown) if isinstance(one, Unknown) else bool(one == other)


def _refused(problems: Sequence[Problem]) -> RefusedError:
    return RefusedError(", ".join(f"{problem.code} {problem.where}" for problem in problems))
