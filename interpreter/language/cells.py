"""Cells of tables: what a row asks of one input, as unary tests (`< 5`, `[20..50)`, `not(1, 2)`, `-`) or plain words.

A cell keeps its tests beside its core, so that what rows have in common and what they leave out can be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from interpreter.language import core as c
from interpreter.language.checking.check import check
from interpreter.language.checking.compare import inside
from interpreter.language.checking.context import Check
from interpreter.language.lower import lower
from interpreter.language.parse import parse
from interpreter.language.scope import LocalName, Scope
from interpreter.language.tree import Asked, Bound, CellTests, Inside, Tree, children
from interpreter.language.typed import Typed, Variable
from interpreter.language.types import (
    BOOLEAN,
    Boolean,
    Broken,
    DateTimeType,
    DateType,
    MonthType,
    Number,
    TimeType,
    say_type,
)
from interpreter.language.units import ONE, Unit
from interpreter.language.unknown import Value
from interpreter.problems import Fragment, Problem, Span

ANY = "-"

_END = r"\d{4}-\d{2}-\d{2}|\d{4}-\d{2}(?!\d)|\d+(?:\.\d+)?"
_FROM_TO = re.compile(rf"\s*(?P<low>{_END})\s*(?:\.\.|[~～–—至到]+|(?P<dash>-))\s*(?P<high>{_END})\s*")
_DAY = re.compile(r"(?<![\w\"@-])\d{4}-\d{2}-\d{2}(?![\w\"-])")
_DAY_OR_MONTH = re.compile(r"(?<![\w\"@-])\d{4}-\d{2}(?:-\d{2})?(?![\w\"-])")
_NONE_OF = re.compile(r"\s*not\s*[(（](?P<words>.*)[)）]\s*", re.DOTALL)
_TEST = re.compile(r"\s*(?:[<>=≤≥＜＞＝]|!=|[\[(].*\.\.)")
_QUOTED = re.compile(r"\s*[\"“].*[\"”]\s*")
_TEXTS = re.compile(r'"(?:\\.|[^"\\])*"')
_UNIT = re.compile(
    r"(?P<number>(?<![\w\"@])(?<!\w[.-])\d+(?:\.\d+)?)\s+(?P<unit>[^\W\d]\w*(?:/[^\W\d]\w*)?)(?=\s*(?:$|[,)\]]|\.\.)|\s+(?:and|or)\b)"
)

_SIGNS = {"equal": ("=", "!="), "less": ("<", ">="), "less_equal": ("<=", ">")}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

MOST_TESTS = 64
"""Tests that a condition on `?` may come to and still be looked at."""


@dataclass(frozen=True, slots=True)
class Side:
    """One comparison of the input with a value that does not depend on the case."""

    operator: str
    than: c.Core


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row asks of one input. Of the `tests` one must hold, or none where `negated`; a test is its sides taken
    together. `core` is None where anything will do. A condition on `?` that is no such tests is not `comparable`."""

    text: str
    where: Span
    core: c.Core | None = None
    tests: tuple[tuple[Side, ...], ...] = ()
    negated: bool = False
    comparable: bool = True


def read_tests(written: Fragment, of: LocalName, scope: Scope, problems: list[Problem]) -> Cell | None:
    """A cell of tests of the input: values, bounds, ranges, lists, or conditions in which it is called `?`. Days and
    months of policies are written plain. None, with a problem, where it is no test of the column's type."""
    fragment = written
    if not scope.feel:
        wrong = _between(written, of) or _wrong_unit(written, of)
        if wrong is not None:
            problems.append(wrong)
            return None
        fragment = _without_units(with_days(written, of_numbers=isinstance(of.type, Number)), of)
    tree = parse(fragment, "cell")
    if isinstance(tree, Problem):
        problems.append(tree)
        return None
    assert isinstance(tree, CellTests)
    before = len(problems)
    at = Check(fragment, replace(scope, asked=of), problems)
    typed = [_test(test, of, at) for test in tree.tests]
    if len(problems) > before or any(isinstance(test.type, Broken) for test in typed):
        return None
    holds = [lower(test, scope, at.span) for test in typed]
    return _cell(written, holds, of, tree.negated)


def asks(written: Fragment) -> bool:
    """Whether a cell is a condition in which the input is called `?`."""
    return "?" in _TEXTS.sub("", written.text)


def _test(test: Tree, of: LocalName, at: Check) -> Typed:
    """The truth of one test: what it says of `?` itself, or how the input compares with it; never both."""
    if _names_input(test):
        condition = check(test, at)
        if isinstance(condition.type, Boolean | Broken):
            return condition
        return at.fail("cell.asked", test, found=say_type(condition.type))
    place = Tree(test.start, test.start)
    given = Typed(place, of.type, Variable(of))
    if isinstance(test, Bound):
        # as a test, and not as the range that it would be as a value, a bound may also be !=
        than = check(test.than, at)
        typed = Typed(test, than.type, None, (than,))
    else:
        typed = check(test, at)
    return inside(Inside(test.start, test.end, place, (test,)), given, (typed,), at)


def _names_input(tree: Tree) -> bool:
    return isinstance(tree, Asked) or any(_names_input(child) for child in children(tree))


def _wrong_unit(written: Fragment, of: LocalName) -> Problem | None:
    """A unit after a number of a cell that is not the column's."""
    if not isinstance(of.type, Number):
        return None
    for found in _UNIT.finditer(written.text):
        if of.type.unit != Unit.read(found["unit"]):
            code = "value.no-unit" if of.type.unit in (None, ONE) else "value.unit"
            where = written.span(*found.span("unit"))
            return Problem(code, where, {"found": found["unit"], "want": of.type.unit})
    return None


def _without_units(written: Fragment, of: LocalName) -> Fragment:
    """The same text with blanks for the units of its numbers, which are the column's."""
    if not isinstance(of.type, Number):
        return written
    text = _UNIT.sub(lambda found: found["number"] + " " * (len(found[0]) - len(found["number"])), written.text)
    return Fragment(text, written.source, written.offsets)


def _between(written: Fragment, of: LocalName) -> Problem | None:
    """`20..50`, `20-50`, `20至50`: whether the ends belong to it must be written."""
    text = written.text.strip()
    found = _FROM_TO.fullmatch(text)
    if found is not None and (found["dash"] is None or isinstance(of.type, Number)):
        return Problem("cell.range", written.span(), {"found": text, "low": found["low"], "high": found["high"]})
    if ".." in text and not re.search(r"[\[(（【]", text):
        low, _, high = (part.strip() for part in text.partition(".."))
        return Problem("cell.range", written.span(), {"found": text, "low": low, "high": high})
    return None


def with_days(written: Fragment, *, of_numbers: bool) -> Fragment:
    """The same text with its plain days written as the language writes them, each character at its old place. Among
    numbers `2021-03` is no month."""
    plain = _DAY if of_numbers else _DAY_OR_MONTH
    text, end = "", 0
    offsets: list[int] = []
    for day in plain.finditer(written.text):
        text += written.text[end : day.start()] + f'@"{day[0]}"'
        places = written.offsets[end : day.end()]
        opened = [written.offsets[day.start()]] * 2
        offsets += [*places[: day.start() - end], *opened, *places[day.start() - end :], places[-1]]
        end = day.end()
    return Fragment(text + written.text[end:], written.source, [*offsets, *written.offsets[end:]])


def _tests(core: c.Core, of: LocalName, *, denied: bool) -> tuple[tuple[Side, ...], ...] | None:
    """The truth of a cell (or, `denied`, of its contrary) as tests of which one must hold; None where it is no such."""
    match core:
        case c.Not(part=part):
            return _tests(part, of, denied=not denied)
        case c.And(parts=parts) | c.Or(parts=parts):
            each = [_tests(part, of, denied=denied) for part in parts]
            if any(tests is None for tests in each):
                return None
            known = [tests for tests in each if tests is not None]
            if isinstance(core, c.Or) != denied:
                return tuple(test for tests in known for test in tests)
            if prod(map(len, known)) > MOST_TESTS:
                return None
            return tuple(tuple(side for test in chosen for side in test) for chosen in product(*known))
        case c.Local(slot=of.slot):
            than = c.Literal(not denied, BOOLEAN)
            return ((Side("=", than),),)
        case c.Apply(function=function, args=(left, right)) if function in _SIGNS:
            return _compared(_SIGNS[function][denied], left, right, of)
        case _:
            return None


_SPLIT = (Number, DateType, MonthType, TimeType, DateTimeType)
"""What is less or more where it is not equal."""


def _compared(sign: str, left: c.Core, right: c.Core, of: LocalName) -> tuple[tuple[Side, ...], ...] | None:
    """One comparison with the input on one side; of what has an order, `!=` is less or more."""
    amount = c.Local(of.slot, of.name)
    if right == amount and left != amount:
        left, right, sign = right, left, _MIRRORED[sign]
    if left != amount or of.slot in c.slots_in(right):
        return None
    signs = ("<", ">") if sign == "!=" and isinstance(of.type, _SPLIT) else (sign,)
    return tuple((Side(one, right),) for one in signs)


def read_words(
    written: Fragment, of: LocalName, value: Callable[[Fragment], Value | None], problems: list[Problem]
) -> Cell | None:
    """A cell of a column of words: one of several with commas between them, or `not(…)`. `value` reads one of them."""
    if written.text.strip() == ANY:
        return Cell(ANY, written.span())
    for form, code in ((_TEST, "cell.test-of-words"), (_QUOTED, "cell.quoted")):
        if form.match(written.text):
            problems.append(Problem(code, written.span(), {"found": written.text.strip()}))
            return None
    none_of = _NONE_OF.fullmatch(written.text)
    listed = written if none_of is None else written.part(*none_of.span("words"))
    values = [value(word) for word in words_of(listed)]
    if not values:
        problems.append(Problem("cell.empty", written.span()))
    if not values or any(found is None for found in values):
        return None
    input = c.Local(of.slot, of.name)
    holds: list[c.Core] = [c.Apply("equal", (input, c.Literal(found, of.type))) for found in values]
    return _cell(written, holds, of, none_of is not None)


def words_of(written: Fragment) -> Iterator[Fragment]:
    """The words of a text with commas between them; what is empty is left out."""
    start = 0
    for word in re.split(r"[,，、]", written.text):
        if word.strip():
            yield written.part(start, start + len(word))
        start += len(word) + 1


def _cell(written: Fragment, holds: list[c.Core], of: LocalName, negated: bool) -> Cell:
    """The cell of tests with these truths, of which one must hold, or none where `negated`."""
    text = written.text.strip()
    if not holds:
        return Cell(text, written.span())
    either = c.Or(tuple(holds)) if len(holds) > 1 else holds[0]
    core = c.Not(either) if negated else either
    tests = _tests(either, of, denied=False)
    return Cell(text, written.span(), core, tests or (), negated, comparable=bool(tests))
