"""What a folder's files come to once they are linked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from interpreter.language.core import Authority, Choose
from interpreter.language.types import BOOLEAN, DATE, MONTH, Choice, List, Number, RecordType, TextType
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import Partial, Unknown
from interpreter.language.values import ONGOING, Month, Record
from interpreter.rulebook.walk import reached
from tests.rulebook.policies import parameter, swimming

BOOK = swimming()
CNY = Unit.named("CNY")


def test_the_head() -> None:
    assert (BOOK.policy, BOOK.issued, BOOK.in_force) == ("swimming", date(2021, 2, 1), (date(2021, 1, 1), None))
    assert BOOK.money_type == Number(2, CNY)
    assert BOOK.leap_day == "02-28"
    assert BOOK.issuers == ("示例体育局", "示例财政局")
    assert BOOK.other_schemes["sports"].office == "体育局"
    assert BOOK.clauses["五"].no_rule == "倡导"
    assert BOOK.payer["authority"].core == Authority()


@pytest.mark.parametrize(("name", "type"), [
    ("amount", Number(2, CNY)), ("claims_until", DATE), ("first_month", MONTH),
    ("min_months", Number(0, Unit.named("month"))), ("share", Number(3, ONE)), ("free", BOOLEAN),
    ("home_city", TextType()), ("max_heads", Number(0, ONE)),
    ("monthly", Number(2, Unit.read("CNY/month"))), ("deadline", DATE),
])
def test_the_types_of_parameters(name: str, type: object) -> None:
    assert BOOK.parameters[name].type == type


def test_a_choice_and_a_list_as_parameters() -> None:
    fund, strokes = BOOK.parameters["fund"], BOOK.parameters["strokes"]
    assert isinstance(fund.type, Choice)
    assert fund.type.members == (("sport", "体育资金"), ("school", "教育资金"))
    assert strokes.type == List(BOOK.types["stroke"])
    assert parameter(BOOK, "strokes", date(2021, 1, 1)) == ("crawl", "breaststroke")


@pytest.mark.parametrize(("day", "value"), [
    ("2021-01-01", "300.00"), ("2022-06-30", "300"), ("2022-07-01", "350"), ("2022-12-31", "350"),
    ("2023-03-01", "400.50"), ("2099-01-01", "400.50"),
])
def test_dated_values(day: str, value: str) -> None:
    found = parameter(BOOK, "amount", date.fromisoformat(day))
    assert found == Decimal(value)
    assert found.as_tuple().exponent == -2


@pytest.mark.parametrize(("name", "day"), [
    ("amount", "2020-12-31"), ("amount", "2023-01-01"), ("claims_until", "2027-01-01"), ("race_amount", "2020-12-31"),
    ("deadline", "2022-01-01"),
])
def test_days_without_a_value_are_a_setting(name: str, day: str) -> None:
    found = parameter(BOOK, name, date.fromisoformat(day))
    assert isinstance(found, Unknown)
    (cause,) = BOOK.causes_of(found.causes)
    assert (cause.kind, cause.name) == ("setting", name)


def test_what_an_authority_sets() -> None:
    east, west = (BOOK.tables["districts"].words[code] for code in ("E", "W"))
    assert parameter(BOOK, "min_months", date(2021, 6, 1), east) == 3
    assert parameter(BOOK, "min_months", date(2022, 6, 1), east) == 4
    assert parameter(BOOK, "min_months", date(2022, 6, 1), west) == 3
    assert parameter(BOOK, "max_heads", date(2022, 6, 1), east) == 10
    assert parameter(BOOK, "monthly", date(2022, 6, 1), east) == 20


def test_three_answers_of_an_authority() -> None:
    east, west = (BOOK.tables["districts"].words[code] for code in ("E", "W"))
    assert parameter(BOOK, "monthly", date(2022, 6, 1), east) == 20
    silent = parameter(BOOK, "monthly", date(2022, 6, 1), west)
    assert [cause.name for cause in BOOK.causes_of(silent.causes)] == ["monthly"]
    nobody = Unknown(1 << 40)
    assert parameter(BOOK, "monthly", date(2022, 6, 1), nobody).causes == nobody.causes
    assert parameter(BOOK, "min_months", date(2021, 6, 1), nobody) == 3


def test_delegated_but_set_by_nobody_does_not_ask_for_the_authority() -> None:
    core = BOOK.parameters["fund"].core
    assert not any(isinstance(node, Authority) for node, _ in reached(core, BOOK))
    assert isinstance(core, Choose)
    assert core.default is None


def test_tables() -> None:
    east, west = BOOK.tables["districts"].rows
    assert east.fields["size"] == Decimal("12.5")
    assert east.fields["formerly"] == ("旧东", "老东")
    assert (east.fields["from"], east.fields["to"]) == (date(2021, 1, 1), ONGOING)
    district = BOOK.types["district"]
    assert isinstance(district, RecordType)
    assert [BOOK.row(district, word) for word in ("E", "东区", "老东", "南区")] == [east, east, east, None]
    (cause,) = BOOK.causes_of(west.get("size").causes)
    assert (cause.kind, cause.name) == ("setting", "districts.size")
    assert [row.fields["district"] for row in BOOK.tables["pools"].rows] == [east, east, west]


def test_facts_extend_types() -> None:
    child, person = BOOK.facts["child"].type, BOOK.types["person"]
    assert isinstance(child, RecordType)
    assert isinstance(person, RecordType)
    assert child.base is person
    assert child.key == "id"
    assert list(child.fields)[:3] == ["id", "name", "born"]
    assert child.fields["swum"].provided
    assert person.fields["swum"].provided


def test_what_is_absent_names_its_path() -> None:
    shape = BOOK.facts["child"].shape
    assert shape is not None
    born = shape.absences["born"]
    assert [(c.kind, c.name, c.label) for c in BOOK.causes_of(born.causes)] == [("fact", "child.born", "出生日期")]
    lessons = shape.absences["lessons"]
    assert isinstance(lessons, Partial)
    assert lessons.more
    assert [c.name for c in BOOK.causes_of(lessons.causes)] == ["child.lessons"]
    (month,) = BOOK.causes_of(shape.children["lessons"].absences["month"].causes)
    assert (month.name, month.proof) == ("child.lessons.month", "上课证明")
    guardian = shape.absences["guardian"]
    assert isinstance(guardian, Record)
    assert [c.name for c in BOOK.causes_of(guardian.get("born").causes)] == ["child.guardian.born"]
    assert shape.absences["swum"] is None


def test_facts_that_are_no_records_and_defaults() -> None:
    income = BOOK.facts["income"].absence
    assert [c.name for c in BOOK.causes_of(income.causes)] == ["income"]
    application = BOOK.facts["application"]
    assert isinstance(application.absence, Record)
    assert application.absence.get("urgent") is False
    assert BOOK.facts["history"].absence == ()


def test_every_cause_has_its_own_bit() -> None:
    facts = [cause.name for cause in BOOK.causes if cause.kind == "fact"]
    assert len(facts) == len(set(facts))
    assert BOOK.bits_of("fact") & BOOK.bits_of("setting") == 0


def test_definitions() -> None:
    eligible, swum = BOOK.definitions["eligible"], BOOK.definitions["swum"]
    assert [r.name for r in eligible.requirements] == ["young", "either", "not_talent"]
    assert eligible.requirements[1].mode == "any"
    refer = eligible.requirements[2].otherwise
    assert refer is not None
    assert (refer.kind, refer.to) == ("refer", "sports")
    assert swum.type == Number(0, Unit.named("month"))
    assert swum.may_be_provided
    assert list(BOOK.definitions) == ["eligible", "swum", "months_swum"]


def test_lines_and_head() -> None:
    coaching = BOOK.measures["coaching"]
    assert [r.name for r in coaching.head] == ["in_time", "named", "not_before"]
    assert [r.name for r in coaching.requires] == ["young"]
    assert coaching.requires[0].call is not None
    assert coaching.requires[0].call[0] == "eligible"
    assert [part.name for part in coaching.once_per] == ["person"]
    assert [loop.variable.name for loop in coaching.loops] == ["pupil"]
    assert BOOK.measures["pool_pass"].pays is None
    assert BOOK.measures["lessons"].requires == ()


def test_limits() -> None:
    one, heads = BOOK.limits
    assert (one.name, one.keep, one.measures) == ("one_grant", "highest", ("lessons", "races"))
    assert {name: [part.name for part in parts] for name, parts in one.keys.items()} == {
        "lessons": ["child"], "races": ["child"],
    }
    assert heads.grants.text == "max_heads"


def test_months_are_months() -> None:
    assert parameter(BOOK, "first_month", date(2021, 1, 1)) == Month.of(2021, 1)
