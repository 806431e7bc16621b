"""Limits, one by one on a small policy: two measures of which the higher is kept, and people of whom some are paid."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from tests.decision.policies import (
    Change,
    decide_all,
    decide_one,
    line_of,
    lines_of,
    measure_of,
    missing,
    open_points,
    outcomes,
    policy,
)

BOOK = policy("limits")
ONCE = ("measures/base.yaml", "pays: base_amount", "pays: base_amount\nonce_per: [family]")
NO_HEADS = ("policy.yaml", "measures: [head, extra]", "measures: [head]")
NO_BEST = ("parameters.yaml", "    value: highest\n", "    value: both\n")


def member(id: str | None, fit: bool | None = True, local: bool | None = True) -> dict[str, Any]:
    return {"id": id, "fit": fit, "local": local}


def case(number: str = "1", day: str = "2024-05-01", *, history: Any = (), claims: Any = None, **family: Any) -> Any:
    whole = {"id": "F", "name": "甲", "office": "西", "base": False, "extra": False, "plus": 800, "members": []}
    return {
        "application": {"number": number, "filed_on": day}, "family": whole | family, "history": list(history),
        **({} if claims is None else {"claims": claims}),
    }


def earlier(measure: str, number: str = "旧1", amount: Any = None, **key: Any) -> dict[str, Any]:
    return {"measure": measure, "key": key, "number": number, **({} if amount is None else {"amount": amount})}


def decided(*changes: Change, **family: Any) -> Any:
    return decide_one(policy("limits", *changes), case(**family))


# ---- one grant per key


def test_a_line_that_may_not_be_there_is_not_refused_for_want_of_room() -> None:
    changes = (
        ("measures/head.yaml", "one: family.members", "one: family.members[local]"),
        ("parameters.yaml", "value: 2, delegated", "value: 0, delegated"), NO_HEADS,
    )
    line = line_of(decided(*changes, members=[member("a", local=None)]), "head", "a")
    assert (line.outcome, missing(line)) == ("incomplete", {"family.members.local"})
    assert outcomes(decided(*changes, members=[member("a"), member("b", local=False)]), "head") == {"a": "refused"}


def test_a_list_of_nobody_has_no_key_under_a_limit() -> None:
    """While what is asked first is open, a measure without members is one line, on which nothing can be granted."""
    changes = (
        ("measures/head.yaml", "requires:\n", "requires:\n  asked:\n    when: family.base\n"),
        ("measures/head.yaml", "once_per: [one]", "once_per: [one.id]"),
        ("policy.yaml", "per: {family: family}\n  best", "per: {letter: string length(one.id)}\n  best"),
        NO_HEADS,
    )
    found = decided(*changes, base=None, members=[])
    line = line_of(found, "head")
    assert (line.outcome, missing(line), line.adjustments) == ("incomplete", {"family.base"}, ())
    granted = decided(*changes, base=True, members=[member("ab"), member("ac"), member("ad")])
    assert outcomes(granted, "head") == {"ab": "granted", "ac": "granted", "ad": "refused"}


def test_a_person_named_twice_is_paid_once() -> None:
    found = decided(members=[member("a"), member("a"), member("b", fit=False)])
    assert outcomes(found, "head") == {"a": "granted", 2: "refused", "b": "refused"}
    second = lines_of(found, "head")[2]
    assert [(a.limit, a.outcome_before, a.outcome_after, a.earlier) for a in second.adjustments] == [
        ("once", "granted", "refused", None)
    ]
    assert [(f.requirement, f.state, f.decided) for f in second.findings if f.limit] == [("once", "not met", True)]
    assert measure_of(found, "head").amount == Decimal("200.00")
    assert not lines_of(found, "head")["b"].adjustments  # what its own rules refuse no limit touches


def test_what_was_granted_before_is_named_by_its_number_alone() -> None:
    found = decided(members=[member("a"), member("b")], history=[earlier("head", "旧7", one="a")])
    assert outcomes(found, "head") == {"a": "refused", "b": "granted"}
    line = line_of(found, "head", "a")
    assert line.adjustments[0].earlier == "旧7"
    assert "F" not in line.adjustments[0].label
    assert "a" not in line.adjustments[0].label


def test_history_of_another_measure_or_person_is_no_rival() -> None:
    found = decided(members=[member("a")], history=[earlier("head", one="b"), earlier("base", family="F")])
    assert outcomes(found, "head") == {"a": "granted"}


def test_a_history_entry_that_lacks_a_part_of_the_key_leaves_it_to_a_person() -> None:
    found = decided(members=[member("a")], history=[earlier("head", "旧9", family="G")])
    line = line_of(found, "head", "a")
    assert (line.outcome, line.amount, line.adjustments[0].earlier) == ("review", Decimal(0), "旧9")
    assert not line.missing


def test_an_unknown_key_is_asked_for() -> None:
    found = decided(members=[member("a"), member(None), member("c", fit=False)])
    assert outcomes(found, "head") == {"a": "granted", 2: "incomplete", "c": "refused"}
    assert missing(lines_of(found, "head")[2]) == {"family.members.id"}


def test_who_may_be_an_undecided_rival_needs_the_rivals_facts_too() -> None:
    found = decided(members=[member("a", fit=None), member(None)])
    assert missing(line_of(found, "head", "a")) == {"family.members.fit"}
    assert missing(lines_of(found, "head")[2]) == {"family.members.id", "family.members.fit"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_batch_grants_in_order_of_filing_whatever_the_order_of_reading(order: tuple[int, ...]) -> None:
    cases = [
        case("3", "2024-05-01", base=True), case("2", "2024-05-02", base=True), case("1", "2024-05-02", base=True),
    ]
    book = policy("limits", ONCE, NO_BEST)
    found = decide_all(book, [cases[i] for i in order])
    assert [found[order.index(i)].case for i in range(3)] == ["3", "2", "1"]
    lines = [line_of(found[order.index(i)], "base") for i in range(3)]
    assert [line.outcome for line in lines] == ["granted", "refused", "refused"]
    assert [line.adjustments[0].earlier for line in lines[1:]] == ["3", "3"]


def test_one_limit_over_two_measures_reaches_across_cases() -> None:
    found = decide_all(BOOK, [
        case("1", "2024-05-01", members=[member("a"), member("b", fit=False)]),
        case("2", "2024-05-02", extra=True, members=[member("c")]),
        case("3", "2024-05-03", id="G", members=[member("d"), member("e"), member("f")]),
    ])
    assert outcomes(found[0], "head") == {"a": "granted", "b": "refused"}
    assert (outcomes(found[1], "extra"), outcomes(found[1], "head")) == ({(): "granted"}, {"c": "refused"})
    assert outcomes(found[2], "head") == {"d": "granted", "e": "granted", "f": "refused"}


# ---- rivals nobody has decided yet


def test_behind_an_undecided_rival_of_the_same_case_its_facts_are_asked() -> None:
    found = decided(members=[member("a"), member("b", fit=None), member("c")])
    assert outcomes(found, "head") == {"a": "granted", "b": "incomplete", "c": "incomplete"}
    assert missing(line_of(found, "head", "c")) == {"family.members.fit"}
    adjusted = line_of(found, "head", "c").adjustments[0]
    assert (adjusted.limit, adjusted.outcome_before, adjusted.outcome_after) == ("heads", "granted", "incomplete")


def test_where_there_is_room_for_both_an_undecided_rival_does_not_matter() -> None:
    found = decided(members=[member("b", fit=None), member("c")])
    assert outcomes(found, "head") == {"b": "incomplete", "c": "granted"}


def test_behind_an_undecided_rival_of_another_case_a_person_looks() -> None:
    book = policy("limits", ONCE, NO_BEST)
    first, second = decide_all(book, [case("1", base=None), case("2", "2024-05-02", base=True)])
    assert line_of(first, "base").outcome == "incomplete"
    line = line_of(second, "base")
    assert (line.outcome, missing(line), line.adjustments[0].earlier) == ("review", set(), "1")
    later, before = decide_all(book, [case("2", "2024-05-02", base=None), case("1", base=True)])
    assert line_of(later, "base").outcome == "refused"  # whatever it would have been
    assert line_of(before, "base").outcome == "granted"


def test_members_nobody_named_may_be_many() -> None:
    """An absent list is one line, but it may take up any room."""
    found = decided(extra=True, members=None, claims=["head"])
    assert outcomes(found, "head") == {(): "incomplete"}
    line = line_of(found, "extra")
    assert (line.outcome, missing(line)) == ("incomplete", {"family.members"})


def test_a_case_without_its_place_in_the_order_is_not_refused_for_others() -> None:
    book = policy("limits", ONCE, NO_BEST)
    first, unplaced = decide_all(book, [case("1", base=True), case(None, base=True)])  # type: ignore[arg-type]
    assert line_of(first, "base").outcome == "granted"
    assert line_of(unplaced, "base").outcome == "review"
    both = [case("1", base=True), case("0", base=True)]
    assert [line_of(found, "base").outcome for found in decide_all(book, both)] == ["refused", "granted"]


# ---- how many


def test_more_than_one_grant() -> None:
    found = decided(members=[member(id) for id in "abc"])
    assert outcomes(found, "head") == {"a": "granted", "b": "granted", "c": "refused"}
    found = decided(members=[member(id) for id in "abc"], history=[earlier("head", one="x", family="F")])
    assert outcomes(found, "head") == {"a": "granted", "b": "refused", "c": "refused"}


def test_an_authority_may_set_how_many() -> None:
    pair = [member("a"), member("b")]
    assert outcomes(decided(members=pair, office="东"), "head") == {"a": "granted", "b": "refused"}
    found = decided(members=pair, office=None)
    assert set(outcomes(found, "head").values()) == {"incomplete"}
    assert missing(measure_of(found, "head")) == {"family.office"}


def test_how_many_by_an_expression() -> None:
    change = ("policy.yaml", "grants: heads_at_most", "grants: if family.base then 1 else heads_at_most")
    people = [member(id) for id in "abc"]
    assert list(outcomes(decided(change, members=people), "head").values()) == ["granted", "granted", "refused"]
    assert list(outcomes(decided(change, members=people, base=True), "head").values()) == [
        "granted", "refused", "refused"
    ]
    unknown = decided(change, members=people, base=None)
    assert missing(line_of(unknown, "head", "c")) == {"family.base"}


def test_a_number_nobody_has_set_is_the_offices_homework() -> None:
    change = ("parameters.yaml", "delegated: {to: authority}", "delegated: {to: authority, if_unset: review}")
    line = line_of(decided(change, members=[member("a")]), "head", "a")
    assert (line.outcome, missing(line), open_points(line)) == ("review", set(), {("setting", "heads_at_most")})
    assert line_of(decided(change, members=[member("a")], office="东"), "head", "a").outcome == "granted"


# ---- whether at all


def test_a_switch_turns_a_limit_off() -> None:
    assert decided(base=True, extra=True).total == Decimal("800.00")
    assert decided(NO_BEST, base=True, extra=True).total == Decimal("1300.00")


def test_a_switch_nobody_set_holds_the_lines() -> None:
    found = decided(("parameters.yaml", "    value: highest\n", ""), base=True, extra=True, members=[member("a")])
    for name in ("base", "extra"):
        line = line_of(found, name)
        assert (line.outcome, missing(line), open_points(line)) == ("review", set(), {("setting", "together")})
    assert line_of(found, "head", "a").outcome == "granted"


def test_a_limit_that_hangs_on_a_fact_asks_for_it() -> None:
    change = ("policy.yaml", 'when: together = "highest"', 'when: family.office = "西"')
    assert outcomes(decided(change, base=True, extra=True), "base") == {(): "refused"}
    assert outcomes(decided(change, base=True, extra=True, office="东"), "base") == {(): "granted"}
    found = decided(change, ("policy.yaml", "grants: heads_at_most", "grants: 2"), base=True, extra=True, office=None)
    assert [missing(line_of(found, name)) for name in ("base", "extra")] == [{"family.office"}] * 2


# ---- the higher is kept


@pytest.mark.parametrize(("plus", "winner"), [(800, "extra"), (400, "base"), (500, "base")])
def test_the_higher_is_kept_whatever_the_order(plus: int, winner: str) -> None:
    loser = {"base": "extra", "extra": "base"}[winner]
    swapped = ("policy.yaml", "measures: [base, extra]", "measures: [extra, base]")
    for book in (BOOK, policy("limits", swapped)):
        found = decide_one(book, case(base=True, extra=True, plus=plus))
        assert outcomes(found, winner) == {(): "granted"}
        assert outcomes(found, loser) == {(): "refused"}


def test_an_unknown_amount_stands_above_every_known_one() -> None:
    found = decided(base=True, extra=True, plus=None)
    assert missing(line_of(found, "extra")) == {"family.plus"}
    assert (line_of(found, "base").outcome, missing(line_of(found, "base"))) == ("incomplete", {"family.plus"})


def test_who_does_not_know_the_own_amount_may_come_to_stand_behind_others() -> None:
    found = decided(base=None, extra=True, plus=None)
    assert missing(line_of(found, "extra")) == {"family.plus", "family.base"}
    found = decided(base=None, extra=True, plus=None, claims=["extra"])
    assert missing(line_of(found, "extra")) == {"family.plus"}  # what nobody claimed never comes before it


def test_an_undecided_lower_rival_does_not_hold_the_higher() -> None:
    found = decided(base=None, extra=True)
    assert outcomes(found, "extra") == {(): "granted"}
    assert outcomes(found, "base") == {(): "refused"}


@pytest.mark.parametrize(("before", "outcome", "rest"), [
    (500, "review", Decimal(300)), (None, "review", None), (800, "refused", Decimal(0)), (900, "refused", Decimal(0)),
])
def test_an_earlier_smaller_grant_leaves_the_difference_to_a_person(
    before: int | None, outcome: str, rest: Decimal | None
) -> None:
    found = decided(extra=True, history=[earlier("base", "旧2", before, family="F")])
    line = line_of(found, "extra")
    (adjusted,) = line.adjustments
    assert (line.outcome, line.amount) == (outcome, Decimal(0))
    assert adjusted.earlier == "旧2"
    assert [adjusted.amount_before, adjusted.amount_after] == [800, rest]


def test_one_as_high_before_is_enough_whatever_else_was_granted() -> None:
    history = [earlier("base", "旧1", 500, family="F"), earlier("extra", "旧2", 800, family="F")]
    assert line_of(decided(NO_HEADS, extra=True, history=history), "extra").outcome == "refused"


# ---- several limits, and measures nobody claimed


def test_limits_apply_in_their_order() -> None:
    """The second person is refused as a repetition before heads are counted, so that the third has room."""
    found = decided(members=[member("a"), member("a"), member("b")])
    assert outcomes(found, "head") == {"a": "granted", 2: "refused", "b": "granted"}
    assert lines_of(found, "head")[2].adjustments[0].limit == "once"


def test_what_one_limit_refuses_takes_no_room_under_the_next() -> None:
    found = decided(base=True, extra=True, history=[
        earlier("head", one="x", family="F"), earlier("head", one="y", family="F"),
    ])
    assert line_of(found, "extra").adjustments[0].limit == "heads"
    assert outcomes(found, "base") == {(): "granted"}


def test_measures_nobody_claimed_never_displace_claimed_ones() -> None:
    found = decided(base=True, extra=True, claims=["base"])
    assert outcomes(found, "base") == {(): "granted"}
    assert found.total == Decimal("500.00")
    assert line_of(found, "extra").outcome == "review"  # it would have been the higher one
    found = decided(base=True, extra=True, plus=400, claims=["base"])
    assert line_of(found, "extra").outcome == "refused"
    found = decided(base=None, extra=True, claims=["base"])
    assert (line_of(found, "extra").outcome, missing(line_of(found, "extra"))) == ("incomplete", {"family.base"})


def test_what_nobody_claimed_is_not_carried_to_later_cases() -> None:
    book = policy("limits", ONCE, NO_BEST)
    found = decide_all(book, [case("1", base=True, claims=["extra"]), case("2", "2024-05-02", base=True)])
    assert [outcomes(one, "base") for one in found] == [{(): "granted"}, {(): "granted"}]
    found = decide_all(book, [case("1", base=True, claims=["base"]), case("2", "2024-05-02", base=True)])
    assert [outcomes(one, "base") for one in found] == [{(): "granted"}, {(): "refused"}]


# ---- referrals behind a limit


def test_without_room_only_what_tells_a_referral_from_a_refusal_is_asked() -> None:
    full = [member("a"), member("b")]
    found = decided(members=[*full, member("c", fit=None, local=None), member("d", fit=None), member("e", local=False)])
    assert missing(line_of(found, "head", "c")) == {"family.members.local"}
    assert outcomes(found, "head") == {
        "a": "granted", "b": "granted", "c": "incomplete", "d": "refused", "e": "referred"
    }


def test_without_room_a_referral_the_office_has_to_settle_is_no_question_to_the_claimant() -> None:
    change = ("measures/head.yaml", "when: one.local", 'when: one.local and together = "highest"')
    unset = ("parameters.yaml", "    value: highest\n", "")
    found = decided(change, unset, members=[member("a"), member("b"), member("c", fit=None)],
                    history=[earlier("head", one=id, family="F") for id in "xy"])
    line = line_of(found, "head", "c")
    assert (line.outcome, missing(line), open_points(line)) == ("review", set(), {("setting", "together")})
