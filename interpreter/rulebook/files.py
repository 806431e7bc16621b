"""The files of a policy folder: which there are, what kind each is, and their texts read into trees of nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interpreter.problems import Fragment, Problem, Source, Span
from interpreter.rulebook.folder import all_files, shown_name
from interpreter.rulebook.reading import Mapping, Node, decode, read_yaml

MAX_BYTES = 8_000_000

SINGLE = {"policy.yaml": "policy", "facts.yaml": "facts", "parameters.yaml": "parameters",
          "definitions.yaml": "definitions"}
"""Files that stand at the top of the folder, and their kinds."""

MANY = {"tables": "table", "measures": "measure", "duties": "duty", "authorities": "authority", "tests": "tests"}
"""Folders with a file for each thing, and the kind of these."""

NEEDED = ("policy.yaml", "facts.yaml")
_FREE_FOLDERS = ("examples", "templates")
_FREE_ENDINGS = (".md", ".txt")


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a rulebook. `name` is the name it is known by in problems."""

    kind: str
    name: str
    path: Path
    root: Mapping | None


def kind_of(relative: Path) -> str | None:
    """The kind of a file by its place in the folder; None where it has none."""
    parts = relative.parts
    if len(parts) == 1:
        return SINGLE.get(parts[0])
    if len(parts) == 2 and relative.suffix == ".yaml":
        return MANY.get(parts[0])
    return None


def read_folder(folder: Path, problems: list[Problem]) -> list[Document]:
    """Reads every file that belongs to a rulebook (policy tests excepted) and says which do not belong."""
    if not folder.is_dir():
        problems.append(Problem("folder.missing", None, {"folder": folder.name}))
        return []
    documents = []
    for path in all_files(folder):
        relative = path.relative_to(folder)
        kind = kind_of(relative)
        if kind is None:
            if relative.parts[0] not in _FREE_FOLDERS and relative.suffix not in _FREE_ENDINGS:
                name = shown_name(path, folder)
                problems.append(Problem("file.unknown", Fragment.whole(name, "").span(), {"file": name}, "note"))
        elif kind != "tests":
            documents.append(Document(kind, shown_name(path, folder), path, read_mapping(path, folder, problems)))
    for needed in NEEDED:
        if not (folder / needed).is_file():
            fields = {"file": needed, "folder": shown_name(folder, folder)}
            problems.append(Problem("file.missing", None, fields))
    return documents


def read_mapping(path: Path, folder: Path, problems: list[Problem]) -> Mapping | None:
    """The mapping a file holds; None, with a problem, where it holds something else or cannot be read."""
    source = read_source(path, folder, problems)
    if source is None:
        return None
    before = len(problems)
    root: Node | None = read_yaml(source, problems)
    if root is None:
        if len(problems) == before:
            problems.append(Problem("file.empty", Span(source, 0, 0)))
        return None
    if not isinstance(root, Mapping):
        problems.append(Problem("file.not-mapping", root.span))
        return None
    return root


def read_source(path: Path, folder: Path, problems: list[Problem]) -> Source | None:
    """A file's text under the name people know it by."""
    name = shown_name(path, folder)
    nowhere = Fragment.whole(name, "").span()
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.append(Problem("file.large", nowhere, {"limit": MAX_BYTES // 1_000_000}))
            return None
        content = path.read_bytes()
    except OSError:
        problems.append(Problem("file.unreadable", nowhere, {"file": name}))
        return None
    return decode(name, content, problems)


def of_kind(documents: list[Document], kind: str) -> Iterator[tuple[Document, Mapping]]:
    """The documents of one kind that could be read."""
    for document in documents:
        if document.kind == kind and document.root is not None:
            yield document, document.root
