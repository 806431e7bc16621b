"""Core to symbols: every kind of node of the core, as SQL has it for one claimant on one day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from interpreter.batch.sql.apply import apply
from interpreter.batch.sql.choose import as_list, either
from interpreter.batch.sql.constant import constant
from interpreter.batch.sql.folds import fold
from interpreter.batch.sql.hits import choose
from interpreter.batch.sql.kinds import common
from interpreter.batch.sql.kleene import all_of, any_of_truths, negated
from interpreter.batch.sql.lists import flattened, walk
from interpreter.batch.sql.mask import Causes, pick
from interpreter.batch.sql.node import FALSE, NULL, TRUE, Scope, Sql, case, coalesce, equal, is_true, not_
from interpreter.batch.sql.records import root_symbol, row_field, table_rows
from interpreter.batch.sql.symbol import SURE, Quotient, Rec, Scalar, Segment, Seq, Span, Sym, nothing, scalar
from interpreter.language import core as c
from interpreter.language.types import BROKEN, List, RecordType, Type
from interpreter.language.types import RangeOf as RangeType
from interpreter.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: the day whose values hold, the claimant's authority, the local variables, and the
    scopes of the loops around it."""

    as_of: Scalar
    authority: Sym
    locals: dict[int, Sym] = field(default_factory=dict)
    around: frozenset[Scope] = frozenset()

    def on(self, day: Scalar) -> Place:
        """The place on another day."""
        return replace(self, as_of=day)

    def within(self, slot: int, value: Sym, *scopes: Scope) -> Place:
        """The place inside a loop whose member stands in `slot`."""
        return replace(self, locals={**self.locals, slot: value}, around=self.around.union(scopes))


class Compiler:
    """Makes symbols of the cores of one rulebook. `notes` are what it leaves to the interpreter, and where."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.causes = Causes.of(rulebook)
        self.notes: dict[str, None] = {}
        self._roots: dict[str, Sym] = {}
        self._calls: dict[Any, Sym] = {}
        self._rows: dict[str, Seq] = {}
        self._kept: list[Any] = []

    def doubtful(self, type: Type, why: str) -> Scalar:
        """What only the interpreter can tell."""
        self.notes.setdefault(why)
        return nothing(type, self.causes.doubt)

    def doubtful_list(self, type: Type, why: str) -> Seq:
        """A list that only the interpreter can tell."""
        self.notes.setdefault(why)
        return Seq((), type, doubt=TRUE)

    def unless(self, doubt: Sql, of: Scalar) -> Scalar:
        """A value, where it is not in doubt."""
        if doubt is FALSE:
            return of
        low, high = (None if end is None else case((doubt, NULL), otherwise=end) for end in (of.low, of.high))
        return replace(
            of, value=case((doubt, NULL), otherwise=of.value), mask=pick([(doubt, self.causes.doubt)], of.mask),
            sure=False, low=low, high=high,
        )

    def unordered(self, listed: Seq, around: object) -> Sql:
        """Whether the order of a list's members, which nobody knows, matters."""
        return TRUE

    def root(self, name: str) -> Sym:
        """A fact at the top of a case."""
        if name not in self._roots:
            self._roots[name] = root_symbol(self.rulebook.facts[name], self.causes)
        return self._roots[name]

    def truth(self, node: c.Core, at: Place) -> Scalar:
        """A condition."""
        return scalar(self.symbol(node, at))

    def symbol(self, node: c.Core, at: Place) -> Sym:
        """What a node comes to."""
        match node:
            case c.Literal(value=value, type=type):
                return constant(value, type, self.causes)
            case c.Local(slot=slot):
                return at.locals[slot]
            case c.Fact(name=name):
                return self.root(name)
            case c.AsOf():
                return at.as_of
            case c.Authority():
                return at.authority
            case c.Rows(table=table):
                if table not in self._rows:
                    self._rows[table] = table_rows(self.rulebook.tables[table], self.causes)
                return self._rows[table]
            case c.Read(name=name, day=day):
                on = at.as_of if day is None else scalar(self.symbol(day, at))
                return self._read(name, on, at)
            case c.Field(of=of, name=name):
                return self._field(self.symbol(of, at), name)
            case c.Call(definition=name, args=args):
                return self._call(name, tuple(self.symbol(arg, at) for arg in args), at)
            case c.Apply():
                return apply(node, [self.symbol(arg, at) for arg in node.args], self)
            case c.And(parts=parts):
                return all_of([self.truth(part, at) for part in parts])
            case c.Or(parts=parts):
                return any_of_truths([self.truth(part, at) for part in parts])
            case c.Not(part=part):
                return negated(self.truth(part, at))
            case c.If(condition=condition, then=then, otherwise=otherwise):
                return either(self.truth(condition, at), self.symbol(then, at), self.symbol(otherwise, at), self)
            case c.Fold():
                return fold(node, at, self)
            case c.Filter(over=over, slot=slot, where=where):
                listed = self.listed(over, at)
                segments = tuple(Segment(w.scopes, w.inside, w.member, w.many)
                                 for w in walk(listed, slot, where, None, at, self))
                return replace(listed, segments=segments)
            case c.Map(over=over, slot=slot, value=value, flat=flat):
                listed = self.listed(over, at)
                walked = walk(listed, slot, None, value, at, self)
                if flat:
                    return flattened(listed, walked, self)
                segments = tuple(Segment(w.scopes, w.inside, w.value, w.many) for w in walked)
                each = segments[0].value.type if segments else BROKEN
                return replace(listed, segments=segments, type=List(each, getattr(listed.type, "most", None)))
            case c.ListOf(items=items):
                found = [self.symbol(item, at) for item in items]
                joined = common(one.type for one in found)
                return Seq(tuple(Segment((), SURE, one) for one in found), List(joined, max(1, len(found))))
            case c.RangeOf(low=low, high=high):
                return self._range(node, *(None if end is None else self.symbol(end, at) for end in (low, high)))
            case c.Choose():
                return choose(node, at, self)
            case c.Make(type=type, values=values):
                made = {
                    name: typed(self.symbol(value, at), field.type)
                    for (name, field), value in zip(type.fields.items(), values, strict=True)
                }
                return Rec(type, made.__getitem__, lambda name: None)
            case c.Let(slot=slot, value=value, body=body):
                return self.symbol(body, at.within(slot, self.symbol(value, at)))

    def listed(self, node: c.Core, at: Place) -> Seq:
        """A list; one value that is not known is a list of members that nobody named."""
        found = self.symbol(node, at)
        if isinstance(found, Seq):
            return found
        assert isinstance(found, Scalar)
        return as_list(found)

    def _read(self, name: str, on: Scalar, at: Place) -> Sym:
        key = ("parameter", name, on, _same(at.authority))
        found = self._calls.get(key)
        if found is None:
            parameter = self.rulebook.parameters[name]
            found = typed(self.symbol(parameter.core, Place(on, at.authority)), parameter.type)
            self._calls[key] = found
        return found

    def _field(self, of: Sym, name: str) -> Sym:
        if isinstance(of, Rec):
            return of.get(name)
        assert isinstance(of, Scalar)
        assert isinstance(of.type, RecordType)
        if of.type.table is None:
            return nothing(of.type.fields[name].type, of.mask)
        return row_field(of, name, self.rulebook.tables[of.type.table], self.causes)

    def _call(self, name: str, args: tuple[Sym, ...], at: Place) -> Sym:
        definition = self.rulebook.definitions[name]
        key = (name, at.as_of, _same(at.authority), *map(_same, args))
        found = self._calls.get(key)
        if found is None:
            locals = {v.slot: arg for v, arg in zip(definition.takes, args, strict=True)}
            found = typed(self.symbol(definition.core, replace(at, locals=locals)), definition.type)
            if definition.may_be_provided and args and isinstance(args[0], Rec):
                figure = args[0].given(name)
                found = found if figure is None else self._given(figure, scalar(found))
            self._calls[key] = found
            # what records are known by is theirs as long as they are kept
            self._kept.append(args)
        return found

    def _given(self, figure: Scalar, computed: Scalar) -> Scalar:
        """The figure that a case gives; one that differs from what is computed is an error of the case."""
        differs = is_true(not_(equal(figure.value, computed.value)))
        value = replace(computed, value=coalesce(figure.value, computed.value), sure=False)
        return self.unless(differs, value)

    def _range(self, node: c.RangeOf, low: Sym | None, high: Sym | None) -> Span:
        assert low is None or isinstance(low, Scalar | Quotient)
        assert high is None or isinstance(high, Scalar | Quotient)
        of = low.type if low is not None else high.type if high is not None else BROKEN
        return Span(low, high, node.low_included, node.high_included, node.exactly, RangeType(of))


def typed(of: Sym, type: Type) -> Sym:
    """A value that nobody has set, as what it would be."""
    return replace(of, type=type) if isinstance(of, Scalar) and of.type == BROKEN else of


def _same(of: Sym) -> object:
    """What makes two symbols one: what they are made of; a record is only itself."""
    return id(of) if isinstance(of, Rec) else of
