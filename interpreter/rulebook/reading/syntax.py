"""What the YAML parser stumbles over, in an officer's words: which mistake it most likely is, and where it was made.

The parser often stops far behind the mistake (at the end of the file for a quote that is not closed), so the text
around both of its marks is looked at first, and its own words only tell in which rule it stopped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from interpreter.problems import Problem, Source, Span
from interpreter.rulebook.reading.traps import colon, line_fields

_CLOSERS = {"[": "]", "{": "}"}
_INDENT = re.compile(r"[ \t\u3000\xa0]*")
_WORD = re.compile(r"(?:- +)*")
_ALIAS_LIKE = ("while scanning an anchor", "while scanning an alias", "while scanning a tag", "while parsing a tag")


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the parser stopped (`at`), where what it was reading began (`began`), and what it says."""

    source: Source
    at: int
    began: int
    context: str
    problem: str

    @property
    def char(self) -> str:
        return self.source.text[self.at : self.at + 1]

    def start_of_line(self, at: int) -> int:
        return self.source.text.rfind("\n", 0, at) + 1

    def end_of_line(self, at: int) -> int:
        end = self.source.text.find("\n", at)
        return (len(self.source.text) if end < 0 else end) - self.source.text[:end].endswith("\r")

    def before(self) -> str:
        """The line up to where the parser stopped."""
        return self.source.text[self.start_of_line(self.at) : self.at]

    def rest(self, at: int) -> str:
        """The line from `at` on."""
        return self.source.text[at : self.end_of_line(at)].rstrip()

    def says(self, code: str, start: int, end: int | None = None, /, **fields: str) -> Problem:
        last = start + 1 if end is None else end
        return Problem(code, Span(self.source, start, min(last, len(self.source.text))), fields)


def explain(source: Source, error: yaml.YAMLError, shift: int) -> Problem:
    """The problem behind a parser's error. `shift` is what its marks are short of (1 after a byte order mark)."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem("yaml.syntax", Span(source, 0, 0))
    began = getattr(error, "context_mark", None) or mark
    stop = _Stop(source, min(mark.index + shift, len(source.text)), began.index + shift,
                 getattr(error, "context", None) or "", getattr(error, "problem", None) or "")
    for recognise in _MISTAKES:
        if found := recognise(stop):
            return found
    return stop.says("yaml.syntax", stop.at)


def _blanks(stop: _Stop) -> Problem | None:
    """A tab, or a blank that is none to YAML, before the first word of the line or of the one above."""
    start = stop.start_of_line(stop.at)
    for line in (start, stop.start_of_line(max(0, start - 1))):
        indent = _INDENT.match(stop.source.text, line)
        if indent is None or not indent[0].strip(" "):
            continue
        at = line + len(indent[0]) - len(indent[0].lstrip(" "))
        return stop.says("yaml.tab" if stop.source.text[at] == "\t" else "yaml.blank", at)
    return None


def _awkward_start(stop: _Stop) -> Problem | None:
    """A value that begins with a character YAML keeps for itself."""
    at = stop.at
    if "cannot start any token" in stop.problem and stop.char:
        return _value_start(stop, at)
    if "block scalar" in stop.context or stop.context.startswith(_ALIAS_LIKE):
        return _value_start(stop, stop.began)
    return None


def _value_start(stop: _Stop, at: int) -> Problem:
    return stop.says("yaml.start", at, None, char=stop.source.text[at], **line_fields(stop.source, at))


def _quote(stop: _Stop) -> Problem | None:
    if "quoted scalar" not in stop.context:
        return None
    if "escape" in stop.problem or "hexdecimal" in stop.problem:
        back = stop.source.text.rfind("\\", 0, stop.at + 1)
        return stop.says("yaml.escape", back, back + 2, written=stop.source.text[back : back + 2])
    return stop.says("yaml.quote", stop.began, char=stop.source.text[stop.began])


def _after_quote(stop: _Stop) -> Problem | None:
    written = stop.before().rstrip()
    if "did not find expected" in stop.problem and written.endswith(('"', "'")) and stop.rest(stop.at):
        end = stop.at + len(stop.rest(stop.at))
        return stop.says("yaml.after_quote", stop.at, end, quote=written[-1], **line_fields(stop.source, stop.at))
    return None


def _bracket(stop: _Stop) -> Problem | None:
    """A bracket that is not closed, or text inside one that YAML takes for more brackets and keys."""
    text = stop.source.text
    at = stop.began if "flow" in stop.context else -1
    if stop.context == "while parsing a flow node" and not text[stop.at :].strip():
        at = max(text.rfind("[", 0, stop.at), text.rfind("{", 0, stop.at))
    opener = text[at : at + 1] if at >= 0 else ""
    if opener not in _CLOSERS or not opener:
        return None
    if _CLOSERS[opener] in stop.rest(at):
        return stop.says("yaml.flow", stop.at, char=stop.char)
    return stop.says("yaml.bracket", at, char=opener, closer=_CLOSERS[opener])


def _closer(stop: _Stop) -> Problem | None:
    return stop.says("yaml.closer", stop.at, char=stop.char) if stop.char and stop.char in "]}" else None


def _colon(stop: _Stop) -> Problem | None:
    """A key whose colon is full-width, has no blank after it, or is missing, on this line or the one it follows."""
    mapping = "mapping values are not allowed" in stop.problem
    if not mapping and "could not find expected ':'" not in stop.problem:
        return None
    text = stop.source.text
    lines = {stop.start_of_line(at) for at in (stop.began, stop.at)}
    above = text[: stop.start_of_line(stop.at)].rstrip()
    for line in sorted({*lines, stop.start_of_line(len(above))}):
        word = _INDENT.match(text, line)
        start = word.end() if word else line
        dashes = _WORD.match(text, start)
        if found := colon(stop.source, dashes.end() if dashes else start, stop.end_of_line(line)):
            return found
    if not mapping:
        return stop.says("yaml.colon", stop.began, stop.end_of_line(stop.began), word=stop.rest(stop.began))
    if ": " in stop.before():
        return stop.says("yaml.colon_inside", stop.at, None, **line_fields(stop.source, stop.at))
    return _indent_problem(stop)


def _dash(stop: _Stop) -> Problem | None:
    if "sequence entries are not allowed" in stop.problem:
        return stop.says("yaml.dash", stop.at)
    dash = stop.rest(stop.at).startswith("- ")
    mixed = "'-' indicator" in stop.problem or ("expected key" in stop.problem and dash)
    if mixed and not stop.before().strip():
        return stop.says("yaml.mixed", stop.at)
    return None


def _indent(stop: _Stop) -> Problem | None:
    if "expected key" in stop.problem and not stop.before().strip():
        return _indent_problem(stop)
    return None


def _indent_problem(stop: _Stop) -> Problem:
    line = stop.start_of_line(stop.at)
    width = len(stop.rest(line)) - len(stop.rest(line).lstrip())
    return stop.says("yaml.indent", line + width, stop.end_of_line(line))


def _beyond(stop: _Stop) -> Problem | None:
    if "<document start>" not in stop.problem:
        return None
    if stop.char == "%":
        return stop.says("yaml.directive", stop.at, stop.end_of_line(stop.at))
    return stop.says("yaml.beyond", stop.at)


_MISTAKES: tuple[Callable[[_Stop], Problem | None], ...] = (
    _blanks, _awkward_start, _quote, _after_quote, _colon, _bracket, _closer, _dash, _indent, _beyond,
)
