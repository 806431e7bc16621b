"""What is good YAML and silently says something else than its writer meant.

Where it is certain what was meant, the meant value goes on in place of the wrong one, so that one mistake gives one
problem and not a row of them.
"""

from __future__ import annotations

import re

from interpreter.problems import Fragment, Problem, Source, Span
from interpreter.rulebook.reading.nodes import Entry, Node, Scalar

_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")
_OPENING, _CLOSING = "([{", ")]}"
_OPENS = re.compile(r'["(\[{]')
_MEANT_KEY = re.compile(r"([A-Za-z_]\w*)(：|:(?!//|$)(?! ))")
_KEY_AND_VALUE = re.compile(r"[ ]*(?:- +)*([^\s:#\[\]{},'\"][^:#\[\]{},]*):[ ]+(\S.*)")
_MOST_PARTS = 20
_STRANGE_BLANKS = "\u3000\xa0"


def colon(source: Source, start: int, end: int) -> Problem | None:
    """What is wrong with the colon after the word at `start`, where a key seems to be meant: a full-width one, or one
    without a blank after it. An address (`https://…`) is no key."""
    found = _MEANT_KEY.match(source.text, start, end)
    if found is None:
        return None
    code = "yaml.colon_wide" if found[2] == "：" else "yaml.colon_blank"
    return Problem(code, Span(source, *found.span(2)), {"key": found[1]})


def line_fields(source: Source, at: int) -> dict[str, str]:
    """`key` and `value` of the line of a place, where the line is a key with its value and no `{ … }`: what a mend
    shows in the form it should have."""
    found = _KEY_AND_VALUE.fullmatch(source.line(source.position(at)[0]).rstrip())
    return {"key": found[1], "value": found[2]} if found else {}


def key_in_value(value: Node, key: Scalar) -> Problem | None:
    """`when:x` or `when：x` on a line of its own below a key is meant to be a key, but is text to YAML."""
    if not isinstance(value, Scalar) or value.style != "plain":
        return None
    source = value.span.source
    if "\n" not in source.text[key.span.end : value.span.start]:
        return None
    return colon(source, value.span.start, value.span.end)


def odd_key(key: Scalar) -> Problem | None:
    """A key that begins with a blank which is none to YAML (from a Chinese keyboard or a word processor)."""
    length = len(key.text) - len(key.text.lstrip(_STRANGE_BLANKS))
    if key.style == "plain" and length:
        return Problem("yaml.blank", key.fragment.span(0, length))
    return None


def cut_by_comment(scalar: Scalar) -> Problem | None:
    """`a = "x # y"`: what follows ` #` is a comment. Said only where the value is left open and the comment closes
    it, so an ordinary comment after a whole value is never suspected."""
    if scalar.style != "plain" or not _unclosed(scalar.text):
        return None
    source = scalar.span.source
    comment = _COMMENT.match(source.text, scalar.span.end)
    if comment is None or _unclosed(scalar.text + comment[1]):
        return None
    return Problem("yaml.comment", Span(source, *comment.span(1)),
                   {**line_fields(source, scalar.span.start), "cut": scalar.text})


def mend_entries(entries: list[Entry], problems: list[Problem]) -> list[Entry]:
    """The entries of `{ … }`, with values that a comma has cut in two (`{when: f(a, b)}`) put together again."""
    mended: list[Entry] = []
    cut: dict[int, Scalar] = {}
    for entry in entries:
        last = mended[-1].value if mended else None
        if not _bare(entry):
            mended.append(entry)
        elif problem := colon(entry.key.span.source, entry.key.span.start, entry.key.span.end):
            problems.append(problem)
            mended.append(_split(entry.key))
        elif isinstance(last, Scalar) and last.style == "plain" and last.text:
            cut[len(mended) - 1] = entry.key
        else:
            mended.append(entry)
    for at, end in cut.items():
        key, first = mended[at].key, mended[at].value
        if isinstance(first, Scalar):
            whole = _joined(first, end)
            mended[at] = Entry(key, whole)
            problems.append(Problem("yaml.comma", whole.span, {"key": key.text, "value": whole.text}))
    return mended


def mend_items(items: list[Node], problems: list[Problem]) -> list[Node]:
    """The items of `[ … ]`, with those that a comma has cut inside brackets or quotes put together again."""
    mended: list[Node] = []
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if isinstance(item, Scalar) and item.style == "plain" and _unclosed(item.text):
            whole, at = _whole_item(item, items, at)
            if whole is item:  # never closed: another mistake than a comma, and not worth a second search
                return [*mended, item, *items[at:]]
            item = whole
            problems.append(Problem("yaml.comma_list", whole.span, {"value": whole.text}))
        mended.append(item)
    return mended


def _whole_item(first: Scalar, items: list[Node], at: int) -> tuple[Scalar, int]:
    """`first` with those of the items from `at` on that belong to it, and the place of the next one."""
    for after, last in enumerate(items[at : at + _MOST_PARTS], start=at + 1):
        if not isinstance(last, Scalar):
            break
        joined = _joined(first, last)
        if not _unclosed(joined.text):
            return joined, after
    return first, at


def _unclosed(text: str) -> bool:
    """Whether a text opens a bracket or a double quote that it does not close."""
    if _OPENS.search(text) is None:
        return False
    depth, quoted = 0, False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in _OPENING:
            depth += 1
        elif not quoted and char in _CLOSING:
            depth -= 1
    return quoted or depth > 0


def _bare(entry: Entry) -> bool:
    """Whether an entry of `{ … }` is a word without even a colon."""
    value = entry.value
    return entry.key.style == "plain" and isinstance(value, Scalar) and value.span.end == entry.key.span.end


def _split(key: Scalar) -> Entry:
    """The entry that `label:x` was meant to be."""
    at = min(i for i in (key.text.find("："), key.text.find(":")) if i >= 0)
    name, value = key.fragment.part(0, at), key.fragment.part(at + 1, len(key.text))
    return Entry(Scalar(name, "plain", name.span()), Scalar(value, "plain", value.span()))


def _joined(first: Scalar, last: Scalar) -> Scalar:
    source, start, end = first.span.source, first.span.start, last.span.end
    return Scalar(Fragment(source.text[start:end], source, range(start, end + 1)), "plain", Span(source, start, end))
