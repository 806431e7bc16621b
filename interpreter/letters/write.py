"""Letters written to a folder, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from interpreter.decision.model import Decision
from interpreter.letters.compose import Composer
from interpreter.letters.layouts import LAYOUTS
from interpreter.letters.names import file_name
from interpreter.letters.plan import LetterKind, letters_for
from interpreter.problems import Language, Problem, Text
from interpreter.rulebook.model import Rulebook
from interpreter.rulebook.whole_file import write_whole

UNFINISHED = ".letter-"
"""How the name of a file begins that is not yet in its place."""

SYSTEM = Text("系统没有写入", "the system did not write it")
_REASONS = {
    PermissionError: Text("没有写入的权限", "there is no permission to write"),
    FileExistsError: Text("所给的路径不是文件夹", "the path given is no folder"),
    NotADirectoryError: Text("所给的路径不是文件夹", "the path given is no folder"),
    IsADirectoryError: Text("已有同名的文件夹", "there is a folder of that name"),
}


def write_letters(
    decision: Decision, rulebook: Rulebook, out_dir: Path, templates_dir: Path, problems: list[Problem],
    formats: Collection[str] = ("txt", "html"), *, kinds: Collection[LetterKind] | None = None,
    language: Language | None = None, day: date | None = None,
) -> list[Path]:
    """Writes every letter of a decision, or those of the given kinds, in every format, and returns the files in order.

    `day` is the date of the letters, by default the day as of which was decided. A letter that cannot be written is a
    problem and keeps no other from being written; a file is there whole or not at all. Same input, same bytes.
    """
    composer = Composer(rulebook, templates_dir, language, day)
    files: list[Path] = []
    for plan in letters_for(decision, rulebook, kinds):
        paper = composer.paper(decision, plan, problems)
        if paper is None:
            continue
        for ending in formats:
            path = out_dir / f"{file_name(plan, decision)}.{ending}"
            content = LAYOUTS[ending](paper)
            failure = content if isinstance(content, Problem) else write_file(path, content)
            if failure is None:
                files.append(path)
            else:
                problems.append(failure)
    return files


def write_file(path: Path, content: bytes, beside: Path | None = None) -> Problem | None:
    """Puts a file in place whole, for its owner alone to read; or the problem.

    It is first written under another name (`UNFINISHED` and more) in the same folder, or in `beside`, and then moved to
    its place.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content, beside=beside, prefix=UNFINISHED)
    except OSError as error:
        return not_written(path, error)
    return None


def not_written(path: Path, error: OSError) -> Problem:
    """The problem that a file of letters could not be written."""
    reason = next((said for kind, said in _REASONS.items() if isinstance(error, kind)), SYSTEM)
    return Problem("letter.not_written", fields={"file": path.name, "reason": reason, "number": error.errno or 0})
