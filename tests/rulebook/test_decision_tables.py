"""Tables that are called by their inputs: what they give, what is delegated of them, and every way to write them wrong.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.temporal import SECOND, Time
from interpreter.language.unknown import Unknown, Value
from interpreter.language.values import Record
from interpreter.problems.render import render_all
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.settled import Settled
from tests.rulebook.small_tables import PARAMETERS, ask, loaded, problems_of, written

TIERS = """\
inputs:
  heads: {label: 人数, type: integer, at_least: 0}
outputs:
  amount: {label: 标准, type: money}
rows: |
  heads    | amount
"""
TRADES = """\
inputs:
  trade: {label: 工种, type: text}
  level: {label: 等级, type: level}
outputs:
  amount: {label: 标准, type: money}
rows: |
  trade      | level   | amount | from       | to         | basis
"""


def unknown(value: Value) -> int:
    assert isinstance(value, Unknown)
    return value.causes


def setting(value: Value, name: str, book: Rulebook) -> None:
    assert [(cause.kind, cause.name) for cause in book.causes_of(unknown(value))] == [("setting", name)]


def test_rows_of_tests_and_words(tmp_path: Path) -> None:
    book = loaded(written(
        tmp_path,
        tiers=TIERS + "  < 20 | 2 * base\n  [20..50) | 300\n  >= 50, 49 | base + 0.5\n".replace(">= 50, 49", ">= 50"),
        trades=TRADES + "  电工, 焊工 | 中、高  | 1200 | 2022-01-01 | 2022-12-31 | 示例\n"
        "  not(电工, 焊工)  | not(low) | 500 CNY | | |\n  -          | 低      | 1     |  |  |\n",
    ))
    assert [ask(book, "tiers", n) for n in (0, 19, 20, 49, 50)] == [200, 200, 300, 300, Decimal("100.5")]
    assert ask(book, "tiers", 3, day=date(2022, 1, 1)) == 300
    assert ask(book, "trades", "焊工", "high", day=date(2022, 5, 1)) == 1200
    assert ask(book, "trades", "钳工", "middle") == 500
    assert ask(book, "trades", "电工", "low") == 1
    assert [c.kind for c in book.causes_of(unknown(ask(book, "trades", "电工", "high")))] == ["fault"]
    assert book.tables["tiers"].asked is not None
    assert book.tables["trades"].asked.text[0] == (  # type: ignore[union-attr]
        "电工, 焊工", "中、高", "1200", "2022-01-01", "2022-12-31"
    )


def test_days_months_and_truths(tmp_path: Path) -> None:
    book = loaded(written(tmp_path, when="""\
inputs:
  since: {label: 日期, type: date}
  first: {label: 首次, type: boolean}
outputs:
  month: {label: 月份, type: month}
  note:  {label: 说明, type: text}
  open:  {label: 可否, type: boolean}
rows:
  - {since: "< 2022-01-01", first: 是, month: 2022-01, note: 早, open: 否}
  - {since: "< 2022-01-01", first: false, month: 2022-02, open: base > 120}
  - {since: "[2022-01-01..2022-12-31]", first: "-", month: 2022-03, note: 中, open: true}
  - {since: 2023-01-01, first: "-", month: 2022-04, note: 晚, open: true}
default: {month: 2023-01, note: 无, open: false}
"""))
    early = ask(book, "when", date(2021, 5, 1), True)
    assert isinstance(early, Record)
    assert (str(early.get("month")), early.get("note"), early.get("open")) == ("2022-01", "早", False)
    silent = ask(book, "when", date(2021, 5, 1), False)
    assert silent.get("open") is False
    setting(silent.get("note"), "when.note", book)
    assert ask(book, "when", date(2022, 12, 31), True).get("note") == "中"
    assert ask(book, "when", date(2023, 1, 1), True).get("note") == "晚"
    assert ask(book, "when", date(2023, 1, 2), True).get("note") == "无"
    # one input unknown: what the rows share is known
    either = ask(book, "when", date(2022, 5, 1), Unknown(1))
    assert either.get("note") == "中"
    assert unknown(ask(book, "when", Unknown(1), True).get("note")) == 1


def test_definitions_call_tables_and_see_their_outputs(tmp_path: Path) -> None:
    folder = written(tmp_path, rates="""\
inputs:
  level: {label: 等级, type: level}
outputs:
  share: {label: 比例, type: number, places: 2}
  most:  {label: 上限, type: money}
rows: |
  level | share | most
  低    | 10%   | base
  中,高 | 0.2   | rate_cap(level)
""", rate_cap="""\
inputs:
  level: {label: 等级, type: level}
outputs:
  most: {label: 上限, type: money}
rows: |
  level | most
  low   | 10
  -     | 500
hit: first
""")
    (folder / "definitions.yaml").write_text(
        "definitions:\n  most: {label: 上限, takes: {of: level}, is: rates(of).most}\n", encoding="utf-8"
    )
    book = loaded(folder)
    assert ask(book, "most", "high") == 500
    assert ask(book, "most", "low") == 100


COLLECT = TIERS.replace("rows:", "default: {amount: 7}\nhit: collect %s\nrows:")
BANDS = "  >= 10 | 100\n  >= 20 | 200\n  >= 30 | 50\n"


@pytest.mark.parametrize(("hit", "of_25", "of_5"), [
    ("sum", 300, 7), ("min", 100, 7), ("max", 200, 7), ("count", 2, None), ("list", (100, 200), None),
])
def test_hit_policies_that_collect(tmp_path: Path, hit: str, of_25: Value, of_5: Value) -> None:
    text = COLLECT % hit if of_5 else (COLLECT % hit).replace("default: {amount: 7}\n", "")
    book = loaded(written(tmp_path, bands=text + BANDS))
    assert ask(book, "bands", 25) == of_25
    none = ask(book, "bands", 5)
    assert none == of_5 if of_5 else [c.kind for c in book.causes_of(unknown(none))] == ["fault"]


def test_nothing_collected_is_what_the_default_says(tmp_path: Path) -> None:
    def bands(to: str, hit: str, default: str) -> Rulebook:
        text = TIERS.replace("rows:", f"default: {default}\nhit: {hit}\nrows:")
        return loaded(written(tmp_path / to, bands=text + BANDS))

    assert ask(bands("count", "collect count", "{amount: 0}"), "bands", 5) == 0
    assert ask(bands("list", "collect list", "[]"), "bands", 5) == ()
    assert ask(bands("one", "rule order", "{amount: 7}"), "bands", 5) == (7,)


GRADES = """\
inputs:
  heads: {label: 人数, type: integer, at_least: 0}
outputs:
  grade:  {label: 档次, type: level}
  amount: {label: 标准, type: money}
%s
rows: |
  heads | grade | amount
  < 30  | 中    | 200
  < 40  | 低    | 100
  >= 20 | 高    | 300
  < 10  | 高    | 300
"""


def grades(value: Value) -> list[tuple[str, Value]]:
    return [(record.get("grade"), record.get("amount")) for record in value]


def test_what_comes_first_by_its_output(tmp_path: Path) -> None:
    """The words of a choice in their order, or as `priority` has them; several rows of several outputs are records."""
    book = loaded(written(
        tmp_path, first=GRADES % "hit: priority", rules=GRADES % "hit: rule order",
        sorted=GRADES % "hit: output order\npriority: {grade: [高, 低, 中]}",
    ))
    found = [ask(book, "first", heads) for heads in (15, 25, 45)]
    assert [(one.get("grade"), one.get("amount")) for one in found] == [("low", 100), ("low", 100), ("high", 300)]
    assert grades(ask(book, "rules", 25)) == [("middle", 200), ("low", 100), ("high", 300)]
    assert grades(ask(book, "sorted", 25)) == [("high", 300), ("low", 100), ("middle", 200)]
    assert grades(ask(book, "sorted", 5)) == [("high", 300), ("low", 100), ("middle", 200)]
    known = ask(book, "first", Unknown(1))
    assert (unknown(known.get("grade")), unknown(known.get("amount"))) == (1, 1)


def test_records_of_a_table_work_in_expressions(tmp_path: Path) -> None:
    folder = written(tmp_path, rules=GRADES % "hit: rule order")
    (folder / "definitions.yaml").write_text(
        "definitions:\n"
        "  most: {label: 最多, takes: {n: integer}, is: 'max(rules(n).amount)'}\n"
        "  high: {label: 高档, takes: {n: integer}, is: 'count(rules(n)[grade = \"high\"])'}\n", encoding="utf-8",
    )
    book = loaded(folder)
    assert [ask(book, "most", heads) for heads in (15, 25)] == [200, 300]
    assert [ask(book, "high", heads) for heads in (15, 25)] == [0, 1]
    doubtful = ask(book, "high", Unknown(1))
    assert (doubtful.low, doubtful.high) == (0, 2)


@given(st.data())
def test_what_is_known_to_come_first_does_so_in_every_completion(data: st.DataObject) -> None:
    cells, grades = st.sampled_from(["-", "< 3", ">= 2", "1, 4", "not(2)"]), st.sampled_from("低中高")
    drawn = data.draw(st.lists(st.tuples(cells, grades), min_size=1, max_size=4))
    rows = [f"  {cell} | {grade} | 1\n" for cell, grade in drawn]
    with TemporaryDirectory() as folder:
        head = (GRADES % "hit: priority\ndefault: {grade: 低, amount: 1}").partition("  < 30")[0]
        book = loaded(written(Path(folder), first=head + "".join(rows)))
    outcomes = {ask(book, "first", heads).get("grade") for heads in range(6)}
    found = ask(book, "first", Unknown(1)).get("grade")
    assert isinstance(found, Unknown) or outcomes == {found}


@pytest.mark.parametrize(("hit", "rows", "never"), [
    ("first", "  < 40 | 1\n  [10..30) | 2\n  - | 3\n  >= 50 | 4\n", [2, 4]),
    ("first", "  < 20 | 1\n  >= 20 | 2\n  - | 3\n", [3]),
    ("first", "  < small | 1\n  < 20 | 2\n  - | 3\n", [2]),
    ("first", "  < 20 | 1\n  < 30 | 2\n", []),
    ("priority\npriority: [2 CNY, 1 CNY]", "  < 20 | 1\n  < 30 | 2\n", [1]),
])
def test_rows_that_never_apply_are_told(tmp_path: Path, hit: str, rows: str, never: list[int]) -> None:
    found = problems_of(written(tmp_path, tiers=TIERS.replace("rows:", f"hit: {hit}\nrows:") + rows))
    told = [p for p in found if p.code == "table.row-never"]
    assert [(p.fields["row"], p.severity) for p in told] == [(row, "warning") for row in never]


def test_units_in_cells_are_those_of_the_column(tmp_path: Path) -> None:
    text = TIERS.replace("type: integer,", "type: integer, unit: month,")
    book = loaded(written(tmp_path / "a", tiers=text + "  < 3 month | 1\n  [3 month..6 month) | 2\n  >= 6 | 3\n"))
    assert [ask(book, "tiers", months) for months in (2, 3, 6)] == [1, 2, 3]
    found = problems_of(written(tmp_path / "b", tiers=text + "  < 3 year | 1\n  >= 3 | 2\n"))
    assert [(p.code, p.where.column, p.where.end - p.where.start) for p in found if p.where] == [("value.unit", 7, 4)]
    found = problems_of(written(tmp_path / "c", tiers=TIERS + "  < 3 month | 1\n  >= 3 | 2\n"))
    assert [p.code for p in found] == ["value.no-unit"]


def test_a_condition_on_the_input(tmp_path: Path) -> None:
    """`?` is the input; a condition that comes to comparisons is held against the other rows, another goes by order."""
    plain = "  ? in [0..3] and ? != 2 | 1\n  2 | 2\n  not(? <= 3) | 3\n"
    assert said(written(tmp_path / "plain", tiers=TIERS + plain)) == []
    book = loaded(written(tmp_path / "book", tiers=TIERS + plain))
    assert [ask(book, "tiers", n) for n in (0, 2, 3, 4)] == [1, 2, 1, 3]
    meets = TIERS + "  ? = 2 or ? > 5 | 1\n  [3..6] | 2\n  < 2 | 3\n"
    assert [line[:4] for line in said(written(tmp_path / "meets", tiers=meets))] == [
        ("table.rows-overlap", "error", 11, "人数 6")
    ]
    other = TIERS + "  ? * 2 > 10 | 1\n  - | 2\n"
    assert [line[:3] for line in said(written(tmp_path / "other", tiers=other))] == [("cell.not-proved", "note", 10)]
    book = loaded(written(tmp_path / "order", tiers=other))
    assert [ask(book, "tiers", n) for n in (5, 6)] == [2, 1]
    wrong = problems_of(written(tmp_path / "wrong", tiers=TIERS + "  ? * 2 | 1\n"))
    assert [(p.code, p.where.column) for p in wrong if p.where] == [("cell.asked", 3)]


def said(folder: Path) -> list[tuple[Value, ...]]:
    """Code, severity, line, and the case and region in Chinese, of every problem."""
    return [
        (p.code, p.severity, 0 if p.where is None else p.where.line, *(
            getattr(p.fields.get(key, ""), "zh", "") for key in ("case", "region")
        )) for p in problems_of(folder)
    ]


def test_twenty_or_fewer_twenty_to_fifty_fifty_or_more(tmp_path: Path) -> None:
    folder = written(tmp_path, tiers=TIERS + "  <= 20 | 1\n  [20..50] | 2\n  >= 50 | 3\n")
    assert said(folder) == [
        ("table.rows-overlap", "error", 11, "人数 20", "人数 20"),
        ("table.rows-overlap", "error", 12, "人数 50", "人数 50"),
    ]
    assert "人数 20：第 1 行与第 2 行都适用" in render_all(problems_of(folder), "zh")


@pytest.mark.parametrize(("rows", "expected"), [
    ("  < 20 | 1\n  > 20 | 2\n", [("table.rows-gap", "warning", 8, "人数 20", "人数 20")]),
    ("  [0..20) | 1\n  (30..40] | 2\n", [
        ("table.rows-gap", "warning", 8, "人数 20", "人数 20 至 30、41 以上"),
    ]),
    ("  >= small | 1\n  <= small | 2\n", [("table.rows-overlap", "error", 11, "2021-01-01 人数 20", "人数 20")]),
    ("  >= 0 | 1\n", []),
    ("  - | 1\n", []),
    ("  != 3 | 1\n  3 | 2\n", []),
    ("  not(3, [7..9]) | 1\n  3 | 2\n", [("table.rows-gap", "warning", 8, "人数 7", "人数 7 至 9")]),
    ("  [5..2] | 1\n  - | 2\n", [("cell.never", "error", 10, "", "")]),
])
def test_overlaps_and_gaps_of_a_number(tmp_path: Path, rows: str, expected: list[Value]) -> None:
    assert said(written(tmp_path, tiers=TIERS + rows)) == expected


@pytest.mark.parametrize(("rows", "expected"), [
    # words that no row names are one piece of their own
    ("  电工 | - | 1 | | |\n  not(焊工) | 低 | 2 | | |\n",
     [("table.rows-gap", "warning", 9, "工种 焊工", "工种 焊工"),
      ("table.rows-gap", "warning", 9, "工种 其他，等级 中", "工种 其他，等级 中、高"),
      ("table.rows-overlap", "error", 12, "工种 电工，等级 低", "工种 电工，等级 低")]),
    ("  not(电工) | 低, 中 | 1 | | |\n  not(焊工) | 中, 高 | 2 | | |\n",
     [("table.rows-gap", "warning", 9, "工种 电工，等级 低", "工种 电工，等级 低"),
      ("table.rows-gap", "warning", 9, "工种 焊工，等级 高", "工种 焊工，等级 高"),
      ("table.rows-overlap", "error", 12, "工种 其他，等级 中", "工种 其他，等级 中")]),
    # a text that no row names is no gap unless some row takes any other
    ("  电工 | - | 1 | | |\n  焊工 | 低, 中 | 2 | | |\n",
     [("table.rows-gap", "warning", 9, "工种 焊工，等级 高", "工种 焊工，等级 高")]),
    ("  电工 | - | 1 | | 2021-12-31 |\n  电工 | - | 2 | 2022-03-01 | 2022-12-31 |\n",
     [("table.rows-gap", "warning", 9, "日期 2022-01-01", "日期 2022-01-01 至 2022-02-28")]),
    ("  电工 | - | 1 | | 2021-12-31 |\n  电工 | 低 | 2 | 2021-12-31 | |\n",
     [("table.rows-overlap", "error", 12, *["工种 电工，等级 低，日期 2021-12-31"] * 2)]),
    ("  电工 | - | 1 | | 2021-12-31 |\n  电工 | 低 | 2 | 2022-01-01 | |\n", []),
])
def test_overlaps_of_words_and_days(tmp_path: Path, rows: str, expected: list[Value]) -> None:
    assert said(written(tmp_path, trades=TRADES + rows)) == expected


def test_rows_that_say_the_same_may_meet_under_any(tmp_path: Path) -> None:
    text = TIERS.replace("rows:", "hit: any\nrows:")
    assert said(written(tmp_path / "same", tiers=text + "  <= 20 | 1\n  >= 20 | 1\n")) == []
    found = said(written(tmp_path / "other", tiers=text + "  <= 20 | 1\n  >= 20 | 2\n"))
    assert found == [("table.rows-differ", "error", 12, "人数 20", "人数 20")]


def test_a_tier_that_an_authority_moves_is_looked_at_with_its_value(tmp_path: Path) -> None:
    folder = written(
        tmp_path, tiers=TIERS + "  < small | 1\n  [20..50) | 2\n  >= 50 | 3\n",
        authorities={"甲县": "sets: {small: 30}\n"},
    )
    assert said(folder) == [
        ("table.rows-overlap", "error", 11, "2021-01-01 人数 20", "人数 20 至 29"),
    ]


def test_a_table_too_large_to_look_at_goes_by_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interpreter.rulebook.regions.MOST", 3)
    folder = written(tmp_path, tiers=TIERS + "  < 40 | 1\n  < 50 | 2\n  >= 30 | 3\n")
    assert [(p.code, p.severity) for p in problems_of(folder)] == [("table.not-looked-at", "note")]
    assert ask(loaded(folder), "tiers", 35) == 1


DELEGATED = TRADES.replace("rows: |", "delegated: {to: authority, at_most: ceiling(level)}\nrows: |")
CEILING = """\
inputs:
  level: {label: 等级, type: level}
outputs:
  most: {label: 上限, type: money}
rows: |
  level | most | from       | to
  低    | 1000 |            |
  中    | 1500 |            | 2022-12-31
  中    | 1700 | 2023-01-01 |
"""
HEAD = "    trade | level | amount | from | to\n"


def catalogue(to: Path, rows: str, own: str = "") -> Path:
    return written(
        to, catalogue=DELEGATED + own, ceiling=CEILING,
        authorities={"甲县": "rows:\n  catalogue: |\n" + HEAD + rows, "乙县": "sets: {small: 10}\n"},
    )


def test_rows_of_an_authority(tmp_path: Path) -> None:
    book = loaded(catalogue(tmp_path, "    电工 | 中 | 1200 | 2022-01-01 |\n    电工, 焊工 | 低 | 900 | |\n"))
    day = date(2022, 6, 1)
    assert ask(book, "catalogue", "电工", "middle", day=day, authority="甲县") == 1200
    # known but silent, and no such row, are the office's; an unknown authority is asked for
    setting(ask(book, "catalogue", "电工", "middle", day=day, authority="乙县"), "catalogue", book)
    setting(ask(book, "catalogue", "钳工", "middle", day=day, authority="甲县"), "catalogue", book)
    setting(ask(book, "catalogue", "电工", "middle", authority="甲县"), "catalogue", book)
    asked = unknown(ask(book, "catalogue", "电工", "middle", day=day, authority=Unknown(1 << 60)))
    assert asked >> 60 & 1
    assert book.overlays["甲县"].rows == (("catalogue", (
        ("电工", "中", "1200", "2022-01-01", ""), ("电工, 焊工", "低", "900", "", ""),
    )),)


def test_the_notice_answers_where_an_authority_is_silent_unless_it_must_set(tmp_path: Path) -> None:
    rows, own = "    电工 | 中 | 1200 | |\n", "  电工 | 低, 中 | 800 | | |\n"
    book = loaded(catalogue(tmp_path / "value", rows, own))
    assert ask(book, "catalogue", "电工", "middle", authority="甲县") == 1200
    assert ask(book, "catalogue", "电工", "low", authority="甲县") == 800
    assert unknown(ask(book, "catalogue", "电工", "middle", authority=Unknown(1))) & 1
    must = written(
        tmp_path / "review", catalogue=DELEGATED.replace("at_most", "if_unset: review, at_most") + own, ceiling=CEILING
    )
    setting(ask(loaded(must), "catalogue", "电工", "low", authority="甲县"), "catalogue", loaded(must))


@pytest.mark.parametrize(("row", "code"), [
    ("电工 | 中 | 1501 | | 2022-12-31", "overlay.beyond-bound"),
    ("电工 | 中 | 1501 | | ", "overlay.beyond-bound"),
    ("电工 | 中 | 1501 | 2023-01-01 |", None),
    ("电工 | 中 | 16 * base | |", "overlay.beyond-bound"),
    ("电工 | 中 | 10 * base | |", None),
    ("电工 | 低, 中 | 1200 | |", "overlay.beyond-bound"),
    ("- | 低 | 1000 | |", None),
    ("电工 | 高 | 1 | |", "delegation.no-bound"),
    ("电工 | - | 1 | |", "delegation.no-bound"),
])
def test_rows_are_held_against_the_ceiling(tmp_path: Path, row: str, code: str | None) -> None:
    folder = catalogue(tmp_path, f"    {row}\n")
    assert [p.code for p in problems_of(folder) if p.severity == "error"] == ([code] if code else [])


def test_the_ceiling_and_the_clause_are_named(tmp_path: Path) -> None:
    text = render_all(problems_of(catalogue(tmp_path, "    电工 | 中 | 1800 | |\n")), "en")
    assert "the value 1800 of '表' is above the ceiling(level) (CNY 1,500.00) that is" in text
    assert "by clause 一" in text


def test_a_ceiling_over_a_range_cannot_be_looked_up(tmp_path: Path) -> None:
    table = TIERS.replace("rows: |", "delegated: {to: authority, at_most: heads * 10 CNY}\nrows: |")
    table = table.replace("heads * 10 CNY", "heads * base")
    folder = written(tmp_path, tiers=table, authorities={
        "甲县": "rows:\n  tiers: |\n    heads | amount\n    < 5 | 10\n    7 | 700\n    8 | 801\n",
    })
    found = [(p.code, p.where.line if p.where else 0) for p in problems_of(folder)]
    assert found == [("delegation.many-cases", 6), ("overlay.beyond-bound", 8)]


def test_bounds_of_parameters_are_expressions(tmp_path: Path) -> None:
    def folder(to: str, value: str) -> Path:
        rate = "  rate: {label: 标准, value: 100 CNY, delegated: {to: authority, at_most: 2 * base}}\n"
        return written(tmp_path / to, PARAMETERS + rate, {"甲县": f"sets: {{rate: {value}}}\n"})

    assert problems_of(folder("good", "200 CNY")) == []
    found = problems_of(folder("bad", "250 CNY"))
    assert [(p.code, str(p.fields["day"])) for p in found] == [("overlay.beyond-bound", "2021-01-01")]
    assert problems_of(folder("later", "{2022-01-01: 250 CNY}")) == []


def test_parameters_of_other_parameters(tmp_path: Path) -> None:
    parameters = PARAMETERS + (
        "  double: {label: 两倍, value: 2 * base}\n"
        "  later: {label: 以后, type: money, values: {2021-01-01: double, 2023-01-01: double + 1}}\n"
        "  few: {label: 少, value: small - 1}\n"
    )
    book = loaded(written(tmp_path, parameters, {"甲县": "sets: {small: 30}\n"}))

    def read(name: str, day: date, authority: Value = None) -> Value:
        return Settled(book.parameters, {}, 0).value(book.parameters[name].core, day, authority, {})

    assert [read("later", date(year, 1, 1)) for year in (2021, 2022, 2023)] == [200, 300, 301]
    assert [read("few", date(2021, 1, 1), who) for who in ("甲县", "乙县")] == [29, 19]
    assert book.parameters["double"].type == book.money_type


@pytest.mark.parametrize(("line", "codes"), [
    ("a: {label: 甲, value: 2 * b}\n  b: {label: 乙, value: a + 1}", ["parameter.circle"]),
    ("a: {label: 甲, type: integer, value: 2 * smal}", ["name.unknown"]),
    ("a: {label: 甲, value: 2 * smal}", ["name.unknown"]),
    ("a: {label: 甲, value: base / 3}", ["parameter.type"]),
    ("a: {label: 甲, type: integer, value: base}", ["unit.wanted"]),
    ("a: {label: 甲, type: integer, value: 10-20}", ["value.number"]),
    ("a: {label: 甲, value: firm.name}", ["name.unknown"]),
])
def test_parameters_that_cannot_be_worked_out(tmp_path: Path, line: str, codes: list[str]) -> None:
    assert [p.code for p in problems_of(written(tmp_path, PARAMETERS + f"  {line}\n"))] == codes


BAD_HEADS = [
    ("rows: |", "hit: priority\nrows: |", "table.no-priority"),
    ("rows: |", "priority: [1]\nrows: |", "table.priority-only"),
    ("rows: |", "hit: priority\npriority: [2 CNY, 3 CNY]\nrows: |", "table.priority-value"),
    ("rows: |", "hit: output order\npriority: {amuont: [1 CNY]}\nrows: |", "table.unknown-column"),
    ("rows: |", "hit: collect sum\ndefault: []\nrows: |", "table.default-list"),
    ("rows: |", "hit: rule order\ndelegated: {to: authority}\nrows: |", "table.collect-delegated"),
    ("rows: |", "columns: {a: {label: 甲, type: text}}\nrows: |", "table.with-inputs"),
    ("outputs:\n  amount: {label: 标准, type: money}\n", "", "table.no-outputs"),
    ("rows: |", "hit: uniqe\nrows: |", "table.hit"),
    ("type: integer, at_least: 0", "type: firm", "table.record-column"),
    ("type: integer, at_least: 0", "type: list of text", "table.record-column"),
    ("heads: {label", "from: {label", "table.own-column"),
    ("heads: {label", "item: {label", "name.reserved"),
    ("  amount: {label", "  heads: {label", "table.column-twice"),
    ("rows: |", "hit: collect sum\ndelegated: {to: authority}\nrows: |", "table.collect-delegated"),
    ("type: money}", "type: text}\nhit: collect sum", "table.collect-type"),
    ("type: money}", "type: money}\n  more: {label: 又, type: money}\nhit: collect max", "table.collect-one"),
    ("rows: |", "default: {amuont: 0}\nrows: |", "table.unknown-column"),
    ("rows: |", "default: {amount: 一}\nrows: |", "name.unknown"),
    ("type: money}", "type: money}\n  more: {label: 又, type: money}\ndelegated: {to: authority, at_most: 1 CNY}",
     "delegation.one-output"),
    ("rows: |", "delegated: {to: authority, if_unset: refer}\nrows: |", "schema.unset"),
]


@pytest.mark.parametrize(("old", "new", "code"), BAD_HEADS, ids=[code for _, _, code in BAD_HEADS])
def test_heads_written_wrong(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in TIERS
    text = (TIERS + "  -      | 1\n").replace(old, new)
    assert code in [p.code for p in problems_of(written(tmp_path, tiers=text))]


@pytest.mark.parametrize(("row", "code", "column"), [
    ("         | 1", "cell.empty-input", 10), ("  20..50 | 1", "cell.range", 3), ("  20-50 | 1", "cell.range", 3),
    ("  < 1,5 ,> smal | 1", "name.unknown", 12), ("  < 2021-01-01 | 1", "type.compare", 3),
    ("  - | 1 USD", "value.unit", 7), ("  - | 2 * bas", "name.unknown", 11), ("  - | 1.005", "value.places", 7),
    ("  - | heads", "unit.wanted", 7), ("  - | 1 | 2", "table.cells", 3), ('  "甲" | 1', "type.compare", 3),
])
def test_cells_written_wrong(tmp_path: Path, row: str, code: str, column: int) -> None:
    found = problems_of(written(tmp_path, tiers=TIERS + row + "\n"))
    assert [(p.code, p.where.line, p.where.column) for p in found if p.where] == [(code, 10, column)]


@pytest.mark.parametrize(("row", "code", "column"), [
    ("  电工 | 髙 | 1 | | |", "value.choice", 8), ("  >= 5 | - | 1 | | |", "cell.test-of-words", 3),
    ('  "电工" | - | 1 | | |', "cell.quoted", 3), ("  not() | - | 1 | | |", "cell.empty", 3),
    ("  - | - | 1 | 2021-02-30 | |", "value.day", 15), ("  - | - | 1 | 2022-01-01 | 2021-01-01 |", "dates.order", 3),
])
def test_cells_of_words_written_wrong(tmp_path: Path, row: str, code: str, column: int) -> None:
    found = problems_of(written(tmp_path, trades=TRADES + row + "\n"))
    assert [(p.code, p.where.line, p.where.column) for p in found if p.where] == [(code, 11, column)]


def test_rows_as_a_list(tmp_path: Path) -> None:
    head = TIERS.partition("rows:")[0]
    rows = 'rows:\n  - {heads: "[0..5)", amount: 1}\n  - {heads: ">= 5", 标准: 2}\n'
    book = loaded(written(tmp_path / "a", tiers=head + rows))
    assert [ask(book, "tiers", n) for n in (4, 5)] == [1, 2]
    wrong = head + "rows:\n  - {heads: [0..5], amount: 1}\n  - {amount: 2}\n  - {amount: 3}\n"
    found = problems_of(written(tmp_path / "b", tiers=wrong))
    assert [p.code for p in found] == ["cell.brackets", "table.missing-column"]


def test_tables_in_a_circle(tmp_path: Path) -> None:
    one = TIERS + "  - | %s(heads)\n"
    found = problems_of(written(tmp_path, one=one % "two", two=one % "one"))
    assert [(p.code, p.fields["circle"]) for p in found] == [("table.circle", "one → two → one")]


def test_inputs_are_wanted_where_a_table_is_called(tmp_path: Path) -> None:
    folder = written(tmp_path, tiers=TIERS + "  - | 1\n")
    (folder / "definitions.yaml").write_text(
        "definitions:\n  a: {label: 甲, is: 'tiers(\"x\")'}\n  b: {label: 乙, is: tiers}\n"
        "  c: {label: 丙, is: 'tires(1)'}\n",
        encoding="utf-8",
    )
    assert [p.code for p in problems_of(folder)] == ["type.wanted", "name.needs-arguments", "name.unknown"]


LEVELS = ["low", "middle", "high"]
WORDS = {"low": "低", "middle": "中", "high": "高"}


@given(st.data())
def test_a_table_without_gaps_knows_all_that_can_be_known(data: st.DataObject) -> None:
    """Rows that part all cases between them: what is given with some inputs unknown is what every completion gives."""
    cuts = sorted(data.draw(st.sets(st.integers(1, 9), max_size=3)))
    ends = [*zip([0, *cuts], [*cuts, None], strict=True)]
    rows = []
    for low, high in ends:
        heads = f"< {high}" if low == 0 and high else "-" if high is None and low == 0 else (
            f"[{low}..{high})" if high else f">= {low}"
        )
        split = data.draw(st.sets(st.sampled_from(LEVELS), min_size=1, max_size=2))
        words = "、".join(WORDS[level] for level in LEVELS if level in split)
        rows.append(f"  {heads} | {words} | {data.draw(st.integers(1, 2))}\n")
        rows.append(f"  {heads} | not({words}) | {data.draw(st.integers(1, 2))}\n")
    head = TIERS.replace("outputs:", "  level: {label: 等级, type: level}\noutputs:")
    with TemporaryDirectory() as folder:
        book = loaded(written(Path(folder), tiers=head.replace("heads    |", "heads | level |") + "".join(rows)))
    heads_given = data.draw(st.sampled_from([None, *range(11)]))
    level_given = data.draw(st.sampled_from([None, *LEVELS]))
    outcomes = {
        ask(book, "tiers", heads, level)
        for heads in (range(11) if heads_given is None else [heads_given])
        for level in (LEVELS if level_given is None else [level_given])
    }
    found = ask(
        book, "tiers", Unknown(1) if heads_given is None else heads_given,
        Unknown(2) if level_given is None else level_given,
    )
    assert isinstance(found, Unknown) == (len(outcomes) > 1)
    assert isinstance(found, Unknown) or outcomes == {found}


SHIFTS = """\
inputs:
  begins: {label: 上班时刻, type: time}
outputs:
  amount: {label: 标准, type: money}
rows: |
  begins                        | amount
"""


@pytest.mark.parametrize(("hour", "minute", "amount"), [(5, 59, 30), (6, 0, 10), (21, 59, 10), (22, 0, 30)])
def test_a_table_may_ask_for_a_time(tmp_path: Path, hour: int, minute: int, amount: int) -> None:
    rows = '  < @"06:00:00"   | 30\n  [@"06:00:00"..@"22:00:00") | 10\n  >= @"22:00:00" | 30\n'
    book = loaded(written(tmp_path, shifts=SHIFTS + rows))
    assert ask(book, "shifts", Time((hour * 60 + minute) * 60 * SECOND)) == amount


@pytest.mark.parametrize(("rows", "code", "said"), [
    ('  < @"06:00:00" | 30\n  > @"07:30:00" | 10\n', "table.rows-gap", "06:00 至 07:30"),
    ('  < @"06:00:00" | 30\n  >= @"07:30:00" | 10\n', "table.rows-gap", "06:00 至 07:30 以前"),
    ('  >= @"07:30:00" | 10\n', "table.rows-gap", "07:30 以前"),
    ('  < @"22:00:00" | 10\n', "table.rows-gap", "22:00 以上"),
    ('  < @"08:00:00" | 30\n  >= @"07:30:00" | 10\n', "table.rows-overlap", "07:30 至 08:00 以前"),
])
def test_what_rows_of_times_leave_out_or_share(tmp_path: Path, rows: str, code: str, said: str) -> None:
    found = next(p for p in problems_of(written(tmp_path, shifts=SHIFTS + rows)) if p.code == code)
    assert said in str(found.fields["region"].to("zh"))  # type: ignore[attr-defined]
