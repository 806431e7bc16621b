"""The files of the repository that the architecture tests read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "interpreter"

NOT_OURS = {".git", ".venv", "build", "__pycache__", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache"}
TEXTS = {"", ".py", ".md", ".yaml", ".json", ".lark", ".toml", ".txt", ".cfg", ".html", ".css", ".jinja"}


def modules() -> list[Path]:
    """The Python modules of the product."""
    return [*sorted(ENGINE.rglob("*.py")), ROOT / "cli.py"]


def engine_texts() -> list[Path]:
    """Everything the engine is written in: modules, grammars, schemas."""
    return [*modules(), *sorted(ENGINE.rglob("*.lark")), *sorted(ENGINE.rglob("*.json"))]


def texts() -> Iterator[Path]:
    """Every text file of the repository."""
    for path in sorted(ROOT.rglob("*")):
        theirs = any(part in NOT_OURS or part.endswith(".egg-info") for part in path.relative_to(ROOT).parts)
        if path.is_file() and path.suffix in TEXTS and not theirs:
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
