"""What must hold of every policy and every case, as functions that tell what does not (None where all is well)."""

from __future__ import annotations

import json
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from interpreter.batch.relations import relations_of, rows_of
from interpreter.batch.rows import case_of
from interpreter.cases.facts import read_plain
from interpreter.decision.decide import case_problems, decide, decide_batch
from interpreter.decision.judge import state_word
from interpreter.decision.model import Decision, Line, MeasureDecision
from interpreter.decision.report import to_json
from interpreter.decision.verdict import Verdict, verdict, verdict_batch
from interpreter.language.types import INTEGER, Field, List, RecordType, Type
from interpreter.language.values import plain
from interpreter.rulebook.model import Rulebook
from tests.batch.generated.cases import Data, read
from tests.batch.generated.chance import Chance
from tests.batch.generated.reached import reached
from tests.decision.generated import Place, still_without, without

Law = Callable[[Rulebook, Sequence[Data]], str | None]

SEEN: Counter[str] = Counter()
"""What the law of knowledge has looked at: final answers with less known, and lines given what they asked for."""

FINAL = ("granted", "refused", "referred")
VALIDATOR = Draft202012Validator(
    json.loads(files("interpreter.decision").joinpath("schemas/decision.json").read_text(encoding="utf-8"))
)


def told(law: Law, book: Rulebook, cases: Sequence[Data]) -> str | None:
    """What a law says, an exception being a complaint too."""
    try:
        return law(book, cases)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{last.filename.rpartition('/interpreter/')[2]}:{last.name}"
        return f"{type(error).__name__} in {place}: {str(error)[:300]}"


# ---- the same answer twice


def verdicts_are_decisions(book: Rulebook, cases: Sequence[Data]) -> str | None:
    """Verdicts agree with decisions on outcome, amount, states, missing facts and open points, alone and in a batch."""
    read_in = [read(book, data) for data in cases]
    decisions, verdicts = decide_batch(book, read_in), verdict_batch(book, read_in)
    for number, (decision, found) in enumerate(zip(decisions, verdicts, strict=True)):
        if _decided(decision) != _told(found):
            return f"case {number}: decided {_decided(decision)}, verdict {_told(found)}"
    for number, case in enumerate(read_in):
        alone, found = decide(book, case), verdict(book, case)
        if _decided(alone) != _told(found):
            return f"case {number} alone: decided {_decided(alone)}, verdict {_told(found)}"
    return None


def _decided(decision: Decision) -> list[Any]:
    return [
        (made.measure, line.outcome, line.amount,
         tuple((one.requirement, one.state) for one in line.findings if not one.limit), line.missing, line.open_points)
        for made in decision.measures if made.kind != "duty" for line in made.lines
    ]


def _told(verdicts: Sequence[Verdict]) -> list[Any]:
    return [
        (one.measure, one.outcome, one.amount,
         tuple(zip(one.requirements, map(state_word, one.states), strict=True)), one.missing, one.open_points)
        for one in verdicts
    ]


def same_bytes_twice(book: Rulebook, cases: Sequence[Data]) -> str | None:
    """Deciding twice gives the same bytes, and these keep the published schema."""
    first, second = (
        [to_json(decision, book) for decision in decide_batch(book, [read(book, data) for data in cases])]
        for _ in range(2)
    )
    for number, (one, other) in enumerate(zip(first, second, strict=True)):
        if one != other:
            return f"case {number}: twice decided, two answers"
        for error in VALIDATOR.iter_errors(json.loads(one)):
            return f"case {number}: schema: {list(error.absolute_path)} {error.message[:200]}"
    return None


def order_does_not_matter(book: Rulebook, cases: Sequence[Data]) -> str | None:
    """A batch gives the same decisions in whichever order its cases come."""
    read_in = [read(book, data) for data in cases]
    numbers = list(range(len(cases)))
    Chance(len(cases)).shuffle(numbers)
    before = [to_json(decision, book) for decision in decide_batch(book, read_in)]
    after = decide_batch(book, [read_in[number] for number in numbers])
    for number, decision in zip(numbers, after, strict=True):
        if to_json(decision, book) != before[number]:
            return f"case {number} is decided otherwise in another order of the input"
    return None


def rows_are_cases(book: Rulebook, cases: Sequence[Data]) -> str | None:
    """What is read back from the row that a case is stored as is decided as the case is."""
    read_in = [read(book, data) for data in cases]
    columns = [column.name for column in relations_of(book)]
    again = [case_of(dict(zip(columns, row, strict=True)), book) for row in rows_of(read_in, book)]
    for number, (one, other) in enumerate(zip(verdict_batch(book, read_in), verdict_batch(book, again), strict=True)):
        if _told(one) != _told(other):
            return f"case {number}: {_told(one)}, from its row {_told(other)}"
    return None


# ---- knowledge


def more_knowledge_keeps_answers(book: Rulebook, cases: Sequence[Data]) -> str | None:
    """Withholding facts never turns one final answer of a line into another; a line asks for facts that are not there
    (d), that are enough to decide it (a), and beside which no other matters (b)."""
    for number, whole in enumerate(cases):
        chance = Chance(f"withheld {number}")
        places = [path for path in _facts(book, whole) if path[-1] not in ("number",)]
        if not places:
            continue
        before = decide(book, read(book, whole))
        for _ in range(3):
            removed = chance.some(places, 1, min(len(places), chance.choice((1, 2, 4, 8))))
            wrong = _withheld(book, whole, removed, before)
            if wrong is not None:
                return f"case {number} without {removed}: {wrong}"
    return None


def _decide(book: Rulebook, data: Data) -> Decision | None:
    case = read_plain(data, book, [])
    return None if case is None or case_problems(book, case) else decide(book, case)


def _withheld(book: Rulebook, whole: Data, removed: Sequence[Place], before: Decision) -> str | None:
    partial = without(whole, removed)
    less = _decide(book, partial)
    if less is None:
        return None
    known = {measure.measure: measure for measure in before.measures}
    for measure in less.measures:
        then = known[measure.measure]
        for old, new in pairs(measure, then):
            if old.outcome not in FINAL or new is None:
                continue
            SEEN[old.outcome] += 1
            if _answer(old) != _answer(new):
                return f"{measure.measure} {_key(old)}: {_answer(old)} with less known, {_answer(new)} with more"
        for path in {missing.path for missing in measure.missing}:
            SEEN["asked"] += 1
            if not is_absent(partial, path):
                return f"{measure.measure} asks for {path}, which is given"
    return _given(book, whole, removed, before, less)


def _given(
    book: Rulebook, whole: Data, removed: Sequence[Place], before: Decision, less: Decision
) -> str | None:
    """Gives each measure what it asks for, and nothing else."""
    figures = {name for name, definition in book.definitions.items() if definition.may_be_provided}
    if any(path[-1] in figures for path in removed):
        return None
    # what is known decides nothing for good, so that more of it may settle a review
    settled = FINAL if _asks_what_is_known(book) else (*FINAL, "review")
    known = {measure.measure: measure for measure in before.measures}
    for measure in less.measures:
        then = known[measure.measure]
        if measure.outcome != "incomplete" or then.missing:
            continue
        asked = {missing.path for missing in measure.missing}
        found = _decide(book, without(whole, still_without(removed, asked)))
        if found is None:
            continue
        again = next(m for m in found.measures if m.measure == measure.measure)
        if again.missing:
            more = sorted(missing.path for missing in again.missing)
            return f"{measure.measure} asks for {sorted(asked)}, and given these for {more}"
        for old, new in pairs(again, then):
            if new is None or old.outcome not in settled:
                continue
            SEEN["given"] += 1
            if _answer(old) != _answer(new):
                return f"{measure.measure} {_key(old)}, given {sorted(asked)}: {_answer(old)}, with all {_answer(new)}"
    return None


def _asks_what_is_known(book: Rulebook) -> bool:
    return any(word.startswith("is known") for word in reached(book))


def _answer(line: Line) -> tuple[Any, ...]:
    return line.outcome, line.amount


def _key(line: Line) -> tuple[Any, ...]:
    return tuple(plain(part.value) for part in line.key)


def pairs(less: MeasureDecision, more: MeasureDecision) -> Iterator[tuple[Line, Line | None]]:
    """Lines with less known, with what they are with more: by key where lines have keys of their own; where a measure
    is one line for all that is in it, each with each."""
    if not more.lines or any(not line.key for line in (*less.lines, *more.lines)):
        yield from ((old, new) for old in less.lines for new in more.lines)
        return
    keys, later = [_key(line) for line in less.lines], [_key(line) for line in more.lines]
    numbered = any(part.type == INTEGER and part.name.startswith("e") for line in more.lines for part in line.key)
    if numbered or len(set(keys)) < len(keys) or len(set(later)) < len(later):
        if len(keys) == len(later):
            yield from zip(less.lines, more.lines, strict=True)
        return
    by_key = dict(zip(later, more.lines, strict=True))
    yield from ((line, by_key.get(key)) for line, key in zip(less.lines, keys, strict=True))


def is_absent(data: Any, path: str) -> bool:
    """Whether a fact is missing at one place at least of those that its path names."""
    name, _, rest = path.partition(".")
    if not isinstance(data, dict) or data.get(name) is None:
        return True
    value = data[name]
    if not rest:
        # of a table's row no field is a fact of the case
        return False
    return any(is_absent(item, rest) for item in value) if isinstance(value, list) else is_absent(value, rest)


def _facts(book: Rulebook, data: Data) -> Iterator[Place]:
    """The places of facts that may be withheld: those with a default, and earlier decisions, are closed."""

    def visit(value: Any, of: Type, path: Place, field: Field | None) -> Iterator[Place]:
        if field is not None and (field.default is not None or field.required):
            return
        match of:
            case RecordType(table=None) if isinstance(value, dict):
                for name, inner in value.items():
                    yield from visit(inner, of.fields[name].type, (*path, name), of.fields[name])
            case List(item=item) if isinstance(value, list):
                yield path
                if isinstance(item, RecordType) and item.table is None:
                    for number, inner in enumerate(value):
                        yield from visit(inner, item, (*path, number), None)
            case _:
                yield path

    for name, root in book.facts.items():
        if name in data and name != "history":
            yield from visit(data[name], root.type, (name,), None)


LAWS: dict[str, Law] = {
    law.__name__: law for law in (
        verdicts_are_decisions, same_bytes_twice, order_does_not_matter, rows_are_cases, more_knowledge_keeps_answers,
    )
}
