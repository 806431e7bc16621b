"""Scales: the brackets of a table with `kind: scale`, and what an amount in each of them comes to, as formulas of the
policy's own language."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from interpreter.language.assign import fits
from interpreter.language.cells import Cell, Side
from interpreter.language.core import And, Apply, Core, If, Literal, Local
from interpreter.language.expression import Expression
from interpreter.language.lower import substitute
from interpreter.language.magnitude import taken
from interpreter.language.read import read_amount, read_expression
from interpreter.language.scope import LocalName, Scope
from interpreter.language.types import Number, Ratio, Type
from interpreter.problems import Fragment, Problem
from interpreter.rulebook import nodes
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.heads import CalledTable
from interpreter.rulebook.model import Variable
from interpreter.rulebook.reading import Scalar
from interpreter.rulebook.scale_heads import HIGHS, LOWS, METHOD, RATE, Scale
from interpreter.rulebook.tables import WrittenRow, is_empty


@dataclass(frozen=True, slots=True)
class Bracket:
    """The amounts of one row, from `low` to `high`; None where an end is open. `rated`: amounts in it are multiplied
    and not just given."""

    cell: Cell
    low: Core | None
    high: Core | None
    rated: bool


def with_method(table: CalledTable, draft: Draft) -> CalledTable:
    """The table with the method of its scale read: a word, or an expression that gives one of both."""
    scale = table.scale
    if scale is None or scale.word is not None:
        return table
    chosen = read_amount(scale.method, draft.settled_scope(*table.locals), draft.problems, METHOD)
    return replace(table, scale=replace(scale, chosen=chosen))


def read_bracket(table: CalledTable, scale: Scale, written: WrittenRow, draft: Draft) -> Bracket | None:
    """The bracket of a row; None, with a problem, where it is none."""
    before = len(draft.problems)
    if scale.of.name in written.cells:
        draft.problem("scale.column", written.where, name=scale.of.name)
    rated = _rated(table, scale, written, draft)
    ends: list[tuple[str, Core, Fragment]] = []
    for signs in (LOWS, HIGHS):
        given = [
            (key, sign, cell) for key, sign in signs.items()
            for cell in (written.cells.get(key),) if cell is not None and not is_empty(cell)
        ]
        if len(given) > 1:
            draft.problem("scale.ends", written.where, one=given[0][0], other=given[1][0])
        for _, sign, cell in given[:1]:
            fragment = cell.fragment if isinstance(cell, Scalar) else cell
            if not isinstance(fragment, Fragment):
                draft.problem("cell.brackets", fragment.span)
                continue
            read = read_amount(fragment, draft.settled_scope(), draft.problems, scale.of.type)
            if read is not None:
                ends.append((sign, read.core, fragment))
    if len(draft.problems) > before:
        return None
    low = next((core for sign, core, _ in ends if sign in LOWS.values()), None)
    high = next((core for sign, core, _ in ends if sign in HIGHS.values()), None)
    sides = [Side(sign, core) for sign, core, _ in ends]
    if rated and (low is None or (isinstance(low, Literal) and low.value == 0)):
        # a part is reckoned from nothing: less than nothing is in no bracket, and nothing comes to nothing
        sides = [Side(">=", Literal(0, scale.of.type)), *(side for side in sides if side.operator not in LOWS.values())]
    where = ends[0][2].span() if ends else written.where
    text = _say_bracket([(sign, fragment.text.strip()) for sign, _, fragment in ends])
    if not sides:
        return Bracket(Cell("-", where), low, high, rated)
    holds = tuple(_holds(side, scale.of) for side in sides)
    core = And(holds) if len(holds) > 1 else holds[0]
    return Bracket(Cell(text, where, core, (tuple(sides),)), low, high, rated)


def _rated(table: CalledTable, scale: Scale, written: WrittenRow, draft: Draft) -> bool:
    """Whether a row has a rate, and no amount of its own; what is wrong with that is noted."""
    given = [name for name in (RATE, table.outputs[0].name) if name in written.cells]
    filled = [name for name in given if not is_empty(written.cells[name])]
    label = table.outputs[0].label
    if len(filled) > 1 or not given:
        draft.problem("scale.rate-or-value" if filled else "scale.no-rate", written.where, label=label)
    elif RATE in filled and scale.rate is None:
        draft.problem("scale.no-number", written.where, label=label)
    elif given != [RATE] and RATE not in filled and scale.word != "whole":
        draft.problem("scale.marginal-value", written.where, label=label)
    return RATE in (filled or given)


def _say_bracket(ends: list[tuple[str, str]]) -> str:
    """The ends as a cell of tests writes them."""
    if len(ends) < 2:
        return " ".join(f"{sign} {end}" for sign, end in ends)
    (above, low), (below, high) = ends
    return f"{'[' if above == '>=' else '('}{low}..{high}{']' if below == '<=' else ')'}"


def _holds(side: Side, of: Variable) -> Core:
    amount = Local(of.slot, of.name)
    args = (side.than, amount) if side.operator in LOWS.values() else (amount, side.than)
    return Apply("less_equal" if "=" in side.operator else "less", args)


def amounts(
    table: CalledTable, scale: Scale, rows: Sequence[tuple[Hashable, Bracket, Expression]], draft: Draft
) -> list[Expression | None]:
    """What each row gives: the amount of its bracket, and what all brackets of its scale before it add where they are
    added up. Rows of one key are one scale; None, with a problem, where a row's cannot be worked out."""
    below: dict[Hashable, Expression | None] = {}
    found: list[Expression | None] = []
    for key, bracket, rate in rows:
        if not bracket.rated:
            found.append(rate)
            continue
        formula = _Formula(table, scale, bracket, rate, below.get(key), draft)
        whole = None if scale.word == "marginal" else formula.amount(whole=True)
        marginal = None if scale.word == "whole" else formula.amount(whole=False)
        amount = _either(scale, marginal, whole)
        if amount is None:
            # what is wrong with one rate is wrong with most of them
            return [*found, *[None] * (len(rows) - len(found))]
        found.append(amount)
        below[key] = formula.through()
    return found


def _either(scale: Scale, marginal: Expression | None, whole: Expression | None) -> Expression | None:
    if scale.word is not None:
        return marginal or whole
    if marginal is None or whole is None or scale.chosen is None:
        return None
    by_parts = Apply("equal", (scale.chosen.core, Literal("marginal", METHOD)))
    return replace(
        marginal, core=If(by_parts, marginal.core, whole.core), uses=marginal.uses | scale.chosen.uses
    )


@dataclass(frozen=True, slots=True)
class _Formula:
    """What is reckoned with in one bracket. `below` is what the brackets before it come to."""

    table: CalledTable
    scale: Scale
    bracket: Bracket
    rate: Expression
    below: Expression | None
    draft: Draft

    def amount(self, *, whole: bool) -> Expression | None:
        """What an amount in the bracket comes to, rounded, as the output wants it."""
        output = self.table.outputs[0].type
        text = self._part("amount", whole=whole)
        if self.scale.rounding is not None and isinstance(output, Number):
            text = f"round {self.scale.rounding}({text}, {output.places})"
        found = self._read(text)
        if found is not None and isinstance(output, Number) and not fits(found.type, output):
            label = self.table.outputs[0].label
            self.draft.problem("scale.places", self.rate.where, label=label, places=output.places)
            return None
        return found

    def through(self) -> Expression | None:
        """What the brackets come to up to the upper end of this one."""
        return None if self.bracket.high is None else self._read(self._part("high", whole=False))

    def _part(self, of: str, *, whole: bool) -> str:
        free = isinstance(self.rate.core, Literal) and self.rate.core.value == 0
        low = "" if whole or self.bracket.low is None else " - low"
        terms = [] if free else [f"rate * ({of}{low})"]
        if self.below is not None and not whole:
            terms.append("below")
        return " + ".join(terms) or "0"

    def _read(self, text: str) -> Expression | None:
        amount, slots = self.scale.of, self.scale.slots
        rate = self.rate.type
        if isinstance(rate, Number | Ratio) and rate.unit is None and self.scale.rate is not None:
            rate = replace(rate, unit=self.scale.rate.unit)
        given: dict[str, tuple[Type, Core | None]] = {
            "rate": (rate, self.rate.core), "low": (amount.type, self.bracket.low),
            "high": (amount.type, self.bracket.high),
            "below": (amount.type, None) if self.below is None else (self.below.type, self.below.core),
        }
        locals = {"amount": LocalName("amount", taken(amount.type), amount.slot)}
        locals |= {
            name: LocalName(name, type, slot) for (name, (type, _)), slot in zip(given.items(), slots, strict=True)
        }
        where = self.rate.where
        scope = Scope({}, self.draft.slots, lambda kind, _: self.draft.fault(kind, where), locals=locals)
        problems: list[Problem] = []
        read = read_expression(Fragment.whole(self.table.name, text), scope, problems)
        if read is None:
            self.draft.problems.extend(Problem(problem.code, where, problem.fields) for problem in problems[:1])
            return None
        core = read.core
        for (_, by), slot in zip(given.values(), slots, strict=True):
            core = core if by is None else substitute(core, slot, by)
        return Expression(self.rate.text, where, read.type, core, self.rate.uses)


def bracket_place(table: CalledTable) -> int:
    """The place of the bracketed input among the inputs; -1 where the table is no scale."""
    names = [variable.name for variable in table.takes]
    return -1 if table.scale is None else names.index(table.scale.of.name)


def is_readable(table: CalledTable) -> bool:
    """Whether the head of a table says enough to read its rows."""
    return table.scale is not None or nodes.child(table.root, "kind") is None
