"""A rulebook as SQL: one query from cases to lines (`relations.py` says how cases stand).

A line of the query is one of `interpreter.decision.verdict`; where `doubt` is true of a case, only the interpreter can
tell its lines (`residue.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import duckdb

from interpreter.batch.filling import fill
from interpreter.batch.relations import CLAIMS, POSITION, relations_of
from interpreter.batch.residue import lines_of
from interpreter.batch.rows import case_of
from interpreter.batch.sql import dialect
from interpreter.batch.sql.compile import Compiler, Place
from interpreter.batch.sql.layout import Layout
from interpreter.batch.sql.lists import any_of, gathered
from interpreter.batch.sql.loops import Candidate, candidates
from interpreter.batch.sql.mask import Causes, word_of
from interpreter.batch.sql.node import (
    FALSE,
    NULL,
    TRUE,
    ZERO,
    Sql,
    and_,
    case,
    column,
    field,
    forget,
    gather,
    is_false,
    is_true,
    literal,
    member,
    members_of,
    not_,
    op,
    or_,
    place,
)
from interpreter.batch.sql.outcome import Judged, Line, groups, has_doubt, judge, line, required, states_text
from interpreter.batch.sql.symbol import nothing, scalar, truth
from interpreter.language.types import BROKEN
from interpreter.rulebook.model import Claimant, Measure, Rulebook


@dataclass(frozen=True)
class Batch:
    """A rulebook's rules as SQL. `notes` name what is left to the interpreter wherever it is met."""

    rulebook: Rulebook
    causes: Causes
    outputs: dict[str, Sql]
    notes: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The columns of masks: `missing_0`, … for facts, `open_0`, … for settings and faults."""
        return words_of(self.causes)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of a line."""
        return (POSITION, "measure", "line", "key", "outcome", "amount", "states", *self.words)

    def query(self, source: str) -> str:
        """The query that gives the lines of the cases of a relation, in the columns of a line. A case that only the
        interpreter can tell has one row instead, with nothing but its position."""
        layout = Layout(self.outputs)
        read = {node.args[0] for node in layout.order if node.op == "column"}
        names = [one.name for one in relations_of(self.rulebook) if one.name in read]
        inner = dialect.render(layout.query(source, names))
        fields = ", ".join(f"l.{name}" for name in self.columns[1:])
        return f"SELECT {POSITION}, {fields} FROM (SELECT {POSITION}, unnest(lines) AS l FROM ({inner}))"

    def statements(self, source: str) -> list[str]:
        """The statements that make of the cases of a relation the tables `lines` and `residue`: what SQL decided, and
        the positions of the cases that it leaves to the interpreter."""
        return [
            f"CREATE OR REPLACE TEMP TABLE lines AS {self.query(source)}",
            f"CREATE OR REPLACE TEMP TABLE residue AS SELECT {POSITION} FROM lines WHERE measure IS NULL",
            "DELETE FROM lines WHERE measure IS NULL",
        ]

    def run(self, connection: duckdb.DuckDBPyConnection, source: str) -> int:
        """Makes the table `lines` of all cases of a relation, those of the residue by the interpreter; how many these
        were. Raises PolicyError where a case provides figures that differ from what the rules compute."""
        for statement in self.statements(source):
            connection.execute(statement)
        return self._residue(connection, source)

    def by_interpreter(self, connection: duckdb.DuckDBPyConnection, source: str) -> int:
        """The same table by the interpreter alone; how many cases there are. Raises as `run` does."""
        fields = ", ".join(f"NULL::{self._stored(name)} AS {name}" for name in self.columns)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE lines AS SELECT {fields} WHERE FALSE")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE residue AS SELECT {POSITION} FROM {source}")
        return self._residue(connection, source)

    def _stored(self, name: str) -> str:
        texts = dict.fromkeys(("measure", "key", "outcome", "states"), "VARCHAR")
        return {"line": "INTEGER", **texts}.get(name, "BIGINT")

    def _residue(self, connection: duckdb.DuckDBPyConnection, source: str) -> int:
        left = [position for position, in connection.execute(f"SELECT {POSITION} FROM residue ORDER BY 1").fetchall()]
        for start in range(0, len(left), AT_ONCE):
            found = connection.execute(
                f"SELECT * FROM {source} WHERE {POSITION} IN (SELECT unnest($1)) ORDER BY {POSITION}",
                [left[start : start + AT_ONCE]],
            )
            names = [column[0] for column in found.description or ()]
            cases = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
            decided = lines_of(self.rulebook, [(one[POSITION], case_of(one, self.rulebook)) for one in cases])
            fill(connection, "lines", [(name, self._stored(name)) for name in self.columns], decided)
        return len(left)


AT_ONCE = 2_000
"""Cases of the residue that are held in memory."""


def words_of(causes: Causes) -> tuple[str, ...]:
    return (*(f"missing_{n}" for n in range(causes.fact_words)), *(f"open_{n}" for n in range(causes.other_words)))


def compile_batch(rulebook: Rulebook) -> Batch:
    """The rules of a rulebook as SQL."""
    forget()
    compiler = Compiler(rulebook)
    measures = Measures(compiler)
    lists = [measures.lines(measure) for measure in rulebook.measures.values()]
    doubt = or_(*measures.doubts)
    lines = op("flatten", op("list", *lists))
    if doubt is not FALSE:
        left = op("struct", measures.fields, *(
            op("cast", NULL, {"line": "INTEGER", "amount": "BIGINT"}.get(name, "BIGINT" if "_" in name else "VARCHAR"))
            for name in measures.fields
        ))
        lines = case((is_true(doubt), op("list", left)), otherwise=lines)
    outputs = {POSITION: column(POSITION), "lines": lines}
    return Batch(rulebook, compiler.causes, outputs, tuple(compiler.notes))


class Measures:
    """Makes the lines of every measure."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.names = words_of(compiler.causes)
        self.fields = ("measure", "line", "key", "outcome", "amount", "states", *self.names)
        self.doubts: list[Sql] = []
        self._places: dict[str, Place] = {}
        book = compiler.rulebook
        unset = nothing(BROKEN)
        self.as_of = scalar(compiler.symbol(book.as_of.core, Place(unset, unset)))

    def place_of(self, claimant: Claimant) -> Place:
        """Where the rules of a claimant stand."""
        if claimant.name not in self._places:
            authority = self.compiler.symbol(claimant.authority.core, Place(self.as_of, nothing(BROKEN)))
            self._places[claimant.name] = Place(self.as_of, authority)
        return self._places[claimant.name]

    def wanted(self, measure: Measure) -> Sql:
        """Whether a measure is decided: its claimant's record is given, or the case claims it."""
        fact = self.compiler.rulebook.claimants[measure.claimant].fact
        claimed = op("has", column(CLAIMS), literal(measure.name))
        return or_(is_true(column(fact)), is_true(claimed))

    def place_for(self, measure: Measure) -> Place:
        """Where the rules of a measure stand."""
        at = self.place_of(self.compiler.rulebook.claimants[measure.claimant])
        if measure.as_of is None:
            return at
        return Place(scalar(self.compiler.symbol(measure.as_of.core, at)), at.authority)

    def whole(self, measure: Measure) -> Line:
        """The one line of a measure without loops."""
        at = self.place_for(measure)
        head = [judge(requirement, at, self.compiler) for requirement in measure.head]
        found = line(measure, head, (), truth(TRUE), at, self.compiler)
        self.doubts.append(and_(self.wanted(measure), found.doubt))
        return found

    def lines(self, measure: Measure) -> Sql:
        """The list of a measure's lines."""
        wanted = self.wanted(measure)
        if not measure.loops:
            only = self._struct(measure, self.whole(measure), literal(1), literal(""))
            return case((wanted, op("list", only)), otherwise=op("list"))
        at = self.place_for(measure)
        head = [judge(requirement, at, self.compiler) for requirement in measure.head]
        return self._looped(measure, head, at, wanted)

    def _looped(self, measure: Measure, head: list[Judged], at: Place, wanted: Sql) -> Sql:
        compiler = self.compiler
        above = groups(head)
        barred = or_(is_false(above["refer"].value), is_false(above["refuse"].value))
        found, doubt = candidates(measure, at, compiler)
        walked = [one.walked for one in found]
        there = any_of(walked, lambda one: TRUE)
        passed = and_(is_true(above["refer"].value), is_true(above["refuse"].value))
        alone = line(measure, head, (), truth(TRUE), at, compiler, alone=True)
        single = op("list", self._struct(measure, alone, literal(1), literal("")))
        each = [self._candidate(measure, head, one) for one in found]
        many = self._numbered([made for made, _ in each])
        unsure = or_(doubt, *(inner for _, inner in each))
        self.doubts.append(and_(wanted, or_(
            and_(barred, alone.doubt), and_(not_(barred), unsure),
            and_(not_(barred), not_(there), alone.doubt), *self._head_doubt(head),
        )))
        lines = case((barred, single), (there, many), (passed, op("list")), otherwise=single)
        return case((wanted, lines), otherwise=op("list"))

    def _head_doubt(self, head: list[Judged]) -> list[Sql]:
        word, bit = self.compiler.causes.doubt[0]
        masks = [dict(one.state.causes).get(word, ZERO) for one in head]
        return [has_doubt(mask, bit) for mask in masks]

    def _candidate(self, measure: Measure, head: list[Judged], one: Candidate) -> tuple[Sql, Sql]:
        """The lines of a segment of candidates, and whether any of them is doubtful."""
        compiler = self.compiler
        own = [judge(requirement, one.at, compiler) for requirement in measure.requires]
        inside = one.walked.inside
        lacking = required(one.values)
        from interpreter.batch.sql.kleene import all_of
        made = line(measure, head, own, all_of([inside, lacking]), one.at, compiler)
        key = op("written with", " / ", *one.key) if len(one.key) > 1 else one.key[0] if one.key else literal("")
        kept = not_(one.walked.out)
        structs = gathered(one.walked, self._struct(measure, made, ZERO, key), kept)
        return op("or none", structs), any_of([one.walked], lambda w: made.doubt)

    def _numbered(self, lists: list[Sql]) -> Sql:
        """Lines with their numbers."""
        if not lists:
            return op("list")
        joined = lists[0] if len(lists) == 1 else op("flatten", op("list", *lists))
        scope = members_of(joined, "lines")
        stands = member(scope)
        names = self.fields
        values = [place(scope) if name == "line" else field(stands, name) for name in names]
        return gather(scope, op("struct", names, *(
            op("cast", value, "INTEGER") if name == "line" else value for name, value in zip(names, values, strict=True)
        )))

    def _struct(self, measure: Measure, of: Line, number: Sql, key: Sql) -> Sql:
        names = self.fields
        amount = op("cast", NULL if of.amount is None else of.amount, "BIGINT")
        words = [op("cast", word_of(of.causes, word), "BIGINT") for word in range(len(self.names))]
        return op("struct", names, literal(measure.name), op("cast", number, "INTEGER"), key, of.outcome, amount,
                  states_text(of.states), *words)

