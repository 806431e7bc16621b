"""How a job ends: what to print, on which stream, with which code; and the few ways of saying it."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

# every job imports the floors it works on by itself, so that a command starts without those it does not need
from interpreter.problems import Language, Problem, Text

if TYPE_CHECKING:
    from interpreter.rulebook.model import Rulebook

OK, FINDINGS, USAGE, POLICY_INVALID, CASE_INVALID, UNDECIDED, INTERNAL = 0, 1, 2, 3, 4, 5, 70
"""How a command ends: fine; failed tests, or a letter not written; wrong use; the policy is wrong; a case is wrong;
something is undecided (where `strict` asks for it); a fault of the program itself."""

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
"""The program's own templates of letters."""

_FAULT = Text(
    "程序本身出错（{kind}，{place}），不是案件的问题。设 POLICY_DEBUG=1 再运行可见详情。\n",
    "the program itself failed ({kind}, {place}); the case is not at fault. POLICY_DEBUG=1 shows more.\n",
)
_NO_POLICY = Text("规则未通过检查，没有作出任何决定。", "The policy did not pass its check; nothing was decided.")


@dataclass(frozen=True, slots=True)
class View:
    """How the reader wants things shown."""

    language: Language = "zh"
    width: int = 80
    colour: bool = False
    brief: bool = False
    show_private: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command prints, on which stream, and its exit code. `is_data`: `out` is for programs, always UTF-8."""

    code: int
    out: str = ""
    err: str = ""
    is_data: bool = False


def guarded(job: Callable[[View], Ended], view: View) -> Ended:
    """What a job says. A fault of the program ends in one sentence that has no fact of any case."""
    try:
        return job(view)
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        told = _FAULT.to(view.language).format(kind=type(fault).__name__, place=place)
        more = traceback.format_exc() if os.environ.get("POLICY_DEBUG") == "1" else ""
        return Ended(INTERNAL, err=more + told)


def templates_for(policy: Path) -> Path:
    """The folder of letter templates: the one beside the policy folder, or beside the folder it stands in; else the
    program's own."""
    beside = (policy.resolve().parent / "templates", policy.resolve().parent.parent / "templates")
    return next((folder for folder in beside if any(folder.glob("*.md"))), TEMPLATES)


def open_rulebook(folder: Path, problems: list[Problem]) -> Rulebook | None:
    """The rulebook of a notice, from the cache where the same files were checked before."""
    from interpreter.rulebook.cache import load_rulebook

    noted: list[Problem] = []
    found = load_rulebook(folder, noted)
    problems += [problem for problem in noted if problem.severity == "error"]
    return found


def say(text: Text, view: View, **fields: object) -> str:
    """A sentence in the reader's language, with a line end."""
    return text.to(view.language).format(**fields) + "\n"


def page(blocks: Sequence[str]) -> str:
    """Blocks one below the other with an empty line between them; each ends in a line end."""
    return "\n".join(block for block in blocks if block)


def by_folder(folders: Sequence[Path], pages: Sequence[str]) -> str:
    """The pages of notices, under their folders where there are several."""
    if len(folders) == 1:
        return pages[0]
    return page([f"{folder}\n\n{page}" for folder, page in zip(folders, pages, strict=True)])


def rendered(problems: Sequence[Problem], view: View) -> str:
    """Problems as people read them, with a line end."""
    from interpreter.problems.render import render_all

    return render_all(problems, view.language, width=view.width, colour=view.colour) + "\n" if problems else ""


def json_lines(problems: Sequence[Problem], view: View) -> str:
    """Problems for programs, one a line."""
    from interpreter.problems.words import as_json

    return "".join(json.dumps(as_json(problem, view.language), ensure_ascii=False) + "\n" for problem in problems)


def no_notice(policy: Path, view: View) -> Ended:
    """There is no notice at a path."""
    return Ended(USAGE, err=rendered([Problem("policy.none", fields={"folder": str(policy)})], view))


def invalid_policy(problems: list[Problem], view: View) -> Ended:
    """The policy did not pass its check."""
    return Ended(POLICY_INVALID, err=page([rendered(problems, view), say(_NO_POLICY, view)]))


def unknown(code: str, name: str, known: list[str], words: list[str] | None = None, **fields: str) -> Problem:
    """The problem of a name that is none of `known`; the nearest of these, or of other `words` for them, is meant."""
    from interpreter.cases.reading import guess

    return Problem(code, fields=fields | {"name": name, "known": ", ".join(known)} | guess(name, words or known))


