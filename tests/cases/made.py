"""A small made-up vocabulary for the tests of this floor, built by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from interpreter.language.core import Fact
from interpreter.language.expression import Expression
from interpreter.language.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    INTEGER,
    MONTH,
    TEXT,
    TIME,
    YEARS_MONTHS,
    Choice,
    Field,
    List,
    Number,
    RecordType,
    TextType,
    Type,
)
from interpreter.language.units import Unit
from interpreter.language.values import Record, blank
from interpreter.problems import Fragment, Problem, Source
from interpreter.rulebook.model import (
    Claimant,
    FactRoot,
    KeyPart,
    Measure,
    Money,
    Rulebook,
    Table,
)

SOMEWHERE = Fragment.whole("made", "made").span()
MONEY = Number(2, Unit.named("CNY"))
KIND = Choice("kind", (("full", "全日"), ("half", "半日")))
RESIDENT = TextType("resident id")
CREDIT = TextType("credit code")

ID = "511133199001019999"
OTHER_ID = "51113319900103999X"
CODE = "91330602XXXX00001N"


def record(name: str, label: str, *fields: Field, key: str | None = None, base: RecordType | None = None) -> RecordType:
    own = {field.name: field for field in fields}
    return RecordType(name, label, key, {**(base.fields if base else {}), **own}, base=base)


REGION = RecordType("region", "地区", "code", table="regions", also_known_as=("full", "short", "formerly"))
REGION.fields.update({name: Field(name, name, TEXT) for name in ("code", "full", "short")})


def region(code: str, full: str, short: str, *formerly: str) -> Record:
    fields = {"code": code, "full": full, "short": short, "formerly": formerly, "from": date(2000, 1, 1)}
    return Record(fields, blank(REGION))


STAY = record(
    "stay_month", "住宿月", Field("month", "月份", MONTH), Field("kind", "类别", KIND), Field("place", "地点", REGION),
    Field("backpaid", "补缴", BOOLEAN, default=False), Field("paid_by", "缴费单位", CREDIT),
)
JOB = record(
    "job", "工作", Field("start", "起", DATE), Field("end", "止", DATE, ongoing="至今"),
    Field("pay", "月工资", Number(2, Unit.named("CNY"), low=Decimal(0)), private=True),
)
PERSON = record(
    "person", "人员",
    Field("id", "身份证件号码", RESIDENT, private=True, required=True, proof="身份证"),
    Field("name", "姓名", TEXT, private=True),
    Field("stays", "住宿记录", List(STAY), proof="住宿证明"),
    Field("months_stayed", "住宿月数", INTEGER, provided=True),
    key="id",
)
WORKER = record(
    "worker", "劳动者", Field("jobs", "工作经历", List(JOB)), Field("nicknames", "别名", List(TEXT)),
    Field("other_aid", "享受其他补助", BOOLEAN), key="id", base=PERSON,
)
MEMBER = record("member", "名册人员", Field("person", "人员", PERSON), Field("joined", "加入日期", DATE), key="person")
FIRM = record(
    "firm", "单位", Field("code", "信用代码", CREDIT), Field("name", "单位名称", TEXT),
    Field("seat", "所在地", REGION), Field("roster", "名册", List(MEMBER)), Field("heads", "人数", INTEGER),
    Field("opens", "开门时刻", TIME),
    Field("age", "存续时间", YEARS_MONTHS, provided=True), key="code",
)
APPLICATION = record(
    "application", "申请", Field("number", "申请编号", TEXT), Field("filed_on", "申请日期", DATE),
    Field("handed_in", "递交时刻", DATE_TIME),
)


def expression(text: str, type: Type) -> Expression:
    return Expression(text, SOMEWHERE, type, Fact(text))


def measure(name: str, title: str, claimant: str, part: str, type: Type) -> Measure:
    return Measure(
        name, title, "一", "benefit", claimant, SOMEWHERE, (), (), (), None,
        once_per=(KeyPart(part, expression(part, type)),),
    )


def root(type: RecordType) -> FactRoot:
    return FactRoot(type.name, type.label, type, blank(type))


def rulebook() -> Rulebook:
    rows = (
        region("110001", "东乡自治县", "东乡", "110091"), region("110002", "西乡区", "西乡"),
        region("110003", "南乡区", "河口"), region("110004", "北乡区", "河口"),
    )
    facts = {type.name: root(type) for type in (APPLICATION, WORKER, FIRM)}
    name = expression("worker.name", TEXT)
    return Rulebook(
        policy="made-up", folder="made", title="试行办法", number="1", issuers=("某局",), issued=date(2021, 1, 1),
        in_force=(date(2021, 1, 1), None), money=Money(), money_type=MONEY, leap_day="03-01",
        as_of=expression("application.filed_on", DATE),
        order=(expression("application.filed_on", DATE), expression("application.number", TEXT)),
        payer={}, claimants={"worker": Claimant("worker", "worker", name, name)}, facts=facts,
        types={}, parameters={}, tables={"regions": Table("regions", "地区", REGION, rows, SOMEWHERE)}, definitions={},
        measures={
            "stay_aid": measure("stay_aid", "住宿补贴", "worker", "worker", WORKER),
            "host_aid": measure("host_aid", "接待补贴", "firm", "place", REGION),
        },
        limits=(), overlays={}, other_schemes={}, clauses={}, letters={}, remedies={}, causes=[], slots=0,
    )


BOOK = rulebook()


def source(text: str, name: str = "case.json") -> Source:
    return Source(name, text)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


