"""The files of a batch, written from its answers: decisions, lines, cases and totals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb

from interpreter.batch.answers import Rules
from interpreter.batch.relations import CASE, literal, quoted
from interpreter.batch.sql.wide import AUTHORITY, LINES, columns_of
from interpreter.batch.totals import OUTCOMES, Total
from interpreter.decision.model import Outcome
from interpreter.language.show import show
from interpreter.language.types import Choice, RecordType
from interpreter.rulebook.model import Measure, Rulebook

DECISIONS, LINES_FILE, CASES = "decisions.parquet", "lines.parquet", "cases.parquet"
ANSWERS = "answers.parquet"
"""The working file that all others are made from."""
_COUNTED = 10
"""Bits for a number of measures; six outcomes have room in a BIGINT, and of more measures there are several sums."""
_USUAL: tuple[Outcome, ...] = ("refused", "granted", "incomplete", "review", "not_applicable", "referred")
_FEW = 16
"""So many authorities are told apart one after the other."""


def write_files(
    query: str, rules: Rules, folder: Path, base: duckdb.DuckDBPyConnection, *, doubted: bool = False
) -> list[str] | None:
    """Works the answers of a query out, writes their files into a folder, and says their names; None where `doubted`
    and some case has no number. duckdb.Error where they cannot be written."""
    book = rules.rulebook
    listed = any(measure.loops for measure in book.measures.values())
    if not listed:
        _copy(decisions_of(query, rules), folder / DECISIONS, base)
    else:
        _copy(query, folder / ANSWERS, base)
    if doubted and _nameless(folder / (ANSWERS if listed else DECISIONS), base):
        return None
    if not listed:
        return [DECISIONS, _cases(book, folder, base)]
    source = f"read_parquet({literal(str(folder / ANSWERS))})"
    _copy(decisions_of(f"SELECT * FROM {source}", rules), folder / DECISIONS, base)
    fields = ", ".join(
        f"{money('l.amount', book)} AS amount" if name == "amount" else f"l.{name}" for name in rules.line_columns
    )
    each = f"SELECT {quoted(CASE)}, unnest({LINES}) AS l FROM {source}"
    _copy(f"SELECT {quoted(CASE)}, {fields} FROM ({each})", folder / LINES_FILE, base)
    return [DECISIONS, _cases(book, folder, base), LINES_FILE]


def _nameless(path: Path, base: duckdb.DuckDBPyConnection) -> bool:
    """Whether any case in a file has no number; the file itself says how often there is none."""
    found = base.execute(
        f"SELECT sum(stats_null_count) FROM parquet_metadata({literal(str(path))}) WHERE path_in_schema = '{CASE}'"
    ).fetchone()
    return found is None or bool(found[0] is None or found[0])


def _cases(book: Rulebook, folder: Path, base: duckdb.DuckDBPyConnection) -> str:
    """A row a case: who decides, what is granted together, and how many measures came to what."""
    granted = [f"coalesce({quoted(m.name + '.amount')}, 0)" for m in book.measures.values() if m.kind == "benefit"]
    outcomes = [quoted(f"{name}.outcome") for name in book.measures]
    # every outcome has its own bits of one sum, so that each text is looked at once, for the usual ones first
    ones = " ".join(f"WHEN {literal(outcome)} THEN {1 << _COUNTED * OUTCOMES.index(outcome)}" for outcome in _USUAL)
    looks = [f"CASE {each} {ones} ELSE 0 END::BIGINT" for each in outcomes]
    most = (1 << _COUNTED) - 1
    sums = [" + ".join(looks[start : start + most]) or "0::BIGINT" for start in range(0, max(1, len(looks)), most)]
    counts = ", ".join(
        f"({' + '.join(f'((sum_{n} >> {_COUNTED * at}) & {most})' for n in range(len(sums)))})::USMALLINT AS {outcome}"
        for at, outcome in enumerate(OUTCOMES)
    )
    source = f"read_parquet({literal(str(folder / DECISIONS))})"
    total = f"({' + '.join(granted) or 0})::DECIMAL(18, {book.money.places}) AS total"
    summed = ", ".join(f"{one} AS sum_{n}" for n, one in enumerate(sums))
    each = f"SELECT {quoted(CASE)}, {_authority(book)}, {total}, {summed} FROM {source}"
    _copy(f"SELECT {quoted(CASE)}, {AUTHORITY}, total, {counts} FROM ({each})", folder / CASES, base)
    return CASES


def _authority(book: Rulebook) -> str:
    """The column of authorities; of a few, as one of them, which is written without looking every text up."""
    names = [literal(str(key)) for key in authority_names(book)]
    if not 0 < len(names) <= _FEW:
        return AUTHORITY
    rows = " ".join(f"WHEN {name} THEN {name}::ENUM({', '.join(names)})" for name in names)
    return f"CASE {AUTHORITY} {rows} END AS {AUTHORITY}"


def decisions_of(query: str, rules: Rules) -> str:
    """The query of what stands in the file of decisions, of the one of answers."""
    found = [quoted(CASE), _authority(rules.rulebook)]
    for measure in rules.rulebook.measures.values():
        for name in columns_of(measure, rules.words):
            column = quoted(f"{measure.name}.{name}")
            found.append(f"{money(column, rules.rulebook)} AS {column}" if name == "amount" else column)
    return f"SELECT {', '.join(found)} FROM ({query})"


def money(units: str, rulebook: Rulebook) -> str:
    """Whole units of the last place as an amount of the policy's money."""
    places = rulebook.money.places
    if not places:
        return f"({units})::DECIMAL(18, 0)"
    return f"(({units})::DECIMAL({18 - places}, 0) * {Decimal(1).scaleb(-places)}::DECIMAL({places}, {places}))"


def _copy(query: str, path: Path, base: duckdb.DuckDBPyConnection) -> None:
    base.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet)")


def totals_of(rules: Rules, folder: Path, base: duckdb.DuckDBPyConnection) -> list[Total]:
    """The totals by measure, authority and outcome, in that order."""
    book = rules.rulebook
    source = f"read_parquet({literal(str(folder / DECISIONS))})"
    names = authority_names(book)
    found: list[Total] = []
    for measure in book.measures.values():
        outcome, amount = (quoted(f"{measure.name}.{name}") for name in ("outcome", "amount"))
        summed = f"sum({amount})::VARCHAR" if measure.kind == "benefit" else "NULL"
        rows = base.execute(
            f"SELECT {AUTHORITY}, {outcome}, count(*), {summed} FROM {source} WHERE {outcome} IS NOT NULL GROUP BY ALL"
        ).fetchall()
        ordered = sorted(rows, key=lambda row: (row[0] or "", OUTCOMES.index(row[1])))
        found += [Total(measure.name, names.get(key, key or ""), result, count, _amount(units, measure, book))
                  for key, result, count, units in ordered]
    return found


def _amount(written: str | None, measure: Measure, rulebook: Rulebook) -> Decimal | None:
    return Decimal(written or 0).quantize(rulebook.money.quantum) if measure.kind == "benefit" else None


def authority_names(rulebook: Rulebook) -> dict[str | None, str]:
    """What people call the authorities, by their keys."""
    names: dict[str | None, str] = {}
    for claimant in rulebook.claimants.values():
        match claimant.authority.type:
            case Choice(members=members) as type:
                names |= {member: show(member, type, "zh") for member, _ in members}
            case RecordType(table=str(table)) as type:
                names |= {str(row.key): show(row, type, "zh") for row in rulebook.tables[table].rows}
    return names
