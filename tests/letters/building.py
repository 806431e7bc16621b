"""A small made-up policy and decisions of every kind under it, built by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from interpreter.decision.model import (
    Adjustment,
    Decision,
    Finding,
    Line,
    MeasureDecision,
    Missing,
    Named,
    Outcome,
)
from interpreter.language.core import AsOf, Fact, Field, Literal
from interpreter.language.expression import Expression
from interpreter.language.types import BOOLEAN, DATE, MONTH, TEXT, Choice, List, Number, RecordType
from interpreter.language.types import Field as FieldOf
from interpreter.language.units import Unit
from interpreter.language.unknown import Unknown
from interpreter.language.values import Month, Record, Shape
from interpreter.problems import Source, Span
from interpreter.rulebook.model import (
    Cause,
    Claimant,
    Digests,
    FactRoot,
    Loop,
    Measure,
    Money,
    Otherwise,
    Parameter,
    Requirement,
    Rulebook,
    Say,
    Scheme,
    Table,
    Variable,
)

TEMPLATES = Path(__file__).parents[2] / "templates"
WHERE = Span(Source("made.yaml", "made"), 0, 4)
MONTHS = Number(0, Unit.named("month"))
YUAN = Number(2, Unit.named("CNY"))
STATUS = Choice("status", (("a", "甲类"), ("b", "乙类")))

PERSON = RecordType("person", "人员", key="id")
PERSON.fields.update({
    "id": FieldOf("id", "证件号码", TEXT, private=True),
    "name": FieldOf("name", "姓名", TEXT, private=True),
})
ENTRY = RecordType("entry", "名册行", key="person")
ENTRY.fields["person"] = FieldOf("person", "人员", PERSON)
FIRM = RecordType("firm", "单位", key="id")
FIRM.fields.update({
    "id": FieldOf("id", "信用代码", TEXT), "name": FieldOf("name", "名称", TEXT),
    "roster": FieldOf("roster", "名册", List(ENTRY)),
})


def expression(text: str, core: object = None) -> Expression:
    return Expression(text, WHERE, TEXT, core if core is not None else Literal("", TEXT))  # type: ignore[arg-type]


def said(text: str) -> Say:
    return Say((text,))


def requirement(name: str, when: str = "true", **more: object) -> Requirement:
    return Requirement(name, "when", WHERE, expression(when), **more)  # type: ignore[arg-type]


IN_TIME = requirement("in_time", common=True)
SINCE = requirement("since", otherwise=Otherwise("refer", "old"))
REGION = RecordType("region", "区划", key="code", table="regions", also_known_as=("name",))
REGION.fields.update({"code": FieldOf("code", "代码", TEXT), "name": FieldOf("name", "名称", TEXT)})
PLACES = tuple(
    Record({"code": code, "name": name}, Shape("regions", REGION))
    for code, name in (("3301", "示例区"), ("3302", "示例县"), ("3303", "=1+1"))
)


def rulebook(**changes: object) -> Rulebook:
    least = Parameter("least", "最低月数", MONTHS, WHERE, (), Literal(3, MONTHS))
    return replace(Rulebook(
        policy="made", folder="policy/made", title="示例市就业扶持办法", number="示人社发〔2021〕9号",
        issuers=("示例市甲局", "示例市乙局"), issued=date(2021, 1, 1), in_force=(date(2021, 1, 1), None), money=Money(),
        money_type=YUAN, leap_day="03-01", as_of=expression("filed_on"), order=(), payer={},
        claimants={
            "person": Claimant("person", "person", expression("person.name", Field(Fact("person"), "name", "person")),
                               Expression("place", WHERE, REGION, Literal("", TEXT))),
        },
        facts={
            "person": FactRoot("person", "人员", PERSON, Shape("person", PERSON)),
            "firm": FactRoot("firm", "单位", FIRM, Shape("firm", FIRM)),
        },
        types={}, parameters={"least": least}, tables={"regions": Table("regions", "区划", REGION, PLACES, WHERE)},
        definitions={},
        measures={
            "steady": Measure("steady", "稳岗补贴", "二（一）", "benefit", "person", WHERE, (),
                              (IN_TIME, SINCE, requirement("poor"), requirement("insured", "months >= least")), (),
                              None),
            "service": Measure("service", "服务补贴", "二（二）", "benefit", "firm", WHERE,
                               (Loop(Variable("entry", ENTRY, 0), expression("firm.roster", AsOf())),),
                               (IN_TIME, requirement("licensed")),
                               (SINCE, requirement("poor"), requirement("insured", "months >= least")), None),
        },
        limits=(), overlays={},
        other_schemes={"old": Scheme("old", "原扶持办法", "示例市甲局", "末")}, clauses={}, letters={}, remedies={},
        causes=[
            Cause("fact", "person.status", "类别", WHERE, STATUS, "核查记录"),
            Cause("fact", "person.home", "户籍地", WHERE, TEXT, "户口簿"),
            Cause("fact", "person.id", "证件号码", WHERE, TEXT, "身份证"),
            Cause("fact", "firm.licence", "许可", WHERE, BOOLEAN, "许可证"),
            Cause("fact", "filed_on", "申请日期", WHERE, DATE),
        ], slots=1, digests=Digests("b", "r"),
    ), **changes)  # type: ignore[arg-type]


def months(count: int) -> Named:
    behind = tuple(Month.of(2021, 3 + i) for i in range(count))
    return Named("months", "参保月数", count, MONTHS, (Named("list", "参保月份", behind, List(MONTH)),))


LEAST = Named("least", "最低月数", 3, MONTHS)
AMOUNT = Named("steady_amount", "补贴标准", Decimal(3000), YUAN)


def poor(state: str = "met", **more: object) -> Finding:
    parts = (
        Finding("poor.status", "类别属于甲类", "met", False, "refuse", (Named("person.status", "类别", "a", STATUS),)),
        Finding("poor.home", "户籍在结对地区", state, state != "met", "refuse",  # type: ignore[arg-type]
                (Named("person.home", "户籍地", "示例县", TEXT),), "三"),
    )
    return Finding("poor", "属于扶持对象", state, state != "met", "refuse", (), "二", parts=parts,  # type: ignore[arg-type]
                   mode="all", **more)  # type: ignore[arg-type]


def insured(count: int) -> Finding:
    met = count >= 3
    return Finding("insured", "依法缴纳社会保险满3个月", "met" if met else "not met", not met, "refuse",
                   (months(count), LEAST), "二（一）")


def line(outcome: Outcome, findings: tuple[Finding, ...], key: tuple[Named, ...] = (), **more: object) -> Line:
    amount = Decimal(3000) if outcome == "granted" else Decimal(0)
    return Line(key, outcome, amount, amount, (AMOUNT,), findings, **more)  # type: ignore[arg-type]


def measure(name: str, outcome: Outcome, lines: tuple[Line, ...], **more: object) -> MeasureDecision:
    written = rulebook().measures[name]
    missing = tuple(dict.fromkeys(fact for one in lines for fact in one.missing))
    made = MeasureDecision(
        name, written.title, written.clause, "benefit", outcome,
        sum((one.amount or Decimal(0) for one in lines), Decimal(0)), lines, missing, (), (),
        (Named("authority", "支付机关", "示例区", TEXT), Named("fund", "列支资金", "扶持资金", TEXT)),
        claimed=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]


PERSON_IS = (
    Named("person.name", "姓名", "示例甲", TEXT), Named("person.id", "证件号码", "511133199001019999", TEXT),
)
FIRM_IS = (
    Named("firm.name", "名称", "示例人力资源公司", TEXT), Named("firm.id", "信用代码", "91330602XXXX00003W", TEXT),
)


def decision(*measures: MeasureDecision, who: tuple[Named, ...] = PERSON_IS, **more: object) -> Decision:
    made = Decision(
        "2021-0001", "made", Digests("b", "r"), date(2021, 6, 10), "申请日期", False, "person", who,
        Named("place", "机关", PLACES[0], REGION), tuple(m.measure for m in measures), True, "CNY", measures,
        sum((m.amount or Decimal(0) for m in measures), Decimal(0)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def entry(name: str, key: str) -> tuple[Named, ...]:
    person = Record({"id": key, "name": name}, Shape("firm.roster.person", PERSON))
    return (Named("entry", "名册行", Record({"person": person}, Shape("firm.roster", ENTRY)), ENTRY),)


LICENCE = Named("firm.licence", "许可", True, BOOLEAN)
LICENSED = Finding("licensed", "具有人力资源服务许可", "met", False, "refuse", (LICENCE,))
PROOF = Missing("firm.roster.person.insurance", "参保记录", List(MONTH), "社会保险缴费证明")
GRANTED_LINE = line("granted", (LICENSED, poor(), insured(3)), entry("示例丁", "51113319900103999X"))
REFUSED_LINE = line("refused", (LICENSED, poor(), insured(1)), entry("示例戊", "511133199001039981"))
INCOMPLETE_LINE = line(
    "incomplete", (LICENSED, poor(), replace(insured(0), state="unknown", decided=True, values=(
        replace(months(0), value=Unknown(1), parts=()), LEAST))),
    entry("吉克阿衣莫子", "511133199001029978"), missing=(PROOF,),
)

GRANTED = decision(measure("steady", "granted", (line("granted", (poor(), insured(3))),)))
REFUSED = decision(measure("steady", "refused", (line("refused", (poor("not met"), insured(2))),)))
INCOMPLETE = decision(measure("steady", "incomplete", (line(
    "incomplete", (replace(poor("unknown")), insured(3)),
    missing=(Missing("person.home", "户籍地", TEXT, "户口簿"), Missing("person.born", "出生日期", DATE),
             Missing("person.status", "类别", STATUS, "核查记录"), Missing("person.other", "享受其他优惠", BOOLEAN)),
),)))
PARTLY = decision(measure("service", "granted", (GRANTED_LINE, REFUSED_LINE, INCOMPLETE_LINE)), who=FIRM_IS)
LIMITED = decision(measure("steady", "refused", (line(
    "refused", (poor(), insured(3), Finding("steady_once", "每人一次", "not met", True, "refuse", limit=True)),
    adjustments=(
        Adjustment("steady_once", "每人一次", "二", "granted", "refused", Decimal(3000), Decimal(0), "2020-0009"),
    ),
),)))


def in_time(state: str = "met") -> Finding:
    day = Named("application.filed_on", "申请日期", date(2021, 6, 10), DATE)
    return Finding("in_time", "在截止日前申请", state, state != "met", "refuse", (day,), "末")  # type: ignore[arg-type]


def since(state: str = "met") -> Finding:
    came = Named("came_on", "首次就业日期", date(2020, 5, 1), DATE)
    return Finding("since", "2021年1月1日以后首次就业", state, state != "met", "refer",  # type: ignore[arg-type]
                   (came,), "末", refer_to="old")


LATE = decision(measure("steady", "refused", (line("refused", (in_time("not met"), poor(), insured(3))),)))
REFERRED = decision(measure("steady", "referred", (line("referred", (in_time(), since("not met"), poor())),)))
REFERRED_LINE = line("referred", (in_time(), LICENSED, since("not met"), poor()), entry("示例己", "511133199001049998"))
LATE_ROSTER = decision(measure("service", "refused", tuple(
    line("refused", (in_time("not met"), LICENSED, poor()), entry(name, key))
    for name, key in (("示例丁", "51113319900103999X"), ("示例戊", "511133199001039981"))
)), who=FIRM_IS)
MIXED = decision(measure("service", "granted", (GRANTED_LINE, REFERRED_LINE)), who=FIRM_IS)
REVIEW = decision(measure("steady", "review", (line("review", (in_time(), poor(), insured(3))),)))
ROSTER = decision(measure("service", "granted", (GRANTED_LINE, REFUSED_LINE)), who=FIRM_IS)
ENTITLED = decision(measure("steady", "granted", (line("granted", (poor(),)),), amount=None, kind="entitlement",
                            governed_by="old", payer=()))
ALL = {
    "granted": GRANTED, "refused": REFUSED, "incomplete": INCOMPLETE, "partly": PARTLY, "limited": LIMITED,
    "late": LATE, "late_roster": LATE_ROSTER, "referred": REFERRED, "mixed": MIXED, "review": REVIEW,
    "roster": ROSTER, "entitled": ENTITLED,
}
