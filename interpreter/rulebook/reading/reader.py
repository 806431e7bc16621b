"""YAML text to nodes: strict, bounded, over the parser's events, so that every key and value has its place.

Nothing here recurses, so nesting cannot exhaust the stack, and reading stops at the first event beyond a limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from interpreter.problems import Fragment, Label, Problem, Source, Span, Text
from interpreter.rulebook.reading.bytes import unwanted
from interpreter.rulebook.reading.nodes import Entry, Mapping, Node, Scalar, Sequence, Style
from interpreter.rulebook.reading.scalars import locate
from interpreter.rulebook.reading.syntax import explain
from interpreter.rulebook.reading.traps import (
    cut_by_comment,
    key_in_value,
    line_fields,
    mend_entries,
    mend_items,
    odd_key,
)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STYLES: dict[str | None, Style] = {
    None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded",
}
_NAME = re.compile(r"[^\s,\[\]{}]*")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold: characters in all, characters in one value, values, levels of nesting, and
    mistakes that are told at once."""

    size: int = 4_000_000
    scalar: int = 1_000_000
    nodes: int = 100_000
    depth: int = 64
    problems: int = 100


LIMITS = Limits()


def read_yaml(source: Source, problems: list[Problem], limits: Limits = LIMITS) -> Node | None:
    """Reads the one document of `source`, adding what is wrong to `problems`.

    None where the file has nothing in it (comments at most; no problem is added: the caller knows whether that is
    one) and where it cannot be read to its end (a problem is added). Other mistakes (a key given twice, a tag) are
    added to `problems` and the rest is read.
    """
    if len(source.text) > limits.size:
        problems.append(Problem("yaml.size", Span(source, limits.size, limits.size), {"limit": limits.size}))
        return None
    if found := unwanted(source):
        problems.append(found)
        return None
    before = len(problems)
    root = _Reader(source, problems, limits).read()
    del problems[before + limits.problems :]
    return root


class _TooMuchError(Exception):
    """A limit is passed; its problem is already among the others."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read. `key` is the key whose value comes next."""

    start: int
    kind: type[Mapping] | type[Sequence]
    flow: bool
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    seen: dict[str, Scalar] = field(default_factory=dict)
    key: Scalar | None = None
    skip: bool = False


class _Reader:
    def __init__(self, source: Source, problems: list[Problem], limits: Limits) -> None:
        self.source = source
        self.problems = problems
        self.limits = limits
        self.shift = 1 if source.text.startswith("\ufeff") else 0  # the parser does not count the byte order mark
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.nodes = 0
        self.before = len(problems)

    def read(self) -> Node | None:
        try:
            for event in yaml.parse(self.source.text, Loader=_LOADER):
                if self._handle(event) or len(self.problems) - self.before >= self.limits.problems:
                    break
        except _TooMuchError:
            return None
        except yaml.YAMLError as error:
            problem = explain(self.source, error, self.shift)
            if problem not in self.problems:  # the parser may stop at a trap that was seen just before
                self.problems.append(problem)
            return None
        return self.root

    def _handle(self, event: yaml.Event) -> bool:
        """Takes one event in; true where reading must stop."""
        start, end = _index(event.start_mark) + self.shift, _index(event.end_mark) + self.shift
        match event:
            case yaml.ScalarEvent():
                self._count(start)
                self._properties(event, start)
                self._add(self._scalar(start, end, event.value, _STYLES[event.style]))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._count(start)
                self._properties(event, start)
                kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
                if len(self.stack) >= self.limits.depth:
                    self._refuse("yaml.depth", start, start + 1, limit=self.limits.depth)
                    raise _TooMuchError
                self.stack.append(_Open(start, kind, self.source.text[end - 1 : end] in ("{", "[") and end > start))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close(end)
            case yaml.AliasEvent():
                self._count(start)
                self._refuse("yaml.alias", start, end, name=event.anchor)
                self._add(self._scalar(start, end, self.source.text[start:end], "plain"))
            case yaml.DocumentStartEvent() if self.root is not None:
                self._refuse("yaml.documents", start, end)
                return True
            case yaml.DocumentStartEvent() if self.source.text.startswith("%", start):
                stop = self.source.text.find("\n", start)
                self._refuse("yaml.directive", start, stop if stop > start else end)
        return False

    def _count(self, at: int) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self._refuse("yaml.nodes", at, at + 1, limit=self.limits.nodes)
            raise _TooMuchError

    def _refuse(self, code: str, start: int, end: int, **fields: object) -> None:
        self.problems.append(Problem(code, Span(self.source, start, end), fields))

    def _properties(self, event: yaml.NodeEvent, start: int) -> None:
        """Refuses an anchor and a tag; what carries them is read as if they were not there."""
        for code, mark, given in (("yaml.anchor", "&", event.anchor), ("yaml.tag", "!", getattr(event, "tag", None))):
            if given is None:
                continue
            at = self.source.text.find(mark, start)
            written = _NAME.match(self.source.text, at)
            fields = line_fields(self.source, at) | {"name": written[0] if written else mark}
            self.problems.append(Problem(code, Span(self.source, at, written.end() if written else at + 1), fields))

    def _scalar(self, start: int, end: int, value: str, style: Style) -> Scalar:
        if len(value) > self.limits.scalar:
            self._refuse("yaml.scalar", start, start + 1, limit=self.limits.scalar)
            raise _TooMuchError
        fragment = locate(self.source, start, end, value, style)
        if style in ("literal", "folded"):
            end = start + len(self.source.text[start:end].rstrip())
        scalar = Scalar(fragment, style, Span(self.source, start, end))
        if problem := cut_by_comment(scalar):
            self.problems.append(problem)
        return scalar

    def _add(self, node: Node) -> None:
        """Puts a finished node where it belongs."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if top.kind is Sequence:
            top.items.append(node)
        elif top.key is None:
            self._key(top, node)
        else:
            if not top.skip:
                top.entries.append(Entry(top.key, node))
                if problem := key_in_value(node, top.key):
                    self.problems.append(problem)
            top.key, top.skip = None, False

    def _key(self, top: _Open, node: Node) -> None:
        if not isinstance(node, Scalar):
            self.problems.append(Problem("yaml.key", node.span))
            where = Fragment(self.source.text[node.span.start : node.span.end], self.source,
                             range(node.span.start, node.span.end + 1))
            top.key, top.skip = Scalar(where, "plain", node.span), True
            return
        top.key = node
        first = top.seen.setdefault(node.text, node)
        if first is not node:
            top.skip = True
            label = Label(first.span, Text("第一次在这里", "first here"))
            again = Label(node.span, Text("又在这里", "again here"))
            self.problems.append(Problem("yaml.duplicate", node.span, {"key": node.text}, labels=(label, again)))
        elif node.text == "<<" and node.style == "plain":
            top.skip = True
            self.problems.append(Problem("yaml.merge", node.span))
        elif problem := odd_key(node):
            self.problems.append(problem)

    def _close(self, end: int) -> None:
        top = self.stack.pop()
        node: Node
        if top.kind is Sequence:
            items = mend_items(top.items, self.problems) if top.flow else top.items
            last = end if top.flow or not items else items[-1].span.end
            node = Sequence(tuple(items), Span(self.source, top.start, last))
        else:
            entries = mend_entries(top.entries, self.problems) if top.flow else top.entries
            last = end if top.flow or not entries else entries[-1].value.span.end
            node = Mapping(tuple(entries), Span(self.source, top.start, last))
        self._add(node)


def _index(mark: object) -> int:
    index: int = getattr(mark, "index", 0)
    return index
