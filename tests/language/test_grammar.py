"""Text to tree: what binds to what, what is a name, and that no text whatever brings more than one problem."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.parse import ELSEWHERE, FULL_WIDTH, MAX_DEPTH, MAX_LENGTH, parse, parser
from interpreter.language.tree import Tree, children, free_names
from interpreter.problems import Fragment, Problem
from interpreter.problems.render import render
from tests.language.small import Small, known


def tree(text: str, start: str = "expr") -> Tree:
    found = parse(Fragment.whole("rules.yaml", text), start)
    assert isinstance(found, Tree), (text, found)
    return found


def problem(text: str, start: str = "expr") -> Problem:
    found = parse(Fragment.whole("rules.yaml", text), start)
    assert isinstance(found, Problem), (text, found)
    return found


def brackets(text: str) -> str:
    """The text with every operator's operands in brackets, as it was understood."""

    def write(t: Tree) -> str:
        inner = [write(child) for child in children(t)]
        return f"{type(t).__name__}({', '.join(inner)})" if inner else text[t.start : t.end]

    return write(tree(text))


def test_grammar_has_no_collisions() -> None:
    parser(strict=True)


@pytest.mark.parametrize(("text", "same_as"), [
    ('"B" in ["A","B"] and 2 > 1', '("B" in ["A","B"]) and (2 > 1)'),
    ("x between 1 and 2 and y", "(x between 1 and 2) and y"),
    ("a or b and c", "a or (b and c)"),
    ("1 + 2 * 3 - 4", "(1 + (2 * 3)) - 4"),
    ("8 / 4 / 2", "(8 / 4) / 2"),
    ("8 - 4 - 2", "(8 - 4) - 2"),
    ("-a * b", "(-a) * b"),
    ("- -a", "-(-a)"),
    ("a + -b", "a + (-b)"),
    ("-a.b", "-(a.b)"),
    ("not(a) and b", "(not(a)) and b"),
    ("a and (b)", "(a) and b"),
    ("if a then b else c or d", "if a then b else (c or d)"),
    ("some x in a satisfies b or c", "some x in a satisfies (b or c)"),
    ("x in (1, 2) and y", "(x in (1, 2)) and y"),
    ("x in < 5 and y", "(x in < 5) and y"),
    ("x in [1..5) and y", "(x in [1..5)) and y"),
    ("a = b + 1 and c", "(a = (b + 1)) and c"),
    ("a // to the end\n + b /* and\nhere */", "a + b"),
    ("round   half\n up(a, 2)", "round half up(a, 2)"),
])
def test_precedence(text: str, same_as: str) -> None:
    assert brackets(text) == brackets(same_as)


def test_precedence_at_work() -> None:
    assert known('"B" in ["A","B"] and 2 > 1') is True
    assert known('"A" in ["A"] or false') is True
    assert known("n between 1 and 2 and yes", n=2, yes=True) is True
    assert known("-3 + 5 * 2") == 7
    assert known("2 - -3") == 5


@pytest.mark.parametrize("text", ["a < b < c", "a = b = c", "a between 1 and 2 = true", "a in b in c", "not a", "1 2"])
def test_what_does_not_chain(text: str) -> None:
    assert problem(text).code.startswith("syntax.")


@pytest.mark.parametrize("name", ["in1", "android", "nota", "参保月数"])
def test_names_that_begin_with_keywords(name: str) -> None:
    assert free_names(tree(name)) == {name}
    assert Small().expression(name).uses == {name}


@pytest.mark.parametrize("text", ["order", "iff", "forx", "notx", "truex", "thenx and elsey", "between1", "someone"])
def test_keywords_are_whole_words(text: str) -> None:
    assert free_names(tree(text)) == {name for name in text.split() if name != "and"}


def test_free_names() -> None:
    assert free_names(tree("some x in a satisfies x.f > y and twice(x)")) == {"a", "y", "twice"}
    assert free_names(tree("for x in x return x")) == {"x"}
    assert free_names(tree("every x in a, y in x.b satisfies y")) == {"a"}


@pytest.mark.parametrize(("text", "amount", "unit"), [
    ("1200 CNY", "1200", "CNY"), ("3.5 CNY / month", "3.5", "CNY/month"),
])
def test_amounts_stand_only_where_values_do(text: str, amount: str, unit: str) -> None:
    found = tree(text, "value")
    assert (found.text, found.unit) == (amount, unit)  # type: ignore[attr-defined]
    assert problem(text).code == "syntax.unit"


@pytest.mark.parametrize(("text", "value"), [
    (r'"a\n\t\"\\\/b"', 'a\n\t"\\/b'), (r'"\u53c2\u4fdd"', "参保"), (r'"\ud83d\udca9"', "\U0001f4a9"),
    ('"e\u0301"', "é"), ('"（，）"', "（，）"), ('"// not a comment"', "// not a comment"), ('""', ""),
])
def test_texts(text: str, value: str) -> None:
    assert known(text) == value


@pytest.mark.parametrize("text", [f'"{"(" * 100}"', f"1 // {'(' * 100}", f"/* {'[' * 100} */ 1"])
def test_brackets_in_texts_and_comments_are_none(text: str) -> None:
    tree(text)


@pytest.mark.parametrize(("text", "code", "marked"), [
    ("", "syntax.empty", ""), ("  // nothing", "syntax.unfinished", "g"), ("1 +", "syntax.unfinished", "+"),
    ("(1", "syntax.unfinished", "1"), ("if a then b", "syntax.unfinished", "b"),
    ("a == b", "syntax.elsewhere", "=="), ("a && b", "syntax.elsewhere", "&&"), ("a || b", "syntax.elsewhere", "||"),
    ("a <> b", "syntax.elsewhere", "<>"), ("!a", "syntax.elsewhere", "!"), ("a = 'b'", "syntax.elsewhere", "'"),
    ("a ≥ 3", "syntax.elsewhere", "≥"), ("a 且 b", "syntax.elsewhere", "且"), ("a AND b", "syntax.elsewhere", "AND"),
    ("f（1）", "syntax.full-width", "（"), ("a = “b”", "syntax.full-width", "“"),
    ("１２ + 1", "syntax.full-width", "１"), ("min(1，2)", "syntax.full-width", "，"),
    ("1\u3000+ 2", "syntax.space", "\u3000"), ("1\xa0+ 2", "syntax.space", "\xa0"),
    ('a = "b', "syntax.quote", '"b'), ('@"2021', "syntax.quote", '@"2021'), ("a b", "syntax.unexpected", "b"),
    ("a ; b", "syntax.unexpected", ";"), ("a * 1 month", "syntax.unit", "1 month"),
    ("a > 3000 CNY", "syntax.unit", "3000 CNY"), ("1 < x < 3", "syntax.chain", "<"),
    ("a in b = true", "syntax.chain", "="),
    ("n >= 3个月", "syntax.unit", "3个月"), ("x1 y", "syntax.unexpected", "y"), ("f(1.5 h, 2)", "syntax.unit", "1.5 h"),
    ("for x in a", "syntax.unfinished", "a"), (")", "syntax.unexpected", ")"),
])
def test_what_is_no_expression(text: str, code: str, marked: str) -> None:
    found = problem(text)
    assert found.where is not None
    assert (found.code, text[found.where.start : found.where.end]) == (code, marked)
    assert render(found, "zh")
    assert render(found, "en")


@pytest.mark.parametrize("character", [c for c in FULL_WIDTH if c not in "。、？％｛｝【】《》．：；！"])
def test_full_width_punctuation_is_named(character: str) -> None:
    assert problem(f"a {character} b").code == "syntax.full-width"


@pytest.mark.parametrize("word", ELSEWHERE)
def test_words_of_other_languages_are_named(word: str) -> None:
    text = f"{word}(a)" if word in ("!", "非", "NOT") else f"a {word} b"
    found = problem(text) if word not in ("非", "NOT") else None
    assert found is None or found.fields["want"] == ELSEWHERE[word]


HOSTILE = {
    "brackets": "(" * 200_000,
    "brackets below the limit of length": "(" * (MAX_LENGTH - 1),
    "lists": "[" * 19_000,
    "closed brackets": "(" * 5_000 + "1" + ")" * 5_000,
    "sums": "+".join("1" * 20_000),
    "sums below the limit of length": "+".join("1" * 9_999),
    "minuses": "-" * 19_000 + "1",
    "steps": "a" + ".b" * 9_000,
    "conditions": "if a then b else " * 1_000 + "c",
    "negations": "not(" * 4_000 + "a" + ")" * 4_000,
    "quotation mark": '"' + "a" * 100_000,
    "escapes": '"' + "\\" * 19_000,
    "comment": "/*" * 9_000,
    "names": " ".join("a" * 9_000),
    "long name": "名" * 100_000,
    "digits": "9" * 19_000,
    "huge exponent": "1e999999999",
    "tiny exponent": "1e-999999999",
    "digits and exponent": "0." + "0" * 5_000 + "1e5000",
    "quantifiers": "some x in a satisfies " * 500 + "b",
    "nul": "\x00" * 1_000,
    "surrogate": '"\\ud800"',
    "half surrogates": '"' + "\\ud800" * 3_000 + '"',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_one_problem_at_once(name: str) -> None:
    start = time.process_time()
    problems = Small().problems(HOSTILE[name])
    assert time.process_time() - start < 3
    assert len(problems) == 1
    assert render(problems[0], "zh")


def test_the_deepest_text_can_be_worked_out() -> None:
    for text in (
        "(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH, "+".join("1" * 2 * MAX_DEPTH),
        "if yes then 1 else " * (2 * MAX_DEPTH - 1) + "1", "not(" * MAX_DEPTH + "yes" + ")" * MAX_DEPTH,
        "[" * (MAX_DEPTH - 1) + "1" + "]" * (MAX_DEPTH - 1), " and ".join(["yes"] * 2_000),
    ):
        known(text, yes=True)


WORDS = st.sampled_from([
    "if", "then", "else", "for", "some", "every", "in", "return", "satisfies", "and", "or", "not", "between", "true",
    "(", ")", "[", "]", ",", ".", "..", "=", "!=", "<", ">", "+", "-", "*", "/", "@", '"', '"x"', '@"2021-03"', "1",
    "0.5", "10%", "1e5", "a", "参保", "roster", "n", "yes", "worker", "level", "count", "min", "distinct values",
    "round half up", "at", "date", "item", " ", "\n", "//", "/*", "*/", "（", "，", "“", "==", "&", "'", "\\", "\u3000",
    "\ud800", "٣", "²",
])
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS).map("".join))


@given(TEXTS)
def test_any_text_is_a_tree_or_one_problem(text: str) -> None:
    for start in ("expr", "value"):
        found = parse(Fragment.whole("rules.yaml", text), start)
        if isinstance(found, Problem):
            assert found.where is not None
            assert 0 <= found.where.start <= found.where.end <= len(text)
            assert render(found, "en")
        else:
            assert 0 <= found.start <= found.end <= len(text)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_is_an_expression_or_problems_in_it(text: str) -> None:
    found = Small().read(text)
    if isinstance(found, list):
        assert all(p.where is not None and 0 <= p.where.start <= p.where.end <= len(text) for p in found)
