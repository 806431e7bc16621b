"""From graph to query: what is used more than once becomes a named column of a stage, so that the text grows with the
rules and not with their uses.

A scope's own named values are fields that are added to the members of its list: stage by stage there is a longer
version of the list, a column beside the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from interpreter.batch.sql import dialect
from interpreter.batch.sql.dialect import MANY_TIMES, OPERATIONS, call, each, field, struct
from interpreter.batch.sql.node import BINDS, Scope, Sql, in_order

DEEPEST = 24
"""How deep an expression may nest before a part of it gets a name."""

SMALL = 2
"""What is no deeper is written again rather than named."""

NOWHERE = "nowhere"
"""The owner of what hangs on the members of two lists at once: it has no place of its own."""

Owner = Scope | str | None


@dataclass(frozen=True, slots=True)
class Here:
    """Where an expression is written: the version of every list that is gone through around it, and what has a name
    among the members of one of them only here."""

    versions: dict[Scope, int] = dataclass_field(default_factory=dict)
    locals: dict[Sql, Scope] = dataclass_field(default_factory=dict)

    def within(self, scope: Scope, version: int) -> Here:
        """The place inside a loop over a version of a scope's list."""
        return Here(self.versions | {scope: version}, self.locals)


TOP = Here()

RENAMED = -1
"""A version made for one use, in which every field has its node's name."""


class Layout:
    """The stages of some outputs over a relation."""

    def __init__(self, outputs: dict[str, Sql]) -> None:
        self.outputs = outputs
        self.order = in_order(outputs.values())
        self.owners: dict[Sql, Owner] = {}
        self.time: dict[Sql, int] = {}
        self.need: dict[Sql, int] = {}
        self.uses: dict[Sql, frozenset[Sql]] = {}
        self.mixed: set[Sql] = set()
        """What has no place of its own and is used more than once all the same: it gets a name where it is used."""
        self.placed: set[Sql] = set()
        """What asks for the number of a member."""
        self.around: frozenset[Scope] = frozenset()
        """The scopes whose members are at hand wherever an expression is written."""
        self._numbers: dict[Sql | Scope, int] = {}
        self._name()

    # ---- what gets a name, and when

    def owner(self, node: Sql) -> Owner:
        """Where a node has its place: at the top (None), with the members of a scope, or nowhere."""
        if node not in self.owners:
            self.owners[node] = self._owner(node.free)
        return self.owners[node]

    def _owner(self, free: frozenset[Scope]) -> Owner:
        if not free:
            return None
        for scope in free:
            if free - {scope} <= scope.above:
                return NOWHERE if self.owner(scope.over) == NOWHERE else scope
        return NOWHERE

    def _name(self) -> None:
        parents: dict[Sql, int] = defaultdict(int)
        for node in self.order:
            for part in set(node.parts()):
                parents[part] += 2 if node.op in MANY_TIMES and part in node.args else 1
        for node in self.outputs.values():
            parents[node] += 1
        heights: dict[Sql, int] = {}
        for node in self.order:
            owner = self.owner(node)
            height = 1 + max((heights[part] for part in node.parts()), default=0)
            leaf = _is_leaf(node)
            if node.op == "place" or any(part in self.placed for part in node.args if isinstance(part, Sql)):
                self.placed.add(node)
            shared = parents[node] > 1 and height > SMALL and not leaf
            need = max((self.time.get(part, self.need[part]) for part in node.parts()), default=0)
            if isinstance(owner, Scope):
                need = max(need, self.time.get(owner.over, self.need[owner.over]))
            self.need[node] = need
            wants = (shared or (height > DEEPEST and not leaf)) and node not in self.placed
            named = owner != NOWHERE and wants
            used = frozenset[Sql]().union(*(self._seen(part) for part in node.parts()))
            self.uses[node] = used
            if named:
                self.time[node] = need + 1
            elif wants:
                self.mixed.add(node)
            if wants:
                height = 1
            heights[node] = 1 if leaf else height

    def _seen(self, node: Sql) -> frozenset[Sql]:
        """What of the scopes' members is read where a node is written: their named values and their own fields."""
        if node.op == "place":
            return frozenset()
        if node in self.time or _is_leaf(node):
            return frozenset((node,)) if self.owner(node) is not None else frozenset()
        return self.uses[node]

    # ---- versions of lists

    def _plan(self) -> None:
        self.births: dict[Scope, dict[int, list[Sql]]] = defaultdict(lambda: defaultdict(list))
        self.top: dict[int, list[Sql]] = defaultdict(list)
        for node, time in self.time.items():
            owner = self.owner(node)
            if isinstance(owner, Scope):
                self.births[owner][time].append(node)
            else:
                self.top[time].append(node)
        self.reads: dict[Scope, dict[Sql, int]] = defaultdict(dict)
        for node in self.order:
            if node.op in BINDS:
                self._note(node.args[0], frozenset().union(*(self._seen(a) for a in node.args[1:])))
        self.held: dict[Owner, dict[int, list[tuple[Scope, int]]]] = defaultdict(lambda: defaultdict(list))
        # what is within a member must be there when the member's list gets its version
        scopes = {owner for owner in map(self.owner, self.order) if isinstance(owner, Scope)}
        for scope in sorted(scopes, key=lambda one: (-len(one.above), one.number)):
            for time in self.times_of(scope):
                self.held[self.owner(scope.over)][time].append((scope, time))
        for scope in scopes:
            for time in self.times_of(scope):
                before = max((t for t in self.times_of(scope) if t < time), default=0)
                used = [self.uses[node] for node in self.births[scope].get(time, ())]
                used += [self._within(inner, at) for inner, at in self.held[scope].get(time, ())]
                for node in frozenset[Sql]().union(*used):
                    if self.owner(node) is scope:
                        self.reads[scope][node] = max(self.reads[scope].get(node, 0), before)

    def _within(self, scope: Scope, time: int) -> frozenset[Sql]:
        """What the version of an inner list that is made at a time reads."""
        used = [self.uses[node] for node in self.births[scope].get(time, ())]
        used += [self._within(inner, at) for inner, at in self.held[scope].get(time, ())]
        return frozenset[Sql]().union(*used, self._seen(scope.over))

    def _note(self, scope: Scope, used: frozenset[Sql]) -> None:
        own = [node for node in used if self.owner(node) is scope]
        version = self._latest(scope, used)
        for node in own:
            self.reads[scope][node] = max(self.reads[scope].get(node, 0), version)

    def version_of(self, scope: Scope, bodies: Iterable[Sql]) -> int:
        """The version of a scope's list that has all that some expressions read of its members."""
        return self._latest(scope, frozenset[Sql]().union(*(self._seen(body) for body in bodies)))

    def _latest(self, scope: Scope, used: Iterable[Sql]) -> int:
        """When the last of what is used of a scope's members, or of lists within them, got its name."""
        return max((self.time.get(node, 0) for node in used if self._lies_in(self.owner(node), scope)), default=0)

    def _lies_in(self, owner: Owner, scope: Scope) -> bool:
        while isinstance(owner, Scope):
            if owner is scope:
                return True
            owner = self.owner(owner.over)
        return False

    def times_of(self, scope: Scope) -> set[int]:
        """The times at which a scope's list gets longer versions."""
        return {*self.births.get(scope, {}), *self.held.get(scope, {})}

    # ---- names

    def called(self, node: Sql) -> str:
        """The name of a node's column or field."""
        return f"c{self._numbers.setdefault(node, len(self._numbers))}"

    def letter(self, scope: Scope) -> str:
        """The name of a scope's member."""
        return f"e{self._numbers.setdefault(scope, len(self._numbers))}"

    def version(self, scope: Scope, time: int) -> str:
        """The name of a version of a scope's list."""
        return f"v{self.letter(scope)}_{time}"

    # ---- writing

    def query(self, source: str, columns: Iterable[str]) -> str:
        """The whole query over a relation of SQL (a table, a call of read_parquet)."""
        self._plan()
        stages: list[tuple[str, list[tuple[str, str]]]] = []
        for time in sorted({*self.top, *self.held.get(None, {})}):
            added = [(self.called(node), self.write(node, TOP, naming=True)) for node in self.top.get(time, ())]
            added += [(self.version(scope, at), self.longer(scope, at, TOP))
                      for scope, at in self.held.get(None, {}).get(time, ())]
            stages.append((f"t{time}", added))
        outputs = [(name, self.write(node, TOP)) for name, node in self.outputs.items()]
        return dialect.staged(source, list(columns), stages, outputs)

    def write(self, node: Sql, here: Here, *, naming: bool = False) -> str:
        """The expression of a node, where the members of scopes around it are of some version."""
        owner = self.owner(node)
        if not naming:
            if node in here.locals:
                return field(self.letter(here.locals[node]), self.called(node))
            if isinstance(owner, Scope) and (node in self.time or _is_leaf(node)) and node.op != "place":
                if here.versions[owner]:
                    return field(self.letter(owner), self.called(node))
            elif node in self.time:
                return self.called(node)
        match node.op:
            case "literal":
                return dialect.literal(node.args[0])
            case "column":
                return dialect.column(node.args[0])
            case "place":
                return f"{self.letter(node.args[0])}_i"
            case "member":
                return self.letter(node.args[0])
            case "field":
                return field(self.write(node.args[0], here), node.args[1])
            case "struct":
                names, *values = node.args
                return struct({
                    name: self.write(value, here) for name, value in zip(names, values, strict=True)
                })
            case "cast":
                return dialect.cast(self.write(node.args[0], here), node.args[1])
            case "number text":
                return dialect.number_text(self.write(node.args[0], here), node.args[1])
            case "written with":
                between, *rest = node.args
                return call("concat_ws", dialect.literal(between), *(self.write(part, here) for part in rest))
            case "gather" | "gather if":
                return self._gather(node, here)
            case _:
                return OPERATIONS[node.op](*(self.write(part, here) for part in node.args))

    def _gather(self, node: Sql, here: Here) -> str:
        scope, value, *only = node.args
        version = self.version_of(scope, [value, *only])
        over, name = self.list_of(scope, version, here), self.letter(scope)
        inside = here.within(scope, version)
        for level in self._levels(scope, [value, *only], here):
            used = frozenset[Sql]().union(*(self._seen(body) for body in (value, *only)))
            fields = {self.called(one): self.write(one, inside) for one in self._sorted(used)
                      if self.owner(one) is scope and one.op != "place"}
            fields |= {self.called(one): self.write(one, inside) for one in self._sorted(inside.locals)
                       if inside.locals[one] is scope}
            fields |= {self.version(inner, at): field(name, self.version(inner, at))
                       for inner, at in self._inner(scope) if at <= version}
            fields |= {self.called(one): self.write(one, inside, naming=True) for one in level}
            over = each(over, name, struct(fields))
            inside = Here(inside.versions | {scope: RENAMED}, inside.locals | dict.fromkeys(level, scope))
        return self.drawn(over, scope, value, only, inside)

    def drawn(self, over: str, scope: Scope, value: Sql, only: list[Sql], inside: Here) -> str:
        """A value of each member of a list whose members hold all that it wants, or of those for which one holds."""
        name = self.letter(scope)
        if only:
            over = each(over, name, self.write(only[0], inside), filter=True)
        if value.op == "member" and value.args[0] is scope and not inside.versions[scope]:
            return over
        placed = f"{name}_i" if value in self.placed else ""
        return each(over, name, self.write(value, inside), place=placed)

    def _sorted(self, nodes: Iterable[Sql]) -> list[Sql]:
        return sorted(nodes, key=lambda node: node.number)

    def _levels(self, scope: Scope, bodies: list[Sql], here: Here) -> list[list[Sql]]:
        """What of the bodies hangs on this scope's member and on others around, and wants a name, level by level."""
        bound = {*here.versions, scope, *self.around}
        depth: dict[Sql, int] = {}

        def visit(node: Sql) -> int:
            if scope not in node.free or node in self.time:
                return 0
            if node not in depth:
                inner = max((visit(part) for part in node.parts()), default=0)
                mine = node in self.mixed and node not in here.locals and node.free <= bound
                depth[node] = inner + mine
            return depth[node]

        for body in bodies:
            visit(body)
        levels: dict[int, list[Sql]] = defaultdict(list)
        for node, level in depth.items():
            if node in self.mixed and node not in here.locals and node.free <= bound:
                levels[level].append(node)
        return [self._sorted(levels[level]) for level in sorted(levels)]

    def list_of(self, scope: Scope, version: int, here: Here) -> str:
        """A version of a scope's list."""
        if not version:
            return self.write(scope.over, here)
        owner = self.owner(scope.over)
        name = self.version(scope, version)
        return field(self.letter(owner), name) if isinstance(owner, Scope) else name

    def longer(self, scope: Scope, time: int, here: Here) -> str:
        """The version of a list that has the values named at a time."""
        before = max((t for t in self.times_of(scope) if t < time), default=0)
        over = self.list_of(scope, before, here)
        inside = here.within(scope, before)
        fields: dict[str, str] = {}
        for node, last in self.reads[scope].items():
            if last >= time and self.time.get(node, 0) < time:
                fields[self.called(node)] = self.write(node, inside)
        for node in self.births[scope].get(time, ()):
            fields[self.called(node)] = self.write(node, inside, naming=True)
        # lists within the member: their own longer versions
        for inner, at in self._inner(scope):
            if at < time and self._last(inner, at) >= time:
                fields[self.version(inner, at)] = field(self.letter(scope), self.version(inner, at))
            elif at == time:
                fields[self.version(inner, at)] = self.longer(inner, at, inside)
        return each(over, self.letter(scope), struct(fields))

    def _inner(self, scope: Scope) -> list[tuple[Scope, int]]:
        return [pair for pairs in self.held.get(scope, {}).values() for pair in pairs]

    def _last(self, scope: Scope, version: int) -> int:
        return 1 << 30


def _is_leaf(node: Sql) -> bool:
    """Whether a node is a column or a member, or a field of one, as it is stored."""
    while node.op == "field":
        node = node.args[0]
    return node.op in ("column", "member", "literal", "place")
