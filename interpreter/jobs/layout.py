"""The job that lays out the files of a notice: expressions, holes and tables, and nothing else in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from interpreter.jobs.ended import FINDINGS, OK, POLICY_INVALID, USAGE, Ended, View, page, rendered, say
from interpreter.problems import Problem, Text
from interpreter.rulebook.folder import all_files, notices, shown_name
from interpreter.rulebook.whole_file import write_whole

_BOM = b"\xef\xbb\xbf"
_DONE = Text(
    "已排版 {files} 个文件，共 {places} 处；其余 {rest} 个文件不变。",
    "Laid out: files {files}, places in them {places}. Unchanged: {rest}.",
)
_TO_DO = Text(
    "有 {files} 个文件应排版，共 {places} 处（policy fmt 会改写）；其余 {rest} 个文件不变。",
    "To be laid out by policy fmt: files {files}, places in them {places}. Unchanged: {rest}.",
)
_FAILED = Text("{failed} 个文件有错，没有改动。", "Files with errors, left as they are: {failed}.")


@dataclass(frozen=True, slots=True)
class _Laid:
    """A file as it is and as it should be."""

    path: Path
    name: str
    old: str
    new: str
    places: int
    bom: bool


def format_files(paths: tuple[Path, ...], view: View, *, check: bool = False, diff: bool = False) -> Ended:
    """Lays out the rules at some paths: folders of notices, folders inside these, or single files.

    `check` only says which files would change, and ends in FINDINGS where one would; `diff` only shows how. A file
    with a mistake is left alone and told of; the others are laid out all the same.
    """
    missing = [path for path in paths if not _files(path)]
    if missing:
        problems = [Problem("format.none", fields={"path": str(path)}) for path in missing]
        return Ended(USAGE, err=rendered(problems, view))
    files = dict(file for path in paths for file in _files(path))
    problems = []
    laid = list(_laid_out(files.items(), problems))
    changed = [one for one in laid if one.new != one.old]
    failed = len(files) - len(laid)
    if not check and not diff:
        problems += [problem for problem in map(_write, changed) if problem is not None]
    counts = {"files": len(changed), "places": sum(one.places for one in changed), "rest": len(laid) - len(changed)}
    told = say(_TO_DO if check or diff else _DONE, view, **counts)
    told += say(_FAILED, view, failed=failed) if failed else ""
    code = POLICY_INVALID if problems else FINDINGS if check and changed else OK
    listed = "".join(f"{one.name}\n" for one in changed)
    if diff:
        shown = "".join(line for one in changed for line in _diff(one))
        return Ended(code, shown, page([rendered(problems, view), told]), is_data=True)
    return Ended(code, page([listed, told]), rendered(problems, view))


def _files(path: Path) -> list[tuple[Path, Path]]:
    """The files of rules at a path, each with the folder of its notice."""
    from interpreter.rulebook.files import kind_of

    whole, folders = None, notices(path)
    if not folders:
        whole = path.resolve()
        folders = [folder for folder in (whole.parent, whole.parent.parent) if (folder / "policy.yaml").is_file()][:1]
    return [
        (file, folder) for folder in folders for file in all_files(folder)
        if kind_of(file.relative_to(folder)) is not None and (whole is None or whole in (file, *file.parents))
    ]


def _laid_out(files: Iterable[tuple[Path, Path]], problems: list[Problem]) -> Iterator[_Laid]:
    """The files that can be read, laid out."""
    from interpreter.rulebook.files import kind_of, read_source
    from interpreter.rulebook.formatting import formatted

    for path, folder in files:
        source = read_source(path, folder, problems)
        kind = kind_of(path.relative_to(folder))
        new = None if source is None or kind is None else formatted(source, kind, problems)
        if source is not None and new is not None:
            bom = path.read_bytes().startswith(_BOM)
            yield _Laid(path, shown_name(path, folder), source.text, new.text, new.places, bom)


def _write(laid: _Laid) -> Problem | None:
    """Puts the new text in the place of the old, whole or not at all."""
    from interpreter.rulebook.starter.new import unwritten

    path = laid.path.resolve()
    try:
        write_whole(path, (_BOM if laid.bom else b"") + laid.new.encode("utf-8"), prefix=".", mode_of=path)
    except OSError as error:
        return unwritten(laid.path, error)
    return None


def _diff(laid: _Laid) -> Iterator[str]:
    """The lines of a unified diff, as `patch` reads it."""
    old, new = (text.splitlines(keepends=True) for text in (laid.old, laid.new))
    for line in unified_diff(old, new, laid.name, laid.name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
