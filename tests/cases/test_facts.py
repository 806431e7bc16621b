"""A case file to typed facts."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.cases.document import Path
from interpreter.cases.facts import Case, named_policy, read_case, read_cases, read_history, read_plain
from interpreter.language.values import ONGOING, Month, Record
from interpreter.problems import Problem, Source, Span
from tests.cases.made import BOOK, CODE, ID, OTHER_ID, codes, source

WHOLE: dict[str, Any] = {
    "policy": "made-up",
    "application": {"number": "2021-0001", "filed_on": "2021-06-10"},
    "claims": ["stay_aid", "接待补贴"],
    "worker": {
        "id": ID, "name": "示例甲", "other_aid": False, "nicknames": ["甲"],
        "stays": [{"month": "2021-03", "kind": "全日", "place": "东乡", "paid_by": CODE, "backpaid": True}],
        "jobs": [{"start": "2021-03-01", "end": "至今", "pay": 3000}],
    },
    "firm": {"code": CODE, "seat": "110091", "heads": 3, "roster": [{"person": {"id": OTHER_ID}}]},
    "history": [{
        "measure": "住宿补贴", "key": {"worker": ID}, "amount": "3000.00", "decided_on": "2020-07-01", "number": "9号",
    }],
}


def read(data: object, **more: Any) -> tuple[Case | None, list[Problem]]:
    problems: list[Problem] = []
    case = read_case(source(json.dumps(data, ensure_ascii=False, default=str)), BOOK, problems, **more)
    assert (case is None) == bool(problems)
    return case, problems


def good(data: object, **more: Any) -> Case:
    case, problems = read(data, **more)
    assert case is not None, problems
    return case


def as_data(value: Any) -> Any:
    """A typed value as plain data that can be compared."""
    match value:
        case Record():
            return {name: as_data(item) for name, item in value.fields.items()}
        case tuple():
            return [as_data(item) for item in value]
    return value


def test_a_whole_case() -> None:
    case = good(WHOLE)
    assert (case.number, case.policy, case.claims) == ("2021-0001", "made-up", ("stay_aid", "host_aid"))
    assert list(case.facts) == ["application", "worker", "firm"]
    worker = as_data(case.facts["worker"])
    place = worker["stays"][0].pop("place")
    assert place["code"] == "110001"
    assert worker == {
        "id": ID, "name": "示例甲", "other_aid": False, "nicknames": ["甲"],
        "stays": [{"month": Month.of(2021, 3), "kind": "full", "paid_by": CODE, "backpaid": True}],
        "jobs": [{"start": date(2021, 3, 1), "end": ONGOING, "pay": Decimal("3000.00")}],
    }
    assert str(worker["jobs"][0]["pay"]) == "3000.00"
    firm = case.facts["firm"]
    assert firm.get("seat").get("short") == "东乡"
    assert firm.get("heads") == 3
    assert case.history is not None
    assert as_data(case.history[0]) == {
        "measure": "stay_aid", "key": {"worker": ID}, "amount": Decimal("3000.00"),
        "decided_on": date(2020, 7, 1), "number": "9号",
    }
    assert (case.assumed, case.provided, case.repairs, case.as_of_given) == ((), (), (), False)


def test_labels_are_as_good_as_ids() -> None:
    by_label = good({
        "申请": {"申请编号": "1", "申请日期": "2021-06-10"},
        "劳动者": {"身份证件号码": ID, "住宿记录": [{"月份": "2021-03", "类别": "half"}], "享受其他补助": "否"},
    })
    by_id = good({
        "application": {"number": "1", "filed_on": "2021-06-10"},
        "worker": {"id": ID, "stays": [{"month": "2021-03", "kind": "半日"}], "other_aid": False},
    })
    assert {k: as_data(v) for k, v in by_label.facts.items()} == {k: as_data(v) for k, v in by_id.facts.items()}


def test_absence_is_not_a_value() -> None:
    case = good({"worker": {"id": ID, "name": None, "stays": []}, "history": None, "claims": None})
    assert (case.number, case.claims, case.history) == ("", None, None)
    worker = case.facts["worker"]
    assert set(worker.fields) == {"id", "stays"}
    assert worker.get("stays") == ()
    assert "application" not in case.facts
    assert good({"history": []}).history == ()


def test_defaults_are_filled_in_and_said() -> None:
    case = good({"worker": {"id": ID, "stays": [{"backpaid": True}, {}, {"backpaid": None}]}})
    assert [stay.get("backpaid") for stay in case.facts["worker"].get("stays")] == [True, False, False]
    assert [(a.path, a.label, a.value) for a in case.assumed] == [
        ("worker.stays.2.backpaid", "补缴", False), ("worker.stays.3.backpaid", "补缴", False),
    ]


def test_figures_may_be_provided() -> None:
    case = good({"worker": {"id": ID, "住宿月数": 7}})
    assert case.facts["worker"].get("months_stayed") == 7
    (figure,) = case.provided
    assert (figure.path, figure.value) == ("worker.months_stayed", 7)
    assert figure.where is not None
    assert figure.where.source.text == json.dumps({"worker": {"id": "*" * 18, "住宿月数": 7}}, ensure_ascii=False)
    assert figure.where.column == 49


def test_the_text_of_a_case_is_not_kept() -> None:
    assert good(WHOLE).source == Source("case.json", "")


def test_required_facts_of_the_claimant_and_of_rows() -> None:
    assert codes(read({"worker": {"name": "示例甲"}})[1]) == ["case.required"]
    assert codes(read({"worker": {"id": None}})[1]) == ["case.required"]
    case = good({"firm": {"roster": [{"person": {"name": "示例乙"}}]}})
    assert set(case.facts["firm"].get("roster")[0].get("person").fields) == {"name"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"worker": {"id": ID, "stays": [{"month": "2021-03-01"}]}}, "case.month"),
        ({"worker": {"id": ID, "stays": [{"month": 202103}]}}, "case.word"),
        ({"worker": {"id": ID, "stays": [{"kind": "养老"}]}}, "case.choice"),
        ({"worker": {"id": ID, "stays": [{"place": "河口"}]}}, "case.row-ambiguous"),
        ({"worker": {"id": ID, "stays": [{"place": "东乡县"}]}}, "case.row"),
        ({"worker": {"id": ID, "stays": [None]}}, "case.null-item"),
        ({"worker": {"id": ID, "stays": {}}}, "case.list"),
        ({"worker": {"id": ID, "stays": [3]}}, "case.record"),
        ({"worker": {"id": ID, "stays": [{}] * 10_001}}, "case.long-list"),
        ({"worker": {"id": ID, "jobs": [{"start": "2021-02-30"}]}}, "case.date"),
        ({"worker": {"id": ID, "jobs": [{"start": "9999-12-31"}]}}, "case.date"),
        ({"worker": {"id": ID, "jobs": [{"start": "至今"}]}}, "case.date"),
        ({"worker": {"id": ID, "jobs": [{"end": "2021年3月"}]}}, "case.date-month"),
        ({"worker": {"id": ID, "jobs": [{"pay": -1}]}}, "case.bounds"),
        ({"worker": {"id": ID, "jobs": [{"pay": "1.005"}]}}, "case.number"),
        ({"worker": {"id": ID, "jobs": [{"pay": True}]}}, "case.number"),
        ({"worker": {"id": ID, "other_aid": "无"}}, "case.boolean"),
        ({"worker": {"id": ID, "other_aid": 0}}, "case.boolean"),
        ({"worker": {"id": int(ID)}}, "case.text"),
        ({"worker": {"id": ID, "name": " "}}, "case.empty"),
        ({"worker": {"id": ID, "name": "甲\u202e乙"}}, "case.characters"),
        ({"worker": {"id": ID, "name": ["甲"]}}, "case.scalar"),
        ({"worker": {"id": ID, "身份证件号码": ID}}, "case.twice"),
        ({"worker": {"id": ID}, "劳动者": {"id": ID}}, "case.twice"),
        ({"worker": ID}, "case.record"),
        ({"worker": {"id": "51113319900101999"}}, "case.id-length"),
        ({"application": {"filed_on": "1989-12-31"}, "worker": {"id": ID}}, "case.id-future"),
        ({"firm": {"code": CODE[:-1] + "X"}}, "case.code-check"),
        ({"firm": {"heads": 2.5}}, "case.number"),
        ({"wroker": {}}, "case.unknown-key"),
        ({"policy": "other"}, "case.policy"),
        ({"claims": ["stay_aids"]}, "case.measure"),
        ({"claims": "stay_aid"}, "case.list"),
        ({"history": {}}, "case.list"),
        ({"history": [[]]}, "case.record"),
        ({"history": [{"measure": "x", "key": {}}]}, "case.measure"),
        ({"history": [{"measure": "stay_aid"}]}, "case.required-entry"),
        ({"history": [{"measure": "stay_aid", "key": {"wroker": ID}}]}, "case.unknown-key"),
        ([], "case.object"),
        (None, "case.object"),
    ],
)
def test_what_is_refused(change: object, code: str) -> None:
    assert codes(read(change)[1]) == [code]


def test_all_problems_at_once_each_at_its_place() -> None:
    text = json.dumps({"worker": {"id": ID, "nmae": "x", "stays": [{"month": "2021-13"}, {"kind": "a"}]}, "x": 1})
    problems: list[Problem] = []
    assert read_case(source(text), BOOK, problems) is None
    shown = {(p.code, text[p.where.start : p.where.end]) for p in problems if p.where}
    assert shown == {
        ("case.unknown-key", '"nmae"'), ("case.month", '"2021-13"'), ("case.choice", '"a"'),
        ("case.unknown-key", '"x"'),
    }
    assert {p.path.zh for p in problems if p.path and not isinstance(p.path, str)} == {
        "劳动者", "住宿记录第 1 行 月份", "住宿记录第 2 行 类别",
    }
    assert {p.path.en for p in problems if p.path and not isinstance(p.path, str)} == {
        "worker", "stay month 1, month", "stay month 2, kind",
    }


def test_repairs_name_the_place_and_never_the_number() -> None:
    case = good({"worker": {"id": f" {ID}"}, "firm": {"roster": [{"person": {"id": OTHER_ID.lower()}}]}})
    assert [r.zh for r in case.repairs] == [
        "劳动者 身份证件号码：已去掉其中的空白", "名册第 1 行 人员 身份证件号码：小写字母已改为大写",
    ]
    assert [r.en for r in case.repairs] == [
        "worker, id: blanks inside it were taken out", "member 1, person, id: lower-case letters were made capital",
    ]


def test_text_and_keys_are_composed() -> None:
    case = good({"worker": {"id": ID, "name": "e\u0301"}})
    assert case.facts["worker"].get("name") == "é"


def test_history_keys_are_what_records_stand_for() -> None:
    case = good({"history": [{"measure": "host_aid", "key": {"place": "东乡"}}]})
    assert case.history is not None
    assert as_data(case.history[0]) == {"measure": "host_aid", "key": {"place": "110001"}}


def test_an_earlier_amount_is_not_below_nothing() -> None:
    entry = {"measure": "stay_aid", "key": {"worker": ID}, "amount": "-5"}
    assert codes(read({"worker": {"id": ID}, "history": [entry]})[1]) == ["case.bounds"]


def test_history_files() -> None:
    entries = [{"measure": "stay_aid", "key": {"worker": number}, "amount": 1} for number in (ID, OTHER_ID)]
    texts = [json.dumps(entries), "\n\n".join(json.dumps(entry) for entry in entries)]
    for text in texts:
        problems: list[Problem] = []
        found = read_history(source(text, "history.jsonl"), BOOK, problems)
        assert problems == []
        assert [entry.get("key").get("worker") for entry in found] == [ID, OTHER_ID]
    problems = []
    wrong = '{"measure": "stay_aid", "key": {"worker": "1"}}\n{"measure": "aid", "key": {}}'
    assert read_history(source(wrong), BOOK, problems) == ()
    assert [(p.code, p.where and p.where.line) for p in problems] == [("case.id-length", 1), ("case.measure", 2)]
    assert read_history(source("[{]"), BOOK, problems) == ()
    assert codes(problems)[2:] == ["case.json"]


def test_json_lines_keep_their_places() -> None:
    lines = [json.dumps({"worker": {"id": ID}}), "", '{"claims": ["x"]}']
    parts = list(read_cases(source("\n".join(lines), "-")))
    problems: list[Problem] = []
    cases = [read_case(part, BOOK, problems) for part in parts]
    assert [case is None for case in cases] == [False, True]
    assert str(problems[0].where) == "-:3:13"


def test_one_case_over_several_lines_is_one() -> None:
    text = json.dumps({"worker": {"id": ID}}, indent=1)
    assert [part.text for part in read_cases(source(text))] == [text]


def test_the_policy_is_found_before_the_case_is_read() -> None:
    assert named_policy(source('{"policy": "made-up", "x": 1}')) == "made-up"
    assert named_policy(source("policy: made-up\nx: 1\n", "case.yaml")) == "made-up"
    for text in ("[]", "{", '{"policy": 3}', '"policy"'):
        assert named_policy(source(text)) is None


def test_plain_data_has_the_places_it_is_given() -> None:
    text = Source("test.yaml", "month: 2021-13")
    data = {"worker": {"id": ID, "stays": [{"month": "2021-13"}]}}
    problems: list[Problem] = []
    places: dict[Path, Span] = {("worker", "stays", 0, "month"): Span(text, 7, 14)}
    assert read_plain(data, BOOK, problems, where=lambda path: places.get(path)) is None
    assert [str(p.where) for p in problems] == ["test.yaml:1:8"]
    assert isinstance(read_plain({"worker": {"id": ID}}, BOOK, problems), Case)


months = st.builds(lambda y, m: f"{y}-{m:02d}", st.integers(1990, 2030), st.integers(1, 12))
dates = st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(str)
stays = st.fixed_dictionaries(
    {}, optional={
        "month": months, "kind": st.sampled_from(["full", "半日"]), "place": st.sampled_from(["东乡", "110002"]),
        "backpaid": st.booleans() | st.sampled_from(["是", "否"]), "paid_by": st.just(CODE),
    }
)
jobs = st.fixed_dictionaries(
    {}, optional={
        "start": dates, "end": dates | st.just("至今"),
        "pay": st.integers(0, 10**6) | st.decimals(0, 10**6, places=2).map(str),
    }
)
workers = st.fixed_dictionaries(
    {"id": st.just(ID)}, optional={
        "name": st.text("示例甲乙丙", min_size=1), "stays": st.lists(stays, max_size=3),
        "jobs": st.lists(jobs, max_size=3), "other_aid": st.booleans(),
    },
)


def rewritten(value: Any) -> Any:
    """A typed value written again as a case file would have it."""
    match value:
        case Record() if value.shape.type.table is not None:
            return value.key
        case Record():
            return {name: rewritten(item) for name, item in value.fields.items()}
        case tuple():
            return [rewritten(item) for item in value]
        case date():
            return "至今" if value == ONGOING else value.isoformat()
        case Month() | Decimal():
            return str(value)
    return value


@given(workers)
def test_a_case_written_again_has_the_same_facts(worker: dict[str, Any]) -> None:
    first = good({"worker": worker}).facts
    again = good({name: rewritten(value) for name, value in first.items()}).facts
    assert {k: as_data(v) for k, v in again.items()} == {k: as_data(v) for k, v in first.items()}


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | months | dates
names = st.sampled_from([
    "worker", "application", "firm", "history", "claims", "policy", "stays", "jobs", "id", "name", "month", "roster",
    "person", "measure", "key", "劳动者", "x", "",
])
wild = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5), max_leaves=20
)


@given(wild)
def test_no_data_makes_the_reader_fall(data: Any) -> None:
    problems: list[Problem] = []
    case = read_case(source(json.dumps(data)), BOOK, problems)
    assert (case is None) == bool(problems)
