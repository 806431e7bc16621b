"""From graph to query: what is used more than once becomes a named column of a stage, so that the text grows with the
rules and not with their uses.

A scope's own named values are fields that are added to the members of its list: stage by stage there is a longer
version of the list, a column beside the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlglot import exp

from interpreter.batch.sql import dialect
from interpreter.batch.sql.dialect import MANY_TIMES, OPERATIONS, Expr, call, each, field, struct
from interpreter.batch.sql.node import BINDS, Scope, Sql

DEEPEST = 24
"""How deep an expression may nest before a part of it gets a name."""

SMALL = 2
"""What is no deeper is written again rather than named."""

NOWHERE = "nowhere"
"""The owner of what hangs on the members of two lists at once: it has no place of its own."""

Owner = Scope | str | None


class Layout:
    """The stages of some outputs over a relation."""

    def __init__(self, outputs: dict[str, Sql]) -> None:
        self.outputs = outputs
        self.order = _in_order(outputs.values())
        self.owners: dict[Sql, Owner] = {}
        self.time: dict[Sql, int] = {}
        self.need: dict[Sql, int] = {}
        self.uses: dict[Sql, frozenset[Sql]] = {}
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
            shared = parents[node] > 1 and height > SMALL and not leaf
            need = max((self.time.get(part, self.need[part]) for part in node.parts()), default=0)
            if isinstance(owner, Scope):
                need = max(need, self.time.get(owner.over, self.need[owner.over]))
            self.need[node] = need
            named = owner != NOWHERE and (shared or (height > DEEPEST and not leaf))
            used = frozenset[Sql]().union(*(self._seen(part) for part in node.parts()))
            self.uses[node] = used
            if named:
                self.time[node] = need + 1
                height = 1
            heights[node] = 1 if leaf else height

    def _seen(self, node: Sql) -> frozenset[Sql]:
        """What of the scopes' members is read where a node is written: their named values and their own fields."""
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

    def query(self, source: str, columns: Iterable[str]) -> Expr:
        """The whole query over a relation of SQL (a table, a call of read_parquet)."""
        self._plan()
        first: Expr = exp.maybe_parse(f"SELECT * FROM {source}", dialect="duckdb")
        first.set("expressions", [exp.column(exp.to_identifier(name, quoted=True)) for name in columns])
        stages: list[tuple[str, Expr]] = [("t0", first)]
        times = sorted({*self.top, *self.held.get(None, {})})
        for time in times:
            added: list[Expr] = [
                exp.alias_(self.write(node, {}, naming=True), self.called(node)) for node in self.top.get(time, ())
            ]
            added += [exp.alias_(self.longer(scope, at, {}), self.version(scope, at))
                      for scope, at in self.held.get(None, {}).get(time, ())]
            stages.append((f"t{time}", exp.select("*", *added).from_(stages[-1][0])))
        final = exp.select(*(
            exp.alias_(self.write(node, {}), name, quoted=True) for name, node in self.outputs.items()
        )).from_(stages[-1][0])
        for name, stage in stages:
            final = final.with_(name, as_=stage, copy=False)
        return final

    def write(self, node: Sql, versions: dict[Scope, int], *, naming: bool = False) -> Expr:
        """The expression of a node, where the members of scopes around it are of some version."""
        owner = self.owner(node)
        if not naming:
            if isinstance(owner, Scope) and (node in self.time or _is_leaf(node)) and node.op != "place":
                if versions[owner]:
                    return field(exp.column(self.letter(owner)), self.called(node))
            elif node in self.time:
                return exp.column(self.called(node))
        match node.op:
            case "literal":
                return dialect.literal(node.args[0])
            case "column":
                return exp.column(exp.to_identifier(node.args[0], quoted=True))
            case "place":
                return exp.column(f"{self.letter(node.args[0])}_i")
            case "member":
                return exp.column(self.letter(node.args[0]))
            case "field":
                return field(self.write(node.args[0], versions), node.args[1])
            case "struct":
                names, *values = node.args
                return struct({
                    name: self.write(value, versions) for name, value in zip(names, values, strict=True)
                })
            case "cast":
                return dialect.cast(self.write(node.args[0], versions), node.args[1])
            case "number text":
                return dialect.number_text(self.write(node.args[0], versions), node.args[1])
            case "written with":
                between, *rest = node.args
                return call("concat_ws", dialect.literal(between), *(self.write(part, versions) for part in rest))
            case "gather" | "gather if":
                return self._gather(node, versions)
            case _:
                return OPERATIONS[node.op](*(self.write(part, versions) for part in node.args))

    def _gather(self, node: Sql, versions: dict[Scope, int]) -> Expr:
        scope, value, *only = node.args
        version = self.version_of(scope, [value, *only])
        over = self.list_of(scope, version, versions)
        inside = {**versions, scope: version}
        name = self.letter(scope)
        if only:
            over = each(over, name, self.write(only[0], inside), filter=True)
        if value.op == "member" and value.args[0] is scope and not version:
            return over
        return each(over, name, self.write(value, inside), place=f"{name}_i")

    def list_of(self, scope: Scope, version: int, versions: dict[Scope, int]) -> Expr:
        """A version of a scope's list."""
        if not version:
            return self.write(scope.over, versions)
        owner = self.owner(scope.over)
        name = self.version(scope, version)
        return field(exp.column(self.letter(owner)), name) if isinstance(owner, Scope) else exp.column(name)

    def longer(self, scope: Scope, time: int, versions: dict[Scope, int]) -> Expr:
        """The version of a list that has the values named at a time."""
        before = max((t for t in self.times_of(scope) if t < time), default=0)
        over = self.list_of(scope, before, versions)
        inside = {**versions, scope: before}
        fields: dict[str, Expr] = {}
        for node, last in self.reads[scope].items():
            if last >= time and self.time.get(node, 0) < time:
                fields[self.called(node)] = self.write(node, inside)
        for node in self.births[scope].get(time, ()):
            fields[self.called(node)] = self.write(node, inside, naming=True)
        # lists within the member: their own longer versions
        for inner, at in self._inner(scope):
            if at < time and self._last(inner, at) >= time:
                fields[self.version(inner, at)] = field(exp.column(self.letter(scope)), self.version(inner, at))
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


def _in_order(outputs: Iterable[Sql]) -> list[Sql]:
    """All nodes that some hang on, each after those it hangs on."""
    found: dict[Sql, None] = {}
    waiting: list[tuple[Sql, bool]] = [(node, False) for node in outputs]
    while waiting:
        node, ready = waiting.pop()
        if node in found:
            continue
        if ready:
            found[node] = None
        else:
            waiting.append((node, True))
            waiting.extend((part, False) for part in node.parts() if part not in found)
    return list(found)

