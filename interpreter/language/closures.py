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
from interpreter.language.hits import FIRST_SURE, HITS
from interpreter.language.members import QUANTIFIED, flattening, listing, quantified, walking
from interpreter.language.shortcuts import (
    ITSELF,
    OPERATORS,
    both_of,
    field_of_fact,
    field_of_local,
    field_with_literal,
    is_of_day,
    kleene,
    membership,
    of_day,
    of_two,
    one_of,
    row_at_once,
    with_literal,
)
from interpreter.language.types import BROKEN
from interpreter.language.unknown import NOWHERE, Unknown, Value
from interpreter.language.values import Exactly, Range, Record, blank, plain


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
            each = [program.compiled(part) for part in parts]
            return both_of(*each) if len(each) == 2 else kleene(each, stop=False)
        case c.Or(parts=parts):
            return _or(parts, program)
        case c.Not(part=part):
            return _not(program.compiled(part))
        case c.If():
            return _if(node, program)
        case c.Fold():
            return _fold(node, program)
        case c.Filter():
            return _filter(node, program)
        case c.Map():
            return _map(node, program)
        case c.ListOf(items=items):
            each = [program.compiled(item) for item in items]
            return lambda env: tuple(item(env) for item in each)
        case c.RangeOf():
            return _range(node, program)
        case c.Choose():
            return _choose(node, program)
        case c.Make():
            return _make(node, program)
        case c.Let():
            return _let(node, program)


def _noted(node: c.Core, run: Run, program: Program) -> Run:
    """The hook: what a named node gave is noted beside it."""
    if not is_recorded(node, program):
        return run
    key = id(node)

    def noted(env: Environment) -> Value:
        value = run(env)
        env.trace.seen[key] = Seen(node, value)
        return value

    return noted


def is_recorded(node: c.Core, program: Program) -> bool:
    """Whether what a named node gives is noted."""
    return program.record and program.loops.isdisjoint(c.slots_in(node))


def _read(node: c.Read, program: Program) -> Run:
    name = node.name
    day = None if node.day is None else program.compiled(node.day)

    def once_a_case(env: Environment) -> Value:
        key = ("parameter", name, env.as_of)
        found = env.memo.get(key)
        if found is None:
            found = env.memo[key] = program.parameter(name)(env)
        return found

    def once_a_day(env: Environment) -> Value:
        return program.parameter(name)(env)

    value = of_day(once_a_day) if is_of_day(program.parameters[name]) else once_a_case

    def noted(env: Environment) -> Value:
        found = env.reads[name] = value(env)
        return found

    read = noted if program.record else value
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
    match node.of:
        case c.Fact(name=fact):
            return field_of_fact(fact, node.name)
        case c.Local(slot=slot):
            return field_of_local(slot, node.name)
    of, name = program.compiled(node.of), node.name

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
    args = [program.compiled(arg) for arg in node.args]
    recorded, place, record = is_recorded(node, program), id(node), program.record
    only = args[0] if len(args) == 1 else None

    def call(env: Environment) -> Value:
        given = [arg(env) for arg in args] if only is None else [only(env)]
        of = given[0] if only is not None else None
        key = (name, env.as_of, id(of)) if of.__class__ is Record else (name, env.as_of, *map(_identity, given))
        found = env.memo.get(key)
        if found is None:
            outer = env.trace
            if record:
                env.trace = Trace()
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
    args = [program.compiled(arg) for arg in node.args]
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

    def on(values: list[Value]) -> Value:
        if comparing:
            values = [plain(value) for value in values]
        for value in values:
            if isinstance(value, Unknown):
                return unknown(values)
        return python(*values)

    match node.args:
        case _, c.Literal(value=value) if value.__class__ in ITSELF:
            quick = OPERATORS.get(node.function, python)
            run = with_literal(quick, args[0], value, on)
            if not program.record:
                match node.args[0]:
                    case c.Field(c.Fact(fact), name):
                        run = field_with_literal(quick, fact, name, value, run)
        case _, _:
            run = of_two(OPERATORS.get(node.function, python), args[0], args[1], on)
        case _:
            def run(env: Environment) -> Value:
                return on([arg(env) for arg in args])

    return _defined(run, fault) if row.partial else run


def _defined(run: Run, fault: Unknown) -> Run:
    """What a function gives; where it has no value, the unknown that says at which place."""

    def defined(env: Environment) -> Value:
        result = run(env)
        return fault if result is FAULT else result

    return defined


def _or(parts: tuple[c.Core, ...], program: Program) -> Run:
    general = kleene([program.compiled(part) for part in parts], stop=True)
    found = one_of(parts)
    return general if found is None else membership(program.compiled(found[0]), found[1], general)


def _not(part: Run) -> Run:
    def run(env: Environment) -> Value:
        value = part(env)
        return Unknown(value.causes) if isinstance(value, Unknown) else not value

    return run


def _if(node: c.If, program: Program) -> Run:
    condition, then, otherwise = (program.compiled(x) for x in (node.condition, node.then, node.otherwise))

    def run(env: Environment) -> Value:
        holds = condition(env)
        if holds is True:
            return then(env)
        if holds is False:
            return otherwise(env)
        return either([then(env), otherwise(env)], holds.causes)

    return run


def _inside(slot: int, node: c.Core | None, program: Program) -> Run | None:
    """What is worked out for each member of a list, which stands in `slot`."""
    if node is None:
        return None
    program.loops.add(slot)
    run = program.compiled(node)
    program.loops.discard(slot)
    return run


def _fold(node: c.Fold, program: Program) -> Run:
    row = BY_KEY[node.kind]
    over = program.compiled(node.over)
    where, value = _inside(node.slot, node.where, program), _inside(node.slot, node.value, program)
    walk = walking(node.slot, where, value, node.endless)
    extra = [program.compiled(arg) for arg in node.extra]
    python = row.python
    if node.kind in QUANTIFIED and value is not None:
        return quantified(
            QUANTIFIED[node.kind], over, node.slot, where, value, lambda listed, env: python(walk(listed, env))
        )

    def run(env: Environment) -> Value:
        return python(walk(over(env), env), *[arg(env) for arg in extra])

    return _defined(run, Unknown(node.fault)) if row.partial else run


def _filter(node: c.Filter, program: Program) -> Run:
    over = program.compiled(node.over)
    return listing(over, walking(node.slot, _inside(node.slot, node.where, program), None, node.endless))


def _map(node: c.Map, program: Program) -> Run:
    over = program.compiled(node.over)
    each = listing(over, walking(node.slot, None, _inside(node.slot, node.value, program), node.endless))
    return flattening(each) if node.flat else each


def _let(node: c.Let, program: Program) -> Run:
    slot, value, body = node.slot, program.compiled(node.value), _inside(node.slot, node.body, program)
    assert body is not None

    def run(env: Environment) -> Value:
        env.locals[slot] = value(env)
        return body(env)

    return run


def _range(node: c.RangeOf, program: Program) -> Run:
    low, high = (
        program.compiled(c.Literal(None, BROKEN) if end is None else end) for end in (node.low, node.high)
    )
    low_included, high_included = node.low_included, node.high_included
    made = Exactly if node.exactly else Range

    def run(env: Environment) -> Value:
        ends = low(env), high(env)
        causes, unsure = 0, False
        for end in ends:
            if isinstance(end, Unknown):
                causes |= end.causes
                unsure = True
        return Unknown(causes) if unsure else made(*ends, low_included, high_included)

    return run


def _choose(node: c.Choose, program: Program) -> Run:
    """Rows under a hit policy."""
    rows = [(program.compiled(when), program.compiled(then)) for when, then in node.rows]
    nothing = c.Literal(Unknown(node.nothing), BROKEN)
    otherwise = program.compiled(nothing if node.default is None else node.default)
    hit, covers, has_default = HITS[node.hit], node.covers, node.default is not None

    def run(env: Environment, done: int = 0, already: Value = False) -> Value:
        """The answer, where `already` is what the condition of row `done` gave and those before gave false."""
        doubtful = False

        def applying() -> Iterator[tuple[Value, Callable[[], Value]]]:
            nonlocal doubtful
            for number, (when, then) in enumerate(rows[done:]):
                holds = already if number == 0 and already is not False else when(env)
                if holds is not False:
                    doubtful |= holds is not True
                    yield holds, partial(then, env)

        def nothing_applies() -> Value:
            # while a row may apply, what is unknown of it is the cause, and not yet that there is no row
            return NOWHERE if doubtful and not has_default else otherwise(env)

        return hit(applying(), nothing_applies, covers)

    return row_at_once(rows, otherwise, run) if node.hit in FIRST_SURE else run


def _make(node: c.Make, program: Program) -> Run:
    names, shape = tuple(node.type.fields), blank(node.type)
    values = [program.compiled(value) for value in node.values]
    return lambda env: Record({name: value(env) for name, value in zip(names, values, strict=True)}, shape)
