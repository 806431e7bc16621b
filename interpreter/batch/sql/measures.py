"""The lines of measures in SQL: each a structure, with what the limits hang on where that is wanted."""

from __future__ import annotations

from interpreter.batch.relations import CLAIMS
from interpreter.batch.sql.compile import Compiler, Place
from interpreter.batch.sql.kleene import all_of
from interpreter.batch.sql.limits import STORED, claim_of
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
from interpreter.batch.sql.outcome import Judged, Line, doubt_of, groups, judge, line, required, states_text
from interpreter.batch.sql.symbol import nothing, scalar, truth
from interpreter.language.types import BROKEN
from interpreter.rulebook.model import Claimant, Measure

TYPES = {"line": "INTEGER", "amount": "BIGINT", "limits": STORED}
"""What the columns of a line are stored as that are neither text nor masks."""


def words_of(causes: Causes) -> tuple[str, ...]:
    return (*(f"missing_{n}" for n in range(causes.fact_words)), *(f"open_{n}" for n in range(causes.other_words)))


class Measures:
    """Makes the lines of every measure; where `limits` is wanted, each says what limits it stands under."""

    def __init__(self, compiler: Compiler, *, limits: bool = False) -> None:
        self.compiler = compiler
        self.names = words_of(compiler.causes)
        self.limits = limits
        self.fields = (
            "measure", "line", "key", "outcome", "amount", "states", *(("limits",) if limits else ()), *self.names
        )
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
        if measure.as_of is None or measure.dated_by_line:
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
            whole = self.whole(measure)
            stands, doubt = self._claims(measure, whole, False, self.place_for(measure))
            self.doubts.append(and_(wanted, doubt))
            only = self._struct(measure, whole, literal(1), literal(""), stands)
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
        stands = self._none()
        single = op("list", self._struct(measure, alone, literal(1), literal(""), stands))
        each = [self._candidate(measure, head, one) for one in found]
        many = self._numbered([made for made, _ in each])
        unsure = or_(doubt, *(inner for _, inner in each))
        self.doubts.append(and_(wanted, or_(
            and_(barred, alone.doubt), and_(not_(barred), unsure),
            and_(not_(barred), not_(there), alone.doubt), doubt_of(head, compiler),
        )))
        lines = case((barred, single), (there, many), (passed, op("list")), otherwise=single)
        return case((wanted, lines), otherwise=op("list"))

    def _candidate(self, measure: Measure, head: list[Judged], one: Candidate) -> tuple[Sql, Sql]:
        """The lines of a segment of candidates, and whether any of them is doubtful."""
        compiler = self.compiler
        at = one.at
        if measure.as_of is not None and measure.dated_by_line:
            # a day that names the loop is each line's own; what is asked first goes by the policy's
            at = at.on(scalar(compiler.symbol(measure.as_of.core, at)))
        own = [judge(requirement, at, compiler) for requirement in measure.requires]
        inside = one.walked.inside
        lacking = required(one.values)
        made = line(measure, head, own, all_of([inside, lacking]), at, compiler)
        key = op("written with", " / ", *one.key) if len(one.key) > 1 else one.key[0] if one.key else literal("")
        kept = not_(one.walked.out)
        stands, doubt = self._claims(measure, made, one.walked.many, at)
        structs = gathered(one.walked, self._struct(measure, made, ZERO, key, stands), kept)
        return op("or none", structs), any_of([one.walked], lambda w: or_(made.doubt, doubt))

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

    def _struct(self, measure: Measure, of: Line, number: Sql, key: Sql, stands: Sql) -> Sql:
        names = self.fields
        amount = op("cast", NULL if of.amount is None else of.amount, "BIGINT")
        causes = self.compiler.causes
        words = [op("cast", word_of(of.causes, word, causes), "BIGINT") for word in range(len(self.names))]
        return op("struct", names, literal(measure.name), op("cast", number, "INTEGER"), key, of.outcome, amount,
                  states_text(of.states), *([stands] if self.limits else ()), *words)

    def _none(self) -> Sql:
        """The limits of a line on which nothing can be granted."""
        return op("cast", NULL, STORED)

    def _claims(self, measure: Measure, of: Line, many: bool, at: Place) -> tuple[Sql, Sql]:
        return claim_of(measure, of, many, at, self.compiler) if self.limits else (NULL, FALSE)

