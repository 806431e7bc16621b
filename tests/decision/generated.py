"""Made-up cases of the shipped notice: complete, of every outcome, and the same with facts withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from stdnum.cn import ric

from interpreter.cases.facts import Case, read_plain
from interpreter.decision.decide import decide, engine_for
from interpreter.decision.model import Decision
from interpreter.language.types import List, RecordType
from interpreter.language.values import Record
from interpreter.problems import Problem
from interpreter.rulebook.load import load
from interpreter.rulebook.model import Rulebook

FOLDER = Path(__file__).parents[2] / "policy" / "shaoxing-labour-cooperation-2021"
HOME = ("越城区", "柯桥区", "诸暨市", "新昌县")
PAIRED = ("马边彝族自治县", "峨边彝族自治县", "沐川县")
FIRMS = ("91330602XXXX00001N", "91330602XXXX00002R", "91330602XXXX00003W")
DAYS = (date(2021, 6, 10), date(2021, 12, 1), date(2022, 6, 30), date(2024, 2, 29), date(2026, 5, 6))
FIGURES = ("insured_months", "first_employed_on")

Data = dict[str, Any]
Place = tuple[str | int, ...]
"""Where a fact stands in a case: names, and row numbers from 0."""


@cache
def rulebook() -> Rulebook:
    problems: list[Problem] = []
    found = load(FOLDER, problems)
    assert found is not None, problems
    return found


def read(data: Data) -> Case | None:
    """The case; None where it lacks what every case must have."""
    problems: list[Problem] = []
    case = read_plain(data, rulebook(), problems)
    assert case is not None or {problem.code for problem in problems} == {"case.required"}, problems
    return case


def decided(data: Data) -> Decision:
    case = read(data)
    assert case is not None
    return decide(rulebook(), case)


def worker_case(seed: int) -> Data:
    """A worker's complete case."""
    random = Random(f"worker {seed}")
    filed = random.choice(DAYS)
    worker = _person(random, filed, 0)
    worker |= _empty_lists("worker", worker)
    data: Data = {
        "application": _application(random, filed), "claims": ["job_stability"], "worker": worker,
        "history": _history("job_stability", "worker", worker["id"]) if random.random() < 0.08 else [],
    }
    return _with_figures(data, [worker], random)


def agency_case(seed: int, members: int = 3) -> Data:
    """An agency's complete case, with a roster that sometimes names one person twice."""
    random = Random(f"agency {seed}")
    filed = random.choice(DAYS)
    roster: list[Data] = []
    for number in range(members):
        if roster and random.random() < 0.15:
            person = deepcopy(roster[0]["person"])
        else:
            person = _person(random, filed, number)
        start = min(_day(job["start"]) for job in person["employments"])
        late = random.random() < 0.15
        organised = start + timedelta(days=random.randint(1, 40) if late else -random.randint(0, 40))
        roster.append({"organised_on": organised.isoformat(), "person": person})
    data: Data = {
        "application": _application(random, filed), "claims": ["agency_service"],
        "agency": {
            "id": FIRMS[2], "name": "示例人力资源公司", "roster": roster,
            "county": random.choice(HOME) if random.random() < 0.9 else PAIRED[0],
        },
        "history": _history("agency_service", "person", roster[-1]["person"]["id"]) if random.random() < 0.1 else [],
    }
    return _with_figures(data, [entry["person"] for entry in roster], random)


def _empty_lists(fact: str, given: Data) -> Data:
    """The lists of a fact that these measures have no use for, but that others of the notice look into."""
    type = rulebook().facts[fact].type
    assert isinstance(type, RecordType)
    return {name: [] for name, of in type.fields.items() if isinstance(of.type, List) and name not in given}


def _application(random: Random, filed: date) -> Data:
    late = random.random() < 0.06
    return {
        "number": "T-1", "filed_on": "2027-01-01" if late else filed.isoformat(), "received_by": random.choice(HOME),
    }


def _history(measure: str, part: str, key: str) -> list[Data]:
    return [{"measure": measure, "key": {part: key}, "number": "T-0", "decided_on": "2021-03-01"}]


def _person(random: Random, filed: date, number: int) -> Data:
    young = random.random() < 0.06
    born = f"{filed.year - 15 if young else random.randint(1965, 1999)}0{random.randint(1, 9)}1{number}"
    id = f"511133{born}{random.randint(996, 999)}"
    first = date(2019, 5, 1) if random.random() < 0.12 else date(filed.year, 1, 1) - timedelta(random.randint(0, 90))
    first = first if first.year == 2019 else max(first, date(2021, 1, random.randint(1, 28)))
    place = random.choice(HOME)
    jobs = [_job(random, place, first)]
    if random.random() < 0.3:
        elsewhere = random.choice((*HOME, PAIRED[0]))
        jobs.append(_job(random, elsewhere, first + timedelta(days=random.randint(1, 200))))
    start = max(first, date(2021, 1, 1))
    months = random.choice((2, 3, 3, 4, 5))
    insured = [_insured(random, place, start.year * 12 + start.month - 1 + offset)
               for offset in sorted(random.sample(range(months + 1), months))]
    return {
        "id": id + ric.calc_check_digit(id + "0"), "name": f"示例{number}",
        "registry_status": random.choice(("脱贫户",) * 8 + ("监测对象", "无")),
        "registry_county": random.choice(PAIRED) if random.random() < 0.9 else "马尔康市",
        "employments": jobs, "insurance": insured,
    }


def _job(random: Random, place: str, start: date) -> Data:
    return {
        "kind": random.choice(("受雇", "受雇", "受雇", "创业")), "place": place, "start": start.isoformat(),
        "end": random.choice(("至今", "至今", (start + timedelta(days=95)).isoformat())),
    }


def _insured(random: Random, place: str, month: int) -> Data:
    return {
        "month": f"{month // 12:04d}-{month % 12 + 1:02d}", "kind": "养老" if random.random() < 0.93 else "医疗",
        "place": place if random.random() < 0.93 else random.choice((*HOME, PAIRED[0])),
        "payer": "单位" if random.random() < 0.93 else "灵活就业", "backpaid": random.random() < 0.1,
        "paid_by": FIRMS[2] if random.random() < 0.04 else random.choice(FIRMS[:2]),
    }


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _with_figures(data: Data, people: list[Data], random: Random) -> Data:
    """Some cases also give what the rules compute: the same figures."""
    case = read(data)
    assert case is not None
    engine = engine_for(rulebook())
    claimant = "worker" if "worker" in data else "agency"
    env = engine.for_claimant(engine.environment(case.facts, ()), claimant)
    of = case.facts[claimant]
    records: list[Record] = [of] if claimant == "worker" else [entry.get("person") for entry in of.get("roster")]
    for person, record in zip(people, records, strict=True):
        for figure in FIGURES:
            if random.random() < 0.4:
                env.locals[rulebook().definitions[figure].takes[0].slot] = record
                value = engine.program.definition(figure)(env)
                person[figure] = value.isoformat() if isinstance(value, date) else value
    return data


# ---- withholding


def facts(data: Data) -> list[Place]:
    """Every fact of a case that may be withheld: each field's value, and each whole list."""
    roots = [root for root, value in data.items() if isinstance(value, dict)]
    return [path for root in roots for path in _facts(data[root], (root,))]


def _facts(value: Any, path: Place) -> Iterator[Place]:
    match value:
        case dict():
            for name, item in value.items():
                yield from _facts(item, (*path, name))
        case list():
            yield path
            for number, item in enumerate(value):
                yield from _facts(item, (*path, number))
        case _:
            yield path


def schema_path(path: Place) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def without(data: Data, removed: Collection[Place]) -> Data:
    """The case as somebody would bring it who keeps these facts to himself."""
    found = deepcopy(data)
    for path in removed:
        at: Any = found
        for part in path[:-1]:
            at = at[part] if not isinstance(at, dict) or part in at else {}
        if path[-1] in at:
            del at[path[-1]]
    return found


def still_without(removed: Collection[Place], given: Collection[str]) -> list[Place]:
    """What is withheld still when the facts of some schema paths are given: all rows of them, and lists whole."""
    return [
        path for path in removed
        if not any(schema_path(path[:end]) in given for end in range(1, len(path) + 1))
    ]
