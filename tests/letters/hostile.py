"""Values that try to be more than text, by the syntax they try; every layout of a letter or list is tested on them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Hostile:
    """One value. `kind` is the syntax it is written in, or what is wrong with its characters."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}-{self.value.encode('unicode_escape').decode('ascii')[:24]}"


def _read() -> tuple[Hostile, ...]:
    entries = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))
    return tuple(Hostile(entry["kind"], entry["value"] * entry.get("times", 1)) for entry in entries)


HOSTILE = _read()
"""More than 200 of them; the longest have 10,000 characters."""
