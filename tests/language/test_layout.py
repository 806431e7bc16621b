"""Laying out expressions: what it looks like, and that nothing else changes."""

from __future__ import annotations

from dataclasses import fields
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.language.layout import WIDTH, applied, pieces, relaid
from interpreter.language.parse import parse
from interpreter.language.tree import Tree, children
from interpreter.problems import Fragment, Problem
from tests.language.generated import Maker


def laid(text: str, start: str = "value", *, breaks: bool = False) -> str:
    edits = relaid(Fragment.whole("x", text), start, breaks=breaks)
    assert not isinstance(edits, Problem), edits
    return applied(text, edits)


def shape(text: str, start: str = "value") -> list[tuple[str, str]]:
    """The words of an expression, comments too, which are all that its tree is made from."""
    found = pieces(Fragment.whole("x", text), start)
    assert not isinstance(found, Problem), (text, found)
    return [(piece.kind, piece.text) for piece in found]


@pytest.mark.parametrize(("written", "wanted"), [
    ("a  =1", "a = 1"),
    (" a+b ", "a + b"),
    ("a-  - b**2", "a - -b ** 2"),
    (" - a+( - b )", "-a + (-b)"),
    ("(  (a) )*- 2", "((a)) * -2"),
    ("f ( x ,y,  z)", "f(x, y, z)"),
    ("f( x :1 )", "f(x: 1)"),
    ("f( )", "f()"),
    ("not (a)or  not( b )", "not(a) or not(b)"),
    ("if(a)then b  else(c)", "if (a) then b else (c)"),
    ("for x  in a ,y in 1 .. - 3 return x*y", "for x in a, y in 1..-3 return x * y"),
    ("some x in(a)satisfies(x>1)", "some x in (a) satisfies (x > 1)"),
    ("list [a=1] [ 2 ] . name", "list[a = 1][2].name"),
    ("x in[ 1 .. 2 )", "x in [1..2)"),
    ("x in(<5 ,>=7)", "x in (< 5, >= 7)"),
    ("a between 1  and 2and b", "a between 1 and 2 and b"),
    ("{a :1,\"b c\" : ?}", '{a: 1, "b c": ?}'),
    ("months   between(a,b)", "months between(a, b)"),
    ('date and time( "2021-01-01T00:00:00" ).time   offset', 'date and time("2021-01-01T00:00:00").time offset'),
    ('@"P1D"+"a  b"', '@"P1D" + "a  b"'),
    ("1.50*10%", "1.50 * 10%"),
    ("3000  CNY / month", "3000 CNY/month"),
    ("a/* why  */+b", "a /* why  */ + b"),
    ("x in/*c*/[1]", "x in /*c*/ [1]"),
    ("a   // why  ", "a   // why  "),
    ("a// why", "a // why"),
    ("( // why\n  a)", "( // why\n  a)"),
    ("a   \n   and b", "a\n   and b"),
    ("a and \n  b or\n  c", "a\n  and b\n  or c"),
    ("a and // why\n  b", "a and // why\n  b"),
    ("参保月数>=3", "参保月数 >= 3"),
])
def test_an_expression(written, wanted):
    assert laid(written) == wanted
    assert laid(wanted) == wanted
    assert shape(wanted) == shape(written)


@pytest.mark.parametrize(("written", "wanted"), [
    ("-", "-"), (">=20", ">= 20"), ("[1 ..2),5", "[1..2), 5"), ("not( 1,<2 )", "not(1, < 2)"),
])
def test_a_cell(written, wanted):
    assert laid(written, "cell") == wanted


A, B, C = "a" * 40, "b" * 40, "c" * 40


@pytest.mark.parametrize(("written", "wanted"), [
    (f"    {A} = 1 and {B} = 2 and {C}", f"    {A} = 1\n    and {B} = 2\n    and {C}"),
    (f"  {A} or {B} and {C}", f"  {A}\n  or {B} and {C}"),
    (f"  {A} or {B} and {B} and {C}", f"  {A}\n  or {B}\n    and {B}\n    and {C}"),
    (f"  if {A} then {B} else {C}", f"  if {A}\n  then {B}\n  else {C}"),
    (f"  if {A} and {B} and {C} then 1 else 2", f"  if {A}\n    and {B}\n    and {C}\n  then 1\n  else 2"),
    (f"  some x in {A} satisfies x = {B} and {C}", f"  some x in {A} satisfies\n    x = {B} and {C}"),
    (f"  f(for x in {A} return {B} + {C})", f"  f(for x in {A} return\n    {B} + {C})"),
    (f"  a\n  and {A} and {B} and {C}", f"  a\n  and {A}\n  and {B}\n  and {C}"),
    (f"  {A} and b // {B}{C}", f"  {A} and b // {B}{C}"),
    (f"  f({A}, {B}, {C})", f"  f({A}, {B}, {C})"),
])
def test_a_line_that_is_too_wide(written, wanted):
    assert laid(written, breaks=True) == wanted
    assert laid(wanted, breaks=True) == wanted
    assert laid(written) == written.strip()


def test_wide_characters_count_two():
    words = " and ".join(["参保月数参保月数参保月数参保月数"] * 3)
    assert len(words) < WIDTH
    assert "\n" in laid(words, breaks=True)


def test_what_cannot_be_read_is_a_problem():
    found = relaid(Fragment.whole("x", "a = = b"))
    assert isinstance(found, Problem)
    assert found.code == "syntax.unexpected"


def parsed(text: str) -> object:
    return _bare(parse(Fragment.whole("x", text)))


def _bare(tree: object) -> object:
    """A tree without its positions."""
    assert isinstance(tree, Tree)
    own = [getattr(tree, field.name) for field in fields(tree) if field.name not in ("start", "end")]
    words = [value for value in own if isinstance(value, str | bool | None)]
    return type(tree).__name__, words, getattr(tree, "names", ()), [_bare(child) for child in children(tree)]


GAPS = ["", "", " ", "  ", "\n", "\n    ", " /* x */ ", " /*, and*/", " // ) or\n", "\t"]


def respaced(text: str, random: Random) -> str:
    """The same words with other blanks and comments between them."""
    found = pieces(Fragment.whole("x", text), "expr")
    assert not isinstance(found, Problem)
    parts = []
    for left, right in zip(found, [*found[1:], None], strict=True):
        parts.append(left.text)
        gap = random.choice(GAPS) if right is not None else ""
        # words would run into each other, and a name of several words ends with its bracket
        if right is not None and left.text[-1].isalnum() and right.text[0].isalnum() and not gap:
            gap = " "
        parts.append(" " if left.kind == "FUNCTION" else gap)
    return "".join(parts)


@given(st.integers(0, 2**32))
def test_any_expression_keeps_its_tree_and_its_comments(seed):
    random = Random(seed)
    text = respaced(Maker(random).bool(4, {}), random)
    for breaks in (False, True):
        new = laid(text, "expr", breaks=breaks)
        assert laid(new, "expr", breaks=breaks) == new
        assert shape(new, "expr") == shape(text, "expr")
        assert parsed(new) == parsed(text)
