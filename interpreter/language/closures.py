"""Core to closures: each node becomes one Python function of the environment, built once.

Known values are plain Python objects; a node that meets an `Unknown` unites causes, except where the other side
decides. With `record` set, named nodes (definitions, parameters, facts) also note what they gave: the one hook from
which every explanation comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from interpreter.language import core as c
from interpreter.language.bounds import BY_BOUNDS, add_bounded, either, has_bounds
from interpreter.language.environment import Environment, Program, Run, Seen, Trace
from interpreter.language.functions import BY_KEY, FAULT
from interpreter.language.hits import HITS
from interpreter.language.types import BROKEN
from interpreter.language.unknown import NOWHERE, Partial, Unknown, Value, is_open
from interpreter.language.unknown import members as members_of
from interpreter.language.values import Range, Record, blank, plain


def compile_core(node: c.Core, program: Program) -> Run:
    """The function that works a node out."""
    match node:
        case c.Literal(value=value):
            return lambda env: value
        case c.Local(slot=slot):
            return lambda env: env.locals[slot]
        case c.Fact(name=name):
            return lambda env: env.facts[name]
        case c.AsOf():
            return lambda env: env.as_of
        case c.Authority():
            return lambda env: env.authority
        case c.Rows(table=table):
            rows = program.tables[table]
            return lambda env: rows
        case c.Read():
            return _noted(node, _read(node, program), program)
        case c.Field():
            return _noted(node, _field(node, program), program)
        case c.Call():
            return _call(node, program)
        case c.Apply():
            return _apply(node, program)
        case c.And(parts=parts):
            return _kleene([compile_core(part, program) for part in parts], stop=False)
        case c.Or(parts=parts):
            return _kleene([compile_core(part, program) for part in parts], stop=True)
        case c.Not(part=part):
            return _not(compile_core(part, program))
        case c.If():
            return _if(node, program)
        case c.Fold():
            return _fold(node, program)
        case c.Filter():
            return _filter(node, program)
        case c.Map():
            return _map(node, program)
        case c.ListOf(items=items):
            each = [compile_core(item, program) for item in items]
            return lambda env: tuple(item(env) for item in each)
        case c.RangeOf():
            return _range(node, program)
        case c.Choose():
            return _choose(node, program)
        case c.Make():
            return _make(node, program)


def _noted(node: c.Core, run: Run, program: Program) -> Run:
    """The hook: what a named node gave is noted beside it."""
    if not _is_recorded(node, program):
        return run
    key = id(node)

    def noted(env: Environment) -> Value:
        value = run(env)
        env.trace.seen[key] = Seen(node, value)
        return value

    return noted


def _is_recorded(node: c.Core, program: Program) -> bool:
    return program.record and program.loops.isdisjoint(c.slots_in(node))


def _read(node: c.Read, program: Program) -> Run:
    name = node.name
    day = None if node.day is None else compile_core(node.day, program)

    def read(env: Environment) -> Value:
        key = ("parameter", name, _identity(env.as_of))
        found = env.memo.get(key)
        if found is None:
            # the day is kept so that the identity in the key stays its own
            found = env.memo[key] = (program.parameter(name)(env), env.as_of)
        env.reads[name] = found[0]
        return found[0]

    if day is None:
        return read

    def on_day(env: Environment) -> Value:
        outer, env.as_of = env.as_of, day(env)
        try:
            return read(env)
        finally:
            env.as_of = outer

    return on_day


def _field(node: c.Field, program: Program) -> Run:
    of, name = compile_core(node.of, program), node.name

    def field_of(env: Environment) -> Value:
        record = of(env)
        if record.__class__ is Record:
            return record.get(name)
        return record

    return field_of


def _identity(value: Value) -> Any:
    # a record may share its key with another of other content, so that only itself is the same
    return id(value) if isinstance(value, Record | Unknown | tuple) else (value.__class__, value)


def _call(node: c.Call, program: Program) -> Run:
    name = node.definition
    function = program.definitions[name]
    slots, provided = function.slots, function.provided
    args = [compile_core(arg, program) for arg in node.args]
    recorded, place = _is_recorded(node, program), id(node)

    def call(env: Environment) -> Value:
        given = [arg(env) for arg in args]
        key = (name, _identity(env.as_of), *map(_identity, given))
        found = env.memo.get(key)
        if found is None:
            outer, env.trace = env.trace, Trace()
            value = compute(env, given)
            # the arguments are kept so that the identities in the key stay theirs
            found = env.memo[key] = (value, env.trace, given)
            env.trace = outer
        if recorded:
            env.trace.seen[place] = Seen(node, found[0], found[1])
        return found[0]

    def compute(env: Environment, given: list[Value]) -> Value:
        if provided is not None and given[0].__class__ is Record:
            figure = given[0].fields.get(provided)
            if figure is not None:
                return figure
        for slot, value in zip(slots, given, strict=True):
            env.locals[slot] = value
        return program.definition(name)(env)

    return call


def _apply(node: c.Apply, program: Program) -> Run:
    """A strict function: any unknown argument makes the result unknown, causes united; bounds may still decide."""
    row = BY_KEY[node.function]
    python = row.python
    args = [compile_core(arg, program) for arg in node.args]
    fault = Unknown(node.fault)
    if not row.strict:
        return _defined(lambda env: python(*(arg(env) for arg in args)), fault)
    by_bounds = BY_BOUNDS.get(node.function)
    comparing = by_bounds is not None

    def unknown(values: list[Value]) -> Value:
        causes = 0
        for value in values:
            if isinstance(value, Unknown):
                causes |= value.causes
        if len(values) == 2 and has_bounds(*values):
            if by_bounds is not None:
                decided = by_bounds(*values)
                return Unknown(causes) if decided is None else decided
            if node.function == "add.number":
                return Unknown(causes, *add_bounded(values[0], values[1]))
        return Unknown(causes)

    def run(env: Environment) -> Value:
        values = [arg(env) for arg in args]
        if comparing:
            values = [plain(value) for value in values]
        for value in values:
            if isinstance(value, Unknown):
                return unknown(values)
        return python(*values)

    return _defined(run, fault) if row.partial else run


def _defined(run: Run, fault: Unknown) -> Run:
    """What a function gives; where it has no value, the unknown that says at which place."""

    def defined(env: Environment) -> Value:
        result = run(env)
        return fault if result is FAULT else result

    return defined


def _kleene(parts: list[Run], *, stop: bool) -> Run:
    """`and` (stop at a false) and `or` (stop at a true); undecided, the causes of all unknown parts."""

    def run(env: Environment) -> Value:
        causes, unsure = 0, False
        for part in parts:
            value = part(env)
            if value is stop:
                return stop
            if value is not (not stop):
                causes |= value.causes
                unsure = True
        return Unknown(causes) if unsure else not stop

    return run


def _not(part: Run) -> Run:
    def run(env: Environment) -> Value:
        value = part(env)
        return Unknown(value.causes) if isinstance(value, Unknown) else not value

    return run


def _if(node: c.If, program: Program) -> Run:
    condition, then, otherwise = (compile_core(x, program) for x in (node.condition, node.then, node.otherwise))

    def run(env: Environment) -> Value:
        holds = condition(env)
        if holds is True:
            return then(env)
        if holds is False:
            return otherwise(env)
        return either([then(env), otherwise(env)], holds.causes)

    return run


def _walk(
    slot: int, condition: c.Core | None, step: c.Core | None, program: Program
) -> Callable[[Value, Environment], Iterator[Any]]:
    """The members of a list that are or may be in, with their values and whether they stand for many."""
    program.loops.add(slot)
    where = None if condition is None else compile_core(condition, program)
    value = None if step is None else compile_core(step, program)
    program.loops.discard(slot)

    def walk(listed: Value, env: Environment) -> Iterator[tuple[Value, Value, bool]]:
        open_end = is_open(listed)
        members = list(members_of(listed))
        last = len(members) - 1
        local = env.locals
        for i, (membership, item) in enumerate(members):
            local[slot] = item
            if where is not None:
                holds = where(env)
                if holds is False:
                    continue
                if holds is not True:
                    membership = Unknown(holds.causes | (0 if membership is True else membership.causes))
            yield membership, item if value is None else value(env), open_end and i == last

    return walk


def _fold(node: c.Fold, program: Program) -> Run:
    row = BY_KEY[node.kind]
    over = compile_core(node.over, program)
    walk = _walk(node.slot, node.where, node.value, program)
    extra = [compile_core(arg, program) for arg in node.extra]
    python = row.python

    def run(env: Environment) -> Value:
        return python(walk(over(env), env), *[arg(env) for arg in extra])

    return _defined(run, Unknown(node.fault)) if row.partial else run


def _filter(node: c.Filter, program: Program) -> Run:
    over = compile_core(node.over, program)
    return _listing(over, _walk(node.slot, node.where, None, program))


def _map(node: c.Map, program: Program) -> Run:
    over = compile_core(node.over, program)
    return _listing(over, _walk(node.slot, None, node.value, program))


def _listing(over: Run, walk: Callable[[Value, Environment], Iterator[Any]]) -> Run:
    """The members of a walk as a list again."""

    def run(env: Environment) -> Value:
        listed = over(env)
        found = list(walk(listed, env))
        in_order = listed.__class__ is not Partial or listed.in_order
        if in_order and all(membership is True for membership, _, _ in found):
            return tuple(item for _, item, _ in found)
        more = bool(found) and found[-1][2]
        causes = 0 if in_order else listed.causes
        for membership, _, _ in found:
            if membership is not True:
                causes |= membership.causes
        sure = found[:-1] if more else found
        return Partial(
            causes, tuple((membership, item) for membership, item, _ in sure), more=more,
            blank=found[-1][1] if more else None, in_order=in_order,
        )

    return run


def _range(node: c.RangeOf, program: Program) -> Run:
    low, high = compile_core(node.low, program), compile_core(node.high, program)
    low_included, high_included = node.low_included, node.high_included

    def run(env: Environment) -> Value:
        ends = low(env), high(env)
        causes, unsure = 0, False
        for end in ends:
            if isinstance(end, Unknown):
                causes |= end.causes
                unsure = True
        return Unknown(causes) if unsure else Range(*ends, low_included, high_included)

    return run


def _choose(node: c.Choose, program: Program) -> Run:
    """Rows under a hit policy."""
    rows = [(compile_core(when, program), compile_core(then, program)) for when, then in node.rows]
    nothing = c.Literal(Unknown(node.nothing), BROKEN)
    otherwise = compile_core(nothing if node.default is None else node.default, program)
    hit, covers, has_default = HITS[node.hit], node.covers, node.default is not None

    def run(env: Environment) -> Value:
        doubtful = False

        def applying() -> Iterator[tuple[Value, Callable[[], Value]]]:
            nonlocal doubtful
            for when, then in rows:
                holds = when(env)
                if holds is not False:
                    doubtful |= holds is not True
                    yield holds, partial(then, env)

        def nothing_applies() -> Value:
            # while a row may apply, what is unknown of it is the cause, and not yet that there is no row
            return NOWHERE if doubtful and not has_default else otherwise(env)

        return hit(applying(), nothing_applies, covers)

    return run


def _make(node: c.Make, program: Program) -> Run:
    names, shape = tuple(node.type.fields), blank(node.type)
    values = [compile_core(value, program) for value in node.values]
    return lambda env: Record({name: value(env) for name, value in zip(names, values, strict=True)}, shape)
