"""One row a case: for every measure its outcome, its amount, the states of its requirements and what is missing.

Where the rules need nothing else than the case itself, this is the whole answer, and it streams from file to file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interpreter.batch.relations import CASE, POSITION, column_of, relations_of
from interpreter.batch.relations import literal as written
from interpreter.batch.sql.compile import Compiler
from interpreter.batch.sql.known import Known, under
from interpreter.batch.sql.layout import Layout
from interpreter.batch.sql.mask import word_of
from interpreter.batch.sql.measures import Measures, words_of
from interpreter.batch.sql.node import (
    NULL,
    ZERO,
    Sql,
    bits_or,
    case,
    column,
    field,
    forget,
    gather,
    is_null,
    is_true,
    literal,
    member,
    members_of,
    op,
    or_,
)
from interpreter.batch.sql.outcome import Line
from interpreter.batch.sql.symbol import Rec, Scalar
from interpreter.batch.states import MET, UNKNOWN, code_at
from interpreter.batch.states import words as word_columns
from interpreter.decision.model import BEST_FIRST
from interpreter.rulebook.model import Measure, Rulebook

AUTHORITY, LINES, DOUBT = "authority", "lines", "doubt"


@dataclass(frozen=True, slots=True)
class Wide:
    """The query of one row a case. `columns` are those of the answer in order; beside them the query has `authority`,
    the key of who decides, `lines`, the lines of measures that go through lists, and `doubt`, whether only the
    interpreter can tell."""

    rulebook: Rulebook
    outputs: dict[str, Sql]
    columns: tuple[str, ...]

    day: str | None
    """The column of the day whose values hold, where that is one."""

    def under(self, known: Mapping[str, Known]) -> Wide:
        """The same for a relation of whose columns something is known."""
        return replace(self, outputs=under(self.outputs, known))

    def only(self, *names: str) -> Wide:
        """The query of some of its columns alone."""
        return replace(self, outputs={name: self.outputs[name] for name in names}, columns=())

    def query(self, source: str) -> str:
        """The query over a relation of cases."""
        outputs = self.outputs.items()
        layout = Layout({name: chosen(node) if name.endswith(".outcome") else node for name, node in outputs})
        read = {node.args[0] for node in layout.order if node.op == "column"}
        names = [one.name for one in relations_of(self.rulebook) if one.name in read]
        return layout.query(source, names)


def compile_wide(rulebook: Rulebook) -> Wide:
    """The rules of a rulebook as a query of one row a case, before any limit."""
    forget()
    measures = Measures(Compiler(rulebook))
    answer: dict[str, Sql] = {POSITION: column(POSITION), CASE: column(CASE)}
    listed: list[Sql] = []
    for measure in rulebook.measures.values():
        wanted = measures.wanted(measure)
        if measure.loops:
            lines = measures.lines(measure)
            listed.append(lines)
            found = _summed(measure, lines, measures)
        else:
            found = _single(measure, measures.whole(measure), measures)
        answer |= {f"{measure.name}.{name}": case((wanted, value), otherwise=NULL) for name, value in found.items()}
    outputs = answer | {AUTHORITY: _authority(measures), LINES: _joined(listed), DOUBT: or_(*measures.doubts)}
    day = measures.as_of.value
    return Wide(rulebook, outputs, tuple(answer), day.args[0] if day.op == "column" else None)


OUTCOME = f"ENUM({', '.join(map(written, BEST_FIRST))})"
"""How outcomes are stored: files have them as texts all the same, without each being looked up."""


def chosen(outcome: Sql) -> Sql:
    """An outcome as one of all there are."""
    if outcome.op != "case":
        return op("cast", outcome, OUTCOME)
    *rows, otherwise = outcome.args
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return case(*((condition, chosen(then)) for condition, then in pairs), otherwise=chosen(otherwise))


def _authority(measures: Measures) -> Sql:
    """The key of the authority of the first claimant whose record is given."""
    book = measures.compiler.rulebook
    found: list[tuple[Sql, Sql]] = []
    for claimant in book.claimants.values():
        its = measures.place_of(claimant).authority
        while isinstance(its, Rec) and its.type.key is not None:
            its = its.get(its.type.key)
        if isinstance(its, Scalar):
            found.append((is_true(column(column_of((claimant.fact,)))), op("text", its.value)))
    return case(*found, otherwise=NULL)


def columns_of(measure: Measure, words: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a measure in the answer, without its name before them."""
    states = () if measure.loops else (name for name, *_ in word_columns(len(measure.head)))
    return ("outcome", *(("amount",) if measure.kind == "benefit" else ()), *states, *words)


def _single(measure: Measure, line: Line, measures: Measures) -> dict[str, Sql]:
    found: dict[str, Sql] = {"outcome": line.outcome}
    if measure.kind == "benefit":
        found["amount"] = op("cast", NULL if line.amount is None else line.amount, "BIGINT")
    for name, own, stored in word_columns(len(line.states)):
        found[name] = op("cast", _packed(line.states[own]), stored)
    for number, name in enumerate(words_of(measures.compiler.causes)):
        found[name] = op("cast", word_of(line.causes, number, measures.compiler.causes), "BIGINT")
    return found


def _packed(states: tuple[Scalar, ...]) -> Sql:
    return bits_or(*(
        case(
            (state.value, literal(code_at(place, MET))), (is_null(state.value), literal(code_at(place, UNKNOWN))),
            otherwise=ZERO,
        )
        for place, state in enumerate(states)
    ))


def _summed(measure: Measure, lines: Sql, measures: Measures) -> dict[str, Sql]:
    """A measure with lines as one: the best outcome, what is granted together, everything that is missing."""
    scope = members_of(lines, "summed")
    one = member(scope)
    ranks = case(
        *((op("=", field(one, "outcome"), literal(outcome)), literal(rank)) for rank, outcome in enumerate(BEST_FIRST)),
        otherwise=NULL,
    )
    best = op("min of", gather(scope, ranks))
    rows = [(op("=", best, literal(rank)), literal(outcome)) for rank, outcome in enumerate(BEST_FIRST[:-1])]
    found = {"outcome": case(*rows, otherwise=literal(BEST_FIRST[-1]))}
    if measure.kind == "benefit":
        found["amount"] = op("cast", op("or zero", op("sum of", gather(scope, field(one, "amount")))), "BIGINT")
    for name in words_of(measures.compiler.causes):
        found[name] = op("cast", op("or zero", op("bits of", gather(scope, field(one, name)))), "BIGINT")
    return found


def _joined(lists: list[Sql]) -> Sql:
    if not lists:
        return op("list")
    return lists[0] if len(lists) == 1 else op("flatten", op("list", *lists))
