"""Files put in place whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def write_whole(
    path: Path, content: bytes, *, beside: Path | None = None, prefix: str = "tmp", mode_of: Path | None = None
) -> None:
    """Puts a file in place, for its owner alone to read or with the mode of another.

    It is first written under another name, which begins with `prefix`, in the same folder or in `beside`, and then
    moved to its place. Raises OSError, and then nothing of it is left behind.
    """
    handle, temporary = tempfile.mkstemp(prefix=prefix, dir=beside or path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if mode_of is not None:
            shutil.copymode(mode_of, temporary)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
