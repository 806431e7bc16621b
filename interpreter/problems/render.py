"""Problems as a person reads them in a terminal: what is wrong, the line with carets under it, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable

from interpreter.problems.cells import clip, shown, width, wrap
from interpreter.problems.excerpt import excerpt
from interpreter.problems.problem import Language, Problem, Severity, Text
from interpreter.problems.words import mend, place, says

NARROWEST = 60

_SEVERITIES: dict[Severity, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "note": Text("提示", "note"),
}
_CASE = Text("案件", "case")
_MEND = Text("改法", "mend")
_WANT = Text("应为", "want")
_COLON = Text("：", ": ")
_COLOURS: dict[Severity, str] = {"error": "\x1b[31m", "warning": "\x1b[33m", "note": "\x1b[36m"}
_PLAIN = "\x1b[0m"


def render(
    problem: Problem, language: Language, *, width: int = 80, colour: bool = False, encoding: str = "gbk"
) -> str:
    """One problem in several lines of at most `width` cells (60 at least), without a line end after the last.

    Only the first word is coloured. All of it can be written in `encoding`; what that lacks is shown by a mark.
    """
    cells = max(NARROWEST, width)
    lines = [
        *_head(problem, language, cells, encoding, colour=colour),
        *excerpt(problem, language, cells, encoding, context=problem.path is None),
        *_way(problem, language, cells, encoding),
    ]
    return "\n".join(lines)


def render_all(
    problems: Iterable[Problem], language: Language, *, width: int = 80, colour: bool = False, encoding: str = "gbk"
) -> str:
    """Problems one below the other, with an empty line between them."""
    return "\n\n".join(
        render(problem, language, width=width, colour=colour, encoding=encoding) for problem in problems
    )


def _head(problem: Problem, language: Language, cells: int, encoding: str, *, colour: bool) -> list[str]:
    """The first line, and the place of the source below it; for a case both are one."""
    sentence = says(problem, language)
    path = place(problem, language)
    where = problem.where
    kind = _SEVERITIES[problem.severity]
    if path is not None:
        kind = _CASE if problem.severity == "error" else kind
        file = f"{where.source.name}:{where.line} " if where else ""
        sentence = f"{file}{path}{_COLON.to(language)}{sentence}"
    first = kind.to(language)
    lines = _hanging(first, f"{sentence}  [{problem.code}]", cells, encoding)
    if colour:
        lines[0] = _COLOURS[problem.severity] + first + _PLAIN + lines[0][len(first) :]
    if where is not None and path is None:
        lines.append(f"  {shown(str(where), encoding)}")
    return lines


def _way(problem: Problem, language: Language, cells: int, encoding: str) -> list[str]:
    text = mend(problem, language)
    if text is None:
        return []
    head, *written = text.split("\n")
    first = "  " + (_MEND if problem.path is None else _WANT).to(language)
    indent = " " * (width(first) + 2)
    return [
        *_hanging(first, head, cells, encoding),
        *(clip(indent + "  " + shown(line, encoding), cells) for line in written),
    ]


def _hanging(first: str, text: str, cells: int, encoding: str) -> list[str]:
    """A word, and beside it a text whose further lines stand under its first."""
    indent = width(first) + 2
    head, *rest = wrap(shown(text, encoding), cells - indent)
    return [f"{first}  {head}", *(" " * indent + line for line in rest)]
