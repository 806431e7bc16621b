"""Lines and their outcomes, one rule at a time, on a small policy of a school and its pupils."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from interpreter.decision.decide import case_problems, decide
from interpreter.decision.model import Decision, Finding
from interpreter.language.values import plain
from interpreter.problems import PolicyError, Text
from tests.decision.policies import (
    Change,
    case_of,
    decide_one,
    line_of,
    lines_of,
    measure_of,
    missing,
    open_points,
    outcomes,
    policy,
)

DAY = "2024-05-01"


def pupil(number: str | None = "a", **more: Any) -> dict[str, Any]:
    whole = {"number": number, "talent": False, "poor": True, "rural": False, "marks": marks(70), "lessons": []}
    return whole | more


def marks(*points: int | None) -> list[dict[str, Any]]:
    return [{"points": each} for each in points]


def lesson(kind: str | None = "open") -> dict[str, Any]:
    return {"kind": kind}


def data(*pupils: dict[str, Any], filed_on: str | None = DAY, income: int | None = 1, **school: Any) -> dict[str, Any]:
    whole = {"code": "S", "name": "甲校", "office": "西", "licensed": True, "opened": DAY, "pupils": list(pupils)}
    return {"application": {"number": "1", "filed_on": filed_on}, "school": whole | school, "income": income}


def decided(*pupils: dict[str, Any], changes: tuple[Change, ...] = (), **more: Any) -> Decision:
    return decide_one(policy("lines", *changes), data(*pupils, **more))


def findings(found: tuple[Finding, ...], at: str = "") -> dict[str, Finding]:
    """All findings by name, those inside others too."""
    return {one.requirement: one for each in found for one in (each, *findings(each.parts).values())}


# ---- which lines there are


def test_each_member_is_a_line() -> None:
    found = decided(pupil("a"), pupil("b", poor=False), pupil("c", talent=True), pupil("d", poor=None))
    assert outcomes(found, "care") == {"a": "granted", "b": "refused", "c": "referred", "d": "incomplete"}
    care = measure_of(found, "care")
    assert (care.outcome, care.amount, missing(care)) == ("granted", Decimal("100.00"), {"school.pupils.poor"})


def test_an_absent_list_is_one_incomplete_line() -> None:
    found = decided(pupils=None)
    assert outcomes(found, "care") == {(): "incomplete"}
    assert missing(line_of(found, "care")) == {"school.pupils"}


def test_an_empty_list_has_nothing_to_decide() -> None:
    care = measure_of(decided(), "care")
    assert (care.outcome, care.nothing) == ("not_applicable", "学员名册")
    assert (care.amount, care.lines) == (Decimal(0), ())


def test_a_member_without_a_required_field_is_incomplete_by_itself() -> None:
    found = decided(pupil("a"), pupil(None), pupil("c"))
    assert outcomes(found, "care") == {"a": "granted", 2: "incomplete", "c": "granted"}
    assert missing(lines_of(found, "care")[2]) == {"school.pupils.number"}
    assert measure_of(found, "care").amount == Decimal("200.00")


def test_loops_inside_loops() -> None:
    found = decided(
        pupil("a", lessons=[lesson(), lesson("closed")]), pupil("b"), pupil("c", lessons=None),
        pupil("d", lessons=[lesson(None)]),
    )
    assert outcomes(found, "lessons") == {
        ("a", 1): "granted", ("a", 2): "refused", "c": "incomplete", ("d", 1): "incomplete",
    }
    lines = lines_of(found, "lessons")
    assert missing(lines["c"]) == {"school.pupils.lessons"}
    assert missing(lines["d", 1]) == {"school.pupils.lessons.kind"}
    assert outcomes(decided(pupils=None), "lessons") == {(): "incomplete"}
    assert missing(line_of(decided(pupils=None), "lessons")) == {"school.pupils"}


# ---- what a measure asks first


def test_an_unmet_head_is_one_line_and_asks_for_nobody() -> None:
    for pupils in ([pupil(poor=None)], None, []):
        found = decided(licensed=False, pupils=pupils)
        assert outcomes(found, "care") == {(): "refused"}
        assert not missing(measure_of(found, "care"))
        assert list(findings(line_of(found, "care").findings)) == ["licensed"]


def test_an_unknown_head_and_its_lines_are_asked_at_once() -> None:
    found = decided(pupil("a"), pupil("b", poor=None), pupil("c", poor=False), licensed=None)
    assert {key: missing(line) for key, line in lines_of(found, "care").items()} == {
        "a": {"school.licensed"}, "b": {"school.licensed", "school.pupils.poor"}, "c": {"school.licensed"},
    }
    absent = line_of(decided(pupils=None, licensed=None), "care")
    assert missing(absent) == {"school.licensed", "school.pupils"}


def test_an_unknown_head_before_an_empty_list_is_no_answer_yet() -> None:
    """With the fact it is a refusal, or there is nothing to decide: without it, it must be neither."""
    found = decided(licensed=None)
    assert outcomes(found, "care") == {(): "incomplete"}
    assert missing(line_of(found, "care")) == {"school.licensed"}


# ---- kinds, days and authorities


def test_an_entitlement_has_no_amount() -> None:
    granted = decided(office="东")
    badge = measure_of(granted, "badge")
    assert (badge.kind, badge.outcome, badge.amount, badge.lines[0].amount) == ("entitlement", "granted", None, None)
    refused = measure_of(decided(office="东", licensed=False), "badge")
    assert (refused.outcome, refused.amount, refused.lines[0].amount) == ("refused", None, None)


@pytest.mark.parametrize(("opened", "amount"), [("2024-03-01", 100), ("2024-06-30", 100), ("2024-07-01", 120)])
def test_a_measure_may_have_a_day_of_its_own(opened: str, amount: int) -> None:
    found = decided(pupil(), opened=opened)
    assert line_of(found, "opening").amount == amount
    assert line_of(found, "care", "a").amount == 100  # by the day of the application


def test_a_value_before_its_first_day_is_the_offices_homework() -> None:
    line = line_of(decided(opened="2024-02-29"), "opening")
    assert (line.outcome, missing(line), open_points(line)) == ("review", set(), {("setting", "pupil_amount")})


def test_an_unknown_day_is_asked_for() -> None:
    found = decided(pupil(), opened=None)
    assert missing(line_of(found, "opening")) == {"school.opened"}
    assert open_points(line_of(found, "opening")) == set()  # whether a value holds is not known before the day is
    assert missing(line_of(decided(pupil(), filed_on=None), "care", "a")) == {"application.filed_on"}


@pytest.mark.parametrize("outcome", ["granted", "incomplete", "refused"])
def test_a_fact_that_is_no_record_counts_like_any_other(outcome: str) -> None:
    income = {"granted": 1, "incomplete": None, "refused": 100001}[outcome]
    line = line_of(decided(income=income), "opening")
    assert (line.outcome, missing(line)) == (outcome, {"income"} if outcome == "incomplete" else set())


def test_what_an_authority_sets_has_three_answers() -> None:
    def asked(office: str | None) -> Any:
        line = line_of(decided(pupil(marks=marks(90)), office=office), "grades", "a")
        return line.outcome, line.amount, missing(line), open_points(line)

    assert asked("东") == ("granted", Decimal("50.00"), set(), set())
    assert asked("西") == ("review", 0, set(), {("setting", "extra_amount")})
    outcome, _, facts, _ = asked(None)
    assert (outcome, facts) == ("incomplete", {"school.office"})


def test_an_authoritys_value_begins_on_its_day() -> None:
    line = line_of(decided(pupil(marks=marks(90)), office="东", filed_on="2024-04-30"), "grades", "a")
    assert (line.outcome, open_points(line)) == ("review", {("setting", "extra_amount")})


@pytest.mark.parametrize(("office", "point", "state"), [
    ("东", 79, "not met"), ("东", 80, "met"), ("南", 39, "not met"), ("南", 40, "met"), ("西", 59, "not met"),
    ("西", 60, "met"), ("南", 79, "met"),
])
def test_what_one_authority_sets_is_nothing_to_another(office: str, point: int, state: str) -> None:
    line = line_of(decided(pupil(marks=marks(point)), office=office), "grades", "a")
    assert findings(line.findings)["good"].state == state


def test_a_switch_without_a_value_is_never_asked_of_the_claimant() -> None:
    line = line_of(decided(), "badge")
    assert (line.outcome, missing(line), open_points(line)) == ("review", set(), {("setting", "reading")})
    both = line_of(decided(licensed=None), "badge")
    assert (both.outcome, missing(both), open_points(both)) == (
        "incomplete", {"school.licensed"}, {("setting", "reading")}
    )


# ---- faults


def test_the_least_of_nothing_is_for_a_person() -> None:
    line = line_of(decided(pupil(marks=[])), "grades", "a")
    assert (line.outcome, missing(line)) == ("refused", set())  # nothing passed either: sure without the least
    enough = ("measures/grades.yaml", "passed(pupil) >= 1", "passed(pupil) >= 0")
    line = line_of(decided(pupil(marks=[]), changes=(enough,), office="东"), "grades", "a")
    assert (line.outcome, missing(line)) == ("review", set())
    assert {kind for kind, _ in open_points(line)} == {"fault"}


def test_a_number_without_a_birth_date_is_for_a_person() -> None:
    line = line_of(decided(pupil(card="无")), "youth", "a")
    assert (line.outcome, missing(line), {kind for kind, _ in open_points(line)}) == ("review", set(), {"fault"})
    assert missing(line_of(decided(pupil(card=None)), "youth", "a")) == {"school.pupils.card"}


# ---- groups and what an unmet requirement means


@pytest.mark.parametrize(("poor", "rural", "outcome", "asked"), [
    (True, None, "granted", ()), (None, True, "granted", ()), (False, False, "refused", ()),
    (False, None, "incomplete", ("rural",)), (None, None, "incomplete", ("poor", "rural")),
])
def test_any_of_a_group_is_enough(poor: Any, rural: Any, outcome: str, asked: tuple[str, ...]) -> None:
    line = line_of(decided(pupil(poor=poor, rural=rural)), "care", "a")
    assert (line.outcome, missing(line)) == (outcome, {f"school.pupils.{name}" for name in asked})
    group = findings(line.findings)["eligible.in_need"]
    assert group.mode == "any"
    assert group.decided == (outcome != "granted")


def test_a_referral_inside_a_refusal() -> None:
    """A definition's own `otherwise` holds inside a requirement that refuses; it is asked first."""
    line = line_of(decided(pupil(talent=True, poor=False)), "care", "a")
    assert line.outcome == "referred"
    found = findings(line.findings)
    assert (found["eligible.ordinary"].otherwise, found["eligible.ordinary"].refer_to) == ("refer", "sports")
    assert (found["eligible.ordinary"].decided, found["eligible.in_need"].decided) == (True, False)
    assert (found["eligible"].state, found["eligible.in_need"].otherwise) == ("not met", "refuse")
    open_referral = line_of(decided(pupil(talent=None, poor=False)), "care", "a")
    assert (open_referral.outcome, missing(open_referral)) == ("incomplete", {"school.pupils.talent"})
    both = line_of(decided(pupil(talent=None, poor=None)), "care", "a")
    assert missing(both) == {"school.pupils.talent", "school.pupils.poor"}


def test_an_open_referral_with_a_refused_head_asks_the_referral_alone() -> None:
    referral = "  ordinary:\n    when: income <= 10\n    say: 年收入低\n    otherwise: {refer: sports}\n"
    change = ("measures/care.yaml", "    say: 有办学许可\n", "    say: 有办学许可\n" + referral)
    line = line_of(decided(pupil(), changes=(change,), licensed=False, income=None), "care")
    assert (line.outcome, missing(line)) == ("incomplete", {"income"})
    line = line_of(decided(pupil(poor=None), changes=(change,), licensed=False, income=11), "care")
    assert (line.outcome, missing(line)) == ("referred", set())


# ---- figures a case provides


def test_a_figure_stands_for_the_rows_that_are_not_there() -> None:
    given = pupil(marks=None, worst=90, passed=2)
    line = line_of(decided(given, office="东"), "grades", "a")
    assert (line.outcome, line.amount) == ("granted", Decimal("50.00"))
    value = findings(line.findings)["good"].values[0]
    assert (value.name, value.value, value.provided) == ("worst", 90, True)
    computed = line_of(decided(pupil(marks=marks(90)), office="东"), "grades", "a")
    assert not findings(computed.findings)["good"].values[0].provided


def test_a_figure_that_agrees_or_cannot_be_checked_is_taken() -> None:
    assert line_of(decided(pupil(marks=marks(90, 95), worst=90), office="东"), "grades", "a").outcome == "granted"
    line = line_of(decided(pupil(marks=marks(90, None), worst=85, passed=2), office="东"), "grades", "a")
    assert line.outcome == "granted"


def test_a_figure_that_differs_from_the_rows_is_an_error_of_the_case() -> None:
    book = policy("lines")
    case = case_of(book, data(pupil("a"), pupil("b", marks=marks(90, 95), worst=91, passed=2)))
    (problem,) = case_problems(book, case)
    assert (problem.code, problem.path) == ("case.provided-differs", "school.pupils.2.worst")
    assert (problem.fields["given"], problem.fields["computed"]) == (Text("91", "91"), Text("90", "90"))
    with pytest.raises(PolicyError) as raised:
        decide(book, case)
    assert [one.code for one in raised.value.problems] == ["case.provided-differs"]


def test_bounds_of_a_count_do_not_refute_a_figure_within_them() -> None:
    case = case_of(policy("lines"), data(pupil(marks=marks(90, None), passed=2)))
    assert not case_problems(policy("lines"), case)


@pytest.mark.parametrize(("office", "passed"), [("东", 1), ("南", 3), ("西", 2)])
def test_a_figure_is_held_against_the_rules_of_the_claimants_authority(office: str, passed: int) -> None:
    book = policy("lines")
    for figure in range(1, 4):
        case = case_of(book, data(pupil(marks=marks(50, 70, 90), passed=figure), office=office))
        assert bool(case_problems(book, case)) == (figure != passed)


# ---- the decision as a whole


def test_a_decision_says_whose_it_is() -> None:
    found = decided(pupil())
    assert (found.case, found.claimant, found.history) == ("1", "school", False)
    assert [plain(named.value) for named in found.who] == ["甲校", "S"]
    assert found.authority is not None
    assert found.authority.value == "西"


def test_a_day_that_names_the_loop_is_each_lines_own() -> None:
    book = policy(
        "lines",
        ("measures/youth.yaml", "  pupil: school.pupils\n", "  lesson: school.pupils[1].lessons\nas_of: lesson.held\n"),
        ("measures/youth.yaml", "age(birth date(pupil.card), as_of) < 15", "lesson.held <= as_of"),
        ("measures/youth.yaml", "lesson_amount", "pupil_amount"),
    )
    held = ("2024-06-30", "2024-07-01", None, "2024-02-01")
    data = {
        "application": {"number": "1", "filed_on": "2024-12-31"},
        "school": {"code": "s", "office": "o", "pupils": [pupil(lessons=[
            {"kind": "open", "held": day} for day in held
        ])]},
    }
    lines = measure_of(decide_one(book, data), "youth").lines
    assert [(line.outcome, line.amount) for line in lines] == [
        ("granted", Decimal(100)), ("granted", Decimal(120)), ("incomplete", Decimal(0)), ("review", Decimal(0)),
    ]
    assert missing(lines[2]) == {"school.pupils.lessons.held"}
    assert open_points(lines[3]) == {("setting", "pupil_amount")}


def test_a_line_about_what_has_no_name_is_called_by_its_number() -> None:
    book = policy(
        "lines",
        ("measures/youth.yaml", "  pupil: school.pupils\n", "  pupil: for p in school.pupils return p.marks\n"),
        ("measures/youth.yaml", "age(birth date(pupil.card), as_of) < 15", "count(pupil) > 1"),
    )
    data = {
        "application": {"number": "1", "filed_on": "2024-12-31"},
        "school": {"code": "s", "office": "o", "pupils": [pupil("a", marks=marks(70, 80)), pupil("b")]},
    }
    lines = measure_of(decide_one(book, data), "youth").lines
    assert [(line.outcome, [(part.name, part.value) for part in line.key]) for line in lines] == [
        ("granted", [("pupil", 1)]), ("refused", [("pupil", 2)]),
    ]
