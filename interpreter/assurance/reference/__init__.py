"""The reference of the language and of the files of a policy, written from what the program itself goes by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from interpreter.assurance.reference.keys import keys_of_files
from interpreter.assurance.reference.language import filled

FOLDER = Path(__file__).parent
DOCS = FOLDER.parent.parent.parent / "docs"


def pages() -> Iterator[tuple[Path, str]]:
    """The pages under docs/ as they should be."""
    yield DOCS / "language.md", filled((FOLDER / "language.md").read_text(encoding="utf-8"))
    files = (FOLDER / "policy-files.md").read_text(encoding="utf-8")
    yield DOCS / "policy-files.md", files.replace("KEYS\n", keys_of_files())
