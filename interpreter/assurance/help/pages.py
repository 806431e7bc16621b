"""The pages of help as they are written: one file a floor beside the catalogue of messages, one entry a code.

An entry says why there is such a rule (`zh`, `en`) and gives a `bad` and a `good` example; `at` is the place of both:

- a file of a policy (`parameters.yaml`): what is written is laid over that file of the starter policy. Where a floor
  has a place of its own (an expression of the starter's measure, a YAML text, a case), `at` is left out;
- `cases.csv`: a sheet of an office (with others and a `map.yaml` beside it, where an example is several files);
- `text`: a YAML text by itself; `case.yaml`: laid over the starter's case; `case.json`: a case by itself;
- `said`: no text is at fault but a command, a file or the computer. `bad` is then what somebody does, and `fields`
  are those of the problem.

`given` are files that both examples stand on. An example is a text; a list of texts, of which
`{times: 70, text: "("}` is one many times over and `{encoding: gbk, text: …}` one saved so; a mapping from files to
texts, null for a file that is not there; or `{zh: …, en: …}` where the two languages differ. CLAUSE stands for a
clause of the starter policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from typing import Any

import yaml

from interpreter.problems import Language, Text
from interpreter.problems.messages import FLOORS, catalogue

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACES = {"yaml": "text", "cases": "case.json", "batch": "said", "jobs": "said", "showing": "said",
           "tests": "tests/carer.yaml", "sheets": "cases.csv",
           "letters": "templates/granted.md", "language": "when", "tables": "tables/", "rulebook": "policy.yaml"}
_CLAUSE, _CLAUSES = "CLAUSE", Text("第二条", '"2"')

Files = Mapping[str, str | None]
"""Texts by the file they stand in; None where there is no such file."""


@dataclass(frozen=True, slots=True)
class Page:
    """One entry. `bad`, `good` and `given` are as they are written; `files` reads them."""

    code: str
    why: Text
    at: str
    bad: Any
    good: Any
    given: Any
    fields: Mapping[str, object]

    def files(self, example: Any, language: Language) -> Files:
        """An example's texts in one language."""
        if isinstance(example, dict) and any("." in key for key in example):
            return {name: None if text is None else _text(text, language) for name, text in example.items()}
        return {self.at: _text(example, language)}


def _text(written: Any, language: Language) -> str:
    match written:
        case {"zh": _, "en": _}:
            return _text(written[language], language)
        case {"times": int(times), "text": str(text)}:
            return text * times
        case {"encoding": str(encoding), "text": str(text)}:
            return text.encode(encoding).decode("utf-8", "surrogateescape")
        case list():
            return "".join(_text(piece, language) for piece in written)
        case _:
            return str(written).replace(_CLAUSE, _CLAUSES.to(language))


@cache
def floor_pages(floor: str) -> dict[str, Page]:
    """The pages of one floor by code, in the order of its file."""
    folder = resources.files("interpreter.problems") / "help"
    written = yaml.load((folder / f"{floor}.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    return {
        code: Page(
            code, Text(entry["zh"], entry["en"]), entry.get("at", _PLACES[floor]), entry["bad"], entry["good"],
            entry.get("given", {}),
            {name: Text(**it) if isinstance(it, dict) else it for name, it in entry.get("fields", {}).items()},
        )
        for code, entry in written.items()
    }


def floor_of(code: str) -> str | None:
    """The floor that says a code; None where none does."""
    if code not in catalogue():
        return None
    return next(floor for floor in FLOORS if code in import_module(f"interpreter.problems.messages.{floor}").MESSAGES)


def page_of(code: str) -> Page | None:
    """The page of a code; None where there is no such code."""
    floor = floor_of(code)
    return None if floor is None else floor_pages(floor)[code]
