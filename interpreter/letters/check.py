"""Templates checked before any letter is written: what they may do, and whether the names they use are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from interpreter.letters.authorities import known_authorities
from interpreter.letters.context import CHOICES, FORM, Form
from interpreter.letters.environment import FILTERS, LOOP, LetterEnvironment, Templates, own_folders
from interpreter.letters.plan import KINDS, LetterKind, reachable_kinds
from interpreter.problems import Problem, Source, Span
from interpreter.problems.suggest import closest
from interpreter.rulebook.model import Rulebook

DEEPEST_INCLUDE = 5
MOST_NODES = 10_000
"""Of a template with everything it includes: includes that double each other end here."""

_OUTCOME: dict[LetterKind, str] = {"not_accepted": "referred"}
"""Kinds of letters that a policy may also name by an outcome."""

_LOOP: dict[str, Form] = dict.fromkeys(LOOP, "text")
_TRUTH: Form = {}
"""The form of a comparison's value: it has no parts and cannot be written."""
_WORDS: Mapping[type[nodes.Node], str] = {
    nodes.Call: "(…)", nodes.Getitem: "[…]", nodes.Assign: "set", nodes.AssignBlock: "set", nodes.Macro: "macro",
    nodes.Import: "import", nodes.FromImport: "import", nodes.Extends: "extends", nodes.Block: "block",
    nodes.FilterBlock: "filter", nodes.Filter: "|…(…)", nodes.CallBlock: "call", nodes.Scope: "autoescape",
    nodes.Test: "is", nodes.With: "with",
}


@dataclass(slots=True)
class _Check:
    """One check of a template and what it includes."""

    environment: LetterEnvironment
    problems: list[Problem]
    visited: int = 0
    trees: dict[str, nodes.Template] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in which template, with the names known there; `loops` are the variables of the loops around, `pointed`
    the places in this template that a problem was already found at."""

    source: Source
    names: Mapping[str, Form]
    loops: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    pointed: set[int] = field(default_factory=set)


def template_of(rulebook: Rulebook, kind: LetterKind) -> str:
    """The template for letters of a kind: the one the policy names for it, or for the outcome it tells of, or the one
    called like the kind."""
    named = (rulebook.letters[word] for word in (kind, _OUTCOME.get(kind, kind)) if word in rulebook.letters)
    return f"{next(named, kind)}.md"


def check_templates(folder: Path, rulebook: Rulebook, problems: list[Problem]) -> None:
    """Adds what is wrong with the templates of a policy's letters, its authorities' own ones too. Each kind of letter
    the rules can lead to has to have one; the others are checked where there are any."""
    words = [*KINDS, *_OUTCOME.values()]
    for word in rulebook.letters:
        if word not in words:
            fields: dict[str, object] = {"name": word}
            guess = closest(word, words)
            problems.append(Problem("letter.kind_unknown", fields=fields | ({"guess": guess} if guess else {})))
    required = reachable_kinds(rulebook)
    for authority in ((), *((name,) for name in _authorities(folder, rulebook, problems))):
        environment = LetterEnvironment(Templates(folder, rulebook.policy, authority, rulebook.language))
        for kind in KINDS:
            name = template_of(rulebook, kind)
            named = kind in rulebook.letters or _OUTCOME.get(kind) in rulebook.letters
            if kind in required or named or environment.templates.find(name) is not None:
                check_template(environment, name, problems)


def _authorities(folder: Path, rulebook: Rulebook, problems: list[Problem]) -> list[str]:
    """The authorities with templates of their own. A folder with letters that is called like no authority would never
    be looked into, which is a problem."""
    place = folder / rulebook.policy
    found = own_folders(folder, rulebook.policy)
    known = known_authorities(rulebook)
    letters = {template_of(rulebook, kind) for kind in KINDS}
    for name in found:
        if known is not None and name not in known and any((place / name / letter).is_file() for letter in letters):
            fields: dict[str, object] = {"folder": f"{folder.name}/{rulebook.policy}/{name}", "name": name}
            guess = closest(name, sorted(known))
            problems.append(Problem("letter.authority_unknown", fields=fields | ({"guess": guess} if guess else {})))
    return [name for name in found if known is None or name in known]


def check_template(environment: LetterEnvironment, name: str, problems: list[Problem]) -> bool:
    """Whether a template is sound with everything it includes; what is not is added to `problems`."""
    check = _Check(environment, [])
    _template(check, name, _Place(Source(name, ""), FORM), None)
    problems.extend(problem for problem in check.problems if problem not in problems)
    return not check.problems


def _template(check: _Check, name: str, place: _Place, include: nodes.Include | None) -> None:
    found = check.environment.templates.source(name)
    if isinstance(found, Problem):
        where = None if include is None else _where(place, include.lineno, name, file=True)
        check.problems.append(replace(found, where=where))
        return
    names = {known: form for known, form in place.names.items() if known != "loop"}
    inside = replace(place, source=found, names=names, includes=(*place.includes, name), pointed=set())
    try:
        tree = check.trees.get(name) or check.environment.parse(found.text, name)
    except TemplateSyntaxError as error:
        where = _line(found, error.lineno)
        check.problems.append(Problem("letter.syntax", where, {"detail": error.message or ""}))
        return
    except RecursionError:
        check.problems.append(Problem("letter.template_large", fields={"template": found.name, "most": MOST_NODES}))
        return
    check.trees[name] = tree
    for node in tree.body:
        _statement(check, node, inside)


def _statement(check: _Check, node: nodes.Node, place: _Place) -> None:
    check.visited += 1
    if check.visited > MOST_NODES:
        if check.visited == MOST_NODES + 1:
            fields = {"template": place.includes[0], "most": MOST_NODES}
            check.problems.append(Problem("letter.template_large", fields=fields))
        return
    match node:
        case nodes.TemplateData():
            pass
        case nodes.Output():
            for part in node.nodes:
                _output(check, part, place)
        case nodes.If():
            _form(check, node.test, place)
            for inner in (*node.body, *node.elif_, *node.else_):
                _statement(check, inner, place)
        case nodes.For(target=nodes.Name(), recursive=False):
            _loop(check, node, place)
        case nodes.Include(template=nodes.Const(value=str(name)), ignore_missing=False):
            if name in place.includes or len(place.includes) > DEEPEST_INCLUDE:
                where = _where(place, node.lineno, name, file=True)
                check.problems.append(Problem("letter.include_circle", where, {"template": name}))
            else:
                _template(check, name, place, node)
        case _:
            _not_allowed(check, node, place)


def _loop(check: _Check, node: nodes.For, place: _Place) -> None:
    over = _form(check, node.iter, place)
    assert isinstance(node.target, nodes.Name)
    name = node.target.name
    if isinstance(over, list):
        # a loop within a loop goes through the parts of the outer's item, so the work stays that of one reading
        root = _path(node.iter)[0]
        if place.loops and root not in place.loops:
            where = _where(place, node.iter.lineno, root)
            check.problems.append(Problem("letter.loop_inside", where, {"name": root, "outer": place.loops[-1]}))
    elif over is not None:
        shown = ".".join(_path(node.iter))
        where = _where(place, node.iter.lineno, shown)
        check.problems.append(Problem("letter.not_list", where, {"name": shown}))
    names: dict[str, Form] = {**place.names, "loop": _LOOP}
    if isinstance(over, list):
        names[name] = over[0]
    inside = replace(place, names=names, loops=(*place.loops, name))
    if node.test is not None:
        _form(check, node.test, inside)
    if isinstance(over, list):
        for inner in node.body:
            _statement(check, inner, inside)
    for inner in node.else_:
        _statement(check, inner, place)


def _output(check: _Check, node: nodes.Expr, place: _Place) -> None:
    if not isinstance(node, nodes.TemplateData) and isinstance(_form(check, node, place), list | dict):
        shown = ".".join(_path(node))
        where = _where(place, node.lineno, shown)
        check.problems.append(Problem("letter.not_text", where, {"name": shown}))


def _form(check: _Check, node: nodes.Node, place: _Place) -> Form | None:
    """The form of an expression's value; None where a problem was found."""
    match node:
        case nodes.Const(value=bool()):
            return _TRUTH
        case nodes.Const(value=str() | int()):
            return "text"
        case nodes.Name(name=name):
            if name in place.names:
                return place.names[name]
            _unknown(check, place, node, name, place.names)
        case nodes.Getattr(node=of, attr=attribute):
            inside = _form(check, of, place)
            if inside is None:
                return None
            known = inside if isinstance(inside, dict) else {}
            if attribute in known:
                return known[attribute]
            _unknown(check, place, node, ".".join(_path(node)), known)
        case nodes.Filter(node=nodes.Expr() as of, name=name):
            if name not in FILTERS:
                _unknown(check, place, node, name, FILTERS, "letter.filter_unknown")
                return None
            if node.kwargs or not all(isinstance(a, nodes.Const) and isinstance(a.value, str) for a in node.args):
                _not_allowed(check, node, place)
            inside = _form(check, of, place)
            if inside is not None and (not isinstance(inside, list) or (name == "join" and inside != ["text"])):
                shown = ".".join(_path(of))
                where = _where(place, node.lineno, shown)
                check.problems.append(Problem("letter.not_list", where, {"name": shown}))
            return "text"
        case nodes.Concat(nodes=parts):
            for part in parts:
                _output(check, part, place)
            return "text"
        case nodes.Compare(expr=first, ops=rest):
            compared = [first, *(operand.expr for operand in rest)]
            for part in compared:
                _form(check, part, place)
            _compared(check, compared, place)
            return _TRUTH
        case nodes.Not(node=of):
            _form(check, of, place)
            return _TRUTH
        case nodes.And(left=first, right=second) | nodes.Or(left=first, right=second):
            return _either(check, first, second, place)
        case nodes.CondExpr(test=test, expr1=first, expr2=nodes.Expr() as second):
            _form(check, test, place)
            return _either(check, first, second, place)
        case _:
            _not_allowed(check, node, place)
    return None


def _compared(check: _Check, parts: list[nodes.Expr], place: _Place) -> None:
    """Finds words that something is compared with and never is."""
    known = next((CHOICES[path] for part in parts if (path := ".".join(_path(part))) in CHOICES), None)
    for part in parts:
        match part:
            case nodes.Const(value=str(word)) if known is not None and word not in known:
                _unknown(check, place, part, word, known)


def _either(check: _Check, first: nodes.Expr, second: nodes.Expr, place: _Place) -> Form | None:
    """The form of a value that is one of two; where they differ, the one that cannot be written."""
    one, other = _form(check, first, place), _form(check, second, place)
    return None if one is None or other is None else other if one == "text" else one


def _unknown(
    check: _Check, place: _Place, node: nodes.Node, name: str, known: Iterable[str], code: str = "letter.name_unknown",
) -> None:
    before, _, last = name.rpartition(".")
    fields: dict[str, object] = {"name": name}
    guess = closest(last, list(known))
    if guess is not None:
        fields["guess"] = f"{before}.{guess}" if before else guess
    check.problems.append(Problem(code, _where(place, node.lineno, name), fields))


def _not_allowed(check: _Check, node: nodes.Node, place: _Place) -> None:
    word = _WORDS.get(type(node), type(node).__name__.lower())
    # Jinja gives the scope it makes around some statements no line of its own
    line = next((inner.lineno for inner in (node, *node.iter_child_nodes()) if inner.lineno), 1)
    check.problems.append(Problem("letter.not_allowed", _line(place.source, line), {"what": word}))


def _path(node: nodes.Node) -> list[str]:
    match node:
        case nodes.Name(name=name):
            return [name]
        case nodes.Getattr(node=of, attr=attribute):
            return [*_path(of), attribute]
        case nodes.Filter(node=nodes.Expr() as of):
            return _path(of)
    return ["…"]


def _where(place: _Place, line: int, name: str, *, file: bool = False) -> Span:
    """The last part of a dotted name, or the whole name of a file, as it stands in a line.

    Jinja's tree knows lines only, so the name is looked for there, inside braces; of several equal ones each is
    pointed at once.
    """
    source, text = place.source, place.source.line(line)
    start = _start(source, line)
    pattern = re.escape(name) if file else r"\s*\.\s*".join(map(re.escape, name.split(".")))
    for found in re.finditer(rf"(?<![\w.]){pattern}(?!\w)", text):
        opened = max(text.rfind("{{", 0, found.start()), text.rfind("{%", 0, found.start()))
        closed = max(text.rfind("}}", 0, found.start()), text.rfind("%}", 0, found.start()))
        first = found.start() if file else found.end() - len(name.rpartition(".")[2])
        if closed <= opened and start + first not in place.pointed:
            place.pointed.add(start + first)
            return Span(source, start + first, start + found.end())
    return _line(source, line)


def _line(source: Source, number: int) -> Span:
    """A whole line, without the blanks around it."""
    text = source.line(number)
    start = _start(source, number)
    return Span(source, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _start(source: Source, number: int) -> int:
    return sum(len(line) + 1 for line in source.text.split("\n")[: number - 1])
