"""A policy as people read it: every page in both languages, within its width, and nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.problems import Language, Problem, Text
from interpreter.problems.cells import width as cells
from interpreter.problems.words import mend, says
from interpreter.rulebook import heads
from interpreter.rulebook.model import Duty, Measure, Rulebook
from interpreter.rulebook.showing import show_policy
from interpreter.rulebook.showing import words as page_words
from interpreter.rulebook.showing.layout import beside, grid, pairs
from interpreter.rulebook.showing.needs import needed_paths
from interpreter.rulebook.showing.reads import own_expressions
from interpreter.rulebook.starter import new_policy
from tests.rulebook.policies import GOOD, loaded, swimming

GOLDEN = Path(__file__).parent / "golden_showing"
LANGUAGES: list[Language] = ["zh", "en"]
POLICIES = sorted(path.parent.name for path in GOOD.glob("*/policy.yaml"))
PAGES = {
    "notice": None, "measure": "care_allowance", "definition": "hours_counted", "parameter": "min_hours",
    "switch": "night_care", "table": "areas", "fact": "carer", "type": "care_month", "field": "carer.months",
}


@pytest.fixture(scope="module")
def starters(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Rulebook]:
    """The policy to start from in both languages."""
    books = {}
    for language in LANGUAGES:
        folder = tmp_path_factory.mktemp(language) / "care"
        assert not isinstance(new_policy(folder, language), Problem)
        books[language] = loaded(folder)
    return books


@cache
def good(name: str) -> Rulebook:
    return loaded(GOOD / name)


def page(book: Rulebook, name: str | None, language: Language = "zh", width: int = 80) -> str:
    """A page that must be there."""
    found = show_policy(book, name, language, width=width)
    assert isinstance(found, str), found
    return found


def block(text: str, head: str) -> list[str]:
    """The lines under a head."""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith(head):
            return [inner.strip() for inner in _until_empty(lines)]
    raise AssertionError(f"no {head} in\n{text}")


def _until_empty(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if not line:
            return
        yield line


# ---- whole pages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAGES)
def test_the_pages_of_the_policy_to_start_from(
    starters: dict[Language, Rulebook], kind: str, language: Language
) -> None:
    expected = (GOLDEN / f"{kind}.{language}.txt").read_text(encoding="utf-8")
    assert page(starters[language], PAGES[kind], language) == expected


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80])
def test_everything_with_a_name_has_a_page_that_fits(name: str, language: Language, width: int) -> None:
    book = good(name)
    names = [
        None, book.policy, *book.measures, *book.duties, *book.definitions, *book.parameters, *book.tables, *book.facts,
        *book.types, *book.overlays, *book.clauses, *(limit.name for limit in book.limits),
        *(measure.title for measure in book.measures.values()),
        *(cause.name for cause in book.causes if cause.kind == "fact"),
    ]
    for wanted in names:
        text = page(book, wanted, language, width)
        assert max(map(cells, text.splitlines())) <= width, (wanted, text)
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert all(line == line.rstrip() for line in text.splitlines())
        assert "{" not in text


def test_the_words_of_the_pages_can_be_shown_anywhere() -> None:
    texts = [text for text in vars(page_words).values() if isinstance(text, Text)] + list(page_words.HITS.values())
    assert len(texts) > 100
    for text in texts:
        assert text.zh.encode("gbk")
        assert text.en.replace("“", "").replace("”", "").isascii()


def test_every_hit_policy_has_its_words() -> None:
    assert page_words.HITS.keys() == set(heads.POLICIES)


# ---- a measure


def test_a_measure_opens_what_it_requires() -> None:
    found = block(page(swimming(), "lessons"), "要求")
    numbers = [line.split()[0] for line in found if line[0].isdigit()]
    assert numbers == ["1", "2", "2.1", "2.2", "2.2.1", "2.2.2", "2.3", "3", "4"]
    assert "不符的，适用体育特长生办法" in found
    assert found[-1] == "不符的，由人工认定"
    assert any("以下各项符合其一即可" in line for line in found)


def test_holes_show_the_notice_s_values_with_their_days() -> None:
    assert "上课满3个月" in page(swimming(), "lessons")
    assert "当年巡查2（2023-01-01 起为 3）次以上" in page(good("waterworks"), "inspect")
    assert "每年培训次数" in page(good("waterworks"), "train")


def test_an_amount_has_all_its_days() -> None:
    found = " ".join(block(page(swimming(), "lessons"), "金额"))
    assert "300.00 元；350.00 元（2022-07-01 至 2022-12-31）" in found
    assert "400.50 元（2023-03-01 起）" in found


def test_what_authorities_may_set_and_have_set() -> None:
    found = block(page(swimming(), "min_months"), "各地的取值")
    assert found == ["可由各地确定，不低于 2 个月，不高于 6 个月，未定的按本政策", "东区：4 个月（2022-01-01 起）"]


def test_measures_that_share_a_limit_know_of_each_other() -> None:
    assert "与以下措施合计：参赛补助" in block(page(swimming(), "lessons"), "限制")
    assert "课程补助（lessons）  二" in block(page(swimming(), "one_grant"), "计入的措施")


def test_the_facts_of_a_measure_are_followed_through_definitions() -> None:
    paths = needed_paths(swimming(), swimming().measures["coaching"])
    assert {"club.pupils.person.born", "child.lessons.month", "application.filed_on", "club.code"} <= paths
    assert "club.pupils.person.swum" in paths
    assert not paths & {"child.races", "income", "club.pupils.from", "application.urgent"}


def test_a_key_needs_what_tells_its_records_apart() -> None:
    assert "child.id" in needed_paths(swimming(), swimming().measures["races"])


@pytest.mark.parametrize("name", POLICIES)
def test_every_measure_needs_some_fact_of_the_vocabulary(name: str) -> None:
    book = good(name)
    known = {cause.name for cause in book.causes if cause.kind == "fact"}
    things: list[Measure | Duty] = [*book.measures.values(), *book.duties.values()]
    for thing in things:
        assert needed_paths(book, thing) & known


# ---- the other pages


def test_a_definition_says_what_uses_it_and_what_it_uses() -> None:
    text = page(swimming(), "swum")
    assert block(text, "用到") == ["本人上课月数（months_swum）"]
    assert ["课程补助（lessons）", "measures/lessons.yaml:10"] in map(str.split, block(text, "用在"))
    assert "案件可以直接给出这一结果" in text


def test_a_table_keeps_its_ended_rows_apart() -> None:
    text = page(swimming(), "泳池")
    assert block(text, "没有止日的行")[2:] == ["东区  一号池  2022-01-01", "西区  二号池  2021-06-01"]
    assert block(text, "已写明止日的行")[2:] == ["东区  一号池  2021-01-01  2021-12-31"]


RATES = """\
table: rates
label: 分档标准
clause: 第三条
delegated: {to: authority, at_most: 500 CNY}
inputs:
  hours: {label: 时数, type: integer, unit: hour}
outputs:
  amount: {label: 标准, type: money}
hit: unique
rows: |
  hours | amount | from       | to
  < 60  | 300    | 2024-01-01 |
  >= 60 | 400    | 2024-01-01 | 2025-12-31
  >= 60 | 450    | 2026-01-01 |
"""
OWN_RATES = """\
authority: 南区
basis: 示例文件
rows:
  rates: |
    hours | amount
    < 60  | 310
    >= 60 | 410
"""


def test_a_table_that_is_called_shows_its_rows_as_written(tmp_path: Path) -> None:
    folder = tmp_path / "care"
    new_policy(folder, "zh")
    (folder / "authorities").mkdir()
    (folder / "authorities" / "south.yaml").write_text(OWN_RATES, encoding="utf-8")
    (folder / "tables" / "rates.yaml").write_text(RATES, encoding="utf-8")
    measure = folder / "measures" / "care_allowance.yaml"
    text = measure.read_text(encoding="utf-8").replace("monthly_amount", "rates(hours_counted(entry))")
    measure.write_text(text, encoding="utf-8")
    book = loaded(folder)
    rows = ["< 60   300   2024-01-01", ">= 60  400   2024-01-01  2025-12-31", ">= 60  450   2026-01-01"]
    assert block(page(book, "rates"), "3 行")[2:] == rows
    assert block(page(book, "rates"), "各地的取值")[-2:] == ["< 60   310", ">= 60  410"]
    assert block(page(book, "care_allowance"), "金额")[-3:] == rows
    assert block(page(book, "南区"), "各行")[-2:] == ["< 60   310", ">= 60  410"]
    assert "定义（1 项）" in page(book, None)
    assert [line for line in block(page(book, "第三条"), "引用") if "rates" in line] == [
        "表    分档标准（rates）               tables/rates.yaml:1"
    ]


def test_a_field_says_which_measures_need_it() -> None:
    assert block(page(swimming(), "child.races"), "需要它的措施") == ["参赛补助（races）  二"]


def test_private_words_are_marked_and_never_there() -> None:
    assert "隐私" in page(swimming(), "person")


@pytest.mark.parametrize("number", ["二", " 二 "])
def test_a_clause_lists_all_that_cites_it(number: str) -> None:
    found = block(page(swimming(), number), "引用这一条款的")
    kinds = [line.split()[0] for line in found]
    assert set(kinds) == {"措施", "参数", "表", "限额"}
    assert len(found) == 10


def test_a_clause_that_is_no_rule_says_why() -> None:
    assert "不成为规则：倡导" in page(swimming(), "五")


def test_every_expression_is_told_once() -> None:
    places = [str(use.expression.where) for use in own_expressions(swimming())]
    assert len(places) == len(set(places))
    assert {use.user.kind for use in own_expressions(swimming())} >= {"notice", "measure", "definition", "limit"}


# ---- names


def test_labels_and_ids_give_the_same_page() -> None:
    assert page(swimming(), "最低月数") == page(swimming(), "min_months") == page(swimming(), " ｍin_months")


def test_what_several_things_are_called_gives_all_their_pages() -> None:
    text = page(swimming(), "课程补助")
    assert page(swimming(), "lessons").strip() in text
    assert page(swimming(), "二").strip() in text


@pytest.mark.parametrize(("name", "guess"), [
    ("lesson_s", "lessons"), ("min_month", "min_months"), ("泳池表", "泳池"), ("qqqq", None),
])
def test_a_name_nobody_knows(name: str, guess: str | None) -> None:
    problem = show_policy(swimming(), name, "zh")
    assert isinstance(problem, Problem)
    assert problem.code == "show.unknown"
    assert problem.fields.get("guess") == guess
    for language in LANGUAGES:
        assert name in says(problem, language)
        assert "policy show" in (mend(problem, language) or "")


@given(st.text(max_size=30))
def test_any_name_is_answered(name: str) -> None:
    assert isinstance(show_policy(swimming(), name, "en"), str | Problem)


# ---- layout


TEXTS = st.text(alphabet="甲乙（，。abc 12", max_size=60)


@given(TEXTS, TEXTS, st.integers(30, 90))
def test_text_beside_text_fits(text: str, right: str, width: int) -> None:
    assert all(cells(line) <= width for line in beside("1.1  ", text, width, right))


@given(st.lists(st.lists(TEXTS, min_size=4, max_size=4), max_size=5), st.integers(20, 90))
def test_grids_fit(rows: list[list[str]], width: int) -> None:
    assert all(cells(line) <= width for line in grid(("甲", "b", "", "丁"), rows, width))


@given(st.lists(st.tuples(st.sampled_from(["甲", "name"]), TEXTS), max_size=5), st.integers(20, 90))
def test_pairs_fit(rows: list[tuple[str, str]], width: int) -> None:
    assert all(cells(line) <= width for line in pairs(rows, width))


def test_columns_stand_below_each_other() -> None:
    lines = grid(("名称", "n"), [["甲", "1"], ["abc", "22"]], 40)
    assert lines == ["名称  n", "----  --", "甲    1", "abc   22"]
