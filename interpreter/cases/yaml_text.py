"""A case written in YAML (a filled-in form), read by the house's strict reader."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from interpreter.cases.document import Document, Path, nowhere
from interpreter.cases.masking import unread, without_identities
from interpreter.problems import Label, Problem, Source, Span
from interpreter.rulebook.reading import Entry, Mapping, Node, Scalar, Sequence, read_yaml

_ABSENT = ("", "null", "~")


def yaml_document(source: Source, problems: list[Problem], words: Container[str] = ()) -> Document | None:
    """The data of a YAML case: every value is text, an empty one is absence. None with problems where it cannot be
    read; these show nothing of the text but punctuation and `words`."""
    found: list[Problem] = []
    root = read_yaml(source, found)
    if found:
        shown = unread(source, words)
        problems += [_in(shown, problem) for problem in found]
        return None
    if root is None:
        return Document(None, source, nowhere, nowhere)
    values: dict[Path, Span] = {}
    keys: dict[Path, Span] = {}
    data = _plain(root, (), values, keys)
    return Document(data, source, values.get, lambda path: keys.get(path) or values.get(path))


def _plain(node: Node, path: Path, values: dict[Path, Span], keys: dict[Path, Span]) -> object:
    values[path] = node.span
    match node:
        case Mapping(entries=entries):
            return {entry.key.text: _entry(entry, (*path, entry.key.text), values, keys) for entry in entries}
        case Sequence(items=items):
            return [_plain(item, (*path, index), values, keys) for index, item in enumerate(items)]
        case Scalar(style="plain") if node.text in _ABSENT:
            return None
    return node.text


def _entry(entry: Entry, path: Path, values: dict[Path, Span], keys: dict[Path, Span]) -> object:
    keys[path] = entry.key.span
    return _plain(entry.value, path, values, keys)


def _in(shown: Source, problem: Problem) -> Problem:
    def moved(span: Span) -> Span:
        return Span(shown, span.start, span.end)

    return replace(
        problem,
        where=moved(problem.where) if problem.where is not None else None,
        fields={k: without_identities(v) if isinstance(v, str) else v for k, v in problem.fields.items()},
        labels=tuple(Label(moved(label.where), label.text) for label in problem.labels),
    )
