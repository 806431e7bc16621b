"""What a batch was made of and what it made: digests, counts, and how to read its columns.

No time and no machine is in it, so that the same batch gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from interpreter.rulebook.model import Rulebook

MANIFEST = "manifest.json"
_CHUNK = 1 << 20


@dataclass(slots=True)
class Manifest:
    """The contents of `manifest.json`.

    `inputs` and `outputs` are files by name with the sha256 of their bytes, `counts` what was read, decided and left
    out, `sample` the comparison with the interpreter, `columns` how the packed columns of the decisions are read.
    """

    rulebook: Rulebook
    engine: str
    version: str
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sample: dict[str, object] = field(default_factory=dict)
    columns: dict[str, object] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The file as it is written: keys in order, one value a line."""
        book = self.rulebook
        content: Mapping[str, object] = {
            "policy": {
                "name": book.policy, "number": book.number, "bundle": book.digests.bundle, "rules": book.digests.rules,
            },
            "program": self.version, "engine": self.engine, "inputs": self.inputs, "outputs": self.outputs,
            "counts": self.counts, "sample": self.sample, "columns": self.columns,
        }
        return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def digest_of(path: Path) -> str:
    """The sha256 of a file's bytes, read in pieces. OSError where it cannot be read."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()
