"""Typed tree to core: `in`, `between`, filters, loops, bare table names and `at` turn into a few kinds of node."""

from __future__ import annotations

from collections.abc import Callable

from interpreter.language import core as c
from interpreter.language.scope import (
    AsOfName,
    DefinitionName,
    FactName,
    LocalName,
    Meaning,
    ParameterName,
    Scope,
    TableName,
)
from interpreter.language.tree import (
    Bound,
    Conditional,
    For,
    ListTree,
    Logic,
    Negation,
    Null,
    Quantified,
    RangeTree,
    RecordTree,
    Tree,
)
from interpreter.language.typed import (
    Builtin,
    Comparison,
    Constant,
    Defined,
    Each,
    Entries,
    ListTest,
    Loops,
    Member,
    OnDay,
    RangeTest,
    RowField,
    Test,
    Tests,
    Typed,
    Variable,
    Where,
)
from interpreter.language.types import TEXT, List, RecordType, Type
from interpreter.language.unknown import Unknown
from interpreter.problems import Span

LOOPS = "for"
"""What a fault is called where the loops of an expression take too many steps."""


def lower(typed: Typed, scope: Scope, place: Callable[[Tree], Span]) -> c.Core:
    """The core of a typed tree without problems. `place` gives a tree's span, for the faults it may have."""

    def down(t: Typed) -> c.Core:
        match t.meaning:
            case Constant(value):
                return c.Literal(value, t.type)
            case Variable(name):
                return _variable(name, scope)
            case RowField(slot, owner, name):
                return c.Field(c.Local(slot, "item"), name, owner)
            case Member(owner, name):
                return c.Field(down(t.parts[0]), name, owner)
            case Entries(slots):
                return record(t, slots)
            case Each(slot, step):
                value = one_step(c.Local(slot, "item"), step, t)
                return c.Map(down(t.parts[0]), slot, value, endless=endless())
            case Where(slot):
                return c.Filter(down(t.parts[0]), slot, holds(down(t.parts[1])), endless())
            case Builtin():
                return builtin(t, t.meaning)
            case Comparison() as how:
                return comparison(how, down(t.parts[0]), down(t.parts[1]))
            case Defined(name):
                return c.Call(name, tuple(down(part) for part in t.parts))
            case OnDay(name):
                day = down(t.parts[1])
                return c.Read(name, day) if not _is_table(name, scope) else _in_force(name, t.type, day, scope)
            case Tests(each):
                of = down(t.parts[0])
                found = tuple(test(of, how, part) for how, part in zip(each, t.parts[1:], strict=True))
                return found[0] if len(found) == 1 else c.Or(found)
            case Loops(slots):
                return loops(t, slots)
            case (lower_, upper):
                of, low, high = (down(part) for part in t.parts)
                return c.And((comparison(lower_, low, of), comparison(upper, of, high)))
            case _:
                return shape(t)

    def fault(t: Typed, name: str) -> int:
        return scope.fault(name, place(t.tree))

    stopped: list[int] = []

    def endless() -> int:
        # one for the whole expression: whichever loop it is, they all stop
        if not stopped:
            stopped.append(fault(typed, LOOPS))
        return stopped[0]

    def one_step(of: c.Core, step: Member | Builtin, t: Typed) -> c.Core:
        if isinstance(step, Member):
            return c.Field(of, step.name, step.owner)
        row = step.function
        return c.Apply(row.key, (of,), fault(t, row.name) if row.partial else 0)

    def builtin(t: Typed, meaning: Builtin) -> c.Core:
        row = meaning.function
        at = fault(t, row.name) if row.partial else 0
        parts = tuple(down(part) for part in t.parts)
        if row.fold:
            return _fold(row.key, parts[0], scope.slots.take(), None, parts[1:], at, endless())
        return c.Apply(row.key, parts + tuple(c.Literal(value, TEXT) for value in meaning.extra), at)

    def test(of: c.Core, how: Test, part: Typed) -> c.Core:
        match how:
            case ListTest(each=one) if isinstance(part.tree, ListTree):
                each = tuple(member(of, one, down(item)) for item in part.parts)
                return each[0] if len(each) == 1 else c.Or(each)
            case ListTest(slot, one):
                return _fold("some", down(part), slot, member(of, one, c.Local(slot, "item")), endless=endless())
            case RangeTest():
                return member(of, how, down(part))
            case (one,):
                bound = part.parts[0] if isinstance(part.tree, Bound) else part
                return comparison(one, of, down(bound))
            case (lower_, upper):
                low, high = (end(side, scope.feel) for side in part.parts)
                return c.And((comparison(lower_, low, of), comparison(upper, of, high)))
            case _:
                raise AssertionError(how)

    def end(t: Typed, feel: bool) -> c.Core:
        # FEEL lets a range be written with null for an end; nothing can be told of what lies within
        return c.Literal(Unknown(fault(t, "..")), t.type) if feel and isinstance(t.tree, Null) else down(t)

    def member(of: c.Core, how: Comparison | RangeTest, of_what: c.Core) -> c.Core:
        return c.Apply("within", (of, of_what)) if isinstance(how, RangeTest) else comparison(how, of, of_what)

    def record(t: Typed, slots: tuple[int | None, ...]) -> c.Core:
        assert isinstance(t.type, RecordType)
        assert isinstance(t.tree, RecordTree)
        values = [down(part) for part in t.parts]
        named = [
            value if slot is None else c.Local(slot, entry.name)
            for entry, value, slot in zip(t.tree.entries, values, slots, strict=True)
        ]
        made: c.Core = c.Make(t.type, tuple(named))
        for slot, value in zip(reversed(slots), reversed(values), strict=True):
            made = made if slot is None else c.Let(slot, value, made)
        return made

    def holds(condition: c.Core) -> c.Core:
        """A condition where FEEL takes null for one that does not hold."""
        return c.Apply("holds.feel", (condition,)) if scope.feel else condition

    def loops(t: Typed, slots: tuple[int, ...]) -> c.Core:
        *overs, body = (down(part) for part in t.parts)
        if isinstance(t.tree, For):
            for depth, (over, slot) in enumerate(zip(reversed(overs), reversed(slots), strict=True)):
                body = c.Map(over, slot, body, depth > 0, endless())
            return body
        assert isinstance(t.tree, Quantified)
        for over, slot in zip(reversed(overs), reversed(slots), strict=True):
            body = _fold(t.tree.kind, over, slot, body, endless=endless())
        return body

    def shape(t: Typed) -> c.Core:
        parts = tuple(down(part) for part in t.parts)
        match t.tree:
            case Logic(operator="and"):
                return c.And(parts)
            case Logic():
                return c.Or(parts)
            case Negation():
                return c.Not(parts[0])
            case Conditional():
                return c.If(holds(parts[0]), *parts[1:])
            case ListTree():
                return c.ListOf(parts)
            case RangeTree(low_included=low, high_included=high):
                return c.RangeOf(parts[0], parts[1], low, high)
            case Bound(operator="="):
                return c.RangeOf(parts[0], parts[0], exactly=True)
            case Bound(operator=operator):
                if operator in ("<", "<="):
                    return c.RangeOf(None, parts[0], False, operator == "<=")
                return c.RangeOf(parts[0], None, operator == ">=", False)
            case _:
                raise AssertionError(t.tree)

    return down(typed)


def _variable(name: Meaning, scope: Scope) -> c.Core:
    match name:
        case FactName(name=fact):
            return c.Fact(fact)
        case LocalName(name=local, slot=slot):
            return c.Local(slot, local)
        case ParameterName(name=parameter):
            return c.Read(parameter)
        case DefinitionName(name=definition):
            return c.Call(definition)
        case AsOfName():
            return c.AsOf()
        case TableName(name=table, row=row):
            return _in_force(table, List(row), c.AsOf(), scope)


def _is_table(name: str, scope: Scope) -> bool:
    return isinstance(scope.meaning(name), TableName)


def _in_force(table: str, of: Type, day: c.Core, scope: Scope) -> c.Core:
    """The rows of a table that hold on a day: from <= day <= to, row by row, so that an unknown day is Kleene's."""
    assert isinstance(of, List)
    slot = scope.slots.take()
    row = c.Local(slot, "row")
    owner = of.item.name if hasattr(of.item, "name") else table
    since = c.Apply("less_equal", (c.Field(row, "from", owner), day))
    until = c.Apply("less_equal", (day, c.Field(row, "to", owner)))
    return c.Filter(c.Rows(table), slot, c.And((since, until)))


def comparison(how: Comparison, left: c.Core, right: c.Core) -> c.Core:
    sides = (right, left) if how.swapped else (left, right)
    found = c.Apply(how.function.key, sides)
    return c.Not(found) if how.negated else found


def _fold(
    kind: str, over: c.Core, slot: int, value: c.Core | None, extra: tuple[c.Core, ...] = (), fault: int = 0,
    endless: int = 0,
) -> c.Core:
    """`count(L[c])`, `some x in L[c]`, `min(L[c].f)`: the filters and the step move into the fold."""
    where: tuple[c.Core, ...] = ()
    if isinstance(over, c.Map) and not over.flat and (value is None or _times(value, slot) == 1):
        value = over.value if value is None else substitute(value, slot, over.value)
        slot, over = over.slot, over.over
    while isinstance(over, c.Filter):
        where = (substitute(over.where, over.slot, c.Local(slot, "item")), *where)
        over = over.over
    condition = c.And(where) if len(where) > 1 else where[0] if where else None
    return c.Fold(kind, over, slot, condition, value, extra, fault, endless)


def _times(node: c.Core, slot: int) -> int:
    """How often a local variable is read."""
    return (isinstance(node, c.Local) and node.slot == slot) + sum(_times(part, slot) for part in c.parts(node))


def substitute(node: c.Core, slot: int, by: c.Core) -> c.Core:
    """The same core with another node wherever the local variable of a slot is read."""
    if isinstance(node, c.Local):
        return by if node.slot == slot else node
    return c.rebuild(node, lambda part: substitute(part, slot, by))
