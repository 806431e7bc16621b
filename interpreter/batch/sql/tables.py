"""Tables of cases and of the members of their lists: how each grows, round by round, in statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from interpreter.batch.sql import dialect
from interpreter.batch.sql.dialect import struct
from interpreter.batch.sql.node import Scope

FOREVER = 1 << 30


@dataclass(eq=False, slots=True)
class Column:
    """A column of a table (`of`: its scope, None for that of the cases): its name, its expression, the columns that
    reads, and the round and the stage of that round in which it comes to be. `made` are the columns of the members'
    table (`over`) that it is an aggregate of; `stored`: as the list or the relation has it."""

    name: str
    of: Scope | None
    text: str
    reads: frozenset[Column] = frozenset()
    round: int = 0
    stage: int = 0
    over: Scope | None = None
    made: set[Column] = dataclass_field(default_factory=set)
    grouped: str = ""
    """The aggregate, where it is one; of a packed list the end of it."""
    stored: bool = False


@dataclass(slots=True)
class Table:
    """The table of a scope's members: when it comes to be, and of which column its members are."""

    scope: Scope | None
    number: int
    depth: int = 0
    born: int = 0
    listed: Column | None = None
    columns: list[Column] = dataclass_field(default_factory=list)
    until: dict[Column, int] = dataclass_field(default_factory=dict)
    """The last round after which a column must stand in the table."""
    taken: dict[int, list[Column]] = dataclass_field(default_factory=lambda: defaultdict(list))
    """The columns of tables around it that it takes over, by round."""

    @property
    def id(self) -> str:
        return f'"i{self.depth}"'

    def keep(self, column: Column, until: int) -> None:
        self.until[column] = max(until, self.until.get(column, -1))


class Tables:
    """The tables by the scopes whose members they have; that of the cases by None."""

    def __init__(self) -> None:
        self.of: dict[Scope | None, Table] = {None: Table(None, 0)}

    def look_ahead(self, outputs: Iterable[Column]) -> None:
        """Finds out which columns have to stand in which table until when, for these to be there in the end."""
        for table in self.of.values():
            if table.listed is not None:
                self.of[table.listed.of].keep(table.listed, table.born)
            for column in table.columns:
                self._wanted_by(column)
        for column in outputs:
            self.of[None].keep(column, FOREVER)

    def _wanted_by(self, column: Column) -> None:
        own = self.of[column.of]
        for one in column.reads:
            if one.of is not column.of:
                others = self.of[one.of]
                known = next((r for r, its in own.taken.items() if one in its), None)
                if known is None or known > column.round:
                    if known is not None:
                        own.taken[known].remove(one)
                    own.taken[column.round].append(one)
                    others.keep(one, column.round)
            own.keep(one, column.round - 1)
        for one in column.made:
            self.of[column.over].keep(one, column.round - 1)

    def statements(
        self, source: str, name: str, outputs: dict[str, Column]
    ) -> tuple[list[str], str, list[str]]:
        """The statements that make the tables (temporary ones, called by `name` and numbers) of the cases of a
        relation, the query of the outputs, and the tables that are then there."""
        found: list[str] = []
        latest: dict[Scope | None, str] = {}
        tables = sorted(self.of.values(), key=lambda one: (one.depth, one.number))
        last = max(column.round for table in tables for column in table.columns)
        for round in range(last + 1):
            for table in tables:
                text = self._grown(table, round, source, latest)
                if text is not None:
                    made = f"{name}_{table.number}_{round}"
                    found.append(f"CREATE OR REPLACE TEMP TABLE {made} AS {text}")
                    if table.scope in latest:
                        found.append(f"DROP TABLE {latest[table.scope]}")
                    latest[table.scope] = made
        given = ", ".join(f"{column.name} AS {dialect.column(out)}" for out, column in outputs.items())
        query = f"SELECT {given} FROM {latest[None]}"
        return found, query, list(latest.values())

    def _grown(self, table: Table, round: int, source: str, latest: dict[Scope | None, str]) -> str | None:
        """The query of a table with what comes to be in a round; None where nothing does."""
        fresh = [one for one in table.columns if one.round == round]
        taken = table.taken.get(round, [])
        born = table.born == round and table.scope not in latest
        if not fresh and not taken and not born:
            return None
        base, held = self._base(table, round, source, latest, born)
        selected = [f"b.{name}" for name in held]
        joins: list[str] = []
        around: dict[Scope | None, list[Column]] = defaultdict(list)
        for one in taken:
            around[one.of].append(one)
        for number, (of, columns) in enumerate(around.items()):
            key = self.of[of].id
            selected += [f"a{number}.{one.name}" for one in columns]
            joins.append(f"JOIN {latest[of]} AS a{number} ON a{number}.{key} = b.{key}")
        groups: dict[Scope | None, list[Column]] = defaultdict(list)
        for one in fresh:
            if one.grouped:
                groups[one.over].append(one)
        for number, (of, columns) in enumerate(groups.items()):
            made = ", ".join(f"{_aggregated(one)} AS {one.name}" for one in columns)
            selected += [one.text.replace(f"g.{one.name}", f"g{number}.{one.name}") + f" AS {one.name}"
                         for one in columns]
            joins.append(f"LEFT JOIN (SELECT {table.id}, {made} FROM {latest[of]} GROUP BY {table.id}) AS g{number} "
                         f"ON g{number}.{table.id} = b.{table.id}")
        names = [*held, *(one.name for one in taken), *(one.name for one in fresh if one.grouped)]
        stages: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for one in fresh:
            if not one.grouped and not one.stored:
                stages[one.stage].append((one.name, one.text))
        keep = [one.name for one in self._standing(table, round)]
        ids = self._ids(table)
        return dialect.in_stages(
            f"(SELECT {', '.join(selected)} FROM {base} AS b {' '.join(joins)})", names,
            [(f"s{stage}", stages[stage]) for stage in sorted(stages)], ", ".join([*ids, *keep]),
        )

    def _base(
        self, table: Table, round: int, source: str, latest: dict[Scope | None, str], born: bool
    ) -> tuple[str, list[str]]:
        """What a table grows from, and the columns of that."""
        ids = self._ids(table)
        if not born:
            before = [one.name for one in self._standing(table, round - 1)]
            return latest[table.scope], [*ids, *before]
        stored = [one for one in table.columns if one.stored]
        if table.scope is None:
            names = ", ".join(one.name for one in stored)
            return f'(SELECT "position" AS "i0", {names} FROM {source})', [*ids, *(one.name for one in stored)]
        assert table.listed is not None
        above = ", ".join(ids[:-1])
        fields = ", ".join(["", *(f"{one.text} AS {one.name}" for one in stored)])
        return (f"(SELECT {above}, row_number() OVER () AS {table.id}{fields} FROM (SELECT {above}, "
                f"unnest({table.listed.name}) AS m FROM {latest[table.listed.of]}))",
                [*ids, *(one.name for one in stored)])

    def _ids(self, table: Table) -> list[str]:
        return [f'"i{depth}"' for depth in range(table.depth + 1)]

    def _standing(self, table: Table, round: int) -> list[Column]:
        """The columns that a table has after a round."""
        came = {one: one.round for one in table.columns}
        for at, columns in table.taken.items():
            came |= dict.fromkeys(columns, at)
        return [one for one, at in came.items() if at <= round <= table.until.get(one, -1)]


def _aggregated(column: Column) -> str:
    if not column.grouped.startswith((" ORDER", ")")):
        return column.grouped
    fields = {one.name: one.name for one in sorted(column.made, key=lambda one: one.name)}
    return f"list({struct(fields)}{column.grouped}"
