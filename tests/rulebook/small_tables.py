"""A policy of one claimant made of texts, for tests of tables that are called: loaded, asked, and found fault with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from interpreter.language.unknown import Value
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.settled import NOBODY, Settled

POLICY = """\
policy: small
title: 示例办法
number: 示〔2021〕1号
issuers: [示例局]
issued: 2021-01-01
in_force: {from: 2021-01-01}
as_of: application.filed_on
money: {currency: CNY, places: 2}
claimants:
  firm: {is: firm, name: firm.name, authority: firm.county}
clauses:
  一: {title: 补助}
"""

FACTS = """\
types:
  level: {label: 等级, choices: {low: 低, middle: 中, high: 高}}
facts:
  application:
    label: 申请
    fields:
      filed_on: {label: 申请日期, type: date}
  firm:
    label: 企业
    key: id
    fields:
      id:     {label: 编号, type: text}
      name:   {label: 名称, type: text}
      county: {label: 县, type: text}
"""

PARAMETERS = """\
parameters:
  base:  {label: 基数, clause: 一, values: {2021-01-01: 100 CNY, 2022-01-01: 150 CNY}}
  small: {label: 小企业人数, clause: 一, value: 20, delegated: {to: authority}}
"""

DAY = date(2021, 6, 1)


def written(to: Path, parameters: str = PARAMETERS, authorities: dict[str, str] | None = None, **tables: str) -> Path:
    """The folder of the policy with these tables: what stands after `table:` and `label:` in their files."""
    folder = to / "small"
    for sub in ("tables", "authorities"):
        (folder / sub).mkdir(parents=True)
    files = {"policy.yaml": POLICY, "facts.yaml": FACTS, "parameters.yaml": parameters}
    files |= {f"tables/{name}.yaml": f"table: {name}\nlabel: 表\nclause: 一\n{text}" for name, text in tables.items()}
    files |= {
        f"authorities/a{number}.yaml": f"authority: {name}\nbasis: 示例\n{text}"
        for number, (name, text) in enumerate((authorities or {}).items())
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[Problem]:
    """What is said of the folder's tables, parameters and authorities."""
    problems: list[Problem] = []
    load(folder, problems)
    return problems


def loaded(folder: Path) -> Rulebook:
    """The rulebook of the folder, which must have no error."""
    problems: list[Problem] = []
    book = load(folder, problems)
    assert book is not None, [(p.code, str(p.where), {k: str(v) for k, v in p.fields.items()}) for p in problems]
    return book


def ask(book: Rulebook, table: str, *args: Value, day: Value = DAY, authority: Value = NOBODY) -> Value:
    """What a call of a table gives."""
    definition = book.definitions[table]
    settled = Settled(book.parameters, book.definitions, book.slots)
    slots = (variable.slot for variable in definition.takes)
    return settled.value(definition.core, day, authority, dict(zip(slots, args, strict=True)))
