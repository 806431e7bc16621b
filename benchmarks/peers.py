"""The rules of the sample in other languages, each in the forms its library allows, from one text of every condition.

Every form takes a person's facts and gives, for each measure, its outcome, its amount and the state of every
requirement: True, False, or None where facts are missing. In the peers' favour, days are whole numbers (20230601) and
the day three months after arrival is worked out beforehand, as not all of them reckon with days.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from people import PARTNERS, Person

Facts = dict[str, Any]
Line = tuple[str, int | None, tuple[bool | None, ...]]
"""A measure's outcome, its amount (None while that is open), and the states of its requirements."""
Answer = list[Line]
Batch = Callable[[Sequence[Facts]], list[Answer]]

MEASURES: dict[str, tuple[str, ...]] = {
    "start": ("paired", "in_need", "arrived", "filed", "insured", "first_start"),
    "travel": ("paired", "in_need", "arrived", "filed", "settled", "ever_insured", "first_travel"),
    "skills": ("paired", "in_need", "arrived", "filed", "employed", "certified", "first_skills"),
    "rent": ("paired", "in_need", "filed", "employed", "rents", "rent_due"),
    "placement": ("paired", "in_need", "arrived", "employed", "insured", "stayed", "wanted_trade"),
}
OUTCOMES = ("refused", "met", "incomplete")


def facts_of(person: Person) -> Facts:
    """A person's facts as the peers take them."""
    facts: Facts = {name: _day(value) if name.endswith("_on") else value for name, value in person.items()}
    arrived = person["arrived_on"]
    facts["stayed_on"] = None if arrived is None else _day(_months_later(date.fromisoformat(str(arrived)), 3))
    return facts


def _day(text: object) -> int | None:
    return None if text is None else int(str(text).replace("-", ""))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("no month is shorter than 28 days")


@dataclass(frozen=True, slots=True)
class Words:
    """How a language writes what the conditions are made of."""

    both: str
    either: str
    negation: str
    absent: str = "{} == null"

    def known(self, names: Sequence[str], condition: str) -> str:
        """A condition where all facts it reads are there, else null."""
        absent = f" {self.either} ".join(self.absent.format(name) for name in names)
        return f"({absent} ? null : {condition})"

    def conditions(self) -> dict[str, str]:
        """Every distinct condition of the sample."""
        partner = " : ".join(f"home == '{home}' ? '{town}'" for home, town in PARTNERS.items())
        later = f" {self.both} "
        found = {
            "paired": f"({self.absent.format('home')} ? null : home == 'elm' ? false"
            f" : {self.absent.format('town')} ? null : ({partner} : '') == town)",
            "arrived": self.known(["arrived_on"], f"arrived_on >= 20210101{later}arrived_on <= 20251231"),
            "filed": f"(filed_on >= 20210101{later}filed_on <= 20261231)",
            "insured": self.known(["insured_months"], "insured_months >= 3"),
            "settled": self.known(["continuous_months"], "continuous_months >= 12"),
            "ever_insured": self.known(["insured_months"], "insured_months > 0"),
            "certified": self.known(["level"], "level in ['basic', 'middle', 'high']"),
            "rent_due": self.known(["rent_months"], "rent_months > 0"),
            "stayed": self.known(["stayed_on"], "stayed_on <= filed_on"),
            "wanted_trade": self.known(["trade"], "trade in ['welder', 'electrician', 'sewer', 'nurse', 'carer']"),
        }
        found |= {name: name for name in ("in_need", "employed", "rents")}
        found |= {
            f"first_{name}": self.known([f"had_{name}"], f"{self.negation}had_{name}")
            for name in ("start", "travel", "skills")
        }
        return found

    def amounts(self) -> dict[str, str]:
        """What each measure pays."""
        level = "level == 'basic' ? 1000 : level == 'middle' ? 1500 : level == 'high' ? 2000 : 0"
        return {
            "start": "3000", "travel": "5000", "skills": self.known(["level"], level),
            "rent": self.known(["rent_months"], "rent_months * 500"), "placement": "2000",
        }

    def as_written(self) -> str:
        """A list for each measure, of its requirements as they are written there."""
        conditions = self.conditions()
        return _list(_list(conditions[name] for name in names) for names in MEASURES.values())

    def once_each(self) -> str:
        """One flat list: every distinct condition, then every amount."""
        return _list([*self.conditions().values(), *self.amounts().values()])


def _list(items: Any) -> str:
    return f"[{', '.join(items)}]"


CEL = Words("&&", "||", "!")
CELPY = Words("&&", "||", "!", "type({}) == null_type")  # there a number has no `==` with null
ZEN = Words("and", "or", "not ")

PLACES = {name: number for number, name in enumerate(CEL.conditions())}
PICKS = [tuple(PLACES[name] for name in names) for names in MEASURES.values()]


def from_once_each(values: Sequence[Any]) -> Answer:
    """What a flat list of conditions and amounts comes to, worked out in Python."""
    answer: Answer = []
    for number, places in enumerate(PICKS, len(PLACES)):
        states = tuple([values[place] for place in places])
        if False in states:
            answer.append(("refused", 0, states))
        elif None in states:
            answer.append(("incomplete", None, states))
        else:
            answer.append(("met", values[number], states))
    return answer


def _from_steps(states: Sequence[Sequence[bool | None]], decided: Sequence[Sequence[Any]]) -> Answer:
    return [
        (OUTCOMES[outcome], amount, tuple(its)) for its, (outcome, amount) in zip(states, decided, strict=True)
    ]


def zen_forms() -> dict[str, Batch]:
    """zen-engine: its decisions (one expression node for the requirements, one for outcome and amount) through each
    way in, and the bare evaluator of its expressions."""
    import zen

    graph = _zen_graph()
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"sample": graph}}})
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    expression = zen.compile_expression(ZEN.once_each())

    def answer(response: Any) -> Answer:
        result = response["result"]
        measures = range(len(MEASURES))
        return _from_steps(
            [result["states"][f"m{i}"] for i in measures], [(result[f"o{i}"], result.get(f"a{i}")) for i in measures]
        )

    return {
        "zen decision.evaluate": lambda people: [answer(decision.evaluate(facts)) for facts in people],
        "zen engine.evaluate": lambda people: [answer(engine.evaluate("sample", facts)) for facts in people],
        "zen engine.evaluate_batch": lambda people: [
            answer(one["data"])
            for one in engine.evaluate_batch([{"key": "sample", "context": facts} for facts in people])
        ],
        "zen expression, outcome in Python": lambda people: [
            from_once_each(expression.evaluate(facts)) for facts in people
        ],
    }


def _zen_graph() -> dict[str, Any]:
    conditions, amounts = ZEN.conditions(), ZEN.amounts()
    states, decided = [], []
    for i, (measure, names) in enumerate(MEASURES.items()):
        states.append((f"states.m{i}", _list(conditions[name] for name in names)))
        decided.append((f"o{i}", f"some(states.m{i}, # == false) ? 0 : some(states.m{i}, # == null) ? 2 : 1"))
        decided.append((f"a{i}", f"$.o{i} == 1 ? {amounts[measure]} : $.o{i} == 0 ? 0 : null"))
    nodes = [
        _zen_node("in", "inputNode", {}), _zen_node("states", "expressionNode", _zen_expressions(states)),
        _zen_node("decided", "expressionNode", _zen_expressions(decided)), _zen_node("out", "outputNode", {}),
    ]
    ids = [node["id"] for node in nodes]
    edges = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairwise(ids)
    ]
    return {"nodes": nodes, "edges": edges}


def _zen_node(name: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "content": content, "position": {"x": 0, "y": 0}}


def _zen_expressions(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "expressions": [{"id": key, "key": key, "value": value} for key, value in pairs], "passThrough": True,
        "inputField": None, "outputPath": None, "executionMode": "single",
    }


def cel_forms() -> dict[str, Batch]:
    """common-expression-language (Rust): outcomes in CEL too, and its quickest form, with outcomes in Python."""
    import cel

    states = cel.compile(CEL.as_written())
    outcomes = cel.compile(_list(
        f"(r[{i}].exists(x, x == false) ? [0, 0] : r[{i}].exists(x, x == null) ? [2, null] : [1, {amount}])"
        for i, amount in enumerate(CEL.amounts().values())
    ))
    flat = cel.compile(CEL.once_each())

    def in_two_steps(facts: Facts) -> Answer:
        its = states.execute(facts)
        return _from_steps(its, outcomes.execute({**facts, "r": its}))

    return {
        "CEL (Rust)": lambda people: [in_two_steps(facts) for facts in people],
        "CEL (Rust), outcome in Python": lambda people: [from_once_each(flat.execute(facts)) for facts in people],
    }


def celpy_forms() -> dict[str, Batch]:
    """cel-python, outcomes in Python; its values are made beforehand (see `celpy_facts`)."""
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(CELPY.once_each()))

    def answer(facts: Facts) -> Answer:
        given = program.evaluate(facts)
        return from_once_each([
            None if value is None else bool(value) if i < len(PLACES) else int(value) for i, value in enumerate(given)
        ])

    return {"cel-python, outcome in Python": lambda people: [answer(facts) for facts in people]}


def celpy_facts(facts: Facts) -> Facts:
    """A person's facts as values of cel-python."""
    import celpy

    return {name: celpy.json_to_cel(value) for name, value in facts.items()}
