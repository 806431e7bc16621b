"""Called tables as definitions: the notice's rows, those of the authorities, and what holds where none applies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from interpreter.language.cells import Cell
from interpreter.language.core import Apply, AsOf, Authority, Call, Choose, Core, ListOf, Literal, Make, parts
from interpreter.language.hits import in_order_of_outputs
from interpreter.language.types import BOOLEAN, DATE, Boolean, Choice, Type
from interpreter.language.unknown import Value
from interpreter.rulebook import nodes
from interpreter.rulebook.dates import all_of
from interpreter.rulebook.decision_tables import Default, Row, read_bounds, read_default, read_rows
from interpreter.rulebook.delegation import Ruled, beyond
from interpreter.rulebook.disjoint import Proof, prove
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.heads import CalledTable, lists
from interpreter.rulebook.model import Asked, Cause, Definition, Delegation, Table, Variable
from interpreter.rulebook.reading import Node
from interpreter.rulebook.scale_heads import RATE
from interpreter.rulebook.scales import is_readable, with_method
from interpreter.rulebook.settled import NOBODY, Settled
from interpreter.rulebook.using import in_order_of_use


@dataclass(frozen=True, slots=True)
class Called:
    """A called table with everything that is written of it: the notice's rows, the outputs where none applies, what
    authorities may set, and the rows of those that have set some."""

    table: CalledTable
    rows: tuple[Row, ...]
    default: Default | None
    delegation: Delegation | None
    set_by: tuple[tuple[Value, tuple[Row, ...]], ...] = field(default=())

    @property
    def own(self) -> bool:
        """Whether the notice's rows hold where an authority is silent."""
        return self.delegation is None or self.delegation.if_unset == "value"


def read_called(tables: Mapping[str, CalledTable], changed: Mapping[str, Node], draft: Draft) -> dict[str, Called]:
    """The called tables with the notice's rows; `changed` are rows that stand in for a table's own."""
    found = {}
    for name, table in tables.items():
        before = len(draft.problems)
        table = with_method(table, draft)
        rows = read_rows(table, changed.get(name, nodes.child(table.root, "rows")), draft)
        found[name] = Called(table, rows, read_default(table, draft), read_bounds(table, draft))
        if len(draft.problems) > before or not is_readable(table):
            draft.broken.add(name)
    return found


def as_table(called: Called) -> Table:
    """A called table as it is written."""
    table = called.table
    rated = any(row.bracket is not None and row.bracket.rated for row in called.rows)
    asked = Asked(
        tuple(variable.name for variable in table.takes),
        (RATE,) if rated else tuple(field.name for field in table.outputs),
        table.hit if table.scale is None else f"scale {table.scale.word or 'by switch'}",
        tuple(row.text for row in called.rows),
        () if called.default is None else tuple(output.text for output in called.default.outputs), called.delegation,
    )
    return Table(table.name, table.label, table.columns, (), table.where, table.clause, asked=asked)


def define(
    tables: Iterable[Called], authority: Type, authorities: list[Value], settled: Settled, draft: Draft
) -> dict[str, Definition]:
    """The tables as definitions of the rulebook, once their rows are looked at for every one of `authorities` and for
    any other. `settled` has the parameters."""
    found = {}
    for called in tables:
        table = called.table
        if not table.outputs:
            continue
        core = _core(called, authority, [NOBODY, *authorities], settled, draft)
        found[table.name] = Definition(
            table.name, table.label, table.takes, table.gives, core, table.where, clause=table.clause
        )
    uses = {name: frozenset(_calls(definition.core)) for name, definition in found.items()}
    places = {name: definition.where for name, definition in found.items()}
    return {name: found[name] for name in in_order_of_use(uses, places, "table.circle", draft)}


def _calls(core: Core) -> Iterator[str]:
    if isinstance(core, Call):
        yield core.definition
    for part in parts(core):
        yield from _calls(part)


def _core(called: Called, authority: Type, authorities: list[Value], settled: Settled, draft: Draft) -> Core:
    table = called.table
    sound = table.name not in draft.broken
    complete = called.default is None and called.delegation is None
    proof = prove(table, called.rows, authorities, complete, settled, draft) if sound else Proof(False, False)
    proofs = [prove(table, rows, [who], False, settled, draft) for who, rows in called.set_by if sound]
    none = Cause("fault", f"{table.name} {table.where}", table.label, table.where, table.gives)
    if called.delegation is not None:
        none = replace(none, kind="setting", name=table.name)
    nothing = draft.cause(none)
    by_authority = [
        (row, _condition(row, (Apply("equal", (Authority(), Literal(who, authority))),)))
        for who, rows in called.set_by for row in rows
    ]
    notice = [(row, _condition(row, ())) for row in called.rows]

    def choose(gives: Callable[[Row], Core], default: Core | None) -> Core:
        """The rows in the order in which they count, each with what it gives."""

        def rows(of: list[tuple[Row, Core]]) -> tuple[tuple[Core, Core], ...]:
            return tuple((when, gives(row)) for row, when in in_order_of_outputs(of, lambda pair: pair[0].rank))

        own = Choose(_hit(table, [proof]), rows(notice), default, nothing, proof.covers) if called.own else None
        if not by_authority and own is not None:
            return own
        return Choose(_hit(table, proofs), rows(by_authority), own, nothing)

    if lists(table.hit):
        default = _default(table, called.default)
        return choose(lambda row: _made(table, [output.core for output in row.outputs]), default)
    # each output by itself, so that those in which all rows agree are known
    columns = [
        choose(
            lambda row, place=place: row.outputs[place].core,  # type: ignore[misc]
            called.default.outputs[place].core if called.default is not None and called.default.outputs else None,
        )
        for place in range(len(table.outputs))
    ]
    return _made(table, columns)


def _made(table: CalledTable, outputs: list[Core]) -> Core:
    """One value of one or several outputs."""
    return outputs[0] if table.record is None else Make(table.record, tuple(outputs))


def _default(table: CalledTable, default: Default | None) -> Core | None:
    """The list that a table gives where no row applies."""
    if default is None:
        return None
    return ListOf((_made(table, [output.core for output in default.outputs]),) if default.outputs else ())


def _hit(table: CalledTable, proofs: list[Proof]) -> str:
    """The policy under which rows are chosen: those of which nobody knows whether they meet apply in their order."""
    alone = all(proof.alone for proof in proofs)
    return "first" if table.hit in ("unique", "any") and not alone else table.policy


def _condition(row: Row, more: tuple[Core, ...]) -> Core:
    found = list(more)
    if row.since is not None:
        found.append(Apply("less_equal", (Literal(row.since, DATE), AsOf())))
    if row.until is not None:
        found.append(Apply("less_equal", (AsOf(), Literal(row.until, DATE))))
    found.extend(cell.core for cell in row.cells if cell.core is not None)
    return all_of(tuple(found)) if found else Literal(True, BOOLEAN)


def check_rows(tables: Iterable[Called], settled: Settled, draft: Draft) -> None:
    """Refuses rows that leave what is delegated, those of the notice and those of authorities."""
    for called in tables:
        delegation, table = called.delegation, called.table
        if delegation is None or len(table.outputs) != 1 or table.name in draft.broken:
            continue
        ruled = Ruled(table.name, table.label, table.ruled, table.clause, delegation)
        for who, rows, code in (
            (NOBODY, called.rows, "parameter.beyond-bound"),
            *((who, rows, "overlay.beyond-bound") for who, rows in called.set_by),
        ):
            for row in rows:
                _check_row(called, ruled, row, who, code, settled, draft)


def _check_row(
    called: Called, ruled: Ruled, row: Row, authority: Value, code: str, settled: Settled, draft: Draft
) -> None:
    """Holds a row against the bounds in every case that it is written for."""
    output = row.written[0]
    bounds = [bound for bound in (ruled.delegation.at_least, ruled.delegation.at_most) if bound is not None]
    used = frozenset().union(output.uses, *(bound.uses for bound in bounds))
    choices: list[list[tuple[int, Value]]] = []
    for variable, cell in zip(called.table.takes, row.cells, strict=True):
        if variable.name in used and bounds:
            values = _values(variable, cell)
            if values is None:
                label = called.table.columns.fields[variable.name].label
                draft.problem("delegation.many-cases", cell.where, label=label, bound=bounds[-1].text)
                return
            choices.append([(variable.slot, value) for value in values])
    days = (row.since or draft.since, row.until or date.max)
    for case in product(*choices):
        found = list(beyond(ruled, output, output.where, days, authority, dict(case), code, settled, draft))
        if found:
            draft.problems.extend(found)
            return


def _values(variable: Variable, cell: Cell) -> list[Value] | None:
    """The values of an input that a cell allows, where they can be listed."""
    named = [side.than.value for test in cell.tests for side in test
             if side.operator == "=" and isinstance(side.than, Literal)]
    exact = len(named) == len(cell.tests) and bool(named)
    match variable.type:
        case Choice(members=members):
            whole: list[Value] = [member for member, _ in members]
        case Boolean():
            whole = [True, False]
        case _:
            return named if exact and not cell.negated else None
    if not cell.tests:
        return whole
    return [value for value in whole if (value in named) != cell.negated]
