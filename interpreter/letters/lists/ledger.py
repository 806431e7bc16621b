"""The ledger by real names: one row for everybody who claimed, with what is known and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from interpreter.decision.model import Line, MeasureDecision
from interpreter.decision.report.words import ITEMS, OUTCOME
from interpreter.language.show import show
from interpreter.language.types import Field as FieldOf
from interpreter.language.types import List, RecordType, TextType
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.letters.lists.grants import RESIDENT_ID, Decided, Payee, Wordings, authority_of, counted, payee
from interpreter.letters.lists.sheet import NUMBER, TOTAL, Column, Sheet, numbered
from interpreter.letters.wording import Wording, masked
from interpreter.letters.workbook import Cell
from interpreter.problems import Language, Text, fill

TITLE = Text("实名制工作台账", "Ledger by real names")
LISTED = Text("名册人员", "people listed")
_NAME = Column(Text("姓名或名称", "name"), width=30)
_KEY = Column(Text("证件号码或信用代码", "number"), width=24)
_AUTHORITY = Column(Text("机关", "authority"))
_GRANTED = Column(Text("已准予的项目", "granted"), width=36)
_AMOUNT = Column(Text("金额", "amount"), "money")
_CASES = Column(Text("案件编号", "cases"), width=20)
_REMARK = Column(Text("备注", "remark"), width=36)
_PAIR = Text("{0}：{1}", "{0}: {1}")
_PAUSE = Text("、", ", ")


@dataclass(slots=True)
class _Entry:
    """What is known of one claimant, from all cases."""

    who: Payee
    authority: str
    known: dict[str, str] = field(default_factory=dict)
    granted: list[str] = field(default_factory=list)
    amount: Decimal = Decimal(0)
    cases: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def ledger_sheets(decided: Iterable[Decided], wordings: Wordings, language: Language, *, in_full: bool) -> list[Sheet]:
    """A sheet for each kind of claimant with one row a person or firm, and one of the people named in lists.

    Several cases of one claimant are one row: sums are added, what was known last stands. `in_full` with whole numbers
    and everything known, for the office alone; else as it is printed.
    """
    entries: dict[tuple[str, str, str], _Entry] = {}
    fields: dict[str, dict[str, str]] = {}
    people: list[tuple[Cell, ...]] = []
    for one in decided:
        wording, who = wordings.of(one.rulebook), payee(one, wordings.of(one.rulebook))
        kind = one.rulebook.facts[one.decision.claimant].label if one.decision.claimant in one.rulebook.facts else ""
        kind = kind or one.decision.claimant
        key = (kind, who.key or one.decision.case, who.name if not who.key else "")
        entry = entries.setdefault(key, _Entry(who, authority_of(one.decision)))
        entry.cases.append(one.decision.case)
        for name, label, text in _known(one, wording) if in_full else ():
            fields.setdefault(kind, {})[name] = label
            entry.known[name] = text
        for measure in counted(one.decision):
            _told(measure, entry, wording)
            people += _listed(one, who, measure, wording, in_full=in_full)
    sheets = [
        _sheet(kind, [entry for key, entry in entries.items() if key[0] == kind], fields.get(kind, {}), language,
               in_full=in_full)
        for kind in dict.fromkeys(key[0] for key in entries)
    ]
    return [*sheets, *([Sheet(LISTED.to(language), _PEOPLE, numbered(people))] if people else [])]


def _sheet(
    kind: str, entries: list[_Entry], fields: dict[str, str], language: Language, *, in_full: bool,
) -> Sheet:
    columns = (
        Column(NUMBER, "count", 6), _NAME, _KEY, _AUTHORITY,
        *(Column(Text(label, label), width=16) for label in fields.values()), _GRANTED, _AMOUNT, _CASES, _REMARK,
    )
    pause = _PAUSE.to(language)
    rows = numbered(
        (
            entry.who.name, entry.who.key if in_full else entry.who.shown, entry.authority,
            *(entry.known.get(name, "") for name in fields), pause.join(entry.granted), entry.amount,
            pause.join(dict.fromkeys(entry.cases)), pause.join(entry.remarks),
        )
        for entry in entries
    )
    amount = sum((entry.amount for entry in entries), Decimal(0))
    total = (None, TOTAL.to(language), None, None, *(None for _ in fields), None, amount, None, None)
    return Sheet(kind, columns, rows, total)


def _known(one: Decided, wording: Wording) -> Iterator[tuple[str, str, str]]:
    """Field, label and value of what a claimant's record says of itself: what is not private, and of lists how many."""
    claimant = one.rulebook.claimants.get(one.decision.claimant)
    record = one.facts.get(claimant.fact) if claimant is not None else None
    if not isinstance(record, Record):
        return
    type = record.shape.type
    for name, field_ in type.fields.items():
        value = record.fields.get(name)
        if field_.private or field_.provided or name == type.key or value is None or isinstance(value, Unknown):
            continue
        yield name, field_.label, _shown(value, field_, wording)


def _shown(value: Value, field_: FieldOf, wording: Wording) -> str:
    if isinstance(field_.type, List) and isinstance(value, tuple) and isinstance(field_.type.item, RecordType):
        return fill(ITEMS, wording.language, len(value))
    return show(value, field_.type, wording.language, ongoing=field_.ongoing)


def _told(measure: MeasureDecision, entry: _Entry, wording: Wording) -> None:
    if measure.outcome == "granted":
        entry.granted.append(measure.title)
        entry.amount += measure.amount or Decimal(0)
    else:
        outcome = OUTCOME[measure.outcome].to(wording.language)
        entry.remarks.append(fill(_PAIR, wording.language, measure.title, outcome))


_PEOPLE = (
    Column(NUMBER, "count", 6), _NAME, _KEY, Column(Text("申请人", "claimant"), width=30), _AUTHORITY,
    Column(Text("补贴项目", "measure"), width=26), Column(Text("结果", "outcome"), width=8), _AMOUNT, _CASES,
)


def _listed(
    one: Decided, who: Payee, measure: MeasureDecision, wording: Wording, *, in_full: bool,
) -> Iterator[tuple[Cell, ...]]:
    """The people that the lines of a measure are about, each with what came of the line."""
    for line in measure.lines:
        for record in _people(line):
            number = str(record.key)
            called = record.fields.get(wording.names.get(record.shape.type.root.name, ""))
            yield (
                called if isinstance(called, str) else "", number if in_full else masked(number), who.name,
                authority_of(one.decision), measure.title, OUTCOME[line.outcome].to(wording.language), line.amount,
                one.decision.case,
            )


def _people(line: Line) -> Iterator[Record]:
    for part in line.key:
        value = part.value
        while isinstance(value, Record):
            type = value.shape.type
            key = type.fields.get(type.key) if type.key is not None else None
            if key is not None and isinstance(key.type, TextType) and key.type.format == RESIDENT_ID:
                yield value
                break
            value = value.key if type.key is not None and value.key is not value else None
