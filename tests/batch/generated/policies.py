"""Whole policies: facts, parameters, tables, definitions, measures, limits and what authorities set, all well-typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from interpreter.language.core import Literal
from interpreter.language.magnitude import MOST_ITEMS
from interpreter.language.scope import (
    AsOfName,
    DefinitionName,
    FactName,
    Meaning,
    ParameterName,
    Scope,
    Slots,
    TableName,
)
from interpreter.language.types import List, Number, Type
from interpreter.problems import Problem
from interpreter.rulebook.draft import Draft
from interpreter.rulebook.model import Parameter, Rulebook
from interpreter.rulebook.vocabulary import history_entry
from tests.batch.generated import folder
from tests.batch.generated.chance import Chance
from tests.batch.generated.definitions import Writer, definitions, requirements
from tests.batch.generated.folder import Files
from tests.batch.generated.growing import Growing
from tests.batch.generated.grown import TABLE
from tests.batch.generated.measures import limits, measures
from tests.batch.generated.parameters import parameters
from tests.batch.generated.tables import HITS, tables
from tests.batch.generated.vocabulary import vocabulary

EVERYTHING: frozenset[str] = frozenset()
"""Nothing switched off. What may be: the names of core nodes and keys of functions; `lists`, `lines`, `limits`,
`definitions`, `provided`, `tables`, `overlays`, `history`, `at`, `is known`, and hit policies as `hit collect sum`."""


FEATURED = 6
"""So many rows of the function table come more often in one policy, others in the next."""


@dataclass(frozen=True, slots=True)
class Made:
    """A generated policy and its rulebook."""

    seed: int
    files: Files
    book: Rulebook


class RefusedError(AssertionError):
    """A generated policy that the checker does not take: a fault of the generator, or of the checker."""

    def __init__(self, seed: int, files: Files, problems: list[Problem]) -> None:
        self.files = files
        self.codes = sorted({problem.code for problem in problems if problem.severity == "error"})
        lines = "\n".join(folder.said(problem) for problem in problems if problem.severity == "error")
        super().__init__(f"seed {seed}:\n{lines}")


def policy(seed: int, without: frozenset[str] = EVERYTHING) -> Made:
    """The policy of a seed."""
    chance = Chance(f"policy {seed}")
    # under limits most cases of a batch compete, and the interpreter settles those for SQL too
    without |= {"limits"} if chance.maybe(0.55) else set()
    Growing.variables = 0
    files = _skeleton(chance, without)
    skeleton = _read(seed, files)
    keys = [row.key for row in TABLE]
    featured = frozenset(keys[(seed * FEATURED + place) % len(keys)] for place in range(FEATURED))
    writer = Writer(_growing(skeleton, chance, without, featured), skeleton, without)
    writer.growing.grow(chance.randint(10, 25)).feature()
    made = definitions(writer)
    if made:
        files["definitions.yaml"] = {"definitions": made}
    writer.growing.grow(chance.randint(5, 15))
    head = files["policy.yaml"]
    if chance.maybe(0.25):
        head["common"] = {"requires": requirements(writer.growing, 1, False, 0, prefix="c")}
    found = limits(writer, files, measures(writer, files))
    if found:
        head["limits"] = found
    return Made(seed, files, _read(seed, files))


def _read(seed: int, files: Files) -> Rulebook:
    book, problems = folder.read(files)
    if book is None:
        raise RefusedError(seed, files, problems)
    return book


def _skeleton(chance: Chance, without: frozenset[str]) -> Files:
    """Everything that needs no expression over facts."""
    words = vocabulary(chance)
    facts = words["facts.yaml"]["facts"]
    head: dict[str, Any] = {
        "policy": folder.NAME, "title": "示例办法", "number": "示〔2021〕1号", "issuers": ["示例局"],
        "issued": "2021-01-01", "in_force": {"from": "2021-01-01"}, "as_of": "application.filed_on",
        "leap_day": chance.choice(("02-28", "03-01")), "money": {"currency": "CNY", "places": "2"},
        "claimants": {"person": {"is": "person", "name": "person.id", "authority": "person.office"}},
        "order": ["application.filed_on", "application.number"],
        "other_schemes": {"other": {"title": "别的办法"}}, "clauses": {"一": {"title": "补助"}},
    }
    if "firm" in facts:
        head["claimants"]["firm"] = {"is": "firm", "name": "firm.number", "authority": "firm.home"}
    files: Files = {"policy.yaml": head} | words
    delegated = "overlays" not in without and chance.maybe(0.5)
    kinds = parameters(chance, files, delegated=delegated)
    hits = tuple(hit for hit in HITS if f"hit {hit}" not in without)
    if "tables" not in without and hits:
        tables(chance, files, kinds, delegated=delegated, hits=hits)
    return files


def _within_values(parameter: Parameter) -> Type:
    """The type of a parameter where it is used: a number is within its values, if only the notice sets them."""
    values = [dated.value.core for dated in parameter.values]
    found = [core.value for core in values if isinstance(core, Literal)]
    if not isinstance(parameter.type, Number) or parameter.delegated or not found or len(found) < len(values):
        return parameter.type
    return replace(parameter.type, low=Decimal(min(found)), high=Decimal(max(found)))


def _growing(
    book: Rulebook, chance: Chance, without: frozenset[str], featured: frozenset[str]
) -> Growing:
    """The names of a skeleton, and every path that leads from them."""
    names: dict[str, Meaning] = {"as_of": AsOfName()}
    seeds: list[tuple[str, Type]] = []
    for name, fact in book.facts.items():
        names[name] = FactName(name, fact.type, fact.label)
        if name != "history":
            seeds.append((name, fact.type))
    if "history" not in without:
        history = List(history_entry(Draft([], book.money)), MOST_ITEMS)
        names["history"] = FactName("history", history, "历史记录")
        seeds.append(("history", history))
    for name, parameter in book.parameters.items():
        names[name] = ParameterName(name, _within_values(parameter), parameter.label)
        seeds.append((name, parameter.type))
    for name, definition in book.definitions.items():
        takes = tuple(variable.type for variable in definition.takes)
        names[name] = DefinitionName(name, takes, definition.type, definition.label)
    for name, table in book.tables.items():
        if table.asked is None:
            names[name] = TableName(name, table.row, table.label)
            seeds.append((name, List(table.row)))
    if "lists" in without:
        seeds = [(name, of) for name, of in seeds if not isinstance(of, List)]
    scope = Scope(names, Slots(), lambda kind, where: 1, book.leap_day)
    growing = Growing(chance, scope, [], without, (), featured)
    whole = Growing(chance, scope, seeds, without)
    kept = [grown for grown in whole.own if "lists" not in without or not isinstance(grown.type, List)]
    growing.pool += kept
    growing.own += kept
    return growing


