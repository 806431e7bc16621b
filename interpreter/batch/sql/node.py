"""Expressions of SQL as a graph in which equal ones are one: what is asked twice is worked out once.

A node depends on columns of the case, or on fields of the members of lists that are gone through (`free`). Constants
are folded while nodes are made: what an absent member leaves unknown mostly vanishes here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any


class Scope:
    """The members of a list, each in turn. `over` is the list; what hangs on a member has the scope in its `free`."""

    __slots__ = ("above", "number", "over")

    def __init__(self, over: Sql, number: int) -> None:
        self.over = over
        self.number = number
        above = set(over.free)
        for scope in over.free:
            above |= scope.above
        self.above: frozenset[Scope] = frozenset(above)
        """The scopes within which the list is found."""

    def __repr__(self) -> str:
        return f"e{self.number}"


class Sql:
    """One node: an operation of the dialect and its arguments (nodes, scopes or plain values)."""

    __slots__ = ("args", "free", "height", "number", "op")

    def __init__(self, op: str, args: tuple[Any, ...], number: int) -> None:
        self.op = op
        self.args = args
        self.number = number
        free: set[Scope] = set()
        height = 0
        for part in args:
            if isinstance(part, Sql):
                free |= part.free
                height = max(height, part.height)
        self.height: int = height + 1
        if op in BINDS:
            free.discard(args[0])
            free |= args[0].over.free
        elif op in ("member", "place"):
            free.add(args[0])
        self.free: frozenset[Scope] = frozenset(free)

    def __repr__(self) -> str:
        return f"{self.op} {self.number}"

    def parts(self) -> Iterable[Sql]:
        """The nodes directly inside, and the list of a scope that is gone through here."""
        if self.op in BINDS or self.op in ("member", "place"):
            yield self.args[0].over
        for part in self.args:
            if isinstance(part, Sql):
                yield part


BINDS = frozenset({"gather", "gather if"})
"""Operations over all members of the scope that is their first argument: `gather` makes a list of a value of each,
`gather if` only of those for which a condition is true."""

_NODES: dict[tuple[Any, ...], Sql] = {}
_NUMBERS = count()
_SCOPES: dict[tuple[Any, ...], Scope] = {}
_SCOPE_NUMBERS = count()


def forget() -> None:
    """Lets go of all nodes made so far but the constants."""
    for key in [key for key, node in _NODES.items() if node.op != "literal"]:
        del _NODES[key]
    _SCOPES.clear()


def op(name: str, *args: Any) -> Sql:
    """The node of an operation, the same one for the same arguments."""
    key = (name, *((a.__class__, a) if not isinstance(a, Sql) else a for a in args))
    found = _NODES.get(key)
    if found is None:
        found = _NODES[key] = Sql(name, args, next(_NUMBERS))
    return found


def members_of(over: Sql, turn: object = 0) -> Scope:
    """The scope of the members of a list. One list gone through inside itself has another scope for each `turn`."""
    found = _SCOPES.get((over, turn))
    if found is None:
        found = _SCOPES[over, turn] = Scope(over, next(_SCOPE_NUMBERS))
    return found


def column(name: str) -> Sql:
    """A column of the input."""
    return op("column", name)


def member(scope: Scope) -> Sql:
    """The member itself that stands in a scope."""
    return op("member", scope)


def place(scope: Scope) -> Sql:
    """The number of a member among those that are kept, from 1; only of use in what is gathered of each."""
    return op("place", scope)


def field(of: Sql, name: str) -> Sql:
    """A field of a struct."""
    return op("field", of, name)


NULL = op("literal", None)
TRUE = op("literal", True)
FALSE = op("literal", False)


def literal(value: bool | int | str | date | None) -> Sql:
    """A constant."""
    return op("literal", value)


ZERO = literal(0)


def is_literal(node: Sql) -> bool:
    return node.op == "literal"


def strict(name: str, *args: Any) -> Sql:
    """An operation that is NULL where an argument is."""
    return NULL if NULL in args else op(name, *args)


def and_(*parts: Sql) -> Sql:
    """SQL's own `and`, which is Kleene's."""
    return _joined("and", parts, unit=TRUE, stop=FALSE)


def or_(*parts: Sql) -> Sql:
    """SQL's own `or`, which is Kleene's."""
    return _joined("or", parts, unit=FALSE, stop=TRUE)


def _joined(name: str, parts: Iterable[Sql], unit: Sql, stop: Sql) -> Sql:
    kept: dict[Sql, None] = {}
    for part in parts:
        inner: tuple[Sql, ...] = part.args if part.op == name else (part,)
        for one in inner:
            if one is stop:
                return stop
            if one is not unit:
                kept[one] = None
    found = list(kept)
    return unit if not found else found[0] if len(found) == 1 else op(name, *found)


def not_(part: Sql) -> Sql:
    if part is TRUE:
        return FALSE
    if part is FALSE:
        return TRUE
    if part is NULL:
        return NULL
    if part.op == "not":
        inner: Sql = part.args[0]
        return inner
    return op("not", part)


def is_null(part: Sql) -> Sql:
    """Whether something is not known: itself always known."""
    if part.op == "literal":
        return TRUE if part is NULL else FALSE
    return FALSE if part.op in _NEVER_NULL else op("is null", part)


_NEVER_NULL = frozenset({"is null", "is true", "is false"})


def is_known(part: Sql) -> Sql:
    return not_(is_null(part))


def is_true(part: Sql) -> Sql:
    """Whether something surely holds: itself always known."""
    if part.op == "literal":
        return TRUE if part is TRUE else FALSE
    return part if never_null(part) else op("is true", part)


def is_false(part: Sql) -> Sql:
    """Whether something surely does not hold: itself always known."""
    if part.op == "literal":
        return TRUE if part is FALSE else FALSE
    return not_(part) if never_null(part) else op("is false", part)


def never_null(part: Sql) -> bool:
    """Whether a truth is always known, by its form."""
    if part.op in ("and", "or", "not"):
        return all(never_null(one) for one in part.args)
    return part.op in _NEVER_NULL or (part.op == "literal" and part is not NULL)


def case(*rows: tuple[Sql, Sql], otherwise: Sql = NULL) -> Sql:
    """The value of the first row whose condition is true; a condition that is NULL is not."""
    kept: list[Sql] = []
    for when, then in rows:
        if when is TRUE:
            otherwise = then
            break
        if when is not FALSE and when is not NULL:
            kept += [when, then]
    while kept and kept[-1] is otherwise:
        del kept[-2:]
    return op("case", *kept, otherwise) if kept else otherwise


def equal(a: Sql, b: Sql) -> Sql:
    if is_literal(a) and is_literal(b) and NULL not in (a, b):
        return TRUE if a is b else FALSE
    return strict("=", a, b)


def less(a: Sql, b: Sql) -> Sql:
    return strict("<", a, b)


def less_equal(a: Sql, b: Sql) -> Sql:
    return strict("<=", a, b)


def coalesce(a: Sql, b: Sql) -> Sql:
    if a is NULL:
        return b
    return a if is_literal(a) or b is NULL else op("coalesce", a, b)


def bits_or(*parts: Sql) -> Sql:
    """The union of sets of bits."""
    constant = 0
    kept: dict[Sql, None] = {}
    for part in parts:
        for one in part.args if part.op == "|" else (part,):
            if is_literal(one):
                constant |= one.args[0]
            else:
                kept[one] = None
    if constant or not kept:
        kept[literal(constant)] = None
    found = list(kept)
    return found[0] if len(found) == 1 else op("|", *found)


def gather(scope: Scope, value: Sql, only: Sql = TRUE) -> Sql:
    """The list of a value of each member (of those for which `only` is true)."""
    if only is TRUE:
        return op("gather", scope, value)
    return op("gather if", scope, value, only)


def replaced(node: Sql, scope: Scope, by: Sql, done: dict[Sql, Sql]) -> Sql:
    """The same with another node wherever the member of a scope stands."""
    if scope not in node.free:
        return node
    found = done.get(node)
    if found is None:
        if node.op == "member":
            found = by
        elif node.op in BINDS and scope in node.args[0].over.free:
            inner: Scope = node.args[0]
            fresh = members_of(replaced(inner.over, scope, by, done), ("replaced", inner.number))
            stands, inside = member(fresh), dict[Sql, Sql]()
            rest = (replaced(replaced(part, scope, by, done), inner, stands, inside) for part in node.args[1:])
            found = op(node.op, fresh, *rest)
        else:
            found = op(node.op, *(replaced(a, scope, by, done) if isinstance(a, Sql) else a for a in node.args))
        done[node] = found
    return found


def in_order(outputs: Iterable[Sql]) -> list[Sql]:
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
