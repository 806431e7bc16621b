"""A synthetic caseload of the Shaoxing notice, as JSON lines: `python examples/generate.py --seed 1 --count 5000`.

Everybody in it is invented. Identity numbers have the serials 996-999, which are kept for centenarians, and credit
codes have XXXX inside, so that none is anybody's. A case depends on the seed and on its place in the stream, never on
how many follow; cases are written as they are made, so that any number of them takes the same memory.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from stdnum.cn import ric, uscc

POLICY = "shaoxing-labour-cooperation-2021"
COUNTIES = ("越城区", "柯桥区", "上虞区", "诸暨市", "嵊州市", "新昌县")
COUNTY_SHARES = (40, 15, 12, 18, 8, 7)
PARTNERS = ("马边彝族自治县", "峨边彝族自治县", "金口河区", "沐川县")
ELSEWHERE = ("马尔康市", "金川县", "小金县")
ID_REGIONS = ("511133", "511132", "511113", "511129", "512633", "512632", "512634", "512629", "513201", "513226")
"""Where identity numbers were first issued: the counties of today and their codes before 1985."""

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红春梅"
YI_NAMES = ("吉克", "阿说", "沙马", "马海", "曲比", "吉木", "阿苏", "勒伍")
YI_GIVEN = ("阿木", "尔古", "日火", "伍各", "阿依", "布西莫", "拉则", "木果")
TRADES = ("电工", "焊工", "钳工", "缝纫工", "叉车司机", "养老护理员")
OPENED, CLOSED = date(2021, 1, 1), date(2026, 12, 31)

Data = dict[str, Any]
Maker = Callable[[Random, "People", int], Data]


class People:
    """Gives out invented people, each identity number once until all are used up (over half a million)."""

    FIRST_BORN, DAYS, STEP = date(1962, 1, 1), 15_000, 7_919

    def __init__(self, seed: int) -> None:
        self._next = seed * 101

    def number(self, young: bool) -> str:
        """An identity number of an adult, or of somebody who is still a child when the notice begins."""
        place = self._next * self.STEP
        self._next += 1
        place, serial = divmod(place, 4)
        place, region = divmod(place, len(ID_REGIONS))
        first = date(2009, 1, 1) if young else self.FIRST_BORN
        born = first + timedelta(days=place % (1_000 if young else self.DAYS))
        number = f"{ID_REGIONS[region]}{born:%Y%m%d}{996 + serial}"
        return number + ric.calc_check_digit(number + "0")


def chance(random: Random, share: float) -> bool:
    return random.random() < share


def day_between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))


def months(first: date, last: date) -> list[str]:
    """The months from the one of the first day to the one of the last."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]


def gap(random: Random, record: Data, fields: dict[str, float]) -> Data:
    """The record as it is brought: sometimes without a fact."""
    return {name: value for name, value in record.items() if not chance(random, fields.get(name, 0.0))}


def firm(random: Random, kind: str = "91") -> str:
    """A credit code: of an enterprise (91), a self-employed household (92) or a farmers' cooperative (93)."""
    code = f"{kind}330602XXXX{random.randint(1, 99_999):05d}"
    return code + uscc.calc_check_digit(code)


def home(random: Random) -> str:
    return random.choices(COUNTIES, COUNTY_SHARES)[0]


def name(random: Random) -> str:
    if chance(random, 0.4):
        return random.choice(YI_NAMES) + random.choice(YI_GIVEN)
    return random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.randint(1, 2)))


# ---- people


def person(random: Random, people: People, arrived: date, filed: date, employer: str | None = None) -> Data:
    """Somebody who came on a day, with the work and the insurance he has until the application."""
    county = home(random)
    jobs = employments(random, county, arrived, filed)
    insurance = [
        row for job in jobs for row in insured(random, job, filed, employer or firm(random))
    ]
    return {
        "id": people.number(young=chance(random, 0.03)),
        "name": name(random),
        "registry_status": random.choices(("脱贫户", "监测对象", "无"), (90, 5, 5))[0],
        "registry_county": random.choice(PARTNERS if chance(random, 0.94) else ELSEWHERE),
        "employments": jobs,
        "insurance": insurance,
    }


def employments(random: Random, county: str, arrived: date, filed: date) -> list[Data]:
    jobs: list[Data] = []
    start = arrived
    while start <= filed and len(jobs) < 3:
        end = start + timedelta(days=random.randint(60, 700))
        goes_on = end >= filed or chance(random, 0.3)
        kind = "创业" if chance(random, 0.08) else "受雇"
        jobs.append({
            "kind": kind, "place": county, "start": start.isoformat(), "end": "至今" if goes_on else end.isoformat(),
            "dormitory": kind == "受雇" and chance(random, 0.25),
        })
        if goes_on or chance(random, 0.15):
            break
        start = end + timedelta(days=random.choice((1, 1, 1, 12, 40, 75)))
        county = county if chance(random, 0.8) else home(random)
    return jobs


def insured(random: Random, job: Data, filed: date, employer: str) -> Iterator[Data]:
    """The months paid for a job: some skipped, some made up for later, some paid by the person."""
    if job["kind"] == "创业" and chance(random, 0.6):
        return
    end = filed if job["end"] == "至今" else min(date.fromisoformat(job["end"]), filed)
    paid = months(date.fromisoformat(job["start"]), end.replace(day=1) - timedelta(days=1))
    if chance(random, 0.2):
        paid = paid[: random.randint(0, 3)]
    kind = "工伤" if chance(random, 0.04) else "养老"
    troubled = chance(random, 0.2)
    for month in paid:
        if troubled and chance(random, 0.15):
            continue
        own = job["kind"] == "创业" or (troubled and chance(random, 0.1))
        row = {"month": month, "kind": kind, "place": job["place"], "payer": "灵活就业" if own else "单位"}
        yield row | ({} if own else {"paid_by": employer}) | {"backpaid": troubled and chance(random, 0.2)}


def arrival(random: Random) -> date:
    if chance(random, 0.07):
        return day_between(random, date(2016, 3, 1), date(2020, 12, 31))
    return day_between(random, OPENED, date(2025, 12, 15))


def filing(random: Random, arrived: date) -> date:
    if chance(random, 0.015):
        return day_between(random, date(2027, 1, 1), date(2027, 2, 28))
    earliest = max(arrived + timedelta(days=40), date(2021, 6, 1))
    return min(earliest + timedelta(days=random.randint(0, 1_000)), CLOSED)


def application(number: int, filed: date, county: str) -> Data:
    return {"number": f"{filed.year}-{number:06d}", "filed_on": filed.isoformat(), "received_by": county}


def case(number: int, filed: date, county: str, claims: list[str], history: list[Data], **record: Data) -> Data:
    return {
        "policy": POLICY, "application": application(number, filed, county), "claims": claims, **record,
        "history": history,
    }


def granted(measure: str, filed: date, amount: int, **key: str) -> Data:
    """An earlier decision."""
    decided = filed - timedelta(days=30)
    number = f"{decided.year}年第{decided.timetuple().tm_yday}号"
    return {"measure": measure, "key": key, "amount": amount, "decided_on": decided.isoformat(), "number": number}


# ---- a case of each claimant


def worker_case(random: Random, people: People, number: int) -> Data:
    arrived = arrival(random)
    filed = filing(random, arrived)
    who = person(random, people, arrived, filed)
    county = who["employments"][-1]["place"]
    who["leases"] = list(leases(random, county, arrived, filed))
    who["certificates"] = list(certificates(random, county, arrived, filed))
    who["other_housing"] = chance(random, 0.05)
    claims = ["job_stability"] if chance(random, 0.75) else []
    claims += ["transport"] if chance(random, 0.5) else []
    claims += ["rent"] if who["leases"] and chance(random, 0.8) else []
    claims += ["skill_upgrade"] if who["certificates"] else []
    claims += ["equal_treatment"] if not claims or chance(random, 0.1) else []
    claims += ["startup_loan_worker"] if who["employments"][-1]["kind"] == "创业" else []
    history = []
    if chance(random, 0.05):
        history.append(granted("job_stability", filed, 3000, worker=who["id"]))
    brought = gap(random, who, {"registry_status": 0.04, "registry_county": 0.03, "insurance": 0.03, "leases": 0.02,
                                "other_housing": 0.04})
    return case(number, filed, county, claims, history, worker=brought)


def leases(random: Random, county: str, arrived: date, filed: date) -> Iterator[Data]:
    start = day_between(random, arrived, arrived + timedelta(days=60))
    while chance(random, 0.45) and start < filed:
        end = start + timedelta(days=random.randint(90, 400))
        start = start.replace(day=1) if chance(random, 0.5) else start
        row = {"start": start.isoformat(), "end": "至今" if end >= filed else end.isoformat(),
               "rent": random.randrange(250, 1200, 50), "place": county, "own_name": chance(random, 0.93)}
        yield gap(random, row, {"own_name": 0.03})
        start = end + timedelta(days=1)


def certificates(random: Random, county: str, arrived: date, filed: date) -> Iterator[Data]:
    if not chance(random, 0.3):
        return
    for position in range(random.choice((1, 1, 1, 2))):
        trained = county if chance(random, 0.85) else random.choice(PARTNERS)
        row = {
            "number": f"S{random.randint(1, 999_999):06d}-{position + 1}", "trade": random.choice(TRADES),
            "level": random.choices(("初级工", "中级工", "高级工", "技师"), (6, 5, 1, 1))[0],
            "issued_on": day_between(random, arrived, filed).isoformat(), "trained_in": trained,
        }
        yield gap(random, row, {"trained_in": 0.05})


def agency_case(random: Random, people: People, number: int) -> Data:
    filed = day_between(random, date(2021, 9, 1), CLOSED)
    own = firm(random)
    roster: list[Data] = []
    for _ in range(random.choices((1, 2, 3, 6), (4, 3, 2, 1))[0]):
        arrived = arrival(random)
        if arrived >= filed:
            arrived = filed - timedelta(days=random.randint(30, 300))
        member = person(random, people, arrived, filed, own if chance(random, 0.1) else None)
        organised = arrived + timedelta(days=random.randint(-60, 0) if chance(random, 0.8) else random.randint(1, 90))
        if chance(random, 0.2):
            first = member.pop("employments")[0]["start"]
            member["first_employed_on"] = first
        roster.append({
            "organised_on": organised.isoformat(),
            "person": gap(random, member, {"registry_status": 0.07, "insurance": 0.06}),
        })
    county = home(random)
    history = []
    if chance(random, 0.06):
        history.append(granted("agency_service", filed, 2000, person=roster[0]["person"]["id"]))
    who = {"id": own, "name": f"示例人力资源公司{number}", "county": county, "roster": roster}
    return case(number, filed, county, ["agency_service"], history, agency=who)


def employer_case(random: Random, people: People, number: int) -> Data:
    year = random.choices(range(2020, 2026), (1, 6, 6, 6, 6, 6))[0]
    filed = date(year, 12, 31) + timedelta(days=random.randint(0, 365) if year > 2020 else 200)
    code = firm(random, "92" if chance(random, 0.05) else "91")
    county = home(random)
    who: Data = {"uscc": code, "name": f"示例制造公司{number}", "county": county, "claims_year": year}
    claims, history = [], []
    if chance(random, 0.5):
        claims.append("recruitment_fair")
        who["fairs"] = [fair(random, county, year, position) for position in range(random.randint(1, 3))]
        if chance(random, 0.06):
            event = {"employer": code, "event": f"{year}-0", "year": str(year)}
            history.append(granted("recruitment_fair", filed, 4000, **event))
    if chance(random, 0.35):
        levels = random.choice((["国家"], ["省"], ["省"], ["国家", "省"]))
        claims += [{"国家": "base_national", "省": "base_provincial"}[level] for level in levels]
        who["listings"] = [
            {"level": level, "listed_on": day_between(random, date(2019, 1, 1), date(2021, 12, 31)).isoformat()}
            for level in levels if not chance(random, 0.08)
        ]
        heads = random.randint(8, 28)
        lost = random.choice((0.0, 0.0, 0.02, 0.2))
        who["absorbed"] = [absorbed(random, people, code, county, year, lost) for _ in range(heads)]
    if chance(random, 0.25):
        claims.append("caring_post")
        who["posts"] = [post(random, people, code, county, year) for _ in range(random.randint(1, 3))]
    if not claims or chance(random, 0.15):
        claims += ["employer_social_insurance", "startup_loan_employer"]
        who.setdefault("absorbed", [absorbed(random, people, code, county, year) for _ in range(random.randint(0, 2))])
    brought = gap(random, who, {"claims_year": 0.03, "absorbed": 0.03})
    return case(number, filed, county, claims, history, employer=brought)


def fair(random: Random, county: str, year: int, position: int) -> Data:
    row = {
        "event": f"{year}-{position + 1}",
        "held_on": day_between(random, date(year, 1, 5), date(year, 12, 20)).isoformat(),
        "place": random.choice(PARTNERS) if chance(random, 0.8) else county, "east_west": chance(random, 0.9),
        "dedicated": chance(random, 0.8), "organised_by": random.choice(("政府", "政府", "企业", "机构")),
        "costs_borne": chance(random, 0.3),
    }
    return gap(random, row, {"costs_borne": 0.12, "east_west": 0.06})


def staff(random: Random, people: People, code: str, county: str, year: int, lost: float) -> Data:
    """Somebody a firm takes on in a year, with a row for every month it pays for; `lost` is how often papers are."""
    old = chance(random, 0.04)
    start = day_between(random, date(2018, 1, 1), date(2020, 12, 31)) if old else day_between(
        random, date(year, 1, 2), date(year, 10, 1))
    first = start if start.year == year else date(year, 1, 1)
    paid = months(first, date(year, 12, 1))[: random.choices((2, 3, 4, 6, 12), (1, 4, 4, 4, 2))[0]]
    who = {
        "id": people.number(young=False), "name": name(random), "registry_status": "脱贫户",
        "registry_county": random.choice(PARTNERS),
        "employments": [{"kind": "受雇", "place": county, "start": start.isoformat(), "end": "至今"}],
        "insurance": [{"month": month, "kind": "养老", "place": county, "payer": "单位", "paid_by": code,
                       "backpaid": False} for month in paid],
    }
    return gap(random, who, {"registry_status": lost, "insurance": lost})


def absorbed(random: Random, people: People, code: str, county: str, year: int, lost: float = 0.05) -> Data:
    return {"year": year, "person": staff(random, people, code, county, year, lost)}


def post(random: Random, people: People, code: str, county: str, year: int) -> Data:
    who = staff(random, people, code, county, year, 0.04)
    start = date.fromisoformat(who["employments"][0]["start"])
    start = max(start, date(year, 1, 1))
    end = start + timedelta(days=random.randint(60, 250))
    row = {"person": who, "open_to_all": chance(random, 0.9), "start": start.isoformat(), "end": end.isoformat()}
    return gap(random, row, {"open_to_all": 0.05})


def county_case(random: Random, people: People, number: int) -> Data:
    year = random.randint(2021, 2025)
    checked = day_between(random, date(year, 6, 1), date(year + 1, 12, 1))
    held = [fair(random, home(random), year, position) for position in range(random.randint(0, 2))]
    met = [{"held_on": day_between(random, date(year, 1, 5), date(year, 12, 20)).isoformat()}
           for _ in range(random.randint(0, 2))]
    filed = day_between(random, date(year + 1, 1, 4), date(year + 1, 6, 30))
    signed = day_between(random, date(2021, 11, 1), date(2022, 12, 31))
    who = {
        "place": home(random), "year": year, "checked_on": checked.isoformat(), "fairs": held,
        "meetings": met, "ledger_filed_on": "未报" if filed > checked else filed.isoformat(),
        "agreement_signed_on": "未签" if signed > checked else signed.isoformat(),
        "plan_issued_on": "未定" if chance(random, 0.3) or signed > checked else signed.isoformat(),
    }
    return {"policy": POLICY, "county": gap(random, who, {"fairs": 0.08})}


MAKERS: dict[str, Maker] = {
    "worker": worker_case, "employer": employer_case, "agency": agency_case, "county": county_case,
}
SHARES = {"worker": 76, "employer": 10, "agency": 12, "county": 2}


def caseload(seed: int, claimant: str = "all") -> Iterator[Data]:
    """Cases without end, the same ones for the same seed."""
    people = People(seed)
    number = 0
    while True:
        number += 1
        random = Random(f"{seed} {claimant} {number}")
        kind = claimant if claimant != "all" else random.choices(list(SHARES), list(SHARES.values()))[0]
        yield MAKERS[kind](random, people, number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="how many cases")
    parser.add_argument("--claimant", choices=[*MAKERS, "all"], default="all")
    given = parser.parse_args()
    for made in islice(caseload(given.seed, given.claimant), given.count):
        sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
