"""What a name means, what a step `.name` leads to, and what `list[…]` asks of a list."""

from __future__ import annotations

from interpreter.language.checking.calls import unknown_name
from interpreter.language.checking.context import Check, Checker
from interpreter.language.functions import BY_KEY, Mismatch, overloads, properties
from interpreter.language.scope import AsOfName, DefinitionName, LocalName, TableName
from interpreter.language.tree import Asked, Bracket, Name, Path, Tree
from interpreter.language.typed import Builtin, Each, Member, RowField, Typed, Variable, Where
from interpreter.language.types import (
    BROKEN,
    DATE,
    Boolean,
    Broken,
    List,
    NullType,
    Number,
    RecordType,
    Type,
    say_type,
)
from interpreter.problems.suggest import closest


def named(tree: Name, at: Check) -> Typed:
    """A bare name: a field of the row of a filter around it, a variable, or something of the policy."""
    name = tree.name
    meaning = at.scope.meaning(name)
    row = next((r for r in reversed(at.scope.rows) if isinstance(r.type, RecordType) and name in r.type.fields), None)
    if row is not None:
        others = sum(isinstance(r.type, RecordType) and name in r.type.fields for r in at.scope.rows) > 1
        called = isinstance(meaning, DefinitionName) and bool(meaning.takes)
        if not at.scope.feel and (others or (meaning is not None and not called)):
            return at.fail("filter.ambiguous", tree, name=name)
        assert isinstance(row.type, RecordType)
        field = row.type.fields[name]
        if field.provided:
            return at.fail("field.provided", tree, name=name)
        return Typed(tree, field.type, RowField(row.slot, row.type.name, name))
    if meaning is None:
        if overloads(name, feel=at.scope.feel):
            return at.fail("name.needs-arguments", tree, name=name)
        return unknown_name(tree, name, at.scope.candidates(), at)
    match meaning:
        case DefinitionName(takes=takes, type=of):
            if takes:
                return at.fail("name.needs-arguments", tree, name=name)
            return Typed(tree, of, Variable(meaning))
        case TableName(row=table_row):
            return Typed(tree, List(table_row), Variable(meaning))
        case AsOfName():
            return Typed(tree, DATE, Variable(meaning))
        case _:
            return Typed(tree, meaning.type, Variable(meaning))


def asked(tree: Asked, at: Check) -> Typed:
    """`?`, what the input of a cell is."""
    of = at.scope.asked
    return at.fail("name.asked", tree) if of is None else Typed(tree, of.type, Variable(of))


def path(tree: Path, of: Typed, at: Check) -> Typed:
    """`value.name`; of a list the same of every member."""
    one = of.type.item if isinstance(of.type, List) else of.type
    found = _step(tree, one, at)
    if found is None:
        return Typed(tree, BROKEN)
    step, type = found
    if isinstance(of.type, List):
        return Typed(tree, List(type, of.type.most), Each(at.scope.slots.take(), step), (of,))
    return Typed(tree, type, step, (of,))


def _step(tree: Path, of: Type, at: Check) -> tuple[Member | Builtin, Type] | None:
    """What `.name` of one value is; None with a problem noted."""
    word = Tree(tree.end - len(tree.name), tree.end)
    if isinstance(of, Broken):
        return None
    if isinstance(of, RecordType):
        return _member(tree.name, word, of, at)
    for row in overloads("." + tree.name, feel=at.scope.feel):
        if row.takes((of,)):
            result = row.result_for((of,))
            assert not isinstance(result, Mismatch)
            return Builtin(row), result
    known = properties(of)
    if known:
        listed = ", ".join("." + name for name in known)
        at.fail(
            "field.property", word, name=tree.name, found=say_type(of), guess=closest(tree.name, known), fields=listed
        )
    else:
        at.fail("field.none", word, name=tree.name, found=say_type(of))
    return None


def _member(name: str, word: Tree, of: RecordType, at: Check) -> tuple[Member, Type] | None:
    field = of.fields.get(name)
    if field is None:
        names = [n for n in of.fields if n not in ("from", "to") and not of.fields[n].provided]
        labels = {of.fields[n].label: n for n in names}
        guess = labels.get(name) or closest(name, names)
        at.fail(
            "field.unknown", word, name=name, record=say_type(of), guess=guess, fields=", ".join(names[:12]),
        )
        return None
    if field.provided:
        at.fail("field.provided", word, name=name)
        return None
    return Member(of.name, name), field.type


def bracket(tree: Bracket, of: Typed, at: Check, check: Checker) -> Typed:
    """`list[condition]`, in which the fields of the row may be named bare, or `list[position]`."""
    if isinstance(of.type, Broken):
        return of
    if not isinstance(of.type, List):
        return at.fail("type.filter", tree.of, of, found=say_type(of.type))
    slot = at.scope.slots.take()
    inner = at.within(at.scope.with_row(LocalName("item", of.type.item, slot)))
    inside = check(tree.inside, inner)
    match inside.type:
        case Boolean() | NullType():
            return Typed(tree, of.type, Where(slot), (of, inside))
        case Number(places=0, low=low, high=high):
            if low == high == 0 and not at.scope.feel:
                return at.fail("list.position", tree.inside)
            # a position is that of the whole list: no row is there whose fields it could name
            return Typed(tree, of.type.item, Builtin(BY_KEY["item"]), (of, check(tree.inside, at)))
        case Broken():
            return inside
        case other:
            return at.fail("type.filter-inside", tree.inside, found=say_type(other))
