"""Patterns: XPath's regular expressions, what they find, what they refuse, and that none of them runs away."""

from __future__ import annotations

import re
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.functions import BY_KEY, FAULT
from interpreter.language.functions.patterns.characters import variants
from interpreter.language.functions.patterns.program import find, program
from interpreter.language.functions.patterns.read import LONGEST, BadPatternError, read
from interpreter.language.unknown import Unknown
from interpreter.problems.render import render
from tests.language.small import Small, known, value

MATCHES, REPLACE, SPLIT = (BY_KEY[key].python for key in ("matches", "replace", "split"))


@pytest.mark.parametrize(("text", "pattern", "flags", "found"), [
    ("abracadabra", "bra", "", True), ("abracadabra", "^a.*a$", "", True), ("abracadabra", "^bra", "", False),
    ("", "", "", True), ("a", "^$", "", False), ("ab", "^(a|b)+$", "", True), ("abc", "^a|x$", "", True),
    ("aaa", "^a{3}$", "", True), ("aa", "^a{3,}$", "", False), ("aaaa", "^a{1,3}$", "", False),
    ("", "^a{0}$", "", True),
    ("ab", "^a+?b$", "", True), ("abb", "^ab??b{2}$", "", True), ("a", "^(?:a)?$", "", True), ("x", "(|x)+", "", True),
    # classes
    ("b", "^[a-z-[aeiou]]$", "", True), ("a", "^[a-z-[aeiou]]$", "", False), ("e", "[a-z-[a-m-[e]]]", "", True),
    ("-", "^[a-]$", "", True), ("-", "^[-a]$", "", True), ("^", "^[a^]$", "", True), ("]", r"^[\]]$", "", True),
    ("b", "[^a]", "", True), ("a", "[^a]", "", False), ("a", "[^-a]", "", False), ("+", "^[+\\-]$", "", True),
    (".", "^[.]$", "", True), ("x", "^[.]$", "", False), ("|", "^[a|b]$", "", True), ("5", r"^[\d]$", "", True),
    ("x", r"^[^\d\s]$", "", True), ("a", r"^[\w-[b]]$", "", True),
    # kinds
    ("参", r"^\p{L}$", "", True), ("参", r"^\p{Lo}$", "", True), ("a", r"\p{Lu}", "i", False),
    ("1", r"\P{L}", "", True),
    ("a", r"\p{IsBasicLatin}", "", True), ("é", r"\p{IsBasicLatin}", "", False), ("é", r"\P{IsBasicLatin}", "", True),
    ("é", r"\p{IsLatin-1Supplement}", "", True), ("α", r"\p{IsGreek}", "", True), ("٣", r"^\d$", "", True),
    ("_", r"^\w$", "", False), ("参", r"^\w$", "", True), ("\u00a0", r"\s", "", False), ("\t", r"\s", "", True),
    ("x:y-1", r"^\i\c*$", "", True), ("1x", r"^\i", "", False), ("-", r"^\I\C?$", "", True), ("é", r"\C", "", False),
    ("\n", r"^\n$", "", True), ("\t|", r"^\t\|$", "", True), ("\U00010400", r"^\p{Lu}$", "", True),
    # lines
    ("a\nb", "a.b", "", False), ("a\rb", "a.b", "", False), ("a\nb", "a.b", "s", True), ("a\nb", "^b", "", False),
    ("a\nb", "^b$", "m", True), ("a\n", "a$", "", False), ("a\n", "a$", "m", True), ("a\n", "^$", "m", False),
    ("a\n\nb", "^$", "m", True),
    # letter case
    ("abc", "ABC", "i", True), ("\u212a", "k", "i", True), ("k", "\u212a", "i", True), ("Q", "[^q]", "i", False),
    ("x", "[A-Z-[OI]]", "i", True), ("i", "[A-Z-[OI]]", "i", False), ("ς", "Σ", "i", True), ("K", "[j-l]", "i", True),
    ("aA", r"(a)\1", "i", True), ("aA", r"(a)\1", "", False), ("aB", r"(a)\1", "i", False),
    # what groups have had
    ("abab", r"^(ab)\1$", "", True), ("ab", r"^(a)?b\1$", "", False), ("b", r"^(a)?b\1$", "", True),
    ("aa1", r"^(a)\11$", "", True), ("abcdefghijkk", r"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\11$", "", True),
    ("xyxy", r"^((x)(y))\1$", "", True), ("aXbX", r"a(X|Y)b\1", "", True), ("aabb", r"^(?:(.)\1)+$", "", True),
    # flags together
    ("hello world", r"hello\ sworld", "x", True), ("hello world", "he ll o[ ]worl d", "x", True),
    ("hello world", r"\p{ I s B a s i c L a t i n }+", "x", True), ("a]b", r"a [\] ] b", "x", True),
    ("a.b", "a.b", "q", True), ("axb", "a.b", "q", False), ("A(B", "a(b", "qi", True), ("a b", "a b", "qx", True),
])
def test_what_patterns_find(text: str, pattern: str, flags: str, found: bool) -> None:
    assert MATCHES(text, pattern, flags) is found


@pytest.mark.parametrize(("pattern", "place"), [
    ("(a", 1), ("a)", 2), ("[a", 1), ("a]", 2), ("{", 1), ("a}", 2), ("*a", 1), ("a**", 3), ("a{2}{3}", 5), ("+", 1),
    ("a{,2}", 3), ("a{2,1}", 6), ("a{x}", 3), ("a{1", 4), ("a{2000}", 7), ("(?=a)", 2), ("(?i)a", 2), ("(?<n>a)", 2),
    (r"\y", 1), ("a\\", 2), (r"\0", 1), (r"\1", 1), (r"(a)\2", 4), (r"(a\1)", 3), (r"\b", 1), (r"(?:a)\1", 6),
    (r"(a)[\1]", 5), (r"[\0]", 2), ("[]", 2), ("[^]", 3), ("[b-a]", 5), ("[a-z-x]", 5), ("[a--]", 4), ("[a[b]]", 3),
    ("[-[a]]", 3), (r"[a-\d]", 6), ("[a-[b]c]", 1), (r"\p{Foo}", 3), (r"\p{IsFoo}", 3), (r"\pL", 3), (r"\p{L", 3),
    (r"\p{ L}", 3), ("[a-[b]", 1), ("(" * 60 + ")" * 60, 52), ("[a-" * 60, 154), ("a" * (LONGEST + 1), LONGEST),
    ("(?:a{1000}){1000}", 17), (r"\u0041", 1), ("\\Q", 1),
])
def test_what_is_no_pattern_is_refused_where_it_is_wrong(pattern: str, place: int) -> None:
    with pytest.raises(BadPatternError) as refused:
        program(pattern, "")
    assert refused.value.place == place
    assert MATCHES("a", pattern) is FAULT


def test_a_place_is_that_of_the_text_as_written() -> None:
    with pytest.raises(BadPatternError) as refused:
        read("a b  (", "x")
    assert refused.value.place == 6


@pytest.mark.parametrize(("text", "pattern", "new", "flags", "result"), [
    ("abracadabra", "bra", "*", "", "a*cada*"), ("abracadabra", "a.*a", "*", "", "*"),
    ("abracadabra", "a.*?a", "*", "", "*c*bra"), ("abracadabra", "a", "", "", "brcdbr"),
    ("abracadabra", "a(.)", "a$1$1", "", "abbraccaddabbra"), ("AAAA", "A+?", "b", "", "bbbb"),
    ("darted", "^(.*?)d(.*)$", "$1c$2", "", "carted"), ("abc", "[a-z]", "<$0>", "", "<a><b><c>"),
    ("abc", "b", r"\$\\", "", r"a$\c"), ("abc", "(b)|(x)", "[$2$1]", "", "a[b]c"), ("ab", "(a)(b)", "$3", "", ""),
    ("ab", "(a)b", "$12", "", "a2"), ("a.b", ".", "$0", "q", "a$0b"), ("aBc", "b", "x", "i", "axc"),
    ("a\nb", "^", "", "m", FAULT), ("abc", "b*", "x", "", FAULT), ("abc", "b", "$", "", FAULT),
    ("b", "b", "$x", "", FAULT),
    ("abc", "b", r"\n", "", FAULT), ("abc", "b", "\\", "", FAULT), ("abc", "(", "x", "", FAULT),
    ("abc", "b", "x", "g", FAULT), ("", "a", "x", "", ""),
])
def test_replacing(text: str, pattern: str, new: str, flags: str, result: Any) -> None:
    assert REPLACE(text, pattern, new, flags) == result


@pytest.mark.parametrize(("text", "pattern", "result"), [
    ("John Doe", r"\s", ("John", "Doe")), ("a;b;c;;", ";", ("a", "b", "c", "", "")), ("abc", "x", ("abc",)),
    ("", ",", ("",)), ("a1b22c", r"\d+", ("a", "b", "c")), ("a,b;c", "[,;]", ("a", "b", "c")), ("abc", "", FAULT),
    ("abc", "x?", FAULT),
])
def test_splitting(text: str, pattern: str, result: Any) -> None:
    assert SPLIT(text, pattern) == result


@pytest.mark.parametrize(("text", "code", "says"), [
    ('matches(word, "[b-a]")', "pattern.wrong", "the pattern is wrong at its character 5: the span ends before"),
    ('matches(word, "a", "p")', "pattern.flags", "there is no flag 'p'"),
    ('replace(word, "a*", "b")', "pattern.nothing", "even empty text has this pattern"),
    ('replace(word, word, "$", "i")', "pattern.replacement", "in a replacement a digit follows a $"),
    ('replace(pattern: "(", input: word, replacement: "")', "pattern.wrong", "a bracket has no partner"),
])
def test_what_is_written_out_is_looked_at_before(text: str, code: str, says: str) -> None:
    (problem,) = Small().problems(text)
    assert problem.code == code
    assert says in render(problem, "en")
    render(problem, "zh").encode("gbk")


def test_what_is_not_written_out_is_a_fault_when_it_runs() -> None:
    assert known(r'matches(input: "330602", pattern: "^\d{6}$")') is True
    assert known('matches(word, "A", flags)'.replace("flags", '"i"'), word="a") is True
    for text in ("matches(word, word)", "split(word, word)", 'replace(word, "a", word)', 'matches(word, "a", word)'):
        found = value(text, word="$(")
        assert isinstance(found, Unknown)
        assert found.causes >= 1 << 40
    assert value('matches(word, "a")', word=Unknown(1)).causes == 1
    assert known('replace(word, "a", "$", "q")', word="aa") == "$$"


@pytest.mark.parametrize("pattern", [
    "^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(a*)*$", "(.*)*x", "(.*a){12}x", r"^((a+)+)\1$", r"(a*)*\1b",
    "(a?){30}a{30}b",
    "(((a*)*)*)*b", "((a{0,20}){0,20}){0,20}b", "(?:(?:(?:){1000}){1000}){1000}b", r"(a|a)*(\1)*b",
])
def test_no_pattern_runs_away(pattern: str) -> None:
    start = perf_counter()
    assert MATCHES("a" * 60 + "!", pattern) in (False, FAULT)
    assert MATCHES("a" * 3000 + "!", pattern) in (False, FAULT)
    assert perf_counter() - start < 30


def test_endless_work_and_texts_are_a_fault() -> None:
    assert MATCHES("a" * 2_000_000, "b") is FAULT
    assert REPLACE("a" * 3_000, "a*?b|a", "x") is FAULT
    assert REPLACE("a" * 2_000, "a", "x" * 1_000) is FAULT
    assert SPLIT("ab" * 2_000, "b") == ("a",) * 2_000 + ("",)


def test_a_pattern_is_looked_at_in_bounded_time() -> None:
    endless = "(()|(?:))" * 30 + r"\1a"
    assert [problem.code for problem in Small().problems(f'split(word, "{endless}")')] == ["pattern.nothing"]
    assert SPLIT("b", endless) is FAULT


def test_variants() -> None:
    assert variants("k") == {"k", "K", "\u212a"}
    assert variants("1") == {"1"}


ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "(a)", "(b|ab)", "(?:a|)"])
TIMES = st.sampled_from(["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}?"])
PIECES = st.one_of(st.tuples(ATOMS, TIMES), st.tuples(st.sampled_from(["^", "$"]), st.just("")))
PATTERNS = st.lists(st.lists(PIECES, max_size=4), min_size=1, max_size=2).map(
    lambda choices: "|".join("".join(atom + times for atom, times in pieces) for pieces in choices)
)


@given(PATTERNS, st.text("abc", max_size=7))
def test_the_first_match_is_the_one_that_python_finds(pattern: str, text: str) -> None:
    """Where both dialects agree: on what is written without a last newline."""
    theirs = re.search(pattern, text)
    ours = find(program(pattern, ""), text)
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert ours[:2] == theirs.span()


@given(PATTERNS, st.text("abc", max_size=7))
def test_replacing_and_splitting_cover_the_text(pattern: str, text: str) -> None:
    if re.search(pattern, "") is None:
        assert REPLACE(text, pattern, "<$0>").replace("<", "").replace(">", "") == text
        assert SPLIT(text, pattern) == tuple(REPLACE(text, pattern, ",").split(","))
