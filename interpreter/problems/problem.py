"""Problems as values: what is wrong, where, and how to mend it, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from interpreter.problems.source import Span

Severity = Literal["error", "warning", "note"]
Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in Chinese and in English."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def fill(template: Text, language: Language, *args: object, **fields: object) -> str:
    """The template in one language with its holes filled; `a|b` is one and many, chosen by the first hole."""
    text = template.to(language)
    if "|" in text:
        one, many = text.split("|")
        text = one if str(args[0] if args else fields["count"]) == "1" else many
    return text.format(*args, **fields)


@dataclass(frozen=True, slots=True)
class Label:
    """A word under a place in the source line: `integer, month` under one side of a comparison."""

    where: Span
    text: Text | str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `code` names an entry of the catalogue (interpreter/problems/messages), whose texts have holes filled from
    `fields`; a field may be a `Text`. `where` is None only where no file is at fault (a missing folder). `path` names
    a place in a case in the reader's words (参保记录第 2 行 费款所属期). `labels` are further marked places.
    """

    code: str
    where: Span | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"
    labels: tuple[Label, ...] = ()
    path: Text | str | None = None


class PolicyError(Exception):
    """Carries problems to a caller who asked for an answer that they make impossible."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(p.code for p in problems))
        self.problems = problems
