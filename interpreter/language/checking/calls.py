"""Operators, built-in functions, definitions and `at`: which overload is meant, and do the arguments fit."""

from __future__ import annotations

from interpreter.language.assign import unify
from interpreter.language.checking.arguments import arguments, by_name
from interpreter.language.checking.context import Check, Checker
from interpreter.language.checking.literals import adopt, at_literal, want
from interpreter.language.functions import BY_KEY, CALLABLE, Function, Mismatch, matches, overloads, say_pattern
from interpreter.language.functions.feel import RAISED
from interpreter.language.magnitude import bounds_of, taken
from interpreter.language.scope import DefinitionName, FactName, LocalName, ParameterName, TableName
from interpreter.language.tree import Arithmetic, CallTree, ListTree, Name, Negative, TextLiteral, Tree
from interpreter.language.typed import Builtin, Constant, Defined, OnDay, Typed
from interpreter.language.types import (
    BROKEN,
    DATE,
    DATE_TIME,
    NULL,
    TIME,
    Broken,
    Choice,
    DateTimeType,
    DateType,
    DaysTime,
    List,
    NullType,
    Number,
    TextType,
    TimeType,
    Type,
    YearsMonths,
    say_type,
)
from interpreter.language.unknown import Value
from interpreter.problems import Text
from interpreter.problems.suggest import closest

WRITTEN_OUT: dict[str, tuple[type[Type], ...]] = {
    "date": (DateType,), "time": (TimeType,), "date and time": (DateTimeType,), "duration": (YearsMonths, DaysTime),
}
"""Functions whose text is written out, so that it is checked before anything runs, and the types they give."""


IS_KNOWN = "is known"


def apply(
    tree: Tree, name: str, args: tuple[Typed, ...], check: Check, rows: tuple[Function, ...] | None = None
) -> Typed:
    """Types a call of an operator or built-in function, by the first of the rows (all of its name) that takes it."""
    if any(isinstance(arg.type, Broken) for arg in args):
        return Typed(tree, BROKEN)
    rows = overloads(name, feel=check.scope.feel) if rows is None else rows
    for given in (args, _as_list(tree, args, rows, check)):
        types = tuple(arg.type for arg in given)
        row = next((row for row in rows if row.takes(types)), None)
        if row is not None:
            return _applied(tree, row, given, check)
    return _no_overload(tree, name, args, rows, check)


def _applied(tree: Tree, row: Function, args: tuple[Typed, ...], check: Check) -> Typed:
    types = tuple(arg.type for arg in args)
    result = row.result_for(types)
    if isinstance(result, Mismatch) and result.feel is not None and check.scope.feel:
        result = result.feel
    if isinstance(result, Mismatch):
        sides = dict(zip(("left", "right"), map(say_type, types), strict=False))
        return check.fail(result.code, tree, *args, **sides)
    mistake = None if row.written is None else row.written(tuple(map(_value_written, args)))
    if mistake is not None:
        return check.fail(mistake.code, args[mistake.argument].tree, **mistake.fields)
    if check.scope.feel and isinstance(result, Broken):
        # a member of a list of nothing
        result = NULL
    extra = (check.scope.leap_day,) if row.key == "age" else ()
    typed = Typed(tree, result, Builtin(row, extra), args)
    if check.scope.feel and row.fold and row.params[0] not in _WITH_NULL:
        return Typed(tree, result, Builtin(BY_KEY[RAISED]), (typed,))
    return typed


_WITH_NULL = ("list of any", "list of boolean")
"""What folds go through that have an answer for null, too."""


def _value_written(arg: Typed) -> Value | None:
    return arg.meaning.value if isinstance(arg.meaning, Constant) else None


def _as_list(
    tree: Tree, args: tuple[Typed, ...], rows: tuple[Function, ...], check: Check
) -> tuple[Typed, ...]:
    """`sum(a, b)` is `sum([a, b])`, as with every fold of a list alone; FEEL takes a single value so, too."""
    several = len(args) > 1 and all(row.fold and len(row.params) == 1 for row in rows)
    if check.scope.feel and len(args) == 1 and not isinstance(args[0].type, NullType):
        several = any(row.fold for row in rows)
    joined: Type | None = BROKEN
    for arg in args:
        joined = None if joined is None else unify(joined, arg.type)
    if not isinstance(tree, CallTree) or not several or joined is None:
        return args
    listed = ListTree(tree.start, tree.end, tuple(arg.tree for arg in args))
    return (Typed(listed, List(joined, len(args)), None, args),)


def _no_overload(
    tree: Tree, name: str, args: tuple[Typed, ...], rows: tuple[Function, ...], check: Check
) -> Typed:
    if isinstance(tree, Negative):
        return check.fail("type.operator", tree, *args, operator="-")
    if isinstance(tree, Arithmetic):
        return check.fail("type.operator", tree, *args, operator=name)
    if all(len(row.params) != len(args) for row in rows) and not any(row.variadic for row in rows):
        wants = " / ".join(str(n) for n in sorted({len(row.params) for row in rows}))
        return check.fail("call.arity", tree, name=name, found=len(args), want=wants)
    best = max((row for row in rows if len(row.params) == len(args)), key=lambda row: _fitting(row, args), default=None)
    if best is None:
        return check.fail("type.operator", tree, *args, operator=name)
    place = _fitting(best, args)
    near = [row for row in rows if len(row.params) == len(args) and _fitting(row, args) == place]
    wanted = [say_pattern(param) for param in dict.fromkeys(row.params[place] for row in near)]
    want = Text("、".join(one.zh for one in wanted), " or ".join(one.en for one in wanted))
    return check.fail(
        "type.argument", args[place].tree, name=name, found=say_type(args[place].type), want=want, number=place + 1,
    )


def _fitting(row: Function, args: tuple[Typed, ...]) -> int:
    """How many arguments fit before the first that does not."""
    fits = (matches(pattern, arg.type) for pattern, arg in zip(row.params, args, strict=True))
    return next((i for i, fit in enumerate(fits) if not fit), len(args))


def call(tree: CallTree, check: Check, checker: Checker) -> Typed:
    """Types `name(arguments)`: a definition of the policy, `at`, or a built-in function."""
    meaning = check.scope.meaning(tree.name)
    args = arguments(tree, check, checker)
    if tree.names and (meaning is not None or tree.name == "at"):
        return check.fail("call.no-names", tree, name=tree.name)
    if tree.name == "at":
        return _on_day(tree, args, check)
    if tree.name == IS_KNOWN and tree not in check.known:
        return check.fail("known.place", tree)
    if meaning is None and _is_written_out(tree, args, check):
        return _written_out(tree, args[0], check)
    if isinstance(meaning, DefinitionName):
        if len(args) != len(meaning.takes):
            return check.fail(
                "call.arity", tree, name=tree.name, found=len(args), want=str(len(meaning.takes)),
            )
        given = tuple(_given(arg, takes, check) for arg, takes in zip(args, meaning.takes, strict=True))
        return Typed(tree, meaning.type, Defined(tree.name), given)
    if overloads(tree.name, feel=check.scope.feel):
        return _built_in(tree, args, check)
    if meaning is not None:
        return check.fail("name.not-callable", tree, name=tree.name, kind=_kind(meaning))
    callable_names = [n for n, m in check.scope.names.items() if isinstance(m, DefinitionName)]
    return unknown_name(tree, tree.name, [*callable_names, *CALLABLE, "at"], check, len(tree.name))


def _given(arg: Typed, takes: Type, check: Check) -> Typed:
    """An argument of a definition, whose own bounds rest on those of what it takes. A table that declares bounds for
    its input has no row for what lies beyond."""
    typed, inside = want(arg, takes, check), taken(takes)
    if isinstance(typed.type, Number) and isinstance(inside, Number) and inside is not takes:
        (low, high), (least, most) = bounds_of(typed.type), bounds_of(inside)
        if low < least or high > most:
            return check.fail("number.bounds", typed.tree, low=f"{low:f}", high=f"{high:f}", most=f"{most:f}")
    return typed


def _built_in(tree: CallTree, args: tuple[Typed, ...], check: Check) -> Typed:
    args = _as_choices(tree.name, args, check)
    if not tree.names:
        return apply(tree, tree.name, args, check)
    if any(isinstance(arg.type, Broken) for arg in args):
        return Typed(tree, BROKEN)
    placed = by_name(tree, args, check)
    return Typed(tree, BROKEN) if placed is None else apply(tree, tree.name, placed[0], check, placed[1])


def _as_choices(name: str, args: tuple[Typed, ...], check: Check) -> tuple[Typed, ...]:
    """Words written out take the choice that another argument is of, where values of any type may meet:
    `list contains(["a", "b"], choice)`."""
    choice = next((inner for arg in args if isinstance(inner := _innermost(arg.type), Choice)), None)
    if choice is None or not all(_any_value(row.params[0]) for row in overloads(name)):
        return args
    return tuple(adopt(arg, _in_lists(choice, arg.type), check) for arg in args)


def _any_value(param: str) -> bool:
    return param.endswith(("any", "comparable"))


def _innermost(of: Type) -> Type:
    return _innermost(of.item) if isinstance(of, List) else of


def _in_lists(of: Type, like: Type) -> Type:
    """A type in as many lists as another is."""
    return List(_in_lists(of, like.item)) if isinstance(like, List) else of


def _is_written_out(tree: CallTree, args: tuple[Typed, ...], check: Check) -> bool:
    """Whether the one argument is a text from which a value is read before anything runs, or ought to be."""
    if tree.name not in WRITTEN_OUT or len(args) != 1 or tree.names not in ((), ("from",)):
        return False
    rows = overloads(tree.name, feel=check.scope.feel)
    meant = isinstance(args[0].type, TextType) or not rows
    return isinstance(tree.args[0], TextLiteral) or (meant and not any(row.takes((args[0].type,)) for row in rows))


def _written_out(tree: CallTree, arg: Typed, check: Check) -> Typed:
    """`date("2021-03-01")`, `duration("P3M")`."""
    if isinstance(arg.type, Broken):
        return arg
    if not isinstance(arg.tree, TextLiteral):
        return check.fail("call.written-out", arg.tree, name=tree.name)
    typed = at_literal(tree, arg.tree.value, check)
    if tree.name == "date and time" and isinstance(typed.type, DateType) and check.scope.feel:
        return apply(tree, tree.name, (arg,), check)
    if not isinstance(typed.type, (*WRITTEN_OUT[tree.name], Broken)):
        return check.fail("type.wanted", arg.tree, found=say_type(typed.type), want=_GIVES[tree.name])
    return typed


_GIVES = {
    "date": say_type(DATE), "time": say_type(TIME), "date and time": say_type(DATE_TIME),
    "duration": Text("时长", "duration"),
}


def unknown_name(tree: Tree, name: str, candidates: list[str], check: Check, length: int | None = None) -> Typed:
    """Notes a name nobody gave, with the nearest one that somebody did, its label and where it stands."""
    guess = _ELSEWHERE.get(name) or closest(name, candidates) or _by_label(name, check)
    meaning = None if guess is None else check.scope.names.get(guess)
    label = getattr(meaning, "label", "")
    where = getattr(meaning, "where", None)
    place = "" if where is None else f"{where.source.name.rsplit('/', 1)[-1]}:{where.line}"
    notes = [note for note in (label, place) if note]
    about = Text("（" + "，".join(notes) + "）" if notes else "", " (" + ", ".join(notes) + ")" if notes else "")
    at = tree if length is None else Tree(tree.start, tree.start + length)
    return check.fail("name.unknown", at, name=name, guess=guess, about=about)


_ELSEWHERE = {
    "today": "as_of", "now": "as_of", "今天": "as_of", "今日": "as_of",
    "len": "string length", "length": "string length", "size": "count",
    "average": "mean", "avg": "mean", "round": "round half up", "concat": "concatenate",
    "unique": "distinct values", "power": "**", "mod": "modulo", "trunc": "round down",
}
"""What other languages call the day and the functions, and what this one does."""


def _by_label(name: str, check: Check) -> str | None:
    return next((n for n, m in check.scope.names.items() if getattr(m, "label", "") == name), None)


def _kind(meaning: object) -> Text:
    match meaning:
        case ParameterName():
            return Text("参数", "parameter")
        case TableName():
            return Text("表", "table")
        case FactName():
            return Text("事实", "fact")
        case LocalName():
            return Text("变量", "variable")
        case _:
            return Text("名称", "name")


def _on_day(tree: CallTree, args: tuple[Typed, ...], check: Check) -> Typed:
    """`at(table, day)`: a table's rows, or a parameter's value, of another day."""
    if len(args) != 2:
        return check.fail("call.arity", tree, name="at", found=len(args), want="2")
    named = tree.args[0]
    meaning = check.scope.meaning(named.name) if isinstance(named, Name) else None
    if not isinstance(meaning, TableName | ParameterName):
        return check.fail("call.at", named)
    day = want(args[1], DATE, check)
    of = List(meaning.row) if isinstance(meaning, TableName) else meaning.type
    return Typed(tree, of, OnDay(meaning.name), (args[0], day))
