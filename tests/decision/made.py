"""Decisions made by hand on a small made-up rulebook, for the tests of how decisions are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from interpreter.decision.model import (
    Adjustment,
    Assumption,
    Decision,
    Finding,
    Line,
    MeasureDecision,
    Missing,
    Named,
    OpenPoint,
)
from interpreter.language.core import Fact, Literal
from interpreter.language.core import Field as FieldOf
from interpreter.language.expression import Expression
from interpreter.language.types import BOOLEAN, DATE, MONTH, TEXT, Choice, Field, List, Number, RecordType, Type
from interpreter.language.units import Unit
from interpreter.language.unknown import Unknown
from interpreter.language.values import Month, Record, Shape
from interpreter.problems import Source, Span
from interpreter.rulebook.model import (
    Cause,
    Claimant,
    Clause,
    Definition,
    Digests,
    FactRoot,
    Measure,
    Money,
    Parameter,
    Requirement,
    Rulebook,
    Scheme,
)

FOLDER = "policy/made-up"
MONEY = Number(2, Unit.named("CNY"))
MONTHS = Number(0, Unit.named("month"))
YEARS = Number(0, Unit.named("year"))
STATUS = Choice("status", (("lifted", "脱贫户"), ("none", "无")))


def span(file: str, text: str = "x", line: int = 1) -> Span:
    before = "\n" * (line - 1)
    return Span(Source(f"{FOLDER}/{file}", before + text), len(before), len(before) + len(text))


def expression(text: str, file: str, line: int, core: object = None, type: Type = BOOLEAN) -> Expression:
    return Expression(text, span(file, text, line), type, core or Literal(True, BOOLEAN))  # type: ignore[arg-type]


# ---- types


region = RecordType("region", "地区", key="code", table="regions", also_known_as=("full", "short"))
region.fields |= {
    name: Field(name, label, TEXT) for name, label in (("code", "代码"), ("full", "全称"), ("short", "简称"))
}
REGION = Shape("", region)


def place(code: str, full: str) -> Record:
    return Record({"code": code, "full": full}, REGION)


person = RecordType("person", "人员", key="id")
person.fields |= {
    "id": Field("id", "身份证件号码", TEXT, private=True, required=True),
    "name": Field("name", "姓名", TEXT, private=True),
    "status": Field("status", "建档立卡状态", STATUS),
}
worker = RecordType("worker", "劳动者", key="id", base=person, fields=dict(person.fields))
worker.fields["other_housing"] = Field("other_housing", "享受其他住房优惠", BOOLEAN)
entry = RecordType("entry", "名册人员", key="person")
entry.fields |= {"person": Field("person", "人员", person), "on": Field("on", "组织日期", DATE)}
agency = RecordType("agency", "市场主体", key="id")
agency.fields |= {
    "id": Field("id", "信用代码", TEXT),
    "name": Field("name", "名称", TEXT),
    "roster": Field("roster", "组织名册", List(entry)),
}
application = RecordType("application", "申请", key="number")
application.fields |= {"number": Field("number", "申请编号", TEXT), "filed_on": Field("filed_on", "申请日期", DATE)}

PERSON, ENTRY = Shape("agency.roster.person", person), Shape("agency.roster", entry)


def member(name: str, id: str) -> Record:
    return Record({"person": Record({"id": id, "name": name}, PERSON)}, ENTRY)


# ---- the rulebook


def rulebook() -> Rulebook:
    stability, transport, service = "measures/stability.yaml", "measures/transport.yaml", "measures/service.yaml"
    common = Requirement(
        "filed_in_time", "when", span("policy.yaml"),
        when=expression("application.filed_on <= claims_until", "policy.yaml", 9), clause="末",
    )

    def assisted(file: str, argument: str) -> Requirement:
        when = expression(f"assisted({argument})", file, 7)
        return Requirement("assisted", "when", span(file), when=when, call=("assisted", ()))

    def at_least(name: str, text: str, file: str) -> Requirement:
        return Requirement(name, "when", span(file), when=expression(text, file, 10))

    def part(name: str, text: str, line: int, clause: str | None = None) -> Requirement:
        when = expression(text, "definitions.yaml", line)
        return Requirement(name, "when", when.where, when=when, clause=clause)

    def measure(
        name: str, title: str, clause: str, claimant: str, requires: Iterable[Requirement], pays: str | None
    ) -> Measure:
        file = f"measures/{name}.yaml"
        amount = None if pays is None else expression(pays, file, 20, type=MONEY)
        return Measure(
            name, title, clause, "benefit" if pays else "entitlement", claimant, span(file), (), (common,),
            tuple(requires), amount,
        )

    def parameter(name: str, label: str, type: Type) -> Parameter:
        return Parameter(name, label, type, span("parameters.yaml"), (), Literal(None, type))

    months = expression("count(possible_months(person))", "definitions.yaml", 66, type=MONTHS)
    count = Literal(3, MONTHS)
    return Rulebook(
        policy="made-up", folder="made-up", title="某通知", number="某人社发〔2021〕1号", issuers=("某局",),
        issued=date(2021, 11, 1), in_force=(date(2021, 1, 1), None), money=Money(), money_type=MONEY, leap_day="03-01",
        as_of=expression("application.filed_on", "policy.yaml", 3, type=DATE), order=(), payer={},
        claimants={
            "worker": Claimant(
                "worker", "worker",
                expression("worker.name", "policy.yaml", 4, FieldOf(Fact("worker"), "name", "person"), TEXT),
                expression("home", "policy.yaml", 4),
            )
        },
        facts={
            "application": FactRoot("application", "申请", application, None),
            "worker": FactRoot("worker", "劳动者", worker, None),
            "agency": FactRoot("agency", "市场主体", agency, None),
        },
        types={}, tables={},
        parameters={
            "claims_until": parameter("claims_until", "兑现截止日", DATE),
            "min_months": parameter("min_months", "最低参保月数", MONTHS),
            "run_months": parameter("run_months", "最低连续参保月数", MONTHS),
            "min_age": parameter("min_age", "最低年龄", YEARS),
        },
        definitions={
            "assisted": Definition(
                "assisted", "帮扶对象", (), BOOLEAN, Literal(True, BOOLEAN), span("definitions.yaml"),
                requirements=(
                    part("registered", 'person.status = "lifted"', 10),
                    part("came_since", "first_employed_on(person) >= facts_from", 15, "末"),
                    part("paired", "some p in pairings satisfies p.partner = person.county", 20, "二"),
                    part("of_age", "age(born_on(person), as_of) >= min_age", 26),
                ),
                clause="一",
            ),
            "insured_months": Definition(
                "insured_months", "参保月数", (), MONTHS, count, months.where, expression=months, may_be_provided=True
            ),
        },
        measures={
            "stability": measure(
                "stability", "就业稳岗补贴", "三（一）", "worker",
                (
                    assisted(stability, "worker"),
                    at_least("insured", "insured_months(worker) >= min_months", stability),
                    at_least("beyond_doubt", "undisputed_months(worker) >= min_months", stability),
                ),
                "stability_amount",
            ),
            "transport": measure(
                "transport", "交通补贴", "三（一）", "worker",
                (assisted(transport, "worker"), at_least("run", "months_in_a_row(worker) >= run_months", transport)),
                "transport_amount",
            ),
            "equal": measure("equal", "同等享受就业困难人员政策", "三（三）", "worker", (), None),
            "rent": measure(
                "rent", "租房补贴", "三（三）", "worker",
                (
                    assisted("measures/rent.yaml", "worker"),
                    at_least("no_other", "not(worker.other_housing)", "measures/rent.yaml"),
                ),
                "rent_amount",
            ),
            "service": measure(
                "service", "就业创业服务补贴", "三（四）", "agency",
                (
                    assisted(service, "entry.person"),
                    at_least("insured", "insured_months(entry.person) >= min_months", service),
                ),
                "service_amount",
            ),
        },
        limits=(), overlays={},
        other_schemes={"former": Scheme("former", "2021年以前的劳务协作政策", "受理地人力社保部门")},
        clauses={
            number: Clause(number, "") for number in ("一", "二", "三（一）", "三（二）", "三（三）", "三（四）", "末")
        },
        letters={outcome: outcome for outcome in ("granted", "refused", "incomplete", "referred")}, remedies={},
        causes=[
            Cause("fact", "worker.other_housing", "享受其他住房优惠", type=BOOLEAN, proof="申请人承诺书"),
            Cause("setting", "skill_catalogue", "工种目录"),
            Cause("fact", "agency.roster.person.insurance.month", "费款所属期", type=MONTH),
        ],
        slots=0,
    )


# ---- findings and lines


def months(*numbers: int) -> tuple[Month, ...]:
    return tuple(Month.of(2021, number) for number in numbers)


def insured(name: str, label: str, value: object, *which: int, provided: bool = False) -> Named:
    parts = (Named("possible_months", "可能计入的参保月份", months(*which), List(MONTH)),) if which else ()
    return Named(name, label, value, MONTHS, parts, provided=provided)


def found(
    requirement: str, say: str, state: str = "met", *values: Named, decided: bool | None = None, **more: object
) -> Finding:
    mark = state != "met" if decided is None else decided
    return Finding(requirement, say, state, mark, **({"otherwise": "refuse"} | more), values=values)  # type: ignore[arg-type]


def filed(state: str = "met", day: date = date(2021, 6, 10)) -> Finding:
    return found(
        "filed_in_time", "在2026-12-31兑现截止日前（含当日）申请", state,
        Named("application.filed_on", "申请日期", day, DATE),
        Named("claims_until", "兑现截止日", date(2026, 12, 31), DATE),
        clause="末",
    )


def assisted(age: int = 31, paired: str = "met") -> Finding:
    county = Named("worker.county", "建档立卡县", place("511133", "马边彝族自治县"), region)
    parts = (
        found(
            "assisted.registered", "属于原建档立卡脱贫人口", "met",
            Named("worker.status", "建档立卡状态", "lifted", STATUS),
        ),
        found(
            "assisted.came_since", "在2021-01-01以后（含当日）首次来绍就业", "met",
            Named("first_employed_on", "首次来绍就业日期", date(2021, 3, 1), DATE), clause="末",
        ),
        found("assisted.paired", "建档立卡县为结对县", paired, county, clause="二"),
        found(
            "assisted.of_age", "年满16周岁", "met", Named("age", "年龄", age, YEARS),
            Named("min_age", "最低年龄", 16, YEARS),
        ),
    )
    state = "met" if paired == "met" else paired
    return found("assisted", "属于对口帮扶地区脱贫人口", state, clause="一", mode="all", parts=parts)


def enough(
    months_seen: object, *which: int, provided: bool = False, say: str = "在本市依法缴纳社会保险满3个月"
) -> Finding:
    state = "unknown" if isinstance(months_seen, Unknown) else "met" if int(str(months_seen)) >= 3 else "not met"
    causes = months_seen.causes if isinstance(months_seen, Unknown) else 0
    return found(
        "insured", say, state, insured("insured_months", "参保月数", months_seen, *which, provided=provided),
        Named("min_months", "最低参保月数", 3, MONTHS), causes=causes,
    )


def line(outcome: str, findings: Iterable[Finding], amount: str | None = None, **more: object) -> Line:
    money = None if amount is None else Decimal(amount)
    granted = money if outcome == "granted" else None
    computation = () if money is None else (Named("amount", "补贴标准", money, MONEY),)
    made = {"key": (), "amount": granted, "potential": money, "computation": computation} | more
    return Line(outcome=outcome, findings=tuple(findings), **made)  # type: ignore[arg-type]


def measured(
    name: str, outcome: str, lines: Iterable[Line], *, amount: str | None = None, claimed: bool = False, **more: object
) -> MeasureDecision:
    of = rulebook().measures[name]
    lines = tuple(lines)
    made = {
        "missing": tuple({m.path: m for one in lines for m in one.missing}.values()),
        "open_points": tuple({p.name: p for one in lines for p in one.open_points}.values()),
        "assumptions": (), "payer": (Named("authority", "受理地", place("330602", "越城区"), region),),
    } | more
    return MeasureDecision(
        name, of.title, of.clause, of.kind, outcome, None if amount is None else Decimal(amount), lines,  # type: ignore[arg-type]
        claimed=claimed, **made,  # type: ignore[arg-type]
    )


def decision(measures: Iterable[MeasureDecision], who: Iterable[Named] | None = None, **more: object) -> Decision:
    measures = tuple(measures)
    named = tuple(who) if who is not None else (
        Named("worker.name", "姓名", "示例甲", TEXT), Named("worker.id", "身份证件号码", "511133199001019999", TEXT),
    )
    made = {
        "case": "2021-0001", "claims": None, "history": False, "as_of": date(2021, 6, 10), "as_of_given": False,
        "total": sum((m.amount for m in measures if m.amount is not None), Decimal(0)),
    } | more
    return Decision(
        policy="made-up", digests=Digests("b" * 64, "r" * 64), as_of_label="申请日期", claimant="worker", who=named,
        authority=Named("authority", "受理地", place("330602", "越城区"), region), currency="CNY", measures=measures,
        **made,  # type: ignore[arg-type]
    )


# ---- five decisions


SWITCH = Assumption(
    "gap_allowed", "可由人工认定的中断月数", 1, MONTHS, "switch", "连续工作是否容许中断", "换岗常有一个月空档"
)
HOUSING = Missing("worker.other_housing", "享受其他住房优惠", BOOLEAN, "申请人承诺书")
CATALOGUE = OpenPoint("skill_catalogue", "2021-06-10 的工种目录", "setting", span("tables/skill_catalogue.yaml"))


def worker_case() -> Decision:
    """Granted and refused, an entitlement, nothing to decide; no claims."""
    doubt = found(
        "beyond_doubt", "其中2025-12-31前由单位正常缴纳的满3个月", "met",
        insured("undisputed_months", "无争议参保月数", 3), Named("min_months", "最低参保月数", 3, MONTHS),
        otherwise="review",
    )
    run = found(
        "run", "在本市连续工作并参保满12个月", "not met", insured("months_in_a_row", "连续参保月数", 3),
        Named("run_months", "最低连续参保月数", 12, MONTHS),
    )
    return decision([
        measured(
            "stability", "granted", [line("granted", [filed(), assisted(), enough(3, 3, 4, 5), doubt], "3000")],
            amount="3000", assumptions=(SWITCH,),
        ),
        measured("equal", "granted", [line("granted", [filed(), assisted()])]),
        measured("transport", "refused", [line("refused", [filed(), assisted(), run], "5000")], amount="0"),
        measured("rent", "not_applicable", [], amount="0", nothing="租房记录"),
    ])


def open_case() -> Decision:
    """Incomplete months of rent, and a review for want of a setting."""
    housing = found(
        "no_other", "未享受其他住房优惠", "unknown",
        Named("worker.other_housing", "享受其他住房优惠", Unknown(1), BOOLEAN), causes=1,
    )
    rent = [
        line(
            "incomplete", [assisted(), housing], "500", key=(Named("month", "月份", month, MONTH),), missing=(HOUSING,)
        )
        for month in months(3, 4, 5)
    ]
    priced = found("priced", "工种目录列有该工种", "unknown", causes=2, otherwise="refuse")
    return decision([
        measured("rent", "incomplete", rent, amount="0", claimed=True),
        measured(
            "stability", "review", [line("review", [assisted(), priced], open_points=(CATALOGUE,))], amount="0",
            claimed=True,
        ),
    ], case="2021-0042", claims=("rent", "stability"), history=True)


def agency_case() -> Decision:
    """Three people of a roster: two alike, one short of months."""
    def one(name: str, id: str, day: int, count: int) -> Line:
        paid = enough(count, *range(3, 3 + count), say="其在本市缴纳社会保险满3个月")
        key = (Named("entry", "名册人员", member(name, id), entry),)
        findings = [filed(), assisted(age=20 + day), paid]
        return line("granted" if count >= 3 else "refused", findings, "2000", key=key)

    lines = [
        one("示例丁", "51113319900103999X", 1, 3), one("示例戊", "511133199001039981", 2, 1),
        one("示例己", "511133199001039973", 3, 4),
    ]
    who = (
        Named("agency.name", "名称", "示例人力资源公司", TEXT),
        Named("agency.id", "信用代码", "91330602XXXX00003W", TEXT),
    )
    return decision(
        [measured("service", "granted", lines, amount="4000", claimed=True)], who, case="2022-0007",
        claims=("service",), history=True,
    )


def limited_case() -> Decision:
    """A grant that came earlier refuses this one."""
    limit = found(
        "stability_once", "就业稳岗补贴每人一次", "not met", Named("worker", "劳动者", Record(
            {"id": "511133199001019999", "name": "示例甲"}, Shape("worker", worker)), worker), limit=True,
    )
    adjusted = Adjustment(
        "stability_once", "就业稳岗补贴每人一次", "三（一）", "granted", "refused", Decimal(3000), Decimal(0),
        "2021-越-0007",
    )
    one = line("refused", [filed(), assisted(), enough(3, provided=True), limit], "3000", adjustments=(adjusted,))
    return decision(
        [measured("stability", "refused", [one], amount="0", claimed=True)], claims=("stability",), history=True
    )


def referred_case() -> Decision:
    """Another scheme governs one measure; a person must look at the other; the day was given."""
    came = found(
        "came_since", "2021-01-01以后首次来就业", "not met",
        Named("first_employed_on", "首次就业日期", date(2020, 12, 31), DATE), otherwise="refer", refer_to="former",
    )
    doubt = found(
        "beyond_doubt", "其中由单位正常缴纳的满3个月", "not met",
        insured("undisputed_months", "无争议参保月数", 2, 3, 5), Named("min_months", "最低参保月数", 3, MONTHS),
        otherwise="review",
    )
    late = found(
        "run", "在本市连续参保满12个月", "not met", insured("months_in_a_row", "连续参保月数", 2),
        Named("run_months", "最低连续参保月数", 12, MONTHS), decided=False,
    )
    return decision([
        measured("transport", "referred", [line("referred", [came, late])], amount="0"),
        measured("stability", "review", [line("review", [assisted(), doubt], "3000")], amount="0", claimed=True),
    ], as_of_given=True, history=True, claims=("stability",))


ALL = {
    "worker": worker_case, "open": open_case, "agency": agency_case, "limited": limited_case, "referred": referred_case,
}
