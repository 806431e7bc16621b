"""What is to be done: facts to ask for, the office's homework, what was taken as given, notes, commands to copy."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial

from interpreter.decision.model import Assumption, Line, MeasureDecision, Missing, Named, OpenPoint
from interpreter.decision.report import words
from interpreter.decision.report.answer import to_be_judged
from interpreter.decision.report.layout import GAP, beside, clean, flow, indented, pad, wrap
from interpreter.decision.report.view import View
from interpreter.decision.report.written import fact_at
from interpreter.language.types import (
    Boolean,
    Choice,
    DateTimeType,
    DateType,
    List,
    MonthType,
    Number,
    RecordType,
    TimeType,
    Type,
)
from interpreter.problems.cells import cells

ALL_CHOICES = 6
"""A choice of at most so many words is written out."""


# ---- of the claimant


def supplement(view: View) -> list[str]:
    """Every missing fact at once: how to fill it in, where it stands in a case, how to prove it, what hangs on it."""
    missing = {m.path: m for measure in view.decision.measures for m in measure.missing}
    of_duties = all(measure.kind == "duty" for measure in view.decision.measures if measure.missing)
    ask = words.ASK_BEARER if of_duties else words.ASK
    lines = wrap(view.fill(ask, len(missing)), view.width) if missing else []
    label = max((cells(clean(m.label)) for m in missing.values()), default=0)
    for fact in missing.values():
        shown, fill = clean(fact.label), view.fill(words.FILL, how_to_fill(view, fact.type))
        if label > view.width // 3:
            lines += beside(GAP, f"{shown}  {fill}", fact.path, view.width)
        else:
            lines += beside(GAP + pad(shown, label) + GAP, fill, fact.path, view.width)
        about = [view.fill(words.PROOF, fact.proof)] if fact.proof else []
        lines += _about(view, [*about, _stake(view, partial(_asks, fact.path))])
    return lines


def _asks(path: str, line: Line) -> bool:
    return any(fact.path == path for fact in line.missing)


def how_to_fill(view: View, type: Type) -> str:
    """What a case may say for a fact of this type."""
    match type:
        case Boolean():
            return view.fill(words.YES_OR_NO)
        case Choice(members=members) if len(members) <= ALL_CHOICES:
            return view.fill(words.OR).join(label for _, label in members)
        case Choice(members=members):
            first = view.fill(words.PAUSE).join(label for _, label in members[:ALL_CHOICES])
            return first + view.fill(words.AND_MORE, len(members))
        case DateType():
            return view.fill(words.A_DATE)
        case MonthType():
            return view.fill(words.A_MONTH)
        case TimeType():
            return view.fill(words.A_TIME)
        case DateTimeType():
            return view.fill(words.A_DATE_AND_TIME)
        case Number(places=0):
            return view.fill(words.AN_INTEGER)
        case Number():
            return view.fill(words.A_NUMBER)
        case RecordType(label=label):
            return label
        case List(item=item):
            return view.fill(words.A_LIST, how_to_fill(view, item))
        case _:
            return view.fill(words.SOME_TEXT)


def _stake(view: View, concerns: Callable[[Line], bool]) -> str:
    """The measures, lines and sums that hang on something: `甲项补贴 3 行 369.00 元`."""
    parts = []
    for measure in view.decision.measures:
        lines = [line for line in measure.lines if concerns(line)]
        known = [line.potential for line in lines if line.potential is not None]
        if not lines:
            continue
        told = [measure.title]
        if len(measure.lines) > 1:
            told.append(view.fill(words.LINES, len(lines)))
        if known and len(known) == len(lines):
            told.append(view.money(sum(known, Decimal(0))))
        parts.append(" ".join(told))
    return view.fill(words.AT_STAKE, view.comma.join(parts)) if parts else ""


def _about(view: View, texts: list[str]) -> list[str]:
    return indented(flow(texts, " " * 4, view.width - 4), 4)


# ---- of the office


def homework(view: View) -> list[str]:
    """Settings nobody has made, places where the rules give nothing, and what a person must judge."""
    points = {(p.kind, p.name): p for measure in view.decision.measures for p in measure.open_points}
    judged = {f.say: f for measure in view.decision.measures for f in to_be_judged(measure.lines)}
    count = len(points) + len(judged)
    lines = wrap(view.fill(words.HOMEWORK, count), view.width) if count else []
    for point in points.values():
        template = words.NOT_SET if point.kind == "setting" else words.FAULT
        place = point.name if point.where is None else view.place(point.where)
        lines += beside(GAP, view.fill(template, point.label), place, view.width)
        lines += _about(view, [_stake(view, partial(_waits, point))])
    for say, finding in judged.items():
        lines += beside(GAP, view.fill(words.A_PERSON, say), finding.clause or "", view.width)
        lines += _about(view, [_stake(view, partial(_judges, say))])
    return lines


def _waits(point: OpenPoint, line: Line) -> bool:
    return any((p.kind, p.name) == (point.kind, point.name) for p in line.open_points)


def _judges(say: str, line: Line) -> bool:
    return any(finding.say == say for finding in to_be_judged((line,)))


def assumptions(view: View) -> list[list[str]]:
    """Readings that are not yet decided, and facts that a default stood in for: a block each."""
    found = {a.name: a for measure in view.decision.measures for a in measure.assumptions}
    readings = [a for a in found.values() if a.kind == "switch"]
    defaults = [a for a in found.values() if a.kind == "default"]
    return [
        wrap(view.fill(title, len(taken)), view.width) + [text for a in taken for text in _assumed(view, a)]
        for title, taken in ((words.READINGS, readings), (words.DEFAULTS, defaults)) if taken
    ]


def _assumed(view: View, taken: Assumption) -> list[str]:
    value = view.value(Named(taken.name, taken.label, taken.value, taken.type))
    lines = beside(GAP, f"{taken.label}  {value}", taken.name, view.width)
    about = [taken.question or "", view.fill(words.BASIS, taken.basis) if taken.basis else ""]
    return lines if view.brief else [*lines, *_about(view, about)]


# ---- notes and commands


def notes(view: View) -> list[str]:
    """What the reader must know to read the answer rightly."""
    decision, said = view.decision, []
    measures = [m for m in decision.measures if m.kind != "duty"]
    claimable = bool(measures) or not decision.measures
    if decision.claims is None and claimable:
        said.append(view.fill(words.TRIAL))
    if claimable and not decision.history:
        said.append(view.fill(words.NO_HISTORY))
    said.extend(decision.repairs)
    head = view.fill(words.NOTE) + GAP
    return [
        line for place, note in enumerate(said)
        for line in beside(head if place == 0 else " " * cells(head), note, "", view.width)
    ]


def commands(view: View, command_input: str) -> list[str]:
    """What to type next, each with what it does."""
    rows = list(_commands(view, _word(clean(command_input))))
    lines = [view.fill(words.NEXT)] if rows else []
    size = max((cells(command) for command, _ in rows), default=0)
    fits = all(len(GAP) * 2 + size + cells(does) <= view.width for _, does in rows)
    for command, does in rows:
        line = GAP + (pad(command, size) if fits else command) + GAP + does
        if cells(line) <= view.width:
            lines.append(line)
        else:
            lines += [*_broken(command, view.width), *beside(" " * 4, does, "", view.width)]
    return lines


def _word(text: str) -> str:
    """One word of a command; Chinese needs no quotes."""
    return text if re.fullmatch(r"[\w@%+=:,./-]+", text) else shlex.quote(text)


def _broken(command: str, width: int) -> list[str]:
    """A command too long for its line goes on in the next, so that it still may be copied."""
    before, option, after = command.partition(" --")
    if cells(command) + len(GAP) <= width or not option:
        return beside(GAP, command, "", width)
    return [*beside(GAP, before + " \\", "", width), *beside(" " * 4, option.strip() + after, "", width)]


def _commands(view: View, file: str) -> Iterable[tuple[str, str]]:
    measures = view.decision.measures
    if any(_gets_letter(view, measure) for measure in measures):
        folder = view.fill(words.LETTERS_FOLDER)
        yield f"policy eval {file} --letters {folder}", view.fill(words.WRITE_LETTERS)
    claimed = [m for m in measures if m.claimed] or list(measures)
    told = [m for m in claimed if m.outcome not in ("granted", "not_applicable", "met")] or claimed
    asked = told[0] if told else None
    if asked is not None:
        yield f"policy eval {file} --why {asked.measure}", view.fill(words.STEP_BY_STEP)
    missing = (fact for measure in measures for fact in measure.missing)
    setting = next((s for fact in missing if (s := _setting(view, fact)) is not None), None)
    if setting is not None:
        yield f"policy eval {file} --set {_word(setting)}", view.fill(words.TRY)


def _gets_letter(view: View, measure: MeasureDecision) -> bool:
    """A case without claims gets letters only for what was granted or is incomplete."""
    if view.decision.claims is None:
        return measure.outcome in ("granted", "incomplete")
    return measure.claimed and measure.outcome in ("granted", "incomplete", "refused", "referred")


def _setting(view: View, fact: Missing) -> str | None:
    """`path=value` with a specimen of the value, for a fact that has one place in the case and is one word."""
    found = fact_at(view.rulebook, fact.path)
    if found is None or found[1]:
        return None
    match fact.type:
        case Boolean():
            return f"{fact.path}={view.fill(words.YES_OR_NO).split()[-1]}"
        case Choice(members=((_, label), *_)):
            return f"{fact.path}={label}"
        case DateType() if view.decision.as_of is not None:
            return f"{fact.path}={view.decision.as_of.isoformat()}"
        case MonthType() if view.decision.as_of is not None:
            return f"{fact.path}={view.decision.as_of.isoformat()[:7]}"
    return None
