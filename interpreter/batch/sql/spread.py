"""From graph to tables: the members of every list stand in a table of their own, so that what is worked out of each is
a column like any other, and what is made of all of them is a group.

A list that is gone through at a place of its own (in a case, or in a member of another such list) has a table with a
row a member; its rows know the rows they are in. Tables grow in rounds: in each, first the cases, then the members of
their lists, and so on, get the columns that can be worked out from what stands around them; what is made of the members
of a list is there a round later. What hangs on members of two lists at once has no table: there, one of both is packed
together again and gone through inside the expression, as the layout in stages does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from interpreter.batch.sql import dialect
from interpreter.batch.sql.dialect import each, field, struct
from interpreter.batch.sql.layout import NOWHERE, RENAMED, TOP, Here, Layout
from interpreter.batch.sql.node import BINDS, Scope, Sql
from interpreter.batch.sql.tables import Column, Table, Tables

REDUCED = {"sum of": "sum", "max of": "max", "min of": "min", "bits of": "bit_or", "any of": "bool_or"}
"""What is made of all members, as an aggregate; NULL of none."""

Key = Sql | tuple[object, ...]
"""What a column holds: a node; what is worked out for another's sake in a table that is not its own; a packed list."""


class Spread(Layout):
    """The tables of some outputs over a relation of cases."""

    def __init__(self, outputs: dict[str, Sql]) -> None:
        super().__init__(outputs)
        self._columns: dict[Key, Column] = {}
        self._groups: dict[Sql, bool] = {}
        self._users: dict[Sql, list[Sql]] = defaultdict(list)
        self._tables = Tables()
        self._noted: list[set[Column]] = []
        for node in self.order:
            if self._is_column(node):
                self._ensured(node)
        self._out = {name: self._worked_out(None, node) for name, node in outputs.items()}
        self._tables.look_ahead(self._out.values())

    def statements(self, source: str, name: str) -> tuple[list[str], str, list[str]]:
        """The statements that make the tables (temporary ones, called by `name` and numbers) of the cases of a
        relation, the query of the outputs, and the tables that are then there."""
        return self._tables.statements(source, name, self._out)

    # ---- what is a column

    def _is_column(self, node: Sql) -> bool:
        if node.op == "column" or self._is_aggregate(node):
            return True
        owner = self.owner(node)
        if owner == NOWHERE or node.op in ("literal", "place"):
            return False
        return node in self.time or (isinstance(owner, Scope) and root_of(node) is not None)

    def _is_aggregate(self, node: Sql) -> bool:
        """Whether a node is made of all members of a list that has a table."""
        if node not in self._groups:
            self._groups[node] = self._groups_members(node)
        return self._groups[node]

    def _groups_members(self, node: Sql) -> bool:
        if node.op in BINDS:
            scope, *parts = node.args
            return self.owner(scope.over) != NOWHERE and node not in self.placed and all(
                part.free - {scope} <= scope.above and part not in self.placed for part in parts
            )
        inner = node.args[0] if node.op in REDUCED or node.op == "or none" else None
        return isinstance(inner, Sql) and inner.op in BINDS and self._is_aggregate(inner)

    def _ensured(self, node: Sql) -> Column:
        """The column of a node."""
        found = self._columns.get(node)
        if found is None:
            if node.op == "column":
                found = Column(dialect.column(node.args[0]), None, "", stored=True)
            elif self._is_aggregate(node):
                found = self._aggregate(node)
            elif root_of(node) is not None:
                found = self._stored(node)
            else:
                owner = self.owner(node)
                assert owner is None or isinstance(owner, Scope)
                found = self._staged(owner, node, naming=True)
            self._add(node, found)
        return found

    def _add(self, key: Key, column: Column) -> None:
        self._columns[key] = column
        self._tables.of[column.of].columns.append(column)

    def _stored(self, node: Sql) -> Column:
        """A member, or a field of it, as it is stored."""
        scope, names, inner = root_of(node), [], node
        while inner.op == "field":
            names.append(inner.args[1])
            inner = inner.args[0]
        text = "m"
        for name in reversed(names):
            text = field(text, name)
        return Column(self.called(node), scope, text, round=self._table(scope).born, stored=True)

    def _staged(self, of: Scope | None, node: Sql, *, naming: bool) -> Column:
        """A value worked out in a table."""
        outside, self.around = self.around, frozenset() if of is None else of.above | {of}
        with self._noting() as read:
            text = self.write(node, TOP, naming=naming)
        self.around = outside
        born = self._table(of).born
        at = max([(born, 0), *((one.round, one.stage if one.of is of else 0) for one in read)])
        return Column(self.called(node), of, text, frozenset(read), at[0], at[1] + 1)

    def _worked_out(self, of: Scope | None, node: Sql) -> Column:
        """The column of a table that has a node's value, though its place may be around it."""
        if self._is_column(node) and self.owner(node) is of:
            return self._ensured(node)
        key = ("value", of, node)
        if key not in self._columns:
            made = self._staged(of, node, naming=False)
            made.name = f"c{self._numbers.setdefault(key, len(self._numbers))}"  # type: ignore[arg-type]
            self._add(key, made)
        return self._columns[key]

    def _aggregate(self, node: Sql) -> Column:
        inner = node if node.op in BINDS else node.args[0]
        scope, value, *only = inner.args
        parts = [one if one.op == "literal" else self._worked_out(scope, one) for one in (value, *only)]
        made = {one for one in parts if isinstance(one, Column)}
        texts = [one.name if isinstance(one, Column) else self.write(one, TOP) for one in parts]
        function = REDUCED.get(node.op, "list")
        order = f" ORDER BY {self._table(scope).id}" if function == "list" and self._in_order(inner) else ""
        text = f"{function}({texts[0]}{order})" + (f" FILTER (WHERE {texts[1]})" if only else "")
        return self._grouped(self.called(node), scope, text, made, "null" if function != "list" else
                             "none" if node.op == "or none" else "list")

    def _grouped(self, name: str, scope: Scope, text: str, made: set[Column], empty: str) -> Column:
        """A column made of groups of a list's members. What there is where no group is: NULL, a list of none, or that
        where the list is given (`list`)."""
        table = self._table(scope)
        owner = self.owner(scope.over)
        assert owner is None or isinstance(owner, Scope)
        reads: frozenset[Column] = frozenset()
        whole = f"g.{name}"
        if empty != "null":
            whole = f"coalesce({whole}, [])"
        if empty == "list":
            assert table.listed is not None
            reads = frozenset((table.listed,))
            whole = f"CASE WHEN b.{table.listed.name} IS NOT NULL THEN {whole} END"
        round = max([table.born, *(one.round for one in made)]) + 1
        return Column(name, owner, whole, reads, round, 0, scope, made, text)

    def _table(self, scope: Scope | None) -> Table:
        found = self._tables.of.get(scope)
        if found is None:
            assert scope is not None
            owner = self.owner(scope.over)
            assert owner is None or isinstance(owner, Scope)
            listed = self._worked_out(owner, scope.over)
            above = self._table(owner)
            found = self._tables.of[scope] = Table(scope, len(self._tables.of), above.depth + 1, listed.round, listed)
        return found

    # ---- writing

    @contextmanager
    def _noting(self) -> Iterator[set[Column]]:
        """Notes the columns that what is written meanwhile reads."""
        self._noted.append(set())
        yield self._noted[-1]
        self._noted.pop()

    def _read(self, column: Column) -> str:
        if self._noted:
            self._noted[-1].add(column)
        return column.name

    def write(self, node: Sql, here: Here, *, naming: bool = False) -> str:
        """The expression of a node in the table of its place; `here` are the lists gone through inside it."""
        if not naming and node not in here.locals:
            root = root_of(node)
            if root is not None and root in here.versions:
                version = here.versions[root]
                if not version:
                    return super().write(node, here, naming=True)
                if version != RENAMED:
                    self._read(self._ensured(node))
                return field(self.letter(root), self.called(node))
            if self._is_column(node):
                column = self._ensured(node)
                self._read(column)
                inside = column.of is not None and here.versions.get(column.of)
                return field(self.letter(column.of), column.name) if inside and column.of else column.name
            return super().write(node, here, naming=True)
        return super().write(node, here, naming=naming)

    def _gather(self, node: Sql, here: Here) -> str:
        """A list gone through inside an expression."""
        scope, value, *only = node.args
        if self.owner(scope.over) == NOWHERE:
            return self._gone_through(scope, value, only, here, self.write(scope.over, here), 0, [])
        with self._noting() as read:
            self._gone_through(scope, value, only, here, "m", 1, [])
        own = sorted((one for one in read if one.of is scope), key=lambda one: one.name)
        if all(one.stored for one in own):
            return self._gone_through(scope, value, only, here, self.write(scope.over, here), 0, [])
        packed = self._packed(scope, own, self._in_order(node))
        self._read(packed)
        inside = packed.of is not None and here.versions.get(packed.of)
        over = field(self.letter(packed.of), packed.name) if inside and packed.of else packed.name
        with self._noting() as read:
            text = self._gone_through(scope, value, only, here, over, 1, own)
        for one in read:
            if one.of is not scope:
                self._read(one)
        return text

    def _packed(self, scope: Scope, fields: list[Column], in_order: bool) -> Column:
        """The column that has a list's members as structs of some columns of their table, and perhaps of more."""
        key = ("packed", scope, in_order, max(one.round for one in fields))
        if key not in self._columns:
            name = f"c{self._numbers.setdefault(key, len(self._numbers))}"  # type: ignore[arg-type]
            order = f" ORDER BY {self._table(scope).id}" if in_order else ""
            self._add(key, self._grouped(name, scope, f"{order})", {*fields}, "list"))
        self._columns[key].made.update(fields)
        return self._columns[key]

    def _in_order(self, node: Sql) -> bool:
        """Whether the order matters in which something of every member is put in a list."""
        if not self._users:
            for user in self.order:
                for part in user.parts():
                    self._users[part].append(user)
        return not self._users[node] or any(self._minds(user) for user in self._users[node])

    def _minds(self, user: Sql) -> bool:
        """Whether what uses a list minds its order."""
        if user.op in REDUCED or user.op in ("length", "sorted", "is null"):
            return False
        if user.op in ("or none", "joined lists", "flatten"):
            return not self._users[user] or any(self._minds(one) for one in self._users[user])
        return True

    def _gone_through(
        self, scope: Scope, value: Sql, only: list[Sql], here: Here, over: str, version: int, fields: list[Column]
    ) -> str:
        name = self.letter(scope)
        inside = here.within(scope, version)
        for level in self._levels(scope, [value, *only], here):
            held = {one.name: field(name, one.name) for one in fields}
            if version <= 0:
                held = {self.called(one): self.write(one, inside) for one in self._leaves(scope, [value, *only])}
            held |= {self.called(one): self.write(one, inside) for one in self._sorted(inside.locals)
                     if inside.locals[one] is scope}
            held |= {self.called(one): self.write(one, inside, naming=True) for one in level}
            over = each(over, name, struct(held))
            version = 2 if version > 0 else RENAMED
            inside = Here(inside.versions | {scope: version}, inside.locals | dict.fromkeys(level, scope))
        return self.drawn(over, scope, value, only, inside)

    def _leaves(self, scope: Scope, bodies: list[Sql]) -> list[Sql]:
        """What is read of a member, as it is stored."""
        found: dict[Sql, None] = {}
        seen: set[Sql] = set()
        waiting = list(bodies)
        while waiting:
            node = waiting.pop()
            if node in seen or scope not in node.free:
                continue
            seen.add(node)
            if root_of(node) is scope:
                found[node] = None
            else:
                waiting.extend(node.parts())
        return self._sorted(found)


def root_of(node: Sql) -> Scope | None:
    """The scope whose member a node is, or is a field of, as it is stored."""
    while node.op == "field":
        node = node.args[0]
    if node.op != "member":
        return None
    scope: Scope = node.args[0]
    return scope
