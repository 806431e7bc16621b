"""The sample's rules for openfisca-core: vectors over all people, from the same Parquet file to the same columns.

It knows no missing values. So facts are numbers in which -1 stands for what nobody stated, choices are their places in
a list, and a condition is 1 (holds), 0 (does not) or 2 (not known), as the states of the batch are.
"""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from peers import MEASURES
from people import HOMES, PARTNERS, TRADES

LEVELS = ("none", "basic", "middle", "high")
TOWNS = tuple(PARTNERS.values())
PERIOD = "2024"
_TEXTS = {"home": HOMES, "town": TOWNS, "level": LEVELS, "trade": TRADES}
_FLAGS = ("in_need", "employed", "rents", "had_start", "had_travel", "had_skills")
_COUNTS = ("insured_months", "continuous_months", "rent_months")
BITS = {
    "home": 16, "town": 32, "in_need": 64, "arrived_on": 128, "insured_months": 256, "continuous_months": 512,
    "employed": 1024, "level": 2048, "trade": 4096, "rents": 8192, "rent_months": 16384, "had_start": 32768,
    "had_travel": 65536, "had_skills": 131072,
}
"""The bits of missing facts, those of hand_written.sql."""

Vector = Any
PERSON = Entity("person", "people", "", "")


def _reading() -> str:
    """The facts of a file as the numbers that the rules take."""
    found = [f"coalesce(list_position({list(words)}, \"worker.{name}\") - 1, -1)::INTEGER AS {name}"
             for name, words in _TEXTS.items()]
    found += [f'coalesce("worker.{name}"::INTEGER, 2) AS {name}' for name in _FLAGS]
    found += [f'coalesce("worker.{name}", -1)::INTEGER AS {name}' for name in _COUNTS]
    found += [f"coalesce(date_diff('day', DATE '1970-01-01', {column}), -1)::INTEGER AS {name}" for name, column in (
        ("arrived_on", '"worker.arrived_on"'), ("filed_on", '"application.filed_on"'),
        ("stayed_on", '("worker.arrived_on" + INTERVAL 3 MONTH)::DATE'),
    )]
    return ", ".join(found)


def _known(value: Vector, condition: Vector) -> Vector:
    return np.where(value < 0, 2, condition)


def _day(text: str) -> int:
    return int(np.datetime64(text, "D").astype(int))


def _paired(p: Any) -> Vector:
    home, town = p("home"), p("town")
    fits = home == town
    surely_not = (home == HOMES.index("elm")) | ((home >= 0) & (town >= 0) & ~fits)
    return np.where(surely_not, 0, np.where((home < 0) | (town < 0), 2, 1))


CONDITIONS: dict[str, Any] = {
    "paired": _paired,
    "in_need_": lambda p: p("in_need"), "employed_": lambda p: p("employed"), "rents_": lambda p: p("rents"),
    "arrived": lambda p: _known(p("arrived_on"), (p("arrived_on") >= _day("2021-01-01"))
                                & (p("arrived_on") <= _day("2025-12-31"))),
    "filed": lambda p: ((p("filed_on") >= _day("2021-01-01")) & (p("filed_on") <= _day("2026-12-31"))).astype(int),
    "insured": lambda p: _known(p("insured_months"), p("insured_months") >= 3),
    "ever_insured": lambda p: _known(p("insured_months"), p("insured_months") > 0),
    "settled": lambda p: _known(p("continuous_months"), p("continuous_months") >= 12),
    "certified": lambda p: _known(p("level"), p("level") > 0),
    "rent_due": lambda p: _known(p("rent_months"), p("rent_months") > 0),
    "stayed": lambda p: _known(p("stayed_on"), p("stayed_on") <= p("filed_on")),
    "wanted_trade": lambda p: _known(p("trade"), p("trade") < 5),
    "first_start": lambda p: np.where(p("had_start") == 2, 2, 1 - p("had_start")),
    "first_travel": lambda p: np.where(p("had_travel") == 2, 2, 1 - p("had_travel")),
    "first_skills": lambda p: np.where(p("had_skills") == 2, 2, 1 - p("had_skills")),
}
_OWN = {"in_need": "in_need_", "employed": "employed_", "rents": "rents_"}
REASONS = {
    "paired": ("home", "town"), "in_need": ("in_need",), "employed": ("employed",), "rents": ("rents",),
    "arrived": ("arrived_on",), "filed": (), "insured": ("insured_months",), "ever_insured": ("insured_months",),
    "settled": ("continuous_months",), "certified": ("level",), "rent_due": ("rent_months",),
    "stayed": ("arrived_on",), "wanted_trade": ("trade",), "first_start": ("had_start",),
    "first_travel": ("had_travel",), "first_skills": ("had_skills",),
}
AMOUNTS: dict[str, Any] = {
    "start": lambda p: 3_000, "travel": lambda p: 5_000, "placement": lambda p: 2_000,
    "skills": lambda p: np.array([0, 1_000, 1_500, 2_000, 0])[p("level")],
    "rent": lambda p: p("rent_months") * 500,
}


def _states(measure: str, p: Any) -> list[Vector]:
    return [p(_OWN.get(name, name)) for name in MEASURES[measure]]


def _outcome(measure: str) -> Any:
    def outcome(p: Any) -> Vector:
        states = _states(measure, p)
        refused = np.logical_or.reduce([state == 0 for state in states])
        unknown = np.logical_or.reduce([state == 2 for state in states])
        return np.where(refused, 0, np.where(unknown, 2, 1))

    return outcome


def _missing(measure: str) -> Any:
    def missing(p: Any) -> Vector:
        total: Vector = 0
        for name, state in zip(MEASURES[measure], _states(measure, p), strict=True):
            for fact in REASONS[name]:
                lacks = p(fact) == 2 if fact in _FLAGS else p(fact) < 0
                total = total | np.where((state == 2) & lacks, BITS[fact], 0)
        return np.where(p(f"{measure}_outcome") == 2, total, 0)

    return missing


def _formulas() -> dict[str, Any]:
    found = dict(CONDITIONS)
    for measure in MEASURES:
        found[f"{measure}_outcome"] = _outcome(measure)
        found[f"{measure}_amount"] = lambda p, m=measure: np.where(p(f"{m}_outcome") == 1, AMOUNTS[m](p), 0)
        found[f"{measure}_states"] = lambda p, m=measure: sum(
            state * 4**place for place, state in enumerate(_states(m, p)))
        found[f"{measure}_missing"] = _missing(measure)
    return found


def system() -> TaxBenefitSystem:
    """The rules."""
    made = TaxBenefitSystem([PERSON])
    facts = (*_TEXTS, *_FLAGS, *_COUNTS, "arrived_on", "filed_on", "stayed_on")
    for name in facts:
        made.add_variable(_variable(name, None))
    for name, formula in _formulas().items():
        made.add_variable(_variable(name, formula))
    return made


def _variable(name: str, formula: Any) -> type[Variable]:
    body: dict[str, Any] = {
        "value_type": int, "entity": PERSON, "definition_period": DateUnit.YEAR, "label": name,
    }
    if formula is not None:
        body["formula"] = lambda people, period: formula(lambda fact: people(fact, period))
    return type(name, (Variable,), body)


def decide(path: str, out: str, base: duckdb.DuckDBPyConnection, rules: TaxBenefitSystem) -> None:
    """From a file of people to a file of decisions in the columns of hand_written.sql."""
    read = base.execute(f"SELECT \"application.number\" AS \"case\", {_reading()} FROM read_parquet('{path}')")
    facts = read.fetchnumpy()
    numbers = facts.pop("case")
    simulation = SimulationBuilder().build_default_simulation(rules, len(numbers))
    for name, values in facts.items():
        simulation.set_input(name, PERIOD, np.asarray(values))
    decided = {"case": numbers, "town": facts["town"]}
    columns = ['"case"', f"{list(TOWNS)}[CASE WHEN town >= 0 THEN town + 1 END] AS authority"]
    for measure in MEASURES:
        for name in ("outcome", "amount", "states", "missing"):
            decided[f"{measure}_{name}"] = simulation.calculate(f"{measure}_{name}", PERIOD)
        columns += [
            f"['refused', 'granted', 'incomplete'][{measure}_outcome + 1] AS \"{measure}.outcome\"",
            f'{measure}_amount::DECIMAL(18, 2) AS "{measure}.amount"',
            f'{measure}_states::SMALLINT AS "{measure}.states"',
            f'{measure}_missing::BIGINT AS "{measure}.missing_0"', f'0::BIGINT AS "{measure}.open_0"',
        ]
    base.execute(f"COPY (SELECT {', '.join(columns)} FROM decided) TO '{out}' (FORMAT parquet)")
