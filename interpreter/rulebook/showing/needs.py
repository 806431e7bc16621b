"""Which facts of a case a measure may ask for: its expressions followed through definitions to the schema paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from interpreter.language import core as c
from interpreter.language.types import RecordType
from interpreter.rulebook.model import Duty, KeyPart, Measure, Rulebook
from interpreter.rulebook.walk import expressions

Paths = frozenset[str]
NOWHERE: Paths = frozenset()


@dataclass(slots=True)
class _Walk:
    """One walk through what a measure reads. `touched` are the schema paths on the way, without row numbers."""

    book: Rulebook
    office: c.Core
    """The core of the authority of the measure's claimants."""
    touched: set[str] = field(default_factory=set)
    done: dict[tuple[str, tuple[Paths, ...]], Paths] = field(default_factory=dict)
    ground: set[str] = field(default_factory=set)
    """Which of the day, the authority and the parameters were followed already."""

    def paths(self, node: c.Core, locals: dict[int, Paths]) -> Paths:
        """The places of the case that a value of this node may come from."""
        match node:
            case c.Fact(name=name):
                return self._touch(frozenset({name}))
            case c.Field(of=of, name=name):
                return self._touch(frozenset(f"{path}.{name}" for path in self.paths(of, locals)))
            case c.Local(slot=slot):
                return locals.get(slot, NOWHERE)
            case c.Call(definition=name, args=args):
                return self._call(name, tuple(self.paths(arg, locals) for arg in args))
            case c.AsOf():
                self._once("as_of", self.book.as_of.core)
            case c.Authority():
                self._once("authority", self.office)
            case c.Read(name=name, day=day):
                self._once(f"parameter {name}", self.book.parameters[name].core)
                if day is not None:
                    self.paths(day, locals)
            case c.Filter(over=over, slot=slot, where=where):
                rows = self.paths(over, locals)
                self.paths(where, locals | {slot: rows})
                return rows
            case c.Map(over=over, slot=slot, value=value):
                return self.paths(value, locals | {slot: self.paths(over, locals)})
            case c.Let(slot=slot, value=value, body=body):
                return self.paths(body, locals | {slot: self.paths(value, locals)})
            case c.Make(values=values):
                # its fields are its own, and none of the places that their values come from
                for value in values:
                    self.paths(value, locals)
            case c.Fold(over=over, slot=slot):
                rows = self.paths(over, locals)
                inside = locals | {slot: rows}
                steps = [self.paths(part, inside) for part in (node.where, node.value, *node.extra) if part is not None]
                return rows.union(*steps)
            case _:
                return NOWHERE.union(*(self.paths(part, locals) for part in c.parts(node)))
        return NOWHERE

    def _touch(self, found: Paths) -> Paths:
        self.touched |= found
        return found

    def _once(self, what: str, core: c.Core) -> None:
        if what not in self.ground:
            self.ground.add(what)
            self.paths(core, {})

    def _call(self, name: str, args: tuple[Paths, ...]) -> Paths:
        if (name, args) not in self.done:
            self.done[name, args] = NOWHERE
            definition = self.book.definitions[name]
            if definition.may_be_provided:
                self._touch(frozenset(f"{path}.{name}" for path in args[0]))
            locals = {variable.slot: paths for variable, paths in zip(definition.takes, args, strict=True)}
            self.done[name, args] = self.paths(definition.core, locals)
        return self.done[name, args]


def needed_paths(book: Rulebook, thing: Measure | Duty) -> frozenset[str]:
    """The schema paths of all facts that may count for a measure or duty, `worker.insurance.month`: what it requires
    and pays, its keys and limits, the day and the authority. Figures a case may provide are among them."""
    measured = isinstance(thing, Measure)
    who = book.claimants[thing.claimant] if isinstance(thing, Measure) else book.bearers[thing.bearer]
    walk = _Walk(book, who.authority.core)
    locals: dict[int, Paths] = {}
    for loop in thing.loops if isinstance(thing, Measure) else ():
        locals[loop.variable.slot] = walk.paths(loop.over.core, locals)
    for expression in expressions(thing):
        walk.paths(expression.core, locals)
    keys = list(thing.once_per if isinstance(thing, Measure) else thing.per)
    for limit in book.limits:
        if measured and thing.name in limit.measures:
            keys += limit.keys[thing.name]
            for expression in expressions((limit.ceiling, limit.when)):
                walk.paths(expression.core, {})
    walk.touched |= _keys(walk, keys, locals)
    walk.paths(c.AsOf(), {})
    return frozenset(walk.touched)


def _keys(walk: _Walk, parts: Iterable[KeyPart], locals: dict[int, Paths]) -> set[str]:
    """The facts that tell the values of a key apart: of a record the field it stands for."""
    found: set[str] = set()
    for part in parts:
        paths, of = walk.paths(part.value.core, locals), part.value.type
        while isinstance(of, RecordType) and of.table is None and of.key is not None:
            paths = frozenset(f"{path}.{of.key}" for path in paths)
            found |= paths
            of = of.fields[of.key].type
    return found
