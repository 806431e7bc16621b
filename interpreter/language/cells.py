"""Cells of tables: what a row asks of one input, as unary tests (`< 5`, `[20..50)`, `not(1, 2)`, `-`) or plain words.

A cell keeps its tests beside its core, so that what rows have in common and what they leave out can be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interpreter.language import core as c
from interpreter.language.checking.check import check
from interpreter.language.checking.compare import pair
from interpreter.language.checking.context import Check
from interpreter.language.lower import comparison, lower
from interpreter.language.parse import parse
from interpreter.language.scope import LocalName, Scope
from interpreter.language.tree import Bound, CellTests, RangeTree, Tree
from interpreter.language.typed import Typed, Variable
from interpreter.language.types import Number
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


@dataclass(frozen=True, slots=True)
class Side:
    """One comparison of the input with a value that does not depend on the case; `core` is its truth."""

    operator: str
    than: c.Core
    core: c.Core


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row asks of one input. Of the `tests` one must hold, or none where `negated`; a test is its sides taken
    together. `core` is None where anything will do."""

    text: str
    where: Span
    core: c.Core | None = None
    tests: tuple[tuple[Side, ...], ...] = ()
    negated: bool = False


def read_tests(written: Fragment, of: LocalName, scope: Scope, problems: list[Problem]) -> Cell | None:
    """A cell of a column of numbers, days or months. Days and months are written plain. None, with a problem, where
    it is no test of the column's type."""
    from_to = _between(written, of)
    if from_to is not None:
        problems.append(from_to)
        return None
    fragment = _with_days(written, _DAY if isinstance(of.type, Number) else _DAY_OR_MONTH)
    tree = parse(fragment, "cell")
    if isinstance(tree, Problem):
        problems.append(tree)
        return None
    assert isinstance(tree, CellTests)
    before = len(problems)
    at = Check(fragment, scope, problems)
    tests = tuple(tuple(_sides(test, of, at)) for test in tree.tests)
    return None if len(problems) > before else _cell(written, tests, tree.negated)


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


def _with_days(written: Fragment, plain: re.Pattern[str]) -> Fragment:
    """The same text with its plain days written as the language writes them, each character at its old place."""
    text, end = "", 0
    offsets: list[int] = []
    for day in plain.finditer(written.text):
        text += written.text[end : day.start()] + f'@"{day[0]}"'
        places = written.offsets[end : day.end()]
        opened = [written.offsets[day.start()]] * 2
        offsets += [*places[: day.start() - end], *opened, *places[day.start() - end :], places[-1]]
        end = day.end()
    return Fragment(text + written.text[end:], written.source, [*offsets, *written.offsets[end:]])


def _sides(test: Tree, of: LocalName, at: Check) -> Iterator[Side]:
    """The comparisons a test stands for; problems are noted where one makes no sense."""
    match test:
        case RangeTree(low=low, high=high, low_included=low_included, high_included=high_included):
            ends = [(">=" if low_included else ">", low), ("<=" if high_included else "<", high)]
        case Bound(operator=sign, than=end):
            ends = [(sign, end)]
        case _:
            ends = [("=", test)]
    for operator, written in ends:
        typed = check(written, at)
        found = pair(test, operator, Typed(Tree(test.start, test.start), of.type, Variable(of)), typed, at)
        if found is not None:
            than = lower(found[2], at.scope, at.span)
            yield Side(operator, than, comparison(found[0], c.Local(of.slot, of.name), than))


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
    thans = [c.Literal(found, of.type) for found in values]
    tests = tuple((Side("=", than, c.Apply("equal", (c.Local(of.slot, of.name), than))),) for than in thans)
    return _cell(written, tests, none_of is not None)


def words_of(written: Fragment) -> Iterator[Fragment]:
    """The words of a text with commas between them; what is empty is left out."""
    start = 0
    for word in re.split(r"[,，、]", written.text):
        if word.strip():
            yield written.part(start, start + len(word))
        start += len(word) + 1


def _cell(written: Fragment, tests: tuple[tuple[Side, ...], ...], negated: bool) -> Cell:
    text = written.text.strip()
    if not tests:
        return Cell(text, written.span())
    holds = [c.And(tuple(side.core for side in test)) if len(test) > 1 else test[0].core for test in tests]
    either = c.Or(tuple(holds)) if len(holds) > 1 else holds[0]
    return Cell(text, written.span(), c.Not(either) if negated else either, tests, negated)
