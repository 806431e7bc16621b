"""Whom cases concern: a case of one claimant needs the rules of its measures only, so that the cases of each are worked
out by themselves, by shorter SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from interpreter.batch.relations import CLAIMS, column_of, literal, quoted
from interpreter.rulebook.model import Rulebook

MOST = 4
"""So many kinds of cases are told apart: SQL has to be planned for each."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Cases of one kind: the measures that may be decided in them, the condition that tells them from others (empty
    where there are no others), and how many they are."""

    measures: tuple[str, ...]
    only: str
    count: int


def concerned(rulebook: Rulebook, source: str, base: duckdb.DuckDBPyConnection) -> Iterator[Concerned]:
    """The kinds of cases in a relation, by whose record they have and whose measures they claim; those that ask for
    nothing are left out."""
    by_fact: dict[str, list[str]] = {}
    for name, measure in rulebook.measures.items():
        by_fact.setdefault(rulebook.claimants[measure.claimant].fact, []).append(name)
    bits = [
        f"CASE WHEN {quoted(column_of((fact,)))} IS TRUE OR list_has_any({CLAIMS}, [{', '.join(map(literal, names))}]) "
        f"THEN {1 << place} ELSE 0 END" for place, (fact, names) in enumerate(by_fact.items())
    ]
    kind = f"({' + '.join(bits) or '0'})"
    found = base.execute(f"SELECT {kind} AS kind, count(*) FROM {source} GROUP BY kind ORDER BY kind").fetchall()
    asking = [(mask, count) for mask, count in found if mask]
    if len(asking) > MOST:
        asking = [((1 << len(by_fact)) - 1, sum(count for _, count in asking))]
    for mask, count in asking:
        facts = {fact for place, fact in enumerate(by_fact) if mask >> place & 1}
        names = tuple(name for name, one in rulebook.measures.items() if rulebook.claimants[one.claimant].fact in facts)
        yield Concerned(names, "" if len(asking) == 1 else f"{kind} = {mask}", count)
