"""Which letters a decision gets, and which the rules can lead to."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from interpreter.decision.model import BEST_FIRST, Decision, Named, Outcome
from interpreter.language.types import TEXT
from interpreter.letters.plan import (
    KINDS,
    ON_REQUEST,
    kinds_named,
    letters_for,
    lines_of,
    reachable_kinds,
    without_letter,
)
from interpreter.rulebook.model import Otherwise, Rulebook
from tests.letters.building import (
    ALL,
    GRANTED,
    INCOMPLETE,
    LATE,
    MIXED,
    REFERRED,
    decision,
    in_time,
    insured,
    line,
    measure,
    poor,
    requirement,
    rulebook,
)

BOOK = rulebook()


def of(*outcomes: Outcome, claims: tuple[str, ...] | None = ("service",)) -> Decision:
    """A decision about one measure with lines of these outcomes."""
    best = min(outcomes, key=BEST_FIRST.index)
    keys = ((Named("entry", "行", str(number), TEXT),) for number in itertools.count())
    lines = tuple(line(o, (), key) for o, key in zip(outcomes, keys, strict=False) if o != "not_applicable")
    return decision(measure("service", best, lines, claimed="service" in (claims or ())), claims=claims)


def kinds(of: Decision) -> list[str]:
    return [plan.kind for plan in letters_for(of, BOOK)]


@pytest.mark.parametrize(("outcomes", "expected"), [
    (("granted",), ["granted"]),
    (("refused",), ["refused"]),
    (("incomplete",), ["incomplete"]),
    (("granted", "refused"), ["partly_granted"]),
    (("granted", "incomplete"), ["granted", "incomplete"]),
    (("granted", "refused", "incomplete"), ["partly_granted", "incomplete"]),
    (("refused", "incomplete"), ["incomplete"]),
    (("refused", "review"), []),
    (("granted", "review"), ["granted"]),
    (("review",), []),
    (("referred",), ["not_accepted"]),
    (("granted", "referred"), ["granted", "not_accepted"]),
    (("refused", "referred"), ["refused", "not_accepted"]),
    (("incomplete", "referred"), ["incomplete", "not_accepted"]),
    (("review", "referred"), ["not_accepted"]),
    (("not_applicable",), []),
])
def test_letters_of_a_claimed_measure(outcomes: tuple[Outcome, ...], expected: list[str]) -> None:
    assert kinds(of(*outcomes)) == expected


def test_without_claims_only_what_is_granted_or_incomplete_gets_letters() -> None:
    assert kinds(of("granted", claims=None)) == ["granted"]
    assert kinds(of("incomplete", claims=None)) == ["incomplete"]
    assert kinds(of("refused", claims=None)) == []
    assert kinds(of("referred", claims=None)) == []
    assert kinds(of("granted", claims=("steady",))) == []


def test_every_measure_has_letters_or_a_reason_why_not() -> None:
    for number in (1, 2):
        for outcomes in itertools.product(BEST_FIRST, repeat=number):
            for claims in (None, ("service",), ("steady",)):
                made = of(*outcomes, claims=claims)
                assert len(without_letter(made)) == (0 if letters_for(made, BOOK) else 1)
    reasons = [without_letter(made)[0].why.en for made in (
        of("review"), of("not_applicable"), of("refused", claims=None), of("granted", claims=("steady",)),
    )]
    assert len(set(reasons)) == 4


def refused(*findings: object) -> Decision:
    return decision(measure("steady", "refused", (line("refused", findings),)))  # type: ignore[arg-type]


def test_what_only_comes_too_late_is_not_accepted() -> None:
    assert kinds(LATE) == ["not_accepted"]
    assert kinds(refused(in_time("not met"), poor("not met"))) == ["refused"]
    assert kinds(refused(in_time(), poor("not met"))) == ["refused"]
    assert kinds(refused(in_time("not met"), replace(poor("not met"), decided=False))) == ["not_accepted"]
    assert kinds(refused(in_time("not met"), replace(insured(3), requirement="once", state="not met", decided=True,
                                                     limit=True))) == ["refused"]


def test_a_letter_about_what_is_not_accepted_is_about_those_lines() -> None:
    assert [one.outcome for one in lines_of(MIXED.measures[0], "not_accepted")] == ["referred"]
    assert lines_of(LATE.measures[0], "not_accepted") == LATE.measures[0].lines
    assert lines_of(MIXED.measures[0], "granted") == MIXED.measures[0].lines


@pytest.mark.parametrize("name", ALL)
def test_no_letter_is_asked_for_twice(name: str) -> None:
    found = [(plan.measure.measure, plan.kind) for plan in letters_for(ALL[name], BOOK, KINDS)]
    assert len(set(found)) == len(found)
    assert {kind for _, kind in found} <= {*reachable_kinds(BOOK), *ON_REQUEST}


def test_an_acceptance_is_written_on_request_where_the_case_is_complete() -> None:
    def accepted(made: Decision) -> bool:
        return [plan.kind for plan in letters_for(made, BOOK, {"acceptance"})] == ["acceptance"]

    assert accepted(GRANTED)
    assert accepted(of("refused"))
    assert accepted(of("review"))
    assert not accepted(INCOMPLETE)
    assert not accepted(LATE)
    assert not accepted(REFERRED)
    assert not accepted(of("not_applicable"))
    assert not accepted(of("granted", claims=("steady",)))
    assert "acceptance" not in kinds(GRANTED)
    assert [plan.kind for plan in letters_for(GRANTED, BOOK, {"refused"})] == []


def reached(**changes: object) -> list[str]:
    steady = replace(BOOK.measures["steady"], head=(requirement("a", otherwise=Otherwise("review")),))
    book: Rulebook = rulebook(measures={"steady": replace(steady, **changes)})  # type: ignore[arg-type]
    return list(reachable_kinds(book))


def test_the_kinds_rules_can_lead_to() -> None:
    assert reachable_kinds(BOOK) == ("granted", "partly_granted", "refused", "not_accepted", "incomplete")
    assert reachable_kinds(rulebook(measures={})) == ()
    assert reached() == ["granted", "incomplete"]
    assert reached(head=(requirement("a"),)) == ["granted", "refused", "incomplete"]
    assert reached(head=(requirement("a", common=True),)) == ["granted", "not_accepted", "incomplete"]
    assert reached(head=(requirement("a", otherwise=Otherwise("refer", "old")),)) == [
        "granted", "not_accepted", "incomplete"]
    inner = requirement("b", otherwise=Otherwise("refer", "old"))
    assert reached(head=(replace(requirement("a"), mode="all", when=None, parts=(inner, requirement("c"))),)) == [
        "granted", "refused", "not_accepted", "incomplete"]
    loops = BOOK.measures["service"].loops
    assert reached(requires=(requirement("a"),), loops=loops) == ["granted", "partly_granted", "refused", "incomplete"]


@pytest.mark.parametrize(("word", "found"), [
    ("准予", ("granted", "partly_granted")), ("granted", ("granted", "partly_granted")), ("转办", ("not_accepted",)),
    ("待补", ("incomplete",)), ("补正", ("incomplete",)), ("partly_granted", ("partly_granted",)),
    ("受理", ("acceptance",)), ("不予", ("refused",)), ("review", ("review",)), ("待审", ("review",)),
    ("grantd", ()),
])
def test_words_for_kinds(word: str, found: tuple[str, ...]) -> None:
    assert kinds_named(word) == found
