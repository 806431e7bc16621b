"""Facts set from outside the case: `--set path=value` and `--as-of`, applied to what was written before it is read."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from interpreter.cases.document import Document, Path
from interpreter.cases.json_text import read_json
from interpreter.cases.masking import stars
from interpreter.cases.reading import guess
from interpreter.cases.scalars import printable
from interpreter.cases.words import field_named, ids_and_labels, is_record, root_named, root_words, roots
from interpreter.language.types import List, RecordType, Type
from interpreter.problems import Problem, Source, Span
from interpreter.rulebook.model import Rulebook


def apply_sets(
    document: Document, rulebook: Rulebook, sets: Sequence[tuple[str, str]], as_of: date | None, problems: list[Problem]
) -> Document:
    """The document with values put in place of its own.

    A path is dotted, of ids or labels, with rows from 1 (worker.insurance.1.month), or one id or label that only one
    fact has. An empty value takes the fact away; a list or record is written as JSON. Later sets win.
    """
    if not isinstance(document.data, dict) or (not sets and as_of is None):
        return document
    data = copy.deepcopy(document.data)
    places: dict[Path, Span] = {}
    settings = [("--set", path, text) for path, text in sets]
    if as_of is not None:
        settings.append(("--as-of", rulebook.as_of.text.strip(), as_of.isoformat()))
    for option, path, text in settings:
        setting = _Setting(rulebook, data, option, path, text)
        placed = setting.apply()
        problems += setting.problems
        if placed is not None:
            source = Source(option, f"{path}={text}" if option == "--set" else text)
            places[placed] = Span(source, len(source.text) - len(text), len(source.text))

    def where(path: Path) -> Span | None:
        return next((places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in places), document.where(path))

    def where_key(path: Path) -> Span | None:
        return where(path) if any(path[:n] in places for n in range(1, len(path) + 1)) else document.where_key(path)

    return replace(document, data=data, where=where, where_key=where_key)


class _Setting:
    """One value on its way to its place."""

    def __init__(self, rulebook: Rulebook, data: dict[str, Any], option: str, path: str, text: str) -> None:
        self.rulebook, self.data, self.option, self.path, self.text = rulebook, data, option, path, text
        self.problems: list[Problem] = []

    def apply(self) -> Path | None:
        """Puts the value in place; the path where it stands, None where there is no such place."""
        words = self.path.split(".")
        if len(words) == 1 and root_named(self.rulebook, words[0]) is None:
            words = self._alone(words[0])
        if not words:
            return None
        root = root_named(self.rulebook, words[0])
        if root is None:
            self._no_such(words[0], root_words(self.rulebook))
            return None
        key = _written_as(self.data, root.name, root.label)
        return self._descend(self.data, key, root.type, words[1:], (key,))

    def _descend(self, holder: Any, key: str | int, type: Type, words: list[str], path: Path) -> Path | None:
        if not words:
            return self._put(holder, key, type, path)
        held = holder.get(key) if isinstance(holder, dict) else holder[key]
        word = words[0]
        if isinstance(type, List):
            rows = held if isinstance(held, list) else []
            if not word.isdecimal() or not 1 <= int(word) <= len(rows):
                self._refuse("case.set-row", word, {"rows": len(rows)})
                return None
            return self._descend(rows, int(word) - 1, type.item, words[1:], (*path, int(word) - 1))
        field = field_named(type, word) if isinstance(type, RecordType) and type.table is None else None
        if field is None:
            self._no_such(word, _words(type))
            return None
        if held is None:
            held = holder[key] = {}
        if not isinstance(held, dict):
            # the walk will say what is wrong with it
            return None
        inner = _written_as(held, field.name, field.label)
        return self._descend(held, inner, field.type, words[1:], (*path, inner))

    def _put(self, holder: Any, key: str | int, type: Type, path: Path) -> Path | None:
        value: object = self.text or None
        if value is not None and (isinstance(type, List) or is_record(type)):
            before = len(self.problems)
            value = read_json(Source(self.option, self.text), self.problems)
            if len(self.problems) > before:
                return None
        holder[key] = value
        return path

    def _alone(self, word: str) -> list[str]:
        """The path of the one fact that has this id or label."""
        facts = roots(self.rulebook)
        found = [(root, path) for root in facts for path in _paths(root.type, word, (root.name,))]
        present = [path for root, path in found if root.name in self.data or root.label in self.data]
        paths = present or [path for _, path in found]
        if len(paths) == 1:
            return list(paths[0])
        if paths:
            self._refuse("case.set-ambiguous", word, {"want": ", ".join(".".join(path) for path in paths)})
        else:
            self._no_such(word, [name for root in facts for name in _words(root.type)])
        return []

    def _no_such(self, word: str, candidates: list[str]) -> None:
        self._refuse("case.set-path", word, guess(word, candidates))

    def _refuse(self, code: str, word: str, fields: Mapping[str, object]) -> None:
        # the value is not shown: nobody knows yet whether it is private
        source = Source(self.option, f"{self.path}={stars(self.text)}")
        start = self.path.find(word)
        where = Span(source, start, start + len(word))
        self.problems.append(Problem(code, where, {"word": printable(word), **fields}))


def _written_as(holder: dict[str, Any], name: str, label: str) -> str:
    return label if label in holder and name not in holder else name


def _paths(type: Type, word: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not isinstance(type, RecordType) or type.table is not None:
        return
    for field in type.fields.values():
        if word in (field.name, field.label):
            yield (*path, field.name)
        yield from _paths(field.type, word, (*path, field.name))


def _words(type: Type) -> list[str]:
    return ids_and_labels(type) if isinstance(type, RecordType) and type.table is None else []
