"""A policy folder from outside: which files it has, and how people call them."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path


def notices(path: Path) -> list[Path]:
    """The folders of notices at a path: itself, or those directly inside it."""
    if (path / "policy.yaml").is_file():
        return [path]
    return sorted(found.parent for found in path.glob("*/policy.yaml")) if path.is_dir() else []


@lru_cache(maxsize=8)
def _bases(here: str, folder: Path) -> tuple[str, ...]:
    return tuple(os.path.join(os.path.realpath(base), "") for base in (here, os.path.dirname(os.path.realpath(folder))))


def shown_name(path: Path, folder: Path) -> str:
    """How problems call a file: from where people work, or from beside the policy folder."""
    whole = os.path.realpath(path)
    for base in _bases(os.getcwd(), folder):
        if whole.startswith(base):
            return whole[len(base):].replace(os.sep, "/")
    return path.name


def all_files(folder: Path) -> list[Path]:
    """Every file below a folder that is not hidden, in the order of their relative names."""
    found = [
        path for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
    ]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
