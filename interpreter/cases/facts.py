"""A case file to typed facts: what is read, by which words, and everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from interpreter.cases.document import Document, Path, Where, nowhere
from interpreter.cases.here import Here
from interpreter.cases.history import read_entries
from interpreter.cases.json_text import json_document
from interpreter.cases.masking import Veil
from interpreter.cases.reading import Known, Noted, Walk, guess
from interpreter.cases.scalars import printable
from interpreter.cases.sets import apply_sets
from interpreter.cases.words import TOP, measure_named, root_named, root_words, vocabulary
from interpreter.language.unknown import Value
from interpreter.language.values import ONGOING, Record
from interpreter.problems import Problem, Source, Span, Text
from interpreter.rulebook.model import Rulebook

_HISTORY = Here().named("history", "历史记录")


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one case.

    `facts` by id: records, tuples of records or plain values; what is absent is simply not there. `number` is the
    application's (the last fact of the policy's `order`), "" where the case gives none. `claims` are measure ids,
    None where the case lists none. `history` None: not consulted. `assumed` are defaults that stand for absent facts,
    `provided` figures given in place of what the rules would compute, `repairs` notes on what was put right.
    `source` has the name of the file alone: its text may be private. `as_of_given`: the day was set from outside.
    """

    number: str
    policy: str | None
    claims: tuple[str, ...] | None
    facts: dict[str, Value]
    history: tuple[Record, ...] | None
    assumed: tuple[Noted, ...]
    provided: tuple[Noted, ...]
    repairs: tuple[Text, ...]
    source: Source = field(repr=False)
    as_of_given: bool = False


def read_case(
    source: Source, rulebook: Rulebook, problems: list[Problem], *, sets: Sequence[tuple[str, str]] = (),
    as_of: date | None = None,
) -> Case | None:
    """The case a source writes, in JSON, or in YAML where its name ends so; None with problems where anything is wrong.

    `sets` and `as_of` replace facts before they are read (`apply_sets`).
    """
    document = document_of(source, problems, vocabulary(rulebook))
    return None if document is None else read_document(document, rulebook, problems, sets=sets, as_of=as_of)


def read_plain(
    data: object, rulebook: Rulebook, problems: list[Problem], *, where: Where = nowhere,
    source: Source | None = None, sets: Sequence[tuple[str, str]] = (), as_of: date | None = None,
) -> Case | None:
    """The case of data that is parsed already (dict, list, str, int, Decimal, bool, None); `where` gives the places."""
    document = Document(data, source or Source("", ""), where, where)
    return read_document(document, rulebook, problems, sets=sets, as_of=as_of)


def read_history(source: Source, rulebook: Rulebook, problems: list[Problem]) -> tuple[Record, ...]:
    """The earlier decisions of a file: a JSON list, or one JSON object a line; none with problems where it is wrong."""
    words = vocabulary(rulebook)
    listed = source.text.lstrip("\ufeff \r\n\t").startswith("[")
    read = [json_document(part, problems, words) for part in ([source] if listed else lines_of(source))]
    parts = [part for part in read if part is not None]
    if len(parts) < len(read):
        return ()

    def where(path: Path) -> Span | None:
        return parts[0].where(path[1:]) if listed else _in_line(path, [part.where for part in parts])

    def where_key(path: Path) -> Span | None:
        return parts[0].where_key(path[1:]) if listed else _in_line(path, [part.where_key for part in parts])

    entries = parts[0].data if listed else [part.data for part in parts]
    whole = Document({"history": entries}, source, where, where_key)
    walk = Walk(whole, rulebook)
    found = read_entries(entries, walk, _HISTORY)
    problems += _veiled(walk, whole)
    return () if walk.problems else found


def _in_line(path: Path, places: list[Where]) -> Span | None:
    number = path[1] if len(path) > 1 else None
    return places[number](path[2:]) if isinstance(number, int) else None


def named_policy(source: Source, problems: list[Problem] | None = None) -> str | None:
    """The policy a JSON or YAML case names, to choose a rulebook before the case is read; None where it names none,
    and with problems where it cannot be read."""
    document = document_of(source, [] if problems is None else problems)
    named = document.data.get("policy") if document is not None and isinstance(document.data, dict) else None
    return named if isinstance(named, str) else None


def lines_of(source: Source) -> Iterator[Source]:
    """One source a line of JSON lines, each with the line's number in the whole; blank lines are left out."""
    for number, line in enumerate(source.text.removeprefix("\ufeff").split("\n")):
        if line.strip():
            # leading line ends keep the positions right
            yield Source(source.name, "\n" * number + line)


def read_cases(source: Source) -> Iterator[Source]:
    """The sources of the cases in a text: one a line, or the whole text where it is one case over several lines."""
    lines = list(lines_of(source))
    if lines and not lines[0].text.rstrip().endswith("}"):
        yield source
    else:
        yield from lines


def document_of(source: Source, problems: list[Problem], words: Container[str] = ()) -> Document | None:
    """The case of a source as it is written; None with problems, which show nothing but `words`, where it cannot be
    read."""
    if source.name.endswith((".yaml", ".yml")):
        # imported here: most cases are JSON and need no YAML reader
        from interpreter.cases.yaml_text import yaml_document as read
    else:
        read = json_document
    return read(source, problems, words)


def read_document(
    document: Document, rulebook: Rulebook, problems: list[Problem], *, sets: Sequence[tuple[str, str]] = (),
    as_of: date | None = None, known: Known | None = None,
) -> Case | None:
    """The case of a document; None with problems where anything is wrong. `known` is kept by readers of many cases."""
    found: list[Problem] = []
    document = apply_sets(document, rulebook, sets, as_of, found)
    walk = Walk(document, rulebook, problems=found, known=known)
    case = _case(document, walk, as_of is not None)
    problems += _veiled(walk, document)
    if case is None or walk.problems:
        return None
    if not case.provided:
        return case
    veil = Veil(document, rulebook)
    return replace(case, provided=tuple(replace(noted, where=veil.span(noted.where)) for noted in case.provided))


def _veiled(walk: Walk, document: Document) -> list[Problem]:
    if not walk.problems:
        return []
    veil = Veil(document, walk.rulebook)
    return [veil.over(problem) for problem in walk.problems]


def _case(document: Document, walk: Walk, as_of_given: bool) -> Case | None:
    data, rulebook = document.data, walk.rulebook
    if not isinstance(data, dict):
        walk.say("case.object", Here())
        return None
    policy = _policy(data.get("policy"), walk)
    claims = _claims(data.get("claims"), walk)
    facts = _facts(data, walk)
    history = data.get("history")
    entries = read_entries(history, walk, _HISTORY) if history is not None else None
    number = _fact_at(rulebook.order[-1].text, facts) if rulebook.order else None
    return Case(
        number if isinstance(number, str) else "", policy, claims, facts, entries, tuple(walk.assumed),
        tuple(walk.provided), tuple(walk.repairs), Source(document.source.name, ""), as_of_given,
    )


def _policy(named: object, walk: Walk) -> str | None:
    if named is not None and named != walk.rulebook.policy:
        walk.say("case.policy", Here().named("policy", "政策"), {"want": walk.rulebook.policy})
    return named if isinstance(named, str) else None


def _claims(written: object, walk: Walk) -> tuple[str, ...] | None:
    here = Here().named("claims", "申请事项")
    if written is None:
        return None
    if not isinstance(written, list):
        walk.say("case.list", here)
        return None
    claims: dict[str, None] = {}
    names = [word for measure in walk.rulebook.measures.values() for word in (measure.name, measure.title)]
    for index, word in enumerate(written):
        measure = measure_named(walk.rulebook, word) if isinstance(word, str) else None
        if measure is None:
            walk.say("case.measure", here.row(index), {"value": printable(str(word))} | guess(str(word), names))
        else:
            claims[measure.name] = None
    return tuple(claims)


def _facts(data: dict[str, object], walk: Walk) -> dict[str, Value]:
    """All facts, that of the day first: the others are read in its light (nobody is born after it)."""
    rulebook = walk.rulebook
    written: dict[str, str] = {}
    for key in data:
        root = root_named(rulebook, key)
        if root is None and key not in TOP:
            walk.unknown_key(key, Here(), [*TOP, *root_words(rulebook)])
        elif root is not None and root.name in written:
            walk.say("case.twice", Here.at(root, key), {"key": key, "other": written[root.name]}, at_key=True)
        elif root is not None:
            written[root.name] = key
    day_path = rulebook.as_of.text.strip()
    facts: dict[str, Value] = {}
    for name in sorted(written, key=lambda name: name != day_path.partition(".")[0]):
        root = rulebook.facts[name]
        value = walk.value(data[written[name]], root.type, Here.at(root, written[name]), root.shape)
        if value is not None:
            facts[name] = value
        day = _fact_at(day_path, facts)
        walk.day = day if isinstance(day, date) and day != ONGOING else None
    return {name: facts[name] for name in rulebook.facts if name in facts}


def _fact_at(path: str, facts: dict[str, Value]) -> Value:
    """The fact at a plain dotted path; None where it is absent or the text is no such path."""
    name, *rest = path.strip().split(".")
    value = facts.get(name)
    for part in rest:
        value = value.fields.get(part) if isinstance(value, Record) else None
    return value

