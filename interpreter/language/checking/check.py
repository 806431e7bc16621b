"""The checker: one pass over the tree, from the leaves up."""

from __future__ import annotations

from interpreter.language.assign import unify
from interpreter.language.checking.calls import apply, call, unknown_name
from interpreter.language.checking.compare import between, compare, inside
from interpreter.language.checking.context import Check
from interpreter.language.checking.literals import adopt, literal
from interpreter.language.functions import BY_KEY, overloads
from interpreter.language.scope import AsOfName, DefinitionName, LocalName, TableName
from interpreter.language.tree import (
    Arithmetic,
    AtLiteral,
    Between,
    Bind,
    Bound,
    Bracket,
    CallTree,
    Compare,
    Conditional,
    For,
    Inside,
    ListTree,
    Logic,
    Name,
    Negation,
    Negative,
    NumberText,
    Path,
    Quantified,
    RangeTree,
    TextLiteral,
    Tree,
    Truth,
)
from interpreter.language.typed import Builtin, Each, Loops, Member, RowField, Typed, Variable, Where
from interpreter.language.types import (
    BOOLEAN,
    BROKEN,
    DATE,
    Boolean,
    Broken,
    Choice,
    DateType,
    List,
    MonthType,
    Number,
    RangeOf,
    RecordType,
    Type,
    say_type,
)
from interpreter.problems.suggest import closest


def check(tree: Tree, at: Check) -> Typed:
    """The typed tree of an expression; what is wrong in it is added to `at.problems`."""
    match tree:
        case NumberText() | TextLiteral() | Truth() | AtLiteral():
            return literal(tree, at)
        case Name():
            return _name(tree, at)
        case Path():
            return _path(tree, check(tree.of, at), at)
        case Bracket():
            return _bracket(tree, check(tree.of, at), at)
        case CallTree(args=args):
            return call(tree, tuple(check(arg, at) for arg in args), at)
        case Arithmetic(operator=operator, left=left, right=right):
            return apply(tree, operator, (check(left, at), check(right, at)), at)
        case Negative(of=of):
            return apply(tree, "negative", (check(of, at),), at)
        case Compare(left=left, right=right):
            return compare(tree, check(left, at), check(right, at), at)
        case Between(of=of, low=low, high=high):
            return between(tree, check(of, at), check(low, at), check(high, at), at)
        case Inside(of=of, tests=tests):
            return inside(tree, check(of, at), tuple(check(test, at) for test in tests), at)
        case Bound(than=than):
            inner = check(than, at)
            return Typed(tree, inner.type, None, (inner,))
        case Logic(parts=parts):
            return Typed(tree, BOOLEAN, None, tuple(_condition(part, at) for part in parts))
        case Negation(of=of):
            return Typed(tree, BOOLEAN, None, (_condition(of, at),))
        case Conditional():
            return _conditional(tree, at)
        case Quantified(binds=binds, body=body):
            slots, overs, within = _binds(binds, at)
            return Typed(tree, BOOLEAN, Loops(slots), (*overs, _condition(body, within)))
        case For():
            return _for(tree, at)
        case ListTree(items=items):
            return _list(tree, tuple(check(item, at) for item in items), at)
        case RangeTree(low=low, high=high):
            return _range(tree, check(low, at), check(high, at), at)
        case _:
            raise AssertionError(tree)


def _condition(tree: Tree, at: Check) -> Typed:
    typed = check(tree, at)
    if not isinstance(typed.type, Boolean | Broken):
        return at.fail("type.condition", tree, found=say_type(typed.type))
    return typed


def _name(tree: Name, at: Check) -> Typed:
    name = tree.name
    meaning = at.scope.meaning(name)
    row = next((r for r in reversed(at.scope.rows) if isinstance(r.type, RecordType) and name in r.type.fields), None)
    if row is not None:
        others = sum(isinstance(r.type, RecordType) and name in r.type.fields for r in at.scope.rows) > 1
        called = isinstance(meaning, DefinitionName) and bool(meaning.takes)
        if others or (meaning is not None and not called):
            return at.fail("filter.ambiguous", tree, name=name)
        assert isinstance(row.type, RecordType)
        field = row.type.fields[name]
        if field.provided:
            return at.fail("field.provided", tree, name=name)
        return Typed(tree, field.type, RowField(row.slot, row.type.name, name))
    if meaning is None:
        if overloads(name):
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


def _step(tree: Path, of: Type, at: Check) -> tuple[Member | Builtin, Type] | None:
    """What `.name` of one value is; None with a problem noted."""
    word = Tree(tree.end - len(tree.name), tree.end)
    match of:
        case RecordType(fields=fields):
            field = fields.get(tree.name)
            if field is None:
                names = [n for n in fields if n not in ("from", "to") and not fields[n].provided]
                labels = {fields[n].label: n for n in names}
                guess = labels.get(tree.name) or closest(tree.name, names)
                listed = ", ".join(names[:12])
                at.fail("field.unknown", word, name=tree.name, record=say_type(of), guess=guess, fields=listed)
                return None
            if field.provided:
                at.fail("field.provided", word, name=tree.name)
                return None
            return Member(of.name, tree.name), field.type
        case DateType() | MonthType():
            row = next((r for r in overloads("." + tree.name) if r.takes((of,))), None)
            if row is not None and not callable(row.result):
                return Builtin(row), row.result
            at.fail("field.date", word, name=tree.name, found=say_type(of))
            return None
        case Broken():
            return None
        case _:
            at.fail("field.none", word, name=tree.name, found=say_type(of))
            return None


def _path(tree: Path, of: Typed, at: Check) -> Typed:
    if isinstance(of.type, List):
        found = _step(tree, of.type.item, at)
        if found is None:
            return Typed(tree, BROKEN)
        return Typed(tree, List(found[1]), Each(at.scope.slots.take(), found[0]), (of,))
    found = _step(tree, of.type, at)
    return Typed(tree, BROKEN) if found is None else Typed(tree, found[1], found[0], (of,))


def _bracket(tree: Bracket, of: Typed, at: Check) -> Typed:
    if isinstance(of.type, Broken):
        return of
    if not isinstance(of.type, List):
        return at.fail("type.filter", tree.of, of, found=say_type(of.type))
    slot = at.scope.slots.take()
    inner = at.within(at.scope.with_row(LocalName("item", of.type.item, slot)))
    inside_ = check(tree.inside, inner)
    match inside_.type:
        case Boolean():
            return Typed(tree, of.type, Where(slot), (of, inside_))
        case Number(places=0, low=low, high=high):
            if low == high == 0:
                return at.fail("list.position", tree.inside)
            # a position is that of the whole list: no row is there whose fields it could name
            return Typed(tree, of.type.item, Builtin(BY_KEY["item"]), (of, check(tree.inside, at)))
        case Broken():
            return inside_
        case other:
            return at.fail("type.filter-inside", tree.inside, found=say_type(other))


def _conditional(tree: Conditional, at: Check) -> Typed:
    condition = _condition(tree.condition, at)
    then, otherwise = check(tree.then, at), check(tree.otherwise, at)
    then, otherwise = adopt(then, otherwise.type, at), adopt(otherwise, then.type, at)
    joined = unify(then.type, otherwise.type)
    if joined is None:
        return at.fail(
            "type.branches", tree, then, otherwise, left=say_type(then.type), right=say_type(otherwise.type)
        )
    return Typed(tree, joined, None, (condition, then, otherwise))


def _binds(binds: tuple[Bind, ...], at: Check) -> tuple[tuple[int, ...], tuple[Typed, ...], Check]:
    """The lists of loop variables, each seen with the variables before it, and the check for the body."""
    slots: list[int] = []
    parts: list[Typed] = []
    for bind in binds:
        over = check(bind.over, at)
        if not isinstance(over.type, List | Broken):
            over = at.fail("type.loop", bind.over, found=say_type(over.type))
        if at.scope.meaning(bind.name) is not None:
            at.fail("name.shadows", bind, name=bind.name)
        item: Type = over.type.item if isinstance(over.type, List) else BROKEN
        local = LocalName(bind.name, item, at.scope.slots.take())
        slots.append(local.slot)
        parts.append(over)
        at = at.within(at.scope.with_local(local))
    return tuple(slots), tuple(parts), at


def _for(tree: For, at: Check) -> Typed:
    if len(tree.binds) > 1:
        return at.fail("loop.one", tree.binds[1])
    slots, parts, inner = _binds(tree.binds, at)
    body = check(tree.body, inner)
    return Typed(tree, List(body.type), Loops(slots), (*parts, body))


def _list(tree: ListTree, items: tuple[Typed, ...], at: Check) -> Typed:
    if not items:
        return Typed(tree, List(BROKEN), None, ())
    # words written out take the choice of any item that is one
    choice = next((item.type for item in items if isinstance(item.type, Choice)), BROKEN)
    items = tuple(adopt(item, choice, at) for item in items)
    joined: Type = items[0].type
    for item in items[1:]:
        found = unify(joined, item.type)
        if found is None:
            return at.fail("type.items", item.tree, items[0], item)
        joined = found
    return Typed(tree, List(joined), None, tuple(adopt(item, joined, at) for item in items))


def _range(tree: RangeTree, low: Typed, high: Typed, at: Check) -> Typed:
    joined = unify(low.type, high.type)
    if joined is None:
        return at.fail("type.range", tree, low, high, left=say_type(low.type), right=say_type(high.type))
    return Typed(tree, RangeOf(joined), None, (low, high))
