"""Writing the files of a small working policy into a new folder."""

from __future__ import annotations

import re
from pathlib import Path

from interpreter.problems import Language, Problem, Text
from interpreter.rulebook.files import SINGLE

FILES = Path(__file__).parent
"""A folder of files for each language."""

HOLE = "NAME_OF_FOLDER"
"""Where the files name the policy, which is called like its folder."""

_NAME = re.compile(r"[^\W_][\w-]*")
_REASONS: tuple[tuple[type[OSError], Text], ...] = (
    (PermissionError, Text("没有写入的权限", "there is no permission to write")),
    (NotADirectoryError, Text("路径中有一段是文件", "a part of the path is a file")),
    (FileExistsError, Text("路径中有一段是文件", "a part of the path is a file")),
)
_SYSTEM = Text("系统没有写入", "the system did not write it")


def new_policy(directory: Path, language: Language) -> list[Path] | Problem:
    """Writes a complete made-up notice in a language into a folder that is not there or is empty, and gives its files
    in the order to read them in. The policy is named like the folder. Nothing is written where something is there."""
    name = directory.resolve().name
    if _NAME.fullmatch(name) is None:
        return Problem("new.name", fields={"name": name})
    if directory.exists() and not directory.is_dir():
        return Problem("new.not-a-folder", fields={"folder": str(directory)})
    written = []
    path = directory
    try:
        if directory.is_dir() and any(directory.iterdir()):
            return Problem("new.not-empty", fields={"folder": str(directory)})
        for relative, text in starter(language, name):
            path = directory / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    except OSError as error:
        return unwritten(path, error)
    return written


def unwritten(path: Path, error: OSError) -> Problem:
    """The problem that a file of rules could not be written."""
    reason = next((said for kind, said in _REASONS if isinstance(error, kind)), _SYSTEM)
    return Problem("new.unwritten", fields={"file": str(path), "reason": reason})


def starter(language: Language, name: str) -> list[tuple[Path, str]]:
    """The files of the policy by their place in its folder, policy.yaml first."""
    folder = FILES / language
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}
    order = [*(top for top in SINGLE if top in texts), *sorted(texts.keys() - SINGLE.keys())]
    return [(Path(relative), texts[relative].replace(HOLE, name)) for relative in order]
