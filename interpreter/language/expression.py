"""From text to meaning in one step: what the rulebook asks of the language."""

from __future__ import annotations

from dataclasses import dataclass

from interpreter.language.core import Core
from interpreter.language.types import Type
from interpreter.problems import Span


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of a file: as written, its type, and what it was lowered to. `uses` are the names of
    parameters, tables, definitions, facts and local variables it reads itself."""

    text: str
    where: Span
    type: Type
    core: Core
    uses: frozenset[str] = frozenset()
