"""The page of a decision: golden pages as read by a person, and what holds for every page."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from interpreter.decision.model import Adjustment, Assumption, Decision, Finding, MeasureDecision, Named
from interpreter.decision.report import render_text, render_why
from interpreter.language.types import BOOLEAN, DATE, TEXT
from interpreter.language.unknown import Unknown
from interpreter.problems import Language
from tests.decision import made

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def compare(name: str, text: str) -> None:
    """With UPDATE_GOLDEN set the page is written, to be read before it is kept."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", made.ALL)
def test_golden_pages(case: str, language: Language) -> None:
    compare(f"{case}.{language}.txt", render_text(made.ALL[case](), made.rulebook(), language))


def test_brief_folds_what_is_met_and_keeps_what_is_not() -> None:
    page = render_text(made.worker_case(), made.rulebook(), "zh", brief=True)
    assert "  符合  4 项\n" in page
    assert "年龄 31 岁" not in page
    assert "连续参保月数 3 个月，需 12 个月，还差 9 个月" in page


@pytest.mark.parametrize("case", made.ALL)
def test_private_words_are_masked_unless_asked_for(case: str) -> None:
    ids = re.compile(r"5111331990\d{7}[\dX]")
    assert not ids.search(render_text(made.ALL[case](), made.rulebook(), "zh"))
    shown = render_text(made.ALL[case](), made.rulebook(), "zh", show_private=True)
    assert ids.search(shown)


@pytest.mark.parametrize("path", ["worker.id", "person.id", "entry.person.id", "item.id"])
def test_private_words_are_masked_wherever_their_path_begins(path: str) -> None:
    number = Named(path, "身份证件号码", "511133199001019999", TEXT)
    born = Named("born_on", "出生日期", date(1990, 1, 1), DATE, (number,))
    finding = made.found("of_age", "年满16周岁", "not met", born, number)
    decision = made.decision([made.measured("stability", "refused", [made.line("refused", [finding])])])
    rules = made.rulebook()
    for page in (render_text(decision, rules, "zh"), render_why(decision, rules, "stability", "zh")):
        assert "身份证件号码 5111**********9999" in page
        assert "511133199001019999" not in page


@pytest.mark.parametrize("case", made.ALL)
def test_colour_marks_only_outcomes_and_changes_no_word(case: str) -> None:
    plain = render_text(made.ALL[case](), made.rulebook(), "zh")
    coloured = render_text(made.ALL[case](), made.rulebook(), "zh", colour=True)
    marked = re.findall("\x1b\\[[0-9]+m(.*?)\x1b\\[0m", coloured)
    assert set(marked) <= {"准予", "不予", "待补", "待审", "转办", "无项"}
    assert marked
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == plain


def test_sums_stand_in_one_column() -> None:
    rows = render_text(made.worker_case(), made.rulebook(), "zh").split("\n\n")[1].splitlines()
    ends = {wcswidth(row[: row.index("元") + 1]) for row in rows if " 元" in row}
    assert len(ends) == 1


def test_bounds_of_a_count_are_shown_beside_what_is_needed() -> None:
    one = made.line("incomplete", [made.enough(Unknown(4, 1, 3))], "3000")
    page = render_text(made.decision([made.measured("stability", "incomplete", [one])]), made.rulebook(), "zh")
    assert "参保月数 1 至 3 个月，需 3 个月\n" in page
    assert "缺 费款所属期" in page


def test_a_line_named_by_its_key_alone_is_masked() -> None:
    key = (Named("agency.roster.person.id", "名册人员", "511133199001039981", TEXT),)
    one = made.line("granted", [made.assisted()], "2000", key=key)
    decision = made.decision([made.measured("service", "granted", [one], amount="2000")])
    page = render_text(decision, made.rulebook(), "zh")
    assert "  5111**********9981  2,000.00 元\n" in page
    assert "511133199001039981" not in page


def test_the_months_behind_a_count_are_found_through_another_count() -> None:
    counted = made.insured("in_total", "累计参保月数", 3, 3, 4, 5)
    other = made.insured("in_a_row", "连续参保月数", 2, 3, 4)
    seen = Named("insured_months", "参保月数", 3, made.MONTHS, (other, counted))
    one = made.line("granted", [made.found("insured", "参保满3个月", "met", seen)], "3000")
    decision = made.decision([made.measured("stability", "granted", [one], amount="3000")])
    assert "参保月数 3 个月：2021-03 至 2021-05\n" in render_text(decision, made.rulebook(), "zh")


def test_a_long_command_goes_on_in_the_next_line() -> None:
    page = render_text(made.open_case(), made.rulebook(), "zh", command_input="cases/" + "x" * 40 + ".json")
    assert ".json \\\n    --set worker.other_housing=否\n" in page


def test_only_a_plain_threshold_is_short_by_something() -> None:
    """A comparison inside a longer condition is no threshold: its two values are told as they are."""
    one = made.line("refused", [made.enough(1, 3)], "3000")
    rules = made.rulebook()
    decision = made.decision([made.measured("stability", "refused", [one])])
    assert "还差 2 个月" in render_text(decision, rules, "zh")
    written = rules.measures["stability"]
    filed, insured = written.head[0], written.requires[1]
    assert insured.when is not None
    longer = replace(insured, when=replace(insured.when, text="insured_months(worker) >= min_months and worker.ok"))
    rules.measures["stability"] = replace(written, head=(filed,), requires=(longer,))
    page = render_text(decision, rules, "zh")
    assert "还差" not in page
    assert "参保月数 1 个月：2021-03，最低参保月数 3 个月" in page


def test_an_unmet_definition_is_spelled_out() -> None:
    one = made.line("refused", [made.assisted(paired="not met")], "3000")
    page = render_text(made.decision([made.measured("stability", "refused", [one])]), made.rulebook(), "zh")
    assert "  不符  属于对口帮扶地区脱贫人口" in page
    assert "      符合  属于原建档立卡脱贫人口" in page
    assert "      不符  建档立卡县为结对县" in page


def test_a_computed_sum_shows_what_it_was_computed_from() -> None:
    computed = (
        Named("monthly", "每月标准", Decimal(500), made.MONEY), Named("rented", "租房月数", 3, made.MONTHS),
    )
    one = made.line("granted", [made.assisted()], "1500", computation=computed)
    page = render_text(made.decision([made.measured("rent", "granted", [one], amount="1500")]), made.rulebook(), "zh")
    assert "  金额  每月标准 500.00 元，租房月数 3 个月\n" in page


def test_letters_are_offered_only_where_there_are_any() -> None:
    refused = made.decision([made.measured("stability", "refused", [made.line("refused", [made.enough(1, 3)])])])
    assert "--letters" not in render_text(refused, made.rulebook(), "zh")
    claimed = replace(refused, claims=("stability",), measures=(replace(refused.measures[0], claimed=True),))
    assert "--letters" in render_text(claimed, made.rulebook(), "zh")


def test_a_limit_without_a_finding_of_its_own_is_told() -> None:
    cut = Adjustment("yearly", "每年不超过4000元", "末", "granted", "granted", Decimal(3000), Decimal(1000))
    one = made.line("granted", [made.assisted()], "1000", adjustments=(cut,))
    decision = made.decision([made.measured("stability", "granted", [one], amount="1000")])
    page = render_text(decision, made.rulebook(), "zh")
    assert re.search("  限额  每年不超过4000元 +末\n", page)
    assert "限额以前 准予 3,000.00 元，限额以后 准予 1,000.00 元" in page


def test_defaults_that_stood_in_are_told() -> None:
    taken = Assumption("worker.other_housing", "享受其他住房优惠", False, BOOLEAN, "default")
    one = made.line("granted", [made.assisted()], "500")
    decision = made.decision([made.measured("rent", "granted", [one], amount="500", assumptions=(taken,))])
    page = render_text(decision, made.rulebook(), "zh")
    assert "案件未填，按缺省办理（1 项）\n  享受其他住房优惠  否" in page


def test_a_day_that_is_not_known() -> None:
    page = render_text(replace(made.worker_case(), as_of=None), made.rulebook(), "zh")
    assert page.splitlines()[1] == "某人社发〔2021〕1号，不知道按哪一日的规定（申请日期）"


def test_measures_that_were_not_claimed_stand_apart() -> None:
    unclaimed = replace(made.worker_case(), claims=("rent",), total=Decimal(0))
    page = render_text(unclaimed, made.rulebook(), "zh")
    total, trial = page.index("合计  准予 0 项 "), page.index("没有申请，只作试算，不生成文书\n")
    assert total < trial < page.index("就业稳岗补贴")
    assert "以上是试算" not in page


# ---- what holds for every page


LABELS = st.text(
    st.characters(codec="gbk", exclude_categories=["Cs"]), max_size=60
) | st.sampled_from(["", "长" * 90, "w" * 90, "a b\nc\td", "，，，，", "3 个月", "\x1b[31m红"])


def _relabelled(of: Any, label: str) -> Any:
    """The same decision with every text that a policy or a case wrote replaced."""
    match of:
        case tuple():
            return tuple(_relabelled(part, label) for part in of)
        case Named():
            value = label if isinstance(of.value, str) and of.name == "worker.name" else of.value
            return replace(of, label=label, value=value, parts=_relabelled(of.parts, label))
        case Finding():
            return replace(
                of, say=label, clause=label, values=_relabelled(of.values, label), parts=_relabelled(of.parts, label)
            )
        case MeasureDecision():
            return replace(
                of, title=label, clause=label, nothing=of.nothing and label, lines=_relabelled(of.lines, label),
                missing=_relabelled(of.missing, label), open_points=_relabelled(of.open_points, label),
                assumptions=_relabelled(of.assumptions, label),
            )
        case Decision():
            return replace(
                of, case=label, as_of_label=label, who=_relabelled(of.who, label), repairs=(label,),
                measures=_relabelled(of.measures, label),
            )
    changes = {name: label for name in ("label", "proof", "question", "basis", "earlier") if getattr(of, name, None)}
    for name in ("key", "findings", "computation", "missing", "open_points", "adjustments"):
        if hasattr(of, name):
            changes[name] = _relabelled(getattr(of, name), label)
    return replace(of, **changes)


@given(LABELS, st.sampled_from(sorted(made.ALL)), st.sampled_from(LANGUAGES), st.integers(60, 100), st.booleans())
def test_every_line_fits_and_encodes(label: str, case: str, language: Language, width: int, brief: bool) -> None:
    decision = _relabelled(made.ALL[case](), label)
    page = render_text(decision, made.rulebook(), language, width=width, brief=brief, command_input=label or "x")
    page.encode("gbk")
    assert page.endswith("\n")
    for line in page.split("\n"):
        assert 0 <= wcswidth(line) <= width, line
        assert line == line.rstrip()
    again = render_text(decision, made.rulebook(), language, width=width, brief=brief, command_input=label or "x")
    assert page == again
