"""Requirements worked out: each met, not met or unknown, with the values it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from interpreter.decision.engine import Engine
from interpreter.decision.evidence import named_values
from interpreter.decision.model import Finding, Named, State
from interpreter.language.environment import Environment, Trace
from interpreter.language.show import show
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.rulebook.model import Otherwise, Requirement, Say

REFUSE = Otherwise("refuse")


@dataclass(slots=True, eq=False)
class Judged:
    """A requirement as it was found. A leaf counts as one in the outcome: a condition, or a whole `any` group."""

    name: str
    requirement: Requirement
    state: Value
    otherwise: Otherwise
    say: str
    values: tuple[Named, ...] = ()
    parts: tuple[Judged, ...] = ()
    mode: str = "when"
    leaf: bool = True

    def leaves(self) -> Iterator[Judged]:
        """What counts in the outcome: itself, or the leaves of its parts."""
        if self.leaf:
            yield self
        else:
            for part in self.parts:
                yield from part.leaves()


def judge(
    requirement: Requirement, env: Environment, engine: Engine, above: Otherwise = REFUSE, path: str = ""
) -> Judged:
    """Works one requirement out; where the engine records, with the parts of its group or of the definition it calls,
    and the values it stands on."""
    name = f"{path}.{requirement.name}" if path else requirement.name
    if not engine.record:
        whole = engine.condition(requirement, above)
        if whole is not None:
            return Judged(name, requirement, engine.run(whole.core, env), whole.otherwise, "")
    otherwise = requirement.otherwise or above
    env.trace = Trace()
    if requirement.call is not None and not _provided(requirement, env, engine):
        called, args = requirement.call
        definition = engine.rulebook.definitions[called]
        values = [engine.run(arg, env) for arg in args]
        say = fill(requirement.say, env, engine)
        for variable, value in zip(definition.takes, values, strict=True):
            env.locals[variable.slot] = value
        parts = tuple(judge(part, env, engine, otherwise, name) for part in definition.requirements)
        return _group(name, requirement, definition.mode, parts, otherwise, say)
    if requirement.mode != "when":
        parts = tuple(judge(part, env, engine, otherwise, name) for part in requirement.parts)
        return _group(name, requirement, requirement.mode, parts, otherwise, fill(requirement.say, env, engine))
    assert requirement.when is not None
    state = engine.value(requirement.when, env)
    found = named_values(env.trace, engine.rulebook)
    return Judged(name, requirement, state, otherwise, fill(requirement.say, env, engine), found)


def _provided(requirement: Requirement, env: Environment, engine: Engine) -> bool:
    """Whether the case gives what the called definition would find, so that there is nothing inside to show."""
    assert requirement.call is not None
    called, args = requirement.call
    if not engine.rulebook.definitions[called].may_be_provided:
        return False
    about = engine.run(args[0], env)
    return isinstance(about, Record) and about.fields.get(called) is not None


def _group(
    name: str, requirement: Requirement, mode: str, parts: tuple[Judged, ...], otherwise: Otherwise, say: str
) -> Judged:
    states = [part.state for part in parts]
    state = both(states) if mode == "all" else any_of(states)
    if mode == "any":
        # one outcome for the whole: `check` has seen to it that its parts agree
        otherwise = next((leaf.otherwise for part in parts for leaf in part.leaves()), otherwise)
    return Judged(name, requirement, state, otherwise, say, (), parts, mode, leaf=mode == "any")


def both(states: Iterable[Value]) -> Value:
    """Kleene's `and`: false if any is, else unknown with the causes of all unknown ones."""
    causes, unsure = 0, False
    for state in states:
        if state is False:
            return False
        if isinstance(state, Unknown):
            causes |= state.causes
            unsure = True
    return Unknown(causes) if unsure else True


def any_of(states: Iterable[Value]) -> Value:
    """Kleene's `or`."""
    causes, unsure = 0, False
    for state in states:
        if state is True:
            return True
        if isinstance(state, Unknown):
            causes |= state.causes
            unsure = True
    return Unknown(causes) if unsure else False


def fill(say: Say | None, env: Environment, engine: Engine) -> str:
    """What a person reads, the holes filled; a hole prints a number without its unit."""
    if say is None or not engine.record:
        return ""
    kept, env.trace = env.trace, Trace()
    language = engine.rulebook.language
    text = "".join(
        part if isinstance(part, str) else show(engine.value(part, env), part.type, language, unit=False)
        for part in say.parts
    )
    env.trace = kept
    return text


def state_word(state: Value) -> State:
    return "unknown" if isinstance(state, Unknown) else "met" if state else "not met"


def finding(judged: Judged, decides: Callable[[Judged], bool]) -> Finding:
    """The finding a judged requirement becomes; `decides` tells of a leaf whether it made the outcome, and a group did
    if anything in it did."""
    parts = tuple(finding(part, decides) for part in judged.parts)
    mode = judged.requirement.mode if judged.mode == "when" else judged.mode
    decided = (judged.leaf and decides(judged)) or any(part.decided for part in parts)
    return Finding(
        judged.name, judged.say, state_word(judged.state), decided,
        judged.otherwise.kind, judged.values, judged.requirement.clause, judged.otherwise.to,
        "any" if mode == "any" else "all" if parts else "when", parts,
        judged.state.causes if isinstance(judged.state, Unknown) else 0,
    )
