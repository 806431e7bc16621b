"""The blank form, and that what it makes can be read once it is filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from interpreter.cases.facts import read_case
from interpreter.cases.form import blank_form
from interpreter.language.types import TEXT, Field
from interpreter.problems import Language, PolicyError, Problem
from tests.cases.made import BOOK, CODE, ID, codes, record, root, source

FORM_ZH = """\
# 试行办法（1）
# 填写说明：冒号后面空一格写内容；空着表示未知，不等于没有。
# 列表：去掉行首的“# ”逐行填写，可以复制多行；一行也没有则在冒号后写 []。

policy: made-up
claims:                 # 申请事项，例如 [stay_aid]；空着则只作试算
#   stay_aid  住宿补贴

application:            # 申请
  number:               # 申请编号：文字
  filed_on:             # 申请日期：年-月-日，例如 2021-03-15
  handed_in:            # 递交时刻：年-月-日T时:分:秒，例如 2021-03-15T17:00:00

worker:                 # 劳动者
  id:                   # 身份证件号码：18 位身份证件号码；必填；证明：身份证
  name:                 # 姓名：文字
  stays:                # 住宿记录：列表；证明：住宿证明
  # - month:            # 月份：年-月，例如 2021-03
  #   kind:             # 类别：全日、半日
  #   place:            # 地点：地区的名称或代码
  #   backpaid:         # 补缴：是 或 否；可不填
  #   paid_by:          # 缴费单位：18 位统一社会信用代码
  months_stayed:        # 住宿月数：整数；一般由明细算出，不必填
  jobs:                 # 工作经历：列表
  # - start:            # 起：年-月-日，例如 2021-03-15
  #   end:              # 止：年-月-日，例如 2021-03-15；或 至今
  #   pay:              # 月工资：数（CNY）
  nicknames:            # 别名：列表 [文字, …]
  other_aid:            # 享受其他补助：是 或 否
"""

FILLED = {
    "claims": "[stay_aid]", "number": "2021-0001", "filed_on": "2021-06-10", "handed_in": "2021-06-10T17:00:00",
    "id": ID, "name": "示例甲",
    "month": "2021-03", "kind": "全日", "place": "东乡", "backpaid": "否", "paid_by": CODE, "start": "2021-03-01",
    "end": "至今", "pay": "3000.00", "other_aid": "否",
}


def filled(form: str) -> str:
    """The form with its rows uncommented and every entry of FILLED written in."""
    rows = re.sub(r"^(\s*)# ( *(?:- )?[a-z_]+:)", r"\1\2", form, flags=re.MULTILINE)
    return re.sub(
        r"^([\s-]*(\w+):) {0,20}",
        lambda entry: f"{entry[1]} {FILLED[entry[2]]}  " if entry[2] in FILLED else entry[0],
        rows, flags=re.MULTILINE,
    )


def test_the_form() -> None:
    assert blank_form(BOOK, "worker", "zh") == FORM_ZH
    english = blank_form(BOOK, "worker", "en")
    assert "  end:                  # 止" not in english
    assert '# Lists: take away the "# "' in english
    assert "  #   end:              # 止: year-month-day, e.g. 2021-03-15; or 至今\n" in english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_filled_form_is_a_case(language: Language) -> None:
    problems: list[Problem] = []
    case = read_case(source(filled(blank_form(BOOK, "worker", language)), "form.yaml"), BOOK, problems)
    assert problems == []
    assert case is not None
    assert (case.number, case.claims) == ("2021-0001", ("stay_aid",))
    worker = case.facts["worker"]
    assert (worker.get("id"), worker.get("name"), worker.get("other_aid")) == (ID, "示例甲", False)
    (stay,) = worker.get("stays")
    assert (str(stay.get("month")), stay.get("kind"), stay.get("place").key) == ("2021-03", "full", "110001")
    (job,) = worker.get("jobs")
    assert (job.get("start"), job.get("end"), str(job.get("pay"))) == (date(2021, 3, 1), date.max, "3000.00")
    assert "months_stayed" not in worker.fields


def test_an_empty_form_lacks_only_what_is_required() -> None:
    problems: list[Problem] = []
    assert read_case(source(blank_form(BOOK, "worker", "zh"), "form.yaml"), BOOK, problems) is None
    assert codes(problems) == ["case.required"]


def test_an_unknown_claimant() -> None:
    with pytest.raises(PolicyError) as raised:
        blank_form(BOOK, "wroker", "zh")
    assert codes(raised.value.problems) == ["case.claimant"]


def test_problems_of_a_form_stand_at_their_places() -> None:
    text = filled(blank_form(BOOK, "worker", "zh")).replace("2021-03 ", "2021-13 ", 1).replace("id: 5", "id: 6")
    problems: list[Problem] = []
    assert read_case(source(text, "form.yaml"), BOOK, problems) is None
    found = {p.code: text[p.where.start : p.where.end] for p in problems if p.where}
    assert found == {"case.month": "2021-13", "case.id-check": ID.replace("5", "6", 1)}


def test_yaml_that_cannot_be_read_shows_nothing_private() -> None:
    text = f"worker:\n  id: {ID}\n  id: {ID}\n  name: 示例甲\n\tstays:\n"
    problems: list[Problem] = []
    assert read_case(source(text, "form.yaml"), BOOK, problems) is None
    for problem in problems:
        assert problem.where is not None
        assert ID not in problem.where.source.text
        assert "示例甲" not in problem.where.source.text
        assert "worker" in problem.where.source.text


def test_an_empty_file_is_no_case() -> None:
    problems: list[Problem] = []
    assert read_case(source("# nothing\n", "form.yaml"), BOOK, problems) is None
    assert codes(problems) == ["case.object"]


def test_comments_never_touch_what_they_are_beside() -> None:
    long = Field("a_name_of_more_than_twenty_letters", "长名", TEXT)
    fact = record("worker", "劳动者", long, Field("id", "号码", TEXT))
    book = replace(BOOK, facts={**BOOK.facts, "worker": root(fact)})
    form = blank_form(book, "worker", "zh")
    assert "  a_name_of_more_than_twenty_letters:  # 长名：文字\n" in form
    assert f"  {'id:':<{len(long.name) + 1}}  # 号码：文字\n" in form
    problems: list[Problem] = []
    assert read_case(source(form, "form.yaml"), book, problems) is not None
