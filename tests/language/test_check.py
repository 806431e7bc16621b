"""The checker: what every mistake is called and where it is marked; units, choices, filters and bare literals."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter.language.expression import Expression
from interpreter.language.read import read_amount, read_expression, read_holes
from interpreter.language.scope import FactName
from interpreter.language.types import (
    BOOLEAN,
    BROKEN,
    DATE,
    INTEGER,
    TEXT,
    List,
    Number,
    Ratio,
    Type,
    say_type,
)
from interpreter.language.units import ONE, Unit
from interpreter.problems import Fragment, Language, Problem
from interpreter.problems.messages.language import MESSAGES
from interpreter.problems.render import render
from tests.language.small import COLOUR, FACTS, LEVEL, MONEY, MONTHS, PERSON, Small

GOLDEN = Path(__file__).parent / "golden"

MISTAKES: list[tuple[str, str, str]] = [
    ("", "syntax.empty", ""), ("+".join("1" * 20_000), "syntax.long", "1"), ("(" * 70 + "1", "syntax.deep", "("),
    ("1 +", "syntax.unfinished", "+"), ("n == 1", "syntax.elsewhere", "=="), ("min(n，1)", "syntax.full-width", "，"),
    ("n\u3000= 1", "syntax.space", "\u3000"), ('word = "a', "syntax.quote", '"a'), ("n m", "syntax.unexpected", "m"),
    ("n >= 3 month", "syntax.unit", "3 month"), ("1 < n < 3", "syntax.chain", "<"),
    (f"{'9' * 35} = n", "literal.digits", "9" * 35), ("n < 1e40", "literal.digits", "1e40"),
    ('day < @"2021-02-30"', "literal.date", '@"2021-02-30"'),
    ('@"2021-13" = month_paid', "literal.month", '@"2021-13"'),
    ('@"17:00" < @"17:30:00"', "literal.time", '@"17:00"'),
    ('time("24:00:00").hour', "literal.time", 'time("24:00:00")'),
    ('@"2021-03-01T25:00:00".day', "literal.time", '@"2021-03-01T25:00:00"'),
    ('@"9999-12-31T24:00:00".day', "literal.date", '@"9999-12-31T24:00:00"'),
    ('@"17:00:00+19:00".hour', "literal.zone", '@"17:00:00+19:00"'),
    ('@"17:00:00@Europe/Pairs".hour', "literal.zone", '@"17:00:00@Europe/Pairs"'),
    ('@"17:00:00Z".hour', "literal.local", '@"17:00:00Z"'),
    ('day + @"P1000000000D"', "literal.long", '@"P1000000000D"'),
    (f'day + @"P{"9" * 40}M"', "literal.long", f'@"P{"9" * 40}M"'),
    ('age(day, day) * @"P1M"', "unit.span", 'age(day, day) * @"P1M"'),
    ('date and time("2021-03-01").hour', "type.wanted", '"2021-03-01"'),
    ('@"03/01"', "literal.at", '@"03/01"'), ('@"２０２１-０１-０１"', "literal.at", '@"２０２１-０１-０１"'),
    ('date("03/01")', "literal.at", 'date("03/01")'), (r'word = "a\q"', "literal.escape", r"\q"),
    (r'word = "\ud800"', "literal.escape", r'"\ud800"'),
    ("wage > 1", "name.unknown", "wage"), ("worker.wage > bonus", "name.unknown", "bonus"),
    ("fo(n)", "name.unknown", "fo"),
    ("numbers[x > 1]", "name.unknown", "x"), ("some x in numbers satisfies y", "name.unknown", "y"),
    ("twice > 1", "name.needs-arguments", "twice"), ("count > 1", "name.needs-arguments", "count"),
    ("worker(1)", "name.not-callable", "worker(1)"), ("fee(day)", "name.not-callable", "fee(day)"),
    ("some n in numbers satisfies n > 1", "name.shadows", "n in numbers"),
    ("twice(1, 2)", "call.arity", "twice(1, 2)"), ("count()", "call.arity", "count()"),
    ("at(rates)", "call.arity", "at(rates)"),
    ("date(word)", "call.written-out", "word"), ("duration(word)", "call.written-out", "word"),
    ("at(day, day)", "call.at", "day"), ("at(1, day)", "call.at", "1"),
    ("worker.wages > 1", "field.unknown", "wages"), ("roster.工资", "field.unknown", "工资"),
    ("n.year", "field.none", "year"), ("roster.parts.a", "field.none", "a"),
    ("day.week", "field.property", "week"), ("month_paid.day", "field.property", "day"),
    ("[1..2].first", "field.property", "first"),
    ("worker.total", "field.provided", "total"), ("roster[total > 1]", "field.provided", "total"),
    ("roster[item.employer = employer]", "filter.ambiguous", "employer"),
    ('roster[level = "low"]', "filter.ambiguous", "level"),
    ('firms[name = "a"]', "filter.ambiguous", "name"),
    ("roster[count(roster[wage > 1]) > 1]", "filter.ambiguous", "wage"),
    ('n = "1"', "type.compare", 'n = "1"'), ("day < n", "type.compare", "day < n"),
    ("level = colour", "type.compare", "level = colour"),
    ("numbers = months", "type.compare", "numbers = months"), ("numbers = n", "type.compare", "numbers = n"),
    ("{a: 1} = {b: 1}", "type.compare", "{a: 1} = {b: 1}"),
    ("[1..2] = [day..day]", "type.compare", "[1..2] = [day..day]"),
    ("numbers < numbers", "type.order", "numbers < numbers"), ("level = word", "type.compare", "level = word"),
    ("day = month_paid", "type.compare", "day = month_paid"),
    ('n between "a" and "b"', "type.compare", 'n between "a" and "b"'),
    ("n in roster", "type.compare", "roster"), ('n in ["a", "b"]', "type.compare", '["a", "b"]'),
    ('@"P1M" < @"P31D"', "type.compare", '@"P1M" < @"P31D"'),
    ('n in [@"2021-01"..@"2021-02"]', "type.compare", '[@"2021-01"..@"2021-02"]'),
    ("yes < yes", "type.order", "yes < yes"), ("employer < employer", "type.order", "employer < employer"),
    ("level < level", "choice.order", "level < level"), ('level > "low"', "choice.order", 'level > "low"'),
    ("part = part", "type.keyless", "part = part"), ("[part] = [part]", "type.keyless", "[part] = [part]"),
    ("{p: part} = {p: part}", "type.keyless", "{p: part} = {p: part}"),
    ("part in worker.parts", "type.keyless", "worker.parts"),
    ("pay < spent", "unit.differ", "pay < spent"), ("pay + spent", "unit.differ", "pay + spent"),
    ("count(roster) = spent", "unit.differ", "count(roster) = spent"), ("pay in [spent]", "unit.differ", "[spent]"),
    ('months between(day, day) < age(day, day)', "unit.differ", 'months between(day, day) < age(day, day)'),
    ("min(pay, spent)", "type.differ", "min(pay, spent)"), ("min(numbers, day)", "type.differ", "min(numbers, day)"),
    ("yes + 1", "type.operator", "yes + 1"), ("day + day", "type.operator", "day + day"),
    ("-yes", "type.operator", "-yes"),
    ("day + 1", "type.operator", "day + 1"), ('min(1, 2, "a", yes)', "type.operator", 'min(1, 2, "a", yes)'),
    ("count(n)", "type.argument", "n"), ("sum(months)", "type.argument", "months"),
    ("contains(word, n)", "type.argument", "n"),
    ("distinct values(worker.parts)", "type.argument", "worker.parts"),
    ("age(day, month_paid)", "type.argument", "month_paid"),
    ("n and yes", "type.condition", "n"), ("not(word)", "type.condition", "word"),
    ("if n then 1 else 2", "type.condition", "n"),
    ("some x in numbers satisfies x", "type.condition", "x"),
    ("twice(word)", "type.wanted", "word"), ("at(fee, month_paid)", "type.wanted", "month_paid"),
    ('date("2021-03")', "type.wanted", '"2021-03"'), ('duration("2021-03-01")', "type.wanted", '"2021-03-01"'),
    ("if yes then 1 else word", "type.branches", "if yes then 1 else word"),
    ("if yes then pay else spent", "type.branches", "if yes then pay else spent"),
    ("[1, word]", "type.items", "word"), ("[pay, spent]", "type.items", "spent"),
    ("n in [1..word]", "type.range", "[1..word]"), ("months of([1..day])", "type.range", "[1..day]"),
    ("day in (if yes then [1..2] else [3..4])", "type.compare", "if yes then [1..2] else [3..4]"),
    ("pay in (< spent)", "unit.differ", "< spent"), ("[yes..yes]", "type.order", "[yes..yes]"),
    ("(< yes)", "type.order", "< yes"), ("(= 5)", "range.bound", "= 5"), ("[(!= 5)]", "range.bound", "!= 5"),
    ("months of((< day))", "type.argument", "< day"),
    ("worker[n > 1]", "type.filter", "worker"), ("n[1]", "type.filter", "n"),
    ("numbers[word]", "type.filter-inside", "word"), ("numbers[1.5]", "type.filter-inside", "1.5"),
    ("some x in n satisfies yes", "type.loop", "n"), ("for x in worker return x", "type.loop", "worker"),
    ("for x in 1..day return x", "type.steps", "1..day"), ("some x in 1.5..2 satisfies yes", "type.steps", "1.5..2"),
    ('for x in ["a".."c"] return x', "type.loop", '["a".."c"]'), ("for x in (> 5) return x", "type.loop", "> 5"),
    ("for x in 1..3, y in z return 1", "name.unknown", "z"), ("{a: 1, a: 2}", "record.repeated", "a: 2"),
    ("{n: 1, b: n}", "name.shadows", "n: 1"), ("{a: b, b: 1}", "name.unknown", "b"),
    ("{a: 1}.b", "field.unknown", "b"), ("[{a: 1}, {b: 1}]", "type.items", "{b: 1}"),
    ("null", "literal.null", "null"), ("n = null", "literal.null", "null"), ("? > 1", "name.asked", "?"),
    ("twice(x: 1)", "call.no-names", "twice(x: 1)"),
    ("at(table: rates, day: day)", "call.no-names", "at(table: rates, day: day)"),
    ("not(is known(n))", "known.place", "is known(n)"), ('date(from: "2021-01-01", year: 1)', "call.names-apart",
     'date(from: "2021-01-01", year: 1)'),
    ("round half up(n: 5, scal: 1)", "call.name", "scal"), ("round half up(n: 5, n: 1)", "call.name-twice", "n"),
    ("round half up(scale: 0)", "call.name-missing", "round half up(scale: 0)"),
    ("n in []", "list.empty", "[]"), ("sum([])", "list.empty", "[]"), ("count([])", "list.empty", "[]"),
    ("[][1]", "list.empty", "[]"), ("some x in [] satisfies x > 1", "list.empty", "[]"),
    ("sublist(numbers, 0)", "list.position", "sublist(numbers, 0)"),
    ("substring(word, 0, 2)", "list.position", "substring(word, 0, 2)"),
    ("insert before(numbers, 0, 1)", "list.position", "insert before(numbers, 0, 1)"),
    ("remove(numbers, 0)", "list.position", "remove(numbers, 0)"),
    ("flatten([[[[1]]]])", "list.deep", "flatten([[[[1]]]])"), ("flatten(numbers)", "type.argument", "numbers"),
    ("substring(word, 1, 0)", "list.length", "substring(word, 1, 0)"),
    ("sublist(numbers, 2, -1)", "list.length", "sublist(numbers, 2, -1)"),
    ("list contains(numbers, word)", "type.differ", "list contains(numbers, word)"),
    ("append(numbers, 1, word)", "type.differ", "append(numbers, 1, word)"),
    ("concatenate(numbers, months)", "type.differ", "concatenate(numbers, months)"),
    ("insert before(numbers, 1, day)", "type.differ", "insert before(numbers, 1, day)"),
    ("list contains(worker.parts, part)", "type.keyless", "list contains(worker.parts, part)"),
    ("union(numbers, worker.parts)", "type.operator", "union(numbers, worker.parts)"),
    ("product([pay, pay])", "unit.plain", "product([pay, pay])"), ("string(1 / 3)", "type.argument", "1 / 3"),
    ('string join("a", "b")', "type.argument", '"a"'), ("reverse(1, 2)", "call.arity", "reverse(1, 2)"),
    (r'matches(word, "(\d")', "pattern.wrong", r'"(\d"'), (r'split(word, "[a")', "pattern.wrong", '"[a"'),
    ('matches(word, "a", "ip")', "pattern.flags", '"ip"'), ('split(word, "a*")', "pattern.nothing", '"a*"'),
    ('replace(word, "a", "$")', "pattern.replacement", '"$"'), (r'contains(word, "\d")', "literal.escape", r"\d"),
    ("numbers[0]", "list.position", "0"), ("firms[size]", "name.unknown", "size"),
    ('level = "lwo"', "choice.unknown", '"lwo"'), ('level in ["low", "低级"]', "choice.unknown", '"低级"'),
    ('"no" = level', "choice.unknown", '"no"'), ('fits("no", 1)', "choice.unknown", '"no"'),
    ('level = (if yes then "low" else "no")', "choice.unknown", '"no"'), ('[level, "no"]', "choice.unknown", '"no"'),
    ('[if yes then "no" else "low", level]', "choice.unknown", '"no"'),
    ('level in ("low", "no")', "choice.unknown", '"no"'),
    ("round half up(1.5, n)", "number.places-literal", "round half up(1.5, n)"),
    (f"0.{'0' * 16}1 * 0.{'0' * 17}1", "number.places-many", f"0.{'0' * 16}1 * 0.{'0' * 17}1"),
    ("round up(1.5, 13)", "number.places-range", "round up(1.5, 13)"),
    ("n * n * n * n", "number.digits", "n * n * n * n"), ("twice(n * n)", "number.bounds", "n * n"),
    ("round half up(1 / (n ** m), 0)", "number.digits", "round half up(1 / (n ** m), 0)"),
    ("sqrt(pay)", "unit.plain", "sqrt(pay)"), ("pay ** n", "unit.plain", "pay ** n"),
    ("per month(pay)", "unit.yearly", "per month(pay)"), ("pay + spent", "unit.differ", "pay + spent"),
    ("round up(1.5, -13)", "number.places-range", "round up(1.5, -13)"),
]

WANTED: list[tuple[str, Type, str, str]] = [
    ("spent", MONEY, "unit.wanted", "spent"), ("pay / spent", MONEY, "unit.wanted", "pay / spent"),
    ("count(roster)", MONTHS, "unit.wanted", "count(roster)"),
    ("pay * 0.5", MONEY, "type.places", "pay * 0.5"), ("pay / 3", MONEY, "type.ratio", "pay / 3"),
    ("1 / 3", INTEGER, "type.ratio", "1 / 3"), ("word", MONEY, "type.wanted", "word"),
    ("pay", TEXT, "type.wanted", "pay"),
    ('"no"', LEVEL, "choice.unknown", '"no"'), ("colour", LEVEL, "type.wanted", "colour"),
    ("[]", INTEGER, "type.wanted", "[]"), ("employer", PERSON, "type.wanted", "employer"),
]


def marked(problem: Problem) -> str:
    assert problem.where is not None
    return problem.where.source.text[problem.where.start : problem.where.end]


@pytest.mark.parametrize(("text", "code", "place"), MISTAKES, ids=lambda found: found[:40])
def test_mistakes(text: str, code: str, place: str) -> None:
    problems = Small().problems(text)
    assert [(p.code, marked(p)) for p in problems] == [(code, place)]
    for language in ("zh", "en"):
        said = render(problems[0], language)
        assert "{" in text or "{" not in said, "a hole that nothing filled"
        assert "None" not in said
        said.encode("gbk")


@pytest.mark.parametrize(("text", "wanted", "code", "place"), WANTED)
def test_what_a_place_refuses(text: str, wanted: Type, code: str, place: str) -> None:
    problems = Small().problems(text, wanted)
    assert [(p.code, marked(p)) for p in problems][:1] == [(code, place)]


def test_every_code_has_a_case() -> None:
    cases = {code for _, code, _ in MISTAKES} | {code for _, _, code, _ in WANTED} | {code for _, code in WARNED}
    assert cases | {"syntax.hole"} == set(MESSAGES)


WARNED = [("3 ** 2 ** 3 > 1", "power.chain"), ("-n ** 2 > 1", "power.negative")]


@pytest.mark.parametrize(("text", "code"), WARNED)
def test_what_may_be_meant_otherwise_is_warned_of(text: str, code: str) -> None:
    small, problems = Small(), list[Problem]()
    found = read_expression(Fragment.whole("rules.yaml", text), small.scope, problems)
    assert found is not None
    assert [(p.code, p.severity, marked(p)) for p in problems] == [(code, "warning", text.removesuffix(" > 1"))]
    assert render(problems[0], "zh") != render(problems[0], "en")


@pytest.mark.parametrize("text", ["(3 ** 2) ** 3 > 1", "3 ** (2 ** 3) > 1", "(-n) ** 2 > 1", "-(n ** 2) < 1"])
def test_brackets_say_what_is_meant(text: str) -> None:
    assert Small().expression(text)


def test_a_name_of_the_row_and_of_outside_is_refused_wherever_it_stands() -> None:
    assert [(p.code, p.where.start) for p in Small().problems("roster[employer = employer]") if p.where] == [
        ("filter.ambiguous", 7), ("filter.ambiguous", 18),
    ]


def test_several_mistakes_are_told_at_once_and_each_once() -> None:
    problems = Small().problems('n = "1" and wage > bonus and (day < n or wage)')
    assert [(p.code, marked(p)) for p in problems] == [
        ("type.compare", 'n = "1"'), ("name.unknown", "wage"), ("name.unknown", "bonus"), ("type.compare", "day < n"),
        ("name.unknown", "wage"),
    ]


def test_a_name_that_is_itself_broken_brings_no_second_problem() -> None:
    small = Small({"odd": BROKEN, "n": INTEGER})
    problems: list[Problem] = []
    for text in ("odd + 1 > n", "some x in odd satisfies x.f", "odd.f[n > 1]", "n in odd", "min(odd, 2)"):
        assert read_expression(Fragment.whole("x", text), small.scope, problems) is None
    assert problems == []


# The ten most common, as people see them

SHOWN = {
    "type.compare": "count(roster) >= \"3\"", "unit.differ": "pay >= spent", "name.unknown": "woker.wage > 1",
    "field.unknown": "worker.wags > 1", "choice.unknown": 'level = "hihg"',
    "filter.ambiguous": "count(roster[employer = worker.employer])",
    "syntax.full-width": "min（1, 2）", "syntax.elsewhere": "n == 1", "type.condition": "yes and n",
    "call.arity": "age(day)",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_messages_as_people_see_them(language: Language) -> None:
    pages = []
    for code, text in SHOWN.items():
        (problem,) = Small().problems(text)
        assert problem.code == code
        pages.append(render(problem, language))
    expected = (GOLDEN / f"messages.{language}.txt").read_text(encoding="utf-8")
    assert "\n\n".join(pages) + "\n" == expected


@pytest.mark.parametrize(("text", "under"), [
    ('n = "1"', ["integer", "text"]), ("pay >= spent", ["number, CNY", "integer, month"]),
    ("pay + rate", ["number, CNY", "number, CNY/month"]), ("yes + n", ["yes or no", "integer"]),
])
def test_both_sides_are_labelled(text: str, under: list[str]) -> None:
    (problem,) = Small().problems(text)
    said = [label.text if isinstance(label.text, str) else label.text.en for label in problem.labels]
    assert said == under
    assert [label.where.start for label in problem.labels] == sorted({label.where.start for label in problem.labels})


# Types

@pytest.mark.parametrize(("text", "of"), [
    ("rate * spent", Number(2, Unit.named("CNY"))), ("pay / spent", Ratio(Unit.read("CNY/month"))),
    ("pay / pay", Ratio(ONE)), ("pay * 2", Number(2, Unit.named("CNY"))), ("pay + 1", Number(2, Unit.named("CNY"))),
    ("1 + pay", Number(2, Unit.named("CNY"))), ("10% * pay", Number(4, Unit.named("CNY"))),
    ("round half up(pay / 3, 2)", MONEY), ("-spent", MONTHS), ("if yes then 0 else pay", MONEY),
    ("if yes then pay else pay / 2", Ratio(Unit.named("CNY"))), ("sum(roster.wage)", MONEY),
    ("count(roster)", Number(0, ONE)),
    ("min(pay, 3)", MONEY), ("max(roster.wage, 0)", MONEY), ("1 + 2", Number(0)), ("0.5 + 1", Number(1)),
    ("2 * 0.25", Number(2)),
    ("roster.wage", List(MONEY)), ("roster[1].wage", MONEY), ("worker.parts.a", List(INTEGER)),
    ("months between(day, as_of)", MONTHS),
    ("roster[wage > 1].level", List(LEVEL)), ("for x in roster return x.wage / 2", List(Ratio(Unit.named("CNY")))),
    ("[0, pay]", List(MONEY)), ("[1 / 3, 1]", List(Ratio())), ("[level, \"low\"]", List(LEVEL)), ("as_of", DATE),
    ("if yes then [] else numbers", List(INTEGER)), ("[[], [1]]", List(List(INTEGER))), ("as_of.year = 2021", BOOLEAN),
    ("months[item > month_paid]", List(FACTS["month_paid"])), ("numbers[item > 1][1]", INTEGER),
])
def test_types_and_units(text: str, of: Type) -> None:
    found = Small().expression(text).type
    assert found == of, say_type(found).en


@pytest.mark.parametrize("text", [
    "pay > 3", "3 < pay", "spent >= 12", "pay in [1, 2.5]", "pay between 1 and 100", "spent in [1..12]",
    "rate * spent > pay",
    "pay / spent > rate", "count(roster) > 20", 'level = "low"', '"low" != level', 'level in ["low", "high"]',
    'level in ("low", "high")', '(if yes then "low" else "high") = level', 'fits("low", 1)',
    'fits(if yes then "low" else level, n)',
    'roster[item.level in ["low"]]', "roster[item.employer = worker.employer]",
    "numbers[item > 1]", "worker.employer = employer", "employer in firms", "employer in roster.employer",
    "every x in roster, y in x.parts satisfies y.a > 1", 'firms[size > n]', "total(worker) > 1", "1000.01 / 3 < 333.34",
    "roster[id = \"a\"][1].wage + 1 > pay", "at(rates, day)[price > 1][1].price > fee", "round half up(5, 0) = 5",
])
def test_what_fits(text: str) -> None:
    assert Small().expression(text)


@pytest.mark.parametrize(("text", "wanted"), [
    ("3000", MONEY), ("0.5", MONEY), ("[]", List(INTEGER)), ('"low"', LEVEL), ('if yes then "low" else level', LEVEL),
    ('["low", "high"]', List(LEVEL)), ("pay / 2", Ratio(Unit.named("CNY"))), ("if yes then [] else []", List(INTEGER)),
])
def test_bare_literals_take_what_their_place_wants(text: str, wanted: Type) -> None:
    assert Small().expression(text, wanted)


def test_amounts() -> None:
    small, problems = Small(), list[Problem]()
    found = read_amount(Fragment.whole("x", "1200 CNY"), small.scope, problems, MONEY)
    assert isinstance(found, Expression)
    assert small.run(found.core) == 1200
    assert read_amount(Fragment.whole("x", "12 month"), small.scope, problems, MONEY) is None
    assert [p.code for p in problems] == ["unit.wanted"]


@pytest.mark.parametrize("text", [
    'list contains(["low", "high"], level)', 'list contains([level], "low")', 'index of([level], "high") = [1]',
    'count(append([level], "low")) = 2', 'count(concatenate([level], ["low"])) = 2',
    'count(union(["low"], [level])) = 1',
    'list contains(element: level, list: ["low"])', 'list contains([["low"]], [level])',
    'count(insert before([level], 1, if yes then "low" else "high")) = 2',
])
def test_words_in_calls_take_the_choice_of_another_argument(text: str) -> None:
    assert Small().read(text).type is not None


@pytest.mark.parametrize(("text", "code"), [
    ('list contains(["low", "no"], level)', "choice.unknown"), ('index of([level], "no")', "choice.unknown"),
    ('starts with(level, "lo")', "type.argument"), ('list contains([1], level)', "type.differ"),
])
def test_words_in_calls_that_are_no_choice(text: str, code: str) -> None:
    assert [problem.code for problem in Small().problems(text)] == [code]


def test_a_place_that_knows_its_choice_does_not_know_another() -> None:
    assert [p.code for p in Small().problems('if yes then "red" else "low"', COLOUR)] == ["choice.unknown"]


def test_guesses_come_from_names_and_labels() -> None:
    def guess(text: str) -> object:
        return Small().problems(text)[0].fields.get("guess")

    assert guess("woker.wage > 1") == "worker"
    assert guess("费用 > 1") == "fee"
    assert guess("worker.wags > 1") == "wage"
    assert guess("twise(1)") == "twice"
    assert guess("dstinct(1)") == "distinct values"
    assert guess('level = "低级"') == "low"
    assert guess("xyzzy") is None


def test_holes() -> None:
    small, problems = Small(), list[Problem]()
    parts = read_holes(Fragment.whole("x", "满{{ spent }}个月，共{{pay}}"), small.scope, problems)
    assert parts is not None
    written = [part if isinstance(part, str) else part.text.strip() for part in parts]
    assert written == ["满", "spent", "个月，共", "pay"]
    assert read_holes(Fragment.whole("x", "没有空"), small.scope, problems) == ("没有空",)
    assert problems == []
    for text, place in (("满{{ spent", "{{"), ("满｛｛ spent ｝｝", "｛｛"), ("{{ 1 }} {{", "{{")):
        assert read_holes(Fragment.whole("x", text), small.scope, problems) is None
        assert (problems[-1].code, marked(problems.pop())) == ("syntax.hole", place)
    assert read_holes(Fragment.whole("x", "{{ bonus }}和{{ wage }}"), small.scope, problems) is None
    assert [marked(p) for p in problems] == ["bonus", "wage"]


def test_units() -> None:
    cny, month = Unit.named("CNY"), Unit.named("month")
    assert (cny / month) * month == cny
    assert Unit.read("CNY/month") == cny / month == ONE / month * cny
    assert [str(u) for u in (ONE, cny, cny / month, ONE / month, cny * cny, cny / month / month)] == [
        "1", "CNY", "CNY/month", "1/month", "CNY**2", "CNY/month**2",
    ]


def test_the_scope_of_a_loop_ends_with_it() -> None:
    small = Small({"numbers": List(INTEGER)})
    assert [p.code for p in small.problems("(some x in numbers satisfies x > 1) and x > 1")] == ["name.unknown"]
    assert isinstance(small.scope.meaning("numbers"), FactName)
