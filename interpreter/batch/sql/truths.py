"""Truths of a graph made shorter by what they say of each other: a condition that another one implies, rows of a choice
that are never reached, comparisons that bounds decide.

Of a truth v, `is true`, `is false` and `is null` are the three states; a set of states (`_states`) is what any of them,
their denials and unions come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from interpreter.batch.sql import node as n
from interpreter.batch.sql.node import FALSE, NULL, TRUE, ZERO, Sql, literal, op
from interpreter.batch.sql.spans import Span, Spans

STRICT = frozenset({"=", "<", "<=", "<>", "+", "-", "*", "|", "not", "negative", "month number", "add months", "big",
                    "huge", "day number", "year", "month", "day", "cast"})
"""Operations that are NULL where an argument is, and nowhere else."""
_ALL, _T, _F, _N = 7, 1, 2, 4
_STATES = {"is true": _T, "is false": _F, "is null": _N}
_DEEPEST = 8
"""So many steps an implication is followed."""
_MOST = 24
"""Of more parts or rows than that, none is compared with the others."""

_SEEN_THROUGH = frozenset({"and", "or", "not", "is true", "is false", "is null", "=", "|", "coalesce"})
"""Operations whose parts are looked at where a condition holds."""



class Truths:
    """Makes nodes where some columns are never NULL (`always`) and those of others lie within `spans`."""

    def __init__(self, always: frozenset[str], spans: Mapping[str, Span]) -> None:
        self.always = always
        self.spans = Spans(spans)
        self._sure: dict[Sql, bool] = {}
        self._narrowed: dict[tuple[Sql, Sql], Sql] = {}
        self._implied: dict[tuple[Sql, Sql], bool] = {}

    def made(self, name: str, args: tuple[Any, ...]) -> Sql:
        """A node of arguments that are made."""
        match name:
            case "and":
                return self.all_of(args)
            case "or":
                return self.any_of(args)
            case "not":
                return n.not_(args[0])
            case "is null":
                return self.null(args[0])
            case "is true":
                return self.true(args[0])
            case "is false":
                return self.false(args[0])
            case "case":
                *rows, otherwise = args
                return self.choice(list(zip(rows[::2], rows[1::2], strict=True)), otherwise)
            case "=" | "<" | "<=" | "<>":
                return self._compared(name, *args)
            case "has bit":
                return self._hit(args[0], args[1].args[0])
            case "has" if NULL in args:
                return NULL
            case "coalesce":
                first: Sql = args[0]
                return first if self.sure(first) else n.coalesce(*args)
            case "|":
                return self._bits(args)
            case _ if name in STRICT:
                return n.strict(name, *args)
            case _:
                return op(name, *args)

    # ---- what is never NULL, and when something is

    def sure(self, node: Sql) -> bool:
        """Whether a node is never NULL."""
        if node not in self._sure:
            self._sure[node] = self._is_sure(node)
        return self._sure[node]

    def _is_sure(self, node: Sql) -> bool:
        match node.op:
            case "literal":
                return node is not NULL
            case "column":
                return node.args[0] in self.always
            case "is null" | "is true" | "is false":
                return True
            case "has bit":
                return self.sure(node.args[0])
            case "case":
                return all(map(self.sure, (*node.args[1:-1:2], node.args[-1])))
            case "coalesce":
                return any(map(self.sure, node.args))
            case "and" | "or":
                return all(map(self.sure, node.args))
            case "least" | "greatest":
                return self.all_of([self.null(part) for part in node.args]) is FALSE
            case name if name in STRICT:
                return all(map(self.sure, node.parts()))
            case _:
                return False

    def null(self, node: Sql) -> Sql:
        """Whether a node is NULL."""
        if node.op == "literal" or self.sure(node):
            return literal(node is NULL)
        if node.op in STRICT:
            return self.any_of([self.null(part) for part in node.parts()])
        if node.op in ("least", "greatest"):
            return self.all_of([self.null(part) for part in node.args])
        if node.op in ("and", "or"):
            each = {self.null(part) for part in node.args}
            if len(each) == 1:
                return each.pop()
        if node.op == "case":
            *rows, otherwise = node.args
            nulls = [self.null(then) for then in (*rows[1::2], otherwise)]
            if all(one.op == "literal" for one in nulls):
                return self._chosen(rows[::2], nulls)
            if len(rows) == 2 and otherwise is NULL:
                return self.any_of([n.not_(self.true(rows[0])), nulls[0]])
        return op("is null", node)

    def true(self, node: Sql) -> Sql:
        """Whether a truth holds."""
        if node.op == "literal":
            return literal(node is TRUE)
        if self.sure(node):
            return node
        if node.op == "not":
            return self.false(node.args[0])
        if node.op == "and" and any(self.spans.decided(part) is not None for part in node.args):
            return self.all_of([self.true(part) for part in node.args])
        decided = self.spans.decided(node)
        if decided is not None:
            return n.not_(self.null(node)) if decided else FALSE
        values = (*node.args[1:-1:2], node.args[-1]) if node.op == "case" else (node,)
        if all(value.op == "literal" for value in values):
            return self._chosen(node.args[:-1:2], [literal(value is TRUE) for value in values])
        return op("is true", node)

    def false(self, node: Sql) -> Sql:
        """Whether a truth surely does not hold."""
        if node.op == "literal":
            return literal(node is FALSE)
        if self.sure(node):
            return n.not_(node)
        if node.op == "not":
            return self.true(node.args[0])
        decided = self.spans.decided(node)
        if decided is not None:
            return FALSE if decided else n.not_(self.null(node))
        return op("is false", node)

    # ---- comparisons

    def _compared(self, name: str, a: Sql, b: Sql) -> Sql:
        if name == "<>" and b is ZERO:
            return self._hit(a, -1)
        for one, other in ((a, b), (b, a)):
            if name == "=" and other.op == "literal" and one.op == "case" and all(
                then.op == "literal" and then is not NULL for then in (*one.args[1:-1:2], one.args[-1])
            ):
                equal = [literal(then is other) for then in (*one.args[1:-1:2], one.args[-1])]
                return self._chosen(one.args[:-1:2], equal)
        made = n.equal(a, b) if name == "=" else n.strict(name, a, b)
        decided = self.spans.decided(made)
        return made if decided is None or not self.sure(made) else literal(decided)

    def _hit(self, mask: Sql, bits: int) -> Sql:
        """Whether a set of bits has any of some (-1: any at all)."""
        match mask.op:
            case "literal":
                return literal(bool(mask.args[0] & bits))
            case "|" if self.sure(mask):
                return self.any_of([self._hit(part, bits) for part in mask.args])
            case "case" if self.sure(mask):
                hit = [self._hit(then, bits) for then in (*mask.args[1:-1:2], mask.args[-1])]
                return self._chosen(mask.args[:-1:2], hit)
            case _:
                return n.strict("<>", mask, ZERO) if bits == -1 else op("has bit", mask, literal(bits))

    def _chosen(self, conditions: Iterable[Sql], each: list[Sql]) -> Sql:
        """The truth that the first condition which holds has, or the last one; the truths are never NULL."""
        found = each[-1]
        for condition, truth in reversed(list(zip(conditions, each[:-1], strict=True))):
            holds = self.true(condition)
            found = self.any_of([self.all_of([holds, truth]), self.all_of([n.not_(holds), found])])
        return found

    # ---- and, or, choices

    def all_of(self, parts: Iterable[Sql]) -> Sql:
        """SQL's `and`."""
        return self._joined(n.and_(*parts), n.and_, lambda a, b: a & b, FALSE, weaker=True)

    def any_of(self, parts: Iterable[Sql]) -> Sql:
        """SQL's `or`."""
        return self._joined(n.or_(*parts), n.or_, lambda a, b: a | b, TRUE, weaker=False)

    def _joined(
        self, made: Sql, join: Callable[..., Sql], meet: Callable[[int, int], int], stop: Sql, *, weaker: bool
    ) -> Sql:
        if made.op != ("and" if weaker else "or"):
            return made
        sets: dict[Sql, int] = {}
        rest: list[Sql] = []
        for part in made.args:
            of = _states(part)
            if of is None:
                rest.append(part)
            else:
                sets[of[0]] = meet(sets[of[0]], of[1]) if of[0] in sets else of[1]
        kept = [*rest, *(self._of_states(v, states) for v, states in sets.items())]
        if stop in kept:
            return stop
        sure = [part for part in kept if self.sure(part)] if len(kept) <= _MOST else []
        for part in sure:
            others = [other for other in sure if other is not part and other in kept]
            if any(self.implies(other, part) if weaker else self.implies(part, other) for other in others):
                kept.remove(part)
        return join(*kept)

    def _of_states(self, v: Sql, states: int) -> Sql:
        if states == 0 or states == _ALL:
            return literal(states == _ALL)
        if states in (_N, _T | _F):
            null = self.null(v)
            return null if states == _N else n.not_(null)
        one = self.true(v) if states in (_T, _ALL ^ _T) else self.false(v)
        return one if states in (_T, _F) else n.not_(one)

    def choice(self, rows: list[tuple[Sql, Sql]], otherwise: Sql) -> Sql:
        """The value of the first row whose condition is true."""
        if len(rows) > _MOST:
            return n.case(*rows, otherwise=otherwise)
        kept: list[tuple[Sql, Sql]] = []
        before = FALSE
        for condition, then in rows:
            holds = self.true(self.within(condition, n.not_(before)))
            if holds is FALSE or self.implies(holds, before):
                continue
            before = self.any_of([before, holds])
            value = self.within(then, holds)
            if before is TRUE:
                otherwise = value
                break
            kept.append((holds, value))
        if before is not TRUE:
            otherwise = self.within(otherwise, n.not_(before))
        while kept and kept[-1][1] is otherwise:
            kept.pop()
        values = [*(then for _, then in kept), otherwise]
        if len(kept) == 1 and otherwise is NULL and self.implies(n.not_(kept[0][0]), self.null(values[0])):
            return values[0]
        if values == [TRUE, FALSE, NULL] and _are_opposite(kept[0][0], kept[1][0]):
            return kept[0][0].args[0]  # type: ignore[no-any-return]
        if kept and all(value in (TRUE, FALSE) for value in values):
            return self._chosen([condition for condition, _ in kept], values)
        return n.case(*kept, otherwise=otherwise)

    def _bits(self, parts: Iterable[Sql]) -> Sql:
        """The union of bits; the same bits under several conditions are there under any of them."""
        conditions: dict[Sql, list[Sql]] = {}
        rest: list[Sql] = []
        joined = n.bits_or(*parts)
        for part in joined.args if joined.op == "|" else (joined,):
            if part.op == "case" and len(part.args) == 3 and part.args[2] is ZERO:
                conditions.setdefault(part.args[1], []).append(self.true(part.args[0]))
            else:
                rest.append(part)
        return n.bits_or(*rest, *(self.choice([(self.any_of(each), then)], ZERO) for then, each in conditions.items()))

    def within(self, node: Sql, holds: Sql, deep: int = _DEEPEST) -> Sql:
        """A node where a condition holds."""
        if holds is TRUE or deep == 0:
            return node
        key = node, holds
        if key not in self._narrowed:
            self._narrowed[key] = node
            self._narrowed[key] = self._within(node, holds, deep - 1)
        return self._narrowed[key]

    def _within(self, node: Sql, holds: Sql, deep: int) -> Sql:
        if _states(node) is not None or node.op in ("and", "or"):
            if self.sure(node) and self.implies(holds, node):
                return TRUE
            if self.implies(holds, n.not_(node)):
                return FALSE
        if node.op == "case":
            return self._rows_within(node, holds, deep)
        if node.op not in _SEEN_THROUGH:
            return node
        parts = tuple(self.within(part, holds, deep) for part in node.args)
        return node if parts == node.args else self.made(node.op, parts)

    def _rows_within(self, node: Sql, holds: Sql, deep: int) -> Sql:
        *rows, otherwise = node.args
        kept: list[tuple[Sql, Sql]] = []
        for condition, then in zip(rows[::2], rows[1::2], strict=True):
            left = self.true(self.within(condition, holds, deep))
            if left is TRUE:
                otherwise = then
                break
            if left is not FALSE:
                kept.append((left, then))
        if not kept:
            return self.within(otherwise, holds, deep)
        if [part for row in kept for part in row] == rows:
            return node
        return n.case(*kept, otherwise=otherwise)

    # ---- what implies what

    def implies(self, a: Sql, b: Sql, deep: int = _DEEPEST) -> bool:
        """Whether b is true wherever a is; False where it is hard to say."""
        if a is b or a is FALSE or b is TRUE:
            return True
        if deep == 0 or b is FALSE or a is TRUE:
            return False
        key = a, b
        if key not in self._implied:
            self._implied[key] = False
            self._implied[key] = self._implies(a, b, deep - 1)
        return self._implied[key]

    def _implies(self, a: Sql, b: Sql, deep: int) -> bool:
        if a.op == "or":
            return all(self.implies(part, b, deep) for part in a.args)
        if b.op == "and":
            return all(self.implies(a, part, deep) for part in b.args)
        if a.op == "and" and any(self.implies(part, b, deep) for part in a.args):
            return True
        if b.op == "or" and any(self.implies(a, part, deep) for part in b.args):
            return True
        its, other = _states(a), _states(b)
        if its is not None and other is not None and its[0] is other[0] and its[1] | other[1] == other[1]:
            return True
        if other is not None and other[1] & _N and other[1] != _N:
            null = self.null(other[0])
            if null is not b and self.implies(a, null, deep):
                return True
        if its is not None and its[1] == _N:
            nulls = {one[0] for part in (b.args if b.op == "or" else (b,)) if (one := _states(part)) and one[1] == _N}
            return bool(nulls) and self._covered(its[0], nulls, deep)
        if its is not None and its[1] in (_T, _F):
            return self._state_implies(its[0], its[1] == _T, b, deep)
        return False

    def _state_implies(self, v: Sql, holds: bool, b: Sql, deep: int) -> bool:
        """Whether b holds where a truth does, or where it surely does not."""
        if v.op == "not":
            return self.implies(op("is false" if holds else "is true", v.args[0]), b, deep)
        each = [op("is true" if holds else "is false", part) for part in v.args] if v.op in ("and", "or") else []
        if v.op == ("and" if holds else "or"):
            return any(self.implies(one, b, deep) for one in each)
        if each:
            return all(self.implies(one, b, deep) for one in each)
        if v.op in STRICT:
            return any(b is n.not_(self.null(part)) for part in v.parts())
        return False

    def _covered(self, v: Sql, nulls: set[Sql], deep: int) -> bool:
        """Whether one of some nodes is NULL wherever v is."""
        if v in nulls or self.sure(v):
            return True
        if deep == 0 or not (v.op in STRICT or v.op in ("and", "or")):
            return False
        return all(self._covered(part, nulls, deep - 1) for part in v.parts())


def _are_opposite(a: Sql, b: Sql) -> bool:
    """Whether of two conditions, each that a comparison is true, one holds where the other surely does not."""
    if a.op != "is true" or b.op != "is true":
        return False
    one, other = a.args[0], b.args[0]
    return {one.op, other.op} == {"<", "<="} and one.args == other.args[::-1]


def _states(node: Sql) -> tuple[Sql, int] | None:
    """A truth and the states of it that a condition stands for."""
    if node.op in _STATES:
        return node.args[0], _STATES[node.op]
    if node.op == "not" and node.args[0].op in _STATES:
        return node.args[0].args[0], _ALL ^ _STATES[node.args[0].op]
    return None
