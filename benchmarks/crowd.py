"""Crowds for the batch: any number of the sample's people as a Parquet file, made in the database by arithmetic, the
same ones on every machine."""

from __future__ import annotations

from pathlib import Path

import duckdb
from people import HOMES, LEVELS, PARTNERS, TRADES

_FACTS = {
    "worker.in_need": "{n} % 10 < 8",
    "worker.insured_months": "{n} % 37",
    "worker.continuous_months": "{n} % 30",
    "worker.employed": "{n} % 100 < 85",
    "worker.level": f"{list(LEVELS)}[{{n}} % 5 + 1]",
    "worker.trade": f"{list(TRADES)}[{{n}} % 6 + 1]",
    "worker.rents": "{n} % 2 = 1",
    "worker.rent_months": "{n} % 37",
    "worker.had_start": "{n} % 5 = 0",
    "worker.had_travel": "{n} % 10 = 0",
    "worker.had_skills": "{n} % 10 = 0",
}
"""Each fact from an evenly spread number of its own."""


def write_crowd(path: Path, count: int, base: duckdb.DuckDBPyConnection, seed: int = 1) -> None:
    """Writes so many people, one fact in 33 missing, as facts with the names of the sample's vocabulary."""
    towns = list(PARTNERS.values())
    partner = "CASE home " + " ".join(f"WHEN '{home}' THEN '{town}'" for home, town in PARTNERS.items()) + " END"
    salts = iter(range(1, 100))

    def spread() -> str:
        """A number from 0 to 2**27 for every person, another at each place."""
        salt = next(salts) * 7919 + seed * 104729
        mixed = f"((i + {salt}) * 1540483477 % 2147483648)"
        again = f"(xor({mixed}, {mixed} // 32768) * 1103515245 % 2147483648)"
        return f"(xor({again}, {again} // 8192) // 16)"

    def kept(value: str) -> str:
        return f"CASE WHEN {spread()} % 33 <> 0 THEN {value} END"

    other = f"{towns}[{spread()} % 4 + 1]"
    town = f"CASE WHEN {spread()} % 10 < 8 AND home <> 'elm' THEN {partner} ELSE {other} END"
    facts = [f'{kept(value.format(n=spread()))} AS "{name}"' for name, value in _FACTS.items()]
    made = f"""
        COPY (
            WITH base AS (
                SELECT i, {list(HOMES)}[{spread()} % 5 + 1] AS home,
                    DATE '2020-06-01' + ({spread()} % 2100)::INTEGER AS day
                FROM range({count}) AS t(i)
            )
            SELECT 'P' || lpad(i::VARCHAR, 9, '0') AS "worker.id",
                'A' || lpad(i::VARCHAR, 9, '0') AS "application.number",
                (day + ({spread()} % 700)::INTEGER)::DATE AS "application.filed_on",
                {kept("day")} AS "worker.arrived_on",
                {kept("home")} AS "worker.home",
                {kept(town)} AS "worker.town",
                {", ".join(facts)}
            FROM base
        ) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 122880)
    """
    base.execute(made)
