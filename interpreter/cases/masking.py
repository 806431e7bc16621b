"""What must not be shown: stars in place of private values, in the lines and texts of problems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from interpreter.cases.document import Document, Path
from interpreter.cases.words import field_named, root_named
from interpreter.language.types import List, RecordType, TextType, Type
from interpreter.problems import Label, Problem, Source, Span, Text
from interpreter.rulebook.model import Rulebook

_IDENTITY = re.compile(r"\d{6}(?:1[89]|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d{4}[\dXxＸｘ]?")
_RUN = re.compile(r"""[^\s{}\[\],:"'#|>，：“”]+""")
_HISTORY = frozenset({"measure", "amount", "decided_on", "number", "period"})
"""What an earlier decision shows of itself; its key names people."""


def stars(text: str) -> str:
    """As many characters of the same width, line ends kept."""
    return "".join(
        c if c in "\r\n" else "＊" if unicodedata.east_asian_width(c) in "WF" else "*" for c in text
    )


def without_identities(text: str) -> str:
    """The text with everything that looks like an identity number starred."""
    return _IDENTITY.sub(lambda found: stars(found[0]), text)


def unread(source: Source, words: Container[str] = ()) -> Source:
    """The source as it may be shown when it could not be read: nothing but punctuation and the known `words`."""
    return Source(source.name, _RUN.sub(lambda run: run[0] if run[0] in words else stars(run[0]), source.text))


class Veil:
    """Makes the problems of one document fit to be shown.

    Every value is starred in the source lines unless it stands at a known fact that is not private; and private texts
    are starred wherever else they occur, in lines and in the texts of problems.
    """

    def __init__(self, document: Document, rulebook: Rulebook) -> None:
        self._spans: list[Span] = []
        secrets: set[str] = set()
        for path, value, secret in _hidden(document.data, rulebook):
            span = document.where(path)
            if span is not None:
                self._spans.append(span)
            if secret and len(str(value)) > 1:
                secrets |= {str(value), unicodedata.normalize("NFC", str(value))}
        longest_first = sorted(secrets, key=lambda s: (-len(s), s))
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if secrets else None
        self._shown: dict[int, tuple[Source, Source]] = {}

    def over(self, problem: Problem) -> Problem:
        """The problem without anything private in its lines, fields and path."""
        return replace(
            problem,
            where=self.span(problem.where),
            fields={name: self._field(value) for name, value in problem.fields.items()},
            labels=tuple(Label(self.span(label.where) or label.where, label.text) for label in problem.labels),
        )

    def text(self, text: str) -> str:
        """The text with private values and identity numbers starred."""
        if self._secrets is not None:
            text = self._secrets.sub(lambda found: stars(found[0]), text)
        return without_identities(text)

    def _field(self, value: object) -> object:
        match value:
            case str():
                return self.text(value)
            case Text(zh, en):
                return Text(self.text(zh), self.text(en))
        return value

    def span(self, span: Span | None) -> Span | None:
        """The same place in the source as it may be shown."""
        if span is None:
            return None
        known = self._shown.get(id(span.source))
        if known is None:
            known = self._shown[id(span.source)] = (span.source, self._source(span.source))
        return Span(known[1], span.start, span.end)

    def _source(self, source: Source) -> Source:
        pieces, at = [], 0
        for start, end in sorted((s.start, s.end) for s in self._spans if s.source is source):
            if start >= at:
                pieces += [source.text[at:start], _inside(source.text[start:end])]
                at = end
        return Source(source.name, self.text("".join([*pieces, source.text[at:]])))


def _inside(literal: str) -> str:
    """Stars for a literal, its quotes kept."""
    quoted = len(literal) > 1 and literal[0] == literal[-1] and literal[0] in "\"'"
    return literal[0] + stars(literal[1:-1]) + literal[-1] if quoted else stars(literal)


_Hidden = tuple[Path, object, bool]
"""A path, the value there, and whether it is a private text, to be hidden wherever else it occurs."""


def _hidden(data: object, rulebook: Rulebook) -> Iterator[_Hidden]:
    """Everything that is not known to be public."""
    if not isinstance(data, Mapping):
        yield from _scalars(data, ())
        return
    for key, value in data.items():
        root = root_named(rulebook, key)
        if root is not None:
            yield from _under(value, root.type, (key,))
        elif key == "history" and isinstance(value, list):
            yield from _history(value, (key,))
        elif key not in ("policy", "claims"):
            yield from _scalars(value, (key,))


def _history(entries: Iterable[object], path: Path) -> Iterator[_Hidden]:
    for number, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            yield from _scalars(entry, (*path, number))
            continue
        for key, value in entry.items():
            if key not in _HISTORY:
                yield from _scalars(value, (*path, number, key))


def _under(value: object, type: Type | None, path: Path) -> Iterator[_Hidden]:
    match value, type:
        case dict(), RecordType(table=None):
            for key, item in value.items():
                field = field_named(type, key)
                if field is None or field.private:
                    text = field is not None and isinstance(field.type, TextType | RecordType | List)
                    yield from _scalars(item, (*path, key), text)
                else:
                    yield from _under(item, field.type, (*path, key))
        case list(), List(item=inner):
            for number, item in enumerate(value):
                yield from _under(item, inner, (*path, number))
        case (dict() | list(), _) | (_, List() | RecordType(table=None)):
            yield from _scalars(value, path)


def _scalars(value: object, path: Path, secret: bool = False) -> Iterator[_Hidden]:
    match value:
        case dict():
            for key, item in value.items():
                yield from _scalars(item, (*path, key), secret)
        case list():
            for number, item in enumerate(value):
                yield from _scalars(item, (*path, number), secret)
        case None:
            return
        case _:
            yield path, value, secret
