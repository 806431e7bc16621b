"""An office's own words in its letters: for its authority, on the day of the letter, with the number it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from examples.generate import caseload
from interpreter.cases.facts import read_plain
from interpreter.decision.decide import decide_batch
from interpreter.decision.model import Named
from interpreter.language.types import TEXT
from interpreter.letters.office import Issued, Office
from tests.letters.building import decision, rulebook
from tests.notice.places import NOTICE
from tests.notice.places import rulebook as notice


@pytest.fixture(scope="module")
def authority():
    rules = notice(NOTICE)
    case = read_plain(next(caseload(2)), rules, [])
    return decide_batch(rules, [case])[0].authority


def test_the_words_of_the_signing_authority(authority: Named) -> None:
    office = Office(notice(NOTICE))
    words = office.words(authority, date(2022, 5, 1), ("granted",))
    place = next(iter(words.letterhead)).removesuffix("人力资源和社会保障局")
    assert words.signers == (f"{place}人力资源和社会保障局",)
    assert words.number.endswith("〔2022〕＿＿号")
    assert f"向{place}人民政府或者" in words.remedies[0]
    assert "30日内拨付" in words.says[0]


def test_remedies_are_those_of_the_letters_day(authority: Named) -> None:
    office = Office(notice(NOTICE))
    [before] = office.words(authority, date(2023, 12, 31), ("refused",)).remedies
    [after] = office.words(authority, date(2024, 1, 1), ("refused",)).remedies
    assert "或者绍兴市人力资源和社会保障局" in before
    assert "绍兴市" not in after


def test_a_number_is_of_its_year_and_a_reprint_says_so(authority: Named) -> None:
    office = Office(notice(NOTICE))
    words = office.words(authority, date(2022, 5, 1), ("granted",), Issued(2021, 7))
    assert words.number.endswith("〔2021〕7号")
    again = office.words(authority, date(2022, 5, 1), ("granted",), Issued(2021, 7, reprint=True))
    assert again.number == f"{words.number}（补发）"


def test_what_is_not_known_is_left_open() -> None:
    words = Office(notice(NOTICE)).words(None, None, ("granted",))
    assert words.letterhead == ("＿＿＿＿",)
    assert words.number == "＿＿＿＿〔＿＿＿＿〕＿＿号"
    assert words.remedies == ()


def test_a_policy_without_paper_says_nothing() -> None:
    words = Office(rulebook()).words(decision().authority, date(2021, 1, 1), ("granted",), Issued(2021, 1))
    assert (words.form, words.head, words.number) == ("letter", "printed", "")
    assert words.letterhead == words.signers == words.says == words.contact == words.remedies == ()


def test_an_authority_nobody_knows_is_left_open() -> None:
    stranger = Named("place", "机关", "nowhere", TEXT)
    words = Office(notice(NOTICE)).words(replace(stranger), date(2022, 1, 1), ("granted",))
    assert words.letterhead == ("＿＿＿＿",)
