"""One mistake in a good policy is one problem, found where it stands."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest

from interpreter.problems import Problem, Source
from interpreter.problems.render import render, render_all
from interpreter.rulebook.load import Changes, load
from interpreter.rulebook.reading import Mapping, Node, read_yaml
from tests.conftest import FULL
from tests.rulebook.policies import GOOD, codes, copied, loaded, parameter

POLICY, FACTS, PARAMETERS, DEFINITIONS = "policy.yaml", "facts.yaml", "parameters.yaml", "definitions.yaml"
LESSONS, COACHING, EAST = "measures/lessons.yaml", "measures/coaching.yaml", "authorities/east.yaml"
REPORT = "duties/report.yaml"
DISTRICTS, POOLS = "tables/districts.yaml", "tables/pools.yaml"

MISTAKES = [
    (POLICY, "policy: swimming", "policy: diving", "policy.folder"),
    (LESSONS, "measure: lessons", "measure: lesson", "name.file"),
    (POLICY, "from: 2021-01-01", "from: 2021-02-30", "value.day"),
    (POLICY, "places: 2", "places: two", "value.number"),
    (POLICY, "{from: 2021-01-01}", "{from: 2021-01-01, to: 2020-01-01}", "dates.order"),
    (POLICY, "is: child,", "is: chidl,", "claimant.fact"),
    (POLICY, "authority: club.home}", "authority: club.name}", "claimant.authorities"),
    (POLICY, "authority: club.home}", "authority: club.pupils}", "claimant.authority"),
    (POLICY, "order: [application.filed_on]", "order: [application]", "order.type"),
    (POLICY, "as_of: application.filed_on", "as_of: claims_until", "as_of.circle"),
    (POLICY, "measures: [coaching]", "measures: [coching]", "limit.measure"),
    (POLICY, "    grants: max_heads\n", "", "limit.no-ceiling"),
    (POLICY, "    grants: max_heads\n", "    grants: max_heads\n    amount: 900 CNY\n", "limit.ceilings"),
    (POLICY, "    grants: max_heads\n", "    grants: max_heads\n    over: cut\n", "limit.cut"),
    (POLICY, "    grants: max_heads\n", "    amount: 900 CNY\n    keep: highest\n", "limit.keep"),
    (POLICY, "    keep: highest\n", "    keep: highest\n    order: [application.filed_on]\n", "limit.keep"),
    (POLICY, "    grants: max_heads\n", "    grants: max_heads\n    order: [club]\n", "order.type"),
    (POLICY, "    grants: max_heads\n", "    amount: 9 person\n", "unit.wanted"),
    (POLICY, "bearers:\n  club:", "bearers:\n  group:", "duty.bearer"),
    (REPORT, "due: deadline", "due: club.code", "type.wanted"),
    (REPORT, "due: deadline", "due: deadline\namong: districts", "duty.among"),
    (REPORT, "    say: 已报告\n", "    otherwise: {refer: sports}\n", "duty.refer"),
    (REPORT, "duty: report", "duty: reports", "name.file"),
    (POLICY, "per: {club: club}", "per: {club: club.pupils}", "key.list"),
    (POLICY, "clause: 四", "clause: 六", "clause.unknown"),
    (FACTS, "stroke: {label: 泳姿, type: stroke}", "stroke: {label: 泳姿, type: strok}", "type.unknown"),
    (FACTS, "  pupil:\n", "  integer:\n    label: 数\n    choices: {a: 一}\n  pupil:\n", "name.reserved"),
    (FACTS, "breaststroke: 蛙泳", "breaststroke: 自由泳", "choice.label-twice"),
    (FACTS, "key: code", "key: cod", "field.unknown-key"),
    (FACTS, "type: date, ongoing: 至今", "type: text, ongoing: 至今", "field.ongoing"),
    (FACTS, "fee:    {label: 费用, type: money,", "fee:    {label: 费用, type: number,", "number.places"),
    (FACTS, "default: false", "default: 也许", "value.boolean"),
    (FACTS, "      home:    {label: 居住地, type: district}\n      l", "      born: {label: 生, type: date}\n"
     "      home:    {label: 居住地, type: district}\n      l", "field.twice"),
    (FACTS, "监护人, type: person}", "监护人, type: list of list of person}", "type.unknown"),
    (FACTS, "  application:\n", "  history:\n    label: 史\n    type: date\n  application:\n", "name.reserved"),
    (FACTS, "家庭年收入, type: money}", "家庭年收入, type: money, fields: {a: {label: 甲, type: date}}}", "fact.base"),
    (PARAMETERS, "value: 500 CNY", "value: 500 USD 元", "parameter.type"),
    (PARAMETERS, "value: 3 month,", "value: 9 month,", "parameter.beyond-bound"),
    (PARAMETERS, "at_most: 6 month", "at_most: max_heads", "unit.wanted"),
    (PARAMETERS, "unit: CNY/month", "unit: CNY per month", "unit.form"),
    (PARAMETERS, "value: [crawl, 蛙泳]", "value: [crawl, 蝶泳]", "value.choice"),
    (PARAMETERS, "value: 2025-12-31, ends: 2026-12-31", "value: 2025-12-31, ends: 2020-12-31", "dates.order"),
    (PARAMETERS, "value: 500 CNY", "value: 500 CNY, values: {2021-01-01: 500 CNY}", "parameter.both"),
    (PARAMETERS, "if_unset: review", "if_unset: refer", "schema.unset"),
    (PARAMETERS, "if_unset: review", "if_unset: {refer: sprots}", "scheme.unknown"),
    (PARAMETERS, "if_unset: review", "if_unset: value", "delegation.no-value"),
    (PARAMETERS, "  share: ", "  at_: {label: 甲}\n  share: ", "parameter.type"),
    (EAST, "max_heads: 10", "max_heads: 10 month", "value.no-unit"),
    (EAST, "4 month", "4 year", "value.unit"),
    (EAST, "  monthly: {2021-01-01: 20 CNY/month}\n", "rows:\n  pools: []\n", "overlay.unknown-table"),
    (DISTRICTS, "key: code", "key: cod", "table.unknown-column"),
    (DISTRICTS, "  W    |", "  E    |", "table.key-twice"),
    (DISTRICTS, "type: district\nkey: code\n", "type: district\n", "table.no-key"),
    (DISTRICTS, "  W    |", "       |", "table.empty-key"),
    (DISTRICTS, "code | 名称 |", "code | code |", "table.column-twice"),
    (DISTRICTS, "  W    | 西区", "  W | | 西区", "table.cells"),
    (DISTRICTS, "  size:     {", "  from: {label: 起, type: date}\n  size:     {", "table.own-column"),
    (DISTRICTS, "  size:     {", "  near: {label: 邻, type: district}\n  size:     {", "table.circle"),
    (POOLS, "pool:     {label: 泳池, type: text}", "pool:     {label: 泳池, type: lesson}", "table.record-column"),
    (POOLS, "clause: 二", "clause: 二\nhit: unique", "table.no-inputs"),
    (POOLS, "district: W", "district: S", "value.row"),
    (POOLS, "pool: 二号池", "pool: [二号池]", "value.not-one"),
    (DEFINITIONS, "    is: months_swum", "    is: child.name", "definition.unit"),
    (DEFINITIONS, "takes: {who: person}\n    may", "takes: {who: text}\n    may", "definition.provided-on"),
    (DEFINITIONS, "  swum:\n", "  at:\n    label: 数\n    is: 1\n  swum:\n", "name.reserved"),
    (DEFINITIONS, "refer: sports", "refer: sport", "scheme.unknown"),
    (LESSONS, "claimant: child", "claimant: chidl", "measure.claimant"),
    (LESSONS, "when: swum(child) >= min_months", "when: is known(income) and swum(child) >= min_months", "known.place"),
    (LESSONS, "when: income <= 100000", "when: income <= 100000 or is known(income)", "known.place"),
    (LESSONS, "when: income <= 100000", "when: not(is known(income))", "known.place"),
    (LESSONS, "pays: amount", "pays: if is known(income) then amount else amount", "known.place"),
    (DEFINITIONS, "when: who.name !=", "when: is known(who.name) and who.name !=", "known.place"),
    (LESSONS, "pays: amount\n", "", "measure.no-pays"),
    (LESSONS, "once_per: [child]", "once_per: [child, child]", "key.twice"),
    (LESSONS, "once_per: [child]", "once_per: [child.id + 1]", "key.name"),
    ("measures/pool_pass.yaml", "kind: entitlement\n", "kind: entitlement\npays: amount\n", "measure.entitlement-pays"),
    (COACHING, "pupil: club.pupils", "pupil: club.name", "measure.loop"),
    (COACHING, "once_per: [pupil.person]", "once_per: [pupil.person.guardian]", "field.unknown"),
]


@pytest.mark.parametrize(("file", "old", "new", "code"), MISTAKES, ids=[f"{m[3]}-{i}" for i, m in enumerate(MISTAKES)])
def test_one_mistake(file: str, old: str, new: str, code: str, tmp_path: Path) -> None:
    assert code in codes(copied(tmp_path, (file, old, new)))


@pytest.mark.parametrize("file", [POLICY, FACTS])
def test_a_missing_file(file: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / file).unlink()
    assert codes(folder)[0] == "file.missing"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert codes(tmp_path / "nothing") == ["folder.missing"]


def test_files_that_are_no_rules_are_noted(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "measures" / "new.yml").write_text("measure: new\n", encoding="utf-8")
    (folder / "README.md").write_text("…", encoding="utf-8")
    assert codes(folder, "note") == ["file.unknown"]


@pytest.mark.parametrize(("content", "code"), [
    (b"", "file.empty"), (b"# only a word\n", "file.empty"), (b"- a\n", "file.not-mapping"),
    (b"a: \xff\n", "yaml.encoding"),
])
def test_files_that_hold_nothing_useful(content: bytes, code: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / LESSONS).write_bytes(content)
    assert codes(folder)[0] == code


def test_warnings_do_not_stop(tmp_path: Path) -> None:
    folder = copied(
        tmp_path, (POLICY, "五: {title: 宣传, no_rule: 倡导}", "五: {title: 宣传}"),
        (POLICY, "四: {title: 衔接}", "四: {title: 衔接, no_rule: 无}"),
        (POOLS, "老东, pool: 一号池, from: 2022-01-01", "东区, pool: 一号池, from: 2022-02-01"),
        (DISTRICTS, "西区 | 甲市 |            |", "西区 | 甲市 | 老东       |"),
        (PARAMETERS, "    basis: 财政补贴就高不重复\n", ""),
    )
    book = loaded(folder)
    assert sorted(codes(folder, "warning")) == [
        "clause.cited", "clause.uncited", "parameter.no-basis", "table.gap", "table.word-twice",
    ]
    assert "老东" not in book.tables["districts"].words


def written(text: str) -> Mapping:
    """What a test of a policy may write under `with:`."""
    found = read_yaml(Source("test", text), [])
    assert isinstance(found, Mapping)
    return found


def value(text: str) -> Node:
    return written(f"it: {text}").entries[0].value


def test_trying_another_value() -> None:
    changes = Changes({"race_amount": value("{2021-06-01: 700 CNY}"), "deadline": value("2022-01-01")})
    problems: list[Problem] = []
    book = load(GOOD / "swimming", problems, changes=changes)
    assert book is None
    assert [problem.code for problem in problems if problem.severity == "error"] == ["dates.gap"]
    book = load(GOOD / "swimming", [], changes=Changes({"race_amount": value("700 CNY")}))
    assert book is not None
    assert parameter(book, "race_amount", date(2022, 1, 1)) == 700


def test_trying_another_table() -> None:
    rows = value("\n  - {district: W, pool: 三号池}")
    book = load(GOOD / "swimming", [], changes=Changes(tables={"pools": rows}))
    assert book is not None
    assert [row.fields["pool"] for row in book.tables["pools"].rows] == ["三号池"]


def test_trying_what_an_authority_sets_leaves_the_rest_of_it() -> None:
    tried = written("authority: 旧东\nsets: {min_months: 5 month}")
    book = load(GOOD / "swimming", [], changes=Changes(authorities={"旧东": tried}))
    assert book is not None
    east = book.tables["districts"].words["E"]
    assert parameter(book, "min_months", date(2022, 6, 1), east) == 5
    assert parameter(book, "max_heads", date(2022, 6, 1), east) == 10


@pytest.mark.parametrize(("changes", "code"), [
    (Changes({"amont": value("1 CNY")}), "change.parameter"), (Changes(tables={"pool": value("[]")}), "change.table"),
    (Changes(authorities={"E": written("authority: E\nsets: {amount: 1 CNY}")}), "overlay.not-delegated"),
    (Changes(authorities={"E": written("authority: E\nsets: {min_months: 7 month}")}), "overlay.beyond-bound"),
])
def test_what_cannot_be_tried(changes: Changes, code: str) -> None:
    problems: list[Problem] = []
    assert load(GOOD / "swimming", problems, changes=changes) is None
    assert code in [problem.code for problem in problems]


def test_two_files_of_one_authority(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    again = "authority: 老东\nbasis: 又\nsets: {max_heads: 9}\n"
    (folder / "authorities/again.yaml").write_text(again, encoding="utf-8")
    assert codes(folder) == ["overlay.twice"]


def test_deep_and_large_vocabularies(tmp_path: Path) -> None:
    def types(count: int, fields: int) -> str:
        return "types:\n" + "".join(
            f"  t{i}: {{label: t{i}, fields: {{"
            + ", ".join(f"f{j}: {{label: f, type: {f't{i + 1}' if i + 1 < count else 'date'}}}" for j in range(fields))
            + "}}\n" for i in range(count)
        )

    for number, (count, fields, code) in enumerate(((30, 1, "type.deep"), (10, 3, "type.large"))):
        folder = copied(tmp_path / str(number), (FACTS, "types:\n", types(count, fields)))
        assert code in codes(folder)


def test_a_folder_damaged_anywhere_is_problems_and_never_a_crash(tmp_path: Path) -> None:
    """Damage as people do it: a line lost or doubled, a character more or less, a word in the wrong place."""
    chance = random.Random(2021)
    folder = copied(tmp_path)
    files = sorted(folder.rglob("*.yaml"))
    words = sorted({word for file in files for word in re.findall(r"\w+|[^\w\s]", file.read_text(encoding="utf-8"))})
    for _ in range(2_000 if FULL else 60):
        file = chance.choice(files)
        whole = file.read_text(encoding="utf-8")
        file.write_text(_damaged(whole, words, chance), encoding="utf-8")
        problems: list[Problem] = []
        book = load(folder, problems)
        assert (book is None) == any(problem.severity == "error" for problem in problems)
        assert "Traceback" not in render_all(problems, "zh") + render_all(problems, "en")
        file.write_text(whole, encoding="utf-8")


def _damaged(text: str, words: list[str], chance: random.Random) -> str:
    lines, at = text.split("\n"), chance.randrange(len(text))
    match chance.randrange(5):
        case 0:
            lines.pop(chance.randrange(len(lines)))
        case 1:
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
        case 2:
            return text[:at] + text[at + 1 :]
        case 3:
            return text[:at] + chance.choice("{}[]:,|#\"'（，-0aé\t\n ") + text[at:]
        case _:
            found = chance.choice(list(re.finditer(r"\w+|[^\w\s]", text)))
            return text[: found.start()] + chance.choice(words) + text[found.end() :]
    return "\n".join(lines)


@pytest.mark.parametrize(("written", "meant"), [
    ("list<person>", "list of person"), ("list[person]", "list of person"), ("list(person)", "list of person"),
    ("person[]", "list of person"), ("list person", "list of person"), ("person list", "list of person"),
    ("string", "text"), ("bool", "boolean"), ("int", "integer"), ("decimal", "number"), ("persn", "person"),
])
def test_types_of_other_languages_are_named(written: str, meant: str, tmp_path: Path) -> None:
    problems: list[Problem] = []
    load(copied(tmp_path, (FACTS, "监护人, type: person}", f"监护人, type: '{written}'}}")), problems)
    found = next(problem for problem in problems if problem.code == "type.unknown")
    assert found.fields["guess"] == meant
    assert f"“{meant}”" in render(found, "zh")


def test_what_types_there_are_is_said_where_none_is_near(tmp_path: Path) -> None:
    problems: list[Problem] = []
    load(copied(tmp_path, (FACTS, "监护人, type: person}", "监护人, type: 'range<date>'}")), problems)
    found = next(problem for problem in problems if problem.code == "type.unknown")
    assert "list of 类型" in render(found, "zh")
    assert "date and time, integer" in render(found, "en").replace("\n        ", " ")
