"""A sample of the batch decided again by the interpreter, and what it says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from interpreter.batch.answers import Rules
from interpreter.batch.outputs import DECISIONS
from interpreter.batch.relations import CASE, POSITION, literal
from interpreter.batch.residue import words
from interpreter.batch.rows import case_of
from interpreter.batch.sql.mask import Causes
from interpreter.batch.sql.wide import IN_A_WORD, MET, UNKNOWN, columns_of, state_columns
from interpreter.decision.decide import engine_for, settled
from interpreter.decision.model import BEST_FIRST
from interpreter.language.unknown import Unknown

LEAST = 100
"""So many cases are decided again, or one in a thousand where that is more; all where there are fewer."""
ONE_IN = 10**3
TOGETHER = 2_000
"""Cases under limits are decided again together where they are no more than that; else what limits touch is not."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many cases were decided again, for which measures, and the numbers of those that differ."""

    cases: int
    measures: tuple[str, ...]
    different: tuple[str, ...]


def sampled(rules: Rules, source: str, count: int, folder: Path, base: duckdb.DuckDBPyConnection) -> Sampled:
    """Decides a sample of the cases of a relation again, spread evenly over it, and compares every outcome, amount,
    state and missing fact with the decisions in `folder`."""
    book = rules.rulebook
    together = rules.alone or count <= TOGETHER
    measures = tuple(name for name in book.measures if together or name not in rules.limited)
    wanted = count if not rules.alone and together else min(count, max(LEAST, count // ONE_IN))
    step = max(1, count // max(1, wanted))
    decisions = f"read_parquet({literal(str(folder / DECISIONS))}, file_row_number = TRUE)"
    found = base.execute(f"SELECT * FROM {decisions} WHERE file_row_number % {step} = 0 ORDER BY file_row_number")
    names = [column[0] for column in found.description or ()]
    told = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    cases = _cases(source, count, step, base)
    expected = _expected(rules, [case_of(row, book) for row in cases])
    columns = [
        f"{name}.{column}" for name in measures for column in columns_of(book.measures[name], rules.batch.words)
    ]
    different = tuple(
        str(row[CASE]) for row, want in zip(told, expected, strict=True)
        if any(row[column] != want.get(column) for column in columns)
    )
    return Sampled(len(cases), measures, different)


def _cases(source: str, count: int, step: int, base: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    whole = base.execute(f"SELECT max({POSITION}) FROM {source}").fetchone() == (count - 1,)
    numbered = f"SELECT row_number() OVER (ORDER BY {POSITION}) - 1 AS n, {POSITION} AS p FROM {source}"
    chosen = f"(SELECT p FROM ({numbered}) WHERE n % {step} = 0) AS s ON c.{POSITION} = s.p"
    # where no position is left out, it is the number itself
    only = f"WHERE c.{POSITION} % {step} = 0" if whole else f"JOIN {chosen}"
    found = base.execute(f"SELECT c.* FROM {source} AS c {only} ORDER BY c.{POSITION}")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _expected(rules: Rules, cases: Sequence[Any]) -> list[dict[str, Any]]:
    """What the interpreter says, in the columns of the decisions."""
    engine = engine_for(rules.rulebook, record=False)
    causes = Causes.of(rules.rulebook)
    opened = settled(cases, engine) if not rules.alone else [one for case in cases for one in settled([case], engine)]
    return [_row(one, rules, causes) for one in opened]


def _row(opened: Any, rules: Rules, causes: Causes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    quantum = rules.rulebook.money.quantum
    for measure, _, claims in opened.measures:
        lines = [claim.line for claim in claims]
        own: dict[str, Any] = {
            "outcome": min((line.outcome for line in lines), key=BEST_FIRST.index, default=BEST_FIRST[-1]),
            "amount": sum((line.amount for line in lines if line.outcome == "granted"), 0 * quantum)
            if measure.kind == "benefit" else None,
        }
        asked = left = 0
        for line in lines:
            asked, left = asked | line.asked, left | line.open
        own |= dict(zip(rules.batch.words, words(asked, left, causes), strict=True))
        if not measure.loops and lines:
            states = [judged.state for judged in lines[0].judged]
            for number, name in enumerate(state_columns(len(states))):
                own[name] = _packed(states[number * IN_A_WORD : (number + 1) * IN_A_WORD])
        found |= {f"{measure.name}.{name}": value for name, value in own.items()}
    return found


def _packed(states: Sequence[Any]) -> int:
    codes = (UNKNOWN if isinstance(state, Unknown) else MET if state else 0 for state in states)
    return sum(code * 4**place for place, code in enumerate(codes))


